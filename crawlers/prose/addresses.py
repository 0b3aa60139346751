"""Street addresses and names of meeting places in prose."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec

from crawlers.prose.barehouses import foreign_house, foreign_house_before, house_met_in
from crawlers.prose.houses import house_before, named_house
from crawlers.prose.lexicon import FLAGS
from crawlers.prose.shapes import Resolver
from schemas.activity import Place

_CAPITAL = r"[A-ZÅÄÖ][\w'’-]*"
_ROAD = (
    r"(?:katu|tie|kuja|polku|väylä|raitti|tori|kaari|ranta|penger|puistikko|aukio|rinne|mäki|kulma"
    r"|puisto|bulevardi"
    r"|esplanadi|portti|piha|linja|silta|laita|harju|niemi|taival|gatan|vägen|gränd|stigen|esplanaden|torget|backen|stranden|kajen)"
)
_STREET = re.compile(
    rf"((?:[A-ZÅÄÖ][\w'’.-]*\s){{0,3}}[A-ZÅÄÖ][\w'’-]*{_ROAD}|(?:{_CAPITAL}\s){{1,3}}{_ROAD})"
    r"\s(\d{1,4}(?:\s?[-–]\s?\d{1,4})?(?:\s?[A-Za-z](?![\wåäö]))?(?:\s?\d{1,3}(?![\d.:]))?)(?::\w{2,3}\b)?"
    r"(?:,?\s(?:(\d)\.?\s?(?:krs|kerros)\.?))?"
)
# Streets of other names ("Koskikara 5") are known by the postcode after them.
_WITH_POSTCODE = re.compile(
    rf"\b(?!PL\s)((?:{_CAPITAL}\s){{0,2}}(?!PL\s){_CAPITAL})\s(\d{{1,4}}(?:\s?[A-Za-z](?![\wåäö]))?(?:\s?\d{{1,3}})?)"
    r"(?=\s?,?\s(?:FI-)?\d{5}\s[A-ZÅÄÖ])"
)
_POST = re.compile(r"^[\s,|(]*(?:FI-)?(\d{5})\s+([A-ZÅÄÖ][A-ZÅÄÖa-zåäö-]+)")
_POST_ALONE = re.compile(r"(?:FI-)?\d{5}\s+[A-ZÅÄÖ][A-ZÅÄÖa-zåäö-]+\.?")
_TOWN = re.compile(r"^\s?,\s?([A-ZÅÄÖ][A-ZÅÄÖa-zåäö-]+)")
_LABEL = re.compile(
    r"^\W*(?:paikka|missä(?:\skokoonnumme)?\??|kokoontumis-?paikka|tapaamis-?paikka|pitopaikka|tapahtumapaikka"
    r"|osoite|käyntiosoite|sijainti|tila|plats|ort|adress|place|where|location|venue)\s?[:"
    r"|?–]\s?(.+)$",
    FLAGS,
)
_PIN = re.compile(r"^\s*[📍📌🗺🏠]\ufe0f?\s*(.+)$")
_MEETS = re.compile(
    r"kokoon|tavataan|tapaa|tapaami|pidetään|järjestetään|paikka|kerho|ryhmä|tervetuloa|klo", FLAGS
)
_WORD = re.compile(r"[A-ZÅÄÖ][\wåäö-]+")
_NEAR = 12
_OWN_NAME = re.compile(r"(?:^|[,:;|.]\s|\d\s)([A-ZÅÄÖ][\wåäö'-]{3,}(?:\s[a-zåäö'-]+){0,2})\s?[,(]\s?$")
_INFLECTED = re.compile(r"(?:ss[aä]|ll[aä]|lle|ilta|toina|taina|sin|mme|osoitteessa|tuloa)$", FLAGS)
_NO_PLACE = re.compile(
    r"PL\s\d|\d+$|lähtö\b|lähtee\b|kokoontuminen\b|(?:microsoft\s)?teams\b|zoom\b|verko(?:ssa|n)|etänä|etäyhte|netti|online|ilmoitetaan|sovitaan",
    FLAGS,
)
_CONTACT = re.compile(r"postiosoite|laskutus|toimisto|y-tunnus|pankki|rekisterinpitäjä", FLAGS)


@dataclass(frozen=True)
class FoundPlace:
    """A place with its sentence."""

    place: Place
    sentence: str


def read_places(sentences: Sequence[str], resolve: Resolver) -> tuple[FoundPlace, ...]:
    """Places of meeting, a street address and the name before it as one; at most one a sentence."""
    found: list[FoundPlace] = []
    for sentence in _with_post(sentences):
        if _CONTACT.search(sentence) and not _MEETS.search(sentence):
            continue
        place = read_place(sentence, resolve)
        if place is not None:
            found.append(FoundPlace(place, sentence))
    return _joined(found)


def _with_post(sentences: Sequence[str]) -> Iterator[str]:
    """The sentences, with a street and the postcode of the next line as one."""
    skip = False
    for index, sentence in enumerate(sentences):
        following = sentences[index + 1] if index + 1 < len(sentences) else ""
        if skip:
            skip = False
        elif _POST_ALONE.fullmatch(following) and (street := _STREET.search(sentence)):
            skip = True
            yield f"{sentence[: street.end()]}, {following}"
        else:
            yield sentence


def read_place(sentence: str, resolve: Resolver) -> Place | None:
    """The place that one sentence tells; None where it tells none."""
    street = _STREET.search(sentence) or _WITH_POSTCODE.search(sentence)
    if street is not None:
        return _addressed(sentence, street, resolve)
    if label := _LABEL.match(sentence) or _PIN.match(sentence):
        name = re.split(r"\s\|\s|[.;(]|,\s(?=klo|puh|\d)", label[1])[0].strip(" ,")
        if 2 < len(name) <= 80 and not name.endswith("?") and not _NO_PLACE.match(name):
            return Place(name=name, municipality=municipality_in(name, resolve))
    house = named_house(sentence, resolve) or house_met_in(sentence, resolve) or foreign_house(sentence)
    return Place(name=house, municipality=municipality_in(sentence, resolve)) if house else None


def _addressed(sentence: str, street: re.Match[str], resolve: Resolver) -> Place:
    tail = sentence[street.end() :]
    postcode = city = None
    if post := _POST.match(tail):
        postcode, city = post[1], post[2]
    elif (town := _TOWN.match(tail)) and resolve(town[1]) is not None:
        city = town[1]
    head = sentence[: street.start()].rstrip(" ,(|:")
    name = house_before(head, _NEAR) or foreign_house_before(head, _NEAR)
    name = name or _name_before(sentence, street.start(), resolve)
    number = re.sub(r"\s+", " ", street[2]).strip()
    municipality = resolve(city.capitalize() if city and city.isupper() else city) if city else None
    return Place(
        name=name,
        street=f"{street[1]} {number}",
        postcode=postcode,
        city=city.capitalize() if city and city.isupper() else city,
        municipality=municipality or municipality_in(sentence, resolve),
    )


def _name_before(sentence: str, street: int, resolve: Resolver) -> str | None:
    """ "klo 17–19, Lukukulma, Pielisentie 5": a name of its own between the time and the street."""
    found = _OWN_NAME.search(sentence[:street])
    if found is None or not _MEETS.search(sentence) or resolve(found[1].split()[0]) is not None:
        return None
    return None if _INFLECTED.search(found[1]) else found[1]


def is_street(text: str) -> bool:
    """Whether a text is nothing but a street and a number."""
    return _STREET.fullmatch(text) is not None


def municipality_in(text: str, resolve: Resolver) -> str | None:
    """The one municipality that the capitalised words of `text` name; None where they name several."""
    codes = {code for word in _WORD.findall(text) if (code := resolve(word)) is not None}
    return codes.pop() if len(codes) == 1 else None


def _joined(found: list[FoundPlace]) -> tuple[FoundPlace, ...]:
    """A name and an address told in two sentences are one place."""
    unique = list({msgspec.structs.astuple(item.place): item for item in found}.values())
    if len(unique) == 2:
        first, second = unique
        if first.place.street is None and second.place.street and second.place.name is None:
            return (_with_name(second, first),)
        if second.place.street is None and first.place.street and first.place.name is None:
            return (_with_name(first, second),)
    return tuple(unique)


def _with_name(addressed: FoundPlace, named: FoundPlace) -> FoundPlace:
    place = msgspec.structs.replace(
        addressed.place,
        name=named.place.name,
        municipality=addressed.place.municipality or named.place.municipality,
    )
    return FoundPlace(place, f"{named.sentence} {addressed.sentence}")
