"""Days and hours that one sentence announces and another lists: "joka toinen torstai": "10.9., 24.9."."""

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import msgspec

from crawlers.prose.atoms import Clock, Cue, Day, Days, Manner, Monthly
from crawlers.prose.lexicon import FLAGS
from crawlers.prose.sentence_times import Scanned, scan
from schemas.codes import Frequency
from schemas.occurrences import occurrences
from schemas.schedule import Schedule

_ANNOUNCES = re.compile(
    r"\bseuraav(?:asti|ina|at|ien)\b|\b(?:teemat|aiheet|päivämäärät|kokoontumispäivät)\b|:\W*$", FLAGS
)
_USUALLY = re.compile(r"\byleensä\b|\bpääsääntöisesti\b|\buseimmiten\b|\bnoin\skerran\b", FLAGS)
# "Kerhopäivä on tiistai" tells the weekday of all, though not in the words of a habit.
_DAY_OF_ALL = re.compile(
    r"\b(?:kerho|kokoontumis|tapaamis|harjoitus|jumppa|kuoro)-?(?:päivä|aika|ilta)\w*\s?(?:on|ovat|:)", FLAGS
)
# "Kokoontumiset: 3.2., 10.2. ja 3.3.": a list that calls itself the meetings holds them all.
_ARE_MEETINGS = re.compile(
    r"^\W*(?:[\w–-]+\s){0,2}(?:\w*kokoontumis(?:et|kerrat|päivät|ajat)|kokoontumiset|kokoontumme|tapaamis(?:et|kerrat|päivät|ajat)"
    r"|tapaamiset|päivämäärät|\w*kerrat|\w*päivät|ryhmäkerrat)(?:\s\w+){0,2}\s?(?::|ovat\b)",
    FLAGS,
)
_HOUR_OF_ALL = re.compile(
    r"\b(?:kellon)?aika\s(?:on\s)?(?:aina|joka\skerta|kaikilla\skerroilla)\b|\b(?:aina|joka\skerta)\s(?:klo|kello)\b",
    FLAGS,
)
_DEPARTURE = re.compile(r"\b(?:läht(?:ee|ö|evät)|lähde(?:tään|mme)|kokoontuminen)\b", FLAGS)
_FEWEST_LISTED = 2
_NO_MEETING = (Cue.OFFICE, Cue.PHONE, Cue.REGISTRATION, Cue.PAST, Cue.INTERNAL, Cue.CANCELLED, Cue.CALL)


@dataclass(frozen=True)
class FoundSchedule:
    """A schedule with the sentence (or two joined ones) that told it."""

    schedule: Schedule
    sentence: str


def at_announced_hour(found: list[FoundSchedule], scanned: Sequence[Scanned]) -> list[FoundSchedule]:
    """The rules of a list at the hour that a sentence beside it tells: "kerran kuussa klo 12–14:"."""
    if not found or any(item.schedule.start_time for item in found):
        return found
    days = {day.weekday() for item in found for day in bare_days(item.schedule)}
    told = [line.of(Clock)[0] for line in scanned if announces_hour(line) or _sets_hour(line, days)]
    if not told and len(found) == 1 and len(bare_days(found[0].schedule)) == 1:
        told = [line.of(Clock)[0] for line in scanned if _departs(line)]
    if len(told) != 1:
        return found
    clock = told[0]
    assert isinstance(clock, Clock)
    return [
        FoundSchedule(
            msgspec.structs.replace(item.schedule, start_time=clock.begins, end_time=clock.ends),
            item.sentence,
        )
        for item in found
    ]


def announces_hour(scanned: Scanned) -> bool:
    """Whether a sentence tells one hour, no day, and that a list follows."""
    return len(scanned.of(Clock)) == 1 and not scanned.of(Days, Day) and scanned.text.rstrip().endswith(":")


def _departs(scanned: Scanned) -> bool:
    """Whether a sentence tells when a trip sets out: that is when its people meet."""
    clocks = scanned.of(Clock)
    if (
        len(clocks) != 1
        or scanned.of(Day, Days, Monthly)
        or scanned.has(Cue.REGISTRATION, Cue.OFFICE, Cue.PAST)
    ):
        return False
    return _DEPARTURE.search(scanned.text[: clocks[0].start]) is not None


