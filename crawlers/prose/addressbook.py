"""Addresses that a page tells once for a house that it names often: "Kerhotalon osoite on Kauppakatu 26"."""

import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from crawlers.prose.addresses import read_place
from crawlers.prose.lexicon import FLAGS
from crawlers.prose.sections import Section
from crawlers.prose.shapes import FoundActivity, Resolver
from crawlers.prose.subjects import has_subject, speaks_of
from crawlers.prose.whereabouts import entry_places
from schemas.activity import FieldEvidence, Place
from schemas.codes import ChannelType

_TOLD = re.compile(
    r"^\W*(?P<house>[\wåäö][\wåäö -]{2,50}?)"
    r"(?:n\s(?:(?:käynti)?osoite|sijainti)\s?(?:on|:)\s|\s(?:sijaitsee|löytyy|on)\s(?:osoitteessa|os\.)\s)(?P<street>.+)$",
    FLAGS,
)
_NO_HOUSE = re.compile(
    r"(?:toimisto|yhdistykse|posti|kotisivuje|verkkosivuje|sähköposti|me|se|paikka|ryhmä|kerho)$", FLAGS
)


def is_entry(sentence: str) -> bool:
    """Whether a sentence tells where a house stands, and nothing of what goes on there."""
    return (found := _TOLD.match(sentence)) is not None and not _NO_HOUSE.search(found["house"])


def with_addresses(
    activities: Sequence[FoundActivity], sections: Sequence[Section], resolve: Resolver
) -> tuple[FoundActivity, ...]:
    """The activities, their houses with the address that the page tells of a house of that name."""
    known: dict[str, Place | None] = {}
    for name, place in (*_entries(sections, resolve), *_beside(activities)):
        same = known.get(name, place)
        known[name] = place if same is not None and _street(same) == _street(place) else None
    told = tuple(_addressed(entry, known) for entry in activities)
    lines = [line for section in sections for line in section.sentences() if has_subject(line)]
    return tuple(_met_in(entry, lines, resolve) for entry in told)


def _entries(sections: Iterable[Section], resolve: Resolver) -> Iterator[tuple[str, Place]]:
    for section in sections:
        for sentence in section.sentences():
            found = _TOLD.match(sentence) if is_entry(sentence) else None
            place = read_place(found["street"], resolve) if found else None
            if found and place is not None and place.street:
                yield found["house"].casefold(), place


def _beside(activities: Sequence[FoundActivity]) -> Iterator[tuple[str, Place]]:
    for entry in activities:
        for place in entry_places(entry):
            if place.name and place.street:
                yield place.name.casefold(), place


def _met_in(entry: FoundActivity, lines: Sequence[str], resolve: Resolver) -> FoundActivity:
    """ "Kuukausitapaamiset ovat Kirkkotie 3:ssa." names the activity of a line that tells no place itself."""
    if len(entry.channels) != 1 or entry.channels[0].type is not ChannelType.PLACE or entry.channels[0].place:
        return entry
    for line in lines:
        if not speaks_of(line, entry.title):
            continue
        if (place := read_place(line, resolve)) is not None:
            channel = msgspec.structs.replace(entry.channels[0], place=place)
            evidence = (*entry.evidence, FieldEvidence("place", line))
            return msgspec.structs.replace(entry, channels=(channel,), evidence=evidence)
    return entry


def _street(place: Place) -> tuple[str | None, str | None]:
    return place.street, place.municipality


def _addressed(entry: FoundActivity, known: dict[str, Place | None]) -> FoundActivity:
    """Houses are told by their name; another address of that name on the page makes it unsure."""
    channels = []
    for channel in entry.channels:
        place = channel.place
        found = known.get(place.name.casefold()) if place and place.name and not place.street else None
        if place is not None and found is not None and place.municipality in {None, found.municipality}:
            place = msgspec.structs.replace(found, name=place.name)
            channel = msgspec.structs.replace(channel, place=place)
        channels.append(channel)
    return msgspec.structs.replace(entry, channels=tuple(channels))
