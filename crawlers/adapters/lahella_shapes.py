"""The shape of Lähellä.fi's activities, as far as we read it. Everything may be missing; more may come."""

from typing import Any

import msgspec

from crawlers.adapters.lenient import converted
from schemas.errors import ParseError


class Translation(msgspec.Struct, frozen=True):
    """Texts of one language; all but names are HTML."""

    name: str | None = None
    summary: str | None = None
    description: str | None = None
    pricing: str | None = None
    registration: str | None = None


class DayTimes(msgspec.Struct, frozen=True, rename="camel"):
    """Clock times on one weekday (1 = Monday)."""

    weekday: int | None = None
    start_time: str | None = None
    end_time: str | None = None


class Recurrence(msgspec.Struct, frozen=True, rename="camel"):
    """How an event repeats; `end` and `exclude` in epoch milliseconds or ISO dates."""

    period: str | None = None
    gap: str | None = None
    end: int | float | str | None = None
    exclude: list[int | float | str] | None = None
    day_specific_times: list[DayTimes] | None = None


class Event(msgspec.Struct, frozen=True, rename="camel"):
    """One rule of meeting; type 1 single, 2 chosen days, 3 range, 4 weekly."""

    start: int | float | str | None = None
    end: int | float | str | None = None
    time_zone: str | None = None
    type: str | int | None = None
    recurrence: Recurrence | None = None


class Address(msgspec.Struct, frozen=True, rename="camel"):
    """An address in one language."""

    street: str | None = None
    postal_code: str | None = None
    city: str | None = None
    state: str | None = None
    country: str | None = None


class ChannelTranslation(msgspec.Struct, frozen=True):
    """Address and HTML texts of a channel in one language."""

    address: Address | None = None
    summary: str | None = None
    registration: str | None = None


class Centre(msgspec.Struct, frozen=True):
    """GeoJSON point: [lon, lat]."""

    coordinates: list[float] | None = None


class Map(msgspec.Struct, frozen=True):
    """Where the map is centred."""

    center: Centre | None = None


class Channel(msgspec.Struct, frozen=True, rename="camel"):
    """One way, place and time to take part."""

    type: list[str] | str | None = None
    accessibility: list[str] | None = None
    map: Map | None = None
    translations: dict[str, ChannelTranslation | None] | None = None
    events: list[Event] | None = None
    registration_required: bool | None = None
    registration_url: str | None = None
    registration_email: str | None = None
    url: str | None = None


class ContactTranslation(msgspec.Struct, frozen=True):
    """What a contact is for."""

    description: str | None = None


class Contact(msgspec.Struct, frozen=True):
    """A way to reach somebody: email | phone | www."""

    type: str | None = None
    value: str | None = None
    translations: dict[str, ContactTranslation | None] | None = None


class Traits(msgspec.Struct, frozen=True, rename="camel"):
    """What an activity is; codes are kept as they come."""

    type: str | None = None
    translations: dict[str, Translation | None] | None = None
    theme: list[str] | None = None
    format: list[str] | None = None
    locale: list[str] | None = None
    demographic: list[str] | None = None
    region: list[str] | None = None
    pricing: list[str] | str | None = None
    photo: str | None = None
    photo_alt: str | None = None
    contacts: list[Contact] | None = None
    channels: list[Channel] | None = None
    organization: Any = None
    organisation: Any = None


class Visibility(msgspec.Struct, frozen=True):
    """When the activity is shown; epoch milliseconds."""

    start: int | float | None = None
    end: int | float | None = None


class Tags(msgspec.Struct, frozen=True):
    """Publishing data."""

    visibility: Visibility | None = None


class LahellaActivity(msgspec.Struct, frozen=True):
    """One activity."""

    key: str | int | None = msgspec.field(name="_key", default=None)
    id: str | int | None = None
    status: str | None = None
    tags: Tags | None = None
    traits: Traits | None = None
    organization: Any = None
    organisation: Any = None
    modified: int | float | str | None = None


class Listing(msgspec.Struct, frozen=True, rename="camel"):
    """One page of the listing; items are read one by one, so that a bad one costs only itself."""

    items: list[Any] | None = None
    total: int | None = None
    has_more: bool | None = None


def read_listing(body: bytes) -> Listing:
    """A page of the listing JSON: `items`, a list under another usual name, or alone. Raises ParseError."""
    try:
        found = msgspec.json.decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise ParseError(f"Lähellä.fi: {error}") from error
    if isinstance(found, list) and found:
        return Listing(items=found)
    if not isinstance(found, dict):
        raise ParseError("Lähellä.fi: the listing is neither an object nor a list of items")
    if isinstance(found.get("data"), dict) and "items" not in found:
        found = found["data"]
    items = next((found[name] for name in _LISTS if isinstance(found.get(name), list)), None)
    total = next((found[name] for name in _TOTALS if type(found.get(name)) is int), None)
    more = found.get("hasMore", found.get("has_more"))
    return Listing(items, total, more if isinstance(more, bool) else None)


_LISTS = ("items", "results", "activities", "data", "hits", "docs", "content", "nodes")
_TOTALS = ("total", "totalCount", "total_count", "count", "totalItems")


def read_item(item: Any) -> LahellaActivity:
    """One item of a listing or of page data. Raises ParseError with the field at fault."""
    return read_item_with_faults(item)[0]


def read_item_with_faults(item: Any) -> tuple[LahellaActivity, tuple[str, ...]]:
    """One item, and what of it was of no known kind and left out. Raises ParseError where it is no item."""
    try:
        return converted(_wrapped(item), LahellaActivity)
    except msgspec.ValidationError as error:
        raise ParseError(f"Lähellä.fi: {error}") from error


def _wrapped(item: Any) -> Any:
    """An item with its key and its traits where we look for them, though it was written flat."""
    if not isinstance(item, dict):
        return item
    key = next((item[name] for name in KEYS if item.get(name) is not None), None)
    flat = not isinstance(item.get("traits"), dict) and isinstance(item.get("translations"), dict)
    return {**item, "_key": key, "traits": item} if flat else {**item, "_key": key}


KEYS = ("_key", "key", "id", "_id", "uuid")
"""The names under which the key of an item has been seen or may come."""
