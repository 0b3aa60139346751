"""Kind of activity and target groups: words of the taxonomy found in the text, inflected or compounded."""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import takewhile

from crawlers.prose.lexicon import FLAGS
from schemas.taxonomy import Term

_SHORTEST_STEM = 4
_SHORTEST_TAIL = 6
_LETTERS = 2  # all words have as many
_GRADATION = (
    ("kk", "k"),
    ("pp", "p"),
    ("tt", "t"),
    ("nk", "ng"),
    ("nt", "nn"),
    ("lt", "ll"),
    ("rt", "rr"),
    ("mp", "mm"),
)


def matching_terms(
    sentences: Sequence[str], terms: Sequence[Term], language: str | None
) -> tuple[tuple[str, str], ...]:
    """(code, sentence) of every term with a word in the text, in the order of first appearance."""
    found: dict[str, str] = {}
    search = _searched(tuple(terms), language or "fi")
    for sentence in sentences:
        spans = search.spans(sentence)
        for span, code in sorted(spans):
            if not any(_inside(span, other) for other, _ in spans):
                found.setdefault(code, sentence)
    return tuple(found.items())


def _inside(span: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether `span` is only a part of `other`: "nuorten" in "nuorten aikuisten"."""
    return other[0] <= span[0] and span[1] <= other[1] and span != other


class _Search:
    """Looks for terms in sentences: only for those of which the beginning of a word is there at all."""

    def __init__(self, terms: tuple[Term, ...], language: str) -> None:
        worded = [(term.code, words) for term in terms if (words := _words(term, language))]
        self._patterns = [(code, _pattern(words, language)) for code, words in worded]
        self._begins = [tuple(_beginnings(words, language)) for _, words in worded]
        self._by_letters: dict[str, list[tuple[str, int]]] = {}
        for place, (_, words) in enumerate(worded):
            for beginning in sorted(_beginnings(words, language)):
                self._by_letters.setdefault(beginning[:_LETTERS], []).append((beginning, place))

    def spans(self, sentence: str) -> list[tuple[tuple[int, int], str]]:
        """Where each term stands first, in the order of the taxonomy."""
        low = sentence.lower()
        letters = {low[start : start + _LETTERS] for start in range(len(low))}
        hopeful = {
            place
            for key in letters & self._by_letters.keys()
            for beginning, place in self._by_letters[key]
            if beginning in low
        }
        found = []
        for place in sorted(hopeful):
            code, pattern = self._patterns[place]
            if match := pattern.search(sentence):
                found.append((match.span(), code, low.startswith(self._begins[place], match.start())))
        # "digikerho" is a word of its own; that it ends in a club says less.
        whole = {span for span, _, is_whole in found if is_whole}
        return [(span, code) for span, code, is_whole in found if is_whole or span not in whole]


@lru_cache(maxsize=16)
def _searched(terms: tuple[Term, ...], language: str) -> _Search:
    return _Search(terms, language)


def _words(term: Term, language: str) -> tuple[str, ...]:
    return {"sv": term.sv, "en": term.en}.get(language, (*term.words, *term.phrases))


def _beginnings(words: tuple[str, ...], language: str) -> set[str]:
    """What a text in small letters must hold for `_pattern` to be worth trying."""
    if language in {"sv", "en"}:
        return {word.lower() for word in words}
    return {_beginning(re.split(r"[\s-]+", word.lower())[0]) for word in words}


def _beginning(word: str) -> str:
    """What all forms of a word begin with."""
    stems = _stems(word)
    forms = [*stems, *_cut(stems)]
    same = (len(set(letters)) == 1 for letters in zip(*forms, strict=False))
    return word[: sum(takewhile(bool, same))]


def _pattern(words: tuple[str, ...], language: str) -> re.Pattern[str]:
    """Any of `words` in any of its forms; long enough words also as the last part of a compound."""
    if language in {"sv", "en"}:
        choices = "|".join(re.escape(word) for word in words)
        return re.compile(rf"\b(?:{choices})(?:s|en|et|er|ar|or|erna|arna)?\b", FLAGS)
    whole: list[str] = []
    tails: list[str] = []
    for word in words:
        parts = re.split(r"[\s-]+", word.lower())
        form = r"[\s-]".join(_forms(part) for part in parts)
        tail = len(parts) == 1 and len(word) >= _SHORTEST_TAIL - (not word.endswith("i"))
        (tails if tail else whole).append(form)
    patterns = [rf"\b(?:{'|'.join(whole)})"] if whole else []
    patterns += [rf"(?<!\w)(?:\w+-?)?(?:{'|'.join(tails)})"] if tails else []
    return re.compile("|".join(patterns), FLAGS)


_SINGULAR = (
    r"n|t|a|ä|ta|tä|an|än|en|in|on|un|yn|ön|ssa|ssä|sta|stä|lla|llä|lta|ltä|lle|ksi|na|nä|tta|ttä|mme|nne|nsa|nsä|seen"
    r"|ssamme|ssämme|llamme|nsa|hin|hun|hyn"
)
_PLURAL = (
    r"(?:i|o[i]|ö[i]|e[i])(?:ssa|ssä|sta|stä|lla|llä|lta|ltä|lle|ksi|na|nä|ta|tä|hin|den|in|tten)|ia|iä|ien|oja|öjä|ojen"
    r"|öjen|eja|ejä|ejen|ten|et|en|at|ät"
)


def _forms(word: str) -> str:
    """A pattern of the inflected forms of one word: its stems, with what Finnish adds to them."""
    if len(word) < _SHORTEST_STEM or not word.isalpha():
        return rf"{re.escape(word)}\b"
    stems = _stems(word)
    cut = _cut(stems)
    whole = "|".join(re.escape(stem) for stem in sorted(stems, key=lambda stem: (-len(stem), stem)))
    ended = "|".join(re.escape(stem) for stem in sorted(cut, key=lambda stem: (-len(stem), stem)))
    plural = rf"|(?:{ended})(?:{_PLURAL})" if ended else ""
    return rf"(?:(?:{whole})(?:{_SINGULAR}|{_PLURAL})?{plural})\b"


def _cut(stems: Sequence[str]) -> set[str]:
    """Stems before the i of the plural."""
    return {stem[:-1] for stem in stems if stem[-1:] in "aäei" and len(stem) >= _SHORTEST_STEM}


def _stems(word: str) -> list[str]:
    """The stems of a word of small letters; of a short one, or one of other signs, itself."""
    if len(word) < _SHORTEST_STEM or not word.isalpha():
        return [word]
    stems = {word}
    if word.endswith("nen"):
        stems |= {word[:-3] + "s", word[:-3] + "se"}
    elif word.endswith(("tön", "ton")):
        stems |= {word[:-3] + "tt" + word[-2] + "ma", word[:-3] + "tt" + word[-2] + "mä"}
    elif word.endswith("s") and len(word) > _SHORTEST_STEM:
        stems |= {word[:-1] + "kse", word[:-1] + "a", word[:-1] + "ä"}
    elif word.endswith("i") and len(word) > _SHORTEST_STEM:
        stems.add(word[:-1] + "e")
    return sorted(stems | {weak for stem in tuple(stems) for weak in _weak(stem)})


def _weak(stem: str) -> list[str]:
    """Consonant gradation before the last vowel: tupa → tuva, kerho has none, ryhmä has none."""
    vowel = stem[-1:]
    if vowel not in "aäeioöuy":
        return []
    body = stem[:-1]
    for strong, weak in _GRADATION:
        if body.endswith(strong):
            return [body[: -len(strong)] + weak + vowel]
    if body[-1:] in {"p", "t"} and body[-2:-1] in "aäeioöuyhlr":
        return [body[:-1] + {"p": "v", "t": "d"}[body[-1]] + vowel]
    return []
