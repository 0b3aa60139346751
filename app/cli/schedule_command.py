"""`vierelle schedule`."""

import datetime as dt
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import click

from app.cli.output import print_json, wired

if TYPE_CHECKING:
    from app.scheduling import Round
    from app.wiring import Wiring
    from schemas.catalogue import Run
    from schemas.source import Source

_LONGEST_SLEEP = dt.timedelta(hours=1)
_SHORTEST_SLEEP = dt.timedelta(seconds=5)
_AFTER_FAULT = dt.timedelta(minutes=10)


@click.command("schedule")
@click.option("--once", is_flag=True, help="Do what is due now, then end.")
@click.option("--plan", "only_plan", is_flag=True, help="Show when each source is due, and do nothing.")
@click.option("--json", "as_json", is_flag=True, help="With --plan: as JSON.")
def command(once: bool, only_plan: bool, as_json: bool) -> None:
    """Crawl each source at its times, then index; for a process of its own.

    A missed run is made up for, a failed one tried again, later each time. Two never overlap. With --once the
    exit code tells whether catalogue and index could be used; how each source did stands in `status`.
    """
    from app.scheduling import Round

    wiring = wired()
    sources = [source for source in wiring.sources if source.enabled and source.live]
    rounds = Round(sources, _Work(wiring), wiring.moment, _say)
    if only_plan:
        _show(rounds, as_json)
    elif once:
        rounds.do_due()
    else:
        rounds.plans()  # a time that cannot be read is told at once, by the exit code too
        _run_for_ever(rounds)


def _show(rounds: "Round", as_json: bool) -> None:
    plans = rounds.plans()
    if as_json:
        print_json(plans)
        return
    if not plans:
        click.echo("schedule: no source is live and enabled; see sources.toml")
    for entry in plans:
        click.echo(f"{entry.due:%Y-%m-%d %H:%M} UTC  {entry.source}  ({entry.why})")


def _say(text: str) -> None:
    print(f"{dt.datetime.now(dt.UTC):%Y-%m-%d %H:%M:%S} schedule: {text}", file=sys.stderr, flush=True)


def _run_for_ever(rounds: "Round") -> None:
    """APScheduler wakes us at the next due moment, one round at a time, until the process is told to end."""
    import signal
    from types import FrameType

    from apscheduler.schedulers.blocking import BlockingScheduler

    scheduler = BlockingScheduler(timezone=dt.UTC)

    def look() -> None:
        now = dt.datetime.now(dt.UTC)
        moment = now + _AFTER_FAULT
        try:
            # A suspended machine or a changed clock must not cost a night: look again within the hour.
            moment = min(max(rounds.run(), now + _SHORTEST_SLEEP), now + _LONGEST_SLEEP)
        finally:  # also after a fault that nobody foresaw, which the scheduler logs
            scheduler.add_job(
                look, "date", run_date=moment, id="look", replace_existing=True, misfire_grace_time=None
            )

    def end(number: int, frame: FrameType | None) -> None:
        for again in (signal.SIGINT, signal.SIGTERM):
            signal.signal(again, signal.SIG_DFL)  # a second one ends at once, without a trace
        _say("ending")
        scheduler.shutdown(wait=False)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)
    scheduler.add_job(look, "date", id="look", misfire_grace_time=None, max_instances=1)
    _say("started")
    scheduler.start()


class _Work:
    """Crawling and indexing for the schedule."""

    def __init__(self, wiring: "Wiring") -> None:
        self._wiring = wiring

    def crawl(self, sources: "Sequence[Source]") -> Mapping[str, str]:
        """Crawl, and tell each outcome in one line."""
        from app.cli.crawl_run import line_of
        from app.crawling import crawl_sources

        return {
            report.source: line_of(report).partition(": ")[2]
            for report in crawl_sources(self._wiring, sources)
        }

    def index(self) -> None:
        """Bring the index up to date."""
        from app.indexing import build_index

        built = build_index(self._wiring)
        _say(f"index: {built.mode}, {built.size} activities")

    def runs(self, source: str) -> "Sequence[Run]":
        """The latest runs of a source."""
        return self._wiring.catalogue.runs(source, limit=8)
