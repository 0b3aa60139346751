"""Places and times of one activity → its channels."""

from collections.abc import Sequence

from crawlers.prose import topics
from crawlers.prose.addresses import FoundPlace
from crawlers.prose.times import FoundSchedule
from schemas.activity import Channel
from schemas.codes import ChannelType


def channels_of(
    schedules: Sequence[FoundSchedule], places: tuple[FoundPlace, ...], text: str
) -> tuple[Channel, ...]:
    """One channel a place where each place has times in its own sentence; else one for all."""
    beside = {item.sentence: item.place for item in places}
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
