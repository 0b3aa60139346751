"""(d) Building: in full, after a hundredth changed, and beside plain Whoosh on ready tokens."""

import cProfile
import pstats
import resource
import statistics
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from operator import attrgetter
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
ROUNDS = 5
_PROFILED = 300
_LARGEST = 100_000


def run(sizes: Sequence[int], folder: Path) -> Report:
    """Measure at the smallest size, through the catalogue; the engine alone at all sizes up to 100 000.

    Each round builds with plain Whoosh and with ours, and ratios are medians over rounds: a shared machine is
    slower in one minute than in another.
    """
    size = min(sizes)
    rounds = []
    for _ in range(ROUNDS):
        with TemporaryDirectory() as data, _opened(Path(data)) as parts:
            rounds.append(_round(parts, size))
            if len(rounds) == ROUNDS:
                same = _answers_as_a_full_build(parts)
                with _opened(Path(data)) as later:
                    known = _build(later, full=True)
                profile = _profile(parts)
    rows: list[tuple[str | float, ...]] = []
    for name in rounds[0].steps():
        seconds = [each.steps()[name] for each in rounds]
        share = _median(each / one.plain for each, one in zip(seconds, rounds, strict=True))
        rows.append((f"{size}", name, _median(seconds), share))
    rows.append(
        (f"{size}", "full again: documents and engine, words kept", known.own, known.own / rounds[-1].plain)
    )
    for larger in sorted(size for size in sizes if min(sizes) < size <= _LARGEST):
        rows.append((f"{larger}", "our engine, ready tokens", _engine_alone(larger), "–"))
    goals = (
        Goal(f"documents and engine ÷ plain Whoosh on ready tokens, {size}", _over(rounds, _FULL), most=1.3),
        Goal(f"engine ÷ plain Whoosh on ready tokens, {size}", _over(rounds, _ENGINE), most=1.3),
        Goal("incremental ÷ full, documents and engine", _over(rounds, _SMALL, _FULL), most=0.15),
        Goal(
            "incremental ÷ full, with matching of records",
            _over(rounds, _SMALL_WHOLE, _FULL_WHOLE),
            most=0.15,
        ),
        Goal("incremental gives the same answers as full (1 = yes)", float(same), least=1),
    )
    columns = ("activities", "step", "seconds", "÷ plain Whoosh")
    notes = (*_notes(rounds, known), *profile)
    return Report("d", "Building the index", columns, tuple(rows), goals, notes)


class _Spent(NamedTuple):
    """Seconds of one build, all and without matching, and its processor time without matching."""

    whole: float
    own: float
    processor: float

    @property
    def matching(self) -> float:
        return self.whole - self.own


class _Round(NamedTuple):
    """Seconds of each step of one round; `spent`: of processor time by plain Whoosh."""

    plain: float
    spent: float
    engine: float
    replace: float
    full: _Spent
    small: _Spent

    def steps(self) -> dict[str, float]:
        return {
            "plain Whoosh, ready tokens": self.plain,
            "our engine, ready tokens": self.engine,
            "catalogue: replace": self.replace,
            "full: matching of records": self.full.matching,
            "full: documents and engine, all words new": self.full.own,
            f"1 in {CHANGED} changed: matching of records": self.small.matching,
            f"1 in {CHANGED} changed: documents and engine": self.small.own,
        }


_Figure = Callable[[_Round], float]
_PLAIN: _Figure = attrgetter("plain")
_ENGINE: _Figure = attrgetter("engine")
_FULL: _Figure = attrgetter("full.own")
_FULL_WHOLE: _Figure = attrgetter("full.whole")
_SMALL: _Figure = attrgetter("small.own")
_SMALL_WHOLE: _Figure = attrgetter("small.whole")


def _over(rounds: Sequence[_Round], figure: _Figure, other: _Figure = _PLAIN) -> float:
    """The median over rounds of one figure ÷ another of the same round."""
    return _median(figure(each) / other(each) for each in rounds)


def _median(values: Iterable[float]) -> float:
    return statistics.median(values)


def _notes(rounds: Sequence[_Round], known: _Spent) -> tuple[str, ...]:
    last = rounds[-1]
    full = _over(rounds, attrgetter("full.processor"), attrgetter("spent"))
    small = _over(rounds, attrgetter("small.processor"), attrgetter("full.processor"))
    return (
        f"medians of {len(rounds)} rounds; words kept, and other sizes, once",
        f"processor time of documents and engine in {cores()} processes ÷ plain Whoosh: {full:.2f}, with the "
        f"words of the build before {known.processor / last.spent:.2f}",
        f"processor time, incremental ÷ full, documents and engine: {small:.3f}",
    )


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


@contextmanager
def _opened(data: Path) -> Iterator[Wiring]:
    parts = made.wiring(data)
    try:
        yield parts
    finally:
        parts.catalogue.close()


def _round(parts: Wiring, size: int) -> _Round:
    """Plain Whoosh, our engine, then the steps of `vierelle index`, in full and after a hundredth changed."""
    before = _processor()
    plain = _seconds(lambda: _plain(size))
    spent = _processor() - before
    engine = _engine_alone(size)
    found = list(made.activities(size))
    replace = _seconds(lambda: _replace(parts, found))
    full = _build(parts, full=True)
    _replace(parts, [_changed(entry) if n % CHANGED == 0 else entry for n, entry in enumerate(found)])
    return _Round(plain, spent, engine, replace, full, _build(parts, full=False))


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
