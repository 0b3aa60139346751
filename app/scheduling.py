"""When to crawl which source, and what to do when a run is missed or fails.

The clock is APScheduler's; this module says what is due. What has run stands in the catalogue, so that a new
process knows what an old one missed.
"""

import datetime as dt
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol
from zoneinfo import ZoneInfo

import msgspec

from crawlers.run import window_of
from schemas.catalogue import Run
from schemas.errors import CatalogueBusy, ConfigurationError, VierelleError
from schemas.source import Source

_log = logging.getLogger(__name__)

HELSINKI = ZoneInfo("Europe/Helsinki")
_FIRST_RETRY = dt.timedelta(minutes=10)
_LAST_RETRY = dt.timedelta(hours=6)
_BUSY = dt.timedelta(minutes=5)


class Plan(msgspec.Struct, frozen=True):
    """When a source is due next, and why: first | planned | missed | retry."""

    source: str
    due: dt.datetime
    why: str


def plan(source: Source, runs: Sequence[Run], now: dt.datetime) -> Plan:
    """When `source` is due; `runs` are its latest ones, newest first; all moments are aware.

    `at` sets the time of day, `every` the hours between runs, `window` the hours in which it may be fetched.
    After a failed run it is tried again after 10 minutes, then twice as long each time, up to 6 hours, but
    never later than planned. Raises ConfigurationError for times that cannot be read.
    """
    if not runs:
        return Plan(
            source.id, _in_window(source, now if source.at is None else _at(source, now, now)), "first"
        )
    last = runs[0]
    regular = _regular(source, last.finished)
    failures = _failures(runs)
    if failures:
        wait = min(_FIRST_RETRY * 2 ** (failures - 1), _LAST_RETRY)
        due = min(last.finished + wait, regular)
        return Plan(source.id, _in_window(source, max(due, now)), "retry")
    due = _in_window(source, regular)
    if due < now - dt.timedelta(minutes=15):
        return Plan(source.id, _in_window(source, now), "missed")
    return Plan(source.id, max(due, now), "planned")


def _failures(runs: Sequence[Run]) -> int:
    """Failed runs in a row, the newest first. An alarm is no failure: trying again changes nothing."""
    count = 0
    for run in runs:
        if run.outcome != "failed":
            break
        count += 1
    return min(count, 8)


def _regular(source: Source, last: dt.datetime) -> dt.datetime:
    if source.at is None:
        return last + dt.timedelta(hours=source.every)
    days = max(1, round(source.every / 24))
    # A run that began late must not push the next one off its hour.
    return _at(source, last + dt.timedelta(days=days) - dt.timedelta(hours=12), last)


def _at(source: Source, moment: dt.datetime, after: dt.datetime) -> dt.datetime:
    """The first time of day `at` not before `moment` and after `after`."""
    try:
        clock = dt.time.fromisoformat(source.at or "")
    except ValueError as error:
        raise ConfigurationError(f'{source.id}: at must look like "03:30"') from error
    local = moment.astimezone(HELSINKI)
    found = dt.datetime.combine(local.date(), clock, HELSINKI)
    while found < moment or found <= after:
        found = dt.datetime.combine(found.date() + dt.timedelta(days=1), clock, HELSINKI)
    return found.astimezone(dt.UTC)


def _in_window(source: Source, moment: dt.datetime) -> dt.datetime:
    """`moment`, or the next opening of the source's window. Raises ConfigurationError."""
    window = window_of(source)
    if window is None or window.contains(moment):
        return moment
    local = moment.astimezone(HELSINKI)
    opening = dt.datetime.combine(local.date(), window.start, HELSINKI)
    if opening <= moment:
        opening = dt.datetime.combine(local.date() + dt.timedelta(days=1), window.start, HELSINKI)
    return opening.astimezone(dt.UTC)


class Work(Protocol):
    """What the schedule needs of the rest: crawl some sources, then index; tells what went wrong."""

    def crawl(self, sources: Sequence[Source]) -> Mapping[str, str]:
        """Crawl; returns the outcome by source. Raises CatalogueBusy and other VierelleErrors."""

    def index(self) -> None:
        """Bring the index up to date. Raises VierelleError."""

    def runs(self, source: str) -> Sequence[Run]:
        """The latest runs of a source, newest first."""


class Round:
    """One look at the clock: crawl what is due, index, and say when to look again."""

    def __init__(
        self,
        sources: Iterable[Source],
        work: Work,
        now: Callable[[], dt.datetime],
        report: Callable[[str], None],
    ) -> None:
        self._sources = {source.id: source for source in sources}
        self._work = work
        self._now = now
        self._report = report
        self._index_due = True

    def plans(self, now: dt.datetime | None = None) -> list[Plan]:
        """The plans of all sources as of `now`, the nearest first."""
        now = now or self._now()
        found = [plan(source, self._work.runs(source.id), now) for source in self._sources.values()]
        return sorted(found, key=lambda entry: (entry.due, entry.source))

    def run(self) -> dt.datetime:
        """Do what is due, report what goes wrong; returns the moment of the next look."""
        now = self._now()
        try:
            return self.do_due()
        except CatalogueBusy as error:
            self._report(f"another run is under way, waiting: {error}")
            return now + _BUSY
        except VierelleError as error:
            # Reported and tried again: a schedule that dies of one bad night helps nobody.
            self._report(f"failed: {error}")
            _log.warning("schedule event=failed error=%s", type(error).__name__)
            return now + _FIRST_RETRY

    def do_due(self) -> dt.datetime:
        """Do what is due; returns the moment of the next look. Raises VierelleError."""
        now = self._now()
        due = [entry for entry in self.plans(now) if entry.due <= now]
        if due:
            self._crawl(due)
        if self._index_due:
            self._work.index()
            self._index_due = False
        following = self.plans()
        return following[0].due if following else now + dt.timedelta(hours=1)

    def _crawl(self, due: Sequence[Plan]) -> None:
        for entry in due:
            if entry.why in ("missed", "retry"):
                self._report(f"{entry.source}: {entry.why}, crawling now")
        outcomes = self._work.crawl([self._sources[entry.source] for entry in due])
        self._index_due = True
        for name, outcome in outcomes.items():
            self._report(f"{name}: {outcome}")
