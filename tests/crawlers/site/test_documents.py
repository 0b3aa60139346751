"""Season programmes in Word: found by what their links promise, asked for politely, read as pages are."""

import datetime as dt
from collections.abc import Iterator

import pytest

from crawlers.harvest import Harvest
from crawlers.site.documents import MOST, is_read, name_of, programmes
from crawlers.site.page import PageLink
from tests.crawlers.adapters.wordfiles import WORD, document, paragraph, run, table
from tests.crawlers.site.worlds import NOW, World
from tests.web.misbehaving import MisbehavingServer, Reply, Route, page

TODAY = dt.date(2026, 11, 21)
PROGRAMME = document(
    paragraph("Kevätohjelma 2027", style="Title"),
    paragraph("Kerhot kokoontuvat Kerhotalossa, Torikatu 3, Joensuu."),
    paragraph(run("Boccia", "<w:b/>")),
    paragraph("maanantaisin klo 10–11.30, 11.1.–26.4.2027"),
    paragraph("Muut ryhmät", style="Heading1"),
    table(("Ryhmä", "Aika"), ("Lukupiiri", "ti 12.1. ja 9.2.2027 klo 13"), ("Kuoro", "torstaisin klo 17")),
)
PATH = "/wp-content/uploads/2027/01/kevatohjelma_2027.docx"


@pytest.fixture
def server() -> Iterator[MisbehavingServer]:
    with MisbehavingServer({}) as running:
        yield running


def html(body: str) -> Route:
    return page(f"<html lang='fi'><body><main><h1>Kaiku ry</h1>{body}</main></body></html>")


def word(body: bytes = PROGRAMME) -> Reply:
    return Reply(200, body, {"Content-Type": WORD})


def link(path: str = PATH, text: str = "Kevään ohjelma") -> str:
    return f'<a href="{path}">{text}</a>'


def titles(harvest: Harvest) -> set[str]:
    return {activity.title.best() for activity in harvest.records.values()}


def test_a_programme_in_word_is_read_as_a_page_is(server: MisbehavingServer) -> None:
    server.routes = {"/": html(link()), PATH: word()}
    harvest = World(server).crawl()
    assert titles(harvest) == {"Boccia", "Lukupiiri", "Kuoro"}
    assert harvest.complete and harvest.troubles == []
    record = next(entry for entry in harvest.records.values() if entry.title.fi == "Boccia")
    assert record.url == server.url(PATH)
    (schedule,) = record.schedules()
    assert (schedule.start, schedule.end) == (dt.date(2027, 1, 11), dt.date(2027, 4, 26))
    assert [place.street for place in record.places()] == ["Torikatu 3"]


def test_a_programme_is_asked_for_again_only_whether_it_has_changed(server: MisbehavingServer) -> None:
    server.routes = {
        "/": html(link()),
        PATH: Reply(200, PROGRAMME, {"Content-Type": WORD, "ETag": '"1"'}),
    }
    world = World(server)
    first = world.crawl()
    server.routes[PATH] = Reply(304, b"", {"ETag": '"1"'})
    assert titles(world.crawl(NOW + dt.timedelta(days=1))) == titles(first)


def test_robots_txt_shuts_files_too(server: MisbehavingServer) -> None:
    rules = page("User-agent: *\nDisallow: /wp-content/", "text/plain")
    server.routes = {"/robots.txt": rules, "/": html(link()), PATH: word()}
    harvest = World(server).crawl()
    assert PATH not in server.paths
    assert harvest.complete


@pytest.mark.parametrize(
    "body",
    [
        PROGRAMME[: len(PROGRAMME) // 2],
        document("</w:p>"),
        document(" " * 50_000_000),
        b"%PDF-1.7 ...",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"Kerho tiistaisin klo 18. " * 99,
    ],
    ids=["cut", "no xml", "bomb", "pdf", "old word"],
)
def test_a_bad_file_costs_itself_and_is_told(server: MisbehavingServer, body: bytes) -> None:
    groups = "<h2>Sururyhmä</h2><p>Kokoonnumme tiistaisin klo 18, Torikatu 1, Joensuu.</p>"
    server.routes = {"/": html(link() + groups), "/ryhmat": html(groups), PATH: word(body)}
    harvest = World(server).crawl()
    assert titles(harvest) == {"Sururyhmä"}
    assert harvest.complete
    assert [trouble for trouble in harvest.troubles if "cannot be read" in trouble.reason] != []


def test_a_file_that_is_gone_is_no_trouble(server: MisbehavingServer) -> None:
    server.routes = {"/": html(link())}
    harvest = World(server).crawl()
    assert harvest.complete and harvest.troubles == []


def test_of_many_files_only_a_few_are_asked_for(server: MisbehavingServer) -> None:
    paths = [f"/ohjelma-{number}.docx" for number in range(MOST + 4)]
    server.routes = {"/": html("".join(map(link, paths)))} | {path: word() for path in paths}
    harvest = World(server).crawl()
    assert sum(path in paths for path in server.paths) == MOST
    assert harvest.dropped["link: too many files"] == 4


def test_a_sitemap_alone_makes_no_file_worth_asking_for(server: MisbehavingServer) -> None:
    rows = f"<urlset><url><loc>{server.url(PATH)}</loc></url></urlset>"
    server.routes = {"/": html("<p>Hei</p>"), "/sitemap.xml": page(rows, "application/xml"), PATH: word()}
    World(server).crawl()
    assert PATH not in server.paths


@pytest.mark.parametrize(
    ("address", "text", "promises"),
    [
        ("/kevatohjelma_2027.docx", "", True),
        ("/tiedosto.docx", "Ryhmät keväällä", True),
        ("/jasenkirje-1-2027.docx", "Jäsenkirje", True),
        ("/verksamhet.DOCX", "Vårens program", True),
        ("/kevatohjelma_2025.docx", "Kevään ohjelma", False),
        ("/poytakirja.docx", "Kevätkokouksen pöytäkirja", False),
        ("/toimintasuunnitelma-2027.docx", "Toimintasuunnitelma", False),
        ("/lomake.docx", "Ilmoittautumislomake kursseille", False),
        ("/tiedosto.docx", "Lataa", False),
        ("/kevatohjelma_2027.pdf", "", False),
        ("/kevatohjelma_2027.docm", "", False),
    ],
)
def test_a_file_is_asked_for_where_it_promises_a_programme(address: str, text: str, promises: bool) -> None:
    url = f"https://kaiku.example.fi{address}"
    assert bool(programmes([PageLink(url, text)], TODAY)) is promises


def test_the_name_of_a_file_is_its_title() -> None:
    assert name_of("https://kaiku.example.fi/2027/01/kev%C3%A4t-ohjelma_2027.docx") == "kevät ohjelma 2027"
    assert is_read("https://kaiku.example.fi/A.DOCX?v=1")
