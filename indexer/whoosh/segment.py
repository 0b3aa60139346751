"""A Whoosh segment written term by term instead of posting by posting.

Whoosh's own writer puts every posting as a tuple into a pool, sorts the pool and looks up the field length of
every posting. Here batches come with their postings by term: they are joined in arrays, and each list is
written at once. The files are Whoosh's own, byte by byte as its codec would write them.
"""

from collections import defaultdict
from collections.abc import Sequence
from hashlib import md5
from pickle import dumps
from struct import Struct
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import LENGTHS_COLUMN, WHOOSH3_HEADER_MAGIC, W3TermInfo
from whoosh.writing import SegmentWriter

from indexer.backend import FieldSpec
from indexer.whoosh.batch import FieldBatch
from indexer.whoosh.layout import BLOCK
from indexer.whoosh.lengths import length_bytes
from indexer.whoosh.part import Ints
from indexer.whoosh.schema import codec

_PICKLE = 2
_INFO: Struct = W3TermInfo._struct
_EXTENT = Struct("!qi")
_ENTRY = Struct("!ii")
_FIELD = Struct("!H")
_LENGTH = Struct("!i")


class Written(NamedTuple):
    """The terms of one field in order: how many documents have each, where its postings lie in the file."""

    texts: list[str]
    counts: Ints
    starts: NDArray[np.int64]
    sizes: NDArray[np.int64]


class _Numbers(defaultdict[str, int]):
    """The number of each text, in the order in which they come."""

    def __init__(self) -> None:
        super().__init__(self.__len__)


class _Gathered(NamedTuple):
    """What came of one field in a batch: the numbers of its terms, else as in the batch."""

    numbers: Ints
    first: int
    batch: FieldBatch


class _Lists(NamedTuple):
    """The postings of all terms of a field, list after list, and for each list what Whoosh tells of it.

    bounds  where each list begins, and where the last one ends
    """

    docs: Ints
    counts: Ints
    values: list[bytes]
    bounds: NDArray[np.int64]


class BulkWriter(SegmentWriter):  # type: ignore[misc]
    """Takes documents as batches; `commit` and `cancel` are Whoosh's.

    After `commit`: `written` has the terms by field, in the order of the fields; `terms_of` the numbers of
    each document's terms, counted through all fields in that order, `terms_until` where each document's end.
    """

    def __init__(self, index: Any, specs: Sequence[FieldSpec]) -> None:
        # Whoosh copies a compound file into memory when it opens it; single files are mapped.
        super().__init__(index, codec=codec(), compound=False)
        self._specs = specs
        self._numbers = {spec.name: _Numbers() for spec in specs}
        self._gathered: dict[str, list[_Gathered]] = {spec.name: [] for spec in specs}
        self._sizes: list[int] = []
        self.written: dict[str, Written] = {}
        self.terms_of: NDArray[np.int32] = np.empty(0, np.int32)
        self.terms_until: NDArray[np.int64] = np.empty(0, np.int64)
        self.field_lengths: dict[str, Ints] = {spec.name: np.empty(0, np.int32) for spec in specs}

    def add_batch(self, fields: Sequence[FieldBatch], count: int) -> None:
        """Add `count` documents: one batch for each field, in the order of the fields."""
        for spec, batch in zip(self._specs, fields, strict=True):
            number = self._numbers[spec.name].__getitem__
            numbers = np.fromiter(map(number, batch.texts), np.int32, len(batch.texts))
            # The texts are known by their numbers now.
            self._gathered[spec.name].append(_Gathered(numbers, self.docnum, batch._replace(texts=[])))
        self._sizes.append(count)
        self._added = True
        self.docnum += count

    def _flush_segment(self) -> None:
        """Whoosh's hook for writing what was gathered."""
        for spec in self._specs:
            pieces = [gathered.batch.lengths for gathered in self._gathered[spec.name]]
            self.field_lengths[spec.name] = np.concatenate([np.empty(0, np.int32), *pieces])
        self._write_lengths()
        places: dict[str, Ints] = {}
        terms = _TermFile(self.fieldwriter)
        first = 0
        for field in sorted(self._gathered):
            numbers = self._numbers.pop(field)
            texts = sorted(numbers)
            place = np.empty(len(texts), dtype=np.int32)
            place[[numbers[text] for text in texts]] = np.arange(len(texts), dtype=np.int32)
            places[field] = place + np.int32(first)
            first += len(texts)
            lists = _joined(self._gathered[field], place)
            self.written[field] = terms.write(
                field, self.schema[field], texts, lists, self.field_lengths[field]
            )
        self._number_terms(places)
        self.fieldwriter.close()

    def _write_lengths(self) -> None:
        writer = self.perdocwriter
        writer._doccount = self.docnum
        for field, lengths in self.field_lengths.items():
            total = int(lengths.sum())
            if total:
                name = f"_{field}_len"
                writer._create_column(name, LENGTHS_COLUMN)
                # What is nought at the end is left out, as the column's own writer does.
                writer._get_column(name)._dbfile.write(length_bytes(lengths).tobytes().rstrip(b"\0"))
                writer._fieldlengths[field] += total
        writer.close()

    def _number_terms(self, places: dict[str, Ints]) -> None:
        """Which terms each document has."""
        pieces, sizes = [np.empty(0, np.int32)], [np.empty(0, np.int64)]
        for at, count in enumerate(self._sizes):
            gathered = [(self._gathered[field][at], place) for field, place in places.items()]
            terms = [np.repeat(place[one.numbers], one.batch.sizes) for one, place in gathered]
            docs = np.concatenate([one.batch.docs for one, _ in gathered])
            pieces.append(np.concatenate(terms)[np.argsort(docs, kind="stable")])
            sizes.append(np.bincount(docs, minlength=count))
        self._gathered.clear()
        self.terms_of = np.concatenate(pieces)
        self.terms_until = np.cumsum(np.concatenate(sizes))


