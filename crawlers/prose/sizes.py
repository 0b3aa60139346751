"""Headings told by the size of their letters alone: large words become bold, by which headings are known."""

import re
from collections import Counter

from lxml import html

from crawlers.prose.lexicon import FLAGS

_SIZE = re.compile(
    r"font-size\s*:\s*(\d+(?:\.\d+)?)\s*(px|pt|r?em|%)|font-size\s*:\s*(x{1,3}-large|large)", FLAGS
)
_LARGE = {"px": 20.0, "pt": 15.0, "em": 1.3, "rem": 1.3, "%": 130.0}
_PLAIN_FONT = 3
_MOST = 0.3
"""Of a page's text: what more is written in is its own size, not that of its headings."""


def embolden_large(root: html.HtmlElement) -> None:
    """Turn the elements of `root` whose letters are larger than the text's into `<b>`, in place."""
    found = [(node, size) for node in root.iter("font", "span", "p", "div") if (size := _size(node))]
    if not found:
        return
    whole = _length(root)
    written: Counter[str] = Counter()
    for node, size in found:
        written[size] += _length(node)
    for node, size in found:
        if written[size] > _MOST * whole:
            continue
        if node.tag in {"font", "span"}:
            node.tag = "b"
        elif not any(
            isinstance(child.tag, str) and child.tag in {"p", "div", "table", "ul"} for child in node
        ):
            _wrap(node)


def _size(node: html.HtmlElement) -> str:
    """The size of an element's letters as written, where it is a large one; else empty."""
    told = (node.get("size") or "").strip() if node.tag == "font" else ""
    if re.fullmatch(r"\+?\d", told):
        size = int(told) + (_PLAIN_FONT if told.startswith("+") else 0)
        return f"font {size}" if size > _PLAIN_FONT else ""
    match = _SIZE.search(node.get("style") or "")
    if match is None:
        return ""
    if match[3]:
        return match[3].lower()
    unit = match[2].lower()
    return f"{match[1]}{unit}" if float(match[1]) >= _LARGE[unit] else ""


def _wrap(node: html.HtmlElement) -> None:
    """Put what a paragraph holds into a `<b>` of its own."""
    bold = html.Element("b")
    bold.text, node.text = node.text, None
    for child in list(node):
        bold.append(child)
    node.insert(0, bold)


def _length(node: html.HtmlElement) -> int:
    return sum(len(part.strip()) for part in node.itertext() if isinstance(part, str))
