"""Sentences beside a list that speak of one of its entries: "Kuukausitapaamiset ovat Kirkkotie 3:ssa." """

import re
from collections.abc import Iterable

_SUBJECT = re.compile(
    r"\W*([A-ZÅÄÖ][\wåäö-]+)\s(?:\w+\s)?(?:on|ovat|pidetään|järjestetään|kokoontuu|kokoontuvat|alkaa|alkavat)\s"
)
_SHORTEST_NAME = 7
_ENDING = 3
"""Letters at the end of a name that its cases change: "Kuukausitapaaminen", "Kuukausitapaamiset"."""


def has_subject(sentence: str) -> bool:
    """Whether a sentence begins with a name and says where or when that is."""
    return _SUBJECT.match(sentence) is not None


def speaks_of(sentence: str, title: str) -> bool:
    """Whether the subject of a sentence is what a title names, in the one number or the other."""
    subject = _SUBJECT.match(sentence)
    first = title.partition(" ")[0]
    if subject is None or len(first) < _SHORTEST_NAME:
        return False
    return subject[1].casefold().startswith(first[:-_ENDING].casefold())


def spoken_of(sentences: Iterable[str], titles: Iterable[str]) -> dict[str, frozenset[str]]:
    """The sentences that speak of some of the titles only, with those titles."""
    names = tuple(titles)
    told = {
        line: frozenset(name for name in names if speaks_of(line, name))
        for line in filter(has_subject, sentences)
    }
    return {line: found for line, found in told.items() if found}
