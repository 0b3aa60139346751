"""(d) Building: in full, after a hundredth changed, and beside plain Whoosh on ready tokens."""

import cProfile
import pstats
import resource
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import msgspec
from whoosh import fields, index
from whoosh.analysis import SpaceSeparatedTokenizer

from app.indexing import build_index
from app.wiring import Wiring
from bench import activities as made
from bench.corpus import Corpus
from bench.engines import Ours
from bench.report import Goal, Report
from indexer.backend import EngineQuery, SearchBackend, TermClause, WordClause
from indexer.documents import FIELDS, documents
from indexer.whoosh.store import WhooshStore
from indexer.workers import cores
from schemas.activity import Activity
from schemas.catalogue import SqlCatalogue
from schemas.codes import SourceKind
from schemas.search import FACETS

CHANGED = 100
"""One activity in so many changes."""
_PROFILED = 300
_LARGEST = 100_000


def run(sizes: Sequence[int], folder: Path) -> Report:
    """Measure at the smallest size, through the catalogue; the engine alone at all sizes up to 100 000."""
    size = min(sizes)
    before = _processor()
    plain = _seconds(lambda: _plain(size))
    spent = _processor() - before
    engine = _engine_alone(size)
    rows: list[tuple[str | float, ...]] = [
        (f"{size}", "plain Whoosh, ready tokens", plain, 1.0),
        (f"{size}", "our engine, ready tokens", engine, engine / plain),
    ]
    with TemporaryDirectory() as data:
        parts = made.wiring(Path(data))
        built = _through_the_catalogue(parts, Path(data), size)
        rows += [(f"{size}", name, seconds, seconds / plain) for name, seconds in built.steps()]
        profile = (
            f"processor time, all processes: plain Whoosh {spent:.1f} s, documents and engine in {cores()} "
            f"processes {built.processor:.1f} s ({built.processor / spent:.2f} of it), with the words of the "
            f"build before {built.known_processor:.1f} s ({built.known_processor / spent:.2f})",
            "processor time, incremental ÷ full, documents and engine: "
            f"{built.small_processor / built.processor:.3f}",
            *_profile(parts),
        )
        parts.catalogue.close()
    for larger in sorted(size for size in sizes if min(sizes) < size <= _LARGEST):
        rows.append((f"{larger}", "our engine, ready tokens", _engine_alone(larger), "–"))
    goals = (
        Goal(f"documents and engine ÷ plain Whoosh on ready tokens, {size}", built.full / plain, most=1.3),
        Goal(f"engine ÷ plain Whoosh on ready tokens, {size}", engine / plain, most=1.3),
        Goal("incremental ÷ full, documents and engine", built.small / built.full, most=0.15),
        Goal("incremental ÷ full, with matching of records", built.small_all / built.full_all, most=0.15),
        Goal("incremental gives the same answers as full (1 = yes)", float(built.same), least=1),
    )
    columns = ("activities", "step", "seconds", "÷ plain Whoosh")
    return Report("d", "Building the index", columns, tuple(rows), goals, profile)


class _Built(NamedTuple):
    """Seconds of each step; `_all` with the matching of all records in the catalogue; `known` a full build by
    a new process that finds the words of the first build kept; `processor`: the time that a step took of all
    processors, documents and engine."""

    replace: float
    full_all: float
    full: float
    small_all: float
    small: float
    known: float
    same: bool
    processor: float
    small_processor: float
    known_processor: float

    def steps(self) -> list[tuple[str, float]]:
        return [
            ("catalogue: replace", self.replace),
            ("full: matching of records", self.full_all - self.full),
            ("full: documents and engine, all words new", self.full),
            ("full again: documents and engine, words kept", self.known),
            (f"1 in {CHANGED} changed: matching of records", self.small_all - self.small),
            (f"1 in {CHANGED} changed: documents and engine", self.small),
        ]


