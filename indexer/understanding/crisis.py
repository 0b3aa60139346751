"""Whether a query speaks of self-harm, violence or acute crisis, so that emergency help comes first."""

import hashlib
from collections.abc import Iterable, Sequence, Set
from pathlib import Path

import msgspec

from indexer.finnish import Analyser, Word
from schemas.crisis import CrisisTopic
from schemas.taxonomy import keep

VIOLENCE = "violence"
_SLACK = 2
_WIDE_SLACK = 6
"""Other words between those of a pattern: who does it and what is done may stand apart."""
_IDIOM_SLACK = 1
_EXACT = "="
_LONG = 8
_SELF = ("itse", "itte", "ihte")
_ENDING = 2
"""Letters at the end of a word that its case ending may change."""


class _Rule(msgspec.Struct, frozen=True):
    """One phrase: for each of its words the keys by which it is met; `lone` = a single word;
    `slack`: other words that may stand between."""

    keys: tuple[frozenset[str], ...]
    lone: bool
    slack: int = _SLACK

    def possible(self, everything: Set[str]) -> bool:
        """Whether each of the words is met at all; most rules end here."""
        return not any(keys.isdisjoint(everything) for keys in self.keys)


class _Topic(msgspec.Struct, frozen=True):
    code: str
    rules: tuple[_Rule, ...]
    always: tuple[_Rule, ...]
    unless: frozenset[str]
    idioms: tuple[_Rule, ...]
    needs: frozenset[str]

    def idiomatic(self, said: Sequence[frozenset[str]]) -> bool:
        """Whether the words of an idiom stand together."""
        return any(_holds(idiom, said) for idiom in self.idioms)


class CrisisReader:
    """Reads crisis from analysed words; immutable."""

    def __init__(self, topics: Iterable[CrisisTopic], analyser: Analyser, cache: Path | None = None) -> None:
        """`cache`: a folder where the analysed topics are kept for the next start."""
        self._topics = [(topic, _by_first(topic)) for topic in _analysed(tuple(topics), analyser, cache)]
        lone = {key for topic, _ in self._topics for rule in topic.rules if rule.lone for key in rule.keys[0]}
        self._stems = [(key[:-_ENDING], key) for key in sorted(lone) if len(key) >= _LONG and key.isalpha()]

    def _meant(self, word: Word) -> Iterable[str]:
        """Single words of crisis that an unknown one is a slip of ("itsmurha", "itsetuhosia")."""
        written = word.surface.lower()
        if word.known or len(written) < _LONG:
            return ()
        return (key for stem, key in self._stems if _begins(written, stem))

    def read(self, words: Sequence[Word]) -> str | None:
        """The code of the gravest topic that `words` (stop words among them) speak of, None for none."""
        said = [
            frozenset({word.surface.lower(), *word.lemmas, *_spoken(word), *self._meant(word)})
            for word in words
        ]
        parts = [frozenset(word.parts) for word in words]
        everything = frozenset().union(*said, *parts)
        for topic, by_first in self._topics:
            if any(rule.possible(everything) and _holds(rule, said) for rule in topic.always):
                return topic.code
            if topic.unless.isdisjoint(everything):
                near = (rule for key in everything for rule in by_first.get(key, ()))
                met = any(rule.possible(everything) and _holds(rule, said) for rule in near)
                if met and not topic.idiomatic(said):
                    return topic.code
        return None

    def of_needs(self, words: Sequence[Word], needs: Iterable[str]) -> str | None:
        """The code of the gravest topic that needs which were said surely speak of, None for none."""
        said = frozenset(needs)
        for topic, _ in self._topics:
            if not said.isdisjoint(topic.needs):
                keys = [frozenset({word.surface.lower(), *word.lemmas}) for word in words]
                parts = (part for word in words for part in word.parts)
                everything = frozenset(parts).union(*keys)
                if topic.unless.isdisjoint(everything) and not topic.idiomatic(keys):
                    return topic.code
        return None


def _by_first(topic: _Topic) -> dict[str, list[_Rule]]:
    """The rules by what their first word is met by: few of hundreds can hold for a question."""
    found: dict[str, list[_Rule]] = {}
    for rule in topic.rules:
        for key in rule.keys[0]:
            found.setdefault(key, []).append(rule)
    return found


