"""One contract for both caches."""

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest

from crawlers.fetch import CacheEntry, FetchCache, MemoryCache, SqliteCache
from tests.crawlers.fetch.worlds import NIGHT

Make = Callable[[int], FetchCache]


@pytest.fixture(params=["memory", "sqlite"])
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Make]:
    with ExitStack() as opened:

        def build(max_bytes: int) -> FetchCache:
            cache: FetchCache
            sqlite = request.param == "sqlite"
            cache = SqliteCache(tmp_path / "cache.sqlite", max_bytes) if sqlite else MemoryCache(max_bytes)
            opened.callback(cache.close)
            return cache

        yield build


def entry(key: str = "http://example.fi/", body: bytes = b"Hei", minutes: int = 0) -> CacheEntry:
    headers = {"etag": '"1"', "last-modified": "Mon, 02 Feb 2026 10:00:00 GMT", "x-ä": "ö"}
    stored_at = NIGHT + timedelta(minutes=minutes)
    return CacheEntry(key, "text/html", 200, headers, body, stored_at, NIGHT - timedelta(days=1))


def noise(size: int, seed: int) -> bytes:
    """Bytes that do not compress."""
    import random

    return random.Random(seed).randbytes(size)


def test_what_is_put_is_got(make: Make) -> None:
    cache = make(1_000_000)
    cache.put(entry())
    assert cache.get("http://example.fi/") == entry()
    assert cache.get("http://example.fi/muu") is None


def test_putting_again_replaces(make: Make) -> None:
    cache = make(1_000_000)
    cache.put(entry(body=b"vanha"))
    cache.put(entry(body=b"uusi"))
    found = cache.get("http://example.fi/")
    assert found is not None
    assert found.body == b"uusi"


def test_forgotten_is_gone_and_forgetting_nothing_is_fine(make: Make) -> None:
    cache = make(1_000_000)
    cache.put(entry())
    cache.forget("http://example.fi/")
    cache.forget("http://example.fi/")
    assert cache.get("http://example.fi/") is None


def test_confirming_moves_the_time_only(make: Make) -> None:
    cache = make(1_000_000)
    cache.put(entry())
    cache.confirm("http://example.fi/", NIGHT + timedelta(days=1))
    cache.confirm("http://example.fi/olematon", NIGHT)
    found = cache.get("http://example.fi/")
    assert found is not None
    assert found.stored_at == NIGHT + timedelta(days=1)
    assert found.body == b"Hei"


def test_the_size_is_bounded_and_the_longest_unconfirmed_go_first(make: Make) -> None:
    cache = make(100_000)
    for number in range(30):
        cache.put(entry(f"http://example.fi/{number}", noise(10_000, number), minutes=number))
        if number == 5:
            cache.confirm("http://example.fi/0", NIGHT + timedelta(minutes=5, seconds=30))
    kept = [number for number in range(30) if cache.get(f"http://example.fi/{number}") is not None]
    assert 5 <= len(kept) <= 10
    assert kept == list(range(30 - len(kept), 30))


def test_confirmed_entries_outlive_others(make: Make) -> None:
    cache = make(45_000)
    for number in range(4):
        cache.put(entry(f"http://example.fi/{number}", noise(10_000, number), minutes=number))
    cache.confirm("http://example.fi/0", NIGHT + timedelta(hours=1))
    cache.put(entry("http://example.fi/4", noise(10_000, 4), minutes=90))
    assert cache.get("http://example.fi/0") is not None
    assert cache.get("http://example.fi/1") is None


def test_what_is_larger_than_the_cache_is_not_kept_nor_is_its_predecessor(make: Make) -> None:
    cache = make(20_000)
    cache.put(entry(body=b"vanha"))
    cache.put(entry(body=noise(30_000, 1)))
    assert cache.get("http://example.fi/") is None


def test_threads_share_it(make: Make) -> None:
    cache = make(1_000_000)
    wrong: list[str] = []

    def work(name: int) -> None:
        for number in range(20):
            key = f"http://example.fi/{name}/{number}"
            cache.put(entry(key, key.encode()))
            found = cache.get(key)
            if found is None or found.body != key.encode():
                wrong.append(key)

    threads = [threading.Thread(target=work, args=(name,)) for name in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_validators_become_conditions() -> None:
    asked = {"If-None-Match": '"1"', "If-Modified-Since": "Mon, 02 Feb 2026 10:00:00 GMT"}
    assert entry().validators == asked
