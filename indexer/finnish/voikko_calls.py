"""The few functions of the Voikko library that are asked for word after word, called without letting go of
the interpreter.

`libvoikko` gives the interpreter away at each call, some forty times for one word; where other threads wait,
each of these microseconds ends in their queue. As it is kept, calls cannot overlap: one handle serves all
threads.
"""

import ctypes
import weakref

import libvoikko

from schemas.errors import ConfigurationError

_Analyses = ctypes.POINTER(ctypes.c_void_p)


class Calls:
    """Voikko's Finnish dictionary. Raises ConfigurationError where library or dictionary is missing.

    Words must be free of zero bytes and lone surrogates.
    """

    def __init__(self) -> None:
        try:
            found = libvoikko.VoikkoLibrary.open()
        except OSError as error:
            raise _missing(error) from error
        library = ctypes.PyDLL(found._name, handle=found._handle)
        self._init = library.voikkoInit
        self._init.argtypes = [ctypes.POINTER(ctypes.c_char_p), ctypes.c_char_p, ctypes.c_char_p]
        self._init.restype = ctypes.c_void_p
        self._analyses = library.voikkoAnalyzeWordUcs4
        self._analyses.argtypes, self._analyses.restype = [ctypes.c_void_p, ctypes.c_wchar_p], _Analyses
        self._value = library.voikko_mor_analysis_value_ucs4
        self._value.argtypes = [ctypes.c_void_p, ctypes.c_char_p]
        self._value.restype = ctypes.c_wchar_p
        self._free_analyses = library.voikko_free_mor_analysis
        self._free_analyses.argtypes, self._free_analyses.restype = [_Analyses], None
        self._hyphens = library.voikkoInsertHyphensCstr
        self._hyphens.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_char_p, ctypes.c_int]
        self._hyphens.restype = ctypes.c_void_p
        self._free_text = library.voikkoFreeCstr
        self._free_text.argtypes, self._free_text.restype = [ctypes.c_void_p], None
        self._handle = self._opened()
        end = library.voikkoTerminate
        end.argtypes, end.restype = [ctypes.c_void_p], None
        weakref.finalize(self, end, self._handle)

    def _opened(self) -> int:
        told = ctypes.c_char_p()
        handle: int | None = self._init(ctypes.byref(told), b"fi", None)
        if told.value is not None or not handle:
            raise _missing((told.value or b"it does not start").decode(errors="replace"))
        return handle

    def analyses(self, word: str, keys: tuple[bytes, ...]) -> list[tuple[str | None, ...]]:
        """The values of `keys` in each analysis of a word; None where an analysis does not have one."""
        found = self._analyses(self._handle, word)
        if not found:
            return []
        try:
            told = []
            place = 0
            while one := found[place]:
                told.append(tuple([self._value(one, key) for key in keys]))
                place += 1
            return told
        finally:
            self._free_analyses(found)

    def hyphenated(self, word: str, separator: str) -> str:
        """The word with `separator` at every point of hyphenation that keeps the spelling."""
        found = self._hyphens(self._handle, word.encode(), separator.encode(), 0)
        if not found:
            return word
        try:
            return ctypes.string_at(found).decode()
        finally:
            self._free_text(found)


def _missing(reason: object) -> ConfigurationError:
    return ConfigurationError(f"Voikko cannot be opened: install libvoikko1 and voikko-fi ({reason})")
