"""From clauses to matched documents: boosted postings merged per clause, clauses summed per query."""

import threading
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.backend import Alternative, PhraseClause, TermClause, WordClause
from indexer.whoosh.bounded import Bounded
from indexer.whoosh.part import Ints
from indexer.whoosh.postings import EMPTY, Posting, Postings
from indexer.whoosh.reading import Floats


class Matched:
    """The documents of one clause, ascending: scores with boosts, and the quality of the best alternative.

    `positive`: every document has a score above 0, as it has by BM25F's weights and any boost above 0.
    """

    __slots__ = ("clause", "docs", "positive", "quality", "scores")

    def __init__(
        self, clause: WordClause, docs: Ints, scores: Floats, quality: Floats | float, *, positive: bool
    ) -> None:
        self.clause = clause
        self.docs = docs
        self.scores = scores
        self.quality = quality
        self.positive = positive

    @property
    def nbytes(self) -> int:
        """Memory held, in bytes."""
        more = 0 if isinstance(self.quality, float) else self.quality.nbytes
        return self.docs.nbytes + self.scores.nbytes + more + 500 + 300 * len(self.clause.alternatives)

    def at(self, docs: Ints) -> tuple[NDArray[np.bool_], Floats, Floats]:
        """For a few documents: whether they matched, their scores and qualities (0 where not)."""
        if not len(self.docs):
            none = np.zeros(len(docs), dtype=np.float32)
            return none > 0, none, none
        places = self.docs.searchsorted(docs)
        hit = self.docs.take(places, mode="clip") == docs
        quality = self.quality
        sure = quality if isinstance(quality, float) else quality.take(places, mode="clip")
        return hit, self.scores.take(places, mode="clip") * hit, sure * hit


class Scratch(threading.local):
    """Work arrays of one thread with a cell for each document; all zero between uses."""

    def __init__(self, size: int) -> None:
        self.scores = np.zeros(size, dtype=np.float32)
        self.more = np.zeros(size, dtype=np.float32)
        self.quality = np.zeros(size, dtype=np.float32)
        self.seen = np.zeros(size, dtype=np.bool_)


class _Met(threading.local):
    """The posting lists that one thread's search has met: explaining its hits asks for the same ones."""

    def __init__(self) -> None:
        self.postings: dict[Alternative, Posting] = {}


