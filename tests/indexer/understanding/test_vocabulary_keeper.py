"""The vocabulary in use: a newer one takes over, also where making it failed at first."""

import time

from indexer.memory import MemoryBackend
from indexer.understanding.forms import Forms, packed_forms
from indexer.understanding.vocabulary import VocabularyKeeper
from schemas.errors import SearchUnavailable


class Unlucky(MemoryBackend):
    """A generation whose tables cannot be read the first time."""

    def __init__(self, name: str) -> None:
        super().__init__((), (), name)
        self.asked = 0

    def derived(self, name: str) -> None:
        self.asked += 1
        if self.asked == 1:
            raise SearchUnavailable("its file was changed")


def test_a_newer_vocabulary_takes_over_though_it_could_not_be_made_at_first() -> None:
    keeper = VocabularyKeeper(Forms(packed_forms(())))
    first = keeper.current(MemoryBackend((), (), "a"))
    newer = Unlucky("b")
    until = time.monotonic() + 20
    while keeper.current(newer) is first and time.monotonic() < until:
        time.sleep(0.01)
    assert keeper.current(newer) is not first
    assert newer.asked == 2
