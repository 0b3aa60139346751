"""Work in other processes: whatever a job does to its process, it costs that job, and nobody is left over."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.workers import JobLost, NoWorkers, Workers

ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-c", "import sys; sys.path.insert(0, sys.argv[1]); import runpy; "
           "runpy.run_module('tests.app.worker', run_name='__main__')", str(ROOT))  # fmt: skip


@pytest.fixture
def workers() -> Iterator[Workers]:
    with Workers(COMMAND, b"hei", 2, processor_s=1.0, wall_s=60.0) as found:
        yield found


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def gone(pid: int) -> bool:
    """Whether the process ends; the wait is for a machine under load."""
    ends = time.monotonic() + 20
    while alive(pid) and time.monotonic() < ends:
        time.sleep(0.02)
    return not alive(pid)


def test_a_job_of_any_size_comes_back_answered(workers: Workers) -> None:
    assert workers.call(b"say ") == b"hei:"
    large = bytes(3_000_000)
    assert workers.call(b"say " + large) == b"hei:" + large


def test_many_threads_share_few_workers(workers: Workers) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(workers.call, [b"pid"] * 40))
    assert 1 <= len(found) <= 2
    with ThreadPoolExecutor(8) as pool:
        jobs = [b"say %d" % number for number in range(40)]
        assert list(pool.map(workers.call, jobs)) == [b"hei:%d" % number for number in range(40)]


def test_no_worker_is_started_before_there_is_work(workers: Workers) -> None:
    assert workers.pids() == ()
    workers.call(b"pid")
    assert len(workers.pids()) == 1, "and no more than are needed"


@pytest.mark.parametrize(
    ("job", "reason"),
    [
        (b"raise", "ValueError: what a page"),
        (b"crash", "SIGSEGV"),
        (b"spin", "too much processor time"),
        (b"eat", "MemoryError"),
    ],
)
def test_a_job_that_ends_badly_is_lost_alone(workers: Workers, job: bytes, reason: str) -> None:
    with ThreadPoolExecutor(4) as pool:
        others = [pool.submit(workers.call, b"say %d" % number) for number in range(12)]
        bad = pool.submit(workers.call, job)
        others += [pool.submit(workers.call, b"say %d" % number) for number in range(12, 24)]
        with pytest.raises(JobLost, match=reason):
            bad.result()
        assert [done.result() for done in others] == [b"hei:%d" % number for number in range(24)]


def test_a_silent_worker_is_given_up() -> None:
    with Workers(COMMAND, b"hei", 1, wall_s=1.0) as workers:
        workers.call(b"say ")
        with pytest.raises(JobLost, match="no answer in time"):
            workers.call(b"sleep")
        assert workers.call(b"say x") == b"hei:x"


def test_a_job_whose_worker_was_killed_by_somebody_else_is_done_by_the_next(
    workers: Workers, tmp_path: Path
) -> None:
    assert workers.call(b"once " + bytes(tmp_path / "first")).startswith(b"hei:")
    first = int(workers.call(b"pid"))
    os.kill(first, signal.SIGKILL)
    assert gone(first)
    assert int(workers.call(b"pid")) != first


def test_what_a_job_prints_is_no_answer(workers: Workers) -> None:
    assert workers.call(b"print ") == b"hei:"
    assert workers.call(b"say x") == b"hei:x"


def test_a_worker_that_has_grown_large_answers_and_makes_room(workers: Workers) -> None:
    first = int(workers.call(b"pid"))
    assert workers.call(b"grow ") == b"hei:"
    assert gone(first)
    assert int(workers.call(b"pid")) != first


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_for_all_does_not_end_a_worker_with_work(workers: Workers, signum: signal.Signals) -> None:
    pid = int(workers.call(b"pid"))
    os.kill(pid, signum)
    assert int(workers.call(b"pid")) == pid


@pytest.mark.parametrize("hello", [b"fail", b"exit"])
def test_workers_that_do_not_come_up_are_told_at_once_and_for_good(hello: bytes) -> None:
    with Workers(COMMAND, hello, 2) as workers:
        for _ in range(3):
            with pytest.raises(NoWorkers):
                workers.call(b"say ")
    with Workers(("/nowhere/python",), b"", 2) as workers, pytest.raises(NoWorkers, match="No such file"):
        workers.call(b"say ")


def test_closing_ends_all_and_later_jobs_are_refused() -> None:
    workers = Workers(COMMAND, b"hei", 2)
    pid = int(workers.call(b"pid"))
    workers.close()
    assert gone(pid)
    with pytest.raises(NoWorkers):
        workers.call(b"say ")


PARENT = """
import sys, threading
sys.path.insert(0, {root!r})
from app.workers import Workers
workers = Workers({command!r}, b"hei", 2, processor_s=5.0, wall_s=8.0)
print(workers.call(b"pid").decode(), flush=True)
workers.call({job!r})
threading.Event().wait()
"""


@pytest.mark.parametrize("job", [b"say ", b"spin", b"sleep"], ids=["waiting", "at work", "asleep"])
def test_nobody_is_left_when_we_are_killed(job: bytes) -> None:
    program = PARENT.format(root=str(ROOT), command=COMMAND, job=job)
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, cwd=ROOT) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        assert alive(pid)
        parent.kill()
        parent.wait()
        assert gone(pid)


def test_threads_that_wait_for_a_worker_are_let_go_when_all_ends() -> None:
    workers = Workers(COMMAND, b"hei", 1, processor_s=1.0)
    workers.call(b"say ")
    told: list[str] = []

    def ask(job: bytes) -> None:
        try:
            workers.call(job)
        except (JobLost, NoWorkers) as error:
            told.append(type(error).__name__)

    threads = [threading.Thread(target=ask, args=(job,)) for job in (b"spin", b"say ", b"say ")]
    for thread in threads:
        thread.start()
        time.sleep(0.1)
    workers.close()
    for thread in threads:
        thread.join(30)
    assert sorted(told) == ["JobLost", "NoWorkers", "NoWorkers"]
