"""What associations' pages do beside the textbook: letters, capitals, two languages, labels, seasons."""

import datetime as dt
import time

import pytest

from crawlers.prose import read_page
from crawlers.prose.shapes import FoundActivity
from schemas.codes import PriceKind, Status
from tests.crawlers.prose.notation import notation

TODAY = dt.date(2027, 1, 5)
TOWNS = {"Salo": "734", "Kokkola": "272", "Karleby": "272", "Lappeenranta": "405"}


def read(body: str, language: str = "fi") -> dict[str, FoundActivity]:
    html = f"<html lang='{language}'><body><main>{body}</main></body></html>"
    found = read_page(
        html,
        "https://kaiku.example.fi/toiminta",
        today=TODAY,
        resolve=lambda word: TOWNS.get(word.split()[-1]),
    ).activities
    return {entry.title: entry for entry in found}


def times(entry: FoundActivity) -> list[str]:
    return [notation(item) for channel in entry.channels for item in channel.schedules]


def place(entry: FoundActivity) -> tuple[str | None, str | None]:
    told = entry.channels[0].place
    return (told.name, told.street) if told else (None, None)


LETTER = """<h1>{title}</h1><p>Hyvä jäsen!</p>
<p>{one}KERHOPÄIVÄT{end}<br>tiistaisin 12.1. ja 9.2. klo 13–15 Pihlajassa, Koulukatu 15, Salo.</p>
<p>{one}KÄSITYÖPIIRI{end}<br>parittomien viikkojen torstaisin klo 10–12.</p>"""


@pytest.mark.parametrize(("one", "end"), [("<u>", "</u>"), ("", "")])
def test_a_letter_to_the_members_is_a_programme_and_its_capitals_are_headings(one: str, end: str) -> None:
    found = read(LETTER.format(title="Jäsentiedote 1/2027", one=one, end=end))
    assert {title: times(entry) for title, entry in found.items()} == {
        "KERHOPÄIVÄT": ["once 2027-01-12,2027-02-09 13:00-15:00"],
        "KÄSITYÖPIIRI": ["weekly TH odd 10:00-12:00"],
    }


@pytest.mark.parametrize("title", ["Jäsentiedote 1/2026", "Jäsenkirje 3/2026", "Tiedotteet"])
def test_an_old_letter_and_a_page_of_press_releases_give_nothing(title: str) -> None:
    assert read(LETTER.format(title=title, one="<u>", end="</u>")) == {}


def test_capitals_that_name_nothing_to_come_to_head_nothing() -> None:
    body = "<h1>Kahvila</h1><p>KAHVIO SULJETTU</p><p>Kahvila kokoontuu maanantaisin klo 12.</p>"
    assert list(read(body)) == ["Kahvila"]


def test_bold_days_of_several_lines_do_not_make_the_first_line_a_heading() -> None:
    lines = (
        "<b>ke 13.1. klo 17.30</b> Vertaistukiryhmä, Järjestötalo",
        "<b>la 23.1. klo 11</b> Talviretki Taipalsaarelle, lähtö torilta",
        "<b>ke 27.1. klo 17.30</b> Vertaistukiryhmä, Järjestötalo",
    )
    found = read(f"<h1>Tapahtumakalenteri</h1><h3>Tammikuu</h3><p>{'<br>'.join(lines)}</p>")
    assert times(found["Vertaistukiryhmä"]) == ["once 2027-01-13 17:30", "once 2027-01-27 17:30"]
    assert len(found) == 2


CARDS = """<h1>Tapahtumat</h1><article><span>14</span> <h4>Neuleilta</h4><p>14.1. klo 18–20</p></article>
<article><span class="label">Peruttu</span><h4>Jalkaluento</h4><p>4.2. klo 17</p></article>"""


def test_a_label_on_a_card_calls_off_that_card_and_not_the_one_before_it() -> None:
    found = read(CARDS)
    assert {title: entry.status for title, entry in found.items()} == {
        "Neuleilta": Status.ACTIVE,
        "Jalkaluento": Status.CANCELLED,
    }


