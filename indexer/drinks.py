"""What is drunk: "juodaan kahvit ja jutellaan" tells of company, not of drink."""

from collections.abc import Mapping, Sequence

from indexer.finnish import Word
from indexer.finnish.word import listed

_DRINKING = "juoda"
_DRINKS = listed("kahvi mehu glögi kaakao mokka maito limu limonadi virvoke virvoitusjuoma sima smoothie")
_WRITTEN = listed("teetä vettä kahvetta kahvet kaffetta")
"""Forms that are no other word's, as "teen" is, and spoken ones."""
_BEFORE, _AFTER = 1, 2
"""Words before and after the verb where its object may stand ("kahvia juoden", "juoda yhdessä kahvia")."""


def sober(words: Sequence[Word]) -> dict[int, int]:
    """The indexes of words for drinking what has no alcohol, each with that of the drink."""
    found = {}
    for index, word in enumerate(words):
        if _DRINKING in word.lemmas:
            near = (
                *range(index + 1, min(len(words), index + 1 + _AFTER)),
                *range(max(0, index - _BEFORE), index),
            )
            drink = next((at for at in near if _is_drink(words[at])), None)
            if drink is not None:
                found[index] = drink
    return found


def mistaken(mention: Sequence[int], harmless: Mapping[int, int]) -> bool:
    """Whether a mention, the indexes of its words, has a verb of `harmless` without its object.

    `harmless`: verbs with their objects, by index, as of `sober` and of `understanding.deeds.harmless`.
    """
    return any(verb in mention and thing not in mention for verb, thing in harmless.items())


def _is_drink(word: Word) -> bool:
    named = (*word.lemmas, *word.parts)
    return not _DRINKS.isdisjoint(named) or word.surface.lower() in _WRITTEN
