"""What a crisis does to the needs of a question, and what asks for no help at all."""

import pytest

from app.wiring import Wiring
from indexer.understanding.reading import Reading


def read(parts: Wiring, text: str) -> Reading:
    return parts.query_reader.read(text)


@pytest.mark.parametrize(
    "text", ["nukahtaisinpa eikä tarvis enää herätä", "they would be better off without me"]
)
def test_beside_thoughts_of_death_no_other_need_is_said_surely(parts: Wiring, text: str) -> None:
    first, *others = read(parts, text).votes
    assert (first.code, first.strength >= 0.7) == ("itsetuhoisuus", True)
    assert all(vote.strength < 0.5 for vote in others)


def test_violence_is_among_the_needs_although_another_was_said_surely(parts: Wiring) -> None:
    votes = read(parts, "olen työtön ja iskä hajotti oven eilen ja uhkas").votes
    assert {"tyottomyys", "lapsen-kaltoinkohtelu"} <= {vote.code for vote in votes if vote.strength >= 0.7}


def test_what_an_acute_crisis_is_about_comes_first(parts: Wiring) -> None:
    reading = read(parts, "meillä ei oo mitään syötävää viikonloppuna")
    assert (reading.crisis, reading.votes[0].code) == ("acute", "ruoka-apu")


@pytest.mark.parametrize("text", ["lakimies", "putkimies lieksa", "virkamies kohteli huonosti"])
def test_a_trade_asks_for_no_activities_for_men(parts: Wiring, text: str) -> None:
    mentions = read(parts, text).mentions
    assert not [mention for mention in mentions if mention.entry.type == "group"]


def test_activities_for_men_do(parts: Wiring) -> None:
    mentions = read(parts, "miesten ryhmä").mentions
    assert "men" in {mention.entry.code for mention in mentions if mention.entry.type == "group"}


@pytest.mark.parametrize("text", ["pesukoneen korjaus", "auton talvirenkaat"])
def test_goods_and_repairs_are_led_to_no_need_by_likeness(parts: Wiring, text: str) -> None:
    assert not [vote for vote in read(parts, text).votes if vote.source == "gist"]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("isäpuoli löi minua", "lahisuhdevakivalta lapsen-kaltoinkohtelu"),
        ("hoitaja retuuttaa mummoa", "ikaantyneen-kaltoinkohtelu"),
        ("paras kaveri sanoi ettei halua elää", "laheisen-itsetuhoisuus"),
        ("naapurista kuuluu lapsen läpsimistä", "lapsen-kaltoinkohtelu"),
        ("husband threatens to kill me", "lahisuhdevakivalta"),
        ("min fru slår mig", "lahisuhdevakivalta"),
        ("löin lastani", "vakivallan-kayttaja lapsen-kaltoinkohtelu"),
        ("ystäväni teki itsemurhan", "itsemurhan-jalkeen"),
    ],
)
def test_who_is_in_the_crisis_tells_the_need(parts: Wiring, text: str, first: str) -> None:
    assert read(parts, text).votes[0].code in first.split()


def test_framing_words_say_a_need_only_where_nothing_else_is_told(parts: Wiring) -> None:
    assert read(parts, "kuka auttaa").votes[0].code == "asiointi"
    assert read(parts, "syöpäpotilaan lapset, kuka auttaa").votes[0].code != "asiointi"
    assert read(parts, "haluan auttaa vanhuksia").votes[0].code == "vapaaehtoiseksi"
    assert (
        read(parts, "miten voin auttaa veljeäni jolla on skitsofrenia").votes[0].code.startswith("laheisen-")
    )
