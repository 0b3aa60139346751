"""The in-memory twin of the search backend: every rule of `indexer.backend` in plain Python.

For tests and small trials (VIERELLE_SEARCH=memory). Slow and clear on purpose: where the two backends
differ, this one is read to see which is right.
"""

import datetime as dt
import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain

import numpy as np
from whoosh.util.numeric import byte_to_length, length_to_byte

from indexer.backend import (
    Alternative,
    EngineHit,
    EngineQuery,
    EngineResult,
    FieldSpec,
    IndexDocument,
    PhraseClause,
    Vector,
    WordClause,
)
from schemas.errors import SearchUnavailable

K1 = 1.2
_EARTH_KM = 6371.0088
_SLACK = 1e-6
_ROUNDING = 1e-4


class MemoryBackend:
    """Answers over a list of documents."""

    def __init__(self, documents: Iterable[IndexDocument], fields: Sequence[FieldSpec], name: str) -> None:
        self._documents = list(documents)
        self._specs = {spec.name: spec for spec in fields}
        self._name = name

    @property
    def generation(self) -> str:
        """Name of the generation."""
        return self._name

    @property
    def size(self) -> int:
        """Number of documents."""
        return len(self._documents)

    # -- scores -----------------------------------------------------------------------------------------

    def _terms(self, doc: int, field: str) -> Sequence[str]:
        return self._documents[doc].fields.get(field, ())

    def _term_scores(self, field: str, text: str) -> dict[int, float]:
        """BM25F of one term by document."""
        spec = self._specs.get(field)
        if spec is None or not self._documents:
            return {}
        counts = {doc: self._count(doc, field, text) for doc in range(self.size)}
        matched = {doc: count for doc, count in counts.items() if count}
        lengths = [sum(map(bool, self._terms(doc, field))) for doc in range(self.size)]
        average = sum(lengths) / max(1, self.size) or 1.0
        idf = math.log(self.size / (len(matched) + 1)) + 1
        return {
            doc: idf * tf * (K1 + 1) / (tf + K1 * (1 - spec.b + spec.b * _rounded(lengths[doc]) / average))
            for doc, tf in matched.items()
        }

    def _count(self, doc: int, field: str, text: str) -> int:
        return list(self._terms(doc, field)).count(text) if text else 0

    def _scores(self, alternative: Alternative) -> dict[int, float]:
        """Scores of an alternative without its boost."""
        if isinstance(alternative, PhraseClause):
            return self._phrase_scores(alternative)
        if alternative.match == "prefix":
            best: dict[int, float] = {}
            for text in self.vocabulary(alternative.field):
                if text.startswith(alternative.text):
                    for doc, score in self._term_scores(alternative.field, text).items():
                        best[doc] = max(score, best.get(doc, 0.0))
            return best
        return self._term_scores(alternative.field, alternative.text)

    def _phrase_scores(self, clause: PhraseClause) -> dict[int, float]:
        spec = self._specs.get(clause.field)
        if spec is None or not spec.positions or not clause.texts:
            return {}
        single = [self._term_scores(clause.field, text) for text in clause.texts]
        return {
            doc: sum(scores[doc] for scores in single)
            for doc in range(self.size)
            if self._follows(list(self._terms(doc, clause.field)), clause)
        }

    @staticmethod
    def _follows(terms: Sequence[str], clause: PhraseClause) -> bool:
        ends = {place for place, term in enumerate(terms) if term == clause.texts[0]}
        for text in clause.texts[1:]:
            ends = {
                place
                for place, term in enumerate(terms)
                if term == text and any(place - step - 1 in ends for step in range(clause.slop + 1))
            }
        return bool(ends)

    def _clause(self, clause: WordClause, tie: float) -> dict[int, tuple[float, float]]:
        """(score, quality) by document: best + tie × (sum − best), and the best quality that matched."""
        scored: dict[int, list[tuple[float, float]]] = {}
        for alternative in clause.alternatives:
            for doc, score in self._scores(alternative).items():
                scored.setdefault(doc, []).append((score * alternative.boost, alternative.quality))
        found = {}
        for doc, entries in scored.items():
            scores = [score for score, _ in entries]
            best = max(scores)
            found[doc] = best + tie * (sum(scores) - best), max(quality for _, quality in entries)
        return found

    # -- search -----------------------------------------------------------------------------------------

    def search(self, query: EngineQuery) -> EngineResult:
        """Match, rank, count; see `indexer.backend` for the rules."""
        clauses = [self._clause(clause, query.tie) for clause in query.clauses]
        hits = [
            hit
            for doc in range(self.size)
            if self._may_show(query, doc) and (hit := self._hit(query, clauses, doc)) is not None
        ]
        if query.min_share and hits:
            best = max(hit.score for hit in hits)
            floor = query.min_share * best - _ROUNDING * abs(best)
            hits = [hit for hit in hits if hit.score >= floor]
        hits = [hit for hit in hits if hit.tier or not query.tiers]
        facets = {name: self._counted(query, hits, name) for name in query.facets}
        kept = [hit for hit in hits if all(self._carries(hit.doc, *entry) for entry in query.filters.items())]
        ordered = sorted(kept, key=lambda hit: self._key(query, hit))
        page = ordered[query.offset : query.offset + query.limit]
        return EngineResult(len(kept), tuple(page), facets, Counter(hit.tier for hit in kept if hit.tier))

    def _may_show(self, query: EngineQuery, doc: int) -> bool:
        document = self._documents[doc]
        if query.today and document.last_day and document.last_day < query.today:
            return False
        if query.days is None:
            return True
        return any(query.days[0] <= day <= query.days[1] for day in document.days)

    def _hit(
        self, query: EngineQuery, clauses: Sequence[Mapping[int, tuple[float, float]]], doc: int
    ) -> EngineHit | None:
        matched = tuple(place for place, found in enumerate(clauses) if doc in found)
        if any(clause.required and place not in matched for place, clause in enumerate(query.clauses)):
            return None
        cosine = self._cosine(query.vector, doc)
        by_meaning = query.vector is not None and query.min_cosine is not None and cosine >= query.min_cosine
        weight = sum(clause.weight for clause in query.clauses)
        evidence = sum(
            clause.weight * clauses[place].get(doc, (0.0, 0.0))[1]
            for place, clause in enumerate(query.clauses)
        )
        evidence = evidence / weight if weight else 0.0
        if clauses and not matched and not by_meaning:
            return None
        if clauses and evidence < query.min_evidence - _SLACK and not by_meaning:
            return None
        if not clauses and query.vector is not None and not by_meaning:
            return None
        tier = self._tier(query, doc)
        parts = tuple(found.get(doc, (0.0, 0.0))[0] for found in clauses)
        lift = sum(entry.amount for entry in query.lifts if self._carries(doc, entry.facet, (entry.code,)))
        lift += self._documents[doc].prior
        score = sum(parts) + query.vector_weight * max(0.0, cosine) + lift
        distance = self._distance(query, doc)
        return EngineHit(
            self._documents[doc].id, doc, score, tier, distance, evidence, parts, matched, cosine, lift
        )

    def _cosine(self, vector: Vector | None, doc: int) -> float:
        own = self._documents[doc].vector
        return 0.0 if vector is None or own is None else float(np.dot(vector, own))

    def _carries(self, doc: int, facet: str, codes: Sequence[str]) -> bool:
        return not codes or bool(set(codes) & set(self._documents[doc].facets.get(facet, ())))

    def _distance(self, query: EngineQuery, doc: int) -> float | None:
        points = self._documents[doc].points
        if query.near is None or not points:
            return None
        return min(_kilometres(query.near, point) for point in points)

    def _tier(self, query: EngineQuery, doc: int) -> str:
        distance = self._distance(query, doc)
        for tier in query.tiers:
            near = tier.within_km is None or (distance is not None and distance <= tier.within_km)
            if near and all(self._carries(doc, facet, codes) for facet, codes in tier.facets.items()):
                return tier.name
        return ""

    def _counted(self, query: EngineQuery, hits: Sequence[EngineHit], name: str) -> Mapping[str, int]:
        others = {facet: codes for facet, codes in query.filters.items() if facet != name}
        counts: Counter[str] = Counter()
        for hit in hits:
            if all(self._carries(hit.doc, facet, codes) for facet, codes in others.items()):
                counts.update(set(self._documents[hit.doc].facets.get(name, ())))
        return dict(counts)

    def _key(self, query: EngineQuery, hit: EngineHit) -> tuple[object, ...]:
        document = self._documents[hit.doc]
        far = math.inf if hit.distance is None else hit.distance
        place = [tier.name for tier in query.tiers].index(hit.tier) if query.tiers else 0
        by_distance = bool(query.tiers) and query.tiers[place].by_distance and query.sort == "relevance"
        today = query.today.toordinal() if query.today else 0
        chosen = {
            "name": document.sort_name,
            "next": min((day for day in document.days if day >= today), default=dt.date.max.toordinal()),
            "fresh": -document.changed,
            "distance": far,
        }.get(query.sort, 0)
        return place, far if by_distance else 0.0, chosen, -hit.score, hit.id

    # -- the rest ---------------------------------------------------------------------------------------

    def stored(self, docs: Sequence[int]) -> tuple[bytes, ...]:
        """The stored JSON of documents by number."""
        return tuple(self._documents[doc].stored for doc in docs)

    def find(self, identifier: str) -> int | None:
        """Number of the document with this id or, where none has, this alias."""
        ids = [entry.id for entry in self._documents]
        if identifier in ids:
            return ids.index(identifier)
        return next((n for n, entry in enumerate(self._documents) if identifier in entry.aliases), None)

    def vocabulary(self, field: str) -> Mapping[str, int]:
        """Terms of a field with their document frequencies."""
        counts: Counter[str] = Counter()
        for doc in range(self.size):
            counts.update({term for term in self._terms(doc, field) if term})
        return counts

    def codes(self, facet: str) -> Mapping[str, int]:
        """Codes of a facet with the number of documents that carry them."""
        counts: Counter[str] = Counter()
        for document in self._documents:
            counts.update(set(document.facets.get(facet, ())))
        return counts

    def derived(self, name: str) -> None:
        """Nothing is made ahead of its use."""

    def near(self, vector: Vector, limit: int) -> tuple[tuple[int, float], ...]:
        """Documents nearest in meaning, best first."""
        cosines = [(doc, self._cosine(vector, doc)) for doc in range(self.size)]
        ordered = sorted(cosines, key=lambda entry: (-entry[1], entry[0]))
        return tuple(entry for entry in ordered[:limit] if entry[1] > 0)

    def read_ahead(self) -> None:
        """Nothing to do: all is in memory."""

    def explain(self, query: EngineQuery, doc: int) -> tuple[tuple[Alternative, float], ...]:
        """Every alternative that matched in `doc`, with its boosted score."""
        alternatives = (entry for clause in query.clauses for entry in clause.alternatives)
        scored = ((entry, self._scores(entry).get(doc)) for entry in alternatives)
        return tuple((entry, score * entry.boost) for entry, score in scored if score is not None)


