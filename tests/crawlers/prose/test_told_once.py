"""What a page tells once for several groups, and groups that only their sentence or their town parts."""

import datetime as dt

import pytest

from crawlers.prose import read_page
from crawlers.prose.shapes import FoundActivity
from tests.crawlers.prose.notation import notation

TODAY = dt.date(2026, 8, 20)
TOWNS = {"Nurmes": "541", "Lieksa": "422", "Joensuu": "167", "Vasa": "905", "Porvoo": "638"}


def read(body: str, language: str = "fi", home: str | None = None) -> tuple[FoundActivity, ...]:
    html = f"<html lang='{language}'><body><main>{body}</main></body></html>"
    return read_page(
        html,
        "https://kaiku.example.fi/toiminta",
        today=TODAY,
        resolve=lambda word: TOWNS.get(word.split()[-1]),
        home=home,
    ).activities


def told(found: tuple[FoundActivity, ...]) -> dict[str, list[str]]:
    return {
        entry.title: [notation(item) for channel in entry.channels for item in channel.schedules]
        for entry in found
    }


def places(found: tuple[FoundActivity, ...]) -> dict[str, list[str | None]]:
    return {
        entry.title: [
            channel.place.street or channel.place.name for channel in entry.channels if channel.place
        ]
        for entry in found
    }


LIST = "<h2>Kerhot</h2><ul><li>Bocciakerho ma klo 10–12</li><li>Lukupiiri ti klo 13–14</li></ul>"


def test_a_season_told_above_a_list_bounds_every_line() -> None:
    lead = "<h1>Syksyn ohjelma</h1><p>Syyskausi alkaa viikolla 36 ja päättyy viikolla 49.</p>"
    assert told(read(lead + LIST)) == {
        "Bocciakerho": ["weekly MO 10:00-12:00 from 2026-08-31 to 2026-12-06"],
        "Lukupiiri": ["weekly TU 13:00-14:00 from 2026-08-31 to 2026-12-06"],
    }


def test_a_season_in_the_heading_of_a_list_bounds_every_line() -> None:
    body = LIST.replace("Kerhot", "Kerhot 7.9.–27.11.2026")
    assert told(read(body))["Lukupiiri"] == ["weekly TU 13:00-14:00 from 2026-09-07 to 2026-11-27"]


def test_a_group_with_a_season_of_its_own_keeps_to_it() -> None:
    lead = "<h1>Toiminta</h1><p>Syyskausi on 1.9.–30.11.</p>"
    body = "<h2>Sururyhmä</h2><p>Kokoontuu maanantaisin klo 18. Ryhmän kausi on 14.9.–19.10.</p>"
    assert told(read(lead + body)) == {"Sururyhmä": ["weekly MO 18:00 from 2026-09-14 to 2026-10-19"]}


def test_the_place_of_all_is_the_place_of_those_that_tell_none() -> None:
    lead = "<h1>Ohjelma</h1><p>Ellei toisin mainita, tapaamme osoitteessa Hovintie 1.</p>"
    items = "".join(
        f"<li>{line}</li>"
        for line in (
            "Bocciakerho ma klo 10–12",
            "Lukupiiri ti klo 13–14, kirjaston lukusali",
            "Sieniretki 12.9. klo 10, lähtö torilta",
            "Pikkujoulu 4.12. klo 14 Pajarinhovissa",
        )
    )
    found = places(read(f"{lead}<h2>Kerhot</h2><ul>{items}</ul>"))
    assert found["Bocciakerho"] == ["Hovintie 1"]
    assert found["Lukupiiri"] == ["kirjaston lukusali"]
    assert "Hovintie 1" not in found["Sieniretki"] + next(
        value for title, value in found.items() if title.startswith("Pikkujoulu")
    )


def test_the_same_place_is_that_of_the_group_before() -> None:
    body = (
        "<h1>Kahvilat</h1><h2>Perhekahvila</h2><p>Kokoontuu tiistaisin klo 10 kylätalolla, Kylätie 3.</p>"
        "<h2>Iltakahvila</h2><p>Kokoontuu torstaisin klo 17 samassa paikassa.</p>"
    )
    assert places(read(body)) == {"Perhekahvila": ["Kylätie 3"], "Iltakahvila": ["Kylätie 3"]}


