"""Pages written to keep a reader busy: each is read to its end, or would hold these tests up for good."""

import datetime as dt
import random

import pytest

from crawlers.site import PageJob, ReadHere
from schemas.errors import ParseError
from schemas.source import Source
from schemas.taxonomy import Names, Term
from tests.crawlers.site.worlds import ld

SOURCE = Source(name="Kaiku ry", id="kaiku", url="https://kaiku.example.fi/", municipality="Joensuu")
KIND = Term("peer_group", Names("Vertaisryhmä", "x", "x", "x"), words=("vertaisryhmä", "ryhmä", "kerho"))
READ = ReadHere({"Joensuussa": "167"}.get, (KIND,))
LINE = "Ryhmä kokoontuu tiistaisin klo 18–20, Torikatu 1, 80100 Joensuu. Puh. 050 000 0123, a(at)example.fi. "
UNITS = (
    "1", "1.", "1.1.", "1-", "–", "klo ", "klo 1", "klo 18-", "ma ", "ma-", "joka ", "joka toinen ",
    "ensimmäinen ", "ensimmäinen ja ", "kuun ", "vko 1,", "vko 1 ja ", "a@", "a.", "a@a.", "(at)",
    "a (at) ", "ei ", "ei ole ", "tammi-", "tammikuussa ja ", "0", "050 ", "+358 ", "(", "[", "/", "//",
    "www.", "http://", "€", "5 e", "vuotiaat ", "18-99 ", "A", "Aa ", "Aa-", "Aa Bb ", "katu 1 ", "|",
    "| ", "a | ", "ä", "5.9.-", "1.1.2026", "FI12 3456 ", "1234567-8 ", "viite 1 ", "ilmoittautumiset ",
    "viimeistään ", "kerran ", "puh. ", " ", "*", "“", "'", "0x", "%", "&amp;", "１", "²", "İ", "ß",
    "ryhmä", "toiminta", "xryhmäy ", "\xa0", "\u0300", "\u200b",
)  # fmt: skip
SHAPES = (
    "<h1>Ryhmä</h1><p>{}</p>",
    "<ul><li>{}</li><li>{}</li></ul>",
    "<table><tr><td>{}</td><td>ti</td></tr></table>",
)


def read(html: str | bytes, kind: str = "text/html") -> None:
    body = html if isinstance(html, bytes) else html.encode("utf-8", "replace")
    READ(PageJob(SOURCE, dt.date(2026, 11, 21), SOURCE.url, body, kind, "", "", dt.datetime.now(dt.UTC)))


@pytest.mark.parametrize("unit", UNITS)
def test_no_pattern_grows_faster_than_a_line(unit: str) -> None:
    for shape in SHAPES:
        read(shape.replace("{}", unit * (4_000 // len(unit))))


def test_nor_does_a_mixture() -> None:
    chance = random.Random(7)
    for _ in range(8):
        few = chance.sample(UNITS, 3)
        read(f"<h1>Ryhmä</h1><p>{''.join(chance.choice(few) for _ in range(1_500))}</p>")


PAGES: dict[str, str | bytes] = {
    "one line of 1 MB": "<p>" + LINE * (1_000_000 // len(LINE)),
    "4 MB without a space": "<p>" + "a" * 4_000_000,
    "divs 20 000 deep": "<div>" * 20_000 + LINE,
    "tables 20 000 deep": "<table><tr><td>" * 20_000 + LINE,
    "lists 20 000 deep": "<ul><li>" * 20_000 + LINE,
    "20 000 attributes": "<div " + " ".join(f'a{n}="x"' for n in range(20_000)) + f">{LINE}",
    "5 000 forms": "<form><input><textarea></textarea></form>" * 5_000 + LINE,
    "20 000 links": "".join(f'<a href="/s{n}">x{n}</a>' for n in range(20_000)),
    "a row of 20 000 cells": "<table><tr>" + "<td>ma klo 10</td>" * 20_000,
    "50 000 line breaks": "<p>" + "a<br>" * 20_000,
    "JSON-LD 20 000 deep": ld("[" * 20_000 + "]" * 20_000),
    "JSON-LD objects 20 000 deep": ld('{"a":' * 20_000 + "1" + "}" * 20_000),
    "a number of 20 000 digits": ld('{"@type":"Event","name":"E","startDate":' + "9" * 20_000 + "}"),
    "microdata within microdata": '<div itemscope itemtype="http://schema.org/Event">' * 3_000,
    "entities in the type": '<!DOCTYPE html [<!ENTITY a "xxxx">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)) + "]><p>&a11;",
    "no charset at all": random.Random(3).randbytes(200_000),
    "UTF-16": f"<p>{LINE * 1000}".encode("utf-16"),
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_any_shape_is_read_to_its_end(name: str) -> None:
    read(PAGES[name])


@pytest.mark.parametrize(
    "charset", ["utf-7", "hex", "zip", "idna", "undefined", "utf-32", "klingon", "x" * 9999]
)
def test_a_page_of_any_charset_is_read(charset: str) -> None:
    read(f'<meta charset="{charset}"><p>{LINE}'.encode("latin-1", "replace"), f"text/html; charset={charset}")


def test_what_a_fault_in_our_code_costs_is_the_page() -> None:
    def faulty(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    job = PageJob(
        SOURCE, dt.date(2026, 11, 21), SOURCE.url, b"<p>", "text/html", "", "", dt.datetime.now(dt.UTC)
    )
    with pytest.raises(ParseError, match="ZeroDivisionError"):
        ReadHere(lambda _: None, read_prose=faulty)(job)  # type: ignore[arg-type]
