"""Many sources at once: a source that breaks breaks alone."""

import datetime as dt
import gc
import threading
import weakref
from collections.abc import Iterator

import pytest

from crawlers.fetch import Fetcher, MemoryCache, Network
from crawlers.harvest import Harvest, Resolve
from crawlers.run import Crawled, Steps, Visitor, crawl, policy_of, window_of
from schemas.codes import SourceKind
from schemas.errors import ConfigurationError
from schemas.source import Source
from tests.crawlers.adapters.worlds import NOW

VISITOR = Visitor("VierelleBot/0.1", "mailto:x@example.fi")


def source(name: str, **changes: str) -> Source:
    return Source(name=name, id=name, url=f"https://{name}.example.fi/", **changes)  # type: ignore[arg-type]


def run(steps: Steps, *sources: Source, stop: threading.Event | None = None) -> dict[str, Crawled]:
    with Network(MemoryCache()) as network:
        done = crawl(sources, {SourceKind.SITE: steps}, network, VISITOR, lambda _: None, NOW, stop=stop)
        return {entry.source.id: entry for entry in done}


def good(source: Source, fetcher: Fetcher, harvest: Harvest, resolve: Resolve) -> Iterator[float]:
    harvest.pages += 1
    yield 0.0
    if source.id == "bad":
        raise ZeroDivisionError("broken")
    harvest.complete = True


def test_each_source_has_a_harvest_of_its_own_and_a_broken_one_breaks_alone() -> None:
    done = run(good, source("a"), source("bad"), source("b"))
    assert {name for name, entry in done.items() if entry.harvest.complete} == {"a", "b"}
    assert "ZeroDivisionError" in done["bad"].error
    assert {entry.harvest.source for entry in done.values()} == {"a", "bad", "b"}
    assert all(entry.harvest.pages == 1 for entry in done.values())


def test_what_a_source_brought_is_let_go_once_it_has_been_handed_over() -> None:
    sources = [source(f"s{number}") for number in range(6)]
    alive: list[weakref.ref[Harvest]] = []
    with Network(MemoryCache()) as network:
        steps = {SourceKind.SITE: good}
        for done in crawl(sources, steps, network, VISITOR, lambda _: None, NOW, workers=1):
            alive.append(weakref.ref(done.harvest))
            del done
            gc.collect()
            assert sum(harvest() is not None for harvest in alive) <= 1


def test_a_crawl_that_is_stopped_says_so_and_is_incomplete() -> None:
    stop = threading.Event()

    def endless(source: Source, fetcher: Fetcher, harvest: Harvest, resolve: Resolve) -> Iterator[float]:
        harvest.complete = True
        while True:
            stop.set()
            yield 0.0

    done = run(endless, source("a"), stop=stop)
    assert (done["a"].error, done["a"].harvest.complete) == ("interrupted", False)


def test_a_kind_that_nothing_crawls_is_told_at_once() -> None:
    with pytest.raises(ConfigurationError, match="cannot be crawled"):
        run(good, Source(name="x", id="x", url="https://x.example.fi/", kind=SourceKind.PTV))


@pytest.mark.parametrize("text", ["22", "22-25:99", "yö", "a-b", "1-2-3"])
def test_a_window_that_cannot_be_read_is_told(text: str) -> None:
    with pytest.raises(ConfigurationError):
        policy_of(source("a", window=text), VISITOR)


def test_a_window_may_be_hours_or_clock_times() -> None:
    hours = window_of(source("a", window="22-06"))
    clock = window_of(source("a", window="22:30-24"))
    assert hours is not None and clock is not None
    assert (hours.start, hours.end) == (dt.time(22), dt.time(6))
    assert (clock.start, clock.end) == (dt.time(22, 30), dt.time(0))
    assert window_of(source("a")) is None
