import logging
from datetime import time, timedelta

import pytest

from crawlers.fetch import Budget, MemoryCache, Window, content
from schemas.errors import FetchError
from tests.crawlers.fetch.worlds import NIGHT, FakeClock, TableResolver, fetcher, network, reason
from tests.web.misbehaving import (
    MisbehavingServer,
    Reply,
    Route,
    gzipped,
    in_turn,
    page,
    redirect,
    reset,
    validated,
)

PAGE = page("<h1>Hei</h1>")


def test_a_page_comes_with_everything_known_about_it() -> None:
    with MisbehavingServer({"/": page("<h1>Äänekoski</h1>", X_Own="1")}) as server:
        response = fetcher(server).get(server.url("/#osa"))
        assert (response.status, response.text, response.charset) == (200, "<h1>Äänekoski</h1>", "utf-8")
        assert response.url == server.url("/#osa")
        assert response.final_url == server.url("/")
        assert response.headers["x-own"] == "1"
        assert response.content_type == "text/html"
        assert response.fetched_at == NIGHT
        assert not response.not_modified
        assert response.permanent_redirect is None


def test_every_request_says_who_asks() -> None:
    with MisbehavingServer({"/": PAGE}) as server:
        fetcher(server).get(server.url("/"), accept=content.JSON)
        for request in server.requests:
            assert request.headers["user-agent"] == "Vierelle/0.1 (+https://example.fi/vierelle)"
            assert request.headers["host"] == server.host
        assert server.requests[-1].headers["accept"] == content.JSON


def test_an_unchanged_page_costs_a_304_and_still_has_its_body() -> None:
    cache, clock = MemoryCache(), FakeClock()
    modified = "Mon, 02 Feb 2026 10:00:00 GMT"
    with MisbehavingServer({"/": validated(b"<h1>Hei</h1>", modified=modified)}) as server:
        fetcher(server, over=network(cache=cache, clock=clock)).get(server.url("/"))
        clock.advance(hours=1)
        again = network(cache=cache, clock=clock)
        response = fetcher(server, over=again).get(server.url("/"))
        assert (response.status, response.not_modified, response.same_body) == (200, True, True)
        assert response.text == "<h1>Hei</h1>"
        assert response.headers["content-type"] == "text/html; charset=utf-8"
        assert response.fetched_at == NIGHT + timedelta(hours=1)
        assert server.requests[-1].headers["if-modified-since"] == modified
        assert again.tally.snapshot()[server.host].not_modified == 1
        assert again.tally.snapshot()[server.host].fetched == 0


def test_a_changed_page_replaces_the_old_one() -> None:
    cache = MemoryCache()
    with MisbehavingServer({"/": validated(b"yksi", '"1"')}) as server:
        over = network(cache=cache)
        fetcher(server, over=over).get(server.url("/"))
        server.routes["/"] = validated(b"kaksi", '"2"')
        changed = fetcher(server, over=over).get(server.url("/"))
        assert (changed.text, changed.not_modified, changed.same_body) == ("kaksi", False, False)
        assert fetcher(server, over=over).get(server.url("/")).not_modified


def test_the_same_bytes_are_noticed_without_validators() -> None:
    with MisbehavingServer({"/": PAGE}) as server:
        fetch = fetcher(server)
        assert not fetch.get(server.url("/")).same_body
        again = fetch.get(server.url("/"))
        assert again.same_body
        assert not again.not_modified


def test_unconditional_means_asked_anew_and_another_accept_too() -> None:
    with MisbehavingServer({"/": validated(b"<p>")}) as server:
        fetch = fetcher(server)
        fetch.get(server.url("/"))
        assert not fetch.get(server.url("/"), conditional=False).not_modified
        assert not fetch.get(server.url("/"), accept=content.XML).not_modified
        assert all("if-none-match" not in request.headers for request in server.requests)


def test_no_store_is_not_stored_and_a_gone_page_is_forgotten() -> None:
    with MisbehavingServer(
        {"/": page("a", Cache_Control="no-store", ETag='"1"'), "/b": validated(b"b")}
    ) as server:
        fetch = fetcher(server)
        fetch.get(server.url("/"))
        fetch.get(server.url("/"))
        assert "if-none-match" not in server.requests[-1].headers
        fetch.get(server.url("/b"))
        server.routes["/b"] = Reply(410)
        assert reason(fetch, server.url("/b")) == "http-410"
        server.routes["/b"] = validated(b"b")
        assert not fetch.get(server.url("/b")).not_modified


def test_a_304_that_nobody_asked_for_is_an_error() -> None:
    with MisbehavingServer({"/": Reply(304)}) as server:
        assert reason(fetcher(server), server.url("/")) == "http-304"


