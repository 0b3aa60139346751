"""Suggestions while typing: needs, places, activities and organisations, grouped, never one without results.

Words match by their beginnings at every length; the last word may be half typed, any word may be inflected.
Where nothing begins so, one slip or two are forgiven. The tables are made when a generation is built.
"""

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from heapq import merge

from indexer.backend import IndexStore, SearchBackend
from indexer.finnish import Analyser
from indexer.suggestion_tables import DERIVED, Part, SuggestionMaker, made_by, opened
from indexer.tables import Array
from indexer.understanding.slips import allowed, fold
from schemas.search import Suggestion

GROUPS = (("need", 4), ("place", 3), ("activity", 4), ("organisation", 3))
"""Types in the order shown, with the most of each."""
LONGEST = 80
_LEMMA_FROM = 4
_SHORT = 3
"""Letters up to which suggestions are remembered: thousands begin so, everybody types them first, and they
tell nothing of anybody."""
_HELD = 2000
"""Beginnings that are remembered."""


class Table:
    """Suggestions of one generation in one language; immutable but for a small memory.

    The entries of several parts have numbers one after the other.
    """

    def __init__(self, parts: Sequence[Part]) -> None:
        self._parts = parts
        self._firsts = [sum(map(len, parts[:place])) for place in range(len(parts))]
        self._words: tuple[str, ...] = ()
        self._longest = 0
        self._starts: dict[int, tuple[str, ...]] = {}
        self._memory: dict[str, frozenset[int]] = {}
        self._first: dict[str, tuple[Suggestion, ...]] = {}

    def find(self, pieces: Sequence[frozenset[str]], whole: str) -> tuple[Suggestion, ...]:
        """Suggestions for typed words, each with the forms it may stand for."""
        if len(whole) > _SHORT:
            return self._found(pieces, whole)
        held = self._first.get(whole)
        if held is None:
            held = self._first[whole] = self._found(pieces, whole)
            if len(self._first) > _HELD:
                self._first.clear()
        return held

    def _found(self, pieces: Sequence[frozenset[str]], whole: str) -> tuple[Suggestion, ...]:
        found = self._all([self._either(forms, self._starting) for forms in pieces])
        if not found:
            found = self._all([self._either(forms, self._alike) for forms in pieces])
        folded = fold(whole)
        ranked = sorted(found, key=lambda number: self._rank(number, whole, folded))
        return tuple(_grouped(self._suggestion(number) for number in ranked))

    def _located(self, number: int) -> tuple[Part, int]:
        place = len(self._firsts) - 1
        while number < self._firsts[place]:
            place -= 1
        return self._parts[place], number - self._firsts[place]

    def _suggestion(self, number: int) -> Suggestion:
        part, own = self._located(number)
        return part.suggestion(own)

    def _rank(self, number: int, whole: str, start: str) -> tuple[int, float, int, str]:
        """Labels that begin so as typed, as folded, labels with a word that does; then by weight."""
        part, own = self._located(number)
        folded = part.folded[own]
        if part.label(own).lower().startswith(whole):
            place = 0
        elif folded.startswith(start):
            place = 1
        else:
            place = 2 if f" {start}" in folded else 3
        return place, -part.weights[own], len(folded), folded

    @staticmethod
    def _all(found: Sequence[frozenset[int]]) -> frozenset[int]:
        return frozenset.intersection(*found) if found else frozenset()

    @staticmethod
    def _either(forms: Iterable[str], find: Callable[[str], frozenset[int]]) -> frozenset[int]:
        return frozenset().union(*(find(form) for form in forms))

    def _starting(self, beginning: str) -> frozenset[int]:
        held = self._memory.get(beginning)
        if held is None:
            held = frozenset(
                first + number
                for first, part in zip(self._firsts, self._parts, strict=True)
                for number in part.starting(beginning)
            )
            if len(self._memory) > _HELD:
                self._memory.clear()
            self._memory[beginning] = held
        return held

    def _alike(self, typed: str) -> frozenset[int]:
        exact = self._starting(typed)
        if exact:  # no word is nearer; looking through all beginnings for it takes long
            return exact
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        limit = min(2, allowed(len(typed)))
        near = process.extract(
            typed, self._beginnings(len(typed)), scorer=OSA.distance, score_cutoff=limit, limit=5
        )
        best = min((item[1] for item in near), default=0)
        return frozenset().union(*(self._starting(item[0]) for item in near if item[1] == best))

    def _beginnings(self, length: int) -> tuple[str, ...]:
        """The different beginnings of that length of all words; shorter words whole.

        Whole words are the same objects in all of them: else long words that nobody knows, typed letter by
        letter, would fill the memory with copies.
        """
        if not self._words:
            self._words = tuple(merge(*(part.words[:] for part in self._parts)))
            self._longest = max(map(len, self._words), default=0)
        length = min(length, self._longest)
        starts = self._starts.get(length)
        if starts is None:
            starts = self._starts[length] = tuple(dict.fromkeys(word[:length] for word in self._words))
        return starts


def _grouped(suggestions: Iterable[Suggestion]) -> Iterator[Suggestion]:
    groups: dict[str, dict[str, Suggestion]] = {name: {} for name, _ in GROUPS}
    for entry in suggestions:
        groups[entry.type].setdefault(entry.value or entry.label, entry)
    for name, most in GROUPS:
        yield from list(groups[name].values())[:most]


class Suggester:
    """Suggests from the current generation; shared between threads."""

    def __init__(self, store: IndexStore, analyser: Analyser, maker: Callable[[], SuggestionMaker]) -> None:
        """`maker` is asked for when tables are opened, and makes those of an index that has none."""
        self._store = store
        self._analyser = analyser
        self._maker = maker
        self._tables: tuple[str, Mapping[str, Array]] = ("", {})
        self._held: tuple[str, dict[str, Table]] = ("", {})
        self._lock = threading.Lock()

    def suggest(self, text: str, language: str = "fi") -> tuple[Suggestion, ...]:
        """Suggestions for what was typed so far, in the order of `GROUPS`. Raises SearchUnavailable."""
        typed = text[:LONGEST].lower().split()
        if not typed:
            return ()
        table = self._table(self._store.current(), language)
        return table.find([self._forms(word) for word in typed], " ".join(typed))

    def _forms(self, word: str) -> frozenset[str]:
        forms = {fold(word)}
        if len(word) >= _LEMMA_FROM:
            forms |= {fold(lemma) for lemma in self._analyser.word(word).lemmas}
        return frozenset(forms)

    def _table(self, backend: SearchBackend, language: str) -> Table:
        generation, tables = self._held
        if generation == backend.generation and language in tables:
            return tables[language]
        with self._lock:
            generation, tables = self._held
            if generation != backend.generation:
                tables = {}
            if language not in tables:
                tables = {**tables, language: Table(opened(self._of(backend), language))}
            self._held = (backend.generation, tables)
            return tables[language]

    def _of(self, backend: SearchBackend) -> Mapping[str, Array]:
        """The tables of a generation; made now where it was built with other words and places."""
        if self._tables[0] != backend.generation:
            maker = self._maker()
            found = backend.derived(DERIVED)
            if found is None or not made_by(found, maker.mark):
                found = maker.tables(backend)
            self._tables = backend.generation, found
        return self._tables[1]
