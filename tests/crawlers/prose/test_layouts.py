"""Tables, towns and lists of days, as associations lay them out."""

import datetime as dt

import pytest

from crawlers.prose import read_page
from crawlers.prose.shapes import FoundActivity, PageClass
from tests.crawlers.prose.notation import notation

TODAY = dt.date(2026, 1, 20)
TOWNS = {"Iisalmi": "140", "Nurmes": "541", "Kuopioon": "297", "Kiuruvesi": "263"}


def read(
    body: str, head: str = "", url: str = "https://kaiku.example.fi/toiminta"
) -> tuple[FoundActivity, ...]:
    html = f"<html lang='fi'><head>{head}</head><body><main>{body}</main></body></html>"
    return read_page(html, url, today=TODAY, resolve=lambda word: TOWNS.get(word.split()[-1])).activities


def told(found: tuple[FoundActivity, ...]) -> dict[str, list[str]]:
    return {
        entry.title: [notation(item) for channel in entry.channels for item in channel.schedules]
        for entry in found
    }


def test_a_day_beside_several_rows_is_the_day_of_each() -> None:
    rows = (
        "<tr><th>Päivä</th><th>Klo</th><th>Laji</th></tr>"
        "<tr><td rowspan=2>Maanantai</td><td>9.00–9.45</td><td>Vesijumppa</td></tr>"
        "<tr><td>17.00–18.00</td><td>Jooga</td></tr><tr><td>Torstai</td><td>13.00–14.00</td><td>Boccia</td></tr>"
    )
    assert told(read(f"<h1>Liikuntavuorot</h1><table>{rows}</table>")) == {
        "Vesijumppa": ["weekly MO 09:00-09:45"],
        "Jooga": ["weekly MO 17:00-18:00"],
        "Boccia": ["weekly TH 13:00-14:00"],
    }


@pytest.mark.parametrize("span", ["0", "99999", "-2", "kaksi", "300"])
def test_a_span_of_any_size_breaks_no_table(span: str) -> None:
    rows = f"<tr><td rowspan={span} colspan={span}>Maanantai</td><td>klo 9</td><td>Vesijumppa</td></tr>"
    rows += "<tr><td>Tiistai</td><td>klo 10</td><td>Bingo</td></tr>"
    assert "Vesijumppa" in told(read(f"<h1>Ryhmät</h1><table>{rows}</table>"))


def test_each_hour_of_a_cell_is_a_meeting() -> None:
    rows = "<tr><th>Maanantai</th><td>9–10 Aamukahvit<br>13–14.30 Keppijumppa</td></tr>"
    rows += "<tr><th>Tiistai</th><td><p>10–12 Luovat kädet</p></td></tr>"
    assert told(read(f"<h1>Viikko-ohjelma</h1><table>{rows}</table>")) == {
        "Aamukahvit": ["weekly MO 09:00-10:00"],
        "Keppijumppa": ["weekly MO 13:00-14:30"],
        "Luovat kädet": ["weekly TU 10:00-12:00"],
    }


def test_under_the_name_of_a_town_the_heading_above_names_the_activity() -> None:
    body = (
        "<h1>Reumakerhot</h1><h2>Iisalmi</h2><p>Kerho kokoontuu maanantaisin klo 13, Torikatu 1.</p>"
        "<h2>Nurmes</h2><p><b>Kahvihetki</b>, tiistaisin klo 14 seurakuntatalolla.</p>"
    )
    found = read(body)
    assert told(found) == {"Reumakerhot, Iisalmi": ["weekly MO 13:00"], "Kahvihetki": ["weekly TU 14:00"]}
    assert [entry.channels[0].place and entry.channels[0].place.municipality for entry in found] == [
        "140",
        "541",
    ]


def test_a_trip_to_a_town_is_a_trip() -> None:
    lines = ("La 14.3. klo 9 Kylpyläretki Kuopioon", "Ti 3.3. klo 13 Bingo")
    body = "<h1>Tapahtumat</h1><ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>"
    assert set(told(read(body))) == {"Kylpyläretki Kuopioon", "Bingo"}


def test_days_that_a_sentence_announces_are_its_only_ones() -> None:
    body = (
        "<h1>Vertaisillat</h1><p>Illat ovat keskiviikkoisin klo 18–20 seuraavasti:</p>"
        "<ul><li>28.1. Tutustuminen</li><li>25.2. Parisuhde</li></ul><p>Tule mukaan!</p>"
    )
    assert told(read(body)) == {"Vertaisillat": ["once 2026-01-28,2026-02-25 18:00-20:00"]}


