"""Groups of atoms → schedules: what is clear becomes a rule, what is not becomes nothing."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator

import msgspec

from crawlers.prose.atoms import Clock, Cue, Days, Manner, Role
from crawlers.prose.breaks import Pauses
from crawlers.prose.groups import Group
from crawlers.prose.lexicon import FLAGS, span
from crawlers.prose.sentence_times import Scanned
from crawlers.prose.years import Calendar, Contradiction, season_end
from schemas.codes import Frequency
from schemas.schedule import Schedule, Weekday

MONTHS = range(1, 13)
_NUMBERS = ("kaksi", "kolme", "neljä", "viisi", "kuusi", "seitsemän", "kahdeksan", "yhdeksän", "kymmenen")
_NUMBER = rf"[2-9]|[1-3]\d|{'|'.join(_NUMBERS)}"
_TIMES = re.compile(
    rf"(?<![\d.,:–-])\b({_NUMBER})\s?(?:kertaa|krt|x|tapaamiskertaa|tapaamista)\b"
    r"(?!\s?/|\s(?:viikossa|kuussa|kuukaudessa|vuodessa|päivässä|kaudessa|vuorokaudessa))"
    rf"|\b\w*kertoja\son\s({_NUMBER})\b",
    FLAGS,
)
_EVERY_WEEK = re.compile(
    r"\bkerran\sviikossa\b|\bkerta/?\s?(?:vk|vko|viikko)\b|\b1\s?(?:x|krt|kerta)\s?/?\s?(?:vk|vko|viikko|viikossa)\b"
    r"|\bviikoittain\b|\bjoka\sviikko\b",
    FLAGS,
)
_STANDING = re.compile(
    r"(?:kerho|piiri|ryhmä|jumppa|kuoro|perhekahvila|päiväkeskus|kahvila)(?:mme|t)?\b", FLAGS
)
_THIS_TIME = re.compile(
    r"\b(?:ensi|tällä|tämän|tulevana|seuraava\w*|viime|poikkeuksel\w+|sekä\smyös|huomenna|nyt)\b", FLAGS
)
_LONGEST_MEETING = 31  # days
_NIGHT_ENDS = dt.time(6)


def schedules_of(
    groups: list[Group], scanned: Scanned, calendar: Calendar, pauses: Pauses
) -> Iterator[Schedule]:
    """The schedules of one sentence's groups; a group that contradicts itself gives none."""
    found: list[Schedule] = []
    for group in groups:
        if group.impossible or pauses.unreadable:
            continue
        try:
            schedule = _schedule(group, scanned, calendar)
        except Contradiction:
            continue
        if schedule is None:
            continue
        schedule = paused(schedule, pauses)
        if schedule is not None:
            found += _with_clocks(schedule, group.clocks, scanned.text)
    yield from _merged(found)


def _schedule(group: Group, scanned: Scanned, calendar: Calendar) -> Schedule | None:
    if group.dates:
        return _dated(group, scanned, calendar)
    if not group.recurring:
        return None
    if group.weeks is not None and group.stretch is None and not _is_unbroken(group.weeks.weeks):
        return _in_weeks(group, scanned, calendar)
    start, end = _limits(group, calendar)
    end = end or season_end(scanned.text)
    if group.days and group.stretch and start and end and _is_one_stretch(group.days, start, end):
        return Schedule(Frequency.RANGE, start=start, end=end)
    if _unclear(group, scanned):
        return None
    months_off = tuple(month for month in MONTHS if group.months and month not in group.months.months)
    if group.monthly is not None:
        return Schedule(
            Frequency.MONTHLY,
            start=start,
            end=end,
            weekdays=group.monthly.weekdays,
            month_days=group.monthly.month_days,
            months_off=months_off,
        )
    assert group.days is not None
    days = group.days.days
    if group.interval > 1 and start is not None and start.weekday() not in days:
        start = None  # it is not known in which week the count begins
    frequency = Frequency.DAILY if len(days) == 7 else Frequency.WEEKLY
    weekdays = () if len(days) == 7 else tuple(Weekday(day) for day in sorted(days))
    schedule = Schedule(
        frequency,
        start=start,
        end=end,
        weekdays=weekdays,
        # "joka toinen maanantai (parilliset viikot)": the parity tells which ones
        interval=group.interval if frequency is Frequency.WEEKLY and group.parity is None else 1,
        parity=group.parity,
        months_off=months_off,
    )
    return counted(schedule, scanned.text, group.interval)


