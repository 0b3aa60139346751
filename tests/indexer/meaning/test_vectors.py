from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.meaning.floret import Floret, read_floret
from indexer.meaning.vectors import Meaning, pack, unit


@pytest.fixture(scope="module")
def floret() -> Floret:
    return read_floret()


@pytest.fixture(scope="module")
def meaning(floret: Floret) -> Meaning:
    return Meaning(floret)


def _even(_: str) -> float:
    return 1.0


def test_vectors_are_unit_length_or_zero(meaning: Meaning) -> None:
    assert np.linalg.norm(meaning.vector(["leski", "suru"], _even)) == pytest.approx(1.0, abs=1e-5)
    assert not meaning.vector([], _even).any()
    assert not meaning.vector(["leski"], lambda _: 0.0).any()


def test_order_does_not_matter_but_repetition_does(meaning: Meaning) -> None:
    one = meaning.vector(["leski", "suru"], _even)
    assert np.allclose(one, meaning.vector(["suru", "leski"], _even), atol=1e-6)
    assert not np.allclose(one, meaning.vector(["suru", "suru", "leski"], _even), atol=1e-3)


def test_rare_words_decide_the_direction(meaning: Meaning) -> None:
    idf = {"ryhmä": 1.0, "leski": 6.0}
    mixed = meaning.vector(["ryhmä", "leski"], idf.__getitem__)
    assert mixed @ meaning.vector(["leski"], _even) > mixed @ meaning.vector(["ryhmä"], _even)


def test_a_lay_need_is_nearer_to_its_official_text_than_to_others(meaning: Meaning) -> None:
    need = meaning.vector(["mies", "juoda", "viina"], _even)
    texts = meaning.vectors(
        [["päihde", "alkoholi", "läheinen"], ["jalkapallo", "kerho"], ["vero", "ilmoitus"]], _even
    )
    assert (texts @ need).argmax() == 0


def test_one_vector_equals_its_row_among_many(meaning: Meaning) -> None:
    texts = [["leski"], ["suru", "ryhmä"], []]
    many = meaning.vectors(texts, _even)
    assert np.array_equal(many, np.vstack([meaning.vector(text, _even) for text in texts]))


@settings(max_examples=40, deadline=None)
@given(words=st.lists(st.text(max_size=30), max_size=10))
def test_any_words_have_a_finite_vector(meaning: Meaning, words: list[str]) -> None:
    assert np.isfinite(meaning.vector(words, _even)).all()


def test_threads_share_one_instance(floret: Floret) -> None:
    words = [f"sana{number}" for number in range(300)]
    expected = {word: Meaning(floret).vector([word], _even) for word in words[::10]}
    shared = Meaning(floret)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda word: (word, shared.vector([word], _even)), words * 4))
    assert all(np.array_equal(vector, expected[word]) for word, vector in found if word in expected)


def test_more_words_than_the_cache_holds_are_still_right(floret: Floret) -> None:
    meaning = Meaning(floret, capacity=3)
    first = meaning.vector(["leski"], _even)
    for word in ("a", "b", "c", "d", "e"):
        meaning.vector([word], _even)
        assert meaning.cached <= 3
    meaning.vectors([["f", "g", "h", "i"]], _even)
    assert meaning.cached <= 3
    assert np.array_equal(first, meaning.vector(["leski"], _even))


def test_packed_vectors_keep_their_cosines(meaning: Meaning) -> None:
    random = np.random.default_rng(3)
    vectors = unit(random.normal(size=(20_000, 96)).astype(np.float32))
    vectors[5] = 0
    rows, scales = pack(vectors)
    assert rows.dtype == np.int8
    found = (rows.astype(np.float32) @ vectors[9]) * scales
    assert np.abs(found - vectors @ vectors[9]).max() < 0.01
    assert found[5] == 0
