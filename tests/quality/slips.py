"""Slips of the finger in judged queries, and what they cost."""

import random
from collections.abc import Iterable

from app.evaluation import HOPELESS, Judged, Searcher, score

_FOREIGN = (HOPELESS, "misspelt", "swedish", "english")
"""Types whose words are wrong already, or are not Finnish."""
_SHORTEST = 5


def slip(word: str, source: random.Random) -> str:
    """A letter lost, doubled, swapped with the next or wrong."""
    spot = source.randrange(1, len(word) - 2)
    head, letter, rest = word[:spot], word[spot], word[spot + 1 :]
    wrong = source.choice("aeioutnsl")
    return source.choice(
        (head + rest, head + 2 * letter + rest, head + rest[0] + letter + rest[1:], head + wrong + rest)
    )


def kept_after_slips(
    ask: Searcher, judged: Iterable[Judged], seed: int, skipped: tuple[str, ...] = ()
) -> float:
    """The share of nDCG@10 that is left when each longer word in turn holds one slip."""
    source = random.Random(seed)
    clean = slipped = 0.0
    for query in judged:
        if query.type in (*_FOREIGN, *skipped):
            continue
        value = score(ask(query.query), query).ndcg
        words = query.query.split()
        for place, word in enumerate(words):
            if len(word) >= _SHORTEST:
                said = " ".join((*words[:place], slip(word, source), *words[place + 1 :]))
                clean += value
                slipped += score(ask(said), query).ndcg
    return slipped / clean
