"""Where words are, what numbers become, and laws for any text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.finnish import Analyser

ANALYSER = Analyser()


def lemmas(text: str, language: str = "fi") -> list[str]:
    return [word.lemmas[0] for word in ANALYSER.words(text, language)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("050 123 4567", ["0501234567"]),
        ("050-1234567", ["0501234567"]),
        ("0501234567", ["0501234567"]),
        ("+358 50 123 4567", ["0501234567"]),
        ("+358 (0)50 123 4567", ["0501234567"]),
        ("+358501234567", ["0501234567"]),
        ("09 2525 0111 080 005 005", ["0925250111", "080005005"]),
        ("050 123 4567 18–20", ["0501234567", "18-20"]),
        ("116 117", ["116117"]),
        ("112", ["112"]),
        ("80100 Joensuu", ["80100", "joensuu"]),
        ("10 000", ["10000"]),
    ],
)
def test_numbers_lose_their_spaces(text: str, expected: list[str]) -> None:
    assert lemmas(text) == expected


def test_ranges_and_dates_are_found_by_whole_and_pieces() -> None:
    assert ANALYSER.word("18–20").lemmas == ("18-20", "18", "20")
    assert ANALYSER.word("1.12.2026").lemmas == ("1.12.2026", "1", "12", "2026")


def test_unicode_variants_are_one_word() -> None:
    composed = ANALYSER.word("yksinäisyyttä")
    decomposed = ANALYSER.word("yksina\u0308isyytta\u0308")
    broken = ANALYSER.word("yksi\u00adnäi\u00adsyyt\u00adtä")
    assert composed.lemmas == decomposed.lemmas == broken.lemmas == ("yksinäisyys",)
    text = "yksina\u0308isyytta\u0308 yksi\u00adnäisyyttä"
    assert [word.lemmas for word in ANALYSER.words(text)] == [("yksinäisyys",)] * 2
    assert ANALYSER.word("MS\u2010tauti").lemmas == ANALYSER.word("ms-tauti").lemmas


def test_punctuation_and_dashes_separate_words() -> None:
    surfaces = [word.surface for word in ANALYSER.words("Kuopio–Joensuu, (ryhmä) sana/sana. H&M:n")]
    assert surfaces == ["Kuopio", "Joensuu", "ryhmä", "sana", "sana", "H&M:n"]


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("sv", "ensamhet", "ensamheten"),
        ("sv", "grupper", "grupperna"),
        ("en", "support groups", "support group"),
    ],
)
def test_swedish_and_english_forms_share_a_marked_stem(language: str, one: str, other: str) -> None:
    first = {lemma for word in ANALYSER.words(one, language) for lemma in word.lemmas}
    second = {lemma for word in ANALYSER.words(other, language) for lemma in word.lemmas}
    assert any(lemma.startswith(f"{language}:") for lemma in first & second)


def test_foreign_stems_cannot_be_finnish_base_forms() -> None:
    assert ANALYSER.word("he", "en").stop
    assert ANALYSER.word("loneliness", "en").lemmas == ("loneliness", "en:loneli")
    assert ANALYSER.word("och", "sv").stop


TEXT = st.text(
    alphabet=st.one_of(
        st.characters(), st.sampled_from("aäeioönstklrmpyuåÅÄ -–:.,'’+0123456789\u00ad\u0301\x00\n()&/")
    ),
    max_size=60,
)


@settings(max_examples=250, deadline=None)
@given(TEXT, st.sampled_from(["fi", "sv", "en", "xx"]))
def test_any_text_gives_words_in_order_with_true_offsets(text: str, language: str) -> None:
    position = 0
    for word in ANALYSER.words(text, language):
        assert position <= word.start < word.end <= len(text)
        assert text[word.start : word.end] == word.surface
        assert word.lemmas
        assert all(word.lemmas) and all(word.parts) and all(word.stems)
        assert all(lemma == lemma.lower() for lemma in word.lemmas)
        position = word.end


@settings(max_examples=150, deadline=None)
@given(TEXT)
def test_single_words_helpers_never_raise(text: str) -> None:
    assert all(ANALYSER.word(text).lemmas) and ANALYSER.word(text).lemmas
    assert isinstance(ANALYSER.knows(text), bool)
    assert len(ANALYSER.suggest(text, 2)) <= 2
    assert isinstance(ANALYSER.hyphenate(text), str)


@pytest.mark.parametrize("text", ["", " ", "()", "-", "+", "\u00ad", ":", "\x00", "ry:", "a" * 500])
def test_a_word_without_letters_or_sense_still_has_a_lemma(text: str) -> None:
    assert ANALYSER.word(text).lemmas
    assert all(ANALYSER.word(text).lemmas)


@pytest.mark.parametrize("piece", ["a", "a-", "sana-", "ry:n:", "e\u0301", "\u0301", "0 12 ", "1.1.", "yö"])
def test_long_runs_are_cut_instead_of_analysed(piece: str) -> None:
    text = piece * 3000
    words = ANALYSER.words(text)
    assert all(len(lemma) <= 240 for word in words for lemma in word.lemmas)
    assert all(text[word.start : word.end] == word.surface for word in words)


def test_hyphenation_keeps_the_spelling() -> None:
    title = ANALYSER.hyphenate("Omaishoitajayhdistys")
    assert "\u00ad" in title
    assert title.replace("\u00ad", "") == "Omaishoitajayhdistys"


def test_suggestions_correct_a_typo() -> None:
    assert "yksinäisyys" in ANALYSER.suggest("yksinäisyyys")


@pytest.mark.parametrize(
    ("text", "lemma"),
    [
        ("𝐕𝐞𝐫𝐭𝐚𝐢𝐬𝐭𝐮𝐤𝐢𝐚 𝐧𝐲𝐭", "vertaistuki"),
        ("𝗢𝗺𝗮𝗶𝘀𝗵𝗼𝗶𝘁𝗮𝗷𝗶𝗹𝗹𝗲", "omaishoitaja"),
        ("Ｓｕｒｕ", "suru"),
        ("ﬁbromyalgia", "fibromyalgia"),
    ],
)
def test_letters_of_mathematics_and_ligatures_are_read_as_plain_ones(text: str, lemma: str) -> None:
    first = ANALYSER.words(text)[0]
    assert lemma in first.lemmas
    assert first.surface == text.split()[0]
