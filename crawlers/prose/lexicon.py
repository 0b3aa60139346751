"""Finnish words of time: weekdays, months, ordinals, and the fragments of patterns made of them."""

import re

WEEKDAY_STEMS = ("maanantai", "tiistai", "keskiviikko", "torstai", "perjantai", "lauantai", "sunnuntai")
WEEKDAY_SHORT = ("ma", "ti", "ke", "to", "pe", "la", "su")
MONTH_STEMS = (
    *("tammi", "helmi", "maalis", "huhti", "touko", "kesä"),
    *("heinä", "elo", "syys", "loka", "marras", "joulu"),
)  # fmt: skip

STEM = "|".join(WEEKDAY_STEMS)
SHORT = "|".join(WEEKDAY_SHORT)
MONTH = "|".join(MONTH_STEMS)
DASH = r"\s?(?:-{1,2}|–|—|‒|−|‐|‑)\s?"
FLAGS = re.IGNORECASE
SMALL = re.NOFLAG
"""For patterns that are tried on text in small letters only, which is several times faster."""

ORDINAL = (
    r"(?:ensimmäi(?:nen|senä|sen|set|sinä)|toi(?:nen|sena|sen)|kolma(?:s|ntena|nnen)"
    r"|neljä(?:s|ntenä|nnen)|viide(?:s|ntenä|nnen)|viimei(?:nen|senä|sen)|eka|toka|[1-5]\.)"
)
"""Ordinals in the cases that stand before a weekday; `toinen` inflects toise-, see `ordinal`."""

_ORDINAL_STEMS = (
    ("ensimm", 1),
    ("eka", 1),
    ("toka", 2),
    ("toi", 2),
    ("kolma", 3),
    ("nelj", 4),
    ("viimei", -1),
    ("viide", 5),
)


def ordinal(word: str) -> int:
    """1–5, or -1 for the last; the word matched `ORDINAL`."""
    if word[0].isdigit():
        return int(word[0])
    return next(number for stem, number in _ORDINAL_STEMS if word.lower().startswith(stem))


def weekday(word: str) -> int:
    """0 = Monday for a weekday in any form."""
    low = word.lower()
    for index, stem in enumerate(WEEKDAY_STEMS):
        if low.startswith(stem[:5]):
            return index
    return WEEKDAY_SHORT.index(low[:2])


def month(word: str) -> int:
    """1–12 for a month's stem, alone or in a longer word."""
    low = word.lower()
    return next(index for index, stem in enumerate(MONTH_STEMS, 1) if low.startswith(stem))


def span(first: int, last: int, size: int, base: int = 0) -> tuple[int, ...]:
    """The numbers from `first` to `last` both included, going round after `base + size - 1`."""
    length = (last - first) % size
    return tuple((first - base + step) % size + base for step in range(length + 1))
