"""schema.org's dates and schedules → `Schedule` values. Pure.

Dates without an offset are Helsinki's clock; those with one are brought to it. What contradicts itself (an
end before its start, a day that is none) is left out rather than guessed.
"""

import datetime as dt
import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from crawlers.adapters.jsonld import Node, bare, first, values
from schemas.codes import Frequency
from schemas.occurrences import occurrences
from schemas.schedule import WEEKDAYS, Schedule, Weekday

HELSINKI = ZoneInfo("Europe/Helsinki")
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHORT = tuple(day[:2] for day in _DAYS)
_PERIODS = {"D": Frequency.DAILY, "W": Frequency.WEEKLY, "M": Frequency.MONTHLY}
_WORDS = {"daily": "P1D", "weekly": "P1W", "biweekly": "P2W", "monthly": "P1M"}
_FINNISH = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?:,?\s+(?:klo|kello)?\s*(\d{1,2})(?:[.:](\d{2}))?)?\Z")
_UNPADDED = re.compile(r"\A(\d{4})-(\d{1,2})-(\d{1,2})(?=\D|\Z)")
_COMPACT_OFFSET = re.compile(r"([+-]\d{2})(\d{2})\Z")
_NIGHT_ENDS = dt.time(6, 0)
_MILLISECONDS = 100_000_000_000
_FAR = dt.timedelta(days=3660)


