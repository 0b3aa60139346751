"""Written forms that a misspelt word may be meant to be, by length and letters, in tables."""

from collections.abc import Iterable, Mapping

import numpy as np

from indexer.lists import Lists, packed_lists
from indexer.tables import Array, Words, packed_words
from indexer.understanding.slips import fold, folded

_SHORTEST = 3
_BITS = 63


class Forms:
    """Written forms (lower case) with the number of documents that have them; immutable."""

    def __init__(self, tables: Mapping[str, Array]) -> None:
        """`tables`: what `packed_forms` made."""
        self._words = Words(tables, "forms")
        self._counts = tables["forms.counts"].data
        self._letters = tables["forms.letters"]
        self._firsts = tables["forms.firsts"].tolist()
        self._folded = Words(tables, "folded")
        self._alike = Lists(tables, "alike")

    def count(self, word: str) -> int | None:
        """How many documents have a form; None where it is not here."""
        number = self._words.number(word)
        return None if number < 0 else self._counts[number]

    def near(self, word: str, slips: int, reach: int) -> list[str]:
        """Forms that may be so few slips away, the shortest first: some more are among them.

        `reach`: how many letters longer or shorter they may be. A slip puts at most one letter in and takes
        at most one out: forms that lack more of the word's letters, or have more others, are left out here.
        """
        last = len(self._firsts) - 1
        first, end = max(0, len(word) - reach), len(word) + reach + 1
        span = slice(self._firsts[min(first, last)], self._firsts[min(end, last)])
        letters, own = self._letters[span], np.uint64(_letters(word))
        lacking, other = np.bitwise_count(own & ~letters), np.bitwise_count(letters & ~own)
        places = np.flatnonzero((lacking <= slips) & (other <= slips)) + span.start
        return self._words.at(places.tolist())

    def alike(self, word: str) -> list[str]:
        """Forms that are the same without dots and doubled letters."""
        number = self._folded.number(fold(word))
        return [] if number < 0 else self._words.at(self._alike[number])


def _letters(word: str) -> int:
    """A bit for each letter of a word; some letters share one."""
    found = 0
    for letter in word:
        found |= 1 << (ord(letter) & _BITS)
    return found


def packed_forms(forms: Mapping[str, int] | Iterable[str]) -> dict[str, Array]:
    """The arrays of `Forms`; short words and words with a hyphen are left out."""
    counts = forms if isinstance(forms, Mapping) else dict.fromkeys(forms, 0)
    kept = sorted(
        (word for word in counts if len(word) >= _SHORTEST and "-" not in word),
        key=lambda word: (len(word), word),
    )
    lengths = np.array([len(word) for word in kept], dtype=np.int64)
    longest = int(lengths[-1]) if kept else 0
    alike: dict[str, list[int]] = {}
    for number, form in enumerate(folded(kept)):
        alike.setdefault(form, []).append(number)
    return {
        **packed_words("forms", kept),
        "forms.counts": np.array([counts[word] for word in kept], dtype=np.int32),
        "forms.letters": _letters_of("".join(kept), np.cumsum(lengths) - lengths),
        "forms.firsts": np.searchsorted(lengths, np.arange(longest + 2)),
        **packed_words("folded", alike),
        **packed_lists("alike", alike.values()),
    }


def _letters_of(text: str, starts: Array) -> Array:
    """What `_letters` says of the words that begin at `starts` of a text, each as far as the next."""
    if not len(starts):
        return np.empty(0, dtype=np.uint64)
    letters = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    bits = np.uint64(1) << (letters.astype(np.uint64) & np.uint64(_BITS))
    found: Array = np.bitwise_or.reduceat(bits, starts)
    return found
