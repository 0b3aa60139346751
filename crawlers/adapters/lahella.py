"""Lähellä.fi: listing JSON and the pages' `__NEXT_DATA__` → activities. Pure.

Kept: all three types (hobby, support, voluntary), every code, known or not. Left out: drafts, expired and
pending announcements. The service's public read path has never been met live; see `docs/sources.md`.
"""

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bs4 import BeautifulSoup

from crawlers.adapters import lahella_shapes as shapes
from crawlers.adapters.coordinates import wgs84
from crawlers.adapters.lahella_codes import Resolve, demographic, groups, raw_codes, served
from crawlers.adapters.lahella_times import schedules
from crawlers.adapters.lenient import spoken
from schemas.activity import (
    Activity,
    Channel,
    Contact,
    Organisation,
    Place,
    Price,
    Provenance,
    Registration,
    Texts,
)
from schemas.border import checked_url, plain_text
from schemas.codes import (
    Accessibility,
    ChannelType,
    ContactType,
    Kind,
    PriceKind,
    SourceKind,
    TargetGroup,
)
from schemas.errors import InvalidRecord, ParseError
from schemas.source import Source

_PUSHED = re.compile(r"__next_f\.push\((\[.*?\])\)\s*(?:;|$)", re.DOTALL)
_ACCESSIBILITY = {
    "ac_wheelchair": Accessibility.WHEELCHAIR,
    "ac_rollator": Accessibility.ROLLATOR,
    "ac_inductionloop": Accessibility.INDUCTION_LOOP,
    "ac_itoilet": Accessibility.ACCESSIBLE_TOILET,
    "ac_parking": Accessibility.ACCESSIBLE_PARKING,
}
_FORMATS = {
    "hm_kohtaamispaikka": Kind.MEETING_PLACE,
    "hm_oleskelu": Kind.MEETING_PLACE,
    "hm_harrastukset": Kind.HOBBY_GROUP,
    "hm_tilaisuudet": Kind.EVENT,
    "hm_esitykset": Kind.EVENT,
    "hm_nayttelyt": Kind.EVENT,
}
_CONTACTS = {"email": ContactType.EMAIL, "phone": ContactType.PHONE, "www": ContactType.WEB}
_LANGUAGES = {
    "fisl": "fse",
    "fi-FI": "fi",
    "se-SE": "se",
    "so-SO": "so",
    "uk-UA": "uk",
    "et-EE": "et",
    "ru-RU": "ru",
}


def activity(
    item: shapes.LahellaActivity, source: Source, resolve: Resolve, fetched: dt.datetime
) -> Activity | None:
    """The activity of an item; None for drafts, expired and pending ones. Raises ParseError if unnamed."""
    traits = item.traits
    key = item.key if item.key is not None else item.id
    if traits is None or key is None:
        raise ParseError("Lähellä.fi: an item without key or traits")
    if not published(item, fetched):
        return None
    translations = traits.translations or {}
    title = _texts(translations, "name")
    if not title:
        raise ParseError(f"Lähellä.fi: {key} has no name")
    ages, genders = demographic(traits.demographic or ())
    url = source.paths.get("page", "")
    return Activity(
        id=f"{source.id}-{key}",
        kind=_kind(traits),
        title=title,
        summary=_texts(translations, "summary"),
        description=_texts(translations, "description"),
        organisation=_organisation(item),
        groups=groups(ages),
        codes=raw_codes(traits),
        ages=() if groups(ages) == (TargetGroup.EVERYONE,) else ages,
        genders=genders,
        languages=spoken(_LANGUAGES.get(code, code) for code in traits.locale or ()),
        served=served(traits.region, resolve),
        channels=tuple(found for entry in traits.channels or () for found in _channel(entry, resolve)),
        price=_price(traits, translations),
        registration=_registration(traits, translations),
        contacts=_contacts(traits.contacts or ()),
        provenance=(
            Provenance(
                source.id,
                SourceKind.LAHELLA,
                str(key),
                fetched,
                url=_url(url.replace("{key}", str(key))) if url else None,
                licence=source.licence,
            ),
        ),
        example=source.example,
    )