def test_a_sentence_that_says_peruttu_calls_off_its_line_but_with_a_day_only_the_day() -> None:
    rows = (
        "<tr><td>la 20.3. klo 9</td><td>Kevätretki Rauhalahteen. Peruttu vähäisen osanoton vuoksi.</td></tr>"
        "<tr><td>la 27.3. klo 9</td><td>Pilkkiretki jäälle</td></tr>"
    )
    found = read(f"<h1>Tapahtumat</h1><table>{rows}</table>")
    assert found["Kevätretki Rauhalahteen"].status is Status.CANCELLED
    assert found["Pilkkiretki jäälle"].status is Status.ACTIVE
    group = read("<h1>Lukupiiri</h1><p>Kokoonnumme tiistaisin klo 18. Peruttu 12.1.</p>")
    assert group["Lukupiiri"].status is Status.ACTIVE


TWO = """<h1>Toimintaa – Verksamhet</h1><h2>Suomeksi</h2><h3>Muistikahvila</h3>
<p>Joka kuun ensimmäinen torstai klo 14–16<br>Isokatu 4, Kokkola</p>
<h2>På svenska</h2><h3>Minnescafé</h3><p>Den tredje torsdagen i månaden kl. 14–16<br>Storgatan 4, Karleby</p>
<h3>Vattengymnastik</h3>
<p>Onsdagar kl. 9.15–10, vårterminen 13.1–28.4, inte 24.2<br>Simhallen Veijari, Karleby</p>"""


def test_a_part_in_another_language_is_read_in_that_language() -> None:
    found = read(TWO)
    assert times(found["Muistikahvila"]) == ["monthly 1TH 14:00-16:00"]
    assert times(found["Minnescafé"]) == ["monthly 3TH 14:00-16:00"]
    gymnastics = found["Vattengymnastik"]
    assert times(gymnastics) == ["weekly WE 09:15-10:00 from 2027-01-13 to 2027-04-28 except 2027-02-24"]
    assert place(gymnastics) == ("Simhallen Veijari", None)
    assert (found["Muistikahvila"].language, gymnastics.language) == ("fi", "sv")


WALK = "weekly TH 10:00 from 2027-09-09 to 2027-12-02"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Torsdagarna 16.9, 21.10 och 18.11 kl. 18–20.", "once 2027-09-16,2027-10-21,2027-11-18 18:00-20:00"),
        ("Varje torsdag kl. 10. Gruppen börjar 9.9 och slutar 2.12.", WALK),
        ("Första tisdagen i månaden kl. 13–15. Ingen träff i juli.", "monthly 1TU 13:00-15:00 off 7"),
        ("Måndagar kl. 18.15–19.30.", "weekly MO 18:15-19:30"),
    ],
)  # fmt: skip
def test_swedish_days_without_their_last_point_are_days_and_hours_stay_hours(said: str, told: str) -> None:
    body = f"<h1>Grupper</h1><h2>Sorggruppen</h2><p>Vi träffas i Villa Borg. {said}</p>"
    html = f"<html lang='sv'><body><main>{body}</main></body></html>"
    today = dt.date(2027, 8, 20)
    found = read_page(html, "https://kaiku.example.fi/sv/grupper", today=today).activities
    assert [times(entry) for entry in found] == [[told]]


GROUPS = "<h2>Jooga</h2><p>Maanantaisin klo 10–11.</p><h2>Lukupiiri</h2><p>Tiistaisin klo 13–14.</p>"


@pytest.mark.parametrize(
    ("lead", "told"),
    [
        ("Ryhmät kokoontuvat syyskuusta toukokuuhun.", "weekly MO 10:00-11:00 off 6,7,8"),
        (
            "Tunnit 11.1.–30.4. (ei vko 9).",
            "weekly MO 10:00-11:00 from 2027-01-11 to 2027-04-30 break 2027-03-01..2027-03-07",
        ),
        ("🍂 Ryhmät pyörivät 11.1.–30.4.2027.", "weekly MO 10:00-11:00 from 2027-01-11 to 2027-04-30"),
        ("Tammikuusta vapun alle (11.1.–30.4.).", "weekly MO 10:00-11:00 from 2027-01-11 to 2027-04-30"),
        ("Taidenäyttely 11.1.–30.4.", "weekly MO 10:00-11:00"),
        ("Haku ryhmiin 11.1.–30.4.", "weekly MO 10:00-11:00"),
    ],
)
def test_a_season_told_in_a_line_above_groups_bounds_them_all(lead: str, told: str) -> None:
    assert times(read(f"<h1>Ryhmät</h1><p>{lead}</p>{GROUPS}")["Jooga"]) == [told]


