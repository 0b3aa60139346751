"""A tree of content as blocks: headings, paragraphs, list items and table rows, in reading order."""

import re
from collections.abc import Iterator

from lxml import html

from crawlers.prose import topics
from crawlers.prose.inline import flat, is_bold, squeeze
from crawlers.prose.sections import is_facet
from crawlers.prose.shapes import Block, BlockKind
from crawlers.prose.tables import data_cells, head, is_column, rows_of, spanning_title

MOST_BLOCKS = 4000
LONGEST_BLOCK = 20_000

_BLOCK_TAGS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl"}
    | {
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
    }
    | {"hr", "legend", "li", "main", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot"}
    | {"th", "thead", "tr", "ul", "nav", "html", "menu", "dir", "frameset", "noframes", "multicol"}
)
_INLINE = frozenset({"span", "time", "strong", "b", "em", "i", "a"})
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6, "summary": 6, "legend": 6, "caption": 6}
_BEGINS, _ENDS = "\ue000", "\ue001"  # private characters, which pages are not written in
_MARKS = re.compile(f"[{_BEGINS}{_ENDS}]")
_BOLD_TEXT = re.compile(f"{_BEGINS}[^{_ENDS}]*{_ENDS}")
_LONGEST_TITLE = 90
_TITLED = re.compile(r"(?:^|[\s_-])(?:title|otsikko|heading|headline|header-text)(?:$|[\s_-])", re.IGNORECASE)
_ASIDE = re.compile(r"\s?\([^()]{2,40}\)$")
_SHOUTED = re.compile(r"(?=.*[A-ZÅÄÖ]{4})[A-ZÅÄÖ][A-ZÅÄÖÉ &/–-]{3,58}(?:\s\([^()]{2,20}\))?")
_TITLE_END = re.compile(r"[.,;]$")


def blocks(main: html.HtmlElement) -> tuple[Block, ...]:
    """The blocks of a cleaned tree, at most `MOST_BLOCKS`."""
    walker = _Walker()
    walker.walk(main)
    walker.flush()
    return tuple(walker.found[:MOST_BLOCKS])


def joined(found: tuple[Block, ...]) -> str:
    """All blocks as plain text, one or more lines each."""
    return "\n".join(block.text for block in found)


