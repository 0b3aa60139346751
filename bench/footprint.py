"""(e) Memory of a worker that answers searches, and the size of the index on disk."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote
from urllib.request import urlopen

import msgspec

from bench import activities as made
from bench.corpus import Corpus
from bench.report import Goal, Report
from bench.servers import running, started
from indexer.backend import default_location

ROOT = Path(__file__).parent.parent
_LARGEST = 100_000
CLIENTS = 8
_SETTLED = 4.0
"""Seconds after which a server has made ready what later questions need."""
_CHILD = """
import sys
from pathlib import Path
import msgspec
from bench.activities import wiring

def resident():
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024

parts = wiring(Path(sys.argv[1]))
steps = {}
from indexer.documents import FIELDS
from indexer.backend import EngineQuery, TermClause, WordClause
from schemas.search import FACETS
backend = parts.store.current()
steps["open"] = resident()
for words in msgspec.json.decode(sys.argv[2]):
    pairs = [(TermClause("words", word), TermClause("title", word, 3.0)) for word in words]
    clauses = tuple(WordClause(pair) for pair in pairs)
    found = backend.search(EngineQuery(clauses, facets=FACETS, today=parts.settings.now().date()))
    backend.stored([hit.doc for hit in found.hits])
steps["after queries"] = resident()
print(msgspec.json.encode(steps).decode())
"""


def run(sizes: Sequence[int], folder: Path) -> Report:
    """At each size up to 100 000 ask 300 questions and read what the process holds: the engine alone, and a
    server with its threads that several clients ask at once."""
    rows: list[tuple[str | float, ...]] = []
    goals = []
    asked = Corpus(1).queries(300)
    for size in (size for size in sizes if size <= _LARGEST):
        data = made.indexed(size, folder)
        disk = sum(path.stat().st_size for path in default_location(data).rglob("*") if path.is_file())
        for how, measure in (("engine", _engine), ("site", _site)):
            held = measure(data, asked)
            rows.append((f"{size}", how, held.opened, held.asked, disk / 2**20))
            if size == _LARGEST:
                goals.append(Goal(f"MB a worker ({how}) at {size}", held.asked, most=250))
    columns = ("activities", "process", "MB when open", "MB after 300 questions", "index on disk, MB")
    notes = (
        "resident memory; files of the index that are mapped and were read count in",
        f"site: `vierelle serve` asked by {CLIENTS} clients at once, started once before",
    )
    return Report("e", "Memory and disk", columns, tuple(rows), tuple(goals), notes)


class _Held(NamedTuple):
    """MB when the index is open, and after the questions."""

    opened: float
    asked: float


def _engine(data: Path, asked: Sequence[Sequence[str]]) -> _Held:
    done = subprocess.run(
        [sys.executable, "-c", _CHILD, str(data), msgspec.json.encode(asked).decode()],
        cwd=ROOT,
        env={**os.environ, **made.environment(data)},
        capture_output=True,
        text=True,
        check=True,
    )
    steps = msgspec.json.decode(done.stdout.splitlines()[-1], type=dict[str, float])
    return _Held(steps["open"], steps["after queries"])


def _site(data: Path, asked: Sequence[Sequence[str]]) -> _Held:
    command = [str(Path(sys.executable).with_name("vierelle")), "serve", "--quiet", "--port", "0"]
    environment = {**os.environ, **made.environment(data), "VIERELLE_PUBLIC_URL": ""}
    with running(command, environment) as port:
        _ask(port, "/")  # makes the tables that a build leaves beside the index
        time.sleep(_SETTLED)
    with started(command, environment) as (process, port):
        _ask(port, "/")
        time.sleep(_SETTLED)
        opened = _resident(process.pid)
        with ThreadPoolExecutor(CLIENTS) as clients:
            list(clients.map(lambda words: _ask(port, f"/haku?q={quote(' '.join(words))}"), asked))
        return _Held(opened, _resident(process.pid))


def _ask(port: int, path: str) -> None:
    with urlopen(f"http://127.0.0.1:{port}{path}", timeout=60) as answer:
        answer.read()


def _resident(process: int) -> float:
    told = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return int(told.partition("VmRSS:")[2].split()[0]) / 1024
