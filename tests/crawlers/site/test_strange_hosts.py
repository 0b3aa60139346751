"""Hosts that are not what they seem: doors to platforms, one answer for all, files called pages."""

import gzip
import io
import zipfile
from itertools import count

import pytest

from crawlers.harvest import Harvest
from tests.crawlers.fetch.worlds import TableResolver
from tests.crawlers.site.test_hazards import LINKS, NAMES, XML, group, groups, titles
from tests.crawlers.site.worlds import World, html
from tests.web.misbehaving import MisbehavingServer, Reply, Request, Route, page, redirect


def hosts(server: MisbehavingServer, *names: str, start: str) -> Harvest:
    """A crawl in a world where each of the names leads to the one server."""
    world = World(server, url=f"http://{start}:{server.port}/")
    world.allowed = frozenset(f"{name}:{server.port}" for name in names)
    return world.crawl(resolver=TableResolver({name: ["127.0.0.1"] for name in names}))


class Hosts(dict[str, Route]):
    """Routes by host: "kaiku.example.fi/" is the front page of one, "liitto.example.fi/" of another."""

    def get(self, key: str, default: object = None) -> Route | None:  # type: ignore[override]
        def answer(request: Request) -> Reply:
            host = request.headers["host"].partition(":")[0]
            found = self[host + request.path] if host + request.path in self else Reply(404)
            return found if isinstance(found, Reply) else Reply(500)

        return answer


def moved_on(to: str, way: str) -> Reply:
    if way == "refresh":
        return html("", f'<meta http-equiv="refresh" content="0;url={to}">')
    if way == "script":
        return html(f"<script>window.location.href = '{to}';</script>")
    return redirect(to, int(way))


WAYS = ("301", "302", "refresh", "script")
PLATFORMS = (
    "www.facebook.com",
    "linktr.ee",
    "www.instagram.com",
    "forms.office.com",
    "www.wix.com",
    "sedo.com",
)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_door_to_a_platform_is_no_site(way: str, platform: str) -> None:
    with MisbehavingServer({}) as server:
        server.routes = Hosts(
            {
                "kaiku.example.fi/": moved_on(f"http://{platform}:{server.port}/kaikury", way),
                f"{platform}/kaikury": html(
                    "<h1>Kaiku</h1><p>Kerho kokoontuu tiistaisin klo 18.</p><a href='/muut'>Muut</a>"
                ),
                f"{platform}/muut": group("Boccia"),
            }
        )
        harvest = hosts(server, "kaiku.example.fi", platform, start="kaiku.example.fi")
    assert titles(harvest) == set()
    assert not harvest.complete
    assert any("platform" in trouble.reason for trouble in harvest.troubles)
    assert "/muut" not in server.paths


@pytest.mark.parametrize("way", WAYS)
def test_a_site_that_moved_into_a_corner_of_its_union_is_read_in_that_corner(way: str) -> None:
    with MisbehavingServer({}) as server:
        corner = "/yhdistykset/kaiku"
        menu = "".join(f'<a href="{corner}/{name}">{name}</a>' for name in NAMES)
        routes: dict[str, Route] = {
            "kaiku.example.fi/": moved_on(f"http://liitto.example.fi:{server.port}{corner}/", way),
            f"liitto.example.fi{corner}/": html(menu + '<a href="/liiton/leirit">Liitto</a>'),
            "liitto.example.fi/liiton/leirit": group("Leiri"),
            "liitto.example.fi/": html("<a href='/liiton/leirit'>Leirit</a>"),
        }
        routes |= {f"liitto.example.fi{corner}/{name}": group(name) for name in NAMES}
        server.routes = Hosts(routes)
        harvest = hosts(server, "kaiku.example.fi", "liitto.example.fi", start="kaiku.example.fi")
    assert titles(harvest) == set(NAMES)
    assert "/liiton/leirit" not in server.paths


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("front", ["/", "/fi/", "/etusivu", "/index.php"])
def test_a_site_that_moved_to_a_host_of_its_own_is_read_whole(way: str, front: str) -> None:
    with MisbehavingServer({}) as server:
        routes: dict[str, Route] = {
            "kaiku.example.fi/": moved_on(f"http://kaikury.example.fi:{server.port}{front}", way),
            f"kaikury.example.fi{front}": html(LINKS),
        }
        routes |= {f"kaikury.example.fi/ryhmat/{name}": group(name) for name in NAMES}
        server.routes = Hosts(routes)
        harvest = hosts(server, "kaiku.example.fi", "kaikury.example.fi", start="kaiku.example.fi")
    assert titles(harvest) == set(NAMES)


