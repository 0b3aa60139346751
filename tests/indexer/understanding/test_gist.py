"""Swedish and English questions are understood though no entry says them word for word."""

import pytest

from app.wiring import Wiring
from indexer.understanding.reading import Reading


def read(parts: Wiring, text: str) -> Reading:
    return parts.query_reader.read(text)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("help with drinking", "en"),
        ("can't pay rent", "en"),
        ("new mother feeling sad", "en"),
        ("my kid has no friends", "en"),
        ("jag orkar inte längre", "sv"),
        ("hjälp med datorn", "sv"),
        ("träffa andra änkor", "sv"),
        ("mis saa apuu", "fi"),
        ("masenus", "fi"),
        ("nepsy lapsille ryhmä", "fi"),
        ("burnout töissä", "fi"),
        ("chat nuorille", "fi"),
    ],
)
def test_the_language_is_told_by_its_common_words_too(parts: Wiring, text: str, language: str) -> None:
    assert read(parts, text).language == language


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("help with drinking", "alkoholi"),
        ("hjälp att sluta dricka alkohol", "alkoholi"),
        ("I lost my wife", "leskeys"),
        ("rädd att falla hemma", "kaatumisen-ehkaisy"),
    ],
)
def test_a_need_is_meant_that_shares_most_of_what_was_asked(parts: Wiring, text: str, code: str) -> None:
    assert code in [vote.code for vote in read(parts, text).votes[:2]]


def test_shared_words_speak_only_where_no_entry_does(parts: Wiring) -> None:
    sources = {vote.source for vote in read(parts, "breast cancer").votes}
    assert sources <= {"said", "own", "related"}


def test_a_longer_entry_covers_a_shorter_one_in_every_language(parts: Wiring) -> None:
    assert read(parts, "postnatal depression").votes[0].code == "synnytysmasennus"
    assert read(parts, "hearing aid").votes[0].code == "kuulovamma"


@pytest.mark.parametrize("text", ["husband has depression", "min fru har depression"])
def test_anothers_trouble_is_the_relatives_need_in_every_language(parts: Wiring, text: str) -> None:
    assert read(parts, text).votes[0].code == "laheisen-mielenterveys"


def test_a_childs_illness_is_told_apart_from_an_adults(parts: Wiring) -> None:
    assert read(parts, "lapsellani on nivelpsoriasis").votes[0].code == "lapsi-sairastaa"
    assert read(parts, "vaimollani on nivelpsoriasis").votes[0].code != "lapsi-sairastaa"


def test_the_topic_within_the_name_of_a_thing_says_no_need(parts: Wiring) -> None:
    assert not parts.query_reader.read("muuttoauto").votes
    assert parts.query_reader.read("muuttoapu").votes[0].code == "muutto"
