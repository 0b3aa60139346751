import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.meaning import grams as made
from indexer.meaning.grams import Grams, Likeness, boosts, grams, packed_grams

WORDS = (
    "masennus",
    "masentunut",
    "vertaistuki",
    "vertaistukiryhmä",
    "alzheimer",
    "ryhmä",
    "baari",
    "barbaari",
)
_VARIED = st.one_of(st.text("abä", min_size=1, max_size=6), st.text(min_size=1, max_size=8))


def test_a_misspelt_word_finds_the_right_one_first() -> None:
    assert Grams(WORDS).nearest("maseennus", floor=0.2)[0].word == "masennus"
    assert Grams(WORDS).nearest("alzhaimer", floor=0.2)[0].word == "alzheimer"


def test_a_part_finds_its_whole() -> None:
    found = [item.word for item in Grams(WORDS).nearest("vertaistuki")]
    assert found == ["vertaistukiryhmä"]


def test_the_word_itself_is_left_out() -> None:
    assert all(item.word != "masennus" for item in Grams(WORDS).nearest("masennus", floor=0.0))


def test_results_are_ranked_limited_and_above_the_floor() -> None:
    found = Grams(WORDS).nearest("masennus", floor=0.05, limit=2)
    assert len(found) <= 2
    assert [item.cosine for item in found] == sorted((item.cosine for item in found), reverse=True)
    assert all(item.cosine >= 0.05 for item in found)


def test_an_empty_vocabulary_has_no_neighbours() -> None:
    assert Grams(()).nearest("masennus") == []


@given(st.lists(st.text(max_size=20), unique=True, max_size=12), st.text(max_size=80))
def test_any_word_gets_cosines_between_0_and_1(vocabulary: list[str], word: str) -> None:
    for item in Grams(vocabulary).nearest(word, floor=0.0):
        assert item.word != word
        assert 0 < item.cosine <= 1.0001


@given(st.text(min_size=1, max_size=30))
def test_equal_words_share_all_ngrams(word: str) -> None:
    assert grams(word) == grams(str(word))
    assert all(3 <= len(gram) <= 5 for gram in grams(word))


def test_the_best_lookalike_stands_in_for_an_unknown_word() -> None:
    near = [Likeness("alzheimer", 0.5), Likeness("ryhmä", 0.25)]
    assert boosts(near, known=False) == {"alzheimer": 1.0, "ryhmä": 0.0625}


def test_lookalikes_of_a_known_word_stay_below_the_word_itself() -> None:
    near = [Likeness("masentunut", 0.9), Likeness("ryhmä", 0.3)]
    found = boosts(near, known=True)
    assert all(weight < 0.5 for weight in found.values())
    assert found["masentunut"] > found["ryhmä"]


def test_no_lookalikes_have_no_weights() -> None:
    assert boosts([], known=False) == boosts([], known=True) == {}


@given(st.sets(_VARIED), st.sets(_VARIED), st.sets(_VARIED))
def test_grams_made_from_those_of_other_words_are_the_same(
    common: set[str], gone: set[str], come: set[str]
) -> None:
    words, others = sorted(common | come), sorted(common | gone)
    anew, taken = packed_grams(words), packed_grams(words, packed_grams(others))
    assert anew.keys() == taken.keys()
    for name, array in anew.items():
        assert (array.dtype, array.tobytes()) == (taken[name].dtype, taken[name].tobytes())


def test_a_few_new_words_do_not_have_all_sorted_again(monkeypatch: pytest.MonkeyPatch) -> None:
    earlier = packed_grams(sorted(WORDS))
    monkeypatch.setattr(made, "_sorted", None)
    found = Grams.opened(packed_grams(sorted([*WORDS, "masennuskahvila"]), earlier)).nearest("masennuskahvla")
    assert found[0].word == "masennuskahvila"
