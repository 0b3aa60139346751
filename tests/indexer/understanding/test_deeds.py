"""A deed done to a thing is no violence; one done to anybody is, and so is one whose object is not told."""

import pytest

from app.wiring import Wiring
from indexer.finnish import Analyser
from indexer.understanding.deeds import harmless

DEEDS = frozenset(("lyödä", "hakata", "potkia", "heittää"))
TARGETS = frozenset(("vaimo", "lapsi", "koira", "ovi", "poika"))


@pytest.fixture(scope="module")
def analyser() -> Analyser:
    return Analyser()


def _harmless(analyser: Analyser, text: str) -> bool:
    return bool(harmless(analyser.words(text), DEEDS, TARGETS, analyser.objects))


@pytest.mark.parametrize(
    "text",
    [
        "mies löi vetoa raveissa",
        "mies hakkasi metsää koko talven",
        "mies hakkaa halkoja",
        "poika hakkasi mattoja",
        "tyttö löi kaksi maalia",
        "vaimo löi kätensä oveen",
        "lapseni lyö päätään seinään",
        "isä heittää palloa",
        "mies löi rummut rikki",
    ],
)
def test_a_deed_done_to_a_thing_or_to_oneself_is_harmless(analyser: Analyser, text: str) -> None:
    assert _harmless(analyser, text)


@pytest.mark.parametrize(
    "text",
    [
        "mies lyö",
        "mies löi minua kolme kertaa",
        "mies löi kasvoja",
        "mies hakkasi vaimonsa",
        "lastani hän löi",
        "mies löi koko illan",
        "mies löi joka kerta",
        "mies löi ilman syytä",
        "mies lyö kovaa",
        "mies löi Mattia",
        "isä hakkasi koiraa",
        "poika potkii ovea ja huutaa",
        "mies hakkasi halkoja ja minua",
        "mies löi riidan jälkeen",
    ],
)
def test_a_deed_done_to_somebody_or_without_an_object_counts(analyser: Analyser, text: str) -> None:
    assert not _harmless(analyser, text)


def test_a_harmless_deed_says_no_need_of_violence(parts: Wiring) -> None:
    reading = parts.query_reader.read("mies löi vetoa raveissa")
    assert reading.crisis is None
    assert all(vote.code != "lahisuhdevakivalta" or vote.source == "related" for vote in reading.votes)
    assert parts.query_reader.read("mies löi minua").votes[0].code == "lahisuhdevakivalta"
