"""Who acts in a phrase: the speaker or somebody else."""

import pytest

from app.wiring import Wiring


def strengths(parts: Wiring, text: str) -> dict[str, float]:
    return {vote.code: vote.strength for vote in parts.query_reader.read(text).votes}


@pytest.mark.parametrize(
    "text", ["mies lyö minua", "mieheni lyö", "vaimo lyö", "mies löi minua", "puoliso hakkaa"]
)
def test_the_one_who_is_hit_is_not_taken_for_the_one_who_hits(parts: Wiring, text: str) -> None:
    found = strengths(parts, text)
    assert found["lahisuhdevakivalta"] >= 0.7
    assert found.get("vakivallan-kayttaja", 0.0) < 0.3


@pytest.mark.parametrize("text", ["löin vaimoani", "löin miestäni", "löin puolisoani"])
def test_the_one_who_hits_is_not_taken_for_the_one_who_is_hit(parts: Wiring, text: str) -> None:
    found = strengths(parts, text)
    assert found["vakivallan-kayttaja"] >= 0.7
    assert found.get("lahisuhdevakivalta", 0.0) < found["vakivallan-kayttaja"]


def test_a_phrase_without_another_person_is_met_in_any_person(parts: Wiring) -> None:
    assert strengths(parts, "en saa unta") and strengths(parts, "ei saa unta")
    assert strengths(parts, "en saa unta").keys() == strengths(parts, "ei saa unta").keys()


def test_the_one_who_acts_weighs_less_than_what_is_done(parts: Wiring) -> None:
    reading = parts.query_reader.read("mies lyö")
    by_word = dict(zip((word.surface for word in reading.words), reading.shares, strict=True))
    plain = parts.query_reader.read("miesten ryhmä")
    assert by_word["mies"] < plain.shares[0]


def test_a_negation_tells_who_acts(parts: Wiring) -> None:
    assert strengths(parts, "emme saa lasta")["lapsettomuus"] == 1.0
    assert strengths(parts, "lapsi ei saa unta").get("lapsettomuus", 0.0) < 0.7


def test_what_speech_says_impersonally_is_what_we_do(parts: Wiring) -> None:
    assert strengths(parts, "ei saada lasta")["lapsettomuus"] == 1.0
