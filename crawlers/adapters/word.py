"""A Word document (.docx) as plain HTML: headings, paragraphs, lists and tables. Pure; runs nothing in it.

Only `word/document.xml` is opened, within bounds and without entities: macros, pictures and links to other
files are never looked at.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from html import escape

from lxml import etree

from schemas.errors import ParseError

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_ZIP = b"PK\x03\x04"
_BODY = "word/document.xml"
_MOST_XML = 8_000_000
"""Bytes of text and marks after unpacking; a season's programme has a hundredth of them."""
_MOST_DEPTH = 40
_STYLE = re.compile(r"(?:heading|otsikko|rubrik)\s?(\d)\Z", re.IGNORECASE)
_TITLE = re.compile(r"(?:title|otsikko|rubrik)\Z", re.IGNORECASE)
_OFF = frozenset({"0", "false", "off", "none"})


def is_word(body: bytes) -> bool:
    """Whether the bytes are a Word document: a zip archive with a document in it."""
    if not body.startswith(_ZIP):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return _BODY in archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False


def word_html(body: bytes, title: str) -> str:
    """The document as an HTML page named `title`. Raises ParseError, which tells why it cannot be read."""
    root = _root(_unpacked(body))
    document = root.find(f"{_W}body")
    if document is None:
        raise ParseError("the Word document has no body")
    told = "".join(_blocks(document, 0))
    return f"<html><head><title>{escape(title)}</title></head><body><main>{told}</main></body></html>"


def _unpacked(body: bytes) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive, archive.open(_BODY) as member:
            text = member.read(_MOST_XML + 1)
    except (
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        NotImplementedError,
        RuntimeError,
        EOFError,
        OSError,
    ) as error:
        raise ParseError(f"the Word document is broken: {type(error).__name__}") from error
    except zlib.error as error:
        raise ParseError("the Word document is broken: its packing") from error
    if len(text) > _MOST_XML:
        raise ParseError("the Word document is too large")
    return text


def _root(text: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(text, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ParseError("the Word document is no XML") from error


def _blocks(parent: etree._Element, depth: int) -> Iterator[str]:
    """Paragraphs and tables in order, those in controls and inserted passages among them."""
    if depth > _MOST_DEPTH:
        return
    for node in parent:
        if node.tag == f"{_W}p":
            yield _paragraph(node)
        elif node.tag == f"{_W}tbl":
            yield _table(node, depth)
        elif node.tag in {f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"}:
            yield from _blocks(node, depth + 1)


def _table(table: etree._Element, depth: int) -> str:
    rows = []
    for row in table.iterchildren(f"{_W}tr"):
        cells = ("".join(_blocks(cell, depth + 1)) for cell in row.iterchildren(f"{_W}tc"))
        rows.append("<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>")
    return f"<table>{''.join(rows)}</table>"


def _paragraph(node: etree._Element) -> str:
    words = "".join(_runs(node))
    if not words.strip():
        return ""
    level = _level(node)
    if level:
        return f"<h{level}>{re.sub('</?b>', '', words)}</h{level}>"
    listed = node.find(f"{_W}pPr/{_W}numPr") is not None
    return f"<ul><li>{words}</li></ul>" if listed else f"<p>{words}</p>"


def _level(node: etree._Element) -> int:
    """1–6 for a heading, by its style or its place in the outline; else 0."""
    style = node.find(f"{_W}pPr/{_W}pStyle")
    name = (style.get(f"{_W}val") or "") if style is not None else ""
    if found := _STYLE.match(name):
        return min(max(int(found[1]), 1) + 1, 6)
    if _TITLE.match(name):
        return 1
    outline = node.find(f"{_W}pPr/{_W}outlineLvl")
    said = (outline.get(f"{_W}val") or "") if outline is not None else ""
    return min(int(said) + 2, 6) if said.isdigit() and len(said) == 1 and said != "9" else 0


def _runs(node: etree._Element) -> Iterator[str]:
    """The words of a paragraph, set off ones in `<b>`; what was struck out or is hidden is left out."""
    for run in node.iter(f"{_W}r"):
        if any(up.tag in {f"{_W}del", f"{_W}moveFrom", _FALLBACK} for up in run.iterancestors()):
            continue
        if next(run.iterancestors(f"{_W}p"), None) is not node and _in_box(run, node):
            continue
        if _is_on(run, "vanish"):
            continue
        words = "".join(_words(run))
        set_off = (_is_on(run, "b") or _is_on(run, "u")) and words.strip()
        yield f"<b>{words}</b>" if set_off and "<br>" not in words else words
    for box in node.iter(f"{_W}txbxContent"):
        if not any(up.tag == _FALLBACK for up in box.iterancestors()):
            yield from ("<br>" + "".join(_runs(inner)) for inner in box.iterchildren(f"{_W}p"))


def _in_box(run: etree._Element, node: etree._Element) -> bool:
    """Whether a run stands in a text box within the paragraph: it is told after its words."""
    box = next(run.iterancestors(f"{_W}txbxContent"), None)
    return box is not None and node in box.iterancestors()


def _words(run: etree._Element) -> Iterator[str]:
    for part in run:
        if part.tag == f"{_W}t":
            yield escape(part.text or "", quote=False)
        elif part.tag in {f"{_W}tab", f"{_W}ptab"}:
            yield " "
        elif part.tag in {f"{_W}br", f"{_W}cr"}:
            yield "<br>"
        elif part.tag == f"{_W}noBreakHyphen":
            yield "-"


def _is_on(run: etree._Element, name: str) -> bool:
    mark = run.find(f"{_W}rPr/{_W}{name}")
    return mark is not None and (mark.get(f"{_W}val") or "on").lower() not in _OFF
