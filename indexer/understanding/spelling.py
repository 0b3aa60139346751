"""Correcting what was typed: misspelt words, split compounds, run-together words.

A word that Voikko, the index, the taxonomies or the gazetteer know is never corrected; where such a word
finds nothing, a near one is offered ("Tarkoititko …"). Candidates come from index and taxonomies first,
then from Voikko as far as the index or the taxonomies know their base forms.
"""

import re
from collections.abc import Container, Sequence
from itertools import product

import msgspec

from indexer.finnish import Analyser, Word
from indexer.understanding.slips import allowed, cost
from indexer.understanding.vocabulary import Vocabulary

_SHORT = 3
_PIECE = 4
_DOTS = {"a": "aä", "o": "oö"}
_CHAIN = 8
_MOST_DRAWN = 9
_DRAWN = re.compile(r"(\w)\1{2,}")


class Change(msgspec.Struct, frozen=True):
    """Characters `start` to `end` of the text read as `corrected`; `applied` False = only offered."""

    start: int
    end: int
    original: str
    corrected: str
    applied: bool


class Speller:
    """Finds changes; immutable."""

    def __init__(self, analyser: Analyser, known: Container[str]) -> None:
        """`known`: base forms and written words of the taxonomies, lower case."""
        self._analyser = analyser
        self._known = known

    def changes(self, words: Sequence[Word], vocabulary: Vocabulary) -> tuple[Change, ...]:
        """Changes to the words of a query (places left out), in order, without overlaps."""
        found: list[Change] = []
        skip = False
        for place, word in enumerate(words):
            if skip:
                skip = False
                continue
            after = words[place + 1] if place + 1 < len(words) else None
            joined = self._joined(word, after, vocabulary) if after else None
            if joined and after:
                original = f"{word.surface} {after.surface}"
                found.append(Change(word.start, after.end, original, joined, True))
                skip = True
                continue
            change = self._corrected(word, vocabulary)
            if change:
                found.append(Change(word.start, word.end, word.surface, *change))
        return tuple(found)

    def resolved(self, word: Word, vocabulary: Vocabulary) -> bool:
        """Whether index or taxonomies know the word as it is."""
        return any(self._met(term, vocabulary) for term in (word.surface.lower(), *word.lemmas))

    def _met(self, term: str, vocabulary: Vocabulary) -> bool:
        return term in vocabulary.indexed or term in self._known

    def _corrected(self, word: Word, vocabulary: Vocabulary) -> tuple[str, bool] | None:
        written = word.surface.lower()
        if word.stop or not written.replace("-", "").isalpha():
            return None
        if len(written) <= _SHORT:
            return self._dotted(word, written, vocabulary)
        return vocabulary.remembered(written, lambda: self._find(word, written, vocabulary))

    def _dotted(self, word: Word, written: str, vocabulary: Vocabulary) -> tuple[str, bool] | None:
        """A short word of no dictionary that only lacks its dots ("lyo", "tyo")."""
        if word.known or len(written) < _SHORT or self.resolved(word, vocabulary):
            return None
        choices = (_DOTS.get(letter, letter) for letter in written)
        forms = ("".join(letters) for letters in product(*choices))
        found = [form for form in forms if form != written and self._whole(form, vocabulary)]
        return (found[0], True) if len(found) == 1 else None

    def _find(self, word: Word, written: str, vocabulary: Vocabulary) -> tuple[str, bool] | None:
        if self.resolved(word, vocabulary) or written in vocabulary.forms:
            return None
        calm = None if word.known else self._calm(written, vocabulary)
        if calm:
            return calm, True
        # Voikko takes almost any chain of nouns for a word: "toimentulotuki" is a slip all the same.
        chained = word.known and len(word.parts) > 1 and len(written) >= _CHAIN
        if word.known and not chained and any(self._met(x, vocabulary) for x in (*word.parts, *word.stems)):
            return None
        apart = None if word.known or len(written) < _CHAIN else self._split(written, vocabulary)
        if apart and apart.split()[0].endswith("n"):  # a genitive and what it belongs to, run together
            return apart, True
        best = self._nearest(written, vocabulary, strict=word.known) or apart
        return None if best is None else (best, chained or not word.known)

    def _calm(self, written: str, vocabulary: Vocabulary) -> str | None:
        """The word in which letters were drawn out ("apuaaa"): no Finnish word has three of one in a row."""
        pieces = _DRAWN.split(written)  # text, letter, text, letter, … text
        if len(pieces) == 1 or len(pieces) > _MOST_DRAWN:
            return None
        choices = [(piece, piece * 2) if place % 2 else (piece,) for place, piece in enumerate(pieces)]
        forms = ("".join(chosen) for chosen in product(*choices))
        return next((form for form in forms if self._whole(form, vocabulary)), None)

    def _nearest(self, written: str, vocabulary: Vocabulary, *, strict: bool) -> str | None:
        """The likeliest word meant; `strict` where the written word is itself a word."""
        limit = 1 if strict else allowed(len(written))
        scored: dict[str, float] = {}
        for candidate in vocabulary.near(written, limit):
            frequent = min(0.3, 0.06 * vocabulary.forms[candidate] ** 0.5)
            scored[candidate] = cost(written, candidate) - frequent
        if not strict:
            for place, candidate in enumerate(self._analyser.suggest(written)):
                form = candidate.lower()
                if " " in form or form in scored:
                    continue
                extra = self._strangeness(form, vocabulary)
                if extra is not None:
                    scored[form] = cost(written, form) + extra + 0.1 * place
        if not scored:
            return None
        best = min(scored, key=lambda form: (scored[form], form))
        return best if scored[best] <= limit + 0.4 else None

    def _strangeness(self, form: str, vocabulary: Vocabulary) -> float | None:
        """What must be added to the cost of a form that the index does not write; None = it leads nowhere."""
        word = self._analyser.word(form)
        if any(self._met(lemma, vocabulary) for lemma in word.lemmas):
            return 0.1
        return 0.5 if any(self._met(part, vocabulary) for part in word.parts) else None

    @staticmethod
    def _usual(joined: Word, second: Word, vocabulary: Vocabulary) -> bool:
        """Whether a compound with a genitive ("omaishoidon tuki" is as good) is a usual word of its own."""
        often = max(vocabulary.indexed.get(lemma, 0) for lemma in joined.lemmas)
        return often > max(vocabulary.indexed.get(lemma, 0) for lemma in second.lemmas) / 4

    def _split(self, written: str, vocabulary: Vocabulary) -> str | None:
        """Two words run together, both known to index or taxonomies."""
        for place in range(len(written) - _PIECE, _PIECE - 1, -1):
            left, right = written[:place], written[place:]
            if all(self._whole(piece, vocabulary) for piece in (left, right)):
                return f"{left} {right}"
        return None

    def _whole(self, piece: str, vocabulary: Vocabulary) -> bool:
        word = self._analyser.word(piece)
        return word.known and not word.stop and self.resolved(word, vocabulary)

    def _joined(self, first: Word, second: Word, vocabulary: Vocabulary) -> str | None:
        """The compound that two neighbours make when index or taxonomies know it."""
        if second.start - first.end != 1 or first.stop or second.stop:
            return None
        if len(first.surface) <= _SHORT - 1 or len(second.surface) <= _SHORT:
            return None
        joined = (first.surface + second.surface).lower()
        if not self._analyser.knows(joined):
            return None
        word = self._analyser.word(joined)
        if not any(self._met(lemma, vocabulary) for lemma in word.lemmas):
            return None
        if first.known and first.surface.lower().endswith("n") and not self._usual(word, second, vocabulary):
            return None
        return joined if len(word.parts) > 1 or joined in self._known else None
