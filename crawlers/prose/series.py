"""A name that a calendar or a week repeats is one activity that meets on all those days."""

from collections.abc import Sequence

import msgspec

from crawlers.prose.shapes import FoundActivity
from schemas.activity import Channel
from schemas.codes import Frequency


def in_series(found: Sequence[FoundActivity]) -> tuple[FoundActivity, ...]:
    """The activities of a page, those of one name and one place as one: a day each, or a weekday each."""
    kept: list[FoundActivity] = []
    places: dict[tuple[object, ...], int] = {}
    for entry in found:
        key = _key(entry)
        if key is None or key not in places:
            if key is not None:
                places[key] = len(kept)
            kept.append(entry)
        else:
            kept[places[key]] = _joined(kept[places[key]], entry)
    return tuple(kept)


def _key(entry: FoundActivity) -> tuple[object, ...] | None:
    """What activities of one series share; None where one has times of several kinds, or none."""
    if len(entry.channels) != 1 or not entry.channels[0].schedules:
        return None
    channel = entry.channels[0]
    kinds = {schedule.frequency is Frequency.ONCE for schedule in channel.schedules}
    if len(kinds) > 1:
        return None
    return entry.title.casefold(), channel.type, channel.place, entry.kind, entry.status, kinds.pop()


def _joined(one: FoundActivity, other: FoundActivity) -> FoundActivity:
    channel = one.channels[0]
    merged: Channel = msgspec.structs.replace(
        channel, schedules=(*channel.schedules, *other.channels[0].schedules)
    )
    return msgspec.structs.replace(
        one,
        channels=(merged,),
        description="\n".join(dict.fromkeys((one.description, other.description))),
        contacts=tuple(dict.fromkeys((*one.contacts, *other.contacts))),
        evidence=tuple(dict.fromkeys((*one.evidence, *other.evidence))),
    )
