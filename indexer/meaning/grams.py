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
    table, owners = _every_gram(vocabulary)
    # In the order of their letters: 21 bits each, so that three fill one number and two another.
    high = (table[:, 0] << 42) | (table[:, 1] << 21) | table[:, 2]
    low = (table[:, 3] << 21) | table[:, 4]
    order = np.lexsort((owners, low, high))
    high, low, owners, table = high[order], low[order], owners[order], table[order]
    new = np.ones(len(order), dtype=np.bool_)
    new[1:] = (np.diff(high) != 0) | (np.diff(low) != 0)
    kept = new.copy()
    kept[1:] |= np.diff(owners) != 0  # a word that has an n-gram twice has it
    owners, first = owners[kept], np.flatnonzero(new[kept])
    starts = np.append(first, len(owners)).astype(np.int32)
    counts = np.diff(starts)
    weights = np.repeat(_squares(counts, len(vocabulary)), counts)
    squares = np.bincount(owners, weights, minlength=len(vocabulary))
    different = np.ascontiguousarray(table[new].astype(np.uint32))
    return {
        **packed_strings("grams.words", vocabulary),
        "grams": different.view(f"U{_SIZES[-1]}").reshape(-1),
        "grams.starts": starts,
        "grams.owners": owners,
        "grams.norms": np.sqrt(np.maximum(squares, 1e-9)).astype(np.float32),
    }


def _every_gram(vocabulary: Sequence[str]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32]]:
    """All n-grams of all words as rows of letters, nought where one is shorter, and whose each is."""
    marked = [_marked(word) for word in vocabulary]
    letters = np.frombuffer("".join(marked).encode("utf-32-le", "surrogatepass"), dtype="<u4")
    owner = np.repeat(np.arange(len(marked), dtype=np.int32), [len(word) for word in marked])
    tables, owners = [], []
    for size in _SIZES:
        count = max(0, len(letters) - size + 1)
        within = np.flatnonzero(owner[:count] == owner[size - 1 : size - 1 + count])
        table = np.zeros((len(within), _SIZES[-1]), dtype=np.int64)
        for at in range(size):
            table[:, at] = letters[within + at]
        tables.append(table)
        owners.append(owner[within])
    return np.concatenate(tables), np.concatenate(owners)


def _squares(counts: npt.NDArray[Any], words: int) -> npt.NDArray[np.float64]:
    """Squared weights of n-grams that so many of so many words have."""
    weights: npt.NDArray[np.float64] = np.log1p(words / counts) ** 2
    return weights


def grams(word: str) -> set[str]:
    """The different 3–5-grams of a word between boundary marks."""
    marked = _marked(word)
    return {marked[at : at + size] for size in _SIZES for at in range(len(marked) - size + 1)}


def _marked(word: str) -> str:
    # numpy's strings cannot end in NUL
    return f"_{word[:_LONGEST]}_".replace("\0", "_")


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
