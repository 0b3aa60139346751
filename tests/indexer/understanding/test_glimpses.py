"""Questions that share only parts of what the taxonomy says of a need."""

import pytest

from app.wiring import Wiring
from indexer.understanding.expansion import NeedVote


def votes(parts: Wiring, text: str) -> tuple[NeedVote, ...]:
    return parts.query_reader.read(text).votes


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("nukun kaverin sohvalla", "asunnottomuus"),
        ("asunto on niin täynnä tavaraa ettei sisään mahdu", "siivous"),
        ("pesen käsiä kunnes iho on rikki", "pakko-oireet"),
    ],
)
def test_a_scene_of_ones_own_words_leads_to_the_need_whose_words_it_shares(
    parts: Wiring, text: str, need: str
) -> None:
    first = votes(parts, text)[0]
    assert (first.code, first.source) == (need, "gist")
    assert len(first.words) >= 2


@pytest.mark.parametrize("text", ["pitsaresepti", "verokortti", "kampaamo ajanvaraus", "bitcoin kurssi"])
def test_one_shared_word_is_no_glimpse(parts: Wiring, text: str) -> None:
    assert not [vote for vote in votes(parts, text) if vote.source == "gist"]


def test_nothing_is_glimpsed_beside_a_need_that_is_said_outright(parts: Wiring) -> None:
    found = votes(parts, "rintasyöpä ja valvon sohvalla")
    assert found[0].code == "rintasyopa"
    assert not [vote for vote in found if vote.source == "gist"]


def test_a_glimpse_is_less_sure_than_what_is_said(parts: Wiring) -> None:
    assert all(vote.strength <= 0.75 for vote in votes(parts, "nukun kaverin sohvalla"))
