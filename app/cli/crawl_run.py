"""Running a crawl for a person who watches: progress on standard error, a clean end on Ctrl-C."""

import signal
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING

import msgspec

from app.crawling import SourceReport, crawl_sources
from crawlers.harvest import Harvest
from schemas.source import Source

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from app.wiring import Wiring

_MOST_LINES = 12


class CrawlDone(msgspec.Struct, frozen=True):
    """What a crawl came to: reports in order of their ends, wall seconds, whether it was interrupted."""

    reports: tuple[SourceReport, ...]
    seconds: float
    interrupted: bool = False


def run_crawl(
    wiring: "Wiring", sources: Sequence[Source], *, workers: int = 16, accept_loss: bool = False
) -> CrawlDone:
    """Crawl with progress. Raises what `app.crawling.crawl_sources` raises."""
    began = time.monotonic()
    reports: list[SourceReport] = []
    with _stopping() as stop, _watching(sources) as watcher:
        done = crawl_sources(
            wiring, sources, workers=workers, stop=stop, progress=watcher.step, accept_loss=accept_loss
        )
        for report in done:
            reports.append(report)
            watcher.done(report)
    return CrawlDone(tuple(reports), round(time.monotonic() - began, 3), stop.is_set())


@contextmanager
def _stopping() -> Iterator[threading.Event]:
    """An event that the first Ctrl-C sets; the second one ends at once."""
    stop = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return

    def ask(number: int, frame: FrameType | None) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()
        print("vierelle: ending after the steps under way …", file=sys.stderr)

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class Lines:
    """Progress where nobody watches: one line for each source that is done."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._count = 0

    def step(self, harvest: Harvest) -> None:
        """A step of a source was made."""

    def done(self, report: SourceReport) -> None:
        """A source is done."""
        self._count += 1
        print(f"[{self._count}/{self._total}] {line_of(report)}", file=sys.stderr, flush=True)


class Bars:
    """Progress on a terminal: all sources, and a line for each that is under way."""

    def __init__(self, progress: "Progress", total: int) -> None:
        self._progress = progress
        self._all = progress.add_task("sources", total=total, note="")
        self._tasks: dict[str, TaskID] = {}
        self._lock = threading.Lock()

    def step(self, harvest: Harvest) -> None:
        """A step of a source was made."""
        with self._lock:
            task = self._tasks.get(harvest.source)
            if task is None:
                if len(self._tasks) >= _MOST_LINES:
                    return
                task = self._tasks[harvest.source] = self._progress.add_task(
                    harvest.source, total=None, note=""
                )
        self._progress.update(task, note=f"{harvest.pages} pages, {len(harvest.troubles)} troubles")

    def done(self, report: SourceReport) -> None:
        """A source is done."""
        with self._lock:
            task = self._tasks.pop(report.source, None)
        if task is not None:
            self._progress.remove_task(task)
        if report.outcome != "ok":
            self._progress.console.print(line_of(report), markup=False, highlight=False)
        self._progress.advance(self._all)


@contextmanager
def _watching(sources: Sequence[Source]) -> Iterator[Lines | Bars]:
    if not sys.stderr.isatty():
        yield Lines(len(sources))
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[note]}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield Bars(progress, len(sources))


def line_of(report: SourceReport) -> str:
    """One source in one line."""
    reason = report.failed[-1][1] if report.failed and report.outcome == "failed" else report.alarm
    why = f" – {reason}" if reason and report.outcome != "ok" else ""
    return (
        f"{report.source}: {report.outcome}, {report.pages} pages, {report.records} activities, "
        f"{report.new} new, {report.changed} changed, {report.gone} gone{why}"
    )
