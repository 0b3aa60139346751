"""Weeks of school holidays that a page names without their number: "hiihtolomaviikolla ei kokoonnuta".

Each municipality decides on its own; told here are the regions in which all keep the same weeks, as their
schools publish them: winter holidays in the east and the north are in week 10. Elsewhere the week stays
unknown, and the meeting stands.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence

import msgspec

from crawlers.prose.announced import FoundSchedule
from crawlers.prose.atoms import Day, Stretch, Weeks
from crawlers.prose.lexicon import FLAGS
from crawlers.prose.sentence_times import scan
from schemas.codes import Frequency
from schemas.schedule import Break, Schedule

# Municipalities by region: North Karelia, North Savo, Kainuu; North Ostrobothnia, Lapland.
_EAST = frozenset((
    "090", "146", "167", "176", "260", "276", "309", "422", "426", "541", "607", "707", "848", "140",
    "171", "204", "239", "263", "297", "402", "420", "595", "686", "687", "749", "762", "778", "844",
    "857", "915", "921", "925", "105", "205", "290", "578", "620", "697", "765", "777",
))  # fmt: skip
_NORTH = frozenset((
    "009", "069", "071", "072", "139", "208", "244", "305", "317", "425", "436", "483", "494", "535",
    "563", "564", "615", "625", "626", "630", "678", "691", "746", "748", "785", "791", "832", "859",
    "889", "977", "047", "148", "240", "241", "261", "273", "320", "498", "583", "614", "683", "698",
    "732", "742", "751", "758", "845", "851", "854", "890", "976",
))  # fmt: skip
_WINTER_WEEK = 10
_AUTUMN_WEEK = 42
_WINTER = re.compile(r"\b(?:hiihto|talvi)loma(?:viikolla|viikon|lla|n)\b", FLAGS)
_AUTUMN = re.compile(r"\bsyysloma(?:viikolla|viikon|lla|n)\b", FLAGS)
_ALL = re.compile(
    r"\b(?:koulujen|koulun|koululaisten)\s(?:loma-?aikoina|loma-?aikana|lomien\s(?:aikana|aikaan)|lomaviikoilla|lomilla)\b"
    r"|\bkoululomien\s(?:aikana|aikaan)\b|\bkoululomilla\b",
    FLAGS,
)
_NOT_THEN = re.compile(
    r"\b(?:ei|eikä|eivät|emme|tauko\w*|tauolla|kiinni|suljettu\w*|paitsi|pois\slukien|poislukien|lukuun\sottamatta"
    r"|lomalla)\b",
    FLAGS,
)
_BUT_THEN = re.compile(r"\b(?:myös|erityisesti|vain|ainoastaan)\s(?:koulujen\s)?\w*loma", FLAGS)
_RECURRING = frozenset({Frequency.DAILY, Frequency.WEEKLY, Frequency.MONTHLY})


def without_school_holidays(
    found: tuple[FoundSchedule, ...], sentences: Sequence[str], town: str | None, today: dt.date
) -> tuple[FoundSchedule, ...]:
    """The rules without the school holidays that the sentences leave out, where `town` tells their weeks."""
    breaks = [pause for line in sentences for pause in _breaks(line, town, today)]
    if not breaks:
        return found
    return tuple(FoundSchedule(_without(item.schedule, breaks), item.sentence) for item in found)


def _without(schedule: Schedule, breaks: Sequence[Break]) -> Schedule:
    if schedule.frequency not in _RECURRING:
        return schedule
    within = [
        pause
        for pause in breaks
        if (schedule.end is None or pause.start <= schedule.end)
        and (schedule.start is None or pause.end >= schedule.start)
    ]
    kept = sorted({*schedule.breaks, *within}, key=lambda pause: pause.start)
    return msgspec.structs.replace(schedule, breaks=tuple(kept))


def _breaks(sentence: str, town: str | None, today: dt.date) -> Iterator[Break]:
    if "loma" not in sentence.lower() or not _NOT_THEN.search(sentence) or _BUT_THEN.search(sentence):
        return
    every = _ALL.search(sentence) is not None
    told = scan(sentence).of(Weeks, Day, Stretch)
    numbered = bool(told) and not every  # "hiihtolomaviikolla (vko 10)" is read as it is told
    for year in (today.year, today.year + 1):
        if (every or (_WINTER.search(sentence) and not numbered)) and town in _EAST | _NORTH:
            yield _week(year, _WINTER_WEEK)
        if (every or (_AUTUMN.search(sentence) and not numbered)) and town in _EAST:
            yield _week(year, _AUTUMN_WEEK)
        if every:
            yield Break(dt.date(year, 6, 1), dt.date(year, 8, 9))
            yield Break(dt.date(year, 12, 21), dt.date(year + 1, 1, 6))


def _week(year: int, week: int) -> Break:
    return Break(dt.date.fromisocalendar(year, week, 1), dt.date.fromisocalendar(year, week, 7))