def _analysed(topics: Sequence[CrisisTopic], analyser: Analyser, cache: Path | None) -> tuple[_Topic, ...]:
    if cache is None:
        return tuple(_topic(topic, analyser) for topic in topics)
    mark = hashlib.blake2b(msgspec.msgpack.encode((topics, analyser.version)), digest_size=12)
    mark.update(Path(__file__).read_bytes())
    path = cache / f"crisis-{mark.hexdigest()}.msgpack"
    try:
        return msgspec.msgpack.decode(path.read_bytes(), type=tuple[_Topic, ...])
    except (OSError, msgspec.MsgspecError):
        made = tuple(_topic(topic, analyser) for topic in topics)
    keep(path, msgspec.msgpack.encode(made))
    return made


def _begins(written: str, stem: str) -> bool:
    """Whether a word begins with a stem, at most one letter wrong, missing or too many."""
    from rapidfuzz.distance import OSA  # with its library; few words come here

    if written[:2] != stem[:2]:
        return False
    lengths = range(len(stem) - 1, len(stem) + 2)
    return any(OSA.distance(written[:length], stem, score_cutoff=1) <= 1 for length in lengths)


def _spoken(word: Word) -> tuple[str, ...]:
    """Base forms behind possessive speech that analysis leaves out."""
    written = word.surface.lower()
    return ("itse",) if written.startswith(_SELF) and len(written) <= 8 else ()


def _holds(rule: _Rule, said: Sequence[frozenset[str]]) -> bool:
    if rule.lone:
        return any(rule.keys[0] & word for word in said)
    span = len(rule.keys) + rule.slack
    places = [[at for at, word in enumerate(said) if key & word] for key in rule.keys]
    return all(places) and any(
        all(any(start <= at < start + span for at in found) for found in places)
        and len({at for found in places for at in found if start <= at < start + span}) >= len(rule.keys)
        for start in range(max(1, len(said)))
    )


def _topic(topic: CrisisTopic, analyser: Analyser) -> _Topic:
    rules = [_rule(text, analyser) for text in (*topic.words, *topic.phrases)]
    rules += [_pattern(slots, analyser) for slots in topic.patterns]
    rules += [_foreign(text) for text in (*topic.sv, *topic.en)]
    excuses = [tuple(_excuses(piece, analyser) for piece in text.split()) for text in topic.unless]
    unless = frozenset(key for excuse in excuses if len(excuse) == 1 for key in excuse[0])
    idioms = tuple(
        _Rule(tuple(map(frozenset, excuse)), False, _IDIOM_SLACK) for excuse in excuses if len(excuse) > 1
    )
    always = tuple(_rule(text, analyser) for text in topic.always)
    return _Topic(topic.code, tuple(rules), always, unless, idioms, frozenset(topic.needs))


def _excuses(text: str, analyser: Analyser) -> tuple[str, ...]:
    """The keys of a word that makes a text another matter; `=`: only as written ("löi päänsä")."""
    if text.startswith(_EXACT):
        return (text[1:],)
    return (text, *_bases(analyser.word(text)))


def _bases(word: Word) -> tuple[str, ...]:
    """The base forms meant: the written one where it is one, so that "kirja" does not bring in others."""
    written = word.surface.lower()
    return (written,) if written in word.lemmas else word.lemmas


def _rule(text: str, analyser: Analyser) -> _Rule:
    keys = tuple(_keys(piece, analyser) for piece in text.split())
    return _Rule(keys, len(keys) == 1)


def _keys(piece: str, analyser: Analyser) -> frozenset[str]:
    if piece.startswith(_EXACT):
        return frozenset({piece[1:]})
    word = analyser.word(piece)
    return frozenset({piece.lower(), *word.lemmas, *_spoken(word)})


def _pattern(slots: Sequence[str], analyser: Analyser) -> _Rule:
    """One word of each slot: close persons and what they do, say."""
    keys = (frozenset().union(*(_own(piece, analyser) for piece in slot.split())) for slot in slots)
    return _Rule(tuple(keys), False, _WIDE_SLACK)


def _own(piece: str, analyser: Analyser) -> frozenset[str]:
    """The keys of a word of a pattern: its own base form, or just the form where it is exact."""
    if piece.startswith(_EXACT):
        return frozenset({piece[1:]})
    return frozenset({piece.lower(), *_bases(analyser.word(piece))})


def _foreign(text: str) -> _Rule:
    keys = tuple(frozenset({piece}) for piece in text.lower().split())
    return _Rule(keys, len(keys) == 1)
