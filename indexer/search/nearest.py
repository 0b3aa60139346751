"""What comes nearest when nothing fits: loosened step by step, each step said in words."""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from indexer.backend import EngineQuery, EngineResult, Lift, SearchBackend, TermClause, WordClause
from indexer.generic import trades
from indexer.search.asking import municipalities
from indexer.search.labels import Labels
from indexer.search.sentences import sentence
from indexer.understanding.reading import Reading
from schemas.search import Loosened, SearchRequest

CONFIDENT = 0.51
"""Evidence that the best of the first hits must reach: calibrated on judged queries without an answer."""
CONFIDENT_COSINE = 0.72
"""Or its cosine: nearly the same words in another form."""
STRANGE = 0.6
STRANGE_COSINE = 0.8
"""The same where a telling word is not of this world: its parts ("aikataulu") prove less."""
UNDERSTOOD = 0.3
"""Evidence that is enough where the query itself is understood as a need."""
CONFIDED = 0.22
"""Evidence that is enough where somebody tells of their own life and a need is more than hinted at."""
_HALF_SAID = 0.5
_SAID = 0.7
_GLIMPSED = 0.55
_COVERED = 0.45
_SHOWN = 6
_NEEDED = 0.4
_MEANT = 0.6
_AKIN = 1.0
_CLOSE = 0.5
_WAY = 4.0
_MATTER = ("need", "area")
"""Filters that say what is asked; the others say how, when and for how much."""
_NAMED = 4


class Nearest(msgspec.Struct, frozen=True):
    """The next-best hits with the query that found them, and what was given up for them."""

    query: EngineQuery
    result: EngineResult
    loosened: tuple[Loosened, ...]


def confident(
    query: EngineQuery,
    result: EngineResult,
    reading: Reading,
    *,
    strange: bool = False,
    confides: bool = False,
) -> bool:
    """Whether the best of the first hits truly speaks of what was asked; without words everything does.

    `strange`: a telling word is not of this world (`QueryReader.strange`): then hints explain nothing.
    `confides`: somebody tells of their own life (`QueryReader.confides`): who needs help and says it in words
    of their own is rather shown something near than told that there is nothing.
    """
    if not query.clauses or query.offset:
        return True
    best = max((hit.evidence for hit in result.hits[:10]), default=0.0)
    unknown = STRANGE if strange else CONFIDENT
    usual = UNDERSTOOD if _understood(reading, strange) else unknown
    enough = _confided(reading) if confides else usual
    alike = STRANGE_COSINE if strange else CONFIDENT_COSINE
    return best >= enough or any(hit.cosine >= alike for hit in result.hits[:10])


def _confided(reading: Reading) -> float:
    """Evidence that is enough where somebody tells of their own life."""
    read = [vote for vote in reading.votes if vote.source != "related"]
    if any(vote.strength >= _HALF_SAID and vote.source != "hint" for vote in read):
        return CONFIDED
    return UNDERSTOOD if any(vote.strength >= _NEEDED for vote in read) else CONFIDENT


def _understood(reading: Reading, strange: bool) -> bool:
    """Whether needs of the taxonomy account for what was said."""
    if trades(reading.words):
        return False
    if any(vote.strength >= (_GLIMPSED if vote.source == "gist" else _SAID) for vote in reading.votes):
        return True
    if strange:
        return False
    covered = {index for vote in reading.votes if vote.strength >= _NEEDED for index in vote.words}
    total = sum(reading.shares)
    return bool(total) and sum(reading.shares[index] for index in covered) / total >= _COVERED


def surest(backend: SearchBackend, query: EngineQuery, share: float) -> EngineQuery:
    """The query with the threshold that a place calls for.

    Within a place nearness goes before relevance, so what is near must also be about as sure as the surest
    hit anywhere (`share` of its evidence); likeness of meaning alone is not enough.
    """
    if not query.tiers or not query.clauses:
        return query
    anywhere = msgspec.structs.replace(query, tiers=(), facets=(), offset=0, limit=10, sort="relevance")
    best = max((hit.evidence for hit in backend.search(anywhere).hits), default=0.0)
    threshold = max(query.min_evidence, share * best)
    return msgspec.structs.replace(query, min_evidence=threshold, min_cosine=None)


