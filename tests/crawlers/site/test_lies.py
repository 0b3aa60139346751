"""Addresses in many spellings, walls and wrong clocks, as a whole crawl of a site meets them."""

import datetime as dt
import ssl
from functools import partial

import pytest
import trustme

from crawlers.fetch import tls_context
from tests.crawlers.fetch.worlds import TableResolver
from tests.crawlers.site.test_hazards import NAMES, group, groups, titles
from tests.crawlers.site.worlds import NOW, World, html
from tests.web.misbehaving import MisbehavingServer, Reply, Request, Route, page, redirect, validated

PATH = "/ryhm%C3%A4t/k%C3%A4velykerho"


def test_one_page_in_every_spelling_of_its_address_is_asked_for_once() -> None:
    with MisbehavingServer({}) as server:
        spellings = (
            "/ryhmät/kävelykerho",
            PATH.lower().replace("%c3", "%C3"),
            PATH.lower(),
            "/ryhm%C3%A4t/%6b%C3%A4velykerho",
            f"{PATH}#ajat",
            f"/muu/..{PATH}",
            f"{PATH}?utm_source=uutiskirje&fbclid=abc",
            f"http://LOCALHOST:{server.port}{PATH}",
            f"//localhost:{server.port}{PATH}",
            f"http://localhost.:{server.port}{PATH}",
        )
        server.routes["/"] = html("".join(f'<a href="{spelling}">x</a>' for spelling in spellings))
        server.routes[PATH] = group("Kävelykerho")
        world = World(server, url=f"http://localhost:{server.port}/")
        assert titles(world.crawl()) == {"Kävelykerho"}
        assert [path for path in server.paths if "velykerho" in path] == [PATH]


@pytest.mark.parametrize("start", ["http://KÄVELY.example.fi:{}/", "http://xn--kvely-gra.example.fi:{}/"])
def test_a_site_whose_name_has_letters_of_its_own_is_one_site_in_both_spellings(start: str) -> None:
    name = "xn--kvely-gra.example.fi"
    with MisbehavingServer({}) as server:
        links = (
            f"http://kävely.example.fi:{server.port}/ryhmat/Kuoro",
            f"http://www.{name}:{server.port}/ryhmat/Jooga",
        )
        canonical = f'<link rel="canonical" href="http://www.kävely.example.fi:{server.port}/ryhmat/Kuoro">'
        server.routes["/"] = html("".join(f'<a href="{link}">x</a>' for link in links))
        server.routes["/ryhmat/Kuoro"] = group("Kuoro")
        server.routes["/ryhmat/Jooga"] = group("Jooga")
        server.routes["/kopio"] = group("Kuoro", canonical)
        server.routes["/robots.txt"] = page(
            f"Sitemap: http://kävely.example.fi:{server.port}/kartta.xml", "text/plain; charset=utf-8"
        )
        server.routes["/kartta.xml"] = Reply(
            200,
            f"<urlset><url><loc>http://kävely.example.fi:{server.port}/kopio</loc></url></urlset>".encode(),
        )
        table = TableResolver({name: ["127.0.0.1"], f"www.{name}": ["127.0.0.1"]})
        world = World(server, url=start.format(server.port))
        world.allowed = frozenset({f"{name}:{server.port}", f"www.{name}:{server.port}"})
        harvest = world.crawl(resolver=table)
        assert titles(harvest) == {"Kuoro", "Jooga"}
        assert harvest.dropped["another address is canonical"] == 1
        assert harvest.complete


def test_addresses_without_end_are_left_out_and_the_others_read() -> None:
    endless = "".join(f'<a href="/ryhmat/{"x" * size}">x</a>' for size in (8_000, 9_000, 100_000, 2_000_000))
    with MisbehavingServer(
        groups() | {"/": html(endless + "".join(f'<a href="/ryhmat/{n}">' for n in NAMES))}
    ) as server:
        assert titles(World(server).crawl()) == set(NAMES)
        assert max(map(len, server.paths)) < 8_192


def _behind_a_wall(request: Request, inner: Reply, elsewhere: str = "") -> Reply:
    """Sends everyone without its cookie to a page that sets one and sends back."""
    if "suostumus" in request.headers.get("cookie", ""):
        return inner
    if request.path.startswith("/evasteet"):
        back = request.path.partition("paluu=")[2]
        return Reply(302, b"", {"Location": back, "Set-Cookie": "suostumus=1"})
    return Reply(302, b"", {"Location": f"{elsewhere}/evasteet?paluu={request.path}"})


def test_a_wall_that_wants_a_cookie_before_every_page_ends_in_its_circle_and_takes_nothing_away() -> None:
    with MisbehavingServer({}) as server:
        for path, reply in (groups() | {"/evasteet": Reply(404)}).items():
            assert isinstance(reply, Reply)
            server.routes[path] = partial(_behind_a_wall, inner=reply)
        harvest = World(server).crawl()
        assert [trouble.reason for trouble in harvest.troubles] == ["redirect-loop"]
        assert not harvest.complete
        assert len([path for path in server.paths if "evasteet" in path]) <= 2


def test_a_wall_on_inner_pages_costs_those_pages() -> None:
    routes = groups()
    walled = routes["/ryhmat/Boccia"]
    assert isinstance(walled, Reply)
    routes["/ryhmat/Boccia"] = lambda request: _behind_a_wall(request, walled)
    routes["/evasteet"] = lambda request: _behind_a_wall(request, walled)
    with MisbehavingServer(routes) as server:
        harvest = World(server).crawl()
        assert titles(harvest) == set(NAMES) - {"Boccia"}
        assert [trouble.reason for trouble in harvest.troubles] == ["redirect-loop"]


