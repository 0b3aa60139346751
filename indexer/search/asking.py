"""From a request and a reading to the engine's query: clauses, filters, tiers, lifts."""

import datetime as dt
import math
from collections.abc import Callable, Mapping, Sequence

from indexer.backend import EngineQuery, Lift, Tier, Vector, WordClause
from indexer.documents import topic_words
from indexer.places import PlaceMention
from indexer.understanding.clauses import ClauseMaker
from indexer.understanding.kindred import Kindred
from indexer.understanding.reading import Reading
from indexer.understanding.vocabulary import Vocabulary
from schemas.gazetteer import Gazetteer
from schemas.search import FACETS, SearchRequest

NEAR_KM = 45.0
FAR_KM = 150.0
HYBRID = "hybrid"
_LOOKALIKES = 6
_CLEAR = 0.7
_JUDGED = 2000
"""Documents of the collection on which the weight of meaning was chosen."""


class QueryMaker:
    """Makes engine queries; immutable."""

    def __init__(
        self,
        maker: ClauseMaker,
        gazetteer: Gazetteer,
        vector: Callable[[Sequence[str]], Vector | None],
        kindred: Kindred,
    ) -> None:
        self._maker = maker
        self._gazetteer = gazetteer
        self._vector = vector
        self._kindred = kindred

    @property
    def placed_share(self) -> float:
        """See `indexer.search.nearest.surest`."""
        return self._maker.weights.placed_share

    def warm(self) -> None:
        """Read what only some questions need."""
        self._kindred.warm()

    def query(
        self, request: SearchRequest, reading: Reading, today: dt.date, vocabulary: Vocabulary
    ) -> EngineQuery:
        """The finished query of a request."""
        weights = self._maker.weights
        filters = {
            name: values for name, values in request.chosen().items() if name not in ("municipality", "when")
        }
        places = request.municipality or municipalities(reading.places)
        channels = ways(reading.places)
        if channels and "channel" not in filters:
            filters["channel"] = (*channels, *((HYBRID,) if "online" in channels else ()))
        days, weekdays = _when(request.when, today)
        if weekdays:
            filters["when"] = weekdays
        vector = self._vector(topic_words(reading.words)) if reading.words and weights.use_vectors else None
        return EngineQuery(
            clauses=self._clauses(reading, vocabulary),
            filters=filters,
            tiers=self._tiers(places, channels),
            lifts=self._lifts(reading),
            vector=vector,
            vector_weight=0.0 if vector is None else weights.vector * _rarity(vocabulary.size),
            min_cosine=weights.min_cosine if vector is not None else None,
            min_evidence=weights.min_evidence if reading.words else 0.0,
            # Within a place evidence decides what is near enough to the matter, see `surest`.
            min_share=weights.min_share if reading.words and not places else 0.0,
            tie=weights.tie,
            near=request.point or self.centre(places),
            days=days,
            today=today,
            facets=FACETS,
            sort=request.sort,
            offset=(request.page - 1) * request.size,
            limit=request.size,
        )

    def centre(self, places: Sequence[str]) -> tuple[float, float] | None:
        """The middle of the one municipality chosen."""
        known = [code for code in places if code in self._gazetteer]
        if len(known) != 1:
            return None
        place = self._gazetteer.municipality(known[0])
        return place.lat, place.lon

    def _clauses(self, reading: Reading, vocabulary: Vocabulary) -> tuple[WordClause, ...]:
        weights = self._maker.weights
        alike = self._alike(reading, vocabulary)
        said = self._maker.clauses(reading.words, reading.shares, reading.votes, alike)
        strong = weights.use_needs and any(vote.strength >= _CLEAR for vote in reading.votes)
        if strong or not weights.use_kindred or not said or reading.language != "fi":
            return said
        more = self._kindred.clause(reading.words, vocabulary, weights.kindred)
        return said if more is None else (*said, more)

    def _alike(self, reading: Reading, vocabulary: Vocabulary) -> list[list[tuple[str, float]]]:
        """Base forms of the index that look like words that nothing knows."""
        if not self._maker.weights.use_grams or reading.language != "fi":
            return []
        found = []
        for word in reading.words:
            terms = (*word.lemmas, *word.parts)
            strange = not word.known and not any(term in vocabulary.indexed for term in terms)
            found.append(vocabulary.alike(word.surface.lower(), _LOOKALIKES) if strange else [])
        return found

    def _lifts(self, reading: Reading) -> tuple[Lift, ...]:
        weights = self._maker.weights
        amounts = {"kind": weights.kind_lift, "group": weights.group_lift}
        found: dict[tuple[str, str], float] = {}
        for mention in reading.mentions:
            amount = amounts.get(mention.entry.type)
            if amount and mention.quality >= _CLEAR:
                found[mention.key] = amount
        if reading.language != "fi":
            found["written", reading.language] = weights.written_lift
        return tuple(Lift(facet, code, amount) for (facet, code), amount in found.items())

    @staticmethod
    def _tiers(places: tuple[str, ...], channels: tuple[str, ...]) -> tuple[Tier, ...]:
        if not places:
            return ()
        near = Tier("near", within_km=NEAR_KM, by_distance=True)
        return (
            Tier("serves", {"municipality": places}),
            *(() if channels else (near,)),
            Tier("online", {"channel": ("online", "phone"), "scope": ("national", "unknown")}),
            Tier("national", {"scope": ("national",)}),
            *(() if channels else (Tier("farther", within_km=FAR_KM, by_distance=True),)),
            Tier("unknown", {"scope": ("unknown",)}),
        )


def _rarity(size: int) -> float:
    """What a rare word weighs among `size` documents, as a share of what it weighs in the judged collection.

    BM25F's idf grows with the index and a cosine does not: without it meaning would drown words in a small
    index and vanish in a large one.
    """
    return max(0.3, (math.log(max(size, 2) / 2) + 1) / (math.log(_JUDGED / 2) + 1))


def municipalities(places: Sequence[PlaceMention]) -> tuple[str, ...]:
    """Codes of the municipalities that the places of a query mean."""
    kinds = ("municipality", "former", "settlement", "region", "county", "postcode")
    return tuple(dict.fromkeys(code for place in places if place.kind in kinds for code in place.codes))


def ways(places: Sequence[PlaceMention]) -> tuple[str, ...]:
    """Ways of meeting that a query asks for."""
    return tuple(dict.fromkeys(place.kind for place in places if place.kind in ("online", "phone")))


def _when(chosen: Sequence[str], today: dt.date) -> tuple[tuple[int, int] | None, tuple[str, ...]]:
    """(first, last) day ordinals for today, week and month; other choices stay codes of the facet."""
    spans: Mapping[str, int] = {"today": 0, "week": 6, "month": 30}
    lengths = [spans[choice] for choice in chosen if choice in spans]
    start = today.toordinal()
    days = (start, start + max(lengths)) if lengths else None
    return days, tuple(choice for choice in chosen if choice not in spans)
