"""Who asks for their contact away is not shown again; nobody can silence a help line by a form."""

import datetime as dt
import io
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from msgspec.structs import replace

from app.importing import import_lines
from app.indexing import build_index
from app.removals import Removals
from app.web import create_app
from app.web.site import Site
from app.wiring import Wiring
from schemas.activity import Activity, Contact
from schemas.border import encode_activity
from schemas.catalogue.contract import REMOVAL, Feedback
from schemas.codes import ContactType, Kind
from schemas.errors import NotFound
from schemas.search import SearchRequest, SearchResult
from tests.app.sample import activity, sample_wiring
from tests.app.web.client import PageClient

DAY = dt.date(2026, 9, 14)


@pytest.fixture(scope="module")
def wiring(tmp_path_factory: pytest.TempPathFactory) -> Wiring:
    return sample_wiring(tmp_path_factory.mktemp("removals"))


@pytest.fixture
def fresh(tmp_path: Path) -> Wiring:
    return sample_wiring(tmp_path)


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    real, shown = time.time, [0]

    def clock() -> float:
        shown[0] += 10
        return real() + shown[0]

    monkeypatch.setattr("app.web.tokens.time.time", clock)
    yield


def asked(activity: Activity, text: str) -> Removals:
    def find(identifier: str) -> Activity:
        assert identifier == activity.id
        return activity

    made = Removals(lambda: (Feedback(1, activity.id, REMOVAL, text, DAY),), find, ("09 2525 0111",))
    made.read()
    return made


def person(wiring: Wiring, **changes: object) -> Activity:
    contacts = (
        Contact(ContactType.PHONE, "+358 50 0000777", "Aino Esimerkki"),
        Contact(ContactType.EMAIL, "aino@yhdistys.example.fi", "Aino Esimerkki"),
        Contact(ContactType.PHONE, "050 000 0778", "Toimisto"),
    )
    found = wiring.catalogue.get("omais-lieksa")
    return replace(found, contacts=contacts, **changes)


ASKED_FOR = "/toiminta/omais-lieksa/poista-tietoni"


def send(client: PageClient, text: str) -> None:
    token = client.page(ASKED_FOR).select_one("input[name=token]")
    assert token
    client.post(ASKED_FOR, data={"token": str(token["value"]), "text": text})


def found(client: PageClient, words: str) -> list[str]:
    page = client.page(f"/haku?{urlencode({'q': words})}")
    return [str(link["href"]) for link in page.select(".hit .card-title a")]


def test_a_number_taken_away_finds_its_activity_no_more(fresh: Wiring, later: None) -> None:
    client = PageClient(create_app(fresh))
    page = "/toiminta/omais-lieksa"
    assert page in found(client, "0500000123")
    send(client, "Poistakaa 050 000 0123")
    for written in ("0500000123", "050-0000123", "+358500000123", "050 000 0123"):
        assert found(client, written) == [], written
        answer = client.json(f"/api/v1/search?{urlencode({'q': written})}")
        assert answer["total"] == 0 and answer["hits"] == [], written
        assert page in found(client, f"omaishoitajille {written}")  # the other words are asked
    assert page in found(client, "omaishoitajille")
    fresh.catalogue.handle_feedback(fresh.catalogue.feedback()[-1].id, DAY)
    assert page in found(PageClient(create_app(fresh)), "0500000123")  # a prank: it is found again


def test_a_name_takes_the_numbers_of_that_person_out_of_questions(wiring: Wiring) -> None:
    removals = asked(person(wiring), "Aino Esimerkki haluaa pois")
    assert removals.unsaid("soita 050 0000777 nyt") == "soita nyt"
    assert removals.unsaid("aino@yhdistys.example.fi") == ""
    for kept in ("050 000 0778", "suru 2026", "toimisto@yhdistys.example.fi", "09 2525 0111"):
        assert removals.unsaid(kept) == kept
    helpline = asked(person(wiring, kind=Kind.CRISIS_HELP), "Aino Esimerkki haluaa pois")
    assert helpline.unsaid("050 0000777") == "050 0000777"