@pytest.mark.parametrize("seconds", [0, 5])
def test_a_front_page_that_refreshes_to_another_host_is_a_site_that_moved(seconds: int) -> None:
    with MisbehavingServer(groups()) as new:
        there = new.url("/").replace("127.0.0.1", "localhost")
        told = html("<p>Olemme muuttaneet.", f'<meta http-equiv="refresh" content="{seconds}; URL={there}">')
        with MisbehavingServer({"/": told}) as old:
            world = World(old)
            world.allowed |= {f"localhost:{new.port}"}
            harvest = world.crawl()
            assert titles(harvest) == set(NAMES)
            assert harvest.moved == {old.url("/"): there}
            assert harvest.complete


def test_an_inner_page_that_refreshes_to_another_host_leads_nowhere() -> None:
    with MisbehavingServer(groups()) as other:
        there = other.url("/").replace("127.0.0.1", "localhost")
        away = html("", f'<meta http-equiv="refresh" content="0; URL={there}">')
        with MisbehavingServer({"/": html('<a href="/ryhmat/ulos">x</a>'), "/ryhmat/ulos": away}) as server:
            world = World(server)
            world.allowed |= {f"localhost:{other.port}"}
            assert world.crawl().moved == {}
            assert other.requests == []


def _tls(authority: trustme.CA, name: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    return context


def test_a_safe_line_that_leads_to_an_open_one_is_followed_and_told() -> None:
    # The site itself says so, over a line that is verified, and nothing of ours goes over the open one.
    authority, name = trustme.CA(), "kaiku.example.fi"
    with MisbehavingServer(groups()) as plain, MisbehavingServer({}, tls=_tls(authority, name)) as safe:
        safe.routes["/"] = redirect(f"http://{name}:{plain.port}/", 302)
        world = World(safe, url=f"https://{name}:{safe.port}/")
        world.allowed = frozenset({f"{name}:{safe.port}", f"{name}:{plain.port}"})
        harvest = world.crawl(
            resolver=TableResolver({name: ["127.0.0.1"]}),
            tls=tls_context(authority.cert_pem.bytes().decode()),
        )
        assert titles(harvest) == set(NAMES)
        assert [(trouble.where, trouble.reason) for trouble in harvest.troubles] == [
            (f"https://{name}:{safe.port}/", "leads from https to http")
        ]
        assert harvest.complete


def test_two_lines_that_lead_to_each_other_end() -> None:
    authority, name = trustme.CA(), "kaiku.example.fi"
    with MisbehavingServer({}) as plain, MisbehavingServer({}, tls=_tls(authority, name)) as safe:
        safe.routes["/"] = redirect(f"http://{name}:{plain.port}/", 302)
        plain.routes["/"] = redirect(f"https://{name}:{safe.port}/", 301)
        world = World(safe, url=f"https://{name}:{safe.port}/")
        world.allowed = frozenset({f"{name}:{safe.port}", f"{name}:{plain.port}"})
        harvest = world.crawl(
            resolver=TableResolver({name: ["127.0.0.1"]}),
            tls=tls_context(authority.cert_pem.bytes().decode()),
        )
        assert [trouble.reason for trouble in harvest.troubles] == ["redirect-loop"]
        assert not harvest.complete


def _listed(server: MisbehavingServer, changed: str) -> Route:
    url = server.url("/ryhmat/Kuoro")
    return Reply(200, f"<urlset><url><loc>{url}</loc><lastmod>{changed}</lastmod></url></urlset>".encode())


def test_a_clock_that_was_a_year_ahead_hides_no_change_once_it_goes_right() -> None:
    with MisbehavingServer({"/": html("<p>Tervetuloa"), "/ryhmat/Kuoro": group("Kuoro")}) as server:
        server.routes["/sitemap.xml"] = _listed(server, "2026-11-01")
        world = World(server)
        world.crawl(NOW + dt.timedelta(days=365))
        server.routes["/sitemap.xml"] = _listed(server, "2026-11-20")
        server.routes["/ryhmat/Kuoro"] = group("Sekakuoro")
        assert titles(world.crawl(NOW)) == {"Sekakuoro"}


@pytest.mark.parametrize("changed", ["2099-01-01", "1970-01-01", "0001-01-01T00:00:00+14:00"])
def test_a_sitemap_whose_days_are_wrong_hides_a_change_for_a_week_at_most(changed: str) -> None:
    with MisbehavingServer({"/": html("<p>Tervetuloa")}) as server:
        server.routes["/sitemap.xml"] = _listed(server, changed)
        server.routes["/ryhmat/Kuoro"] = validated(group("Kuoro").body)
        world = World(server)
        world.crawl(NOW)
        server.routes["/ryhmat/Kuoro"] = validated(group("Sekakuoro").body, etag='"v2"')
        assert titles(world.crawl(NOW + dt.timedelta(days=8))) == {"Sekakuoro"}


def test_a_304_for_a_page_never_seen_leaves_the_crawl_incomplete_and_the_others_read() -> None:
    with MisbehavingServer(groups() | {"/ryhmat/Boccia": Reply(304)}) as server:
        harvest = World(server).crawl()
        assert titles(harvest) == set(NAMES) - {"Boccia"}
        assert [trouble.reason for trouble in harvest.troubles] == ["http-304"]
        assert not harvest.complete
