"""What the tests of this package share: a clock that does not wait, names from a table, short limits."""

import threading
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from typing import Any

import pytest

from crawlers.fetch import Fetcher, FetchPolicy, MemoryCache, Network, tls_context
from crawlers.fetch.addresses import Address
from crawlers.fetch.resolver import NameNotFound
from schemas.errors import FetchError
from tests.web.misbehaving import MisbehavingServer

NIGHT = datetime(2026, 2, 3, 1, 0, tzinfo=UTC)


OPENED: list[Network] = []
_TLS = tls_context()


class FakeClock:
    """Time goes on only when somebody sleeps, or the test says so."""

    def __init__(self, start: datetime = NIGHT) -> None:
        self._start = start
        self._passed = 0.0
        self._lock = threading.Lock()
        self.slept: list[float] = []

    def now(self) -> datetime:
        return self._start + timedelta(seconds=self._passed)

    def monotonic(self) -> float:
        return self._passed

    def sleep(self, seconds: float) -> None:
        if seconds > 0:
            with self._lock:
                self.slept.append(seconds)
                self._passed += seconds

    def turn_back(self, **units: float) -> None:
        """As when somebody sets the clock right: the day changes, the seconds that pass do not."""
        self._start -= timedelta(**units)

    def advance(self, **units: float) -> None:
        self._passed += timedelta(**units).total_seconds()


class TableResolver:
    """Names to addresses from a table; a list of lists answers differently each time."""

    def __init__(self, table: Mapping[str, list[str]]) -> None:
        self.table = dict(table)
        self.asked: list[str] = []

    def resolve(self, host: str, timeout_s: float) -> tuple[Address, ...]:
        self.asked.append(host)
        if host not in self.table:
            raise NameNotFound(host)
        return tuple(ip_address(text) for text in self.table[host])


def policy(*servers: MisbehavingServer, **changes: Any) -> FetchPolicy:
    """Short limits, no delay, and leave to ask `servers`."""
    values: dict[str, Any] = {
        "user_agent": "Vierelle/0.1",
        "contact": "https://example.fi/vierelle",
        "delay_s": 0.0,
        "timeout_connect_s": 2.0,
        "timeout_read_s": 2.0,
        "timeout_total_s": 5.0,
        "max_bytes": 1_000_000,
        "retries": 0,
        "allowed_hosts": frozenset(server.host for server in servers),
    }
    return FetchPolicy(**(values | changes))


def network(**parts: Any) -> Network:
    """A network over a fake clock; closed after the test."""
    values: dict[str, Any] = {"cache": MemoryCache(), "clock": FakeClock(), "tls": _TLS}
    opened = Network(**(values | parts))
    OPENED.append(opened)
    return opened


def fetcher(*servers: MisbehavingServer, over: Network | None = None, **changes: Any) -> Fetcher:
    return Fetcher(policy(*servers, **changes), over if over is not None else network())


def reason(fetch: Fetcher, url: str, **options: Any) -> str:
    """The reason code with which fetching `url` fails."""
    with pytest.raises(FetchError) as caught:
        fetch.get(url, **options)
    return caught.value.reason