def test_how_to_sign_up_and_the_fee_told_above_hold_for_all_below() -> None:
    lead = "<h1>Kurssit</h1><p>Kausimaksu 50 €. Ilmoittautuminen puhelimitse 050 000 0821.</p>"
    found = read(lead + LIST)
    assert [entry.price.kind.value for entry in found] == ["paid", "paid"]
    assert [entry.registration.required for entry in found] == [True, True]
    assert [entry.contacts[0].value for entry in found] == ["+358 50 0000821"] * 2


def test_a_price_of_its_own_goes_before_the_price_of_the_others() -> None:
    items = "<li>Tanssikerho pe klo 12–14. Osallistumismaksu 3 €.</li><li>Lukupiiri ti klo 13–14</li>"
    found = read(f"<h1>Kerhot</h1><ul>{items}</ul><p>Muut kerhot ovat maksuttomia.</p>")
    assert [entry.price.kind.value for entry in found] == ["paid", "free"]


def test_each_group_of_a_paragraph_is_an_activity() -> None:
    body = (
        "<h1>Ryhmät</h1><p>Meillä on kaksi ryhmää. "
        "Toivo-ryhmä masentuneille kokoontuu maanantaisin klo 14–15.30. "
        "Läheisten ryhmä Kannattelijat on kuukauden toisena torstaina klo 17.30.</p>"
        "<p>Ryhmät ovat maksuttomia. Ilmoittautua ei tarvitse.</p>"
    )
    found = read(body)
    assert told(found) == {
        "Toivo-ryhmä masentuneille": ["weekly MO 14:00-15:30"],
        "Läheisten ryhmä Kannattelijat": ["monthly 2TH 17:30"],
    }
    assert [entry.registration.required for entry in found] == [False, False]


@pytest.mark.parametrize(
    "text",
    [
        "Ryhmä kokoontuu maanantaisin klo 14. Ryhmän ohjaajat tapaavat perjantaisin klo 9.",
        "Kerho kokoontuu maanantaisin klo 14. Se pidetään keskiviikkoisin klo 16.",
    ],
)
def test_sentences_about_one_group_are_one_activity(text: str) -> None:
    assert [entry.title for entry in read(f"<h1>Muistiryhmä</h1><p>{text}</p>")] == ["Muistiryhmä"]


def test_lines_of_towns_with_their_own_contacts_are_groups_of_their_own() -> None:
    rows = (
        "<tr><th>Kunta</th><th>Kokoontumispaikka</th><th>Aika</th><th>Yhteyshenkilö</th></tr>"
        "<tr><td>Nurmes</td><td>Kauppatie 23</td><td>kk:n 1. ke klo 13</td><td>Aili 050 000 0931</td></tr>"
        "<tr><td>Lieksa</td><td>Lieksan kirjasto</td><td>parilliset viikot, ma klo 12–14</td>"
        "<td>Arvo 050 000 0932</td></tr>"
    )
    found = read(f"<h1>Muistikerhot</h1><table>{rows}</table>")
    assert told(found) == {
        "Muistikerhot, Nurmes": ["monthly 1WE 13:00"],
        "Muistikerhot, Lieksa": ["weekly MO even 12:00-14:00"],
    }
    assert [[item.value for item in entry.contacts] for entry in found] == [
        ["+358 50 0000931"],
        ["+358 50 0000932"],
    ]


def test_lines_of_towns_with_one_contact_are_places_of_one_activity() -> None:
    body = (
        "<h1>Kuulokerhot</h1><p><b>Nurmes:</b> joka kuun 1. ma klo 13, Kötsintie 2</p>"
        "<p><b>Lieksa:</b> joka kuun 3. ti klo 12–14, Pappila, ei heinäkuussa.</p><p>Kysy: 050 000 0861</p>"
    )
    (found,) = read(body)
    assert [
        (channel.place.municipality, [notation(item) for item in channel.schedules])
        for channel in found.channels
        if channel.place
    ] == [("541", ["monthly 1MO 13:00"]), ("422", ["monthly 3TU 12:00-14:00 off 7"])]


