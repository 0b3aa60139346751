"""Places in text: judged phrases, every municipality in every local case, and laws."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.places import SETTINGS, forms_by_rule, settlement_forms, settlements_at_home, share
from indexer.places import KINDS, PlaceMention, PlaceRecogniser
from schemas.county import load_county
from schemas.gazetteer import Gazetteer, load_gazetteer

ROOT = Path(__file__).parents[2]
JUDGED = Path(__file__).parent / "places_judged.tsv"
EVERYDAY_TERMS = ROOT.parent / "shared" / "data" / "words" / "ykl_index_terms.tsv"

_gazetteer = load_gazetteer(ROOT / "config" / "places")
_county = load_county(ROOT / "config" / "county.toml", _gazetteer)
_recogniser = PlaceRecogniser(_gazetteer, _county.code, _county.sub_region)


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return _gazetteer


@pytest.fixture(scope="module")
def recogniser() -> PlaceRecogniser:
    return _recogniser


def judged() -> Iterator[tuple[str, tuple[str, ...]]]:
    with JUDGED.open(encoding="utf-8", newline="") as handle:
        for row in csv.reader(handle, delimiter="\t"):
            if not row[0].startswith("#"):
                yield row[0], () if row[1] == "-" else tuple(row[1].split("|"))


def certain(recogniser: PlaceRecogniser, text: str) -> tuple[str, ...]:
    return tuple(item.name or f"<{item.kind}>" for item in recogniser.find(text) if item.certain)


def only(recogniser: PlaceRecogniser, text: str) -> PlaceMention:
    found = recogniser.find(text)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(("phrase", "expected"), list(judged()))
def test_judged_phrase_gives_exactly_its_places(
    recogniser: PlaceRecogniser, phrase: str, expected: tuple[str, ...]
) -> None:
    assert certain(recogniser, phrase) == expected


def test_the_judged_list_is_wide_enough() -> None:
    phrases = list(judged())
    assert len(phrases) >= 150
    assert sum(not expected for _, expected in phrases) >= 60


@pytest.mark.parametrize("setting", ["{}", "vertaistukiryhmä {}"])
@pytest.mark.parametrize("lower", [False, True])
def test_every_municipality_is_found_in_every_local_case_in_use(
    gazetteer: Gazetteer, recogniser: PlaceRecogniser, setting: str, lower: bool
) -> None:
    missed, total = [], 0
    for place in gazetteer.municipalities:
        for form in (place.forms.at, place.forms.to, place.forms.away, *place.forms.others):
            total += 1
            text = setting.format(form.lower() if lower else form)
            if place.code not in {item.code for item in recogniser.find(text) if item.certain}:
                missed.append(text)
    assert len(missed) <= 0.005 * total, missed


@pytest.mark.parametrize("setting", [*SETTINGS, "{} kerho"])
@pytest.mark.parametrize("lower", [False, True])
def test_every_municipality_is_found_in_both_series_of_local_cases(
    gazetteer: Gazetteer, recogniser: PlaceRecogniser, setting: str, lower: bool
) -> None:
    forms = [
        (form.lower() if lower else form, (place.code,))
        for place in gazetteer.municipalities
        for form in forms_by_rule(place)
    ]
    found, missed = share(recogniser, forms, setting)
    assert len(forms) > 2000
    assert found >= 0.995, missed


def test_every_municipality_is_found_by_its_swedish_name(
    gazetteer: Gazetteer, recogniser: PlaceRecogniser
) -> None:
    own = (place for place in gazetteer.municipalities if place.sv and place.sv != place.fi)
    names = [(place.sv, (place.code,)) for place in own]
    spoken = [(text, codes) for name, codes in names for text in (name, name.lower(), f"i {name}")]
    for setting in ("{}", "anhörigstöd {}"):
        found, missed = share(recogniser, spoken, setting)
        assert found >= 0.995, missed


def test_every_settlement_and_former_municipality_of_the_county_is_found_in_six_cases(
    gazetteer: Gazetteer, recogniser: PlaceRecogniser
) -> None:
    missed = []
    home = set(_county.municipalities)
    for place in gazetteer.settlements:
        if not home.intersection(place.codes):
            continue
        name = gazetteer.municipality(place.codes[0]).fi
        found = recogniser.find(f"{place.name}, {name}")
        if not any(item.certain and item.name == place.name for item in found if item.kind != "municipality"):
            missed.append(place.name)
    # Nurmijärvi and Sysmä are villages of the county, too, but their names mean the municipalities.
    assert set(missed) <= {"Nurmijärvi", "Sysmä"}


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("lower", [False, True])
def test_every_settlement_of_the_county_is_found_in_every_local_case_in_use(
    gazetteer: Gazetteer, recogniser: PlaceRecogniser, setting: str, lower: bool
) -> None:
    home = _county.municipalities
    forms = [
        (form.lower() if lower else form, place.codes)
        for place in settlements_at_home(gazetteer, home)
        for form in settlement_forms(place, gazetteer)
    ]
    found, missed = share(recogniser, forms, setting)
    assert len(forms) > 2000
    assert found >= 0.99, missed


@pytest.mark.parametrize(
    "text",
    [
        "ruoho kasvaa savikolla",
        "kermalla kuorrutettu kakku",
        "kutsulla mukaan juhliin",
        "hatulla vai ilman hattua",
        "kävelyretki koivikossa",
        "uimaan rannalla",
        "kiteestä tehty koru",
        "Outokumpu Oyj:n osakkeet",
        "nurmella istuminen",
        "oma eno juo",
        "isän enon hautajaiset",
        "kolissa ja ryskeessä",
        "leveällä alavilla mailla",
        "pikkukylässä asuva",
    ],
)
def test_a_common_word_that_is_also_a_name_is_no_place_where_nothing_says_so(
    recogniser: PlaceRecogniser, text: str
) -> None:
    assert certain(recogniser, text) == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("asun savikossa kiteellä", "Savikko"),
        ("kerho Savikossa", "Savikko"),
        ("korpiselässä", "Korpiselkä"),
        ("vertaistuki koivikossa, Kitee", "Koivikko"),
        ("jumppa Hatussa Ilomantsissa", "Hattu"),
        ("muutin Kolille", "Koli"),
        ("kyläkahvila Kulhossa", "Kulho"),
        ("Liperin Ristillä", "Risti"),
    ],
)
def test_a_name_that_is_also_a_common_word_is_a_place_where_the_context_says_so(
    recogniser: PlaceRecogniser, text: str, name: str
) -> None:
    assert name in certain(recogniser, text)


@pytest.mark.parametrize(
    ("text", "code", "case"),
    [
        ("Lieksassa", "422", "inessive"),
        ("Lieksaan", "422", "illative"),
        ("Lieksasta", "422", "elative"),
        ("Kiteellä", "260", "adessive"),
        ("Kiteelle", "260", "allative"),
        ("Kiteeltä", "260", "ablative"),
        ("Joensuun", "167", "genitive"),
        ("Joensuu", "167", "nominative"),
        ("Joensuuta", "167", "partitive"),
        ("Joensuuna", "167", "essive"),
        ("joensuulaisille", "167", "demonym"),
        ("Juukaan", "176", "illative"),
        ("Outokumpuun", "309", "illative"),
        ("Heinäveteen", "090", "illative"),
        ("Heinävettä", "090", "partitive"),
    ],
)
def test_case_is_told(recogniser: PlaceRecogniser, text: str, code: str, case: str) -> None:
    mention = only(recogniser, text)
    assert (mention.code, mention.case) == (code, case)


def test_kinds_carry_codes(recogniser: PlaceRecogniser) -> None:
    assert only(recogniser, "Tuupovaarassa").kind == "former"
    assert only(recogniser, "Ylämyllyllä").codes == ("426",)
    assert only(recogniser, "Keski-Karjalassa").codes == ("260", "707", "848")
    assert set(only(recogniser, "Siun soten").codes) == set(_county.municipalities)
    assert only(recogniser, "80100").code == "167"
    assert only(recogniser, "verkossa").codes == ()


def test_a_genitive_takes_the_words_for_its_surroundings_with_it(recogniser: PlaceRecogniser) -> None:
    assert only(recogniser, "Lieksan seudulla").surface == "Lieksan seudulla"
    assert only(recogniser, "Lieksan kirjasto").surface == "Lieksan"


def test_a_village_name_of_two_municipalities_means_both_until_one_is_named(
    recogniser: PlaceRecogniser,
) -> None:
    assert set(only(recogniser, "Hattuvaarassa").codes) == {"146", "422"}
    assert recogniser.find("Hattuvaara, Lieksa")[0].codes == ("422",)


def test_an_everyday_word_alone_is_offered_but_not_certain(recogniser: PlaceRecogniser) -> None:
    mention = only(recogniser, "varkaus")
    assert (mention.code, mention.certain) == ("915", False)


def test_demonyms_and_compounds_keep_their_words_in_the_query(recogniser: PlaceRecogniser) -> None:
    assert not only(recogniser, "joensuulaisille").absorbs
    assert not only(recogniser, "verkkoryhmä").absorbs
    assert only(recogniser, "Joensuussa").absorbs


def test_a_reader_of_lemmas_keeps_spoken_forms_from_eating_words(gazetteer: Gazetteer) -> None:
    reader = PlaceRecogniser(gazetteer, "pohjois-karjala", lemmas=lambda surface: ("juukas",))
    assert not any(item.certain for item in reader.find("juuas päivää"))
    assert any(item.certain for item in _recogniser.find("juuas päivää"))


def test_forms_hold_the_written_forms_of_places(recogniser: PlaceRecogniser) -> None:
    assert {"joensuussa", "kiteellä", "tuupovaaraan", "rantakylästä", "lieksa"} <= set(recogniser.forms())


def test_everyday_index_terms_are_not_taken_for_villages(recogniser: PlaceRecogniser) -> None:
    if not EVERYDAY_TERMS.exists():
        pytest.skip("the everyday index terms are not part of the repository")
    with EVERYDAY_TERMS.open(encoding="utf-8", newline="") as handle:
        terms = [row["term"] for row in csv.DictReader(handle, delimiter="\t")]
    mistaken = [
        (term, item.name)
        for term in terms[::3]
        for item in recogniser.find(term.lower())
        if item.certain and item.kind == "settlement"
    ]
    assert mistaken == []


words = st.sampled_from(
    ["Enossa", "eno", "kitee", "Joensuu-", "80100", "lähellä", "koko", "suomi", "ii", "–", "§"]
)


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=80), st.lists(words, max_size=12).map(" ".join)))
def test_find_never_raises_and_offsets_point_at_the_surface(text: str) -> None:
    end = 0
    for item in _recogniser.find(text):
        assert text[item.start : item.end] == item.surface != ""
        assert item.start >= end
        assert item.kind in KINDS
        assert all(code in _gazetteer for code in item.codes)
        end = item.end


def test_a_village_wins_over_a_distant_municipality_when_its_own_is_named(
    recogniser: PlaceRecogniser,
) -> None:
    assert only(recogniser, "Nurmijärvellä").code == "543"
    assert recogniser.find("Nurmijärvi, Lieksa")[0].code == "422"