def test_a_front_page_that_only_a_script_leads_on_from_is_followed_on_its_host() -> None:
    for script in (
        'window.location = "/etusivu.html"',
        "location.replace('/etusivu.html');",
        "top.location.href='etusivu.html'",
    ):
        routes = groups() | {"/": html(f"<script>{script}</script>"), "/etusivu.html": html(LINKS)}
        with MisbehavingServer(routes) as server:
            assert titles(World(server).crawl()) == set(NAMES), script


def test_a_script_that_leads_on_from_a_page_with_text_is_left_alone() -> None:
    body = (
        LINKS + "<p>" + "Kerho kokoontuu. " * 20 + "</p><script>function f(){location.href='/pois'}</script>"
    )
    with MisbehavingServer(groups() | {"/": html(body)}) as server:
        assert titles(World(server).crawl()) == set(NAMES)
        assert "/pois" not in server.paths


class _OneForAll(dict[str, Route]):
    """Answers 200 with one page whatever is asked, links that grow with the address in it."""

    def get(self, key: str, default: object = None) -> Route | None:  # type: ignore[override]
        if key in self:
            return self[key]
        return html(
            '<h1>Tervetuloa</h1><a href="ryhmat/a/">Ryhmät</a><a href="toiminta/">Toiminta</a>'
            '<a href="/ryhmat/Boccia">Boccia</a>'
        )


def test_a_host_with_one_answer_for_every_address_ends_and_hides_nothing() -> None:
    with MisbehavingServer({}) as server:
        server.routes = _OneForAll({"/ryhmat/Boccia": group("Boccia")})
        harvest = World(server).crawl()
        assert titles(harvest) == {"Boccia"}
        assert len(server.paths) < 30


def test_rules_for_robots_that_are_a_page_forbid_nothing() -> None:
    rules = html("<h1>Sivua ei löytynyt</h1><p>User-agent: *</p><pre>Disallow: /</pre>")
    with MisbehavingServer(groups() | {"/robots.txt": rules}) as server:
        harvest = World(server).crawl()
    assert titles(harvest) == set(NAMES)
    assert harvest.complete


@pytest.mark.parametrize(
    "query",
    [
        "?kk={}&vuosi=2027",
        "?month={}",
        "?kuukausi={}",
        "?start={}",
        "?viikko={}",
        "?offset={}&nayta=kalenteri",
        "?date=2026-W{}",
    ],
)
def test_a_calendar_under_any_name_of_its_page_ends(query: str) -> None:
    numbers = count(1)

    def leaf(_: Request) -> Reply:
        number = next(numbers)
        onward = "".join(f'<a href="/kalenteri{query.format(number * 7 + k)}">Seuraava</a>' for k in range(3))
        return html(f"<h1>Kalenteri</h1>{onward}")

    class Leaves(dict[str, Route]):
        def get(self, key: str, default: object = None) -> Route | None:  # type: ignore[override]
            return self[key] if key in self else leaf if key.startswith("/kalenteri") else None

    with MisbehavingServer({}) as server:
        front = html(LINKS + f'<a href="/kalenteri{query.format(1)}">Kalenteri</a>')
        server.routes = Leaves(groups() | {"/": front})
        harvest = World(server).crawl()
        assert titles(harvest) == set(NAMES)
        assert len(server.paths) < 160


