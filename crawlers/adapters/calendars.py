"""iCal files → activities, by icalendar. Pure.

One UID is one activity: its rule, its exceptions, and the single meetings that were moved (RECURRENCE-ID).
"""

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from typing import Any, cast

from icalendar import Calendar, Component
from icalendar.error import BrokenCalendarProperty, InvalidCalendar

from crawlers.adapters.calendar_text import mended
from crawlers.adapters.calendar_times import Meeting, local_day, meeting, schedules
from crawlers.adapters.context import PageContext, folded, home_organisation, home_served, page_key, record_id
from crawlers.adapters.coordinates import wgs84
from crawlers.adapters.jsonld_activity import without_mark
from crawlers.adapters.jsonld_values import place_of
from schemas.activity import Activity, Channel, Place, Point, Texts
from schemas.border import clean_line, plain_text
from schemas.codes import ChannelType, Status
from schemas.errors import ParseError
from schemas.schedule import Schedule
from schemas.source import slug

_MOST_EVENTS = 3_000
_STATUS = {"CANCELLED": Status.CANCELLED}
_ONLINE = ("zoom.us", "teams.microsoft", "meet.google", "teams.live")


def activities(body: bytes, context: PageContext) -> tuple[tuple[Activity, ...], tuple[str, ...]]:
    """The activities of a file and the reasons for events left out. Raises ParseError where it is no iCal."""
    events: dict[str, list[Component]] = {}
    bad: list[str] = []
    for number, event in enumerate(_events(body)):
        if number >= _MOST_EVENTS:
            bad.append(f"only {_MOST_EVENTS} events are read")
            break
        if _text(event, "CLASS").upper() in ("PRIVATE", "CONFIDENTIAL"):
            continue
        uid = _text(event, "UID") or f"{_text(event, 'SUMMARY')}-{event.get('DTSTART')}"
        events.setdefault(uid, []).append(event)
    shared = _shared_links(events)
    found: dict[str, Activity] = {}
    for uid, versions in events.items():
        try:
            made = _activity(uid, versions, context, shared)
        except (ValueError, TypeError, AttributeError, OverflowError, BrokenCalendarProperty) as error:
            bad.append(f"{uid[:60]}: {error}")
            continue
        if made is None:
            bad.append(f"{uid[:60]}: no title or no readable time")
        else:
            found.setdefault(made.id, made)
    return tuple(found.values()), tuple(bad)


def _events(body: bytes) -> Iterator[Component]:
    try:
        calendars = cast(Sequence[Component], Calendar.from_ical(mended(body), multiple=True))
    except (ValueError, InvalidCalendar, IndexError, KeyError, TypeError, AttributeError) as error:
        raise ParseError(f"iCal: {error}") from error
    if not calendars:
        raise ParseError("iCal: there is no calendar in the file")
    for calendar in calendars:
        called_off = _text(calendar, "METHOD").upper() == "CANCEL"
        for event in calendar.walk("VEVENT"):
            if called_off:
                event["STATUS"] = "CANCELLED"
            yield event


def _shared_links(events: dict[str, list[Component]]) -> set[str]:
    """Addresses that several events give although they are different things: they name none of them."""
    titles: dict[str, set[str]] = {}
    for versions in events.values():
        for event in versions:
            titles.setdefault(_text(event, "URL"), set()).add(folded(_text(event, "SUMMARY")))
    return {url for url, names in titles.items() if len(names) > 1}


