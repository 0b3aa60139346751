"""Floors on judged sets that were written before anything was tuned for them.

`associations`: 128 invented activities of all kinds and 130 questions, all of one hand that had not read the
taxonomy of needs. `countrywide`: 90 activities of the whole country and 223 questions, written likewise.
`services`: 58 questions about the real services of the collection above. `held`: 40 questions and 25 more
activities that were looked at only once, at the end: nothing was or shall be tuned on them. See
docs/search-quality.md.
"""

from pathlib import Path

import pytest

from app.evaluation import (
    HOPELESS,
    Row,
    evaluate,
    judged_wiring,
    read_collection,
    read_judged,
    rows,
    searcher,
)
from app.wiring import Wiring
from bench.peers import trigrams
from config.settings import read_settings
from tests.quality.slips import kept_after_slips

FOLDER = Path(__file__).parent
FLOORS = {
    "associations": (0.88, 0.95, 0.90),
    "countrywide": (0.88, 0.94, 0.92),
    "services": (0.68, 0.84, 0.91),
    "held": (0.80, 0.84, 0.85),
}
"""nDCG@10, success@3, recall@50."""


class Measured:
    """One set, indexed and measured once."""

    def __init__(self, name: str, data: Path) -> None:
        self.folder = FOLDER / name
        self.judged = read_judged(self.folder)
        self.wiring: Wiring = judged_wiring(self.folder, data, read_settings({}))
        self.rows = {r.type: r for r in rows(evaluate(self.judged, searcher(self.wiring.search.search)))}

    @property
    def everything(self) -> Row:
        return self.rows["all with answers"]


@pytest.fixture(scope="module", params=FLOORS)
def measured(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Measured:
    return Measured(request.param, tmp_path_factory.mktemp(request.param))


def test_grades_are_of_texts_in_the_collection(measured: Measured) -> None:
    ids = {activity.id for activity in read_collection(measured.folder, measured.wiring)}
    assert {identifier for query in measured.judged for identifier in query.grades} <= ids
    assert len({query.query for query in measured.judged}) == len(measured.judged)
    assert all(query.grades or query.type == HOPELESS for query in measured.judged)


def test_a_set_not_tuned_for_keeps_its_floors(measured: Measured) -> None:
    ndcg, success, recall = FLOORS[measured.folder.name]
    assert measured.everything.ndcg.value >= ndcg
    assert measured.everything.success.value >= success
    assert measured.everything.recall.value >= recall


def test_a_slip_in_any_word_costs_little_on_texts_not_tuned_for(measured: Measured) -> None:
    half = measured.judged[::2]  # to be quick
    ask = searcher(measured.wiring.search.search)
    assert kept_after_slips(ask, half, seed=7, skipped=("spoken",)) >= 0.9


def test_the_best_peer_is_left_behind_by_a_quarter(measured: Measured) -> None:
    activities = read_collection(measured.folder, measured.wiring)
    texts = [f"{entry.title.best()} {entry.summary.best()}" for entry in activities]
    peer = trigrams([entry.id for entry in activities], texts, measured.wiring.analyser)
    theirs = rows(evaluate(measured.judged, peer))[-1].ndcg.value
    assert measured.everything.ndcg.value >= 1.25 * theirs
