"""One source crawled over real HTTP, politely enough for a server of a test."""

from collections.abc import Callable, Iterator

from crawlers.fetch import Fetcher, FetchPolicy, MemoryCache, Network
from crawlers.harvest import Harvest
from schemas.source import Source
from tests.crawlers.adapters.worlds import NOW, TOWNS
from tests.web.misbehaving import MisbehavingServer

Steps = Callable[[Source, Fetcher, Harvest, Callable[[str], str | None]], Iterator[object]]


def harvested(steps: Steps, source: Source, server: MisbehavingServer) -> Harvest:
    """What the steps of a crawl harvest, all of them taken."""
    harvest = Harvest(source.id, NOW)
    with Network(MemoryCache()) as network:
        policy = FetchPolicy(
            user_agent="V",
            contact="x@example.fi",
            delay_s=0,
            retries=0,
            allowed_hosts=frozenset({server.host}),
        )
        for _ in steps(source, Fetcher(policy, network), harvest, TOWNS.get):
            pass
    return harvest
