"""Documents made by several processes at once, in the order of their activities.

Word analysis is Python's own work, so threads would take turns. Each process has its own reader (words,
needs, vectors; libvoikko's handle is never shared): a copy of this process's where it may be forked, else one
made anew by `recipe`. The documents are those of `indexer.documents.documents`, one by one the same.

A word that is new to one process costs a tenth of a millisecond. What one has analysed travels with its
documents to this process, and with the next activities to the others.
"""

import functools
import gc
import logging
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from datetime import date
from functools import partial
from itertools import chain, islice
from multiprocessing.context import BaseContext
from typing import Any, TypeVar

import msgspec

from indexer.backend import IndexDocument
from indexer.documents import Reader, documents
from schemas.activity import Activity
from schemas.errors import SearchUnavailable

_LOG = logging.getLogger(__name__)
_CHUNK = 100
"""Activities that travel together."""
_AHEAD = 3
"""Chunks under way for each process: what is held in memory stays small however long the catalogue is."""
_WORTH_FORKING, _WORTH_STARTING = 300, 2000
"""Activities from which copied and fresh processes pay for their start (0.05 s and 1.5 s)."""
_WORDS = 100_000
"""Words of which each process remembers what they say: 10 000 activities have some 40 000."""
_MOST = 8
"""Processes by default at most; each holds about 100 MB."""

Packed = TypeVar("Packed")
Pack = Callable[[Sequence[IndexDocument]], Packed]
Recipe = Callable[[], Reader]

_SELDOM = (100_000, 20, 100)
"""The collector's thresholds while an index is built."""


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """Nearly all that a build makes lives until it is written; looking through it for garbage every 700
    objects took an eighth of a full build and a quarter of a small one."""
    before = gc.get_threshold()
    gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def cores() -> int:
    """How many processes to use where none are asked for: one for each core that we may use."""
    return min(_MOST, len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1)


def spread(
    activities: Iterable[Activity],
    reader: Reader,
    today: date,
    pack: Pack[Packed],
    *,
    processes: int,
    recipe: Recipe,
    context: BaseContext | None = None,
) -> Generator[Packed, None, None]:
    """Documents of all activities that can be found, some at a time, made and packed by several processes.

    `recipe` makes a reader like `reader` in a fresh process, so it must be picklable. With one process, or
    few activities, this process does it alone. Close the iterator when it is not read to its end. Raises
    SearchUnavailable when a process dies.
    """
    context = context or _context()
    copied = context.get_start_method() == "fork"
    remaining = iter(activities)
    first = list(islice(remaining, _WORTH_FORKING if copied else _WORTH_STARTING))
    whole = chain(first, remaining)
    many = len(first) == (_WORTH_FORKING if copied else _WORTH_STARTING)
    pool = (
        _pool(processes, context, (lambda: reader) if copied else recipe) if processes > 1 and many else None
    )
    del first
    if pool is None:
        found = documents(whole, reader, today)
        while some := list(islice(found, _CHUNK)):
            yield pack(some)
        return
    try:
        yield from _in_order(whole, pool, partial(_made, today=today, pack=pack), reader, processes * _AHEAD)
    except BrokenProcessPool as error:
        raise SearchUnavailable(
            "a process that builds the index died, perhaps for lack of memory; the old index stays in use. "
            "Try again with VIERELLE_INDEX_PROCESSES=1"
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _context() -> BaseContext:
    """Copies of this process where that is safe: on Linux, while no other thread could hold a lock."""
    safe = sys.platform == "linux" and threading.active_count() == 1
    return multiprocessing.get_context("fork" if safe else "spawn")


def _pool(processes: int, context: BaseContext, recipe: Recipe) -> ProcessPoolExecutor | None:
    """Started processes; None where the system does not allow any."""
    pool = None
    try:
        pool = ProcessPoolExecutor(processes, context, initializer=_begin, initargs=(recipe,))
        pool.submit(int)
    except (OSError, NotImplementedError, ImportError) as error:
        _LOG.warning("no further processes can be started, one builds the index alone: %s", error)
        if pool is not None:
            pool.shutdown(wait=False)
        return None
    return pool


def _in_order(
    activities: Iterable[Activity],
    pool: ProcessPoolExecutor,
    make: Callable[..., tuple[Packed, bytes]],
    reader: Reader,
    ahead: int,
) -> Iterator[Packed]:
    waiting: deque[Future[tuple[Packed, bytes]]] = deque()
    # Whichever process takes a chunk: each takes one of so many, nearly always; else it does without.
    news: deque[bytes] = deque(maxlen=2 * ahead)

    def received() -> Packed:
        made, learned = waiting.popleft().result()
        reader.analyser.learn(learned)
        news.append(learned)
        return made

    remaining = iter(activities)
    while chunk := list(islice(remaining, _CHUNK)):
        waiting.append(pool.submit(make, msgspec.msgpack.encode(chunk), news=tuple(news)))
        if len(waiting) >= ahead:
            yield received()
    while waiting:
        yield received()


# -- in a process of its own ---------------------------------------------------------------------------------

_DECODER = msgspec.msgpack.Decoder(list[Activity])
_recipe: Recipe | None = None
_heard: deque[bytes] = deque(maxlen=100)
"""News that this process has taken over: they come several times."""


def _begin(recipe: Recipe) -> None:
    """Called once in each process."""
    global _recipe
    _recipe = recipe
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a person's Ctrl-C is answered by the process that builds
    gc.freeze()  # what was copied is never garbage; looking through it would copy its pages
    gc.set_threshold(*_SELDOM)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A builder that was killed leaves no process behind, and no lock that such a process would hold."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@functools.cache
def _reader() -> Reader:
    # Made at the first chunk rather than in `_begin`: what is wrong is then told as that chunk's error.
    if _recipe is None:
        raise RuntimeError("this is not a process of a pool")
    reader = _recipe()
    reader.analyser.keep_account()
    reader.needs.remember(_WORDS)
    return reader


def _made(encoded: bytes, *, news: Sequence[bytes], today: date, pack: Pack[Any]) -> tuple[Any, bytes]:
    """The documents of some activities, packed, and the words that were analysed for them."""
    reader = _reader()
    for learned in news:
        if learned not in _heard:
            _heard.append(learned)
            reader.analyser.learn(learned)
    made = pack(list(documents(_DECODER.decode(encoded), reader, today)))
    return made, reader.analyser.learned()
