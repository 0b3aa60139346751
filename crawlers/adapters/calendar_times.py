"""The times of iCal events → `Schedule` values: rules where a schedule can say them, else chosen days."""

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import msgspec
from dateutil import rrule
from icalendar import Component

from crawlers.adapters.jsonld_times import HELSINKI, span
from schemas.codes import Frequency
from schemas.occurrences import occurrences
from schemas.schedule import WEEKDAYS, Schedule, Weekday

_AHEAD = dt.timedelta(days=400)
_BEHIND = dt.timedelta(days=14)
_MOST_DATES = 400
_MOST_STEPS = 50_000
"""From the first meeting on: a century of days, and no more of whoever began in the year 1."""
_SIMPLE = {"FREQ", "INTERVAL", "UNTIL", "COUNT", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST"}
_FREQUENCIES = {"DAILY": Frequency.DAILY, "WEEKLY": Frequency.WEEKLY, "MONTHLY": Frequency.MONTHLY}
_DAY = dt.timedelta(days=1)


class Meeting(msgspec.Struct, frozen=True):
    """One meeting in Helsinki's time: first and last day, clock times (None = whole days)."""

    day: dt.date
    start: dt.time | None
    last: dt.date
    end: dt.time | None

    def schedule(self) -> Schedule:
        """The meeting as a schedule of its own."""
        found = span((self.day, self.start), (self.last, self.end))
        return found or Schedule(Frequency.ONCE, start=self.day, start_time=self.start)


def local_day(value: dt.date | dt.datetime) -> dt.date:
    """The day in Helsinki of a day or moment."""
    return _local(value)[0]


def meeting(event: Component) -> Meeting | None:
    """The event's own start and end; None where it has no start."""
    start = event.get("DTSTART")
    if start is None:
        return None
    day, begins = _local(start.dt)
    end, duration = event.get("DTEND"), event.get("DURATION")
    finish: dt.date | dt.datetime | None = None
    if end is not None and not isinstance(end, list):
        finish = end.dt
    elif duration is not None:
        finish = start.dt + duration.dt
    if finish is None:
        return Meeting(day, begins, day, None)
    last, ends = _local(finish)
    if not isinstance(finish, dt.datetime):
        last = max(day, last - _DAY)  # an all-day event ends on the morning after
    elif ends == dt.time(0) and last > day:
        last, ends = last - _DAY, dt.time(23, 59)
    if (last, ends or dt.time.max) < (day, begins or dt.time.min):
        return Meeting(day, begins, day, None)
    return Meeting(day, begins, last, ends)


def schedules(
    event: Component,
    replaced: tuple[dt.date, ...],
    moved: tuple[Meeting, ...],
    now: dt.datetime,
    follows: Component | None = None,
) -> tuple[Schedule, ...]:
    """All times of an event: rules or single time, without exceptions and `replaced` days, with `moved`.

    follows   the meeting from which on all are held at another time
    """
    own = meeting(event)
    if own is None:
        return ()
    left_out = {*replaced, *(local_day(value) for value in _dates(event, "EXDATE"))}
    further = [local_day(value) for value in _dates(event, "RDATE")]
    start = event.get("DTSTART").dt
    for rule in _rules(event, "EXRULE"):
        left_out.update(day for entry in _expanded(rule, own, start, set(), now) for day in entry.dates)
    rules = _rules(event, "RRULE")
    found: list[Schedule] = [] if rules else list(_single(own, further, left_out))
    for number, rule in enumerate(rules):
        more = further if number == 0 else []
        made = _ruled(rule, own, start)
        if made is not None and made.end is not None and made.end < own.day:
            continue  # it was over before it began
        if made is None:
            found.extend(_expanded(rule, own, start, left_out, now))
            found.extend(_single(None, more, left_out, like=own))
        else:
            exceptions = tuple(sorted(left_out))
            found.append(msgspec.structs.replace(made, exceptions=exceptions, dates=tuple(sorted(more))))
    if follows is not None:
        found = [part for entry in found for part in _changed(entry, follows)]
    return tuple(dict.fromkeys((*found, *(entry.schedule() for entry in moved))))


def _rules(event: Component, name: str) -> list[Any]:
    found = event.get(name)
    return found if isinstance(found, list) else [found] if found is not None else []


def _changed(schedule: Schedule, follows: Component) -> Iterator[Schedule]:
    """The schedule up to the meeting from which on others follow, and those where the day stays the same."""
    original, new = local_day(follows.get("RECURRENCE-ID").dt), meeting(follows)
    if schedule.frequency is Frequency.ONCE or schedule.frequency is Frequency.RANGE:
        yield schedule
        return
    if schedule.start is None or schedule.start < original:
        yield msgspec.structs.replace(schedule, end=original - _DAY)
    if new is not None and new.day == original and (schedule.end is None or schedule.end >= original):
        days = tuple(day for day in schedule.exceptions if day != original)
        yield msgspec.structs.replace(
            schedule, start=new.day, start_time=new.start, end_time=_end(new), exceptions=days, dates=()
        )


def _single(
    own: Meeting | None, further: list[dt.date], left_out: set[dt.date], like: Meeting | None = None
) -> Iterator[Schedule]:
    shape = own or like
    assert shape is not None
    days = sorted({*([own.day] if own else []), *further} - left_out)
    if own and days == [own.day]:
        yield own.schedule()
    elif days:
        yield Schedule(
            Frequency.ONCE, start=days[0], start_time=shape.start, end_time=_end(shape), dates=tuple(days)
        )


def _end(shape: Meeting) -> dt.time | None:
    return shape.end if shape.last - shape.day <= _DAY else None


def _ruled(rule: Any, own: Meeting, start: dt.date | dt.datetime) -> Schedule | None:
    """The rule as a schedule, or None where a schedule cannot say it exactly."""
    frequency = _FREQUENCIES.get(str(_one(rule, "FREQ") or "").upper())
    if frequency is None or set(map(str.upper, rule)) - _SIMPLE or not _keeps_helsinki_time(start):
        return None
    shift = (own.day - (start.date() if isinstance(start, dt.datetime) else start)).days
    weekdays = _weekdays(rule, frequency, shift)
    month_days = tuple(int(day) for day in rule.get("BYMONTHDAY", ()))
    if weekdays is None or (shift and month_days) or (own.last - own.day > _DAY):
        return None
    if any(not (1 <= day <= 31 or day == -1) for day in month_days) or (month_days and weekdays):
        return None
    if frequency is Frequency.MONTHLY and not weekdays and not month_days:
        month_days = (own.day.day,)
    if frequency is Frequency.WEEKLY and not weekdays:
        weekdays = (Weekday(own.day.weekday()),)
    if (frequency is Frequency.DAILY and (weekdays or month_days)) or (
        frequency is Frequency.WEEKLY and month_days
    ):
        return None
    months = {int(month) for month in rule.get("BYMONTH", ())}
    interval = int(_one(rule, "INTERVAL") or 1)
    if not 1 <= interval <= 104:
        return None
    if interval > 1 and str(_one(rule, "WKST") or "MO").upper() != "MO" and len(weekdays) > 1:
        return None  # weeks that begin on another day are counted in another way
    made = Schedule(
        frequency,
        start=own.day,
        end=_until(rule, own),
        start_time=own.start,
        end_time=_end(own),
        weekdays=weekdays,
        month_days=month_days,
        interval=interval,
        months_off=tuple(month for month in range(1, 13) if month not in months) if months else (),
    )
    return _counted(made, rule)


def _counted(schedule: Schedule, rule: Any) -> Schedule | None:
    count = int(_one(rule, "COUNT") or 0)
    horizon = schedule.start
    if not count or horizon is None:
        return schedule
    days = [
        found.day for found in islice(occurrences(schedule, horizon, horizon + 3660 * _DAY), min(count, 1000))
    ]
    return msgspec.structs.replace(schedule, end=days[-1]) if days else None


def _weekdays(rule: Any, frequency: Frequency, shift: int) -> tuple[Weekday, ...] | None:
    """BYDAY as weekdays; None where it cannot be said ("every Monday of the month")."""
    positions = [int(number) for number in rule.get("BYSETPOS", ())]
    found: list[Weekday] = []
    entries = list(rule.get("BYDAY", ()))
    for entry in entries:
        text = str(entry).upper()
        name, number = text[-2:], text[:-2].replace("+", "")
        if name not in WEEKDAYS:
            return None
        nth = int(number) if number else None
        if frequency is Frequency.MONTHLY:
            if nth is None and len(positions) == 1 and len(entries) == 1:
                nth = positions[0]
            if nth is None or shift or not -5 <= nth <= 5:
                return None
        elif positions or nth is not None:
            return None
        found.append(Weekday((WEEKDAYS.index(name) + shift) % 7, nth))
    if positions and frequency is Frequency.MONTHLY and len(entries) != 1:
        return None
    return tuple(found)


def _keeps_helsinki_time(start: dt.date | dt.datetime) -> bool:
    """Whether the rule's clock changes with Helsinki's: one in UTC does not, its meetings move in summer."""
    if not isinstance(start, dt.datetime) or start.tzinfo is None:
        return True
    offsets = set()
    for month in (1, 7):
        local = dt.datetime(start.year, month, 15, 12, tzinfo=start.tzinfo)
        away = local.utcoffset()
        here = dt.datetime(start.year, month, 15, 12, tzinfo=HELSINKI).utcoffset()
        offsets.add((away or dt.timedelta()) - (here or dt.timedelta()))
    return len(offsets) == 1


def _expanded(
    rule: Any, own: Meeting, start: dt.date | dt.datetime, left_out: set[dt.date], now: dt.datetime
) -> Iterator[Schedule]:
    """A rule as the days on which it meets from now on, by clock time. Raises ValueError."""
    if str(_one(rule, "FREQ")).upper() in ("SECONDLY", "MINUTELY", "HOURLY"):
        raise ValueError("nobody meets several times a day by rule")
    text = rule.to_ical().decode()
    aware = isinstance(start, dt.datetime) and start.tzinfo is not None
    anchor = start if isinstance(start, dt.datetime) else dt.datetime.combine(start, dt.time())
    lines = rrule.rrulestr(text if aware else text.replace("Z", ""), dtstart=anchor)
    first = now.astimezone(anchor.tzinfo) if aware else now.astimezone(HELSINKI).replace(tzinfo=None)
    days: dict[dt.time | None, list[dt.date]] = {}
    coming = (moment_ for moment_ in islice(lines, _MOST_STEPS) if moment_ >= first - _BEHIND)
    for moment_ in islice(coming, _MOST_DATES):
        if moment_ > first + _AHEAD:
            break
        day, begins = _local(moment_) if isinstance(start, dt.datetime) else (moment_.date(), None)
        if day not in left_out:
            days.setdefault(begins, []).append(day)
    length = _length(own)
    for begins, chosen in days.items():
        ends = (dt.datetime.combine(chosen[0], begins) + length).time() if begins and length else None
        yield Schedule(Frequency.ONCE, start=chosen[0], start_time=begins, end_time=ends, dates=tuple(chosen))


def _length(own: Meeting) -> dt.timedelta | None:
    if own.start is None or own.end is None:
        return None
    found = dt.datetime.combine(own.last, own.end) - dt.datetime.combine(own.day, own.start)
    return found if dt.timedelta() < found < _DAY else None


def _until(rule: Any, own: Meeting) -> dt.date | None:
    """The last day on which a meeting may begin: none does after the moment that UNTIL tells."""
    value = _one(rule, "UNTIL")
    if not isinstance(value, dt.date):
        return None
    day, time = _local(value)
    return day - _DAY if time is not None and own.start is not None and time < own.start else day


def _one(rule: Any, name: str) -> Any:
    value = rule.get(name)
    return value[0] if isinstance(value, list) and value else value


def _dates(event: Component, name: str) -> Iterator[dt.date | dt.datetime]:
    found = event.get(name)
    groups: Iterable[Any] = found if isinstance(found, list) else [found] if found is not None else []
    for group in groups:
        for entry in getattr(group, "dts", ()):
            value = entry.dt
            yield value[0] if isinstance(value, tuple) else value


def _local(value: dt.date | dt.datetime) -> tuple[dt.date, dt.time | None]:
    if not isinstance(value, dt.datetime):
        return value, None
    moment_ = value.astimezone(HELSINKI) if value.tzinfo is not None else value
    return moment_.date(), moment_.time().replace(second=0, microsecond=0, tzinfo=None)
