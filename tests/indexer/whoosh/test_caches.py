"""Caches stay within their bounds; threads do not see each other's work."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from indexer.backend import EngineQuery, EngineResult, FieldSpec, IndexDocument, TermClause, WordClause
from indexer.whoosh.bounded import Bounded, Recent
from indexer.whoosh.store import WhooshStore

WORDS = tuple(f"w{n}" for n in range(60))


def test_a_cache_drops_what_was_used_longest_ago() -> None:
    cache = Bounded[str, bytes](30, len)
    for key in "abc":
        cache.get(key, lambda: b"0123456789")
    cache.get("a", lambda: b"never made")
    cache.get("d", lambda: b"0123456789")
    assert cache.keys() == ("c", "a", "d")


def test_a_value_larger_than_the_cache_is_given_but_held_alone() -> None:
    cache = Bounded[str, bytes](10, len)
    cache.get("a", lambda: b"1")
    assert cache.get("b", lambda: b"x" * 50) == b"x" * 50
    assert cache.keys() == ("b",)


def _queries() -> list[EngineQuery]:
    random = np.random.default_rng(5)
    found = []
    for _ in range(60):
        clauses = tuple(
            WordClause(
                tuple(TermClause("words", WORDS[n], 1.5, 0.6) for n in random.integers(0, 60, 3)),
                required=bool(random.random() < 0.2),
            )
            for _ in range(int(random.integers(1, 4)))
        )
        found.append(EngineQuery(clauses, min_evidence=0.4, facets=("kind",), limit=10))
    return found


def test_threads_get_the_answers_one_thread_gets(tmp_path: Path) -> None:
    random = np.random.default_rng(4)
    documents = (
        IndexDocument(
            f"d{n}", {"words": [WORDS[w] for w in random.integers(0, 60, 9)]}, {"kind": [str(n % 3)]}, b"{}"
        )
        for n in range(700)
    )
    store = WhooshStore(tmp_path, (FieldSpec("words"),))
    store.build(documents, {})
    alone = [WhooshStore(tmp_path, (FieldSpec("words"),)).current().search(query) for query in _queries()]
    backend = store.current()

    def ask(_: int) -> list[EngineResult]:
        return [backend.search(query) for query in _queries()]

    with ThreadPoolExecutor(6) as pool:
        for answers in pool.map(ask, range(6)):
            assert answers == alone


def _read_counted(asked: list[int]) -> Callable[[int], bytes]:
    def read(number: int) -> bytes:
        asked.append(number)
        return b"x" * 1000 + str(number).encode()

    return read


def test_bytes_used_lately_are_not_read_again_and_others_are_let_go() -> None:
    asked: list[int] = []
    recent = Recent(20_000, _read_counted(asked))
    for number in range(200):
        assert recent.of([7, number])[1].endswith(str(number).encode())
    assert asked.count(7) == 1
    asked.clear()
    recent.of(range(199, 179, -1))
    assert 0 < len(asked) < 20  # some are held still, and not all


def test_bytes_are_given_in_the_order_in_which_they_are_asked() -> None:
    recent = Recent(10_000, lambda number: str(number).encode())
    recent.of([1, 2])
    assert recent.of([3, 1, 1, 2]) == [b"3", b"1", b"1", b"2"]