class _Walker:
    """Goes through a tree once and cuts its inline text into blocks where block elements begin or end."""

    def __init__(self) -> None:
        self.found: list[Block] = []
        self._pieces: list[str] = []
        self._bold = 0
        self._bold_length = 0
        self._kinds: list[tuple[BlockKind, int]] = [(BlockKind.PARAGRAPH, 0)]
        self._links: list[str] = []
        self._anchor: str | None = None
        self._heads: dict[html.HtmlElement, tuple[str, ...]] = {}

    def walk(self, root: html.HtmlElement) -> None:
        """Visit iteratively: pages nest deeper than a call stack may."""
        stack: list[tuple[html.HtmlElement, bool]] = [(root, False)]
        while stack and len(self.found) < MOST_BLOCKS:
            node, leaving = stack.pop()
            if leaving:
                self._leave(node)
                if node is not root:
                    self._text(node.tail)
                continue
            if not isinstance(node.tag, str):
                self._text(node.tail)
                continue
            if node.tag == "tr" and (cells := data_cells(node)) is not None:
                self._row(node, cells)
                self._text(node.tail)
                continue
            if node.tag == "tr" and (title := spanning_title(node)):
                self.flush()
                self._add(Block(BlockKind.HEADING, title, 6, self._anchor))
                self._text(node.tail)
                continue
            self._enter(node)
            stack.append((node, True))
            stack.extend((child, False) for child in reversed(node))

    def flush(self, *, heads: bool = False) -> None:
        """End the block in work; `heads` = it is an item that names what the list below it tells."""
        marked, bold = "".join(self._pieces), self._bold_length
        raw = _MARKS.sub("", marked)
        links = tuple(dict.fromkeys(self._links))
        self._pieces, self._links, self._bold_length = [], [], 0
        lines = [line for part in raw.split("\n") if (line := squeeze(part))]
        if not lines:
            return
        kind, level = self._kinds[-1]
        text = "\n".join(lines)[:LONGEST_BLOCK]
        if kind is BlockKind.HEADING:
            self._add(Block(kind, " ".join(lines)[:400], level, self._anchor, links))
            return
        named = len(lines) == 1 and 3 <= len(text) <= _LONGEST_TITLE and not re.search(r"[.,;:]$", text)
        if heads and kind is BlockKind.ITEM and named:
            self._add(Block(BlockKind.HEADING, text, 7, self._anchor, links))
            return
        if kind is BlockKind.PARAGRAPH and (parts := _bold_parts(marked)):
            for title, body in parts:
                self._add(Block(BlockKind.HEADING, title, 7, self._anchor))
                if body:
                    self._add(Block(kind, body[:LONGEST_BLOCK], 0, self._anchor, links))
            return
        heads = _heads(marked) or len(lines) == 1
        if kind is BlockKind.PARAGRAPH and heads and (heading := _bold_heading(lines, bold)):
            self._add(Block(BlockKind.HEADING, heading, 7, self._anchor))
            text = "\n".join(lines[1:])
        elif kind is BlockKind.PARAGRAPH and _is_shouted(lines):
            self._add(Block(BlockKind.HEADING, lines[0], 7, self._anchor))
            text = "\n".join(lines[1:])
        if text:
            lead = _lead(marked) if bold else ""
            self._add(Block(kind, text, 0, self._anchor, links, lead))

    def _add(self, block: Block) -> None:
        self.found.append(block)

    def _enter(self, node: html.HtmlElement) -> None:
        tag = node.tag
        if tag in _BLOCK_TAGS:
            self.flush(heads=tag in {"ul", "ol"} and _tells_of(node))
            if tag in _HEADINGS:
                self._kinds.append((BlockKind.HEADING, _HEADINGS[tag]))
            elif tag in {"div", "p"} and _is_titled(node):
                self._kinds.append((BlockKind.HEADING, 6))
            elif tag == "dt" and _is_term(node):
                self._kinds.append((BlockKind.HEADING, 7))
            elif tag in {"li", "dd", "dt"}:
                self._kinds.append((BlockKind.ITEM, 0))
            else:
                outer = self._kinds[-1]
                keeps = outer[0] is not BlockKind.PARAGRAPH and tag in {"p", "div", "center"}
                self._kinds.append(outer if keeps else (BlockKind.PARAGRAPH, 0))
        anchor = node.get("id") or (node.get("name") if tag == "a" else None)
        if anchor:
            self._anchor = anchor[:200]
        if tag == "br":
            self._pieces.append("\n")
        elif is_bold(node):
            self._bold += 1
        elif tag == "a" and node.get("href"):
            self._links.append(node.get("href", "").strip()[:2000])
        elif tag == "img" and (alt := squeeze(node.get("alt", ""))) and len(alt) < 3:
            self._text(alt)
        if tag in _INLINE and self._pieces and _runs_on(self._pieces[-1], node.text or ""):
            self._pieces.append(" ")
        self._text(node.text)

    def _leave(self, node: html.HtmlElement) -> None:
        if node.tag in _BLOCK_TAGS:
            self.flush()
            self._kinds.pop()
        elif is_bold(node):
            self._bold -= 1

    def _text(self, text: str | None) -> None:
        if not text:
            return
        words = flat(text)
        self._pieces.append(f"{_BEGINS}{words}{_ENDS}" if self._bold else words)
        if self._bold:
            self._bold_length += len(words.strip())

    def _row(self, node: html.HtmlElement, cells: list[html.HtmlElement]) -> None:
        self.flush()
        links = tuple(link.get("href", "")[:2000] for link in node.iter("a") if link.get("href"))
        labels = self._labels(node)
        for values in rows_of(cells):
            if text := " | ".join(filter(None, values))[:LONGEST_BLOCK]:
                told = len(labels) == len(values) and values != labels
                labelled = tuple(zip(labels, values, strict=True)) if told else ()
                self._add(Block(BlockKind.ROW, text, 0, self._anchor, links, cells=labelled))

    def _labels(self, row: html.HtmlElement) -> tuple[str, ...]:
        """The labels of the row's table; () in a table without a row of labels."""
        table = next(row.iterancestors("table"), None)
        if table is None:
            return ()
        if table not in self._heads:
            self._heads[table] = head(table)
        return self._heads[table]


