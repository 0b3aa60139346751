"""A rebuild that reads only what changed gives, letter by letter, what making all of it anew gives."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import Connection, create_engine, delete, select

from schemas.activity import Activity, Texts
from schemas.catalogue import Block, BlockKind, Cluster, PublicChanges, SqlCatalogue, records, settled
from schemas.catalogue.tables import public, state
from tests.schemas.catalogue.samples import DAY, NOW, event, phone, put, sample, samples

_BLOCK = Block(BlockKind.PHONE, "040 1234567", "asked", NOW.date(), "tester")


@contextmanager
def _connected(url: str) -> Iterator[Connection]:
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


class Pair:
    """Two catalogues to which the same happens; before each rebuild the second forgets who made its view."""

    def __init__(self, quick: str, slow: str) -> None:
        self.urls = (quick, slow)
        self.both = tuple(SqlCatalogue(url) for url in self.urls)

    def each(self, step: Callable[[SqlCatalogue], object]) -> None:
        for one in self.both:
            step(one)

    def rebuild(self, now: dt.datetime, *clusters: str) -> PublicChanges:
        with _connected(self.urls[1]) as connection:
            connection.execute(delete(state).where(state.c.key == "view"))
            connection.commit()
        groups = [Cluster(tuple(group.split())) for group in clusters]
        quick, slow = (one.rebuild_public(lambda _: groups, now=now) for one in self.both)
        assert (quick.added, quick.changed, quick.removed) == (slow.added, slow.changed, slow.removed)
        assert self.rows(0) == self.rows(1)
        return quick

    def rows(self, which: int) -> list[tuple[object, ...]]:
        with _connected(self.urls[which]) as connection:
            return [tuple(row) for row in connection.execute(select(public).order_by(public.c.id))]


@pytest.fixture
def pair(url: str, tmp_path: Path) -> Iterator[Pair]:
    made = Pair(url, f"sqlite:///{tmp_path / 'slow.sqlite'}")
    yield made
    made.each(SqlCatalogue.close)


@pytest.fixture
def decoded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the records that are read as activities."""
    read: list[str] = []

    def noted(row: object, when: dt.datetime | None = None) -> Activity:
        found = records.decoded(row, when)  # type: ignore[arg-type]
        read.append(found.id)
        return found

    monkeypatch.setattr("schemas.catalogue.rebuild.decoded", noted)
    return read


def _titled(name: str, title: str) -> Activity:
    return msgspec.structs.replace(sample(name), title=Texts(fi=title))


def test_a_later_crawl_renews_the_dates(pair: Pair) -> None:
    found = [
        *samples("a", "b"),
        _titled("c", 'Otsikko, "freshness":{"last_seen":"ei"} \\'),
        event("e", NOW.date()),
    ]
    pair.each(lambda one: put(one, found))
    pair.rebuild(NOW)
    for days in (1, 2):
        later = NOW + days * DAY
        pair.each(lambda one, later=later: put(one, found, now=later))  # type: ignore[misc]
        assert pair.rebuild(later).changed == ()
        assert pair.both[0].get("c").freshness.last_seen == later


def test_what_changed_is_told_and_what_came_back_too(pair: Pair) -> None:
    pair.each(lambda one: put(one, samples("a", "b", "c")))
    pair.rebuild(NOW)
    pair.each(lambda one: put(one, [_titled("a", "Uusi nimi"), sample("b")], now=NOW + DAY, accept_loss=True))
    assert pair.rebuild(NOW + DAY).changed == ("a",)
    pair.each(lambda one: put(one, samples("a", "b"), now=NOW + 2 * DAY, accept_loss=True))
    changes = pair.rebuild(NOW + 2 * DAY)
    assert (changes.changed, changes.removed) == (("a",), ("c",))
    pair.each(lambda one: put(one, samples("a", "b", "c"), now=NOW + 3 * DAY))
    assert pair.rebuild(NOW + 3 * DAY).added == ("c",)


