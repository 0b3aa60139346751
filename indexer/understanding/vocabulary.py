"""The words a query can be corrected to: those of the index, of the taxonomies and of the gazetteer."""

import hashlib
import itertools
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path

import numpy as np

from indexer.backend import SearchBackend
from indexer.meaning.grams import Grams, boosts, packed_grams
from indexer.tables import Array, Counts, Words, kept_tables, packed_words
from indexer.understanding.forms import Forms, packed_forms
from schemas.county import County
from schemas.errors import SearchUnavailable
from schemas.gazetteer import Gazetteer

DERIVED = "vocabulary-1"
"""The name of its tables in a generation; the number is raised when they come out differently."""
_NUMBERS = itertools.count()
_FIELDS = ("words", "organisation")
_REACH = 3
_SHORTEST = 3
_CANDIDATES = 12
_REMEMBERED = 5000
_FLOOR = 0.35
_NONE = Forms(packed_forms(()))


class _Written:
    """How many documents have a written form: 0 for those that only taxonomies and gazetteer know."""

    def __init__(self, forms: Forms, known: Forms) -> None:
        self._forms = forms
        self._known = known

    def __contains__(self, word: str) -> bool:
        return self._forms.count(word) is not None or self._known.count(word) is not None

    def __getitem__(self, word: str) -> int:
        return self._forms.count(word) or 0


class Vocabulary:
    """Words with the number of documents that have them; immutable, made once for each generation.

    indexed   base forms and parts of the index with document frequencies
    size      number of documents
    number    a number of its own, for memories that outlive it
    forms     written forms worth correcting to (lower case), with document frequencies where known
    """

    def __init__(self, indexed: Mapping[str, int], forms: Mapping[str, int], size: int) -> None:
        self._open(packed_vocabulary(indexed, forms), _NONE, size)

    @classmethod
    def opened(cls, tables: Mapping[str, Array], known: Forms, size: int) -> "Vocabulary":
        """A vocabulary over tables of `packed_vocabulary`; `known`: forms that no index needs to have."""
        made = cls.__new__(cls)
        made._open(tables, known, size)
        return made

    def _open(self, tables: Mapping[str, Array], known: Forms, size: int) -> None:
        self.number = next(_NUMBERS)
        self.size = size
        self._tables = tables
        self.indexed: Mapping[str, int] = Counts(Words(tables, "indexed"), tables["indexed.counts"])
        self._forms, self._known = Forms(tables), known
        self.forms = _Written(self._forms, known)
        self._alike: dict[str, list[tuple[str, float]]] = {}
        self._corrections: dict[str, tuple[str, bool] | None] = {}

    def remembered(self, word: str, find: Callable[[], tuple[str, bool] | None]) -> tuple[str, bool] | None:
        """What `find` said of a word, kept for the words of late."""
        if word not in self._corrections:
            if len(self._corrections) >= _REMEMBERED:
                self._corrections.clear()
            self._corrections[word] = find()
        return self._corrections.get(word)

    def warm(self) -> None:
        """Make what the first misspelt and the first unknown word need."""
        self.near("a" * _SHORTEST, 1)
        self.alike("a" * _SHORTEST, 1)

    def near(self, word: str, limit: int) -> tuple[str, ...]:
        """Written forms within `limit` slips (transpositions count one), the nearest first."""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        reach = min(limit, _REACH)
        more = (form for form in self._known.near(word, limit, reach) if self._forms.count(form) is None)
        window = sorted((*self._forms.near(word, limit, reach), *more), key=len)
        found = process.extract(word, window, scorer=OSA.distance, score_cutoff=limit, limit=_CANDIDATES)
        alike = (*self._forms.alike(word), *self._known.alike(word))
        return tuple(dict.fromkeys([*alike, *(item[0] for item in found)]))

    def alike(self, word: str, limit: int) -> list[tuple[str, float]]:
        """Base forms of the index that share most character n-grams with a word that nothing knows."""
        found = self._alike.get(word)
        if found is None:
            if len(self._alike) >= _REMEMBERED:
                self._alike.clear()
            near = self._lookalikes.nearest(word, limit=limit, floor=_FLOOR)
            found = self._alike[word] = list(boosts(near, known=False).items())
        return found

    @cached_property
    def _lookalikes(self) -> Grams:
        return Grams.opened(self._tables)


