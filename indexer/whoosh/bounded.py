"""Caches bounded by bytes."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar

_Key = TypeVar("_Key", bound=Hashable)
_Value = TypeVar("_Value")
_ENTRY = 150
"""Bytes that an entry takes besides its data."""


class Bounded(Generic[_Key, _Value]):
    """A cache that holds at most `limit` bytes and drops what was used longest ago."""

    def __init__(self, limit: int, size: Callable[[_Value], int]) -> None:
        self._limit = limit
        self._size = size
        self._held: OrderedDict[_Key, _Value] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def get(self, key: _Key, make: Callable[[], _Value]) -> _Value:
        """The value of `key`, made outside the lock when it is not held (two threads may both make it)."""
        found = self.find(key)
        if found is not None:
            return found
        made = make()
        with self._lock:
            if key not in self._held:
                self._held[key] = made
                self._bytes += self._size(made)
                while self._bytes > self._limit and len(self._held) > 1:
                    self._bytes -= self._size(self._held.popitem(last=False)[1])
        return made

    def find(self, key: _Key) -> _Value | None:
        """The value of `key`, None where it is not held.

        A page asks some sixty times, and each of these two steps is whole in itself: no lock is needed.
        """
        found = self._held.get(key)
        if found is not None:
            try:  # noqa: SIM105 as short as can be
                self._held.move_to_end(key)
            except KeyError:
                pass  # another thread has dropped it in between
        return found

    def keys(self) -> tuple[_Key, ...]:
        """The keys held, the least recently used first."""
        with self._lock:
            return tuple(self._held)


class Recent:
    """Bytes by number, of which about the `limit` bytes used last are held.

    Twenty are asked for at once, so no lock is taken and no order of use kept: what was used since half of
    the limit was read lies apart from what was used before, and the older half goes as a whole. Threads that
    read the same number both hold it, once.
    """

    def __init__(self, limit: int, read: Callable[[int], bytes]) -> None:
        self._half = limit // 2
        self._read = read
        self._new: dict[int, bytes] = {}
        self._old: dict[int, bytes] = {}
        self._bytes = 0

    def of(self, numbers: Sequence[int]) -> list[bytes]:
        """The bytes of some numbers; raises what reading raises."""
        found = list(map(self._new.get, numbers))
        return [
            self._one(number) if data is None else data for number, data in zip(numbers, found, strict=True)
        ]

    def _one(self, number: int) -> bytes:
        data = self._old.get(number)
        if data is None:
            data = self._read(number)
        if self._bytes > self._half:
            self._new, self._old, self._bytes = {}, self._new, 0
        self._new[number] = data
        self._bytes += len(data) + _ENTRY
        return data
