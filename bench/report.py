"""Tables of results: for people with ratios first, for programs as one object."""

from collections.abc import Sequence

import msgspec
from rich.console import Console
from rich.table import Table


class Goal(msgspec.Struct, frozen=True):
    """A figure that shall hold: `value` must not be above `most` (or, with `least`, not below)."""

    name: str
    value: float
    most: float | None = None
    least: float | None = None

    @property
    def met(self) -> bool:
        """Whether it holds."""
        return (self.most is None or self.value <= self.most) and (
            self.least is None or self.value >= self.least
        )

    @property
    def bound(self) -> str:
        """The bound for people: `≤ 0.5`."""
        return f"≤ {self.most:g}" if self.most is not None else f"≥ {self.least:g}"


class Report(msgspec.Struct, frozen=True):
    """The result of one run: its goals, then a table of what was measured."""

    letter: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | float, ...], ...]
    goals: tuple[Goal, ...] = ()
    notes: tuple[str, ...] = ()


def show(report: Report, console: Console) -> None:
    """Print a report: goals first."""
    console.print(f"\n[bold]({report.letter}) {report.title}[/bold]")
    for goal in report.goals:
        mark = "met" if goal.met else "NOT met"
        console.print(f"  {goal.name}: {number(goal.value)} ({goal.bound}, {mark})", highlight=False)
    table = Table(*report.columns)
    for row in report.rows:
        table.add_row(*(cell if isinstance(cell, str) else number(cell) for cell in row))
    console.print(table)
    for note in report.notes:
        console.print(f"  {note}", highlight=False)


def number(value: float) -> str:
    """A figure in three digits; thousands apart."""
    if value == 0 or abs(value) >= 1000:
        return f"{value:,.0f}".replace(",", " ")
    return f"{value:.3g}" if abs(value) < 100 else f"{value:.0f}"


def joined(reports: Sequence[Report], machine: dict[str, str]) -> bytes:
    """All reports as one JSON object."""
    goals = [
        {"run": report.letter, "name": goal.name, "value": goal.value, "met": goal.met}
        for report in reports
        for goal in report.goals
    ]
    return msgspec.json.encode({"machine": machine, "goals": goals, "reports": reports})
