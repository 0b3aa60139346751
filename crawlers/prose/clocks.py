"""Clock times in a sentence: "klo 18–20", "kello 18", "18.00-20.00", "klo 18 alkaen"."""

import datetime as dt
import re
from collections.abc import Iterator

from crawlers.prose.atoms import Clock
from crawlers.prose.lexicon import DASH, STEM
from crawlers.prose.lexicon import SMALL as FLAGS

_T = r"(\d{1,2})(?:[.:](\d\d))?(?![\d]|[.:,]\d|\s?(?:€|eur|e\b|%|v\.|vuot|hlö|henk|km|kpl|metri))"
_TM = r"(\d{1,2})[.:](\d\d)(?!\d|[.:]\d|\.(?:\s|$)?\d|\s?(?:€|eur|e\b|%))"
_AND_TO = rf"(?:(?:{DASH})(?:(?:n\.|noin)\s?)?(?:klo\s?)?|:sta\s|\sja\s(?=\d{{1,2}}(?:[.:]\d\d)?\svälillä))"
_SAID = re.compile(
    rf"\b(?:klo|kello|kl|kellonaika|kellonajat)\b[.:]?\s?(?:n\.\s?|noin\s)?{_T}(?:{_AND_TO}{_T})?", FLAGS
)
_MORE = re.compile(rf"\s?(?:ja|sekä)\s{_T}(?:{DASH}{_T})?(?=\s*(?:[.,;)]|$))", FLAGS)
_UNTIL = re.compile(r"^\s?(?:asti|saakka|mennessä)\b", FLAGS)
_RANGE = re.compile(rf"(?<![\d.,:/-]){_TM}{DASH}{_TM}", FLAGS)
_BARE_RANGE = re.compile(rf"(?<![\d.,:/-]){_T}{DASH}{_T}(?![\w-]|\.\d)", FLAGS)
_BARE = re.compile(
    rf"(?<![\d.,:/-])(\d{{1,2}})[.:](00|15|30|45)(?![\d]|[.:]\d|\.(?=\s?\d)|{DASH}\d(?!\d?\.\s?\d{{1,2}}\.))",
    FLAGS,
)
_HOURS = (
    *("yksi", "kaksi", "kolme", "neljä", "viisi", "kuusi", "seitsemän", "kahdeksan", "yhdeksän", "kymmenen"),
    *("yksitoista", "kaksitoista", "kolmetoista", "neljätoista", "viisitoista", "kuusitoista"),
    *("seitsemäntoista", "kahdeksantoista", "yhdeksäntoista", "kaksikymmentä", "kaksikymmentäyksi"),
)
_IN_WORDS = re.compile(
    rf"\bk(?:el)?lo\s(puoli\s)?({'|'.join(sorted(_HOURS, key=len, reverse=True))})\b(?!\s?(?:viiva|\d|-))"
)
_UNITS = (
    *(("yhdestä", "yhteen"), ("kahdesta", "kahteen"), ("kolmesta", "kolmeen"), ("neljästä", "neljään")),
    *(("viidestä", "viiteen"), ("kuudesta", "kuuteen"), ("seitsemästä", "seitsemään")),
    *(("kahdeksasta", "kahdeksaan"), ("yhdeksästä", "yhdeksään")),
)
_FROM_TO = (
    *_UNITS,
    ("kymmenestä", "kymmeneen"),
    *((f"{begins}toista", f"{ends}toista") for begins, ends in _UNITS),
    ("kahdestakymmenestä", "kahteenkymmeneen"),
)
_BEGINS = {words[0]: hour for hour, words in enumerate(_FROM_TO, 1)}
_TILL = {words[1]: hour for hour, words in enumerate(_FROM_TO, 1)}
_RANGE_IN_WORDS = re.compile(
    rf"\b(k(?:el)?lo\s)?(puoli\s)?({'|'.join(sorted(_BEGINS, key=len, reverse=True))})"
    rf"\s(puoli\s)?({'|'.join(sorted(_TILL, key=len, reverse=True))})\b"
    r"(?!\s(?:osallistu|henkilö|heng|ihmis|kert|euro|vuo|las|viikko|kilo|kilometr|minuut|tunti|hake|jäsen))"
)
_LATE = re.compile(r"\b\w*(?:ilta|iltaisin|illalla|illan|iltana)\b|\biltapäiv\w+|\bip\.")
_WEEKDAY = re.compile(rf"\b(?:{STEM})")
_AFTER_NOON = re.compile(r"^\s?(?:illalla|iltapäivällä|ip\.|ip\b)")
_EARLY = re.compile(r"\b\w*aam(?:u|uisin|ulla|uksi|una)\b|\baamupäiv\w+|\bap\.")
_EVENINGS = re.compile(r"\b\w+-?ilta(?:isin|na)\b")
_EVENING_HOURS = range(4, 10)
_SURE_HOURS = range(9, 13)  # people say these of the morning and noon
_LATEST_START_OVER_MIDNIGHT = 18
_EARLIEST_END_AFTER_MIDNIGHT = 6


class _Wrong(ValueError):
    """Digits that are no clock time, or an end before the beginning."""