def test_an_address_told_once_is_that_of_every_mention_of_the_house() -> None:
    body = (
        "<h1>Ryhmät</h1><h2>Jooga</h2><p>Maanantaisin klo 10, Järjestötalo.</p>"
        "<h2>Lukupiiri</h2><p>Tiistaisin klo 13, Kirkkokatu 3.</p>"
        "<p>Järjestötalon osoite on Kauppakatu 26, Lappeenranta.</p>"
    )
    found = read(body)
    assert place(found["Jooga"]) == ("Järjestötalo", "Kauppakatu 26")
    assert place(found["Lukupiiri"])[1] == "Kirkkokatu 3"


def test_two_addresses_of_one_name_on_a_page_are_given_to_nobody() -> None:
    body = (
        "<h1>Ryhmät</h1><h2>Jooga</h2><p>Maanantaisin klo 10, Järjestötalo.</p>"
        "<h2>Lukupiiri</h2><p>Tiistaisin klo 13, Järjestötalo, Kirkkokatu 3, Salo.</p>"
        "<h2>Kuoro</h2><p>Torstaisin klo 13, Järjestötalo, Kauppakatu 26, Lappeenranta.</p>"
    )
    assert place(read(body)["Jooga"]) == ("Järjestötalo", None)


def test_the_place_of_a_line_is_told_by_a_sentence_that_names_it() -> None:
    body = (
        "<h1>Ohjelma</h1><table><tr><td>ti 12.1. klo 13</td><td>Kuukausitapaaminen</td></tr>"
        "<tr><td>to 21.1. klo 10</td><td>Ulkoilupäivä</td></tr></table>"
        "<p>Kuukausitapaamiset ovat Seurakuntakeskuksessa, Kirkkotie 3.</p>"
    )
    found = read(body)
    assert place(found["Kuukausitapaaminen"])[1] == "Kirkkotie 3"
    assert place(found["Ulkoilupäivä"]) == (None, None)


def test_a_fee_that_names_one_group_of_a_list_is_not_that_of_the_others() -> None:
    body = (
        "<h1>Kerhot</h1><ul><li>Boccia ma klo 10</li><li>Tanssit pe klo 18</li></ul>"
        "<p>Tansseihin pääsymaksu 8 €. Muut kerhot ovat maksuttomia.</p>"
    )
    found = read(body)
    assert {title: entry.price.kind for title, entry in found.items()} == {
        "Boccia": PriceKind.FREE,
        "Tanssit": PriceKind.PAID,
    }


def test_a_heading_over_several_groups_is_none_of_them() -> None:
    body = (
        "<h1>Omaisten ryhmät</h1><p>Järjestämme omaisille maksuttomia ryhmiä. Kysy p. 050 000 0311.</p>"
        "<h2>Aamuryhmä</h2><p>Tiistaisin klo 10.</p><h2>Iltaryhmä</h2><p>Torstaisin klo 17.</p>"
    )
    found = read(body)
    assert sorted(found) == ["Aamuryhmä", "Iltaryhmä"]
    assert found["Aamuryhmä"].price.kind is PriceKind.FREE


def test_a_day_above_the_name_of_its_card_is_not_that_of_the_card_before_it() -> None:
    card = (
        "<article><div>{when}</div><h3>{name}</h3><div>Kuulokeskus, Valtakatu 23</div><p>{more}</p></article>"
    )
    body = "<h1>Tulevat tapahtumat</h1>" + "".join(
        card.format(when=when, name=name, more=more)
        for when, name, more in (
            ("ti 19.01.2027 - 18:00", "Kuuloilta", "Vapaa pääsy."),
            ("la 06.02.2027 - 10:00 - 15:00", "Viittomakurssi", "Ilmoittaudu 29.1. mennessä."),
        )
    )
    assert {title: times(entry) for title, entry in read(body).items()} == {
        "Kuuloilta": ["once 2027-01-19 18:00"],
        "Viittomakurssi": ["once 2027-02-06 10:00-15:00"],
    }


