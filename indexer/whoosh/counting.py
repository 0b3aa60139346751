"""Facet counts in one pass: every document's codes lie in one row of a table, and rows are counted.

A set of codes that many documents share (all municipalities of a county) takes one cell as a code of its own
and is spread to its codes after counting. Rows hold what nearly all documents need; the few longer ones lie
apart. Where most documents match, the rest is counted and subtracted.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from indexer.tables import Array, Strings
from indexer.whoosh.packing import PackedTable
from indexer.whoosh.part import Ints
from indexer.whoosh.ranges import ragged

Counts = NDArray[np.int64]
_CHUNK = 16384
"""Rows counted at once: they stay in the processor's cache."""
_MANY = 3000
"""Rows from which packed columns pay for the sums they need afterwards."""
_FEW = 2000
"""Codes of a facet up to which all of them are kept as strings."""


class _Longer:
    """Documents with more codes than a row holds, ascending: which they are, and their further codes."""

    def __init__(self, tables: Mapping[str, Array], name: str) -> None:
        self.docs: Ints = tables[f"longer:{name}"]
        self.marked: NDArray[np.bool_] = tables[f"longer.marked:{name}"]
        self.starts: Counts = tables[f"longer.starts:{name}"]
        self.codes: Ints = tables[f"longer.codes:{name}"]


class _Spread:
    """Gives what was counted for shared sets to the codes in them, by code: the sets that each belongs to."""

    def __init__(self, codes: Ints, lengths: Counts) -> None:
        """`codes`: those of all sets, one set after the other."""
        order = codes.argsort(kind="stable")
        self._sets = np.arange(len(lengths)).repeat(lengths)[order]
        self._codes, self._starts = np.unique(codes[order], return_index=True)

    def add(self, shared: Counts, totals: Counts) -> None:
        """Add the counts of the sets to the totals of their codes."""
        totals[self._codes] += np.add.reduceat(shared[self._sets], self._starts)


class FacetCounter:
    """Counts the codes of facets over given documents of one generation, by tables of `counting_rows`."""

    def __init__(self, tables: Mapping[str, Array]) -> None:
        names = Strings(tables, "facets")[:]
        self._size = len(tables["live"])
        self._bounds: Counts = tables["count.firsts"]
        self._codes = int(self._bounds[-1])
        self._spans = dict(zip(names, pairwise(self._bounds.tolist()), strict=True))
        widths = pairwise(tables["count.widths"].tolist())
        self._widths = {name: slice(*width) for name, width in zip(names, widths, strict=True)}
        self._table = tables["count.table"]
        self._set_lengths: Counts = tables["count.set_lengths"]
        self._spread = _Spread(tables["count.sets"], self._set_lengths)
        self._cells = self._codes + len(self._set_lengths) + 1
        self._longer = {name: _Longer(tables, name) for name in names if f"longer:{name}" in tables}
        self._packed = PackedTable.opened(tables, self._cells)
        self._every: Counts = tables["count.every"]
        self._labels = {name: Strings(tables, f"codes:{name}") for name in names}
        self._long = {name for name, labels in self._labels.items() if len(labels) > _FEW}
        self._places = {name: place for place, name in enumerate(names)}

    def _marked(self, docs: Ints) -> NDArray[np.bool_]:
        mask = np.zeros(self._size, dtype=np.bool_)
        mask[docs] = True
        return mask

    def count(self, docs: Ints, facets: Sequence[str]) -> dict[str, Mapping[str, int]]:
        """Counts by code for each of `facets`; codes without a document are left out."""
        known = [name for name in facets if name in self._spans]
        found: dict[str, Mapping[str, int]] = {name: {} for name in facets}
        if not known or not len(docs):
            return found
        if 2 * len(docs) > self._size:
            rest = np.flatnonzero(~self._marked(docs)).astype(np.int32)
            totals = self._every - self._totals(rest, known)
        else:
            totals = self._totals(docs, known)
        seen = totals.nonzero()[0]
        codes, counts = self._code_of[seen].tolist(), totals[seen].tolist()
        bounds = seen.searchsorted(self._bounds).tolist()
        for name in known:
            place = self._places[name]
            start, end = bounds[place], bounds[place + 1]
            told = codes[start:end] if name not in self._long else self._named(name, seen[start:end])
            found[name] = dict(zip(told, counts[start:end], strict=True))
        return found

    def _named(self, name: str, cells: Counts) -> list[str]:
        return self._labels[name].at((cells - self._spans[name][0]).tolist())

    @cached_property
    def _code_of(self) -> NDArray[np.object_]:
        """The code of each cell of the facets that have few; None for the others."""
        found = np.full(self._codes, None, dtype=np.object_)
        for name, (first, end) in self._spans.items():
            if name not in self._long:
                found[first:end] = self._labels[name][:]
        return found

    def _totals(self, docs: Ints, names: Sequence[str]) -> Counts:
        """How many of `docs` carry each code of the facets `names`; other codes' totals mean nothing."""
        asked = sum(self._widths[name].stop - self._widths[name].start for name in names)
        whole = 2 * asked > self._table.shape[1]
        counts = self._cell_counts(docs[:_CHUNK], names, whole)
        for start in range(_CHUNK, len(docs), _CHUNK):
            counts += self._cell_counts(docs[start : start + _CHUNK], names, whole)
        totals = counts[: self._codes]
        if len(self._set_lengths):
            self._spread.add(counts[self._codes : -1], totals)
        for name in names:
            if name in self._longer:
                self._count_longer(name, docs, totals)
        return totals

    def _cell_counts(self, docs: Ints, names: Sequence[str], whole: bool) -> Counts:
        """How often each cell occurs in the rows of `docs`: in all columns, or in those of `names`."""
        if whole and len(docs) > _MANY:
            return self._packed.count(docs)
        if whole:
            return np.bincount(self._table.take(docs, axis=0).ravel(), minlength=self._cells)
        counts = np.zeros(self._cells, dtype=np.int64)
        for name in names:
            counts += np.bincount(self._table[docs, self._widths[name]].ravel(), minlength=self._cells)
        return counts

    def _count_longer(self, name: str, docs: Ints, totals: Counts) -> None:
        longer, (first, end) = self._longer[name], self._spans[name]
        places = np.searchsorted(longer.docs, docs[longer.marked[docs]])
        starts = longer.starts[places]
        codes = longer.codes[ragged(starts, longer.starts[places + 1] - starts)]
        totals[first:end] += np.bincount(codes, minlength=end - first)
