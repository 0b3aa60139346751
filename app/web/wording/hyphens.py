"""Soft hyphens in long words: browsers do not know where Finnish and Swedish words may break."""

import re
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from pyphen import Pyphen

    from indexer.finnish.voikko import Voikko

SHORTEST = 12
"""Letters of the shortest word that is given soft hyphens."""

_FEWEST = 3
"""Letters that stay together at either end of a word: "e-turauhanen" reads badly."""

_TAIL = 5
"""Letters that end a Swedish word together: a browser fills its lines, and "hörselcen-trum" reads badly."""

_WHOLE = 15
"""Letters of the longest piece of a compound that stays whole: a browser fills its lines wherever it may."""

_MOST = 5000
_LONG = re.compile(rf"[^\W\d_]{{{SHORTEST},}}")
_SOFT = "\u00ad"


def swedish() -> Callable[[str, str], str]:
    """How Swedish words are parted: by the patterns that come with the printer of hand-outs."""

    @cache  # read when the first Swedish word is met
    def patterns() -> "Pyphen":
        from pyphen import Pyphen

        return Pyphen(lang="sv", left=_FEWEST, right=_TAIL)

    def parted(word: str, separator: str) -> str:
        return str(patterns().inserted(word, hyphen=separator))

    return parted


def finnish(voikko: "Voikko") -> Callable[[str, str], str]:
    """How Finnish words are parted: between the words of a compound; what is long in itself, by syllables."""

    def parted(word: str, separator: str) -> str:
        return separator.join(
            piece if len(piece) <= _WHOLE and piece != word else voikko.hyphenated(piece, separator)
            for piece in voikko.pieces(word)
        )

    return parted


class Hyphens:
    """Remembers the words of titles; `hyphenate(word, separator)` parts one word."""

    def __init__(self, hyphenate: Callable[[str, str], str]) -> None:
        self._hyphenate = hyphenate
        self._words: dict[str, str] = {}

    def __call__(self, text: str) -> str:
        """The text with soft hyphens in its long words; Markup stays Markup."""
        if len(text) < SHORTEST or not _LONG.search(text):
            return text
        done = _LONG.sub(self._word, str(text))
        return Markup(done) if isinstance(text, Markup) else done  # noqa: S704 only letters were parted

    def _word(self, found: re.Match[str]) -> str:
        word = found[0]
        parted = self._words.get(word)
        if parted is None:
            parted = _whole_ends(self._hyphenate(word, _SOFT))
            if len(self._words) >= _MOST:
                self._words.clear()
            self._words[word] = parted
        return parted


def _whole_ends(parted: str) -> str:
    parts = parted.split(_SOFT)
    while len(parts) > 1 and len(parts[0]) < _FEWEST:
        parts[:2] = ["".join(parts[:2])]
    while len(parts) > 1 and len(parts[-1]) < _FEWEST:
        parts[-2:] = ["".join(parts[-2:])]
    return _SOFT.join(parts)
