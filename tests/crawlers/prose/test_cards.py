"""Days in boxes of their own, headings told by their size, names that a calendar repeats."""

import datetime as dt

import pytest

from crawlers.prose import read_page
from crawlers.prose.names import proper_base
from crawlers.prose.shapes import FoundActivity

TODAY = dt.date(2026, 1, 20)
CARD = '<li><div class="d">{day}</div><h3>{name}</h3><p>Klo 10–12 | Järjestötalo Silta</p></li>'
BOX = "<span>{}</span><span>{}</span>"


def read(body: str) -> tuple[FoundActivity, ...]:
    html = f"<html lang='fi'><body><main><h1>Tapahtumat</h1>{body}</main></body></html>"
    page = read_page(html, "https://kaiku.example.fi/tapahtumat", today=TODAY, resolve=lambda _: None)
    return page.activities


def days(found: tuple[FoundActivity, ...]) -> dict[str, list[dt.date]]:
    return {
        entry.title: sorted(
            day for item in entry.channels[0].schedules for day in (item.start, *item.dates) if day
        )
        for entry in found
    }


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (BOX.format("5", "helmi"), dt.date(2026, 2, 5)),
        (BOX.format("5.", "Helmikuu"), dt.date(2026, 2, 5)),
        (BOX.format("helmi", "05".lstrip("0")), dt.date(2026, 2, 5)),
        (BOX.format("TO", "5.2."), dt.date(2026, 2, 5)),
        (BOX.format("5", "feb 2026"), dt.date(2026, 2, 5)),
        ("<time>5.2.2026</time>", dt.date(2026, 2, 5)),
    ],
)
def test_the_day_of_a_card_belongs_to_the_name_below_it(day: str, expected: dt.date) -> None:
    cards = CARD.format(day=day, name="Runoilta") + CARD.format(day=BOX.format("6", "maalis"), name="Bingo")
    found = days(read(f"<ul>{cards}</ul>"))
    assert found == {"Runoilta": [expected], "Bingo": [dt.date(2026, 3, 6)]}


@pytest.mark.parametrize(
    "text",
    [
        "Kokous onnistui mainiosti, kiitos kaikille talkoolaisille.",
        "Kirpputori pidetään 3.5. klo 10 torilla.",
    ],
)
def test_the_day_above_a_piece_of_news_is_when_it_was_written(text: str) -> None:
    card = f"<div><div>{BOX.format('5', 'helmi')}</div><h3>Terveisiä kerholta</h3><p>{text}</p></div>"
    assert dt.date(2026, 2, 5) not in [day for found in days(read(card)).values() for day in found]


def test_a_name_that_a_calendar_repeats_is_one_activity() -> None:
    months = (("Helmikuu", "3.2."), ("Maaliskuu", "3.3."), ("Huhtikuu", "7.4."))
    body = "".join(
        f"<h2>{month}</h2><ul><li>Ti {day} klo 13 Muisteluryhmä</li></ul>" for month, day in months
    )
    assert days(read(body)) == {
        "Muisteluryhmä": [dt.date(2026, 2, 3), dt.date(2026, 3, 3), dt.date(2026, 4, 7)]
    }


@pytest.mark.parametrize(
    "heading",
    [
        '<p><font size="5">{}</font></p>',
        '<p><font size="+2">{}</font></p>',
        '<p><span style="font-size: 18pt">{}</span></p>',
        '<p style="font-size:x-large">{}</p>',
    ],
)
def test_large_letters_are_a_heading_where_the_text_is_smaller(heading: str) -> None:
    text = "<p>Kokoonnumme tiistaisin klo 18 seurakuntatalolla. Tule mukaan, uudet ovat tervetulleita!</p>"
    body = "".join(
        heading.format(name) + text.replace("18", hour) for name, hour in (("Kuoro", "18"), ("Jooga", "16"))
    )
    assert [entry.title for entry in read(body)] == ["Kuoro", "Jooga"]


def test_a_page_written_in_large_letters_has_no_headings_of_them() -> None:
    body = "".join(
        f'<p><font size="5">Kokoonnumme klo {hour} tiistaisin.</font></p>' for hour in (10, 12, 14)
    )
    assert all(entry.title == "Tapahtumat" for entry in read(body))


@pytest.mark.parametrize(
    ("stem", "base"),
    [
        ("Aallo", "Aalto"),
        ("Kotisilla", "Kotisilta"),
        ("Poikkeukse", "Poikkeus"),
        ("Koivula", "Koivula"),
        ("Onkaloa", "Onkaloa"),
    ],
)
def test_a_name_comes_back_to_its_base_form(stem: str, base: str) -> None:
    assert proper_base(stem) == base


@pytest.mark.parametrize("stem", ["Hulla", "Vanna", "Marra", "Sude"])
def test_a_stem_that_may_come_from_several_names_is_left_alone(stem: str) -> None:
    assert proper_base(stem) is None


@pytest.mark.parametrize(
    ("intro", "free"),
    [
        ("Kaikki ryhmät ovat maksuttomia.", True),
        ("Ryhmät eivät maksa mitään.", True),
        ("Kahvi on ilmaista ensikertalaisille.", False),
    ],
)
def test_what_the_groups_cost_together_holds_for_each(intro: str, free: bool) -> None:
    groups = "".join(
        f"<h2>{name}</h2><p>Tiistaisin klo 18 kerhotalolla.</p>" for name in ("Kuoro", "Bingokerho")
    )
    found = read(f"<p>{intro}</p>{groups}")
    assert [entry.price.kind.value == "free" for entry in found] == [free, free]
