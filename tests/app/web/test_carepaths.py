"""Care paths: sound in every language, filled by live searches, honest where nothing is found."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from app.web.carepaths.steps import SHOWN, filled
from app.wiring import Wiring
from schemas.errors import ConfigurationError
from schemas.paths import load_paths
from tests.app.web.client import PageClient

PREFIXES = ("", "/sv", "/en", "/selko")


@pytest.mark.parametrize("prefix", PREFIXES)
def test_the_index_leads_to_every_path(client: PageClient, wiring: Wiring, prefix: str) -> None:
    page = client.page(f"{prefix}/polut")
    links = {str(link["href"]).split("?")[0] for link in page.select("main a")}
    assert links >= {f"{prefix}/polku/{path.code}" for path in wiring.care_paths.path}


@pytest.mark.parametrize("prefix", PREFIXES)
@pytest.mark.parametrize("code", ["omaishoitajaksi", "laheisen-muistisairaus", "munuaiset"])
def test_a_path_is_sound_in_every_language(
    client: PageClient, wiring: Wiring, prefix: str, code: str
) -> None:
    page = client.page(f"{prefix}/polku/{code}?paikka=Lieksa")
    path = wiring.care_paths.find(code)
    assert path and page.h1 and page.h1.get_text() == path.title.get(prefix.strip("/") or "fi")
    assert len(page.select(".step h2")) == len(path.steps)


def test_every_path_opens(client: PageClient, wiring: Wiring) -> None:
    for path in wiring.care_paths.path:
        client.get(f"/polku/{path.code}")


def test_steps_show_what_a_search_in_the_place_finds(client: PageClient) -> None:
    page = client.page("/polku/omaishoitajaksi?paikka=Lieksa")
    titles = {title.get_text().replace("\xad", "") for title in page.select(".card-title")}
    assert "Omaishoitajien olohuone" in titles
    chosen = page.select_one("#paikka option[selected]")
    assert chosen and chosen["value"] == "Lieksa"


def test_a_link_to_all_finds_at_least_as_many(client: PageClient) -> None:
    page = client.page("/polku/yksin")
    links = page.select(".step-more a")
    assert links
    for link in links:
        everything = client.page(str(link["href"]))
        assert len(everything.select(".hit")) > 0


def test_an_empty_step_says_so_and_offers_the_nearest(client: PageClient) -> None:
    page = client.page("/polku/munuaiset?paikka=Lieksa")
    empty = [step for step in page.select(".step") if step.select_one(".step-none")]
    assert empty
    assert "Emme löytäneet" in empty[0].get_text()


def test_a_step_does_not_repeat_an_earlier_one_while_there_is_more(wiring: Wiring, app: object) -> None:
    from flask import Flask

    from app.web.site import site

    assert isinstance(app, Flask)
    with app.test_request_context("/polku/yksin"):
        for path in wiring.care_paths.path:
            seen: set[str] = set()
            for step in filled(path, (), site()):
                ids = {hit.id for hit in step.hits}
                assert len(step.hits) <= SHOWN
                assert not ids & seen or ids <= seen, path.code
                seen |= ids


def test_a_place_that_nobody_knows_is_said(client: PageClient) -> None:
    page = client.page("/polku/yksin?paikka=Xyzzy")
    note = page.select_one(".note")
    assert note and "Xyzzy" in note.get_text()


def test_a_former_municipality_is_a_place(client: PageClient) -> None:
    page = client.page("/polku/yksin?paikka=Eno")
    chosen = page.select_one("#paikka option[selected]")
    assert chosen and chosen["value"] == "Joensuu"


def test_a_path_about_a_crisis_puts_help_first(client: PageClient) -> None:
    page = client.page("/polku/itsemurhan-jalkeen")
    first = page.select_one("main a[href^='tel:']")
    assert first and first["href"] == "tel:112"


def test_an_unknown_path_is_not_found(client: PageClient) -> None:
    client.get("/polku/ei-ole", status=404)


def test_the_front_page_leads_to_the_paths(client: PageClient) -> None:
    assert client.page("/").select_one("main a[href='/polut']")


def test_related_paths_share_a_need(client: PageClient, wiring: Wiring) -> None:
    page = client.page("/polku/laheisen-muistisairaus")
    codes = [str(link["href"]).rsplit("/", 1)[-1] for link in page.select(".path-list.few a")]
    assert "muistisairaus" in codes
    own = wiring.care_paths.find("laheisen-muistisairaus")
    assert own
    for code in codes:
        other = wiring.care_paths.find(code)
        assert other
        assert {need for step in other.steps for need in step.need} & {
            need for step in own.steps for need in step.need
        }


def step_of(page: BeautifulSoup, heading: str) -> Tag:
    return next(step for step in page.select(".step") if step.h2 and step.h2.get_text() == heading)


def test_a_step_shows_nothing_that_is_about_something_else_first(client: PageClient) -> None:
    alone = step_of(client.page("/polku/leskeksi"), "Apua arkeen")
    assert not alone.select(
        ".card-title"
    )  # a carers' place and a rehabilitation group name meeting in passing
    carers = step_of(client.page("/polku/saattohoito"), "Apua arkeen")
    assert "Omaishoitajien olohuone" in carers.get_text().replace("\xad", "")


def test_a_kind_of_support_may_name_the_need_second_where_nothing_else_is_there(client: PageClient) -> None:
    talk = step_of(client.page("/polku/erosin"), "Joku, jolle puhua")
    assert talk.select(".card-title")


def test_a_step_that_finds_nothing_says_whom_to_call(client: PageClient) -> None:
    empty = step_of(client.page("/polku/masennus?paikka=Lieksa"), "Läheisille")
    assert "Emme löytäneet Lieksasta" in empty.get_text()
    numbers = [str(link["href"]) for link in empty.select("a[href^='tel:']")]
    assert numbers == ["tel:0925250111", "tel:116117"]
    assert "jonka on vaikea jaksaa" in empty.get_text()


def test_a_step_without_its_kind_names_the_step_that_shows_the_topic(client: PageClient) -> None:
    first = step_of(client.page("/polku/muistisairaus"), "Ensin tietoa")
    assert "Samasta aiheesta on tietoa tällä sivulla" in first.get_text()
    assert first.select_one(".step-none strong")


def test_forms_of_support_must_be_known_needs(tmp_path: Path) -> None:
    file = tmp_path / "paths.toml"
    file.write_text('forms = ["tuntematon"]\n', encoding="utf-8")
    with pytest.raises(ConfigurationError, match="tuntematon"):
        load_paths(file, needs=(), units=())
