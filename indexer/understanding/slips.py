"""How likely one written word is a slip for another: distances that know fingers and Finnish letters."""

import re
from collections.abc import Sequence

_DOTTED, _PLAIN = "äåöüéš", "aaoues"
_LETTERS = str.maketrans(_DOTTED, _PLAIN)
_DOUBLED = re.compile(r"(.)\1")
_ROWS = ("qwertyuiopå", "asdfghjklöä", "zxcvbnm")
_SOUNDS = {frozenset(pair) for pair in ("bp", "dt", "gk", "ck", "cs", "vw", "fv", "sz", "ij", "yu", "ie")}


def _neighbours() -> frozenset[frozenset[str]]:
    found = set()
    for row, keys in enumerate(_ROWS):
        for place, key in enumerate(keys):
            found.add(frozenset((key, keys[min(place + 1, len(keys) - 1)])))
            if row + 1 < len(_ROWS):
                below = _ROWS[row + 1]
                for at in (place - 1, place):
                    if 0 <= at < len(below):
                        found.add(frozenset((key, below[at])))
    return frozenset(found)


_NEAR = _neighbours()


def fold(word: str) -> str:
    """The word without dots and doubled letters: what survives a foreign keyboard and a hasty hand."""
    return _DOUBLED.sub(_once, word.lower().translate(_LETTERS))


def folded(words: Sequence[str]) -> list[str]:
    """`fold` of each of many words, at once: a call for each takes four times as long."""
    text = "\n".join(words).lower()
    for letter, plain in zip(_DOTTED, _PLAIN, strict=True):  # of a long text quicker than a table of all
        text = text.replace(letter, plain)
    found = _DOUBLED.sub(_once, text).split("\n") if words else []
    return found if len(found) == len(words) else list(map(fold, words))


def _once(found: re.Match[str]) -> str:
    """The first of two letters; filling in a pattern takes twice as long, 100 000 times a build."""
    return found[1]


def allowed(length: int) -> int:
    """How many slips a word of so many letters may hold."""
    return 0 if length < 4 else 1 if length < 7 else 2 if length < 13 else 3


def cost(written: str, meant: str) -> float:
    """About the number of slips from `meant` to `written`; likely slips cost less than one."""
    from rapidfuzz.distance import OSA

    plain, wanted = written.translate(_LETTERS), meant.translate(_LETTERS)
    if plain == wanted:
        return 0.3
    if fold(written) == fold(meant):
        return 0.5
    total = min(float(OSA.distance(written, meant)), 0.3 + OSA.distance(plain, wanted))
    if sorted(plain) == sorted(wanted):
        total -= 0.3
    elif len(written) == len(meant):
        total -= sum(_likely(one, other) for one, other in zip(plain, wanted, strict=True) if one != other)
    elif len(plain) + 1 == len(wanted) or len(wanted) + 1 == len(plain):
        total -= 0.1
    return total + (0.5 if plain[:1] != wanted[:1] else 0.0)


def _likely(one: str, other: str) -> float:
    pair = frozenset((one, other))
    return 0.35 if pair in _NEAR or pair in _SOUNDS else 0.0
