"""How common words are in service texts at large: a fixed background that no index changes.

Vectors and word weights need to know that "palvelu" says little and "lymfaturvotus" much. Counting the live
index would make every vector depend on every other document, so that a small update and a full build would
differ; counts of a fixed collection (see NOTICE.md) do not change. `bench/build_background.py` derives them.
"""

import gzip
import math
from collections.abc import Callable, Mapping
from importlib import resources
from types import MappingProxyType

FILE = "background.tsv.gz"


_MISSED = 50_000
"""Missing words of which so many are remembered."""


class _Weights(dict[str, float]):
    """The weights of words, asked for millions of times in a build: only new missing words cost a call."""

    def __init__(self, weights: Mapping[str, float], missing: float) -> None:
        super().__init__(weights)
        self._missing = missing
        self._most = len(weights) + _MISSED

    def __missing__(self, word: str) -> float:
        if len(self) < self._most:
            self[word] = self._missing
        return self._missing


class Background:
    """Document frequencies of base forms and parts in a collection of `size` texts; immutable.

    idf  ln(1 + (N - n + 0.5) / (n + 0.5)) of a word; one that the collection lacks weighs like its rarest
    """

    def __init__(self, size: int, counts: Mapping[str, int]) -> None:
        self.size = size
        self._counts = counts
        self._most = self._value(0)
        weights = {word: self._value(count) for word, count in counts.items()}
        self.idf: Callable[[str], float] = _Weights(weights, self._most).__getitem__

    def count(self, word: str) -> int:
        """How many of the texts have a word."""
        return self._counts.get(word, 0)

    def specificity(self, word: str) -> float:
        """0 (in every text) … 1 (in none)."""
        return self.idf(word) / self._most

    def _value(self, count: int) -> float:
        return math.log(1 + (self.size - count + 0.5) / (count + 0.5))


def read_background() -> Background:
    """The table that ships with the package."""
    packed = resources.files(__package__).joinpath(FILE).read_bytes()
    first, *lines = gzip.decompress(packed).decode().splitlines()
    cells = (line.split("\t") for line in lines)
    return Background(int(first), MappingProxyType({word: int(count) for word, count in cells}))
