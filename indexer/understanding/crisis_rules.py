"""The rules by which words speak of a crisis, as `config/crisis.toml` states them, in base forms."""

import hashlib
import re
from collections.abc import Iterable, Sequence, Set
from pathlib import Path

import msgspec

from indexer.finnish import Analyser, Word
from indexer.understanding.deeds import Objects
from schemas.crisis import CrisisTopic
from schemas.taxonomy import keep

_SLACK = 2
_WIDE_SLACK = 6
"""Other words between those of a pattern: who does it and what is done may stand apart."""
_IDIOM_SLACK = 1
EXACT = "="
AS_OBJECT = ">"
_SELF = ("itse", "itte", "ihte")
_SELF_HURT = re.compile(
    r"(?:itse|itte|ihte)(?:ni|mme|nne|ns[aä]|s[aä]|nny|e|ä|än|ää|ää?ni?|ää?mme|ää?ns[aä]|iään)(?:kin|ki)?"
)
"""Oneself as the object of a deed, in speech too; "itse" and "itselleni" are not."""
_LONGEST_SELF = 9
_PARTITIVE = re.compile(r"(?:aa|ää|t[aä]|[aä]ni)$")


class Rule(msgspec.Struct, frozen=True):
    """One phrase: for each of its words the keys by which it is met; `lone` = a single word;
    `slack`: other words that may stand between."""

    keys: tuple[frozenset[str], ...]
    lone: bool
    slack: int = _SLACK

    def possible(self, everything: Set[str]) -> bool:
        """Whether each of the words is met at all; most rules end here."""
        return not any(keys.isdisjoint(everything) for keys in self.keys)

    def holds(self, said: Sequence[frozenset[str]]) -> bool:
        """Whether the words stand near each other."""
        if self.lone:
            return any(self.keys[0] & word for word in said)
        span = len(self.keys) + self.slack
        places = [[at for at, word in enumerate(said) if key & word] for key in self.keys]
        return all(places) and any(
            all(any(start <= at < start + span for at in found) for found in places)
            and len({at for found in places for at in found if start <= at < start + span}) >= len(self.keys)
            for start in range(max(1, len(said)))
        )


class Topic(msgspec.Struct, frozen=True):
    """A kind of crisis: its rules in the order of the file (words, phrases, patterns, sv, en).

    deeds, targets   base forms: what is done, and to whom it must be done to be a crisis
    leads, another   needs of a crisis by the words that tell them; the need where somebody close is in it
    """

    code: str
    rules: tuple[Rule, ...]
    always: tuple[Rule, ...]
    unless: tuple[Rule, ...]
    needs: frozenset[str]
    deeds: frozenset[str]
    targets: frozenset[str]
    leads: tuple[tuple[str, frozenset[str]], ...] = ()
    another: str = ""

    def excuses(self, said: Sequence[frozenset[str]], everything: Set[str]) -> Iterable[int]:
        """Which of `unless` make it another matter: single words anywhere, the words of an idiom together."""
        return (
            number
            for number, rule in enumerate(self.unless)
            if rule.possible(everything) and (rule.lone or rule.holds(said))
        )

    def excused(self, said: Sequence[frozenset[str]], everything: Set[str]) -> bool:
        """Whether anything makes it another matter."""
        return any(True for _ in self.excuses(said, everything))


def by_first(topic: Topic) -> dict[str, list[int]]:
    """The rules by what their first word is met by: few of hundreds can hold for a question."""
    found: dict[str, list[int]] = {}
    for number, rule in enumerate(topic.rules):
        for key in rule.keys[0]:
            found.setdefault(key, []).append(number)
    return found


def analysed(topics: Sequence[CrisisTopic], analyser: Analyser, cache: Path | None) -> tuple[Topic, ...]:
    """The topics in base forms; `cache`: a folder where they are kept for the next start."""
    if cache is None:
        return tuple(_topic(topic, analyser) for topic in topics)
    mark = hashlib.blake2b(msgspec.msgpack.encode((topics, analyser.version)), digest_size=12)
    mark.update(Path(__file__).read_bytes())
    path = cache / f"crisis-{mark.hexdigest()}.msgpack"
    try:
        return msgspec.msgpack.decode(path.read_bytes(), type=tuple[Topic, ...])
    except (OSError, msgspec.MsgspecError):
        made = tuple(_topic(topic, analyser) for topic in topics)
    keep(path, msgspec.msgpack.encode(made))
    return made