def _joined(gathered: Sequence[_Gathered], place: Ints) -> _Lists:
    """The postings of a field by term: lists of the batches put behind one another, batch after batch."""
    sizes = np.zeros(len(place), dtype=np.int64)
    for numbers, _, batch in gathered:
        sizes[place[numbers]] += batch.sizes
    bounds = np.zeros(len(place) + 1, dtype=np.int64)
    np.cumsum(sizes, out=bounds[1:])
    free = bounds[:-1].copy()
    docs = np.empty(int(bounds[-1]), dtype=np.int32)
    counts = np.empty(int(bounds[-1]), dtype=np.int32)
    values = [b""] * len(docs) if any(batch.values for _, _, batch in gathered) else []
    for numbers, first, batch in gathered:
        lists = place[numbers]
        starts = np.cumsum(batch.sizes) - batch.sizes
        to = np.repeat(free[lists] - starts, batch.sizes) + np.arange(len(batch.docs))
        docs[to] = batch.docs + np.int32(first)
        counts[to] = batch.counts
        for at, value in zip(to.tolist() if batch.values else (), batch.values, strict=True):
            values[at] = value
        free[lists] += batch.sizes
    return _Lists(docs, counts, values, bounds)


class _TermFile:
    """Writes lists of postings, and the terms that lead to them, as Whoosh's codec does one by one."""

    def __init__(self, writer: Any) -> None:
        self._postings = writer._postfile
        self._terms = writer._tindex
        self._fields = writer._fieldmap
        self._end = self._postings.tell()
        self._terms_end = self._terms.tell()

    def write(self, field: str, kind: Any, texts: list[str], lists: _Lists, lengths: Ints) -> Written:
        """Write one field."""
        counts = np.diff(lists.bounds).astype(np.int32)
        if not texts:
            return Written(texts, counts, np.empty(0, np.int64), np.empty(0, np.int64))
        blocks = -(-counts // BLOCK)
        facts = _facts(lists, _block_bounds(lists.bounds, blocks), lengths)
        placed = kind.format.fixed_value_size() != 0
        sizes = self._write_postings(lists, facts, blocks, placed=placed)
        starts = self._end + np.cumsum(sizes) - sizes
        self._end += int(sizes.sum())
        firsts = np.cumsum(blocks) - blocks
        self._write_terms(field, texts, counts, _merged(facts, firsts), starts, sizes)
        return Written(texts, counts, starts, sizes)

    def _write_postings(
        self, lists: _Lists, facts: "_Facts", blocks: Ints, *, placed: bool
    ) -> NDArray[np.int64]:
        """Write every list; how many bytes each took."""
        deltas = np.diff(lists.docs, prepend=np.int32(0))
        deltas[facts.starts] = lists.docs[facts.starts]
        pieces: list[bytes] = []
        sizes = []
        ends = np.append(facts.starts[1:], len(lists.docs)).tolist()
        rows = zip(*facts.lists(), ends, strict=True)
        for count in blocks.tolist():
            size = len(WHOOSH3_HEADER_MAGIC)
            pieces.append(WHOOSH3_HEADER_MAGIC)
            for left in range(count, 0, -1):
                start, shortest, longest, _, least, most, first, last, end = next(rows)
                counts: object = None if most == 1 else most
                if least != most:
                    counts = tuple(map(float, lists.counts[start:end].tolist()))
                ids = (first,) if end - start == 1 else tuple(deltas[start:end].tolist())
                data = dumps((ids, counts, tuple(lists.values[start:end]) if placed else None), _PICKLE)
                info = dumps((end - start, last, most, 0, shortest, longest), _PICKLE)
                length = len(info) + len(data)
                pieces += (_LENGTH.pack(length if left > 1 else -length), info, data)
                size += _LENGTH.size + length
            sizes.append(size)
        self._postings.write(b"".join(pieces))
        return np.array(sizes, dtype=np.int64)

    def _write_terms(
        self,
        field: str,
        texts: list[str],
        counts: Ints,
        facts: "_Facts",
        starts: NDArray[np.int64],
        sizes: NDArray[np.int64],
    ) -> None:
        """Write the terms of a field with what is told of their lists; where each lies, by its hash."""
        prefix = _FIELD.pack(self._fields.setdefault(field, len(self._fields)))
        pieces: list[bytes] = []
        buckets, places, at = self._terms.buckets, self._terms.index, self._terms_end
        rows = zip(texts, counts.tolist(), starts.tolist(), sizes.tolist(), *facts.lists(), strict=True)
        for text, count, begin, size, _, shortest, longest, total, _, most, first, last in rows:
            key = prefix + text.encode()
            told = _INFO.pack(0, total, count, shortest, longest, most, first, last)
            entry = _ENTRY.pack(len(key), len(told) + _EXTENT.size) + key + told + _EXTENT.pack(begin, size)
            pieces.append(entry)
            hashed = int.from_bytes(md5(key, usedforsecurity=False).digest()[-4:])
            buckets[hashed & 255].append((hashed, at))
            places.append(at)
            at += len(entry)
        self._terms.dbfile.write(b"".join(pieces))
        self._terms_end = at


class _Facts(NamedTuple):
    """What Whoosh tells of a block, or of a whole list: where it begins in the arrays, the bytes of the
    shortest and the longest field, the sum, least and most of its counts, its first and last document."""

    starts: NDArray[np.int64]
    shortest: NDArray[np.uint8]
    longest: NDArray[np.uint8]
    total: NDArray[np.int64]
    least: NDArray[np.float64]
    most: NDArray[np.float64]
    first: Ints
    last: Ints

    def lists(self) -> list[list[Any]]:
        """The same as lists."""
        return [column.tolist() for column in self]


def _block_bounds(bounds: NDArray[np.int64], blocks: Ints) -> NDArray[np.int64]:
    """Where each block begins."""
    within = np.arange(int(blocks.sum())) - np.repeat(np.cumsum(blocks) - blocks, blocks)
    starts: NDArray[np.int64] = np.repeat(bounds[:-1], blocks) + within * BLOCK
    return starts


def _facts(lists: _Lists, starts: NDArray[np.int64], lengths: Ints) -> _Facts:
    # A byte says more for a longer field, so the least byte is that of the shortest field.
    said = length_bytes(lengths)[lists.docs]
    return _Facts(
        starts,
        np.minimum.reduceat(said, starts),
        np.maximum.reduceat(said, starts),
        np.add.reduceat(lists.counts, starts, dtype=np.int64),
        np.minimum.reduceat(lists.counts, starts).astype(np.float64),
        np.maximum.reduceat(lists.counts, starts).astype(np.float64),
        lists.docs[starts],
        lists.docs[np.append(starts[1:], len(lists.docs)) - 1],
    )


def _merged(facts: _Facts, firsts: NDArray[np.int64]) -> _Facts:
    """The facts of lists, of those of their blocks."""
    return _Facts(
        facts.starts[firsts],
        np.minimum.reduceat(facts.shortest, firsts),
        np.maximum.reduceat(facts.longest, firsts),
        np.add.reduceat(facts.total, firsts),
        np.minimum.reduceat(facts.least, firsts),
        np.maximum.reduceat(facts.most, firsts),
        facts.first[firsts],
        facts.last[np.append(firsts[1:], len(facts.last)) - 1],
    )
