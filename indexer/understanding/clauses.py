"""From a reading to clauses: each thing said, with its alternatives, boosts and qualities.

The weights are stated here and nowhere else; `docs/search-quality.md` says what each is worth.
"""

from collections.abc import Callable, Sequence

import msgspec

from indexer.backend import TermClause, WordClause
from indexer.finnish import Word
from indexer.generic import Importance, carries, trades
from indexer.understanding.expansion import NeedVote

Add = Callable[[str, str, float, float], None]
Fields = tuple[tuple[str, float, float], ...]
_SURE = 0.7
_NAMED = 0.9
_FAINT = 0.25
_ASIDE = 0.4
"""How much a word counts as evidence beside others that say a need outright."""


class Weights(msgspec.Struct, frozen=True):
    """(field, boost, quality) by how a term came from the word; the `use_` flags serve ablations."""

    whole: Fields = (
        ("words", 1.0, 1.0),
        ("title", 0.8, 1.0),
        ("parts", 0.5, 0.75),
        ("title_parts", 0.3, 0.8),
        ("stems", 0.3, 0.6),
        ("organisation", 0.5, 0.8),
        ("place", 0.4, 0.7),
    )
    part: Fields = (
        ("words", 0.5, 0.9),
        ("title", 0.3, 0.9),
        ("parts", 0.5, 0.55),
        ("title_parts", 0.2, 0.55),
    )
    relative: Fields = (("words", 0.3, 0.65), ("title", 0.2, 0.65), ("stems", 0.3, 0.6))
    numbers: float = 3.0
    need: float = 2.2
    hint: float = 0.5
    vector: float = 22.0
    tie: float = 0.8
    kind_lift: float = 5.0
    group_lift: float = 0.8
    written_lift: float = 5.0
    kindred: float = 3.0
    min_evidence: float = 0.1
    min_share: float = 0.15
    placed_share: float = 0.7
    min_cosine: float | None = 0.42
    use_parts: bool = True
    use_relatives: bool = True
    use_needs: bool = True
    use_vectors: bool = True
    use_grams: bool = True
    use_kindred: bool = True


class ClauseMaker:
    """Makes clauses; the clauses of a word are kept, so that the engine's own cache meets them again."""

    def __init__(self, weights: Weights, importance: Importance, capacity: int = 20_000) -> None:
        self.weights = weights
        self._importance = importance
        self._capacity = capacity
        self._held: dict[object, WordClause] = {}

    def clauses(
        self,
        words: Sequence[Word],
        shares: Sequence[float],
        votes: Sequence[NeedVote],
        lookalikes: Sequence[Sequence[tuple[str, float]]] = (),
    ) -> tuple[WordClause, ...]:
        """One clause for each group of words that say one thing together, in the order of the query."""
        used = votes if self.weights.use_needs else ()
        covered = {index for vote in used if _tells(vote) for index in vote.words}
        found = []
        for group in _groups(len(words), used):
            members = tuple(words[index] for index in group)
            needs = tuple((vote.code, vote.strength) for vote in used if vote.words[0] in group)
            near = tuple(tuple(lookalikes[index]) for index in group) if lookalikes else ()
            weights = tuple(shares[index] for index in group)
            # Beside words that say a need outright the others tell how, not what.
            # But who buys or sells wants just that.
            trade = trades(members)
            aside = _ASIDE if covered and covered.isdisjoint(group) and not trade else 1.0
            if trade:
                weights = (1.0,) * len(members)
            key = (tuple(word.surface for word in members), tuple(m.lemmas for m in members),
                   needs, near, weights, aside)  # fmt: skip
            clause = self._held.get(key)
            if clause is None:
                clause = self._clause(members, weights, needs, near, aside)
                if len(self._held) >= self._capacity:
                    self._held.clear()
                self._held[key] = clause
            found.append(clause)
        return tuple(found)

    def _clause(
        self,
        words: Sequence[Word],
        shares: Sequence[float],
        needs: Sequence[tuple[str, float]],
        lookalikes: Sequence[Sequence[tuple[str, float]]],
        aside: float,
    ) -> WordClause:
        found: dict[tuple[str, str], TermClause] = {}

        def add(field: str, text: str, boost: float, quality: float) -> None:
            held = found.get((field, text))
            if held is None or held.boost < boost:
                better = quality if held is None else max(held.quality, quality)
                found[field, text] = TermClause(field, text, boost, better)

        total = sum(shares)
        named = any(strength >= _NAMED for _, strength in needs)
        for place, (word, share) in enumerate(zip(words, shares, strict=True)):
            # Within a phrase each word proves only its own part of what was said.
            self._add_word(add, word, share, share / total if len(words) > 1 else 1.0, named=named)
            for text, weight in lookalikes[place] if lookalikes else ():
                for field, boost, quality in self.weights.whole[:3]:
                    add(field, text, boost * share * weight, 0.7 * quality * weight)
        for code, strength in needs:
            # A need that is only akin finds, but does not prove that anything answers.
            proof = strength**0.5 if strength >= _FAINT else strength
            add("need", code, self.weights.need * strength, 0.95 * proof)
            add("hint", code, self.weights.hint * strength, 0.4 * strength)
        weight = aside * max(max(shares), *(s for _, s in needs), 0.0)
        return WordClause(tuple(found.values()), weight=weight)

    def _add_word(self, add: Add, word: Word, share: float, surety: float, *, named: bool) -> None:
        """`named`: the words say a need, so no part of them proves it: "ruoka" is no "ruoka-apu"."""
        weights = self.weights
        written = word.surface.lower()
        own = written in word.lemmas
        for lemma in word.lemmas:
            reading = 0.5 if own and lemma != written else 1.0
            if any(letter.isdigit() for letter in lemma):
                add("numbers", lemma, weights.numbers * share, surety)
            for field, boost, quality in weights.whole if weights.use_parts else weights.whole[:2]:
                add(field, lemma, boost * share * reading, quality * surety * reading)
        if weights.use_relatives:
            for stem in word.stems:
                for field, boost, quality in weights.relative:
                    add(field, stem, boost * share, quality * surety)
        if weights.use_parts:
            for part in word.parts:
                telling = self._importance.of(part)
                length = min(1.0, len(part) / max(len(written), 1))
                sure = telling * (1.0 if carries(word, part) and not named else 0.2 + 0.7 * length)
                for field, boost, quality in weights.part:
                    add(field, part, boost * share * telling**0.5, quality * surety * sure)


def _tells(vote: NeedVote) -> bool:
    """Whether a need is said outright, or by words that speak of it together."""
    return vote.strength >= _SURE or vote.source == "gist"


def _groups(count: int, votes: Sequence[NeedVote]) -> list[tuple[int, ...]]:
    """Words joined by the phrases that say a need; the surest first, each word in one group."""
    taken: set[int] = set()
    groups: list[tuple[int, ...]] = []
    phrases = [vote for vote in votes if len(vote.words) > 1 and _tells(vote)]
    for vote in sorted(phrases, key=lambda found: (-found.strength, -len(found.words))):
        if not taken & set(vote.words):
            groups.append(vote.words)
            taken.update(vote.words)
    groups += [(index,) for index in range(count) if index not in taken]
    return sorted(groups)
