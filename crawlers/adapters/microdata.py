"""Microdata (itemscope, itemtype, itemprop) of a page → nodes of the same shape as JSON-LD's. Pure."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from lxml.html import HtmlElement

from crawlers.adapters.jsonld import Node, bare, unfolded

_LINKS = {
    "a": "href",
    "area": "href",
    "link": "href",
    "img": "src",
    "audio": "src",
    "embed": "src",
    "iframe": "src",
    "source": "src",
    "video": "src",
    "track": "src",
    "object": "data",
}
_MOST_ITEMS = 500
_MOST_DEPTH = 12


def read_items(root: HtmlElement, url: str) -> tuple[Node, ...]:
    """The top items of a page that are schema.org's, with nested items as values."""
    found: list[Node] = []
    for element in root.xpath("//*[@itemscope and @itemtype and not(@itemprop)]"):
        if len(found) >= _MOST_ITEMS:
            break
        found.extend(unfolded(_item(element, url, root, 0)))
    return tuple(node for node in found if node.get("@type"))


def _item(element: HtmlElement, url: str, root: HtmlElement, depth: int) -> dict[str, Any]:
    names = [bare(name) for name in (element.get("itemtype") or "").split()]
    node: dict[str, Any] = {"@type": [name for name in names if "/" not in name and ":" not in name]}
    if element.get("itemid"):
        node["@id"] = urljoin(url, element.get("itemid", ""))
    if depth > _MOST_DEPTH:
        return node
    for holder in (element, *_referred(element, root)):
        for child in _properties(holder, include_self=holder is not element):
            value = _value(child, url, root, depth)
            for name in (child.get("itemprop") or "").split():
                node.setdefault(bare(name), []).append(value)
    return node


def _referred(element: HtmlElement, root: HtmlElement) -> Iterator[HtmlElement]:
    for name in (element.get("itemref") or "").split()[:20]:
        yield from root.xpath("//*[@id=$name]", name=name)[:1]


def _properties(element: HtmlElement, *, include_self: bool) -> Iterator[HtmlElement]:
    """Elements that are properties of this very item, not of an item inside it; in document order."""
    stack = [element] if include_self else list(reversed(element))
    while stack:
        current = stack.pop()
        if not isinstance(current.tag, str):
            continue
        if current.get("itemprop"):
            yield current
        if current.get("itemscope") is None:
            stack.extend(reversed(current))


def _value(element: HtmlElement, url: str, root: HtmlElement, depth: int) -> Any:
    if element.get("itemscope") is not None:
        return _item(element, url, root, depth + 1)
    if element.get("content") is not None:
        return element.get("content", "").strip()
    if element.tag in _LINKS:
        link = element.get(_LINKS[element.tag])
        return urljoin(url, link.strip()) if link else ""
    if element.tag == "time" and element.get("datetime"):
        return element.get("datetime", "").strip()
    if element.tag in ("data", "meter") and element.get("value"):
        return element.get("value", "").strip()
    return " ".join(str(element.text_content()).split())
