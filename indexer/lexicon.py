"""The taxonomies' words, analysed: which needs, kinds, groups, units and situations a text speaks of.

One matcher serves queries and documents. A single word matches by base form (quality 1), as a true part of
a compound (0.8, or 0.95 where the rest only frames it: digiapu) or as a close derivative (0.55). Several
words match when all of their content words stand near each other, in any order.
"""

import hashlib
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import msgspec

from indexer.entries import DENIALS, Entries, Entry, Phrase, compile_lexicon, packed_entries, phrases_of
from indexer.finnish import ANALYSER_VERSION, Analyser, Word
from indexer.generic import FRAMES, HALF, carries
from indexer.tables import Array, Strings, kept_tables
from schemas.taxonomy import Taxonomy

PART_QUALITY = 0.8
CARRYING_QUALITY = 0.95
"""A part that carries the topic of its compound."""
STEM_QUALITY = 0.55
OTHER_READING = 0.5
"""What a reading is worth when the written word is itself another base form (syöpä, also read as syödä)."""
INFLECTED = 0.9
"""What another form of a Swedish or English word is worth: their stems tell less than Finnish base forms."""
_ENDINGS = 2
"""Letters by which forms of a word that stands alone may differ: wellness is not well, demens not dem."""
_SHORT = 3
_VERSION = 10
"""Raised when entries come out differently from the same words."""
_COMMON = FRAMES | HALF
"""Words too common to say a need as a part of a compound or by derivation (isä: isyys, apu: auttaja)."""
_PAST = ("tu", "ty", "nut", "nyt", "lut", "lyt", "sut", "syt", "rut", "ryt")
"""Past participles say what their verb says: "yritetty", "kuollut"."""
_REMEMBERED = 20_000
"""Words whose entries are kept in memory."""
_DENIED = 3
"""Words from a negation within which the word that it denies stands."""
SLACK = 3
"""Other words that may stand between the words of a phrase in a query."""


class Mention(msgspec.Struct, frozen=True):
    """An entry found in a text: the indexes of the words that say it, and how surely they do."""

    entry: Entry
    words: tuple[int, ...]
    quality: float

    @property
    def key(self) -> tuple[str, str]:
        """(type, code)."""
        return self.entry.type, self.entry.code


class _Said(NamedTuple):
    """What one word may say.

    single   (number, entry, quality) of entries that it says alone
    started  phrases whose rarest word it may be, with their numbers
    terms    numbers of its terms that some entry has
    """

    single: tuple[tuple[int, Entry, float], ...]
    started: tuple[tuple[int, Phrase], ...]
    terms: tuple[int, ...]


_Found = tuple[float, tuple[int, ...], int, Mention]
"""What orders a mention (the surest and longest first), and the mention."""


