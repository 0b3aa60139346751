"""Swedish and English words: the plain form and a marked Snowball stem."""

import threading
from typing import Any

from indexer.finnish import swedish
from indexer.finnish.stopwords import ENGLISH, SWEDISH
from indexer.finnish.word import Analysis

_NAMES = {"sv": "swedish", "en": "english"}
_SHORT = 5
_STOPS = {"sv": SWEDISH, "en": ENGLISH}
_WHOLE = frozenset(("samma", "papper", "mens"))
"""Swedish words that Snowball makes one with another: same (a Sámi), pappor, men (but)."""


class Stemmers:
    """Snowball stemmers, one set per thread because a stemmer keeps the word it works on.

    A stem is marked with its language (``sv:ensam``), so that it cannot collide with a Finnish base form;
    the plain form is a lemma too, so that loanwords and names still meet across languages.
    """

    def __init__(self) -> None:
        self._local = threading.local()

    def _stem(self, language: str, word: str) -> str:
        if language == "sv" and word in _WHOLE:
            return word
        stemmers: dict[str, Any] | None = getattr(self._local, "stemmers", None)
        if stemmers is None:
            import snowballstemmer  # with all its languages; most questions are Finnish

            stemmers = {code: snowballstemmer.stemmer(name) for code, name in _NAMES.items()}
            self._local.stemmers = stemmers
        stem = str(stemmers[language].stemWord(word))
        # Swedish doubles m and n only before an ending: ensam, ensamma; vän, vänner.
        return stem[:-1] if language == "sv" and stem.endswith(("mm", "nn")) else stem

    def analysis(self, form: str, language: str) -> Analysis:
        """Analyse a lower-case form; `language` is ``sv`` or ``en``."""
        plain = form.split("'")[0] if language == "en" and form.endswith("'s") else form
        pieces = [piece for piece in plain.split("-") if piece]
        parts = pieces if len(pieces) > 1 else []
        if language == "sv":
            parts += [part for piece in pieces for part in swedish.parts(piece)]
        owned = language == "sv" and len(plain) > _SHORT and plain.endswith("s")
        names = (plain[:-1],) if owned else ()  # Alzheimers, Parkinsons: the name is the same everywhere
        return Analysis(
            lemmas=(plain, *names, f"{language}:{self._stem(language, plain)}"),
            parts=tuple(dict.fromkeys(f"{language}:{self._stem(language, piece)}" for piece in parts)),
            known=True,
            stop=plain in _STOPS[language],
        )
