"""Forms by letters: nothing within the asked number of slips is left out."""

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from indexer.understanding.forms import Forms, packed_forms

_words = st.text("abdäöklst", min_size=3, max_size=9)


@given(st.dictionaries(_words, st.integers(0, 9), max_size=60), _words, st.integers(0, 3))
def test_no_form_within_the_slips_is_left_out(forms: dict[str, int], word: str, slips: int) -> None:
    found = Forms(packed_forms(forms)).near(word, slips, slips)
    assert {form for form in forms if OSA.distance(word, form) <= slips} <= set(found) <= set(forms)
    assert found == sorted(found, key=len)


def test_short_forms_and_forms_with_a_hyphen_are_no_corrections() -> None:
    forms = Forms(packed_forms({"ab": 1, "abc-ryhmä": 1, "abc": 2}))
    assert forms.count("ab") is None and forms.count("abc-ryhmä") is None
    assert forms.count("abc") == 2


def test_forms_without_dots_and_doubled_letters_are_alike() -> None:
    forms = Forms(packed_forms(["tyttöjen", "kissat"]))
    assert forms.alike("tytojen") == ["tyttöjen"]
    assert forms.alike("koira") == []