def test_days_under_the_heading_of_a_month_are_of_that_month() -> None:
    body = (
        "<h1>Tapahtumat 2026</h1><h3>SYYSKUU</h3>"
        "<p>3. to klo 17 Verenpaineilta</p><p>ti 8. klo 18 Luento unesta</p>"
        "<h3>Lokakuu</h3><ul><li>8.10. klo 17 Kokki-ilta</li><li>3. palkinto: kahvikuppi</li></ul>"
    )
    assert told(read(body)) == {
        "Verenpaineilta": ["once 2026-09-03 17:00"],
        "Luento unesta": ["once 2026-09-08 18:00"],
        "Kokki-ilta": ["once 2026-10-08 17:00"],
    }


ROW = "<div class='row'><div>{}</div><div>{}</div><div>{}</div></div>"


def test_boxes_under_named_columns_are_a_table() -> None:
    rows = (
        ROW.format("Ryhmä", "Päivä", "Kello")
        + ROW.format("Asahi", "perjantai", "13.00–14.00")
        + ROW.format("Boccia", "maanantai", "10.00–11.00")
    )
    assert told(read(f"<h1>Ryhmät</h1><div>{rows}</div>")) == {
        "Asahi": ["weekly FR 13:00-14:00"],
        "Boccia": ["weekly MO 10:00-11:00"],
    }


def test_boxes_that_call_themselves_a_table_are_one() -> None:
    rows = "".join(
        f"<div role='row'><div role='{role}'>{name}</div><div role='{role}'>{time}</div></div>"
        for role, name, time in (
            ("columnheader", "Laji", "Aika"),
            ("cell", "Asahi", "pe klo 13–14"),
            ("cell", "Boccia", "ma klo 10–11"),
        )
    )
    assert told(read(f"<h1>Ryhmät</h1><div role='table'><div role='rowgroup'>{rows}</div></div>")) == {
        "Asahi": ["weekly FR 13:00-14:00"],
        "Boccia": ["weekly MO 10:00-11:00"],
    }


@pytest.mark.parametrize("cells", [("Etusivu", "Toiminta"), ("Paikka", "Hinta", "x" * 400), ("Paikka",)])
def test_boxes_that_are_no_table_stay_boxes(cells: tuple[str, ...]) -> None:
    box = "<div>" + "".join(f"<div>{cell}</div>" for cell in cells) + "</div>"
    body = (
        f"<h1>Asahi</h1><p>Asahi on perjantaisin klo 13. Tervetuloa mukaan!</p><div>{box}<div>a</div></div>"
    )
    assert told(read(body)) == {"Asahi": ["weekly FR 13:00"]}


def test_the_day_and_hour_above_the_name_of_a_card_are_those_of_the_card() -> None:
    card = "<article><p>La {} klo 11–15</p><h2>{}</h2><p>Koko perheelle, tule mukaan!</p></article>"
    body = card.format("26.9.2026", "Sadonkorjuutori") + card.format("3.10.2026", "Kekritori")
    assert told(read(f"<h1>Tapahtumat</h1>{body}")) == {
        "Sadonkorjuutori": ["once 2026-09-26 11:00-15:00"],
        "Kekritori": ["once 2026-10-03 11:00-15:00"],
    }


def test_listed_days_of_every_other_week_are_the_meetings() -> None:
    body = (
        "<h1>Torstaitapaamiset</h1><p>Tapaamme joka toinen torstai klo 14–16.</p><p>Syksyn aiheet:</p>"
        "<ul><li>10.9. Muistelukahvila</li><li>24.9. Yhteislaulua</li><li>8.10. Arjen turvallisuus</li></ul>"
    )
    assert told(read(body)) == {
        "Torstaitapaamiset": ["once 2026-09-10,2026-09-24,2026-10-08 14:00-16:00"],
    }


