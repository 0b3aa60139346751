"""RDFa Lite (vocab, typeof, property) of a page → nodes of the same shape as JSON-LD's. Pure."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from lxml.html import HtmlElement

from crawlers.adapters.jsonld import Node, bare, unfolded

_MOST_ITEMS = 500
_MOST_DEPTH = 12
_VOCABULARY = "schema.org"


def read_rdfa(root: HtmlElement, url: str) -> tuple[Node, ...]:
    """The things of schema.org that a page tells in RDFa, with the things inside them as values."""
    found: list[Node] = []
    for element in root.xpath("//*[@typeof]"):
        if len(found) >= _MOST_ITEMS:
            break
        if element.get("property") is None and _is_schema(element):
            found.extend(unfolded(_thing(element, url, 0)))
    return tuple(node for node in found if node.get("@type"))


def _is_schema(element: HtmlElement) -> bool:
    if any(_PREFIXED in name for name in (element.get("typeof") or "").split()):
        return True
    vocabulary = next((found for node in _upwards(element) if (found := node.get("vocab"))), "")
    return _VOCABULARY in vocabulary


_PREFIXED = "schema:"


def _upwards(element: HtmlElement) -> Iterator[HtmlElement]:
    yield element
    yield from element.iterancestors()


def _thing(element: HtmlElement, url: str, depth: int) -> dict[str, Any]:
    node: dict[str, Any] = {"@type": [bare(name) for name in (element.get("typeof") or "").split()]}
    if element.get("resource"):
        node["@id"] = urljoin(url, element.get("resource", ""))
    if depth > _MOST_DEPTH:
        return node
    stack = list(reversed(element))
    while stack:
        current = stack.pop()
        if not isinstance(current.tag, str):
            continue
        names = (current.get("property") or "").split()
        value = _value(current, url, depth) if names else None
        for name in names:
            node.setdefault(bare(name), []).append(value)
        if current.get("typeof") is None:
            stack.extend(reversed(current))
    return node


def _value(element: HtmlElement, url: str, depth: int) -> Any:
    if element.get("typeof") is not None:
        return _thing(element, url, depth + 1)
    if element.get("content") is not None:
        return element.get("content", "").strip()
    for name in ("href", "src"):
        if element.get(name):
            return urljoin(url, element.get(name, "").strip())
    if element.tag == "time" and element.get("datetime"):
        return element.get("datetime", "").strip()
    return " ".join(str(element.text_content()).split())
