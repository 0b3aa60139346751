"""Words outside the dictionary: hyphens, colons, tails, abbreviations and speech."""

import pytest

from indexer.finnish import Analyser
from indexer.finnish.spoken import FORMS


@pytest.mark.parametrize(
    ("form", "lemma", "parts"),
    [
        ("OLKA-pisteellä", "olka-piste", {"olka", "piste"}),
        ("OLKA-pisteellä", "olkapiste", {"olka", "piste"}),
        ("AVH-yhdistyksen", "avh-yhdistys", {"avh", "yhdistys"}),
        ("TE-toimistosta", "te-toimisto", {"te", "toimisto"}),
        ("MS-tautia", "ms-tauti", {"ms", "tauti"}),
        ("mt-ongelmista", "mt-ongelma", {"mt", "ongelma"}),
        ("AA‑ryhmään", "aa-ryhmä", {"aa", "ryhmä"}),
        ("5-vuotiaille", "5-vuotias", {"vuotias"}),
        ("nepsylapsille", "nepsylapsi", {"nepsy", "lapsi"}),
        ("Miunpalveluista", "miunpalvelu", {"miun", "palvelu"}),
        ("zumbaryhmään", "zumbaryhmä", {"ryhmä"}),
    ],
)
def test_hyphens_and_known_tails(analyser: Analyser, form: str, lemma: str, parts: set[str]) -> None:
    word = analyser.word(form)
    assert lemma in word.lemmas
    assert parts <= set(word.parts)


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("MS:ää", "ms"),
        ("ry:n", "ry"),
        ("KELA:sta", "kela"),
        ("ADHD:hen", "adhd"),
        ("EU:ssa", "eu"),
        ("Kelalta", "kela"),
        ("soten", "sote"),
        ("TE-toimisto:n", "te-toimisto"),
    ],
)
def test_colons_and_brands(analyser: Analyser, form: str, lemma: str) -> None:
    assert lemma in analyser.word(form).lemmas


@pytest.mark.parametrize("short", ["MS", "CP", "AA", "mt", "ADHD", "COPD", "AVH", "NA", "ry", "IBD"])
def test_abbreviations_survive_in_any_case(analyser: Analyser, short: str) -> None:
    for shape in (short, short.lower(), short.upper()):
        assert short.lower() in analyser.word(shape).lemmas


@pytest.mark.parametrize(
    ("spoken", "lemma"),
    [
        ("Joensuus", "joensuu"),
        ("Kiteel", "kitee"),
        ("Lieksast", "lieksa"),
        ("yksinäisyytee", "yksinäisyys"),
        ("apuu", "apu"),
        ("kerhoo", "kerho"),
        ("lapsii", "lapsi"),
        ("ryhmäs", "ryhmä"),
        ("masentunu", "masentunut"),
        ("mis", "mikä"),
        ("mä", "minä"),
        ("mulla", "minä"),
        ("oon", "olla"),
        ("tarviin", "tarvita"),
        ("onks", "olla"),
        ("haluisin", "haluta"),
        ("haluun", "haluta"),
    ],
)
def test_speech_is_read_as_its_standard_form_and_counts_as_known(
    analyser: Analyser, spoken: str, lemma: str
) -> None:
    word = analyser.word(spoken)
    assert lemma in word.lemmas
    assert word.known


def test_home_is_one_word_in_all_its_forms(analyser: Analyser) -> None:
    assert all(
        "koti" in analyser.word(form).lemmas for form in ("koti", "kotona", "kotoa", "kotiin", "kodin")
    )


def test_a_word_of_content_stays_one_beside_its_spoken_reading(analyser: Analyser) -> None:
    word = analyser.word("multa")
    assert {"multa", "minä"} <= set(word.lemmas)
    assert not word.stop


def test_words_that_voikko_knows_are_not_taken_for_speech(analyser: Analyser) -> None:
    assert "minä" not in analyser.word("masennus").lemmas
    assert analyser.word("tukee").lemmas == ("tukea",)


@pytest.mark.parametrize("typo", ["alzhaimer", "masenuss", "yksnäisyys", "vertaistuk", "paniikkki"])
def test_misspelt_words_are_unknown_and_keep_their_form(analyser: Analyser, typo: str) -> None:
    word = analyser.word(typo)
    assert not word.known
    assert typo in word.lemmas
    assert not analyser.knows(typo)


def test_added_base_forms_inflect_and_head_compounds() -> None:
    plain, extended = Analyser(), Analyser(additions=("Jiponpolku", "hupila"))
    assert not plain.knows("hupilassa")
    assert extended.word("hupilassa").lemmas == ("hupila",)
    assert extended.word("hupilaryhmälle").lemmas == ("hupilaryhmä",)
    assert extended.knows("jiponpolku")


@pytest.mark.parametrize("word", ["minä", "ja", "tai", "on", "olen", "missä", "joka", "mä", "kanssa"])
def test_function_words_are_flagged(analyser: Analyser, word: str) -> None:
    assert analyser.word(word).stop


@pytest.mark.parametrize("word", ["ryhmä", "apua", "siun", "ero", "hyvä", "työ", "MS", "AA", "verkossa"])
def test_content_words_are_not(analyser: Analyser, word: str) -> None:
    assert not analyser.word(word).stop


def test_names_are_flagged(analyser: Analyser) -> None:
    assert analyser.word("Lieksassa").proper
    assert analyser.word("määriä").proper
    assert {"määrä", "määri"} <= set(analyser.word("määriä").lemmas)
    assert not analyser.word("ryhmä").proper


@pytest.mark.parametrize(
    ("spoken", "meant"),
    [
        ("rahhaa", "raha"), ("assiaa", "asia"), ("lopettammaan", "lopettaa"), ("ahistus", "ahdistus"),
        ("tehään", "tehdä"), ("tiiä", "tietää"), ("syyä", "syödä"), ("kavereit", "kaveri"),
        ("käyttee", "käyttää"), ("väsynny", "väsynyt"), ("ihteni", "itse"), ("suaha", "saada"),
    ],
)  # fmt: skip
def test_eastern_speech_is_read_as_the_standard_form(analyser: Analyser, spoken: str, meant: str) -> None:
    assert meant in analyser.word(spoken).lemmas


def test_no_spoken_form_stands_for_itself() -> None:
    assert not [form for form, meant in FORMS.items() if form in meant.split()]


@pytest.mark.parametrize(("spoken", "lemma"), [("kirjotin", "kirjoittaa"), ("ilmottautua", "ilmoittautua"),
                                               ("ossoo", "osata")])  # fmt: skip
def test_speech_without_i_and_clipped_eastern_forms_are_read(
    analyser: Analyser, spoken: str, lemma: str
) -> None:
    assert lemma in analyser.word(spoken).lemmas
