"""Sentences beside a list that speak of one of its entries: "Kuukausitapaamiset ovat Kirkkotie 3:ssa." """

import re
from collections.abc import Iterable

_SUBJECT = re.compile(
    r"\W*([A-ZÅÄÖ][\wåäö-]+)\s(?:\w+\s)?(?:on|ovat|pidetään|järjestetään|kokoontuu|kokoontuvat|alkaa|alkavat)\s"
)
_SHORTEST_NAME = 7
_ENDING = 3
"""Letters at the end of a name that its cases change: "Kuukausitapaaminen", "Kuukausitapaamiset"."""


def speaks_of(sentence: str, title: str) -> bool:
    """Whether the subject of a sentence is what a title names, in the one number or the other."""
    subject = _SUBJECT.match(sentence)
    first = (title.split() or [""])[0]
    if subject is None or len(first) < _SHORTEST_NAME:
        return False
    return subject[1].casefold().startswith(first[:-_ENDING].casefold())


def speaks_of_another(sentence: str, title: str, titles: Iterable[str]) -> bool:
    """Whether a sentence speaks of another entry than `title`."""
    return not speaks_of(sentence, title) and any(speaks_of(sentence, other) for other in titles)
