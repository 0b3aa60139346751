"""All threads of a server take memory from one place, so that what one gives back another can take."""

import ctypes
import subprocess
import sys
from pathlib import Path

import pytest

_CHILD = """
import ctypes, sys, threading
from app.cli.memory import keep_together

if sys.argv[1] == "together":
    keep_together()
meeting = threading.Barrier(4)

def use():
    held = [bytes(20_000) for _ in range(50)]
    meeting.wait()
    return held

threads = [threading.Thread(target=use) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
library = ctypes.CDLL(None)
library.fopen.restype = ctypes.c_void_p
file = ctypes.c_void_p(library.fopen(sys.argv[2].encode(), b"w"))
library.malloc_info(0, file)
library.fclose(file)
"""


def _places(how: str, told: Path) -> int:
    subprocess.run([sys.executable, "-c", _CHILD, how, str(told)], check=True, timeout=60)
    return told.read_text(encoding="ascii").count("<heap nr=")


@pytest.mark.skipif(
    sys.platform != "linux" or not hasattr(ctypes.CDLL(None), "malloc_info"), reason="asks glibc"
)
def test_threads_share_one_place_once_they_are_told_to(tmp_path: Path) -> None:
    assert _places("apart", tmp_path / "apart.xml") > 1
    assert _places("together", tmp_path / "together.xml") == 1
