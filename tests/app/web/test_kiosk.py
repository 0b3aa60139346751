"""The touch screen without scripts: four touches to a sheet, nothing kept, sound in every language."""

import base64
import json
import re
from dataclasses import replace
from urllib.parse import urlsplit

import msgspec
import pytest
import segno
from bs4 import BeautifulSoup

from app.web import create_app
from app.web.kiosk import clock
from app.web.kiosk.leaflets import code_of, drawing
from app.wiring import Wiring
from schemas.points import Points
from tests.app.web.client import PageClient

PREFIXES = ("", "/sv", "/en", "/selko")
START = "/olka/keskussairaala"
SCREENS = (
    "",
    "/sairaus",
    "/yksikko",
    "/tilanne",
    "/sanat",
    "/viikko",
    "/kunta?sairaus=muistisairaus",
    "/tulokset?tilanne=hoidan-laheista&kunta=422",
    "/tulokset?yksikko=nefrologia&kunta=422",
    "/tulokset?q=yksin%C3%A4inen&kunta=kaikki",
    "/ohje?id=omais-lieksa",
    "/ohje?id=omais-lieksa&id=suru-joensuu&tilanne=hoidan-laheista&kunta=422",
    "/polku/omaishoitajaksi?kunta=422",
)


def first(page: BeautifulSoup, selector: str) -> str:
    found = page.select_one(selector)
    assert found, selector
    return str(found["href"])


@pytest.mark.parametrize("prefix", PREFIXES)
@pytest.mark.parametrize("screen", SCREENS)
def test_screens_are_sound_in_every_language(client: PageClient, prefix: str, screen: str) -> None:
    page = client.page(prefix + START + screen)
    assert page.select_one("a[data-reset]")
    assert len(page.select(".k-languages a")) == 4


def test_the_list_of_points_leads_to_each(client: PageClient, wiring: Wiring) -> None:
    page = client.page("/olka/")
    assert [str(link["href"]) for link in page.select("main a")] == [
        f"/olka/{point.code}" for point in wiring.points.point
    ]
    for point in wiring.points.point:
        client.get(f"/olka/{point.code}")


@pytest.mark.parametrize("way", ["sairaus", "yksikko", "tilanne"])
def test_four_touches_lead_to_a_sheet_with_a_code(client: PageClient, way: str) -> None:
    page = client.page(START)
    page = client.page(first(page, f".k-ways a[href$='/{way}']"))
    page = client.page(first(page, "a[href*='muisti'], a[href*='laheista']"))
    page = client.page(first(page, ".k-tiles a[href*='kunta=260'], .k-tiles a[href*='kunta=422']"))
    page = client.page(first(page, ".k-results a"))
    assert page.select_one(".sheet .qr path")
    assert page.select_one(".sheet .entry h2")


def test_every_tile_of_every_point_leads_to_a_screen(client: PageClient, wiring: Wiring) -> None:
    for point in wiring.points.point:
        for way, codes in (
            ("sairaus", point.illnesses),
            ("yksikko", point.units),
            ("tilanne", point.situations),
        ):
            if codes:
                page = client.page(f"/olka/{point.code}/{way}")
                assert len(page.select(".k-tiles a")) == len(codes)
            else:
                client.get(f"/olka/{point.code}/{way}", status=404)


def test_a_point_offers_only_its_own_ways_and_towns(client: PageClient) -> None:
    page = client.page("/olka/lieksa")
    assert not page.select("a[href$='/yksikko']")
    towns = client.page("/olka/lieksa/kunta?sairaus=diabetes").select(".k-tiles a")
    assert [town.get_text(strip=True) for town in towns] == [
        "Lieksa",
        "Nurmes",
        "Juuka",
        "Joensuu",
        "Koko maakunta",
    ]


def test_a_second_pick_joins_the_first_on_the_sheet(client: PageClient) -> None:
    page = client.page(f"{START}/tulokset?q=yksin%C3%A4inen&kunta=kaikki&id=omais-lieksa")
    sheet = client.page(first(page, ".k-results a"))
    assert len(sheet.select(".sheet .entry")) == 2
    assert "Omaishoitajien olohuone" in sheet.select(".sheet h2")[0].get_text().replace("\xad", "")


