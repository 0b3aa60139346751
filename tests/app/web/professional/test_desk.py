"""The professional's desk without scripts: sound pages, all facts on two lines, filters, units."""

import pytest
from bs4 import Tag

from tests.app.web.client import PageClient

CARERS = "/ammattilainen?q=omaishoitajille&missa=Joensuu"


@pytest.mark.parametrize("prefix", ["", "/sv", "/en", "/selko"])
@pytest.mark.parametrize(
    "path",
    [
        "/ammattilainen",
        CARERS,
        f"{CARERS}&kind=peer_group&when=evening&sort=next",
        "/ammattilainen?yksikko=syopakeskus",
        "/ammattilainen?yksikko=syopakeskus&need=rintasyopa",
        "/ammattilainen?q=omaishoitajille&missa=Atlantis",
        "/ammattilainen?q=xyzzyq",
        "/ammattilainen?q=omaishoitaja&pikanappaimet=ei",
        "/ohjauslista",
    ],
)
def test_the_desk_is_sound_in_every_language(desk: PageClient, prefix: str, path: str) -> None:
    desk.page(prefix + path)


def _rows(desk: PageClient, path: str) -> dict[str, Tag]:
    return {str(row["data-id"]): row for row in desk.page(path).select("li.hit")}


def test_a_result_tells_phone_next_time_eligibility_and_freshness(desk: PageClient) -> None:
    row = _rows(desk, CARERS)["opas-01"]
    assert [whole.get_text() for whole in row.select(".when .whole")] == ["klo\xa017–19"]
    text = row.get_text(" ", strip=True).replace("\xa0", " ")
    for fact in (
        "050 000 0001",
        "ti 24.11. klo 17–19",
        "Kansalaistalo, Joensuu",
        "Omaishoitajat ja läheiset",
        "ei ilmoittautumista",
        "ei lähetettä",
        "maksuton",
        "vahvistettu 5 päivää sitten",
    ):
        assert fact in text


def test_freshness_is_marked_in_words_not_by_colour_alone(desk: PageClient) -> None:
    rows = _rows(desk, CARERS)
    stale, seen = (rows[key].select(".fresh")[0] for key in ("opas-16", "opas-02"))
    assert "tarkista" in stale.get_text() and "fresh-stale" in str(stale["class"])
    assert "nähty 2 päivää sitten" in seen.get_text()


def test_what_is_not_told_is_said_to_be_unknown(desk: PageClient) -> None:
    rows = _rows(desk, CARERS)
    assert "aika ei tiedossa" in rows["opas-02"].get_text()
    assert "kenelle: ei kerrottu" in rows["opas-06"].get_text()


def test_every_filter_is_a_link_that_can_be_undone(desk: PageClient) -> None:
    page = desk.page(CARERS)
    links = [str(link["href"]) for link in page.select(".facet a")]
    assert links
    for link in links[:4]:
        narrowed = desk.page(link)
        assert narrowed.select(".facet .chosen")
        count = int(narrowed.select("#tulosten-otsikko")[0].get_text().split()[0])
        assert 0 < count <= len(page.select("li.hit"))


def test_choices_travel_with_the_form(desk: PageClient) -> None:
    page = desk.page("/ammattilainen?q=omaishoitaja&kind=peer_group&sort=next")
    hidden = {
        (str(field["name"]), str(field["value"])) for field in page.select("input[type=hidden][form=haku]")
    }
    assert hidden == {("kind", "peer_group"), ("sort", "next")}


def test_a_unit_opens_its_needs(desk: PageClient) -> None:
    rows = _rows(desk, "/ammattilainen?yksikko=syopakeskus")
    assert {"opas-10", "opas-11"} <= set(rows)
    narrowed = _rows(desk, "/ammattilainen?yksikko=syopakeskus&need=rintasyopa")
    assert set(narrowed) < set(rows) and "opas-11" in narrowed


def test_an_unknown_unit_is_a_bad_question(desk: PageClient) -> None:
    desk.get("/ammattilainen?yksikko=kahvio", status=400)


def test_an_unknown_place_is_told(desk: PageClient) -> None:
    page = desk.page("/ammattilainen?q=omaishoitajille&missa=Atlantis")
    assert "Emme tunne paikkaa ”Atlantis”" in page.get_text()


def test_the_part_for_the_page_is_what_the_page_shows(desk: PageClient) -> None:
    page = desk.client.get(CARERS).get_data(as_text=True)
    part = desk.client.get(CARERS.replace("/ammattilainen", "/ammattilainen/tulokset")).get_data(as_text=True)
    assert len(part) > 2000 and part.strip() in page


def test_shortcuts_can_be_turned_off(desk: PageClient) -> None:
    assert desk.page("/ammattilainen").select(".keys kbd")
    off = desk.page("/ammattilainen?pikanappaimet=ei")
    assert not off.select(".keys kbd")
    assert off.select("form#haku input[name=pikanappaimet]")


def test_choices_fold_behind_a_button_that_tells_how_many_are_on(desk: PageClient) -> None:
    button = desk.page(CARERS).select_one(".filters > details > summary")
    assert button and button.get_text(" ", strip=True) == "Rajaa tuloksia"
    narrowed = desk.page(f"{CARERS}&price=free&kind=peer_group").select_one(".filters > details > summary")
    assert narrowed and narrowed.get_text(" ", strip=True) == "Rajaa tuloksia 2 valittu"


@pytest.mark.parametrize("path", ["/ammattilainen", "/ammattilainen/tulokset"])
def test_a_workstation_keeps_no_question(desk: PageClient, path: str) -> None:
    for question in ("q=masennus", "yksikko=syopakeskus", "need=omaishoito"):
        assert desk.client.get(f"{path}?{question}").headers["Cache-Control"] == "no-store"
    assert "no-store" not in desk.client.get(path).headers["Cache-Control"]
