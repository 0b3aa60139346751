"""Analysed words kept between builds of the index, for the next build and for servers that start later."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from indexer.finnish import Analyser
from indexer.finnish.kept import file_mark, opened_words, packed
from schemas.taxonomy import keep

_WORTH = 100
"""The file is written anew where one word in so many is new."""
_MOST = 200_000
"""Words beyond which those that this process did not meet are let go."""


def knowing_analyser(cache: Path) -> Analyser:
    """An analyser that knows the words that builds kept in the folder `cache`, where there are any."""
    analyser = Analyser()
    _use(analyser, _path(analyser, cache))
    return analyser


@contextmanager
def words_kept(analyser: Analyser, cache: Path) -> Iterator[None]:
    """Know the words that builds before this one met, and keep those of this one in the folder `cache`."""
    path = _path(analyser, cache)
    _use(analyser, path)
    yield
    kept = analyser.kept
    if analyser.news * _WORTH > (0 if kept is None else len(kept)):
        known = analyser.met() if kept is None else {**kept.items(), **analyser.met()}
        keep(path, packed(known if len(known) <= _MOST else analyser.met()))
        _use(analyser, path)


def _use(analyser: Analyser, path: Path) -> None:
    """Look words up in the file; it is opened again only where another process has written it."""
    with suppress(OSError, ValueError):
        if analyser.kept is None or analyser.kept.mark != file_mark(path):
            analyser.use(opened_words(path))


def _path(analyser: Analyser, cache: Path) -> Path:
    """The file's name changes with the analyser and its dictionary; it may be removed at any time."""
    digest = hashlib.blake2b(analyser.version.encode(), digest_size=12).hexdigest()
    return cache / f"words-{digest}.tables"
