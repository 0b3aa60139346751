"""Words that a build of the index has analysed, in a file that is opened, not read: a server that has just
started, and the next build, look them up instead of analysing them anew."""

from collections.abc import Mapping
from pathlib import Path

import msgspec

from indexer.finnish.word import Analysis
from indexer.tables import Array, Strings, Words, check_sum, encoded, map_tables, packed_strings, packed_words

_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(Analysis)


class KeptWords:
    """Analyses by key of `Analyser`; read-only, shared by threads and, as it is mapped, by processes."""

    def __init__(self, tables: Mapping[str, Array], mark: tuple[int, int]) -> None:
        """`mark`: of the file, see `file_mark`."""
        self.mark = mark
        self._words = Words(tables, "words")
        self._analyses = Strings(tables, "analyses")

    def __len__(self) -> int:
        return len(self._words)

    def get(self, key: str) -> Analysis | None:
        """What is known of a word form; None where nothing is."""
        number = self._words.number(key)
        return None if number < 0 else _DECODER.decode(self._analyses[number])

    def items(self) -> dict[str, Analysis]:
        """All of it."""
        return dict(zip(self._words, map(_DECODER.decode, self._analyses), strict=True))


def file_mark(path: Path) -> tuple[int, int]:
    """What changes when a file is written anew. Raises OSError."""
    found = path.stat()
    return found.st_ino, found.st_mtime_ns


def opened_words(path: Path) -> KeptWords:
    """The words of a file. Raises OSError, and ValueError where it is not as it was written."""
    mark = file_mark(path)
    check_sum(path)
    try:
        return KeptWords(map_tables(path), mark)
    except KeyError as error:
        raise ValueError(f"it has no {error}") from error


def packed(words: Mapping[str, Analysis]) -> bytes:
    """The content of a file of words."""
    analyses = (_ENCODER.encode(item).decode() for item in words.values())
    return b"".join(encoded({**packed_words("words", words), **packed_strings("analyses", analyses)}))
