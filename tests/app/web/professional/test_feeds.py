"""A saved search is a link: Atom and iCal with the parameters of the search."""

import icalendar
from lxml import etree

from tests.app.web.client import PageClient

_ATOM = "{http://www.w3.org/2005/Atom}"


def test_the_atom_feed_holds_what_the_search_finds(desk: PageClient) -> None:
    question = "?q=omaishoitajille&missa=Joensuu&kind=peer_group"
    shown = {str(row["data-id"]) for row in desk.page(f"/ammattilainen{question}").select("li.hit")}
    answer = desk.get(f"/haku.atom{question}")
    assert answer.mimetype == "application/atom+xml"
    feed = etree.fromstring(answer.data)
    ids = {
        str(entry.findtext(f"{_ATOM}id")).removeprefix("urn:vierelle:")
        for entry in feed.iter(f"{_ATOM}entry")
    }
    assert ids == shown and ids
    for element in ("id", "title", "updated"):
        assert feed.findtext(f"{_ATOM}{element}")


def test_the_feed_knows_its_own_address(desk: PageClient) -> None:
    feed = etree.fromstring(desk.get("/haku.atom?yksikko=syopakeskus").data)
    address = feed.find(f"{_ATOM}link[@rel='self']").get("href")
    assert address.endswith("/haku.atom?yksikko=syopakeskus")


def test_the_calendar_holds_the_meetings(desk: PageClient) -> None:
    answer = desk.get("/haku.ics?q=omaishoitajille&missa=Joensuu")
    assert answer.mimetype == "text/calendar"
    names = {str(event["summary"]) for event in icalendar.Calendar.from_ical(answer.data).walk("VEVENT")}
    assert "Omaishoitajien vertaisryhmä" in names


def test_caches_on_the_way_keep_no_question(desk: PageClient) -> None:
    for path in ("/haku.atom?q=masennus", "/haku.ics?q=masennus"):
        assert desk.get(path).headers["Cache-Control"] == "private, no-store"


def test_feeds_are_linked_from_the_desk(desk: PageClient) -> None:
    page = desk.page("/ammattilainen?yksikko=syopakeskus&need=rintasyopa&sort=next")
    links = [str(link["href"]) for link in page.select(".feeds a")]
    assert [link.split("?")[0] for link in links] == ["/haku.atom", "/haku.ics"]
    for link in links:
        assert "yksikko=syopakeskus" in link and "need=rintasyopa" in link
        desk.get(link)


def test_no_sign_in_an_address_makes_a_feed_that_cannot_be_read(desk: PageClient) -> None:
    feed = etree.fromstring(desk.get("/haku.atom?q=a%01b&missa=Jo%0Bensuu%EF%BF%BE").data)
    assert feed.findtext(f"{_ATOM}title") == "Vierelle: a b, Jo ensuu"
