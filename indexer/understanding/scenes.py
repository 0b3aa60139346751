"""Verbs that only set the scene: in "poika huutaa kun kone otetaan pois" the son's shouting is no topic."""

from collections.abc import Callable, Iterable, Sequence

from indexer.finnish import Word
from indexer.lexicon import Mention

_SCENE_SHARE = 0.5
"""What is left of the weight of a verb that no need names."""
_TELLING = 0.5
"""Weight from which another word can be the topic."""
_TOPICS = frozenset(("need", "unit", "situation"))


def without_scenes(
    shares: Sequence[float], mentions: Iterable[Mention], words: Sequence[Word], verb: Callable[[str], bool]
) -> tuple[float, ...]:
    """The shares, less for verbs of no need where another word tells the topic; alone they keep it all."""
    named = {index for m in mentions if m.entry.type in _TOPICS for index in m.words}
    verbs = {index for index, word in enumerate(words) if index not in named and verb(word.surface)}
    if not any(share >= _TELLING for index, share in enumerate(shares) if index not in verbs):
        return tuple(shares)
    return tuple(share * _SCENE_SHARE if index in verbs else share for index, share in enumerate(shares))
