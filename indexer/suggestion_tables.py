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
from indexer.lists import Lists, grouped_lists, packed_lists
from indexer.tables import (
    Array,
    Strings,
    Words,
    kept_tables,
    packed_strings,
    packed_words,
)
from indexer.understanding.slips import fold, folded
from schemas.gazetteer import Gazetteer, mark_of
from schemas.search import Suggestion
from schemas.taxonomy import Taxonomy

DERIVED = "suggestions-1"
"""The name of the tables in a generation; the number is raised when they come out differently."""
LANGUAGES = ("fi", "sv", "en", "selko")
_SHARED = "shared"
_TYPES = ("need", "place", "activity", "organisation")
_END = "\U0010ffff"
_NOTHING: tuple[list[str], Array, Array] = [], np.empty(0, np.int64), np.empty(0, np.int64)


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

    def tables(self, backend: SearchBackend, before: Mapping[str, Array] | None = None) -> dict[str, Array]:
        """The tables of all languages; `before`: those of an earlier generation, from which it is taken over
        by which words texts are found. The tables are the same without it."""
        if before is not None and not made_by(before, self.mark):
            before = None
        tokens = _Tokens(self._known, self._analyser)
        found = {"mark": np.frombuffer(self.mark.encode(), dtype=np.uint8)}
        needs, places = backend.codes("need"), backend.codes("municipality")
        offered: dict[str, Iterable[Offered]] = {_SHARED: chain(self._villages(places), _named(backend))}
        offered |= {language: self._offered(needs, places, language) for language in LANGUAGES}
        for name, entries in offered.items():
            held = None if before is None else Part(before, name)
            found.update(_packed(name, tuple(entries), tokens, held))
        return found

    def _offered(
        self, needs: Mapping[str, int], places: Mapping[str, int], language: str
    ) -> Iterator[Offered]:
        for code, count in needs.items():
            need = self._taxonomy.needs.get(code)
            if need is not None:
                label = need.name.get(language)
                # Plain names describe in everyday words; the search is sure of the need's own name.
                query = need.name.fi if language == "selko" else label
                suggestion = Suggestion("need", label, query, count, code)
                yield Offered(suggestion, (label, need.name.fi, *need.words), 1 + count**0.5)
        for code, count in places.items():
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


def _packed(
    name: str, entries: Sequence[Offered], tokens: "_Tokens", before: "Part | None"
) -> dict[str, Array]:
    shown = [entry.suggestion for entry in entries]
    labels = [entry.label for entry in shown]
    words, owners = _owners(entries, tokens, before)
    texts = {
        "words": words,
        "labels": labels,
        "queries": ["" if entry.query == entry.label else entry.query for entry in shown],
        "values": [entry.value for entry in shown],
        "folded": folded(labels),
    }
    found: dict[str, Array] = {
        "types": np.array([_TYPES.index(entry.type) for entry in shown], dtype=np.uint8),
        "counts": np.array([entry.count for entry in shown], dtype=np.int32),
        "weights": np.array([entry.weight for entry in entries], dtype=np.float64),
        **owners,
    }
    for key, strings in texts.items():
        found.update(packed_strings(key, strings))
    return {f"{name}/{key}": array for key, array in found.items()}


def _owners(
    entries: Sequence[Offered], tokens: "_Tokens", before: "Part | None"
) -> tuple[list[str], dict[str, Array]]:
    """The words by which entries are found, in order, and the numbers of the entries of each."""
    # Each is taken over once: of villages that nothing tells apart the others are looked at anew.
    held = before.numbers() if before else {}
    came = np.array([held.pop(_key(entry.suggestion), -1) for entry in entries], dtype=np.int64)
    words, of, who = before.found_by(came) if before else _NOTHING
    number = {word: at for at, word in enumerate(words)}
    fresh = [
        (number.setdefault(token, len(number)), at)
        for at in np.flatnonzero(came < 0).tolist()
        for token in tokens.of(entries[at].said)
    ]
    added = np.array(fresh, dtype=np.int64).reshape(-1, 2)
    of, who = np.concatenate([of, added[:, 0]]), np.concatenate([who, added[:, 1]])
    sizes = np.bincount(of, minlength=len(number))
    every = sorted(word for word, size in zip(number, sizes.tolist(), strict=True) if size)
    place = np.zeros(len(number), dtype=np.int64)
    place[[number[word] for word in every]] = np.arange(len(every))
    return every, grouped_lists("owners", place[of], who, len(every))


def _key(entry: Suggestion) -> tuple[str, str, str]:
    """What tells entries of one part apart: those that are the same are found by the same words."""
    return entry.type, entry.label, entry.value


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


def _found_by(text: str, analyser: Analyser, form_of: Callable[[str], str]) -> set[str]:
    """What a text is found by: its words as written and their base forms, folded."""
    return {form_of(form) for word in analyser.words(text) for form in {word.surface, *word.lemmas}}


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

    def numbers(self) -> dict[tuple[str, str, str], int]:
        """The entries by what tells them apart."""
        types = [_TYPES[kind] for kind in self._types.tolist()]
        return {key: at for at, key in enumerate(zip(types, self._labels, self._values, strict=True))}

    def found_by(self, came: Array) -> tuple[list[str], Array, Array]:
        """All words of the part; and for entries that came from here under a new number, for each word of
        each the number of the word and the new one. `came`: their numbers here, -1 for others."""
        now = np.full(len(self), -1, dtype=np.int64)
        now[came[came >= 0]] = np.flatnonzero(came >= 0)
        sizes = np.diff(self._owners.starts)
        who = now[self._owners.values]
        kept = who >= 0
        return self.words[:], np.repeat(np.arange(len(sizes)), sizes)[kept], who[kept]

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
