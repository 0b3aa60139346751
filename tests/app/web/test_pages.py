"""Every page in every language keeps the rules of the client, and the results say what they must."""

from urllib.parse import urlencode

import pytest
from msgspec.structs import replace
from protego import Protego

from app.web import create_app
from app.web.cards import marked_example, opening, price
from app.wiring import Wiring
from schemas.activity import Organisation, Price, Texts
from schemas.codes import PriceKind
from schemas.search import LONGEST
from tests.app.web.client import PageClient, page_faults
from tests.app.web.paths import PAGES


@pytest.mark.parametrize("prefix", ["", "/sv", "/en", "/selko"])
@pytest.mark.parametrize("path", PAGES)
def test_pages_are_sound_in_every_language(client: PageClient, prefix: str, path: str) -> None:
    page = client.page(prefix + path)
    assert page.select("html")[0]["lang"] == {"/sv": "sv", "/en": "en"}.get(prefix, "fi")


def test_the_client_sees_what_is_wrong() -> None:
    good = "<!doctype html><html lang=fi><title>t</title><main><h1>x</h1>%s</main>"
    assert page_faults(good % "<p>x</p>") == []
    for bad in (
        "<h1>y</h1>",
        "<p id=a>x</p><p id=a>y</p>",
        "<input name=q>",
        "<script>1</script>",
        "<p style='color:red'>x</p>",
        "<p onclick='x()'>x</p>",
        "<img alt='' src='https://elsewhere.example/x.png'>",
        "<a href='javascript:x'>x</a>",
        "<h3>x</h3>",
        "<p><div>x</p>",
    ):
        assert page_faults(good % bad), bad


def test_the_front_page_asks_one_question_and_shows_the_week(client: PageClient) -> None:
    page = client.page("/")
    assert page.h1 and page.h1.get_text() == "Mihin kaipaat tukea?"
    tiles = page.select(".tiles a")
    assert len(tiles) == 21
    assert all("/haku?area=" in str(tile["href"]) for tile in tiles)
    assert "Omaishoitajien olohuone" in page.select(".soon")[0].get_text()


def test_examples_are_called_examples(client: PageClient) -> None:
    assert "Esimerkkitietoja" in client.get("/").text
    assert "esimerkki" in client.page("/toiminta/omais-lieksa").select(".tag")[0].get_text()


def test_an_example_is_marked_unless_its_organisation_says_so(wiring: Wiring) -> None:
    activity = replace(wiring.catalogue.get("omais-lieksa"), example=True)
    with create_app(wiring).test_request_context("/"):
        assert marked_example(activity)
        assert not marked_example(replace(activity, organisation=Organisation(name="Polku ry (esimerkki)")))
        assert not marked_example(replace(activity, example=False))


@pytest.mark.parametrize(
    ("said", "shown"),
    [("Hinta: 5 €/kerta.", "5 €/kerta."), ("5 euroa", "5 euroa"), ("Kahvin hinta: 2 €", "Kahvin hinta: 2 €")],
)
def test_a_price_is_told_without_its_name(wiring: Wiring, said: str, shown: str) -> None:
    paid = Price(PriceKind.PAID, Texts(fi=said))
    with create_app(wiring).test_request_context("/"):
        assert price(replace(wiring.catalogue.get("omais-lieksa"), price=paid)) == shown


def test_a_card_does_not_say_its_next_time_twice(client: PageClient) -> None:
    whys = [why.get_text() for why in client.page("/haku?sort=next").select(".hit .why")]
    assert not any(why.startswith("Seuraava kerta") for why in whys)
    asked = client.page("/haku?q=omaishoitajille").select_one(".hit .why")
    assert asked and "seuraava kerta on" in asked.get_text()


def test_a_place_is_to_be_left_out_only_where_one_was_given(client: PageClient) -> None:
    advice = "Jätä paikka pois"
    assert advice not in client.page("/haku?q=xyzzyq").get_text()
    assert advice in client.page("/haku?q=xyzzyq&missa=Lieksa").get_text()


def test_a_result_answers_what_who_where_when_and_whom_to_call(client: PageClient) -> None:
    page = client.page("/haku?q=omaishoitajille&missa=Lieksa")
    first = page.select_one(".hit")
    assert first
    text = " ".join(first.get_text(" ").replace("\u00ad", "").split())
    for said in (
        "Omaishoitajien olohuone",
        "Pielisen Omaishoitajat ry",
        "Torstaina 17.9. klo 13–15",
        "torstaisin",
        "Pielisentupa, Lieksa",
        "Omaishoitajat ja läheiset",
        "Maksuton",
        "Voit tulla ilmoittautumatta",
        "Lähteet kertovat eri tietoja",
    ):
        assert said in text
    assert first.select("a.call")[0]["href"] == "tel:0500000123"


def test_groups_have_headings_in_words(client: PageClient) -> None:
    page = client.page("/haku?q=yksin%C3%A4inen&missa=Lieksa")
    headings = [" ".join(tag.get_text(" ").split()) for tag in page.select("h2.tier")]
    assert headings[0].startswith("Palvelee Lieksaa")
    known = ("Palvelee", "Lähellä", "Verkossa ja puhelimessa", "Koko maassa", "Kauempana", "Aluetta ei")
    assert all(heading.startswith(known) for heading in headings), headings


def test_a_village_or_a_postcode_is_a_place_too(client: PageClient) -> None:
    for place in ("Eno", "80100", "lieksassa"):
        page = client.page("/haku", query_string={"q": "suru", "missa": place})
        assert not page.find(string=lambda text: bool(text and "Emme tunne paikkaa" in text))


