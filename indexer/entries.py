"""The entries of the lexicon: words and phrases of the taxonomies, analysed, and their tables."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec
import numpy as np

from indexer.finnish import Analyser, Word
from indexer.finnish.word import listed
from indexer.generic import FRAMES
from indexer.lists import Lists, packed_lists
from indexer.meaning.background import read_background
from indexer.tables import Array, Strings, Words, packed_strings, packed_words
from schemas.taxonomy import Need, Taxonomy, Term

NEGATIONS = {
    "fi": listed("ei"),
    "sv": listed("inte ej icke ingen inget inga aldrig utan"),
    "en": listed(
        """
        not no never without cannot cant can't dont don't doesnt doesn't didnt didn't wont won't isn't aren't
        wasn't couldn't wouldn't haven't hasn't
        """
    ),
}
"""Kept in phrases though function words: "emme saa lasta" is not "lapsi saa". One stands for another of its
language ("no money", "don't have money")."""
DENIALS = frozenset().union(*NEGATIONS.values())
_FILLING = listed("kukaan mikään joku jokin minä me hän")
"""Function words that fill a phrase where all else only frames."""
_KINDS = ("type", "code", "strength", "language")
"""What few values are shared by many entries."""


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """One word or phrase of one code.

    type      need | kind | group | unit | situation
    strength  word | phrase | hint | official | name
    keys      for each content word: its base forms and the written form
    stems     for each content word: its close derivatives
    """

    type: str
    code: str
    strength: str
    text: str
    language: str
    keys: tuple[tuple[str, ...], ...]
    stems: tuple[tuple[str, ...], ...]


class Entries(Sequence[Entry]):
    """Entries by number over their tables, made as they are asked for; and who shares a term.

    terms    every base form, written form and derivative
    keyed    so many of `terms`, the first ones, are base forms or written forms
    by_key   for each term: entry number, place, entry number, place, …; by_stem likewise
    written  words as the Finnish entries write them, lower case, in order
    alone    for each entry 1 where it has one content word, else 0
    anchors  for each entry the place of its rarest word
    seconds  for each phrase the terms of the next rarest word, one of which a text must have
    lengths  how many words each entry is written with
    """

    def __init__(self, tables: Mapping[str, Array]) -> None:
        self.terms = Words(tables, "terms")
        self.keyed = int(tables["keyed"][0])
        self.by_key = Lists(tables, "by_key")
        self.by_stem = Lists(tables, "by_stem")
        self.written = Strings(tables, "written")
        self.alone = (np.diff(tables["places"]) == 1).tobytes()
        self.anchors = tables["anchors"].data
        self.seconds = Lists(tables, "seconds")
        self.lengths = tables["lengths"].data
        self.longest = int(tables["lengths"].max(initial=0))
        self._places = tables["places"].data
        self._keys = Lists(tables, "keys")
        self._stems = Lists(tables, "stems")
        self._texts = Strings(tables, "texts")
        self._shared = [(Strings(tables, name)[:], tables[f"{name}.of"].data) for name in _KINDS]
        self._made: dict[int, Entry] = {}
        self._phrases: dict[int, tuple[tuple[int, ...], ...]] = {}

    def __len__(self) -> int:
        return len(self._texts)

    def __getitem__(self, number: int) -> Entry:  # type: ignore[override]
        found = self._made.get(number)
        if found is None:
            kind, code, strength, language = (names[of[number]] for names, of in self._shared)
            places = range(self._places[number], self._places[number + 1])
            keys = tuple(tuple(self.terms.at(self._keys[place])) for place in places)
            stems = tuple(tuple(self.terms.at(self._stems[place])) for place in places)
            found = Entry(kind, code, strength, self._texts[number], language, keys, stems)
            self._made[number] = found
        return found

    def type(self, number: int) -> str:
        """The type of an entry, without making the entry."""
        names, of = self._shared[0]
        return names[of[number]]

    def phrase(self, number: int) -> tuple[tuple[int, ...], ...]:
        """For each content word of a phrase the numbers of its terms: base forms, the written form, close
        derivatives."""
        found = self._phrases.get(number)
        if found is None:
            numbers = range(self._places[number], self._places[number + 1])
            found = tuple(tuple({*self._keys[at], *self._stems[at]}) for at in numbers)
            self._phrases[number] = found
        return found


def packed_entries(entries: Sequence[Entry]) -> dict[str, Array]:
    """The arrays of `Entries`."""
    number: dict[str, int] = {}
    for entry in entries:
        for key in (key for keys in entry.keys for key in keys):
            number.setdefault(key, len(number))
    keyed = len(number)
    for entry in entries:
        for stem in (stem for stems in entry.stems for stem in stems):
            number.setdefault(stem, len(number))
    by_key: list[list[int]] = [[] for _ in number]
    by_stem: list[list[int]] = [[] for _ in number]
    for row, entry in enumerate(entries):
        for place, (keys, stems) in enumerate(zip(entry.keys, entry.stems, strict=True)):
            for key in keys:
                by_key[number[key]] += row, place
            for stem in stems:
                by_stem[number[stem]] += row, place
    rows = [[number[key] for key in keys] for entry in entries for keys in entry.keys]
    stem_rows = [[number[stem] for stem in stems] for entry in entries for stems in entry.stems]
    anchors, seconds = [], []
    common = read_background().count
    for entry in entries:
        # Rare in texts, else among entries.
        shared = [
            (sum(map(common, keys)), sum(len(by_key[number[key]]) for key in keys)) for keys in entry.keys
        ]
        first, *others = sorted(range(len(shared)), key=shared.__getitem__)
        anchors.append(first)
        second = [*entry.keys[others[0]], *entry.stems[others[0]]] if others else []
        seconds.append(sorted({number[term] for term in second}))
    return {
        **packed_words("terms", number),
        "keyed": np.array([keyed], dtype=np.int64),
        **packed_lists("by_key", by_key),
        **packed_lists("by_stem", by_stem),
        **packed_strings("written", sorted(_written(entries))),
        "anchors": np.array(anchors, dtype=np.uint8),
        "lengths": np.array([len(entry.text.split()) for entry in entries], dtype=np.int32),
        **packed_lists("seconds", seconds),
        "places": np.cumsum([0, *(len(entry.keys) for entry in entries)]).astype(np.int32),
        **packed_lists("keys", rows),
        **packed_lists("stems", stem_rows),
        **packed_strings("texts", (entry.text for entry in entries)),
        **_packed_kinds(entries),
    }


def _packed_kinds(entries: Sequence[Entry]) -> dict[str, Array]:
    found: dict[str, Array] = {}
    for name in _KINDS:
        values = [getattr(entry, name) for entry in entries]
        names = {value: at for at, value in enumerate(dict.fromkeys(values))}
        found.update(packed_strings(name, names))
        found[f"{name}.of"] = np.array([names[value] for value in values], dtype=np.uint16)
    return found


def _written(entries: Iterable[Entry]) -> set[str]:
    return {
        word
        for entry in entries
        if entry.language == "fi"
        for word in (*entry.text.lower().split(), *(key for keys in entry.keys for key in keys))
        if word.isalpha()
    }


def compile_lexicon(taxonomy: Taxonomy, analyser: Analyser) -> tuple[Entry, ...]:
    """Analyse every word and phrase of the taxonomies."""
    entries: dict[tuple[str, str, str, str], Entry] = {}
    for kind, code, strength, text, language in phrases_of(taxonomy):
        entry = _entry(analyser, kind, code, strength, text, language)
        if entry is not None:
            entries.setdefault((kind, code, text.lower(), language), entry)
    return tuple(entries.values())


def phrases_of(taxonomy: Taxonomy) -> Iterator[tuple[str, str, str, str, str]]:
    """(type, code, strength, text, language) of every word and phrase."""
    for need in taxonomy.needs.values():
        yield from _need_phrases(need)
    flat = {
        "kind": taxonomy.kinds,
        "group": taxonomy.groups,
        "unit": taxonomy.units,
        "situation": taxonomy.situations,
    }
    for name, terms in flat.items():
        for term in terms:
            yield from _term_phrases(name, term)


def _need_phrases(need: Need) -> Iterator[tuple[str, str, str, str, str]]:
    lists = (
        ("word", need.words),
        ("phrase", need.phrases),
        ("phrase", need.scenes),
        ("official", need.official),
        ("hint", need.hints),
    )
    for strength, texts in lists:
        yield from (("need", need.code, strength, text, "fi") for text in texts)
    for language, texts in (("sv", need.sv), ("en", need.en)):
        yield from (("need", need.code, "word", text, language) for text in texts)
    yield from _named("need", need.code, need.name.fi, need.name.sv, need.name.en)


def _term_phrases(kind: str, term: Term) -> Iterator[tuple[str, str, str, str, str]]:
    for strength, texts in (("word", term.words), ("phrase", term.phrases)):
        yield from ((kind, term.code, strength, text, "fi") for text in texts)
    for language, texts in (("sv", term.sv), ("en", term.en)):
        yield from ((kind, term.code, "word", text, language) for text in texts)
    yield from _named(kind, term.code, term.name.fi, term.name.sv, term.name.en)


def _named(kind: str, code: str, fi: str, sv: str, en: str) -> Iterator[tuple[str, str, str, str, str]]:
    yield kind, code, "name", fi, "fi"
    yield kind, code, "name", sv, "sv"
    yield kind, code, "name", en, "en"


def _entry(analyser: Analyser, kind: str, code: str, strength: str, text: str, language: str) -> Entry | None:
    words = analyser.words(text, language)
    denials = NEGATIONS[language]
    content = [word for word in words if not word.stop or not denials.isdisjoint(word.lemmas)]
    if len(words) > 1 and _says_little(content, language):
        # "kuka auttaa" must not shrink to "auttaa", nor "where to get help" to "get help"
        content = list({word.surface.lower(): word for word in words}.values())
    elif language == "fi" and _frames_only(content):
        # "en tunne ketään" must not shrink to "en tunne"
        content = [word for word in words if word in content or not _FILLING.isdisjoint(word.lemmas)]
    if not content:
        return None
    exact = language == "fi" and len(content) == 1
    keys = tuple(
        _keys(word, exact=exact)
        if denials.isdisjoint(word.lemmas)
        else tuple(sorted(denials | {*word.lemmas}))
        for word in content
    )
    stems = tuple(tuple(word.stems) for word in content)
    return Entry(kind, code, strength, text, language, keys, stems)


def _frames_only(content: Sequence[Word]) -> bool:
    """Whether all that is said beside a negation is one framing word."""
    said = [word for word in content if DENIALS.isdisjoint(word.lemmas)]
    return len(said) == 1 < len(content) and not FRAMES.isdisjoint(said[0].lemmas)


def _says_little(content: Sequence[Word], language: str) -> bool:
    """Whether content words say no topic alone: one word, or in Swedish and English only framing words, whose
    function words then carry what is meant."""
    if language == "fi":
        return len(content) <= 1
    telling = [word for word in content if NEGATIONS[language].isdisjoint(word.lemmas)]
    return len(telling) <= 1 or all(word.surface.lower() in FRAMES for word in telling)


def _keys(word: Word, *, exact: bool) -> tuple[str, ...]:
    """The forms by which a word of an entry is met; `exact`: only the written one where it is a base form."""
    written = word.surface.lower()
    if exact and (written in word.lemmas or word.surface.isupper()):
        return (written,)  # an abbreviation is no form of another word (TULES: tuli)
    return tuple(sorted({written, *word.lemmas}))
