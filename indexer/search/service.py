"""The search service: `SearchRequest` → `SearchResult` over the current generation of the index."""

import datetime as dt
from collections.abc import Callable

import msgspec

from indexer.backend import EngineHit, EngineQuery, EngineResult, IndexStore, SearchBackend
from indexer.documents import Stored
from indexer.search.asking import QueryMaker
from indexer.search.labels import Labels
from indexer.search.nearest import confident, displaced, nearest, surest, without_ways
from indexer.search.sentences import sentence
from indexer.search.upcoming import Upcoming
from indexer.search.why import Explainer, PageReasons
from indexer.understanding.reading import QueryReader, Reading
from indexer.understanding.spelling import Change
from indexer.understanding.vocabulary import VocabularyKeeper
from schemas.activity import Activity
from schemas.errors import BadQuery, NotFound
from schemas.occurrences import next_occurrence
from schemas.search import Correction, Hit, Interpretation, Loosened, SearchRequest, SearchResult, Understood

_STORED = msgspec.json.Decoder(Stored)

SORTS = ("relevance", "next", "distance", "name", "fresh")


class SearchService:
    """Answers requests; shared between threads. `now` gives the local moment."""

    def __init__(
        self,
        store: IndexStore,
        reader: QueryReader,
        labels: Labels,
        explainer: Explainer,
        asking: QueryMaker,
        words: VocabularyKeeper,
        now: Callable[[], dt.datetime],
    ) -> None:
        self._store = store
        self._reader = reader
        self._labels = labels
        self._explainer = explainer
        self._asking = asking
        self._words = words
        self._now = now
        self._upcoming = Upcoming()

    def search(self, request: SearchRequest, *, choices: int | None = None) -> SearchResult:
        """Search. `choices` bounds how many of each facet are told, the chosen ones always; None = all.

        Raises BadQuery for malformed requests and SearchUnavailable when there is no index.
        """
        _check(request)
        backend = self._store.current()
        now = self._now()
        vocabulary = self._words.current(backend)
        reading = self._reader.read(
            request.q, plain=request.plain, vocabulary=None if request.exact else vocabulary
        )
        query = self._asking.query(request, reading, now.date(), vocabulary)
        query = surest(backend, query, self._asking.placed_share)
        result = backend.search(query)
        loosened = displaced(query, result, reading, request, self._labels)
        anyhow = None if result.total else without_ways(query, request)
        if anyhow is not None:
            query, result = anyhow, backend.search(anyhow)
            loosened = (Loosened("channel", sentence("channel", request.ui)),)
        strange = self._reader.strange(reading, vocabulary)
        if not result.total or not (
            confident(query, result, reading, strange=strange)
            or (self._reader.confides(reading) and confident(query, result, reading, confides=True))
        ):
            return self._nothing(backend, query, reading, request, now)
        return SearchResult(
            request=request,
            interpretation=self._interpretation(reading, request.ui),
            total=result.total,
            hits=self._hits(backend, query, result, reading, request.ui, now),
            facets=self._labels.facets(result.facets, request, choices),
            groups=dict(result.tiers),
            loosened=loosened,
            generation=backend.generation,
        )

    def warm(self) -> None:
        """Make what questions may need later: words by likeness, kindred words, frequent terms.

        Raises SearchUnavailable.
        """
        backend = self._store.current()
        self._words.current(backend).warm()
        self._asking.warm()
        self._reader.warm()
        backend.read_ahead()

    def _nothing(
        self,
        backend: SearchBackend,
        query: EngineQuery,
        reading: Reading,
        request: SearchRequest,
        now: dt.datetime,
    ) -> SearchResult:
        """Honest emptiness: no hits, and the reasoned nearest where there is any."""
        found = nearest(backend, query, reading, request, self._labels)
        none = Loosened("none", sentence("none", request.ui))
        return SearchResult(
            request=request,
            interpretation=self._interpretation(reading, request.ui),
            total=0,
            hits=(),
            facets=self._labels.facets({}, request),
            nearest=(
                self._hits(backend, found.query, found.result, reading, request.ui, now) if found else ()
            ),
            loosened=found.loosened if found else (none,),
            generation=backend.generation,
        )

    def activity(self, identifier: str) -> Hit:
        """One activity by id, as a hit with its next meeting. Raises NotFound and SearchUnavailable."""
        backend = self._store.current()
        doc = backend.find(identifier)
        if doc is None:
            raise NotFound(f"there is no activity {identifier}")
        stored = _STORED.decode(backend.stored([doc])[0])
        return Hit(
            identifier,
            stored.activity,
            0.0,
            next=next_occurrence(stored.activity.schedules(), self._now()),
            needs=tuple(need.need for need in stored.needs),
        )

    # -- from result to answer ---------------------------------------------------------------------------

    def _hits(
        self,
        backend: SearchBackend,
        query: EngineQuery,
        result: EngineResult,
        reading: Reading,
        language: str,
        now: dt.datetime,
    ) -> tuple[Hit, ...]:
        stored = backend.stored([hit.doc for hit in result.hits])
        reasons = self._explainer.page(reading, language)
        return tuple(
            self._hit(backend, query, hit, _STORED.decode(data), reasons, language, now)
            for hit, data in zip(result.hits, stored, strict=True)
        )

    def _hit(
        self,
        backend: SearchBackend,
        query: EngineQuery,
        hit: EngineHit,
        stored: Stored,
        page: PageReasons,
        language: str,
        now: dt.datetime,
    ) -> Hit:
        activity: Activity = stored.activity
        meeting = self._upcoming.next(activity.schedules(), now)
        reasons = page.of(backend.explain(query, hit.doc), hit, activity)
        return Hit(
            id=activity.id,
            activity=activity,
            score=hit.score,
            group=hit.tier or "other",
            distance=hit.distance,
            next=meeting,
            why=self._explainer.sentence(reasons, hit, meeting, query, language),
            reasons=reasons,
            needs=tuple(need.need for need in stored.needs),
        )

    def _interpretation(self, reading: Reading, language: str) -> Interpretation:
        understood = [self._labels.place(place, reading.text, language) for place in reading.places]
        seen: set[tuple[str, str]] = set()
        for mention in reading.mentions:
            if mention.entry.strength != "hint" and mention.key not in seen and mention.quality >= 0.7:
                seen.add(mention.key)
                words = " ".join(reading.words[i].surface for i in mention.words)
                label = self._labels.code(mention.entry.type, mention.entry.code, language)
                understood.append(Understood(mention.entry.type, mention.entry.code, label, words))
        terms = tuple(lemma for word in reading.words for lemma in word.lemmas)
        corrections = tuple(
            Correction(change.original, change.corrected, self._with(reading, change), change.applied)
            for change in reading.changes
        )
        return Interpretation(
            reading.said, reading.language, tuple(understood), corrections, terms, reading.crisis
        )

    @staticmethod
    def _with(reading: Reading, change: Change) -> str:
        return reading.said[: change.start] + change.corrected + reading.said[change.end :]


def _check(request: SearchRequest) -> None:
    if request.sort not in SORTS:
        raise BadQuery(f"sort must be one of {', '.join(SORTS)}")
    if not 1 <= request.page <= 1000:
        raise BadQuery("page must be from 1 to 1000")
    if not 1 <= request.size <= 100:
        raise BadQuery("size must be from 1 to 100")
