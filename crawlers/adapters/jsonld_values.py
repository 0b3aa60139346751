"""Values of schema.org's properties → our values: texts, places, prices, contacts, pictures. Pure."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from crawlers.adapters.context import PageContext, language_of, split_address
from crawlers.adapters.coordinates import wgs84
from crawlers.adapters.jsonld import Node, bare, first, types, values
from schemas.activity import Ages, Contact, Image, Organisation, Place, Price, Texts
from schemas.border import clean_line, plain_text
from schemas.codes import ContactType, PriceKind

_BUSINESS_ID = re.compile(r"\b(\d{7}-\d)\b")
_AGE_RANGE = re.compile(r"\s*(\d{1,3})?\s*[-–—]?\s*(\d{1,3})?\s*\+?\s*(?:v\.?|vuotiaat)?\s*\Z")
_TRUE = {"true", "1", "yes", "kyllä"}
_FALSE = {"false", "0", "no", "ei"}


def text_of(value: Any) -> str:
    """Plain text of a text value, a number, or an object with a name; empty where there is none."""
    if isinstance(value, Mapping):
        return text_of(first(value, "name", "@value", "text"))
    if isinstance(value, list | tuple):
        return next((text for entry in value if (text := text_of(entry))), "")
    return (
        plain_text(str(value)) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
    )


def line_of(value: Any) -> str:
    """As `text_of`, on one line."""
    return clean_line(text_of(value))


def texts(node: Node, name: str, context: PageContext, language: str) -> Texts:
    """A text property by language: language maps (`{"@value", "@language"}`) or the node's own language."""
    found: dict[str, str] = {}
    raw = node.get(name)
    for entry in raw if isinstance(raw, list | tuple) else (raw,):
        tongue = language
        if isinstance(entry, Mapping) and "@value" in entry:
            tongue = language_of(entry.get("@language"), language)
            entry = entry["@value"]
        if text := text_of(entry):
            found.setdefault(tongue, text)
    return Texts(**found)


def truth(value: Any) -> bool | None:
    """True or False as people write them, None where it is neither."""
    if isinstance(value, bool):
        return value
    word = bare(str(value)).lower() if value is not None else ""
    return True if word in _TRUE else False if word in _FALSE else None


def places(node: Node, context: PageContext) -> tuple[tuple[Place, ...], tuple[str, ...], bool]:
    """(meeting places, addresses of online meetings, whether it meets online) of `location`."""
    found: list[Place] = []
    links: list[str] = []
    online = False
    told = values(node, "location")
    if len(told) > 1 and all(isinstance(value, str) and "://" not in value for value in told):
        told = (", ".join(told),)  # a name and the lines of its address
    for value in told:
        if isinstance(value, Mapping) and "VirtualLocation" in types(value):
            online = True
            if link := context.absolute(first(value, "url", "sameAs", "@id")):
                links.append(link)
        elif isinstance(value, str) and value.strip().startswith(("http://", "https://")):
            online = True
            links.extend(filter(None, (context.absolute(value),)))
        elif place := place_of(value, context):
            found.append(place)
    return tuple(found), tuple(links), online


def place_of(value: Any, context: PageContext) -> Place | None:
    """A meeting place from a text, a Place or a PostalAddress; None where it says nothing."""
    if isinstance(value, str):
        line = line_of(value)
        street, postcode, city = split_address(line)
        if postcode is None:
            return Place(name=line, municipality=context.resolve(line)) if line else None
        name, street = _named(street)
        return _placed(name, street, postcode, city, context)
    if not isinstance(value, Mapping):
        return None
    address = value if "PostalAddress" in types(value) else first(value, "address")
    if isinstance(address, str):
        address = ", ".join(str(line) for line in values(value, "address"))
    name = line_of(value.get("name")) or None
    street = postcode = city = None
    if isinstance(address, Mapping):
        street = line_of(address.get("streetAddress")) or None
        postcode = line_of(address.get("postalCode")) or None
        city = line_of(address.get("addressLocality")) or None
    elif address:
        street, postcode, city = split_address(line_of(address))
    geo = first(value, "geo")
    geo = geo if isinstance(geo, Mapping) else value
    point = wgs84(_number(geo.get("latitude")), _number(geo.get("longitude")))
    if not (name or street or city or point):
        return None
    place = _placed(name, street, postcode, city, context)
    return Place(place.name, place.street, place.postcode, place.city, place.municipality, point)


def _named(street: str | None) -> tuple[str | None, str | None]:
    """("Järjestötalo", "Kauppakatu 1") of what stands before the postcode."""
    head, comma, tail = (street or "").rpartition(",")
    if comma and re.search(r"\d", tail):
        return head.strip() or None, tail.strip()
    if street and not re.search(r"\d", street):
        return street, None
    return None, street


def _placed(
    name: str | None, street: str | None, postcode: str | None, city: str | None, context: PageContext
) -> Place:
    sound = postcode if postcode and re.fullmatch(r"[0-9]{5}", postcode) else None
    return Place(name, street, sound, city, context.resolve(city) if city else None)


