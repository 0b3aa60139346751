"""The analyser: text in, words out; one object for all threads, for documents and queries alike."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Literal

import msgspec

from indexer.finnish import compounds, relatives, spoken, stopwords, unknown
from indexer.finnish.cache import GenerationCache
from indexer.finnish.ellipsis import completed
from indexer.finnish.foreign import Stemmers
from indexer.finnish.kept import KeptWords
from indexer.finnish.lexicon import ABBREVIATIONS, ADDITIONS, SAME_WORD
from indexer.finnish.morphology import Reading
from indexer.finnish.numbers import number
from indexer.finnish.tokens import spans
from indexer.finnish.voikko import Voikko
from indexer.finnish.word import Analysis, Word, unique

ANALYSER_VERSION = 12
"""Raise it whenever the words of a text may come out differently: an index keeps its analyser's version."""

_NEWS = msgspec.msgpack.Decoder(dict[str, Analysis])
_INVISIBLE = re.compile("[­​‌‍⁠﻿]")
_HYPHENS = re.compile("[‐‑‒–—−]")
_APOSTROPHES = re.compile("[’ʼ‘´`]")
_LETTERLESS = re.compile(r"[\s.,:/+()\-]*\d[\d\s.,:/+()\-]*")
_SHORT = 3
_LONGEST = 120
"""Runs of letters beyond this are no words (encoded data in a crawled page) and are only cut."""


def normal(surface: str) -> str:
    """Lower-case NFC form with plain hyphens and apostrophes, without soft hyphens.

    Words in the letters of mathematics ("𝗩𝗲𝗿𝘁𝗮𝗶𝘀𝘁𝘂𝗸𝗶", as posts set their titles), of full width or with
    ligatures are written in plain ones.
    """
    form: Literal["NFKC", "NFC"] = "NFKC" if surface.isalpha() else "NFC"
    text = unicodedata.normalize(form, _INVISIBLE.sub("", surface)).lower()
    text = _APOSTROPHES.sub("'", _HYPHENS.sub("-", text))
    return unicodedata.normalize("NFC", text).strip("-' ")


