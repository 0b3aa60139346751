"""Where an activity is held: in its own words, else as told beside it or above of all."""

import re
from collections.abc import Iterator

import msgspec

from crawlers.prose import topics
from crawlers.prose.addresses import FoundPlace, municipality_in, read_places
from crawlers.prose.common import Common
from crawlers.prose.labels import labelled_places, labelled_towns
from crawlers.prose.sections import Section
from crawlers.prose.shapes import FoundActivity, Resolver
from schemas.activity import Place

_MEETS = re.compile(r"\b(?:kokoontu|kokoonnu|tavataan|tapaa|pidetään|järjest)\w*", re.IGNORECASE)
_IN_TOWN = re.compile(r"\b[A-ZÅÄÖ][\wåäö-]+(?:ssa|ssä|lla|llä)\b")


def places_told(
    section: Section, sentences: tuple[str, ...], text: str, common: Common, resolve: Resolver
) -> tuple[FoundPlace, ...]:
    """The places of a section; of what is told of all only where the section tells none itself."""
    headings = (*labelled_towns(section), section.title, *reversed(section.above))
    shared = section.shared_sentences()
    own = tuple(line for line in sentences if line not in shared)
    for told in ((*labelled_places(section), *own), shared):
        found = tuple(
            item
            for item in read_places(told, resolve)
            if item.place.street or item.place.name != section.title  # "Tietotupa" is what goes on
        )
        if found:
            return _in_town(_placed(found, headings, resolve), own, resolve)
    if topics.ONLINE.search(text):
        return ()
    said = " ".join(own).replace(section.title, " ")  # "Ompelupaja" is what goes on, not where
    return _placed(common.places_for(said), headings, resolve)


def town_told(section: Section, text: str, resolve: Resolver) -> tuple[FoundPlace, ...]:
    """The town that a column or a heading tells, where no place is told: "Kerho Nurmeksessa"."""
    if topics.ONLINE.search(text):
        return ()
    for town in labelled_towns(section):
        if (code := resolve(town)) is not None:
            return (FoundPlace(Place(municipality=code), town),)
    for heading in (section.title, *reversed(section.above)):
        codes = {resolve(word) for word in _IN_TOWN.findall(heading)} - {None}
        if len(codes) == 1:
            return (FoundPlace(Place(municipality=codes.pop()), heading),)
    return ()


def entry_places(entry: FoundActivity) -> Iterator[Place]:
    """The places of an activity that has been read."""
    yield from (channel.place for channel in entry.channels if channel.place is not None)


def _in_town(
    places: tuple[FoundPlace, ...], sentences: tuple[str, ...], resolve: Resolver
) -> tuple[FoundPlace, ...]:
    """Places without a municipality take the one that the group is said to meet in: "tapaa Joensuussa"."""
    if all(item.place.municipality for item in places):
        return places
    said = {word for line in sentences if _MEETS.search(line) for word in _IN_TOWN.findall(line)}
    codes = {resolve(word) for word in said} - {None}
    if len(codes) != 1:
        return places
    code = next(iter(codes)) or ""
    return tuple(FoundPlace(_in(item.place, code), item.sentence) for item in places)


def _placed(
    places: tuple[FoundPlace, ...], headings: tuple[str, ...], resolve: Resolver
) -> tuple[FoundPlace, ...]:
    """Places without a municipality take the one that the first of the headings names."""
    for heading in headings:
        code = municipality_in(heading, resolve)
        if code is not None:
            placed = {_in(item.place, code): item.sentence for item in reversed(places)}
            return tuple(FoundPlace(place, line) for place, line in reversed(placed.items()))
    return places


def _in(place: Place, code: str) -> Place:
    return place if place.municipality else msgspec.structs.replace(place, municipality=code)
