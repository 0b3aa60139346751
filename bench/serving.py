"""(c) Whole pages over HTTP from the running server, beside an empty Flask page on the same server."""

import os
import random
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory
from typing import NamedTuple
from urllib.parse import quote

from bench import activities as made
from bench.corpus import Corpus
from bench.report import Goal, Report
from bench.servers import EMPTY, Load, Server, load, running, started
from bench.timing import Spread, spread
from indexer.backend import default_location
from indexer.whoosh.manifest import write_whole
from indexer.workers import cores

CLIENTS = 8
SECONDS = 3.0
ROUNDS = 5
_NEW = 16_000
_DISTINCT = 3000
"""Questions of the row that is as in life: the one of rank n is asked 1 / n as often as the first (Zipf)."""
_BUILD = """
import sys
from pathlib import Path
from bench.activities import documents, wiring
parts = wiring(Path(sys.argv[1]))
parts.store.build(documents(int(sys.argv[2])), parts.versions)
"""


_COLUMNS = ("page", "÷ empty", "requests/s", "median ms", "p95 ms", "p99 ms", "processor ms", "errors")

Beside = tuple[Load, Load]
"""A load on our server, and one on an empty page's after it."""


class _Found(NamedTuple):
    """What was measured; `repeated`: the share of questions as in life that had come before."""

    recurring: list[Beside]
    new: Beside
    known: Beside
    life: Beside
    repeated: float
    together: list[Beside]
    taken: Load
    generations: int


def run(sizes: Sequence[int], folder: Path) -> Report:
    """Load both servers in turn at the smallest size, then ours while a new generation is taken over."""
    size = min(sizes)
    environment = {**os.environ, "VIERELLE_PUBLIC_URL": ""}
    paths = _paths(Corpus(1).queries(60))
    serve = [str(Path(sys.executable).with_name("vierelle")), "serve", "--quiet", "--port", "0"]
    with TemporaryDirectory() as temporary:
        data = Path(temporary) / "data"
        copytree(made.indexed(size, folder), data)
        ours_environment = {**environment, **made.environment(data)}
        with (
            started(serve, ours_environment) as (our_process, our_port),
            started([sys.executable, "-c", EMPTY], environment) as (empty_process, empty_port),
        ):
            ours, empty = Server(our_process.pid, our_port), Server(empty_process.pid, empty_port)
            ours.load(paths, CLIENTS, SECONDS)  # the first questions open the index and fill caches
            pairs = [
                (ours.load(paths, CLIENTS, SECONDS), empty.load(["/"], CLIENTS, SECONDS))
                for _ in range(ROUNDS)
            ]
            new, known = _new_questions(ours, empty)
            life, repeated = _as_in_life(ours, empty)
            together = _together(serve, ours_environment, environment)
            taken, generations = _while_taken_over(ours, paths, data, size, ours_environment)
    found = _Found(pairs, new, known, life, repeated, together, taken, generations)
    return Report("c", "Pages over HTTP", _COLUMNS, _rows(found), _goals(found), _notes(found, size))


def _rows(found: _Found) -> tuple[tuple[str | float, ...], ...]:
    mine, empty = [each for each, _ in found.recurring], [each for _, each in found.recurring]
    often = f"search page, as in life: {found.repeated:.0%} of questions repeated"
    several = f"every question new, {cores()} processes each"
    return (
        _row("search page, 60 questions that recur", mine, _ratio(found.recurring)),
        _row(often, [found.life[0]], _ratio([found.life])),
        _row("search page, every question new", [found.new[0]], _ratio([found.new])),
        _row("the same, words asked before", [found.known[0]], _ratio([found.known])),
        _row("empty Flask page", empty, 1.0),
        *(_row(several, [both[0]], _ratio([both])) for both in found.together),
        _row(f"search page, {found.generations} generations taken over", [found.taken], "–"),
    )


def _goals(found: _Found) -> tuple[Goal, ...]:
    times = _spread([each for each, _ in found.recurring])
    new, after = _spread([found.new[0]]), _spread([found.taken])
    besides = (*found.recurring, found.new, found.known, found.life, *found.together)
    loads = (*(mine for mine, _ in besides), found.taken)
    asked = "requests a second ÷ empty Flask page"
    return (
        Goal(asked, _ratio(found.recurring), least=0.25),
        Goal("p99 ÷ median", times.p99 / times.median, most=4),
        Goal(f"as in life: {asked}", _ratio([found.life]), least=0.25),
        Goal(f"every question new: {asked}", _ratio([found.new]), least=0.25),
        Goal("every question new: p99 ÷ median", new.p99 / new.median, most=4),
        Goal("p99 ÷ median while taken over", after.p99 / after.median, most=4),
        Goal("errors", sum(each.errors for each in loads), most=0),
    )


