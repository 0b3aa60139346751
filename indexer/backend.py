"""The seam between understanding a query and matching it: what a search engine is given and gives back.

Everything language-aware happens before this seam: an `IndexDocument` and an `EngineQuery` carry finished
terms. Implementations: `indexer.whoosh` (the product) and `indexer.memory` (a small twin in plain Python
that pins the meaning of every rule here; one contract test runs against both).

Scoring. The score of a term in a document is Whoosh's BM25F for its field, times the term's boost. A
`WordClause` stands for one thing the person said; its alternatives compete: the clause scores
``best + tie × (sum − best)``. With ``tie = 1`` the whole query is Whoosh's plain OR. The document's score is
the sum over clauses, plus `vector_weight` × cosine (where positive), plus the lifts of its facet codes.

Evidence. Each alternative has a `quality` in 0–1 (how surely it means what was said). A document's evidence
is the mean over clauses, weighted by `WordClause.weight`, of the best quality that matched. Documents below
`min_evidence` (by more than rounding, 1e-6) are not hits: parts of compounds alone must not pass for answers.
A document may also qualify by meaning alone when its cosine reaches `min_cosine` (above 0; None = never),
unless it lacks a required clause. Cosines may be rounded (int8 vectors: about 0.01), and in a very large
index some documents that would qualify by meaning alone may be missed.

Share. With `min_share` above 0 a document whose score is below this share of the best score among all
documents that qualify (before tiers and filters) is no hit: a long tail of faint matches counts nowhere.

Order. Equal scores are settled by id. Filters and counts see only hits: documents that fit no tier, are over
or do not meet on the asked days count nowhere.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import msgspec
import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float32]


class IndexDocument(msgspec.Struct, frozen=True):
    """One activity ready for the index.

    id           the activity's id
    fields       analysed terms by field name (see `indexer.documents.FIELDS`), in text order
    facets       codes by facet name; several per facet allowed
    stored       the activity as JSON bytes, given back for the hits of a page
    sort_name    title folded for sorting by name
    points       (lat, lon) of its places
    days         days of its meetings within the horizon of the index (ordinals of datetime.date)
    last_day     last day on which it may be shown; None = open-ended
    changed      POSIX seconds of the last change of content, 0 = unknown
    prior        small constant from freshness and completeness, added to the score
    vector       unit meaning vector, None = no known word
    aliases      earlier ids under which it is still found
    """

    id: str
    fields: Mapping[str, Sequence[str]]
    facets: Mapping[str, Sequence[str]]
    stored: bytes
    sort_name: str = ""
    points: Sequence[tuple[float, float]] = ()
    days: Sequence[int] = ()
    last_day: dt.date | None = None
    changed: int = 0
    prior: float = 0.0
    vector: Vector | None = None
    aliases: Sequence[str] = ()


class FieldSpec(msgspec.Struct, frozen=True):
    """One indexed field: name, BM25F's length normalisation `b`, and whether phrases can be asked of it."""

    name: str
    b: float = 0.75
    positions: bool = False


class TermClause(msgspec.Struct, frozen=True):
    """A term of one field. `match`: exact | prefix (best term that starts so)."""

    field: str
    text: str
    boost: float = 1.0
    quality: float = 1.0
    match: str = "exact"


class PhraseClause(msgspec.Struct, frozen=True):
    """Terms of one field in order, at most `slop` other positions between neighbours."""

    field: str
    texts: tuple[str, ...]
    slop: int = 0
    boost: float = 1.0
    quality: float = 1.0


Alternative = TermClause | PhraseClause


class WordClause(msgspec.Struct, frozen=True):
    """One thing that was said, with its alternatives; `required` drops documents without any of them."""

    alternatives: tuple[Alternative, ...]
    weight: float = 1.0
    required: bool = False


class Lift(msgspec.Struct, frozen=True):
    """Adds `amount` to the score of hits that carry `code` in `facet`."""

    facet: str
    code: str
    amount: float


class Tier(msgspec.Struct, frozen=True):
    """A group of hits shown under one heading: those that satisfy all of `facets` (codes any-of) and,
    where `within_km` is set, lie so near to `EngineQuery.near`. The first tier that fits counts."""

    name: str
    facets: Mapping[str, tuple[str, ...]] = {}
    within_km: float | None = None
    by_distance: bool = False


