"""The language of a text that came without one: Finnish unless Finnish does not know its words."""

from indexer.finnish import Analyser, Word

_FOREIGN = 0.5
"""Share of known words below which a text may be in another language."""
_FUNCTION_WORDS = 0.12
"""Share of function words from which a text is taken to be in their language."""


def read(analyser: Analyser, text: str, given: str) -> tuple[str, tuple[Word, ...]]:
    """The language of a text and its words as words of that language; see `language_of`."""
    words = analyser.words(text, given)
    if given != "fi" or not words or sum(word.known for word in words) >= _FOREIGN * len(words):
        return given, words
    others = {language: analyser.words(text, language) for language in ("sv", "en")}
    shares = {language: sum(word.stop for word in found) / len(words) for language, found in others.items()}
    best = max(shares, key=lambda language: shares[language])
    return (best, others[best]) if shares[best] >= _FUNCTION_WORDS else (given, words)


def language_of(analyser: Analyser, text: str, given: str) -> str:
    """`given`, or sv or en where a text given as Finnish is in fact written in that language."""
    return read(analyser, text, given)[0]
