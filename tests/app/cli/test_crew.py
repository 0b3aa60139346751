"""Several processes serve one address: one that dies is replaced, none outlives the one that started it."""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

COMMAND = [sys.executable, "-c", "import sys; from app.cli import main; sys.exit(main())", "serve"]
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc")


class Served:
    """A server with two processes."""

    def __init__(self, data: Path) -> None:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("VIERELLE_")}
        self.process = subprocess.Popen(
            [*COMMAND, "--port", "0"],
            env={**kept, "VIERELLE_DATA": str(data), "VIERELLE_PROCESSES": "2", "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout
        found = re.search(r"http://127\.0\.0\.1:\d+/", self.process.stdout.readline())
        assert found
        self.address = found[0]

    def status(self) -> int:
        with urllib.request.urlopen(self.address + "tietosuoja", timeout=20) as answer:
            return int(answer.status)

    def crew(self) -> set[int]:
        told = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text(encoding="ascii")
        return {int(number) for number in told.split()}

    def until(self, crew: int) -> set[int]:
        """The processes, once there are so many. Raises TimeoutError."""
        for _ in range(300):
            if len(found := self.crew()) == crew:
                return found
            time.sleep(0.1)
        raise TimeoutError(f"there are {len(self.crew())} processes")


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    running = Served(tmp_path)
    yield running
    running.process.kill()
    running.process.communicate()


def test_all_processes_end_with_the_one_that_is_asked_to(served: Served) -> None:
    crew = served.until(2)
    assert served.status() == 200
    served.process.send_signal(signal.SIGTERM)
    out, _ = served.process.communicate(timeout=30)
    assert served.process.returncode == 0
    assert out.strip() == "Vierelle: stopped."
    assert not any(map(_lives, crew))


def test_one_that_dies_is_replaced_and_visitors_are_answered(served: Served) -> None:
    before = served.until(2)
    assert served.status() == 200
    killed = min(before)
    os.kill(killed, signal.SIGKILL)
    while killed in served.crew():
        time.sleep(0.05)
    after = served.until(2)
    assert len(after - before) == 1
    assert [served.status() for _ in range(6)] == [200] * 6


def test_none_outlives_a_killed_parent(served: Served) -> None:
    crew = served.until(2)
    assert served.status() == 200
    served.process.kill()
    served.process.wait()
    for _ in range(200):
        if not any(map(_lives, crew)):
            return
        time.sleep(0.1)
    raise AssertionError("a process serves on alone")


def test_processes_that_cannot_serve_are_a_clear_error(tmp_path: Path) -> None:
    code = (
        "import os; from app.cli import crew; crew._REST = 0.01\n"
        "from schemas.errors import ConfigurationError\n"
        "try:\n    crew.serve_together(lambda: os._exit(3), 2)\n"
        "except ConfigurationError as error:\n    print(error)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert "as soon as they start" in ended.stdout


def _lives(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"
