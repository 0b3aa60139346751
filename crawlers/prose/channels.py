"""Places and times of one activity → its channels."""

import re
from collections.abc import Sequence

import msgspec

from crawlers.prose import topics
from crawlers.prose.addresses import FoundPlace
from crawlers.prose.announced import FoundSchedule
from crawlers.prose.shapes import Resolver
from schemas.activity import Channel, Place
from schemas.codes import ChannelType

_LEAD = re.compile(r"\W*([A-ZÅÄÖ][\w-]+)(?:ssa|ssä|lla|llä)?\s?(?::|\s[–|-])\s")


def channels_of(
    schedules: Sequence[FoundSchedule], places: tuple[FoundPlace, ...], text: str, resolve: Resolver
) -> tuple[Channel, ...]:
    """One channel a place where each place has times in its own sentence; else one for all.

    Lines that towns lead ("Kitee: joka kuun 2. pe klo 12") are places too, whether they name a house or not.
    """
    beside = {item.sentence: item.place for item in places}
    towns = {item.sentence: _town(item.sentence, resolve) for item in schedules}
    if len(towns) > 1 and all(towns.values()):
        return tuple(
            Channel(
                ChannelType.PLACE,
                place=_in(beside.get(sentence, Place()), town or ""),
                schedules=tuple(item.schedule for item in schedules if item.sentence == sentence),
            )
            for sentence, town in towns.items()
        )
    own = [item for item in schedules if item.sentence in beside]
    if len(places) > 1 and schedules and len(own) == len(schedules):
        return tuple(
            Channel(
                ChannelType.PLACE,
                place=place,
                schedules=tuple(item.schedule for item in schedules if item.sentence == sentence),
            )
            for sentence, place in beside.items()
        )
    online = bool(topics.ONLINE.search(text))
    place = places[0].place if places else None
    if not (schedules or place or online):
        return ()
    kind = ChannelType.PLACE
    if online and place is None:
        kind = ChannelType.ONLINE
    elif topics.HYBRID.search(text):
        kind = ChannelType.HYBRID
    return (Channel(kind, place=place, schedules=tuple(item.schedule for item in schedules)),)


def _town(sentence: str, resolve: Resolver) -> str | None:
    """The town that leads a line."""
    lead = _LEAD.match(sentence)
    return resolve(lead[1]) if lead else None


def _in(place: Place, town: str) -> Place:
    return place if place.municipality else msgspec.structs.replace(place, municipality=town)