def _activity(
    uid: str, versions: Sequence[Component], context: PageContext, shared: set[str]
) -> Activity | None:
    versions = _newest(versions)
    main = next((event for event in versions if event.get("RECURRENCE-ID") is None), versions[0])
    name = clean_line(_text(main, "SUMMARY"))
    times = _times(main, versions, context.fetched)
    if not name or not times:
        return None
    title, cancelled = without_mark(Texts(**{context.language: name}))
    link = _text(main, "URL")
    url = context.absolute(link) if link and link not in shared else None
    key = page_key(url) if url and page_key(url) != "index" else f"ical-{_short(uid)}"
    text = plain_text(_text(main, "DESCRIPTION"))
    return Activity(
        id=record_id(context.source, key),
        kind=None,
        title=title,
        description=Texts(**{context.language: text}) if text else Texts(),
        organisation=home_organisation(context.source),
        served=home_served(context.source, context.resolve),
        channels=(_channel(main, times, context),),
        keywords=_categories(main),
        status=Status.CANCELLED if cancelled else _STATUS.get(_text(main, "STATUS").upper(), Status.ACTIVE),
        provenance=context.provenance(key, url),
        example=context.source.example,
    )


def _times(main: Component, versions: Sequence[Component], now: dt.datetime) -> tuple[Schedule, ...]:
    moved: list[Meeting] = []
    replaced: list[dt.date] = []
    for event in versions:
        original = event.get("RECURRENCE-ID")
        if original is None:
            continue
        replaced.append(local_day(original.dt))
        found = None if _text(event, "STATUS").upper() == "CANCELLED" else meeting(event)
        if found is not None and not (_is_from_then_on(event) and found.day == local_day(original.dt)):
            moved.append(found)
    if main.get("RECURRENCE-ID") is not None:
        return tuple(dict.fromkeys(entry.schedule() for entry in moved))
    # Some programs write every meeting of a series as an event of the same name.
    others = (event for event in versions if event is not main and event.get("RECURRENCE-ID") is None)
    moved += [found for event in others if (found := meeting(event)) is not None]
    follows = next((event for event in versions if _is_from_then_on(event)), None)
    return schedules(main, tuple(replaced), tuple(moved), now, follows)


def _newest(versions: Sequence[Component]) -> Sequence[Component]:
    """The versions of one event without those that a later SEQUENCE takes the place of."""
    wholes = [event for event in versions if event.get("RECURRENCE-ID") is None]
    latest = max((_sequence(event) for event in wholes), default=0)
    old = {id(event) for event in wholes if _sequence(event) < latest}
    return [event for event in versions if id(event) not in old]


def _sequence(event: Component) -> int:
    text = _text(event, "SEQUENCE")
    return int(text) if text.isdecimal() else 0


def _is_from_then_on(event: Component) -> bool:
    original = event.get("RECURRENCE-ID")
    return original is not None and str(original.params.get("RANGE", "")).upper() == "THISANDFUTURE"


def _channel(event: Component, times: tuple[Schedule, ...], context: PageContext) -> Channel:
    location = clean_line(_text(event, "LOCATION"))
    text = f"{location} {_text(event, 'DESCRIPTION')}"
    if location.startswith(("http://", "https://")) or any(name in location for name in _ONLINE):
        return Channel(ChannelType.ONLINE, None, times, context.absolute(location.split()[0]))
    place = place_of(location, context) if location else None
    if place is None and any(name in text for name in _ONLINE):
        return Channel(ChannelType.ONLINE, None, times)
    place = place or Place()
    point = _point(event)
    if point is not None:
        place = Place(place.name, place.street, place.postcode, place.city, place.municipality, point)
    return Channel(ChannelType.PLACE, place, times)


def _point(event: Component) -> Point | None:
    geo = event.get("GEO")
    return wgs84(getattr(geo, "latitude", None), getattr(geo, "longitude", None)) if geo else None


def _categories(event: Component) -> tuple[str, ...]:
    found = event.get("CATEGORIES")
    groups: list[Any] = found if isinstance(found, list) else [found] if found else []
    names = (clean_line(str(name)) for group in groups for name in getattr(group, "cats", ()))
    return tuple(dict.fromkeys(name for name in names if name))


def _text(event: Component, name: str) -> str:
    value = event.get(name)
    if isinstance(value, list):
        value = value[0] if value else None
    return "" if value is None else str(value).strip()


def _short(uid: str) -> str:
    plain = slug(uid)
    return plain if len(plain) <= 48 else hashlib.blake2b(uid.encode(), digest_size=10).hexdigest()
