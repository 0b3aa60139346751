"""Folded panels are headed by what opens them, and hidden addresses are shown."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.prose import BlockKind, read_page
from crawlers.prose.mails import decoded, linked_address

TODAY = dt.date(2026, 11, 21)


def headings(html: str) -> list[str]:
    reading = read_page(html, "https://x.example.fi/ryhmat", today=TODAY)
    return [block.text for block in reading.blocks if block.kind is BlockKind.HEADING]


PANEL = "<p>Maanantaisin klo 16–18.</p>"


@pytest.mark.parametrize(
    "html",
    [
        f'<div><button aria-controls="p">Peliryhmä</button><div id="p" hidden>{PANEL}</div></div>',
        f'<div><button class="accordion">Peliryhmä</button><div class="panel">{PANEL}</div></div>',
        f"<div><div><button>Peliryhmä</button></div><div>{PANEL}</div></div>",
        f'<a data-toggle="collapse" data-target="#p">Peliryhmä</a><div id="p">{PANEL}</div>',
        f'<ul><li><a role="tab" aria-controls="p">Peliryhmä</a></li></ul><div id="p">{PANEL}</div>',
    ],
)
def test_what_opens_a_panel_heads_it(html: str) -> None:
    assert headings(f"<h1>Toiminta</h1>{html}") == ["Toiminta", "Peliryhmä"]


@pytest.mark.parametrize("words", ["Lue lisää", "Ilmoittaudu tästä", "Valikko", "Sulje", "Haku"])
def test_a_button_that_does_something_heads_nothing(words: str) -> None:
    assert headings(f"<h1>Toiminta</h1><button>{words}</button><div>{PANEL}</div>") == ["Toiminta"]


def test_a_short_line_whose_class_is_title_is_a_heading() -> None:
    assert headings('<div class="card-title">Äijäpaja</div><div>Tiistaisin klo 9.</div>') == ["Äijäpaja"]


def encoded(address: str, key: int) -> str:
    return bytes([key, *(byte ^ key for byte in address.encode())]).hex()


@given(st.integers(0, 255))
def test_an_address_is_decoded_with_any_key(key: int) -> None:
    assert decoded(encoded("kerho@yhdistys.example.fi", key)) == "kerho@yhdistys.example.fi"


@given(st.text(max_size=60))
def test_decoding_never_raises(code: str) -> None:
    assert decoded(code) is None or "@" in (decoded(code) or "")


def test_an_address_in_a_link_alone_is_a_contact_with_its_line() -> None:
    html = (
        "<h1>Kutomakerho</h1><p>Kokoontuu maanantaisin klo 12.</p>"
        '<p>Kysy lisää <a href="mailto:Kerho@Yhdistys.example.fi?subject=Hei">sähköpostilla</a> tai '
        '<a href="tel:+358500000123">soita</a>.</p>'
    )
    (activity,) = read_page(html, "https://x.example.fi/kerho", today=TODAY).activities
    assert [contact.value for contact in activity.contacts] == [
        "kerho@yhdistys.example.fi",
        "+358 50 0000123",
    ]
    assert [item.sentence for item in activity.evidence if item.field == "contacts"] == [
        "Kysy lisää sähköpostilla tai soita."
    ]


@pytest.mark.parametrize("link", ["mailto:", "mailto:?subject=x", "https://x.example.fi/a@b", "mailto:nimi"])
def test_a_link_without_an_address_gives_none(link: str) -> None:
    assert linked_address(link) is None


def test_a_column_gives_its_label_to_the_cells_below() -> None:
    html = (
        "<h1>Kerhot</h1><table><tr><th>Kerho</th><th>Päivä</th><th>Klo</th><th>Paikka</th></tr>"
        "<tr><td>Shakki</td><td>perjantaisin</td><td>18</td><td>Kirjasto</td></tr></table>"
    )
    (activity,) = read_page(html, "https://x.example.fi/kerhot", today=TODAY).activities
    (channel,) = activity.channels
    assert channel.place is not None
    assert channel.place.name == "Kirjasto"
    assert channel.schedules[0].start_time == dt.time(18)
    assert any(item.sentence == "Paikka: Kirjasto" for item in activity.evidence)
