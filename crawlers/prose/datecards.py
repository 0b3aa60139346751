"""Cards of events: the day stands in a box of its own above the name, "27" over "tammi"."""

import re

from lxml import html

from crawlers.prose.lexicon import FLAGS, MONTH, MONTH_STEMS, SHORT, STEM

_SV_EN = "jan|feb|mar|apr|maj|may|jun|jul|aug|sep|okt|oct|nov|dec"
_MONTHS = ("jan", "feb", "mar", "apr", "ma[jy]", "jun", "jul", "aug", "sep", "o[kc]t", "nov", "dec")
_WEEKDAY = rf"(?:(?P<wd>{STEM}|{SHORT})\w{{0,3}}[\s.,]*)?"
_MONTH_WORD = rf"(?P<m>{MONTH}|{_SV_EN})[a-zåäö]{{0,8}}\.?"
_DAY = r"(?P<d>0?[1-9]|[12]\d|3[01])\.?"
_YEAR = r"(?:[\s,]*(?P<y>20\d\d))?"
_CARD = re.compile(rf"{_WEEKDAY}{_DAY}[\s/]*{_MONTH_WORD}{_YEAR}", FLAGS)
_CARD_MONTH_FIRST = re.compile(rf"{_WEEKDAY}{_MONTH_WORD}[\s/]*{_DAY}{_YEAR}", FLAGS)
_NUMERIC = re.compile(rf"{_WEEKDAY}{_DAY}\s?(?P<n>1[0-2]|0?[1-9])\.{_YEAR}", FLAGS)
# "klo 17", "17:00–20:00"; an hour without its end and without "klo" may be that of writing.
_HOURS = (
    r"(?P<h>[\s,|–-]*(?:(?:klo|kello|kl)\.?\s?\d{1,2}(?:[.:]\d\d)?(?:\s?[–-]\s?(?:klo\s)?\d{1,2}(?:[.:]\d\d)?)?"
    r"|\d{1,2}[.:]\d\d\s?[–-]\s?\d{1,2}[.:]\d\d)|\s[–-]\s\d{1,2}[.:]\d\d)"
)
_DASHED = re.compile(r"^\s[–-]\s(?=\d)")
_TIMED = re.compile(rf"{_WEEKDAY}{_DAY}\s?(?P<n>1[0-2]|0?[1-9])\.{_YEAR}{_HOURS}", FLAGS)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_TITLED = re.compile(r"(?:^|[\s_-])(?:title|otsikko|heading|headline)(?:$|[\s_-])", re.IGNORECASE)
_BOXES = ("div", "span", "time", "p", "td", "figure", "header")
_CLOCK = re.compile(r"\b(?:klo|kello|kl)\b|\b\d{1,2}[.:]\d\d\b(?!\.)", FLAGS)
# A deadline is no other day: "Ilmoittaudu 29.1. mennessä".
_OTHER_DAY = re.compile(
    rf"\b\d{{1,2}}\.\s?(?:\d{{1,2}}\.(?:20\d\d)?|(?:{MONTH})kuuta)(?!\d|\s(?:mennessä|asti|saakka))", FLAGS
)
_LONGEST = 32
_MOST_BOXES = 8000


def settle_days(root: html.HtmlElement) -> None:
    """Write the days of cards as a line of text and put them under the name of their card, in place.

    A day belongs to the heading that follows it within the smallest element that holds both, if that element
    holds no other heading. The card must tell a clock time too, and no other day: else it is news, with the
    day on which it was written.
    """
    seen: set[html.HtmlElement] = set()
    for box in list(root.iter(*_BOXES))[:_MOST_BOXES]:
        if box in seen or not (said := _day(box)):
            continue
        seen.update(box.iter())
        if (heading := _heading(box, root, said)) is not None:
            move_below(box, heading, said)


def _day(box: html.HtmlElement) -> str:
    """The day that is all an element says, as a sentence would say it; else empty."""
    words = [part for text in box.itertext() if isinstance(text, str) and (part := text.strip())]
    if not words or sum(map(len, words)) > _LONGEST or next(box.iter("a", *_HEADINGS), None) is not None:
        return ""
    text = " ".join(" ".join(words).split())
    found = _CARD.fullmatch(text) or _CARD_MONTH_FIRST.fullmatch(text) or _NUMERIC.fullmatch(text)
    found = found or _TIMED.fullmatch(text)
    if found is None:
        return ""
    parts = found.groupdict()
    year = parts["y"] or ""
    weekday = f"{parts['wd'].lower()[:2]} " if parts["wd"] else ""
    hours = _DASHED.sub(" klo ", parts.get("h") or "")
    return f"{weekday}{int(parts['d'])}.{_number(parts)}.{year}{hours}"


def _number(parts: dict[str, str | None]) -> int:
    if number := parts.get("n"):
        return int(number)
    name = (parts.get("m") or "").lower()
    if name in MONTH_STEMS:
        return MONTH_STEMS.index(name) + 1
    return next(place for place, pattern in enumerate(_MONTHS, 1) if re.fullmatch(pattern, name))


def _heading(box: html.HtmlElement, root: html.HtmlElement, said: str) -> html.HtmlElement | None:
    """The one heading of the card that `box` stands in, where it follows the box."""
    for card in box.iterancestors():
        headings = [node for node in card.iter() if _is_heading(node)]
        if headings or card is root:
            alone = len(headings) == 1 and box not in headings[0].iter()
            told = alone and _precedes(box, headings[0], card) and _is_event(card, box, said)
            return headings[0] if told else None
    return None


def _is_heading(node: html.HtmlElement) -> bool:
    """A heading, or a box whose class calls it a title."""
    if node.tag in _HEADINGS:
        return True
    return node.tag in {"div", "p"} and _TITLED.search(node.get("class") or "") is not None and not len(node)


def _is_event(card: html.HtmlElement, box: html.HtmlElement, said: str) -> bool:
    own = set(box.itertext())
    text = " ".join(part for part in card.itertext() if isinstance(part, str) and part not in own)
    return bool(_CLOCK.search(said) or _CLOCK.search(text)) and not _OTHER_DAY.search(text)


def _precedes(first: html.HtmlElement, second: html.HtmlElement, inside: html.HtmlElement) -> bool:
    return next((node for node in inside.iter() if node is first or node is second), None) is first


def move_below(box: html.HtmlElement, heading: html.HtmlElement, said: str) -> None:
    """Put what the box of a card says right under its heading, as a paragraph of its own."""
    line = html.Element("p")
    line.text = said
    box.drop_tree()
    line.tail, heading.tail = heading.tail, None
    parent = heading.getparent()
    assert parent is not None
    parent.insert(parent.index(heading) + 1, line)