def test_an_unknown_place_is_said_and_searched_everywhere(client: PageClient) -> None:
    page = client.page("/haku", query_string={"q": "suru", "missa": "Qwertylä"})
    assert "Emme tunne paikkaa ”Qwertylä”" in page.get_text()
    assert page.select(".hit")


def test_choices_are_links_that_can_be_undone(client: PageClient) -> None:
    page = client.page("/haku?q=yksin%C3%A4inen")
    choice = page.select_one(".facet a")
    assert choice
    narrowed = client.page(str(choice["href"]))
    chosen = narrowed.select_one(".facet a.chosen")
    assert chosen
    undone = client.page(str(chosen["href"]))
    assert undone.h1 == page.h1


def test_no_choice_leads_to_nothing(client: PageClient) -> None:
    page = client.page("/haku?q=yksin%C3%A4inen&missa=Joensuu")
    for choice in page.select(".facet a:not(.chosen)")[:40]:
        assert client.page(str(choice["href"])).select(".hit"), choice


def test_weekdays_are_listed_in_their_order(client: PageClient) -> None:
    links = [str(link["href"]) for link in client.page("/haku").select(".facet a[href*='when=']")]
    told = [link.split("when=")[1].split("&")[0] for link in links]
    days = [code for code in told if code in ("mo", "tu", "we", "th", "fr", "sa", "su")]
    assert len(days) > 3
    assert days == sorted(days, key=["mo", "tu", "we", "th", "fr", "sa", "su"].index)


def test_words_of_crisis_put_help_first(client: PageClient) -> None:
    page = client.page("/haku?q=haluan+kuolla")
    first = page.select_one("main a[href^='tel:']")
    assert first and first["href"] == "tel:112"
    told = [
        str(link["href"]) for link in page.select("main .crisis a[href^='tel:'], main .help a[href^='tel:']")
    ]
    assert len(set(told)) == len(told) == 4  # no line twice, none left out


def test_nothing_found_says_so_and_whom_to_call(client: PageClient) -> None:
    page = client.page("/haku?q=xyzzyq")
    assert page.h1 and "Emme löytäneet" in page.h1.get_text()
    assert page.select_one("main .help a[href='tel:116117']")


def test_pages_of_results_hang_together(client: PageClient) -> None:
    first = client.page("/haku")
    following = first.select_one("a[rel=next]")
    assert following
    second = client.page(str(following["href"]))
    titles = {tag.get_text() for tag in first.select(".card-title")}
    assert not titles & {tag.get_text() for tag in second.select(".card-title")}


def test_the_language_stays_in_every_link(client: PageClient) -> None:
    page = client.page("/sv/haku?q=sorg")
    ours = [str(link["href"]) for link in page.select("main a") if str(link["href"]).startswith("/")]
    assert ours
    assert all(link.startswith("/sv/") for link in ours)


def test_size_and_colours_stay_in_every_link_and_form(client: PageClient) -> None:
    page = client.page("/haku?q=suru&koko=iso&vari=tumma")
    root = page.select("html")[0]
    assert root["data-size"] == "iso" and root["data-theme"] == "tumma"
    links = [str(link["href"]) for link in page.select("main a") if str(link["href"]).startswith("/")]
    assert links
    assert all("koko=iso" in link and "vari=tumma" in link for link in links)
    assert page.select_one("form input[name=koko][value=iso]")


def test_unknown_display_values_are_ignored(client: PageClient) -> None:
    page = client.page("/?koko=%22%3E&vari=x")
    assert "data-size" not in page.select("html")[0].attrs


def test_a_summary_that_only_asks_goes_on(wiring: Wiring) -> None:
    activity = replace(
        wiring.catalogue.get("omais-lieksa"),
        summary=Texts(fi="Onko olo yksinäinen?"),
        description=Texts(fi="Onko olo yksinäinen? Etsimme sinulle ystävän."),
    )
    app = create_app(wiring)
    with app.test_request_context("/"):
        assert opening(activity) == "Onko olo yksinäinen? Etsimme sinulle ystävän."
        assert opening(replace(activity, summary=Texts(fi="Lyhyesti."))) == "Lyhyesti."


def test_crawlers_are_kept_from_rooms_without_an_end_and_let_to_activities(client: PageClient) -> None:
    rules = Protego.parse(client.get("/robots.txt").text)
    for prefix in ("", "/sv", "/en", "/selko"):
        for path in (
            "/haku?q=suru",
            "/haku.atom?q=suru",
            "/ammattilainen?kind=event",
            "/olka/keskussairaala",
        ):
            assert not rules.can_fetch(f"https://tuki.example.fi{prefix}{path}", "bot"), prefix + path
        for path in ("/", "/toiminta/omais-lieksa", "/polut", "/tietoa"):
            assert rules.can_fetch(f"https://tuki.example.fi{prefix}{path}", "bot"), prefix + path


@pytest.mark.parametrize("path", ["/", "/haku", "/ammattilainen"])
def test_all_that_a_form_takes_is_read_to_its_last_word(client: PageClient, path: str) -> None:
    field = client.page(path).select_one("input[name=q]")
    assert field and field["maxlength"] == str(LONGEST)
    told = ("raskas päivä töissä ja kotona " * 20)[: LONGEST - 25]
    said = f"{told.rpartition(' ')[0]} haluan tappaa itseni"
    assert LONGEST - 20 < len(said) <= LONGEST
    assert client.json(f"/api/v1/search?{urlencode({'q': said})}")["interpretation"]["crisis"] == "suicide"
