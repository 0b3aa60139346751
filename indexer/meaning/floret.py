"""Word vectors from a table of hashed character n-grams (floret).

A word's vector is the mean of the table rows of its n-grams and of the whole word, each with
boundary marks and each hashed to a few rows; so inflected, compound, misspelt and unknown words
all have one, near those of words that share their letters.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec
import numpy as np
import numpy.typing as npt

from indexer.meaning.murmur import hash128
from schemas.errors import ConfigurationError

FOLDER: Final = Path(__file__).parent
_BATCH: Final = 2048
# A longer "word" is a token error (a URL, a row of dashes): its head is enough for a vector.
_LONGEST: Final = 64

Vectors = npt.NDArray[np.float32]


class Header(msgspec.Struct, frozen=True):
    """How a table was hashed and scaled; stored next to it as JSON."""

    minn: int
    maxn: int
    hash_count: int
    hash_seed: int
    bow: str
    eow: str
    scales: tuple[float, ...]
    source: str


class Floret:
    """Word -> vector over a read-only table; holds no state that changes, so threads may share it."""

    def __init__(self, table: npt.NDArray[np.int8] | Vectors, header: Header) -> None:
        """`table`: rows × dimensions (float32 only while deriving); `header.scales`: one per dimension."""
        if table.ndim != 2 or table.shape[1] != len(header.scales):
            raise ConfigurationError("the meaning table and its header do not fit together")
        if not 1 <= header.hash_count <= 4 or not 1 <= header.minn <= header.maxn:
            raise ConfigurationError("the meaning table's header is damaged")
        self._table = np.asarray(table)  # a mapped file stays one, without the cost of its class
        self._header = header
        self._scales = np.asarray(header.scales, dtype=np.float32)

    @property
    def dimensions(self) -> int:
        """Length of every vector."""
        return int(self._table.shape[1])

    def vectors(self, words: Sequence[str]) -> Vectors:
        """Vectors of the words, shape (n, dimensions), not normalised; never raises.

        Words are hashed as they are written: lower-case them first. An empty word is zero.
        """
        result = np.zeros((len(words), self.dimensions), dtype=np.float32)
        for start in range(0, len(words), _BATCH):
            batch = words[start : start + _BATCH]
            result[start : start + len(batch)] = self._batch(batch)
        return result

    def _batch(self, words: Sequence[str]) -> Vectors:
        counts = np.zeros(len(words), dtype=np.int64)
        grams: list[bytes] = []
        for at, word in enumerate(words):
            found = self._grams(word) if word else []
            counts[at] = len(found)
            grams.extend(found)
        result = np.zeros((len(words), self.dimensions), dtype=np.float32)
        if not grams:
            return result
        present = np.flatnonzero(counts)
        starts = np.cumsum(counts[present]) - counts[present]
        each = self._header.hash_count
        # The 128 bits are read as four 32-bit numbers, low bits first, one for each row.
        numbers = hash128(grams, self._header.hash_seed).astype("<u8", copy=False).view("<u4")
        rows = self._table.take((numbers[:, :each] % len(self._table)).ravel(), axis=0)
        totals = np.add.reduceat(rows, starts * each, axis=0, dtype=np.float32)
        per_word = (counts[present] * each).astype(np.float32)
        result[present] = totals / per_word[:, None] * self._scales
        return result

    def _grams(self, word: str) -> list[bytes]:
        # Lone surrogates cannot be encoded; replacing them keeps the promise never to raise.
        marked = f"{self._header.bow}{word[:_LONGEST]}{self._header.eow}"
        texts = [marked]
        for size in range(self._header.minn, self._header.maxn + 1):
            texts.extend(marked[at : at + size] for at in range(len(marked) - size + 1))
        return [text.encode("utf-8", "replace") for text in texts]


def read_floret(folder: Path = FOLDER) -> Floret:
    """Open `table.npy` (memory-mapped, shared by processes) and `table.json` of a folder.

    Raises ConfigurationError when a file is missing or damaged.
    """
    try:
        header = msgspec.json.decode((folder / "table.json").read_bytes(), type=Header)
        table = np.load(folder / "table.npy", mmap_mode="r", allow_pickle=False)
    except (OSError, ValueError, msgspec.MsgspecError) as error:
        raise ConfigurationError(f"the meaning table cannot be read: {error}") from error
    if table.dtype != np.int8:
        raise ConfigurationError("the meaning table must be int8")
    return Floret(table, header)
