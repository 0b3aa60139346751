"""What a generation is made of, and the files that say so.

index/current                   name of the generation that answers
index/generations/<name>.json   its parts, the documents replaced in them, versions; last line: CRC-32
index/generations/<name>.tables what is made of its parts when it is built
index/parts/<name>/             immutable parts, shared by generations
index/lock                      held by the process that builds
"""

import fcntl
import os
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import msgspec

from indexer.backend import FieldSpec
from indexer.whoosh.part import Stamp
from schemas.errors import SearchUnavailable

_BOOT = Path("/proc/sys/kernel/random/boot_id")
_NONE = "there is no index yet: run `vierelle index`"


class Manifest(msgspec.Struct, frozen=True):
    """One generation: its parts in order, the numbers of replaced documents by part, versions, fields.

    `stamps`: of the files of each part and, under "", of the tables, when they were last found whole; `boot`
    names the run of the machine in which that was. A loss of power may take back what was written before.
    """

    name: str
    created: datetime
    parts: tuple[str, ...]
    replaced: dict[str, tuple[int, ...]]
    versions: dict[str, str]
    fields: tuple[FieldSpec, ...]
    size: int
    stamps: dict[str, dict[str, Stamp]] = {}
    boot: str = ""

    @property
    def known(self) -> Mapping[str, Mapping[str, Stamp]]:
        """The stamps that can be relied on."""
        return self.stamps if self.boot and self.boot == this_boot() else {}


def this_boot() -> str:
    """The name of this run of the machine; empty where it has none."""
    try:
        return _BOOT.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""


class Files:
    """The files of an index below `folder`. Methods raise SearchUnavailable."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.parts = folder / "parts"
        self.generations = folder / "generations"
        self._named = str(folder / "current")

    def stamp(self) -> tuple[int, int] | None:
        """Changes when another generation becomes the current one; None when there is none."""
        try:
            found = os.stat(self._named)  # noqa: PTH116 asked at every question
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns

    def current(self) -> str:
        """Name of the generation that answers."""
        try:
            name = (self.folder / "current").read_text(encoding="utf-8").strip()
        except FileNotFoundError as error:
            raise SearchUnavailable(_NONE) from error
        except (OSError, UnicodeDecodeError) as error:
            raise SearchUnavailable(f"the file {self.folder.name}/current cannot be read: {error}") from error
        if not name or not name.isalnum():
            raise SearchUnavailable(f"the file {self.folder.name}/current is damaged: run `vierelle index`")
        return name

    def manifest(self, name: str) -> Manifest:
        """The manifest of a generation."""
        try:
            content, _, total = (self.generations / f"{name}.json").read_bytes().rpartition(b"\n")
            if total != _sum(content):
                raise ValueError("it is damaged")
            return msgspec.json.decode(content, type=Manifest)
        except (OSError, ValueError) as error:
            raise SearchUnavailable(
                f"the index generation {name} cannot be read ({error}): run `vierelle index`"
            ) from error

    def tables(self, name: str) -> Path:
        """The file of a generation's tables."""
        return self.generations / f"{name}.tables"

    def switch(self, manifest: Manifest) -> None:
        """Write a manifest and make its generation the current one."""
        self.generations.mkdir(parents=True, exist_ok=True)
        content = msgspec.json.encode(manifest)
        write_whole(self.generations / f"{manifest.name}.json", content + b"\n" + _sum(content))
        write_whole(self.folder / "current", manifest.name.encode())

    @contextmanager
    def building(self) -> Iterator[None]:
        """Held while a generation is built, so that two builders do not remove each other's parts."""
        self.parts.mkdir(parents=True, exist_ok=True)
        with (self.folder / "lock").open("a") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise SearchUnavailable("the index is being built already: try again in a moment") from error
            yield


def write_whole(path: Path, content: bytes) -> None:
    """Write by rename, so that a reader sees the old file or the new one, never a half."""
    aside = path.with_suffix(".new")
    with aside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)


def _sum(content: bytes) -> bytes:
    return f"{zlib.crc32(content):08x}".encode()
