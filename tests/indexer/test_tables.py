"""Tables in files: what was written is read, what is damaged is refused and made anew."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.lists import Lists, packed_lists
from indexer.tables import (
    Array,
    Counts,
    Strings,
    Tables,
    Words,
    check_sum,
    encoded,
    kept_tables,
    map_tables,
    packed_strings,
    packed_words,
    read_tables,
    write_tables,
)


def _held(arrays: dict[str, Array]) -> Tables:
    return Tables(b"".join(encoded(arrays)))


def test_arrays_come_back_as_they_were_written(tmp_path: Path) -> None:
    arrays: dict[str, Array] = {
        "one": np.arange(6).reshape(2, 3),
        "none": np.empty((0, 4), np.float32),
        "grams": np.array(["äö"]),
    }
    write_tables(tmp_path / "a.tables", arrays)
    for found in (read_tables(tmp_path / "a.tables"), map_tables(tmp_path / "a.tables")):
        assert list(found) == list(arrays)
        for name, array in arrays.items():
            assert found[name].dtype == array.dtype
            assert found[name].tolist() == array.tolist()
            assert found[name].shape == array.shape
    check_sum(tmp_path / "a.tables")


@given(st.lists(st.text(max_size=8), unique=True, max_size=40), st.text(max_size=8))
def test_every_word_has_its_number_and_no_other_word_has_one(words: list[str], asked: str) -> None:
    found = Words(_held(packed_words("w", words)), "w")
    assert list(found) == words
    assert [found.number(word) for word in words] == list(range(len(words)))
    assert (asked in found) == (asked in words)
    assert found.number(asked) == (words.index(asked) if asked in words else -1)


@given(st.lists(st.text(max_size=8), max_size=20))
def test_strings_are_a_sequence(texts: list[str]) -> None:
    found = Strings(_held(packed_strings("s", texts)), "s")
    assert list(found) == texts
    assert found[1:3] == texts[1:3]
    assert not texts or found[-1] == texts[-1]


def test_lone_halves_of_surrogates_are_words_too() -> None:
    found = Words(_held(packed_words("w", ["a\ud800"])), "w")
    assert found.number("a\ud800") == 0
    assert found.number("\udfff") == -1


def test_counts_are_a_mapping() -> None:
    words = {"suru": 3, "apu": 1}
    found = Counts(Words(_held(packed_words("w", words)), "w"), np.array([3, 1], dtype=np.int32))
    assert dict(found) == dict(found.items()) == words
    assert ("suru", 3) in found.items() and len(found.items()) == 2
    assert found.get("suru") == 3 and found.get("ilo", 0) == 0
    with pytest.raises(KeyError):
        found["ilo"]


def test_lists_keep_their_numbers() -> None:
    found = Lists(_held(packed_lists("l", [[1, 2], [], [3]])), "l")
    assert [found[number] for number in range(len(found))] == [[1, 2], [], [3]]


@pytest.mark.parametrize("size", [0, 5, 30, 200, -1])
def test_a_file_cut_short_is_refused(tmp_path: Path, size: int) -> None:
    path = tmp_path / "a.tables"
    write_tables(path, {"one": np.arange(100)})
    path.write_bytes(path.read_bytes()[:size])
    for opened in (read_tables, check_sum):
        with pytest.raises(ValueError):
            opened(path)
    if size >= 0:
        with pytest.raises(ValueError):
            map_tables(path)


def test_what_is_kept_is_made_once_and_again_where_it_is_damaged_or_missing(tmp_path: Path) -> None:
    path = tmp_path / "cache" / "a.tables"
    made = []

    def make() -> dict[str, Array]:
        made.append(1)
        return {"one": np.arange(100)}

    for _ in range(2):
        assert kept_tables(path, make)["one"].sum() == 4950
    assert len(made) == 1
    whole = path.read_bytes()
    for broken in (b"", whole[:50], whole[:300] + b"\xff" + whole[301:], b"x" * len(whole)):
        path.write_bytes(broken)
        assert kept_tables(path, make)["one"].sum() == 4950
        assert path.read_bytes() == whole
    path.unlink()
    kept_tables(path, make)
    assert len(made) == 6


def test_a_folder_that_cannot_be_written_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    assert kept_tables(tmp_path / "file" / "a.tables", lambda: {"one": np.arange(3)})["one"].tolist() == [
        0,
        1,
        2,
    ]
