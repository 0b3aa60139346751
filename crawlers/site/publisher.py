"""Whose page it is, by what the page itself says: structured data, site name, title, footer. Pure.

For pages of sites that no configuration knows. What is only the host's name, a platform's, or a word that any
site might carry is no evidence.
"""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

import msgspec
from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from crawlers.adapters.context import folded

_LEGAL = re.compile(
    r"\b(?:r\.?\s?y|r\.?\s?f|rekisteröity yhdistys|registrerad förening|sr|oy|osk|säätiö|stiftelsen?)\.?\Z",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"(?:yhdistys|liitto|seura|seurakunta|säätiö|hyvinvointialue|martat|osuuskunta|förening(?:en)?|förbund(?:et)?"
    r"|församling(?:en)?|association|society)\Z",
    re.IGNORECASE,
)
_PLATFORM = re.compile(
    r"\b(?:wordpress|wix|yhdistysavain|webnode|squarespace|google sites?|kotisivukone|jimdo"
    r"|facebook|instagram|joomla|drupal|avoine|myclub|blogspot|blogger|weebly)\b",
    re.IGNORECASE,
)
_ANY = re.compile(
    r"\W*(?:etusivu|kotisivut?|tervetuloa|aloitus|home|start(?:page|sida)?|index|untitled|nimetön"
    r"|uusi sivusto|my site|sivusto|website|verkkosivut|tapahtumat|ryhmät|toiminta|yhteystiedot|ajankohtaista"
    r"|(?:meidän |oma )?(?:yhdistys|liitto|seura|seurakunta|säätiö|förening|föreningen|association))\W*",
    re.IGNORECASE,
)
_OWNED = re.compile(
    r"(?:©|\(c\)|copyright)[\s,]*(?:(?:19|20)\d\d(?:\s?[-–]\s?(?:\d\d(?:\d\d)?)?)?[\s,]*)?(.{3,100})",
    re.IGNORECASE,
)
_OWNED_ENDS = re.compile(
    r"\s*(?:[|•·\n]|,?\s(?:19|20)\d\d\b|\.\s|all rights|kaikki oikeudet|oikeudet pidätetään|powered"
    r"|toteutus|\s[-–]\s).*",
    re.IGNORECASE | re.DOTALL,
)
_PARTS = re.compile(r"\s+[|–—·»•:-]\s+|\s*\|\s*")
_ORGANISATIONS = frozenset(
    {"organization", "ngo", "localbusiness", "governmentorganization", "educationalorganization"}
    | {"sportsorganization", "church", "communitycenter", "website"}
)
_LONGEST = 100


class Publisher(msgspec.Struct, frozen=True):
    """The name of an organisation and where the page tells it, with its words."""

    name: str
    evidence: str


class _Told(msgspec.Struct, frozen=True):
    """One telling of a name. `sure` = it is meant to be the publisher's, whatever it looks like."""

    name: str
    where: str
    sure: bool = False


def publisher_of(text: str, url: str, structured: Sequence[tuple[str, str]] = ()) -> Publisher | None:
    """Whose page this is; None where nothing good tells.

    structured   type and name of each node of structured data that stands by itself
    """
    told = [item for item in _tellings(text, structured) if _is_name(item.name, url)]
    counts: dict[str, int] = {}
    for where, name in {(item.where, _key(item.name)) for item in told}:
        counts[name] = counts.get(name, 0) + bool(where)
    for item in sorted(told, key=lambda item: not item.sure):
        if item.sure or _LEGAL.search(item.name) or _BODY.search(item.name) or counts[_key(item.name)] > 1:
            # Of one name told twice the longer spelling is the official one: "Kaiku" and "Kaiku ry".
            full = max((other.name for other in told if _key(other.name) == _key(item.name)), key=len)
            return Publisher(full, f"{item.where}: {item.name}")
    return None


def _tellings(text: str, structured: Sequence[tuple[str, str]]) -> Iterator[_Told]:
    """What the page says, the surest first."""
    for kind, name in structured:
        if kind.lower() in _ORGANISATIONS and name.strip():
            yield _Told(_plain(name), f"structured data, {kind}", kind.lower() != "website")
    root = _parsed(text)
    if root is None:
        return
    for label in ("og:site_name", "application-name", "author", "copyright", "dc.publisher"):
        for name in _metas(root, label):
            yield _Told(name, label, label == "og:site_name")
    title = next((_plain(element.text_content()) for element in root.iter("title")), "")
    parts = [part for part in _PARTS.split(title) if part.strip()]
    for part in (*parts[:0:-1], *parts[:1]):
        yield _Told(_plain(part), "title")
    for line in _footer_lines(root):
        if found := _OWNED.search(line):
            yield _Told(_plain(_OWNED_ENDS.sub("", found[1])), "footer")
        elif _LEGAL.search(line.strip()):
            yield _Told(_plain(line), "footer")


def _footer_lines(root: HtmlElement) -> Iterator[str]:
    feet = [node for node in root.iter() if isinstance(node.tag, str) and _is_footer(node)]
    for node in feet or list(root.iter("body"))[:1]:
        lines = [part.strip() for part in node.itertext() if isinstance(part, str) and part.strip()]
        # Without a footer only the end of the page may say whose it is.
        yield from lines if feet else (line for line in lines[-12:] if _OWNED.search(line))


def _is_footer(node: HtmlElement) -> bool:
    if node.tag == "footer" or node.get("role") == "contentinfo":
        return True
    names = f" {node.get('id') or ''} {node.get('class') or ''} ".lower()
    return node.tag in {"div", "section", "td"} and bool(re.search(r"\W(?:footer|alatunniste)\W", names))


def _is_name(name: str, url: str) -> bool:
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    plain = folded(name)
    if not 3 <= len(name) <= _LONGEST or _ANY.fullmatch(name) or _PLATFORM.search(name):
        return False
    bare = plain.replace(" ", "")
    return any(map(str.isalpha, name)) and bare not in {
        folded(host).replace(" ", ""),
        folded(f"www.{host}").replace(" ", ""),
    }


def _key(name: str) -> str:
    """A name for comparing: without its legal form."""
    return folded(_LEGAL.sub("", name))


def _plain(text: str) -> str:
    return " ".join(text.split()).strip(" -–|·•,")


def _parsed(text: str) -> HtmlElement | None:
    try:
        return document_fromstring(text.encode("utf-8", "replace"), parser=HTMLParser(encoding="utf-8"))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def _metas(root: HtmlElement, name: str) -> Iterator[str]:
    for meta in root.iter("meta"):
        if name in {(meta.get("property") or "").lower(), (meta.get("name") or "").lower()}:
            yield _plain(meta.get("content") or "")
