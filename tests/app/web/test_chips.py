"""What a chip's link leaves of a question: the text without the words that the chip stands for."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.web.facets import _taken_out

LETTERS = st.text(alphabet="abÄäÅåÖößſKk İıŸÿµμ_-1  ", min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("words", "text", "left"),
    [
        ("Lieksa", "suru lieksa ryhmä", "suru ryhmä"),
        ("äiti", "äitiyhdistys ÄITI ja äiti", "äitiyhdistys ja äiti"),
        ("suru", "surut", "surut"),
        ("c++", "kurssi c++ iltaisin", "kurssi iltaisin"),
    ],
)
def test_words_are_taken_out_once_and_as_whole_words(words: str, text: str, left: str) -> None:
    assert _taken_out(words, text) == left


@given(LETTERS, LETTERS, LETTERS)
def test_they_are_taken_out_as_a_pattern_would(words: str, before: str, after: str) -> None:
    text = f"{before} {words.swapcase()}{after} {words}"
    cut = re.sub(rf"(?<!\w){re.escape(words)}(?!\w)", " ", text, count=1, flags=re.IGNORECASE)
    assert _taken_out(words, text) == " ".join(cut.split())