def without_ways(query: EngineQuery, request: SearchRequest) -> EngineQuery | None:
    """The query without the way of meeting read from its words, which then only lifts; None = none read."""
    if request.channel or "channel" not in query.filters:
        return None
    filters = {name: codes for name, codes in query.filters.items() if name != "channel"}
    lifts = tuple(Lift("channel", code, _WAY) for code in query.filters["channel"])
    return msgspec.structs.replace(query, filters=filters, lifts=(*query.lifts, *lifts))


def nearest(
    backend: SearchBackend, query: EngineQuery, reading: Reading, request: SearchRequest, labels: Labels
) -> Nearest | None:
    """The first loosening that finds something; None where even that would be arbitrary."""
    for step, loosened in _steps(query, reading, request, labels):
        result = backend.search(step)
        if result.total and (loosened.code != "filters" or confident(step, result, reading)):
            return Nearest(step, result, (loosened,))
    return None


def _steps(
    query: EngineQuery, reading: Reading, request: SearchRequest, labels: Labels
) -> Iterator[tuple[EngineQuery, Loosened]]:
    shown = msgspec.structs.replace(query, offset=0, limit=_SHOWN, facets=(), sort="relevance")
    matter = {name: codes for name, codes in query.filters.items() if name in _MATTER}
    narrow = {name: codes for name, codes in query.filters.items() if name not in _MATTER}
    if narrow or query.days:
        shown = msgspec.structs.replace(shown, filters=matter, days=None)
        names = _named(narrow, request, labels) or labels.code("when", request.when[0], request.ui)
        yield shown, Loosened("filters", sentence("filters", request.ui, names=names))
    if matter and not query.clauses:  # what is left without the matter would be arbitrary
        if areas := labels.areas(matter.get("need", ())):
            around = msgspec.structs.replace(shown, filters={"area": areas})
            names = _named({"area": areas}, request, labels)
            yield around, Loosened("area", sentence("area", request.ui, names=names))
        return
    if matter:
        shown = msgspec.structs.replace(shown, filters={})
        names = _named(matter, request, labels)
        yield shown, Loosened("filters", sentence("filters", request.ui, names=names))
    codes = tuple((vote.code, vote.strength) for vote in reading.votes if vote.strength >= _MEANT)[:3]
    if codes:
        names = ", ".join(labels.code("need", code, request.ui) for code, _ in codes)
        akin = [(v.code, _AKIN * v.strength) for v in reading.votes if v.source == "related"]
        clause = WordClause(tuple(TermClause("need", code, strength) for code, strength in (*codes, *akin)))
        about = msgspec.structs.replace(shown, clauses=(clause,), min_evidence=0.0, min_cosine=None)
        yield about, Loosened("need", sentence("need", request.ui, names=names))
    if query.vector is not None:
        alike = msgspec.structs.replace(shown, clauses=(), min_cosine=_CLOSE, min_evidence=0.0)
        yield alike, Loosened("meaning", sentence("meaning", request.ui))


def _named(filters: Mapping[str, Sequence[str]], request: SearchRequest, labels: Labels) -> str:
    """The first choices of filters in words."""
    names = [labels.code(name, code, request.ui) for name, codes in filters.items() for code in codes]
    return ", ".join(names[:_NAMED]) + (" …" if len(names) > _NAMED else "")


def displaced(
    query: EngineQuery, result: EngineResult, reading: Reading, request: SearchRequest, labels: Labels
) -> tuple[Loosened, ...]:
    """What to say when nothing serves the person's own place but other groups of hits answer."""
    if not query.tiers or not result.total or result.tiers.get("serves"):
        return ()
    first = next((tier.name for tier in query.tiers if result.tiers.get(tier.name)), "")
    codes = request.municipality or municipalities(reading.places)
    read = [mention for mention in reading.places if mention.name and mention.codes]
    names = [labels.place_name(mention, request.ui) for mention in read]
    place = ", ".join(names[:2]) or ", ".join(
        labels.code("municipality", code, request.ui) for code in codes[:3]
    )
    return (Loosened(first, sentence(first, request.ui, place=place)),) if first else ()
