"""Measuring search on judged queries: a frozen collection, graded answers, measures with intervals."""

import gzip
import json
import math
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import msgspec

from app.wiring import Wiring
from config.settings import Settings
from indexer.documents import documents
from schemas.activity import Activity
from schemas.border import minimal_activity
from schemas.errors import ConfigurationError
from schemas.search import SearchRequest, SearchResult

DEPTH = 100
HOPELESS = "hopeless"
COLLECTION = "collection.jsonl.gz"
_SAMPLES = 1000
_USEFUL = 2

Searcher = Callable[[str], Sequence[str]]
"""From a query to ids, best first; empty = told that nothing fits."""


class Judged(msgspec.Struct, frozen=True):
    """One query with the grades (1 a little … 3 just right) of all texts that answer it; others are 0."""

    type: str
    query: str
    grades: dict[str, int]


class Score(msgspec.Struct, frozen=True):
    """Measures of one query: nDCG@10, success@3 (a grade of 2 or 3 among three), recall@50, nothing found."""

    ndcg: float
    success: float
    recall: float
    empty: float


class Mean(msgspec.Struct, frozen=True):
    """A mean with the bounds of its 95 % bootstrap interval."""

    value: float
    low: float
    high: float


class Row(msgspec.Struct, frozen=True):
    """Measures of one type of query."""

    type: str
    queries: int
    ndcg: Mean
    success: Mean
    recall: Mean
    empty: Mean


def read_judged(folder: Path) -> tuple[Judged, ...]:
    """The judged queries of `folder`/judged.jsonl. Raises ConfigurationError."""
    try:
        lines = (folder / "judged.jsonl").read_bytes().splitlines()
        return tuple(msgspec.json.decode(line, type=Judged) for line in lines if line)
    except (OSError, msgspec.MsgspecError) as error:
        raise ConfigurationError(f"judged queries: {error}") from error


def read_collection(folder: Path, wiring: Wiring) -> tuple[Activity, ...]:
    """The activities of `folder`/collection.jsonl.gz, else of the folder above. Raises ConfigurationError."""
    own, shared = folder / COLLECTION, folder.parent / COLLECTION
    try:
        packed = (own if own.exists() else shared).read_bytes()
        lines = gzip.decompress(packed).decode().splitlines()
    except OSError as error:
        raise ConfigurationError(f"judged collection: {error}") from error
    return tuple(
        minimal_activity(json.loads(line), wiring.municipality, "judged", wiring.moment()) for line in lines
    )


def judged_wiring(folder: Path, data: Path, settings: Settings) -> Wiring:
    """A wiring whose index below `data` holds the judged collection."""
    wiring = Wiring(replace(settings, data=data))
    found = documents(read_collection(folder, wiring), wiring.document_reader, wiring.settings.now().date())
    wiring.store.build(found, wiring.versions)
    return wiring


def searcher(search: Callable[[SearchRequest], SearchResult], *, exact: bool = False) -> Searcher:
    """Our own search as a `Searcher`: hits only, the reasoned nearest does not count."""

    def ask(query: str) -> Sequence[str]:
        result = search(SearchRequest(q=query, size=DEPTH, exact=exact))
        return [hit.id for hit in result.hits]

    return ask


def score(ranking: Sequence[str], judged: Judged) -> Score:
    """The measures of one ranking. Without an answer to find, finding nothing is all that counts."""
    if not judged.grades:
        honest = float(not ranking)
        return Score(honest, honest, honest, honest)
    grades = [judged.grades.get(identifier, 0) for identifier in ranking]
    ideal = sorted(judged.grades.values(), reverse=True)
    useful = {identifier for identifier, grade in judged.grades.items() if grade >= 1}
    return Score(
        _gain(grades[:10]) / _gain(ideal[:10]),
        float(any(grade >= min(_USEFUL, ideal[0]) for grade in grades[:3])),
        len(useful.intersection(ranking[:50])) / len(useful),
        float(not ranking),
    )


def _gain(grades: Sequence[int]) -> float:
    return sum((2.0**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades))


def evaluate(judged: Sequence[Judged], ask: Searcher) -> dict[str, list[Score]]:
    """Scores by type of query."""
    found: dict[str, list[Score]] = {}
    for query in judged:
        found.setdefault(query.type, []).append(score(ask(query.query), query))
    return found


def rows(scores: dict[str, list[Score]]) -> tuple[Row, ...]:
    """One row a type, then all that have an answer together."""
    answered = [entry for name, entries in scores.items() if name != HOPELESS for entry in entries]
    return tuple(_row(name, entries) for name, entries in {**scores, "all with answers": answered}.items())


def _row(name: str, entries: Sequence[Score]) -> Row:
    measures = ("ndcg", "success", "recall", "empty")
    means = [_mean([float(getattr(entry, measure)) for entry in entries]) for measure in measures]
    return Row(name, len(entries), *means)


def _mean(values: Sequence[float]) -> Mean:
    """The mean and its interval; the same values always give the same interval."""
    if not values:
        return Mean(0.0, 0.0, 0.0)
    source = random.Random(7)  # noqa: S311  # drawing samples, the same ones every time
    means = sorted(_average(source.choices(values, k=len(values))) for _ in range(_SAMPLES))
    low, high = means[int(0.025 * _SAMPLES)], means[int(0.975 * _SAMPLES)]
    return Mean(round(_average(values), 4), round(low, 4), round(high, 4))


def _average(values: Iterable[float]) -> float:
    found = list(values)
    return sum(found) / len(found)
