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
_NEW: Final = 0.2
"""Share of new words from which sorting all n-grams anew is no dearer."""


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


class _Owned(NamedTuple):
    """The n-grams of words in the order of their letters, each once: who has them, in order, and how many."""

    grams: npt.NDArray[np.str_]
    owners: npt.NDArray[np.int64]
    counts: npt.NDArray[np.int64]


def packed_grams(vocabulary: Sequence[str], before: Mapping[str, Array] | None = None) -> dict[str, Array]:
    """The arrays of `Grams`: flat and sorted, a tenth of the memory of lists by n-gram.

    `before`: those of another vocabulary; where few words are new, sorting the others again is spared.
    """
    found = (None if before is None else _taken_over(vocabulary, before)) or _sorted(vocabulary)
    weights = np.repeat(_squares(found.counts, len(vocabulary)), found.counts)
    squares = np.bincount(found.owners, weights, minlength=len(vocabulary))
    return {
        **packed_strings("grams.words", vocabulary),
        "grams": found.grams,
        "grams.starts": np.concatenate([[0], np.cumsum(found.counts)]).astype(np.int32),
        "grams.owners": found.owners.astype(np.int32),
        "grams.norms": np.sqrt(np.maximum(squares, 1e-9)).astype(np.float32),
    }


def _sorted(vocabulary: Sequence[str]) -> _Owned:
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
    counts = np.bincount(np.cumsum(new)[kept] - 1)
    return _Owned(_strings(table[new]), owners[kept].astype(np.int64), counts)


def _taken_over(vocabulary: Sequence[str], before: Mapping[str, Array]) -> _Owned | None:
    """The same from the n-grams of another vocabulary; None where too much differs to gain by it."""
    number = {word: at for at, word in enumerate(vocabulary)}
    now = np.array([number.pop(word, -1) for word in Strings(before, "grams.words")], dtype=np.int64)
    came = now[now >= 0]
    if len(number) > _NEW * len(vocabulary) or (np.diff(came) < 0).any():
        return None
    table, owners = _every_gram(list(number))
    # Each n-gram that a new word has, and whose it is.
    strings, which = np.unique(_strings(table), return_inverse=True)
    who = np.array(list(number.values()), dtype=np.int64)[owners]
    held: npt.NDArray[np.str_] = before["grams"]
    at = np.searchsorted(held, strings)
    new = np.ones(len(strings), dtype=np.bool_)
    inside = at < len(held)
    new[inside] = held[at[inside]] != strings[inside]
    grams = np.insert(held, at[new], strings[new])
    place = np.arange(len(held)) + np.cumsum(np.bincount(at[new], minlength=len(held) + 1))[: len(held)]
    # Pairs of n-gram and owner as one number each; the old ones are in order still.
    size = max(1, len(vocabulary))
    owned = now[before["grams.owners"]]
    old = (np.repeat(place, np.diff(before["grams.starts"])) * size + owned)[owned >= 0]
    added = np.unique(np.searchsorted(grams, strings)[which] * size + who)
    pairs = np.insert(old, np.searchsorted(old, added), added)
    counts = np.bincount(pairs // size, minlength=len(grams))
    return _Owned(grams[counts > 0], pairs % size, counts[counts > 0])


def _strings(table: npt.NDArray[np.int64]) -> npt.NDArray[np.str_]:
    """Rows of letters as strings."""
    found: npt.NDArray[np.str_] = np.ascontiguousarray(table.astype(np.uint32)).view(f"U{_SIZES[-1]}")
    return found.reshape(-1)


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
