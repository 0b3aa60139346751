"""(f) From starting a process to its first answer; the command line beside an empty Python."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench import activities as made
from bench.report import Goal, Report
from bench.servers import EMPTY, first_answer

ROUNDS = 7


def run(sizes: Sequence[int], folder: Path) -> Report:
    """Start each in turn, seven times, and compare medians."""
    data = made.indexed(min(sizes), folder)
    environment = {**os.environ, **made.environment(data)}
    vierelle = str(Path(sys.executable).with_name("vierelle"))
    first_answer([vierelle, "serve", "--quiet", "--port", "0"], environment, "/haku?q=apu")  # fills caches
    names = ("pass", "help", "empty", "serve", "empty, processor", "serve, processor")
    times: dict[str, list[float]] = {name: [] for name in names}
    for _ in range(ROUNDS):
        times["pass"].append(_ended([sys.executable, "-c", "pass"], environment))
        times["help"].append(_ended([vierelle, "--help"], environment))
        empty = first_answer([sys.executable, "-c", EMPTY], environment, "/")
        serve = [vierelle, "serve", "--quiet", "--port", "0"]
        ours = first_answer(serve, environment, "/haku?q=apu")
        for name, found in (("empty", empty), ("serve", ours)):
            times[name].append(found.clock)
            times[f"{name}, processor"].append(found.processor)
    median = {name: statistics.median(values) for name, values in times.items()}
    rows = (
        ("python -c pass", median["pass"], 1.0),
        ("vierelle --help", median["help"], median["help"] / median["pass"]),
        ("empty Flask app, first answer", median["empty"], 1.0),
        (
            f"vierelle serve at {min(sizes)}, first search page",
            median["serve"],
            median["serve"] / median["empty"],
        ),
        ("empty Flask app, processor time", median["empty, processor"], 1.0),
        (
            "vierelle serve, processor time",
            median["serve, processor"],
            median["serve, processor"] / median["empty, processor"],
        ),
    )
    goals = (
        Goal("vierelle --help ÷ python -c pass", median["help"] / median["pass"], most=6),
        Goal("server to first answer ÷ empty Flask app", median["serve"] / median["empty"], most=3),
    )
    return Report("f", "Starting", ("what", "ms", "ratio"), rows, goals)


def _ended(command: Sequence[str], environment: Mapping[str, str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, env=dict(environment), stdout=subprocess.DEVNULL, check=True)
    return (time.perf_counter() - start) * 1000
