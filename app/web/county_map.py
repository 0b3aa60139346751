"""The county drawn from our own coordinates: each municipality by its hits, each meeting place a dot."""

from typing import NamedTuple

from app.web.county_shape import Shape
from app.web.parameters import Links
from app.web.site import Site
from schemas.search import SearchResult

MAP_SIZE = 100
"""Activities whose meeting places are drawn."""

_SHADES = 4


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
