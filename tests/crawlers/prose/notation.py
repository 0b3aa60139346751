"""Schedules in one line, so that a judged corpus can be read and written by people."""

import datetime as dt
import re

from schemas.codes import Frequency, WeekParity
from schemas.schedule import WEEKDAYS, Break, Schedule, Weekday

_CLOCK = re.compile(r"(\d\d:\d\d)(?:-(\d\d:\d\d))?")
_WEEKDAY = re.compile(rf"(-?\d)?({'|'.join(WEEKDAYS)})")


def notation(schedule: Schedule) -> str:
    """`weekly TU /2 18:00-20:00 from 2026-09-01 off 6,7,8 break a..b except c`; the text is left out."""
    parts: list[str] = [schedule.frequency.value]
    if schedule.frequency is Frequency.ONCE:
        parts.append(",".join(str(day) for day in schedule.dates or (schedule.start,)))
    elif schedule.frequency is Frequency.RANGE:
        parts.append(f"{schedule.start}..{schedule.end}")
    if schedule.weekdays:
        parts.append(",".join(f"{day.nth or ''}{WEEKDAYS[day.day]}" for day in schedule.weekdays))
    if schedule.month_days:
        parts.append("day " + ",".join(map(str, schedule.month_days)))
    if schedule.interval > 1:
        parts.append(f"/{schedule.interval}")
    if schedule.parity:
        parts.append(schedule.parity.value)
    if schedule.start_time:
        end = f"-{schedule.end_time:%H:%M}" if schedule.end_time else ""
        parts.append(f"{schedule.start_time:%H:%M}{end}")
    if schedule.frequency not in {Frequency.ONCE, Frequency.RANGE}:
        parts += [f"from {schedule.start}"] if schedule.start else []
        parts += [f"to {schedule.end}"] if schedule.end else []
    parts += ["off " + ",".join(map(str, schedule.months_off))] if schedule.months_off else []
    parts += [f"break {pause.start}..{pause.end}" for pause in schedule.breaks]
    parts += ["except " + ",".join(map(str, schedule.exceptions))] if schedule.exceptions else []
    return " ".join(parts)


def schedule(text: str) -> Schedule:
    """The schedule that one line of the notation tells; raises ValueError for what is none."""
    words = text.split()
    fields: dict[str, object] = {}
    frequency = Frequency(words.pop(0))
    if frequency is Frequency.ONCE:
        days = _days(words.pop(0))
        fields |= {"start": days[0], "dates": days if len(days) > 1 else ()}
    elif frequency is Frequency.RANGE:
        fields["start"], fields["end"] = _stretch(words.pop(0))
    while words:
        word = words.pop(0)
        if word in {"from", "to"}:
            fields["start" if word == "from" else "end"] = dt.date.fromisoformat(words.pop(0))
        elif word == "off":
            fields["months_off"] = tuple(int(month) for month in words.pop(0).split(","))
        elif word == "day":
            fields["month_days"] = tuple(int(day) for day in words.pop(0).split(","))
        elif word == "break":
            pauses = fields.get("breaks", ())
            assert isinstance(pauses, tuple)
            fields["breaks"] = (*pauses, Break(*_stretch(words.pop(0))))
        elif word == "except":
            fields["exceptions"] = _days(words.pop(0))
        elif word in {"even", "odd"}:
            fields["parity"] = WeekParity(word)
        elif word.startswith("/"):
            fields["interval"] = int(word[1:])
        elif clock := _CLOCK.fullmatch(word):
            fields["start_time"] = dt.time.fromisoformat(clock[1])
            fields["end_time"] = dt.time.fromisoformat(clock[2]) if clock[2] else None
        else:
            fields["weekdays"] = tuple(_weekday(part) for part in word.split(","))
    return Schedule(frequency, **fields)  # type: ignore[arg-type]  # each field is made of its own word


def _days(text: str) -> tuple[dt.date, ...]:
    return tuple(dt.date.fromisoformat(day) for day in text.split(","))


def _stretch(text: str) -> tuple[dt.date, dt.date]:
    first, last = text.split("..")
    return dt.date.fromisoformat(first), dt.date.fromisoformat(last)


def _weekday(text: str) -> Weekday:
    found = _WEEKDAY.fullmatch(text)
    if found is None:
        raise ValueError(f"{text} is no word of the notation")
    return Weekday(WEEKDAYS.index(found[2]), int(found[1]) if found[1] else None)
