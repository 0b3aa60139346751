"""PTV open API v11: services with their channels and organisations → activities.

Pure: answers in, `Activity` values out. `crawlers.ptv_crawl` asks the questions. Traps known from the field:
`serviceChannels` null, coordinates in metres of EPSG:3067 or missing, lay words only in `keywords`.
"""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence

from crawlers.adapters.coordinates import wgs84
from crawlers.adapters.lenient import spoken
from crawlers.adapters.ptv_hours import schedules
from crawlers.adapters.ptv_shapes import (
    Address,
    Code,
    LanguageText,
    Organization,
    PhoneNumber,
    Service,
    ServiceChannel,
    moment,
)
from schemas.activity import (
    Activity,
    Channel,
    Contact,
    Link,
    Organisation,
    Place,
    Price,
    Provenance,
    RawCode,
    Registration,
    Served,
    Texts,
)
from schemas.border import checked_url, plain_text
from schemas.codes import AreaScope, ChannelType, ContactType, Kind, PriceKind, SourceKind, TargetGroup
from schemas.errors import InvalidRecord

LICENCE = "CC BY 4.0"
_PEER_CLASS = "P4.12"
_PRICE = {"FreeOfCharge": PriceKind.FREE, "Chargeable": PriceKind.PAID}
_GROUPS = {
    "KR1.1": (TargetGroup.OLDER_PEOPLE,),
    "KR1.2": (TargetGroup.CHILDREN, TargetGroup.FAMILIES),
    "KR1.3": (TargetGroup.YOUTH,),
    "KR1.4": (TargetGroup.LONG_TERM_ILL,),
    "KR1.6": (TargetGroup.DISABLED,),
}
_CHANNELS = {
    "ServiceLocation": ChannelType.PLACE,
    "EChannel": ChannelType.ONLINE,
    "WebPage": ChannelType.ONLINE,
    "Phone": ChannelType.PHONE,
}


def activity(
    service: Service,
    channels: Mapping[str, ServiceChannel],
    organisations: Mapping[str, Organization],
    *,
    source: str,
    fetched: dt.datetime,
    example: bool = False,
) -> Activity | None:
    """The activity of a service; None for what is not published. `channels` and `organisations` by id."""
    if not service.id or service.publishing_status not in (None, "Published"):
        return None
    title = _texts(service.service_names, "Name")
    if not title:
        return None
    linked = [link.service_channel.id for link in service.service_channels or () if link.service_channel]
    own = [channels[entry] for entry in linked if entry and entry in channels]
    own = [entry for entry in own if entry.publishing_status in (None, "Published")]
    classes = tuple(code.code for code in service.service_classes or () if code.code)
    descriptions = service.service_descriptions
    return Activity(
        id=f"{source}-{service.id}",
        kind=None if _PEER_CLASS in classes else Kind.SERVICE,
        title=title,
        summary=_texts(descriptions, "Summary"),
        description=_texts(descriptions, "Description"),
        organisation=_organisation(service, organisations),
        groups=_groups(service.target_groups),
        codes=_codes(service),
        languages=spoken(service.languages or ()),
        served=_served(service),
        channels=tuple(found for entry in own for found in _channel(entry)),
        price=Price(
            _PRICE.get(service.service_charge_type or "", PriceKind.UNKNOWN),
            _texts(descriptions, "ChargeTypeAdditionalInfo"),
        ),
        registration=Registration(info=_joined(descriptions, "UserInstruction", service.requirements)),
        contacts=_contacts(own),
        links=_links(own),
        keywords=tuple(dict.fromkeys(word.value for word in service.keywords or () if word.value)),
        provenance=(
            Provenance(
                source,
                SourceKind.PTV,
                service.id,
                fetched,
                url=f"https://www.suomi.fi/palvelut/{service.id}",
                licence=LICENCE,
                modified=moment(service.modified),
            ),
        ),
        example=example,
    )


def _texts(entries: Sequence[LanguageText] | None, kind: str | None = None) -> Texts:
    found: dict[str, str] = {}
    for entry in entries or ():
        if entry.value and entry.language in ("fi", "sv", "en") and kind in (None, entry.type):
            text = plain_text(entry.value)
            if text:
                found.setdefault(entry.language, text)
    return Texts(**found)


def _joined(
    descriptions: Sequence[LanguageText] | None, kind: str, more: Sequence[LanguageText] | None
) -> Texts:
    first, second = _texts(descriptions, kind), _texts(more)
    languages = {language for language, _ in (*first.items(), *second.items())}
    return Texts(
        **{
            language: "\n\n".join(
                dict.fromkeys(text for text in (_in(first, language), _in(second, language)) if text)
            )
            for language in languages
        }
    )


def _in(texts: Texts, language: str) -> str:
    return dict(texts.items()).get(language, "")