def test_listed_days_of_once_a_month_are_at_the_hour_told_beside_them() -> None:
    body = (
        "<h1>Keliakiaryhmä</h1><p>Ryhmä tapaa kerran kuussa keskiviikkoisin kello 17.30.</p>"
        "<p>Syksyn tapaamiset: 9.9., 7.10. ja 4.11.</p>"
    )
    assert told(read(body)) == {"Keliakiaryhmä": ["once 2026-09-09,2026-10-07,2026-11-04 17:30"]}


def test_listed_days_that_the_rule_has_anyway_add_nothing() -> None:
    body = (
        "<h1>Jäsenillat</h1><p>Jäsenillat pidetään joka kuukauden toinen keskiviikko klo 18.</p>"
        "<p>Seuraavat illat: 9.9., 14.10., 11.11.</p>"
    )
    assert told(read(body)) == {"Jäsenillat": ["monthly 2WE 18:00"]}


@pytest.mark.parametrize(
    ("sentence", "home", "breaks"),
    [
        ("Hiihtolomaviikolla kahvila on kiinni.", "167", "break 2026-03-02..2026-03-08"),
        ("Talvilomalla ei kokoonnuta.", "420", "break 2026-03-02..2026-03-08"),
        ("Hiihtolomaviikolla kahvila on kiinni.", "638", ""),
        ("Hiihtolomaviikolla kahvila on kiinni.", None, ""),
        ("Hiihtolomaviikolla (vko 8) ei kokoonnuta.", "167", "break 2026-02-16..2026-02-22"),
        ("Tervetuloa myös hiihtolomalla!", "167", ""),
        ("Koulujen loma-aikoina ei kokoontumisia.", "167", "break 2026-03-02..2026-03-08"),
    ],
)
def test_school_holidays_are_left_out_where_their_week_is_known(
    sentence: str, home: str | None, breaks: str
) -> None:
    body = f"<h1>Perhekahvila</h1><p>Kahvila on avoinna 13.1.–28.4. tiistaisin klo 9–11. {sentence}</p>"
    html = f"<html lang='fi'><body><main>{body}</main></body></html>"
    found = read_page(html, "https://kaiku.example.fi/perhe", today=dt.date(2026, 1, 20), home=home)
    expected = f"weekly TU 09:00-11:00 from 2026-01-13 to 2026-04-28 {breaks}".strip()
    assert told(found.activities) == {"Perhekahvila": [expected]}


@pytest.mark.parametrize(
    ("sentence", "language", "place"),
    [
        ("Sururyhmä kokoontuu Tikkalassa maanantaisin klo 18.", "fi", "Tikkala"),
        ("Sururyhmä kokoontuu maanantaisin klo 18 Louhelassa.", "fi", "Louhela"),
        ("Sururyhmä kokoontuu Zoomissa maanantaisin klo 18.", "fi", None),
        ("Sururyhmä kokoontuu Facebookissa maanantaisin klo 18.", "fi", None),
        ("Gruppen träffas på Café Ekudden på måndagar kl. 18.", "sv", "Café Ekudden"),
        ("Gruppen träffas på måndagar kl. 18 i Vasa simhall.", "sv", "Vasa simhall"),
        ("The group meets on Mondays at 18 at the Central Library.", "en", "Central Library"),
    ],
)
def test_houses_without_a_word_of_a_house(sentence: str, language: str, place: str | None) -> None:
    (found,) = read(f"<h1>Sururyhmä</h1><p>{sentence}</p>", language)
    assert [channel.place.name for channel in found.channels if channel.place] == ([place] if place else [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ryhmä kokoontuu kuutena maanantaina 14.9.–19.10. klo 18.", ["from 2026-09-14 to 2026-10-19"]),
        ("Vauvakerho on tiistaisin klo 10–11, 0–6 kk vauvoille.", [""]),
        ("Ryhmä kokoontuu ma klo 14, ei vkolla 42.", ["break 2026-10-12..2026-10-18"]),
        ("Olemme avoinna kaikille ma ja ti klo 9–15. Keskiviikkoisin olemme kiinni.", [""]),
    ],
)
def test_times_are_told_in_many_ways(text: str, expected: list[str]) -> None:
    (schedules,) = told(read(f"<h1>Kerhokahvila</h1><p>{text}</p>")).values()
    assert [notation_without_days(item) for item in schedules] == expected


