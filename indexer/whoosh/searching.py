"""One search over a generation: candidates, evidence, filters and counts, order, hits."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import compress, starmap
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.backend import EngineHit, EngineQuery, EngineResult, Tier
from indexer.whoosh import ranking
from indexer.whoosh.bounded import Bounded
from indexer.whoosh.columns import Columns, Mask
from indexer.whoosh.counting import FacetCounter
from indexer.whoosh.matching import Matched, Matcher
from indexer.whoosh.meaning import Cosines, MeaningTable
from indexer.whoosh.part import Ints
from indexer.whoosh.reading import Floats

_SLACK = 1e-6
"""Evidence is a mean in floating point: so little below the bound still reaches it."""

_ROUNDING = 1e-4
"""Slack of a share of the best score, in parts of that score."""


class Found:
    """Documents that may be hits, with scores, evidence (if asked) and tiers (if asked)."""

    __slots__ = ("docs", "evidence", "scores", "tiers")

    def __init__(self, docs: Ints, scores: Floats, evidence: Floats | None = None) -> None:
        self.docs = docs
        self.scores = scores
        self.evidence = evidence
        self.tiers: Ints | None = None

    def keep(self, mask: Mask) -> None:
        """Leave out what `mask` (one flag for each document here) does not hold."""
        self.docs, self.scores = self.docs[mask], self.scores[mask]
        if self.evidence is not None:
            self.evidence = self.evidence[mask]
        if self.tiers is not None:
            self.tiers = self.tiers[mask]


class Searcher:
    """Runs queries over the parts of a generation; `masks` holds recurring arrays over all documents."""

    def __init__(
        self,
        columns: Columns,
        matcher: Matcher,
        counter: FacetCounter,
        meaning: MeaningTable,
        masks: Bounded[object, Any],
    ) -> None:
        self._columns = columns
        self._matcher = matcher
        self._counter = counter
        self._meaning = meaning
        self._masks = masks

    def search(self, query: EngineQuery) -> EngineResult:
        """Match, rank, count; see `indexer.backend` for the rules."""
        matched = self._matcher.clauses(query.clauses, query.tie)
        cosines = None if query.vector is None else self._meaning.towards(query.vector)
        near = None
        if cosines is not None and query.min_cosine is not None:
            near = cosines.near(query.min_cosine)  # documents that qualify by meaning alone
        found = self._candidates(query, matched, near)
        if query.min_share:
            self._add_to_scores(query, found, cosines)
            _keep_worthy(found, query.min_share)
        if query.tiers:
            self._put_in_tiers(query, found)
        facets = self._filter_and_count(query, found)
        if not query.min_share:
            self._add_to_scores(query, found, cosines)
        order = self._order(query, found)
        return EngineResult(
            len(found.docs),
            self._hits(query, matched, found, order, cosines),
            facets,
            _tier_counts(query.tiers, found),
        )

    # -- candidates -------------------------------------------------------------------------------------

    def _candidates(self, query: EngineQuery, matched: Sequence[Matched], near: Ints | None) -> Found:
        weigh = bool(matched) and query.min_evidence > 0
        if matched:
            found = Found(*self._matcher.combine(matched, weigh))
            for entry in matched:
                if entry.clause.required:
                    found.keep(self._matcher.among(found.docs, entry.docs))
        elif query.vector is not None:
            found = _unscored(np.empty(0, np.int32) if near is None else near)
        else:
            found = _unscored(self._masked("all", lambda: np.arange(self._columns.size, dtype=np.int32)))
        if weigh:
            self._keep_sure(query, found, near)
        if matched and near is not None and not any(entry.clause.required for entry in matched):
            more = near[~self._matcher.among(near, found.docs)]
            found.docs = np.concatenate([found.docs, more])
            found.scores = np.concatenate([found.scores, np.zeros(len(more), dtype=np.float32)])
        shown = self._shown(query)
        if shown is not None:
            found.keep(shown[found.docs])
        return found

    def _keep_sure(self, query: EngineQuery, found: Found, near: Ints | None) -> None:
        if found.evidence is None:
            return
        sure = found.evidence >= np.float32(query.min_evidence - _SLACK)
        if near is not None:
            sure |= self._matcher.among(found.docs, near)
        found.keep(sure)
        found.evidence = None

    def _shown(self, query: EngineQuery) -> Mask | None:
        """Documents that may be shown: live, not over, meeting on the asked days; None = all."""
        today = 0 if query.today is None else query.today.toordinal()
        if not today and query.days is None:
            return None if self._columns.all_live else self._columns.live
        mask: Mask = self._masked(("shown", today, query.days), lambda: self._make_shown(today, query.days))
        return mask if len(mask) else None

    def _make_shown(self, today: int, days: tuple[int, int] | None) -> Mask:
        mask = self._columns.shown_on(today)
        if days is not None:
            mask = mask & self._columns.meeting(*days)
        return mask[:0] if mask.all() else mask

    def _masked(self, key: object, make: Callable[[], Any]) -> Any:
        return self._masks.get(key, make)

    # -- tiers, filters and counts ----------------------------------------------------------------------

    def _carrying(self, facet: str, codes: tuple[str, ...]) -> Mask:
        mask: Mask = self._masked((facet, codes), lambda: self._columns.carrying(facet, codes))
        return mask

    def _put_in_tiers(self, query: EngineQuery, found: Found) -> None:
        distances = self._distances(query)
        tiers = np.full(len(found.docs), len(query.tiers), dtype=np.int32)
        for place in reversed(range(len(query.tiers))):
            tier = query.tiers[place]
            fits = np.ones(len(found.docs), dtype=np.bool_)
            for facet, codes in tier.facets.items():
                fits &= self._carrying(facet, codes)[found.docs]
            if tier.within_km is not None:
                fits &= False if distances is None else distances[found.docs] <= tier.within_km
            tiers[fits] = place
        found.tiers = tiers
        found.keep(tiers < len(query.tiers))

    def _filter_and_count(self, query: EngineQuery, found: Found) -> dict[str, Mapping[str, int]]:
        """Apply the filters; the counts of a facet ignore its own."""
        chosen = {facet: codes for facet, codes in query.filters.items() if codes}
        kept = {facet: self._carrying(facet, codes)[found.docs] for facet, codes in chosen.items()}
        facets: dict[str, Mapping[str, int]] = {}
        for own in (name for name in query.facets if name in chosen):
            others = [mask for facet, mask in kept.items() if facet != own]
            seen = found.docs[np.logical_and.reduce(others)] if others else found.docs
            facets.update(self._counter.count(seen, (own,)))
        if kept:
            found.keep(np.logical_and.reduce(list(kept.values())))
        facets.update(self._counter.count(found.docs, [name for name in query.facets if name not in chosen]))
        return facets

    # -- order ------------------------------------------------------------------------------------------

    def _add_to_scores(self, query: EngineQuery, found: Found, likeness: Cosines | None) -> None:
        scores: NDArray[Any] = found.scores
        if likeness is not None and query.vector_weight:
            scores = scores + np.maximum(likeness.of(found.docs), 0) * np.float32(query.vector_weight)
        if self._columns.has_priors:
            scores = scores + self._columns.priors[found.docs]
        for lift in query.lifts:
            scores = scores + self._carrying(lift.facet, (lift.code,))[found.docs] * np.float32(lift.amount)
        found.scores = scores

    def _distances(self, query: EngineQuery) -> Floats | None:
        if query.near is None:
            return None
        lat, lon = query.near
        found: Floats = self._masked(("near", lat, lon), lambda: self._columns.distances(lat, lon))
        return found

    def _order(self, query: EngineQuery, found: Found) -> NDArray[np.int64]:
        """Places of the page's hits within `found`, in order."""
        docs = found.docs
        if not len(docs) or query.limit <= 0:
            return np.empty(0, dtype=np.int64)
        keys: list[NDArray[Any]] = []
        distances = self._distances(query)
        if found.tiers is not None:
            keys.append(found.tiers)
            if distances is not None and query.sort == "relevance":
                by_distance = np.array([tier.by_distance for tier in query.tiers])[found.tiers]
                if by_distance.any():
                    keys.append(np.where(by_distance, distances[docs], 0))
        chosen = self._sort_key(query, distances)
        if chosen is not None:
            keys.append(chosen[docs])
        keys += [-found.scores, self._columns.id_order[docs]]
        return ranking.first(keys, query.offset + query.limit)[query.offset :]

    def _sort_key(self, query: EngineQuery, distances: Floats | None) -> NDArray[Any] | None:
        if query.sort == "name":
            return self._columns.name_order
        if query.sort == "fresh":
            return self._columns.newest_first
        if query.sort == "next":
            today = query.today.toordinal() if query.today else 0
            days: Ints = self._masked(("next", today), lambda: self._columns.next_days(today))
            return days
        return distances if query.sort == "distance" else None

    # -- hits -------------------------------------------------------------------------------------------

    def _hits(
        self,
        query: EngineQuery,
        matched: Sequence[Matched],
        found: Found,
        order: NDArray[np.int64],
        likeness: Cosines | None,
    ) -> tuple[EngineHit, ...]:
        docs = found.docs[order]
        count = len(docs)
        if not count:
            return ()
        at = [entry.at(docs) for entry in matched]
        weight = sum(entry.clause.weight for entry in matched)
        sure = np.zeros(count)
        for entry, (_, _, quality) in zip(matched, at, strict=True):
            sure += quality * (entry.clause.weight / weight)
        distances = self._distances(query)
        far = [None] * count if distances is None else [_known(km) for km in distances[docs].tolist()]
        tiers = [""] * count
        if found.tiers is not None:
            tiers = [query.tiers[place].name for place in found.tiers[order].tolist()]
        cosines = [0.0] * count if likeness is None else likeness.of(docs).tolist()
        lifts = self._columns.priors[docs].astype(np.float64)
        for lift in query.lifts:
            lifts += self._carrying(lift.facet, (lift.code,))[docs] * lift.amount
        scores = found.scores[order].tolist()
        columns = (docs.tolist(), scores, tiers, far, sure.tolist(), *_transposed(at, count), cosines)
        ids = self._columns.ids.at(columns[0])
        return tuple(starmap(EngineHit, zip(ids, *columns, lifts.tolist(), strict=True)))


