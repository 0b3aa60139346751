"""Meaning vectors of a generation: int8 rows on disk, float32 rows in memory where they are few.

The cosine of a document that words matched is always computed from its own row. Only looking for documents
by meaning alone reads cells instead of all rows where there are very many: far documents may then be missed,
never misjudged.

Products are taken row by row (`vecdot`): a matrix product would wake the threads of the linear algebra
library, and on a busy machine waiting for them took a hundred times the work itself.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from indexer.backend import Vector
from indexer.meaning.cells import Cells, build_cells, near
from indexer.tables import Array, write_tables
from indexer.whoosh.part import CELLS, Ints, Part
from indexer.whoosh.reading import Floats

RESIDENT = 24_000_000
"""Bytes up to which the rows of a generation are kept as float32, which multiplies without conversion."""
CELLS_FROM = 62_000
"""Rows from which a part keeps cells beside its rows (docs/adr/0007)."""
_BLOCK = 8192
_SHARE = 0.1


class MeaningTable:
    """Cosines of a query vector with documents; documents without a vector have 0."""

    def __init__(self, tables: Mapping[str, Array], parts: Sequence[Part]) -> None:
        self._parts = [part for part in parts if part.vectors is not None]
        bases = tables["bases"].tolist()
        self._starts = {part.name: base for part, base in zip(parts, bases, strict=False)}
        self._size = int(bases[-1])
        self.known = bool(self._parts)
        self._resident: Floats | None = tables.get("vectors")
        self._cells = {} if self._resident is not None else self._opened_cells()

    def _rows(self) -> list[tuple[Part, np.ndarray, Floats]]:
        return [(part, *part.vectors) for part in self._parts if part.vectors is not None]

    def _opened_cells(self) -> dict[str, Cells]:
        return {
            part.name: Cells(**{name: part.cells[name] for name in Cells._fields})
            for part in self._parts
            if part.cells is not None
        }

    def towards(self, vector: Vector) -> "Cosines":
        """The cosines of one query."""
        return Cosines(self, vector)

    def every(self, vector: Vector) -> Floats | None:
        """The cosines of all documents, where their rows are kept as float32."""
        if self._resident is None:
            return None
        found: Floats = np.vecdot(self._resident, vector)
        return found

    def of(self, vector: Vector, docs: Ints) -> Floats:
        """One cosine for each of `docs`, ascending or not."""
        if not self.known:
            return np.zeros(len(docs), dtype=np.float32)
        if self._resident is not None:
            nearest: Floats = np.vecdot(self._resident.take(docs, axis=0), vector)
            return nearest
        found = np.zeros(len(docs), dtype=np.float32)
        for part, rows, scales in self._rows():
            base = self._starts[part.name]
            mine = np.flatnonzero((docs >= base) & (docs < base + len(part)))
            for start in range(0, len(mine), _BLOCK):
                places = mine[start : start + _BLOCK]
                inside = docs[places] - base
                found[places] = np.vecdot(rows[inside].astype(np.float32), vector) * scales[inside]
        return found

    def near(self, vector: Vector, least: float) -> tuple[Ints, Floats]:
        """Documents with a cosine of `least` (above 0) or more, ascending, and their cosines."""
        if not self.known:
            return np.empty(0, np.int32), np.empty(0, np.float32)
        every = self.every(vector)
        if every is not None:
            return _reaching(every, least)
        pieces = [self._near_in(part, rows, scales, vector, least) for part, rows, scales in self._rows()]
        return np.concatenate([docs for docs, _ in pieces]), np.concatenate([values for _, values in pieces])

    def _near_in(
        self, part: Part, rows: np.ndarray, scales: Floats, vector: Vector, least: float
    ) -> tuple[Ints, Floats]:
        base = np.int32(self._starts[part.name])
        cells = self._cells.get(part.name)
        if cells is not None:
            texts, cosines = near(cells, vector, share=_SHARE)
            kept = np.flatnonzero(cosines >= least)
            kept = kept[np.argsort(texts[kept])]
            return texts[kept] + base, cosines[kept]
        cosines = np.concatenate(
            [
                np.vecdot(rows[start : start + _BLOCK].astype(np.float32), vector)
                * scales[start : start + _BLOCK]
                for start in range(0, len(part), _BLOCK)
            ]
        )
        docs = np.flatnonzero(cosines >= least).astype(np.int32)
        return docs + base, cosines[docs]


class Cosines:
    """The cosines of one query with documents: where all are cheap they are computed once for all uses."""

    def __init__(self, table: MeaningTable, vector: Vector) -> None:
        self._table = table
        self._vector = vector
        self._every: Floats | None = None

    def near(self, least: float) -> Ints:
        """Documents with a cosine of `least` (above 0) or more, ascending."""
        self._every = self._table.every(self._vector)
        if self._every is None:
            return self._table.near(self._vector, least)[0]
        return _reaching(self._every, least)[0]

    def of(self, docs: Ints) -> Floats:
        """One cosine for each of `docs`, ascending or not."""
        return self._table.of(self._vector, docs) if self._every is None else self._every[docs]


def _reaching(cosines: Floats, least: float) -> tuple[Ints, Floats]:
    docs = np.flatnonzero(cosines >= least).astype(np.int32)
    return docs, cosines[docs]


def packed_rows(parts: Sequence[Part]) -> dict[str, Array]:
    """All rows of a generation as float32, where they are few."""
    width = max((part.vectors[0].shape[1] for part in parts if part.vectors is not None), default=0)
    size = sum(map(len, parts))
    if not width or size * width * 4 > RESIDENT:
        return {}
    found = np.zeros((size, width), dtype=np.float32)
    base = 0
    for part in parts:
        if part.vectors is not None:
            rows, scales = part.vectors
            found[base : base + len(part)] = rows.astype(np.float32) * scales[:, None]
        base += len(part)
    return {"vectors": found}


def write_cells(place: Path, vectors: Floats) -> None:
    """Write the cells of a part with many rows."""
    if len(vectors) >= CELLS_FROM:
        write_tables(place / CELLS, build_cells(vectors)._asdict())
