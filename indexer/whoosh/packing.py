"""Cells of several columns in one, for counting very many rows.

Counting costs a fixed time a cell. Columns with few distinct values are joined as digits of one number (kind,
price and channel become one cell); the counts of the numbers are summed to those of the digits afterwards.
"""

import math
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.tables import Array

Counts = NDArray[np.int64]
_MOST = 1024
"""Distinct numbers that joined columns may have: so many counters stay in the processor's cache."""


class PackedTable:
    """A table of cells (documents × columns, values below `cells`) in fewer columns."""

    def __init__(self, table: NDArray[Any], cells: int) -> None:
        self._open(packed_columns(table), cells)

    @classmethod
    def opened(cls, tables: Mapping[str, Array], cells: int) -> "PackedTable":
        """A packed table over what `packed_columns` made."""
        made = cls.__new__(cls)
        made._open(tables, cells)
        return made

    def _open(self, tables: Mapping[str, Array], cells: int) -> None:
        self._cells = cells
        self._table = tables["packed.table"]
        # Of each joined column: where its counters begin, and the distinct cells of its members.
        self._joined: list[tuple[int, tuple[NDArray[Any], ...]]] = []
        values, sizes, first, at, member = tables["packed.cells"], tables["packed.sizes"].tolist(), 0, 0, 0
        for members in tables["packed.members"].tolist():
            own = sizes[member : member + members]
            bounds = np.cumsum([at, *own]).tolist()
            self._joined.append((first, tuple(values[a:b] for a, b in pairwise(bounds))))
            first, at, member = first + math.prod(own), bounds[-1], member + members
        self._counters = first

    def count(self, docs: NDArray[np.int32]) -> Counts:
        """How often each cell occurs in the rows of `docs`, in all columns."""
        numbers = np.bincount(self._table.take(docs, axis=0).ravel(), minlength=self._counters)
        counts = np.zeros(self._cells, dtype=np.int64)
        for first, joined in self._joined:
            shape = tuple(map(len, joined))
            grid = numbers[first : first + math.prod(shape)].reshape(shape)
            for axis, cells in enumerate(joined):
                others = tuple(other for other in range(grid.ndim) if other != axis)
                counts[cells] += grid.sum(axis=others) if others else grid
        return counts


def packed_columns(table: NDArray[Any]) -> dict[str, Array]:
    """The arrays of a packed table: its columns, and of each the cells of its members, how many there are."""
    parts = [np.unique(column, return_inverse=True) for column in table.T]
    bins = _bins([len(values) for values, _ in parts])
    first = 0
    columns = []
    for members in bins:
        shape = tuple(len(parts[member][0]) for member in members)
        digits = tuple(parts[member][1].reshape(-1) for member in members)
        # Of no documents there is nothing to join.
        columns.append(np.ravel_multi_index(digits, shape) + first if len(table) else digits[0])
        first += math.prod(shape)
    kind = np.uint16 if first < 2**16 else np.int32
    cells = [parts[member][0] for members in bins for member in members]
    return {
        "packed.table": np.column_stack(columns).astype(kind) if columns else np.empty((len(table), 0), kind),
        "packed.cells": np.concatenate([np.empty(0, table.dtype), *cells]),
        "packed.sizes": np.array([len(values) for values in cells], dtype=np.int64),
        "packed.members": np.array([len(members) for members in bins], dtype=np.int64),
    }


def _bins(sizes: list[int]) -> list[list[int]]:
    """Columns to join, the largest first, each where it still fits."""
    bins: list[tuple[int, list[int]]] = []
    for column in sorted(range(len(sizes)), key=lambda number: (-sizes[number], number)):
        for place, (product, members) in enumerate(bins):
            if product * sizes[column] <= _MOST:
                bins[place] = product * sizes[column], [*members, column]
                break
        else:
            bins.append((sizes[column], [column]))
    return [members for _, members in bins]