def notation_without_days(text: str) -> str:
    return " ".join(text.split()[3:])


def test_a_trip_whose_heading_tells_its_days_is_an_event() -> None:
    body = (
        "<h1>Retket</h1><h3>Teatteriretki Mikkeliin 10.10.</h3>"
        "<p>Hinta 45 €. Ilmoittautumiset 20.9. mennessä.</p>"
        "<h3>Kylpylämatka 15.–17.11.</h3><p>Hinta 210 €. Ilmoittaudu 1.10. mennessä.</p>"
        "<h3>Jäsenkirje 10.9.</h3><p>Kirjeen hinta 2 €.</p><h3>Kesäretki 10.6.</h3><p>Hinta oli 20 €.</p>"
    )
    assert told(read(body)) == {
        "Teatteriretki Mikkeliin": ["once 2026-10-10"],
        "Kylpylämatka": ["range 2026-11-15..2026-11-17"],
    }


def test_a_cell_over_all_columns_is_the_heading_of_the_rows_below() -> None:
    rows = (
        "<tr><th colspan=3><a>maanantai</a><a>7. syyskuuta 2026</a></th></tr>"
        "<tr><td>17:00 - 19:00</td><td></td><td>Neulekerho</td></tr>"
        "<tr><th colspan=3>keskiviikko 9. syyskuuta 2026</th></tr>"
        "<tr><td>18:00 - 20:00</td><td></td><td>Kirjallisuuspiiri</td></tr>"
    )
    assert told(read(f"<h1>Kalenteri</h1><table>{rows}</table>")) == {
        "Neulekerho": ["once 2026-09-07 17:00-19:00"],
        "Kirjallisuuspiiri": ["once 2026-09-09 18:00-20:00"],
    }


def test_columns_under_short_names_of_weekdays_are_those_days() -> None:
    rows = (
        "<tr><th>Klo</th><th>Ma</th><th>Ti</th></tr><tr><td>10–11</td><td>Seniorijooga</td><td></td></tr>"
        "<tr><td>17–18</td><td></td><td>Pilates</td></tr>"
    )
    assert told(read(f"<h1>Viikko-ohjelma</h1><table>{rows}</table>")) == {
        "Seniorijooga": ["weekly MO 10:00-11:00"],
        "Pilates": ["weekly TU 17:00-18:00"],
    }


def test_swedish_lines_may_begin_with_their_name() -> None:
    body = (
        "<h1>Höstens grupper</h1>"
        "<p>Höstterminen 7.9–4.12.2026. Alla grupper samlas i Folkhuset, Storgatan 1.</p>"
        "<ul><li>Stolgymnastik, måndagar kl. 10–10.45</li>"
        "<li>Minnescafé, sista torsdagen i månaden kl. 14</li></ul>"
    )
    found = read(body, "sv")
    assert told(found) == {
        "Stolgymnastik": ["weekly MO 10:00-10:45 from 2026-09-07 to 2026-12-04"],
        "Minnescafé": ["monthly -1TH 14:00 from 2026-09-07 to 2026-12-04"],
    }
    assert places(found) == {"Stolgymnastik": ["Storgatan 1"], "Minnescafé": ["Storgatan 1"]}


@pytest.mark.parametrize("title", ["Tilojen varaustilanne", "Salivuorot", "Varauskalenteri"])
def test_bookings_of_rooms_are_no_activities(title: str) -> None:
    rows = "<tr><th>Päivä</th><th>Klo</th><th>Tila</th></tr>"
    rows += "<tr><td>ma 7.9.</td><td>17–20</td><td>Iso sali</td></tr>"
    rows += "<tr><td>ti 8.9.</td><td>12–15</td><td>Pieni sali</td></tr>"
    assert told(read(f"<h1>{title}</h1><table>{rows}</table>")) == {}


