"""Long words get soft hyphens, short ones stay, and Markup stays Markup."""

import pytest
from markupsafe import Markup

from app.web.wording.hyphens import Hyphens, finnish, swedish
from indexer.finnish.voikko import Voikko


def test_long_words_may_break_and_short_ones_do_not() -> None:
    soft = Hyphens(finnish(Voikko()))
    said = soft("Mielenterveyskuntoutujille ryhmä Lieksassa")
    assert said.startswith("Mielen\u00adterveys\u00adkuntoutujille")
    assert said.replace("\u00ad", "") == "Mielenterveyskuntoutujille ryhmä Lieksassa"
    assert said.endswith(" ryhmä Lieksassa")


def test_entities_and_markup_are_kept() -> None:
    soft = Hyphens(lambda word, separator: separator.join(word))
    done = soft(Markup("a &amp; &#34;kaksitoistakirjainta"))
    assert isinstance(done, Markup)
    assert "&amp; &#34;kak\u00ads" in done


def test_no_word_breaks_after_its_first_letters_or_before_its_last() -> None:
    soft = Hyphens(finnish(Voikko()))
    for word in ("epätasapainoinen", "yöaikainen apu", "tulehdukselliset", "ylikuormittuneille"):
        for parts in (said.split("\u00ad") for said in soft(word).split()):
            assert len(parts[0]) >= 3 and len(parts[-1]) >= 3, parts


@pytest.mark.parametrize(
    "word",
    [
        "Aivo|veren|kierto|häiriö",
        "keuhko|sairaudet",
        "työ|kyky|koordinaattorin",  # the browser fills the line: "työkykykoordi-naattorin" otherwise
        "tuleh|duk|sel|li|set",  # no compound, too long to stay whole
    ],
)
def test_compounds_break_between_their_words(word: str) -> None:
    assert Hyphens(finnish(Voikko()))(word.replace("|", "")).replace("\u00ad", "|") == word


def test_each_word_is_parted_once() -> None:
    asked: list[str] = []

    def hyphenate(word: str, separator: str) -> str:
        asked.append(word)
        return word

    soft = Hyphens(hyphenate)
    soft("saavutettavuusseloste ja saavutettavuusseloste")
    assert asked == ["saavutettavuusseloste"]


def test_swedish_words_break_by_their_own_rules() -> None:
    soft = Hyphens(swedish())
    assert soft("Egen alkoholanvändning") == "Egen alko\u00adho\u00adlan\u00advändning"
    assert soft("hörselcentrum") == "hör\u00adsel\u00adcentrum"
    assert soft("Minne och hälsa") == "Minne och hälsa"
