"""The map: land for each municipality, borders that close, words on the land they name."""

import re
from itertools import combinations

from fontTools.ttLib import TTFont

from app.web.county_drawing import drawn_county, width
from app.web.county_shape import shape_of
from app.web.site import HERE, Site
from app.wiring import Wiring
from tests.app.web.client import PageClient


def corners(path: str) -> list[list[tuple[float, float]]]:
    """The loops of a path."""
    loops = path.removeprefix("M").split("M")
    return [[(float(x), float(y)) for x, y in re.findall(r"(\d+) (\d+)", loop)] for loop in loops]


def within(x: float, y: float, path: str) -> bool:
    """Whether a spot lies in a path, by counting crossings to its right."""
    odd = False
    for loop in corners(path):
        for (ax, ay), (bx, by) in zip(loop, [*loop[1:], loop[0]], strict=True):
            if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
                odd = not odd
    return odd


def test_every_municipality_has_land_with_its_centre_on_it_and_its_name_beside(wiring: Wiring) -> None:
    parts = Site(wiring)
    shape = drawn_county(parts.municipalities, parts.gazetteer)
    assert set(shape.areas) == set(parts.county.municipalities)
    for place in parts.municipalities:
        area = shape.areas[place.code]
        near = [(area.x + across, area.y + down) for across in (-40, 0, 40) for down in (-40, 0, 40)]
        assert any(within(x, y, area.path) for x, y in near), place.fi
        assert within(*shape.place(place.lat, place.lon), area.path), place.fi
        for loop in corners(area.path):
            assert all(0 <= x <= shape.width and 0 <= y <= shape.height for x, y in loop)


def test_no_name_lies_on_another(wiring: Wiring) -> None:
    parts = Site(wiring)
    areas = drawn_county(parts.municipalities, parts.gazetteer).areas
    for one, other in combinations(parts.municipalities, 2):
        here, there = areas[one.code], areas[other.code]
        wide = (width(one.fi) + width(other.fi)) / 2
        assert abs(here.x - there.x) > wide or abs(here.y - there.y) > 60, (one.fi, other.fi)


def test_names_are_as_wide_as_our_type_sets_them(wiring: Wiring) -> None:
    with TTFont(HERE / "static/fonts/source-sans-3-latin.woff2") as font:
        advances, glyphs, size = font["hmtx"].metrics, font.getBestCmap(), font["head"].unitsPerEm
    for place in Site(wiring).municipalities:
        for name in (place.fi, place.sv):
            light = 29 * sum(advances[glyphs[ord(letter)]][0] for letter in name) / size
            assert light <= width(name) <= 1.25 * light, name


def test_no_municipality_lies_on_anothers_name() -> None:
    own = {"a": [(62.0, 30.0)], "b": [(62.2, 30.0)], "c": [(62.1, 30.4)]}
    shape = shape_of(own, [(62.0, 29.6)])
    for code, area in shape.areas.items():
        assert [other for other, its in shape.areas.items() if within(area.x, area.y, its.path)] == [code]
    assert not within(*shape.place(62.0, 29.75), shape.areas["a"].path)  # nearer to the neighbour abroad
    assert within(*shape.place(62.0, 29.85), shape.areas["a"].path)


def test_the_map_links_where_something_is_found_and_tells_the_same_as_its_list(client: PageClient) -> None:
    page = client.page("/haku?q=omaishoitajille&nakyma=kartta")
    drawn = {link.title.get_text(): link["href"] for link in page.select("svg a") if link.title}
    listed = {
        f"{row.a.get_text()}, {count} tulos{'ta' if count != '1' else ''}": row.a["href"]
        for row in page.select(".map-list li")
        if row.a and (count := row.select_one(".count").get_text())  # type: ignore[union-attr]
    }
    assert drawn == listed and drawn
    assert len(page.select("svg path.land")) == 13
    assert page.select("svg .dot")
