"""Reading what records and referrals abbreviate: "ca mammae", "RA", "vertaist.", "tukihlö".

Some abbreviations are listed (`config/shorthand.toml`); any longer word that is cut off is read as the word
of the taxonomies that it begins: as the one that most of those that begin so are compounds of.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

from indexer.finnish import Word
from indexer.understanding.spelling import Change
from schemas.shorthand import Shorthand

_CUT = 5
"""Letters from which a word with a full stop is read as the beginning of another; without one, two more."""
_LACKING = 2
_WIDEST = 400
"""So many words that begin alike tell nothing."""
_PERSON = "hlö"
_PERSONS = "henkilö"


class ShorthandReader:
    """Finds abbreviations in questions; immutable."""

    def __init__(self, table: Shorthand, written: Callable[[], Iterable[str]]) -> None:
        """`written`: makes the words that a cut word may begin, lower case."""
        self._read = {tuple(short.split()): meant for short, meant in table.read.items()}
        self._capital = table.capital
        self._longest = max((len(short) for short in self._read), default=1)
        self._written = written

    def changes(self, text: str, words: Sequence[Word]) -> tuple[Change, ...]:
        """What of `words` (those of `text` that say no place) is read as something else, in order."""
        found: list[Change] = []
        at = 0
        while at < len(words):
            taken, meant = self._listed(text, words, at) or (1, self._whole(text, words[at]))
            if meant:
                start, end = words[at].start, words[at + taken - 1].end
                found.append(Change(start, end, text[start:end], meant, True))
            at += taken
        return tuple(found)

    def _listed(self, text: str, words: Sequence[Word], at: int) -> tuple[int, str] | None:
        said = tuple(word.surface.lower() for word in words[at : at + self._longest])
        for length in range(len(said), 0, -1):
            if said[:length] in self._read:
                return length, self._read[said[:length]]
        word = words[at]
        if said[0] in self._capital and (word.surface.isupper() or _stopped(text, word)):
            # In a text of nothing but capitals they tell nothing.
            return None if text.isupper() and not _stopped(text, word) else (1, self._capital[said[0]])
        return None

    def _whole(self, text: str, word: Word) -> str:
        """The word that a cut one begins, "" where it is none or may be many."""
        cut = word.surface.lower()
        if cut.endswith(_PERSON) and len(cut) > len(_PERSON) + 2:
            return cut.removesuffix(_PERSON) + _PERSONS
        head, hyphen, tail = cut.rpartition("-")
        if hyphen and (meant := self._read.get((tail,), "")).isalpha():
            return word.surface[: len(head) + 1] + meant  # "IBD-pot."
        least = _CUT if _stopped(text, word) else _CUT + 2
        if word.known or len(cut) < least or not cut.isalpha():
            return ""
        begun = self._begun(cut)
        if not begun or len(begun) > _WIDEST:
            return ""
        best = max(begun, key=lambda form: (sum(other.startswith(form) for other in begun), -len(form), form))
        return best if len(best) >= len(cut) + _LACKING else ""

    def _begun(self, cut: str) -> list[str]:
        first = bisect_left(self._sorted, cut)
        end = bisect_left(self._sorted, cut + "\uffff")
        return self._sorted[first:end]

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted({word for word in self._written() if word.isalpha() and len(word) > _CUT})


def _stopped(text: str, word: Word) -> bool:
    return text[word.end : word.end + 1] == "."
