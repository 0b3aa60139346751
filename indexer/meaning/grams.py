"""Words of the index that look like a word: cosine of character 3–5-grams over a vocabulary.

It finds what analysis cannot join: unknown compounds, derivations, names, misspelt words. The n-grams are of
the vocabulary, not of the documents, so the memory follows the number of different words: about 200 bytes
each.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from indexer.tables import Array, Strings, packed_strings

_SIZES: Final = (3, 4, 5)
_LONGEST: Final = 64


class Likeness(NamedTuple):
    """A word of the vocabulary and its cosine (0–1) with the word asked about."""

    word: str
    cosine: float


class Grams:
    """Immutable after building; threads may share it."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        """`vocabulary`: different words, lower case (base forms of the index)."""
        self._open(packed_grams(vocabulary))

    @classmethod
    def opened(cls, tables: Mapping[str, Array]) -> "Grams":
        """Grams over the tables that `packed_grams` made."""
        made = cls.__new__(cls)
        made._open(tables)
        return made

    def _open(self, tables: Mapping[str, Array]) -> None:
        self._words = Strings(tables, "grams.words")
        self._grams = tables["grams"]
        self._starts: npt.NDArray[np.int32] = tables["grams.starts"]
        self._owners: npt.NDArray[np.int32] = tables["grams.owners"]
        self._norms: npt.NDArray[np.float32] = tables["grams.norms"]

    def nearest(self, word: str, *, floor: float = 0.3, limit: int = 50) -> list[Likeness]:
        """Words whose cosine with `word` is at least `floor`, best first, the word itself left out.

        Every n-gram weighs log(1 + N/n), n = words that have it. Ties in alphabetical order. Never raises.
        """
        asked = np.array(sorted(grams(word)), dtype=self._grams.dtype)
        at = np.searchsorted(self._grams, asked)
        at = at[at < len(self._grams)]
        held = at[self._grams[at] == asked[: len(at)]]
        weights = _squares(self._starts[held + 1] - self._starts[held], len(self._words))
        # An n-gram that no word has weighs as if one had it: it speaks against every likeness.
        strange = float(_squares(np.ones(1, dtype=np.int64), len(self._words))[0]) * (len(asked) - len(held))
        sums = np.zeros(len(self._words), dtype=np.float32)
        for gram, weight in zip(held, weights, strict=True):
            sums[self._owners[self._starts[gram] : self._starts[gram + 1]]] += weight
        length = max(float(weights.sum()) + strange, 1e-9) ** 0.5
        cosines = sums / (self._norms * np.float32(length))
        near: npt.NDArray[np.int64] = np.flatnonzero(cosines >= max(floor, 1e-6))
        ranked = sorted((-float(cosines[at]), self._words[at]) for at in near)
        return [Likeness(other, -cosine) for cosine, other in ranked if other != word][:limit]


def packed_grams(vocabulary: Sequence[str]) -> dict[str, Array]:
    """The arrays of `Grams`: flat and sorted, a tenth of the memory of lists by n-gram."""
    found = [sorted(grams(word)) for word in vocabulary]
    every = np.array([gram for each in found for gram in each], dtype=f"U{_SIZES[-1]}")
    owners = np.repeat(np.arange(len(found), dtype=np.int32), [len(each) for each in found])
    order = np.argsort(every, kind="stable")
    different, first = np.unique(every[order], return_index=True)
    starts = np.append(first, len(every)).astype(np.int32)
    owners = owners[order]
    weights = np.repeat(_squares(np.diff(starts), len(found)), np.diff(starts))
    squares = np.bincount(owners, weights, minlength=len(found))
    return {
        **packed_strings("grams.words", vocabulary),
        "grams": different,
        "grams.starts": starts,
        "grams.owners": owners,
        "grams.norms": np.sqrt(np.maximum(squares, 1e-9)).astype(np.float32),
    }


def _squares(counts: npt.NDArray[Any], words: int) -> npt.NDArray[np.float64]:
    """Squared weights of n-grams that so many of so many words have."""
    weights: npt.NDArray[np.float64] = np.log1p(words / counts) ** 2
    return weights


def grams(word: str) -> set[str]:
    """The different 3–5-grams of a word between boundary marks."""
    # numpy's strings cannot end in NUL
    marked = f"_{word[:_LONGEST]}_".replace("\0", "_")
    return {marked[at : at + size] for size in _SIZES for at in range(len(marked) - size + 1)}


def boosts(near: Sequence[Likeness], *, known: bool) -> dict[str, float]:
    """Weights (0–1) of look-alikes, given best first.

    `known`: the dictionary or the index has the word. It then stands for itself: its look-alikes (other
    compounds, derivations) weigh half their squared cosine. An unknown word is most likely a slip or a name,
    so the best look-alike stands in for it at full weight, whatever its cosine, and the others fall off
    steeply.
    """
    if known:
        return {item.word: 0.5 * item.cosine**2 for item in near}
    return {item.word: (item.cosine / near[0].cosine) ** 4 for item in near}
