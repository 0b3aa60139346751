"""What a Finnish question is about where no word or phrase of a need says it outright.

People tell a scene in words of their own: "nukun kaverin sohvalla" is nobody's phrase, but its words are met
in what the taxonomy says of few needs, and some of them in one and the same phrase. The need that shares most
of what was said is meant, if two words at least speak of it.
"""

import math
import threading
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from indexer.finnish import Word
from indexer.lexicon import Lexicon
from indexer.spoken_words import OTHER_READING
from indexer.understanding.expansion import NeedVote
from indexer.understanding.persons import relation

_WORTH = {"word": 1.0, "name": 1.0, "official": 0.8, "phrase": 0.9, "hint": 0.7}
_PART = 0.5
"""What a part of a compound tells beside a whole word."""
_ENOUGH = 0.18
_SHOWN = 2
_BEHIND = 0.8
"""A need further behind the best one than this share is not meant."""
_TOGETHER = 1.25
"""What two words of one phrase are worth beside those of two."""
_BASE, _RISE, _MOST = 0.45, 0.6, 0.75
"""Strength of a vote: base + rise × share of what was said, at most the most."""


class _Telling(msgspec.Struct, frozen=True):
    """What one word tells: how surely it speaks of each need, and the phrases that have it."""

    needs: Mapping[str, float]
    phrases: Mapping[str, frozenset[int]]


_NOTHING = _Telling({}, {})


class Glimpses:
    """Reads needs from parts of their words and phrases; its memory is shared between threads."""

    def __init__(self, lexicon: Lexicon, needs: int) -> None:
        """`needs`: how many there are."""
        self._entries = lexicon.entries
        self._most = math.log(1 + needs)
        self._count = needs
        self._held: dict[str, _Telling] = {}
        self._lock = threading.Lock()

    def votes(self, words: Sequence[Word], shares: Sequence[float]) -> tuple[NeedVote, ...]:
        """The needs that words which say nothing outright speak of, the surest first.

        `shares`: how much each word says about the topic; persons only tell whose trouble it is.
        """
        spoken = [
            (index, word, share)
            for index, (word, share) in enumerate(zip(words, shares, strict=True))
            if not relation(word.surface, word.lemmas)
        ]
        total = sum(share for _, _, share in spoken)
        worth: Counter[str] = Counter()
        said: dict[str, list[int]] = defaultdict(list)
        phrases: dict[str, list[frozenset[int]]] = defaultdict(list)
        for index, word, share in spoken:
            told = self._of_word(word)
            for code, surety in told.needs.items():
                worth[code] += share * surety  # type: ignore[assignment]
                said[code].append(index)
                phrases[code].append(told.phrases.get(code, frozenset()))
        for code in worth:
            if _meet(phrases[code]):
                worth[code] *= _TOGETHER  # type: ignore[assignment]
        several = Counter({code: amount for code, amount in worth.items() if len(said[code]) > 1})
        best = max(worth.values(), default=0.0)
        return tuple(
            NeedVote(code, min(_MOST, _BASE + _RISE * amount / total), tuple(said[code]), "gist")
            for code, amount in several.most_common(_SHOWN)
            if amount >= _BEHIND * best and amount / total >= _ENOUGH
        )

    def _of_word(self, word: Word) -> _Telling:
        written = word.surface.lower()
        own = written in word.lemmas
        found = [
            (self._told(lemma), OTHER_READING if own and lemma != written else 1.0) for lemma in word.lemmas
        ]
        if not any(told.needs for told, _ in found):
            found = [(self._told(part), _PART) for part in word.parts]
        needs: dict[str, float] = {}
        phrases: dict[str, frozenset[int]] = {}
        for told, share in found:
            for code, surety in told.needs.items():
                if surety * share > needs.get(code, 0.0):
                    needs[code] = surety * share
                phrases[code] = phrases.get(code, frozenset()) | told.phrases[code]
        return _Telling(needs, phrases)

    def _told(self, term: str) -> _Telling:
        with self._lock:
            held = self._held.get(term)
            if held is None:
                held = self._held[term] = self._tell(term)
        return held

    def _tell(self, term: str) -> _Telling:
        """A term tells more of a need the fewer needs say it, and the more of its phrases are that need's."""
        number = self._entries.terms.number(term)
        if not 0 <= number < self._entries.keyed:
            return _NOTHING
        surest: dict[str, float] = {}
        phrases: dict[str, set[int]] = defaultdict(set)
        for row in self._entries.by_key[number][::2]:
            entry = self._entries[row]
            if entry.type == "need" and entry.language == "fi":
                surest[entry.code] = max(surest.get(entry.code, 0.0), _WORTH[entry.strength])
                phrases[entry.code].add(int(row))
        total = sum(map(len, phrases.values()))
        rare = math.log(1 + self._count / max(1, len(surest))) / self._most
        needs = {code: worth * rare * (1 + len(phrases[code]) / total) / 2 for code, worth in surest.items()}
        return _Telling(needs, {code: frozenset(rows) for code, rows in phrases.items()})


def _meet(phrases: Iterable[frozenset[int]]) -> bool:
    """Whether two words are of one phrase."""
    seen: set[int] = set()
    for rows in phrases:
        if not seen.isdisjoint(rows):
            return True
        seen |= rows
    return False
