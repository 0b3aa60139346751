"""Tables of data, apart from those that only lay a page out: cells, and the labels of their columns."""

import re
from copy import deepcopy

from lxml import etree, html

from crawlers.prose.inline import flat, is_bold, squeeze

_MOST_BREAKS = 4  # a cell of more lines lays the page out
_LONGEST_LABEL = 40
_LONGEST_SPANNING = 60  # what spans rows and says more lays the page out
_MOST_ROWS = 300
_PARTING = frozenset({"br", "p", "div", "li"})
_BY_HOUR = re.compile(
    r"(?:klo\s)?\d{1,2}(?:[.:]\d\d)?\s?(?:[-–]\s?\d{1,2}(?:[.:]\d\d)?)?\s?:?\s\w", re.IGNORECASE
)
_COLUMN = re.compile(
    r"(?:viikon)?päivä(?:t|määrät)?|pvm|päivämäärä|kello(?:naika)?|klo|aika|ajankohta|milloin|paikka|missä|osoite|ryhmä|kerho|piiri"
    r"|nimi|tapahtuma|toiminta|ohjelma|mitä|laji|tunti|ohjaaja|vetäjä|yhteyshenkilö|yhteystiedot|puhelin|puh\.?"
    r"|hinta|maksu|kenelle|kohderyhmä|ilmoittautuminen|lisätietoja?|lisätiedot|kesto|kunta|paikkakunta",
    re.IGNORECASE,
)


def data_cells(row: html.HtmlElement) -> list[html.HtmlElement] | None:
    """The cells of a row of data; None for rows that only lay the page out."""
    cells = [cell for cell in row if cell.tag in {"td", "th"}]
    if len(cells) < 2:
        return None
    for cell in cells:
        if any(True for _ in cell.iter("table", "h1", "h2", "h3", "h4", "ul", "ol", "form", "blockquote")):
            return None
        if (
            len(cell.findall(".//p")) > 2
            or len(cell.findall(".//br")) > _MOST_BREAKS
            or sum(len(text) for text in cell.itertext()) > 400
        ):
            return None
    return cells


def spanning_title(row: html.HtmlElement) -> str | None:
    """The words of a row whose one cell reaches over the columns: the heading of the rows below it."""
    cells = [cell for cell in row if cell.tag in {"td", "th"}]
    if len(cells) != 1 or _number(cells[0], "colspan") < 2 or len(cells[0].findall(".//p")) > 1:
        return None
    if (
        next(cells[0].iter("table", "ul", "ol", "h1", "h2", "h3", "h4", "form", "br", "img"), None)
        is not None
    ):
        return None
    words = squeeze(" ".join(cells[0].itertext()))
    return words if 3 <= len(words) <= _LONGEST_SPANNING and not words.endswith((".", ":", ",")) else None


def rows_of(cells: list[html.HtmlElement]) -> tuple[tuple[str, ...], ...]:
    """The values of a row's cells; a cell of several lines that each begin with an hour makes a row of each.

    "Maanantai | 9–10 Aamukahvit <br> 13–14 Jumppa" are two meetings.
    """
    lines = [_lines(cell) for cell in cells]
    whole = tuple(" ".join(found) for found in lines)
    several = [place for place, found in enumerate(lines) if len(found) > 1]
    if len(several) != 1 or not all(_BY_HOUR.match(line) for line in lines[several[0]]):
        return (whole,)
    place = several[0]
    return tuple((*whole[:place], line, *whole[place + 1 :]) for line in lines[place])


def _lines(cell: html.HtmlElement) -> list[str]:
    """The lines of a cell, parted where its markup parts them."""
    pieces: list[str] = []
    for event, node in etree.iterwalk(cell, events=("start", "end")):
        parts = node is not cell and node.tag in _PARTING
        if event == "start":
            pieces += ["\n" if parts else "", flat(node.text or "")]
        elif node is not cell:
            pieces += ["\n" if parts else "", flat(node.tail or "")]
    return [line for part in " ".join(pieces).split("\n") if (line := squeeze(part))]


def unfold_spans(root: html.HtmlElement) -> None:
    """Repeat cells that reach over several rows in each of them, in place: "Maanantai" beside two hours."""
    tables = {
        next(cell.iterancestors("table"), None) for cell in root.xpath(".//td[@rowspan]|.//th[@rowspan]")
    }
    for table in tables:
        waiting: dict[int, tuple[html.HtmlElement, int]] = {}
        for row in list(table.iter("tr"))[:_MOST_ROWS] if table is not None else ():
            if next(row.iterancestors("table")) is table:
                _fill(row, waiting)


def _fill(row: html.HtmlElement, waiting: dict[int, tuple[html.HtmlElement, int]]) -> None:
    """Put into a row the cells that reach down into it, and note those that reach further down."""
    cells = [cell for cell in row if cell.tag in {"td", "th"}]
    column = place = 0
    while place < len(cells) or column in waiting:
        if column in waiting:
            above, left = waiting.pop(column)
            cell = deepcopy(above)
            cell.tail = None
            row.insert(row.index(cells[place]) if place < len(cells) else len(row), cell)
            cells.insert(place, cell)
            if left > 1:
                waiting[column] = above, left - 1
        elif 1 < (reach := _number(cells[place], "rowspan")) <= _MOST_ROWS:
            words = sum(len(text) for text in cells[place].itertext())
            if words <= _LONGEST_SPANNING:
                waiting[column] = cells[place], reach - 1
        column += max(1, _number(cells[place], "colspan"))
        place += 1


def _number(cell: html.HtmlElement, name: str) -> int:
    told = (cell.get(name) or "").strip()
    return int(told) if told.isascii() and told.isdigit() and len(told) < 4 else 1


def head(table: html.HtmlElement) -> tuple[str, ...]:
    """The labels of a table's columns: its first row, where all cells are heads, bold, or plain labels."""
    first = next(table.iter("tr"), None)
    if first is None:
        return ()
    cells = [cell for cell in first if cell.tag in {"td", "th"}]
    texts = tuple(squeeze(" ".join(cell.itertext())) for cell in cells)
    if len(cells) < 2 or any(len(text) > _LONGEST_LABEL for text in texts):
        return ()
    heads = all(cell.tag == "th" for cell in cells) or next(first.iterancestors("thead"), None) is not None
    bold = all(_is_all_bold(cell) for cell in cells)
    known = sum(map(is_column, texts))
    return texts if heads or bold or known >= 2 else ()


def is_column(text: str) -> bool:
    """Whether a text is what columns of activities are called."""
    return bool(_COLUMN.fullmatch(text.rstrip(": ")))


def _is_all_bold(cell: html.HtmlElement) -> bool:
    bold = "".join(text for node in cell.iter() if is_bold(node) for text in node.itertext())
    return squeeze(bold) == squeeze("".join(cell.itertext()))
