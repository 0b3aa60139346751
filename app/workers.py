"""Work in processes of its own: bytes in, bytes out; a job that kills or hangs its process costs that job.

A worker is a plain child process that talks over its standard input and output. So it shares no memory, lock
or file with us; it ends when our end of the pipe closes, also if we are killed; and it may be started while
threads run. Its own session keeps a terminal's Ctrl-C from it.

    with Workers(command, hello, most=2) as workers:
        answer = workers.call(job)          # from any thread
"""

import os
import resource
import select
import signal
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from schemas.errors import VierelleError

_HEAD = struct.Struct(">cQ")
_DONE, _LAST, _FAILED = b"d", b"l", b"f"
_LIMITS = struct.Struct(">dd")
_START_S = 120.0
_SLACK_S = 10.0
_END_S = 2.0


class JobLost(VierelleError):
    """The job did not come to its end: it raised, killed its process, or took too long. Others go on."""


class NoWorkers(VierelleError):
    """No process can be started here: do the work yourself."""


class _Died(Exception):
    """The process ended, or had to be ended."""

    def __init__(self, reason: str, *, certain: bool) -> None:
        super().__init__(reason)
        self.certain = certain


class Workers:
    """At most `most` processes, each started when a job finds none free. Safe for threads.

    command      starts a worker, which calls `serve`
    hello        what a worker is told once, before its first job
    processor_s  processor time that one job may take
    wall_s       seconds that one job may take
    """

    def __init__(
        self,
        command: Sequence[str],
        hello: bytes,
        most: int,
        *,
        processor_s: float = 30.0,
        wall_s: float = 600.0,
    ) -> None:
        self._command = tuple(command)
        self._hello = _LIMITS.pack(processor_s, wall_s) + hello
        self._most = most
        self._wall_s = wall_s
        self._idle: list[_Worker] = []
        self._alive = 0
        self._change = threading.Condition()
        self._broken = ""

    def call(self, job: bytes) -> bytes:
        """The answer to `job`; waits for a free worker. Raises JobLost, NoWorkers."""
        for attempt in (1, 2):
            worker = self._taken()
            try:
                answer, last = worker.ask(job, self._wall_s + _SLACK_S)
            except _Died as died:
                self._ended(worker)
                # Somebody else may have killed it; but who dies twice of one job dies of it.
                if died.certain or attempt == 2:
                    raise JobLost(str(died)) from died
            except JobLost:
                self._give_back(worker)
                raise
            except BaseException:
                self._ended(worker)  # half an answer may be on its way
                raise
            else:
                if last:
                    self._ended(worker)
                else:
                    self._give_back(worker)
                return answer
        raise AssertionError("unreachable")

    def pids(self) -> tuple[int, ...]:
        """Of the workers that wait for a job."""
        with self._change:
            return tuple(worker.pid for worker in self._idle)

    def close(self) -> None:
        """End all workers that wait; those at work end with their job."""
        with self._change:
            self._broken = self._broken or "closed"
            idle, self._idle = self._idle, []
            self._alive -= len(idle)
            self._change.notify_all()
        for worker in idle:
            worker.end()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _taken(self) -> "_Worker":
        with self._change:
            while True:
                if self._broken:
                    raise NoWorkers(self._broken)
                if self._idle:
                    return self._idle.pop()
                if self._alive < self._most:
                    self._alive += 1
                    break
                self._change.wait()
        try:
            return _Worker(self._command, self._hello)
        except BaseException as error:
            with self._change:
                self._alive -= 1
                # Where one cannot start the next cannot either; those that run go on.
                if isinstance(error, NoWorkers) and not self._alive:
                    self._broken = str(error)
                self._change.notify_all()
            raise

    def _give_back(self, worker: "_Worker") -> None:
        with self._change:
            closed = bool(self._broken)
            if not closed:
                self._idle.append(worker)
            else:
                self._alive -= 1
            self._change.notify()
        if closed:
            worker.end()

    def _ended(self, worker: "_Worker") -> None:
        worker.end()
        with self._change:
            self._alive -= 1
            self._change.notify()