def packed_vocabulary(
    indexed: Mapping[str, int], forms: Mapping[str, int], before: Mapping[str, Array] | None = None
) -> dict[str, Array]:
    """The arrays of a vocabulary; `before`: those of another one with nearly the same words, to save work."""
    return {
        **packed_words("indexed", indexed),
        "indexed.counts": np.array(list(indexed.values()), dtype=np.int32),
        **packed_forms(forms),
        **packed_grams(sorted(word for word in indexed if len(word) >= _SHORTEST and word.isalpha()), before),
    }


def vocabulary_tables(backend: SearchBackend, before: Mapping[str, Array] | None = None) -> dict[str, Array]:
    """The arrays of the vocabulary of an open generation; `before`: those of an earlier one, to save work."""
    indexed: dict[str, int] = {}
    forms: dict[str, int] = {}
    for field in (*_FIELDS, "parts"):
        for word, count in backend.vocabulary(field).items():
            indexed[word] = max(count, indexed.get(word, 0))
            if field in _FIELDS:
                forms[word] = count
    forms.update({word: count for word, count in backend.vocabulary("forms").items() if word.isalpha()})
    return packed_vocabulary(indexed, forms, before)


def home_forms(gazetteer: Gazetteer, county: County) -> Iterator[str]:
    """Written forms of the county's own places: a slip is hardly meant for a far one."""
    home = set(county.municipalities)
    for code in county.municipalities:
        place = gazetteer.municipality(code)
        forms = place.forms
        names = (place.fi, forms.genitive, forms.partitive, forms.at, forms.to, forms.away)
        yield from (name.lower() for name in names)
    for village in gazetteer.settlements:
        if home.issuperset(village.codes):
            yield village.name.lower()


def load_known(words: Callable[[], Iterable[str]], mark: str, cache: Path) -> Forms:
    """Forms that no index needs to have; kept in the folder `cache` under a name that changes with `mark`."""
    name = hashlib.blake2b(f"{DERIVED} {mark}".encode(), digest_size=12).hexdigest()
    return Forms(kept_tables(cache / f"forms-{name}.tables", lambda: packed_forms(words())))


class VocabularyKeeper:
    """Keeps the vocabulary of the generation in use; a newer one is opened in the background.

    `known`: forms of the taxonomies and of places.
    """

    def __init__(self, known: Forms) -> None:
        self._known = known
        self._held: tuple[str, Vocabulary] | None = None
        self._lock = threading.Lock()
        self._making = ""

    def current(self, backend: SearchBackend) -> Vocabulary:
        """The vocabulary of `backend`, or of the generation before it while the new one is being made."""
        held = self._held
        if held is not None and held[0] == backend.generation:
            return held[1]
        if held is None:
            with self._lock:
                if self._held is None:
                    self._make(backend)
                assert self._held is not None
                return self._held[1]
        with self._lock:
            if self._making != backend.generation:
                self._making = backend.generation
                threading.Thread(target=self._renew, args=(backend,), daemon=True).start()
        return held[1]

    def _make(self, backend: SearchBackend) -> None:
        self._held = (backend.generation, self._opened(backend))

    def _renew(self, backend: SearchBackend) -> None:
        try:
            made = self._opened(backend)
            made.warm()
            self._held = (backend.generation, made)
        except SearchUnavailable:
            pass  # told by the search itself
        finally:
            self._making = ""  # where it failed, the next question tries again

    def _opened(self, backend: SearchBackend) -> Vocabulary:
        tables = backend.derived(DERIVED)
        if tables is None:
            tables = vocabulary_tables(backend)
        return Vocabulary.opened(tables, self._known, backend.size)