class Lexicon:
    """Finds mentions in analysed texts; immutable but for a memory; threads may share it."""

    def __init__(self, entries: Iterable[Entry] | Entries) -> None:
        self.entries = entries if isinstance(entries, Entries) else Entries(packed_entries(tuple(entries)))
        self._held: dict[object, _Said] = {}
        self._latest: dict[str, tuple[Word, _Said]] = {}

    @cached_property
    def mark(self) -> str:
        """Changes with the words of the entries."""
        return hashlib.blake2b(self.entries.written.content, digest_size=12).hexdigest()

    def words(self) -> Container[str]:
        """Base forms and written forms of every word of every entry."""
        return _Spoken(self.entries)

    def written(self) -> Strings:
        """Words as the Finnish entries write them, lower case: what a misspelt word may be meant to be."""
        return self.entries.written

    def find(self, words: Sequence[Word], slack: int = SLACK) -> tuple[Mention, ...]:
        """All mentions in `words`, the surest and longest first.

        `slack`: other words that may stand between the words of a phrase; texts allow fewer than queries.
        """
        found: list[_Found] = []
        anchored: dict[int, Phrase] = {}
        said = [self._remembered(word) for word in words]
        for index, each in enumerate(said):
            if each.single:
                spoken = (index,)
                for number, entry, worth in each.single:
                    found.append((-worth, spoken, number, Mention(entry, spoken, worth)))
            if each.started:
                anchored.update(each.started)
        if anchored:
            found += self._phrases_in(words, said, anchored, slack)
        found.sort()  # no two are of the same entry and the same words
        return tuple(mention for _, _, _, mention in found)

    def _remembered(self, word: Word) -> _Said:
        # Nearly always the analyser gives the very same readings as when the word was met before.
        known = self._latest.get(word.surface)
        if known is not None and _alike(known[0], word):
            return known[1]
        if len(self._latest) >= _REMEMBERED:
            self._latest = {}
        found = self._held_or_made(word)
        self._latest[word.surface] = word, found
        return found

    def _held_or_made(self, word: Word) -> _Said:
        key = (word.surface, word.lemmas, word.parts, word.stems)
        held = self._held.get(key)
        if held is None:
            if len(self._held) >= _REMEMBERED:
                self._held = {}
            held = self._held[key] = self._said(word)
        return held

    def _said(self, word: Word) -> _Said:
        single: dict[int, float] = {}
        started: dict[int, Phrase] = {}
        entries = self.entries
        for number, place, quality in self._hits(word):
            if entries.alone(number):
                single[number] = max(quality, single.get(number, 0.0))
            elif place == entries.anchors[number]:
                started[number] = entries.phrases.get(number) or entries.phrase(number)
        terms = map(entries.terms.number, {word.surface.lower(), *word.lemmas, *word.parts, *word.stems})
        return _Said(
            tuple((number, entries[number], worth) for number, worth in single.items()),
            tuple(started.items()),
            tuple(term for term in terms if term >= 0),
        )

    def _phrases_in(
        self, words: Sequence[Word], said: Sequence[_Said], anchored: Mapping[int, Phrase], slack: int
    ) -> Iterator[_Found]:
        """Mentions of phrases; most are dismissed since one of their words is nowhere in the text."""
        terms: defaultdict[int, list[int]] = defaultdict(list)
        for index, each in enumerate(said):
            for term in each.terms:
                terms[term].append(index)
        absent = terms.keys().isdisjoint
        for number, phrase in anchored.items():
            for other in phrase.others:
                if absent(other):
                    break
            else:
                mention = self._mention(words, number, phrase, terms, slack)
                if mention is not None:
                    yield -mention.quality * len(mention.words), mention.words, number, mention

    def _mention(
        self,
        words: Sequence[Word],
        number: int,
        phrase: Phrase,
        terms: Mapping[int, Sequence[int]],
        slack: int,
    ) -> Mention | None:
        """A phrase whose words all occur, where they stand near each other."""
        near = [_places(terms, wanted) for wanted in phrase.places]
        span = phrase.length + slack
        if not _together(near, span):
            return None
        entry = self.entries[number]
        places: list[dict[int, float]] = []
        for place, indexes in enumerate(near):
            worths = ((index, self._worth(words[index], entry, place)) for index in indexes)
            places.append({index: worth for index, worth in worths if worth})
            if not places[-1]:
                return None
        window = _nearest(places, span)
        if window is None or _negates_another(entry, window):
            return None
        quality = min(at[index] for at, index in zip(places, window, strict=True))
        return Mention(entry, tuple(sorted(window)), quality)

    @staticmethod
    def _worth(word: Word, entry: Entry, place: int) -> float:
        """How surely a word stands for one word of a phrase, 0 = not; the rules of `_hits`."""
        keys, stems, worth = entry.keys[place], entry.stems[place], 0.0
        written = word.surface.lower()
        own = len(written) > _SHORT and written in word.lemmas
        for key in (written, *word.lemmas):
            share = _share(key, written, own=own)
            if key in keys:
                worth = max(worth, share)
            if key in stems and key not in _COMMON:
                worth = max(worth, STEM_QUALITY * share)
        for part in word.parts:
            if part in keys and (part not in _COMMON or entry.type != "need"):
                worth = max(worth, CARRYING_QUALITY if carries(word, part) else PART_QUALITY)
        if _COMMON.isdisjoint(word.lemmas) and not set(word.stems).isdisjoint(keys):
            worth = max(worth, STEM_QUALITY)
        return worth

    def _hits(self, word: Word) -> Iterator[tuple[int, int, float]]:
        """(number, place, quality) of the words of entries that a word may stand for."""
        written = word.surface.lower()
        own = len(written) > _SHORT and written in word.lemmas
        entries = self.entries
        number_of = entries.terms.number
        for key in {written, *word.lemmas}:
            term = number_of(key)
            if term < 0:
                continue
            if _is_stem(key):
                for number, place in _pairs(entries.by_key[term]):
                    alone = entries.alone(number) and _differ(entries[number].text, written)
                    yield number, place, OTHER_READING if alone else INFLECTED
                continue
            share = _share(key, written, own=own)
            for number, place in _pairs(entries.by_key[term]):
                yield number, place, share
            for number, place in _pairs(entries.by_stem[term]) if key not in _COMMON else ():
                yield number, place, STEM_QUALITY * share
        for part in word.parts:
            term = number_of(part)
            if not 0 <= term < entries.keyed:
                continue
            quality = CARRYING_QUALITY if carries(word, part) else PART_QUALITY
            for number, place in _pairs(entries.by_key[term]):
                if part not in _COMMON or entries[number].type != "need":
                    yield number, place, quality
        for stem in word.stems if _COMMON.isdisjoint(word.lemmas) else ():
            term = number_of(stem)
            for number, place in _pairs(entries.by_key[term]) if term >= 0 else ():
                yield number, place, STEM_QUALITY