def test_joining_and_parting_are_seen(pair: Pair) -> None:
    pair.each(lambda one: put(one, samples("a", "b", "c")))
    pair.rebuild(NOW)
    assert pair.rebuild(NOW, "a b").removed == ("b",)
    pair.each(lambda one: put(one, samples("a", "b", "c"), now=NOW + DAY))
    pair.rebuild(NOW + DAY, "a b")
    assert pair.rebuild(NOW + DAY).added == ("b",)


def test_confirmations_are_seen(pair: Pair) -> None:
    pair.each(lambda one: put(one, samples("a", "b")))
    pair.rebuild(NOW)
    pair.each(lambda one: one.confirm("a", NOW + DAY))
    pair.each(lambda one: put(one, samples("a", "b"), now=NOW + DAY))
    pair.rebuild(NOW + DAY)
    assert pair.both[0].get("a").freshness.confirmed == NOW + DAY


def test_what_was_blocked_and_allowed_again_comes_back(pair: Pair) -> None:
    found = [sample("a", contacts=(phone("040 1234567"),)), sample("b")]
    pair.each(lambda one: put(one, found))
    pair.rebuild(NOW)
    pair.each(lambda one: one.block(_BLOCK))
    pair.rebuild(NOW)
    pair.each(lambda one: put(one, found, now=NOW + DAY))
    pair.rebuild(NOW + DAY)
    pair.each(lambda one: one.unblock(_BLOCK.kind, _BLOCK.value))
    pair.each(lambda one: put(one, found, now=NOW + 2 * DAY))
    assert pair.rebuild(NOW + 2 * DAY).changed == ("a",)
    assert pair.both[0].get("a").contacts


def test_what_is_over_ends_and_may_be_held_again(pair: Pair) -> None:
    pair.each(lambda one: put(one, [event("e", NOW.date()), sample("a")]))
    pair.rebuild(NOW)
    assert pair.rebuild(NOW + DAY).removed == ("e",)
    pair.each(lambda one: put(one, [event("e", NOW.date()), sample("a")], now=NOW + DAY))
    assert pair.rebuild(NOW + DAY).removed == ()
    pair.each(lambda one: put(one, [event("e", NOW.date() + 7 * DAY), sample("a")], now=NOW + 2 * DAY))
    assert pair.rebuild(NOW + 2 * DAY).added == ("e",)


def test_one_id_from_two_sources_is_as_seen_last(pair: Pair) -> None:
    def both(one: SqlCatalogue, days: Sequence[int]) -> None:
        put(one, [_titled("a", "Yksi")], now=NOW + days[0] * DAY)
        put(one, [sample("a", source="toinen")], source="toinen", now=NOW + days[1] * DAY)

    for days in ((0, 1), (2, 1), (2, 3)):
        pair.each(lambda one, days=days: both(one, days))  # type: ignore[misc]
        pair.rebuild(NOW + max(days) * DAY)


def test_only_what_changed_is_read(catalogue: SqlCatalogue, decoded: list[str]) -> None:
    put(catalogue, samples("a", "b", "c"))
    catalogue.rebuild_public(now=NOW)
    assert decoded == ["a", "b", "c"]
    decoded.clear()
    put(catalogue, [*samples("a", "c"), _titled("b", "Uusi nimi")], now=NOW + DAY)
    catalogue.rebuild_public(now=NOW + DAY)
    assert decoded == ["b"]


def test_a_view_made_by_another_version_is_made_anew(
    catalogue: SqlCatalogue, decoded: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    put(catalogue, samples("a", "b"))
    catalogue.rebuild_public(now=NOW)
    decoded.clear()
    monkeypatch.setattr(settled, "VIEW_VERSION", "next")
    catalogue.rebuild_public(now=NOW)
    assert decoded == ["a", "b"]
    decoded.clear()
    catalogue.rebuild_public(now=NOW)
    assert decoded == []
