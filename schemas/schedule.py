"""When an activity meets: one shape for single times, chosen days, stretches and recurrences.

A `Schedule` says the same as an iCal VEVENT (RRULE, RDATE, EXDATE) and an HSDS 3.0 schedule, and adds what
Finnish associations say: breaks ("kesätauko") and even or odd weeks. Local times are Europe/Helsinki unless
the schedule names another zone.
"""

import datetime as dt
from typing import Annotated

import msgspec

from schemas.codes import Frequency, WeekParity

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
"""iCal weekday codes; index 0 is Monday."""


class Weekday(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A weekday (0 = Monday), with `nth` for monthly schedules: 1 = first, -1 = last of the month."""

    day: Annotated[int, msgspec.Meta(ge=0, le=6)]
    nth: Annotated[int, msgspec.Meta(ge=-5, le=5)] | None = None


class Break(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Days without meetings, both ends included."""

    start: dt.date
    end: dt.date


class Schedule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One rule of meeting.

    frequency      once | range | daily | weekly | monthly
    start, end     first and last day on which the rule may hold (None = not known)
    start_time     local clock time; None = all day or not known
    weekdays       for weekly and monthly rules
    month_days     for monthly rules by day number (1–31, -1 = last)
    interval       every n-th day, week or month counted from `start`
    parity         even or odd ISO weeks only
    dates          further chosen days (iCal RDATE); with frequency `once` all days of the schedule
    exceptions     single days left out (iCal EXDATE)
    breaks         stretches left out
    months_off     months (1–12) without meetings, every year ("ei heinäkuussa")
    timezone       IANA name
    text           the source's own words, where a person should be able to read them
    """

    frequency: Frequency
    start: dt.date | None = None
    end: dt.date | None = None
    start_time: dt.time | None = None
    end_time: dt.time | None = None
    weekdays: tuple[Weekday, ...] = ()
    month_days: tuple[int, ...] = ()
    interval: Annotated[int, msgspec.Meta(ge=1, le=104)] = 1
    parity: WeekParity | None = None
    dates: tuple[dt.date, ...] = ()
    exceptions: tuple[dt.date, ...] = ()
    breaks: tuple[Break, ...] = ()
    months_off: tuple[Annotated[int, msgspec.Meta(ge=1, le=12)], ...] = ()
    timezone: str = "Europe/Helsinki"
    text: str | None = None

    def counted_weekdays(self) -> tuple[Weekday, ...]:
        """The weekdays as calendar programs read them alike.

        `nth` counts in monthly rules only. A month's rule that has both "every Monday" and "the last
        Wednesday" says its plain days one by one, first to fifth: programs differ on a mixture.
        """
        if self.frequency is not Frequency.MONTHLY:
            return tuple(dict.fromkeys(Weekday(entry.day) for entry in self.weekdays))
        plain = {entry.day for entry in self.weekdays if not entry.nth}
        counted = [entry for entry in self.weekdays if entry.nth and entry.day not in plain]
        if not counted:
            return tuple(Weekday(day) for day in sorted(plain))
        return (*(Weekday(day, nth) for day in sorted(plain) for nth in range(1, 6)), *counted)

    def weekday_codes(self) -> list[str]:
        """iCal's BYDAY values: MO, 1MO (the month's first Monday), -1MO (its last)."""
        return [f"{entry.nth or ''}{WEEKDAYS[entry.day]}" for entry in self.counted_weekdays()]


class Occurrence(msgspec.Struct, frozen=True, order=True):
    """One meeting: a day with local clock times, or a stretch of days where `until` differs from `day`."""

    day: dt.date
    start_time: dt.time | None
    end_time: dt.time | None
    until: dt.date
