"""Days of the calendar in a sentence: "3.2.", "5.9.–28.11.2026", "syys–toukokuussa", "viikolla 10"."""

import re
from collections.abc import Iterator

from crawlers.prose.atoms import Atom, Day, Months, Role, Stretch, Weeks
from crawlers.prose.lexicon import DASH, MONTH, SHORT, STEM, month, span, weekday
from crawlers.prose.lexicon import SMALL as FLAGS

_WD = rf"(?:(?P<{{0}}>(?:{STEM})(?:na|sta|)|(?:{SHORT})\b\.?)\s?)?"
_YEAR = r"(?:\s?(?P<{0}>(?:19|20)\d\d)(?!\d)|(?P<{0}s>\d\d)(?![\d.:–-]))?"
_NUMERIC = re.compile(rf"(?<![\d.,])(?P<d>\d{{1,2}})\.\s?(?P<m>\d{{1,2}})\.{_YEAR.format('y')}(?!\d)")
_DOTLESS = re.compile(
    rf"(?P<wd>\b(?:{SHORT}|(?:{STEM})(?:na|))\.?\s)(?P<d>\d{{1,2}})\.(?P<m>\d{{1,2}})(?=\s(?:klo|kello)\b)",
    FLAGS,
)
_FULL_YEAR = re.compile(r"(?<![\d.,])(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\s(?P<y>20\d\d)(?!\d)")
_NAMED = re.compile(
    rf"(?<![\d.,–-])(?P<d>\d{{1,2}})\.?\s?(?:päivä(?:nä)?\s)?(?P<m>{MONTH})kuu(?:ta|n|ssa|)\b(?:\s(?P<y>20\d\d)(?!\d))?",
    FLAGS,
)
_NAMED_FIRST = re.compile(rf"\b(?P<m>{MONTH})kuun\s(?P<d>\d{{1,2}})\.?\s?(?:päivä|pnä|p:nä)\w*", FLAGS)
_STRETCH = re.compile(
    rf"(?<![\d.,]){_WD.format('w1')}(?P<d1>\d{{1,2}})\.?(?:\s?(?P<m1>\d{{1,2}})(?:\.{_YEAR.format('y1')})?)?{DASH}"
    rf"{_WD.format('w2')}(?P<d2>\d{{1,2}})\.\s?(?P<m2>\d{{1,2}})\.{_YEAR.format('y2')}(?!\d)",
    FLAGS,
)
_NAMED_STRETCH = re.compile(
    rf"(?<![\d.,])(?P<d1>\d{{1,2}})\.(?:\s?(?P<m1>{MONTH})kuuta)?{DASH}(?P<d2>\d{{1,2}})\.\s?(?P<m2>{MONTH})kuuta"
    rf"(?:\s(?P<y2>20\d\d))?",
    FLAGS,
)
_MONTHS_CASES = re.compile(
    rf"\b({MONTH})kuu(?:sta|n alusta|n alkupuolelta)\s({MONTH})kuu(?:hun|n loppuun|lle)"
    r"(?:\s(?:saakka|asti))?",
    FLAGS,
)
_TO_MONTH = re.compile(
    rf"\b({MONTH})kuu(?:(?:lle|hun)\s(?:asti|saakka)|n\sloppuun(?:\s(?:asti|saakka))?)\b", FLAGS
)
_SUMMER = re.compile(
    r"\bkesäkuukausi(?:na|en\saikana|en\sajan)\b|(?<=\bei\s)kesä(?:llä|isin|aikana|aikaan)\b"
    r"|\bkesä(?:llä|isin)\b(?=[^.,;]{0,30}\b(?:tauolla|tauko|suljettu|ei\skokoonnu))",
    FLAGS,
)
_TO_FEAST = re.compile(r"\b(vappuun|vapulle|jouluun|joululomaan)\s(?:asti|saakka)\b", FLAGS)
_LIST_OF_DAYS = re.compile(
    r"(?<![\d.,:])((?:\d{1,2}\.\s?(?:,|ja|sekä)\s?)+)(?=\d{1,2}\.\s?(?P<m>\d{1,2})\.)", FLAGS
)
_LAST_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_MONTHS_DASH = re.compile(rf"\b({MONTH})(?:kuu)?{DASH}({MONTH})kuu(?:ssa|n aikana|n ajan|n|)\b", FLAGS)
_MONTHS_LIST = re.compile(
    rf"\b((?:{MONTH})-(?:\s?,\s?(?:{MONTH})-)*\s(?:ja|sekä|eikä|tai)\s(?:{MONTH})kuu(?:ssa|n|t|ta|)"
    rf"|(?:{MONTH})kuussa(?:,\s(?:{MONTH})kuussa)*\s(?:ja|sekä|eikä)\s(?:{MONTH})kuussa)\b",
    FLAGS,
)
_MONTH_ONE = re.compile(rf"\b({MONTH})kuu(?:ssa|n aikana|n ajan|n|)\b", FLAGS)
_MONTH_STEM = re.compile(rf"\b({MONTH})", FLAGS)
_WEEKS = re.compile(
    rf"\b(?:\w*viiko(?:lla|illa|lta|lle|sta|t|n)|\w*viikko(?:a|na|on|)|vko?|vkot|vk:lla|vko:lla|vkolla|vkoilla|vkon|viikot)\.?\s(?:\(?(?:vko?\s?)?)"
    rf"(\d{{1,2}}(?:(?:{DASH}|\s?,\s?|\sja\s)\d{{1,2}}){{0,20}})"
    rf"(?![\d:]|\.\s?(?:\d|{MONTH})|\s?(?:krt|kertaa))",
    FLAGS,
)
_FROM = re.compile(r"^[\s,)]*(?:alkaen|lähtien|eteenpäin)\b", FLAGS)
_UNTIL = re.compile(r"^[\s,)]*(?:asti|saakka)\b", FLAGS)
_WEEKDAY_BETWEEN = rf"\s(?:(?:{STEM})(?:na|sta|)\s|(?:{SHORT})\.?\s)?$"
_FROM_BEFORE = re.compile(rf"(?:\balkaen|\blähtien|\balk\.){_WEEKDAY_BETWEEN}", FLAGS)
_BEGINS = re.compile(
    r"(?:\balkaa|\balkavat|\baloit\w+|\bstarttaa|\bkäynnistyy|\bjatku\w+|\bjatkamme|\bensimmäinen\s\w+(?:\son)?|\bensimmäisen\skerran)"
    rf"(?:\staas|\själleen)?{_WEEKDAY_BETWEEN}",
    FLAGS,
)
_ENDS = re.compile(
    rf"(?:\bpäätty(?:y|vät|en)|\bloppu(?:u|vat)|\bviimei(?:nen|set)\s\w+(?:\s(?:on|ovat))?|\bviimeisen\skerran|\basti)\s(?:(?:{STEM})(?:na|)\s|(?:{SHORT})\.?\s)?$",
    FLAGS,
)


