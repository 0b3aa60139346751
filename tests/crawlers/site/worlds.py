"""What these tests share: one crawl of one local site, without waiting."""

import datetime as dt
import ssl
from collections.abc import Mapping
from typing import Any

from crawlers.fetch import Budget, Fetcher, FetchPolicy, MemoryCache, Network, Resolver, SystemClock
from crawlers.harvest import Harvest
from crawlers.site import MemoryPages, PageMemory, SiteReader
from schemas.source import Source
from tests.web.misbehaving import MisbehavingServer, Reply, Route, page

NOW = dt.datetime(2026, 11, 21, 10, 0, tzinfo=dt.UTC)
TOWNS = {"Joensuu": "167", "Joensuussa": "167", "Lieksa": "422", "Nurmes": "541", "Liminka": "425"}


class DayClock(SystemClock):
    """Seconds pass as they do, on the day of the crawl."""

    def __init__(self, now: dt.datetime) -> None:
        self._now = now

    def now(self) -> dt.datetime:
        return self._now


class World:
    """A cache and a memory that outlive one crawl."""

    def __init__(self, server: MisbehavingServer, **source: Any) -> None:
        self.server = server
        self.cache = MemoryCache()
        self.memory: PageMemory = MemoryPages()
        values: dict[str, Any] = {"name": "Kaiku ry", "id": "kaiku", "municipality": "Joensuu"}
        self.source = Source(**({"url": server.url("/")} | values | source))
        self.allowed = frozenset({server.host, f"localhost:{server.port}"})

    def crawl(
        self,
        now: dt.datetime = NOW,
        steps: int | None = None,
        resolver: Resolver | None = None,
        tls: ssl.SSLContext | None = None,
        **reader: Any,
    ) -> Harvest:
        """One crawl, ended after `steps` steps where given."""
        harvest = Harvest(self.source.id, now)
        with Network(self.cache, clock=DayClock(now), resolver=resolver, tls=tls) as network:
            policy = FetchPolicy(
                user_agent="VierelleBot/0.1",
                contact="https://example.fi/",
                delay_s=0.0,
                timeout_connect_s=2.0,
                timeout_read_s=2.0,
                retries=0,
                allowed_hosts=self.allowed,
                budget=Budget(self.source.pages, 100_000_000, 60.0),
            )
            fetcher = Fetcher(policy, network)
            running = SiteReader(memory=self.memory, **{"version": "1", **reader}).steps(
                self.source, fetcher, harvest, TOWNS.get
            )
            for number, _ in enumerate(running, 1):
                if number == steps:
                    running.close()  # type: ignore[attr-defined]
                    break
            self.tally = network.tally.snapshot()
        return harvest


def html(body: str, head: str = "", language: str = "fi") -> Reply:
    """A whole page."""
    return page(f'<!doctype html><html lang="{language}"><head>{head}</head><body>{body}</body></html>')


def ld(json: str) -> str:
    """A block of JSON-LD."""
    return f'<script type="application/ld+json">{json}</script>'


def event(name: str, start: str = "2026-12-01T18:00:00", **more: str) -> str:
    """A block with one event; `more` holds raw JSON values."""
    extra = "".join(f', "{key}": {value}' for key, value in more.items())
    return ld(f'{{"@type": "Event", "name": "{name}", "startDate": "{start}"{extra}}}')


def site(routes: Mapping[str, Route]) -> MisbehavingServer:
    """A server; without its own robots.txt it has none."""
    return MisbehavingServer(routes)
