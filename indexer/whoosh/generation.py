"""An open generation: one `SearchBackend` over the parts that make it up."""

import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from indexer.backend import Alternative, EngineQuery, EngineResult, FieldSpec, Vector
from indexer.tables import Array
from indexer.whoosh.bounded import Bounded
from indexer.whoosh.columns import Columns
from indexer.whoosh.counting import FacetCounter
from indexer.whoosh.matching import Matcher
from indexer.whoosh.meaning import MeaningTable
from indexer.whoosh.part import Part, Stamp, check_mark, stamp
from indexer.whoosh.postings import Postings, give_way
from indexer.whoosh.searching import Searcher

TERM_BYTES = 16 * 2**20
CLAUSE_BYTES = 8 * 2**20
MASK_BYTES = 6 * 2**20
"""What the caches of a generation hold at most: posting lists, merged clauses, arrays over all documents."""

AHEAD = 400
"""Terms of each field that are read before anyone asks for them."""


class Generation:
    """All documents of one build. Shared between threads; immutable but for bounded caches."""

    def __init__(
        self, name: str, parts: Sequence[Part], tables: Mapping[str, Array], specs: Sequence[FieldSpec]
    ) -> None:
        """`tables`: what `joining.joined` made of the parts."""
        self._name = name
        self._parts = parts
        self._tables = tables
        self._columns = Columns(tables, parts)
        self._postings = Postings(tables, parts, specs, TERM_BYTES)
        self._matcher = Matcher(self._postings, self._columns.size, CLAUSE_BYTES)
        self._counter = FacetCounter(tables)
        self._meaning = MeaningTable(tables, parts)
        masks = Bounded[object, Any](MASK_BYTES, lambda mask: mask.nbytes + 200)
        self._searcher = Searcher(self._columns, self._matcher, self._counter, self._meaning, masks)
        self._explained = threading.local()
        self._mark: tuple[Path, Stamp] | None = None

    @property
    def generation(self) -> str:
        """Name of the generation."""
        return self._name

    @property
    def size(self) -> int:
        """Number of live documents."""
        return self._columns.count

    def watch(self, path: Path) -> None:
        """Let `check_untouched` look at the file of the tables too."""
        self._mark = path, stamp(path)

    def check_untouched(self) -> None:
        """Raises SearchUnavailable when a file that is read in place was written to since it was opened."""
        for part in self._parts:
            part.check_untouched()
        if self._mark is not None:
            path, written = self._mark
            check_mark(str(path), written, path)

    def derived(self, name: str) -> Mapping[str, Array] | None:
        """Tables that others made of this generation when it was built; None where there are none."""
        prefix = f"{name}/"
        found = {key.removeprefix(prefix): key for key in self._tables if key.startswith(prefix)}
        return {short: self._tables[key] for short, key in found.items()} or None

    def search(self, query: EngineQuery) -> EngineResult:
        """Match, rank, count; see `indexer.backend` for the rules."""
        result = self._searcher.search(query)
        self._explained.hits = query, [hit.doc for hit in result.hits]
        return result

    def stored(self, docs: Sequence[int]) -> tuple[bytes, ...]:
        """The stored JSON of documents by number."""
        if len(self._parts) == 1:
            return tuple(self._parts[0].stored(docs))
        return tuple(part.stored([number])[0] for part, number in map(self._columns.locate, docs))

    def find(self, identifier: str) -> int | None:
        """Number of the live document with this id or, where none has, this alias."""
        return self._columns.find(identifier)

    def vocabulary(self, field: str) -> Mapping[str, int]:
        """Terms of a field with their document frequencies."""
        return self._postings.vocabulary(field)

    def codes(self, facet: str) -> Mapping[str, int]:
        """Codes of a facet with the number of live documents that carry them."""
        docs = np.flatnonzero(self._columns.live).astype(np.int32)
        return self._counter.count(docs, (facet,))[facet]

    def near(self, vector: Vector, limit: int) -> tuple[tuple[int, float], ...]:
        """Documents nearest in meaning, best first."""
        docs, cosines = self._meaning.near(vector, float(np.finfo(np.float32).tiny))
        live = self._columns.live[docs]
        docs, cosines = docs[live], cosines[live]
        order = np.argsort(-cosines, kind="stable")[:limit]
        return tuple(zip(docs[order].tolist(), cosines[order].tolist(), strict=True))

    def explain(self, query: EngineQuery, doc: int) -> tuple[tuple[Alternative, float], ...]:
        """Every alternative that matched in `doc`, with its boosted score."""
        held: tuple[EngineQuery, dict[int, list[tuple[Alternative, float]]]] | None
        held = getattr(self._explained, "last", None)
        if held is None or held[0] is not query or doc not in held[1]:
            asked, docs = getattr(self._explained, "hits", (None, []))
            held = query, self._explain(query, docs if asked is query and doc in docs else [doc])
            self._explained.last = held
        return tuple(held[1][doc])

    def _explain(self, query: EngineQuery, docs: Sequence[int]) -> dict[int, list[tuple[Alternative, float]]]:
        """The explanations of several documents at once: all hits of a page are explained."""
        found: dict[int, list[tuple[Alternative, float]]] = {doc: [] for doc in docs}
        rows, numbers = list(found.values()), np.array(list(found), dtype=np.int32)
        entries = [entry for clause in query.clauses for entry in clause.alternatives]
        postings = [self._matcher.met(entry) for entry in entries]
        self._matcher.forget()
        lengths = [len(posting.docs) for posting in postings]
        if not sum(lengths) or not len(numbers):
            return found
        row_of = np.full(self._columns.size, -1, dtype=np.int32)
        row_of[numbers] = np.arange(len(numbers))
        places = row_of.take(np.concatenate([posting.docs for posting in postings]))
        hit = (places >= 0).nonzero()[0]
        which = np.cumsum(lengths).searchsorted(hit, side="right")
        weights = np.concatenate([posting.weights for posting in postings]).take(hit).tolist()
        for row, number, weight in zip(places[hit].tolist(), which.tolist(), weights, strict=True):
            entry = entries[number]
            rows[row].append((entry, weight * entry.boost))
        return found

    def warm(self, other: "Generation | None" = None) -> None:
        """Make what the first queries need, and read the terms that `other` held."""
        self.search(EngineQuery(limit=1, facets=tuple(self._columns.facets)))
        for key in other.held() if other is not None else ():
            self._postings.get(*key)
            give_way()

    def read_ahead(self) -> None:
        """Read the terms that questions will most probably ask for."""
        self._postings.read_ahead(AHEAD)

    def held(self) -> tuple[tuple[str, str], ...]:
        """The terms in memory as (field, text), the least recently used first."""
        return self._postings.held()
