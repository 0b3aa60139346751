"""Search from request to answer: words, needs, places, slips, honest emptiness."""

import pytest

from app.wiring import Wiring
from schemas.errors import BadQuery
from schemas.search import SearchRequest, SearchResult


def _search(wiring: Wiring, text: str, **more: object) -> SearchResult:
    return wiring.search.search(SearchRequest(q=text, **more))  # type: ignore[arg-type]


def _ids(result: SearchResult) -> list[str]:
    return [hit.id for hit in result.hits]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("omaishoitajille", "olohuone"),
        ("yksinäisyyteen apua", "loyty"),
        ("mis saa apuu velkoihi", "velka"),
        ("alzhaimer", "muisti"),
        ("mies juo", "alanon"),
        ("vertaistukiryhmä", "ryhma"),
        ("lähiliikuntapaikka", "paikka"),
        ("mieheni kuoli", "suru"),
        ("MS", "ms"),
        ("loneliness", "loyty"),
        ("skuldrådgivning", "velka"),
        ("vertais tuki", "ryhma"),
        ("suru ryhmä", "suru"),
    ],
)
def test_the_right_activity_comes_first(wiring: Wiring, text: str, first: str) -> None:
    assert _ids(_search(wiring, text))[0] == first


@pytest.mark.parametrize(
    ("text", "never"),
    [("baari", "barbaari"), ("yökerho", "kasityo"), ("nainen", "barbaari"), ("hero", "suru")],
)
def test_look_alike_compounds_are_not_hits(wiring: Wiring, text: str, never: str) -> None:
    assert never not in _ids(_search(wiring, text))


@pytest.mark.parametrize("text", ["bitcoin-kurssi", "lentokoneen moottorin korjaus", "kvanttifysiikka"])
def test_hopeless_queries_are_told_and_explained(wiring: Wiring, text: str) -> None:
    result = _search(wiring, text)
    assert result.total == 0
    assert result.hits == ()
    assert result.loosened


def test_a_slip_is_corrected_and_told(wiring: Wiring) -> None:
    result = _search(wiring, "velkaneuvnta")
    correction = result.interpretation.corrections[0]
    assert (correction.original, correction.corrected, correction.applied) == (
        "velkaneuvnta",
        "velkaneuvonta",
        True,
    )
    assert correction.query == "velkaneuvonta"


def test_exact_switches_corrections_off(wiring: Wiring) -> None:
    assert _search(wiring, "velkaneuvnta", exact=True).interpretation.corrections == ()


def test_a_place_in_the_text_becomes_a_chip_and_groups(wiring: Wiring) -> None:
    result = _search(wiring, "yksinäisyys Lieksassa")
    chip = next(entry for entry in result.interpretation.understood if entry.type == "place")
    assert (chip.value, chip.filters, chip.without) == ("422", True, "yksinäisyys")
    assert result.hits[0].group == "serves"


def test_a_place_alone_lists_what_serves_it(wiring: Wiring) -> None:
    assert _ids(_search(wiring, "Lieksa"))[0] == "loyty"


def test_what_does_not_serve_the_place_comes_by_distance_and_is_said(wiring: Wiring) -> None:
    result = _search(wiring, "muistikahvila Joensuussa")
    assert (result.hits[0].id, result.hits[0].group) == ("muisti", "near")
    assert result.hits[0].distance is not None
    assert result.loosened[0].code == "near"
    assert "Joensuu" in result.loosened[0].text


def test_filters_that_leave_nothing_are_loosened_in_words(wiring: Wiring) -> None:
    result = _search(wiring, "omaishoitajille", price=("paid",))
    assert result.total == 0
    assert result.nearest[0].id == "olohuone"
    assert result.loosened[0].code == "filters"


def test_a_chosen_need_without_results_is_widened_to_its_area_and_no_further(wiring: Wiring) -> None:
    widened = _search(wiring, "", need=("etaomainen",))
    assert (widened.total, widened.loosened[0].code) == (0, "area")
    assert "olohuone" in [hit.id for hit in widened.nearest]
    assert "barbaari" not in [hit.id for hit in widened.nearest]
    arbitrary = _search(wiring, "", need=("rikoskierre",))
    assert (arbitrary.nearest, arbitrary.loosened[0].code) == ((), "none")


def test_the_price_is_given_up_before_the_need(wiring: Wiring) -> None:
    result = _search(wiring, "", need=("omaishoito",), price=("paid",))
    assert result.nearest[0].id == "olohuone"
    assert result.loosened[0].code == "filters"
    assert "Omaishoito" not in result.loosened[0].text


def test_why_speaks_with_the_words_of_the_text(wiring: Wiring) -> None:
    hit = _search(wiring, "neulominen").hits[0]
    assert "”neulotaan”" in hit.why
    assert hit.why[0].isupper()
    assert hit.why.endswith(".")


def test_why_tells_the_need_and_the_place_served(wiring: Wiring) -> None:
    why = _search(wiring, "yksinäisyys Lieksa").hits[0].why
    assert "Yksinäisyys" in why
    assert "palvelee Lieksaa" in why


@pytest.mark.parametrize(("language", "said"), [("sv", "ämne"), ("en", "topic")])
def test_why_is_told_in_the_language_of_the_page(wiring: Wiring, language: str, said: str) -> None:
    assert said in _search(wiring, "yksinäisyys", ui=language).hits[0].why.lower()


@pytest.mark.parametrize("text", ["haluan kuolla", "haluan kuolla Joensuussa"])
def test_crisis_is_told_whatever_is_found(wiring: Wiring, text: str) -> None:
    assert _search(wiring, text).interpretation.crisis == "suicide"


def test_a_misspelt_crisis_word_is_heard(wiring: Wiring) -> None:
    assert _search(wiring, "itsemurah").interpretation.crisis == "suicide"


@pytest.mark.parametrize("field", [{"sort": "best"}, {"page": 0}, {"size": 1000}])
def test_malformed_requests_are_refused(wiring: Wiring, field: dict[str, object]) -> None:
    with pytest.raises(BadQuery):
        _search(wiring, "syöpä", **field)


@pytest.mark.parametrize("text", ["", "   ", "???", "\x00", "a" * 5000, "ja tai", "😀", "'\"*:()"])
def test_any_text_is_answered(wiring: Wiring, text: str) -> None:
    assert _search(wiring, text).total >= 0