@pytest.mark.parametrize("name", ["sid", "PHPSESSID", "s", "session", "SID", "token", "oscsid", "jsessionid"])
def test_a_session_in_the_query_multiplies_no_pages(name: str) -> None:
    numbers = count(1)

    def fresh() -> str:
        return f"{name}={next(numbers):08x}c0ffee0123456789ab"

    class Sessions(dict[str, Route]):
        def get(self, key: str, default: object = None) -> Route | None:  # type: ignore[override]
            path = key.partition("?")[0]
            menu = "".join(f'<a href="/ryhmat/{n}?{fresh()}">{n}</a>' for n in NAMES)
            if path == "/":
                return html(menu)
            return group(path[8:], more=menu) if path.startswith("/ryhmat/") else None

    with MisbehavingServer({}) as server:
        server.routes = Sessions()
        harvest = World(server).crawl()
        assert titles(harvest) == set(NAMES)
        assert len(server.paths) < 60


def test_a_page_that_prints_its_clock_under_two_addresses_is_told_once() -> None:
    numbers = count()

    def clocked(_: Request) -> Reply:
        return group("Boccia", more=f"<footer>Sivu luotu {next(numbers)} sekunnissa</footer>")

    links = (
        '<a href="/ryhmat/Boccia">a</a><a href="/Ryhmat/boccia">b</a><a href="/index.php?sivu=boccia">c</a>'
    )
    routes: dict[str, Route] = {"/": html(links)}
    routes |= dict.fromkeys(("/ryhmat/Boccia", "/Ryhmat/boccia", "/index.php?sivu=boccia"), clocked)
    with MisbehavingServer(routes) as server:
        assert len(World(server).crawl().records) == 1