def scan(text: str) -> Iterator[Clock]:
    """Clock atoms of a text in small letters, the surest first.

    Impossible ones (klo 25, klo 20–18) have neither begin nor end, and "klo 13 saakka" has an end alone.
    """
    yield from _in_words(text)
    for found in _SAID.finditer(text):
        until = bool(_UNTIL.match(text[found.end() :]))
        if until:
            yield Clock(*found.span(), None, _clock(found, found.groups(), sure=True).begins, True)
            continue
        yield _clock(found, _of_evening(text, found), sure=True)
        more = _MORE.match(text, found.end())
        # "klo 9 ja 17", "klo 9–12 ja 17–20": of one kind with the first.
        if more and (more[3] is None) == (found[3] is None) and not _may_be_dates(_ends(more)):
            yield _clock(more, more.groups(), sure=True)
    for pattern in (_RANGE, _BARE_RANGE):
        for found in pattern.finditer(text):
            clock = _clock(found, found.groups(), sure=False)
            if clock.begins is not None and not _may_be_dates(found.groups()):
                yield clock
    for found in _BARE.finditer(text):
        clock = _clock(found, (found[1], found[2], None, None), sure=False)
        if clock.begins is not None:
            yield clock


def _ends(found: re.Match[str]) -> tuple[str | None, ...]:
    return found.groups() if found[3] is not None else (found[1], found[2], None, found[2])


def _in_words(text: str) -> Iterator[Clock]:
    """ "kello kahdeksantoista", "kello puoli seitsemän illalla"; nothing where morning or evening is open."""
    for found in _RANGE_IN_WORDS.finditer(text):
        if clock := _range_in_words(found, text):
            yield clock
    for found in _IN_WORDS.finditer(text):
        hour = _HOURS.index(found[2]) + 1
        if hour < 12 and _LATE.search(text) and not _EARLY.search(text):
            hour += 12
        elif hour not in _SURE_HOURS and hour < 12 and not _EARLY.search(text):
            continue
        begins = dt.time(hour - 1, 30) if found[1] else dt.time(hour)
        yield Clock(*found.span(), begins, None, True)


def _range_in_words(found: re.Match[str], text: str) -> Clock | None:
    """ "kello kuudestatoista kahdeksaantoista", "tiistai-iltaisin puoli kuudesta seitsemään".

    Without "kello" only where a weekday is told too: else it counts people or years.
    """
    if not found[1] and not _WEEKDAY.search(text):
        return None
    begins, ends = _BEGINS[found[3]], _TILL[found[5]]
    late = _LATE.search(text) and not _EARLY.search(text)
    if late and ends < 12 and begins < 12:
        begins, ends = begins + 12, ends + 12
    elif begins in _SURE_HOURS and ends < min(_SURE_HOURS):
        ends += 12  # "kahdestatoista kahteen"
    known = begins in _SURE_HOURS or begins > max(_SURE_HOURS) or (_EARLY.search(text) and begins > 5)
    if not begins < ends or not known:
        return None
    first = dt.time(begins - 1, 30) if found[2] else dt.time(begins)
    return Clock(*found.span(), first, dt.time(ends - 1, 30) if found[4] else dt.time(ends), True)


def _of_evening(text: str, found: re.Match[str]) -> tuple[str | None, ...]:
    """ "klo 6 illalla" is 18; the hours after noon are otherwise told with their number."""
    parts = found.groups()
    evening = _EVENINGS.search(text) and not _EARLY.search(text) and int(parts[0]) in _EVENING_HOURS
    if not evening and not _AFTER_NOON.match(text[found.end() :]):
        return parts
    return tuple(
        str(int(part) + 12) if part and index % 2 == 0 and int(part) < 12 else part
        for index, part in enumerate(parts)
    )


def _clock(found: re.Match[str], parts: tuple[str | None, ...], *, sure: bool) -> Clock:
    try:
        begins = _time(parts[0], parts[1])
        ends = _time(parts[2], parts[3]) if parts[2] else None
        if begins is None or (ends is not None and not _follows(begins, ends)):
            raise _Wrong
    except _Wrong:
        return Clock(*found.span(), None, None, sure)
    return Clock(*found.span(), begins, ends, sure)


def _follows(begins: dt.time, ends: dt.time) -> bool:
    late = begins.hour >= _LATEST_START_OVER_MIDNIGHT and ends.hour <= _EARLIEST_END_AFTER_MIDNIGHT
    return begins < ends or late


def _time(hour: str | None, minute: str | None) -> dt.time | None:
    if hour is None:
        return None
    hours, minutes = int(hour), int(minute or 0)
    if hours == 24 and minutes == 0:
        hours = 0
    if hours > 23 or minutes > 59:
        raise _Wrong
    return dt.time(hours, minutes)


def _may_be_dates(parts: tuple[str | None, ...]) -> bool:
    """ "5.10-7.10" may as well be two days."""
    minutes = [part for part in (parts[1], parts[3]) if part]
    return len(minutes) == 2 and all(1 <= int(part) <= 12 for part in minutes)