def test_words_of_crisis_show_whom_to_call(client: PageClient) -> None:
    page = client.page(f"{START}/tulokset?q=haluan+kuolla&kunta=kaikki")
    numbers = [tag.get_text() for tag in page.select(".k-crisis strong")]
    assert numbers[0] == "112" and "09 2525 0111" in numbers


def test_a_situation_of_violence_shows_whom_to_call(client: PageClient) -> None:
    page = client.page(f"{START}/tulokset?tilanne=kohtasin-vakivaltaa&kunta=kaikki")
    assert [tag.get_text() for tag in page.select(".k-crisis strong")][:2] == ["112", "080 005 005"]
    words = page.get_text()
    assert words.index("Et ole yksin") < words.index("080 005 005") < words.index("Emme löytäneet juuri tätä")


def test_nothing_found_says_so_and_shows_the_nearest(client: PageClient) -> None:
    page = client.page(f"{START}/tulokset?yksikko=nefrologia&kunta=422")
    assert page.h1 and "Emme löytäneet" in page.h1.get_text()


def test_where_nothing_is_near_either_the_screen_says_whom_to_call(client: PageClient) -> None:
    page = client.page(f"{START}/tulokset?q=xyzzyq&kunta=422")
    assert not page.select(".k-results a")
    assert "112" in [number.get_text() for number in page.select(".k-lines strong")]
    assert any("/sanat" in str(link["href"]) for link in page.select(".k-onward a"))


def test_a_sheet_leads_to_the_door(client: PageClient) -> None:
    facts = client.page(f"{START}/ohje?id=omais-lieksa").select_one(".sheet dl")
    assert facts and "Pielisentupa, Esimerkkikatu\xa03, Lieksa" in facts.get_text()


@pytest.mark.parametrize("screen", SCREENS[1:])
def test_no_screen_that_tells_of_a_person_is_kept(client: PageClient, screen: str) -> None:
    assert client.get(START + screen).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("screen", SCREENS)
def test_no_screen_leads_out_of_the_room(client: PageClient, screen: str) -> None:
    links = [str(link["href"]) for link in client.page(START + screen).select("a:not(.skip)")]
    assert links
    assert [link for link in links if "/olka/" not in link] == []


RESULTS = f"{START}/tulokset?sairaus=diabetes&kunta=422"


