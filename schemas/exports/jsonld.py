"""One activity as schema.org JSON-LD, safe to stand inside a page's script element."""

import datetime as dt
from typing import Any

import msgspec

from schemas.activity import Activity, Channel, Place
from schemas.codes import ChannelType, ContactType, Frequency, Kind, PriceKind, Status
from schemas.occurrences import occurrences
from schemas.schedule import Schedule

_EVENTS = {Kind.EVENT, Kind.COURSE, Kind.ADAPTATION_COURSE, Kind.FIRST_INFORMATION}
_STATUS = {
    Status.ACTIVE: "https://schema.org/EventScheduled",
    Status.CANCELLED: "https://schema.org/EventCancelled",
    Status.POSTPONED: "https://schema.org/EventPostponed",
}
_MODES = {ChannelType.ONLINE: "Online", ChannelType.PLACE: "Offline", ChannelType.HYBRID: "Mixed"}
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_PERIODS = {Frequency.DAILY: "D", Frequency.WEEKLY: "W", Frequency.MONTHLY: "M"}

Json = dict[str, Any]


def jsonld(activity: Activity, url: str, language: str = "fi") -> str:
    """JSON-LD text: an Event where it meets on known days, else a Service. `url` is our page of it."""
    data: Json = {
        "@context": "https://schema.org",
        "@id": url,
        "url": url,
        "name": activity.title.best(language),
        "inLanguage": language,
        "description": activity.description.best(language) or activity.summary.best(language),
        "sameAs": activity.url,
        "isAccessibleForFree": {PriceKind.FREE: True, PriceKind.PAID: False}.get(activity.price.kind),
    }
    owner = _organisation(activity)
    if activity.kind in _EVENTS and _first(activity):
        data |= _event(activity) | {"@type": "Event", "organizer": owner}
    else:
        data |= _service(activity) | {"@type": "Service", "provider": owner}
    text = msgspec.json.encode(_present(data)).decode()
    # No text of a source may end the script element or open a comment in it.
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _present(value: Any) -> Any:
    """Without empty values: unknown is left out."""
    if isinstance(value, dict):
        kept = {key: _present(item) for key, item in value.items()}
        return {key: item for key, item in kept.items() if item not in (None, "", [], {})}
    if isinstance(value, list):
        return [_present(item) for item in value]
    return value


def _first(activity: Activity) -> Schedule | None:
    return next((entry for entry in activity.schedules() if entry.start or entry.dates), None)


def _event(activity: Activity) -> Json:
    schedule = _first(activity)
    assert schedule is not None
    told = min((*schedule.dates, *filter(None, (schedule.start,))))
    meeting = next(occurrences(schedule, told, told + dt.timedelta(days=400)), None)
    first = meeting.day if meeting else told  # a season may start on another day than its first meeting
    last = schedule.end if schedule.frequency is Frequency.RANGE else None
    modes = {mode for channel in activity.channels if (mode := _MODES.get(channel.type))}
    mode = modes.pop() if len(modes) == 1 else ("Mixed" if modes else None)
    return {
        "startDate": _moment(first, schedule.start_time),
        "endDate": _end(schedule, first) if last is None else last.isoformat(),
        "eventStatus": _STATUS.get(activity.status),
        "eventAttendanceMode": mode and f"https://schema.org/{mode}EventAttendanceMode",
        "location": [_location(channel) for channel in activity.channels if channel.place or channel.url],
        "eventSchedule": [_schedule(entry) for entry in activity.schedules() if entry.frequency in _PERIODS],
    }


def _end(schedule: Schedule, first: dt.date) -> str | None:
    if schedule.end_time is None:
        return None
    past_midnight = schedule.start_time is not None and schedule.end_time < schedule.start_time
    return _moment(first + dt.timedelta(days=past_midnight), schedule.end_time)


def _moment(day: dt.date, clock: dt.time | None) -> str:
    return day.isoformat() if clock is None else f"{day.isoformat()}T{clock:%H:%M}"


def _service(activity: Activity) -> Json:
    return {
        "serviceType": activity.kind,
        "areaServed": [*activity.served.counties],
        "hoursAvailable": [
            {
                "@type": "OpeningHoursSpecification",
                "dayOfWeek": [f"https://schema.org/{_DAYS[day.day]}" for day in entry.weekdays],
                "opens": entry.start_time and f"{entry.start_time:%H:%M}",
                "closes": entry.end_time and f"{entry.end_time:%H:%M}",
                "validFrom": entry.start and entry.start.isoformat(),
                "validThrough": entry.end and entry.end.isoformat(),
            }
            for entry in activity.schedules()
            if entry.frequency is Frequency.WEEKLY and entry.weekdays and entry.interval == 1
        ],
        "availableChannel": [
            {
                "@type": "ServiceChannel",
                "serviceUrl": channel.url,
                "serviceLocation": _place(channel.place) if channel.place else None,
            }
            for channel in activity.channels
            if channel.place or channel.url
        ],
    }


def _organisation(activity: Activity) -> Json | None:
    owner = activity.organisation
    if owner is None:
        return None
    points = [
        {
            "@type": "ContactPoint",
            "telephone": contact.value if contact.type is ContactType.PHONE else None,
            "email": contact.value if contact.type is ContactType.EMAIL else None,
        }
        for contact in activity.contacts
        if contact.type is not ContactType.WEB
    ]
    return {
        "@type": "Organization",
        "name": owner.name,
        "url": owner.url,
        "taxID": owner.business_id,
        "contactPoint": points,
    }


def _location(channel: Channel) -> Json:
    return _place(channel.place) if channel.place else {"@type": "VirtualLocation", "url": channel.url}


def _place(place: Place) -> Json:
    point = place.point
    return {
        "@type": "Place",
        "name": place.name,
        "address": {
            "@type": "PostalAddress",
            "streetAddress": place.street,
            "postalCode": place.postcode,
            "addressLocality": place.city,
            "addressCountry": "FI",
        },
        "geo": point and {"@type": "GeoCoordinates", "latitude": point.lat, "longitude": point.lon},
    }


def _schedule(schedule: Schedule) -> Json:
    return {
        "@type": "Schedule",
        "repeatFrequency": f"P{schedule.interval}{_PERIODS[schedule.frequency]}",
        "byDay": schedule.weekday_codes(),
        "byMonthDay": list(schedule.month_days),
        "startDate": schedule.start and schedule.start.isoformat(),
        "endDate": schedule.end and schedule.end.isoformat(),
        "startTime": schedule.start_time and f"{schedule.start_time:%H:%M}",
        "endTime": schedule.end_time and f"{schedule.end_time:%H:%M}",
        "exceptDate": [day.isoformat() for day in schedule.exceptions],
        "scheduleTimezone": schedule.timezone,
    }
