"""The hand-out: order, languages, size, text, PDF; nothing stored, nothing logged, nothing fetched."""

import hashlib
import logging
import threading
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.app.web.client import PageClient
from tests.app.web.professional.pdf_reading import pages
from tests.app.web.test_languages_of_pages import unmarked

THREE = {"id": ["opas-08", "opas-01", "opas-02"]}
NOTE = "Soita Ainolle torstaina klo 9"


@pytest.mark.parametrize("prefix", ["", "/sv", "/en", "/selko"])
@pytest.mark.parametrize("form", [THREE, {**THREE, "suuri": "1", "viesti": NOTE}, {"id": []}, {"id": ["x"]}])
def test_the_hand_out_is_sound_in_every_language(
    desk: PageClient, prefix: str, form: dict[str, str | list[str]]
) -> None:
    desk.post(f"{prefix}/ohjauslista", status=200, data=form)
    desk.post(f"{prefix}/ohjauslista/vertailu", status=200, data=form)


def test_the_hand_out_keeps_the_order_and_tells_what_a_visitor_needs(desk: PageClient) -> None:
    page = desk.post("/ohjauslista", status=200, data=THREE).get_data(as_text=True)
    places = [page.index(f"<h2>{title}") for title in ("Masennukseen", "Omaishoitajien v", "Omaishoitajan t")]
    assert places == sorted(places)
    for fact in (
        "21.11.2026",
        "Pohjois-Karjalan hyvinvointialue",
        "050 000 0008",
        "Keskiviikkoisin klo 17–19 (seuraavan kerran 25.11.)",
        "Kansalaistalo, Torikatu 8, Joensuu",
        "Tarvitset lähetteen.",
    ):
        assert fact in page
    assert page.count('class="qr"') == 3


def test_activities_that_are_gone_are_told_not_hidden(desk: PageClient) -> None:
    page = desk.post("/ohjauslista", status=200, data={"id": ["opas-01", "poissa"]}).get_data(as_text=True)
    assert "1 listan toiminta on päättynyt tai poistettu." in page


def test_a_list_has_an_end(desk: PageClient) -> None:
    ids = [f"opas-{number:02}" for number in range(1, 17)]
    answer = desk.client.post("/ohjauslista/osat", json={"ids": [*ids, *ids]}).get_json()
    assert [pick["id"] for pick in answer["picks"]] == ids[:12]


def test_the_parts_speak_the_language_of_their_address(desk: PageClient) -> None:
    answer = desk.client.post("/sv/ohjauslista/osat", json={"ids": ["opas-01"]}).get_json()
    assert answer["picks"][0]["title"] == "Kamratstödsgrupp för närståendevårdare"
    assert "Norra Karelens välfärdsområde" in answer["text"]
    assert "050 000 0001" in answer["text"] and "050 000 0001" in answer["mail"]["body"]


@pytest.mark.parametrize("prefix", ["sv", "en"])
def test_what_is_finnish_on_a_swedish_or_english_sheet_says_so(desk: PageClient, prefix: str) -> None:
    for path in ("/ohjauslista", "/ohjauslista/vertailu"):
        page = desk.post(f"/{prefix}{path}", status=200, data=THREE).get_data(as_text=True)
        soup = BeautifulSoup(page, "html.parser")
        for box in soup.select("textarea"):  # plain text for a record: facts as the sources tell them
            box.decompose()
        said = [text for text in unmarked(soup, prefix) if "soita" in text.lower() or "ryhm" in text.lower()]
        assert said == []


def test_the_page_cannot_send_a_note_with_the_list(desk: PageClient) -> None:
    desk.post("/ohjauslista/osat", status=400, json={"ids": ["opas-01"], "note": NOTE})


def test_large_type_is_a_variant_of_the_sheet(desk: PageClient) -> None:
    page = desk.post("/ohjauslista", status=200, data={**THREE, "suuri": "1"}).get_data(as_text=True)
    assert '<article class="sheet large"' in page


def test_a_pdf_of_three_is_one_side(desk: PageClient) -> None:
    answer = desk.post("/ohjauslista.pdf", status=200, data={**THREE, "viesti": NOTE})
    assert answer.mimetype == "application/pdf" and answer.data.startswith(b"%PDF-")
    assert answer.headers["Cache-Control"] == "no-store"
    assert pages(answer.data) == 1


def test_large_type_takes_two_sides_for_three(desk: PageClient) -> None:
    answer = desk.post("/selko/ohjauslista.pdf", status=200, data={**THREE, "suuri": "1"})
    assert pages(answer.data) <= 2


