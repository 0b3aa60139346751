"""Servers under measurement: started on a free port, asked over HTTP, stopped."""

import http.client
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

EMPTY = """
import sys
from socket import create_server as listen
from flask import Flask
from waitress import create_server
app = Flask("empty")
@app.get("/")
def page():
    return "<!doctype html><title>empty</title>"
listening = listen(("127.0.0.1", 0), backlog=128)
def serve():
    create_server(app, sockets=[listening], threads=8).run()
print(f"http://127.0.0.1:{listening.getsockname()[1]}/", flush=True)
if len(sys.argv) > 1:
    from app.cli.crew import serve_together
    serve_together(serve, int(sys.argv[1]))
else:
    serve()
"""
"""An empty Flask page on the server that the product uses; with an argument in so many processes."""


@contextmanager
def running(command: Sequence[str], environment: Mapping[str, str]) -> Iterator[int]:
    """A server process that prints its address; gives its port and ends it."""
    with started(command, environment) as (_, port):
        yield port


@contextmanager
def started(
    command: Sequence[str], environment: Mapping[str, str]
) -> Iterator[tuple["subprocess.Popen[str]", int]]:
    """The same; gives the process too."""
    process = subprocess.Popen(
        command,
        env={**environment, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # answers that failed are counted by their status
        text=True,
    )
    try:
        yield process, _port(process)
    finally:
        process.terminate()
        process.wait(10)
        if process.stdout is not None:
            process.stdout.close()


def _port(process: "subprocess.Popen[str]") -> int:
    for line in process.stdout or ():
        _, found, rest = line.partition("http://")
        if found:
            return int(rest.split("/")[0].rpartition(":")[2])
    raise RuntimeError("the server ended without an address")


class First(NamedTuple):
    """Milliseconds from starting a server to its first whole answer: by the clock, and of its processor."""

    clock: float
    processor: float


def first_answer(command: Sequence[str], environment: Mapping[str, str], path: str) -> First:
    """Start a server, ask it once."""
    start = time.perf_counter()
    with started(command, environment) as (process, port):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        spent = processor_time(process.pid)
        taken = (time.perf_counter() - start) * 1000
        connection.close()
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}")
    return First(taken, spent)


def processor_time(process: int) -> float:
    """Milliseconds that the threads of a process have run so far."""
    threads = Path(f"/proc/{process}/task").glob("*/schedstat")
    return sum(int(thread.read_text().split()[0]) for thread in threads) / 1e6


class Load(NamedTuple):
    """What clients saw: milliseconds of each answer, answers a second, answers that failed; and the server's
    milliseconds of processor time for each answer, where that was measured."""

    times: list[float]
    rate: float
    errors: int
    processor: float = 0.0


class Server(NamedTuple):
    """A running server: number of its process, port."""

    process: int
    port: int

    def load(self, paths: Sequence[str], clients: int, seconds: float, *, apart: bool = False) -> Load:
        """As `load`, with the server's processor time, which hardly minds other programs."""
        before = processor_time(self.process)
        found = load(self.port, paths, clients, seconds, apart=apart)
        return found._replace(processor=(processor_time(self.process) - before) / max(1, len(found.times)))


def load(port: int, paths: Sequence[str], clients: int, seconds: float, *, apart: bool = False) -> Load:
    """Ask from several connections at once for some seconds, each its own way through `paths`.

    With `apart` each has a stretch of its own, so that none asks what another has asked already.
    """
    times: list[list[float]] = [[] for _ in range(clients)]
    errors = [0] * clients
    end = time.perf_counter() + seconds

    def ask(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        place = number * (len(paths) // clients if apart else 7)
        while time.perf_counter() < end:
            start = time.perf_counter()
            try:
                connection.request("GET", paths[place % len(paths)])
                answer = connection.getresponse()
                answer.read()
                errors[number] += answer.status != 200
            except (OSError, http.client.HTTPException):
                errors[number] += 1
                connection.close()
            times[number].append((time.perf_counter() - start) * 1000)
            place += 1
        connection.close()

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(clients)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    every = [value for found in times for value in found]
    return Load(every, len(every) / (time.perf_counter() - start), sum(errors))
