"""Crawls in a process that is killed at random moments: `python -m tests.app.killing FOLDER KILLS SEED`.

Everything slow is loaded once; each crawl runs in a fork of its own and opens its own catalogue. Prints how
many were really killed under way; the last crawl is left in peace.
"""

import os
import random
import signal
import sys
import time
from pathlib import Path

from app.crawling import crawl_sources
from app.wiring import Wiring
from config.settings import Settings


def main(folder: Path, kills: int, seed: int) -> None:
    wiring = Wiring(Settings(data=folder, sources=folder / "sources.toml", readers=0))
    _ = wiring.taxonomy, wiring.sources, wiring.municipality("Joensuussa")
    chance = random.Random(seed)
    killed = 0
    for _ in range(kills):
        child = os.fork()
        if child == 0:
            _crawl(wiring)
        time.sleep(chance.uniform(0.0, 0.6))
        os.kill(child, signal.SIGKILL)
        killed += os.waitpid(child, 0)[1] == signal.SIGKILL
    child = os.fork()
    if child == 0:
        _crawl(wiring)
    print(killed, os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


def _crawl(wiring: Wiring) -> None:
    reports = list(crawl_sources(wiring, wiring.sources, workers=4))
    wiring.catalogue.close()
    os._exit(0 if all(report.outcome == "ok" for report in reports) else 5)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
