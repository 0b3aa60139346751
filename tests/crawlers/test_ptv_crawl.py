"""PTV crawled over real HTTP: lists, then objects a hundred at a time."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from crawlers.harvest import Harvest
from crawlers.ptv_crawl import ptv_steps
from schemas.codes import SourceKind
from schemas.source import Source
from tests.crawlers.harvesting import harvested
from tests.web.misbehaving import MisbehavingServer, Reply, Request

COUNT = 230


def service(number: int) -> dict[str, Any]:
    channels = [{"serviceChannel": {"id": f"c{number}"}}]
    return {
        "id": f"s{number}",
        "serviceNames": [{"language": "fi", "value": f"Palvelu {number}", "type": "Name"}],
        "serviceChannels": channels if number else None,
        "organizations": [{"organization": {"id": "o1", "name": "Kunta"}, "roleType": "Responsible"}],
    }


def channel(name: str) -> dict[str, Any]:
    return {"id": name, "serviceChannelType": "Phone", "phoneNumbers": [{"number": "013 000 000"}]}


def reply(value: object) -> Reply:
    return Reply(200, json.dumps(value).encode(), {"Content-Type": "application/json"})


def listed(request: Request) -> Reply:
    number = int(parse_qs(urlsplit(request.path).query)["page"][0])
    ids = [{"id": f"s{n}"} for n in range((number - 1) * 100, min(number * 100, COUNT))]
    return reply(
        {
            "pageNumber": number,
            "pageCount": 3,
            "itemList": [*ids, {"id": "00000000-0000-0000-0000-000000000000"}],
        }
    )


def guids(request: Request) -> list[str]:
    return parse_qs(urlsplit(request.path).query)["guids"][0].split(",")


@pytest.fixture
def server() -> Iterator[MisbehavingServer]:
    api = "/api/v11/"
    routes = {
        f"{api}Service/list/area/Municipality/code/167": listed,
        f"{api}Service/list": lambda request: reply([service(int(name[1:])) for name in guids(request)]),
        f"{api}ServiceChannel/list": lambda request: reply([channel(name) for name in guids(request)]),
        f"{api}Organization/list": lambda request: reply(
            [
                {
                    "id": "o1",
                    "businessCode": "1234567-8",
                    "organizationNames": [{"language": "fi", "value": "Kunta", "type": "Name"}],
                }
            ]
        ),
    }
    with MisbehavingServer(routes) as running:
        yield running


def crawl(server: MisbehavingServer, **changes: Any) -> Harvest:
    values: dict[str, Any] = {"municipalities": ("Joensuu",), **changes}
    source = Source(name="PTV", url=server.url("/api/v11"), id="ptv", kind=SourceKind.PTV, **values)
    return harvested(ptv_steps, source, server)


def test_all_pages_are_listed_and_objects_read_by_the_hundred(server: MisbehavingServer) -> None:
    harvest = crawl(server)
    assert len(harvest.records) == COUNT
    assert harvest.complete
    assert sum(path.startswith("/api/v11/Service/list?") for path in server.paths) == 3
    record = harvest.records["ptv-s5"]
    assert record.contacts
    assert record.organisation is not None
    assert record.organisation.business_id == "1234567-8"
    assert harvest.records["ptv-s0"].channels == ()


@pytest.mark.parametrize(
    "path",
    ["Service/list/area/Municipality/code/167", "Service/list", "ServiceChannel/list", "Organization/list"],
)
@pytest.mark.parametrize("broken", [Reply(500), Reply(200, b"<html>", {"Content-Type": "application/json"})])
def test_an_unanswered_question_leaves_the_crawl_incomplete(
    server: MisbehavingServer, path: str, broken: Reply
) -> None:
    server.routes[f"/api/v11/{path}"] = broken
    harvest = crawl(server)
    assert not harvest.complete
    assert harvest.troubles


def test_things_that_are_archived_are_an_answer(server: MisbehavingServer) -> None:
    server.routes["/api/v11/ServiceChannel/list"] = Reply(404)
    harvest = crawl(server)
    assert harvest.complete
    assert len(harvest.records) == COUNT


def test_a_source_that_lists_nothing_is_not_believed(server: MisbehavingServer) -> None:
    server.routes["/api/v11/Service/list/area/Municipality/code/167"] = reply(
        {"pageCount": 0, "itemList": None}
    )
    assert not crawl(server).complete


def test_service_classes_are_listed_too(server: MisbehavingServer) -> None:
    server.routes["/api/v11/Service/serviceClass"] = reply({"pageCount": 1, "itemList": [{"id": "s7"}]})
    harvest = crawl(server, municipalities=(), service_classes=("P4.12",))
    assert list(harvest.records) == ["ptv-s7"]
