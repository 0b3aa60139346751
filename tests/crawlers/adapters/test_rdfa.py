"""RDFa Lite in the shapes that themes write."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import document_fromstring

from crawlers.adapters.jsonld import types
from crawlers.adapters.rdfa import read_rdfa

URL = "https://kaiku.example.fi/x"


@pytest.mark.parametrize(
    "html",
    [
        '<div vocab="https://schema.org/" typeof="Event"><b property="name">Ilta</b>'
        '<time property="startDate" datetime="2026-12-01T18:00">1.12.</time></div>',
        '<div typeof="schema:Event"><b property="schema:name">Ilta</b>'
        '<meta property="schema:startDate" content="2026-12-01T18:00"></div>',
        '<body vocab="http://schema.org/"><div typeof="WebPage"><div property="mainEntity" typeof="Event">'
        '<b property="name">Ilta</b><i property="startDate">2026-12-01T18:00</i></div></div></body>',
    ],
)
def test_an_event_is_read_with_its_start(html: str) -> None:
    node = next(node for node in read_rdfa(document_fromstring(html), URL) if "Event" in types(node))
    assert (node["name"], node["startDate"]) == (["Ilta"], ["2026-12-01T18:00"])


def test_a_thing_inside_another_is_its_value() -> None:
    (node,) = read_rdfa(
        document_fromstring(
            '<div vocab="https://schema.org/" typeof="Event"><b property="name">Ilta</b>'
            '<p property="location" typeof="Place"><b property="name">Talo</b></p></div>'
        ),
        URL,
    )
    assert node["location"][0]["name"] == ["Talo"]
    assert node["name"] == ["Ilta"]


def test_other_vocabularies_are_left_alone() -> None:
    html = '<div vocab="http://xmlns.com/foaf/0.1/" typeof="Person"><b property="name">M</b></div>'
    assert read_rdfa(document_fromstring(html), URL) == ()


@given(st.lists(st.sampled_from(["<div typeof=Event vocab=schema.org>", "<p property=name>", "</div>", "x"])))
def test_no_markup_makes_it_raise(parts: list[str]) -> None:
    read_rdfa(document_fromstring("<body>" + "".join(parts)), URL)