@pytest.mark.parametrize("status", [206, 300, 400, 401, 403, 404, 418, 451, 500, 501])
def test_other_statuses_end_the_fetch_without_retries(status: int) -> None:
    with MisbehavingServer({"/": Reply(status, b"x")}) as server:
        assert reason(fetcher(server, retries=3), server.url("/")) == f"http-{status}"
        assert server.paths.count("/") == 1


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_passing_troubles_are_tried_again_with_growing_rests(status: int) -> None:
    clock = FakeClock()
    with MisbehavingServer({"/": in_turn(Reply(status), Reply(status), PAGE)}) as server:
        response = fetcher(server, over=network(clock=clock), retries=2, backoff_s=2.0).get(server.url("/"))
        assert response.status == 200
        assert 1.0 <= clock.slept[0] <= 2.0 <= clock.slept[1] <= 4.0


def test_tries_are_bounded_and_counted() -> None:
    over = network()
    with MisbehavingServer({"/": Reply(503), "/b": reset()}) as server:
        assert reason(fetcher(server, over=over, retries=2), server.url("/")) == "http-503"
        assert server.paths.count("/") == 3
        assert reason(fetcher(server, over=over, retries=1), server.url("/b")) == "connection-lost"
        # Once over the connection kept from before, which may just have grown too old: that is no try.
        assert server.paths.count("/b") == 3
        assert over.tally.snapshot()[server.host].retried == 3


def test_retry_after_is_honoured_when_it_is_bearable() -> None:
    clock = FakeClock()
    with MisbehavingServer({"/": in_turn(Reply(429, b"", {"Retry-After": "17"}), PAGE)}) as server:
        assert fetcher(server, over=network(clock=clock), retries=1).get(server.url("/")).status == 200
        assert clock.monotonic() == pytest.approx(17)


def test_a_server_that_wants_hours_is_left_alone_for_hours() -> None:
    clock = FakeClock()
    with MisbehavingServer({"/": Reply(503, b"", {"Retry-After": "7200"}), "/b": PAGE}) as server:
        fetch = fetcher(server, over=network(clock=clock), retries=5, budget=Budget(seconds=1e6))
        assert reason(fetch, server.url("/")) == "http-503"
        assert reason(fetch, server.url("/b")) == "retry-later"
        assert server.paths == ["/robots.txt", "/"]
        assert clock.slept == []
        clock.advance(hours=2)
        assert fetch.get(server.url("/b")).status == 200


def test_redirects_are_followed_and_told() -> None:
    routes: dict[str, Route] = {"/a": redirect("b?x=ä"), "/b": redirect("/c#osa", 307), "/c": PAGE}
    with MisbehavingServer(routes) as server:
        response = fetcher(server).get(server.url("/a"))
        assert response.final_url == server.url("/c")
        assert response.redirects == (server.url("/a"), server.url("/b?x=ä"))
        assert response.permanent_redirect is None


@pytest.mark.parametrize(
    ("statuses", "moved_to"),
    [([301], "/1"), ([308, 301], "/2"), ([301, 302], "/1"), ([302, 301], None), ([303], None)],
)
def test_a_move_for_good_is_told_as_far_as_it_is_for_good(statuses: list[int], moved_to: str | None) -> None:
    routes: dict[str, Route] = {f"/{n}": redirect(f"/{n + 1}", status) for n, status in enumerate(statuses)}
    with MisbehavingServer({**routes, f"/{len(statuses)}": PAGE}) as server:
        moved = fetcher(server).get(server.url("/0")).permanent_redirect
        assert moved == (server.url(moved_to) if moved_to else None)


@pytest.mark.parametrize(
    ("routes", "expected"),
    [
        ({"/": redirect("/")}, "redirect-loop"),
        ({"/": redirect("/b"), "/b": redirect("/#x")}, "redirect-loop"),
        ({"/": Reply(302)}, "redirect-bad"),
        ({"/": redirect("http://[rikki/")}, "redirect-bad"),
        ({"/": redirect("ftp://example.fi/")}, "scheme"),
        ({"/": redirect("javascript:alert(1)")}, "scheme"),
        ({"/": redirect("http://127.0.0.1/")}, "private-address"),
        ({"/": redirect("http://127.0.0.1:1/")}, "port"),
        ({"/": redirect("http://169.254.169.254/latest/meta-data/")}, "private-address"),
        ({"/": redirect("//[::ffff:7f00:1]/")}, "private-address"),
        ({"/": redirect("http://2130706433/")}, "private-address"),
        ({"/": redirect("http://sisainen.example.fi/")}, "private-address"),
        ({"/": redirect("http://localhost/")}, "private-address"),
        ({"/": redirect("http://matti:salasana@example.fi/")}, "bad-url"),
        ({"/": redirect("http://example.fi:22/")}, "port"),
        ({"/": redirect("http://" + "a" * 9000 + ".fi/")}, "bad-url"),
        ({"/": redirect("data:text/html,<p>")}, "scheme"),
    ],
)
def test_redirects_lead_nowhere_they_should_not(routes: dict[str, Route], expected: str) -> None:
    resolver = TableResolver({"sisainen.example.fi": ["10.1.2.3"]})
    with MisbehavingServer(routes) as server:
        assert reason(fetcher(server, over=network(resolver=resolver)), server.url("/")) == expected