class _Timed:
    """A catalogue that adds up the seconds of matching."""

    def __init__(self, catalogue: SqlCatalogue) -> None:
        self._catalogue = catalogue
        self.matching = 0.0
        self.processor = 0.0

    def rebuild_public(self, *given: Any, **named: Any) -> object:
        start, spent = time.perf_counter(), time.process_time()
        try:
            return self._catalogue.rebuild_public(*given, **named)
        finally:
            self.matching += time.perf_counter() - start
            self.processor += time.process_time() - spent

    def __getattr__(self, name: str) -> Any:
        return getattr(self._catalogue, name)


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _processor() -> float:
    """Seconds that this process and those it waited for have had a processor."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + ended.ru_utime + ended.ru_stime


def _plain(size: int) -> None:
    """Whoosh as its manual says, one scored field of ready tokens and stored JSON."""
    schema = fields.Schema(
        id=fields.ID(stored=True), words=fields.TEXT(analyzer=SpaceSeparatedTokenizer()), data=fields.STORED()
    )
    with TemporaryDirectory() as folder:
        writer = index.create_in(folder, schema).writer(limitmb=512)
        for entry in Corpus(size).entries():
            writer.add_document(id=entry.id, words=" ".join(entry.words), data=entry.stored)
        writer.commit()


def _engine_alone(size: int) -> float:
    with TemporaryDirectory() as folder:
        return _seconds(lambda: Ours(Path(folder)).build(Corpus(size).entries()))


class _Spent(NamedTuple):
    """Seconds of one build, all and without matching, and its processor time without matching."""

    whole: float
    own: float
    processor: float


def _through_the_catalogue(parts: Wiring, data: Path, size: int) -> _Built:
    """The steps that `vierelle index` takes, in full and after a hundredth changed."""
    found = list(made.activities(size))
    replace = _seconds(lambda: _replace(parts, found))
    full = _build(parts, full=True)
    _replace(parts, [_changed(entry) if n % CHANGED == 0 else entry for n, entry in enumerate(found)])
    small = _build(parts, full=False)
    same = _answers_as_a_full_build(parts)
    later = made.wiring(data)
    known = _build(later, full=True)
    later.catalogue.close()
    return _Built(
        replace,
        full.whole,
        full.own,
        small.whole,
        small.own,
        known.own,
        same,
        full.processor,
        small.processor,
        known.processor,
    )


def _build(parts: Wiring, *, full: bool) -> _Spent:
    catalogue = parts.catalogue
    timed = _Timed(catalogue)
    parts.__dict__["catalogue"] = timed
    parts.document_reader.vectors([["apu"]])  # opens Voikko, lexicon and vectors, as every build must
    parts.suggestion_maker.open()
    before = _processor()
    whole = _seconds(lambda: build_index(parts, full=full))
    processor = _processor() - before - timed.processor
    parts.__dict__["catalogue"] = catalogue
    return _Spent(whole, whole - timed.matching, processor)


def _answers_as_a_full_build(parts: Wiring) -> bool:
    with TemporaryDirectory() as folder:
        store = WhooshStore(Path(folder), FIELDS)
        store.build(documents(parts.catalogue.public(), parts.document_reader, made.TODAY), {})
        full, small = store.current(), parts.store.current()
        return all(_answer(full, words) == _answer(small, words) for words in Corpus(1).queries(30))


def _answer(backend: SearchBackend, words: Sequence[str]) -> object:
    clauses = tuple(WordClause((TermClause("words", word), TermClause("title", word, 3.0))) for word in words)
    found = backend.search(EngineQuery(clauses, facets=FACETS))
    hits = [(hit.id, round(hit.score, 4)) for hit in found.hits]
    return found.total, hits, {name: dict(counts) for name, counts in found.facets.items()}


def _replace(parts: Wiring, found: Sequence[Activity]) -> None:
    parts.catalogue.replace(made.SOURCE, SourceKind.SITE, found, complete=True, now=made.NOW)


def _changed(entry: Activity) -> Activity:
    title = f"{entry.title.best()} uudessa paikassa"
    return msgspec.structs.replace(entry, title=msgspec.structs.replace(entry.title, fi=title))


def _profile(parts: Wiring) -> tuple[str, ...]:
    """Where the time of turning activities into documents goes."""
    some: Iterator[Activity] = islice(made.activities(_PROFILED), _PROFILED)
    reader, held = parts.document_reader, list(some)
    list(documents(held, reader, made.TODAY))
    times = [_seconds(lambda: list(documents(held, reader, made.TODAY))) for _ in range(3)]
    profiler = cProfile.Profile()
    profiler.runcall(lambda: list(documents(held, reader, made.TODAY)))
    ranked = sorted(pstats.Stats(profiler).stats.items(), key=lambda item: -item[1][2])[:8]  # type: ignore[attr-defined]
    total = sum(entry[2] for entry in pstats.Stats(profiler).stats.values())  # type: ignore[attr-defined]
    lines = [f"{numbers[2] / total:5.1%} {Path(place[0]).name}:{place[2]}" for place, numbers in ranked]
    return (
        f"documents: {statistics.median(times) / _PROFILED * 1000:.2f} ms each; own time by function:",
        *lines,
    )
