"""Floors of what is understood from whole pages; a change of the reader carries its numbers in its commit."""

import datetime as dt

import pytest

from app.wiring import Wiring
from bench.pages import PAGES, Judge, Result, matched, read_gold
from config.settings import Settings
from schemas.activity import Activity, Provenance, Texts
from schemas.codes import SourceKind
from tests.crawlers.prose.notation import notation, schedule

FLOORS = {
    "first": {"activity": (0.98, 0.98), "times": (0.98, 0.97), "place": (0.97, 0.97), "price": (0.97, 0.95)},
    "third": {"activity": (0.98, 0.98), "times": (0.98, 0.98), "place": (0.95, 0.95), "price": (0.97, 0.95)},
    "fourth": {"activity": (0.98, 0.98), "times": (0.98, 0.98), "place": (0.97, 0.97), "price": (0.97, 0.95)},
    "fifth": {"activity": (0.98, 0.98), "times": (0.95, 0.97), "place": (0.97, 0.95), "price": (0.97, 0.95)},
    "sixth": {"activity": (0.98, 0.98), "times": (0.97, 0.97), "place": (0.97, 0.89), "price": (0.97, 0.95)},
    "seventh": {
        "activity": (0.98, 0.98),
        "times": (0.98, 0.98),
        "place": (0.97, 0.91),
        "price": (0.97, 0.95),
    },
    "eighth": {
        "activity": (0.98, 0.98),
        "times": (0.98, 0.98),
        "place": (0.97, 0.97),
        "price": (0.97, 0.95),
    },
    "ninth": {
        "activity": (0.98, 0.96),
        "times": (0.98, 0.98),
        "place": (0.97, 0.95),
        "price": (0.97, 0.94),
    },
    "tenth": {
        "activity": (0.98, 0.95),
        "times": (0.98, 0.95),
        "place": (0.97, 0.97),
        "price": (0.97, 0.97),
    },
    "eleventh": {
        "activity": (0.98, 0.98),
        "times": (0.98, 0.98),
        "place": (0.97, 0.97),
        "price": (0.97, 0.97),
    },
    "twelfth": {
        "activity": (0.98, 0.98),
        "times": (0.98, 0.98),
        "place": (0.97, 0.97),
        "price": (0.97, 0.97),
    },
    "thirteenth": {
        "activity": (0.98, 0.98),
        "times": (0.98, 0.95),
        "place": (0.97, 0.97),
        "price": (0.97, 0.97),
    },
    "fourteenth": {
        "activity": (0.95, 0.98),
        "times": (0.95, 0.95),
        "place": (0.97, 0.97),
        "price": (0.92, 0.97),
    },
    "second": {"activity": (0.98, 0.96), "times": (0.98, 0.96), "place": (0.92, 0.92), "price": (0.97, 0.95)},
}
"""Precision and recall by set and field."""


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Judge:
    return Judge(Wiring(Settings(data=tmp_path_factory.mktemp("data"))))


@pytest.fixture(scope="module", params=FLOORS)
def judged(judge: Judge, request: pytest.FixtureRequest) -> tuple[str, Result]:
    return request.param, judge.judge(PAGES / request.param)


def test_no_figure_falls_below_its_floor(judged: tuple[str, Result]) -> None:
    name, result = judged
    for field, (precision, recall) in FLOORS[name].items():
        score = result.fields[field]
        assert score.precision >= precision, (field, result.misses, result.invented)
        assert score.recall >= recall, (field, result.misses, result.lost)


def test_pages_that_arrange_nothing_give_no_activity(judged: tuple[str, Result]) -> None:
    name, result = judged
    empty = {page.name for page in read_gold(PAGES / name) if not page.activity}
    assert [line for line in result.invented if line.partition(":")[0] in empty] == []


@pytest.mark.parametrize("name", FLOORS)
def test_every_page_of_a_set_has_its_gold_and_every_gold_its_page(name: str) -> None:
    folder = PAGES / name
    pages = read_gold(folder)
    assert {page.name for page in pages} == {path.stem for path in folder.glob("*.html")}
    assert any(page.activity for page in pages)
    assert any(not page.activity for page in pages)
    for page in pages:
        for gold in page.activity:
            assert [schedule(notation(schedule(text))) for text in gold.times] == [
                schedule(text) for text in gold.times
            ]


def test_an_activity_is_matched_once_and_by_its_title() -> None:
    page = next(page for page in read_gold(PAGES / "first") if page.name == "accordion-buttons")
    found = [activity("Peliryhmä"), activity("Peliryhmä"), activity("Jotain muuta")]
    assert [(gold.title, entry.title.best()) for gold, entry in matched(page, found)] == [
        ("Peliryhmä", "Peliryhmä")
    ]


def activity(title: str) -> Activity:
    origin = Provenance("x", SourceKind.SITE, "1", dt.datetime(2026, 1, 20, tzinfo=dt.UTC))
    return Activity(id="x:1", kind=None, title=Texts(fi=title), provenance=(origin,))
