"""Analysed words kept between builds of the index: a new process need not analyse them all again."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from weakref import WeakKeyDictionary

import msgspec

from indexer.finnish import Analyser
from schemas.taxonomy import keep

_KNOWN: WeakKeyDictionary[Analyser, tuple[str, int, int]] = WeakKeyDictionary()
"""The file whose words an analyser knows: a process that builds again need not read it again."""


@contextmanager
def words_kept(analyser: Analyser, cache: Path) -> Iterator[None]:
    """Know the words that builds before this one met, and keep those of this one in the folder `cache`.

    The file's name changes with the analyser and its dictionary; it may be removed at any time.
    """
    digest = hashlib.blake2b(analyser.version.encode(), digest_size=12).hexdigest()
    path = cache / f"words-{digest}.msgpack"
    with suppress(OSError, msgspec.MsgspecError):
        if _KNOWN.get(analyser) != (found := _stamp(path)):
            analyser.learn(path.read_bytes())
            _KNOWN[analyser] = found
    before = analyser.size
    yield
    if analyser.size != before:
        keep(path, analyser.known())
        with suppress(OSError):
            _KNOWN[analyser] = _stamp(path)


def _stamp(path: Path) -> tuple[str, int, int]:
    found = path.stat()
    return str(path), found.st_ino, found.st_mtime_ns
