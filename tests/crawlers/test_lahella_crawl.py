"""Lähellä.fi's listing crawled over real HTTP."""

import json
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from crawlers.adapters import lahella
from crawlers.adapters.lahella_shapes import read_item
from crawlers.harvest import Harvest
from crawlers.lahella_crawl import concerns, lahella_steps
from schemas.codes import SourceKind
from schemas.source import Source
from tests.crawlers.adapters.test_lahella import item
from tests.crawlers.adapters.worlds import NOW, TOWNS
from tests.crawlers.harvesting import harvested
from tests.web.misbehaving import MisbehavingServer, Reply, Request, page


@pytest.fixture
def server() -> Iterator[MisbehavingServer]:
    with MisbehavingServer({}) as running:
        yield running


def crawl(server: MisbehavingServer, **paths: str) -> Harvest:
    source = Source(name="L", url=server.url("/"), id="lahella", kind=SourceKind.LAHELLA, paths=paths)
    return harvested(lahella_steps, source, server)


def listing(count: int, clamp: int = 1000, **told: Callable[[int], Any]) -> Callable[[Request], Reply]:
    """`count` items, at most `clamp` a page; `told` makes further fields from the next number."""
    items = [item(_key=f"k{number}") for number in range(count)]

    def answer(request: Request) -> Reply:
        query = parse_qs(urlsplit(request.path).query)
        start, limit = int(query["skip"][0]), min(int(query["limit"][0]), clamp)
        body = {"items": items[start : start + limit]}
        body |= {name: make(start + limit) for name, make in told.items()}
        return Reply(200, json.dumps(body).encode(), {"Content-Type": "application/json"})

    return answer


@pytest.mark.parametrize(
    "answer",
    [
        listing(230),
        listing(230, total=lambda _: 230),
        listing(230, hasMore=lambda after: after < 230),
        listing(230, clamp=20, total=lambda _: 230),
        listing(230, clamp=50, hasMore=lambda after: after < 230),
    ],
)
def test_all_pages_are_read_whatever_tells_their_number(
    server: MisbehavingServer, answer: Callable[[Request], Reply]
) -> None:
    server.routes = {"/v1/activities": answer}
    harvest = crawl(server)
    assert len(harvest.records) == 230
    assert harvest.complete


def test_a_listing_that_repeats_itself_ends(server: MisbehavingServer) -> None:
    body = json.dumps({"items": [item(_key="k1")], "hasMore": True}).encode()
    server.routes = {"/v1/activities": Reply(200, body, {"Content-Type": "application/json"})}
    harvest = crawl(server)
    assert len(harvest.records) == 1
    assert len(server.paths) < 5


def test_a_listing_that_breaks_off_is_incomplete(server: MisbehavingServer) -> None:
    whole = listing(230)
    server.routes = {
        "/v1/activities": lambda request: Reply(500) if "skip=200" in request.path else whole(request)
    }
    harvest = crawl(server)
    assert len(harvest.records) == 200
    assert not harvest.complete


def test_an_empty_answer_is_not_believed(server: MisbehavingServer) -> None:
    server.routes = {"/v1/activities": listing(0)}
    assert not crawl(server).complete


def test_a_bad_item_costs_only_itself(server: MisbehavingServer) -> None:
    body = json.dumps({"items": [5, {"_key": "x"}, item(_key="k1")], "hasMore": False}).encode()
    server.routes = {"/v1/activities": Reply(200, body, {"Content-Type": "application/json"})}
    harvest = crawl(server)
    assert list(harvest.records) == ["lahella-k1"]
    assert len(harvest.troubles) == 2
    assert harvest.complete


def test_pages_with_data_stand_in_for_a_listing(server: MisbehavingServer) -> None:
    data = json.dumps({"props": {"items": [item(_key="k1"), item(_key="k2")]}})
    server.routes = {"/haku": page(f'<script id="__NEXT_DATA__" type="application/json">{data}</script>')}
    harvest = crawl(server, pages="haku")
    assert len(harvest.records) == 2
    assert harvest.complete


@pytest.mark.parametrize(
    ("traits", "kept"),
    [
        ({"region": ["city/FI/Lieksa"]}, True),
        ({"region": ["city/FI/Helsinki"]}, False),
        ({"region": []}, True),
        ({"region": ["state/FI/Pohjois-Karjala"]}, True),
        ({"region": ["state/FI/Uusimaa"]}, False),
        ({}, False),
        ({"channels": [{"type": ["place"], "translations": {"fi": {"address": {"city": "Joensuu"}}}}]}, True),
    ],
)
def test_a_source_may_keep_only_what_concerns_its_municipalities(traits: dict[str, Any], kept: bool) -> None:
    county = "Pohjois-Karjalan hyvinvointialue"
    source = Source(
        name="L", url="https://l.example.fi/", id="l", municipalities=("Lieksa", "Joensuu"), county=county
    )
    towns = {**TOWNS, "Helsinki": "091"}
    found = lahella.activity(read_item(item(traits)), source, towns.get, NOW)
    assert found is not None
    assert concerns(found, source, towns.get) is kept
    assert concerns(found, Source(name="L", url="https://l.example.fi/"), towns.get)
