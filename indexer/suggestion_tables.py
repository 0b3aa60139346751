"""Suggestions of one generation as tables: made when it is built, mapped by whoever answers.

Villages, activities and organisations are the same in every language and lie in a part of their own; needs
and municipalities have a part for each language. The words by which needs and places are found do not hang on
an index and are kept in a file.
"""

import hashlib
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import chain
from pathlib import Path

import msgspec
import numpy as np

from indexer.backend import SearchBackend
from indexer.finnish import Analyser
from indexer.tables import (
    Array,
    Lists,
    Strings,
    Words,
    kept_tables,
    packed_lists,
    packed_strings,
    packed_words,
)
from indexer.understanding.slips import fold
from schemas.gazetteer import Gazetteer, mark_of
from schemas.search import Suggestion
from schemas.taxonomy import Taxonomy

DERIVED = "suggestions-1"
"""The name of the tables in a generation; the number is raised when they come out differently."""
LANGUAGES = ("fi", "sv", "en", "selko")
_SHARED = "shared"
_TYPES = ("need", "place", "activity", "organisation")
_END = "\U0010ffff"


class Offered(msgspec.Struct, frozen=True):
    """What may be suggested, the texts by whose words it is found, and what it weighs among others."""

    suggestion: Suggestion
    said: tuple[str, ...]
    weight: float


class SuggestionMaker:
    """Makes the tables; `mark` tells what else than the index they depend on."""

    def __init__(
        self,
        analyser: Analyser,
        taxonomy: Taxonomy,
        gazetteer: Gazetteer,
        places: Path,
        cache: Path | None = None,
    ) -> None:
        """`places`: the folder that the gazetteer was read from; `cache`: where a file may be kept."""
        self._analyser = analyser
        self._taxonomy = taxonomy
        self._gazetteer = gazetteer
        self.mark = f"{taxonomy.mark}; {analyser.version}; {mark_of(places)}"
        self._cache = cache

    @cached_property
    def _known(self) -> "_Known":
        """The words of all needs and places, whether an index has any of them or not."""
        name = hashlib.blake2b(f"{DERIVED} {self.mark}".encode(), digest_size=12).hexdigest()
        path = self._cache and self._cache / f"suggestions-{name}.tables"
        return _Known(kept_tables(path, self._packed_texts))

    def _packed_texts(self) -> dict[str, Array]:
        return _packed_tokens(set(self._texts()), lambda text: _found_by(text, self._analyser, fold))

    def _texts(self) -> Iterator[str]:
        for need in self._taxonomy.needs.values():
            yield from (need.name.get(language) for language in LANGUAGES)
            yield from need.words
        for place in self._gazetteer.municipalities:
            yield from (place.fi, place.sv)
        for village in self._gazetteer.settlements:
            yield village.name

    def open(self) -> None:
        """Open the words of needs and places; where no file keeps them they are analysed, a second's work."""
        assert self._known

    def tables(self, backend: SearchBackend) -> dict[str, Array]:
        """The tables of all languages."""
        tokens = _Tokens(self._known, self._analyser)
        found = {"mark": np.frombuffer(self.mark.encode(), dtype=np.uint8)}
        villages = self._villages(backend.codes("municipality"))
        found.update(_packed(_SHARED, chain(villages, _named(backend)), tokens))
        for language in LANGUAGES:
            found.update(_packed(language, self._offered(backend, language), tokens))
        return found

    def _offered(self, backend: SearchBackend, language: str) -> Iterator[Offered]:
        for code, count in backend.codes("need").items():
            need = self._taxonomy.needs.get(code)
            if need is not None:
                label = need.name.get(language)
                # Plain names describe in everyday words; the search is sure of the need's own name.
                query = need.name.fi if language == "selko" else label
                suggestion = Suggestion("need", label, query, count, code)
                yield Offered(suggestion, (label, need.name.fi, *need.words), 1 + count**0.5)
        for code, count in backend.codes("municipality").items():
            if code in self._gazetteer:
                place = self._gazetteer.municipality(code)
                label = place.sv if language == "sv" else place.fi
                yield Offered(Suggestion("place", label, label, count, code), (place.fi, place.sv), count)

    def _villages(self, counts: Mapping[str, int]) -> Iterator[Offered]:
        towns = {place.fi for place in self._gazetteer.municipalities}
        for village in self._gazetteer.settlements:
            count = max((counts.get(code, 0) for code in village.codes), default=0)
            if count and len(village.codes) == 1 and village.codes[0] in self._gazetteer:
                within = self._gazetteer.municipality(village.codes[0]).fi
                label = village.name if village.name == within else f"{village.name} ({within})"
                # A name that means something else too is asked for beside its municipality.
                doubtful = village.name.lower() in self._gazetteer.homographs or village.name in towns
                query = f"{village.name}, {within}" if doubtful else village.name
                yield Offered(Suggestion("place", label, query, count, village.name), (village.name,), 0.1)


