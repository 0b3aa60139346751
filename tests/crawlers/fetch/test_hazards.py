"""Servers that misbehave: each ends that fetch with its reason, and the next page is fetched as ever."""

import gzip
import threading

import pytest

from crawlers.fetch import content
from tests.crawlers.fetch.worlds import fetcher, network, reason
from tests.web.misbehaving import (
    MisbehavingServer,
    Reply,
    Route,
    drip,
    gzip_bomb,
    gzipped,
    huge,
    page,
    raw,
    reset,
    short_body,
    silence,
)


def _short(value: object) -> str:
    return value if isinstance(value, str) and value.isprintable() else type(value).__name__


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


@pytest.mark.parametrize(
    ("route", "expected"),
    [
        (drip(), "total-timeout"),
        (drip(head=True), "total-timeout"),
        (silence(), "read-timeout"),
        (reset(), "connection-lost"),
        (raw(b""), "connection-lost"),
        (raw(b"tervetuloa\r\n\r\n"), "protocol"),
        (raw(b"HTTP/1.1 abc\r\n\r\n"), "protocol"),
        (raw(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n"), "protocol"),
        (raw(b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000 + b"\r\n\r\n"), "protocol"),
        (raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nabc"), "truncated"),
        (raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nabc"), "truncated"),
        (short_body(1000, b"<h1>Hei"), "truncated"),
        (gzip_bomb(), "compression-bomb"),
        (huge(), "too-large"),
        (huge(announced=True), "too-large"),
        (page("x" * 1_000_001), "too-large"),
        (gzipped(str(list(range(200_000))).encode()), "too-large"),
        (Reply(200, gzip.compress(b"a" * 900)[:15], {"Content-Encoding": "gzip"}), "truncated"),
        (Reply(200, b"<h1>Hei</h1>", {"Content-Encoding": "gzip"}), "encoding"),
        (Reply(200, b"\x8b\x02\x80Hei\x03", {"Content-Encoding": "br"}), "encoding"),
        (Reply(200, b"\x28\xb5\x2f\xfd" + bytes(20), {"Content-Encoding": "zstd"}), "encoding"),
        (Reply(200, gzip.compress(gzip.compress(b"<p>")), {"Content-Encoding": "gzip, gzip"}), "encoding"),
        (Reply(200, gzip.compress(b"<p>" * 99), {"Content-Encoding": "deflate"}), "encoding"),
        (raw(HEAD + b"Set-Cookie: a=b\r\n" * 300 + b"\r\n<p>"), "protocol"),
        (Reply(200, b"%PDF-1.7\n" + bytes(99), {"Content-Type": "text/html"}), "binary"),
        (Reply(200, b"\xff\xd8\xff\xe0" + bytes(99), {"Content-Type": "text/html"}), "binary"),
        (Reply(200, b"%PDF-1.7\n", {"Content-Type": "application/pdf"}), "content-type"),
    ],
    ids=_short,
)
def test_hazards_end_one_fetch_and_nothing_more(route: Route, expected: str) -> None:
    with MisbehavingServer({"/robots.txt": Reply(404), "/": route, "/b": page("<h1>Hei</h1>")}) as server:
        fetch = fetcher(server, timeout_read_s=0.3, timeout_total_s=0.6)
        assert reason(fetch, server.url("/")) == expected
        assert fetch.get(server.url("/b")).text == "<h1>Hei</h1>"


@pytest.mark.parametrize(
    ("route", "text"),
    [
        (page("<p>a\x00b</p>"), "<p>ab</p>"),
        (Reply(200, "Yötä päivää".encode("latin-1"), {"Content-Type": "text/html"}), "Yötä päivää"),
        (Reply(200, b"<p>ei tyyppi\xc3\xa4", {}), "<p>ei tyyppiä"),
        (raw(HEAD + b"\r\n<p>ilman pituutta"), "<p>ilman pituutta"),
        (raw(HEAD + b"Content-Length: 3\r\n\r\n<p>liian pitka"), "<p>"),
        (raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\n3\r\n<p>\r\n0\r\n\r\n"), "<p>"),
        (raw(b"HTTP/1.1 100 Continue\r\n\r\n" + HEAD + b"\r\n<p>"), "<p>"),
        (raw(b"HTTP/1.0 200 OK\r\n\r\n<p>vanha"), "<p>vanha"),
        (Reply(200, b""), ""),
        (Reply(204), ""),
        (raw(HEAD + b"Content-Length: -5\r\n\r\n<p>a"), "<p>a"),
        (raw(HEAD + b"Set-Cookie: a=b\r\n" * 80 + b"\r\n<p>x"), "<p>x"),
        (
            Reply(200, b"<p>a", {"Content-Encoding": "identity, identity", "Content-Type": "text/html"}),
            "<p>a",
        ),
    ],
    ids=_short,
)
def test_oddities_are_read_all_the_same(route: Route, text: str) -> None:
    with MisbehavingServer({"/": route}) as server:
        assert fetcher(server).get(server.url("/")).text == text


def test_files_come_to_those_who_ask_for_anything() -> None:
    with MisbehavingServer({"/a": Reply(200, b"%PDF-1.7", {"Content-Type": "application/pdf"})}) as server:
        assert fetcher(server).get(server.url("/a"), accept=content.ANYTHING).body == b"%PDF-1.7"


def test_a_bomb_does_not_fill_the_memory_nor_a_huge_page_the_line() -> None:
    with MisbehavingServer({"/bomb": gzip_bomb(), "/huge": huge(announced=True)}) as server:
        over = network()
        fetch = fetcher(server, over=over)
        reason(fetch, server.url("/bomb"))
        reason(fetch, server.url("/huge"))
        counted = over.tally.snapshot()[server.host]
        assert counted.bytes < 300_000
        assert counted.failed == {"compression-bomb": 1, "too-large": 1}


def test_nobody_at_home_is_a_connect_error_tried_again() -> None:
    with MisbehavingServer({}) as server:
        url, over = server.url("/"), network()
        fetch = fetcher(server, over=over, retries=2)
    assert reason(fetch, url) == "connect"
    assert over.tally.snapshot()[server.host].retried == 2


def test_one_server_is_asked_one_thing_at_a_time_by_many_threads() -> None:
    with MisbehavingServer({"/": page("<p>")}) as server:
        fetch = fetcher(server)
        threads = [threading.Thread(target=fetch.get, args=(server.url("/"),)) for _ in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert server.paths == ["/robots.txt", *["/"] * 12]
        assert server.most_open == 1
