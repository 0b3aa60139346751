"""Days that are named, not numbered: "ei pääsiäisenä eikä vappuna", "paitsi juhannusviikolla", "pyhinä"."""

import datetime as dt
import re
from collections.abc import Callable, Iterable

from dateutil.easter import easter

_YEARS = 2
_DAY = dt.timedelta(days=1)


def holidays(today: dt.date) -> tuple[dt.date, ...]:
    """Finland's public holidays and the eves kept free, from this year's to the next year's end."""
    found: list[dt.date] = []
    for year in _years(today):
        sunday = easter(year)
        fixed = ((1, 1), (1, 6), (5, 1), (12, 6), (12, 24), (12, 25), (12, 26))
        found += [dt.date(year, *day) for day in fixed]
        found += [sunday + shift * _DAY for shift in (-2, 0, 1, 39, 49)]
        midsummer = _midsummer(year)
        found += [midsummer - _DAY, midsummer, _saturday(year, 10, 31)]
    return tuple(sorted(day for day in found if day >= today))


def feasts(text: str, today: dt.date) -> tuple[dt.date, ...]:
    """The days of the feasts that a text in small letters names, this year and the next."""
    found = {
        day
        for pattern, days in _FEASTS
        if pattern.search(text)
        for year in _years(today)
        for day in days(year)
    }
    return tuple(sorted(day for day in found if day >= today))


def _years(today: dt.date) -> range:
    return range(today.year, today.year + _YEARS)


def _saturday(year: int, month: int, day: int) -> dt.date:
    """The first Saturday on or after a day."""
    begin = dt.date(year, month, day)
    return begin + (5 - begin.weekday()) % 7 * _DAY


def _midsummer(year: int) -> dt.date:
    return _saturday(year, 6, 20)


def _sunday(year: int, month: int, number: int) -> dt.date:
    """The n-th Sunday of a month."""
    first = dt.date(year, month, 1)
    return first + ((6 - first.weekday()) % 7 + 7 * (number - 1)) * _DAY


def _from_easter(*shifts: int) -> Callable[[int], Iterable[dt.date]]:
    return lambda year: [easter(year) + shift * _DAY for shift in shifts]


def _on(*days: tuple[int, int]) -> Callable[[int], Iterable[dt.date]]:
    return lambda year: [dt.date(year, *day) for day in days]


def _week_of(day: Callable[[int], dt.date]) -> Callable[[int], Iterable[dt.date]]:
    """Monday to Sunday around a day."""

    def week(year: int) -> Iterable[dt.date]:
        monday = day(year) - day(year).weekday() * _DAY
        return [monday + shift * _DAY for shift in range(7)]

    return week


_IN = r"(?:na|nä|en aikaan|en aikana|n aikana|n pyhinä|pyhinä)\b"
_FEASTS: tuple[tuple[re.Pattern[str], Callable[[int], Iterable[dt.date]]], ...] = tuple(
    (re.compile(pattern), days)
    for pattern, days in (
        (rf"\bpääsiäis(?:e{_IN}|enä|pyhinä|en pyhinä|en aikaan|en aikana)", _from_easter(-2, -1, 0, 1)),
        (r"\bpääsiäismaanantai", _from_easter(1)),
        (r"\bpääsiäissunnuntai", _from_easter(0)),
        (r"\b(?:pääsiäis|lanka)lauantai", _from_easter(-1)),
        (r"\bhelluntai", _from_easter(49)),
        (r"\bpääsiäisviik", lambda year: [easter(year) + shift * _DAY for shift in range(-6, 2)]),
        (r"\bkiirastorstai", _from_easter(-3)),
        (r"\bpitkä(?:nä)?perjantai", _from_easter(-2)),
        (r"\b(?:toise|2\.?) ?na? ?pääsiäispäivä|\btoisena pääsiäispäivänä", _from_easter(1)),
        (r"\bhelatorstai", _from_easter(39)),
        (r"\bloppiais(?:ena|päivänä)|\bloppiainen", _on((1, 6))),
        (
            r"\bvappu(?:na|aattona)\b|\bvapun(?:päivänä|a aikaan| aikaan)?\b|\bvapunpäivä",
            _on((4, 30), (5, 1)),
        ),
        (r"\bvappuviik", _week_of(lambda year: dt.date(year, 5, 1))),
        (r"\bäitienpäivä", lambda year: [_sunday(year, 5, 2)]),
        (
            r"\bjuhannuksena|\bjuhannuspyhinä|\bjuhannuksen aika",
            lambda year: [_midsummer(year) + shift * _DAY for shift in (-1, 0, 1)],
        ),
        (r"\bjuhannusaatto", lambda year: [_midsummer(year) - _DAY]),
        (r"\bjuhannusviik", _week_of(_midsummer)),
        (r"\bpyhäinpäivä", lambda year: [_saturday(year, 10, 31)]),
        (r"\bisänpäivä", lambda year: [_sunday(year, 11, 2)]),
        (r"\bitsenäisyyspäivä", _on((12, 6))),
        (r"\bjoulu(?:na|pyhinä|n pyhinä|n aikaan)\b", _on((12, 24), (12, 25), (12, 26))),
        (r"\bjouluviik", _week_of(lambda year: dt.date(year, 12, 24))),
        (r"\bjouluaatto", _on((12, 24))),
        (r"\bjoulupäivä", _on((12, 25))),
        (r"\btapaninpäivä", _on((12, 26))),
        (r"\buudenvuodenaatto", _on((12, 31))),
        (r"\buu(?:tena|denv)uotena|\buudenvuodenpäivä|\buutenavuotena", _on((1, 1))),
    )
)
