"""Put the figures of one run into a page: `python -m bench.telling all.json docs/performance.md`.

`all.json` is what `python -m bench all --json` printed. Each stretch of the page between
`<!-- bench: NAME -->` and `<!-- bench: end -->` is written anew: `goals`, `machine`, or a run's letter for
its table and notes. What stands outside them is a person's text and stays.
"""

import argparse
import re
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec

from bench.report import Report, number
from schemas.errors import ConfigurationError

_STRETCH = re.compile(r"(<!-- bench: (?P<name>\w+) -->\n).*?(<!-- bench: end -->)", re.DOTALL)
_MET = {True: "yes", False: "**no**"}


class Run(msgspec.Struct, frozen=True):
    """One run of everything, as `--json` tells it."""

    machine: dict[str, str]
    reports: tuple[Report, ...]


def told(page: str, run: Run) -> str:
    """The page with every marked stretch written anew; ConfigurationError if the run has no such table."""
    parts = {
        "machine": ", ".join(run.machine.values()) + "\n",
        "goals": _goals(run.reports),
        **{report.letter: _table(report) for report in run.reports},
    }

    def anew(stretch: re.Match[str]) -> str:
        name = stretch["name"]
        if name not in parts:
            raise ConfigurationError(f"the run has no {name!r}; it has {', '.join(sorted(parts))}")
        return f"{stretch[1]}{parts[name]}{stretch[3]}"

    return _STRETCH.sub(anew, page)


def _goals(reports: Sequence[Report]) -> str:
    rows = [
        (f"({report.letter}) {goal.name}", f"**{number(goal.value)}**", goal.bound, _MET[goal.met])
        for report in reports
        for goal in report.goals
    ]
    return _lines(("goal", "figure", "bound", "met"), rows)


def _table(report: Report) -> str:
    rows = [[cell if isinstance(cell, str) else number(cell) for cell in row] for row in report.rows]
    return _lines(report.columns, rows) + "".join(map(_note, report.notes))


def _note(note: str) -> str:
    """A paragraph; a note that begins with a space is an item of the list under the one before it."""
    return f"- {note.strip()}\n" if note.startswith(" ") else f"\n{note}\n"


def _lines(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [columns, ["---"] * len(columns), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def main(arguments: Sequence[str]) -> int:
    """Write the page's tables anew; 2 and a line of reason when the run or the page cannot be read."""
    parser = argparse.ArgumentParser(
        "python -m bench.telling", description="Put a run's figures into a page."
    )
    parser.add_argument("run", type=Path)
    parser.add_argument("page", type=Path)
    chosen = parser.parse_args(arguments)
    try:
        run = msgspec.json.decode(chosen.run.read_bytes(), type=Run)
        page = told(chosen.page.read_text(encoding="utf-8"), run)
    except (OSError, msgspec.DecodeError, ConfigurationError) as error:
        print(f"bench.telling: {error}", file=sys.stderr)
        return 2
    chosen.page.write_text(page, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
