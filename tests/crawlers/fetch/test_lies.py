"""Servers and clocks that say what is not so: lengths, codings, validators, dates. Over real HTTP."""

import gzip
import time
from datetime import timedelta

import pytest

from crawlers.fetch import Budget, MemoryCache
from tests.crawlers.fetch.worlds import NIGHT, FakeClock, fetcher, network, reason
from tests.web.misbehaving import Act, MisbehavingServer, Reply, Request, Wire, page, validated

HTML = {"Content-Type": "text/html; charset=utf-8"}
FORGED = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 13\r\n\r\n<p>toinen</p>"


@pytest.mark.parametrize("surplus", [FORGED, b"x" * 20_000 + FORGED, b"\r\n\r\n", b"x" * 100_000])
def test_what_follows_a_body_longer_than_announced_is_never_another_page(surplus: bytes) -> None:
    routes = {
        "/": Reply(200, b"<p>yksi</p>" + surplus, {**HTML, "Content-Length": "11"}),
        "/b": page("<p>kaksi</p>"),
    }
    with MisbehavingServer(routes) as server:
        fetch = fetcher(server)
        for _ in range(3):
            assert fetch.get(server.url("/"), conditional=False).text == "<p>yksi</p>"
            assert fetch.get(server.url("/b"), conditional=False).text == "<p>kaksi</p>"


def test_what_comes_late_behind_a_body_is_no_answer_to_the_next_question() -> None:
    def perform(wire: Wire) -> None:
        head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 11\r\n\r\n"
        wire.send_slowly([head + b"<p>yksi</p>", FORGED, b""], 0.1)
        wire.closing.wait(5)

    with MisbehavingServer({"/": Act(perform), "/b": page("<p>kaksi</p>")}) as server:
        fetch = fetcher(server)
        assert fetch.get(server.url("/")).text == "<p>yksi</p>"
        time.sleep(0.3)
        assert fetch.get(server.url("/b")).text == "<p>kaksi</p>"


def test_more_announced_than_sent_over_a_line_that_stays_open_ends_by_its_silence() -> None:
    routes = {"/": Reply(200, b"<p>", {**HTML, "Content-Length": "500"}), "/b": page("<p>kaksi</p>")}
    with MisbehavingServer(routes) as server:
        fetch = fetcher(server, timeout_read_s=0.2)
        assert reason(fetch, server.url("/")) == "read-timeout"
        assert fetch.get(server.url("/b")).text == "<p>kaksi</p>"


@pytest.mark.parametrize(
    ("body", "coding", "expected"),
    [
        (gzip.compress(b"<p>Hei" * 99), "", "binary"),
        (gzip.compress(gzip.compress(b"<p>Hei" * 99)), "gzip", "binary"),
        (gzip.compress(b"<p>Hei" * 99), "gzip, gzip", "encoding"),
        (gzip.compress(b"<p>Hei" * 99)[:-12], "gzip", "truncated"),
        (b"<p>Hei" * 99, "deflate", "encoding"),
        (b"<p>Hei" * 99, "utf-8", "encoding"),
    ],
    ids=["unsaid", "twice, said once", "once, said twice", "cut", "plain as deflate", "a charset"],
)
def test_a_wrong_word_about_compression_is_a_reason_never_a_text(
    body: bytes, coding: str, expected: str
) -> None:
    headers = HTML | ({"Content-Encoding": coding} if coding else {})
    with MisbehavingServer({"/": Reply(200, body, headers)}) as server:
        assert reason(fetcher(server), server.url("/")) == expected


def test_a_new_body_under_the_old_etag_is_the_new_page() -> None:
    with MisbehavingServer({"/": Reply(200, b"vanha", {**HTML, "ETag": '"1"'})}) as server:
        fetch = fetcher(server)
        fetch.get(server.url("/"))
        server.routes["/"] = Reply(200, b"uusi", {**HTML, "ETag": '"1"'})
        response = fetch.get(server.url("/"))
        assert (response.text, response.same_body, response.not_modified) == ("uusi", False, False)


def test_a_304_is_believed_for_a_month_and_then_the_page_is_asked_for_whole() -> None:
    def stuck(request: Request) -> Reply:
        return Reply(304) if "if-none-match" in request.headers else Reply(200, body[0], HTML | {"ETag": "1"})

    body, clock = [b"vanha"], FakeClock()
    with MisbehavingServer({"/": stuck}) as server:
        fetch = fetcher(server, over=network(clock=clock), budget=Budget(seconds=1e9))
        assert fetch.get(server.url("/")).text == "vanha"
        body[0] = b"uusi"
        for _ in range(4):
            clock.advance(days=7)
            assert fetch.get(server.url("/")).not_modified
        clock.advance(days=7)
        assert fetch.get(server.url("/")).text == "uusi"
        clock.advance(days=7)
        assert fetch.get(server.url("/")).not_modified


@pytest.mark.parametrize(
    "modified",
    ["Thu, 01 Jan 1970 00:00:00 GMT", "Fri, 31 Dec 2100 00:00:00 GMT", "huomenna", "Tue, 31 Feb 2026 9:99"],
)
def test_whatever_day_a_server_gives_its_page_is_only_handed_back_to_it(modified: str) -> None:
    skewed = validated(b"<p>Hei", etag="", modified=modified)
    with MisbehavingServer({"/": skewed}) as server:
        over = network()
        fetch = fetcher(server, over=over)
        assert fetch.get(server.url("/")).fetched_at == NIGHT
        assert fetch.get(server.url("/")).not_modified
        server.routes["/"] = validated(b"<p>Moi", etag="", modified="Tue, 03 Feb 2026 00:00:00 GMT")
        assert fetch.get(server.url("/")).text == "<p>Moi"


@pytest.mark.parametrize("server_clock", ["Tue, 03 Feb 2026 01:00:00 GMT", "Wed, 01 Jan 2020 00:00:00 GMT"])
def test_a_day_to_come_back_is_told_by_the_clock_of_the_server(server_clock: str) -> None:
    later = server_clock.replace("00:00 GMT", "00:20 GMT")
    refusal = Reply(503, b"", {"Date": server_clock, "Retry-After": later})
    clock = FakeClock()
    with MisbehavingServer({"/": refusal, "/b": page("<p>")}) as server:
        fetch = fetcher(server, over=network(clock=clock), retries=0)
        assert reason(fetch, server.url("/")) == "http-503"
        assert fetch.wait_s(server.url("/b")) == pytest.approx(20)


def test_rules_and_pages_kept_by_a_clock_that_was_ahead_do_not_outlive_its_correction() -> None:
    cache = MemoryCache()
    with MisbehavingServer({"/robots.txt": page("", "text/plain"), "/": validated(b"<p>")}) as server:
        ahead = network(cache=cache, clock=FakeClock(NIGHT + timedelta(days=365)))
        fetcher(server, over=ahead).get(server.url("/"))
        server.routes["/robots.txt"] = page("User-agent: *\nDisallow: /", "text/plain")
        right = network(cache=cache, clock=FakeClock(NIGHT))
        assert reason(fetcher(server, over=right), server.url("/")) == "robots"


def test_our_clock_jumping_back_between_two_pages_stops_nothing() -> None:
    clock = FakeClock()
    with MisbehavingServer({"/": validated(b"<p>"), "/b": page("<p>b")}) as server:
        fetch = fetcher(server, over=network(clock=clock), delay_s=1.0)
        fetch.get(server.url("/"))
        clock.turn_back(hours=5)
        assert fetch.get(server.url("/b")).text == "<p>b"
        assert fetch.get(server.url("/")).text == "<p>"
        assert max(clock.slept) <= 1.0
