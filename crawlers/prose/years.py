"""Which year is meant: from the page's own years, the weekday beside the day, and today."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from crawlers.prose.atoms import Day, Stretch
from crawlers.prose.lexicon import FLAGS

_SOON = 150
_LONG_AGO = 190
_BACK = 3


class Contradiction(ValueError):
    """The day does not exist, or falls on another weekday than the one named with it."""


@dataclass(frozen=True)
class Calendar:
    """What is known of the time of writing: `today` of the reading, and years that the page names itself."""

    today: dt.date
    years: tuple[int, ...] = ()

    def day(self, day: Day, weekdays: Sequence[int] = ()) -> dt.date | None:
        """The date of `day`; None where the year cannot be known.

        Raises Contradiction for 30.2. and where no near year has the day on one of `weekdays`.
        """
        if day.year is not None:
            return _checked(_date(day.year, day), weekdays)
        if self.years:
            named = self._in_named_years(day)
            if named is not None:
                return _checked(named, weekdays)
        if weekdays:
            return self._by_weekday(day, weekdays)
        return self._nearest(day)

    def after(self, day: Day, start: dt.date) -> dt.date:
        """The first date of `day`, whose year is not told, from `start` on. Raises Contradiction for 30.2."""
        return next(date for date in (_date(start.year, day), _date(start.year + 1, day)) if date >= start)

    def days(self, days: Sequence[Day], weekdays: Sequence[int] = ()) -> tuple[dt.date, ...] | None:
        """A list of days in the order of the calendar; a year told of one counts for those beside it.

        None where one of them is not known. Raises Contradiction as `day` does.
        """
        if not days:
            return ()
        told = next((index for index, day in enumerate(days) if day.year is not None), None)
        if told is not None:
            return tuple(_checked(date, weekdays) for date in _from_told(days, told))
        first = self.day(days[0], weekdays)
        if first is None:
            return None
        anchored = (Day(days[0].start, days[0].end, days[0].day, days[0].month, first.year), *days[1:])
        return tuple(_checked(date, weekdays) for date in _from_told(anchored, 0))

    def stretch(self, stretch: Stretch) -> tuple[dt.date, dt.date] | None:
        """First and last day; None where the years cannot be known. Raises Contradiction."""
        first, last = stretch.first, stretch.last
        wraps = (last.month, last.day) < (first.month, first.day)
        if last.year is not None:
            start_year = first.year if first.year is not None else last.year - wraps
            pair = _date(start_year, first), _date(last.year, last)
        elif first.year is not None:
            pair = _date(first.year, first), _date(first.year + wraps, last)
        else:
            found = self._stretch_years(stretch, wraps)
            if found is None:
                return None
            pair = found
        if pair[1] < pair[0]:
            raise Contradiction("the end is before the beginning")
        if stretch.weekdays:
            _checked(pair[0], stretch.weekdays[:1])
            _checked(pair[1], stretch.weekdays[1:])
        return pair

    def pause(self, stretch: Stretch) -> tuple[dt.date, dt.date] | None:
        """As `stretch`, but a yearly pause whose year is not told is the one going on or coming next."""
        pair = self.stretch(stretch)
        told = (
            stretch.first.year is not None or stretch.last.year is not None or stretch.weekdays or self.years
        )
        if pair is None or told:
            return pair
        while pair[1] < self.today:
            pair = _date(pair[0].year + 1, stretch.first), _date(pair[1].year + 1, stretch.last)
        return pair

    def week(self, week: int) -> tuple[dt.date, dt.date]:
        """Monday and Sunday of the ISO week that is going on or comes next, or has passed most recently."""
        for year in (self.today.year, self.today.year + 1):
            try:
                monday = dt.date.fromisocalendar(year, week, 1)
            except ValueError:
                continue
            if monday >= self.today - dt.timedelta(days=120):
                return monday, monday + dt.timedelta(days=6)
        raise Contradiction(f"no week {week} near")

    def weeks(self, first: int, last: int) -> tuple[dt.date, dt.date]:
        """Monday of the first and Sunday of the last week, this year or, when that is over, the next."""
        for year in (*self.years, self.today.year, self.today.year + 1):
            try:
                start = dt.date.fromisocalendar(year, first, 1)
                end = dt.date.fromisocalendar(year + (last < first), last, 7)
            except ValueError:
                continue
            if self.years or end >= self.today:
                return start, end
        raise Contradiction(f"no weeks {first}–{last} near")

    def _stretch_years(self, stretch: Stretch, wraps: bool) -> tuple[dt.date, dt.date] | None:
        years = self.years or range(self.today.year - 1, self.today.year + 2)
        pairs = []
        for year in years:
            try:
                pair = _date(year, stretch.first), _date(year + wraps, stretch.last)
            except Contradiction:
                continue
            if stretch.weekdays and (pair[0].weekday(), pair[1].weekday()) != stretch.weekdays:
                continue
            pairs.append(pair)
        if not pairs:
            raise Contradiction("no such stretch in any near year")
        if len(pairs) == 1 and (self.years or stretch.weekdays):
            return pairs[0]
        if running := next((pair for pair in pairs if pair[0] <= self.today <= pair[1]), None):
            return running
        coming = [pair for pair in pairs if 0 < (pair[0] - self.today).days <= _SOON]
        past = [pair for pair in pairs if 0 < (self.today - pair[1]).days <= 365 - _LONG_AGO]
        return coming[0] if coming else past[-1] if past else None

    def _in_named_years(self, day: Day) -> dt.date | None:
        """With one year named it is that year; "kausi 2026–2027" turns at the end of July."""
        if len(self.years) == 1:
            return _date(self.years[0], day)
        if len(self.years) == 2 and self.years[1] == self.years[0] + 1:
            return _date(self.years[0] if day.month >= 8 else self.years[1], day)
        return None

    def _by_weekday(self, day: Day, weekdays: Sequence[int]) -> dt.date:
        fitting: list[dt.date] = []
        for year in range(self.today.year - _BACK, self.today.year + 2):
            try:
                fitting.append(_checked(_date(year, day), weekdays))
            except Contradiction:
                continue
        if not fitting:
            raise Contradiction("the weekday fits no near year")
        return min(fitting, key=lambda date: abs((date - self.today).days))

    def _nearest(self, day: Day) -> dt.date | None:
        for year in (self.today.year, self.today.year + 1):
            try:
                date = _date(year, day)
            except Contradiction:
                continue
            ahead = (date - self.today).days
            if 0 <= ahead <= _SOON or 0 < -ahead <= 365 - _LONG_AGO:
                return date
        try:
            date = _date(self.today.year - 1, day)
        except Contradiction:
            return None
        return date if 0 < (self.today - date).days <= 365 - _LONG_AGO else None


def _from_told(days: Sequence[Day], told: int) -> Iterable[dt.date]:
    """Fill the years of a list outwards from the one whose year is told."""
    year = days[told].year
    assert year is not None
    dates = {told: _date(year, days[told])}
    for index in range(told - 1, -1, -1):
        after = days[index + 1]
        wraps = (days[index].month, days[index].day) > (after.month, after.day)
        dates[index] = _date(days[index].year or dates[index + 1].year - wraps, days[index])
    for index in range(told + 1, len(days)):
        before = days[index - 1]
        wraps = (days[index].month, days[index].day) < (before.month, before.day)
        dates[index] = _date(days[index].year or dates[index - 1].year + wraps, days[index])
    return (dates[index] for index in range(len(days)))


def _date(year: int, day: Day) -> dt.date:
    try:
        return dt.date(year, day.month, day.day)
    except ValueError as error:
        raise Contradiction(str(error)) from error


def _checked(date: dt.date, weekdays: Sequence[int]) -> dt.date:
    if weekdays and date.weekday() not in weekdays:
        raise Contradiction(f"{date} is not on the named weekday")
    return date


_FULL_YEAR_DAY = re.compile(r"(?<!\d)(\d{1,2})\.\s?(\d{1,2})\.\s?(20\d\d)(?!\d)")
_NAMED_YEARS = re.compile(r"(?<![\d.])(20\d\d)(?:\s?[–/-]\s?(20\d\d|\d\d))?(?![\d])")
_SEASON = re.compile(
    r"\b(kevä|syks|syys|kesä|talv|joulu|vuo|kau|lukuvuo|toiminta|ohjelma"
    r"|kalenteri)\w*(?:\s\w+)?\s(20\d\d)(?:\s?[–/-]\s?(20\d\d|\d\d))?"
    r"|^\D*(20\d\d)\D*$",
    FLAGS,
)
_LETTER = re.compile(r"\b\w*(?:tiedote|kirje|lehti)\s(?:nro\s)?(\d{1,2})\s?/\s?(20\d\d)\b", FLAGS)
_SEASON_ENDS = {"kevä": (6, 30), "kesä": (8, 31), "talv": (4, 30)}


def named_years(text: str) -> tuple[int, ...]:
    """The year, or the two of a season, that a heading names; empty where it names none or several."""
    found = {(int(match[1]), _second(match[1], match[2])) for match in _NAMED_YEARS.finditer(text)}
    if len(found) != 1:
        return ()
    first, second = found.pop()
    return (first,) if second is None else (first, second)


def season_end(text: str) -> dt.date | None:
    """The last day of the season or year that a text names ("Kevään 2026 ohjelma" → 30.6.2026).

    The first letter to the members of a year tells of its spring ("Jäsentiedote 1/2026").
    """
    if letter := _LETTER.search(text):
        return dt.date(int(letter[2]), *((6, 30) if letter[1] == "1" else (12, 31)))
    match = _SEASON.search(text)
    if match is None:
        return None
    if match[4]:
        return dt.date(int(match[4]), 12, 31)
    second = _second(match[2], match[3])
    if second is not None:
        return dt.date(second, 7, 31)
    month, day = _SEASON_ENDS.get(match[1].lower(), (12, 31))
    return dt.date(int(match[2]), month, day)


def _second(first: str, second: str | None) -> int | None:
    if second is None:
        return None
    year = int(second) if len(second) == 4 else int(first[:2] + second)
    return year if year == int(first) + 1 else None


def only_past(text: str, today: dt.date) -> bool:
    """Whether a text tells days with their year and all of them are over."""
    days = []
    for day, month, year in _FULL_YEAR_DAY.findall(text):
        try:
            days.append(dt.date(int(year), int(month), int(day)))
        except ValueError:
            continue
    return bool(days) and max(days) < today
