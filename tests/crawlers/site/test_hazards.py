"""Sites that lead a crawler astray, over real HTTP: what is told is read all the same, and the crawl ends."""

import gzip
from collections.abc import Callable

import pytest

from crawlers.harvest import Harvest
from tests.crawlers.site.worlds import World, html
from tests.web.misbehaving import MisbehavingServer, Reply, Request, Route, page, redirect

NAMES = ("Surukahvila", "Lukupiiri", "Boccia", "Kuoro", "Jooga", "Neulepiiri")
LINKS = "".join(f'<a href="/ryhmat/{name}">{name}</a>' for name in NAMES)
XML = {"Content-Type": "text/xml"}


def group(name: str, head: str = "", more: str = "") -> Reply:
    when = "kokoontuu tiistaisin klo 18–20 Järjestötalolla, Torikatu 1, 80100 Joensuu"
    return html(f"<h1>{name}</h1><p>{name} {when}.</p>{more}", head)


def groups(head: str = "") -> dict[str, Route]:
    """A front page with links to a page for each group."""
    return {"/": html(LINKS), **{f"/ryhmat/{name}": group(name, head) for name in NAMES}}


def crawled(routes: dict[str, Route], **source: object) -> tuple[Harvest, list[str]]:
    with MisbehavingServer(routes) as server:
        return World(server, **source).crawl(), server.paths


def titles(harvest: Harvest) -> set[str]:
    return {activity.title.best() for activity in harvest.records.values()}


@pytest.mark.parametrize(
    "target",
    [
        "/",
        "/fi/",
        "/poissa",
        "/ryhmat/Boccia",
        "/RYHMAT/",
        "",
        "http://[::1",
        "https://muu.example.fi/",
        "?a=1",
    ],
)
def test_a_template_with_one_canonical_address_for_all_pages_makes_no_two_pages_one(target: str) -> None:
    routes = groups(f'<link rel="canonical" href="{target}">') | {"/fi/": html("<p>Tervetuloa")}
    harvest, _ = crawled(routes)
    assert titles(harvest) == set(NAMES)
    assert harvest.complete


@pytest.mark.parametrize("form", ["/ryhmat/{}/", "/ryhmat/{}/index.html", "/ryhmat/{}?utm_source=x"])
def test_a_redirect_to_another_spelling_of_the_page_is_that_page(form: str) -> None:
    routes = groups()
    for name in NAMES:
        routes[form.format(name)] = routes[f"/ryhmat/{name}"]
        routes[f"/ryhmat/{name}"] = redirect(form.format(name), 301)
    harvest, _ = crawled(routes)
    assert titles(harvest) == set(NAMES)
    assert harvest.moved == {}, "nothing has moved"


class _AspNet(dict[str, Route]):
    """Keeps its session in the path, a new one for whoever comes without."""

    sessions = 0

    def get(self, key: str, default: object = None) -> Route | None:  # type: ignore[override]
        return self.answer if not key.startswith(("/robots", "/sitemap", "/wp-")) else None

    def answer(self, request: Request) -> Reply:
        if "(S(" not in request.path:
            self.sessions += 1
            return redirect(f"/(S(abc{self.sessions}def0123456789xyz)){request.path}")
        session, _, path = request.path[1:].partition("/")
        if path:
            return group(path.removesuffix(".aspx"))
        return html("".join(f'<a href="/{session}/{name}.aspx">{name}</a>' for name in NAMES))


def test_a_session_in_the_path_multiplies_no_pages() -> None:
    with MisbehavingServer({}) as server:
        server.routes = _AspNet()
        harvest = World(server).crawl()
        assert titles(harvest) == set(NAMES)
        assert len(server.paths) <= 3 + 2 * (len(NAMES) + 1)


