"""Suggestions while typing: needs, places, activities and organisations, grouped, never one without results.

Words match by their beginnings at every length; the last word may be half typed, any word may be inflected.
Where nothing begins so, one slip or two are forgiven. The table is made once for each generation.
"""

import threading
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import msgspec

from indexer.backend import IndexStore, SearchBackend
from indexer.finnish import Analyser
from indexer.understanding.slips import allowed, fold
from schemas.gazetteer import Gazetteer
from schemas.search import Suggestion
from schemas.taxonomy import Taxonomy

GROUPS = (("need", 4), ("place", 3), ("activity", 4), ("organisation", 3))
"""Types in the order shown, with the most of each."""
LONGEST = 80
_LEMMA_FROM = 4
_END = "\U0010ffff"


class _Entry(msgspec.Struct, frozen=True):
    suggestion: Suggestion
    folded: str
    """The label folded, for telling beginnings of the whole from beginnings inside."""
    weight: float


class Table:
    """Suggestions of one generation by the beginnings of their words; immutable but for a small memory."""

    def __init__(self, entries: Sequence[tuple[_Entry, Iterable[str]]]) -> None:
        self._entries = tuple(entry for entry, _ in entries)
        words: dict[str, set[int]] = {}
        for number, (_, tokens) in enumerate(entries):
            for token in tokens:
                words.setdefault(token, set()).add(number)
        self._words = sorted(words)
        self._owners = [frozenset(words[word]) for word in self._words]
        self._starts: dict[int, tuple[str, ...]] = {}
        self._memory: dict[str, frozenset[int]] = {}

    def find(self, pieces: Sequence[frozenset[str]], whole: str) -> tuple[Suggestion, ...]:
        """Suggestions for typed words, each with the forms it may stand for."""
        found = self._all([self._either(forms, self._starting) for forms in pieces])
        if not found:
            found = self._all([self._either(forms, self._alike) for forms in pieces])
        ranked = sorted(found, key=lambda number: self._rank(number, whole))
        return tuple(_grouped(self._entries[number].suggestion for number in ranked))

    def _rank(self, number: int, whole: str) -> tuple[int, float, int, str]:
        """Labels that begin so as typed, as folded, labels with a word that does; then by weight."""
        entry = self._entries[number]
        if entry.suggestion.label.lower().startswith(whole):
            place = 0
        elif entry.folded.startswith(fold(whole)):
            place = 1
        else:
            place = 2 if f" {fold(whole)}" in entry.folded else 3
        return place, -entry.weight, len(entry.folded), entry.folded

    @staticmethod
    def _all(found: Sequence[frozenset[int]]) -> frozenset[int]:
        return frozenset.intersection(*found) if found else frozenset()

    @staticmethod
    def _either(forms: Iterable[str], find: Callable[[str], frozenset[int]]) -> frozenset[int]:
        return frozenset().union(*(find(form) for form in forms))

    def _starting(self, beginning: str) -> frozenset[int]:
        held = self._memory.get(beginning)
        if held is None:
            first = bisect_left(self._words, beginning)
            last = bisect_left(self._words, beginning + _END)
            held = frozenset().union(*self._owners[first:last])
            if len(self._memory) > 2000:
                self._memory.clear()
            self._memory[beginning] = held
        return held

    def _alike(self, typed: str) -> frozenset[int]:
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        limit = min(2, allowed(len(typed)))
        starts = self._starts.get(len(typed))
        if starts is None:
            starts = tuple(dict.fromkeys(word[: len(typed)] for word in self._words))
            self._starts[len(typed)] = starts
        near = process.extract(typed, starts, scorer=OSA.distance, score_cutoff=limit, limit=5)
        best = min((item[1] for item in near), default=0)
        return frozenset().union(*(self._starting(item[0]) for item in near if item[1] == best))


def _grouped(suggestions: Iterable[Suggestion]) -> Iterator[Suggestion]:
    groups: dict[str, dict[str, Suggestion]] = {name: {} for name, _ in GROUPS}
    for entry in suggestions:
        groups[entry.type].setdefault(entry.value or entry.label, entry)
    for name, most in GROUPS:
        yield from list(groups[name].values())[:most]


class Suggester:
    """Suggests from the current generation; shared between threads."""

    def __init__(
        self, store: IndexStore, analyser: Analyser, taxonomy: Taxonomy, gazetteer: Gazetteer
    ) -> None:
        self._store = store
        self._analyser = analyser
        self._taxonomy = taxonomy
        self._gazetteer = gazetteer
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
                tables = {**tables, language: Table(list(self._entries(backend, language)))}
            self._held = (backend.generation, tables)
            return tables[language]

    def _entries(self, backend: SearchBackend, language: str) -> Iterator[tuple[_Entry, Iterable[str]]]:
        for code, count in backend.codes("need").items():
            need = self._taxonomy.needs.get(code)
            if need is not None:
                label = need.name.get(language)
                said = (label, need.name.fi, *need.words)
                # Plain names describe in everyday words; the search is sure of the need's own name.
                query = need.name.fi if language == "selko" else label
                entry = Suggestion("need", label, query, count, code)
                yield self._entry(entry, said, 1 + count**0.5)
        yield from self._places(backend.codes("municipality"), language)
        for kind, facet in (("activity", "title"), ("organisation", "organisation")):
            for name, count in backend.codes(facet).items():
                yield self._entry(Suggestion(kind, name, name, count), (name,), count)

    def _places(self, counts: Mapping[str, int], language: str) -> Iterator[tuple[_Entry, Iterable[str]]]:
        for code, count in counts.items():
            if code in self._gazetteer:
                place = self._gazetteer.municipality(code)
                label = place.sv if language == "sv" else place.fi
                yield self._entry(Suggestion("place", label, label, count, code), (place.fi, place.sv), count)
        towns = {place.fi for place in self._gazetteer.municipalities}
        for village in self._gazetteer.settlements:
            count = max((counts.get(code, 0) for code in village.codes), default=0)
            if count and len(village.codes) == 1 and village.codes[0] in self._gazetteer:
                within = self._gazetteer.municipality(village.codes[0]).fi
                label = village.name if village.name == within else f"{village.name} ({within})"
                # A name that means something else too is asked for beside its municipality.
                doubtful = village.name.lower() in self._gazetteer.homographs or village.name in towns
                query = f"{village.name}, {within}" if doubtful else village.name
                entry = Suggestion("place", label, query, count, village.name)
                yield self._entry(entry, (village.name,), 0.1)

    def _entry(
        self, suggestion: Suggestion, said: Iterable[str], weight: float
    ) -> tuple[_Entry, frozenset[str]]:
        tokens: set[str] = set()
        for text in said:
            for word in self._analyser.words(text):
                tokens |= {fold(word.surface), *(fold(lemma) for lemma in word.lemmas)}
        return _Entry(suggestion, fold(suggestion.label), weight), frozenset(tokens)
