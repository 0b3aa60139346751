"""A bounded cache that threads may share without a lock on the reading side."""

import threading
from collections.abc import Mapping
from typing import Generic, TypeVar

Value = TypeVar("Value")


class GenerationCache(Generic[Value]):
    """Keeps at most `limit` values, nearly least-recently-used.

    Two dictionaries: when the young one holds half the limit it becomes the old one and the former old
    one is dropped; a hit in the old one moves the value to the young one. Single dictionary operations
    are atomic, so only the change of generations takes the lock.
    """

    def __init__(self, limit: int) -> None:
        if limit < 2:
            raise ValueError("a cache needs room for at least two values")
        self._half = limit // 2
        self._young: dict[str, Value] = {}
        self._old: dict[str, Value] = {}
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._young.keys() | self._old.keys())

    def get(self, key: str) -> Value | None:
        """Return the value, or None where it is not held."""
        value = self._young.get(key)
        if value is None:
            value = self._old.get(key)
            if value is not None:
                self.put(key, value)
        return value

    @property
    def recent(self) -> Mapping[str, Value]:
        """The values held or met of late, for reading many at once; others are still found by `get`."""
        return self._young

    def items(self) -> dict[str, Value]:
        """All values held."""
        return {**self._old, **self._young}

    def put(self, key: str, value: Value) -> None:
        """Hold the value; the least recently used half may be dropped."""
        young = self._young
        young[key] = value
        if len(young) >= self._half:
            with self._lock:
                if self._young is young:
                    self._old = young
                    self._young = {}
