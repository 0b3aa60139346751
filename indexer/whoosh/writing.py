"""Writing a part: Whoosh's segment in bulk, and the columns beside it."""

import shutil
import uuid
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray
from whoosh import index as whoosh_index

from indexer.backend import FieldSpec, IndexDocument
from indexer.meaning.vectors import pack
from indexer.tables import packed_strings, write_tables
from indexer.whoosh.meaning import write_cells
from indexer.whoosh.part import NEVER, STORED, SUMS, TABLES, VECTORS, checksums
from indexer.whoosh.schema import whoosh_schema
from indexer.whoosh.segment import BulkWriter


class _Columns:
    """Collects the columns of documents while they are written."""

    def __init__(self) -> None:
        self.ids: list[str] = []
        self.aliases: dict[str, int] = {}
        self.names: list[str] = []
        self.codes: dict[str, dict[str, int]] = {}
        self.facet_docs: dict[str, list[int]] = {}
        self.facet_values: dict[str, list[int]] = {}
        self.points: list[tuple[int, float, float]] = []
        self.days: list[tuple[int, int]] = []
        self.last: list[int] = []
        self.changed: list[int] = []
        self.priors: list[float] = []
        self.vectors: list[NDArray[np.float32] | None] = []
        self.offsets: list[int] = [0]

    def add(self, document: IndexDocument) -> None:
        doc = len(self.ids)
        self.ids.append(document.id)
        self.aliases.update((alias, doc) for alias in document.aliases)
        self.names.append(document.sort_name)
        for facet, values in document.facets.items():
            codes = self.codes.setdefault(facet, {})
            found = sorted({codes.setdefault(value, len(codes)) for value in values})
            self.facet_docs.setdefault(facet, []).extend([doc] * len(found))
            self.facet_values.setdefault(facet, []).extend(found)
        self.points.extend((doc, lat, lon) for lat, lon in document.points)
        self.days.extend((doc, day) for day in sorted(set(document.days)))
        self.last.append(NEVER if document.last_day is None else document.last_day.toordinal())
        self.changed.append(document.changed)
        self.priors.append(document.prior)
        self.vectors.append(document.vector)
        self.offsets.append(self.offsets[-1] + len(document.stored))

    def arrays(self) -> dict[str, NDArray[Any]]:
        points = np.array(self.points, dtype=np.float64).reshape(-1, 3)
        days = np.array(self.days, dtype=np.int32).reshape(-1, 2)
        found: dict[str, NDArray[Any]] = {
            "point_docs": points[:, 0].astype(np.int32),
            "points": points[:, 1:].astype(np.float32),
            "day_docs": days[:, 0],
            "days": days[:, 1],
            "last": np.array(self.last, dtype=np.int32),
            "changed": np.array(self.changed, dtype=np.int64),
            "priors": np.array(self.priors, dtype=np.float32),
            "offsets": np.array(self.offsets, dtype=np.int64),
            **packed_strings("ids", self.ids),
            **packed_strings("names", self.names),
            **packed_strings("aliases", self.aliases),
            "alias_docs": np.array(list(self.aliases.values()), dtype=np.int32),
            **packed_strings("facets", self.codes),
        }
        for facet, codes in self.codes.items():
            found[f"facet_docs:{facet}"] = np.array(self.facet_docs[facet], dtype=np.int32)
            found[f"facet_values:{facet}"] = np.array(self.facet_values[facet], dtype=np.int32)
            found.update(packed_strings(f"codes:{facet}", codes))
        return found

    def table(self) -> NDArray[np.float32] | None:
        """The vectors as rows, zero where a document has none; None when no document has one."""
        known = next((vector for vector in self.vectors if vector is not None), None)
        if known is None:
            return None
        table = np.zeros((len(self.vectors), len(known)), dtype=np.float32)
        for row, vector in enumerate(self.vectors):
            if vector is not None:
                table[row] = vector
        return table


def write_part(folder: Path, documents: Iterable[IndexDocument], specs: Sequence[FieldSpec]) -> str:
    """Write `documents` as a new part below `folder`; returns its name. Nothing is left behind on failure."""
    name = uuid.uuid4().hex[:12]
    place = folder / name
    place.mkdir(parents=True)
    try:
        _write(place, documents, specs)
    except BaseException:
        shutil.rmtree(place, ignore_errors=True)
        raise
    return name


def _write(place: Path, documents: Iterable[IndexDocument], specs: Sequence[FieldSpec]) -> None:
    columns = _Columns()
    writer = BulkWriter(whoosh_index.create_in(place, whoosh_schema(specs)), specs)
    try:
        with (place / STORED).open("wb") as stored:
            for document in documents:
                columns.add(document)
                writer.add_terms(document.fields)
                stored.write(document.stored)
    except BaseException:
        writer.cancel()
        raise
    writer.commit(merge=False)
    write_tables(place / TABLES, {**columns.arrays(), **_terms(writer, specs)})
    table = columns.table()
    if table is not None:
        rows, scales = pack(table)
        write_tables(place / VECTORS, {"rows": rows, "scales": scales})
        write_cells(place, table)
    (place / SUMS).write_bytes(msgspec.json.encode(checksums(place)))


def _terms(writer: BulkWriter, specs: Sequence[FieldSpec]) -> dict[str, NDArray[Any]]:
    """The terms of all fields, and which of them each document has."""
    found: dict[str, NDArray[Any]] = {
        "lengths": np.stack([np.array(writer.field_lengths[spec.name], dtype=np.int32) for spec in specs]),
        "terms_of": writer.terms_of,
        "terms_until": np.array(writer.terms_until, dtype=np.int64),
        **packed_strings("fields", writer.written),
    }
    for field, written in writer.written.items():
        found.update(packed_strings(f"terms:{field}", written.texts))
        found[f"counts:{field}"] = np.array(written.counts, dtype=np.int32)
        found[f"starts:{field}"] = np.array(written.starts, dtype=np.int64)
        found[f"sizes:{field}"] = np.array(written.sizes, dtype=np.int64)
    return found
