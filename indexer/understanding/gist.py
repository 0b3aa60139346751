"""What a Swedish or English question is about where no word or phrase of a need says it outright.

Finnish needs have long lists of words, hints and forms; Swedish and English ones have short lists. So a
question in those languages is also held against all that the taxonomy says of a need in its language (name,
description, words, phrases): the need that shares most of what was asked is meant, if it shares enough.
"""

import math
import threading
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from indexer.finnish import Analyser, Word
from indexer.generic import FRAMES
from indexer.understanding.expansion import NeedVote
from schemas.taxonomy import Need, Taxonomy

_LANGUAGES = ("sv", "en")
_ENOUGH = 0.5
"""Share of what was asked that a need must speak of."""
_TWO_WORDS = 2
_ONE_WORD = 0.6
"""How sure one shared word alone is, as a share of two or more."""
_FEW = 4
"""Needs that may say a word for it to mean one of them alone."""
_STRENGTH = 0.75
_SHOWN = 3
_BEHIND = 0.8
"""A need further behind the best one than this share is not meant."""
_FULL = 1.0
_DESCRIBED = 0.5
"""What a word of the description counts beside one of the words and phrases."""


class Gist:
    """Needs by shared words; its tables are made by `warm`, or at the first question in a language."""

    def __init__(self, taxonomy: Taxonomy, analyser: Analyser) -> None:
        self._needs = taxonomy.needs
        self._analyser = analyser
        self._tables: dict[str, _Table] = {}
        self._lock = threading.Lock()

    def votes(self, words: Sequence[Word], language: str) -> tuple[NeedVote, ...]:
        """Needs that share most of `words` with what is said of them in `language` (sv, en)."""
        content = [
            (index, stem)
            for index, word in enumerate(words)
            if not word.stop and word.surface.lower() not in FRAMES
            for stem in _stems(word, language)[:1]
        ]
        return self._table(language).votes(content) if content else ()

    def warm(self) -> None:
        """Make the tables, which else the first question of each language waits for."""
        for language in _LANGUAGES:
            self._table(language)

    def _table(self, language: str) -> "_Table":
        with self._lock:
            if language not in self._tables:
                self._tables[language] = _Table(self._needs.values(), self._analyser, language)
            return self._tables[language]


class _Table:
    """For each stem the needs that say it, and how telling it is."""

    def __init__(self, needs: Iterable[Need], analyser: Analyser, language: str) -> None:
        self._said: dict[str, dict[str, float]] = defaultdict(dict)
        count = 0
        for need in needs:
            count += 1
            for text, worth in _texts(need, language):
                for word in analyser.words(text, language):
                    for stem in _stems(word, language) if not word.stop else ():
                        held = self._said[stem]
                        held[need.code] = max(worth, held.get(need.code, 0.0))
        self._most = math.log(1 + count)
        self._telling: Mapping[str, float] = {
            stem: math.log(1 + count / len(held)) for stem, held in self._said.items()
        }

    def votes(self, content: Sequence[tuple[int, str]]) -> tuple[NeedVote, ...]:
        total = sum(self._telling.get(stem, self._most) for _, stem in content)
        worth: Counter[str] = Counter()
        spoken: dict[str, list[int]] = defaultdict(list)
        for index, stem in content:
            for code, share in self._said.get(stem, {}).items():
                worth[code] += share * self._telling[stem]  # type: ignore[assignment]
                spoken[code].append(index)
        found = []
        best = max(worth.values(), default=0.0)
        for code, amount in worth.most_common(_SHOWN):
            share = amount / total
            if share < _ENOUGH or amount < _BEHIND * best:
                continue
            several = len(spoken[code]) >= _TWO_WORDS
            if not several and self._shared(content, spoken[code]) > _FEW:
                continue
            sure = 1.0 if several else _ONE_WORD
            found.append(
                NeedVote(code, _STRENGTH * sure * min(1.0, share + 0.2), tuple(spoken[code]), "gist")
            )
        return tuple(found)

    def _shared(self, content: Sequence[tuple[int, str]], spoken: Sequence[int]) -> int:
        """How many needs say the words that were spoken of one need."""
        return max(len(self._said.get(stem, ())) for index, stem in content if index in spoken)


def _texts(need: Need, language: str) -> Iterable[tuple[str, float]]:
    yield need.name.get(language), _FULL
    for text in need.sv if language == "sv" else need.en:
        yield text, _FULL
    yield need.description.get(language), _DESCRIBED


def _stems(word: Word, language: str) -> tuple[str, ...]:
    """The marked stems of a word, the whole word's first."""
    mark = f"{language}:"
    return tuple(text for text in (*word.lemmas, *word.parts) if text.startswith(mark))