def counted(schedule: Schedule, text: str, interval: int) -> Schedule:
    """A weekly schedule with the end that the number of its meetings gives, where only that is told."""
    start = schedule.start
    if schedule.end is not None or start is None or len(schedule.weekdays) != 1:
        return schedule
    if schedule.frequency is not Frequency.WEEKLY or not (times := _times_in_all(text)):
        return schedule
    first = start + dt.timedelta(days=(schedule.weekdays[0].day - start.weekday()) % 7)
    return msgspec.structs.replace(schedule, end=first + dt.timedelta(weeks=(times - 1) * interval))


def _times_in_all(text: str) -> int | None:
    """ "kokoontuu kuusi kertaa", "10 x": how many meetings there are in all, where it is told once."""
    found = [(match[1] or match[2]).lower() for match in _TIMES.finditer(text)]
    if len(found) != 1:
        return None
    return int(found[0]) if found[0].isdigit() else _NUMBERS.index(found[0]) + 2


def _is_unbroken(weeks: tuple[int, ...]) -> bool:
    return weeks == span(weeks[0], weeks[-1], 53, 1)


def _in_weeks(group: Group, scanned: Scanned, calendar: Calendar) -> Schedule | None:
    """ "viikoilla 2, 4 ja 8 maanantaisin": each of these weeks by itself."""
    if group.days is None or group.weeks is None or scanned.has(Cue.VAGUE):
        return None
    mondays = [calendar.week(week)[0] for week in group.weeks.weeks]
    dates = tuple(sorted(monday + dt.timedelta(days=day) for monday in mondays for day in group.days.days))
    return Schedule(Frequency.ONCE, start=dates[0], dates=dates)


def _unclear(group: Group, scanned: Scanned) -> bool:
    """Whether it is not known on which days the group meets, though weekdays are named."""
    if group.monthly is not None:
        return False
    if group.parity is not None:
        return group.months is not None and not group.months.whole
    if scanned.has(Cue.VAGUE):
        return True
    assert group.days is not None
    if group.months is not None and not group.months.whole:
        return True
    if group.days.manner is Manner.HABITUAL:
        return False
    if group.days.manner is Manner.SINGLE:
        return not (_EVERY_WEEK.search(scanned.text) or _is_habit(scanned))
    first = any(bound.role is Role.FIRST for bound in group.bounds)
    return not group.clocks or (first and group.interval == 1 and not _times_in_all(scanned.text))


def _is_habit(scanned: Scanned) -> bool:
    """ "Päiväpiiri tiistaina ja perjantaina klo 11": two days of a standing group, not of this week."""
    days = {atom.days for atom in scanned.of(Days) if isinstance(atom, Days)}
    standing = _STANDING.search(scanned.text) and not _THIS_TIME.search(scanned.text)
    return len(days) > 1 and days != {(5,), (6,)} and bool(standing)


def _dated(group: Group, scanned: Scanned, calendar: Calendar) -> Schedule | None:
    weekdays = group.days.days if group.days else ()
    dates = calendar.days(group.dates, weekdays)
    if group.last_day is not None:
        return _over_days(group, dates, calendar.day(group.last_day))
    if not dates or not (group.clocks or group.days or len(group.dates) > 1 or _leads(group, scanned)):
        return None
    if scanned.has(Cue.VAGUE) and len(dates) == 1 and group.days is not None and not group.clocks:
        return None
    if group.interval > 1 and len(dates) == 1:
        return Schedule(
            Frequency.WEEKLY, start=dates[0], weekdays=(Weekday(dates[0].weekday()),), interval=group.interval
        )
    ordered = tuple(sorted(set(dates)))
    return Schedule(Frequency.ONCE, start=ordered[0], dates=ordered if len(ordered) > 1 else ())


def _over_days(group: Group, dates: tuple[dt.date, ...] | None, last: dt.date | None) -> Schedule | None:
    """ "12.12. klo 9 – 13.12. klo 15"; what ends in the small hours belongs to the evening before."""
    if not dates or last is None or not 0 < (last - dates[0]).days <= _LONGEST_MEETING:
        return None
    clock = group.clocks[0]
    night = clock.begins and clock.ends and clock.ends < clock.begins and clock.ends <= _NIGHT_ENDS
    if night and (last - dates[0]).days == 1:
        return Schedule(Frequency.ONCE, start=dates[0])
    return Schedule(Frequency.RANGE, start=dates[0], end=last)


