"""Facets made ready for counting when a generation is built; `counting` tells how they are used."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.tables import Array, packed_words
from indexer.whoosh.packing import packed_columns
from indexer.whoosh.part import Ints
from indexer.whoosh.ranges import ragged

Counts = NDArray[np.int64]
_SHARED_BY = 32
"""Documents that must share a set of codes for it to become a cell of its own."""
_LONGER = 0.01
"""Share of documents that may have more codes than a row holds."""


class Facet:
    """The codes of one facet: by document (`values[starts[doc]:starts[doc + 1]]`), and documents by code."""

    def __init__(self, docs: Ints, values: Ints, codes: tuple[str, ...], size: int) -> None:
        self.codes = codes
        self.values = values
        self.starts = np.zeros(size + 1, dtype=np.int32)
        np.cumsum(np.bincount(docs, minlength=size), out=self.starts[1:])
        self._docs = docs[np.argsort(values, kind="stable")]
        self.totals = np.bincount(values, minlength=len(codes))

    def packed(self, name: str) -> dict[str, Array]:
        """The arrays of `columns.FacetColumn`."""
        return {
            **packed_words(f"codes:{name}", self.codes),
            f"docs:{name}": self._docs,
            f"spans:{name}": np.concatenate([[0], np.cumsum(self.totals)]).astype(np.int64),
        }


class _Rows(NamedTuple):
    """One facet in cells. Cell n < codes means code n, a higher one set n - codes, -1 means none.

    cells         documents × width
    starts, sets  codes of shared set s: sets[starts[s]:starts[s + 1]]
    longer        documents with more codes than the width, ascending
    more          where their further codes start in `further`
    """

    cells: Ints
    starts: Counts
    sets: Ints
    longer: Ints
    more: Counts
    further: Ints


def _rows(column: Facet) -> _Rows:
    starts, values, codes = column.starts.astype(np.int64), column.values, len(column.codes)
    lengths = np.diff(starts)
    numbers, firsts = _shared(starts, values, codes)
    own = np.where(numbers >= 0, 1, lengths)
    width = max(1, int(np.quantile(own, 1 - _LONGER, method="higher"))) if own.size else 1
    cells = np.full((len(lengths), width), -1, dtype=np.int32)
    for place in range(width):
        has = np.flatnonzero((own > place) & (numbers < 0))
        cells[has, place] = values[starts[has] + place]
    held = np.flatnonzero(numbers >= 0)
    cells[held, 0] = codes + numbers[held]
    set_lengths = lengths[firsts]
    sets = values[ragged(starts[firsts], set_lengths)]
    longer = np.flatnonzero(own > width).astype(np.int32)
    left = own[longer] - width
    further = values[ragged(starts[longer] + width, left)]
    return _Rows(
        cells, np.cumsum([0, *set_lengths]), sets, longer, np.cumsum(np.concatenate([[0], left])), further
    )


def _shared(starts: Counts, values: Ints, codes: int) -> tuple[Ints, Counts]:
    """For each document the number of its set where many share it, else -1; and one document of each set."""
    salts = np.random.default_rng(1).integers(1, 2**63, codes, dtype=np.uint64)
    sums = np.zeros(len(values) + 1, dtype=np.uint64)
    np.cumsum(salts[values], out=sums[1:])
    several = np.flatnonzero(np.diff(starts) > 1)
    # Equal sums of 64 random bits mean equal sets: one wrong pair is to be expected in 10^9 sets.
    keys = sums[starts[several + 1]] - sums[starts[several]]
    _, first, inverse, counts = np.unique(keys, return_index=True, return_inverse=True, return_counts=True)
    kept = counts >= _SHARED_BY
    renumbered = np.where(kept, np.cumsum(kept) - 1, -1).astype(np.int32)
    numbers = np.full(len(starts) - 1, -1, dtype=np.int32)
    numbers[several] = renumbered[inverse]
    return numbers, several[first[kept]]


def packed_counts(facets: Mapping[str, Facet], size: int) -> dict[str, Array]:
    """The arrays of `counting.FacetCounter` over `size` documents.

    All facets share one numbering of cells: first all codes, facet after facet, then all sets, then "none".
    """
    names = sorted(facets)
    rows = {name: _rows(facets[name]) for name in names}
    firsts = np.cumsum([0, *(len(facets[name].codes) for name in names)])
    codes = int(firsts[-1])
    sets = [rows[name].sets + int(first) for name, first in zip(names, firsts, strict=False)]
    lengths = [np.diff(rows[name].starts) for name in names]
    none = codes + sum(map(len, lengths))
    table, widths = _table(rows, facets, size, none)
    found: dict[str, Array] = {
        "count.firsts": firsts,
        "count.table": table,
        "count.widths": widths,
        "count.sets": np.concatenate([np.empty(0, np.int32), *sets]).astype(np.int32),
        "count.set_lengths": np.concatenate([np.empty(0, np.int64), *lengths]).astype(np.int64),
        "count.every": np.concatenate([np.empty(0, np.int64), *(facets[name].totals for name in names)]),
        **packed_columns(table),
    }
    for name in names:
        if rows[name].longer.size:
            marked = np.zeros(size, dtype=np.bool_)
            marked[rows[name].longer] = True
            found[f"longer:{name}"] = rows[name].longer
            found[f"longer.marked:{name}"] = marked
            found[f"longer.starts:{name}"] = rows[name].more
            found[f"longer.codes:{name}"] = rows[name].further
    return found


def _table(
    rows: Mapping[str, _Rows], facets: Mapping[str, Facet], size: int, none: int
) -> tuple[NDArray[Any], Counts]:
    """The cells of all facets side by side, and the columns where each begins and the last one ends."""
    widths = np.cumsum([0, *(entry.cells.shape[1] for entry in rows.values())])
    table = np.empty((size, int(widths[-1])), dtype=np.uint16 if none < 2**16 else np.int32)
    first, sets = 0, sum(len(facets[name].codes) for name in rows)
    for at, (name, entry) in enumerate(rows.items()):
        codes = len(facets[name].codes)
        cells = np.where(entry.cells < codes, entry.cells + first, entry.cells - codes + sets)
        table[:, widths[at] : widths[at + 1]] = np.where(entry.cells < 0, none, cells)
        first, sets = first + codes, sets + len(entry.starts) - 1
    return table, widths
