"""Whoosh's postings as numpy arrays: read once per term and generation, kept within a bound of memory."""

import time
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.backend import FieldSpec
from indexer.tables import Array, Counts, Words
from indexer.whoosh.bounded import Bounded
from indexer.whoosh.layout import K1
from indexer.whoosh.part import Ints, Part
from indexer.whoosh.reading import Block, Floats, positions


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


class _Field:
    """The terms of one field with what the tables of a generation say of them."""

    def __init__(self, tables: Mapping[str, Array], spec: FieldSpec, average: float, rounded: Floats) -> None:
        name = spec.name
        self.spec = spec
        self.terms = Words(tables, f"terms:{name}")
        self.frequencies: Ints = tables[f"counts:{name}"]
        self.counts = Counts(self.terms, self.frequencies)
        self.starts = tables[f"starts:{name}"]
        self.sizes = tables[f"sizes:{name}"]
        self.lengths: NDArray[np.uint8] = tables[f"lengths:{name}"]
        # What lies under BM25F's fraction beside the frequency, by rounded length.
        length = rounded.astype(np.float64)
        self.norms = K1 * ((1 - spec.b) + spec.b * length / average)


def give_way() -> None:
    """Let another thread go on, if one waits: what is made ahead must not hold up who asks now.

    Without it a thread that works without a pause keeps the interpreter for 5 ms each time.
    """
    time.sleep(0)


class Postings:
    """Reads terms of all parts of a generation as one posting list with weights over the live documents."""

    def __init__(
        self, tables: Mapping[str, Array], parts: Sequence[Part], specs: Sequence[FieldSpec], limit: int
    ) -> None:
        self._parts = parts
        self._bases: list[int] = tables["bases"].tolist()
        self._live: NDArray[np.bool_] = tables["live"]
        self._all_live = bool(self._live.all())
        self._count = int(self._live.sum())
        averages = tables["averages"].tolist()
        self._fields = {
            spec.name: _Field(tables, spec, mean, tables["rounded"])
            for spec, mean in zip(specs, averages, strict=True)
        }
        self._cache: Bounded[tuple[str, str], Posting] = Bounded(limit, lambda posting: posting.nbytes)

    def get(self, field: str, text: str) -> Posting:
        """The posting list of a term; empty where the field or the term does not exist."""
        found = self._cache.find((field, text))
        if found is not None:
            return found
        known = self._fields.get(field)
        number = -1 if known is None else known.terms.number(text)
        if known is None or number < 0:
            return EMPTY  # most terms that a question could mean
        return self._cache.get((field, text), lambda: self._weighed(known, number))

    def read_ahead(self, most: int) -> None:
        """Read the terms that most documents have, a field after the other: questions ask for them soon."""
        for name, field in self._fields.items():
            often = np.argsort(-field.frequencies, kind="stable")[:most]
            for text in field.terms.at(often.tolist()):
                self.get(name, text)
                give_way()

    def held(self) -> tuple[tuple[str, str], ...]:
        """The terms in memory, the least recently used first; for warming the next generation."""
        return self._cache.keys()

    def _weighed(self, field: "_Field", number: int) -> Posting:
        docs, counts = self._read(field, number)
        if not self._all_live:
            keep = self._live[docs]
            docs, counts = docs[keep], counts[keep]
        if not docs.size:
            return EMPTY
        idf = np.log(self._count / (docs.size + 1)) + 1
        tf = counts.astype(np.float64)
        weights = idf * (tf * (K1 + 1)) / (tf + field.norms[field.lengths[docs]])
        return Posting(docs, weights.astype(np.float32))

    def _blocks(self, field: _Field, number: int) -> Iterator[tuple[int, Block]]:
        """The blocks of a term by its number, each with the number of the first document of its part; none
        where it is -1."""
        if number < 0:
            return
        starts, sizes = field.starts[:, number].tolist(), field.sizes[:, number].tolist()
        for base, part, start, size in zip(self._bases, self._parts, starts, sizes, strict=False):
            if size:
                for block in part.blocks(start, size):
                    yield base, block

    def _read(self, field: _Field, number: int) -> tuple[Ints, Floats]:
        docs: list[Ints] = []
        counts: list[Floats] = []
        for base, block in self._blocks(field, number):
            docs.append(block.docs + np.int32(base) if base else block.docs)
            counts.append(block.counts)
        if len(docs) == 1:
            return docs[0], counts[0]
        if not docs:
            return EMPTY.docs, EMPTY.weights
        return np.concatenate(docs), np.concatenate(counts)

    def positions(self, name: str, text: str) -> dict[int, tuple[int, ...]]:
        """Positions of a term by live document; empty where the field keeps none."""
        field = self._fields.get(name)
        if field is None or not field.spec.positions:
            return {}
        found: dict[int, tuple[int, ...]] = {}
        for base, block in self._blocks(field, field.terms.number(text)):
            docs = (block.docs + base).tolist()
            found.update(zip(docs, map(positions, block.values), strict=True))
        return {doc: places for doc, places in found.items() if self._live[doc]}

    def vocabulary(self, name: str) -> Mapping[str, int]:
        """Terms of a field with the number of live documents that have them."""
        field = self._fields.get(name)
        return {} if field is None else field.counts

    def starting(self, name: str, prefix: str) -> list[str]:
        """Terms of a field that start with `prefix`, in order."""
        field = self._fields.get(name)
        if field is None:
            return []
        first = bisect_left(field.terms, prefix)
        return field.terms[first : bisect_left(field.terms, prefix + "\U0010ffff")]
