"""Pieces that say the same on many pages, drawn once. Keys name activities and days, never people."""

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Piece = TypeVar("Piece")


class Fragments(Generic[Piece]):
    """A bounded memory shared by threads: two threads may draw the same piece, and then agree."""

    def __init__(self, most: int) -> None:
        """`most`: pieces kept; the oldest go first."""
        self._most = most
        self._pieces: dict[Hashable, Piece] = {}

    def get(self, key: Hashable, draw: Callable[[], Piece]) -> Piece:
        """The piece of `key`, drawn by `draw` where it is not known yet."""
        found = self._pieces.get(key)
        if found is None:
            found = draw()
            while len(self._pieces) >= self._most:
                self._pieces.pop(next(iter(self._pieces)), None)
            self._pieces[key] = found
        return found

    def clear(self) -> None:
        """Forget all pieces."""
        self._pieces = {}

    def __len__(self) -> int:
        return len(self._pieces)