def test_a_group_told_once_for_each_of_its_weekdays_is_one_activity() -> None:
    days = ("Ti klo 10–14 Kiltatupa auki", "To klo 12–14 Kiltatupa auki", "La klo 17 Saunailta")
    body = "<h1>Viikko</h1><ul>" + "".join(f"<li>{day}</li>" for day in days) + "</ul>"
    assert {title: times(entry) for title, entry in read(body).items()} == {
        "Kiltatupa": ["weekly TU 10:00-14:00", "weekly TH 12:00-14:00"],
        "Saunailta": ["weekly SA 17:00"],
    }


NAMED = """<h1>Kerhot</h1><p><b>Lauluryhmä Sointu</b> harjoittelee torstaisin klo 10 kerhohuone Ilonassa.</p>
<p><b>Tarinapiiri</b> kokoontuu joka kuukauden 3. maanantai klo 13.</p>
<p><b>Matkatoimikunta</b> suunnittelee retket. Yhteyshenkilö Leena Malli, p. 050 000 0412.</p>
<p>Kerhohuone Ilona sijaitsee osoitteessa Kauppakatu 12 B, Salo.</p>"""


def test_what_is_told_of_one_name_in_a_list_is_told_of_no_other() -> None:
    found = read(NAMED)
    assert sorted(found) == ["Lauluryhmä Sointu", "Tarinapiiri"]
    assert found["Lauluryhmä Sointu"].contacts == ()
    assert place(found["Lauluryhmä Sointu"]) == ("kerhohuone Ilona", "Kauppakatu 12 B")


def test_a_group_told_in_a_sentence_below_a_list_keeps_its_own_fee() -> None:
    body = (
        "<h1>Kalenteri</h1><h2>Maaliskuu</h2><p>10.3. ke klo 17 Hengityspiiri<br>17.3. ke klo 17 Luento</p>"
        "<p>Allasjumppa torstaisin klo 14.15–15 uimahallissa. Kausi 48 €.</p>"
    )
    found = read(body)
    assert {title: entry.price.kind for title, entry in found.items()} == {
        "Hengityspiiri": PriceKind.UNKNOWN,
        "Luento": PriceKind.UNKNOWN,
        "Allasjumppa": PriceKind.PAID,
    }


def test_a_house_at_the_end_of_a_line_of_a_calendar_is_where_it_is_held() -> None:
    body = (
        "<h1>Kalenteri</h1><ul><li>la–su 13.–14.2. Uniapneaviikonloppu, Kylpylähotelli Rauhanranta</li>"
        "<li>ke 24.2. klo 17 Hengityspiiri, Potilastalo</li></ul>"
    )
    assert place(read(body)["Uniapneaviikonloppu"]) == ("Kylpylähotelli Rauhanranta", None)


def test_a_break_in_english_has_its_two_ends() -> None:
    body = (
        "<h1>Groups</h1><h2>Conversation group</h2><p>Every Tuesday 5–6.30 pm at the library. "
        "The group is on a break from 15 February to 21 February.</p>"
    )
    assert times(read(body, "en")["Conversation group"]) == [
        "weekly TU 17:00-18:30 break 2027-02-15..2027-02-21"
    ]


def test_a_long_list_above_long_prose_is_read_in_bounded_time() -> None:
    rows = "".join(f"<li>Kerho{number} ma klo 10–12, Kerhotalo</li>" for number in range(300))
    prose = "".join(f"<p>Kuukausitapaamiset{number} ovat Kirkkotie 3:ssa.</p>" for number in range(400))
    began = time.process_time()
    found = read(f"<h1>Kerhot</h1><ul>{rows}</ul>{prose}")
    assert len(found) == 300
    assert time.process_time() - began < 10


def test_hours_below_the_name_of_a_helpline_or_a_chat_are_its_own_and_those_of_an_office_are_not() -> None:
    body = (
        "<h1>Tukea</h1><h2>Tukichat</h2><p>Chat on auki ma–to klo 16–19.</p>"
        "<h2>Tukipuhelin</h2><p>050 000 0511, ti ja to klo 9–12.</p>"
        "<h2>Toimisto</h2><p>050 000 0500, avoinna ma–to klo 9–12.</p>"
    )
    assert {title: times(entry) for title, entry in read(body).items()} == {
        "Tukichat": ["weekly MO,TU,WE,TH 16:00-19:00"],
        "Tukipuhelin": ["weekly TU,TH 09:00-12:00"],
    }
