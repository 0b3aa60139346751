"""Tables of words and numbers in one file that is opened, not read: numpy arrays, strings, words by hash.

What Python would make into a million small objects at each start lies here as it is used. A file ends with
the CRC-32 of what stands before it; one that was written by other code or cut short is refused when opened.
"""

import mmap
import zlib
from collections.abc import Callable, ItemsView, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import Any, overload

import msgspec
import numpy as np
from numpy.typing import NDArray

from schemas.taxonomy import keep

Array = NDArray[Any]
_MAGIC = b"vierelle tables 1\n"
_ALIGNED = 64
_SUM = 4


class _Place(msgspec.Struct, frozen=True, array_like=True):
    """Where an array stands: kind of number, shape, first byte after the header."""

    kind: str
    shape: tuple[int, ...]
    start: int


class Tables(Mapping[str, Array]):
    """The arrays of one file by name, read-only. Raises ValueError when it is not whole."""

    def __init__(self, data: bytes | mmap.mmap) -> None:
        self._data = data
        size = len(data) - _SUM
        first = len(_MAGIC) + 4
        if size < first or data[: len(_MAGIC)] != _MAGIC:
            raise ValueError("it is no file of tables")
        self._first = first + int.from_bytes(data[first - 4 : first], "little")
        if self._first > size:
            raise ValueError("it is cut short")
        self._places = msgspec.json.decode(data[first : self._first], type=dict[str, _Place])
        for place in self._places.values():
            if self._first + place.start + _bytes(place) > size:
                raise ValueError("it is cut short")

    def __getitem__(self, name: str) -> Array:
        place = self._places[name]
        found = np.frombuffer(self._data, np.dtype(place.kind), _count(place), self._first + place.start)
        return found.reshape(place.shape)

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


def _count(place: _Place) -> int:
    count = 1
    for length in place.shape:
        count *= length
    return count


def _bytes(place: _Place) -> int:
    return _count(place) * np.dtype(place.kind).itemsize


def encoded(arrays: Mapping[str, Array]) -> Iterator[bytes | memoryview]:
    """The bytes of a file of tables, piece by piece."""
    whole = {name: np.ascontiguousarray(array) for name, array in arrays.items()}
    places: dict[str, _Place] = {}
    end = 0
    for name, array in whole.items():
        places[name] = _Place(array.dtype.str, array.shape, end)
        end += -(-array.nbytes // _ALIGNED) * _ALIGNED
    header = msgspec.json.encode(places)
    # Spaces, so that every array begins at a multiple of what processors read at once.
    header += b" " * (-(len(_MAGIC) + 4 + len(header)) % _ALIGNED)
    total = 0
    for piece in _pieces(header, whole.values()):
        total = zlib.crc32(piece, total)
        yield piece
    yield total.to_bytes(_SUM, "little")


def _pieces(header: bytes, arrays: Iterable[Array]) -> Iterator[bytes | memoryview]:
    yield _MAGIC + len(header).to_bytes(4, "little") + header
    for array in arrays:
        if array.size:
            yield array.data.cast("B")
        yield bytes(-array.nbytes % _ALIGNED)


def write_tables(path: Path, arrays: Mapping[str, Array]) -> None:
    """Write a file of tables, by rename. Raises OSError."""
    aside = path.with_suffix(".new")
    with aside.open("wb") as file:
        for piece in encoded(arrays):
            file.write(piece)
    aside.replace(path)


def read_tables(path: Path) -> Tables:
    """A small file of tables, read into memory and compared with its sum. Raises OSError and ValueError."""
    data = path.read_bytes()
    if data[-_SUM:] != _sum(data):
        raise ValueError("it is damaged")
    return Tables(data)


def map_tables(path: Path) -> Tables:
    """A large file of tables, mapped; workers share it. Raises OSError and ValueError.

    Its content is not compared with its sum (`check_sum` does). Writing to a mapped file harms its readers.
    """
    with path.open("rb") as file:
        return Tables(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))


def check_sum(path: Path) -> None:
    """Raises ValueError when a file of tables is not as it was written."""
    total, left = 0, max(0, path.stat().st_size - _SUM)
    with path.open("rb") as file:
        while left:
            block = file.read(min(left, 2**20))
            if not block:
                break
            total = zlib.crc32(block, total)
            left -= len(block)
        if left or file.read() != total.to_bytes(_SUM, "little"):
            raise ValueError("it is damaged")


def _sum(data: bytes) -> bytes:
    return zlib.crc32(memoryview(data)[:-_SUM]).to_bytes(_SUM, "little")


# -- strings ---------------------------------------------------------------------------------------------


