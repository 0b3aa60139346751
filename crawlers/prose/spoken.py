"""Several groups told in one paragraph: "Toivo-ryhmä kokoontuu maanantaisin. Kahvila on torstaisin." """

import re
from collections.abc import Iterator

import msgspec

from crawlers.prose import topics
from crawlers.prose.atoms import Clock, Day, Days, Monthly
from crawlers.prose.lexicon import FLAGS
from crawlers.prose.sections import Section
from crawlers.prose.sentence_times import scan
from crawlers.prose.sentences import sentences
from crawlers.prose.shapes import Block, BlockKind

_SUBJECT = re.compile(
    r"(?P<name>[A-ZÅÄÖ„\"”»][^.:;!?|]{2,80}?)\s"
    r"(?:kokoontu(?:u|vat)|tapa(?:a|avat)|tavataan|pide?tään|järjestetään|on|ovat|alkaa|jatkuu|toimii"
    r"|harjoittelee|kutsuu)\s"
)
_PRONOUN = re.compile(r"\b(?:se|tämä|nämä|joka|jotka|me|seuraava|myös|lisäksi)\b", FLAGS)
_OF_ONE = re.compile(
    r"\W*(?:(?:avoin|uusi|viikoittainen|oma)\s)?(?:ryhmä|kerho|kurssi|piiri|kahvila|kuoro|toiminta|tapaaminen|tapaamiset|ilta"
    r"|illat|kokoontuminen|kokoontumiset|ryhmämme|kerhomme|toimintamme|kahvilamme|kuoromme|jumppa|tanssit)\W*"
    r"|(?:ryhmän|kerhon|kurssin|kahvilan|kuoron|piirin)\s.*",
    FLAGS,
)
_FEWEST = 2
_MOST_WORDS = 4


class _Told(msgspec.Struct):
    """A group of the paragraph in the making."""

    name: str
    said: list[str]


def spoken_sections(section: Section) -> tuple[Section, ...]:
    """A section for each group whose name and time a sentence of a paragraph tells; else empty.

    A sentence of time that names none goes with the group before it, any other with all of them.
    """
    found: list[_Told] = []
    shared: list[str] = []
    for block in section.blocks:
        if block.kind is not BlockKind.PARAGRAPH:
            return ()
        current: _Told | None = None
        for sentence in (part for line in block.text.split("\n") for part in sentences(line)):
            if name := _name(sentence):
                current = _Told(name, [sentence])
                found.append(current)
            elif current is not None and scan(sentence).atoms:
                current.said.append(sentence)
            elif scan(sentence).of(Day, Days, Monthly):
                return ()  # a time that belongs to none of them
            else:
                shared.append(sentence)
    if len({told.name.casefold() for told in found}) < max(_FEWEST, len(found)):
        return ()
    if sum(topics.names_activity(told.name) for told in found) < _FEWEST:
        return ()
    return tuple(_sections(section, found, shared))


def _name(sentence: str) -> str | None:
    """What a sentence tells the days and the hour of, where that is its subject."""
    subject = _SUBJECT.match(sentence)
    if subject is None:
        return None
    name = subject["name"].strip(' ,„"”»')
    if _OF_ONE.fullmatch(name) or _PRONOUN.search(name) or scan(name).atoms:
        return None
    scanned = scan(sentence)
    told = scanned.of(Clock) and scanned.of(Days, Monthly, Day)
    plain = topics.names_activity(name) or len(name.split()) <= _MOST_WORDS
    return name if told and plain and not topics.names_none(name) else None


def _sections(section: Section, found: list[_Told], shared: list[str]) -> Iterator[Section]:
    links = tuple(link for block in section.blocks for link in block.links)
    rest = (Block(BlockKind.PARAGRAPH, "\n".join(shared), links=links),) if shared else ()
    for told in found:
        yield Section(
            told.name,
            section.level + 1,
            (Block(BlockKind.PARAGRAPH, " ".join(told.said), anchor=section.anchor),),
            (*section.above, section.title),
            section.anchor,
            section.facets,
            shared=rest,
        )