def _sets_hour(scanned: Scanned, days: set[int]) -> bool:
    """Whether a sentence tells how often and at what hour, but not which days: "kerran kuussa klo 18"."""
    if len(scanned.of(Clock)) != 1 or not days or scanned.of(Day, Monthly) or scanned.has(*_NO_MEETING):
        return False
    named = {day for atom in scanned.of(Days) if isinstance(atom, Days) for day in atom.days}
    if named and not days <= named:
        return False
    of_all = scanned.has(Cue.MEETING) or _HOUR_OF_ALL.search(scanned.text)
    return scanned.has(Cue.VAGUE) or (not named and bool(of_all))


def announces_days(scanned: Scanned) -> bool:
    """Whether weekday and clock are told of days that follow: "keskiviikkoisin klo 18 seuraavasti:"."""
    return bool(scanned.of(Days) and scanned.of(Clock)) and _ANNOUNCES.search(scanned.text) is not None


def rhythm(scanned: Scanned) -> frozenset[int]:
    """The weekdays that a sentence tells with one hour and no day of the calendar; else empty."""
    if len(scanned.of(Clock)) != 1 or scanned.of(Day, Monthly) or scanned.has(*_NO_MEETING):
        return frozenset()
    days = [atom for atom in scanned.of(Days) if isinstance(atom, Days)]
    habit = (
        scanned.has(Cue.VAGUE)
        or _DAY_OF_ALL.search(scanned.text)
        or any(atom.manner is Manner.HABITUAL for atom in days)
    )
    return frozenset(day for atom in days for day in atom.days) if habit else frozenset()


def bare_days(schedule: Schedule) -> tuple[dt.date, ...]:
    """The single days of a schedule that tells no hour."""
    if schedule.frequency is not Frequency.ONCE or schedule.start_time is not None:
        return ()
    return tuple(dict.fromkeys(day for day in (schedule.start, *schedule.dates) if day))


def of_series(found: list[FoundSchedule]) -> list[FoundSchedule]:
    """Days listed beside the rule of their weekday.

    Where a sentence announces them, or only says "every other Thursday", they are the meetings, at its hour;
    else they are some of those that the rule has anyway.
    """
    bare = [item for item in found if bare_days(item.schedule)]
    days = sorted({day for item in bare for day in bare_days(item.schedule)})
    told = [item for item in found if announces_days(scan(item.sentence))]
    named = bool(bare) and all(_ARE_MEETINGS.match(item.sentence) for item in bare)
    timed = [item for item in found if item.schedule.start_time is not None]
    rules = told or [item for item in timed if rhythm(scan(item.sentence))]
    if len(days) < _FEWEST_LISTED:
        return found
    if len(timed) == 1 and timed[0].schedule.frequency is Frequency.MONTHLY:
        if named or _USUALLY.search(timed[0].sentence):
            once = _on_days(timed[0].schedule, days)
            return [FoundSchedule(once, timed[0].sentence), *_beside(found, timed[0], bare)]
        known = all(map(rule_holds(timed[0].schedule), days))
        return [item for item in found if item not in bare] if known else found
    if len(rules) != 1 or rules[0].schedule.frequency is not Frequency.WEEKLY:
        return found
    rule = rules[0].schedule
    if not {day.weekday() for day in days} <= {entry.day for entry in rule.weekdays}:
        return found
    kept = _beside(found, rules[0], bare)
    if not (told or named) and (rule.interval == 1 or rule.parity is not None):
        return [rules[0], *kept] if all(map(rule_holds(rule), days)) else found
    once = _on_days(rule, days)
    return [FoundSchedule(once, rules[0].sentence), *kept]


def _on_days(rule: Schedule, days: list[dt.date]) -> Schedule:
    """The days at the hour of the rule."""
    return msgspec.structs.replace(
        rule,
        frequency=Frequency.ONCE,
        weekdays=(),
        start=days[0],
        end=None,
        dates=tuple(days),
        interval=1,
        breaks=(),
        months_off=(),
        exceptions=(),
    )


def _beside(
    found: list[FoundSchedule], rule: FoundSchedule, bare: list[FoundSchedule]
) -> list[FoundSchedule]:
    return [item for item in found if item is not rule and item not in bare]


def rule_holds(rule: Schedule) -> Callable[[dt.date], bool]:
    """Whether a rule has a meeting on a day."""
    return lambda day: any(True for _ in occurrences(rule, day, day))
