"""The one report at the end of a crawl: a table for people, an object for programs."""

import datetime as dt
import sys
from collections import Counter
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import click
import msgspec

from app.cli.crawl_run import CrawlDone
from app.cli.reasons import advised
from app.crawling import SourceReport

_SUMS = (
    "pages",
    "records",
    "new",
    "changed",
    "unchanged",
    "gone",
    "missing",
    "fetched",
    "not_modified",
    "skipped",
    "bytes",
)
_SHOWN_TROUBLES = 3


def as_object(done: CrawlDone, oldest: Mapping[str, dt.datetime | None]) -> dict[str, Any]:
    """`{"seconds", "interrupted", "totals", "failures", "sources"}`; each source with its oldest record."""
    sources = [
        {**msgspec.to_builtins(report), "oldest": _told(oldest.get(report.source))} for report in done.reports
    ]
    return {
        "seconds": done.seconds,
        "interrupted": done.interrupted,
        "totals": totals(done),
        "failures": dict(_failures(done).most_common()),
        "sources": sources,
    }


def totals(done: CrawlDone) -> dict[str, int]:
    """Sums over all sources, and sources by outcome."""
    found = {name: sum(getattr(report, name) for report in done.reports) for name in _SUMS}
    outcomes = Counter(report.outcome for report in done.reports)
    return {
        "sources": len(done.reports),
        **{f"sources_{name}": outcomes[name] for name in ("ok", "failed", "alarm")},
        **found,
    }


def print_report(done: CrawlDone, oldest: Mapping[str, dt.datetime | None]) -> None:
    """The table, what went wrong, and the sums."""
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("source")
    table.add_column("outcome")
    for name in ("fetched", "304", "skipped", "records", "new", "changed", "gone", "failed", "s", "kB"):
        table.add_column(name, justify="right")
    table.add_column("oldest")
    for report in sorted(done.reports, key=lambda entry: entry.source):
        table.add_row(*_row(report), _told(oldest.get(report.source))[:10])
    console = Console(width=None if sys.stdout.isatty() else 160)
    console.print(table)
    for report in done.reports:
        _print_troubles(report)
    found = totals(done)
    click.echo(
        f"crawl: {found['sources']} sources in {done.seconds:.1f} s, {found['sources_ok']} ok, "
        f"{found['sources_failed']} failed, {found['sources_alarm']} with alarm; {found['new']} new, "
        f"{found['changed']} changed, {found['gone']} gone; {found['fetched']} fetched, "
        f"{found['not_modified']} unchanged (304), {found['skipped']} skipped"
        + ("; interrupted" if done.interrupted else "")
    )


def _row(report: SourceReport) -> tuple[str, ...]:
    counts = (report.fetched, report.not_modified, report.skipped, report.records, report.new, report.changed)
    return (
        report.source,
        report.outcome,
        *map(str, counts),
        str(report.gone),
        str(len(report.failed)),
        f"{report.seconds:.1f}",
        str(report.bytes // 1000),
    )


def _print_troubles(report: SourceReport) -> None:
    if report.outcome == "alarm":
        click.echo(
            f"{report.source}: alarm: {report.alarm}. Look at {report.host}; if it has really shrunk: "
            f"vierelle crawl --source {report.source} --accept-loss"
        )
    reasons = Counter(reason for _, reason in report.failed)
    for reason, count in reasons.most_common(_SHOWN_TROUBLES):
        where = next(place for place, why in report.failed if why == reason)
        click.echo(f"{report.source}: {advised(reason)} ({count}×, such as {where})")
    for old, new in list(report.moved.items())[:_SHOWN_TROUBLES]:
        whole = urlsplit(old).path in ("", "/")
        advice = "; write the new address into sources.toml" if whole else ""
        click.echo(f"{report.source}: moved for good: {old} → {new}{advice}")
    if len(report.moved) > _SHOWN_TROUBLES:
        click.echo(f"{report.source}: moved for good: {len(report.moved) - _SHOWN_TROUBLES} more pages")


def _failures(done: CrawlDone) -> Counter[str]:
    found: Counter[str] = Counter()
    for report in done.reports:
        found.update(reason for _, reason in report.failed)
    return found


def _told(moment: dt.datetime | None) -> str:
    return "" if moment is None else moment.isoformat(timespec="seconds")
