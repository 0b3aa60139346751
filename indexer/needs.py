"""Needs, kinds and target groups of an activity: those it carries, and those its text speaks of.

A need read from text always has its words as evidence. What is read here goes into the index only, never
back into the record: a better taxonomy needs no new crawl.
"""

import functools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import msgspec

from indexer.drinks import mistaken, sober
from indexer.finnish import Word
from indexer.lexicon import Lexicon, Mention, Order
from indexer.spoken_words import STEM_QUALITY, Said
from schemas.activity import Activity, NeedEvidence, RawCode
from schemas.taxonomy import Taxonomy

_STRENGTH = {"word": 1.0, "phrase": 1.0, "official": 1.0, "name": 1.0, "hint": 0.0}
_FIELD_WEIGHT = {"title": 3.0, "summary": 1.5, "keywords": 1.5, "organisation": 1.0, "body": 1.0}
_ENOUGH = 1.5
"""Points from which a need labels an activity; below, it only helps to find it. One strong word in the
title, the summary or the keywords is enough; in the long text two different ones are."""
_MEETING = 3
"""So many different hints, or one fewer beside a strong word, say a need together ("puoliso", "päihteitä",
"läheisten"): enough to find the activity by it, never to label it."""
_TOGETHER = 1.0

_SAID = 0.7
_OUTRIGHT = 0.8
_SLACK = 1
"""Words that may stand between those of a phrase: in running text more would join what is not said."""


class FoundNeed(msgspec.Struct, frozen=True):
    """A need of an activity with its points; `labels` = sure enough to be shown and counted.

    `says` = some strong word speaks of it, as opposed to hints alone.
    """

    evidence: NeedEvidence
    points: float
    labels: bool

    @property
    def says(self) -> bool:
        """Whether more than hints speak of the need."""
        return self.labels or self.points >= _SAID


_Spoken = tuple[float, int, float, tuple[int, ...], int]
"""What words say of one need, and by what they are ordered: what they are worth (negative), and where they
are said first: the field, and what orders mentions in it (`Order`)."""


class _Meant(NamedTuple):
    """What a word alone says of one need: its worth, and quality and number of the surest entry."""

    code: str
    worth: float
    quality: float
    number: int


