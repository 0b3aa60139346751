"""Tables of data, apart from those that only lay a page out: cells, and the labels of their columns."""

import re

from lxml import html

from crawlers.prose.inline import is_bold, squeeze

_MOST_BREAKS = 4  # a cell of more lines lays the page out
_LONGEST_LABEL = 40
_COLUMN = re.compile(
    r"(?:viikon)?päivä|pvm|päivämäärä|kello(?:naika)?|klo|aika|ajankohta|milloin|paikka|missä|osoite|ryhmä|kerho|piiri"
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
    known = sum(bool(_COLUMN.fullmatch(text)) for text in texts)
    return texts if heads or bold or known >= 2 else ()


def _is_all_bold(cell: html.HtmlElement) -> bool:
    bold = "".join(text for node in cell.iter() if is_bold(node) for text in node.itertext())
    return squeeze(bold) == squeeze("".join(cell.itertext()))
