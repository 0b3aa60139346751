"""Words on both sides of a conjunction are not said together."""

from app.wiring import Wiring


def strengths(parts: Wiring, text: str) -> dict[str, float]:
    return {vote.code: vote.strength for vote in parts.query_reader.read(text).votes}


def test_a_phrase_across_two_clauses_is_no_longer_sure(parts: Wiring) -> None:
    assert strengths(parts, "mistä saan ruokaa")["ruoka-apu"] == 1.0
    assert strengths(parts, "saan kyytiä jos ruoka on myöhässä").get("ruoka-apu", 0.0) < 0.7


def test_a_phrase_within_one_clause_of_several_stays_sure(parts: Wiring) -> None:
    assert strengths(parts, "en tiedä mistä saan ruokaa kun rahat loppui")["ruoka-apu"] == 1.0


def test_joka_that_counts_things_opens_no_clause(parts: Wiring) -> None:
    assert strengths(parts, "tyttö laskee joka suupalan kalorit")["syomishairio"] >= 0.55
