"""What an activity is, by the words of its title, where structured data does not tell. Pure."""

from collections.abc import Sequence
from functools import lru_cache

from crawlers.adapters.context import folded
from schemas.activity import Activity
from schemas.codes import Frequency, Kind
from schemas.taxonomy import Term

_SINGLE = (Frequency.ONCE, Frequency.RANGE)
_SHORTEST = 5


class KindWords:
    """The single words of the taxonomy of kinds, the longest first."""

    def __init__(self, kinds: Sequence[Term]) -> None:
        known = {kind.value: kind for kind in Kind}
        found = {
            word.casefold(): known[term.code]
            for term in reversed(kinds)
            if term.code in known
            for word in (*term.words, *term.sv, *term.en)
            if " " not in word
        }
        self._words = sorted(found.items(), key=lambda entry: (-len(entry[0]), entry[0]))

    def kind_of(self, activity: Activity) -> Kind | None:
        """The kind whose word stands in the title, also in a compound ("Surukahvila", "Muistiryhmän ilta").

        The longest word wins. Without one, what meets on single days is an event; else unknown.
        """
        tokens = [token for _, title in activity.title.items() for token in folded(title).split()]
        whole = " ".join(tokens)
        for word, kind in self._words:
            if word in whole and any(_carries(token, word) for token in tokens):
                return kind
        schedules = activity.schedules()
        return Kind.EVENT if schedules and all(entry.frequency in _SINGLE for entry in schedules) else None


@lru_cache(maxsize=4)
def kind_words(kinds: tuple[Term, ...]) -> KindWords:
    """The words of a taxonomy, made once for all sites."""
    return KindWords(kinds)


def _carries(token: str, word: str) -> bool:
    """Whether a token is the word, begins with it (inflected) or ends with it (a compound)."""
    if token == word:
        return True
    return len(word) >= _SHORTEST and (token.startswith(word) or token.endswith(word))
