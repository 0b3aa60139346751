"""Activities as iCalendar (RFC 5545): RRULE and RDATE as the source told them, breaks as EXDATE."""

import datetime as dt
import hashlib
import zoneinfo
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from schemas.activity import Activity, Channel, Place
from schemas.codes import Frequency, Status
from schemas.occurrences import last_day, occurrences
from schemas.schedule import Occurrence, Schedule

if TYPE_CHECKING:  # loaded where it is used: pages that only link to a calendar need not wait for it
    from icalendar import Event, vRecur

HORIZON = dt.timedelta(days=400)
"""How far ahead days are written out one by one where a rule cannot say them."""

_STATUS = {Status.CANCELLED: "CANCELLED", Status.POSTPONED: "TENTATIVE"}
_DAY = dt.timedelta(days=1)


def ical(
    activities: Iterable[Activity], *, today: dt.date, now: dt.datetime, host: str, language: str = "fi"
) -> bytes:
    """A calendar of all meetings of `activities` that are not over.

    `host` makes the UIDs globally unique; `now` is the time stamp of the calendar.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Vierelle//vierelle//FI")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    for activity in activities:
        for number, (channel, schedule) in enumerate(_meetings(activity)):
            event = _event(activity, channel, schedule, today, language)
            if event is None:
                continue
            digest = hashlib.blake2b(f"{activity.id} {number}".encode(), digest_size=12).hexdigest()
            event.add("uid", f"{digest}@{host}")
            event.add("dtstamp", now.astimezone(dt.UTC))
            calendar.add_component(event)
    calendar.add_missing_timezones()
    data: bytes = calendar.to_ical()
    return data


def _meetings(activity: Activity) -> Iterator[tuple[Channel, Schedule]]:
    for channel in activity.channels:
        for schedule in channel.schedules:
            yield channel, schedule


def _event(
    activity: Activity, channel: Channel, schedule: Schedule, today: dt.date, language: str
) -> "Event | None":
    final = last_day(schedule)
    if final is not None and final < today:
        return None
    from icalendar import Event

    event = Event()
    placed = (
        _stretch(event, schedule)
        if schedule.frequency is Frequency.RANGE
        else _repeat(event, schedule, today)
    )
    if not placed:
        return None
    event.add("summary", activity.title.best(language))
    if text := (activity.summary.best(language) or activity.description.best(language)):
        event.add("description", text)
    if channel.place and (where := _where(channel.place)):
        event.add("location", where)
        if channel.place.point:
            event.add("geo", (channel.place.point.lat, channel.place.point.lon))
    if link := (channel.url or activity.url):
        event.add("url", link)
    if status := _STATUS.get(activity.status):
        event.add("status", status)
    return event


def _stretch(event: "Event", schedule: Schedule) -> bool:
    if schedule.start is None or schedule.end is None:
        return False
    event.add("dtstart", schedule.start)
    event.add("dtend", schedule.end + _DAY)  # DTEND of whole days is the day after
    return True


def _repeat(event: "Event", schedule: Schedule, today: dt.date) -> bool:
    """DTSTART on the first real meeting, then a rule where one says it all, else days one by one."""
    first = min((schedule.start or today, *schedule.dates))
    until = max(today, first) + HORIZON
    days = list(occurrences(schedule, first, until))
    if not days:
        return False
    _times(event, schedule, days[0])
    rule = _rule(schedule)
    if rule is None or days[0].day in schedule.dates:
        for item in days[1:]:
            event.add("rdate", _moment(schedule, item.day))
        return True
    event.add("rrule", rule)
    held = {item.day for item in days}
    plain = _without_gaps(schedule)
    for item in occurrences(plain, days[0].day, until):
        if item.day not in held:
            event.add("exdate", _moment(schedule, item.day))
    for day in schedule.dates:
        if day in held:
            event.add("rdate", _moment(schedule, day))
    return True


def _rule(schedule: Schedule) -> "vRecur | None":
    """The rule, where RFC 5545 can say it for ever; months off and parity have an end only in days."""
    frequencies = {Frequency.DAILY, Frequency.WEEKLY, Frequency.MONTHLY}
    if schedule.frequency not in frequencies or schedule.parity or schedule.months_off:
        return None
    rule: dict[str, object] = {"freq": schedule.frequency.upper()}
    if schedule.interval > 1:
        rule["interval"] = schedule.interval
    if schedule.weekdays:
        rule["byday"] = schedule.weekday_codes()
    if schedule.month_days and schedule.frequency is not Frequency.WEEKLY:
        rule["bymonthday"] = list(schedule.month_days)
    elif schedule.month_days:
        return None  # not allowed together in RFC 5545
    if schedule.end:
        # UNTIL has the form of DTSTART: a day, or a moment in UTC.
        clock = schedule.start_time
        last = schedule.end if clock is None else _local(schedule, schedule.end, clock).astimezone(dt.UTC)
        rule["until"] = last
    from icalendar import vRecur

    return vRecur(rule)


def _without_gaps(schedule: Schedule) -> Schedule:
    return Schedule(
        schedule.frequency,
        start=schedule.start,
        end=schedule.end,
        weekdays=schedule.weekdays,
        month_days=schedule.month_days,
        interval=schedule.interval,
    )


def _times(event: "Event", schedule: Schedule, first: Occurrence) -> None:
    event.add("dtstart", _moment(schedule, first.day))
    start, end = schedule.start_time, schedule.end_time
    if start is None:
        event.add("dtend", first.day + _DAY)
    elif end is not None:
        past_midnight = end <= start
        event.add("dtend", _local(schedule, first.day + _DAY if past_midnight else first.day, end))


def _moment(schedule: Schedule, day: dt.date) -> dt.date | dt.datetime:
    return day if schedule.start_time is None else _local(schedule, day, schedule.start_time)


def _local(schedule: Schedule, day: dt.date, clock: dt.time) -> dt.datetime:
    return dt.datetime.combine(day, clock.replace(microsecond=0), zoneinfo.ZoneInfo(schedule.timezone))


def _where(place: Place) -> str:
    town = " ".join(filter(None, (place.postcode, place.city)))
    return ", ".join(filter(None, (place.name, place.street, town)))
