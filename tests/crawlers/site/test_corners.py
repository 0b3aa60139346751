"""A site that is one corner of a host: nothing beside it is taken for its own."""

import pytest

from app.crawling import in_its_corner
from crawlers.site.links import is_inside, path_of
from schemas.source import Source
from tests.crawlers.site.test_hazards import group, titles
from tests.crawlers.site.worlds import World, html
from tests.web.misbehaving import MisbehavingServer, Reply, Route, page, redirect


def union(server: MisbehavingServer) -> dict[str, Route]:
    """A union's site with two local associations on it, each linking to the other and to the union."""
    menu = '<a href="/">Liitto</a><a href="/lieksa/">Lieksa</a><a href="/nurmes/">Nurmes</a>'
    urls = "".join(
        f"<url><loc>{server.url(path)}</loc></url>"
        for path in ("/lieksa/kuoro", "/nurmes/jooga", "/lieksaan")
    )
    return {
        "/": html(f"{menu}<p>Liitto"),
        "/lieksa/": html(
            f'{menu}<a href="/lieksa/bingo">x</a><a href="bridge/">x</a><a href="/kalenteri.ics">x</a>'
        ),
        "/lieksa/bingo": group("Bingo", more=menu),
        "/lieksa/bridge/": group("Bridge"),
        "/lieksa/kuoro": group("Kuoro"),
        "/nurmes/": html(f'{menu}<a href="/nurmes/jooga">x</a>'),
        "/nurmes/jooga": group("Jooga"),
        "/lieksaan": group("Retki"),
        "/sitemap.xml": Reply(200, f"<urlset>{urls}</urlset>".encode(), {"Content-Type": "text/xml"}),
        "/kalenteri.ics": page("BEGIN:VCALENDAR\r\nEND:VCALENDAR", "text/calendar"),
    }


def test_a_corner_is_read_whole_and_nothing_beside_it() -> None:
    with MisbehavingServer({}) as server:
        server.routes |= union(server)
        harvest = World(server, url=server.url("/lieksa/"), within="/lieksa").crawl()
        assert titles(harvest) == {"Bingo", "Bridge", "Kuoro"}
        assert harvest.complete
        beside = {
            path for path in server.paths if not path.startswith(("/lieksa/", "/robots", "/sitemap", "/wp-"))
        }
        assert beside == set()


def test_a_corner_that_has_moved_is_followed_to_its_new_place() -> None:
    with MisbehavingServer({}) as server:
        server.routes |= union(server) | {"/vanha/": redirect("/lieksa/", 301)}
        harvest = World(server, url=server.url("/vanha/"), within="/vanha").crawl()
        assert titles(harvest) == {"Bingo", "Bridge", "Kuoro"}


def test_a_site_with_its_host_to_itself_is_read_from_wherever_it_begins() -> None:
    with MisbehavingServer({}) as server:
        server.routes |= union(server)
        harvest = World(server, url=server.url("/lieksa/")).crawl()
        assert titles(harvest) == {"Bingo", "Bridge", "Kuoro", "Jooga", "Retki"}


@pytest.mark.parametrize(
    ("url", "other", "within"),
    [
        ("https://liitto.example.fi/lieksa/", "https://www.liitto.example.fi/nurmes/", "/lieksa"),
        ("https://liitto.example.fi/lieksa/index.html", "https://liitto.example.fi/nurmes", "/lieksa"),
        ("https://liitto.example.fi/lieksa/", "https://liitto.example.fi/", "/lieksa"),
        ("https://liitto.example.fi/", "https://liitto.example.fi/nurmes", ""),
        ("https://kaiku.example.fi/toiminta/", "https://liitto.example.fi/nurmes", ""),
    ],
)
def test_two_sources_on_one_host_keep_to_their_own_paths(url: str, other: str, within: str) -> None:
    source, beside = Source("A", url, id="a"), Source("B", other, id="b")
    assert in_its_corner(source, (source, beside)).within == within


@pytest.mark.parametrize(
    ("url", "path", "inside"),
    [
        ("https://x.example.fi/lieksa", "/lieksa", True),
        ("https://x.example.fi/lieksa/a", "/lieksa/", True),
        ("https://x.example.fi/lieksaan", "/lieksa", False),
        ("https://x.example.fi/", "/lieksa", False),
        ("https://x.example.fi/", "", True),
    ],
)
def test_inside_is_at_or_below_a_path(url: str, path: str, inside: bool) -> None:
    assert is_inside(url, path) is inside


def test_the_path_of_a_file_is_its_folder() -> None:
    assert [path_of(f"https://x.example.fi{path}") for path in ("", "/", "/a/b/", "/a/b.html")] == [
        "",
        "",
        "/a/b",
        "/a",
    ]
