"""Places of Finland: shapes, and the gazetteer read from the files in `config/places/`."""

import hashlib
from collections.abc import Iterable, Mapping
from functools import cached_property
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

import msgspec

from schemas.errors import ConfigurationError, NotFound

_Shape = TypeVar("_Shape")
_EARTH_KM = 6371.0088


class CaseForms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The forms of a name that sentences need.

    `at`, `to` and `away` follow usage: Lieksassa, Lieksaan, Lieksasta but Kiteellä, Kiteelle, Kiteeltä.
    `others` lists accepted doublets (Karviassa beside Karvialla).
    """

    genitive: str
    partitive: str
    at: str
    to: str
    away: str
    others: tuple[str, ...] = ()


class Municipality(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One municipality of today: Statistics Finland's three-digit code, names, county code, WGS84 degrees."""

    code: str
    fi: str
    sv: str
    county: str
    region: str
    lat: float
    lon: float
    forms: CaseForms
    postcodes: tuple[str, ...] = ()

    @property
    def external(self) -> bool:
        """Whether usage takes the external local cases (Kiteellä) rather than the internal (Lieksassa)."""
        return self.forms.at.endswith(("lla", "llä"))


class Settlement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A village, district, postal area or former municipality.

    kind    village | postal | former
    codes   municipalities that have a place of this name; a former municipality's successor
    year    when a former municipality ended; 0 where that does not apply
    lat/lon WGS84 degrees where known, accurate to about 3 km; else use the municipality's
    """

    name: str
    kind: str
    codes: tuple[str, ...]
    year: int = 0
    lat: float | None = None
    lon: float | None = None
    sv: str = ""


class County(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A wellbeing services county (also the city of Helsinki and Åland, which do the same work).

    `place` is the short name of the area (Pohjois-Karjala); `brand` the name in daily use, or empty.
    """

    code: str
    fi: str
    place: str
    sv: str
    place_sv: str
    en: str
    brand: str = ""


class Gazetteer:
    """All places with look-ups by code, name and postcode; immutable, safe to share between threads."""

    def __init__(
        self,
        municipalities: tuple[Municipality, ...],
        settlements: tuple[Settlement, ...],
        counties: tuple[County, ...],
        homographs: Mapping[str, str] | None = None,
        given_names: Iterable[str] = (),
    ) -> None:
        self.municipalities = municipalities
        self.settlements = settlements
        self.counties = counties
        self.homographs = MappingProxyType(dict(homographs or {}))
        self.given_names = frozenset(given_names)
        self._by_code = {place.code: place for place in municipalities}
        self._counties = {county.code: county for county in counties}

    def municipality(self, code: str) -> Municipality:
        """The municipality with this code; raises NotFound."""
        try:
            return self._by_code[code]
        except KeyError:
            raise NotFound(f"no municipality has the code {code}") from None

    def county(self, code: str) -> County:
        """The county with this code; raises NotFound."""
        try:
            return self._counties[code]
        except KeyError:
            raise NotFound(f"no county has the code {code}") from None

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def by_name(self, name: str) -> tuple[Municipality, ...]:
        """Municipalities of this name: Finnish, Swedish or former, any letter case; () where none."""
        return tuple(self._by_code[code] for code in self._names.get(_fold(name), ()))

    def settlements_named(self, name: str) -> tuple[Settlement, ...]:
        """Villages, postal areas and former municipalities of this name; () where none."""
        return self._settlement_names.get(_fold(name), ())

    def by_postcode(self, postcode: str) -> Municipality | None:
        """The municipality of a five-digit postcode, or None where there is no such postcode."""
        code = self._postcodes.get(postcode.strip())
        return None if code is None else self._by_code[code]

    def municipalities_of_county(self, county: str) -> tuple[Municipality, ...]:
        """The municipalities of a county in order of name; raises NotFound for an unknown county."""
        self.county(county)
        return self._of_county.get(county, ())

    def distance_km(self, a: str, b: str) -> float:
        """Great-circle kilometres between the centres of two municipalities; raises NotFound."""
        first, second = self.municipality(a), self.municipality(b)
        return haversine_km((first.lat, first.lon), (second.lat, second.lon))

    def nearest(self, code: str, limit: int = 5) -> tuple[tuple[Municipality, float], ...]:
        """The `limit` nearest other municipalities with their distances in kilometres, nearest first."""
        others = (place for place in self.municipalities if place.code != code)
        ranked = sorted((self.distance_km(code, place.code), place.code) for place in others)
        return tuple((self._by_code[other], distance) for distance, other in ranked[: max(0, limit)])

    @cached_property
    def _names(self) -> dict[str, tuple[str, ...]]:
        names: dict[str, list[str]] = {}
        for place in self.municipalities:
            for name in (place.fi, place.sv):
                names.setdefault(_fold(name), []).append(place.code)
        for old in self.settlements:
            if old.kind == "former":
                for name in filter(None, (old.name, old.sv)):
                    # A municipality of today keeps its name (Kemiö today, not the parish of 1900).
                    names.setdefault(_fold(name), list(old.codes))
        return {name: tuple(dict.fromkeys(codes)) for name, codes in names.items()}

    @cached_property
    def _settlement_names(self) -> dict[str, tuple[Settlement, ...]]:
        names: dict[str, list[Settlement]] = {}
        for place in self.settlements:
            for name in filter(None, {place.name, place.sv}):
                names.setdefault(_fold(name), []).append(place)
        return {name: tuple(places) for name, places in names.items()}

    @cached_property
    def _postcodes(self) -> dict[str, str]:
        return {postcode: place.code for place in self.municipalities for postcode in place.postcodes}

    @cached_property
    def _of_county(self) -> dict[str, tuple[Municipality, ...]]:
        grouped: dict[str, list[Municipality]] = {}
        for place in sorted(self.municipalities, key=lambda place: place.fi):
            grouped.setdefault(place.county, []).append(place)
        return {county: tuple(places) for county, places in grouped.items()}