def _number(value: Any) -> str | float | None:
    value = value[0] if isinstance(value, list | tuple) and value else value
    if isinstance(value, str):
        return value.strip().replace(",", ".")
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def price(node: Node, language: str) -> Price:
    """What it costs: `isAccessibleForFree`, else `offers`; unknown where neither tells."""
    free = truth(first(node, "isAccessibleForFree", "free"))
    amounts = sorted(set(_amounts(node)))
    info = _price_text(amounts)
    told = Texts(**{language: info}) if info else Texts()
    if free is True:
        return Price(PriceKind.FREE)
    if amounts:
        return Price(PriceKind.FREE) if amounts[-1] == 0 else Price(PriceKind.PAID, told)
    return Price(PriceKind.PAID) if free is False else Price()


def _amounts(node: Node) -> Iterator[Decimal]:
    for offer in values(node, "offers"):
        if not isinstance(offer, Mapping):
            continue
        for name in ("price", "lowPrice", "highPrice"):
            for value in values(offer, name):
                if (amount := _amount(value)) is not None:
                    yield amount
        for specification in values(offer, "priceSpecification"):
            if isinstance(specification, Mapping):
                yield from (
                    found for value in values(specification, "price") if (found := _amount(value)) is not None
                )


def _amount(value: Any) -> Decimal | None:
    text = str(value).strip().replace(",", ".").replace("€", "").replace("EUR", "").strip()
    if text.lower() in ("free", "maksuton", "ilmainen"):
        return Decimal(0)
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() and 0 <= found < 100_000 else None


def _price_text(amounts: list[Decimal]) -> str:
    shown = [f"{amount.normalize():f}".replace(".", ",") for amount in amounts]
    shown = [f"{text}0" if re.search(r",\d\Z", text) else text for text in shown]
    if not shown:
        return ""
    return f"{shown[0]} €" if len(shown) == 1 else f"{shown[0]}–{shown[-1]} €"


def organisation(value: Any, context: PageContext) -> Organisation | None:
    """Who arranges it; persons are no organisations."""
    name = line_of(value)
    if not name or "Person" in types(value) or name.startswith(("http://", "https://")):
        return None
    if not isinstance(value, Mapping):
        return Organisation(name)
    codes = (line_of(value.get(key)) for key in ("taxID", "vatID", "identifier", "leiCode"))
    code = next((found[1] for text in codes if (found := _BUSINESS_ID.search(text))), None)
    return Organisation(name, code, context.absolute(first(value, "url", "sameAs")))


def contacts(value: Any) -> tuple[Contact, ...]:
    """Phones and mail addresses of an organisation, person or contact point, those of its parts too."""
    if not isinstance(value, Mapping):
        return ()
    found: list[Contact] = []
    person = line_of(value) if "Person" in types(value) else ""
    for phone in values(value, "telephone"):
        if text := line_of(phone).removeprefix("tel:"):
            found.append(Contact(ContactType.PHONE, text, person or None))
    for mail in values(value, "email"):
        if text := line_of(mail).removeprefix("mailto:"):
            found.append(Contact(ContactType.EMAIL, text, person or None))
    for point in values(value, "contactPoint"):
        found.extend(contacts(point))
    return tuple(dict.fromkeys(found))


def images(node: Node, context: PageContext, language: str) -> tuple[Image, ...]:
    """The node's pictures with their captions."""
    found: list[Image] = []
    for value in values(node, "image")[:5]:
        caption = line_of(first(value, "caption", "description")) if isinstance(value, Mapping) else ""
        link = first(value, "url", "contentUrl", "@id") if isinstance(value, Mapping) else value
        if url := context.absolute(link):
            found.append(Image(url, Texts(**{language: caption}) if caption else Texts()))
    return tuple(dict.fromkeys(found))


def ages(node: Node) -> tuple[Ages, ...]:
    """`typicalAgeRange` ("7-12", "65-", "-17"), also that of the audience."""
    found = [*values(node, "typicalAgeRange")]
    for audience in values(node, "audience"):
        if isinstance(audience, Mapping):
            low, high = first(audience, "suggestedMinAge"), first(audience, "suggestedMaxAge")
            if low is not None or high is not None:
                found.append(f"{'' if low is None else low}-{'' if high is None else high}")
    return tuple(dict.fromkeys(entry for text in found if (entry := _age_range(str(text)))))


def _age_range(text: str) -> Ages | None:
    match = _AGE_RANGE.match(text)
    if match is None or not (match[1] or match[2]):
        return None
    low, high = (int(group) if group else None for group in match.groups())
    if not re.search(r"[-–—+]", text) and high is None:
        return None  # a bare number: from that age, or just that age?
    if (low or 0) > 130 or (high or 0) > 130 or (low is not None and high is not None and low > high):
        return None
    return Ages(low, None if high == 99 else high)


def keywords(node: Node) -> tuple[str, ...]:
    """Keywords, also where they stand in one text parted by commas; audience types among them."""
    found: list[str] = []
    for value in (*values(node, "keywords"), *values(node, "about")):
        text = line_of(value)
        found.extend(part.strip() for part in text.split(",") if part.strip())
    for audience in values(node, "audience"):
        found.extend(
            filter(
                None,
                (
                    line_of(audience.get("audienceType"))
                    if isinstance(audience, Mapping)
                    else line_of(audience),
                ),
            )
        )
    return tuple(dict.fromkeys(word for word in found if len(word) <= 80))