@pytest.fixture
def hours(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The second that it is: `hours[0]`."""
    second = [1_800_000_000]
    monkeypatch.setattr(clock, "seconds", lambda: second[0])
    return second


def passing(page: BeautifulSoup) -> tuple[int, str]:
    """(seconds, address) to which the page goes on by itself."""
    tag = page.select_one("noscript meta[http-equiv=refresh]")
    assert tag
    after, link = str(tag["content"]).split(";url=")
    return int(after), link


def test_without_scripts_a_question_comes_and_then_the_start(client: PageClient, hours: list[int]) -> None:
    after, link = passing(client.page(RESULTS))
    assert after == 90
    hours[0] += after
    asked = client.page(link)
    assert asked.h1 and asked.h1.get_text() == "Oletko vielä siinä?"
    after, link = passing(asked)
    assert after == 15
    hours[0] += after
    left = client.page(link)
    now = left.select_one("meta[http-equiv=refresh]")
    assert now and str(now["content"]).startswith("0;url=")
    answer = client.get(str(now["content"]).split("url=")[1], status=303)
    assert answer.headers["Location"] == START
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert "http-equiv" not in client.get(START).text


@pytest.mark.parametrize("screen", SCREENS[1:])
def test_who_is_still_there_comes_back_to_the_very_screen(
    client: PageClient, hours: list[int], screen: str
) -> None:
    before = client.page(START + screen)
    hours[0] += 90
    asked = client.page(passing(before)[1])
    hours[0] += 14
    after = client.page(first(asked, ".k-still a"))
    assert after.h1 == before.h1
    assert after.select_one("#kioski") is not None
    texts = [page.select_one("#kioski").get_text() for page in (before, after)]  # type: ignore[union-attr]
    assert texts[0] == texts[1]


def test_the_question_offers_more_time_once(client: PageClient, hours: list[int]) -> None:
    asked = client.page(passing(client.page(RESULTS))[1])
    slow = client.page(first(asked, ".k-still a[href*='aika=pitka']"))
    after, link = passing(slow)
    assert after == 900
    hours[0] += after
    assert len(client.page(link).select(".k-still a")) == 2


@pytest.mark.parametrize("screen", ["/sairaus", "/sanat", "/tulokset?sairaus=diabetes&kunta=422"])
def test_an_address_leads_to_the_start_once_its_time_has_passed(
    client: PageClient, hours: list[int], screen: str
) -> None:
    link = client.client.get(START + screen).headers["Location"]
    client.get(link)
    hours[0] += 104
    client.get(link)
    hours[0] += 1
    assert client.get(link, status=303).headers["Location"] == START
    asked = passing(BeautifulSoup(client.get(RESULTS).text, "html.parser"))[1]
    hours[0] += 105
    assert client.get(asked, status=303).headers["Location"] == START


def test_every_screen_begins_the_time_of_its_links_anew(client: PageClient, hours: list[int]) -> None:
    page = client.page(f"{START}/sairaus")
    for selector in (
        ".k-tiles a",
        ".k-tiles a",
        ".k-languages a[hreflang=sv]",
        ".k-comfort a",
        ".k-results a",
    ):
        hours[0] += 80
        page = client.page(first(page, selector))
    assert page.select_one(".sheet")


def test_words_of_ones_own_carry_the_time(client: PageClient, hours: list[int]) -> None:
    field = client.page(f"{START}/sanat").select_one(".k-words input[name=hetki]")
    assert field and field["value"] == str(hours[0])


@pytest.mark.parametrize("said", ["", "x", "-1", "1800000001", "9" * 40, "1e9"])
def test_a_time_that_cannot_be_leads_to_the_start(client: PageClient, hours: list[int], said: str) -> None:
    assert client.get(f"{RESULTS}&hetki={said}", status=303).headers["Location"] == START


def test_a_point_returns_to_its_own_language(client: PageClient, hours: list[int]) -> None:
    link = f"/sv{RESULTS}&hetki={hours[0] - 500}"
    assert client.get(link, status=303).headers["Location"] == START


def test_scripts_keep_the_time_by_themselves(client: PageClient) -> None:
    own = {clock.KEPT_BY_SCRIPTS: "oma"}
    page = BeautifulSoup(client.get(RESULTS, headers=own).text, "html.parser")
    assert not page.select("#kioski [href*=hetki]")
    client.get(f"{RESULTS}&hetki=1", headers=own)


@pytest.mark.parametrize("screen", ["//other.example.fi", "../../haku", "varoitus", "sw.js", "polku/../x"])
def test_the_question_leads_back_to_screens_only(client: PageClient, screen: str) -> None:
    client.get(f"{START}/varoitus?paluu={screen}", status=404)


def test_more_time_is_ten_times_the_time_and_stays_until_the_start(client: PageClient) -> None:
    page = client.page(f"{START}/tilanne?aika=pitka")
    room = page.select_one("#kioski")
    assert room and (room["data-idle"], room["data-warning"]) == ("900", "15")
    assert "aika=pitka" in first(page, ".k-tiles a")
    assert "aika" not in first(page, "a[data-reset]")


@pytest.mark.parametrize(
    "address",
    ["/tulokset?sairaus=x&kunta=422", "/tulokset?sairaus=diabetes&kunta=999", "/kunta?q=x&sivu=0"],
)
def test_choices_that_nobody_knows_are_refused(client: PageClient, address: str) -> None:
    client.get(START + address, status=400)


@pytest.mark.parametrize("screen", ["/kunta", "/tulokset", "/ohje"])
def test_a_screen_without_its_choice_returns_to_the_start(client: PageClient, screen: str) -> None:
    link = client.get(START + screen, status=303).headers["Location"]
    assert urlsplit(link).path == START


def test_an_unknown_point_or_path_is_not_found(client: PageClient) -> None:
    for address in ("/olka/ei-ole", f"{START}/polku/ei-ole", f"{START}/ohje?id=ei-ole"):
        client.get(address, status=404)


@pytest.mark.parametrize("prefix", PREFIXES)
def test_the_kept_data_hold_what_the_screens_need(client: PageClient, wiring: Wiring, prefix: str) -> None:
    kept = client.json(f"{prefix}/olka/data.json")
    ids = {entry["id"] for entry in kept["activities"]}
    assert "omais-lieksa" in ids
    assert set(kept["points"]) == {point.code for point in wiring.points.point}
    for point in kept["points"].values():
        assert set(point["towns"]) <= set(kept["towns"])
        assert all(code in kept["needs"] for code in point["sairaus"])
        assert all(code in kept[kind] for kind in ("yksikko", "tilanne") for code in point[kind])
    assert "{moment}" in kept["words"]["offline"]


def test_kept_times_are_whole_as_on_a_sheet_of_the_server(client: PageClient) -> None:
    kept = {entry["id"]: entry for entry in client.json("/olka/data.json")["activities"]}
    sheet = client.page(f"{START}/ohje?id=omais-lieksa")
    served = [(fact.dt, fact.dd) for fact in sheet.select(".sheet dl > div")]
    assert [name for name, _text in kept["omais-lieksa"]["f"]] == [dt.get_text() for dt, _dd in served if dt]
    whole = [piece for _name, text in kept["omais-lieksa"]["f"] for piece in text[1::2]]
    assert whole and whole == [span.get_text() for span in sheet.select(".sheet dd .whole")]


def test_the_kept_data_are_not_sent_again_while_nothing_changed(client: PageClient) -> None:
    tag = client.get("/olka/data.json").headers["ETag"]
    client.get("/olka/data.json", status=304, headers={"If-None-Match": tag})


def test_the_worker_serves_its_own_room(client: PageClient) -> None:
    answer = client.get("/sv/olka/sw.js")
    assert answer.mimetype == "text/javascript"
    roots = json.loads(answer.text.split("const ROOM = ", 1)[1].split(";\n", 1)[0])["roots"]
    assert roots == [f"{prefix}/olka/" for prefix in PREFIXES]


def test_what_is_to_be_kept_can_be_had(client: PageClient) -> None:
    room = client.page(START).select_one("#kioski")
    assert room
    names = json.loads(str(room["data-keep"]))
    assert START in names and "/sv/olka/data.json" in names
    for name in names:
        assert client.client.get(name).status_code == 200, name
        assert "?" not in name


@pytest.mark.parametrize(
    "link", ["https://a.example.fi/", "https://vierelle.example.fi/toiminta/" + "x" * 90]
)
def test_a_code_says_the_link(link: str) -> None:
    matrix = segno.make(link, error="m", micro=False, mask=3, boost_error=False).matrix
    code = code_of(link)
    packed = base64.b64decode(code.bits)
    bits = [packed[at // 8] >> (7 - at % 8) & 1 for at in range(code.size**2)]
    assert bits == [int(module) for row in matrix for module in row]
    drawn = sum(int(run) for run in re.findall(r"h(\d+)v1", str(drawing(code))))
    assert drawn == sum(bits)


def test_what_happens_in_the_house_stands_before_the_rest_of_the_town(
    client: PageClient, wiring: Wiring, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = wiring.points.point[0]
    moved = msgspec.structs.replace(house, events_at=("kirjaston piha",))
    monkeypatch.setitem(wiring.__dict__, "points", Points((moved,)))
    page = client.page(f"{START}/viikko")
    headings = [heading.get_text() for heading in page.select(".k-reach h2")]
    assert headings[0] == house.name.fi
    first_list = page.select(".k-results")[0].get_text().replace("\xad", "")
    assert "Kävelyryhmä Joensuu" in first_list
    assert "Lieksa" not in page.select(".k-reach")[0].get_text()
    assert all("/ohje?id=" in str(link["href"]) for link in page.select(".k-results a"))


def test_no_points_are_no_fault(client: PageClient, wiring: Wiring, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(wiring.__dict__, "points", Points(()))
    assert "Yhtään pistettä ei ole" in client.page("/olka/").get_text()


def test_what_a_screen_keeps_is_made_once_where_the_sites_address_is_told(wiring: Wiring) -> None:
    told = create_app(Wiring(replace(wiring.settings, public_url="https://tuki.example.fi")))
    bodies = {
        told.test_client().get("/olka/data.json", headers={"Host": f"{number}.example.fi"}).data
        for number in range(3)
    }
    assert len(bodies) == 1
    assert len(told.extensions["vierelle"].offline) == 1
