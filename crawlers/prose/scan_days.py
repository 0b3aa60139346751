"""Weekdays in a sentence: "tiistaisin", "ma–pe", "joka toinen torstai", "kuun ensimmäinen maanantai"."""

import re
from collections.abc import Iterator

from crawlers.prose.atoms import Atom, Cue, Days, Interval, Manner, Monthly, Parity, Sign
from crawlers.prose.lexicon import DASH, ORDINAL, SHORT, STEM, ordinal, span, weekday
from crawlers.prose.lexicon import SMALL as FLAGS
from schemas.codes import WeekParity
from schemas.schedule import Weekday

_PART = r"(?:-?(?:aamupäiv|iltapäiv|ilta|aamu|päiv|yö))"
_FULL = rf"(?:{STEM})"
_AND = r"(?:\s?,\s?|\s?/\s?|\s?&\s?|\s(?:ja|sekä|että)\s)"
_MONTH_OF = r"(?:(?:joka|kunkin|jokaisen)\s)?(?:kuukauden|kuun|kk:n)"
_ORDINALS = rf"{ORDINAL}(?:{_AND}{ORDINAL})*"

_MONTHLY = re.compile(
    rf"\b{_MONTH_OF}\s(?:{_ORDINALS}\s(?:{_FULL}|(?:{SHORT})\b)\w*(?:-?\w+na)?)"
    rf"(?:{_AND}{_ORDINALS}\s(?:{_FULL}|(?:{SHORT})\b)\w*)*",
    FLAGS,
)
_IN_MONTH = re.compile(
    rf"\b({_ORDINALS})\s({_FULL})(?:na|)\s(?:joka\s)?(?:kuussa|kuukaudessa|kuukausi|kuu)\b", FLAGS
)
# Of one month nobody says two without its name: "1. ja 3. perjantai" is every month's.
_TWO_OF_MONTH = re.compile(
    rf"(?<!kuun\s)\b({ORDINAL}(?:{_AND}{ORDINAL})+)\s({_FULL}|(?:{SHORT})\b)(?:na|isin)?\b", FLAGS
)
_ORDINAL_DAYS = re.compile(rf"({_ORDINALS})\s({_FULL}|(?:{SHORT})\b)", FLAGS)
_ORDINAL = re.compile(ORDINAL, FLAGS)
_MONTH_DAY = re.compile(
    rf"\b{_MONTH_OF}\s(\d{{1,2}})\.(?:{_AND}(\d{{1,2}})\.)?\s?(?:päiv[äi]|pnä|pv)\w*", FLAGS
)
_EVERY_NTH = re.compile(
    rf"\bjoka\s(toi(?:nen|sena|sella)|2\.|kolma(?:s|ntena)|3\.|neljä(?:s|ntenä)|4\.)\s"
    rf"(?:(viikko|viikolla|viikon|vk|vko)\b|({_FULL})(?:na|)\b|({SHORT})\b)",
    FLAGS,
)
_EVERY_WEEKS = re.compile(
    r"\b(?:(kahden|kolmen|neljän|2|3|4) viikon välein|kerran (kahdessa|kolmessa|neljässä) viikossa"
    r"|joka toinen (?:ja )?viikko)\b",
    FLAGS,
)
_PARITY = re.compile(
    rf"\bjoka\s(?:(?P<even_day>parillinen|parillisena)|(?P<odd_day>pariton|parittomana))\s(?={STEM}|(?:{SHORT})\b)"
    r"|\b(?P<even>parillinen|parillis\w*|parill\.?|parilliset)\s?(?:viiko\w*|viikko\w*|vko\w*|vk\w*|viikot)\b"
    r"|\b(?P<odd>parittom\w*|paritt\.?|pariton|parittomat)\s?(?:viiko\w*|viikko\w*|vko\w*|vk\w*|viikot)\b",
    FLAGS,
)
_RANGE_CASES = re.compile(rf"\b({_FULL})sta\s({_FULL})(?:hin|on|iin)\b", FLAGS)
_RANGE = re.compile(
    rf"\b(?:({_FULL})(?:sin|isin|na|)|({SHORT})\.?)(?:{DASH})(?:({_FULL})(sin|isin|na|)|({SHORT}))\b", FLAGS
)
_HABIT = re.compile(
    rf"\b(?:({_FULL})(?:i?sin|{_PART}i?sin|-?(?:iltoina|aamuina|(?:ilta|aamu)?päivinä))|(?:joka|jokainen|jokaisena|kaikkina)\s(?:({_FULL})(?:na|)|({SHORT})\b))\b",
    FLAGS,
)
_SHORT_HABIT = re.compile(rf"(?<![\w.-])({SHORT})-?(?:ilt|aamup|iltap|päiv|aamu)\w*i?sin\b", FLAGS)
_PLURAL = re.compile(r"\b(maanantait|tiistait|keskiviikot|torstait|perjantait|lauantait|sunnuntait)\b", FLAGS)
_IN_SOME_MONTH_WAY = re.compile(rf"\b(?:kuun|kuukauden)\s\w+\s(?:{_FULL})(?:na|)\b", FLAGS)
_SINGLE = re.compile(rf"\b({_FULL})(?:na|{_PART}(?:na|nä|ana|änä))\b", FLAGS)
_COUNTED = re.compile(
    r"\b(?:kahtena|kolmena|neljänä|viitenä|kuutena|seitsemänä|kahdeksana|yhdeksänä|kymmenenä|\d{1,2}:?n?ä?)"
    rf"\s(?:perättäisenä\s|peräkkäisenä\s)?({_FULL})(?:na|{_PART}(?:na|nä|ana|änä))\b",
    FLAGS,
)
_OPEN = re.compile(rf"\b({_FULL})(?:{_PART}[aäö]?)?\b(?!-\w)", FLAGS)
_OPEN_SHORT = re.compile(
    rf"(?<![\w.-])({SHORT})\b\.?(?=\s?[,/&|(:]?\s?(?:klo\b|kello\b|kl\b|\d|{SHORT}\b|ja\s|sekä\s|parill|paritt|pariton))",
    FLAGS,
)
_WEEKDAYS = re.compile(
    r"\b(?:arkisin|arkipäivisin|arkipäivinä|arki-?iltaisin|joka arkipäivä|arkiaamuisin)\b", FLAGS
)
_WEEKENDS = re.compile(r"\b(?:viikonloppuisin|joka viikonloppu)\b", FLAGS)
_DAILY = re.compile(r"\b(?:päivittäin|joka päivä|kaikkina (?:viikon)?päivinä)\b", FLAGS)
_LONE_ORDINAL = re.compile(rf"\b{ORDINAL}\s(?:{_FULL})(?:na|)\b", FLAGS)
_WEEKS = {"kahden": 2, "kahdessa": 2, "2": 2, "kolmen": 3, "kolmessa": 3, "3": 3}


