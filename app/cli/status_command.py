"""`vierelle status`."""

import datetime as dt
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click
import msgspec

from app.cli.output import print_json, wired

if TYPE_CHECKING:
    from app.wiring import Wiring
    from schemas.catalogue import SourceHealth


class SourceStatus(msgspec.Struct, frozen=True):
    """How one source stands. `state`: ok | failed | alarm | never | stale (no good run in twice its time)."""

    source: str
    state: str
    active: int
    missing: int
    gone: int
    oldest: dt.datetime | None
    last_run: dt.datetime | None
    last_outcome: str
    last_good: dt.datetime | None
    alarms: tuple[str, ...]
    configured: bool


class IndexStatus(msgspec.Struct, frozen=True):
    """The index: `state` is current | behind | missing | broken | foreign (of other versions)."""

    state: str
    generation: str = ""
    size: int = 0
    day: str = ""


class Status(msgspec.Struct, frozen=True):
    """Everything: activities that can be searched for, sources, index, and whether all is well."""

    well: bool
    activities: int
    oldest: dt.datetime | None
    index: IndexStatus
    sources: tuple[SourceStatus, ...]


@click.command("status")
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
def command(as_json: bool) -> None:
    """Tell how sources, catalogue and index stand; exit code 5: something needs an operator's eye."""
    wiring = wired()
    _ = (
        wiring.county,
        wiring.points,
        wiring.care_paths,
    )  # a fault in these files would keep the site from starting
    status = read_status(wiring)
    if as_json:
        print_json(status)
    else:
        _print(status)
    if not status.well:
        raise click.exceptions.Exit(5)


def read_status(wiring: "Wiring") -> Status:
    """How everything stands. Raises CatalogueError."""
    health = {entry.source: entry for entry in wiring.catalogue.health()}
    hours = {source.id: source.every for source in wiring.sources if source.enabled and source.live}
    now = wiring.moment()
    names = sorted({*health, *hours})
    sources = tuple(_source(name, health.get(name), hours.get(name), now) for name in names)
    index = _index(wiring, health.values())
    dates = [entry.oldest for entry in sources if entry.oldest]
    well = index.state == "current" and all(entry.state in ("ok", "never") for entry in sources)
    return Status(well, wiring.catalogue.count(), min(dates, default=None), index, sources)


def _source(name: str, health: "SourceHealth | None", hours: int | None, now: dt.datetime) -> SourceStatus:
    if health is None:
        return SourceStatus(name, "never", 0, 0, 0, None, None, "", None, (), True)
    run = health.last_run
    state = "ok"
    if health.alarms:
        state = "alarm"
    elif run is not None and run.outcome != "ok":
        state = run.outcome
    elif hours is not None and (
        health.last_good is None or now - health.last_good > dt.timedelta(hours=2 * hours)
    ):
        state = "stale"
    return SourceStatus(
        source=name,
        state=state,
        active=health.active,
        missing=health.missing,
        gone=health.gone,
        oldest=health.oldest,
        last_run=run.finished if run else None,
        last_outcome=run.outcome if run else "",
        last_good=health.last_good,
        alarms=tuple(f"{alarm.kind}: {alarm.message}" for alarm in health.alarms),
        configured=hours is not None,
    )


def _index(wiring: "Wiring", health: "Iterable[SourceHealth]") -> IndexStatus:
    from schemas.errors import IndexMismatch, SearchUnavailable

    held = wiring.store.versions()
    if not held:
        return IndexStatus("missing")
    day = held.get("day", "")
    try:
        current = wiring.store.current()
    except IndexMismatch:
        return IndexStatus("foreign", day=day)
    except SearchUnavailable:
        return IndexStatus("broken", day=day)
    fresh = (
        held.get("fingerprint") == wiring.catalogue.fingerprint()
        and day == wiring.settings.now().date().isoformat()
        and not _crawled_since(wiring, health)
    )
    return IndexStatus("current" if fresh else "behind", current.generation, current.size, day)


def _crawled_since(wiring: "Wiring", health: "Iterable[SourceHealth]") -> bool:
    """Whether a crawl brought changes after the index was last written."""
    from app.crawling import SourceReport
    from indexer.backend import default_location

    try:
        written = max(entry.stat().st_mtime for entry in default_location(wiring.settings.data).iterdir())
    except (OSError, ValueError):
        return False
    for entry in health:
        run = entry.last_run
        if run is None or run.finished.timestamp() <= written:
            continue
        try:
            report = msgspec.json.decode(run.report, type=SourceReport)
        except msgspec.MsgspecError:
            continue
        if report.new or report.changed or report.gone:
            return True
    return False


def _print(status: Status) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("source", "state"):
        table.add_column(name)
    for name in ("active", "missing", "gone"):
        table.add_column(name, justify="right")
    for name in ("last run", "last good", "oldest"):
        table.add_column(name)
    for entry in status.sources:
        moments = (_told(moment) for moment in (entry.last_run, entry.last_good, entry.oldest))
        table.add_row(
            entry.source, entry.state, str(entry.active), str(entry.missing), str(entry.gone), *moments
        )
    console = Console(width=None if sys.stdout.isatty() else 140)
    console.print(table)
    for entry in status.sources:
        for alarm in entry.alarms:
            click.echo(f"{entry.source}: {alarm}")
    index = status.index
    click.echo(f"index: {index.state}, {index.size} activities, generation {index.generation or '–'}")
    click.echo(f"catalogue: {status.activities} activities, oldest data of {_told(status.oldest)}")


def _told(moment: dt.datetime | None) -> str:
    return "–" if moment is None else f"{moment:%Y-%m-%d %H:%M}"
