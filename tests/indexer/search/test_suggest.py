"""Suggestions while typing."""

import pytest

from app.wiring import Wiring
from schemas.search import SearchRequest


def _labels(wiring: Wiring, text: str) -> list[str]:
    return [entry.label for entry in wiring.suggester.suggest(text)]


@pytest.mark.parametrize(
    "typed", ["y", "yk", "yks", "yksi", "yksin", "yksinä", "yksinäi", "yksinäisyys", "yksinäisyyteen"]
)
def test_every_length_of_prefix_finds_the_need(wiring: Wiring, typed: str) -> None:
    assert "Yksinäisyys" in _labels(wiring, typed)


@pytest.mark.parametrize("typed", ["omaishoitajan", "omaishoitajan o", "omaishoitajan ol", "olohuone omais"])
def test_words_may_be_half_typed_and_in_any_order(wiring: Wiring, typed: str) -> None:
    assert "Omaishoitajan olohuone" in _labels(wiring, typed)


def test_slips_are_forgiven(wiring: Wiring) -> None:
    assert "Omaishoitajan olohuone" in _labels(wiring, "omaishiotajan")
    assert "Lieksa" in _labels(wiring, "liexsa")


def test_a_slip_is_forgiven_beside_a_word_that_is_right(wiring: Wiring) -> None:
    assert "Omaishoitajan olohuone" in _labels(wiring, "omaishiotajan olohuone")
    assert "Omaishoitajan olohuone" in _labels(wiring, "olohuone omaishiotajan")


def test_groups_come_in_order(wiring: Wiring) -> None:
    types = [entry.type for entry in wiring.suggester.suggest("k")]
    order = ["need", "place", "activity", "organisation"]
    assert types == sorted(types, key=order.index)


@pytest.mark.parametrize("typed", ["m", "s", "v", "k", "li", "esim"])
def test_nothing_is_suggested_without_results(wiring: Wiring, typed: str) -> None:
    found = wiring.suggester.suggest(typed)
    assert found
    for entry in found:
        assert entry.count > 0
        assert wiring.search.search(SearchRequest(q=entry.query)).total > 0


def test_every_village_suggested_is_understood_as_that_village(wiring: Wiring) -> None:
    found = {
        entry.value: entry
        for letter in "abcdefghijklmnoprstuvyäö"
        for second in "aeiouyäö"
        for entry in wiring.suggester.suggest(letter + second)
        if entry.type == "place"
    }
    lost = [
        entry.query
        for entry in found.values()
        if not any(
            item.type == "place"
            for item in wiring.search.search(SearchRequest(q=entry.query)).interpretation.understood
        )
    ]
    assert len(found) > 50
    assert lost == []


@pytest.mark.parametrize("typed", ["", "  ", "qzxqzx", "\x00"])
def test_nothing_fits_nothing(wiring: Wiring, typed: str) -> None:
    assert wiring.suggester.suggest(typed) == ()


def test_labels_speak_the_language_of_the_page(wiring: Wiring) -> None:
    assert "Loneliness" in [entry.label for entry in wiring.suggester.suggest("lonel", "en")]


@pytest.mark.parametrize("language", ["fi", "sv", "en", "selko"])
def test_a_suggested_need_is_understood_as_that_need(wiring: Wiring, language: str) -> None:
    found = [
        entry
        for letter in "abdefghijklmnoprstuvy"
        for entry in wiring.suggester.suggest(letter, language)
        if entry.type == "need"
    ]
    assert found
    for entry in found:
        read = wiring.search.search(SearchRequest(q=entry.query, ui=language)).interpretation
        assert entry.value in {item.value for item in read.understood}, entry
