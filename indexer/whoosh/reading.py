"""A term's postings read whole from Whoosh's own files.

Whoosh's matcher decodes a posting at a time, for queries that skip through lists. A list that is wanted as
arrays is read in one piece and decoded a block at a time, by the layout of its third codec.
"""

import io
import pickle
import struct
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh.reading import TermNotFound

Ints = NDArray[np.int32]
Floats = NDArray[np.float32]

_MAGIC = 4
"""Bytes that every posting list starts with."""
_LENGTH = struct.Struct("!i")


class Block(NamedTuple):
    """Some postings of a term: documents, frequencies and, where the field keeps positions, their bytes."""

    docs: Ints
    counts: Floats
    values: Sequence[bytes]


def blocks(reader: Any, field: str, term: bytes) -> Iterator[Block]:
    """The blocks of a term in an open Whoosh segment."""
    terms = getattr(reader, "_terms", None)
    if terms is None:  # a segment without documents
        return
    try:
        info = terms.term_info(field, term)
    except TermNotFound:
        return
    if info.is_inlined():  # a single posting lies inside the term's own record
        ids, weights, values = info.inlined_postings()
        yield Block(np.array(ids, np.int32), np.array(weights, np.float32), values or ())
        return
    start, length = info.extent()
    whole = terms._postfile.get(start, length[0] if isinstance(length, tuple) else length)
    at, last = _MAGIC, False
    while not last:
        (length,) = _LENGTH.unpack_from(whole, at)
        at += _LENGTH.size
        last = length < 0
        yield _decoded(whole[at : at + abs(length)])
        at += abs(length)


def _decoded(data: bytes) -> Block:
    """One block: a record of what is in it, then steps between documents, frequencies and values."""
    held = io.BytesIO(data)
    count = pickle.load(held)[0]  # noqa: S301 our own index, checked against its sums at opening
    steps, weights, values = pickle.load(held)  # noqa: S301
    docs = np.cumsum(np.array(steps, np.int32), dtype=np.int32)
    counts = np.full(count, 1.0 if weights is None else weights, np.float32)
    return Block(docs, counts, values or ())
