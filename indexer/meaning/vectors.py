"""Text vectors: one direction in meaning space for a list of base forms, and cosines by the thousand."""

import threading
from collections.abc import Callable, Iterable, Sequence
from itertools import repeat
from typing import Final

import numpy as np
import numpy.typing as npt

from indexer.meaning.floret import Floret

_CACHED_WORDS: Final = 60_000
_TINY: Final = 1e-9

Vector = npt.NDArray[np.float32]
Idf = Callable[[str], float]


class _Held:
    """Unit vectors as rows of one table, by word. Rows are written before their word is told, and the table
    is only ever replaced by a longer copy: who reads the places first finds every row."""

    def __init__(self, dimensions: int) -> None:
        self.places: dict[str, int] = {}
        self.rows: Vector = np.zeros((64, dimensions), dtype=np.float32)

    def add(self, words: Sequence[str], vectors: Vector) -> None:
        """Hold words that are not held yet. Called by one thread at a time."""
        start, end = len(self.places), len(self.places) + len(words)
        if end > len(self.rows):
            longer = np.zeros((max(end, 2 * len(self.rows)), self.rows.shape[1]), dtype=np.float32)
            longer[:start] = self.rows[:start]
            self.rows = longer
        self.rows[start:end] = vectors
        self.places.update(zip(words, range(start, end), strict=True))


class Meaning:
    """Words -> unit vectors. One instance serves all threads of a process."""

    def __init__(self, floret: Floret, *, capacity: int = _CACHED_WORDS) -> None:
        """`floret`: see `indexer.meaning.floret.read_floret`. `capacity`: how many words are remembered."""
        self._floret = floret
        self._capacity = capacity
        self._held = _Held(floret.dimensions)
        self._lock = threading.Lock()

    @property
    def dimensions(self) -> int:
        """Length of every vector."""
        return self._floret.dimensions

    @property
    def cached(self) -> int:
        """How many words are remembered at the moment; 20 000 take about 8 MB."""
        return len(self._held.places)

    def vector(self, words: Iterable[str], idf: Idf) -> Vector:
        """Unit vector of a text, shape (dimensions,); zero when no word weighs anything.

        `words`: base forms and compound parts, lower case, in any order, repeated as in the text.
        `idf`: weight of a word, ≥ 0; a word the index has never seen should weigh like its rarest.
        Every word counts with the square of its idf: measured better than idf itself, because a text's
        topic is in its few rare words.
        """
        found: Vector = self.vectors([list(words)], idf)[0]
        return found

    def vectors(self, texts: Sequence[Sequence[str]], idf: Idf) -> Vector:
        """Unit vectors of many texts, shape (n, dimensions); see `vector`."""
        result = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        if len(texts) > 1:  # new words of all texts at once
            every: set[str] = set().union(*texts)
            self._rows(sorted(every.difference(self._held.places)))
        for row, text in enumerate(texts):
            if text:
                # Row by row, without a product of matrices: its threads would make searches wait.
                weights = np.fromiter(map(idf, text), dtype=np.float32, count=len(text))
                rows = self._rows(text)
                rows *= (weights * weights)[:, None]
                np.add.reduce(rows, axis=0, out=result[row])
        return unit(result)

    def _rows(self, words: Sequence[str]) -> Vector:
        """The unit vector of each word as a row of an own array."""
        held = self._held
        places = list(map(held.places.get, words, repeat(-1)))
        rows: Vector = held.rows.take(places, axis=0)
        if -1 in places:
            missing = sorted({word for word, place in zip(words, places, strict=True) if place < 0})
            fresh = unit(self._floret.vectors(missing))
            number = {word: place for place, word in enumerate(missing)}
            gaps = [place for place, row in enumerate(places) if row < 0]
            rows[gaps] = fresh[[number[words[place]] for place in gaps]]
            self._remember(missing, fresh)
        return rows

    def _remember(self, words: list[str], vectors: Vector) -> None:
        # Forgetting everything when full costs one slower query now and then and needs no book-keeping.
        if len(words) > self._capacity:
            return
        with self._lock:
            if len(self._held.places) + len(words) > self._capacity:
                self._held = _Held(self.dimensions)
            new = [place for place, word in enumerate(words) if word not in self._held.places]
            self._held.add([words[place] for place in new], vectors[new])


def unit(matrix: Vector) -> Vector:
    """Rows made unit length; zero rows stay zero."""
    length = np.linalg.norm(matrix, axis=1, keepdims=True)
    return np.asarray(matrix / np.maximum(length, _TINY) * (length > _TINY), dtype=np.float32)


def pack(vectors: Vector) -> tuple[npt.NDArray[np.int8], Vector]:
    """Unit vectors as int8 rows with one scale each: 100 bytes a text of 96 dimensions."""
    scales = np.maximum(np.abs(vectors).max(axis=1, initial=0.0), _TINY) / 127
    packed = np.rint(vectors / scales[:, None]).astype(np.int8)
    return packed, scales.astype(np.float32)
