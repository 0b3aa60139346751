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
        self.cleared = 0
        """How often all pieces were forgotten."""

    def get(self, key: Hashable, draw: Callable[[], Piece], begun: int | None = None) -> Piece:
        """The piece of `key`, drawn by `draw` where it is not known yet.

        `begun`: `cleared` when what it is drawn from was looked up; None = now. What was looked up before all
        pieces were forgotten may show what they were forgotten for, and is not kept.
        """
        pieces = self._pieces
        found = pieces.get(key)
        if found is None:
            found = draw()
            if begun is not None and begun != self.cleared:
                return found
            while len(pieces) >= self._most:
                pieces.pop(next(iter(pieces)), None)
            pieces[key] = found
        return found

    def clear(self) -> None:
        """Forget all pieces."""
        self.cleared += 1
        self._pieces = {}  # what is being drawn meanwhile goes into the old ones

    def __len__(self) -> int:
        return len(self._pieces)
