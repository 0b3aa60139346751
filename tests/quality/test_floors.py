"""Floors of search quality on the judged queries; a change of ranking carries its numbers in its commit."""

from pathlib import Path

import pytest

from app.evaluation import (
    HOPELESS,
    Judged,
    Row,
    evaluate,
    judged_wiring,
    read_collection,
    read_judged,
    rows,
    searcher,
)
from app.evaluation import score as score_of
from app.wiring import Wiring
from bench.peers import trigrams
from config.settings import read_settings
from tests.quality.slips import kept_after_slips

FOLDER = Path(__file__).parent
FLOORS = {
    "lay": 0.78,
    "clinical": 0.84,
    "official": 0.91,
    "inflected": 0.82,
    "compound": 0.82,
    "misspelt": 0.80,
    "spoken": 0.53,
    "place": 0.66,
    "swedish": 0.78,
    "english": 0.74,
}


@pytest.fixture(scope="module")
def judged() -> tuple[Judged, ...]:
    return read_judged(FOLDER)


@pytest.fixture(scope="module")
def wiring(tmp_path_factory: pytest.TempPathFactory) -> Wiring:
    return judged_wiring(FOLDER, tmp_path_factory.mktemp("judged"), read_settings({}))


@pytest.fixture(scope="module")
def measured(wiring: Wiring, judged: tuple[Judged, ...]) -> dict[str, Row]:
    return {row.type: row for row in rows(evaluate(judged, searcher(wiring.search.search)))}


def test_set_is_wide_enough(judged: tuple[Judged, ...]) -> None:
    assert len(judged) >= 150
    assert {query.type for query in judged} == {*FLOORS, HOPELESS}
    assert len({query.query for query in judged}) == len(judged)
    assert all(grade in (1, 2, 3) for query in judged for grade in query.grades.values())


def test_grades_are_of_texts_in_the_collection(wiring: Wiring, judged: tuple[Judged, ...]) -> None:
    ids = {activity.id for activity in read_collection(FOLDER, wiring)}
    assert {identifier for query in judged for identifier in query.grades} <= ids


@pytest.mark.parametrize("name", FLOORS)
def test_each_type_keeps_its_floor(measured: dict[str, Row], name: str) -> None:
    assert measured[name].ndcg.value >= FLOORS[name]


def test_all_types_together_keep_their_floors(measured: dict[str, Row]) -> None:
    everything = measured["all with answers"]
    assert everything.ndcg.value >= 0.81
    assert everything.success.value >= 0.92
    assert everything.recall.value >= 0.94
    assert everything.empty.value <= 0.01


def test_hopeless_queries_are_told_honestly(measured: dict[str, Row]) -> None:
    assert measured[HOPELESS].empty.value >= 0.88


def test_best_peer_is_left_behind(
    wiring: Wiring, judged: tuple[Judged, ...], measured: dict[str, Row]
) -> None:
    activities = read_collection(FOLDER, wiring)
    texts = [f"{entry.title.best()} {entry.summary.best()}" for entry in activities]
    peer = trigrams([entry.id for entry in activities], texts, wiring.analyser)
    theirs = rows(evaluate(judged, peer))[-1].ndcg.value
    assert measured["all with answers"].ndcg.value >= 1.25 * theirs


def test_a_slip_in_any_word_costs_little(wiring: Wiring, judged: tuple[Judged, ...]) -> None:
    assert kept_after_slips(searcher(wiring.search.search), judged, seed=3) >= 0.9


def test_nothing_found_is_perfect_only_for_hopeless_queries() -> None:
    hopeless, other = Judged("hopeless", "x", {}), Judged("lay", "y", {"a": 3})
    assert score_of([], hopeless).ndcg == 1.0
    assert score_of(["a"], hopeless).ndcg == 0.0
    assert score_of([], other).ndcg == 0.0
    assert score_of(["a"], other).ndcg == 1.0
