"""Words of the same library class as the question: for questions that no need of the taxonomies explains."""

import gzip
import hashlib
import math
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from indexer.backend import TermClause, WordClause
from indexer.finnish import ANALYSER_VERSION, Analyser, Word
from indexer.meaning.recipe import RECIPE
from indexer.meaning.thesaurus import Thesaurus, group_words, packed_thesaurus, parse_groups
from indexer.tables import Array, kept_tables
from indexer.understanding.vocabulary import Vocabulary

_WORDS = 20
_QUALITY = 0.4
_WEIGHT = 0.01
"""Evidence is about what was said; words that were not said hardly count there."""
_REMEMBERED = 2000
_VERSION = 3
"""Raised when words come out differently from the same analysis."""


class Kindred:
    """Makes a clause of kindred words; the thesaurus is read when it is first needed."""

    def __init__(self, load: Callable[[], Thesaurus]) -> None:
        self._load = load
        self._lock = threading.Lock()
        self._thesaurus: Thesaurus | None = None
        self._held: dict[tuple[int, tuple[str, ...]], WordClause | None] = {}

    def clause(self, words: Sequence[Word], vocabulary: Vocabulary, boost: float) -> WordClause | None:
        """The clause for a question's words; None where no class speaks of them."""
        key = (vocabulary.number, tuple(word.surface for word in words))
        if key not in self._held:
            if len(self._held) >= _REMEMBERED:
                self._held.clear()
            self._held[key] = self._made(words, vocabulary, boost)
        return self._held.get(key)

    def warm(self) -> None:
        """Read the thesaurus."""
        self._ready()

    def _made(self, words: Sequence[Word], vocabulary: Vocabulary, boost: float) -> WordClause | None:
        counts, size = vocabulary.indexed, vocabulary.size

        def idf(word: str) -> float:
            count = counts.get(word, 0)
            return math.log(1 + (size - count + 0.5) / (count + 0.5)) if count else 0.0

        found = self._ready().expand(weighed(words), idf, limit=_WORDS)
        if found is None or not found.words:
            return None
        return WordClause(
            tuple(
                TermClause(field, word, boost * share * weight, _QUALITY * min(1.0, weight))
                for word, weight in found.words.items()
                for field, share in (("words", 1.0), ("parts", RECIPE.parts))
            ),
            weight=_WEIGHT,
        )

    def _ready(self) -> Thesaurus:
        with self._lock:
            if self._thesaurus is None:
                self._thesaurus = self._load()
            return self._thesaurus


def weighed(words: Iterable[Word]) -> dict[str, float]:
    """Base forms at weight 1, parts and relatives at the recipe's weights, function words left out."""
    result: dict[str, float] = {}
    for word in words:
        if not word.stop:
            for names, weight in ((word.lemmas, 1.0), (word.parts, RECIPE.parts), (word.stems, RECIPE.stems)):
                for name in names:
                    result[name] = result.get(name, 0.0) + weight
    return result


def load_thesaurus(packed: bytes, analyser: Analyser, cache: Path) -> Thesaurus:
    """The thesaurus of a gzipped file of groups; what analysis made of it is kept in the folder `cache`,
    under a name that changes with the file and the analyser."""
    mark = hashlib.blake2b(packed + analyser.version.encode(), digest_size=8).hexdigest()
    path = cache / f"thesaurus-{_VERSION}-{ANALYSER_VERSION}-{mark}.tables"
    return Thesaurus.opened(kept_tables(path, lambda: _analysed(packed, analyser)))


def _analysed(packed: bytes, analyser: Analyser) -> dict[str, Array]:
    known: dict[str, dict[str, float]] = {}

    def analyse(text: str) -> Mapping[str, float]:
        if text not in known:
            known[text] = weighed(analyser.words(text))
        return known[text]

    groups = parse_groups(gzip.decompress(packed).decode())
    return packed_thesaurus(groups, tuple(group_words(group, analyse) for group in groups))
