"""What is done to whom: "mies hakkasi minua" is a crisis, "mies hakkasi metsää" is not.

A deed whose object is a mere thing, or a part of one's own body, is none. Nobody can list the things;
the persons, animals, parts of the body and things at home that are hit in anger can be listed. Where the
object is not surely a thing, the deed counts.
"""

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet

from indexer.finnish import Word
from indexer.finnish.word import listed

_REACH = 2
"""Words after the deed among which its object stands ("löi kaksi maalia")."""
_PERSONS = listed(
    """
    minua mua miuta minut mut miut minuun muhun sinua sua siuta häntä hänet hänt meitä meidät heitä heidät
    toista toisia ihmistä ihmisiä jotakuta itseä itseään itseäni ittee ittensä sitä niitä
    """
)
"""Who may be meant by a deed, as written."""
_BODY = listed(
    """
    naama kasvot kasvo silmä käsi käsivarsi jalka selkä pää niska kurkku kaula hius tukka vatsa maha poski
    korva
    rinta ranne reisi sormi varvas polvi kylki kyynärpää peukalo turpa hammas
    """
)
_TIMES = listed("kerta ilta yö päivä viikko vuosi kuukausi hetki tunti minuutti aika joulu kesä talvi aamu")
_LEADING = listed("ennen ilman kohti vasten päin pitkin kesken vailla ympäri alas ylös")
"""Words that take the partitive themselves: "löi ilman syytä"."""

Objects = Callable[[str], AbstractSet[str]]
"""What a written word can be as the object of a verb: see `Analyser.objects`."""


def harmless(
    words: Sequence[Word], deeds: AbstractSet[str], targets: AbstractSet[str], objects: Objects
) -> dict[int, int]:
    """The indexes of words for deeds whose object is a thing, each with that of the thing; none where anybody
    may be an object."""
    done = [index for index, word in enumerate(words) if not deeds.isdisjoint(word.lemmas)]
    if not done:
        return {}
    for index, word in enumerate(words):
        if _somebody(word, targets, objects, before=index < done[0]):
            return {}
    found = {index: _thing(words, index, objects) for index in done}
    return {index: thing for index, thing in found.items() if thing}


def _somebody(word: Word, targets: AbstractSet[str], objects: Objects, *, before: bool) -> bool:
    """Whether a word may name who is hurt; before the deed "lapseni" is who does it, "lastani" is not."""
    written = word.surface.lower()
    if written in _PERSONS:
        return True
    kinds = {"partitive"} if before else {"noun", "adjective"}
    return not targets.isdisjoint(_named(word)) and not kinds.isdisjoint(objects(written))


def _named(word: Word) -> frozenset[str]:
    return frozenset((*word.lemmas, *word.parts))


def _thing(words: Sequence[Word], index: int, objects: Objects) -> int:
    """The index of the thing to which a deed is done, 0 where it is not surely done to a thing."""
    before = words[index].surface.lower()
    for at, word in enumerate(words[index + 1 : index + 1 + _REACH], index + 1):
        written = word.surface.lower()
        kinds = objects(written)
        if "noun" in kinds and not kinds & {"adjective", "other"} and before not in _LEADING:
            named = _named(word)
            if _TIMES.isdisjoint(named):
                return at if not word.proper and ("own" in kinds or _BODY.isdisjoint(named)) else 0
        before = written
    return 0