def _notes(found: _Found, size: int) -> tuple[str, ...]:
    empty = _spread([each for _, each in found.recurring])
    return (
        f"the empty page's own p99 ÷ median in this run: {empty.p99 / empty.median:.1f}",
        f"{CLIENTS} clients in one other process on {os.cpu_count()} processors; {size} activities",
    )


def _ratio(pairs: Sequence[Beside]) -> float:
    """Requests a second ÷ those of the empty page: the median of the rounds."""
    return statistics.median(mine.rate / other.rate for mine, other in pairs)


def _spread(loads: Sequence[Load]) -> Spread:
    return spread([value for each in loads for value in each.times])


def _paths(questions: Sequence[Sequence[str]]) -> list[str]:
    return [f"/haku?q={quote(' '.join(words))}" for words in questions]


def _new_questions(ours: Server, empty: Server) -> list[Beside]:
    """Load with new questions, then with others of the same words; each beside an empty page."""
    asked = Corpus(1).queries(_NEW + 60)[60:]
    found: list[Beside] = []
    for _ in range(2):
        mine = ours.load(_paths(asked), CLIENTS, SECONDS, apart=True)
        found.append((mine, empty.load(["/"], CLIENTS, SECONDS)))
        asked = _recombined(asked, len(mine.times))
    return found


def _recombined(asked: Sequence[Sequence[str]], answered: int) -> list[tuple[str, ...]]:
    """New questions of the words of those `answered` questions that were asked, client by client."""
    stretch, each = len(asked) // CLIENTS, answered // CLIENTS
    words = [
        word
        for client in range(CLIENTS)
        for question in asked[client * stretch : client * stretch + each]
        for word in question
    ]
    chosen = random.Random(5)
    lengths = chosen.choices((1, 2, 3, 4), (0, 4, 2, 1), k=len(asked))
    return list(dict.fromkeys(tuple(sorted(set(chosen.choices(words, k=length)))) for length in lengths))


def _together(serve: Sequence[str], environment: dict[str, str], empty: dict[str, str]) -> list[Beside]:
    """New questions to a process for each processor, beside an empty page so; nothing on a single one."""
    processes = cores()
    if processes < 2:
        return []
    asked = _paths(Corpus(1).queries(2 * _NEW)[_NEW:])
    with running(serve, {**environment, "VIERELLE_PROCESSES": f"{processes}"}) as port:
        load(port, asked[:200], CLIENTS, SECONDS)
        mine = load(port, asked[200:], CLIENTS, SECONDS, apart=True)
    with running([sys.executable, "-c", EMPTY, f"{processes}"], empty) as port:
        load(port, ["/"], CLIENTS, SECONDS / 3)
        return [(mine, load(port, ["/"], CLIENTS, SECONDS))]


def _as_in_life(ours: Server, empty: Server) -> tuple[Beside, float]:
    """Load with questions of which few are asked often and many seldom, and the share that came before.

    Like the other rows it begins with an empty memory of these questions, not of their words.
    """
    distinct = Corpus(1).queries(_NEW + 60 + _DISTINCT)[-_DISTINCT:]
    ranks = [1 / rank for rank in range(1, _DISTINCT + 1)]
    asked = random.Random(7).choices(distinct, ranks, k=_NEW)
    mine = ours.load(_paths(asked), CLIENTS, 2 * SECONDS, apart=True)
    stretch, each = _NEW // CLIENTS, len(mine.times) // CLIENTS
    answered = [asked[client * stretch : client * stretch + each] for client in range(CLIENTS)]
    different = len({question for questions in answered for question in questions})
    repeated = 1 - different / max(1, each * CLIENTS)
    return (mine, empty.load(["/"], CLIENTS, SECONDS)), repeated


def _row(name: str, loads: Sequence[Load], ratio: float | str) -> tuple[str | float, ...]:
    rate = statistics.median(each.rate for each in loads)
    spent = statistics.median(each.processor for each in loads)
    return name, ratio, rate, *_spread(loads), spent or "–", float(sum(each.errors for each in loads))


def _while_taken_over(
    ours: Server, paths: Sequence[str], data: Path, size: int, environment: dict[str, str]
) -> tuple[Load, int]:
    """Load while a new index of the same size becomes current; it is built before, in its place, as an
    operator's build would do, and held back."""
    current = default_location(data) / "current"
    before = current.read_bytes()
    build = [sys.executable, "-c", _BUILD, str(data), str(size)]
    subprocess.run(build, cwd=Path(__file__).parent.parent, env=environment, check=True)
    after = current.read_bytes()
    write_whole(current, before)
    ours.load(paths, CLIENTS, SECONDS)

    def switch() -> None:
        time.sleep(SECONDS / 2)
        write_whole(current, after)

    switching = threading.Thread(target=switch)
    switching.start()
    found = ours.load(paths, CLIENTS, 2 * SECONDS)
    switching.join()
    return found, 1
