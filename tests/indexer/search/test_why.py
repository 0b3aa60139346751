"""What a hit is told to mention stands in its text as told."""

import datetime as dt

import pytest

from app.wiring import Wiring
from indexer.backend import EngineHit, TermClause
from indexer.search.labels import Labels
from indexer.search.why import Explainer
from schemas.border import minimal_activity


@pytest.mark.parametrize(
    ("term", "summary", "written"),
    [
        ("neuloa", "Neulotaan yhdessä.", "neulotaan"),
        ("suo", "Voit aina soittaa: soita rohkeasti.", "soita"),
        ("käsi", "Apua kipeille käsille ja kädentaitoja.", "käsille"),
        ("vesi", "Rauhoitu veden äärellä.", "veden"),
    ],
)
def test_a_word_is_told_as_the_text_writes_it(wiring: Wiring, term: str, summary: str, written: str) -> None:
    record = {"id": "x", "title": "Ryhmä", "summary": summary}
    activity = minimal_activity(record, wiring.municipality, "test", dt.datetime.now(dt.UTC))
    explainer = Explainer(Labels(wiring.taxonomy, wiring.gazetteer), wiring.analyser)
    page = explainer.page(wiring.query_reader.read(term), "fi")
    matched = [(TermClause("words", term), 1.0)]
    assert page.of(matched, EngineHit("x", 0, 1.0), activity)[0].value == written
