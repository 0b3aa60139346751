"""The home county: the shape of `config/county.toml`."""

from collections.abc import Iterable
from pathlib import Path

import msgspec

from schemas.errors import ConfigurationError, NotFound
from schemas.gazetteer import Gazetteer
from schemas.taxonomy import CRISES

TOPICS = ("emergency", "crisis", "violence", "health", "suicide", "acute")
"""What a help line may be called for; those of `CRISES` are shown beside words of such a crisis."""


class Text(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A short text in the interface languages; plain Finnish where standard Finnish is not plain enough."""

    fi: str
    sv: str
    en: str
    selko: str = ""

    def get(self, language: str) -> str:
        """The text in `language` (fi, sv, en, selko); Finnish where it is unknown or has no own text."""
        return {"sv": self.sv, "en": self.en, "selko": self.selko}.get(language, "") or self.fi


class SubRegion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A named part of the county: slug, names, municipality codes."""

    code: str
    fi: str
    sv: str
    en: str
    municipalities: tuple[str, ...]


class Contact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A point of contact. Empty strings mean that the operator has not filled them in: show nothing."""

    name: Text
    phone: str = ""
    email: str = ""
    url: str = ""
    address: str = ""
    hours: Text = Text("", "", "")


class HelpLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A national help line. `topics` among `TOPICS`."""

    code: str
    name: Text
    phone: str
    hours: Text
    description: Text
    topics: tuple[str, ...]
    url: str = ""


class County(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A wellbeing services county as the installation's home.

    `code` is the county's code in `config/places/counties.json`; `municipalities` are codes.
    """

    code: str
    name: Text
    brand: str
    municipalities: tuple[str, ...]
    hospital: Text
    olka: Contact
    contact: Contact
    help_line: tuple[HelpLine, ...]
    sub_region: tuple[SubRegion, ...] = ()

    def help_lines(self, topic: str) -> tuple[HelpLine, ...]:
        """The help lines for one topic, in file order."""
        return tuple(line for line in self.help_line if topic in line.topics)

    def lines_for(self, topics: Iterable[str]) -> tuple[HelpLine, ...]:
        """The help lines for several topics, those of the first topic first, each once."""
        return tuple(dict.fromkeys(line for topic in topics for line in self.help_lines(topic)))


def load_county(path: Path, places: Gazetteer) -> County:
    """Read `config/county.toml`; raises ConfigurationError with file name and fault."""
    try:
        county = msgspec.toml.decode(path.read_bytes(), type=County)
    except (OSError, msgspec.MsgspecError, ValueError) as error:
        raise ConfigurationError(f"{path.name}: {error}") from error
    if fault := _fault(county, places):
        raise ConfigurationError(f"{path.name}: {fault}")
    own = set(county.municipalities)
    for region in county.sub_region:
        if outside := set(region.municipalities) - own:
            raise ConfigurationError(f"{path.name}: {region.fi}: outside the county: {sorted(outside)}")
    return county


def _fault(county: County, places: Gazetteer) -> str:
    """What is wrong with codes and help lines, "" for nothing."""
    try:
        places.county(county.code)
        strangers = [
            place for place in map(places.municipality, county.municipalities) if place.county != county.code
        ]
    except NotFound as error:
        return f"{error}; codes stand in config/places/"
    if strangers:  # the file was edited by half
        named = ", ".join(f"{place.code} {place.fi}" for place in strangers[:3])
        return f"municipalities: {len(strangers)} are not of {county.code}, such as {named}"
    if not county.municipalities:
        return "municipalities: a county has some"
    for line in county.help_line:
        if unknown := [topic for topic in line.topics if topic not in TOPICS]:
            return f"help_line {line.code}: there is no topic {unknown[0]}; known: {', '.join(TOPICS)}"
    if lacking := [topic for topic in CRISES if not county.help_lines(topic)]:
        return f"no help_line has the topic {lacking[0]}: people in such a crisis would see nobody to call"
    return ""
