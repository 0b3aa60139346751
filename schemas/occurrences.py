"""When does a schedule hold: pure expansion of `Schedule` into days, by python-dateutil's RRULE."""

import datetime as dt
import itertools
from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec
from dateutil import rrule

from schemas.codes import Frequency, WeekParity
from schemas.schedule import Occurrence, Schedule

_FREQUENCY: dict[Frequency, Literal[1, 2, 3]] = {
    Frequency.DAILY: rrule.DAILY,
    Frequency.WEEKLY: rrule.WEEKLY,
    Frequency.MONTHLY: rrule.MONTHLY,
}
_DAY = dt.timedelta(days=1)


def occurrences(schedule: Schedule, first: dt.date, last: dt.date) -> Iterator[Occurrence]:
    """The meetings of `schedule` that touch the days `first`–`last`, both included, in order.

    A `range` is one occurrence however long it is. A weekly or monthly rule without weekday, month day or
    start gives nothing: what is not known is not guessed. Days chosen one by one (`dates`) are left out only
    by `exceptions`; breaks, parity and months off concern the rule.
    """
    if schedule.frequency is Frequency.RANGE:
        yield from _stretch(schedule, first, last)
        return
    days = (day for day in _rule_days(schedule, first, last) if _holds(schedule, day))
    chosen = sorted({day for day in schedule.dates if first <= day <= last})
    for day in _merged(days, chosen):
        if day not in schedule.exceptions:
            yield Occurrence(day, schedule.start_time, schedule.end_time, day)


def next_occurrence(
    schedules: Iterable[Schedule], now: dt.datetime, *, horizon: int = 400
) -> Occurrence | None:
    """The first meeting of any of `schedules` not over at local time `now`, within `horizon` days.

    A meeting that ends before it starts goes past midnight; one without an end is over when it starts. A
    stretch that is under way counts from today.
    """
    today = now.date()
    candidates = (
        next(_not_over(occurrences(schedule, today - _DAY, today + horizon * _DAY), now), None)
        for schedule in schedules
    )
    return sooner([_from(found, today) for found in candidates if found])


def _from(found: Occurrence, today: dt.date) -> Occurrence:
    """A stretch of days without those before `today`."""
    return msgspec.structs.replace(found, day=today) if found.day < today <= found.until else found


def sooner(found: Iterable[Occurrence]) -> Occurrence | None:
    """The first of some meetings; None where there is none."""
    return min(found, key=_order, default=None)


def is_over(occurrence: Occurrence, now: dt.datetime) -> bool:
    """Whether a meeting is over at local time `now`."""
    return end_of(occurrence) < now.replace(tzinfo=None)


def end_of(occurrence: Occurrence) -> dt.datetime:
    """When a meeting is over, in local time; one without times with its last day."""
    start, end = occurrence.start_time, occurrence.end_time or occurrence.start_time
    day = occurrence.until
    if end is None:
        return dt.datetime.combine(day, dt.time.max)
    return dt.datetime.combine(day + _DAY if start and end < start else day, end)


def last_day(schedule: Schedule) -> dt.date | None:
    """The last day on which the schedule may hold; None = open-ended or not known."""
    if schedule.frequency is Frequency.ONCE:
        return max((*schedule.dates, *filter(None, (schedule.start, schedule.end))), default=None)
    if schedule.end is None:
        return None
    return max((schedule.end, *schedule.dates))


def _order(found: Occurrence) -> tuple[dt.date, dt.time, dt.date]:
    return found.day, found.start_time or dt.time.min, found.until


def _not_over(found: Iterable[Occurrence], now: dt.datetime) -> Iterator[Occurrence]:
    return (occurrence for occurrence in found if not is_over(occurrence, now))


def _stretch(schedule: Schedule, first: dt.date, last: dt.date) -> Iterator[Occurrence]:
    start, end = schedule.start, schedule.end
    if start is None or end is None or end < first or start > last:
        return
    yield Occurrence(max(start, first), schedule.start_time, schedule.end_time, end)