def published(item: shapes.LahellaActivity, now: dt.datetime) -> bool:
    """Whether the announcement is out: by its status, and by its visibility in any case."""
    if item.status not in (None, "", "published"):
        return False
    visibility = item.tags.visibility if item.tags else None
    if visibility is None:
        return True
    epoch = now.timestamp() * 1000
    starts, ends = visibility.start or 0, visibility.end or 0
    return starts <= epoch and (ends == 0 or ends > epoch)


def page_items(html: str) -> Iterator[Any]:
    """Items with `traits` anywhere in a page's `__NEXT_DATA__`, in document order; none where it has none."""
    soup = BeautifulSoup(html, "lxml")
    script = soup.find("script", id="__NEXT_DATA__")
    if script is None:
        yield from _with_traits(_streamed(soup))
        return
    try:
        data = json.loads(script.get_text())
    except (ValueError, RecursionError) as error:
        raise ParseError(f"Lähellä.fi: page data is no JSON: {error}") from error
    yield from _with_traits(data)


def _streamed(soup: BeautifulSoup) -> list[Any]:
    """The data of newer Next.js pages, which write it in pieces: `self.__next_f.push([1, "…"])`."""
    text = ""
    for script in soup.find_all("script"):
        for found in _PUSHED.finditer(script.get_text()):
            try:
                piece = json.loads(found[1])
            except (ValueError, RecursionError):
                continue
            text += (
                "".join(part for part in piece if isinstance(part, str)) if isinstance(piece, list) else ""
            )
    return [value for line in text.split("\n") if (value := _row(line)) is not None]


def _row(line: str) -> Any:
    """The value of a line such as `1f:["$", …]`; None where it is no JSON."""
    begin = min((at for mark in "{[" if (at := line.find(mark)) >= 0), default=-1)
    if begin < 0 or ('"traits"' not in line and '"translations"' not in line):
        return None
    try:
        return json.JSONDecoder().raw_decode(line, begin)[0]
    except (ValueError, RecursionError):
        return None


def _with_traits(value: Any) -> Iterator[Any]:
    stack = [value]
    while stack:
        entry = stack.pop()
        if isinstance(entry, dict):
            named = any(entry.get(name) is not None for name in shapes.KEYS)
            flat = isinstance(entry.get("translations"), dict) and isinstance(entry.get("channels"), list)
            if named and (isinstance(entry.get("traits"), dict) or flat):
                yield entry
            else:
                stack.extend(reversed(entry.values()))
        elif isinstance(entry, list):
            stack.extend(reversed(entry))
        elif isinstance(entry, str) and entry[:1] in ("{", "[") and '"traits"' in entry:
            try:
                stack.append(json.loads(entry))  # JSON written into JSON as a text
            except (ValueError, RecursionError):
                continue


def _texts(translations: Mapping[str, Any], field: str) -> Texts:
    found = {}
    for language in ("fi", "sv", "en"):
        html = getattr(translations.get(language), field, None)
        if html and (text := plain_text(html)):
            found[language] = text
    return Texts(**found)


def _kind(traits: shapes.Traits) -> Kind | None:
    if traits.type == "voluntary":
        return Kind.VOLUNTEER_TASK
    kinds = {_FORMATS[code] for code in traits.format or () if code in _FORMATS}
    return kinds.pop() if len(kinds) == 1 else None


def _channel(channel: shapes.Channel, resolve: Resolve) -> Iterator[Channel]:
    types = [channel.type] if isinstance(channel.type, str) else channel.type or []
    known = [ChannelType(name) for name in types if name in set(ChannelType)]
    texts = channel.translations or {}
    times = schedules(channel.events or ())
    for kind in known or ([ChannelType.PLACE] if _address(texts) else []):
        place = _place(channel, texts, resolve) if kind in (ChannelType.PLACE, ChannelType.HYBRID) else None
        yield Channel(
            kind, place=place, schedules=times, url=_url(channel.url), info=_texts(texts, "summary")
        )


