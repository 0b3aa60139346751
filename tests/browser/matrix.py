"""Judges every scene by axe in every size, colour and language, and tells which were not judged.

    python -m tests.browser.matrix                                     all, over the tests' sample
    python -m tests.browser.matrix --site URL                          over a running site
    ... --only resident-home kiosk --sizes 360 --colours dark          a part of it
    ... --report FILE                                                  what came out, as JSON too

A scene that could not be judged, or whose browser hung and was killed, is tried once more. It ends with 1
where a fault was found and 2 where something was left unjudged.
"""

import argparse
import json
import shutil
import sys
import time
from collections import Counter, deque
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from itertools import chain, count, product
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import sync_playwright

from tests.browser.conftest import FLAGS
from tests.browser.hands import READY, Work, shared
from tests.browser.judging import Judge, Verdict
from tests.browser.scenes import Places, scenes
from tests.browser.sites import looked_at
from tests.browser.views import FITTING, add_choices

LIMIT = 90.0
"""Seconds after which a browser that has not judged its scene counts as hung; a scene takes two or three."""

LIFE = 60
"""Units after which a browser makes way for a fresh one."""

TRIES = 2
HOPELESS = 20
"""So many second tries in one run, and the rest is left unjudged: something is wrong with the machine."""


class Unit(NamedTuple):
    """A scene, by its name, in one size and language, to be judged in some colours."""

    scene: str
    size: str
    language: str
    colours: tuple[str, ...]


def units(chosen: argparse.Namespace, names: Sequence[str]) -> list[Unit]:
    """What the chosen part of the matrix has, those of one size and language beside each other."""
    wanted = [name for name in names if name.startswith(tuple(chosen.only))]
    return [
        Unit(name, size, language, tuple(chosen.colours))
        for size, language, name in product(chosen.sizes, chosen.languages, wanted)
        if size in FITTING[name.partition("-")[0]]
    ]


def judge_all(site: str, broken: str, places: Places, line: Connection) -> None:
    """Judge the units that come on the line, in a browser of this process, till the line closes."""
    by_name = {scene.name: scene for scene in scenes(places)}
    with sync_playwright() as playwright:
        program = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        judge = Judge(browser, site, broken)
        line.send(READY)
        for number in count(1):
            try:
                unit: Unit = line.recv()
            except EOFError:
                break
            verdict = judge.verdict(by_name[unit.scene], unit.size, unit.language, unit.colours)
            if not browser.is_connected():
                return  # the line closes without an answer
            line.send(verdict)
            if number % LIFE == 0:
                browser.close()
                browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
                judge = Judge(browser, site, broken)
        browser.close()


class Outcome:
    """What is known of the units of one run."""

    def __init__(self, wanted: Sequence[Unit]) -> None:
        self._wanted = wanted
        self._found: dict[Unit, dict[str, list[str]]] = {unit: {} for unit in wanted}
        self._troubles: dict[Unit, str] = {}

    def add(self, unit: Unit, verdict: Verdict) -> None:
        """Take in one try: faults stay told, even if a second try does not find them."""
        for colour, faults in verdict.found.items():
            known = self._found[unit].setdefault(colour, [])
            known += [fault for fault in faults if fault not in known]
        self._troubles[unit] = verdict.trouble

    def rows(self) -> list[dict[str, Any]]:
        """One for each size, colour and language: scenes judged, faults in them, scenes left unjudged."""
        counts: dict[tuple[str, str, str], Counter[str]] = {}
        for unit in self._wanted:
            for colour in unit.colours:
                cell = counts.setdefault((unit.size, colour, unit.language), Counter())
                faults = self._found[unit].get(colour)
                cell["unjudged" if faults is None else "judged"] += 1
                cell["faults"] += len(faults or ())
        return [
            {"size": size, "colour": colour, "language": language}
            | {name: cell[name] for name in ("judged", "faults", "unjudged")}
            for (size, colour, language), cell in counts.items()
        ]

    def faults(self) -> list[str]:
        """Every fault, with where it was."""
        return [
            f"{unit.scene}-{unit.size}-{colour}-{unit.language}: {fault}"
            for unit in self._wanted
            for colour, faults in self._found[unit].items()
            for fault in faults
        ]

    def unjudged(self) -> list[str]:
        """Every scene left without a verdict in a colour, with the reason."""
        return [
            f"{unit.scene}-{unit.size}-{colour}-{unit.language}: {self._troubles.get(unit, 'not tried')}"
            for unit in self._wanted
            for colour in unit.colours
            if colour not in self._found[unit]
        ]


