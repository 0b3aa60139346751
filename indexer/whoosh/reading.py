"""Whoosh's posting lists read without Whoosh: its blocks as the codec of `layout` writes them.

A list is `W3Bl` and blocks of: length as a signed big-endian int (negative = the last one), a pickled tuple
about the block, a pickled tuple (steps between document numbers, frequencies, encoded positions).
"""

import io
import pickle
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Floats = NDArray[np.float32]

_MAGIC = b"W3Bl"
_INT = 4


class Block(NamedTuple):
    """Document numbers ascending, how often the term occurs in each, and Whoosh's encoded positions."""

    docs: Ints
    counts: Floats
    values: Sequence[bytes]


def blocks(data: bytes) -> Iterator[Block]:
    """The blocks of one posting list. Raises ValueError when it is none."""
    if data[:_INT] != _MAGIC:
        raise ValueError("a posting list is damaged")
    end, file = _INT, io.BytesIO(data)
    while end < len(data):
        length = int.from_bytes(data[end : end + _INT], "big", signed=True)
        file.seek(end + _INT)
        end += _INT + abs(length)
        # Written by this program into its own folder and compared with its sum: as safe as its code.
        about = pickle.load(file)  # noqa: S301
        yield _block(about[0], *pickle.load(file))  # noqa: S301
        if length < 0:
            return


def _block(size: int, steps: Sequence[int], counts: Any, values: Sequence[bytes] | None) -> Block:
    docs = np.cumsum(np.array(steps, dtype=np.int32), dtype=np.int32)
    return Block(docs, np.full(size, 1.0 if counts is None else counts, dtype=np.float32), values or ())


def positions(value: bytes) -> tuple[int, ...]:
    """The positions that Whoosh's `Positions` format encoded: a count (four bytes), then pickled steps."""
    place, found = 0, []
    for step in pickle.loads(value[_INT:]):  # noqa: S301
        place += step
        found.append(place)
    return tuple(found)
