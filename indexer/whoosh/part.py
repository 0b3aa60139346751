"""A part: one immutable Whoosh segment plus tables of everything that is not text.

A generation is a list of parts and the ids that newer parts have replaced. Its columns lie beside the segment
in files of tables, which are mapped; stored activities in one file, read a few at a time.
"""

import os
import weakref
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from indexer.tables import Array, Tables, map_tables
from indexer.whoosh.bounded import Recent
from indexer.whoosh.reading import Block, blocks
from schemas.errors import SearchUnavailable

SUMS = "checksums.json"
TABLES = "part.tables"
VECTORS = "vectors.tables"
CELLS = "cells.tables"
STORED = "stored.bin"

STORED_BYTES = 6 * 2**20
"""Stored activities that are held at most."""
NEVER = np.iinfo(np.int32).max
"""`last_day` of what has no end."""

Ints = NDArray[np.int32]
Stamp = tuple[int, int, int, int]
"""Number, size and times of change (ns) of a file: what tells that it is still the one, and as it was."""


def stamp(path: Path | str) -> Stamp:
    """The stamp of a file. Raises OSError."""
    found = os.stat(path)  # noqa: PTH116 asked for every file at every question: half the time of a Path's
    return found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def stamps(place: Path) -> dict[str, Stamp]:
    """The stamps of all files of a part by name."""
    return {path.name: stamp(path) for path in sorted(place.iterdir())}


def checksums(place: Path) -> dict[str, int]:
    """CRC-32 of every file of a part by name."""
    return {path.name: _checksum(path) for path in sorted(place.iterdir()) if path.name != SUMS}


def _checksum(path: Path) -> int:
    total = 0
    with path.open("rb") as file:
        while block := file.read(2**20):
            total = zlib.crc32(block, total)
    return total


def check_files(place: Path, known: Mapping[str, Stamp]) -> None:
    """Raises SearchUnavailable when a file of a part is missing or not as it was written.

    A file whose stamp is among `known` was not touched since then; others are read and compared with their
    sums (a folder that was copied or restored, a file that was written to).
    """
    try:
        written = msgspec.json.decode((place / SUMS).read_bytes(), type=dict[str, int])
        for name, total in written.items():
            path = place / name
            if stamp(path) != known.get(name) and _checksum(path) != total:
                raise ValueError(f"{name} is damaged")
    except FileNotFoundError as error:
        missing = Path(error.filename or "").name
        raise unreadable(place, ValueError(f"{missing} is missing")) from error
    except (OSError, ValueError) as error:
        raise unreadable(place, error) from error


def part_tables(place: Path) -> Tables:
    """The tables of a part. Raises SearchUnavailable."""
    try:
        return map_tables(place / TABLES)
    except (OSError, ValueError) as error:
        raise unreadable(place, error) from error


def unreadable(place: Path, error: Exception) -> SearchUnavailable:
    """The error that says which part is broken and what to do."""
    return SearchUnavailable(f"the index part {place.name} cannot be read ({error}): run `vierelle index`")


class Part:
    """An open part, shared by threads.

    vectors   int8 rows and their scales, mapped; None when no document has one
    cells     the vectors in cells, where there are many
    """

    def __init__(self, place: Path, known: Mapping[str, Stamp] | None = None) -> None:
        """`known`: stamps its files had when they were last found whole."""
        self.place = place
        self.name = place.name
        check_files(place, known or {})
        self.tables = part_tables(place)
        try:
            self._offsets = self.tables["offsets"]
            # An index without a word has no postings.
            self._postings = next(map(self._kept_open, place.glob("*.pst")), None)
            self._stored = self._kept_open(place / STORED)
            self._recent = Recent(STORED_BYTES, self._read_stored)
            self.vectors = self._vectors()
            self.cells = map_tables(place / CELLS) if (place / CELLS).exists() else None
            self._marks = tuple((str(path), stamp(path)) for path in self._read_in_place())
        except (OSError, ValueError, KeyError) as error:
            raise unreadable(place, error) from error

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def _read_in_place(self) -> list[Path]:
        """The files that are read as searches need them."""
        return [path for path in self.place.iterdir() if path.suffix in (".tables", ".pst", ".bin")]

    def check_untouched(self) -> None:
        """Raises SearchUnavailable when an open file was written to: reading what a mapped file has lost
        would end the whole process. A removed file is still whole for whoever has it open."""
        for path, written in self._marks:
            check_mark(path, written, self.place)

    def _kept_open(self, path: Path) -> int:
        """A file read later, opened now: by then a newer build may have removed it."""
        opened = os.open(path, os.O_RDONLY)
        weakref.finalize(self, os.close, opened)
        return opened

    def blocks(self, start: int, size: int) -> Iterator[Block]:
        """The blocks of the posting list that lies there. Raises SearchUnavailable."""
        try:
            if self._postings is not None:
                yield from blocks(os.pread(self._postings, size, start))
        except (OSError, ValueError, TypeError, IndexError) as error:
            raise unreadable(self.place, error) from error

    def stored(self, docs: Sequence[int]) -> list[bytes]:
        """The stored JSON of documents of this part. Raises SearchUnavailable.

        Read, not mapped: a mapped page brings its neighbours, in the end the whole file, into this worker's
        memory. What was read lately is held, as many questions find the same activities.
        """
        try:
            return self._recent.of(docs)
        except OSError as error:
            raise unreadable(self.place, error) from error

    def _read_stored(self, doc: int) -> bytes:
        start = int(self._offsets[doc])
        return os.pread(self._stored, int(self._offsets[doc + 1]) - start, start)

    def _vectors(self) -> tuple[Array, Array] | None:
        if not (self.place / VECTORS).exists():
            return None
        tables = map_tables(self.place / VECTORS)
        return tables["rows"], tables["scales"]


def check_mark(path: str, written: Stamp, place: Path) -> None:
    """Raises SearchUnavailable when a file was written to since it had this stamp; one that was replaced or
    removed is still whole for whoever has it open."""
    try:
        found = stamp(path)
    except FileNotFoundError:
        return
    # The last time also changes when the file gets another name, as it does when it is removed.
    if found[:3] != written[:3] and found[0] == written[0]:
        raise unreadable(place, ValueError(f"{Path(path).name} was changed"))