class Strings(Sequence[str]):
    """Strings by number."""

    def __init__(self, tables: Mapping[str, Array], name: str) -> None:
        self._text = tables[f"{name}.text"].data
        self._starts = tables[f"{name}.starts"].data

    def __len__(self) -> int:
        return len(self._starts) - 1

    @overload
    def __getitem__(self, number: int) -> str: ...

    @overload
    def __getitem__(self, number: slice) -> "list[str]": ...

    def __getitem__(self, number: int | slice) -> "str | list[str]":
        if isinstance(number, slice):
            chosen = range(len(self))[number]
            return self._every() if len(chosen) == len(self) and chosen.step == 1 else self.at(chosen)
        starts = self._starts
        if number < 0:
            number += len(starts) - 1
        return str(self._text[starts[number] : starts[number + 1]], "utf-8", "surrogatepass")

    def __iter__(self) -> Iterator[str]:
        return iter(self[:])

    def _every(self) -> list[str]:
        """All strings: cut from one text, in a third of the time that making them one by one takes."""
        whole = str(self._text, "utf-8", "surrogatepass")
        places = np.asarray(self._starts)
        if len(whole) < len(self._text):
            # The number of letters up to each byte; all but the first byte of a letter are 10xxxxxx.
            letters = np.cumsum((np.asarray(self._text) & 0xC0) != 0x80)
            places = np.concatenate([[0], letters])[places]
        return [whole[start:end] for start, end in pairwise(places.tolist())]

    @property
    def content(self) -> memoryview:
        """All strings, one after the other, as UTF-8."""
        return self._text

    def at(self, numbers: Iterable[int]) -> list[str]:
        """The strings of some numbers, none below 0."""
        text, starts = self._text, self._starts
        return [str(text[starts[n] : starts[n + 1]], "utf-8", "surrogatepass") for n in numbers]


def packed_strings(name: str, texts: Iterable[str]) -> dict[str, Array]:
    """The arrays of `Strings`."""
    return _packed(name, [text.encode("utf-8", "surrogatepass") for text in texts])


def _packed(name: str, pieces: Sequence[bytes]) -> dict[str, Array]:
    starts = np.zeros(len(pieces) + 1, dtype=np.int64)
    np.cumsum([len(piece) for piece in pieces], out=starts[1:])
    if starts[-1] < 2**31:
        starts = starts.astype(np.int32)
    return {f"{name}.text": np.frombuffer(b"".join(pieces), dtype=np.uint8), f"{name}.starts": starts}


class Words(Strings):
    """Different strings with the way back from a string to its number."""

    def __init__(self, tables: Mapping[str, Array], name: str) -> None:
        super().__init__(tables, name)
        self._buckets = tables[f"{name}.buckets"].data
        self._members = tables[f"{name}.members"].data
        self._tags = tables[f"{name}.tags"].data
        self._mask = len(self._buckets) - 2

    def number(self, word: str) -> int:
        """The number of a word, -1 where it is not here."""
        key = word.encode("utf-8", "surrogatepass")
        tag = zlib.crc32(key)
        bucket = tag & self._mask
        for place in range(self._buckets[bucket], self._buckets[bucket + 1]):
            if self._tags[place] == tag:
                found: int = self._members[place]
                if self._text[self._starts[found] : self._starts[found + 1]] == key:
                    return found
        return -1

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and self.number(word) >= 0


def packed_words(name: str, words: Iterable[str]) -> dict[str, Array]:
    """The arrays of `Words`, whose strings must be different."""
    pieces = [word.encode("utf-8", "surrogatepass") for word in words]
    tags = np.fromiter(map(zlib.crc32, pieces), dtype=np.uint32, count=len(pieces))
    size = 1 << max(0, len(pieces) - 1).bit_length()
    buckets = (tags & np.uint32(size - 1)).astype(np.int64)
    members = np.argsort(buckets, kind="stable").astype(np.int32)
    starts = np.zeros(size + 1, dtype=np.int32)
    np.cumsum(np.bincount(buckets, minlength=size), out=starts[1:])
    return {
        **_packed(name, pieces),
        f"{name}.buckets": starts,
        f"{name}.members": members,
        f"{name}.tags": tags[members],
    }


class Counts(Mapping[str, int]):
    """Words with a number each."""

    def __init__(self, words: Words, counts: Array) -> None:
        self._words = words
        self._counts = counts.data

    def __getitem__(self, word: str) -> int:
        number = self._words.number(word)
        if number < 0:
            raise KeyError(word)
        found: int = self._counts[number]
        return found

    def get(self, word: str, default: Any = None) -> Any:
        """The number of `word`; `default` where it is not here."""
        number = self._words.number(word)
        return default if number < 0 else self._counts[number]

    def items(self) -> ItemsView[str, int]:
        """The words with their numbers, all read at once."""
        return _Items(self)

    def pairs(self) -> Iterator[tuple[str, int]]:
        """What `items` goes through."""
        return zip(self._words[:], self._counts.tolist(), strict=True)

    def __contains__(self, word: object) -> bool:
        return word in self._words

    def __iter__(self) -> Iterator[str]:
        return iter(self._words)

    def __len__(self) -> int:
        return len(self._words)


class _Items(ItemsView[str, int]):
    def __init__(self, counts: Counts) -> None:
        super().__init__(counts)
        self._counts = counts

    def __iter__(self) -> Iterator[tuple[str, int]]:
        return self._counts.pairs()


# -- tables kept between starts --------------------------------------------------------------------------


def kept_tables(path: Path | None, make: Callable[[], Mapping[str, Array]]) -> Tables:
    """The tables of a file of the cache; made and written where it is missing or not whole.

    A folder that cannot be written costs the time of making them at each start, nothing else.
    """
    if path is not None:
        with suppress(OSError, ValueError):
            return read_tables(path)
    data = b"".join(encoded(make()))
    if path is not None:
        keep(path, data)
    return Tables(data)