def _is_term(node: html.HtmlElement) -> bool:
    """A term that its definition below tells more of, and no label of a field."""
    following, parent = node.getnext(), node.getparent()
    words = squeeze("".join(node.itertext()))
    if parent is None or len(parent.findall("dt")) < 2:
        return False
    if following is None or following.tag != "dd" or not 3 <= len(words) <= _LONGEST_TITLE:
        return False
    return not (_TITLE_END.search(words) or words.endswith(":") or is_facet(words) or is_column(words))


def _runs_on(before: str, after: str) -> bool:
    """ "<span>10–12</span><span>Ompelupaja</span>": an hour and a word that only the page's style parts."""
    last, first = before.rstrip(_ENDS)[-1:], after[:1]
    return (last.isdigit() and first.isalpha()) or (last.islower() and first.isdigit())


def _tells_of(node: html.HtmlElement) -> bool:
    """Whether a list inside an item tells of it in words and hours, and is no menu below a menu."""
    parent = node.getparent()
    if parent is None or parent.tag != "li":
        return False
    text = "".join(node.itertext())
    return any(map(str.isdigit, text)) and sum(1 for _ in node.iter("a")) < sum(1 for _ in node.iter("li"))


def _lead(marked: str) -> str:
    """The bold words that a block begins with, where plain text follows on the same line."""
    first = next((line for line in marked.split("\n") if squeeze(_MARKS.sub("", line))), "")
    bold, rest = [], first.lstrip()
    while found := _BOLD_TEXT.match(rest):
        bold.append(found[0])
        rest = rest[found.end() :]
    words = squeeze(_MARKS.sub("", "".join(bold)))
    return words if 3 <= len(words) <= _LONGEST_TITLE and squeeze(_MARKS.sub("", rest)) else ""


def _is_titled(node: html.HtmlElement) -> bool:
    """A short element whose class says that it is a title, holding no other block."""
    if not _TITLED.search(node.get("class") or ""):
        return False
    if any(child is not node and child.tag in _BLOCK_TAGS for child in node.iter()):
        return False
    words = squeeze("".join(node.itertext()))
    return 3 <= len(words) <= _LONGEST_TITLE and not _TITLE_END.search(words)


def _bold_parts(marked: str) -> list[tuple[str, str]]:
    """ "<b>Kahvila</b><br>Torstaisin<br><br><b>Boccia</b><br>Keskiviikkoisin": several headings in one block.

    Empty unless the block begins with one and has another after an empty line.
    """
    found: list[tuple[str, list[str]]] = []
    blank = True
    for line in marked.split("\n"):
        text = squeeze(_MARKS.sub("", line))
        plain = squeeze(_BOLD_TEXT.sub("", line))
        if text and not plain and blank and _bold_heading([text], len(text)):
            found.append((text, []))
        elif text and not found:
            return []
        elif text:
            found[-1][1].append(text)
        blank = not text
    return [(title, "\n".join(body)) for title, body in found] if len(found) > 1 else []


def _is_shouted(lines: list[str]) -> bool:
    """Whether the first line is all in capitals, as headings are on pages that have no other means.

    A line alone must name something that people come to: "KAHVIO SULJETTU" heads nothing.
    """
    first = lines[0]
    if not _SHOUTED.fullmatch(first) or is_facet(first):
        return False
    return topics.names_activity(first) if len(lines) == 1 else not topics.names_none(first)


def _heads(marked: str) -> bool:
    """Whether the first line is set off from end to end, an aside apart, and not only its beginning."""
    first = next((line for line in marked.split("\n") if squeeze(_MARKS.sub("", line))), "")
    plain = squeeze(_BOLD_TEXT.sub("", first))
    return not re.search(r"\w", plain) or _ASIDE.fullmatch(plain) is not None


def _bold_heading(lines: list[str], bold: int) -> str | None:
    """The first line where it alone is bold: the headings of pages that have none."""
    first = lines[0]
    if not 3 <= len(first) <= _LONGEST_TITLE or _TITLE_END.search(first) or first.endswith(":"):
        return None
    if abs(bold - len(first)) <= 2:
        return first
    aside = _ASIDE.search(first)  # "<b>Lohikäärmekerho</b> (7–9 v.)"
    return first if aside and len(lines) > 1 and abs(bold - aside.start()) <= 2 else None


def lines_of(found: tuple[Block, ...]) -> Iterator[str]:
    """Every line of text."""
    for block in found:
        yield from block.text.split("\n")
