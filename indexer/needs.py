"""Needs, kinds and target groups of an activity: those it carries, and those its text speaks of.

A need read from text always has its words as evidence. What is read here goes into the index only, never
back into the record: a better taxonomy needs no new crawl.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

import msgspec

from indexer.finnish import Word
from indexer.lexicon import STEM_QUALITY, Lexicon, Mention
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


class NeedReader:
    """Reads needs from codes and analysed texts."""

    def __init__(self, taxonomy: Taxonomy, lexicon: Lexicon) -> None:
        self._taxonomy = taxonomy
        self._lexicon = lexicon

    @cached_property
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

    def read(self, activity: Activity, texts: Mapping[str, Sequence[Word]]) -> tuple[FoundNeed, ...]:
        """The needs of an activity, given its analysed texts by field name; the surest first."""
        points: dict[str, dict[str, float]] = defaultdict(dict)
        for field, words in texts.items():
            self._read_field(points, _FIELD_WEIGHT.get(field, 1.0), words)
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
        self, points: Mapping[str, dict[str, float]], weight: float, words: Sequence[Word]
    ) -> None:
        """Add what one field says: for each need its words with what they are worth, the best of each."""
        written = [word.surface.lower() for word in words]
        mentions = self._lexicon.find(words, _SLACK)
        phrased = self._silenced(mentions)
        for mention in mentions:
            entry, quality = mention.entry, mention.quality
            if phrased and entry.code in phrased.get(mention.words[0], ()) and len(mention.words) == 1:
                continue
            if entry.type != "need" or (quality < 1 and entry.strength == "hint"):
                continue
            worth = _STRENGTH[entry.strength] * quality * weight
            if quality <= STEM_QUALITY:
                worth *= 0.5  # a derivative alone hints at a need, it does not say it
            places = mention.words
            said = written[places[0]] if len(places) == 1 else " ".join([written[n] for n in places])
            known = points[entry.code]
            if worth > known.get(said, -1.0):
                known[said] = worth

    def _silenced(self, mentions: Iterable[Mention]) -> dict[int, tuple[str, ...]]:
        """Words that a phrase covers -> the needs of the other side, which they do not speak of."""
        return {
            place: opposite
            for mention in mentions
            if mention.entry.type == "need" and len(mention.words) > 1 and mention.quality >= _OUTRIGHT
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


def _found(code: str, words: Mapping[str, float]) -> FoundNeed:
    """Points of the distinct words; the second and later ones count half, so that length is no proof."""
    if len(words) == 1:  # nearly always
        ((word, total),) = words.items()
        said: tuple[str, ...] = (word,) if total > 0 else ()
        return FoundNeed(NeedEvidence(code, said), total, total >= _ENOUGH and bool(said))
    ranked = sorted(words.items(), key=lambda item: -item[1])
    spoken = ranked[0][1] + sum([worth for _, worth in ranked[1:4]]) / 2
    said = tuple([word for word, worth in ranked[:6] if worth > 0])
    meeting = sum([worth == 0 for _, worth in ranked]) + (spoken > 0)
    total = spoken + (_TOGETHER if meeting >= _MEETING else 0.0)
    return FoundNeed(NeedEvidence(code, said), total, spoken >= _ENOUGH and bool(said))
