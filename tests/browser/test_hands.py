"""Work shared out: a process that hangs or dies is ended with what it started, its task told as lost."""

import os
import subprocess
import time
from collections import deque
from multiprocessing.connection import Connection

import pytest

from tests.browser.hands import READY, family, shared
from tests.browser.judging import Verdict
from tests.browser.matrix import Outcome, Unit, exit_code, run, told


def doubling(line: Connection) -> None:
    """Answers a number with its double and its own process; hangs at 3, dies at 4."""
    child = subprocess.Popen(["sleep", "600"])
    line.send(READY)
    try:
        while True:
            number = line.recv()
            if number == 3:
                time.sleep(600)
            if number == 4:
                os._exit(1)
            line.send((number * 2, os.getpid(), child.pid))
    except EOFError:
        child.kill()
        child.wait()


def test_every_task_is_answered_or_told_as_lost_and_nothing_is_left_running() -> None:
    answers = dict(shared(deque([1, 2, 3, 4, 5, 6]), doubling, 2, 2.0, tuple))
    assert {number: answer and answer[0] for number, answer in answers.items()} == {
        1: 2,
        2: 4,
        3: None,
        4: None,
        5: 10,
        6: 12,
    }
    started = {pid for answer in answers.values() if answer for pid in answer[1:]}
    assert len(started) >= 2
    hung = [pid for pid in started if pid in family(os.getpid())]
    assert hung == []


def stubborn(line: Connection) -> None:
    """Judges all but the scene `stuck`, and `shy` not in the dark; `ugly` has a fault."""
    line.send(READY)
    while True:
        try:
            unit: Unit = line.recv()
        except EOFError:
            return
        if unit.scene == "stuck":
            time.sleep(600)
        found: dict[str, list[str]] = {"light": ["region: <p>"] if unit.scene == "ugly" else []}
        if unit.scene == "shy":
            line.send(Verdict(found, "no such button"))
        else:
            line.send(Verdict({**found, "dark": []}))


def unwilling(_line: Connection) -> None:
    """Ends before it is ready, as where no browser starts."""


def test_a_process_that_does_not_get_ready_ends_the_run() -> None:
    with pytest.raises(RuntimeError, match="did not get ready"):
        run([Unit("plain", "360", "fi", ("light",))], unwilling, 2)


def judged(*names: str) -> Outcome:
    wanted = [Unit(name, "360", "fi", ("light", "dark")) for name in names]
    return run(wanted, stubborn, 2, limit=2.0)


def test_what_was_not_judged_is_told_and_never_counts_as_well() -> None:
    outcome = judged("plain", "stuck", "shy", "ugly")
    light, dark = outcome.rows()
    assert (light["judged"], light["faults"], light["unjudged"]) == (3, 1, 1)
    assert (dark["judged"], dark["faults"], dark["unjudged"]) == (2, 0, 2)
    assert outcome.faults() == ["ugly-360-light-fi: region: <p>"]
    assert outcome.unjudged() == [
        "stuck-360-light-fi: the browser hung or died",
        "stuck-360-dark-fi: the browser hung or died",
        "shy-360-dark-fi: no such button",
    ]
    assert "fi 3 1 faults 1 unjudged" in told(outcome)
    assert exit_code(outcome) == 2


def test_only_a_run_that_judged_all_and_found_nothing_ends_well() -> None:
    assert exit_code(judged("plain")) == 0
    assert exit_code(judged("ugly")) == 1
    assert exit_code(judged()) == 2