def scan(text: str) -> Iterator[Atom]:
    """Weekday atoms of a text in small letters, the surest first; of overlapping ones the earlier counts."""
    yield from _monthly(text)
    for found in _EVERY_NTH.finditer(text):
        weeks = ordinal(found[1])
        day = found[3] or found[4]
        if day is None:
            yield Interval(*found.span(), weeks)
        else:
            cut = found.start(3) if found[3] else found.start(4)
            yield Interval(found.start(), cut, weeks)
            yield Days(cut, found.end(), (weekday(day),), Manner.HABITUAL)
    for found in _EVERY_WEEKS.finditer(text):
        word = (found[1] or found[2] or "2").lower()
        yield Interval(*found.span(), _WEEKS.get(word, 4) if (found[1] or found[2]) else 2)
    for found in _PARITY.finditer(text):
        yield Parity(*found.span(), WeekParity.EVEN if found["even"] or found["even_day"] else WeekParity.ODD)
    yield from _ranges(text)
    for pattern, days in ((_WEEKDAYS, range(5)), (_WEEKENDS, (5, 6)), (_DAILY, range(7))):
        for found in pattern.finditer(text):
            yield Days(*found.span(), tuple(days), Manner.HABITUAL)
    yield from _singles(text)


def _monthly(text: str) -> Iterator[Atom]:
    for found in _MONTHLY.finditer(text):
        weekdays = [
            Weekday(weekday(part[2]), ordinal(number))
            for part in _ORDINAL_DAYS.finditer(found[0])
            for number in _ORDINAL.findall(part[1])
        ]
        if weekdays:
            yield Monthly(*found.span(), weekdays=tuple(dict.fromkeys(weekdays)))
    for found in _IN_MONTH.finditer(text):
        numbers = _ORDINAL.findall(found[1])
        yield Monthly(*found.span(), tuple(Weekday(weekday(found[2]), ordinal(word)) for word in numbers))
    for found in _TWO_OF_MONTH.finditer(text):
        nths = dict.fromkeys(ordinal(word) for word in _ORDINAL.findall(found[1]))
        if len(nths) > 1:
            yield Monthly(*found.span(), tuple(Weekday(weekday(found[2]), nth) for nth in nths))
    for found in _MONTH_DAY.finditer(text):
        days = tuple(int(number) for number in found.groups() if number)
        if all(1 <= day <= 31 for day in days):
            yield Monthly(*found.span(), month_days=days)


def _ranges(text: str) -> Iterator[Days]:
    for found in _RANGE_CASES.finditer(text):
        yield Days(*found.span(), span(weekday(found[1]), weekday(found[2]), 7), Manner.HABITUAL)
    for found in _RANGE.finditer(text):
        first, last = found[1] or found[2], found[3] or found[5]
        manner = Manner.HABITUAL if (found[4] or "").endswith("sin") else Manner.OPEN
        yield Days(*found.span(), span(weekday(first), weekday(last), 7), manner)


def _singles(text: str) -> Iterator[Atom]:
    for found in _LONE_ORDINAL.finditer(text):
        if not text[: found.start()].lower().endswith("joka "):
            yield Sign(
                *found.span(), Cue.VAGUE
            )  # "lokakuun ensimmäinen maanantai": one day, or not known which
    for found in _IN_SOME_MONTH_WAY.finditer(text):
        yield Sign(*found.span(), Cue.VAGUE)
    for pattern, manner in (
        (_HABIT, Manner.HABITUAL),
        (_SHORT_HABIT, Manner.HABITUAL),
        (_PLURAL, Manner.HABITUAL),
        (_COUNTED, Manner.HABITUAL),
        (_SINGLE, Manner.SINGLE),
        (_OPEN, Manner.OPEN),
        (_OPEN_SHORT, Manner.OPEN),
    ):
        for found in pattern.finditer(text):
            word = next(group for group in found.groups() if group)
            yield Days(*found.span(), (weekday(word),), manner)