class EngineQuery(msgspec.Struct, frozen=True):
    """A finished query. With no clauses and no vector every document matches with score 0 plus prior.

    filters       by facet: any of the codes; all facets required
    tiers         if given, hits are ordered by tier first, and hits that fit no tier are dropped
    today         documents whose `last_day` is before it are not hits
    days          (first, last) ordinals: only documents that meet on one of these days
    facets        names of facets to count; counts of a facet ignore that facet's own filter
    sort          relevance | next | distance | name | fresh
    """

    clauses: tuple[WordClause, ...] = ()
    filters: Mapping[str, tuple[str, ...]] = {}
    tiers: tuple[Tier, ...] = ()
    lifts: tuple[Lift, ...] = ()
    vector: Vector | None = None
    vector_weight: float = 0.0
    min_cosine: float | None = None
    min_evidence: float = 0.0
    min_share: float = 0.0
    tie: float = 0.1
    near: tuple[float, float] | None = None
    days: tuple[int, int] | None = None
    today: dt.date | None = None
    facets: tuple[str, ...] = ()
    sort: str = "relevance"
    offset: int = 0
    limit: int = 20


class EngineHit(msgspec.Struct, frozen=True):
    """One hit with the parts of its score: one entry per clause, the cosine (0 when unused), the lifts."""

    id: str
    doc: int
    score: float
    tier: str = ""
    distance: float | None = None
    evidence: float = 0.0
    clauses: tuple[float, ...] = ()
    matched: tuple[int, ...] = ()
    cosine: float = 0.0
    lift: float = 0.0


class EngineResult(msgspec.Struct, frozen=True):
    """`total` hits in all, one page of them, facet counts by code, hits per tier."""

    total: int
    hits: tuple[EngineHit, ...]
    facets: Mapping[str, Mapping[str, int]]
    tiers: Mapping[str, int] = {}


class SearchBackend(Protocol):
    """An open generation of the index; safe to share between threads. Methods raise SearchUnavailable."""

    @property
    def generation(self) -> str:
        """Name of the generation that answers."""
        ...

    @property
    def size(self) -> int:
        """Number of documents."""
        ...

    def search(self, query: EngineQuery) -> EngineResult:
        """Match, rank, count."""
        ...

    def stored(self, docs: Sequence[int]) -> tuple[bytes, ...]:
        """The stored JSON of documents by number."""
        ...

    def find(self, identifier: str) -> int | None:
        """Number of the document with this id or alias."""
        ...

    def vocabulary(self, field: str) -> Mapping[str, int]:
        """Terms of a field with their document frequencies."""
        ...

    def codes(self, facet: str) -> Mapping[str, int]:
        """Codes of a facet with the number of documents that carry them."""
        ...

    def derived(self, name: str) -> Mapping[str, NDArray[Any]] | None:
        """Tables that were made of this generation when it was built (`Derive`); None where none were."""
        ...

    def near(self, vector: Vector, limit: int) -> tuple[tuple[int, float], ...]:
        """Documents nearest in meaning: (number, cosine), best first."""
        ...

    def read_ahead(self) -> None:
        """Make ready what questions will most probably ask for; answers are the same without."""
        ...

    def explain(self, query: EngineQuery, doc: int) -> tuple[tuple[Alternative, float], ...]:
        """Every alternative that matched in `doc`, with its boosted score."""
        ...


Derive = Callable[[SearchBackend, Mapping[str, NDArray[Any]] | None], Mapping[str, NDArray[Any]]]
"""Makes tables of a generation when it is built, so that a server opens them instead of making them. Where a
generation differs little from one before it, given with the tables that were made of that one: they may save
work, never change what is made."""


class IndexStore(Protocol):
    """Where generations of an index are built and opened."""

    @property
    def packer(self) -> Callable[[Sequence[IndexDocument]], Any]:
        """Packs documents for `build_packed`. Like what it gives it can be pickled, so that several processes
        can do what needs no other documents."""
        ...

    def build(self, documents: Iterable[IndexDocument], versions: Mapping[str, str]) -> str:
        """Write a new generation, verify it, switch to it atomically, keep the last two; returns its name.

        Where an id comes twice, the last document counts. Raises SearchUnavailable when it cannot be written
        or another process is building; the old generation then stays.
        """
        ...

    def build_packed(self, batches: Iterable[Any], versions: Mapping[str, str]) -> str:
        """What `build` does, of documents that `packer` has packed, in order."""
        ...

    def update(
        self, documents: Iterable[IndexDocument], removed: Iterable[str], versions: Mapping[str, str]
    ) -> str:
        """A new generation from the current one: `documents` put in place by id, `removed` ids left out.

        Gives the same answers as a full build. Raises SearchUnavailable when there is nothing to update.
        """
        ...

    def versions(self) -> Mapping[str, str]:
        """The versions recorded in the current generation; empty when there is none."""
        ...

    def current(self) -> SearchBackend:
        """The open current generation; a newer one takes over as soon as it is open and warm.

        Raises SearchUnavailable when there is none, IndexMismatch when its versions differ from ours.
        """
        ...


def default_location(data: Path) -> Path:
    """The folder of the embedded index below the data folder."""
    return data / "index"
