"""Fetching: one polite, safe visitor for all sources (docs/adr/0010-fetching.md).

network = Network(SqliteCache(folder / "fetch-cache.sqlite"))
fetcher = Fetcher(policy, network)          # one per source and crawl
response = fetcher.get(url)                 # Response, or FetchError and nothing else
for outcome in run_hosts(jobs, workers=16): # many hosts at once
    ...
network.tally.snapshot()                    # counters per host
"""

from crawlers.fetch import content
from crawlers.fetch.body import BodyLimits, gunzip
from crawlers.fetch.cache import CacheEntry, FetchCache, MemoryCache
from crawlers.fetch.charset import decode
from crawlers.fetch.clock import Clock, SystemClock
from crawlers.fetch.connection import tls_context
from crawlers.fetch.fetcher import Fetcher
from crawlers.fetch.hosts import HostJob, HostOutcome, HostQueue, run_hosts
from crawlers.fetch.network import Network
from crawlers.fetch.policy import Budget, FetchPolicy, Window
from crawlers.fetch.resolver import Resolver, SystemResolver
from crawlers.fetch.response import Response
from crawlers.fetch.robots import Access, Robots
from crawlers.fetch.sqlite import SqliteCache
from crawlers.fetch.tally import FetchTally, HostTally
from crawlers.fetch.traps import TrapDetector, TrapLimits
from crawlers.fetch.urls import ascii_host, canonical_url, loggable_url

__all__ = [
    "Access",
    "BodyLimits",
    "Budget",
    "CacheEntry",
    "Clock",
    "FetchCache",
    "FetchPolicy",
    "FetchTally",
    "Fetcher",
    "HostJob",
    "HostOutcome",
    "HostQueue",
    "HostTally",
    "MemoryCache",
    "Network",
    "Resolver",
    "Response",
    "Robots",
    "SqliteCache",
    "SystemClock",
    "SystemResolver",
    "TrapDetector",
    "TrapLimits",
    "Window",
    "ascii_host",
    "canonical_url",
    "content",
    "decode",
    "gunzip",
    "loggable_url",
    "run_hosts",
    "tls_context",
]