class MemoryStore:
    """Generations of the in-memory index; they live as long as the process."""

    def __init__(self, fields: Sequence[FieldSpec]) -> None:
        self._fields = tuple(fields)
        self._held: dict[str, IndexDocument] = {}
        self._versions: dict[str, str] = {}
        self._current: MemoryBackend | None = None
        self._count = 0

    def build(self, documents: Iterable[IndexDocument], versions: Mapping[str, str]) -> str:
        """Hold `documents` as the new generation."""
        return self._switch({document.id: document for document in documents}, versions)

    @property
    def packer(self) -> Callable[[Sequence[IndexDocument]], Sequence[IndexDocument]]:
        """Leaves documents as they are."""
        return tuple

    def build_packed(self, batches: Iterable[Sequence[IndexDocument]], versions: Mapping[str, str]) -> str:
        """Hold the documents of all batches as the new generation."""
        return self.build(chain.from_iterable(batches), versions)

    def update(
        self, documents: Iterable[IndexDocument], removed: Iterable[str], versions: Mapping[str, str]
    ) -> str:
        """Put `documents` in place by id and leave out `removed`."""
        if self._current is None:
            raise SearchUnavailable("there is no index yet")
        gone = set(removed)
        fresh = {document.id: document for document in documents}
        kept = {name: entry for name, entry in self._held.items() if name not in gone}
        return self._switch({**kept, **fresh}, versions)

    def _switch(self, held: dict[str, IndexDocument], versions: Mapping[str, str]) -> str:
        self._count += 1
        name = f"memory-{self._count}"
        self._held, self._versions = held, dict(versions)
        self._current = MemoryBackend(held.values(), self._fields, name)
        return name

    def versions(self) -> Mapping[str, str]:
        """The versions given at the last build."""
        return self._versions

    def current(self) -> MemoryBackend:
        """The generation that answers. Raises SearchUnavailable when nothing was built."""
        if self._current is None:
            raise SearchUnavailable("there is no index yet: run `vierelle index`")
        return self._current


def _rounded(length: int) -> float:
    """A field length as Whoosh keeps it, in one byte."""
    return float(byte_to_length(length_to_byte(length)))


def _kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    lat_a, lon_a, lat_b, lon_b = map(math.radians, (*one, *other))
    half = math.sin((lat_b - lat_a) / 2) ** 2
    half += math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(math.sqrt(min(1.0, half)))