def test_a_way_that_is_too_long_ends() -> None:
    routes = {f"/{n}": redirect(f"/{n + 1}") for n in range(20)}
    with MisbehavingServer(routes) as server:
        assert reason(fetcher(server, max_redirects=3), server.url("/0")) == "redirect-limit"
        assert server.paths == ["/robots.txt", "/0", "/1", "/2", "/3"]


def test_cookies_are_not_taken() -> None:
    with MisbehavingServer({"/": page("a", Set_Cookie="sid=1"), "/b": PAGE}) as server:
        fetch = fetcher(server)
        assert "set-cookie" not in fetch.get(server.url("/")).headers
        fetch.get(server.url("/b"))
        assert all("cookie" not in request.headers for request in server.requests)


def test_outside_its_window_a_source_is_not_asked() -> None:
    clock = FakeClock()
    night = (Window(time(1), time(4), "UTC"),)
    with MisbehavingServer({"/": PAGE}) as server:
        fetch = fetcher(server, over=network(clock=clock), windows=night, budget=Budget(seconds=1e6))
        fetch.get(server.url("/"))
        clock.advance(hours=3)
        assert reason(fetch, server.url("/")) == "outside-window"
        assert len(server.requests) == 2


@pytest.mark.parametrize(
    ("budget", "expected"),
    [
        (Budget(pages=2), "budget-pages"),
        (Budget(bytes=2 * 12), "budget-bytes"),
        (Budget(seconds=19.0), "budget-seconds"),
    ],
)
def test_a_site_may_cost_so_much_and_no_more(budget: Budget, expected: str) -> None:
    clock = FakeClock()
    with MisbehavingServer({"/": PAGE}) as server:
        fetch = fetcher(server, over=network(clock=clock), budget=budget)
        fetch.get(server.url("/"))
        if expected != "budget-seconds":
            fetch.get(server.url("/"))
        else:
            clock.advance(seconds=19)
        assert reason(fetch, server.url("/")) == expected


@pytest.mark.parametrize("sick", [Reply(500), Reply(429), reset()])
def test_a_sick_server_is_left_alone_after_a_while(sick: Route) -> None:
    over = network()
    with MisbehavingServer({"/robots.txt": Reply(404), "/good": PAGE, "/bad": sick}) as server:
        fetch = fetcher(server, over=over, patience=3)
        for path in ("/bad", "/bad", "/good", "/bad", "/bad", "/nowhere", "/bad"):
            if path == "/good":
                fetch.get(server.url(path))
            else:
                assert reason(fetch, server.url(path)) != "host-down"
        asked = len(server.requests)
        assert reason(fetch, server.url("/good")) == "host-down"
        assert len(server.requests) == asked
        assert fetcher(server, over=over).get(server.url("/good")).status == 200


def test_connections_are_kept_and_one_is_open_at_a_time() -> None:
    with MisbehavingServer({"/": gzipped(b"<p>" * 50), "/b": PAGE, "/c": Reply(404, b"no")}) as server:
        fetch = fetcher(server)
        for path in ("/", "/b", "/"):
            fetch.get(server.url(path))
        assert reason(fetch, server.url("/c")) == "http-404"
        fetch.get(server.url("/b"))
        assert (server.accepted, server.most_open) == (1, 1)


def test_a_kept_connection_that_the_server_closed_is_no_failure() -> None:
    with MisbehavingServer({"/": page("a", Keep_Alive="timeout=0"), "/b": PAGE}) as server:
        fetch = fetcher(server)
        fetch.get(server.url("/"))
        server.hang_up()
        assert fetch.get(server.url("/b")).status == 200
        assert server.accepted == 2


def test_the_log_has_fields_and_nothing_private(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with MisbehavingServer({"/": PAGE, "/c": redirect("/d?avain=SALAINEN")}) as server:
        fetch = fetcher(server)
        fetch.get(server.url("/?token=SALAINEN&page=2"))
        with pytest.raises(FetchError) as caught:
            fetch.get(server.url("/b?q=SALAINEN#SALAINEN"))
        assert "SALAINEN" not in str(caught.value)
        with pytest.raises(FetchError) as caught:
            fetch.get(server.url("/c"))
        assert "SALAINEN" not in str(caught.value)
    text = "\n".join(record.getMessage() for record in caplog.records)
    assert "SALAINEN" not in text
    assert "fetch url=" in text
    assert "status=200 not_modified=False" in text
    assert "failed=http-404" in text


def test_the_wait_for_a_server_is_told_to_whoever_schedules() -> None:
    clock = FakeClock()
    with MisbehavingServer({"/": PAGE}) as server:
        fetch = fetcher(server, over=network(clock=clock), delay_s=5.0)
        assert fetch.wait_s(server.url("/")) == 0
        fetch.get(server.url("/"))
        assert fetch.wait_s(server.url("/b")) == 5.0
        clock.advance(seconds=3)
        assert fetch.wait_s(server.url("/b")) == 2.0
        assert fetch.wait_s("nonsense") == 0
