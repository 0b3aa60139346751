"""Voikko handles: one per thread, because libvoikko is not thread-safe."""

import threading
from typing import Any

import libvoikko

from indexer.finnish.cache import GenerationCache
from indexer.finnish.morphology import Reading, reading
from schemas.errors import ConfigurationError

MAX_LENGTH = 80
"""Longer letter runs are no Finnish words; libvoikko itself stops at 255 characters."""

_REMEMBERED = 20_000
"""Readings kept: parts of compounds and tails of unknown words are looked up again and again."""


def _usable(word: str) -> bool:
    """Whether the library can take the string: zero bytes and lone surrogates cannot pass its border."""
    return 0 < len(word) <= MAX_LENGTH and not any(c == "\0" or "\ud800" <= c <= "\udfff" for c in word)


class Voikko:
    """Voikko's Finnish dictionary, callable from any thread.

    Raises `ConfigurationError` when the library or the dictionary is missing.
    """

    def __init__(self) -> None:
        self._local = threading.local()
        self._readings: GenerationCache[tuple[Reading, ...]] = GenerationCache(_REMEMBERED)
        self._handle()

    def _handle(self) -> Any:
        handle = getattr(self._local, "handle", None)
        if handle is None:
            try:
                handle = libvoikko.Voikko("fi")
            except (OSError, libvoikko.VoikkoException) as error:
                raise ConfigurationError(
                    f"Voikko cannot be opened: install libvoikko1 and voikko-fi ({error})"
                ) from error
            self._local.handle = handle
        return handle

    @property
    def version(self) -> str:
        """Version of the native library and name of the dictionary."""
        dictionaries = sorted(
            f"{item.language}-{item.variant}"
            for item in libvoikko.Voikko.listDicts()
            if item.language == "fi"
        )
        return f"libvoikko {libvoikko.Voikko.getVersion()} {' '.join(dictionaries)}"

    def readings(self, word: str) -> tuple[Reading, ...]:
        """All readings of a lower-case word form, without repeats; () when unknown."""
        if not _usable(word):
            return ()
        cached = self._readings.get(word)
        if cached is not None:
            return cached
        found = (reading(analysis) for analysis in self._handle().analyze(word))
        readings = tuple(dict.fromkeys(item for item in found if item is not None))
        self._readings.put(word, readings)
        return readings

    def persons(self, word: str) -> frozenset[str]:
        """Grammatical persons (1, 2, 3; 4 = passive) of a lower-case form's readings as a finite verb."""
        if not _usable(word):
            return frozenset()
        analyses = self._handle().analyze(word)
        return frozenset(analysis["PERSON"] for analysis in analyses if "PERSON" in analysis)

    def suggestions(self, word: str) -> list[str]:
        """Voikko's own spelling suggestions, best first."""
        if not _usable(word):
            return []
        return list(self._handle().suggest(word))

    def hyphenated(self, word: str, separator: str) -> str:
        """The word with `separator` at every hyphenation point that keeps the spelling."""
        if not _usable(word):
            return word
        return str(self._handle().hyphenate(word, separator, False))
