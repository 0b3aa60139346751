"""Where one clause ends and the next begins: words on both sides of "jos" or "vaikka" are not said together.

In "saan selkääni jos ruoka on myöhässä" nobody asks where to get food, though "saan" and "ruoka" stand as
near each other as in "mistä saan ruokaa".
"""

from collections.abc import Iterable, Sequence

import msgspec

from indexer.finnish import Word
from indexer.finnish.word import listed
from indexer.lexicon import Mention

_ACROSS = 0.6
"""What is left of a phrase whose words stand in two clauses: a guess, no longer sure."""
_OPENING = listed(
    """
    jos kun ku että et vaikka koska mutta mut jotta kunnes
    enkä etkä eikä emmekä ettekä eivätkä etten ettet ettei ettemme ettette etteivät
    """
)
"""Words that open a clause, as written."""


def within_clauses(mentions: Iterable[Mention], words: Sequence[Word]) -> tuple[Mention, ...]:
    """The mentions, with phrases across the beginning of a clause made less sure.

    A phrase that itself has such a word ("ei syö eikä nuku") or begins with it keeps its surety.
    """
    opening = [index for index, word in enumerate(words) if word.surface.lower() in _OPENING]
    if not opening:
        return tuple(mentions)
    return tuple(
        msgspec.structs.replace(mention, quality=mention.quality * _ACROSS)
        if _crosses(mention, opening)
        else mention
        for mention in mentions
    )


def _crosses(mention: Mention, opening: Sequence[int]) -> bool:
    if len(mention.words) < 2 or mention.entry.language != "fi":
        return False
    low, high = min(mention.words), max(mention.words)
    if not any(low < index <= high and index not in mention.words for index in opening):
        return False
    return _OPENING.isdisjoint(mention.entry.text.lower().split())