@pytest.mark.parametrize("charset", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-32"])
@pytest.mark.parametrize("told", [True, False])
def test_pages_in_wide_letters_are_read(charset: str, told: bool) -> None:
    body = group("Äijäkerho").body.decode("utf-8").encode(charset)
    named = charset.removesuffix("-sig")
    kind = {"Content-Type": f"text/html; charset={named}" if told else "text/html"}
    routes = {"/": html('<a href="/ryhmat/a">Ryhmä</a>'), "/ryhmat/a": Reply(200, body, kind)}
    with MisbehavingServer(routes) as server:
        assert titles(World(server).crawl()) == {"Äijäkerho"}


def _document(name: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(name, "<w:t>Kerho kokoontuu tiistaisin klo 18.</w:t>" * 50)
    return packed.getvalue()


@pytest.mark.parametrize(
    "body",
    [
        _document("word/document.xml"),
        _document("content.xml"),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"Kerho tiistaisin klo 18. " * 99,
        b"%PDF-1.7\nKerho kokoontuu tiistaisin klo 18.",
        b"{\\rtf1\\ansi Kerho kokoontuu tiistaisin klo 18, Torikatu 1.}",
        b"BEGIN:VCARD\r\nFN:Kerho tiistaisin klo 18\r\nEND:VCARD\r\n",
        b'{"data": "Kerho kokoontuu tiistaisin klo 18, Torikatu 1"}',
    ],
    ids=["docx", "odt", "doc", "pdf", "rtf", "vcard", "json"],
)
def test_files_that_call_themselves_pages_tell_nothing(body: bytes) -> None:
    file = Reply(200, body, {"Content-Type": "text/html; charset=utf-8"})
    routes = {"/": html(LINKS + '<a href="/toiminta/ohjelma">Ohjelma</a>'), "/toiminta/ohjelma": file}
    with MisbehavingServer(groups() | routes) as server:
        assert titles(World(server).crawl()) == set(NAMES)


def test_a_sitemap_that_lists_another_host_asks_nobody_there() -> None:
    foreign = "".join(f"<url><loc>https://muu.example.fi/{n}</loc></url>" for n in range(50))
    with MisbehavingServer(groups()) as server:
        server.routes["/robots.txt"] = page(
            "Sitemap: https://muu.example.fi/sitemap.xml\nSitemap: /kartta.xml", "text/plain"
        )
        server.routes["/kartta.xml"] = Reply(200, f"<urlset>{foreign}</urlset>".encode(), XML)
        harvest = World(server).crawl()
    assert titles(harvest) == set(NAMES)
    assert harvest.complete
    assert harvest.troubles == []


def test_sitemaps_that_lead_to_themselves_and_on_and_on_end() -> None:
    numbers = count(1)

    class Maps(dict[str, Route]):
        def get(self, key: str, default: object = None) -> Route | None:  # type: ignore[override]
            if key in self:
                return self[key]
            if not key.startswith("/sitemap"):
                return None
            onward = ("/sitemap.xml", f"/sitemap-{next(numbers)}.xml", f"/sitemap-{next(numbers)}.xml")
            listed = "".join(f"<sitemap><loc>{url}</loc></sitemap>" for url in onward)
            return Reply(200, f"<sitemapindex>{listed}</sitemapindex>".encode(), XML)

    with MisbehavingServer({}) as server:
        server.routes = Maps(groups())
        assert titles(World(server).crawl()) == set(NAMES)
        assert sum("sitemap" in path for path in server.paths) <= 30


def test_a_packed_sitemap_of_hundreds_of_megabytes_costs_no_page() -> None:
    bomb = gzip.compress(b"<urlset>" + b"<url><loc>/a</loc></url>" * 8_000_000)
    routes = groups() | {
        "/robots.txt": page("Sitemap: /kartta.xml.gz", "text/plain"),
        "/kartta.xml.gz": Reply(200, bomb, {"Content-Type": "application/gzip"}),
    }
    with MisbehavingServer(routes) as server:
        assert titles(World(server).crawl()) == set(NAMES)


def test_refreshes_one_after_the_other_end() -> None:
    class Chain(dict[str, Route]):
        def get(self, key: str, default: object = None) -> Route | None:  # type: ignore[override]
            if key in self:
                return self[key]
            if not key.startswith("/askel"):
                return None
            step = int(key.removeprefix("/askel")) + 1
            return html("Odota", f'<meta http-equiv="refresh" content="0;url=/askel{step}">')

    with MisbehavingServer({}) as server:
        server.routes = Chain(groups() | {"/": html(LINKS + '<a href="/askel1">Ohjelma</a>')})
        assert titles(World(server).crawl()) == set(NAMES)
        assert sum("askel" in path for path in server.paths) < 30


@pytest.mark.parametrize(
    "form",
    ["\\ryhmat\\{}", " /ryhmat/{} ", "/ryhmat/\n{}", "./ryhmat/{}", "/ryhmat//{}", "//{host}/ryhmat/{}"],
)
def test_links_as_careless_hands_write_them_lead_on(form: str) -> None:
    with MisbehavingServer(groups()) as server:
        host = f"{server.host}"
        links = "".join(
            f'<a href="{form.replace("{host}", host).replace("{}", name)}">x</a>' for name in NAMES
        )
        server.routes["/"] = html(links)
        for name in NAMES:
            server.routes[f"/ryhmat//{name}"] = group(name)
        assert titles(World(server).crawl()) == set(NAMES)


def test_a_parked_name_tells_no_activities() -> None:
    body = "<h1>kaiku.example.fi on myynnissä</h1>"
    body += "<p>Osta verkkotunnus! Palvelemme ma–pe klo 9–17, Torikatu 1.</p>"
    with MisbehavingServer({"/": html(body)}) as server:
        assert titles(World(server).crawl()) == set()


def test_pages_mirrored_in_a_second_language_without_a_word_about_it_are_told_once() -> None:
    fi = {f"/ryhmat/{name}": group(name) for name in NAMES[:2]}
    sv = {
        f"/sv/grupper/{name}": html(
            f"<h1>{name}</h1><p>{name} träffas på tisdagar kl. 18–20, Torikatu 1, 80100 Joensuu.</p>",
            language="sv",
        )
        for name in NAMES[:2]
    }
    links = "".join(f'<a href="{path}">x</a>' for path in (*fi, *sv))
    with MisbehavingServer({"/": html(links), **fi, **sv}) as server:
        harvest = World(server).crawl()
    assert len(harvest.records) == 2
