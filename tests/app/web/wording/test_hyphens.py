"""Long words get soft hyphens, short ones stay, and Markup stays Markup."""

from markupsafe import Markup

from app.web.wording.hyphens import Hyphens, swedish
from indexer.finnish.voikko import Voikko


def test_long_words_may_break_and_short_ones_do_not() -> None:
    soft = Hyphens(Voikko().hyphenated)
    said = soft("Mielenterveyskuntoutujille ryhmä Lieksassa")
    assert "mielen\u00adterveys" in said.lower() or "ter\u00adveys" in said
    assert said.replace("\u00ad", "") == "Mielenterveyskuntoutujille ryhmä Lieksassa"
    assert said.endswith(" ryhmä Lieksassa")


def test_entities_and_markup_are_kept() -> None:
    soft = Hyphens(lambda word, separator: separator.join(word))
    done = soft(Markup("a &amp; &#34;kaksitoistakirjainta"))
    assert isinstance(done, Markup)
    assert "&amp; &#34;kak\u00ads" in done


def test_no_word_breaks_after_its_first_letters_or_before_its_last() -> None:
    soft = Hyphens(Voikko().hyphenated)
    assert soft("eturauhasvaivat").startswith("etu\u00adrau")
    assert soft("aineenvaihdunta").startswith("ai") and soft("aineenvaihdunta").index("\u00ad") >= 3
    assert len(soft("kuulovammaisena").split("\u00ad")[-1]) >= 3


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
    assert soft("Egen alkoholanvändning") == "Egen alko\u00adho\u00adlan\u00advänd\u00adning"
    assert soft("Minne och hälsa") == "Minne och hälsa"
