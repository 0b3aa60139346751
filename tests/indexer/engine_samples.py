"""Random documents and queries for the tests of the search backends."""

import datetime as dt

import numpy as np
from hypothesis import strategies as st

from indexer.backend import (
    EngineQuery,
    FieldSpec,
    IndexDocument,
    Lift,
    PhraseClause,
    TermClause,
    Tier,
    WordClause,
)

FIELDS = (FieldSpec("title", b=0.5, positions=True), FieldSpec("body"))
WORDS = ("suru", "ryhmä", "apu", "apua", "omainen", "lapsi", "ilta", "koti")
ASKED = np.array([0.5, 0.5, 0.5, -0.5], dtype=np.float32)
LEAST = 0.4
TODAY = dt.date(2026, 3, 2)

_words = st.sampled_from(WORDS)
_texts = st.lists(st.one_of(_words, _words, _words, st.just("")), max_size=12)
_boosts = st.sampled_from((0.5, 1.0, 2.5))
_qualities = st.sampled_from((0.3, 0.6, 1.0))
_facets = st.fixed_dictionaries(
    {
        "municipality": st.lists(st.sampled_from(("167", "422", "260")), max_size=2, unique=True),
        "kind": st.lists(st.sampled_from(("peer_group", "course")), max_size=1),
        "scope": st.just(["municipalities"]),
        "group": st.lists(st.sampled_from("abcdefghij"), max_size=8),
    }
)


@st.composite
def documents(draw: st.DrawFn, least: int = 0) -> list[IndexDocument]:
    """A few documents with words, facets, places, days and vectors."""
    count = draw(st.integers(least, 9))
    return [draw(_document(number)) for number in range(count)]


@st.composite
def _document(draw: st.DrawFn, number: int) -> IndexDocument:
    vector = None
    if draw(st.booleans()):
        raw = np.array(draw(st.lists(st.integers(-3, 3), min_size=4, max_size=4)), dtype=np.float32)
        # Vectors are rounded in the index: no sample lies where that decides.
        if raw.any() and abs(float(raw @ ASKED) / float(np.linalg.norm(raw)) - LEAST) > 0.03:
            vector = (raw / np.linalg.norm(raw)).astype(np.float32)
    return IndexDocument(
        id=f"d{number}",
        fields={"title": draw(_texts), "body": draw(_texts)},
        facets=draw(_facets),
        stored=f'{{"n":{number}}}'.encode(),
        sort_name=draw(_words),
        points=draw(st.lists(st.sampled_from(((62.6, 29.76), (63.3, 30.02), (61.9, 30.1))), max_size=2)),
        days=draw(st.lists(st.integers(TODAY.toordinal() - 3, TODAY.toordinal() + 9), max_size=3)),
        last_day=draw(st.sampled_from((None, TODAY - dt.timedelta(1), TODAY, TODAY + dt.timedelta(5)))),
        changed=draw(st.integers(0, 3)),
        prior=draw(st.sampled_from((0.0, 0.125, 0.25))),
        vector=vector,
    )


_terms = st.builds(TermClause, st.sampled_from(("title", "body", "none")), _words, _boosts, _qualities)
_prefixes = st.builds(
    TermClause, st.just("title"), st.sampled_from(("a", "ap", "o")), _boosts, _qualities, st.just("prefix")
)
_phrases = st.builds(
    PhraseClause,
    st.just("title"),
    st.tuples(_words, _words),
    st.integers(0, 2),
    _boosts,
    _qualities,
)
_clauses = st.builds(
    WordClause,
    st.lists(st.one_of(_terms, _terms, _prefixes, _phrases), min_size=1, max_size=4).map(tuple),
    st.sampled_from((0.5, 1.0)),
    st.booleans(),
)
_tiers = st.sampled_from(
    (
        (),
        (
            Tier("serves", {"municipality": ("422",)}),
            Tier("near", within_km=80.0, by_distance=True),
            Tier("rest", {"scope": ("municipalities",)}),
        ),
        (Tier("both", {"municipality": ("422",), "kind": ("course",)}), Tier("near", within_km=80.0)),
        (Tier("kind", {"kind": ("course", "peer_group"), "municipality": ()}),),
    )
)


@st.composite
def queries(draw: st.DrawFn) -> EngineQuery:
    """Queries that use every part of the seam."""
    vector = None
    if draw(st.booleans()):
        vector = ASKED
    tiers = draw(_tiers)
    return EngineQuery(
        clauses=draw(st.lists(_clauses, max_size=3).map(tuple)),
        filters=draw(
            st.sampled_from(
                (
                    {},
                    {"kind": ("course",)},
                    {"municipality": ("167", "422"), "kind": ()},
                    {"group": ("a", "z")},
                    {"none": ("x",)},
                )
            )
        ),
        tiers=tiers,
        lifts=draw(st.sampled_from(((), (Lift("kind", "course", 0.75),)))),
        vector=vector,
        vector_weight=draw(st.sampled_from((0.0, 2.0))),
        min_cosine=draw(st.sampled_from((None, LEAST))),
        min_evidence=draw(st.sampled_from((0.0, 0.35, 0.7))),
        # With a vector, rounded cosines may fall on either side of the share.
        min_share=draw(st.sampled_from((0.0, 0.25, 0.6))) if vector is None else 0.0,
        tie=draw(st.sampled_from((0.0, 0.1, 1.0))),
        near=(63.3, 30.02) if tiers else draw(st.sampled_from((None, (62.6, 29.76)))),
        days=draw(st.sampled_from((None, (TODAY.toordinal(), TODAY.toordinal() + 6)))),
        today=draw(st.sampled_from((None, TODAY))),
        facets=("municipality", "kind", "group", "nothing"),
        sort=draw(st.sampled_from(("relevance", "next", "distance", "name", "fresh"))),
        offset=draw(st.sampled_from((0, 2))),
        limit=draw(st.sampled_from((1, 20))),
    )
