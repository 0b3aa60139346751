"""Needs that a text speaks of."""

import pytest

from app.wiring import Wiring
from config.settings import read_settings
from schemas.activity import Activity, Texts


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Wiring:
    return Wiring(read_settings({"VIERELLE_DATA": str(tmp_path_factory.mktemp("needs"))}))


def said(parts: Wiring, text: str) -> dict[str, bool]:
    """Needs that the text says (True) or only hints at (False)."""
    reader = parts.document_reader
    found = reader.needs.read(
        Activity("x", None, Texts(fi="Ryhmä"), ()), {"body": reader.analyser.words(text)}
    )
    return {need.evidence.need: need.says for need in found}


def test_help_for_the_one_who_hits_is_no_help_for_the_one_who_is_hit(parts: Wiring) -> None:
    found = said(parts, "Miehelle, joka on käyttänyt väkivaltaa perheessään ja haluaa lopettaa.")
    assert found["vakivallan-kayttaja"]
    assert "lahisuhdevakivalta" not in found


def test_the_same_word_speaks_of_the_need_elsewhere(parts: Wiring) -> None:
    assert said(parts, "Apua väkivaltaa kokeneelle. Kerro, jos kotona on väkivaltaa.")["lahisuhdevakivalta"]


def test_three_hints_that_meet_say_a_need(parts: Wiring) -> None:
    found = said(parts, "Puoliso, ystävä tai muu läheinen käyttää liikaa päihteitä.")
    assert found["laheisen-paihteet"]


def test_one_hint_says_no_need(parts: Wiring) -> None:
    assert not said(parts, "Puoliso voi tulla mukaan.").get("laheisen-paihteet", False)


@pytest.mark.parametrize(
    "text",
    ["Juodaan kahvit ja jutellaan.", "Kahvia juodaan yhdessä.", "Tule juomaan teetä!", "Juodaan mehua."],
)
def test_coffee_is_no_drink(parts: Wiring, text: str) -> None:
    assert not {need for need in said(parts, text) if "paihteet" in need or "alkoholi" in need}


def test_drinking_is_said_beside_coffee_too(parts: Wiring) -> None:
    assert "alkoholi" in said(parts, "Kahvila. Jos juot liikaa, kerro meille.")


def test_a_closed_group_is_neither_exclusion_nor_a_closed_ward(parts: Wiring) -> None:
    assert not {"kiusaaminen", "psykoosi"} & said(parts, "Suljettu ryhmä puolisonsa menettäneille.").keys()
