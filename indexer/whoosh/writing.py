"""Writing a part: Whoosh's segment in bulk, and the columns beside it."""

import shutil
import uuid
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray
from whoosh import index as whoosh_index

from indexer.backend import FieldSpec
from indexer.meaning.vectors import pack
from indexer.tables import packed_strings, write_tables
from indexer.whoosh.batch import Batch
from indexer.whoosh.meaning import write_cells
from indexer.whoosh.part import STORED, SUMS, TABLES, VECTORS, Ints, checksums
from indexer.whoosh.schema import whoosh_schema
from indexer.whoosh.segment import BulkWriter


class _Columns:
    """Joins the columns of batches."""

    def __init__(self) -> None:
        self._batches: list[Batch] = []
        self._sizes: list[int] = []
        self._codes: dict[str, dict[str, int]] = {}

    def add(self, batch: Batch) -> None:
        # Terms and stored activities are kept elsewhere.
        self._batches.append(batch._replace(fields=[], stored=b""))
        self._sizes.append(len(batch.ids))

    def arrays(self) -> dict[str, NDArray[Any]]:
        aliases: dict[str, int] = {}
        for first, batch in self._placed():
            aliases.update(zip(batch.aliases, (batch.alias_docs + first).tolist(), strict=True))
        sizes = self._joined("stored_sizes", np.int64)
        facets = self._facets()
        return {
            "point_docs": self._docs("point_docs"),
            "points": self._joined("points", np.float32).reshape(-1, 2),
            "day_docs": self._docs("day_docs"),
            "days": self._joined("days", np.int32),
            "last": self._joined("last", np.int32),
            "changed": self._joined("changed", np.int64),
            "priors": self._joined("priors", np.float32),
            "offsets": np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
            **packed_strings("ids", [entry for batch in self._batches for entry in batch.ids]),
            **packed_strings("names", [name for batch in self._batches for name in batch.names]),
            **packed_strings("aliases", aliases),
            "alias_docs": np.array(list(aliases.values()), dtype=np.int32),
            **packed_strings("facets", self._codes),
            **facets,
        }

    def _placed(self) -> Iterator[tuple[np.int32, Batch]]:
        """Each batch with the number of its first document."""
        first = 0
        for size, batch in zip(self._sizes, self._batches, strict=True):
            yield np.int32(first), batch
            first += size

    def _joined(self, name: str, kind: type[np.generic]) -> NDArray[Any]:
        pieces = [getattr(batch, name) for batch in self._batches]
        return np.concatenate(pieces) if pieces else np.empty(0, kind)

    def _docs(self, name: str) -> Ints:
        pieces = [getattr(batch, name) + first for first, batch in self._placed()]
        return np.concatenate([np.empty(0, np.int32), *pieces])

    def _facets(self) -> dict[str, NDArray[Any]]:
        """Codes are numbered in the order in which documents have them; a document's are in that order."""
        docs: dict[str, list[Ints]] = {}
        values: dict[str, list[Ints]] = {}
        for first, batch in self._placed():
            for facet, found in batch.facets.items():
                codes = self._codes.setdefault(facet, {})
                table = np.array([codes.setdefault(code, len(codes)) for code in found.codes], dtype=np.int32)
                numbers = table[found.values]
                order = np.lexsort((numbers, found.docs))
                docs.setdefault(facet, []).append(found.docs[order] + first)
                values.setdefault(facet, []).append(numbers[order])
        arrays: dict[str, NDArray[Any]] = {}
        for facet, codes in self._codes.items():
            arrays[f"facet_docs:{facet}"] = np.concatenate(docs[facet])
            arrays[f"facet_values:{facet}"] = np.concatenate(values[facet])
            arrays.update(packed_strings(f"codes:{facet}", codes))
        return arrays

    def table(self) -> NDArray[np.float32] | None:
        """The vectors as rows, zero where a document has none; None when no document has one."""
        known = next((batch.vectors for batch in self._batches if batch.vectors is not None), None)
        if known is None:
            return None
        table = np.zeros((sum(self._sizes), known.shape[1]), dtype=np.float32)
        for first, batch in self._placed():
            if batch.vectors is not None:
                table[first : first + len(batch.vectors)] = batch.vectors
        return table


def write_part(folder: Path, batches: Iterable[Batch], specs: Sequence[FieldSpec]) -> str:
    """Write the documents of `batches` as a new part below `folder`; returns its name.

    Nothing is left behind on failure.
    """
    name = uuid.uuid4().hex[:12]
    place = folder / name
    place.mkdir(parents=True)
    try:
        _write(place, batches, specs)
    except BaseException:
        shutil.rmtree(place, ignore_errors=True)
        raise
    return name


def _write(place: Path, batches: Iterable[Batch], specs: Sequence[FieldSpec]) -> None:
    columns = _Columns()
    writer = BulkWriter(whoosh_index.create_in(place, whoosh_schema(specs)), specs)
    try:
        with (place / STORED).open("wb") as stored:
            for batch in batches:
                columns.add(batch)
                writer.add_batch(batch.fields, len(batch.ids))
                stored.write(batch.stored)
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
        "lengths": np.stack([writer.field_lengths[spec.name] for spec in specs]),
        "terms_of": writer.terms_of,
        "terms_until": writer.terms_until,
        **packed_strings("fields", writer.written),
    }
    for field, written in writer.written.items():
        found.update(packed_strings(f"terms:{field}", written.texts))
        found[f"counts:{field}"] = written.counts
        found[f"starts:{field}"] = written.starts
        found[f"sizes:{field}"] = written.sizes
    return found