class _Spoken(Container[str]):
    """Base forms and written forms of entries, without their derivatives."""

    def __init__(self, entries: Entries) -> None:
        self._entries = entries

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and 0 <= self._entries.terms.number(word) < self._entries.keyed


def _share(key: str, written: str, *, own: bool) -> float:
    """What one reading of a word is worth: less beside the written one where that is a base form."""
    if _is_stem(key):
        return INFLECTED
    if key == written or not own or written == f"{key}s":  # Alzheimers
        return 1.0
    return 1.0 if written.endswith(_PAST) and written[:3] == key[:3] else OTHER_READING


def _is_stem(key: str) -> bool:
    """Whether a term is the marked stem of a Swedish or English word (sv:ensam)."""
    return key[2:3] == ":"


def _differ(one: str, other: str) -> bool:
    return abs(len(one) - len(other)) > _ENDINGS


def _pairs(flat: Sequence[int]) -> Iterator[tuple[int, int]]:
    return zip(flat[::2], flat[1::2], strict=True)


def _alike(one: Word, other: Word) -> bool:
    """Whether two words were read as the same; quick to tell, and False where it is not certain."""
    return one.lemmas is other.lemmas and one.parts is other.parts and one.stems is other.stems


def _places(terms: Mapping[int, Sequence[int]], wanted: Sequence[int]) -> Sequence[int]:
    """Where any of the wanted terms stands, ascending."""
    found = [places for term in wanted if (places := terms.get(term))]
    return found[0] if len(found) == 1 else sorted({place for places in found for place in places})


def _together(near: Sequence[Sequence[int]], span: int) -> bool:
    """Whether words of a phrase stand near enough to one of its first words; most phrases end here."""
    for first in near[0]:
        low, high = first - span, first + span
        for places in near[1:]:
            for place in places:
                if low < place < high:
                    break
            else:
                break
        else:
            return True
    return False


def _nearest(places: Sequence[Mapping[int, float]], span: int) -> tuple[int, ...] | None:
    """One index for each word of a phrase, all different and within `span`; None where there is none."""
    for first in sorted(places[0]):
        chosen = [first]
        for place in range(1, len(places)):
            near = [index for index in places[place] if index not in chosen and abs(index - first) < span]
            if not near:
                break
            chosen.append(min(near, key=lambda index: abs(index - first)))
        else:
            if max(chosen) - min(chosen) < span:
                return tuple(chosen)
    return None


def _negates_another(entry: Entry, window: Sequence[int]) -> bool:
    """Whether the negation of a phrase stands too far from the word it denies ("en kuule … puhutaan")."""
    for place, keys in enumerate(entry.keys[:-1]):
        if not DENIALS.isdisjoint(keys) and abs(window[place + 1] - window[place]) > _DENIED:
            return True
    return False


def load_lexicon(taxonomy: Taxonomy, analyser: Analyser, cache: Path | None = None) -> Lexicon:
    """The lexicon of a taxonomy; its tables are kept in the folder `cache`, under a name that changes with
    the taxonomy and the analyser."""
    said = taxonomy.mark or tuple(phrases_of(taxonomy))
    text = repr((_VERSION, said, ANALYSER_VERSION, analyser.version))
    name = f"lexicon-{hashlib.sha256(text.encode()).hexdigest()[:16]}.tables"

    def make() -> dict[str, Array]:
        return packed_entries(compile_lexicon(taxonomy, analyser))

    return Lexicon(Entries(kept_tables(cache and cache / name, make)))
