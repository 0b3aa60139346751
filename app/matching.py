"""The matcher that remembers: what it judged is kept in the cache folder, so that a change costs little."""

import os
import zlib
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import msgspec

from crawlers.matching import MATCHING_VERSION, THRESHOLD, ActivityMatcher, Memory
from schemas.activity import Activity
from schemas.catalogue.contract import Cluster, Marked
from schemas.gazetteer import mark_of

_decoder = msgspec.msgpack.Decoder(Memory)


class KeepingMatcher:
    """A `schemas.catalogue.contract.Matcher` that finds what `plain` finds, and keeps its verdicts in `path`.

    The file only saves time: where it is missing, damaged, made by another version or not writable, all
    records are matched anew.
    """

    def __init__(self, plain: ActivityMatcher, version: str, path: Path) -> None:
        self._plain = plain
        self._version = version
        self._path = path

    def __call__(self, records: Sequence[Activity]) -> tuple[Cluster, ...]:
        """Clusters of two or more records, by their first member."""
        if not isinstance(records, Marked):
            return self._plain(records)
        held = self._read()
        clusters, memory = self._plain.rematch(records, held)
        if memory is not held:
            self._write(memory)
        return clusters

    def _read(self) -> Memory:
        with suppress(OSError, msgspec.MsgspecError):
            packed = self._path.read_bytes()
            content, told = packed[:-4], packed[-4:]
            if zlib.crc32(content).to_bytes(4) == told:
                found = _decoder.decode(content)
                if found.made_by == self._version:
                    return found
        return Memory(self._version, {})

    def _write(self, memory: Memory) -> None:
        content = msgspec.msgpack.encode(memory)
        aside = self._path.with_name(f"{self._path.name}.{os.getpid()}")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            aside.write_bytes(content + zlib.crc32(content).to_bytes(4))
            aside.replace(self._path)
        except OSError:  # a full disk must not stop an index
            with suppress(OSError):
                aside.unlink()


def made_by(analyser: str, places: Path) -> str:
    """Names what verdicts depend on besides the records: the rules, the words and the names of places."""
    return f"{MATCHING_VERSION} {THRESHOLD}; {analyser}; places {mark_of(places)}"