def spoken(word: Word) -> tuple[str, ...]:
    """Base forms behind possessive speech that analysis leaves out."""
    written = word.surface.lower()
    if not written.startswith(_SELF) or len(written) > _LONGEST_SELF:
        return ()
    return ("itse", f"itse{AS_OBJECT}") if _SELF_HURT.fullmatch(written) else ("itse",)


def as_objects(word: Word, asked: Set[str], objects: Objects) -> tuple[str, ...]:
    """The base forms, marked, of a word that can be the object of a deed and is asked for as such."""
    meant = tuple(marked for lemma in word.lemmas if (marked := lemma + AS_OBJECT) in asked)
    if not meant:
        return ()
    kinds = objects(word.surface)
    return meant if "noun" in kinds or (not kinds and _PARTITIVE.search(word.surface.lower())) else ()


def _topic(topic: CrisisTopic, analyser: Analyser) -> Topic:
    rules = [_rule(text, analyser) for text in (*topic.words, *topic.phrases)]
    rules += [_pattern(slots, analyser) for slots in topic.patterns]
    rules += [_foreign(text) for text in (*topic.sv, *topic.en)]
    always = tuple(_rule(text, analyser) for text in topic.always)
    unless = tuple(_excuse(text, analyser) for text in topic.unless)
    deeds, targets = (
        frozenset(base for text in texts.split() for base in _bases(analyser.word(text)))
        for texts in (topic.deeds, topic.targets)
    )
    leads = tuple(
        (code, frozenset().union(*(_own(piece, analyser) for piece in slot.split())))
        for code, slot in topic.leads.items()
    )
    needs = frozenset(topic.needs)
    return Topic(topic.code, tuple(rules), always, unless, needs, deeds, targets, leads, topic.another)


def _excuse(text: str, analyser: Analyser) -> Rule:
    keys = tuple(frozenset(_excuses(piece, analyser)) for piece in text.split())
    return Rule(keys, len(keys) == 1, _IDIOM_SLACK)


def _excuses(text: str, analyser: Analyser) -> tuple[str, ...]:
    """The keys of a word that makes a text another matter; `=`: only as written ("löi päänsä")."""
    if text.startswith(EXACT):
        return (text,)
    return (text, *_bases(analyser.word(text)))


def _bases(word: Word) -> tuple[str, ...]:
    """The base forms meant: the written one where it is one, so that "kirja" does not bring in others."""
    written = word.surface.lower()
    return (written,) if written in word.lemmas else word.lemmas


def _rule(text: str, analyser: Analyser) -> Rule:
    pieces = text.split()
    if len(pieces) == 1:  # alone, so in its own meaning only: "psykoosi" is also read as a form of "psyko"
        return Rule((_own(text, analyser),), True)
    return Rule(tuple(_keys(piece, analyser) for piece in pieces), False)


def _keys(piece: str, analyser: Analyser) -> frozenset[str]:
    if piece.startswith(EXACT):
        return frozenset({piece})
    word = analyser.word(piece)
    return frozenset({piece.lower(), *word.lemmas, *spoken(word)})


def _pattern(slots: Sequence[str], analyser: Analyser) -> Rule:
    """One word of each slot: close persons and what they do, say."""
    keys = (frozenset().union(*(_own(piece, analyser) for piece in slot.split())) for slot in slots)
    return Rule(tuple(keys), False, _WIDE_SLACK)


def _own(piece: str, analyser: Analyser) -> frozenset[str]:
    """The keys of a word of a pattern: its own base form, just the form where exact, or it as an object."""
    if piece.startswith(EXACT):
        return frozenset({piece})
    if piece.endswith(AS_OBJECT):
        return frozenset({piece})
    return frozenset({piece.lower(), *_bases(analyser.word(piece))})


def _foreign(text: str) -> Rule:
    keys = tuple(frozenset({piece}) for piece in text.lower().split())
    return Rule(keys, len(keys) == 1)
