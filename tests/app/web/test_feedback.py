"""Reports: no login, no cookie, nothing of the sender, hard for machines."""

import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.web import create_app
from app.web.tokens import OLDEST, Throttle, age, kept_key, signed
from app.wiring import Wiring
from tests.app.web.client import PageClient

PATH = "/toiminta/omais-lieksa/palaute"


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Ten seconds pass between showing a form and reading it."""
    real = time.time
    shown = [0]

    def clock() -> float:
        shown[0] += 10
        return real() + shown[0]

    monkeypatch.setattr("app.web.tokens.time.time", clock)
    yield


def filled(client: PageClient, path: str = PATH, **fields: str) -> dict[str, str]:
    token = client.page(path).select_one("input[name=token]")
    assert token
    return {"token": str(token["value"]), **fields}


def test_a_report_is_kept_with_its_day_only(client: PageClient, wiring: Wiring, later: None) -> None:
    before = len(wiring.catalogue.feedback())
    answer = client.post(PATH, data=filled(client, topic="contact", text="Numero on\nvaihtunut."))
    assert client.page(answer.headers["Location"]).select_one("[role=status]")
    kept = wiring.catalogue.feedback()
    assert len(kept) == before + 1
    assert (kept[-1].activity, kept[-1].topic, kept[-1].text) == (
        "omais-lieksa",
        "contact",
        "Numero on vaihtunut.",
    )


def test_a_contact_person_can_ask_for_removal(client: PageClient, wiring: Wiring, later: None) -> None:
    path = "/toiminta/omais-lieksa/poista-tietoni"
    client.post(path, data=filled(client, path, text="050 000 0999"))
    assert wiring.catalogue.feedback()[-1].topic == "removal"
    page = client.page(path)
    assert page.select_one("textarea[required]")


def test_mistakes_are_told_and_nothing_written_is_lost(client: PageClient, later: None) -> None:
    answer = client.post(PATH, status=400, data=filled(client, text="Pitkä selitys"))
    assert "Valitse, mikä on vialla." in answer.text
    assert "Pitkä selitys" in answer.text
    assert re.search(r'role="alert"', answer.text)
    assert client.post(PATH, status=400, data=filled(client, topic="keksitty"))
    assert client.post(PATH, status=400, data=filled(client, topic="other", text="x" * 1001))


@pytest.mark.parametrize("token", ["", "1.2", "abc", "99999999999999.x", "1e5.x"])
def test_a_form_without_our_token_is_shown_anew(client: PageClient, wiring: Wiring, token: str) -> None:
    before = len(wiring.catalogue.feedback())
    client.post(PATH, status=400, data={"token": token, "topic": "ended"})
    assert len(wiring.catalogue.feedback()) == before


def test_a_form_filled_in_no_time_is_not_a_persons(client: PageClient) -> None:
    client.post(PATH, status=400, data=filled(client, topic="ended"))


def test_the_trap_catches_without_telling(client: PageClient, wiring: Wiring, later: None) -> None:
    before = len(wiring.catalogue.feedback())
    client.post(PATH, data=filled(client, topic="ended", website="https://spam.example"))
    assert len(wiring.catalogue.feedback()) == before


@pytest.mark.parametrize("path", [PATH, "/toiminta/omais-lieksa/poista-tietoni"])
def test_a_flood_of_forms_keeps_what_a_person_wrote(
    client: PageClient, wiring: Wiring, later: None, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    before = len(wiring.catalogue.feedback())
    parts = client.client.application.extensions["vierelle"]
    monkeypatch.setattr(parts, "reports" if path == PATH else "removal_requests", Throttle(0, 600))
    answer = client.post(path, status=503, data=filled(client, path, topic="other", text="050 000 0998 pois"))
    assert "050 000 0998 pois" in answer.text and "Tekstisi on tallessa" in answer.text
    assert "Haku ei ole" not in answer.text
    assert len(wiring.catalogue.feedback()) == before


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
    ],
)
def test_other_sites_cannot_send_our_form(
    client: PageClient, wiring: Wiring, later: None, headers: dict[str, str]
) -> None:
    before = len(wiring.catalogue.feedback())
    client.post(PATH, status=400, data=filled(client, topic="ended"), headers=headers)
    assert len(wiring.catalogue.feedback()) == before


def test_a_form_too_large_is_refused(client: PageClient) -> None:
    client.post(PATH, status=413, data={"text": "x" * 40_000})


def test_a_token_is_for_one_purpose_and_a_time() -> None:
    token = signed(b"key", "report a", now=1000)
    assert age(b"key", "report a", token, now=1005) == 5
    assert age(b"key", "report b", token, now=1005) is None
    assert age(b"other", "report a", token, now=1005) is None
    found = age(b"key", "report a", token, now=1000 + OLDEST + 1)
    assert found is not None and found > OLDEST


def test_a_throttle_tells_nobody_apart_and_opens_again() -> None:
    throttle = Throttle(2, 10)
    assert [throttle.allows(now) for now in (0, 1, 2, 11, 11.5)] == [True, True, False, True, True]


def test_a_form_of_one_process_is_read_by_another(client: PageClient, wiring: Wiring, later: None) -> None:
    other = PageClient(create_app(Wiring(wiring.settings)))
    before = len(wiring.catalogue.feedback())
    other.post(PATH, data=filled(client, topic="ended"))
    assert len(wiring.catalogue.feedback()) == before + 1


def test_processes_that_start_at_once_agree_on_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _number: kept_key(tmp_path / "data"), range(8)))
    assert len(keys) == 1 and kept_key(tmp_path / "data") in keys
    kept = tmp_path / "data" / "form.key"
    assert kept.stat().st_mode & 0o077 == 0
    assert [path.name for path in kept.parent.iterdir()] == ["form.key"]


def test_a_folder_that_cannot_be_written_gives_a_key_of_the_process(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    assert len(kept_key(blocked)) == 32 and kept_key(blocked) != kept_key(blocked)


def test_a_form_sent_the_moment_it_was_shown_is_told_so(client: PageClient) -> None:
    answer = client.post(PATH, status=400, data=filled(client, topic="ended", text="Loppui"))
    assert "lähti heti" in answer.text and "vanhentua" not in answer.text and "Loppui" in answer.text
