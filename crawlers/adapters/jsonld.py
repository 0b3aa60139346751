"""JSON-LD of a page: blocks → flat nodes with references resolved. Pure.

A node is a schema.org object as a mapping: keys are bare property names and `@type`, values stay as they
came. `crawlers.adapters.microdata` makes nodes of the same shape.
"""

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

Node = Mapping[str, Any]

_MOST_NODES = 2_000
_MOST_DEPTH = 40
_WRAPPER = re.compile(
    r"^\s*(?:<!--|<!\[CDATA\[|//\s*<!\[CDATA\[|/\*.*?\*/)|(?:-->|//\s*\]\]>|\]\]>)\s*;?\s*$", re.DOTALL
)
# A string, else a comment: what looks like a comment inside a string is none.
_STRING_OR_COMMENT = re.compile(r'("(?:[^"\\]|\\.)*")|/\*.*?\*/|//[^\n]*', re.DOTALL)
_STRING_OR_FAULT = re.compile(r'("(?:[^"\\]|\\.)*")|,(?=\s*[}\]])|(?<=})(?=\s*{)', re.DOTALL)
_ASSIGNED = re.compile(r"^\s*(?:(?:var|let|const)\s+)?[\w.$]+\s*=\s*(?=[{\[])")
_PREFIX = re.compile(r"^(?:https?://(?:www\.)?schema\.org/|schema:)", re.IGNORECASE)


def read_nodes(blocks: Iterable[str]) -> tuple[tuple[Node, ...], int]:
    """The nodes of all blocks in document order, and the number of blocks that could not be read."""
    nodes: list[dict[str, Any]] = []
    bad = 0
    for block in blocks:
        value = _decoded(block)
        if value is None:
            bad += 1
            continue
        nodes.extend(_nodes(value))
        if len(nodes) > _MOST_NODES:
            break
    return resolved(nodes[:_MOST_NODES]), bad


def bare(name: object) -> str:
    """A type or a value of an enumeration without schema.org's address ("EventCancelled")."""
    return _PREFIX.sub("", name.strip()) if isinstance(name, str) else ""


def types(node: Any) -> tuple[str, ...]:
    """The bare type names of a node; () where it is none."""
    if not isinstance(node, Mapping):
        return ()
    found = node.get("@type")
    names = map(bare, found if isinstance(found, list | tuple) else (found,))
    return tuple(name[0].upper() + name[1:] for name in names if name)


def values(node: Node, name: str) -> tuple[Any, ...]:
    """All values of a property, `{"@value": …}` unwrapped, empty ones left out."""
    found = node.get(name)
    several = found if isinstance(found, list | tuple) else (found,)
    plain = (
        entry.get("@value") if isinstance(entry, Mapping) and "@value" in entry else entry
        for entry in several
    )
    return tuple(entry for entry in plain if entry not in (None, "", [], {}))


def first(node: Node, *names: str) -> Any:
    """The first value of the first property that has one, or None."""
    for name in names:
        if found := values(node, name):
            return found[0]
    return None


def resolved(nodes: Iterable[dict[str, Any]]) -> tuple[Node, ...]:
    """Nodes whose `{"@id": …}` references are replaced by what they name, without going in circles."""
    listed = list(nodes)
    known: dict[str, dict[str, Any]] = {}
    for node in listed:
        name = node.get("@id")
        if isinstance(name, str) and len(node) > 1:
            known[name] = {**node, **known.get(name, {})}
    return tuple(
        {key: _linked(value, known, 3) for key, value in node.items()} for node in listed if types(node)
    )


def _linked(value: Any, known: Mapping[str, dict[str, Any]], depth: int) -> Any:
    if isinstance(value, list):
        return [_linked(entry, known, depth) for entry in value[:_MOST_NODES]]
    if not isinstance(value, dict) or depth == 0:
        return value
    if set(value) <= {"@id", "@type"} and value.get("@id") in known:
        value = known[value["@id"]]
    return {key: _linked(entry, known, depth - 1) for key, entry in value.items()}


def _decoded(block: str) -> Any:
    text = block.lstrip("\ufeff")
    while (stripped := _WRAPPER.sub("", text)) != text:
        text = stripped
    text = text.strip().rstrip(";")
    for attempt in (text, mended(text), mended(html.unescape(text))):
        try:
            # Line breaks within strings are the most frequent fault of hand-written blocks.
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def mended(text: str) -> str:
    """JSON without the faults of hand-written blocks: comments, commas too many or few, a variable's name.

    Several objects one after another become a list.
    """
    text = _ASSIGNED.sub("", _STRING_OR_COMMENT.sub(lambda found: found[1] or " ", text)).strip()
    joined = _STRING_OR_FAULT.sub(lambda found: found[1] or ("" if found[0] else ","), text)
    first_end = _whole_end(joined)
    return f"[{joined}]" if first_end is not None and joined[first_end:].lstrip().startswith(",") else joined


def _whole_end(text: str) -> int | None:
    """Where the first object or list of a text ends."""
    try:
        return json.JSONDecoder(strict=False).raw_decode(text)[1]
    except (ValueError, RecursionError):
        return None


def unfolded(value: Any) -> Iterator[dict[str, Any]]:
    """A node with the nodes that lists of things hold in it."""
    yield from _nodes(value)


def _nodes(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """Every typed object at the top, in lists, in `@graph`, and where lists of things hold them."""
    if depth > _MOST_DEPTH:
        return
    if isinstance(value, list):
        for entry in value:
            yield from _nodes(entry, depth + 1)
    elif isinstance(value, dict):
        node = {_key(key): entry for key, entry in value.items()}
        if types(node) or "@id" in node:
            yield node
        elif node and all(key.isdigit() for key in node):
            yield from _nodes(list(node.values()), depth + 1)  # a list as PHP writes it
        for name in (
            "@graph",
            "mainEntity",
            "itemListElement",
            "item",
            "event",
            "events",
            "subEvent",
            "subEvents",
            "hasCourseInstance",
            "hasPart",
            "makesOffer",
            "itemOffered",
            "hasOfferCatalog",
        ):
            if name in node and isinstance(node[name], dict | list):
                yield from _children(node, name, depth)


def _children(node: dict[str, Any], name: str, depth: int) -> Iterator[dict[str, Any]]:
    for child in _nodes(node[name], depth + 1):
        if name.startswith("subEvent") or name == "hasCourseInstance":
            # A part of a series says only what differs from the whole.
            inherited = {key: node[key] for key in _INHERITED if key in node}
            yield {**inherited, **child}
        elif name in ("event", "events") and "organizer" not in child and "name" in node:
            yield {
                **child,
                "organizer": {key: entry for key, entry in node.items() if key not in (name, "@graph")},
            }
        else:
            yield child


_INHERITED = (
    "name",
    "description",
    "location",
    "organizer",
    "image",
    "offers",
    "inLanguage",
    "isAccessibleForFree",
    "provider",
    "url",
    "eventStatus",
    "audience",
    "typicalAgeRange",
)


def _key(name: str) -> str:
    return name if name.startswith("@") else _PREFIX.sub("", name)