def test_listed_days_of_what_usually_is_are_the_meetings() -> None:
    body = (
        "<h1>Sururyhmä</h1>"
        "<p>Ryhmä kokoontuu Joensuussa, yleensä kuukauden toisena maanantaina klo 17.30.</p>"
        "<p>Tapaamiset: 14.9., 12.10. ja 9.11.</p><p>Syöpäyhdistys, Karjalankatu 4</p>"
    )
    assert told(read(body)) == {"Sururyhmä": ["once 2026-09-14,2026-10-12,2026-11-09 17:30"]}


def test_topics_on_the_day_of_a_club_are_no_activities_of_their_own() -> None:
    body = "<h1>Ohjelma</h1><p>Kerhopäivä on tiistai klo 13–15.</p>"
    body += "<p>8.9. Laulupiiri<br>22.9. Jumppaa Maijan johdolla</p>"
    assert told(read(body)) == {}


def test_terms_of_a_list_of_definitions_name_what_is_defined() -> None:
    body = (
        "<h1>Vertaisryhmät</h1><dl><dt>Masennusryhmä</dt><dd>Torstaisin klo 17–18.30, Kauppakatu 3</dd>"
        "<dt>Paniikkiryhmä</dt><dd>Joka toinen maanantai klo 18, alkaen 7.9.</dd></dl>"
    )
    assert told(read(body)) == {
        "Masennusryhmä": ["weekly TH 17:00-18:30"],
        "Paniikkiryhmä": ["weekly MO /2 18:00 from 2026-09-07"],
    }


def test_labels_of_a_list_of_definitions_tell_of_what_stands_above() -> None:
    body = "<h1>Sururyhmä</h1><dl><dt>Aika</dt><dd>Torstaisin klo 17</dd>"
    body += "<dt>Paikka</dt><dd>Kauppakatu 3</dd></dl>"
    assert told(read(body)) == {"Sururyhmä": ["weekly TH 17:00"]}


def test_the_day_of_a_card_belongs_to_the_title_below_it_whatever_its_element() -> None:
    card = "<div><div class='date'>{}</div><div class='title'>{}</div><div>klo {}, kylätalo</div></div>"
    body = card.format("12.9.", "Kylätalkoot", "10") + card.format("3.10.", "Pubivisa", "19")
    assert told(read(f"<h1>Tapahtumakalenteri</h1>{body}")) == {
        "Kylätalkoot": ["once 2026-09-12 10:00"],
        "Pubivisa": ["once 2026-10-03 19:00"],
    }


def test_a_weekday_on_a_line_of_its_own_heads_the_lines_below_it() -> None:
    body = (
        "<h1>Viikko-ohjelma</h1><p>MAANANTAI<br>10.00 Tuolijumppa<br>13.00 Lauluhetki</p>"
        "<p>TIISTAI<br>9.30 Lehtipiiri</p>"
    )
    assert told(read(body)) == {
        "Tuolijumppa": ["weekly MO 10:00"],
        "Lauluhetki": ["weekly MO 13:00"],
        "Lehtipiiri": ["weekly TU 09:30"],
    }


def test_paragraphs_that_begin_with_the_name_of_a_group_are_groups() -> None:
    body = (
        "<h1>Syksyn ryhmät</h1><p>Surukahvila: ma 7.9., 5.10. klo 17–19</p>"
        "<p>Leskien klubi: kuukauden 3. to klo 13</p><p>Yhteys: Aili, puh. 050 000 1400 ma klo 9–10</p>"
    )
    assert told(read(body)) == {
        "Surukahvila": ["once 2026-09-07,2026-10-05 17:00-19:00"],
        "Leskien klubi": ["monthly 3TH 13:00"],
    }


def test_a_course_of_so_many_times_ends_with_the_last() -> None:
    body = "<h1>Digikurssi</h1><p>Alkaa ti 15.9. klo 12, 4 x, Kirjasto, Kirkkokatu 2</p>"
    assert told(read(body)) == {"Digikurssi": ["weekly TU 12:00 from 2026-09-15 to 2026-10-06"]}