class _Known:
    """What texts are found by, from tables of `_packed_tokens`."""

    def __init__(self, tables: Mapping[str, Array]) -> None:
        self._texts = Words(tables, "texts")
        self._owned = Lists(tables, "owned")
        self._tokens = Strings(tables, "tokens")

    def tokens(self, text: str) -> list[str] | None:
        """The tokens of a text; None where it is not among them."""
        number = self._texts.number(text)
        return None if number < 0 else self._tokens.at(self._owned[number])


def _packed(name: str, offered: Iterable[Offered], tokens: "_Tokens") -> dict[str, Array]:
    entries = tuple(offered)
    owners: dict[str, list[int]] = {}
    for number, entry in enumerate(entries):
        for token in tokens.of(entry.said):
            owners.setdefault(token, []).append(number)
    words = sorted(owners)
    shown = [entry.suggestion for entry in entries]
    texts = {
        "words": words,
        "labels": [entry.label for entry in shown],
        "queries": ["" if entry.query == entry.label else entry.query for entry in shown],
        "values": [entry.value for entry in shown],
        "folded": [fold(entry.label) for entry in shown],
    }
    found: dict[str, Array] = {
        "types": np.array([_TYPES.index(entry.type) for entry in shown], dtype=np.uint8),
        "counts": np.array([entry.count for entry in shown], dtype=np.int32),
        "weights": np.array([entry.weight for entry in entries], dtype=np.float64),
        **packed_lists("owners", (owners[word] for word in words)),
    }
    for key, strings in texts.items():
        found.update(packed_strings(key, strings))
    return {f"{name}/{key}": array for key, array in found.items()}


class _Tokens:
    """What entries are found by; texts and forms that come again are remembered for one making of tables."""

    def __init__(self, known: _Known, analyser: Analyser) -> None:
        self._known = known
        self._analyser = analyser
        self._fold = lru_cache(None)(fold)
        self._met: dict[str, Iterable[str]] = {}

    def of(self, said: Iterable[str]) -> set[str]:
        """The tokens of some texts."""
        found: set[str] = set()
        for text in said:
            tokens = self._met.get(text)
            if tokens is None:
                tokens = self._met[text] = self._known.tokens(text) or _found_by(
                    text, self._analyser, self._fold
                )
            found.update(tokens)
        return found


def _found_by(text: str, analyser: Analyser, folded: Callable[[str], str]) -> set[str]:
    """What a text is found by: its words as written and their base forms, folded."""
    return {folded(form) for word in analyser.words(text) for form in {word.surface, *word.lemmas}}


def _packed_tokens(texts: Iterable[str], analysed: Callable[[str], set[str]]) -> dict[str, Array]:
    numbers: dict[str, int] = {}
    ordered = sorted(texts)
    owned = [
        [numbers.setdefault(token, len(numbers)) for token in sorted(analysed(text))] for text in ordered
    ]
    return {
        **packed_words("texts", ordered),
        **packed_lists("owned", owned),
        **packed_strings("tokens", numbers),
    }


def _named(backend: SearchBackend) -> Iterator[Offered]:
    """Activities and organisations by name."""
    for kind, facet in (("activity", "title"), ("organisation", "organisation")):
        for name, count in backend.codes(facet).items():
            yield Offered(Suggestion(kind, name, name, count), (name,), count)


class Part:
    """One part, opened."""

    def __init__(self, tables: Mapping[str, Array], name: str) -> None:
        own = {
            key.removeprefix(f"{name}/"): array for key, array in tables.items() if key.startswith(f"{name}/")
        }
        self.words = Strings(own, "words")
        self._owners = Lists(own, "owners")
        self._labels, self._queries = Strings(own, "labels"), Strings(own, "queries")
        self._values, self.folded = Strings(own, "values"), Strings(own, "folded")
        self._types, self._counts = own["types"].data, own["counts"].data
        self.weights = own["weights"].data

    def __len__(self) -> int:
        return len(self.weights)

    def starting(self, beginning: str) -> list[int]:
        """The entries with a word that begins so, some of them several times."""
        first = bisect_left(self.words, beginning)
        last = bisect_left(self.words, beginning + _END)
        if first == last:
            return []
        whole = slice(self._owners.span(first).start, self._owners.span(last - 1).stop)
        found: list[int] = self._owners.values[whole].tolist()
        return found

    def label(self, number: int) -> str:
        """What is shown of an entry."""
        return self._labels[number]

    def suggestion(self, number: int) -> Suggestion:
        """An entry."""
        label = self._labels[number]
        query = self._queries[number] or label
        kind = _TYPES[self._types[number]]
        return Suggestion(kind, label, query, self._counts[number], self._values[number])


def opened(tables: Mapping[str, Array], language: str) -> Sequence[Part]:
    """The parts that answer in a language."""
    return Part(tables, language if language in LANGUAGES else LANGUAGES[0]), Part(tables, _SHARED)


def made_by(tables: Mapping[str, Array], mark: str) -> bool:
    """Whether tables were made with this mark."""
    return tables["mark"].tobytes() == mark.encode()
