"""The values of word analysis: one `Word` per token of a text.

They hold texts and tuples of texts, so the collector of cycles need not look at them (`gc=False`): a build
makes millions.
"""

import msgspec


class Analysis(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """What is known of a word form apart from where it stands; this is what the cache holds."""

    lemmas: tuple[str, ...]
    parts: tuple[str, ...] = ()
    stems: tuple[str, ...] = ()
    known: bool = False
    proper: bool = False
    stop: bool = False


class Word(msgspec.Struct, frozen=True, gc=False):
    """One word, number or abbreviation of a text.

    `surface` is exactly ``text[start:end]``; offsets count characters.
    `lemmas` are the lower-case base forms of all readings, whole compounds; for unknown words the best
    guesses with the written form among them. Never empty.
    `parts` are base forms of true compound parts, of hyphen parts, and of the shorter compounds inside
    a compound of three or more parts; never the whole word, never derivational residue.
    `stems` are close relatives by derivation (masennus, masentunut: masentaa). Two words are related
    when lemmas and stems of one meet lemmas and stems of the other; weigh such a meeting least.
    `known`: Voikko, the lexicon of own additions or the rules of spoken Finnish recognise the word.
    `proper`: one reading is a proper name. `stop`: a function word that queries may ignore.

    Swedish and English words have the plain lower-case form and a marked stem, ``en:loneli``, as lemmas.
    """

    surface: str
    start: int
    end: int
    lemmas: tuple[str, ...]
    parts: tuple[str, ...] = ()
    stems: tuple[str, ...] = ()
    known: bool = False
    proper: bool = False
    stop: bool = False


def unique(words: list[str]) -> tuple[str, ...]:
    """Drop repeats and empty strings, keep the order."""
    return tuple(dict.fromkeys(word for word in words if word))


def listed(text: str) -> frozenset[str]:
    """The words of a plain list in the source, kept as running text to stay readable."""
    return frozenset(text.split())