def run(wanted: Sequence[Unit], work: Work, browsers: int, limit: float = LIMIT) -> Outcome:
    """Have all units judged, each tried twice at most; a fault or trouble is printed when it comes."""
    outcome = Outcome(wanted)
    tried: Counter[Unit] = Counter()
    tasks = deque(wanted)
    hands = shared(tasks, work, browsers, limit, Verdict)
    for unit, verdict in hands:
        verdict = verdict or Verdict({}, "the browser hung or died")
        outcome.add(unit, verdict)
        tried[unit] += 1
        for fault in (*chain.from_iterable(verdict.found.values()), *filter(None, [verdict.trouble])):
            print(f"{unit.scene}-{unit.size}-{unit.language}: {fault}", flush=True)
        if verdict.trouble and tried[unit] < TRIES:
            tasks.append(unit)
        if tried.total() - len(tried) > HOPELESS:
            break
    hands.close()
    return outcome


def told(outcome: Outcome) -> str:
    """A line for each size and colour: judged scenes of each language, with faults and unjudged ones."""
    lines: dict[tuple[str, str], list[str]] = {}
    for row in outcome.rows():
        faults = f" {row['faults']} faults" if row["faults"] else ""
        unjudged = f" {row['unjudged']} unjudged" if row["unjudged"] else ""
        cell = f"{row['language']} {row['judged']}{faults}{unjudged}"
        lines.setdefault((row["size"], row["colour"]), []).append(cell)
    return "\n".join(f"{size:<10} {colour:<9} {'   '.join(cells)}" for (size, colour), cells in lines.items())


def totals(outcome: Outcome) -> dict[str, int]:
    """Scenes judged and unjudged, and faults, over everything."""
    rows = outcome.rows()
    return {name: sum(row[name] for row in rows) for name in ("judged", "faults", "unjudged")}


def exit_code(outcome: Outcome) -> int:
    """2 where something was left unjudged or nothing was judged, else 1 where a fault was found, else 0."""
    total = totals(outcome)
    if total["unjudged"] or not total["judged"]:
        return 2
    return 1 if total["faults"] else 0


def _chosen(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        "python -m tests.browser.matrix", description=(__doc__ or "").splitlines()[0]
    )
    add_choices(parser)
    parser.add_argument("--browsers", type=int, default=2, help="how many judge beside each other")
    parser.add_argument("--report", type=Path, help="file to write the outcome to, as JSON")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str]) -> int:
    """Judge the chosen part, print and write what came out; the code is that of `exit_code`."""
    chosen = _chosen(arguments)
    begun = time.monotonic()
    with looked_at(chosen.site) as (site, broken, places):
        wanted = units(chosen, [scene.name for scene in scenes(places)])
        outcome = run(wanted, partial(judge_all, site, broken, places), chosen.browsers)
    seconds = round(time.monotonic() - begun)
    total = totals(outcome)
    print(told(outcome))
    for left in outcome.unjudged():
        print(f"unjudged: {left}")
    print(f"{total['judged']} judged, {total['faults']} faults, {total['unjudged']} unjudged, {seconds} s")
    if chosen.report:
        details = {"faults": outcome.faults(), "unjudged": outcome.unjudged(), "rows": outcome.rows()}
        report = {"day": datetime.now(UTC).date().isoformat(), "seconds": seconds, "total": total, **details}
        chosen.report.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return exit_code(outcome)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