def _keep_worthy(found: Found, share: float) -> None:
    """Leave out what scores less than `share` of the best."""
    if len(found.docs):
        best = float(found.scores.max())
        found.keep(found.scores >= np.float32(share * best - _ROUNDING * abs(best)))


def _unscored(docs: Ints) -> Found:
    return Found(docs, np.zeros(len(docs), dtype=np.float32))


def _known(km: float) -> float | None:
    return None if km == float("inf") else km


def _transposed(
    at: Sequence[tuple[Mask, Floats, Floats]], count: int
) -> tuple[list[tuple[float, ...]], list[tuple[int, ...]]]:
    """By hit: the scores of its clauses, and the numbers of those that matched."""
    if not at:
        return [()] * count, [()] * count
    scores = list(zip(*(entry[1].tolist() for entry in at), strict=True))
    numbers = list(map(_where, zip(*(entry[0].tolist() for entry in at), strict=True)))
    return scores, numbers


@lru_cache(1024)
def _where(flags: tuple[bool, ...]) -> tuple[int, ...]:
    """The places of the flags that are set."""
    return tuple(compress(range(len(flags)), flags))


def _tier_counts(tiers: Sequence[Tier], found: Found) -> dict[str, int]:
    if found.tiers is None:
        return {}
    totals = np.bincount(found.tiers, minlength=len(tiers)).tolist()
    return {tier.name: total for tier, total in zip(tiers, totals, strict=True) if total}
