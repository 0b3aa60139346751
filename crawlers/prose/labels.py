"""Values beside their labels: columns of tables, "Paikka" on a line of its own, headings of a field."""

import re
from collections.abc import Iterator
from itertools import pairwise

from crawlers.prose.lexicon import FLAGS
from crawlers.prose.sections import Section

PLACE = re.compile(
    r"\W*(?:paikka|missä(?:\skokoonnumme)?|kokoontumis-?paikka|tapaamis-?paikka|pitopaikka|tapahtumapaikka|osoite"
    r"|sijainti|käyntiosoite|tila|plats|var|ort|adress|place|where|location|venue)\W*",
    FLAGS,
)
_NAME = re.compile(
    r"\W*(?:ryhmä|ryhmän\snimi|kerho|kerhon\snimi|nimi|kurssi|tapahtuma|toiminta|harrastus|mitä|laji|grupp|group"
    r"|namn|evenemang|event)\W*",
    FLAGS,
)
_TOWN = re.compile(r"\W*(?:paikkakunta|kunta|kaupunki|kotikunta|ort|kommun|town)\W*", FLAGS)
_VAGUE = re.compile(
    r"(?:ilmoitetaan|sovitaan|vaihtelee|avoin|vaihtelevat|tarkentuu|etänä|verkossa|netissä|online|teams|zoom|ei\s"
    r"|klo\b|kello\b)\b",
    FLAGS,
)
_REGISTRATION = re.compile(
    r"\W*(?:ilmoittautumi(?:nen|set)|ilmoittaudu|ilmoittautumisohjeet|anmälan|registration)\W*", FLAGS
)
_POST = re.compile(r"(?:FI-)?\d{5}\s+[A-ZÅÄÖ][A-ZÅÄÖa-zåäö-]+")
_SHORTEST = 3
_LONGEST_PLACE = 160


def labelled_places(section: Section) -> Iterator[str]:
    """A line "Paikka: …" for each value that stands under or beside a label of place."""
    for block in section.blocks:
        for label, value in block.cells:
            if PLACE.fullmatch(label) and _is_place(value):
                yield f"{label.rstrip(' :')}: {value}"
    lines = [line for block in section.blocks for line in block.text.split("\n")]
    for label, value in pairwise(lines):
        if PLACE.fullmatch(label) and _is_place(value):
            yield f"{label.rstrip(' :?')}: {value}"
    for facet in section.facets:
        if PLACE.fullmatch(facet.title) and facet.blocks:
            told = [line for block in facet.blocks[:2] for line in block.text.split("\n")]
            value = ", ".join(told[:2]) if len(told) > 1 and _POST.fullmatch(told[1]) else told[0]
            if _is_place(value):
                yield f"{facet.title.rstrip(' :?')}: {value}"


def labelled_towns(section: Section) -> tuple[str, ...]:
    """The values of a column of towns."""
    return tuple(
        value for block in section.blocks for label, value in block.cells if _TOWN.fullmatch(label) and value
    )


def is_name_label(label: str) -> bool:
    """Whether a column holds the names of activities."""
    return bool(_NAME.fullmatch(label))


def is_town_label(label: str) -> bool:
    """Whether a column holds towns."""
    return bool(_TOWN.fullmatch(label))


def labelled_registration(section: Section) -> Iterator[str]:
    """A line "Ilmoittautuminen: …" where a heading or a column is called so."""
    for facet in section.facets:
        if _REGISTRATION.fullmatch(facet.title) and facet.blocks:
            first = facet.blocks[0].text.split("\n")[0]
            yield f"{facet.title.rstrip(' :')}: {first}"
    for block in section.blocks:
        for label, value in block.cells:
            if _REGISTRATION.fullmatch(label) and len(value) >= _SHORTEST:
                yield f"{label.rstrip(' :')}: {value}"


def _is_place(value: str) -> bool:
    return 3 <= len(value) <= _LONGEST_PLACE and not _VAGUE.match(value) and any(map(str.isalpha, value))
