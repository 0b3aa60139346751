"""Several processes that answer on one address: for servers whose visitors keep more than one core busy.

The interpreter runs one thread at a time, so threads share one core. Copies of this process share the
listening socket and what they map; what they hold besides (up to 250 MB) each has for itself.
"""

import logging
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from types import FrameType

from schemas.errors import ConfigurationError

_LOG = logging.getLogger(__name__)
_SHORT = 5.0
"""Seconds below which a process has not lived: so many in a row are a fault, not an accident."""
_MOST_SHORT = 5
_REST = 1.0
"""Seconds before another is started in place of one that did not live."""
_LONGEST = 20.0
"""Seconds that processes have for the answers under way, when all is stopped."""


def serve_together(work: Callable[[], None], count: int) -> None:
    """Run `work` in `count` copies of this process until SIGTERM or Ctrl-C; one that dies is replaced.

    Each ends `work` at SIGTERM, also when this process is killed. To be called before threads are started.
    Raises ConfigurationError where processes cannot be copied, or end as soon as they are started.
    """
    if "fork" not in multiprocessing.get_all_start_methods():
        raise ConfigurationError("this system cannot serve with several processes: set VIERELLE_PROCESSES=1")
    signal.signal(signal.SIGTERM, _stopped)
    crew: dict[BaseProcess, float] = {}
    try:
        for _ in range(count):
            _add(crew, work)
        _replace_the_dead(crew, work)
    except KeyboardInterrupt:
        return
    finally:
        _end(crew)


def _add(crew: dict[BaseProcess, float], work: Callable[[], None]) -> None:
    # A signal between the start and the note would leave a process that nobody ends.
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGTERM, signal.SIGINT))
    try:
        process = multiprocessing.get_context("fork").Process(target=_run, args=(work, blocked))
        process.start()
        crew[process] = time.monotonic()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)


def _replace_the_dead(crew: dict[BaseProcess, float], work: Callable[[], None]) -> None:
    short = 0
    while True:
        wait([process.sentinel for process in crew])
        for process, begun in [(process, crew[process]) for process in crew if not process.is_alive()]:
            del crew[process]
            short = short + 1 if time.monotonic() - begun < _SHORT else 0
            if short >= _MOST_SHORT:
                raise ConfigurationError("processes that serve end as soon as they start; see the log above")
            _LOG.warning("a process that serves ended (%s); another takes its place", process.exitcode)
            if short:
                time.sleep(_REST)
            _add(crew, work)


def _end(crew: dict[BaseProcess, float]) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    until = time.monotonic() + _LONGEST
    for process in crew:
        process.terminate()
    for process in crew:
        process.join(max(0.0, until - time.monotonic()))
        if process.is_alive():
            process.kill()
            process.join()


def _stopped(signum: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


# -- in a process of the crew --------------------------------------------------------------------------------


def _run(work: Callable[[], None], signals: set[signal.Signals]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a person's Ctrl-C is answered by the one that copies
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # until `work` has something to end
    signal.pthread_sigmask(signal.SIG_SETMASK, signals)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    work()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)