def test_no_search_by_a_number_taken_away_finds_others_that_show_it_after_a_build(fresh: Wiring) -> None:
    shared = "050 000 0123"
    office = Contact(ContactType.PHONE, shared, "Toimisto")
    other = activity("toinen-ryhma", "Kalakerho", Kind.HOBBY_GROUP, contacts=(office,))
    import_lines(fresh, io.BytesIO(encode_activity(other)), "toinen", add=True)
    build_index(fresh)
    other_page = "/toiminta/toinen-ryhma"
    assert other_page in found(PageClient(create_app(fresh)), shared)
    fresh.catalogue.add_feedback("omais-lieksa", REMOVAL, shared, DAY)
    build_index(fresh, full=True)
    client = PageClient(create_app(fresh))
    assert found(client, shared) == []
    assert shared in client.get(other_page).text  # an office's number: many groups are reached by it


def test_a_person_asks_once_for_all_activities_that_give_the_number_with_the_name(wiring: Wiring) -> None:
    other = replace(wiring.catalogue.get("suru-joensuu"), contacts=person(wiring).contacts)
    for text in ("050 0000777, aino@yhdistys.example.fi", "Olen Aino Esimerkki"):
        left = asked(person(wiring), text).shielded(other).contacts
        assert [entry.value for entry in left] == ["050 000 0778"]
    office = asked(person(wiring), "050 000 0778")
    assert office.shielded(other) is other
    helpline = replace(other, kind=Kind.CRISIS_HELP)
    assert asked(person(wiring), "050 0000777").shielded(helpline) is helpline
    nameless = replace(other, contacts=(Contact(ContactType.PHONE, "050 0000777"),))
    assert asked(person(wiring), "050 0000777").shielded(nameless) is nameless


def test_the_request_takes_effect_on_every_page_at_once(fresh: Wiring, later: None) -> None:
    client = PageClient(create_app(fresh))
    activity = fresh.catalogue.get("omais-lieksa")
    number = next(entry.value for entry in activity.contacts if entry.type is ContactType.PHONE)
    pages = (
        "/toiminta/omais-lieksa",
        "/haku?q=omaishoitajille&missa=Lieksa",
        "/api/v1/activities/omais-lieksa",
        "/ammattilainen?q=omaishoitajille&missa=Lieksa",
    )
    assert [number in client.get(path).text for path in pages] == [True] * len(pages)
    send(client, f"Poistakaa numeroni {number}, kiitos")
    assert [number in client.get(path).text for path in pages] == [False] * len(pages)
    fresh.catalogue.handle_feedback(fresh.catalogue.feedback()[-1].id, DAY)
    again = PageClient(create_app(fresh))
    assert number in again.get(pages[0]).text  # refused by the operator, who did not block it


@pytest.mark.parametrize("path", ["/haku?q=omaishoitajille", "/ammattilainen?q=omaishoitajille"])
def test_what_was_looked_up_before_the_request_is_shown_to_nobody_after_it(
    fresh: Wiring, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    app = create_app(fresh)
    parts = app.extensions["vierelle"]
    assert isinstance(parts, Site)
    search = parts.search.search

    def overtaken(request: SearchRequest, *, choices: int | None = None) -> SearchResult:
        found = search(request, choices=choices)
        if not fresh.catalogue.feedback():
            fresh.catalogue.add_feedback("omais-lieksa", REMOVAL, "050 000 0123", DAY)
            parts.withdraw()
        return found

    client = PageClient(app)
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(parts.search, "search", overtaken)
        assert "050 000 0123" in client.get(path).text
    assert "050 000 0123" not in client.get(path).text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("0500000777", ["aino@yhdistys.example.fi", "050 000 0778"]),
        ("+358 (0)50-000 0777 pois", ["aino@yhdistys.example.fi", "050 000 0778"]),
        ("Aino@yhdistys.example.fi", ["+358 50 0000777", "050 000 0778"]),
        ("Olen Aino Esimerkki", ["050 000 0778"]),
        ("Aino", ["+358 50 0000777", "aino@yhdistys.example.fi", "050 000 0778"]),
        ("kaikki pois", ["+358 50 0000777", "aino@yhdistys.example.fi", "050 000 0778"]),
    ],
)
def test_only_what_the_request_names_is_hidden(wiring: Wiring, text: str, left: list[str]) -> None:
    hidden = asked(person(wiring), text).applied(person(wiring))
    assert [contact.value for contact in hidden.contacts] == left


