"""Work shared out to several processes, each of which may hang or die without taking the work along."""

import multiprocessing
import os
import signal
import time
from collections import deque
from collections.abc import Callable, Generator, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Generic, TypeVar

Task = TypeVar("Task")
Answer = TypeVar("Answer")
Work = Callable[[Connection], None]
"""Runs in a process of its own: says READY, answers each task that the connection brings, ends with it."""

READY = "ready"
_START = 120.0  # seconds that a process may take to be ready


def family(pid: int) -> list[int]:
    """A process and all that it has started, youngest last. Empty when it is gone."""
    found = [pid]
    for one in found:
        with suppress(OSError):
            for thread in Path(f"/proc/{one}/task").iterdir():
                found += map(int, (thread / "children").read_text().split())
    return found


class _Hand(Generic[Task]):
    """One process and the task that it has."""

    def __init__(self, work: Work) -> None:
        here, there = multiprocessing.get_context("spawn").Pipe()
        self.line: Connection = here
        self._process = multiprocessing.get_context("spawn").Process(target=work, args=(there,), daemon=False)
        self._process.start()
        there.close()
        self.ready = False
        self.task: Task | None = None
        self.since = time.monotonic()

    def free(self) -> bool:
        return self.ready and self.task is None

    def late(self, limit: float) -> bool:
        return not self.free() and time.monotonic() - self.since > (limit if self.ready else _START)

    def begin(self, word: object) -> None:
        """Take the word that it is ready."""
        if word != READY:
            raise RuntimeError("a process did not get ready")
        self.ready = True

    def give(self, task: Task) -> None:
        self.task, self.since = task, time.monotonic()
        with suppress(OSError):  # it has died; its closed line is told by `wait`
            self.line.send(task)

    def end(self, *, kindly: bool) -> None:
        """Let it end by itself within half a minute, or kill it with all that it has started."""
        self.line.close()
        if kindly:
            self._process.join(30)
        for pid in family(self._process.pid or 0) if self._process.is_alive() else []:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._process.join()


def shared(
    tasks: deque[Task], work: Work, hands: int, limit: float, kind: type[Answer]
) -> Generator[tuple[Task, Answer | None]]:
    """Each task with its answer, of `kind`, as they come; None where the process died, or hung for `limit` s.

    Tasks may be added meanwhile. A process that died or hung is ended and another takes its place.
    RuntimeError where one does not even get ready.
    """
    crew: list[_Hand[Task]] = []
    try:
        while tasks or any(hand.task is not None for hand in crew):
            while tasks and len(crew) < hands:
                crew.append(_Hand(work))
            for hand in crew:
                if hand.free() and tasks:
                    hand.give(tasks.popleft())
            for hand in _heard(crew, limit):
                task, answer = hand.task, _answer(hand)
                if task is None:
                    hand.begin(answer)
                    continue
                hand.task = None
                if not isinstance(answer, kind):
                    crew.remove(hand)
                    hand.end(kindly=False)
                yield task, answer if isinstance(answer, kind) else None
    finally:
        for hand in crew:
            hand.end(kindly=hand.free())


def _heard(crew: Sequence[_Hand[Task]], limit: float) -> list[_Hand[Task]]:
    """Those whose line has something, be it its end, and those who have been silent for too long."""
    busy = [hand for hand in crew if not hand.free()]
    heard = wait([hand.line for hand in busy], timeout=1)
    return [hand for hand in busy if hand.line in heard or hand.late(limit)]


def _answer(hand: _Hand[Task]) -> object:
    with suppress(EOFError, OSError):
        return hand.line.recv() if hand.line.poll() else None
    return None