def moment(value: Any) -> tuple[dt.date, dt.time | None] | None:
    """(day, clock time) in Helsinki; the time is None where only a day is told. None = unreadable."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _from_epoch(value)
    text = " ".join(str(value).split()) if isinstance(value, str) else ""
    if found := _FINNISH.match(text):
        return _from_parts(*found.groups())
    text = _UNPADDED.sub(lambda found: f"{found[1]}-{found[2]:0>2}-{found[3]:0>2}", text)
    if text[:1].isalpha():
        return _from_mail_date(text)
    text = _COMPACT_OFFSET.sub(r"\1:\2", text.replace("Z", "+00:00")) if "T" in text or ":" in text else text
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return _sane(dt.date.fromisoformat(text)), None
        point = dt.datetime.fromisoformat(text)
        if point.tzinfo is not None:
            point = point.astimezone(HELSINKI)
        return _sane(point.date()), point.time().replace(second=0, microsecond=0, tzinfo=None)
    except (ValueError, OverflowError):
        return None


def _from_parts(
    day: str, month: str, year: str, hour: str | None, minute: str | None
) -> tuple[dt.date, dt.time | None] | None:
    try:
        clock = dt.time(int(hour), int(minute or 0)) if hour else None
        return _sane(dt.date(int(year), int(month), int(day))), clock
    except ValueError:
        return None


def _from_epoch(value: float) -> tuple[dt.date, dt.time | None] | None:
    """Seconds or milliseconds since 1970."""
    seconds = value / 1000 if abs(value) >= _MILLISECONDS else value
    try:
        point = dt.datetime.fromtimestamp(seconds, HELSINKI)
        return _sane(point.date()), point.time().replace(second=0, microsecond=0)
    except (ValueError, OverflowError, OSError):
        return None


def _from_mail_date(text: str) -> tuple[dt.date, dt.time | None] | None:
    """ "Tue, 01 Dec 2026 18:00:00 +0200"."""
    try:
        point = parsedate_to_datetime(text)
        point = point.astimezone(HELSINKI) if point.tzinfo is not None else point
        return _sane(point.date()), point.time().replace(second=0, microsecond=0)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _sane(day: dt.date) -> dt.date:
    if not 1990 <= day.year <= 2100:
        raise ValueError("a year that no calendar of ours reaches")
    return day


def clock(value: Any) -> dt.time | None:
    """A clock time ("18:00", "18:00:00+02:00", "18.00"), or None; a full moment gives its time."""
    text = str(value).strip() if isinstance(value, str) else ""
    if "T" in text and len(text) > 10:
        found = moment(text)
        return found[1] if found else None
    try:
        return dt.time.fromisoformat(re.sub(r"^(\d{1,2})\.(\d{2})", r"\1:\2", text).zfill(5)).replace(
            second=0, microsecond=0, tzinfo=None
        )
    except ValueError:
        return None


def event_schedules(node: Node) -> tuple[Schedule, ...]:
    """The schedules of an event: its `eventSchedule` where it has one, else its start and end."""
    repeating = [
        found
        for name in ("eventSchedule", "courseSchedule")
        for value in values(node, name)
        if isinstance(value, Mapping)
        for found in _repeating(value, node)
    ]
    if repeating:
        return tuple(dict.fromkeys(repeating))
    single = span(_at(node, "startDate", "startTime"), _at(node, "endDate", "endTime", "startDate"))
    return (single,) if single else ()


def _at(node: Node, day: str, time: str, instead: str = "") -> tuple[dt.date, dt.time | None] | None:
    """A moment, its clock time told beside it where the date has none ("startDate" and "startTime")."""
    found, said = moment(first(node, day)), clock(first(node, time))
    if found is None and said is not None and instead:
        found = moment(first(node, instead))
        return (found[0], said) if found else None
    return (found[0], said) if found and found[1] is None and said else found


def span(
    start: tuple[dt.date, dt.time | None] | None, end: tuple[dt.date, dt.time | None] | None
) -> Schedule | None:
    """A single time or a stretch of days; None without a start or where it ends before it starts."""
    if start is None:
        return None
    day, begins = start
    last, ends = end if end else (day, None)
    if begins == dt.time(0) and ends in (None, dt.time(0), dt.time(23, 59)):
        begins = ends = None  # the way in which calendars write a whole day
    elif ends == dt.time(23, 59) or (ends == begins and last == day):
        ends = None
    if last < day or (last == day and begins and ends and ends < begins):
        return None
    if last == day or (
        last - day == dt.timedelta(days=1) and begins and ends and ends <= _NIGHT_ENDS and ends < begins
    ):
        return Schedule(Frequency.ONCE, start=day, start_time=begins, end_time=ends)
    if last - day > _FAR:
        return None
    return Schedule(Frequency.RANGE, start=day, end=last, start_time=begins, end_time=ends)


def _repeating(value: Node, event: Node) -> list[Schedule]:
    frequency, interval = _frequency(first(value, "repeatFrequency"))
    weekdays = _weekdays(value)
    month_days = tuple(
        day for entry in values(value, "byMonthDay") if (day := _integer(entry)) and -1 <= day <= 31
    )
    if frequency is None:
        frequency = Frequency.MONTHLY if month_days else Frequency.WEEKLY if weekdays else None
    outer = moment(first(event, "startDate")), moment(first(event, "endDate"))
    start, end = moment(first(value, "startDate")) or outer[0], moment(first(value, "endDate"))
    begins = (
        clock(first(value, "startTime"))
        or (start[1] if start else None)
        or (outer[0][1] if outer[0] else None)
    )
    ends = clock(first(value, "endTime")) or _duration_end(begins, first(value, "duration"))
    if frequency is None:
        single = span(start, end)
        return [single] if single else []
    if start and end and end[0] < start[0]:
        return []
    if frequency is Frequency.MONTHLY and weekdays:
        weekdays = _nth(weekdays, values(value, "byMonthWeek"))
        if not month_days and any(day.nth is None for day in weekdays):
            return []  # every such weekday, or the first? not told
    made = Schedule(
        frequency,
        start=start[0] if start else None,
        end=end[0] if end else None,
        start_time=begins,
        end_time=ends,
        weekdays=weekdays,
        month_days=month_days,
        interval=interval,
        exceptions=tuple(
            sorted({found[0] for entry in values(value, "exceptDate") if (found := moment(entry))})
        ),
        months_off=_months_off(value),
        timezone=_zone(first(value, "scheduleTimezone")),
    )
    return [_counted(made, _integer(first(value, "repeatCount")))]


def _counted(schedule: Schedule, count: int | None) -> Schedule:
    """The schedule with the end that `repeatCount` sets."""
    if not count or schedule.end or schedule.start is None or not 1 <= count <= 1000:
        return schedule
    days = [
        found.day for found in islice(occurrences(schedule, schedule.start, schedule.start + _FAR), count)
    ]
    return Schedule(**{**_fields(schedule), "end": days[-1]}) if days else schedule


def _fields(schedule: Schedule) -> dict[str, Any]:
    return {name: getattr(schedule, name) for name in schedule.__struct_fields__}


def _frequency(value: Any) -> tuple[Frequency | None, int]:
    text = bare(value).strip()
    text = _WORDS.get(text.lower(), text).upper()
    found = re.fullmatch(r"P(\d{1,2})([DWM])", text)
    if found is None or not int(found[1]):
        return None, 1
    number, unit = int(found[1]), found[2]
    if unit == "D" and number % 7 == 0:
        return Frequency.WEEKLY, number // 7
    return _PERIODS[unit], number


def _weekdays(value: Node) -> tuple[Weekday, ...]:
    found: dict[Weekday, None] = {}
    for entry in values(value, "byDay"):
        for part in re.split(r"[,\s]+", bare(entry)):
            match = re.fullmatch(r"([+-]?\d)?([A-Za-z]+)", bare(part))
            if match and (day := weekday(match[2])) is not None:
                found[Weekday(day, int(match[1]) if match[1] else None)] = None
    return tuple(found)


def weekday(name: object) -> int | None:
    """0 = Monday from "Monday", "https://schema.org/Monday", "MO" or "Mo"; None where it is no day."""
    word = bare(name).lower()
    if word in _DAYS:
        return _DAYS.index(word)
    if word.upper() in WEEKDAYS:
        return WEEKDAYS.index(word.upper())
    return None


def _nth(weekdays: tuple[Weekday, ...], weeks: tuple[Any, ...]) -> tuple[Weekday, ...]:
    numbers = [number for week in weeks if (number := _integer(week)) and -1 <= number <= 5]
    if not numbers:
        return weekdays
    return tuple(Weekday(day.day, number) for day in weekdays for number in numbers)


def _months_off(value: Node) -> tuple[int, ...]:
    months = {
        number for entry in values(value, "byMonth") if (number := _integer(entry)) and 1 <= number <= 12
    }
    return tuple(month for month in range(1, 13) if month not in months) if months else ()


def _integer(value: Any) -> int | None:
    try:
        return int(str(value))
    except ValueError:
        return None


def _duration_end(begins: dt.time | None, duration: Any) -> dt.time | None:
    found = re.fullmatch(r"PT(?:(\d{1,2})H)?(?:(\d{1,3})M)?", str(duration or "").strip().upper())
    if begins is None or found is None or not (found[1] or found[2]):
        return None
    length = dt.timedelta(hours=int(found[1] or 0), minutes=int(found[2] or 0))
    if length >= dt.timedelta(days=1):
        return None
    return (dt.datetime.combine(dt.date(2000, 1, 1), begins) + length).time()


def _zone(name: Any) -> str:
    try:
        return ZoneInfo(str(name)).key if name else HELSINKI.key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return HELSINKI.key


def opening_hours(node: Node) -> tuple[Schedule, ...]:
    """Weekly schedules from `hoursAvailable`, `openingHoursSpecification` and `openingHours` texts."""
    found: list[Schedule] = []
    for name in ("hoursAvailable", "openingHoursSpecification"):
        for value in values(node, name):
            if isinstance(value, Mapping):
                found.extend(filter(None, (_specification(value),)))
    for value in values(node, "openingHours"):
        if isinstance(value, str):
            found.extend(_hours_text(value))
    return tuple(dict.fromkeys(found))


def _specification(value: Node) -> Schedule | None:
    days = [day for name in values(value, "dayOfWeek") if (day := weekday(name)) is not None]
    opens, closes = clock(first(value, "opens")), clock(first(value, "closes"))
    if not days or opens is None or opens == closes:
        return None
    start, end = moment(first(value, "validFrom")), moment(first(value, "validThrough"))
    if start and end and end[0] < start[0]:
        return None
    return Schedule(
        Frequency.WEEKLY,
        start=start[0] if start else None,
        end=end[0] if end else None,
        start_time=opens,
        end_time=closes,
        weekdays=tuple(Weekday(day) for day in sorted(set(days))),
    )


def _hours_text(text: str) -> list[Schedule]:
    """`openingHours`: "Mo-Fr 09:00-15:00", "Tu,Th 16:00-20:00"."""
    made: list[Schedule] = []
    pattern = r"((?:Mo|Tu|We|Th|Fr|Sa|Su)(?:[-,](?:Mo|Tu|We|Th|Fr|Sa|Su))*)\s+(\d{1,2}:\d{2})-(\d{1,2}:\d{2})"
    for days, opens, closes in re.findall(pattern, text):
        chosen: set[int] = set()
        for part in days.split(","):
            ends = [_SHORT.index(name.lower()) for name in part.split("-")]
            chosen.update(
                range(ends[0], ends[-1] + 1)
                if ends[0] <= ends[-1]
                else (*range(ends[0], 7), *range(ends[-1] + 1))
            )
        start, end = clock(opens), clock(closes)
        if start and end:
            made.append(
                Schedule(
                    Frequency.WEEKLY,
                    start_time=start,
                    end_time=end,
                    weekdays=tuple(Weekday(day) for day in sorted(chosen)),
                )
            )
    return made
