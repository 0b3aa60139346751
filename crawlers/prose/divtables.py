"""Tables made of other elements: rows of boxes below a row that names their columns become real tables."""

import re
from collections.abc import Iterator

from lxml import html

from crawlers.prose.inline import squeeze
from crawlers.prose.tables import is_column

_GROUP = re.compile(
    r"(?:^|[\s_-])(?:thead|tbody|head(?:er)?|body|rows?|rowgroup|content)(?:$|[\s_-])", re.IGNORECASE
)
_ROLES = {"row": "tr", "columnheader": "th", "rowheader": "td", "cell": "td", "gridcell": "td"}
_BOXES = frozenset({"div", "section", "article", "ul", "ol", "span", "p", "li", "header"})
_LARGE = frozenset({"table", "form", "ul", "ol", "h1", "h2", "blockquote"})
_FEWEST_CELLS = 2
_MOST_CELLS = 8
_LONGEST_LABEL = 40
_LONGEST_CELL = 300
_MOST_ROWS = 300
_MOST_BOXES = 8000

Rows = list[list[html.HtmlElement]]


def make_tables(root: html.HtmlElement) -> None:
    """Turn tables of boxes into tables of rows and cells, in place."""
    for table in root.xpath(".//*[@role='table' or @role='grid'][not(self::table)]"):
        _by_roles(table)
    for box in list(root.iter("div", "section", "ul"))[:_MOST_BOXES]:
        if len(box) and box.tag != "table" and (rows := _rows(box)):
            _turn(box, rows)


def _by_roles(table: html.HtmlElement) -> None:
    """What calls itself a table in the words of accessibility."""
    rows = [node for node in table.iter() if node.get("role") == "row"]
    if len(rows) < _FEWEST_CELLS or any(node.tag == "tr" for node in rows):
        return
    for node in table.iter():
        if node.tag in _BOXES and (tag := _ROLES.get(node.get("role", ""))):
            node.tag = tag
    for node in table.iter():
        if node.get("role") == "rowgroup" and node.tag in _BOXES:
            node.tag = "tbody"
    table.tag = "table"


def _rows(box: html.HtmlElement) -> Rows:
    """The rows of a box whose first row names its columns; empty where it is no table."""
    found = _lines(box)
    heads = next(found, None)
    if heads is None or not _names_columns(heads):
        return []
    rows = [heads]
    for cells in found:
        if len(cells) != len(heads) or len(rows) > _MOST_ROWS or not all(map(_is_cell, cells)):
            return []
        rows.append(cells)
    return rows if len(rows) > 1 else []


def _lines(box: html.HtmlElement) -> Iterator[list[html.HtmlElement]]:
    """The cells of each row, those of rows in a head and a body too."""
    for node in box:
        if not isinstance(node.tag, str) or node.tag not in _BOXES:
            continue
        inner = [cell for cell in node if isinstance(cell.tag, str)]
        grouped = _GROUP.search(node.get("class") or "") and inner and all(len(row) > 1 for row in inner)
        if grouped and all(row.tag in _BOXES for row in inner):
            yield from (list(row) for row in inner)
        else:
            yield inner


def _names_columns(cells: list[html.HtmlElement]) -> bool:
    if not _FEWEST_CELLS <= len(cells) <= _MOST_CELLS:
        return False
    texts = [squeeze(" ".join(cell.itertext())) for cell in cells]
    known = sum(is_column(text) for text in texts)
    return known >= _FEWEST_CELLS and all(len(text) <= _LONGEST_LABEL for text in texts)


def _is_cell(cell: html.HtmlElement) -> bool:
    if cell.tag not in _BOXES and cell.tag not in {"a", "strong", "b", "h3", "h4", "h5", "time"}:
        return False
    short = sum(len(text) for text in cell.itertext()) <= _LONGEST_CELL
    return short and not any(node.tag in _LARGE for node in cell.iter() if node is not cell)


def _turn(box: html.HtmlElement, rows: Rows) -> None:
    """Move the cells of each row into a row of a table that takes the box's place."""
    table = html.Element("table")
    for number, cells in enumerate(rows):
        row = html.Element("tr")
        for cell in cells:
            cell.tail = None
            place = html.Element("td" if number else "th")
            place.append(cell)
            row.append(place)
        table.append(row)
    for node in list(box):
        box.remove(node)
    box.text = None
    if box.tag == "ul":
        box.tag = "div"
    box.append(table)
