"""The part of PTV's open API v11 that we read: every field may be missing or null, more may come."""

import datetime as dt
from typing import Any, TypeVar

import msgspec

from crawlers.adapters.lenient import converted
from schemas.errors import ParseError


class LanguageText(msgspec.Struct, frozen=True):
    """A text in one language; `type` tells which (Name, Summary, Description …)."""

    language: str | None = None
    value: str | None = None
    type: str | None = None


class Code(msgspec.Struct, frozen=True):
    """A code of a classification: service class, target group, life event, ontology term, municipality."""

    code: str | None = None
    uri: str | None = None
    name: list[LanguageText] | None = None


class AreaShape(msgspec.Struct, frozen=True):
    """A served area: municipalities, or a wellbeing services county with its municipalities."""

    type: str | None = None
    code: str | None = None
    name: list[LanguageText] | None = None
    municipalities: list[Code] | None = None


class Reference(msgspec.Struct, frozen=True):
    """A link to another PTV object."""

    id: str | None = None
    name: str | None = None


class ServiceChannelLink(msgspec.Struct, frozen=True, rename="camel"):
    """A service's link to a channel."""

    service_channel: Reference | None = None


class OrganizationLink(msgspec.Struct, frozen=True, rename="camel"):
    """A service's link to an organisation with its role."""

    organization: Reference | None = None
    role_type: str | None = None


class Service(msgspec.Struct, frozen=True, rename="camel"):
    """One PTV service."""

    id: str | None = None
    publishing_status: str | None = None
    modified: str | None = None
    service_names: list[LanguageText] | None = None
    service_descriptions: list[LanguageText] | None = None
    service_charge_type: str | None = None
    requirements: list[LanguageText] | None = None
    service_classes: list[Code] | None = None
    ontology_terms: list[Code] | None = None
    target_groups: list[Code] | None = None
    life_events: list[Code] | None = None
    languages: list[str] | None = None
    keywords: list[LanguageText] | None = None
    area_type: str | None = None
    areas: list[AreaShape] | None = None
    service_channels: list[ServiceChannelLink] | None = None
    organizations: list[OrganizationLink] | None = None


class PhoneNumber(msgspec.Struct, frozen=True, rename="camel"):
    """A phone number of a channel; `type` Phone | Sms | Fax."""

    prefix_number: str | None = None
    number: str | None = None
    language: str | None = None
    type: str | None = None
    additional_information: str | None = None


class WebPage(msgspec.Struct, frozen=True):
    """A web address of a channel."""

    url: str | None = None
    value: str | None = None
    language: str | None = None


class StreetAddress(msgspec.Struct, frozen=True, rename="camel"):
    """A street address; coordinates are texts, in EPSG:3067 metres or WGS84 degrees."""

    street: list[LanguageText] | None = None
    street_number: str | None = None
    postal_code: str | None = None
    post_office: list[LanguageText] | None = None
    municipality: Code | None = None
    additional_information: list[LanguageText] | None = None
    latitude: str | float | None = None
    longitude: str | float | None = None


class Address(msgspec.Struct, frozen=True, rename="camel"):
    """An address of a location; `type` Location | Postal."""

    type: str | None = None
    street_address: StreetAddress | None = None


class OpeningHour(msgspec.Struct, frozen=True, rename="camel"):
    """Opening on a day or from day to day; clock times as HH:MM:SS."""

    day_from: str | None = None
    day_to: str | None = None
    from_: str | None = msgspec.field(name="from", default=None)
    to: str | None = None


class ServiceHour(msgspec.Struct, frozen=True, rename="camel"):
    """Opening hours, valid between two moments where given."""

    service_hour_type: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    is_closed: bool | None = None
    opening_hour: list[OpeningHour] | None = None


class ServiceChannel(msgspec.Struct, frozen=True, rename="camel"):
    """One PTV channel: ServiceLocation | EChannel | WebPage | Phone | PrintableForm."""

    id: str | None = None
    service_channel_type: str | None = None
    publishing_status: str | None = None
    service_channel_names: list[LanguageText] | None = None
    service_channel_descriptions: list[LanguageText] | None = None
    addresses: list[Address] | None = None
    phone_numbers: list[PhoneNumber] | None = None
    support_phones: list[PhoneNumber] | None = None
    emails: list[LanguageText] | None = None
    support_emails: list[LanguageText] | None = None
    web_pages: list[WebPage] | None = None
    web_page: list[WebPage] | None = None
    service_hours: list[ServiceHour] | None = None


class Organization(msgspec.Struct, frozen=True, rename="camel"):
    """One PTV organisation."""

    id: str | None = None
    business_code: str | None = None
    organization_type: str | None = None
    organization_names: list[LanguageText] | None = None
    web_pages: list[WebPage] | None = None


class IdPage(msgspec.Struct, frozen=True, rename="camel"):
    """One page of a list: ids only, or with type objects in `itemList`."""

    page_number: int = 1
    page_count: int = 1
    item_list: list[Reference] | None = None

    def ids(self) -> tuple[str, ...]:
        """The ids of this page."""
        return tuple(item.id for item in self.item_list or () if item.id)


_Shape = TypeVar("_Shape")


def read_page(body: bytes) -> IdPage:
    """A page of ids. Raises ParseError."""
    page: IdPage = _decode(body, IdPage)
    return page


def read_list(body: bytes, shape: type[_Shape]) -> tuple[tuple[_Shape, ...], tuple[str, ...]]:
    """Objects of a list answer (or of one page with `itemList`) and the reasons for what was left out.

    Raises ParseError where the answer is no list at all.
    """
    value: Any = _decode(body, Any)
    if isinstance(value, dict):
        value = value.get("itemList") or value.get("items") or [value]
    if not isinstance(value, list):
        raise ParseError("PTV: the answer is no list")
    good: list[_Shape] = []
    bad: list[str] = []
    for item in value:
        try:
            found, faults = converted(item, shape)
        except msgspec.ValidationError as error:
            name = item.get("id", "?") if isinstance(item, dict) else "?"
            bad.append(f"{name}: {error}")
            continue
        good.append(found)
        bad += [f"{item.get('id', '?') if isinstance(item, dict) else '?'}: {fault}" for fault in faults]
    return tuple(good), tuple(bad)


def _decode(body: bytes, shape: type[_Shape] | Any) -> Any:
    try:
        return msgspec.json.decode(body, type=shape)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise ParseError(f"PTV: {error}") from error


def moment(text: str | None) -> dt.datetime | None:
    """PTV's `modified`, which is UTC without saying so."""
    if not text:
        return None
    try:
        found = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=dt.UTC)
