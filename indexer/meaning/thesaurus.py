"""A thesaurus of classes of everyday words: from a question to the words that name the same thing.

Built from groups of terms that people filed under one class of a library (YKL) or of any other scheme. A
question finds the class that speaks of it (BM25 over the classes' words); the class's other words come back
with weights and go into the search as one more clause, below everything that was really said.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

import msgspec
import numpy as np

from indexer.lists import Lists, packed_lists
from indexer.tables import Array, Strings, Words, packed_strings, packed_words

_K1: Final = 1.2
_B: Final = 0.5
_MOST: Final = 2.0

Idf = Callable[[str], float]
Analyse = Callable[[str], Mapping[str, float]]


class Group(msgspec.Struct, frozen=True):
    """One class: its code, its name (may be empty) and its terms as people write them."""

    code: str
    name: str
    terms: tuple[str, ...]


class Expansion(msgspec.Struct, frozen=True):
    """The class that answered and its words.

    words     base form -> weight: how often the class's terms hold it (at most 2), over the root of the
              class's length, times coverage
    coverage  share (0–1) of the question's idf that the class knows
    """

    code: str
    name: str
    words: Mapping[str, float]
    coverage: float


class Thesaurus:
    """Immutable; threads may share it."""

    def __init__(self, groups: Iterable[Group], words: Iterable[Mapping[str, float]]) -> None:
        """`words`: for each group the weights of its words, see `group_words`."""
        self._open(packed_thesaurus(tuple(groups), tuple(words)))

    @classmethod
    def opened(cls, tables: Mapping[str, Array]) -> "Thesaurus":
        """A thesaurus over the tables that `packed_thesaurus` made."""
        made = cls.__new__(cls)
        made._open(tables)
        return made

    def _open(self, tables: Mapping[str, Array]) -> None:
        self._codes = Strings(tables, "codes")
        self._names = Strings(tables, "names")
        self._terms = Words(tables, "terms")
        self._held = Lists(tables, "held")
        self._weights = tables["held.weights"]
        self._postings = Lists(tables, "postings")
        self._counts = tables["postings.weights"]
        self._lengths: list[float] = tables["lengths"].tolist()
        self._mean = sum(self._lengths) / max(len(self._lengths), 1) or 1.0

    def expand(self, question: Mapping[str, float], idf: Idf, *, limit: int = 20) -> Expansion | None:
        """The class nearest to the question (base form -> weight), None when no word is known.

        `idf`: weight of a word in the index searched, 0 for a word it does not hold. `limit`: how many words
        come back, those with the greatest weight × idf: few postings to read, and most of the gain. Of equal
        classes the first in the file wins. Never raises.
        """
        scores: defaultdict[int, float] = defaultdict(float)
        known: defaultdict[int, float] = defaultdict(float)
        total = 0.0
        for word, weight in question.items():
            term = self._terms.number(word)
            span = slice(0) if term < 0 else self._postings.span(term)
            rarity = weight * self._idf(span.stop - (span.start or 0))
            total += rarity
            counts = self._counts[span].tolist()
            for number, count in zip(self._postings.values[span].tolist(), counts, strict=True):
                scores[number] += rarity * self._saturation(number, count)
                known[number] += rarity
        if not scores:
            return None
        best = max(scores, key=lambda number: (scores[number], -number))
        coverage = known[best] / total if total > 0 else 0.0
        words = self._strongest(best, coverage, idf, limit)
        return Expansion(self._codes[best], self._names[best], words, coverage)

    def _strongest(self, number: int, coverage: float, idf: Idf, limit: int) -> dict[str, float]:
        factor = coverage / math.sqrt(self._lengths[number])
        counts = self._weights[self._held.span(number)].tolist()
        words = self._terms.at(self._held[number])
        weights = {word: min(count, _MOST) * factor for word, count in zip(words, counts, strict=True)}
        ranked = sorted((-weight * idf(word), word) for word, weight in weights.items())
        return {word: weights[word] for value, word in ranked[:limit] if value < 0}

    def _idf(self, count: int) -> float:
        return math.log(1 + (len(self._codes) - count + 0.5) / (count + 0.5))

    def _saturation(self, number: int, count: float) -> float:
        length = self._lengths[number] / self._mean
        return count * (_K1 + 1) / (count + _K1 * (1 - _B + _B * length))


def packed_thesaurus(groups: Sequence[Group], words: Sequence[Mapping[str, float]]) -> dict[str, Array]:
    """The arrays of a thesaurus; `words`: for each group the weights of its words."""
    terms: dict[str, int] = {}
    postings: list[list[int]] = []
    counts: list[list[float]] = []
    rows: list[list[int]] = []
    for number, held in enumerate(words):
        rows.append([])
        for word, count in held.items():
            term = terms.setdefault(word, len(terms))
            if term == len(postings):
                postings.append([])
                counts.append([])
            postings[term].append(number)
            counts[term].append(count)
            rows[number].append(term)
    return {
        **packed_strings("codes", (group.code for group in groups)),
        **packed_strings("names", (group.name for group in groups)),
        **packed_words("terms", terms),
        **packed_lists("held", rows),
        "held.weights": np.array([count for held in words for count in held.values()], dtype=np.float64),
        **packed_lists("postings", postings),
        "postings.weights": np.array([count for each in counts for count in each], dtype=np.float64),
        "lengths": np.array([sum(held.values()) for held in words], dtype=np.float64),
    }


def group_words(group: Group, analyse: Analyse) -> dict[str, float]:
    """Weighted base forms and parts of a group's name and terms; `analyse` as for documents."""
    counts: dict[str, float] = {}
    for text in (group.name, *group.terms):
        for word, weight in analyse(text).items():
            counts[word] = counts.get(word, 0.0) + weight
    return counts


def parse_groups(text: str) -> tuple[Group, ...]:
    """Groups from lines of ``code TAB name TAB term``; lines of another shape are left out."""
    names: dict[str, str] = {}
    terms: defaultdict[str, list[str]] = defaultdict(list)
    for line in text.splitlines():
        cells = line.split("\t")
        if len(cells) == 3 and cells[0] and cells[2]:
            names.setdefault(cells[0], cells[1])
            terms[cells[0]].append(cells[2])
    return tuple(Group(code, names[code], tuple(found)) for code, found in terms.items())
