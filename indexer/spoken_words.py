"""What one word of a text may say: entries that it says alone, and phrases whose rarest word it may be."""

from collections.abc import Sequence
from typing import Any

from indexer.entries import Entries, Entry
from indexer.finnish import Word
from indexer.generic import FRAMES, HALF, carries

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
_COMMON = FRAMES | HALF
"""Words too common to say a need as a part of a compound or by derivation (isä: isyys, apu: auttaja)."""
_PAST = ("tu", "ty", "nut", "nyt", "lut", "lyt", "sut", "syt", "rut", "ryt")
"""Past participles say what their verb says: "yritetty", "kuollut"."""
_REMEMBERED = 20_000
"""Words whose entries are kept in memory, where nothing else is said."""


class Said:
    """What one word may say, by the rules of `worth`.

    single    (number, quality) of entries that it says alone
    phrases   numbers of phrases whose rarest word it may be, by each term of their next rarest word
    seconds   the keys of `phrases`
    terms     numbers of its terms that some entry has
    meant     what `indexer.needs` made of `single`; None = nothing yet
    """

    __slots__ = ("meant", "phrases", "seconds", "single", "terms")

    def __init__(
        self,
        single: tuple[tuple[int, float], ...],
        phrases: dict[int, list[int]],
        terms: tuple[int, ...],
    ) -> None:
        self.single = single
        self.phrases = phrases
        self.seconds = frozenset(phrases)
        self.terms = terms
        self.meant: tuple[Any, ...] | None = None


class SpokenWords:
    """Finds what words may say, and remembers it; threads may share it."""

    def __init__(self, entries: Entries) -> None:
        self.capacity = _REMEMBERED
        self._entries = entries
        self._held: dict[object, Said] = {}
        self._latest: dict[str, tuple[tuple[str, ...], Said]] = {}

    def of(self, words: Sequence[Word]) -> list[Said]:
        """What each of the words may say."""
        found = []
        latest = self._latest.get
        for word in words:
            # Nearly always the analyser gives the very same base forms as when the word was met before; the
            # same object for the same word comes with the same parts and stems.
            known = latest(word.surface)
            if known is not None and known[0] is word.lemmas:
                found.append(known[1])
            else:
                found.append(self._looked_up(word))
        return found

    def _looked_up(self, word: Word) -> Said:
        if len(self._latest) >= self.capacity:
            self._latest = {}
        key = (word.surface.lower(), word.lemmas, word.parts, word.stems)
        held = self._held.get(key)
        if held is None:
            if len(self._held) >= self.capacity:
                self._held = {}
            held = self._held[key] = self._said(word)
        self._latest[word.surface] = word.lemmas, held
        return held

    def _said(self, word: Word) -> Said:
        written = word.surface.lower()
        number_of = self._entries.terms.number
        numbers = {term: number_of(term) for term in {written, *word.lemmas, *word.parts, *word.stems}}
        terms = tuple(number for number in numbers.values() if number >= 0)
        if not terms:
            return _SILENT
        looked = _Looked(self._entries)
        own = len(written) > _SHORT and written in word.lemmas
        for key in {written, *word.lemmas}:
            if numbers[key] >= 0:
                looked.whole(key, numbers[key], written, own=own)
        for part in word.parts:
            if 0 <= numbers[part] < self._entries.keyed:
                looked.part(part, numbers[part], word)
        if word.stems and _COMMON.isdisjoint(word.lemmas):
            for stem in word.stems:
                if numbers[stem] >= 0:
                    looked.take(self._entries.by_key[numbers[stem]], STEM_QUALITY)
        return Said(tuple(looked.single.items()), looked.phrases(), terms)


_SILENT = Said((), {}, ())


class _Looked:
    """What was found of one word so far."""

    def __init__(self, entries: Entries) -> None:
        self._entries = entries
        self.single: dict[int, float] = {}
        self._begun: set[int] = set()

    def take(self, flat: Sequence[int], quality: float) -> None:
        """Entries by number and place, one after the other, of whose words this may be one."""
        alone, anchors, single = self._entries.alone, self._entries.anchors, self.single
        for number, place in zip(flat[::2], flat[1::2], strict=True):
            if alone[number]:
                if quality > single.get(number, 0.0):
                    single[number] = quality
            elif place == anchors[number]:
                self._begun.add(number)

    def whole(self, key: str, term: int, written: str, *, own: bool) -> None:
        """Entries that have a reading of the whole word, or a close derivative of which it is a reading."""
        entries = self._entries
        if not _is_stem(key):
            share = _share(key, written, own=own)
            self.take(entries.by_key[term], share)
            if key not in _COMMON:
                self.take(entries.by_stem[term], STEM_QUALITY * share)
            return
        flat = entries.by_key[term]
        for number, place in zip(flat[::2], flat[1::2], strict=True):
            differs = entries.alone[number] and _differ(entries[number].text, written)
            self.take((number, place), OTHER_READING if differs else INFLECTED)

    def part(self, part: str, term: int, word: Word) -> None:
        """Entries that have a part of the word."""
        flat = self._entries.by_key[term]
        if part in _COMMON:
            kept = (at for at in range(0, len(flat), 2) if self._entries.type(flat[at]) != "need")
            flat = [value for at in kept for value in flat[at : at + 2]]
        self.take(flat, CARRYING_QUALITY if carries(word, part) else PART_QUALITY)

    def phrases(self) -> dict[int, list[int]]:
        """The phrases begun, by each term of their next rarest word."""
        found: dict[int, list[int]] = {}
        for number in self._begun:
            for term in self._entries.seconds[number]:
                found.setdefault(term, []).append(number)
        return found


def worth(word: Word, entry: Entry, place: int) -> float:
    """How surely a word stands for one word of a phrase, 0 = not."""
    keys, stems, found = entry.keys[place], entry.stems[place], 0.0
    written = word.surface.lower()
    own = len(written) > _SHORT and written in word.lemmas
    for key in (written, *word.lemmas):
        share = _share(key, written, own=own)
        if key in keys:
            found = max(found, share)
        if key in stems and key not in _COMMON:
            found = max(found, STEM_QUALITY * share)
    for part in word.parts:
        if part in keys and (part not in _COMMON or entry.type != "need"):
            found = max(found, CARRYING_QUALITY if carries(word, part) else PART_QUALITY)
    if _COMMON.isdisjoint(word.lemmas) and not set(word.stems).isdisjoint(keys):
        found = max(found, STEM_QUALITY)
    return found


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
