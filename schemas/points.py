"""Guidance points: the touch screens of a hospital or a wellbeing point (`config/points.toml`)."""

import re
from collections.abc import Collection, Iterator
from pathlib import Path

import msgspec

from schemas.errors import ConfigurationError
from schemas.taxonomy import Names

MOST_TILES = 20
"""Tiles of one screen: as many as fit on a touch screen without scrolling."""

SHORTEST_IDLE, LONGEST_IDLE = 20, 1800
"""Seconds between which the time without a touch may be set."""

SHORTEST_WARNING, LONGEST_WARNING = 10, 120
"""Seconds between which the warning may last."""

RESERVED = frozenset({"data", "poikki", "sw", "pisteet"})
"""Names that the addresses of the room use themselves."""

_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
_LANGUAGES = ("fi", "sv", "en", "selko")


class Point(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One touch screen.

    code            its name in addresses (`/olka/<code>`)
    name, opening   what the start screen says
    municipalities  codes of the municipality tiles, in order; () = all of the county
    units           codes of hospital units offered; () = the choice is left out
    illnesses       codes of needs offered as illnesses; () = the choice is left out
    situations      codes of life situations offered; () = the choice is left out
    events_at       names of houses whose events are those of this point; part of the name is enough
    home            code of the municipality in which the point stands
    language        the language that the screen returns to
    idle, warning   seconds without a touch until the warning, and how long the warning stays
    """

    code: str
    name: Names
    opening: Names
    home: str
    municipalities: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    illnesses: tuple[str, ...] = ()
    situations: tuple[str, ...] = ()
    events_at: tuple[str, ...] = ()
    language: str = "fi"
    idle: int = 90
    warning: int = 15


class Points(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file `config/points.toml`, in its order."""

    point: tuple[Point, ...] = ()

    def find(self, code: str) -> Point | None:
        """The point with this code."""
        return next((point for point in self.point if point.code == code), None)


class Known(msgspec.Struct, frozen=True):
    """The codes that a point may name; `homes` are the municipalities of the county, where it may stand."""

    municipalities: Collection[str]
    homes: Collection[str]
    units: Collection[str]
    needs: Collection[str]
    situations: Collection[str]


def load_points(path: Path, known: Known) -> Points:
    """Read and check points; no file = no points. Raises ConfigurationError with the point and its fault."""
    if not path.exists():
        return Points(())
    try:
        found = msgspec.toml.decode(path.read_bytes(), type=Points)
    except (OSError, msgspec.MsgspecError, ValueError) as error:
        raise ConfigurationError(f"{path.name}: {error}") from error
    seen: set[str] = set()
    for point in found.point:
        faults = [*_faults(point, known)]
        if point.code in seen:
            faults.append("stands twice")
        if faults:
            raise ConfigurationError(f"{path.name}: {point.code}: {'; '.join(faults)}")
        seen.add(point.code)
    return found


def _faults(point: Point, known: Known) -> Iterator[str]:
    if not _CODE.match(point.code) or point.code in RESERVED:
        yield "the code must be lower-case letters, digits and hyphens, and not a name the site uses itself"
    for name, chosen, codes in (
        ("municipalities", point.municipalities, known.municipalities),
        ("units", point.units, known.units),
        ("illnesses", point.illnesses, known.needs),
        ("situations", point.situations, known.situations),
    ):
        if unknown := [code for code in chosen if code not in codes]:
            yield f"{name}: there is no {', '.join(unknown)}"
        if len(set(chosen)) < len(chosen):
            yield f"{name}: something stands twice"
        if len(chosen) > MOST_TILES:
            yield f"{name}: {len(chosen)} tiles; one screen holds {MOST_TILES}"
    if point.home not in known.homes:
        yield f"home: {point.home} is not a municipality of this county (county.toml)"
    if not (point.units or point.illnesses or point.situations):
        yield "offers neither units nor illnesses nor situations"
    if point.language not in _LANGUAGES:
        yield f"language: must be one of {', '.join(_LANGUAGES)}"
    if not SHORTEST_IDLE <= point.idle <= LONGEST_IDLE:
        yield f"idle: must be {SHORTEST_IDLE}–{LONGEST_IDLE} seconds"
    if not SHORTEST_WARNING <= point.warning <= LONGEST_WARNING:
        yield f"warning: must be {SHORTEST_WARNING}–{LONGEST_WARNING} seconds"
