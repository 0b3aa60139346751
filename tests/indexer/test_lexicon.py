"""Where the words of phrases stand, told by bits."""

from hypothesis import given
from hypothesis import strategies as st

from indexer.lexicon import _near, _widened

_indexes = st.sets(st.integers(0, 90), max_size=8)


def mask(indexes: set[int]) -> int:
    return sum(1 << index for index in indexes)


@given(_indexes, st.integers(0, 14))
def test_a_widened_set_has_every_index_so_near(indexes: set[int], by: int) -> None:
    found = {at + step for at in indexes for step in range(-by, by + 1) if at + step >= 0}
    assert _widened(mask(indexes), by) == mask(found)


@given(st.lists(_indexes, min_size=2, max_size=4), st.integers(2, 9))
def test_words_are_kept_where_all_others_stand_near_the_first(words: list[set[int]], span: int) -> None:
    masks = {term: mask(indexes) for term, indexes in enumerate(words) if indexes}
    first, *others = words
    together = {at for at in first if all(any(abs(at - place) < span for place in other) for other in others)}
    near = [{place for place in other if any(abs(at - place) < span for at in together)} for other in others]
    expected = [mask(together), *map(mask, near)] if together else None
    assert _near(masks, [[term] for term in range(len(words))], span) == expected