def test_one_page_under_many_spellings_is_told_once() -> None:
    spellings = (
        "/r/boccia",
        "/r/boccia/",
        "/r/Boccia",
        "/R/BOCCIA",
        "/r/./boccia",
        "/r/boccia?utm_source=x",
        "/r/boccia#a",
    )
    routes: dict[str, Route] = {path: group("Boccia") for path in spellings}
    routes["/"] = html("".join(f'<a href="{path}">x</a>' for path in spellings))
    harvest, paths = crawled(routes)
    assert len(harvest.records) == 1
    assert sum("boccia" in path.lower() for path in paths) <= 3


@pytest.mark.parametrize(
    "body",
    [
        "<h1>Sivua ei löytynyt</h1><p>Hakemaasi sivua ei löytynyt. Kerho on tiistaisin klo 18 Torikatu 1.",
        "<title>404 – Sivua ei löytynyt</title><h1>Hups!</h1><p>Kerho on tiistaisin klo 18, Torikatu 1.",
        '<h1>Kirjaudu sisään</h1><form action="/x"><input name="a"><input type="password"></form>'
        "<p>Jäsensivut. Kerho kokoontuu tiistaisin klo 18, Torikatu 1.",
        "<h1>Käytämme evästeitä</h1><p>Hyväksy evästeet jatkaaksesi. Palvelemme ma–pe klo 9–15.",
        "<h1>Sivusto on huollossa</h1><p>Palaamme tiistaina klo 18.",
    ],
    ids=["not found", "404 in the title", "login", "cookies", "maintenance"],
)
def test_walls_and_pages_that_are_none_tell_no_activities(body: str) -> None:
    harvest, _ = crawled({"/": html(LINKS), "/ryhmat/Boccia": html(body), "/ryhmat/Kuoro": group("Kuoro")})
    assert titles(harvest) == {"Kuoro"}


def test_a_banner_about_cookies_hides_no_activity_and_is_none() -> None:
    banner = '<div id="cookiebanner"><h2>Evästeet</h2><p>Käytämme evästeitä ma klo 10.</p></div>'
    harvest, _ = crawled({"/": html(banner + LINKS), "/ryhmat/Boccia": group("Boccia", more=banner)})
    assert titles(harvest) == {"Boccia"}


def test_refreshes_in_a_circle_and_foreign_bases_end() -> None:
    def on(to: str) -> Reply:
        return html("", f'<meta http-equiv="refresh" content="0;url={to}">')

    _, paths = crawled({"/": on("/a"), "/a": on("/")})
    assert paths.count("/a") == 1
    _, paths = crawled({"/": html(LINKS, '<base href="https://muu.example.fi/">')})
    assert not any(path.startswith("/ryhmat") for path in paths)


def test_redirects_that_grow_without_end_are_ended_and_cost_one_page() -> None:
    class Growing(dict[str, Route]):
        def get(self, key: str, default: object = None) -> Route | None:  # type: ignore[override]
            return redirect(f"{key}x") if key.startswith("/kasvaa") else super().get(key)

    with MisbehavingServer({}) as server:
        server.routes = Growing(groups() | {"/": html(f'<a href="/kasvaa">x</a>{LINKS}')})
        harvest = World(server).crawl()
    assert titles(harvest) == set(NAMES)
    assert [trouble.reason for trouble in harvest.troubles] == ["redirect-limit"]
    assert harvest.complete


def _urlset(*urls: str, changed: str = "") -> bytes:
    last = f"<lastmod>{changed}</lastmod>" if changed else ""
    return ("<urlset>" + "".join(f"<url><loc>{url}</loc>{last}</url>" for url in urls) + "</urlset>").encode()


def _index(*urls: str) -> bytes:
    entries = "".join(f"<sitemap><loc>{url}</loc></sitemap>" for url in urls)
    return f"<sitemapindex>{entries}</sitemapindex>".encode()


BILLION = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "x">'
    + b"".join(b'<!ENTITY a%d "%s">' % (n, (b"&a%d;" % (n - 1) if n else b"&a;") * 10) for n in range(10))
    + b"]><urlset><url><loc>/s/&a9;</loc></url></urlset>"
)
OUTSIDE = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    b"<urlset><url><loc>/s/&x;</loc></url></urlset>"
)


