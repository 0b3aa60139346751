"""What was fetched before: bodies with the validators that let a server say "unchanged"."""

import threading
import zlib
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class CacheEntry:
    """One stored answer.

    key        the URL as sent, or `robots:` and an origin
    accept     the Accept header it was asked with: another one may bring another body
    stored_at  UTC; when the server last confirmed it
    came_at    UTC; when the server last sent the body itself
    """

    key: str
    accept: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    stored_at: datetime
    came_at: datetime

    @property
    def validators(self) -> dict[str, str]:
        """The request headers that make the next request conditional; none when the server gave none."""
        pairs = (("If-None-Match", "etag"), ("If-Modified-Since", "last-modified"))
        return {ask: self.headers[told] for ask, told in pairs if self.headers.get(told)}


class FetchCache(Protocol):
    """Keeps entries up to a bounded size, those unconfirmed for the longest time go first. Safe for threads.

    A cache makes crawling cheap, never possible: what it cannot keep is fetched again, so `get` and `put`
    do not raise when the disk is full or the file is damaged.
    """

    def get(self, key: str) -> CacheEntry | None:
        """The entry, or None."""

    def put(self, entry: CacheEntry) -> None:
        """Store or replace."""

    def confirm(self, key: str, stored_at: datetime) -> None:
        """The server said the entry is still good."""

    def forget(self, key: str) -> None:
        """Drop the entry, if there is one."""

    def close(self) -> None:
        """Release what is held."""


class MemoryCache:
    """A cache that lives as long as the process; bodies compressed, at most `max_bytes` of them."""

    def __init__(self, max_bytes: int = 50_000_000) -> None:
        self._max_bytes = max_bytes
        self._bytes = 0
        self._entries: OrderedDict[str, CacheEntry] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: str) -> CacheEntry | None:
        """The entry, or None."""
        with self._lock:
            entry = self._entries.get(key)
            if entry is None:
                return None
        return replace(entry, body=zlib.decompress(entry.body))

    def put(self, entry: CacheEntry) -> None:
        """Store or replace; an entry larger than the whole cache is not kept."""
        packed = replace(entry, body=zlib.compress(entry.body, 6))
        with self._lock:
            self._drop(entry.key)
            if len(packed.body) > self._max_bytes:
                return
            self._entries[entry.key] = packed
            self._bytes += len(packed.body)
            while self._bytes > self._max_bytes:
                self._drop(next(iter(self._entries)))

    def confirm(self, key: str, stored_at: datetime) -> None:
        """The server said the entry is still good."""
        with self._lock:
            if (entry := self._entries.get(key)) is not None:
                self._entries[key] = replace(entry, stored_at=stored_at)
                self._entries.move_to_end(key)

    def forget(self, key: str) -> None:
        """Drop the entry, if there is one."""
        with self._lock:
            self._drop(key)

    def close(self) -> None:
        """Let go of everything."""
        with self._lock:
            self._entries.clear()
            self._bytes = 0

    def _drop(self, key: str) -> None:
        if (entry := self._entries.pop(key, None)) is not None:
            self._bytes -= len(entry.body)
