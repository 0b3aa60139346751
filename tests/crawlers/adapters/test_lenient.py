"""Records of which a field is of another kind than expected."""

import msgspec
import pytest

from crawlers.adapters.lenient import converted, spoken


class Inner(msgspec.Struct):
    word: str | None = None


class Outer(msgspec.Struct):
    names: list[str] | None = None
    number: int | None = None
    inner: Inner | None = None
    texts: dict[str, Inner | None] | None = None


def test_one_instead_of_a_list_is_a_list() -> None:
    assert converted({"names": "a"}, Outer) == (Outer(names=["a"]), ())


def test_a_number_or_a_coded_object_is_its_text() -> None:
    found, left = converted({"names": [5, {"code": "b"}]}, Outer)
    assert (found.names, left) == (["5", "b"], ())


def test_what_cannot_be_mended_is_left_out_with_its_place() -> None:
    found, left = converted({"number": {}, "names": [[], "a"]}, Outer)
    assert found == Outer(names=["a"])
    assert [reason.partition(":")[0] for reason in left] == ["$.number", "$.names[0]"]


def test_only_the_wrong_one_of_several_texts_is_left_out() -> None:
    found, _ = converted({"texts": {"fi": {"word": "sana"}, "sv": {"word": True}}}, Outer)
    assert found.texts == {"fi": Inner("sana"), "sv": Inner()}


def test_the_record_itself_stays_as_it_came() -> None:
    came = {"names": "a", "number": []}
    converted(came, Outer)
    assert came == {"names": "a", "number": []}


@pytest.mark.parametrize("value", [None, 5, "x", []])
def test_what_is_no_record_is_none(value: object) -> None:
    with pytest.raises(msgspec.ValidationError):
        converted(value, Outer)


def test_codes_that_are_no_languages_are_left_out() -> None:
    assert spoken(["fi", "0", "", "zh-Hant", "fi", "suomi, ruotsi"]) == ("fi", "zh-Hant")
