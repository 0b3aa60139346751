"""Templates drawn once for each shape of what they are given, and filled in afterwards.

A page of results has some fourteen hundred pieces, and nearly all of them say the same on every page. So a
template is drawn with empty slots in place of its texts; what comes out is cut at the slots and kept, and
later pages only put their texts between. The shape is all that a template may branch on: numbers, flags, how
many entries a list has, which texts are empty, and the words marked as `Fixed`. In a template a text may be
printed and asked whether it is there, nothing else; anything else fails the first time it is drawn.
"""

import re
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any, NoReturn

from markupsafe import Markup, escape

MOST = 600
"""Stencils kept (a page's about 30 kB, a card's 2 kB); the oldest go first."""

_OPEN, _CLOSE = "\ue000", "\ue001"
_SLOT = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
_BETWEEN = "\0"
_SPECIAL = re.compile("[&<>\"']")

Draw = Callable[[Mapping[str, Any]], str]
"""Draws a template with these values."""


class Fixed(str):
    """A word that a template may compare: it belongs to the shape."""

    __slots__ = ()


_OF_THE_SHAPE = frozenset({Fixed, bool, int, type(None)})


class Slot:
    """Stands in a template for a text that is put in later."""

    __slots__ = ("_mark",)

    def __init__(self, number: int) -> None:
        self._mark = Markup(f"{_OPEN}{number}{_CLOSE}")  # noqa: S704 a number

    def __html__(self) -> Markup:
        """What the template prints."""
        return self._mark

    def _misused(self, *_: object) -> NoReturn:
        raise TypeError("a text of a stencil can only be printed, or asked whether it is there")

    __eq__ = __ne__ = __str__ = __format__ = __iter__ = __getitem__ = __len__ = __add__ = _misused
    __hash__ = None  # type: ignore[assignment]

    def __bool__(self) -> bool:
        return True


class Stencil:
    """A drawn template cut at its slots."""

    __slots__ = ("_pattern", "_pick")

    def __init__(self, drawn: str) -> None:
        pieces = _SLOT.split(drawn.replace("%", "%%"))
        numbers = [int(number) for number in pieces[1::2]]
        self._pattern = "%s".join(pieces[::2])
        self._pick = _picker(numbers)

    def filled(self, texts: Sequence[str]) -> str:
        """The template with escaped texts in its slots."""
        return self._pattern % self._pick(texts)


def _picker(numbers: Sequence[int]) -> Callable[[Sequence[str]], tuple[str, ...]]:
    """Gives the texts with these numbers as a tuple; `itemgetter` alone does so only for two or more."""
    if len(numbers) > 1:
        several: Callable[[Sequence[str]], tuple[str, ...]] = itemgetter(*numbers)
        return several
    return lambda texts: tuple(texts[number] for number in numbers)


class Filled:
    """A stencil with its texts: drawn at once, and held in a quarter of the room that the drawing needs."""

    __slots__ = ("_stencil", "_texts")

    def __init__(self, stencil: Stencil, texts: Sequence[str]) -> None:
        """`texts`: escaped."""
        self._stencil = stencil
        # HTML can have no NUL, so none is lost.
        self._texts = _BETWEEN.join([text.replace(_BETWEEN, "") for text in texts]).encode()

    def __str__(self) -> str:
        """The drawing."""
        return self._stencil.filled(self._texts.decode().split(_BETWEEN))


class Stencils:
    """A bounded memory of stencils, shared by threads: two may make the same one, and then agree."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._held: dict[Hashable, Stencil] = {}

    def drawn(self, key: Hashable, values: Mapping[str, Any], draw: Draw) -> Markup:
        """What `draw` would draw from `values`. `key` names the template and all that it reads besides.

        Values are texts, numbers, flags, None, and tuples or lists of these.
        """
        return Markup(self.text(key, values, draw))  # noqa: S704 all of it is escaped

    def text(self, key: Hashable, values: Mapping[str, Any], draw: Draw) -> str:
        """The same as plain text: a whole page is too long to be copied for a mark that nobody reads."""
        texts: list[str] = []
        found = self._of(key, values, draw, texts)
        return found.filled([escaped(text) for text in texts])

    def filled(self, key: Hashable, values: Mapping[str, Any], draw: Draw) -> Filled:
        """The same, for those who keep it."""
        texts: list[str] = []
        return Filled(self._of(key, values, draw, texts), [escaped(text) for text in texts])

    def of(self, key: Hashable, values: Mapping[str, Any], draw: Draw) -> Stencil:
        """The stencil that `drawn` would fill, for those who fill it many times over."""
        return self._of(key, values, draw, [])

    def _of(self, key: Hashable, values: Mapping[str, Any], draw: Draw, texts: list[str]) -> Stencil:
        shape = (key, *[_shape(value, texts) for value in values.values()])
        found = self._held.get(shape)
        if found is None:
            slots = map(Slot, range(len(texts)))
            found = Stencil(draw({name: _emptied(value, slots) for name, value in values.items()}))
            while len(self._held) >= self._most:
                self._held.pop(next(iter(self._held)), None)
            self._held[shape] = found
        return found

    def __len__(self) -> int:
        return len(self._held)


def escaped(text: str) -> str:
    """The text as HTML; what is HTML already stays."""
    kind = type(text)
    if kind is Markup or (kind is str and _SPECIAL.search(text) is None):
        return text
    return str(escape(text))


def _shape(value: Any, texts: list[str]) -> Hashable:
    """The shape of a value; the texts in it are added to `texts`."""
    if isinstance(value, str):
        if isinstance(value, Fixed) or not value:
            return value
        texts.append(value)
        return ...
    if not isinstance(value, (tuple, list)):
        found: Hashable = value
        return found
    shape: list[Hashable] = []
    for entry in value:
        kind = type(entry)
        if kind is str and entry:  # nearly all entries
            texts.append(entry)
            shape.append(...)
        elif kind is str or kind in _OF_THE_SHAPE:
            shape.append(entry)
        else:
            shape.append(_shape(entry, texts))
    return tuple(shape)


def _emptied(value: Any, slots: Iterator[Slot]) -> Any:
    """A value with slots in place of its texts, in the order of `_shape`."""
    if isinstance(value, str):
        return value if isinstance(value, Fixed) or not value else next(slots)
    if isinstance(value, tuple) and hasattr(value, "_make"):
        return value._make(_emptied(entry, slots) for entry in value)
    if isinstance(value, (tuple, list)):
        return [_emptied(entry, slots) for entry in value]
    return value