@pytest.mark.parametrize("prefix", ["", "/sv", "/en", "/selko"])
def test_two_services_in_large_type_are_one_side(desk: PageClient, prefix: str) -> None:
    answer = desk.post(f"{prefix}/ohjauslista.pdf", status=200, data={"id": THREE["id"][:2], "suuri": "1"})
    assert pages(answer.data) == 1


def test_the_note_stands_on_the_sheet_that_asked_for_it(desk: PageClient) -> None:
    page = desk.post("/ohjauslista", status=200, data={**THREE, "viesti": NOTE}).get_data(as_text=True)
    assert f"data-note>{NOTE}</p>" in page


def test_a_pdf_of_nothing_is_a_bad_question(desk: PageClient) -> None:
    desk.post("/ohjauslista.pdf", status=400, data={"id": ["poissa"]})


@pytest.mark.parametrize("prefix", ["", "/sv", "/en", "/selko"])
def test_where_too_many_print_a_page_says_what_to_do(
    desk: PageClient, prefix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = threading.BoundedSemaphore(1)
    full.acquire()
    monkeypatch.setattr("app.web.professional.paper._places", full)
    answer = desk.post(f"{prefix}/ohjauslista.pdf", status=503, data=THREE)
    assert answer.headers["Retry-After"]
    said = BeautifulSoup(answer.get_data(as_text=True), "html.parser").select_one("h1")
    assert said is not None and "PDF" in said.get_text()


def test_neither_note_nor_list_is_stored_or_logged(
    desk: PageClient, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    desk.post("/ohjauslista", status=200, data=THREE)
    before = _fingerprint(folder)
    with caplog.at_level(logging.DEBUG):
        desk.post("/ohjauslista.pdf", status=200, data={**THREE, "viesti": NOTE})
        desk.client.post("/ohjauslista/osat", json={"ids": THREE["id"]})
    ours = [record.getMessage() for record in caplog.records]
    assert any(line.startswith("POST /ohjauslista.pdf 200") for line in ours)
    said = "\n".join(ours)
    assert NOTE not in said and "Ainolle" not in said and "opas-" not in said
    assert _fingerprint(folder) == before


def test_the_sheet_makes_no_warnings_in_print(desk: PageClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        desk.post("/ohjauslista.pdf", status=200, data=THREE)
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING] == []


def test_bad_bodies_are_bad_questions(desk: PageClient) -> None:
    for body in (b"", b"[]", b'{"ids": "opas-01"}', b"\xff"):
        desk.post("/ohjauslista/osat", status=400, data=body)


def _fingerprint(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize(
    ("button", "after"),
    [
        ({"ylos": "opas-01"}, ["opas-01", "opas-08", "opas-02"]),
        ({"alas": "opas-01"}, ["opas-08", "opas-02", "opas-01"]),
        ({"ylos": "opas-08"}, ["opas-08", "opas-01", "opas-02"]),
        ({"alas": "opas-02"}, ["opas-08", "opas-01", "opas-02"]),
        ({"pois": "opas-01"}, ["opas-08", "opas-02"]),
        ({"pois": "poissa", "ylos": "poissa"}, ["opas-08", "opas-01", "opas-02"]),
    ],
)
def test_without_scripts_the_list_is_ordered_by_buttons(
    desk: PageClient, button: dict[str, str], after: list[str]
) -> None:
    page = desk.post("/ohjauslista", status=200, data={**THREE, **button, "viesti": NOTE})
    soup = BeautifulSoup(page.get_data(as_text=True), "html.parser")
    assert [str(field["value"]) for field in soup.select(".made-tools input[name=id]")] == after
    assert len(soup.select(".made-tools .moves button[name=pois]")) == len(after)
    note = soup.select_one("#viesti")
    assert note and note.get_text() == NOTE


def test_without_scripts_a_shared_link_tells_what_to_do(desk: PageClient) -> None:
    page = BeautifulSoup(desk.get("/ohjauslista").get_data(as_text=True), "html.parser")
    told = page.select_one("main noscript")
    assert told and "puhelimella" in told.get_text() and "PDF" in told.get_text()
    empty = page.select(".shortlist-empty")
    assert empty and all("hidden" in text.attrs for text in empty)


def test_every_way_of_sharing_carries_names_phones_and_addresses(desk: PageClient) -> None:
    answer = desk.client.post("/ohjauslista/osat", json={"ids": ["opas-01", "opas-02"]}).get_json()
    shown = BeautifulSoup(answer["sheet"], "html.parser")
    addresses = [str(link["href"]) for link in shown.select("figcaption a")]
    assert len(addresses) == len(answer["picks"]) == 2
    for pick, address in zip(answer["picks"], addresses, strict=True):
        for text in (answer["mail"]["body"], answer["text"], answer["sheet"]):
            assert pick["title"] in text and pick["phone"] in text
            assert address in text or address.split("://")[1].rstrip("/") in text