class _Worker:
    """One process. Raises NoWorkers when it does not come up."""

    def __init__(self, command: Sequence[str], hello: bytes) -> None:
        try:
            # Our own command, without a shell.
            self._process = subprocess.Popen(  # noqa: S603
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
            )
        except OSError as error:
            raise NoWorkers(f"{command[0]}: {error.strerror or error}") from error
        try:
            self.ask(hello, _START_S)
        except BaseException as error:
            self.end()
            if isinstance(error, _Died | JobLost):
                raise NoWorkers(f"the process does not come up: {error}") from error
            raise

    @property
    def pid(self) -> int:
        return self._process.pid

    def ask(self, job: bytes, wall_s: float) -> tuple[bytes, bool]:
        """The answer, and whether it is this worker's last."""
        assert self._process.stdin is not None
        ends = time.monotonic() + wall_s
        try:
            self._process.stdin.write(_HEAD.pack(_DONE, len(job)) + job)
            self._process.stdin.flush()
        except OSError:
            raise self._died() from None
        kind, size = _HEAD.unpack(self._received(_HEAD.size, ends))
        answer = self._received(size, ends)
        if kind == _FAILED:
            raise JobLost(answer.decode("utf-8", "replace"))
        return answer, kind == _LAST

    def end(self) -> None:
        """End it, with force where it does not end by itself."""
        process = self._process
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        try:
            process.wait(_END_S if process.returncode is None else 0)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _received(self, size: int, ends: float) -> bytes:
        assert self._process.stdout is not None
        number = self._process.stdout.fileno()
        poll = select.poll()
        poll.register(number, select.POLLIN)
        found = bytearray()
        while len(found) < size:
            if not poll.poll(max(0.0, ends - time.monotonic()) * 1000):
                self._process.kill()
                raise _Died("gave no answer in time", certain=True)
            piece = os.read(number, min(size - len(found), 1 << 20))
            if not piece:
                raise self._died()
            found += piece
        return bytes(found)

    def _died(self) -> _Died:
        try:
            code = self._process.wait(_END_S)
        except subprocess.TimeoutExpired:
            return _Died("closed its pipe", certain=False)
        if code == -signal.SIGPROF:
            return _Died("took too much processor time", certain=True)
        if code == -signal.SIGALRM:
            return _Died("gave no answer in time", certain=True)
        name = signal.Signals(-code).name if code < 0 else f"exit code {code}"
        return _Died(f"ended its process ({name})", certain=False)


def serve(
    made: Callable[[bytes], Callable[[bytes], bytes]], *, grown_mb: int = 300, most_mb: int = 2000
) -> None:
    """Answer jobs from standard input until it closes: what a worker's program does.

    made      hello → the function from job to answer
    grown_mb  a worker that has grown larger than this ends after its answer, and another takes its place
    most_mb   address space, beyond which a job fails with MemoryError
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)  # whoever started us says when it is over, by closing the pipe
    for number in (signal.SIGPROF, signal.SIGALRM):
        signal.signal(number, signal.SIG_DFL)  # the kernel ends us: a job that hangs lets no Python code run
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (most_mb << 20, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    jobs, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what is printed by mistake is no answer
    hello = _read(jobs)
    if hello is None:
        return
    processor_s, wall_s = _LIMITS.unpack_from(hello)
    try:
        answer = made(hello[_LIMITS.size :])
    except Exception as error:  # noqa: BLE001
        # Whatever it is, the other side is told.
        _write(answers, _FAILED, _told(error))
        return
    _write(answers, _DONE, b"")
    while (job := _read(jobs)) is not None:
        signal.setitimer(signal.ITIMER_PROF, processor_s)
        signal.setitimer(signal.ITIMER_REAL, wall_s)
        try:
            kind, found = _DONE, answer(job)
        except Exception as error:  # noqa: BLE001
            # Whatever it is, it costs this job only.
            kind, found = _FAILED, _told(error)
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)
        if kind == _DONE and _resident_mb() > grown_mb:
            _write(answers, _LAST, found)
            return
        _write(answers, kind, found)


def _resident_mb() -> float:
    """Memory in use; 0 where the system does not tell. (`getrusage` begins with the peak of our parent.)"""
    try:
        with Path("/proc/self/statm").open("rb") as told:
            return int(told.read().split()[1]) * resource.getpagesize() / (1 << 20)
    except OSError:
        return 0.0


def _read(jobs: BinaryIO) -> bytes | None:
    head = jobs.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    size = _HEAD.unpack(head)[1]
    job = jobs.read(size)
    return job if len(job) == size else None


def _write(answers: BinaryIO, kind: bytes, found: bytes) -> None:
    try:
        answers.write(_HEAD.pack(kind, len(found)) + found)
        answers.flush()
    except OSError:
        os._exit(1)  # nobody listens any more


def _told(error: Exception) -> bytes:
    text = str(error) if isinstance(error, VierelleError) else f"{type(error).__name__}: {error}"
    return text[:300].encode("utf-8", "replace")
