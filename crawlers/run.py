"""One crawl of many sources: hosts in parallel, each source's harvest handed over as soon as it is whole."""

import datetime as dt
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from urllib.parse import urlsplit

import msgspec

from crawlers.fetch import Budget, Fetcher, FetchPolicy, HostJob, Network, Window, run_hosts
from crawlers.harvest import Harvest, Resolve
from schemas.codes import SourceKind
from schemas.errors import ConfigurationError
from schemas.source import Source

Steps = Callable[[Source, Fetcher, Harvest, Resolve], Iterator[float]]
"""A crawl of one source in steps; each step yields the seconds to rest before the next."""


class Visitor(msgspec.Struct, frozen=True):
    """Who we say that we are: product token with version, and where a webmaster reaches us."""

    agent: str
    contact: str


class Crawled(msgspec.Struct, frozen=True):
    """One source's crawl: its harvest, wall seconds, and what broke it altogether, if anything did."""

    source: Source
    harvest: Harvest
    seconds: float
    error: str = ""


def crawl(
    sources: Sequence[Source],
    adapters: Mapping[SourceKind, Steps],
    network: Network,
    visitor: Visitor,
    resolve: Resolve,
    now: dt.datetime,
    *,
    workers: int = 16,
    stop: threading.Event | None = None,
    progress: Callable[[Harvest], None] | None = None,
) -> Iterator[Crawled]:
    """Crawl `sources`, yielding each when it is done. A source that breaks breaks alone.

    Raises ConfigurationError for a source whose settings cannot be used.
    """
    harvests = {source.id: Harvest(source.id, now) for source in sources}
    by_id = {source.id: source for source in sources}
    # No list of jobs: each holds its harvest, and with it all records of a source stored long ago.
    jobs = (
        HostJob(
            source.id,
            _host(source),
            _opener(source, adapters, network, visitor, resolve, harvests[source.id], progress),
        )
        for source in sources
    )
    for outcome in run_hosts(jobs, workers, clock=network.clock, stop=stop):
        harvest = harvests.pop(outcome.name)
        error = "" if outcome.error is None else f"{type(outcome.error).__name__}: {outcome.error}"
        if outcome.stopped:
            error = "interrupted"
        if error:
            harvest.complete = False
        yield Crawled(by_id[outcome.name], harvest, outcome.seconds, error)


def _opener(
    source: Source,
    adapters: Mapping[SourceKind, Steps],
    network: Network,
    visitor: Visitor,
    resolve: Resolve,
    harvest: Harvest,
    progress: Callable[[Harvest], None] | None,
) -> Callable[[], Iterator[float]]:
    steps = adapters.get(source.kind)
    if steps is None:
        raise ConfigurationError(f"{source.id}: sources of kind {source.kind} cannot be crawled")
    policy = policy_of(source, visitor)

    def opened() -> Iterator[float]:
        for rest in steps(source, Fetcher(policy, network), harvest, resolve):
            if progress is not None:
                progress(harvest)
            yield rest

    return opened


def policy_of(source: Source, visitor: Visitor) -> FetchPolicy:
    """The fetching rules of a source. Raises ConfigurationError."""
    window = window_of(source)
    return FetchPolicy(
        user_agent=visitor.agent,
        contact=visitor.contact,
        delay_s=source.delay,
        allowed_hosts=frozenset(source.allow_hosts),
        windows=() if window is None else (window,),
        budget=Budget(source.pages, source.megabytes * 1_000_000, float(source.seconds)),
    )


def window_of(source: Source) -> Window | None:
    """A window written as hours ("22-06") or clock times ("22:30-06:00"), None = always.

    Raises ConfigurationError.
    """
    if source.window is None:
        return None
    try:
        start, end = (
            dt.time(int(part) % 24) if part.strip().isdigit() else dt.time.fromisoformat(part.strip())
            for part in source.window.split("-")
        )
    except ValueError as error:
        raise ConfigurationError(f'{source.id}: window must look like "22-06" or "22:30-06:00"') from error
    return Window(start, end)


def _host(source: Source) -> str:
    return urlsplit(source.url).netloc.lower()
