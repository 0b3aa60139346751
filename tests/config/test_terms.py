"""Rules of the flat taxonomies: kinds, target groups, hospital units and life situations."""

import json
import re
from itertools import chain
from pathlib import Path

import pytest

from schemas.taxonomy import Taxonomy, Term, load_taxonomy
from tests.config.units import UNITS

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "data"

KINDS = (
    "peer_group",
    "support_person",
    "meeting_place",
    "counselling",
    "crisis_help",
    "course",
    "event",
    "volunteer_task",
    "online_support",
    "phone_support",
    "space",
    "exercise_group",
    "hobby_group",
    "first_information",
    "adaptation_course",
    "food_aid",
    "digital_support",
    "hospital_friend",
    "support_family",
    "end_of_life_support",
    "service",
)
GROUPS = (
    "children",
    "youth",
    "young_adults",
    "adults",
    "older_people",
    "families",
    "parents",
    "carers",
    "men",
    "women",
    "immigrants",
    "disabled",
    "long_term_ill",
    "bereaved",
    "unemployed",
    "veterans",
    "lgbtq",
    "students",
    "professionals",
    "volunteers",
    "everyone",
)
FLAT = ("kinds", "groups", "units", "situations")
# The seven age ranges of Lähellä.fi: each must lead to some group.
AGES = {"0-1", "2-6", "7-12", "13-17", "18-29", "30-64", "65-99"}


@pytest.fixture(scope="module")
def taxonomy() -> Taxonomy:
    return load_taxonomy(ROOT / "config")


def _terms(taxonomy: Taxonomy, flat: str) -> tuple[Term, ...]:
    terms: tuple[Term, ...] = getattr(taxonomy, flat)
    return terms


@pytest.mark.parametrize(("flat", "expected"), [("kinds", KINDS), ("groups", GROUPS), ("units", UNITS)])
def test_codes_are_exactly_the_agreed_ones(taxonomy: Taxonomy, flat: str, expected: tuple[str, ...]) -> None:
    assert tuple(term.code for term in _terms(taxonomy, flat)) == expected


def test_there_are_at_least_twenty_life_situations_each_once(taxonomy: Taxonomy) -> None:
    codes = [term.code for term in taxonomy.situations]
    assert len(codes) >= 20
    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize("flat", FLAT)
def test_names_are_written_in_four_languages(taxonomy: Taxonomy, flat: str) -> None:
    empty = [
        (term.code, language)
        for term in _terms(taxonomy, flat)
        for language in ("fi", "sv", "en", "selko")
        if not term.name.get(language).strip()
    ]
    assert empty == []


@pytest.mark.parametrize("flat", FLAT)
def test_every_term_is_sayable_in_finnish_swedish_and_english(taxonomy: Taxonomy, flat: str) -> None:
    silent = [t.code for t in _terms(taxonomy, flat) if not (t.words and t.phrases and t.sv and t.en)]
    assert silent == []


@pytest.mark.parametrize("flat", FLAT)
def test_words_are_single_and_phrases_are_several(taxonomy: Taxonomy, flat: str) -> None:
    terms = _terms(taxonomy, flat)
    assert [word for term in terms for word in term.words if " " in word] == []
    assert [phrase for term in terms for phrase in term.phrases if " " not in phrase] == []


@pytest.mark.parametrize("flat", FLAT)
def test_no_term_repeats_itself(taxonomy: Taxonomy, flat: str) -> None:
    repeated = [
        (term.code, entries)
        for term in _terms(taxonomy, flat)
        for entries in (term.words, term.phrases, term.sv, term.en, term.needs, term.ptv, term.lahella)
        if len(set(entries)) != len(entries)
    ]
    assert repeated == []


@pytest.mark.parametrize("flat", ["units", "situations"])
def test_units_and_situations_lead_to_needs_that_exist(taxonomy: Taxonomy, flat: str) -> None:
    faults = {
        term.code: sorted(set(term.needs) - set(taxonomy.needs)) or "no needs"
        for term in _terms(taxonomy, flat)
        if not term.needs or set(term.needs) - set(taxonomy.needs)
    }
    assert faults == {}


def test_every_age_range_of_lahella_belongs_to_a_group(taxonomy: Taxonomy) -> None:
    codes = chain.from_iterable(term.lahella for term in taxonomy.groups)
    assert {code.removeprefix("ageGroup/range:") for code in codes if code.startswith("ageGroup")} == AGES


def test_lahella_codes_have_the_shape_of_the_service() -> None:
    shape = re.compile(r"(ht|hm)_[a-z_]+|ageGroup/range:\d+-\d+|gender/(male|female)")
    taxonomy = load_taxonomy(ROOT / "config")
    codes = chain.from_iterable(term.lahella for term in (*taxonomy.kinds, *taxonomy.groups))
    assert [code for code in codes if not shape.fullmatch(code)] == []


def test_ptv_target_groups_are_in_the_official_list(taxonomy: Taxonomy) -> None:
    path = SHARED / "ptv" / "target_groups.json"
    if not path.exists():
        pytest.skip("the list of PTV target groups is not beside the checkout")
    official = {code["codeValue"] for code in json.loads(path.read_text(encoding="utf-8"))["codes"]}
    used = {code for term in taxonomy.groups for code in term.ptv}
    assert used
    assert used - official == set()
