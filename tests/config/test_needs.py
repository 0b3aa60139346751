"""Rules that every need in `config/needs/` keeps, whoever writes it."""

import re
from collections import defaultdict
from pathlib import Path

import pytest

from schemas.taxonomy import Area, Need, Taxonomy, load_taxonomy
from tests.config.units import UNITS

ROOT = Path(__file__).resolve().parents[2]
CONFIG = ROOT / "config"
LANGUAGES = ("fi", "sv", "en", "selko")

# Words so common in every source that alone they say nothing about a need.
GENERAL = frozenset(
    (
        "tuki",
        "apu",
        "ryhmä",
        "elämä",
        "ikä",
        "yksin",
        "työ",
        "lapsi",
        "sairaus",
        "aika",
        "asia",
        "hoito",
        "ihminen",
        "jaksaa",
        "keskustelu",
        "kerho",
        "koti",
        "kurssi",
        "kuolema",
        "läheinen",
        "neuvonta",
        "nuori",
        "oire",
        "ohjaus",
        "olo",
        "palvelu",
        "perhe",
        "pelko",
        "puhe",
        "tapaaminen",
        "tapahtuma",
        "toiminta",
        "uni",
        "voima",
        "vamma",
        "väsymys",
        "yhdistys",
        "ystävä",
        "äiti",
        "isä",
        "mies",
        "nainen",
        "puoliso",
    )
)

CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
PTV_CLASS = re.compile(r"P\d+(\.\d+)?")


@pytest.fixture(scope="module")
def taxonomy() -> Taxonomy:
    return load_taxonomy(CONFIG)


def _named(taxonomy: Taxonomy) -> list[Area | Need]:
    return [*taxonomy.areas.values(), *taxonomy.needs.values()]


def _faults(taxonomy: Taxonomy, field: str) -> dict[str, list[str]]:
    """Needs whose list `field` holds an empty, padded or repeated entry."""
    found: dict[str, list[str]] = {}
    for need in taxonomy.needs.values():
        entries: tuple[str, ...] = getattr(need, field)
        lowered = [entry.casefold() for entry in entries]
        bad = [entry for entry in entries if not entry.strip() or entry != entry.strip()]
        bad += sorted({entry for entry in lowered if lowered.count(entry) > 1})
        if bad:
            found[need.code] = bad
    return found


def test_taxonomy_is_wide(taxonomy: Taxonomy) -> None:
    assert len(taxonomy.areas) >= 12
    assert len(taxonomy.needs) >= 120


def test_every_file_is_named_by_its_area_and_has_needs(taxonomy: Taxonomy) -> None:
    stems = [re.sub(r"^\d\d-", "", path.stem) for path in sorted((CONFIG / "needs").glob("*.toml"))]
    assert stems == [file.area.code for file in taxonomy.files]
    assert [file.area.code for file in taxonomy.files if not file.need] == []


def test_codes_are_short_ascii_kebab_case(taxonomy: Taxonomy) -> None:
    codes = [item.code for item in _named(taxonomy)]
    assert [code for code in codes if not CODE.fullmatch(code) or len(code) > 40] == []


def test_names_and_descriptions_are_written_in_four_languages(taxonomy: Taxonomy) -> None:
    missing = [
        (item.code, kind, language)
        for item in _named(taxonomy)
        for kind, names in (("name", item.name), ("description", item.description))
        for language in LANGUAGES
        if not names.get(language).strip() or names.get(language) == item.code
    ]
    assert missing == []


def test_descriptions_are_sentences_of_their_own(taxonomy: Taxonomy) -> None:
    faults = [
        (item.code, language)
        for item in _named(taxonomy)
        for language in LANGUAGES
        if item.description.get(language) == item.name.get(language)
        or not item.description.get(language).rstrip().endswith((".", "?", "!"))
    ]
    assert faults == []


def test_every_need_has_twenty_to_sixty_finnish_words(taxonomy: Taxonomy) -> None:
    counts = {code: len(set(need.vocabulary())) for code, need in taxonomy.needs.items()}
    assert {code: count for code, count in counts.items() if not 20 <= count <= 60} == {}


def test_every_need_has_strong_words_and_phrases(taxonomy: Taxonomy) -> None:
    assert [code for code, need in taxonomy.needs.items() if not need.words or not need.phrases] == []


@pytest.mark.parametrize("field", ["sv", "en"])
def test_every_need_is_found_in_swedish_and_english(taxonomy: Taxonomy, field: str) -> None:
    short = {
        code: len(getattr(need, field))
        for code, need in taxonomy.needs.items()
        if len(getattr(need, field)) < 4
    }
    assert short == {}


@pytest.mark.parametrize("field", ["words", "phrases", "hints", "official", "sv", "en", "units", "related"])
def test_lists_hold_no_empty_or_repeated_entries(taxonomy: Taxonomy, field: str) -> None:
    assert _faults(taxonomy, field) == {}


def test_no_strong_word_belongs_to_more_than_three_needs(taxonomy: Taxonomy) -> None:
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for need in taxonomy.needs.values():
        for word in need.words:
            owners[word.casefold()].add(need.code)
    assert {word: sorted(codes) for word, codes in owners.items() if len(codes) > 3} == {}


def test_general_words_are_never_strong_words(taxonomy: Taxonomy) -> None:
    strong = {
        need.code: sorted(GENERAL & {word.casefold() for word in need.words})
        for need in taxonomy.needs.values()
    }
    assert {code: words for code, words in strong.items() if words} == {}


def test_units_and_service_classes_are_known(taxonomy: Taxonomy) -> None:
    units = {need.code: sorted(set(need.units).difference(UNITS)) for need in taxonomy.needs.values()}
    classes = {
        code: [c for c in n.ptv_classes if not PTV_CLASS.fullmatch(c)] for code, n in taxonomy.needs.items()
    }
    assert {code: unknown for code, unknown in units.items() if unknown} == {}
    assert {code: unknown for code, unknown in classes.items() if unknown} == {}


def test_every_hospital_unit_leads_to_a_need(taxonomy: Taxonomy) -> None:
    used = {unit for need in taxonomy.needs.values() for unit in need.units}
    assert sorted(set(UNITS) - used) == []


def test_no_need_is_related_to_itself(taxonomy: Taxonomy) -> None:
    assert [code for code, need in taxonomy.needs.items() if code in need.related] == []


def test_crisis_needs_are_sensitive_too(taxonomy: Taxonomy) -> None:
    crisis = [need for need in taxonomy.needs.values() if need.crisis]
    assert crisis
    assert [need.code for need in crisis if not need.sensitive] == []


def test_violence_is_a_crisis_of_its_own_kind(taxonomy: Taxonomy) -> None:
    assert taxonomy.crises(["yksinaisyys", "lahisuhdevakivalta", "akuutti-kriisi", "seksuaalivakivalta"]) == (
        "violence",
        "acute",
    )


def test_each_illness_is_marked_sensitive(taxonomy: Taxonomy) -> None:
    # Menopause is a stage of life, not an illness: the only need of this area that reveals no health datum.
    open_needs = {need.code for need in taxonomy.in_area("sairaudet") if not need.sensitive}
    assert open_needs <= {"vaihdevuodet"}
