"""How likely one word is a slip for another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.understanding.slips import allowed, cost, fold, folded

WORDS = st.text(alphabet="abdeghijklmnoprstuvyäö", min_size=1, max_size=14)


@pytest.mark.parametrize(
    ("written", "likelier", "less"),
    [
        ("aiti", "äiti", "aita"),
        ("yksinaisyys", "yksinäisyys", "yksikäsitys"),
        ("masenus", "masennus", "maseuus"),
        ("diapetes", "diabetes", "diakates"),
        ("peala", "pelaa", "pela"),
    ],
)
def test_likely_slips_cost_less(written: str, likelier: str, less: str) -> None:
    assert cost(written, likelier) < cost(written, less)


def test_dots_and_doubled_letters_fold_away() -> None:
    assert fold("Yksinäisyys") == fold("yksinaisyys")
    assert fold("kaappi") == fold("kapi")


@pytest.mark.parametrize(("length", "slips"), [(3, 0), (4, 1), (6, 1), (7, 2), (12, 2), (13, 3)])
def test_longer_words_may_hold_more_slips(length: int, slips: int) -> None:
    assert allowed(length) == slips


@given(WORDS, WORDS)
def test_another_word_always_costs_something(one: str, other: str) -> None:
    assert (cost(one, other) > 0) or one == other or fold(one) == fold(other)


@given(WORDS)
def test_folding_twice_changes_nothing_more(word: str) -> None:
    assert fold(fold(word)) == fold(word) or len(fold(fold(word))) < len(fold(word))


@given(st.lists(st.one_of(WORDS, st.text(max_size=6))))
def test_many_words_are_folded_as_each_alone(words: list[str]) -> None:
    assert folded(words) == list(map(fold, words))
