"""Swedish compounds: split where both sides are known elements, else left whole."""

import pytest

from indexer.finnish import Analyser
from indexer.finnish.swedish import parts


@pytest.mark.parametrize(
    ("compound", "expected"),
    [
        ("sorgegrupp", ("sorg", "grupp")),
        ("sorgegrupperna", ("sorg", "grupp")),
        ("anhörigstöd", ("anhörig", "stöd")),
        ("missbruksvård", ("missbruk", "vård")),
        ("närståendevårdarna", ("närstående", "vård")),
        ("kvinnojouren", ("kvinna", "jour")),
        ("veckovila", ("vecka", "vila")),
        ("skuldrådgivning", ("skuld", "rådgivning")),
        ("familjerådgivningen", ("familj", "rådgivning")),
    ],
)
def test_a_compound_is_split_at_its_joint(compound: str, expected: tuple[str, ...]) -> None:
    found = parts(compound)
    assert found == expected


@pytest.mark.parametrize(
    "word", ["grupp", "gruppen", "missbruk", "familjen", "hemma", "personer", "vilken", ""]
)
def test_a_word_of_one_element_or_an_unknown_one_stays_whole(word: str) -> None:
    assert parts(word) == ()


def test_parts_meet_the_words_that_stand_alone() -> None:
    analyser = Analyser()
    whole, alone = analyser.word("sorgegruppen", "sv"), analyser.word("sorgen", "sv")
    assert set(whole.parts) & set(alone.lemmas)


def test_an_owned_name_is_the_name() -> None:
    assert "alzheimer" in Analyser().word("Alzheimers", "sv").lemmas
