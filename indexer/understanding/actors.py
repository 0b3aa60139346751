"""Who acts: "mies lyö" and "löin miestäni" share their base forms, and mean opposite needs.

A base form keeps neither person nor tense. Where a phrase of the taxonomies names somebody besides the
speaker, its verb's person must therefore agree with that of the question.
"""

from collections.abc import Callable, Iterable, Sequence

from indexer.finnish import Word
from indexer.lexicon import Mention
from indexer.understanding.persons import names_a_person, relation

_ACTOR_SHARE = 0.3
"""What is left of the weight of a word that only names who acts in a need's phrase."""
_SURE = 0.7
_ACTORS = {"1": "speaker", "3": "other"}

_DENYING = {
    "en": "speaker", "enkä": "speaker", "etten": "speaker", "emme": "speaker", "emmekä": "speaker",
    "ettemme": "speaker", "ei": "other", "eikä": "other", "ettei": "other", "eivät": "other",
    "eivätkä": "other", "etteivät": "other",
}  # fmt: skip

_STRIKING = frozenset(
    ("lyödä", "hakata", "pahoinpidellä", "kuristaa", "potkia", "potkaista", "tönäistä", "tönkiä",
     "läimäyttää", "läpsäistä", "piestä", "pieksää", "raiskata", "retuuttaa", "satuttaa", "uhata", "uhkailla")
)  # fmt: skip
_HANDS_ON = "käsiksi"

Persons = Callable[[str], frozenset[str]]
"""The grammatical persons ("1", "2", "3") in which a written word can be a finite verb; none for no verb."""


def same_actor(mention: Mention, words: Sequence[Word], persons: Persons) -> bool:
    """False where the phrase's verb is in the first person and the question's in the third, or the reverse.

    Anything less sure passes: no other person, no finite verb, or a form that can be both.
    """
    entry = mention.entry
    if entry.language != "fi" or len(entry.keys) < 2:
        return True
    said = [words[index] for index in mention.words]
    if not any(names_a_person(word.lemmas) for word in said):
        return True
    meant, asked = _actor(entry.text.lower().split(), persons), _actor((w.surface for w in said), persons)
    return not meant or not asked or meant == asked


def speaker_strikes(words: Sequence[Word], persons: Persons) -> bool:
    """Whether the speaker is the one who hits: "kävin käsiksi vaimooni", "löin lasta"."""
    hands = any(word.surface.lower() == _HANDS_ON for word in words)
    return any(
        persons(word.surface) == {"1"}
        for word in words
        if not _STRIKING.isdisjoint(word.lemmas) or (hands and "käydä" in word.lemmas)
    )


def _actor(surfaces: Iterable[str], persons: Persons) -> str:
    """speaker | other, "" where the words do not tell; without a finite verb a person in base form acts.

    A negation alone bears the person: in "emme saa lasta" the form "saa" tells nothing.
    """
    written = [surface.lower() for surface in surfaces]
    denied = {_DENYING[word] for word in written if word in _DENYING}
    if denied == {"other"} and any("4" in persons(word) for word in written):
        return ""  # "ei saada lasta" is how speech says "emme saa"
    if denied:
        return denied.pop() if len(denied) == 1 else ""
    found = {_ACTORS[person] for word in written for person in persons(word) if person in _ACTORS}
    if not found and names_a_person(written):
        return "other"
    return found.pop() if len(found) == 1 else ""


def without_actors(
    shares: Sequence[float], mentions: Iterable[Mention], words: Sequence[Word]
) -> tuple[float, ...]:
    """The shares, less for one close person in a need's phrase: "mies lyö" seeks no men's group."""
    phrased = {
        index
        for mention in mentions
        if mention.entry.type == "need" and len(mention.words) > 1 and mention.quality >= _SURE
        for index in mention.words
    }
    return tuple(
        share * _ACTOR_SHARE if index in phrased and relation(word.surface, word.lemmas) else share
        for index, (share, word) in enumerate(zip(shares, words, strict=True))
    )
