"""Whoosh's postings as numpy arrays: read once per term and generation, kept within a bound of memory."""

import heapq
import threading
from bisect import bisect_left
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from whoosh.util.numeric import byte_to_length, length_to_byte

from indexer.backend import FieldSpec
from indexer.whoosh.bounded import Bounded
from indexer.whoosh.layout import K1
from indexer.whoosh.part import Ints, Part
from indexer.whoosh.reading import Floats, blocks


class Posting:
    """The documents of one term, ascending, with their BM25F weights before any boost."""

    __slots__ = ("docs", "weights")

    def __init__(self, docs: Ints, weights: Floats) -> None:
        self.docs = docs
        self.weights = weights

    @property
    def nbytes(self) -> int:
        """Memory held, in bytes."""
        return self.docs.nbytes + self.weights.nbytes + 200


EMPTY = Posting(np.empty(0, np.int32), np.empty(0, np.float32))

_ROUNDED = np.array([byte_to_length(length_to_byte(n)) for n in range(4096)], dtype=np.float32)


def rounded_lengths(lengths: Ints) -> Floats:
    """Field lengths as Whoosh keeps them: rounded to what one byte can say."""
    if lengths.size and lengths.max() >= len(_ROUNDED):
        return np.array([byte_to_length(length_to_byte(int(n))) for n in lengths], dtype=np.float32)
    return _ROUNDED[lengths]


class Postings:
    """Reads terms of all parts of a generation as one posting list with weights over the live documents."""

    def __init__(
        self,
        parts: Sequence[Part],
        specs: Sequence[FieldSpec],
        live: NDArray[np.bool_],
        limit: int,
    ) -> None:
        self._parts = parts
        self._bases = np.cumsum([0, *(len(part) for part in parts)])
        self._live = live
        self._all_live = bool(live.all())
        self._count = int(live.sum())
        self._specs = {spec.name: spec for spec in specs}
        self._lock = threading.Lock()
        self._cache: Bounded[tuple[str, str], Posting] = Bounded(limit, lambda posting: posting.nbytes)
        self._lengths: dict[str, Floats] = {}
        self._averages: dict[str, float] = {}
        self._vocabularies: dict[str, dict[str, int]] = {}
        self._sorted: dict[str, list[str]] = {}
        for row, spec in enumerate(specs):
            exact = np.concatenate([part.columns["lengths"][row] for part in parts]) if parts else live
            self._lengths[spec.name] = rounded_lengths(exact.astype(np.int32))
            total = float(exact[live].sum()) if self._count else 0.0
            self._averages[spec.name] = total / max(1, self._count) or 1.0

    def get(self, field: str, text: str) -> Posting:
        """The posting list of a term; empty where the field or the term does not exist."""
        known = self._vocabularies.get(field)
        if known is not None and text not in known:
            return EMPTY  # most terms that a question could mean
        return self._cache.get((field, text), lambda: self._weighed(field, text))

    def read_ahead(self, most: int) -> None:
        """Read the terms that most documents have, a field after the other: questions ask for them soon."""
        for field in self._specs:
            counts = self.vocabulary(field)
            for text in heapq.nlargest(most, counts, key=counts.__getitem__):
                self.get(field, text)

    def held(self) -> tuple[tuple[str, str], ...]:
        """The terms in memory, the least recently used first; for warming the next generation."""
        return self._cache.keys()

    def _weighed(self, field: str, text: str) -> Posting:
        spec = self._specs.get(field)
        if spec is None:
            return EMPTY
        docs, counts = self._read(field, text.encode())
        if not self._all_live:
            keep = self._live[docs]
            docs, counts = docs[keep], counts[keep]
        if not docs.size:
            return EMPTY
        idf = np.log(self._count / (docs.size + 1)) + 1
        tf = counts.astype(np.float64)
        length = self._lengths[field][docs].astype(np.float64)
        norm = (1 - spec.b) + spec.b * length / self._averages[field]
        weights = idf * (tf * (K1 + 1)) / (tf + K1 * norm)
        return Posting(docs, weights.astype(np.float32))

    def _read(self, field: str, term: bytes) -> tuple[Ints, Floats]:
        docs: list[Ints] = []
        counts: list[Floats] = []
        for base, part in zip(self._bases, self._parts, strict=False):
            with self._lock:
                found = list(blocks(part.reader, field, term))
            for block in found:
                docs.append(block.docs + np.int32(base) if base else block.docs)
                counts.append(block.counts)
        if not docs:
            return EMPTY.docs, EMPTY.weights
        return (docs[0], counts[0]) if len(docs) == 1 else (np.concatenate(docs), np.concatenate(counts))

    def positions(self, field: str, text: str) -> dict[int, tuple[int, ...]]:
        """Positions of a term by live document; empty where the field keeps none."""
        spec = self._specs.get(field)
        if spec is None or not spec.positions:
            return {}
        found: dict[int, tuple[int, ...]] = {}
        for base, part in zip(self._bases, self._parts, strict=False):
            with self._lock:
                read = list(blocks(part.reader, field, text.encode()))
            decode = part.reader.schema[field].format.decode_positions
            for block in read:
                pairs = zip(block.docs.tolist(), block.values, strict=True)
                found.update((int(base) + doc, tuple(decode(value))) for doc, value in pairs)
        return {doc: places for doc, places in found.items() if self._live[doc]}

    def vocabulary(self, field: str) -> dict[str, int]:
        """Terms of a field with the number of live documents that have them."""
        found = self._vocabularies.get(field)
        if found is None:
            if field not in self._specs:
                return {}
            self._vocabularies.update(self._counted_vocabularies())
            found = self._vocabularies[field]
        return found

    def _counted_vocabularies(self) -> dict[str, dict[str, int]]:
        """The vocabularies of all fields."""
        found: dict[str, dict[str, int]] = {name: {} for name in self._specs}
        for base, part in zip(self._bases, self._parts, strict=False):
            live = self._live[base : base + len(part)]
            for field, counts in part.frequencies().items():
                if not live.all():
                    counts = self._living(part, field, counts, live)
                held = found[field]
                if not held:
                    found[field] = counts
                    continue
                for text, count in counts.items():
                    held[text] = held.get(text, 0) + count
        return found

    def _living(
        self, part: Part, field: str, counts: dict[str, int], live: NDArray[np.bool_]
    ) -> dict[str, int]:
        """Counts over live documents: where some were replaced, the postings are read to leave those out."""
        found = {}
        for text in counts:
            with self._lock:
                count = sum(
                    int(live[block.docs].sum()) for block in blocks(part.reader, field, text.encode())
                )
            if count:
                found[text] = count
        return found

    def starting(self, field: str, prefix: str) -> list[str]:
        """Terms of a field that start with `prefix`, in order."""
        if field not in self._sorted:
            self._sorted[field] = sorted(self.vocabulary(field))
        terms = self._sorted[field]
        first = bisect_left(terms, prefix)
        return terms[first : bisect_left(terms, prefix + "\U0010ffff")]
