"""How long other threads of a server stand still while it takes over a new index.

    python -m bench.taking_over [ACTIVITIES]     default 10 000

The interpreter is told not to switch between threads by itself. A thread that sleeps 0.3 ms at a time then
sees how long the one that takes over keeps the interpreter at a stretch; at rest it sees what others add.
"""

import sys
import tempfile
import threading
import time
from pathlib import Path

from app.wiring import Wiring
from bench.activities import documents, wiring
from bench.corpus import Corpus
from indexer.backend import default_location
from indexer.whoosh.manifest import write_whole
from schemas.search import SearchRequest

_SLEEP = 0.0003
_NEVER = 60.0
"""Seconds between switches that the interpreter makes by itself: more than a measurement takes."""


class _Ticks:
    """Milliseconds that short sleeps took too long, while a block runs."""

    def __enter__(self) -> "_Ticks":
        self.late: list[float] = []
        self._ended = False
        self._thread = threading.Thread(target=self._tick)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended = True
        self._thread.join()

    def _tick(self) -> None:
        while not self._ended:
            start = time.perf_counter()
            time.sleep(_SLEEP)
            self.late.append((time.perf_counter() - start - _SLEEP) * 1000)

    def __str__(self) -> str:
        longest = ", ".join(f"{late:.1f}" for late in sorted(self.late)[-5:])
        return f"{longest}; together over 1 ms: {sum(late for late in self.late if late > 1):.0f}"


def _built(folder: Path, size: int) -> bytes:
    """Build twice in one place, as an operator's builds do, and hold the second back; gives its name."""
    current = default_location(folder) / "current"
    parts = wiring(folder)
    parts.store.build(documents(size), parts.versions)
    before = current.read_bytes()
    parts.store.build(documents(size), parts.versions)
    after = current.read_bytes()
    write_whole(current, before)
    return after


def _asked(folder: Path) -> Wiring:
    """A process's parts after sixty questions."""
    parts = wiring(folder)
    for words in Corpus(1).queries(60):
        parts.search.search(SearchRequest(q=" ".join(words)))
    parts.search.warm()
    return parts


def _take_over(parts: Wiring, name: bytes, current: Path) -> None:
    before = parts.store.current().generation
    held = parts.vocabularies.current(parts.store.current()).number
    write_whole(current, name)
    while parts.store.current().generation == before:
        time.sleep(0.001)
    while parts.vocabularies.current(parts.store.current()).number == held:
        time.sleep(0.001)


def main(arguments: list[str]) -> None:
    """Command line."""
    size = int(arguments[0]) if arguments else 10_000
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        name = _built(folder, size)
        parts = _asked(folder)
        sys.setswitchinterval(_NEVER)
        with _Ticks() as rest:
            time.sleep(1)
        with _Ticks() as ticks:
            _take_over(parts, name, default_location(folder) / "current")
    print(f"longest, at rest: {rest} ms")
    print(f"longest, while a new index of {size} is taken over: {ticks} ms")


if __name__ == "__main__":
    main(sys.argv[1:])