class Analyser:
    """Analyses words with Voikko and own rules; safe to share between threads.

    `additions` are base forms known beside Voikko's dictionary and the built-in lexicon, lower-case.
    `capacity` bounds the number of cached word forms. Raises `ConfigurationError` when Voikko is missing.
    """

    def __init__(self, additions: Iterable[str] = (), capacity: int = 200_000) -> None:
        self._voikko = Voikko()
        self._stemmers = Stemmers()
        self._additions = ADDITIONS | {normal(word) for word in additions}
        self._cache: GenerationCache[Analysis] = GenerationCache(capacity)
        self.kept: KeptWords | None = None
        self.news = 0
        """About how many words `kept` does not have were met."""
        self._account: dict[str, Analysis] | None = None
        self._guesser = unknown.Guesser(self._voikko.readings, self._finnish, self._additions)
        self.version = f"finnish {ANALYSER_VERSION}; {self._voikko.version}"

    def words(self, text: str, language: str = "fi") -> tuple[Word, ...]:
        """All words, numbers and abbreviations of a text in order; never raises on any text."""
        found = []
        recent = self._cache.recent.get
        prefix = "" if language == "fi" else f"{language}\x00"
        for start, end in spans(text):
            surface = text[start:end]
            item = recent(prefix + surface) or self._analysis(surface, language)
            found.append(
                Word(
                    surface,
                    start,
                    end,
                    item.lemmas,
                    item.parts,
                    item.stems,
                    item.known,
                    item.proper,
                    item.stop,
                )
            )
        return completed(text, found) if language == "fi" else tuple(found)

    def word(self, surface: str, language: str = "fi") -> Word:
        """Analyse one word as it is; offsets are those of the string itself."""
        item = self._analysis(surface, language)
        return Word(
            surface, 0, len(surface), item.lemmas, item.parts, item.stems, item.known, item.proper, item.stop
        )

    def knows(self, surface: str) -> bool:
        """Whether Voikko, the lexicon or the rules of speech recognise the word.

        What nothing can know is told without guessing at its base forms.
        """
        if self._held(surface) is None and surface.isalpha() and len(surface) <= _LONGEST:
            form = normal(surface)
            if form and not self._voikko.readings(form) and self._guesser.hopeless(form):
                return False
        return self._analysis(surface, "fi").known

    def means(self, surface: str, term: str) -> bool:
        """Whether `term` is a base form, a part or a relative of the word."""
        item = self._analysis(surface, "fi")
        return term in item.lemmas or term in item.parts or term in item.stems

    def noun(self, surface: str) -> bool:
        """Whether every reading that Voikko has of a word is a noun."""
        readings = self._voikko.readings(normal(surface))
        return bool(readings) and all(item.word_class == "nimisana" for item in readings)

    def verb(self, surface: str) -> bool:
        """Whether every reading that Voikko has of a word is a verb."""
        readings = self._voikko.readings(normal(surface))
        return bool(readings) and all(item.word_class == "teonsana" for item in readings)

    def objects(self, surface: str) -> frozenset[str]:
        """What the word can be as the object of a verb (noun, own), and `other`; see `Voikko.objects`."""
        return self._voikko.objects(normal(surface))

    def persons(self, surface: str) -> frozenset[str]:
        """Persons ("1", "2", "3", "4" = passive) in which the word can be a finite verb; not remembered."""
        return self._voikko.persons(normal(surface))

    def suggest(self, surface: str, limit: int = 5) -> tuple[str, ...]:
        """Voikko's own spelling suggestions, best first."""
        return tuple(self._voikko.suggestions(normal(surface))[:limit])

    def hyphenate(self, word: str) -> str:
        """The word with soft hyphens where a line may break; spelling and case are kept."""
        return self._voikko.hyphenated(word, "­")

    def _analysis(self, surface: str, language: str) -> Analysis:
        key = surface if language == "fi" else f"{language}\x00{surface}"
        item = self._held(key)
        if item is None:
            small = surface.lower()
            lead = surface[:1].isupper() and surface[1:].islower() and surface.isalpha()
            if language == "fi" and lead and small != surface:  # mathematics' capitals have no small letters
                # The first word of a sentence is analysed as it is written elsewhere.
                item = self._analysis(small, language)
            else:
                item = self._fresh(surface, language)
            self.news += 1
            self._cache.put(key, item)
            if self._account is not None:
                self._account[key] = item
        return item

    def _held(self, key: str) -> Analysis | None:
        """What is known of a word already: in memory, or in the file of words that were kept."""
        item = self._cache.get(key)
        if item is None and self.kept is not None:
            item = self.kept.get(key)
            if item is not None:
                self._cache.put(key, item)
        return item

    def use(self, kept: KeptWords) -> None:
        """Look words up among those that an analyser of the same version has analysed before."""
        self.kept, self.news = kept, 0

    def keep_account(self) -> None:
        """Take note of words that are analysed from now on, for `learned`."""
        self._account = {}

    def learned(self) -> bytes:
        """What was analysed since the last call, for other processes' `learn`; of one thread's work only."""
        news, self._account = self._account, {}
        return msgspec.msgpack.encode(news or {})

    def met(self) -> dict[str, Analysis]:
        """All words held in memory."""
        return self._cache.items()

    def learn(self, news: bytes) -> None:
        """Take over what an analyser of the same version has analysed elsewhere. Raises MsgspecError."""
        for key, item in _NEWS.decode(news).items():
            self.news += 1
            self._cache.put(key, item)

    def _fresh(self, surface: str, language: str) -> Analysis:
        if len(surface) > _LONGEST:
            return Analysis(lemmas=(surface[:_LONGEST].lower(),))
        form = normal(surface)
        if not form:
            return Analysis(lemmas=(surface.lower() or "-",))
        if _LETTERLESS.fullmatch(form):
            return number(form)
        if language in ("sv", "en"):
            return self._stemmers.analysis(form, language)
        return self._finnish(form)

    def _finnish(self, form: str) -> Analysis:
        """Analyse a normalised Finnish form."""
        stem = unknown.uncased(form)
        if stem:
            return self._finnish(stem)
        readings = self._voikko.readings(form)
        whole = self._known(form, readings) if readings else None
        if "-" in form.strip("-"):
            return _merged(whole, unknown.hyphenated(form, self._finnish))
        found = whole or self._guesser.analysis(form)
        if whole and form in spoken.FORMS:
            found = self._guesser.beside(whole, form)
        lemmas = found.lemmas
        if form in spoken.PRONOUNS:
            lemmas = (spoken.FORMS[form],)
        if len(form) <= _SHORT or form in ABBREVIATIONS:
            lemmas = unique([*lemmas, form])
        elif form.endswith("is") and compounds.stands_alone(form[:-1] + "nen", self._voikko.readings):
            lemmas = unique([*lemmas, form[:-1] + "nen"])
        return Analysis(
            lemmas=lemmas,
            parts=found.parts,
            stems=found.stems or relatives.stems((), lemmas),
            known=found.known,
            proper=found.proper,
            stop=found.stop or stopwords.is_stop(form, ()),
        )

    def _known(self, form: str, readings: tuple[Reading, ...]) -> Analysis:
        lemmas = unique(
            [
                word
                for item in readings
                for word in (item.action, item.base, relatives.verb_of_participle(item))
            ]
        )
        lemmas = unique([*lemmas, *(SAME_WORD.get(lemma, "") for lemma in lemmas)])
        common = tuple(item.base for item in readings if not item.proper)
        return Analysis(
            lemmas=lemmas,
            parts=compounds.parts(readings, self._voikko.readings),
            stems=relatives.stems(readings, lemmas),
            known=True,
            proper=any(item.proper for item in readings),
            stop=stopwords.is_stop(form, common),
        )


def _merged(whole: Analysis | None, pieces: Analysis) -> Analysis:
    """A hyphenated word: what the dictionary says of it, completed by its pieces."""
    if whole is None:
        return pieces
    lemmas = unique([*whole.lemmas, *(word.replace("-", "") for word in whole.lemmas)])
    return Analysis(
        lemmas=lemmas,
        parts=tuple(word for word in whole.parts or pieces.parts if word not in lemmas),
        stems=whole.stems,
        known=True,
        proper=whole.proper,
        stop=whole.stop,
    )