class Matcher:
    """Evaluates clauses over one generation; merged clauses are kept, as people's words recur."""

    def __init__(self, postings: Postings, size: int, limit: int) -> None:
        self._postings = postings
        self._size = size
        self._scratch = Scratch(size)
        self._met = _Met()
        self._merged: Bounded[tuple[WordClause, float], Matched] = Bounded(
            limit, lambda matched: matched.nbytes
        )
        self._derived: Bounded[tuple[object, ...], Posting] = Bounded(limit, lambda posting: posting.nbytes)

    def clauses(self, clauses: Sequence[WordClause], tie: float) -> list[Matched]:
        """The documents of each clause of a question."""
        self._met.postings = {}
        return [self.clause(clause, tie) for clause in clauses]

    def forget(self) -> None:
        """Let go of the posting lists of the thread's last question: its hits are explained."""
        self._met.postings = {}

    def met(self, alternative: Alternative) -> Posting:
        """As `alternative`, quicker for those of the thread's last question."""
        found = self._met.postings.get(alternative)
        return self.alternative(alternative) if found is None else found

    def clause(self, clause: WordClause, tie: float) -> Matched:
        """The documents that any alternative of `clause` matches."""
        if len(clause.alternatives) == 1:
            return self._single(clause, clause.alternatives[0])
        return self._merged.get((clause, tie), lambda: self._merge(clause, tie))

    def _single(self, clause: WordClause, only: Alternative) -> Matched:
        posting = self.alternative(only)
        scores = posting.weights if only.boost == 1 else posting.weights * np.float32(only.boost)
        return Matched(clause, posting.docs, scores, only.quality, positive=only.boost > 0)

    def alternative(self, alternative: Alternative) -> Posting:
        """The posting list of a term, a prefix (best term that starts so) or a phrase, without boost."""
        if isinstance(alternative, PhraseClause):
            key = (alternative.field, alternative.texts, alternative.slop)
            return self._derived.get(key, lambda: self._phrase(alternative))
        if alternative.match == "prefix":
            return self._derived.get((alternative.field, alternative.text), lambda: self._prefix(alternative))
        return self._postings.get(alternative.field, alternative.text)

    def _merge(self, clause: WordClause, tie: float) -> Matched:
        met = self._met.postings
        found = []
        for entry in clause.alternatives:
            posting = met[entry] = self.alternative(entry)
            if len(posting.docs):
                found.append((entry, posting))
        if len(found) <= 1:
            return self._single(clause, found[0][0] if found else clause.alternatives[0])
        lengths = [len(posting.docs) for _, posting in found]
        # Whole numbers of the kind that `at` takes without a copy of its own.
        docs = np.concatenate([posting.docs for _, posting in found], dtype=np.intp)
        scores = np.concatenate([posting.weights for _, posting in found])
        scores *= np.array([entry.boost for entry, _ in found], dtype=np.float32).repeat(lengths)
        sure = np.array([entry.quality for entry, _ in found], dtype=np.float32).repeat(lengths)
        scratch = self._scratch
        best, total, quality = scratch.scores, scratch.more, scratch.quality
        try:
            np.maximum.at(best, docs, scores)
            np.add.at(total, docs, scores)
            np.maximum.at(quality, docs, sure)
            positive = min(entry.boost for entry, _ in found) > 0
            once = (best > 0).nonzero()[0] if positive else np.unique(docs)
            top = best.take(once)
            scores = top + np.float32(tie) * (total.take(once) - top)
            return Matched(clause, once.astype(np.int32), scores, quality.take(once), positive=positive)
        finally:
            best[docs] = total[docs] = quality[docs] = 0

    def _prefix(self, clause: TermClause) -> Posting:
        best = np.zeros(self._size, dtype=np.float32)
        for text in self._postings.starting(clause.field, clause.text):
            posting = self._postings.get(clause.field, text)
            best[posting.docs] = np.maximum(best[posting.docs], posting.weights)
        docs = np.flatnonzero(best).astype(np.int32)
        return Posting(docs, best[docs])

    def _phrase(self, clause: PhraseClause) -> Posting:
        """Documents where the terms follow each other; weighed as the sum of the terms' weights."""
        places = [self._postings.positions(clause.field, text) for text in clause.texts]
        if not places or not all(places):
            return EMPTY
        common = set.intersection(*(set(found) for found in places))
        docs = np.array(
            sorted(doc for doc in common if _follow([found[doc] for found in places], clause.slop)),
            dtype=np.int32,
        )
        weights = np.zeros(len(docs), dtype=np.float32)
        for text in clause.texts:
            posting = self._postings.get(clause.field, text)
            weights += posting.weights[np.searchsorted(posting.docs, docs)]
        return Posting(docs, weights)

    def combine(self, found: Sequence[Matched], weigh: bool) -> tuple[Ints, Floats, Floats | None]:
        """All documents of all clauses, each once: numbers, summed scores and, if asked, evidence in 0–1."""
        if len(found) == 1:
            only = found[0]
            if not weigh:
                return only.docs, only.scores, None
            quality = only.quality
            if isinstance(quality, float):
                quality = np.full(len(only.docs), quality, dtype=np.float32)
            return only.docs, only.scores, quality
        docs = np.concatenate([entry.docs for entry in found], dtype=np.intp)
        scores, sure = self._scratch.scores, self._scratch.quality
        try:
            np.add.at(scores, docs, np.concatenate([entry.scores for entry in found]))
            positive = all(entry.positive for entry in found)
            once = (scores != 0).nonzero()[0] if positive else np.unique(docs)
            evidence = None
            if weigh:
                np.add.at(sure, docs, _evidence(found))
                evidence = sure.take(once)
            return once.astype(np.int32), scores.take(once), evidence
        finally:
            scores[docs] = sure[docs] = 0

    def among(self, docs: Ints, chosen: Ints) -> NDArray[np.bool_]:
        """Which of `docs` are among `chosen`."""
        seen = self._scratch.seen
        try:
            seen[chosen] = True
            found: NDArray[np.bool_] = seen[docs]
            return found
        finally:
            seen[chosen] = False


def _follow(places: Sequence[tuple[int, ...]], slop: int) -> bool:
    """Whether one position of each term can be chosen so that each follows the one before within `slop`."""
    reachable = set(places[0])
    for positions in places[1:]:
        reachable = {now for now in positions if any(now - step - 1 in reachable for step in range(slop + 1))}
        if not reachable:
            return False
    return True


def _evidence(found: Sequence[Matched]) -> Floats:
    """What each document of each clause, one clause after the other, adds to the evidence."""
    whole = sum(entry.clause.weight for entry in found) or 1.0
    told = np.empty(sum(len(entry.docs) for entry in found), dtype=np.float32)
    start = 0
    for entry in found:
        end = start + len(entry.docs)
        np.multiply(entry.quality, np.float32(entry.clause.weight / whole), out=told[start:end])
        start = end
    return told
