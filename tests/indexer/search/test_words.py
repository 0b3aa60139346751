"""The search's own words are there in every language of the interface."""

import datetime as dt
import re

import pytest

from indexer.search import sentences, words
from indexer.search.sentences import reason_text, sentence
from indexer.search.words import LANGUAGES, by_calendar, day, facet_name, fixed
from schemas.search import FACETS

_PLACEHOLDER = re.compile(r"\{\w+\}")
TABLES = (sentences._TEXTS, sentences._REASONS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_facet_has_a_name(language: str) -> None:
    names = [facet_name(name, language) for name in FACETS]
    assert all(names)
    assert len(set(names)) == len(names)


def test_facets_and_choices_differ_from_finnish_in_other_languages() -> None:
    for row in (*words._FACETS.values(), *words._FIXED.values()):
        finnish, swedish, english, plain = row
        assert plain
        assert len({finnish, swedish, english}) == 3 or finnish == "online", row


@pytest.mark.parametrize("table", TABLES)
def test_every_sentence_is_there_in_every_language_with_its_values(table: dict[str, dict[str, str]]) -> None:
    for code, texts in table.items():
        assert set(texts) == set(LANGUAGES), code
        values = {frozenset(_PLACEHOLDER.findall(text)) for text in texts.values()}
        assert len(values - {frozenset()}) <= 1, code
        assert len({texts["fi"], texts["sv"], texts["en"]}) == 3, code


def test_choices_of_time_stand_by_the_calendar() -> None:
    shuffled = ["evening", "su", "weekend", "mo", "fr", "morning"]
    assert sorted(shuffled, key=by_calendar) == ["mo", "fr", "su", "morning", "evening", "weekend"]


def test_an_unknown_language_is_told_in_finnish() -> None:
    assert sentence("none", "de") == sentence("none", "fi")
    assert reason_text("need", "de", value="x") == "aiheena on x"
    assert facet_name("price", "de") == "Hinta"


def test_an_unknown_choice_is_its_code() -> None:
    assert fixed("language", "fa", "sv") == "fa"


@pytest.mark.parametrize(
    ("language", "said"),
    [("fi", "ma 23.11."), ("sv", "må 23.11"), ("en", "Mon 23 Nov"), ("selko", "maanantaina 23.11.")],
)
def test_days_are_short_and_unmistakable(language: str, said: str) -> None:
    assert day(dt.date(2026, 11, 23), language) == said
