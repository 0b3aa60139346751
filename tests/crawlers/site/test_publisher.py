"""Whose page is it? Only what the page says of itself on purpose counts."""

import pytest

from crawlers.site.publisher import publisher_of

URL = "https://www.kaiku.example.fi/ryhmat"


def page(head: str = "", body: str = "<main><h1>Surukahvila</h1><p>Tiistaisin klo 18.") -> str:
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"


@pytest.mark.parametrize(
    ("head", "body", "name"),
    [
        ('<meta property="og:site_name" content="Kaiku ry">', "", "Kaiku ry"),
        ('<meta property="og:site_name" content="Kaiku">', "<footer>© 2024 Kaiku ry</footer>", "Kaiku ry"),
        ("<title>Surukahvila – Lieksan Kaiku ry</title>", "", "Lieksan Kaiku ry"),
        ("<title>Lieksan Kaiku r.y. | Etusivu</title>", "", "Lieksan Kaiku r.y."),
        ("<title>Surukahvila | Itä-Suomen Sydänyhdistys</title>", "", "Itä-Suomen Sydänyhdistys"),
        ("<title>Verksamhet - Kaiku rf</title>", "", "Kaiku rf"),
        ("<title>Ryhmä | Kaiku</title>", "<footer>Copyright 2019–25 Kaiku | Toteutus: X</footer>", "Kaiku"),
        ("<title>Ryhmä</title>", "<footer><p>Lieksan Kaiku ry</p>Torikatu 1</footer>", "Lieksan Kaiku ry"),
        ("", "<p>© Lieksan Kaiku ry. Kaikki oikeudet pidätetään.</p>", "Lieksan Kaiku ry"),
        ('<meta name="author" content="Lieksan Kaiku ry">', "", "Lieksan Kaiku ry"),
    ],
)  # fmt: skip
def test_a_page_that_says_whose_it_is_is_believed(head: str, body: str, name: str) -> None:
    found = publisher_of(page(head, body or "<p>Ryhmä"), URL)
    assert found is not None
    assert found.name == name
    assert found.evidence


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("<title>Surukahvila</title>", "<p>Tiistaisin klo 18."),
        ("<title>Meistä | Yhdistys</title>", ""),
        ("<title>Lukupiiri | Vertaistuki</title>", ""),
        ('<meta property="og:site_name" content="kaiku.example.fi">', ""),
        ('<meta property="og:site_name" content="www.kaiku.example.fi">', ""),
        ('<meta property="og:site_name" content="Etusivu">', ""),
        ('<meta property="og:site_name" content="My Site">', ""),
        ('<meta property="og:site_name" content="Wix.com">', "<footer>© 2024. Proudly created with Wix.com"),
        ("<title>Tervetuloa</title>", "<footer>Sivuston tarjoaa Yhdistysavain</footer>"),
        ("", "<footer>© 2025</footer>"),
        ("<title>Surukahvila | Kaiku</title>", ""),
        ('<meta name="author" content="Maija">', ""),
        ("", ""),
        ("", "\x00<<<"),
    ],
)
def test_what_any_site_might_say_tells_nothing(head: str, body: str) -> None:
    assert publisher_of(page(head, body), URL) is None


def test_structured_data_comes_first() -> None:
    text = page('<meta property="og:site_name" content="Kaikkien sivut">')
    found = publisher_of(text, URL, [("WebSite", "Kaikkien sivut"), ("NGO", "Lieksan Kaiku ry")])
    assert found is not None
    assert found.name == "Lieksan Kaiku ry"
    assert found.evidence == "structured data, NGO: Lieksan Kaiku ry"
