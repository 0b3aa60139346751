"""RSS and Atom."""

import datetime as dt

import pytest

from crawlers.adapters.feeds import event_activity, read_feed
from schemas.errors import ParseError
from tests.crawlers.adapters.worlds import context

RSS = b"""<?xml version="1.0"?><rss version="2.0" xmlns:ev="http://purl.org/rss/1.0/modules/event/"><channel>
<link>https://kaiku.example.fi/</link>
<item><title>Ilta &amp; kahvi</title><link>https://kaiku.example.fi/ilta/</link>
<pubDate>Fri, 20 Nov 2026 10:00:00 +0200</pubDate><description>&lt;p&gt;Tule.&lt;/p&gt;</description>
<ev:startdate>2026-12-01T18:00</ev:startdate><ev:enddate>2026-12-01T20:00</ev:enddate><ev:location>Talo</ev:location></item>
<item><title>Uutinen</title><guid>https://kaiku.example.fi/uutinen/</guid></item></channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Yksi</title>
<link rel="self" href="https://kaiku.example.fi/api/1"/><link rel="alternate" href="https://kaiku.example.fi/1"/>
<updated>2026-11-20T10:00:00Z</updated></entry></feed>"""


def test_rss_entries_have_their_page_and_day() -> None:
    first, second = read_feed(RSS, "https://kaiku.example.fi/feed/")
    assert (first.link, first.title, first.text) == (
        "https://kaiku.example.fi/ilta/",
        "Ilta & kahvi",
        "Tule.",
    )
    assert first.published == dt.date(2026, 11, 20)
    assert second.link == "https://kaiku.example.fi/uutinen/"


def test_an_entry_is_an_event_only_when_it_tells_its_start() -> None:
    first, second = read_feed(RSS, "https://kaiku.example.fi/feed/")
    found = event_activity(first, context())
    assert found is not None
    assert found.schedules()[0].end_time == dt.time(20)
    assert event_activity(second, context()) is None


def test_atom_links_are_those_for_people() -> None:
    (entry,) = read_feed(ATOM, "https://kaiku.example.fi/feed/")
    assert entry.link == "https://kaiku.example.fi/1"
    assert entry.published == dt.date(2026, 11, 20)


@pytest.mark.parametrize("body", [b"", b"<html><body>hei</body></html>", b"{}", b"\x00\x01"])
def test_what_is_no_feed_is_said(body: bytes) -> None:
    with pytest.raises(ParseError):
        read_feed(body, "https://kaiku.example.fi/feed/")


def test_entities_are_not_unfolded() -> None:
    bomb = (
        b'<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
        b"<rss><channel><item><title>&b;</title><link>https://x.example.fi/</link></item></channel></rss>"
    )
    assert "aaaa" not in read_feed(bomb, "https://x.example.fi/")[0].title


@pytest.mark.parametrize(
    ("body", "link", "title", "day"),
    [
        (
            "<br/>Warning: x<rss><channel><item><title>Ilta</title><link>/a</link></item></channel></rss>",
            "https://kaiku.example.fi/a",
            "Ilta",
            None,
        ),
        (
            "<rss><item><title>Ilta&nbsp;& y&ouml;</title><link>https://x.example.fi/?b=1&c=2</link></item></rss>",
            "https://x.example.fi/?b=1&c=2",
            "Ilta & yö",
            None,
        ),
        (
            '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://x.example.fi/b/"><entry>'
            '<title>Ilta</title><link href="a"/></entry></feed>',
            "https://x.example.fi/b/a",
            "Ilta",
            None,
        ),
        (
            "<rss><item><title>Ilta</title><link>/a</link><pubDate>3.2.2026</pubDate></item></rss>",
            "https://kaiku.example.fi/a",
            "Ilta",
            dt.date(2026, 2, 3),
        ),
    ],
    ids=["words before", "ampersands", "base", "Finnish day"],
)
def test_feeds_in_other_hands_are_read(body: str, link: str, title: str, day: dt.date | None) -> None:
    (entry,) = read_feed(body.encode(), "https://kaiku.example.fi/feed")
    assert (entry.link, entry.title, entry.published) == (link, title, day)


def test_a_section_of_cdata_is_left_as_it_is() -> None:
    link = "<link><![CDATA[https://x.example.fi/?b=1&c=2]]></link>"
    body = f"<rss><item><title><![CDATA[Ilta & yö]]></title>{link}</item></rss>"
    (entry,) = read_feed(body.encode(), "https://x.example.fi/")
    assert (entry.title, entry.link) == ("Ilta & yö", "https://x.example.fi/?b=1&c=2")