class NeedReader:
    """Reads needs from codes and analysed texts."""

    def __init__(self, taxonomy: Taxonomy, lexicon: Lexicon) -> None:
        self._taxonomy = taxonomy
        self._lexicon = lexicon

    @functools.cached_property
    def _by_code(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """Needs by raw code (scheme, value) of PTV and Lähellä.fi."""
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for need in self._taxonomy.needs.values():
            for value in need.ptv_classes:
                found["ptv-class", value].append(need.code)
            for value in need.lahella_themes:
                found["lahella-theme", value].append(need.code)
        # A class that many needs share says too little to label with any of them.
        return {key: tuple(codes) for key, codes in found.items() if len(codes) <= 2}

    def remember(self, words: int) -> None:
        """Keep what so many words say in memory."""
        self._lexicon.remember(words)

    def read(self, activity: Activity, texts: Mapping[str, Sequence[Word]]) -> tuple[FoundNeed, ...]:
        """The needs of an activity, given its analysed texts by field name; the surest first."""
        points: dict[str, dict[str, _Spoken]] = defaultdict(dict)
        for at, (field, words) in enumerate(texts.items()):
            self._read_field(points, at, _FIELD_WEIGHT.get(field, 1.0), words)
        found = {code: _found(code, words) for code, words in points.items() if words}
        for code, evidence in self._given(activity):
            said = found[code].evidence.words if code in found else ()
            known = msgspec.structs.replace(evidence, words=said)
            found[code] = FoundNeed(known, 4.0, True)
        return tuple(sorted(found.values(), key=lambda need: (-need.points, need.evidence.need)))

    def terms(self, kind: str, words: Sequence[Word]) -> tuple[str, ...]:
        """Codes of another taxonomy (kind, group) that a title says outright, the surest first."""
        found = (m for m in self._lexicon.find(words) if m.entry.type == kind and m.quality >= _OUTRIGHT)
        return tuple(dict.fromkeys(mention.entry.code for mention in found))

    def _read_field(
        self, points: Mapping[str, dict[str, _Spoken]], field: int, weight: float, words: Sequence[Word]
    ) -> None:
        """Add what one field says: for each need its words with what they are worth, the best of each."""
        said = self._lexicon.said(words)
        drinks = sober(words)
        phrases = sorted(self._lexicon.phrases(words, said, _SLACK), key=_order)
        if drinks:
            phrases = [(order, mention) for order, mention in phrases if not mistaken(mention.words, drinks)]
        silenced = self._silenced(mention for _, mention in phrases)
        for order, mention in phrases:
            entry = mention.entry
            value = _worth(entry.type, entry.strength, mention.quality)
            if value is not None:
                text = " ".join([words[at].surface.lower() for at in mention.words])
                _note(points[entry.code], text, (-value * weight, field, *order))
        met: set[Said] = set()
        for index, each in enumerate(said):
            meant = self._meant(each) if each.meant is None else each.meant
            if not meant or each in met or index in drinks:
                continue
            if not silenced:  # else the word may say elsewhere what it does not say here
                met.add(each)
            text, place = words[index].surface.lower(), (index,)
            for code, value, quality, number in meant:
                if silenced and code in silenced.get(index, ()):
                    continue
                _note(points[code], text, (-value * weight, field, -quality, place, number))

    def _meant(self, said: Said) -> tuple[_Meant, ...]:
        """What a word alone says of needs, the best of each; remembered with what it says."""
        best: dict[str, _Meant] = {}
        for number, quality in said.single:
            entry = self._lexicon.entries[number]
            value = _worth(entry.type, entry.strength, quality)
            if value is None:
                continue
            other = best.get(entry.code)
            if other is not None:
                value = max(value, other.worth)
                if (-other.quality, other.number) < (-quality, number):
                    quality, number = other.quality, other.number
            best[entry.code] = _Meant(entry.code, value, quality, number)
        said.meant = found = tuple(best.values())
        return found

    def _silenced(self, phrases: Iterable[Mention]) -> dict[int, tuple[str, ...]]:
        """Words that a phrase covers -> the needs of the other side, which they do not speak of."""
        return {
            place: opposite
            for mention in phrases
            if mention.entry.type == "need" and mention.quality >= _OUTRIGHT
            if (opposite := self._taxonomy.needs[mention.entry.code].opposite)
            for place in mention.words
        }

    def _given(self, activity: Activity) -> Iterable[tuple[str, NeedEvidence]]:
        for code in activity.needs:
            if code in self._taxonomy.needs:
                yield code, NeedEvidence(code)
        for raw in activity.codes:
            for code in self._by_code.get((raw.scheme, raw.value), ()):
                yield code, NeedEvidence(code, code=RawCode(raw.scheme, raw.value))


def _order(found: tuple[Order, Mention]) -> Order:
    return found[0]


def _worth(kind: str, strength: str, quality: float) -> float | None:
    """What a mention is worth in a field of weight 1; None where it says nothing of a need."""
    if kind != "need" or (quality < 1 and strength == "hint"):
        return None
    # A derivative alone hints at a need, it does not say it.
    return _STRENGTH[strength] * quality * (0.5 if quality <= STEM_QUALITY else 1.0)


def _note(known: dict[str, _Spoken], text: str, spoken: _Spoken) -> None:
    """Keep what the words are worth at best, and where they were said first."""
    other = known.get(text)
    if other is None:
        known[text] = spoken
    elif spoken < other or spoken[1:] < other[1:]:
        known[text] = (min(spoken[0], other[0]), *min(spoken[1:], other[1:]))


def _found(code: str, words: Mapping[str, _Spoken]) -> FoundNeed:
    """Points of the distinct words; the second and later ones count half, so that length is no proof."""
    if len(words) == 1:  # nearly always
        ((word, spoken),) = words.items()
        return _found_once(code, word, -spoken[0])
    ranked = [(word, -spoken[0]) for word, spoken in sorted(words.items(), key=lambda item: item[1])]
    first = ranked[0][1] + sum([worth for _, worth in ranked[1:4]]) / 2
    said = tuple([word for word, worth in ranked[:6] if worth > 0])
    meeting = sum([worth == 0 for _, worth in ranked]) + (first > 0)
    total = first + (_TOGETHER if meeting >= _MEETING else 0.0)
    return FoundNeed(NeedEvidence(code, said), total, first >= _ENOUGH and bool(said))


@functools.lru_cache(20_000)
def _found_once(code: str, word: str, total: float) -> FoundNeed:
    """A need of which one word speaks; the same words do so in many texts."""
    said: tuple[str, ...] = (word,) if total > 0 else ()
    return FoundNeed(NeedEvidence(code, said), total, total >= _ENOUGH and bool(said))