_WEEK_BEGINS = re.compile(r"\b(?:alka\w+|alk\.|aloit\w+|starttaa|käynnisty\w+|jatku\w+)\s(?:\w+\s)?$")
_WEEK_ENDS = re.compile(r"\b(?:päätty\w+|loppu\w+|viimeinen\s\w+(?:\son)?)\s(?:\w+\s)?$")


def scan(text: str) -> Iterator[Atom]:
    """Calendar atoms of a text in small letters, the longest first; of overlapping ones the earlier."""
    for pattern in (_STRETCH, _NAMED_STRETCH):
        for found in pattern.finditer(text):
            if stretch := _stretch(found):
                yield stretch
    yield from _sharing_a_month(text)
    for pattern in (_NAMED, _NAMED_FIRST, _NUMERIC, _FULL_YEAR, _DOTLESS):
        for found in pattern.finditer(text):
            if day := _day(text, found):
                yield day
    yield from _months(text)
    for found in _WEEKS.finditer(text):
        weeks = _week_numbers(found[1])
        if all(1 <= week <= 53 for week in weeks) and len(weeks) < 20:
            yield Weeks(*found.span(), weeks, _week_role(text, found) if len(weeks) == 1 else Role.DAY)


def _week_role(text: str, found: re.Match[str]) -> Role:
    """ "alkaa viikolla 3", "viikosta 3 alkaen", "päättyy viikolla 17", "viikolle 17 asti"."""
    before, after = text[max(0, found.start() - 40) : found.start()], text[found.end() :]
    if _WEEK_BEGINS.search(before) or _FROM.match(after):
        return Role.START
    return Role.END if _WEEK_ENDS.search(before) or _UNTIL.match(after) else Role.DAY