@pytest.mark.parametrize(
    "sitemap",
    [
        lambda at: _urlset(*(at(f"/s/{n}") for n in range(50_000)), changed="2031-01-01"),
        lambda at: _urlset(*(f"https://muu.example.fi/{n}" for n in range(50))),
        lambda at: _urlset(at("/ryhmat/Boccia"), changed="2099-12-31T99:99:99"),
        lambda at: _index(at("/sitemap.xml"), at("/a.xml"), at("/sitemap.xml?2")),
        lambda at: _index(*(at(f"/sitemap.xml?{n}") for n in range(1000))),
        lambda at: BILLION,
        lambda at: OUTSIDE,
        lambda at: BILLION.replace(b"urlset", b"sitemapindex").replace(b"<url>", b"<sitemap>"),
        lambda at: b"<urlset>" * 50_000,
        lambda at: gzip.compress(bytes(50_000_000)),
        lambda at: b"\x1f\x8b" + bytes(99),
        lambda at: b"<html><h1>Etusivu</h1></html>",
        lambda at: _urlset(at("/ryhmat/Boccia"))[:-20],
        lambda at: "\ufeff".encode("utf-16-le") + _urlset(at("/ryhmat/Boccia")).decode().encode("utf-16-le"),
    ],
    ids=["50 000", "foreign", "no such day", "loop", "index of 1000", "billion laughs", "external entity",
         "laughs in an index", "deep", "bomb", "broken gzip", "HTML", "cut off", "UTF-16"],
)  # fmt: skip
@pytest.mark.parametrize("named", [True, False])
def test_a_sitemap_of_any_kind_costs_no_page(
    sitemap: Callable[[Callable[[str], str]], bytes], named: bool
) -> None:
    with MisbehavingServer(groups()) as server:
        body = sitemap(server.url)
        server.routes["/sitemap.xml"] = Reply(200, body, XML)
        if named:
            server.routes["/robots.txt"] = page(f"Sitemap: {server.url('/sitemap.xml')}", "text/plain")
        harvest = World(server, pages=60).crawl()
        assert titles(harvest) == set(NAMES)
        assert harvest.complete
        assert len(server.paths) <= 65
        assert not any("root:" in path for path in server.paths)


RULES = (
    "FREQ=SECONDLY", "FREQ=MINUTELY;COUNT=10000000", "FREQ=DAILY;UNTIL=99991231T000000Z",
    "FREQ=YEARLY;BYMONTHDAY=31;BYMONTH=2", "FREQ=MONTHLY;BYDAY=5XX", "FREQ=WEEKLY;INTERVAL=0",
    "FREQ=WEEKLY;INTERVAL=999999999999", "FREQ=HOURLY;BYSECOND=0,1,2,3",
    "FREQ=MONTHLY;BYSETPOS=-400;BYDAY=MO",
    "FREQ=JOSKUS", "", "FREQ=WEEKLY;BYDAY=" + ",".join(["TU"] * 10_000),
)  # fmt: skip


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule[:30])
@pytest.mark.parametrize("start", ["20301203T180000", "00010101T000000", "99991231T235959"])
def test_rules_of_calendars_that_never_end_or_never_begin_cost_that_event(rule: str, start: str) -> None:
    lines = (
        "BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VEVENT", "UID:1", "SUMMARY:Outo", f"DTSTART:{start}",
        f"RRULE:{rule}", "END:VEVENT", "BEGIN:VEVENT", "UID:2", "SUMMARY:Ilta", "DTSTART:20301203T180000",
        "END:VEVENT", "END:VCALENDAR", "",
    )  # fmt: skip
    routes = groups() | {"/": html(f'{LINKS}<a href="/k.ics">kalenteri</a>')}
    routes["/k.ics"] = Reply(200, "\r\n".join(lines).encode(), {"Content-Type": "text/calendar"})
    harvest, _ = crawled(routes)
    assert titles(harvest) - {"Outo"} == {*NAMES, "Ilta"}