def test_events_with_hours_of_their_own_are_no_programme() -> None:
    body = (
        "<h1>Tapahtumat</h1><p>Kerho on keskiviikkoisin klo 18. Muut tapahtumat:</p>"
        "<ul><li>31.1. klo 12 Laavuretki</li><li>25.2. klo 17 Bingo</li></ul>"
    )
    assert {"Laavuretki", "Bingo"} <= set(told(read(body)))


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Kerho jatkuu toukokuulle asti.", "weekly TU 18:00 to 2026-05-31"),
        ("Kerho jatkuu huhtikuun loppuun.", "weekly TU 18:00 to 2026-04-30"),
        ("Ei kesäkuukausina.", "weekly TU 18:00 off 6,7,8"),
        ("Ei kesällä.", "weekly TU 18:00 off 6,7,8"),
        ("Kesällä kerho on tauolla.", "weekly TU 18:00 off 6,7,8"),
        ("Kesällä kerho retkeilee.", "weekly TU 18:00"),
        ("Ei jumppaa 7.4.", "weekly TU 18:00 except 2026-04-07"),
        ("Vuorot alkavat 27.1. ja päättyvät 28.4.", "weekly TU 18:00 from 2026-01-27 to 2026-04-28"),
        ("Hiihtolomaviikolla 10 ei ole kerhoa.", "weekly TU 18:00 break 2026-03-02..2026-03-08"),
        ("Remontti alkaa 27.1. ja päättyy 28.4.", "weekly TU 18:00"),
        ("Se on suljettu ryhmä.", "weekly TU 18:00"),
    ],
)
def test_what_a_sentence_beside_it_says_bounds_the_rule(sentence: str, expected: str) -> None:
    body = f"<h1>Pelikerho</h1><p>Kokoonnumme tiistaisin klo 18 kerhohuoneella. {sentence}</p>"
    assert told(read(body)) == {"Pelikerho": [expected]}


def test_marks_and_lines_tell_day_clock_and_place() -> None:
    body = (
        "<h1>Ryhmät</h1><h3>Keskusteluryhmä</h3><p>📅 Joka kuun 2. keskiviikko<br>🕒 17:30–19:00<br>"
        "📍 Asukastupa Pyörö, Kiuruvesi</p>"
    )
    (entry,) = read(body)
    assert told((entry,)) == {"Keskusteluryhmä": ["monthly 2WE 17:30-19:00"]}
    place = entry.channels[0].place
    assert place is not None
    assert (place.name, place.municipality) == ("Asukastupa Pyörö, Kiuruvesi", "263")


def test_a_postcode_on_the_next_line_belongs_to_the_street() -> None:
    address = "<p><b>Osoite</b><br>Keskuskatu 9<br>74700 Kiuruvesi</p>"
    body = f"<h1>Olohuone</h1><p>Avoinna ma–to klo 9–15.</p>{address}"
    (entry,) = read(body)
    place = entry.channels[0].place
    assert place is not None
    assert (place.street, place.postcode, place.municipality) == ("Keskuskatu 9", "74700", "263")


@pytest.mark.parametrize(
    ("title", "page_class"),
    [("AVH-kerho", PageClass.ACTIVITY), ("Kerho sai uuden kodin keskustasta", PageClass.NEWS)],
)
def test_a_day_of_publication_makes_news_only_of_what_is_no_standing_page(
    title: str, page_class: PageClass
) -> None:
    html = (
        f"<html lang='fi'><body><main><h2>{title}</h2><p class='post-date'>Julkaistu: 02.09.2025</p>"
        "<p>Kokoonnumme joka toinen maanantai klo 13–15 seurakuntatalolla.</p></main></body></html>"
    )
    page = read_page(html, "https://kaiku.example.fi/avh", today=TODAY, resolve=lambda _: None)
    assert page.page_class is page_class


def test_hours_under_a_line_of_days_are_meetings_of_those_days() -> None:
    body = (
        "<h2>Helmikuun 2026 ohjelma</h2><p><strong>Maanantaisin</strong> (2., 9. ja 23.2.)<br>10.00 Jooga"
        "<br>13.00 Bingo, lappu 1 €</p><p><strong>Pe 13.2. klo 13</strong> Tanssit</p><p>Kauppatie 20</p>"
    )
    assert told(read(body)) == {
        "Jooga": ["once 2026-02-02,2026-02-09,2026-02-23 10:00"],
        "Bingo": ["once 2026-02-02,2026-02-09,2026-02-23 13:00"],
        "Tanssit": ["once 2026-02-13 13:00"],
    }


def test_an_item_with_a_list_of_its_own_names_what_that_list_tells() -> None:
    body = (
        "<h1>Piirit</h1><ul><li>Käsityökerho<ul><li>parittomina viikkoina tiistaisin klo 17</li></ul></li>"
        "<li>Kirjapiiri<ul><li>kuun toinen torstai klo 18</li><li>Nurmeksen kirjasto</li></ul></li></ul>"
    )
    found = read(body)
    assert told(found) == {"Käsityökerho": ["weekly TU odd 17:00"], "Kirjapiiri": ["monthly 2TH 18:00"]}
    place = found[1].channels[0].place
    assert place is not None
    assert place.name == "Nurmeksen kirjasto"


