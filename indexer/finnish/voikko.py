"""Voikko's dictionary, callable from any thread."""

import threading
from itertools import accumulate
from typing import Any

import libvoikko

from indexer.finnish.cache import GenerationCache
from indexer.finnish.morphology import Reading, reading
from indexer.finnish.voikko_calls import Calls

MAX_LENGTH = 80
"""Longer letter runs are no Finnish words; libvoikko itself stops at 255 characters."""

_REMEMBERED = 20_000
"""Readings kept: parts of compounds and tails of unknown words are looked up again and again."""

_GUESSERS = 2
"""Handles that suggest spellings: it takes long and others go on meanwhile, but each keeps 3 MB."""

_READ = ("BASEFORM", "FSTOUTPUT", "CLASS", "PARTICIPLE")
_OBJECT = (b"CLASS", b"SIJAMUOTO", b"NUMBER", b"POSSESSIVE")
_KEYS = tuple(key.encode() for key in _READ)


def _usable(word: str) -> bool:
    """Whether the library can take the string: zero bytes and lone surrogates cannot pass its border."""
    return 0 < len(word) <= MAX_LENGTH and not any(c == "\0" or "\ud800" <= c <= "\udfff" for c in word)


class Voikko:
    """Voikko's Finnish dictionary, callable from any thread.

    Raises `ConfigurationError` when the library or the dictionary is missing.
    """

    def __init__(self) -> None:
        self._calls = Calls()
        self._guessers: list[Any] = []
        self._turns = threading.Semaphore(_GUESSERS)
        self._readings: GenerationCache[tuple[Reading, ...]] = GenerationCache(_REMEMBERED)

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
        told = (zip(_READ, values, strict=True) for values in self._calls.analyses(word, _KEYS))
        found = (reading({key: value for key, value in pairs if value is not None}) for pairs in told)
        readings = tuple(dict.fromkeys(item for item in found if item is not None))
        self._readings.put(word, readings)
        return readings

    def persons(self, word: str) -> frozenset[str]:
        """Grammatical persons (1, 2, 3; 4 = passive) of a lower-case form's readings as a finite verb."""
        if not _usable(word):
            return frozenset()
        told = self._calls.analyses(word, (b"PERSON",))
        return frozenset(person for (person,) in told if person is not None)

    def objects(self, word: str) -> frozenset[str]:
        """What a lower-case form can be as the object of a verb.

        `noun`: in the partitive, the nominative plural or, with an ending that says whose, the accusative;
        `partitive`: in that case; `own`: his or her own; `adjective`: that as well ("kovaa");
        `other`: a noun in another case as well.
        """
        if not _usable(word):
            return frozenset()
        found: set[str] = set()
        for kind, case, number, owner in self._calls.analyses(word, _OBJECT):
            if kind in ("teonsana", None):  # "vetoa" is also a form of a verb; after a verb it is a noun
                continue
            accusative = case == "nimento" and (number == "plural" or owner is not None)
            if case == "osanto" or accusative:
                found.add({"nimisana": "noun", "nimisana_laatusana": "adjective"}.get(kind, ""))
                found.update(("own",) * (owner == "3") + ("partitive",) * (case == "osanto"))
            elif not (case == "nimento" and word.endswith(("ja", "jä"))):  # a doer: "halkoja" is firewood
                found.add("other")
        return frozenset(found)

    def suggestions(self, word: str) -> list[str]:
        """Voikko's own spelling suggestions, best first."""
        if not _usable(word):
            return []
        with self._turns:
            guesser = self._guessers.pop() if self._guessers else libvoikko.Voikko("fi")
            try:
                return list(guesser.suggest(word))
            finally:
                self._guessers.append(guesser)

    def hyphenated(self, word: str, separator: str) -> str:
        """The word with `separator` at every hyphenation point that keeps the spelling."""
        if not _usable(word):
            return word
        return self._calls.hyphenated(word, separator)

    def pieces(self, word: str) -> tuple[str, ...]:
        """The words a compound is written of, as they stand in it; the word alone where it is none."""
        for (structure,) in self._calls.analyses(word, (b"STRUCTURE",)) if _usable(word) else ():
            lengths = [len(piece) for piece in (structure or "").split("=") if piece]
            if sum(lengths) == len(word):
                ends = tuple(accumulate(lengths))
                return tuple(word[end - length : end] for end, length in zip(ends, lengths, strict=True))
        return (word,)
