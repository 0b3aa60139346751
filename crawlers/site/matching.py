"""Is it the same activity, told twice on one site? And what does the second telling add? Pure."""

import datetime as dt
from collections.abc import Iterable, Sequence

import msgspec
from rapidfuzz import fuzz

from crawlers.adapters.context import folded
from schemas.activity import Activity, Channel, FieldEvidence
from schemas.codes import Frequency, PriceKind
from schemas.occurrences import occurrences, over_after
from schemas.schedule import Schedule

_ALIKE = 90
_LONGEST = dt.timedelta(days=800)
_NEAR = dt.timedelta(days=120)
_SEASON = dt.timedelta(days=14)
_ADDABLE = (
    "contacts",
    "price",
    "registration",
    "groups",
    "ages",
    "genders",
    "languages",
    "summary",
    "description",
)

Moment = tuple[int | None, dt.time | None]


def same_activity(one: Activity, other: Activity) -> bool:
    """Whether two tellings have one title and times that can be the same, or one has no times."""
    if not _same_title(one, other):
        return False
    first, second = _moments(one.schedules()), _moments(other.schedules())
    if not first and not second:
        return _same_place(one, other) and one.description == other.description
    if not first or not second:
        return _same_place(one, other)
    return bool(first & second) and _same_place(one, other)


def filled(known: Activity, other: Activity) -> Activity:
    """`known` with the fields it lacks taken from `other`, with the sentences they were read from."""
    changes: dict[str, object] = {}
    for name in _ADDABLE:
        value = getattr(known, name)
        offered = getattr(other, name)
        lacks = value == type(value)() or (
            name == "price" and value.kind is PriceKind.UNKNOWN and not value.info
        )
        if lacks and offered != type(offered)():
            changes[name] = offered
    if not known.schedules() and other.schedules():
        changes["channels"] = other.channels
    elif seasonal := _within_season(other.schedules(), known.schedules()):
        changes["channels"] = _with_times(known.channels, seasonal)
    elif _tells_more(other.schedules(), known.schedules()):
        changes["channels"] = _with_times(known.channels, other.schedules())
    elif further := _further_days(known, other):
        changes["channels"] = _with_times(known.channels, (*known.schedules(), *further))
    if not changes:
        return known
    wanted = {*changes} | ({"schedule"} if "channels" in changes else set())
    evidence = (*known.evidence, *_sentences(other.evidence, wanted))
    return msgspec.structs.replace(known, **changes, evidence=tuple(dict.fromkeys(evidence)))


def _further_days(known: Activity, other: Activity) -> tuple[Schedule, ...]:
    """Single days of `other` beyond those of `known`, as pages of one month each tell them."""
    schedules = (*known.schedules(), *other.schedules())
    if len(known.channels) != 1 or any(entry.frequency is not Frequency.ONCE for entry in schedules):
        return ()
    told = {day for entry in known.schedules() for day in (entry.start, *entry.dates)}
    return tuple(entry for entry in other.schedules() if not {entry.start, *entry.dates} <= told)


def _is_season(schedule: Schedule) -> bool:
    """Whether a stretch is so long that nobody meets on each of its days."""
    start, end = schedule.start, schedule.end
    return schedule.frequency is Frequency.RANGE and bool(start and end and end - start > _SEASON)


def _within_season(offered: Sequence[Schedule], known: Sequence[Schedule]) -> tuple[Schedule, ...]:
    """The rules that the text tells, within the season that structured data gives as one long event."""
    if len(known) != 1 or not _is_season(known[0]):
        return ()
    season = known[0]
    rules = [entry for entry in offered if entry.frequency not in (Frequency.ONCE, Frequency.RANGE)]
    # "Every other week" counts from a day that the season does not tell.
    starts = (entry.start or (season.start if entry.interval == 1 else None) for entry in rules)
    return tuple(
        msgspec.structs.replace(entry, start=start, end=entry.end or season.end)
        for entry, start in zip(rules, starts, strict=True)
    )