@pytest.mark.parametrize("text", ["1-----", "huone 2 . . . .", "9)))))) 050 0000777"])
def test_a_request_with_figures_that_are_no_number_breaks_no_page(wiring: Wiring, text: str) -> None:
    removals = asked(person(wiring), text)
    removals.applied(person(wiring))
    assert removals.unsaid("050 000 0778") == "050 000 0778"


def test_help_lines_stay(wiring: Wiring) -> None:
    crisis = person(wiring, kind=Kind.CRISIS_HELP)
    assert asked(crisis, "050 000 0777").applied(crisis) is crisis
    line = person(wiring)
    line = replace(line, contacts=(Contact(ContactType.PHONE, "+358 9 2525 0111", None),))
    assert asked(line, "09 2525 0111").applied(line) is line


def nobody(identifier: str) -> Activity:
    raise NotFound(identifier)


def test_requests_of_another_process_are_seen_after_a_while() -> None:
    calls: list[int] = []

    def read() -> tuple[Feedback, ...]:
        calls.append(1)
        return ()

    made = Removals(read, nobody)
    for now in (1.0, 2.0, 30.9, 31.1):
        made.renew(now)
    assert len(calls) == 2


def test_another_process_forgets_its_finished_pages(fresh: Wiring, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.removals._FRESH", 0.0)
    other = PageClient(create_app(Wiring(fresh.settings)))
    pages = ("/haku?q=omaishoitajille&missa=Lieksa", "/olka/data.json")
    assert ["050 000 0123" in other.get(path).text for path in pages] == [True, True]
    fresh.catalogue.add_feedback("omais-lieksa", REMOVAL, "050 000 0123 pois", DAY)
    other.get("/haku")
    assert ["050 000 0123" in other.get(path).text for path in pages] == [False, False]


def test_the_next_build_leaves_out_what_was_asked_away_until_it_is_refused(fresh: Wiring) -> None:
    def holds() -> bool:
        result = fresh.search.search(SearchRequest("omaishoitajien olohuone"))
        stored = [hit.activity for hit in result.hits if hit.id == "omais-lieksa"]
        return any(contact.value == "050 000 0123" for entry in stored for contact in entry.contacts)

    assert holds()
    fresh.catalogue.add_feedback("omais-lieksa", REMOVAL, "050 000 0123", DAY)
    report = build_index(fresh)
    assert (report.mode, report.written) == ("changes", 1)
    assert not holds()
    assert build_index(fresh).mode == "unchanged"
    assert build_index(fresh, full=True).mode == "full"
    assert not holds()
    fresh.catalogue.handle_feedback(fresh.catalogue.feedback()[-1].id, DAY)
    assert build_index(fresh).mode == "changes"
    assert holds()


def test_a_server_reads_requests_for_removal_and_no_other_reports(
    fresh: Wiring,
) -> None:
    fresh.catalogue.add_feedback("omais-lieksa", "ended", "Ryhmä loppui", DAY)
    assert Wiring(fresh.settings).open_removals() == ()
    assert fresh.open_removals() == ()
    fresh.catalogue.add_feedback("omais-lieksa", REMOVAL, "050 000 0123", DAY)
    for wiring in (fresh, Wiring(fresh.settings)):
        assert [entry.text for entry in wiring.open_removals()] == ["050 000 0123"]
