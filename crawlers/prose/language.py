"""The language of a page: what it says of itself, its address, and its small words."""

import re

_TAG = re.compile(r"^([a-zA-Z]{2,3})(?:[-_].*)?$")
_PATH = re.compile(
    r"/(fi|sv|en|se|ru|et|uk|ar|so)(?:[-_][a-zA-Z]{2})?(?:/|$)|[-_.](en|sv|fi)\.html?$", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]+")
_SMALL: dict[str, frozenset[str]] = {
    "fi": frozenset(
        [
            "ja",
            "on",
            "ei",
            "että",
            "se",
            "tai",
            "joka",
            "mukaan",
            "klo",
            "ovat",
            "kun",
            "myös",
            "sekä",
            "voi",
            "kanssa",
            "ryhmä",
            "tervetuloa",
            "meidän",
        ]
    ),
    "sv": frozenset(
        [
            "och",
            "är",
            "att",
            "det",
            "som",
            "en",
            "för",
            "på",
            "av",
            "med",
            "till",
            "den",
            "inte",
            "kl",
            "vi",
            "du",
            "har",
            "eller",
            "om",
            "välkommen",
        ]
    ),
    "en": frozenset(
        [
            "the",
            "and",
            "of",
            "to",
            "is",
            "in",
            "for",
            "you",
            "are",
            "we",
            "our",
            "with",
            "at",
            "or",
            "can",
            "be",
            "this",
            "welcome",
        ]
    ),
}
_FINNISH_ENDING = re.compile(r"...(?:ssa|ssä|sta|stä|lla|llä|lle|ksi|mme|inen|uus|yys|ista|istä|ään|iin)$")
_ENOUGH = 2
_CLEAR = 2.0


def page_language(text: str, *, declared: str | None, url: str, hint: str | None = None) -> str | None:
    """BCP 47 primary code. Clear words beat a declaration: many templates say "en" above Finnish text."""
    by_words = words_language(text)
    if by_words:
        return by_words
    if (found := _PATH.search(url)) and (code := found[1] or found[2]):
        return code.lower()
    if declared and (tag := _TAG.match(declared.strip())):
        return tag[1].lower()
    return hint


_TIME_WORDS = {
    "fi": re.compile(
        r"\b(?:maanantai|tiistai|keskiviik|torstai|perjantai|lauantai|sunnuntai)|\bklo\b|\bviikoilla\b|\bkuukauden\b",
        re.IGNORECASE,
    ),
    "sv": re.compile(
        r"\b(?:mån|tis|ons|tors|fre|lör|sön)dag|\bkl\.?\s\d|\bvarje\b|\bmånaden\b|\bvarannan\b", re.IGNORECASE
    ),
    "en": re.compile(
        r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\d\s?[ap]\.?m\b|\bevery\b", re.IGNORECASE
    ),
}


def section_language(text: str, page: str | None) -> str | None:
    """The language in which a part of a page tells its times: another than the page's only where all does."""
    told = {code for code, pattern in _TIME_WORDS.items() if pattern.search(text)}
    return told.pop() if len(told) == 1 and page in {"fi", "sv", "en", None} else page


def words_language(text: str) -> str | None:
    """The language whose small words clearly prevail; None where it is not clear."""
    words = [word.lower() for word in _WORD.findall(text[:50_000])]
    endings = sum(bool(_FINNISH_ENDING.search(word)) for word in words)
    counts = {code: sum(word in small for word in words) for code, small in _SMALL.items()}
    counts["fi"] += endings // 2
    (best, most), (_, second) = sorted(counts.items(), key=lambda pair: -pair[1])[:2]
    if most >= _ENOUGH and most >= _CLEAR * max(second, 1):
        return best
    return None