def haversine_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance in kilometres between two (lat, lon) points in WGS84 degrees."""
    lat1, lon1, lat2, lon2 = map(radians, (*a, *b))
    chord = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * _EARTH_KM * asin(min(1.0, sqrt(chord)))


def _fold(name: str) -> str:
    return " ".join(name.casefold().split())


def _decode(path: Path, shape: type[_Shape]) -> _Shape:
    try:
        return msgspec.json.decode(path.read_bytes(), type=shape)
    except (OSError, msgspec.MsgspecError, ValueError) as error:
        raise ConfigurationError(f"{path.name}: {error}") from error


def mark_of(folder: Path) -> str:
    """Changes with the files that the gazetteer is read from."""
    digest = hashlib.blake2b(digest_size=8)
    for path in sorted(folder.glob("*.json")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def load_gazetteer(folder: Path) -> Gazetteer:
    """Read the JSON files of `folder` (`config/places/`); raises ConfigurationError with file and fault."""
    municipalities = _decode(folder / "municipalities.json", tuple[Municipality, ...])
    counties = _decode(folder / "counties.json", tuple[County, ...])
    settlements = tuple(
        place
        for name in ("former", "villages", "postal_areas")
        for place in _decode(folder / f"{name}.json", tuple[Settlement, ...])
    )
    gazetteer = Gazetteer(
        municipalities,
        settlements,
        counties,
        _decode(folder / "homographs.json", dict[str, str]),
        _decode(folder / "given_names.json", tuple[str, ...]),
    )
    _check(gazetteer)
    return gazetteer


def _check(gazetteer: Gazetteer) -> None:
    codes = {place.code for place in gazetteer.municipalities}
    counties = {county.code for county in gazetteer.counties}
    if len(codes) != len(gazetteer.municipalities):
        raise ConfigurationError("municipalities.json: a code is given twice")
    for place in gazetteer.municipalities:
        if place.county not in counties:
            raise ConfigurationError(f"municipalities.json: {place.fi}: no county {place.county}")
    for settlement in gazetteer.settlements:
        if not settlement.codes or not codes.issuperset(settlement.codes):
            raise ConfigurationError(f"settlement {settlement.name}: unknown municipality")