def _leads(group: Group, scanned: Scanned) -> bool:
    """Whether the day opens its line, as in a calendar of events."""
    return not re.search(r"\w", scanned.text[: group.dates[0].start])


def _limits(group: Group, calendar: Calendar) -> tuple[dt.date | None, dt.date | None]:
    start = end = None
    if group.stretch is not None:
        pair = calendar.stretch(group.stretch)
        if pair is None:
            raise Contradiction("the years of the stretch are not known")
        start, end = pair
    if group.weeks is not None and start is None:
        start, end = calendar.weeks(group.weeks.weeks[0], group.weeks.weeks[-1])
    for weeks in group.week_bounds:
        monday, sunday = calendar.week(weeks.weeks[0])
        start, end = (start, sunday) if weeks.role is Role.END else (monday, end)
    for bound in group.bounds:
        beside = group.days is not None and group.days.manner is not Manner.HABITUAL
        weekdays = (*group.days.days, *group.company) if beside and group.days else ()
        date = calendar.day(bound, weekdays)
        if bound.role is Role.END and start is not None and bound.year is None:
            date = calendar.after(bound, start)
        if date is None:
            raise Contradiction("the year of the bound is not known")
        if bound.role is Role.END:
            end = date
        else:
            start = date
    return start, end


def _is_one_stretch(days: Days, start: dt.date, end: dt.date) -> bool:
    """ "pe–su 5.–7.6.": the weekdays only say again which days they are."""
    if days.manner is not Manner.OPEN or (end - start).days > 6:
        return False
    return len(days.days) > 1 and (start.weekday(), end.weekday()) == (days.days[0], days.days[-1])


def _with_clocks(schedule: Schedule, clocks: Iterable[Clock], text: str) -> Iterator[Schedule]:
    said = [(clock.begins, clock.ends) for clock in clocks] or [(None, None)]
    for begins, ends in said:
        yield msgspec.structs.replace(schedule, start_time=begins, end_time=ends, text=text)


def paused(schedule: Schedule, pauses: Pauses) -> Schedule | None:
    """`schedule` without what is left out; None where nothing remains."""
    if schedule.frequency in {Frequency.ONCE, Frequency.RANGE}:
        return schedule
    if schedule.frequency is Frequency.DAILY and pauses.weekdays:
        schedule = msgspec.structs.replace(
            schedule, frequency=Frequency.WEEKLY, weekdays=tuple(Weekday(day) for day in range(7))
        )
    weekdays = tuple(entry for entry in schedule.weekdays if entry.day not in pauses.weekdays)
    if schedule.weekdays and not weekdays:
        return None
    return msgspec.structs.replace(
        schedule,
        weekdays=weekdays,
        breaks=tuple(dict.fromkeys((*schedule.breaks, *pauses.breaks))),
        months_off=tuple(sorted({*schedule.months_off, *pauses.months_off})),
        exceptions=tuple(sorted({*schedule.exceptions, *pauses.exceptions})),
    )


def _merged(found: list[Schedule]) -> Iterator[Schedule]:
    """Weekly rules that differ only in their weekdays become one, and so do single days."""
    joined: dict[Schedule, list[Weekday]] = {}
    for schedule in _single_days(found):
        key = msgspec.structs.replace(schedule, weekdays=())
        joined.setdefault(key, []).extend(schedule.weekdays)
    for key, weekdays in joined.items():
        unique = sorted(dict.fromkeys(weekdays), key=lambda entry: (entry.day, entry.nth or 0))
        yield msgspec.structs.replace(key, weekdays=tuple(unique))


def _single_days(found: list[Schedule]) -> list[Schedule]:
    kept: list[Schedule] = []
    for schedule in found:
        last = kept[-1] if kept else None
        if (
            last is not None
            and last.frequency is schedule.frequency is Frequency.ONCE
            and (last.start_time, last.end_time) == (schedule.start_time, schedule.end_time)
        ):
            days = {last.start, schedule.start, *last.dates, *schedule.dates}
            dates = tuple(sorted(day for day in days if day is not None))
            kept[-1] = msgspec.structs.replace(last, start=dates[0], dates=dates)
        else:
            kept.append(schedule)
    return kept
