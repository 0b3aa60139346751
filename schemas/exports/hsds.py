"""Activities as HSDS 3.0 service objects (Open Referral UK and others read them)."""

import uuid
from collections.abc import Iterable
from typing import IO, Any

import msgspec

from schemas.activity import Activity, Channel, Place
from schemas.codes import AreaScope, ContactType, Frequency, PriceKind, Status
from schemas.schedule import WEEKDAYS, Schedule

_SPACE = uuid.UUID("6f1d4a52-6d0c-5f0e-9c1b-3d9a5b7a2c10")
_STATUS = {Status.ACTIVE: "active", Status.POSTPONED: "temporarily closed", Status.CANCELLED: "inactive"}

Json = dict[str, Any]


def identifier(*parts: str) -> str:
    """The UUID of an object: the same parts always give the same one."""
    return str(uuid.uuid5(_SPACE, "\x1f".join(parts)))


def write_hsds(activities: Iterable[Activity], stream: IO[bytes]) -> int:
    """One service object a line, as JSON in UTF-8; returns their number."""
    count = 0
    for activity in activities:
        stream.write(msgspec.json.encode(hsds_service(activity)) + b"\n")
        count += 1
    return count


def hsds_service(activity: Activity, language: str = "fi") -> Json:
    """One service with its organisation, places, times and contacts; unknown fields are left out."""
    key = activity.id
    dates = activity.freshness
    ages = [age for age in activity.ages if age.low is not None or age.high is not None]
    emails = [entry.value for entry in activity.contacts if entry.type is ContactType.EMAIL]
    return _present(
        {
            "id": identifier("service", key),
            "name": activity.title.best(language),
            "description": activity.description.best(language) or activity.summary.best(language),
            "url": activity.url,
            "email": emails[0] if emails else None,
            "status": _STATUS.get(activity.status, "defunct"),
            "application_process": activity.registration.info.best(language),
            "fees_description": activity.price.info.best(language),
            "minimum_age": min((age.low or 0 for age in ages), default=None),
            "maximum_age": _oldest([age.high for age in ages]),
            "assured_date": dates.confirmed and dates.confirmed.date().isoformat(),
            "last_modified": dates.changed and dates.changed.isoformat(),
            "organization": _organisation(activity),
            "phones": _phones(activity),
            "schedules": [
                _schedule(schedule, key, str(number)) for number, schedule in enumerate(_placeless(activity))
            ],
            "service_areas": _areas(activity),
            "service_at_locations": [
                _at_location(activity, channel, number)
                for number, channel in enumerate(activity.channels)
                if channel.place
            ],
            "languages": [
                {"id": identifier("language", key, code), "code": code} for code in activity.languages
            ],
            "cost_options": _costs(activity),
            "attributes": _attributes(activity),
        }
    )


def _present(data: Json) -> Json:
    return {key: value for key, value in data.items() if value not in (None, "", [], {})}


def _oldest(highs: list[int | None]) -> int | None:
    known = [high for high in highs if high is not None]
    return max(known) if known and len(known) == len(highs) else None


def _organisation(activity: Activity) -> Json | None:
    owner = activity.organisation
    if owner is None:
        return None
    return _present(
        {
            "id": identifier("organization", owner.business_id or owner.name),
            "name": owner.name,
            "description": owner.name,  # required by HSDS; nothing more is known of it here
            "website": owner.url,
            "tax_id": owner.business_id,
        }
    )


def _phones(activity: Activity) -> list[Json]:
    return [
        _present(
            {
                "id": identifier("phone", activity.id, contact.value),
                "number": contact.value,
                "description": contact.description.best(),
            }
        )
        for contact in activity.contacts
        if contact.type is ContactType.PHONE
    ]


def _placeless(activity: Activity) -> list[Schedule]:
    return [entry for channel in activity.channels if not channel.place for entry in channel.schedules]


def _at_location(activity: Activity, channel: Channel, number: int) -> Json:
    key = activity.id
    assert channel.place is not None
    return _present(
        {
            "id": identifier("service_at_location", key, str(number)),
            "service_id": identifier("service", key),
            "description": channel.info.best(),
            "location": _location(channel.place, key, number),
            "schedules": [
                _schedule(schedule, key, f"{number}.{place}")
                for place, schedule in enumerate(channel.schedules)
            ],
        }
    )


def _location(place: Place, key: str, number: int) -> Json:
    address = {
        "id": identifier("address", key, str(number)),
        "address_1": place.street or "",
        "city": place.city or "",
        "state_province": "",
        "postal_code": place.postcode or "",
        "country": "FI",
        "address_type": "physical",
    }
    return _present(
        {
            "id": identifier("location", key, str(number)),
            "location_type": "physical",
            "name": place.name,
            "transportation": place.directions.best(),
            "latitude": place.point.lat if place.point else None,
            "longitude": place.point.lon if place.point else None,
            "addresses": [address] if place.street or place.city else [],
            "accessibility": [
                {"id": identifier("accessibility", key, str(number), code), "description": str(code)}
                for code in place.accessibility
            ],
        }
    )


def _schedule(schedule: Schedule, key: str, number: str) -> Json:
    recurring = schedule.frequency in {Frequency.WEEKLY, Frequency.MONTHLY}
    days = schedule.weekday_codes()
    # HSDS knows weekly and monthly rules: every day is a week of seven days.
    daily = schedule.frequency is Frequency.DAILY and schedule.interval == 1
    return _present(
        {
            "id": identifier("schedule", key, number),
            "dtstart": schedule.start and schedule.start.isoformat(),
            "until": schedule.end and schedule.end.isoformat(),
            "wkst": "MO",
            "freq": schedule.frequency.upper() if recurring else ("WEEKLY" if daily else None),
            "interval": schedule.interval if recurring else None,
            "byday": ",".join(WEEKDAYS if daily else days),
            "bymonthday": ",".join(map(str, schedule.month_days)),
            "description": schedule.text,
            "opens_at": schedule.start_time and f"{schedule.start_time:%H:%M}",
            "closes_at": schedule.end_time and f"{schedule.end_time:%H:%M}",
        }
    )


def _areas(activity: Activity) -> list[Json]:
    served = activity.served
    named = [("municipality", code) for code in served.municipalities]
    named += [("county", name) for name in served.counties]
    if served.scope is AreaScope.NATIONAL:
        named.append(("country", "FI"))
    return [
        {"id": identifier("service_area", activity.id, kind, name), "name": name, "extent_type": kind}
        for kind, name in named
    ]


def _costs(activity: Activity) -> list[Json]:
    if activity.price.kind is PriceKind.UNKNOWN:
        return []
    free = activity.price.kind is PriceKind.FREE
    option = {
        "id": identifier("cost_option", activity.id),
        "option": str(activity.price.kind),
        "amount": 0 if free else None,
        "currency": "EUR",
        "amount_description": activity.price.info.best(),
    }
    return [_present(option)]


def _attributes(activity: Activity) -> list[Json]:
    terms = [("vierelle-kind", str(activity.kind))] if activity.kind else []
    terms += [("vierelle-need", need) for need in activity.needs]
    terms += [("vierelle-group", str(group)) for group in activity.groups]
    service = identifier("service", activity.id)
    return [
        {
            "id": identifier("attribute", activity.id, taxonomy, code),
            "link_id": service,
            "link_entity": "service",
            "value": code,
            "taxonomy_term": {
                "id": identifier("taxonomy_term", taxonomy, code),
                "code": code,
                "name": code,
                "description": code,
                "taxonomy": taxonomy,
            },
        }
        for taxonomy, code in terms
    ]
