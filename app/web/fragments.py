"""Pieces of HTML that say the same on many pages, drawn once. Keys name activities and days, never people."""

from collections.abc import Callable, Hashable

from markupsafe import Markup

MOST = 4000
"""Pieces kept (about 2 kB each); the oldest go first."""


class Fragments:
    """A bounded memory shared by threads: two threads may draw the same piece, and then agree."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._pieces: dict[Hashable, Markup] = {}

    def get(self, key: Hashable, draw: Callable[[], str]) -> Markup:
        """The piece of `key`, drawn by `draw` where it is not known yet."""
        found = self._pieces.get(key)
        if found is None:
            found = Markup(draw())  # noqa: S704 drawn by an escaping template
            while len(self._pieces) >= self._most:
                self._pieces.pop(next(iter(self._pieces)), None)
            self._pieces[key] = found
        return found

    def clear(self) -> None:
        """Forget all pieces."""
        self._pieces = {}

    def __len__(self) -> int:
        return len(self._pieces)
