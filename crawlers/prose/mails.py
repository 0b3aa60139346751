"""Mail addresses that a page hides from robots but shows to every reader."""

import re
from urllib.parse import unquote

from lxml import html

_PROTECTED = re.compile(r"/cdn-cgi/l/email-protection#([0-9a-f]{6,400})", re.IGNORECASE)
_HEX = re.compile(r"(?:[0-9a-f]{2}){3,200}", re.IGNORECASE)
_ADDRESS = re.compile(r"[^\s@<>\"',;]{1,64}@[^\s@<>\"',;?]{3,255}")


def show_mails(root: html.HtmlElement) -> None:
    """Write out the addresses that Cloudflare encodes (`data-cfemail`); `root` is changed in place."""
    for node in root.xpath(".//*[@data-cfemail] | .//a[contains(@href, '/cdn-cgi/l/email-protection#')]"):
        found = _PROTECTED.search(node.get("href") or "")
        code = node.get("data-cfemail") or (found[1] if found else "")
        address = decoded(code)
        if address is None:
            continue
        if node.tag == "a":
            node.set("href", f"mailto:{address}")
        words = node.text_content().replace("\xa0", " ").strip()
        if node.get("data-cfemail") or not words or "protected" in words:
            for child in list(node):
                node.remove(child)
            node.text = address


def decoded(code: str) -> str | None:
    """The address of one `data-cfemail` value: bytes in hex, the first being the key of the others."""
    if not _HEX.fullmatch(code):
        return None
    key, *rest = bytes.fromhex(code)
    text = bytes(byte ^ key for byte in rest).decode("utf-8", "replace").partition("?")[0]
    return text if _ADDRESS.fullmatch(text) else None


def linked_address(link: str) -> str | None:
    """The address of a `mailto:` link in small letters, None where it holds none."""
    scheme, _, rest = link.partition(":")
    if scheme.strip().lower() != "mailto":
        return None
    found = _ADDRESS.match(unquote(rest).strip())
    return found[0].strip(".").lower() if found else None