def _organisation(service: Service, organisations: Mapping[str, Organization]) -> Organisation | None:
    links = [link for link in service.organizations or () if link.organization]
    links.sort(key=lambda link: link.role_type != "Responsible")
    for link in links:
        assert link.organization is not None
        known = organisations.get(link.organization.id or "")
        name = (_texts(known.organization_names, "Name").best() if known else "") or link.organization.name
        if name:
            code = known.business_code if known else None
            return Organisation(
                name,
                business_id=code if code and re.fullmatch(r"\d{7}-\d", code) else None,
                url=next(
                    (url for page in (known.web_pages or () if known else ()) if (url := _url(page.url))),
                    None,
                ),
            )
    return None


def _groups(codes: Sequence[Code] | None) -> tuple[TargetGroup, ...]:
    given = (code.code or "" for code in codes or ())
    return tuple(dict.fromkeys(group for code in given for group in _GROUPS.get(code, ())))


def _codes(service: Service) -> tuple[RawCode, ...]:
    schemes: tuple[tuple[str, Sequence[Code] | None], ...] = (
        ("ptv-class", service.service_classes),
        ("ptv-group", service.target_groups),
        ("ptv-life-event", service.life_events),
    )
    found = [RawCode(scheme, code.code) for scheme, codes in schemes for code in codes or () if code.code]
    found += [RawCode("yso", term.uri) for term in service.ontology_terms or () if term.uri]
    return tuple(dict.fromkeys(found))


def _served(service: Service) -> Served:
    if service.area_type in ("Nationwide", "NationwideExceptAlandIslands"):
        return Served(AreaScope.NATIONAL)
    areas = service.areas or []
    codes = [
        town.code
        for area in areas
        for town in area.municipalities or ()
        if town.code and re.fullmatch(r"\d{3}", town.code)
    ]
    counties = [
        _texts(area.name).best() or area.code or ""
        for area in areas
        if area.type in ("WellbeingServiceCounties", "WellbeingServicesCounty")
    ]
    if any(counties):
        return Served(AreaScope.COUNTY, tuple(dict.fromkeys(codes)), tuple(filter(None, counties)))
    if codes:
        return Served(AreaScope.MUNICIPALITIES, tuple(dict.fromkeys(codes)))
    return Served()


def _channel(channel: ServiceChannel) -> Iterable[Channel]:
    kind = _CHANNELS.get(channel.service_channel_type or "")
    if kind is None:
        return
    info = _texts(channel.service_channel_descriptions, "Summary")
    hours = schedules(channel.service_hours or ())
    if kind is not ChannelType.PLACE:
        url = next((page for entry in _pages(channel) if (page := entry.url)), None)
        yield Channel(kind, url=url if kind is ChannelType.ONLINE else None, schedules=hours, info=info)
        return
    places = [_place(channel, address) for address in channel.addresses or () if address.type != "Postal"]
    for place in places or [Place(name=_texts(channel.service_channel_names, "Name").best() or None)]:
        yield Channel(kind, place=place, schedules=hours, info=info)


def _place(channel: ServiceChannel, address: Address) -> Place:
    name = _texts(channel.service_channel_names, "Name").best() or None
    street = address.street_address
    if street is None:
        return Place(name=name)
    line = " ".join(part for part in (_texts(street.street).best(), street.street_number) if part)
    code = street.municipality.code if street.municipality else None
    return Place(
        name=name,
        street=line or None,
        postcode=street.postal_code
        if street.postal_code and re.fullmatch(r"\d{5}", street.postal_code)
        else None,
        city=_texts(street.post_office).best() or None,
        municipality=code if code and re.fullmatch(r"\d{3}", code) else None,
        point=wgs84(street.latitude, street.longitude),
        directions=_texts(street.additional_information),
    )


def _contacts(channels: Sequence[ServiceChannel]) -> tuple[Contact, ...]:
    found: dict[tuple[str, str], Contact] = {}
    for channel in channels:
        for phone in (*(channel.phone_numbers or ()), *(channel.support_phones or ())):
            number = _number(phone)
            if number:
                text = Texts(fi=phone.additional_information) if phone.additional_information else Texts()
                found.setdefault(("phone", number), Contact(ContactType.PHONE, number, description=text))
        for mail in (*(channel.emails or ()), *(channel.support_emails or ())):
            if mail.value and "@" in mail.value:
                found.setdefault(("mail", mail.value.lower()), Contact(ContactType.EMAIL, mail.value.strip()))
    return tuple(found.values())


def _number(phone: PhoneNumber) -> str | None:
    if not phone.number or phone.type == "Fax":
        return None
    digits = re.sub(r"[^\d]", "", phone.number)
    if not phone.prefix_number:
        return digits or None
    return f"{phone.prefix_number.strip()}{digits.removeprefix('0')}"


def _pages(channel: ServiceChannel) -> tuple[Link, ...]:
    pages = [*(channel.web_pages or ()), *(channel.web_page or ())]
    return tuple(
        Link(url, Texts(fi=page.value) if page.value else Texts())
        for page in pages
        if (url := _url(page.url))
    )


def _links(channels: Sequence[ServiceChannel]) -> tuple[Link, ...]:
    return tuple({link.url: link for channel in channels for link in _pages(channel)}.values())


def _url(text: str | None) -> str | None:
    if not text:
        return None
    try:
        return checked_url(text.strip() if "://" in text else f"https://{text.strip()}", "url")
    except InvalidRecord:
        return None
