"""How much words say about a topic."""

import pytest

from indexer.finnish import Analyser
from indexer.generic import FRAME_WEIGHT, HALF_WEIGHT, Importance, carries, thing, trades
from indexer.meaning.background import Background, read_background


@pytest.fixture(scope="module")
def analyser() -> Analyser:
    return Analyser()


@pytest.fixture(scope="module")
def importance() -> Importance:
    return Importance(read_background())


def test_framing_words_weigh_little_beside_a_topic(analyser: Analyser, importance: Importance) -> None:
    topic, frame = importance.weights(analyser.words("yksinäisyyteen apua"))
    assert frame == FRAME_WEIGHT
    assert topic > 0.8


def test_framing_words_alone_weigh_in_full(analyser: Analyser, importance: Importance) -> None:
    assert importance.weights(analyser.words("apua")) == (1.0,)


def test_forms_of_support_weigh_half(analyser: Analyser, importance: Importance) -> None:
    assert importance.weights(analyser.words("syöpä ryhmä"))[1] == HALF_WEIGHT


@pytest.mark.parametrize(
    ("word", "part", "does"), [("digiapu", "digi", True), ("omaishoitaja", "hoitaja", False)]
)
def test_the_modifier_of_a_framing_noun_carries_the_topic(
    analyser: Analyser, word: str, part: str, does: bool
) -> None:
    assert carries(analyser.word(word), part) is does


def test_background_orders_words_by_rarity() -> None:
    background = Background(100, {"palvelu": 50, "syöpä": 2})
    assert background.idf("palvelu") < background.idf("syöpä") < background.idf("lymfaturvotus")
    assert 0 <= background.specificity("palvelu") < background.specificity("lymfaturvotus") == 1.0


def test_a_compound_that_names_a_thing_is_told_from_a_topic(analyser: Analyser) -> None:
    assert all(thing(analyser.word(text)) for text in ("muuttoauto", "elokuvateatteria", "pitsaresepti"))
    assert not any(thing(analyser.word(text)) for text in ("muuttoapu", "auto", "syöpähoito"))


def test_buying_and_selling_is_heard_in_any_form(analyser: Analyser) -> None:
    assert trades(analyser.words("polttopuita myydään"))
    assert not trades(analyser.words("polttopuita mummolle"))