def _tells_more(offered: Sequence[Schedule], known: Sequence[Schedule]) -> bool:
    """Whether `offered` holds all single days that are `known`, at their times, and a rule or ends besides.

    Structured data often tells the next day only, where the text beside it says "every Tuesday, 18 to 20".
    """
    if not known or any(entry.frequency is not Frequency.ONCE for entry in known):
        return False
    days = {(day, entry.start_time, entry.end_time) for entry in known for day in _days(entry)}
    first, last = min(day for day, _, _ in days), max(day for day, _, _ in days)
    if last - first > _LONGEST:
        return False
    told = {
        (found.day, found.start_time): found.end_time
        for entry in offered
        for found in occurrences(entry, first, last)
    }
    if not all((day, start) in told and end in (None, told[day, start]) for day, start, end in days):
        return False
    more_days = any(entry.frequency is not Frequency.ONCE for entry in offered)
    return more_days or any(end is None and told[day, start] for day, start, end in days)


def without_vague_times(activity: Activity, today: dt.date) -> Activity:
    """Without schedules that name days but no clock, where another one tells the time of those days.

    "Seuraava kerta 26.11." beside "torstaisin klo 13–15" is one of its Thursdays, not a whole day.
    """
    channels = tuple(_without_vague(channel, today) for channel in activity.channels)
    return activity if channels == activity.channels else msgspec.structs.replace(activity, channels=channels)


def _without_vague(channel: Channel, today: dt.date) -> Channel:
    timed = [entry for entry in channel.schedules if entry.start_time is not None]
    if not timed or len(timed) == len(channel.schedules):
        return channel
    last = today + _NEAR
    known = {found.day for entry in timed for found in occurrences(entry, today, last)}
    kept = []
    for entry in channel.schedules:
        days = {found.day for found in occurrences(entry, today, last)}
        if entry.start_time is not None or entry.frequency is Frequency.RANGE or not days or days - known:
            kept.append(entry)
    return msgspec.structs.replace(channel, schedules=tuple(kept))


def _days(schedule: Schedule) -> set[dt.date]:
    return {*schedule.dates, *((schedule.start,) if schedule.start else ())}


def _with_times(channels: Sequence[Channel], schedules: tuple[Schedule, ...]) -> tuple[Channel, ...]:
    return tuple(
        msgspec.structs.replace(channel, schedules=schedules) if channel.schedules else channel
        for channel in channels
    )


def is_over(activity: Activity, today: dt.date) -> bool:
    """Whether its last meeting was before `today`."""
    last = over_after(activity.schedules())
    return last is not None and last < today


def _sentences(evidence: Iterable[FieldEvidence], fields: set[str]) -> list[FieldEvidence]:
    return [entry for entry in evidence if entry.field.split(".")[0] in fields]


def _same_title(one: Activity, other: Activity) -> bool:
    for language, title in one.title.items():
        for other_language, other_title in other.title.items():
            if language != other_language:
                continue
            first, second = folded(title), folded(other_title)
            if first == second or (
                min(len(first), len(second)) > 8 and fuzz.token_sort_ratio(first, second) >= _ALIKE
            ):
                return True
    return False


def _same_place(one: Activity, other: Activity) -> bool:
    """Whether the places can be one: nothing that both tell differs."""
    for name in ("municipality", "street"):
        first = {folded(str(value)) for place in one.places() if (value := getattr(place, name))}
        second = {folded(str(value)) for place in other.places() if (value := getattr(place, name))}
        if first and second and not first & second:
            return False
    return True


def _moments(schedules: Iterable[Schedule]) -> set[Moment]:
    """Weekday and clock time of each meeting: a weekly rule and one of its days have these in common."""
    found: set[Moment] = set()
    for entry in schedules:
        if _is_season(entry):
            continue
        days = {day.day for day in entry.weekdays} or {
            day.weekday() for day in (*entry.dates, *((entry.start,) if entry.start else ()))
        }
        found.update((day, entry.start_time) for day in days)
        if not days:
            found.add((None, entry.start_time))
    return found
