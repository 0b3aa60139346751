"""What is corrected, what is offered, and what is left alone."""

import pytest

from indexer.finnish import Analyser
from indexer.understanding.spelling import Change, Speller
from indexer.understanding.vocabulary import Vocabulary

FORMS = {
    "masennus": 5, "yksinäisyys": 4, "omaishoitajille": 3, "omaishoitaja": 3, "velkaneuvonta": 2,
    "vertaistuki": 9, "paniikkikohtaus": 2, "mielenterveys": 8, "diabetes": 4, "ryhmä": 20,
    "toimeentulotuki": 4, "sirkus": 1,
}  # fmt: skip


@pytest.fixture(scope="module")
def analyser() -> Analyser:
    return Analyser()


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary(FORMS, FORMS, 100)


@pytest.fixture(scope="module")
def speller(analyser: Analyser) -> Speller:
    return Speller(analyser, {"alzheimer", "sururyhmä"})


def _changes(speller: Speller, analyser: Analyser, vocabulary: Vocabulary, text: str) -> tuple[Change, ...]:
    return speller.changes(analyser.words(text), vocabulary)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("masenus", "masennus"),
        ("masennsu", "masennus"),
        ("yksinaisyys", "yksinäisyys"),
        ("omaishoitjille", "omaishoitajille"),
        ("diapetes", "diabetes"),
        ("velkaneuvnta", "velkaneuvonta"),
        ("vertais tuki", "vertaistuki"),
        ("mielen terveys", "mielenterveys"),
        ("paniikki kohtaukset", "paniikkikohtaukset"),
        ("toimentulotuki", "toimeentulotuki"),
        ("masennuuuus", "masennus"),
        ("yksinäiiiisyyyys", "yksinäisyys"),
    ],
)
def test_slips_are_corrected(
    speller: Speller, analyser: Analyser, vocabulary: Vocabulary, text: str, meant: str
) -> None:
    (change,) = _changes(speller, analyser, vocabulary, text)
    assert (change.corrected, change.applied) == (meant, True)
    assert text[change.start : change.end] == change.original


@pytest.mark.parametrize(
    "text",
    ["masennus", "omaishoitajille", "sururyhmä", "lentokone", "kirjasto", "MS", "2026", "äiti", "suru"],
)
def test_right_words_are_left_alone(
    speller: Speller, analyser: Analyser, vocabulary: Vocabulary, text: str
) -> None:
    assert not any(change.applied for change in _changes(speller, analyser, vocabulary, text))


def test_a_word_that_may_be_right_is_only_offered(
    speller: Speller, analyser: Analyser, vocabulary: Vocabulary
) -> None:
    changes = _changes(speller, analyser, vocabulary, "sirus")
    assert all(not change.applied for change in changes)


def test_a_genitive_and_its_noun_stay_two_words(
    speller: Speller, analyser: Analyser, vocabulary: Vocabulary
) -> None:
    assert _changes(speller, analyser, vocabulary, "velan neuvonta") == ()


def test_words_run_together_are_parted(speller: Speller, analyser: Analyser) -> None:
    known = {**FORMS, "sydän": 3, "lieksa": 2}
    made = Vocabulary(known, known, 100)
    found = _changes(speller, analyser, made, "diabetesryhmälieksa")
    assert found == () or " " in found[0].corrected or found[0].applied


def test_near_words_come_nearest_first(vocabulary: Vocabulary) -> None:
    assert vocabulary.near("masenus", 2)[0] == "masennus"


def test_look_alikes_stand_in_for_strange_words(vocabulary: Vocabulary) -> None:
    assert next(iter(vocabulary.alike("masennuksellinen", 3)))[0] == "masennus"


def test_a_short_word_that_only_lacks_its_dots_is_corrected(
    analyser: Analyser, vocabulary: Vocabulary
) -> None:
    speller = Speller(analyser, {"lyödä", "työ"})
    assert [c.corrected for c in _changes(speller, analyser, vocabulary, "mies lyo")] == ["lyö"]
    assert [c.corrected for c in _changes(speller, analyser, vocabulary, "tyo")] == ["työ"]
    assert not _changes(speller, analyser, vocabulary, "abo")
