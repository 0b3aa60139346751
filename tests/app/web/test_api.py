"""The JSON API answers what the pages answer, under the names of the description."""

from typing import Any

import pytest

from tests.app.web.client import PageClient


def test_search_answers_with_the_shape_of_the_command_line(client: PageClient) -> None:
    answer = client.json("/api/v1/search?q=omaishoitajille&municipality=Lieksa&size=3")
    assert answer["query"] == "omaishoitajille"
    assert answer["hits"][0]["id"] == "omais-lieksa"
    assert answer["hits"][0]["municipalities"] == ["Lieksa"]
    assert len(answer["hits"]) <= 3
    assert answer["facets"]["municipality"]


def test_page_and_api_count_alike(client: PageClient) -> None:
    total = client.json("/api/v1/search?q=suru")["total"]
    page = client.page("/haku?q=suru")
    assert page.h1 and page.h1.get_text().startswith(f"{total} tulos")


def test_one_activity_is_the_whole_record(client: PageClient) -> None:
    answer = client.json("/api/v1/activities/omais-lieksa")
    assert answer["activity"]["title"]["en" if "en" in answer["activity"]["title"] else "fi"]
    assert answer["activity"]["conflicts"][0]["field"] == "channels.schedules"
    assert answer["next"]["day"] == "2026-09-17"


def test_suggestions_have_hits(client: PageClient) -> None:
    for path in ("/api/v1/suggestions?q=omais", "/ehdotukset?q=omais"):
        answer = client.get(path)
        found: Any = answer.json
        assert found and all(entry["count"] > 0 for entry in found)
        assert answer.headers["Cache-Control"] == "no-store"


def test_the_description_names_every_path_and_resolves(client: PageClient) -> None:
    described = client.json("/api/v1/openapi.json")
    assert set(described["paths"]) == {"/search", "/activities/{id}", "/suggestions"}
    shapes = described["components"]["schemas"]

    def references(value: object) -> list[str]:
        if isinstance(value, dict):
            own = [value["$ref"]] if isinstance(value.get("$ref"), str) else []
            return own + [found for entry in value.values() for found in references(entry)]
        if isinstance(value, list):
            return [found for entry in value for found in references(entry)]
        return []

    assert {name.removeprefix("#/components/schemas/") for name in references(described)} <= set(shapes)


@pytest.mark.parametrize(
    ("asked", "known"),
    [
        ("when=huomenna", "weekend"),
        ("channel=savumerkit", "hybrid"),
        ("price=halpa", "paid"),
        ("price=unknown", "free"),
        ("group=kaikki", "carers"),
        ("need=ei-ole", "yksinaisyys"),
        ("area=ei-ole", "mielenterveys"),
        ("kind=ei-ole", "peer_group"),
        ("language=klingon", "fse"),
        ("language=suomi", "fi"),
        ("municipality=Atlantis", "Joensuu"),
        ("municipality=999", "167"),
        ("sort=best", "relevance"),
        ("page=x", "1000"),
        ("page=0", "1"),
        ("page=-1", "1"),
        ("page=10000000001", "1000"),
        ("page=١", "1000"),
        ("size=0", "100"),
        ("size=1e9", "100"),
        ("exact=kyllä", "1"),
        ("plain=2", "0"),
        ("point=1", "latitude"),
        ("point=nan,0", "world"),
        ("nakyma=pallo", "lista"),
        ("when=mo&when=xx", "xx"),
        ("need=yksinaisyys&need=", ""),
    ],
)
def test_a_choice_that_does_not_exist_is_400_that_names_the_known_ones(
    client: PageClient, asked: str, known: str
) -> None:
    if not known:  # an empty value is no choice
        client.json(f"/api/v1/search?{asked}")
        return
    told = client.json(f"/api/v1/search?{asked}", status=400)["error"]
    assert told["status"] == 400
    assert told["message"].startswith(asked.split("=")[0])
    assert known in told["message"]


@pytest.mark.parametrize("asked", ["language=so", "language=sv-FI", "when=su", "group=carers", "price=paid"])
def test_a_choice_that_exists_is_answered_even_with_nothing(client: PageClient, asked: str) -> None:
    assert client.json(f"/api/v1/search?{asked}")["total"] >= 0


@pytest.mark.parametrize(
    ("path", "known"),
    [
        ("/api/v1/search?municipalty=Lieksa", "municipality"),
        ("/api/v1/search?q=suru&pages=2", "page"),
        ("/api/v1/suggestions?query=suru", "known: q"),
        ("/api/v1/activities/omais-lieksa?lang=sv", "none here"),
        (f"/api/v1/search?{'x' * 900}=1", "size"),
    ],
)
def test_a_parameter_that_does_not_exist_is_400_that_names_the_known_ones(
    client: PageClient, path: str, known: str
) -> None:
    message = client.json(path, status=400)["error"]["message"]
    assert known in message
    assert path.partition("?")[2].partition("=")[0][:40] in message
    assert len(message) < 400


def test_what_only_changes_the_look_of_a_page_is_passed_over(client: PageClient) -> None:
    plain = client.json("/api/v1/search?q=suru")
    assert client.json("/api/v1/search?q=suru&nakyma=kartta&koko=iso&vari=tumma")["total"] == plain["total"]


def test_pages_pass_over_parameters_of_others(client: PageClient) -> None:
    assert client.page("/haku?q=suru&utm_source=uutiskirje").select(".hit")
