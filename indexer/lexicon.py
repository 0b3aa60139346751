"""The taxonomies' words, analysed: which needs, kinds, groups, units and situations a text speaks of.

One matcher serves queries and documents. A single word matches by base form (quality 1), as a true part of
a compound (0.8, or 0.95 where the rest only frames it: digiapu) or as a close derivative (0.55). Several
words match when all of their content words stand near each other, in any order.
"""

import hashlib
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

import msgspec

from indexer.entries import DENIALS, Entries, Entry, compile_lexicon, packed_entries, phrases_of
from indexer.finnish import ANALYSER_VERSION, Analyser, Word
from indexer.spoken_words import Said, SpokenWords, worth
from indexer.tables import Array, Strings, kept_tables
from schemas.taxonomy import Taxonomy

_VERSION = 15
"""Raised when entries come out differently from the same words."""
_DENIED = 3
"""Words from a negation within which the word that it denies stands."""
_REMEMBERED = 50_000
"""Worths of words in phrases that are kept in memory."""
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


Order = tuple[float, tuple[int, ...], int]
"""What orders mentions, the surest and longest first; no two are of the same entry and the same words."""


class Lexicon:
    """Finds mentions in analysed texts; immutable but for a memory; threads may share it."""

    def __init__(self, entries: Iterable[Entry] | Entries) -> None:
        self.entries = entries if isinstance(entries, Entries) else Entries(packed_entries(tuple(entries)))
        self._spoken = SpokenWords(self.entries)
        self._worths: dict[tuple[Said, int, int], float] = {}

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

    def remember(self, words: int) -> None:
        """Keep what so many words say in memory: a build meets more of them than a server is asked."""
        self._spoken.capacity = words

    def find(self, words: Sequence[Word], slack: int = SLACK) -> tuple[Mention, ...]:
        """All mentions in `words`, the surest and longest first.

        `slack`: other words that may stand between the words of a phrase; texts allow fewer than queries.
        """
        said = self.said(words)
        found: list[tuple[Order, Mention]] = []
        for index, each in enumerate(said):
            if each.single:
                spoken = (index,)
                for number, quality in each.single:
                    mention = Mention(self.entries[number], spoken, quality)
                    found.append(((-quality, spoken, number), mention))
        found += self.phrases(words, said, slack)
        found.sort(key=_order)
        return tuple(mention for _, mention in found)

    def said(self, words: Sequence[Word]) -> list[Said]:
        """What each of the words may say, alone or with others."""
        return self._spoken.of(words)

    def phrases(
        self, words: Sequence[Word], said: Sequence[Said], slack: int
    ) -> Iterator[tuple[Order, Mention]]:
        """Mentions of phrases, in any order; most are dismissed since one of their words is nowhere near."""
        if not any(each.seconds for each in said):
            return
        masks = _masks(said)
        for number in self._begun(said, masks, slack):
            span = self.entries.lengths[number] + slack
            near = _near(masks, self.entries.phrase(number), span)
            mention = near and self._mention(words, said, number, near, span)
            if mention:
                yield (-mention.quality * len(mention.words), mention.words, number), mention

    def _begun(self, said: Sequence[Said], masks: Mapping[int, int], slack: int) -> set[int]:
        """The phrases whose two rarest words stand near each other."""
        found: set[int] = set()
        present = set(masks)
        lengths = self.entries.lengths
        reach = self.entries.longest + slack - 1
        for index, each in enumerate(said):
            for term in present & each.seconds if each.seconds else ():
                mask = masks[term] << reach >> index  # from `reach` words before this one on
                if mask & ((2 << 2 * reach) - 1):
                    for number in each.phrases[term]:
                        by = lengths[number] + slack - 1
                        if mask >> reach - by & ((2 << 2 * by) - 1):
                            found.add(number)
        return found

    def _mention(
        self, words: Sequence[Word], said: Sequence[Said], number: int, near: Sequence[int], span: int
    ) -> Mention | None:
        """A phrase whose words stand near each other, where they say it."""
        places: list[dict[int, float]] = []
        for place, mask in enumerate(near):
            worths = ((at, self._worth(words[at], said[at], number, place)) for at in _indexes(mask))
            places.append({index: quality for index, quality in worths if quality})
            if not places[-1]:
                return None
        entry = self.entries[number]
        window = _nearest(places, span)
        if window is None or _negates_another(entry, window):
            return None
        quality = min(at[index] for at, index in zip(places, window, strict=True))
        return Mention(entry, tuple(sorted(window)), quality)

    def _worth(self, word: Word, said: Said, number: int, place: int) -> float:
        """How surely a word stands for one word of a phrase, remembered."""
        key = said, number, place
        found = self._worths.get(key)
        if found is None:
            if len(self._worths) >= _REMEMBERED:
                self._worths = {}
            found = self._worths[key] = worth(word, self.entries[number], place)
        return found


def _order(found: tuple[Order, Mention]) -> Order:
    return found[0]


class _Spoken(Container[str]):
    """Base forms and written forms of entries, without their derivatives."""

    def __init__(self, entries: Entries) -> None:
        self._entries = entries

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and 0 <= self._entries.terms.number(word) < self._entries.keyed


# -- where words stand: a set of indexes is a number with a bit for each of them --------------------------


def _masks(said: Sequence[Said]) -> dict[int, int]:
    """Where each term stands."""
    masks: dict[int, int] = {}
    at = 1
    for each in said:
        for term in each.terms:
            masks[term] = masks.get(term, 0) | at
        at <<= 1
    return masks


def _near(masks: Mapping[int, int], places: Sequence[Sequence[int]], span: int) -> list[int] | None:
    """Where each word of a phrase stands near the first one; None where they never do so together."""
    found = []
    for terms in places:
        mask = 0
        for term in terms:
            if term in masks:
                mask |= masks[term]
        if not mask:
            return None
        found.append(mask)
    firsts = found[0]
    for mask in found[1:]:
        firsts &= _widened(mask, span - 1)
    if not firsts:
        return None
    within = _widened(firsts, span - 1)
    return [firsts, *(mask & within for mask in found[1:])]


def _widened(mask: int, by: int) -> int:
    """All indexes at most so far from one of a set."""
    both, reached = 2 * by, 0
    while reached < both:
        step = min(reached + 1, both - reached)
        mask |= mask << step
        reached += step
    return mask >> by


def _indexes(mask: int) -> Iterator[int]:
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


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
