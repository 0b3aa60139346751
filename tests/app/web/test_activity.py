"""The page of one activity and what hangs on it."""

import json
from typing import Any

import pytest
from flask import Flask
from icalendar import Calendar

from app.web.interface import interface
from app.web.record import parted
from tests.app.sample import sample
from tests.app.web.client import PageClient


def test_every_activity_of_the_sample_has_a_sound_page(client: PageClient) -> None:
    for activity in sample():
        page = client.page(f"/toiminta/{activity.id}")
        assert page.h1 and page.h1.get_text().replace("\u00ad", "") == activity.title.best()


def test_all_times_are_told_in_words(client: PageClient) -> None:
    text = client.page("/toiminta/omais-lieksa").get_text()
    assert "Torstaisin klo\xa013–15" in text
    assert "10.12.\xa0asti" in text
    assert "tauko\xa019.10.–25.10." in text
    for page, said in (
        ("suru-joensuu", "Joka toinen tiistai klo\xa018–20"),
        ("muisti-kitee", "Kuukauden ensimmäinen keskiviikko klo\xa012.30–14"),
    ):
        assert said in client.page(f"/toiminta/{page}").get_text()


def test_sources_and_four_dates_are_told_apart(client: PageClient) -> None:
    page = client.page("/toiminta/omais-lieksa")
    origins = page.select_one(".origins")
    assert origins
    text = origins.get_text(" ")
    for name in ("Löytyi lähteestä", "Nähty lähteessä viimeksi", "muuttunut viimeksi", "Ihminen tarkistanut"):
        assert name in text
    assert "ei vielä" in text
    assert origins.select_one("a[href='https://yhdistys.example.fi/omais-lieksa']")


def test_differences_between_sources_are_shown(client: PageClient) -> None:
    text = client.page("/toiminta/omais-lieksa").select(".differences")[0].get_text(" ")
    assert "keskiviikkoisin klo 13" in text
    assert "Lähellä.fi" in text


def test_what_happens_when_i_call_is_told_where_there_is_a_number(client: PageClient) -> None:
    assert client.page("/toiminta/omais-lieksa").select_one(".calling p")
    assert not client.page("/toiminta/verkko-paihde").select_one(".calling")


def test_linked_data_is_readable_and_cannot_end_its_element(client: PageClient) -> None:
    script = client.page("/toiminta/omais-lieksa").select_one("script[type='application/ld+json']")
    assert script and script.string
    data = json.loads(script.string)
    assert data["name"] == "Omaishoitajien olohuone"
    assert "<" not in script.string


def test_the_calendar_of_an_activity(client: PageClient) -> None:
    answer = client.get("/toiminta/omais-lieksa/kalenteri.ics")
    assert answer.mimetype == "text/calendar"
    calendar = Calendar.from_ical(answer.get_data())
    event: Any = calendar.walk("VEVENT")[0]
    assert event["summary"] == "Omaishoitajien olohuone"
    assert event["rrule"]["FREQ"] == ["WEEKLY"]


def test_a_text_in_another_language_says_which(client: PageClient) -> None:
    page = client.page("/sv/toiminta/omais-lieksa")
    assert page.h1 and page.h1["lang"] == "fi"


def test_the_addresses_of_an_activity_lead_to_it_whatever_its_id_holds(app: Flask) -> None:
    with app.test_request_context("/", base_url="https://tuki.example.fi"):
        assert interface().activity("50%25-ä") == "https://tuki.example.fi/toiminta/50%2525-%C3%A4"


def test_a_meeting_is_the_same_in_every_calendar_that_holds_it(client: PageClient) -> None:
    calendars = (
        Calendar.from_ical(client.get(path, headers={"Host": "[::1]:8000"}).data)
        for path in ("/toiminta/omais-lieksa/kalenteri.ics", "/haku.ics?q=omaishoitajien+olohuone")
    )
    alone, among = ({str(event["uid"]) for event in found.walk("VEVENT")} for found in calendars)
    assert alone and alone <= among


@pytest.mark.parametrize(
    ("summary", "description", "first", "later"),
    [
        ("Kahvia.", "Kahvia. Ja pullaa.", "Kahvia. Ja pullaa.", ""),
        ("", "Kahvia ja pullaa.", "Kahvia ja pullaa.", ""),
        ("Kahvia.", "Pullaa.", "Kahvia.", "Pullaa."),
        ("Kahvia.", "Kahvia.\nPullaa.", "Kahvia.", "Pullaa."),
        ("Kahvia.", f"Kahvia. {'Pullaa. ' * 60}".strip(), "Kahvia.", ("Pullaa. " * 60).strip()),
        ("Tule kahville ja", f"Tule kahville ja {'syö ' * 90}", "", f"Tule kahville ja {'syö ' * 90}"),
        ("Yksin?", f"Yksin? {'Tule. ' * 60}", "", f"Yksin? {'Tule. ' * 60}"),
        ("", "", "", ""),
    ],
)
def test_what_it_is_stands_first_and_once(summary: str, description: str, first: str, later: str) -> None:
    assert parted(summary, description) == (first, later)


def test_what_its_source_has_long_not_shown_says_so_where_it_stands(client: PageClient) -> None:
    note = client.page("/toiminta/vanha-tieto").select_one(".record-head .note.warning")
    assert note and "voi olla vanhentunut" in note.get_text() and "Varmista soittamalla" in note.get_text()
    assert not client.page("/toiminta/omais-lieksa").select(".record-head .note")