def _week_numbers(said: str) -> tuple[int, ...]:
    """ "2, 4–6 ja 8" as numbers."""
    found: list[int] = []
    for part in re.split(r"\s?,\s?|\sja\s", said):
        ends = [int(number) for number in re.findall(r"\d+", part)]
        found += span(ends[0], ends[-1], 53, 1) if len(ends) > 1 else ends
    return tuple(dict.fromkeys(found))


def _months(text: str) -> Iterator[Atom]:
    for pattern in (_MONTHS_CASES, _MONTHS_DASH):
        for found in pattern.finditer(text):
            yield Months(*found.span(), span(month(found[1]), month(found[2]), 12, 1), True)
    yield from _month_ends(text)
    for found in _SUMMER.finditer(text):
        yield Months(*found.span(), (6, 7, 8), True)
    for found in _MONTHS_LIST.finditer(text):
        yield Months(*found.span(), tuple(month(word) for word in _MONTH_STEM.findall(found[0])), False)
    for found in _MONTH_ONE.finditer(text):
        yield Months(*found.span(), (month(found[1]),), False)


def _sharing_a_month(text: str) -> Iterator[Day]:
    """ "2., 9., 16. ja 23.2.": the days before the last, whose month it tells."""
    for found in _LIST_OF_DAYS.finditer(text):
        number = int(found["m"])
        for day in re.finditer(r"\d{1,2}", found[1]):
            if 1 <= int(day[0]) <= 31 and 1 <= number <= 12:
                start = found.start() + day.start()
                yield Day(start, start + len(day[0]) + 1, int(day[0]), number, None)


def _month_ends(text: str) -> Iterator[Day]:
    """ "jatkuu toukokuulle asti", "toukokuun loppuun": the last day of that month."""
    for found in _TO_FEAST.finditer(text):
        day, number = (30, 4) if found[1].startswith("va") else (23, 12)
        yield Day(*found.span(), day, number, None, Role.END)
    for found in _TO_MONTH.finditer(text):
        number = month(found[1])
        yield Day(*found.span(), _LAST_DAYS[number - 1], number, None, Role.END)


def _stretch(found: re.Match[str]) -> Stretch | None:
    parts = found.groupdict()
    last = _plain(found, parts["d2"], parts["m2"], parts.get("y2"), parts.get("y2s"))
    first = _plain(found, parts["d1"], parts["m1"] or parts["m2"], parts.get("y1"), parts.get("y1s"))
    if first is None or last is None:
        return None
    named = parts.get("w1"), parts.get("w2")
    weekdays = (weekday(named[0]), weekday(named[1])) if named[0] and named[1] else None
    start = found.start() if weekdays else found.start("d1")
    return Stretch(start, found.end(), first, last, weekdays)


def _plain(
    found: re.Match[str], day: str, month_text: str, year: str | None, short: str | None
) -> Day | None:
    number = int(month_text) if month_text.isdigit() else month(month_text)
    if not (1 <= int(day) <= 31 and 1 <= number <= 12):
        return None
    return Day(*found.span(), int(day), number, _year(year, short))


def _year(year: str | None, short: str | None) -> int | None:
    if year:
        return int(year)
    return 2000 + int(short) if short else None


def _day(text: str, found: re.Match[str]) -> Day | None:
    parts = found.groupdict()
    day = _plain(found, parts["d"], parts["m"], parts.get("y"), parts.get("ys"))
    if day is None:
        return None
    start = found.start("d") if parts.get("wd") else found.start()
    role = Role.DAY
    if after := _FROM.match(text[found.end() :]):
        return Day(start, found.end() + after.end(), day.day, day.month, day.year, Role.START)
    if after := _UNTIL.match(text[found.end() :]):
        return Day(start, found.end() + after.end(), day.day, day.month, day.year, Role.END)
    before = text[max(0, start - 40) : start]
    if _FROM_BEFORE.search(before):
        role = Role.START
    elif _BEGINS.search(before):
        role = Role.FIRST
    elif _ENDS.search(before):
        role = Role.END
    return Day(start, found.end(), day.day, day.month, day.year, role)