def _rule_days(schedule: Schedule, first: dt.date, last: dt.date) -> Iterator[dt.date]:
    if schedule.frequency is Frequency.ONCE:
        return iter(
            () if schedule.start is None or not first <= schedule.start <= last else (schedule.start,)
        )
    anchored = schedule.start is not None
    told = schedule.weekdays or schedule.month_days or schedule.frequency is Frequency.DAILY
    if not (told or anchored):
        return iter(())
    if schedule.interval > 1 and not anchored:
        return iter(())  # every other week, but it is not known which
    anchor = schedule.start or first
    until = min(last, schedule.end) if schedule.end else last
    if until < anchor:
        return iter(())
    return _expand(schedule, anchor, first, until)


def _expand(schedule: Schedule, anchor: dt.date, first: dt.date, until: dt.date) -> Iterator[dt.date]:
    if schedule.interval == 1 and (
        schedule.weekdays or schedule.month_days or schedule.frequency is Frequency.DAILY
    ):
        anchor = max(anchor, first)  # only then does the day of the start not matter
    if schedule.frequency is Frequency.WEEKLY and schedule.weekdays and not schedule.month_days:
        return _weekly(schedule, anchor, max(first, anchor), until)
    rule = rrule.rrule(
        _FREQUENCY[schedule.frequency],
        dtstart=dt.datetime.combine(anchor, dt.time.min),
        until=dt.datetime.combine(until, dt.time.min),
        interval=schedule.interval,
        byweekday=[rrule.weekday(entry.day, entry.nth) for entry in schedule.counted_weekdays()] or None,
        bymonthday=list(schedule.month_days) or None,
        wkst=rrule.MO,
    )
    days = (moment.date() for moment in rule)
    return itertools.dropwhile(lambda day: day < first, days)


def _weekly(schedule: Schedule, anchor: dt.date, first: dt.date, until: dt.date) -> Iterator[dt.date]:
    """The days of a rule of weekdays, by counting: the rule of nearly every schedule, met with every hit."""
    asked = {entry.day for entry in schedule.weekdays}
    monday = anchor.toordinal() - anchor.weekday()
    for number in range(first.toordinal(), until.toordinal() + 1):
        weeks, weekday = divmod(number - monday, 7)
        if weekday in asked and weeks % schedule.interval == 0:
            yield dt.date.fromordinal(number)


def _merged(days: Iterator[dt.date], chosen: list[dt.date]) -> Iterator[dt.date]:
    if not chosen:
        return days
    return iter(sorted({*days, *chosen}))


def _holds(schedule: Schedule, day: dt.date) -> bool:
    if schedule.frequency is Frequency.ONCE:
        return True
    if day.month in schedule.months_off:
        return False
    if schedule.parity is not None and schedule.frequency is Frequency.WEEKLY:
        even = day.isocalendar().week % 2 == 0
        if even != (schedule.parity is WeekParity.EVEN):
            return False
    return not any(pause.start <= day <= pause.end for pause in schedule.breaks)


def to_rrule(schedule: Schedule) -> str | None:
    """The RRULE value of RFC 5545 for recurring schedules; None for single days and stretches."""
    if schedule.frequency not in _FREQUENCY:
        return None
    parts = [f"FREQ={schedule.frequency.upper()}"]
    if schedule.interval > 1:
        parts.append(f"INTERVAL={schedule.interval}")
    if schedule.weekdays:
        parts.append("BYDAY=" + ",".join(schedule.weekday_codes()))
    if schedule.month_days:
        parts.append("BYMONTHDAY=" + ",".join(map(str, schedule.month_days)))
    if schedule.end:
        parts.append(f"UNTIL={schedule.end:%Y%m%d}T235959Z")
    return ";".join(parts)


def over_after(schedules: Iterable[Schedule]) -> dt.date | None:
    """The last day on which any of `schedules` may hold; None = some are open-ended, or there are none."""
    days = [last_day(schedule) for schedule in schedules]
    if not days or None in days:
        return None
    return max(day for day in days if day is not None)
