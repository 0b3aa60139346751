"""Whether a query speaks of self-harm, violence or acute crisis, so that emergency help comes first."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from indexer.finnish import Analyser, Word
from indexer.understanding.crisis_rules import AS_OBJECT, EXACT, Topic, analysed, as_objects, by_first, spoken
from indexer.understanding.deeds import harmless
from schemas.crisis import CrisisTopic

VIOLENCE = "violence"
_LONG = 8
_SURE = 9
"""Letters of a word of which another may be a slip: "psykoterapia" is none of "psykoosi"."""
_ENDING = 2
"""Letters at the end of a word that its case ending may change."""
_DEAF: frozenset[str] = frozenset()


class Heard(msgspec.Struct, frozen=True):
    """What of a topic was met: numbers of its rules, of its `always` and of what makes it another matter."""

    code: str
    rules: tuple[int, ...]
    always: tuple[int, ...]
    excuses: tuple[int, ...]

    @property
    def counts(self) -> bool:
        """Whether help must come first."""
        return bool(self.always or (self.rules and not self.excuses))


class CrisisReader:
    """Reads crisis from analysed words; immutable."""

    def __init__(self, topics: Iterable[CrisisTopic], analyser: Analyser, cache: Path | None = None) -> None:
        """`cache`: a folder where the analysed topics are kept for the next start."""
        self._analyser = analyser
        self._topics = [(topic, by_first(topic)) for topic in analysed(tuple(topics), analyser, cache)]
        lone = {key for topic, _ in self._topics for rule in topic.rules if rule.lone for key in rule.keys[0]}
        everything = (
            key for topic, _ in self._topics for rule in topic.rules for keys in rule.keys for key in keys
        )
        self._objects = frozenset(key for key in everything if key.endswith(AS_OBJECT))
        self._lone = frozenset(lone)
        self._stems = [(key[:-_ENDING], key) for key in sorted(lone) if len(key) >= _SURE and key.isalpha()]

    def read(self, words: Sequence[Word]) -> str | None:
        """The code of the gravest topic that `words` (stop words among them) speak of, None for none."""
        said, parts = self._said(words)
        for topic, first in self._topics:
            heard = self._without_things(topic, words, said)
            everything = parts.union(*heard)
            if any(rule.possible(everything) and rule.holds(heard) for rule in topic.always):
                return topic.code
            if next(self._met(topic, first, heard, everything), None) is not None and not topic.excused(
                heard, everything
            ):
                return topic.code
        return None

    def account(self, words: Sequence[Word]) -> Iterator[Heard]:
        """All that was met of each topic, for those who tend the rules."""
        said, parts = self._said(words)
        for topic, first in self._topics:
            heard = self._without_things(topic, words, said)
            everything = parts.union(*heard)
            always = (number for number, rule in enumerate(topic.always) if rule.holds(heard))
            rules = sorted(self._met(topic, first, heard, everything))
            yield Heard(topic.code, tuple(rules), tuple(always), tuple(topic.excuses(heard, everything)))

    def of_needs(self, words: Sequence[Word], needs: Iterable[str]) -> str | None:
        """The code of the gravest topic that needs which were said surely speak of, None for none."""
        named = frozenset(needs)
        for topic, _ in self._topics:
            if not named.isdisjoint(topic.needs):
                keys = [
                    frozenset({(written := word.surface.lower()), EXACT + written, *word.lemmas})
                    for word in words
                ]
                parts = (part for word in words for part in word.parts)
                if not topic.excused(keys, frozenset(parts).union(*keys)):
                    return topic.code
        return None

    def leads(self, code: str, words: Sequence[Word], another: bool) -> tuple[str, ...]:
        """The needs of just this crisis; `another`: somebody close is in it, not the speaker."""
        said, parts = self._said(words)
        everything = parts.union(*said)
        for topic, _ in self._topics:
            if topic.code == code:
                found = tuple(need for need, keys in topic.leads if not keys.isdisjoint(everything))
                return (topic.another, *found) if another and topic.another else found
        return ()

    def harmless(self, words: Sequence[Word]) -> dict[int, int]:
        """The words for deeds that are done to mere things, each with that for the thing."""
        found: dict[int, int] = {}
        for topic, _ in self._topics:
            found.update(harmless(words, topic.deeds, topic.targets, self._analyser.objects))
        return found

    def _said(self, words: Sequence[Word]) -> tuple[list[frozenset[str]], frozenset[str]]:
        objects, asked = self._analyser.objects, self._objects
        said = [
            frozenset(
                {
                    written := word.surface.lower(),
                    EXACT + written,
                    *word.lemmas,
                    *spoken(word),
                    *as_objects(word, asked, objects),
                    *self._meant(word),
                }
            )
            for word in words
        ]
        return said, frozenset(part for word in words for part in word.parts)

    def _meant(self, word: Word) -> Iterable[str]:
        """Single words of crisis that a compound begins with ("itsemurhayritys"), or that an unknown word is
        a slip of ("itsmurha", "itsetuhosia")."""
        written = word.surface.lower()
        heads = tuple(part for part in word.parts if part in self._lone and written.startswith(part))
        if word.known or heads or len(written) < _LONG:
            return heads
        return (key for stem, key in self._stems if _begins(written, stem))

    def _without_things(
        self, topic: Topic, words: Sequence[Word], said: Sequence[frozenset[str]]
    ) -> list[frozenset[str]]:
        """What was said, without deeds that are done to mere things."""
        deaf = harmless(words, topic.deeds, topic.targets, self._analyser.objects)
        return [_DEAF if index in deaf else keys for index, keys in enumerate(said)]

    @staticmethod
    def _met(
        topic: Topic,
        first: dict[str, list[int]],
        said: Sequence[frozenset[str]],
        everything: frozenset[str],
    ) -> Iterator[int]:
        """The numbers of the rules that hold."""
        near = dict.fromkeys(number for key in everything for number in first.get(key, ()))
        for number in near:
            rule = topic.rules[number]
            if rule.possible(everything) and rule.holds(said):
                yield number


def _begins(written: str, stem: str) -> bool:
    """Whether a word begins with a stem, at most one letter wrong, missing or too many."""
    from rapidfuzz.distance import OSA  # with its library; few words come here

    if written[:2] != stem[:2]:
        return False
    lengths = range(len(stem) - 1, len(stem) + 2)
    return any(OSA.distance(written[:length], stem, score_cutoff=1) <= 1 for length in lengths)
