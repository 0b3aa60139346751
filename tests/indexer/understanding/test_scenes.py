"""Verbs that only set the scene weigh less than what the question is about."""

import pytest

from indexer.finnish import Analyser
from indexer.understanding.scenes import without_scenes


@pytest.fixture(scope="module")
def analyser() -> Analyser:
    return Analyser()


def _shares(analyser: Analyser, text: str) -> dict[str, float]:
    words = analyser.words(text)
    shares = without_scenes((1.0,) * len(words), (), words, analyser.verb)
    return dict(zip((word.surface for word in words), shares, strict=True))


def test_a_verb_beside_a_noun_weighs_less(analyser: Analyser) -> None:
    shares = _shares(analyser, "poika huutaa")
    assert shares["huutaa"] < shares["poika"] == 1.0


def test_a_verb_that_stands_alone_keeps_its_weight(analyser: Analyser) -> None:
    assert _shares(analyser, "oksentelen") == {"oksentelen": 1.0}


def test_a_word_that_is_also_a_noun_keeps_its_weight(analyser: Analyser) -> None:
    assert _shares(analyser, "uni koira")["uni"] == 1.0