def _address(texts: Mapping[str, shapes.ChannelTranslation | None]) -> shapes.Address | None:
    for language in ("fi", "sv", "en"):
        found = texts.get(language)
        if found and found.address:
            return found.address
    return None


def _place(
    channel: shapes.Channel, texts: Mapping[str, shapes.ChannelTranslation | None], resolve: Resolve
) -> Place:
    address = _address(texts) or shapes.Address()
    centre = channel.map.center if channel.map else None
    coordinates = (centre.coordinates if centre else None) or []
    point = wgs84(coordinates[1], coordinates[0]) if len(coordinates) == 2 else None
    code = address.postal_code
    return Place(
        street=plain_text(address.street or "") or None,
        postcode=code if code and re.fullmatch(r"\d{5}", code) else None,
        city=address.city or None,
        municipality=resolve(address.city) if address.city else None,
        point=point,
        accessibility=tuple(
            _ACCESSIBILITY[code] for code in channel.accessibility or () if code in _ACCESSIBILITY
        ),
    )


def _price(traits: shapes.Traits, translations: Mapping[str, Any]) -> Price:
    codes = {traits.pricing} if isinstance(traits.pricing, str) else set(traits.pricing or ())
    kinds = [PriceKind(code) for code in ("free", "paid") if code in codes]
    return Price(kinds[0] if len(kinds) == 1 else PriceKind.UNKNOWN, _texts(translations, "pricing"))


def _registration(traits: shapes.Traits, translations: Mapping[str, Any]) -> Registration:
    channels = traits.channels or []
    told = {entry.registration_required for entry in channels if entry.registration_required is not None}
    info = _texts(translations, "registration")
    if not info:
        info = next(
            (text for entry in channels if (text := _texts(entry.translations or {}, "registration"))), info
        )
    return Registration(
        required=told.pop() if len(told) == 1 else None,
        info=info,
        url=next((url for entry in channels if (url := _url(entry.registration_url))), None),
        email=next((entry.registration_email for entry in channels if entry.registration_email), None),
    )


def _contacts(contacts: Sequence[shapes.Contact]) -> tuple[Contact, ...]:
    found = []
    for contact in contacts:
        kind = _CONTACTS.get(contact.type or "")
        value = (contact.value or "").strip()
        if kind is ContactType.WEB:
            value = _url(value) or ""
        if kind and value:
            found.append(Contact(kind, value, description=_texts(contact.translations or {}, "description")))
    return tuple(found)


def _organisation(item: shapes.LahellaActivity) -> Organisation | None:
    """The publisher, wherever the answer puts it: a name, or an object with a name and a Y-tunnus."""
    traits = item.traits
    for value in (
        item.organization,
        item.organisation,
        traits and traits.organization,
        traits and traits.organisation,
    ):
        if isinstance(value, str) and value.strip():
            return Organisation(value.strip())
        if isinstance(value, dict):
            found = _organisation_object(value)
            if found is not None:
                return found
    return None


def _organisation_object(value: Mapping[str, Any]) -> Organisation | None:
    name = value.get("name")
    if isinstance(name, dict):
        name = name.get("fi") or name.get("sv") or name.get("en")
    if not isinstance(name, str) or not name.strip():
        return None
    code = value.get("businessId") or value.get("business_id") or ""
    url = value.get("url") or value.get("website")
    return Organisation(
        name.strip(),
        business_id=code if isinstance(code, str) and re.fullmatch(r"\d{7}-\d", code) else None,
        url=_url(url) if isinstance(url, str) else None,
    )


def _url(text: str | None) -> str | None:
    if not text or not text.strip():
        return None
    try:
        return checked_url(text.strip() if ":" in text else f"https://{text.strip()}", "url")
    except InvalidRecord:
        return None
