"""Analysed words kept between builds of the index: a new process need not analyse them all again."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

from indexer.finnish import Analyser
from schemas.taxonomy import keep


@contextmanager
def words_kept(analyser: Analyser, cache: Path) -> Iterator[None]:
    """Know the words that builds before this one met, and keep those of this one in the folder `cache`.

    The file's name changes with the analyser and its dictionary; it may be removed at any time.
    """
    digest = hashlib.blake2b(analyser.version.encode(), digest_size=12).hexdigest()
    path = cache / f"words-{digest}.msgpack"
    with suppress(OSError, msgspec.MsgspecError):
        analyser.learn(path.read_bytes())
    before = analyser.size
    yield
    if analyser.size != before:
        keep(path, analyser.known())