def test_villages_of_a_list_are_places_of_the_one_activity_above_them() -> None:
    body = (
        "<h1>Kyläkahvit</h1><p>Kahvit keitetään kylätaloilla kerran kuussa klo 12–14:</p><ul>"
        "<li>Koli: kuun ensimmäinen tiistai</li><li>Vuonislahti: kuun toinen tiistai</li></ul>"
    )
    assert told(read(body)) == {"Kyläkahvit": ["monthly 1TU 12:00-14:00", "monthly 2TU 12:00-14:00"]}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Kerho on maanantaisin klo 9–12 ja 17–20.", ["weekly MO 09:00-12:00", "weekly MO 17:00-20:00"]),
        ("Kerho on ma klo 9 ja 17.", ["weekly MO 09:00", "weekly MO 17:00"]),
        ("Aika: maanantaisin. Kellonaika: 17.00–19.00.", ["weekly MO 17:00-19:00"]),
        ("Kerho on keskiviikkoisin kello kahdestatoista puoli kahteen.", ["weekly WE 12:00-13:30"]),
        ("Kerho on tiistaisin klo 18. Kausi jatkuu vappuun asti, 3.2. emme kokoonnu.",
         ["weekly TU 18:00 to 2026-04-30 except 2026-02-03"]),
        ("Kerho on tiistaisin klo 18. Viimeiset illat ovat 5.5.", ["weekly TU 18:00 to 2026-05-05"]),
        ("Kerho alkaa 3.2. klo 17.30. Kokoontumiskertoja on kuusi, joka toinen tiistai.",
         ["weekly TU /2 17:30 from 2026-02-03 to 2026-04-14"]),
        ("Kerho kokoontuu 3., 10. ja 17.2. klo 18.", ["once 2026-02-03,2026-02-10,2026-02-17 18:00"]),
        ("Naistenpäivän kahvit 8.3. klo 13.", ["once 2026-03-08 13:00"]),
        ("Kerho 8.3. klo 13, kahvit klo 12.30.", ["once 2026-03-08 13:00"]),
    ],
)  # fmt: skip
def test_hours_and_days_in_plain_sentences(sentence: str, expected: list[str]) -> None:
    assert told(read(f"<h1>Iltakerho</h1><p>{sentence} Tule mukaan!</p>")) == {"Iltakerho": expected}


def test_a_swedish_programme_with_short_days() -> None:
    lines = ("Må 26.1 kl. 13 Månadsmöte med kaffe", "To 5.2 kl. 10 Bowling", "Ti 17.2. kl. 18 Föreläsning")
    body = "".join(f"<li>{line}</li>" for line in lines)
    html = f"<html lang='sv'><body><main><h1>Program våren 2026</h1><ul>{body}</ul></main></body></html>"
    page = read_page(html, "https://kaiku.example.fi/program", today=TODAY, resolve=lambda _: None)
    assert told(page.activities) == {
        "Månadsmöte med kaffe": ["once 2026-01-26 13:00"],
        "Bowling": ["once 2026-02-05 10:00"],
        "Föreläsning": ["once 2026-02-17 18:00"],
    }


@pytest.mark.parametrize(
    ("heading", "town"),
    [
        ("Olohuone Nurmeksessa", "541"),
        ("Retki Kuopioon", None),
        ("Olohuone verkossa Nurmeksessa", None),
        ("Olohuone", None),
    ],
)
def test_the_town_that_a_heading_meets_in_is_the_place_where_none_is_told(
    heading: str, town: str | None
) -> None:
    where = "Teamsissa" if "verkossa" in heading else "yhdessä"
    html = f"<html lang='fi'><body><main><h1>{heading}</h1><p>Tavataan {where} tiistaisin klo 18.</p></main>"
    towns = {"Nurmeksessa": "541", "Kuopioon": "297"}
    page = read_page(html, "https://kaiku.example.fi/olohuone", today=TODAY, resolve=towns.get)
    places = [channel.place for entry in page.activities for channel in entry.channels]
    assert [place and place.municipality for place in places] == [town]


@pytest.mark.parametrize(
    ("sentence", "name", "street"),
    [
        ("Kerho kokoontuu tiistaisin klo 18. Kitee, pääkirjasto, Kiteentie 7.", "pääkirjasto", "Kiteentie 7"),
        ("Kerho kokoontuu tiistaisin klo 18 Partiokololla.", "Partiokolo", None),
        ("Kerho kokoontuu tiistaisin klo 18 Järjestötalo Aallossa.", "Järjestötalo Aalto", None),
        ("Keittolounas on seurakuntakodilla tiistaisin klo 18.", "seurakuntakoti", None),
        ("Keittolounas seurakuntakodilla tiistaisin klo 18.", "seurakuntakoti", None),
        ("Jumppa on uimahalli Vesiliposen altaassa tiistaisin klo 18.", "uimahalli Vesiliponen", None),
        ("Kerho kokoontuu tiistaisin klo 18 Kiteen kirjastossa.", "Kiteen kirjasto", None),
    ],
)
def test_places_in_sentences_have_their_own_names_and_no_word_more(
    sentence: str, name: str, street: str | None
) -> None:
    (entry,) = read(f"<h1>Iltakerho</h1><p>Tule mukaan! {sentence}</p>")
    place = entry.channels[0].place
    assert place is not None
    assert (place.name, place.street) == (name, street)
