"""Bad request, nothing there, search down: three different answers, as pages and as JSON."""

import logging
from pathlib import Path

import pytest
from flask import Flask

from app.web import create_app
from app.wiring import Wiring
from config.settings import Settings
from tests.app.sample import TODAY
from tests.app.web.client import PageClient


@pytest.fixture
def empty(tmp_path: Path) -> PageClient:
    """A site without any index."""
    return PageClient(create_app(Wiring(Settings(data=tmp_path, today=TODAY))))


@pytest.mark.parametrize(
    "query",
    [
        "page=0",
        "page=x",
        "page=99999",
        "sort=best",
        "municipality=Atlantis",
        "nakyma=pallo",
        "q=" + "a" * 501,
    ],
)
def test_malformed_requests_are_400(client: PageClient, query: str) -> None:
    page = client.page(f"/haku?{query}", status=400)
    assert page.h1 and page.select(".note")  # a person gets what remains, and is told
    assert client.json(f"/api/v1/search?{query}", status=400)["error"]["status"] == 400


@pytest.mark.parametrize("path", ["/haku", "/ammattilainen"])
@pytest.mark.parametrize(
    "query",
    [
        "when=huomenna",
        "channel=savu",
        "price=halpa",
        "group=x",
        "language=klingon",
        "need=x",
        "kind=x",
        "area=x",
    ],
)
def test_a_choice_nobody_knows_is_left_out_and_told(client: PageClient, path: str, query: str) -> None:
    page = client.page(f"{path}?q=omaishoitajille&{query}&nakyma=lista")
    (told,) = [note for note in page.select(".note, .told") if query in note.get_text()]
    assert "Jätimme sen pois" in told.get_text()
    without = client.page(f"{path}?q=omaishoitajille")
    assert [
        link["href"] for link in page.select(".hits li a[href*='/toiminta/'], .rows a[href*='/toiminta/']")
    ] == [
        link["href"] for link in without.select(".hits li a[href*='/toiminta/'], .rows a[href*='/toiminta/']")
    ]
    assert not page.select(f".narrowing a[href*='{query}'], .filters a[href*='{query}']")


def test_a_text_that_is_too_long_is_searched_by_its_beginning(client: PageClient) -> None:
    page = client.page("/haku?q=" + "omaishoitajille+" * 40, status=400)
    assert "haimme sen alulla" in page.get_text()
    assert page.select(".hits li")


def test_a_feed_with_a_condition_nobody_knows_is_refused(client: PageClient) -> None:
    for query in ("when=huomenna", "yksikko=kahvio"):
        assert client.get(f"/haku.atom?q=suru&{query}", status=400)


@pytest.mark.parametrize("query", ["point=1", "point=91,0", "point=a,b", "size=101"])
def test_malformed_numbers_of_the_api_are_400(client: PageClient, query: str) -> None:
    assert query.split("=")[0] in client.json(f"/api/v1/search?{query}", status=400)["error"]["message"]


def test_what_is_not_there_is_404(client: PageClient) -> None:
    for path in ("/ei-ole", "/toiminta/ei-ole", "/toiminta/ei-ole/palaute", "/static/x.css"):
        page = client.page(path, status=404)
        assert page.h1 and page.h1.get_text() == "Tätä sivua ei löydy"
    assert client.json("/api/v1/activities/ei-ole", status=404)["error"]["status"] == 404


def test_programs_that_miss_the_address_are_told_where_the_description_is(client: PageClient) -> None:
    for path in ("/api", "/api/", "/api/v1", "/api/v1/ei-ole", "/sv/api/v1/ei-ole"):
        told = client.json(path, status=404)["error"]
        assert told["status"] == 404
        assert "/search" in told["message"] and "/api/v1/openapi.json" in told["message"]


def test_search_down_is_503_and_never_no_results(empty: PageClient) -> None:
    answer = empty.get("/haku?q=suru", status=503)
    assert "Haku ei ole juuri nyt käytössä" in answer.text
    assert "Emme löytäneet" not in answer.text
    assert answer.headers["Retry-After"]
    assert empty.json("/api/v1/search?q=suru", status=503)["error"]["status"] == 503
    assert empty.get("/ehdotukset?q=su", status=503)


def test_without_an_index_nobody_waits_for_words_to_be_read(tmp_path: Path) -> None:
    wiring = Wiring(Settings(data=tmp_path))
    client = PageClient(create_app(wiring))
    for path in ("/haku?q=suru", "/ammattilainen?q=suru", "/api/v1/search?q=suru"):
        client.get(path, status=503)
    assert not {"lexicon", "recogniser", "search"} & set(vars(wiring))


def test_the_front_page_stands_without_an_index(empty: PageClient) -> None:
    assert empty.page("/").select(".tiles a")


def test_our_own_fault_is_a_page_and_keeps_the_words_out_of_the_log(
    app: Flask, client: PageClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_args: object, **_options: object) -> None:
        raise ZeroDivisionError("broken on purpose")

    monkeypatch.setattr("app.web.results.read", broken)
    with caplog.at_level(logging.INFO):
        page = client.page("/haku?q=salainen", status=500)
    assert page.h1 and page.h1.get_text() == "Jokin meni vikaan"
    assert "salainen" not in caplog.text
    assert "broken on purpose" in caplog.text


def test_the_access_log_says_no_words_and_no_addresses(
    client: PageClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, logger="vierelle.access"):
        client.get("/haku?q=masennus&missa=Lieksa")
    (line,) = [record.getMessage() for record in caplog.records if record.name == "vierelle.access"]
    method, path, status, milliseconds = line.split()
    assert (method, path, status) == ("GET", "/haku", "200")
    assert float(milliseconds) > 0


def test_other_methods_are_refused(client: PageClient) -> None:
    assert "Allow" in client.post("/haku", status=405).headers
