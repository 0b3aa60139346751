"""The county drawn from our own coordinates: each municipality by its hits, each meeting place a dot."""

from collections.abc import Mapping
from itertools import combinations
from typing import NamedTuple

from app.web.county_shape import Shape, Spot, shape_of
from app.web.parameters import Links
from app.web.site import Site
from schemas.search import SearchResult

MAP_SIZE = 100
"""Activities whose meeting places are drawn."""

_SHADES = 4
_LETTER, _LINES = 13.0, 66.0
"""Drawing units of a letter and of a name under its number, as a phone draws them."""

_ROUNDS = 40


class Town(NamedTuple):
    """One municipality. `shade` is 0 (nothing) to 4 (most); `link` narrows to it, "" without hits."""

    code: str
    name: str
    path: str
    x: float
    y: float
    hits: int
    shade: int
    link: str
    chosen: bool


class Dot(NamedTuple):
    """Where `hits` of the activities meet."""

    x: float
    y: float
    hits: int


class CountyMap(NamedTuple):
    """The drawing for one result; `elsewhere` counts municipalities outside the county."""

    width: int
    height: int
    towns: list[Town]
    dots: list[Dot]
    elsewhere: int


def county_map(result: SearchResult, links: Links, parts: Site) -> CountyMap:
    """The drawing for one result; counts are of the municipality facet."""
    facet = next((facet for facet in result.facets if facet.name == "municipality"), None)
    counts = {value.value: value.count for value in facet.values} if facet else {}
    shape = parts.shape
    own = [place.code for place in parts.municipalities]
    most = max((counts.get(code, 0) for code in own), default=0)
    chosen = set(result.request.municipality)
    towns = []
    for code in own:
        area, count, is_chosen = shape.areas[code], counts.get(code, 0), code in chosen
        link = (links.without if is_chosen else links.adding)("municipality", code) if count else ""
        shade = -(-_SHADES * count // most) if count else 0
        name = parts.labels.municipality(code)
        towns.append(Town(code, name, area.path, area.x, area.y, count, shade, link, is_chosen))
    elsewhere = sum(1 for code, count in counts.items() if code not in set(own) and count)
    return CountyMap(shape.width, shape.height, towns, _dots(result, shape), elsewhere)


def drawn_county(parts: Site) -> Shape:
    """The shape of the home county."""
    own = {place.code: [(place.lat, place.lon)] for place in parts.municipalities}
    others = [(place.lat, place.lon) for place in parts.gazetteer.municipalities if place.code not in own]
    for village in parts.gazetteer.settlements:
        if village.lat is not None and village.lon is not None and len(village.codes) == 1:
            spot = (village.lat, village.lon)
            if village.codes[0] in own:
                own[village.codes[0]].append(spot)
            else:
                others.append(spot)
    shape = shape_of(own, others)
    names = {place.code: max(len(place.fi), len(place.sv)) for place in parts.municipalities}
    spots = {code: (area.x, area.y) for code, area in shape.areas.items()}
    moved = _apart(spots, {code: _LETTER * names[code] for code in spots})
    areas = {code: area._replace(x=moved[code][0], y=moved[code][1]) for code, area in shape.areas.items()}
    return shape._replace(areas=areas)


def _apart(spots: Mapping[str, Spot], wide: Mapping[str, float]) -> dict[str, Spot]:
    """The spots moved a little, so that words of these widths around them do not lie on each other."""
    moved = dict(spots)
    for _ in range(_ROUNDS):
        for one, other in combinations(moved, 2):
            (ax, ay), (bx, by) = moved[one], moved[other]
            across = (wide[one] + wide[other]) / 2 - abs(ax - bx)
            down = _LINES - abs(ay - by)
            if across <= 0 or down <= 0:
                continue
            if across < down:
                step = (across / 2 if ax >= bx else -across / 2, 0.0)
            else:
                step = (0.0, down / 2 if ay >= by else -down / 2)
            moved[one] = ax + step[0], ay + step[1]
            moved[other] = bx - step[0], by - step[1]
    return {code: (round(x, 1), round(y, 1)) for code, (x, y) in moved.items()}


def _dots(result: SearchResult, shape: Shape) -> list[Dot]:
    found: dict[tuple[float, float], int] = {}
    for hit in result.hits:
        spots = {
            shape.place(place.point.lat, place.point.lon) for place in hit.activity.places() if place.point
        }
        for spot in spots:
            if 0 < spot[0] < shape.width and 0 < spot[1] < shape.height:
                found[spot] = found.get(spot, 0) + 1
    return [Dot(x, y, hits) for (x, y), hits in sorted(found.items())]
