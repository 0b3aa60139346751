"""The drawing of a county without results: its areas, and where each name stands."""

from collections.abc import Mapping, Sequence
from itertools import combinations

from app.web.county_shape import Shape, Spot, shape_of
from schemas.gazetteer import Gazetteer, Municipality

_FONT, _LINES, _APART = 29.0, 66.0, 8.0
"""Drawing units as a phone draws them: of the type, of a name under its number, between two names."""

_ADVANCES = {
    letter: advance
    for letters, advance in (("fijlI1' ", 0.26), ("rt-", 0.33), ("cksvxyzJL", 0.46), ("mMwWOQ", 0.78))
    for letter in letters
}
_LOWER, _CAPITAL = 0.54, 0.62
"""Widths of letters in our type, in parts of its size."""

_ROUNDS = 40


def drawn_county(municipalities: Sequence[Municipality], gazetteer: Gazetteer) -> Shape:
    """The shape of a county of these municipalities, with room for each one's name."""
    own = {place.code: [(place.lat, place.lon)] for place in municipalities}
    others = [(place.lat, place.lon) for place in gazetteer.municipalities if place.code not in own]
    for village in gazetteer.settlements:
        if village.lat is not None and village.lon is not None and len(village.codes) == 1:
            spot = (village.lat, village.lon)
            if village.codes[0] in own:
                own[village.codes[0]].append(spot)
            else:
                others.append(spot)
    shape = shape_of(own, others)
    names = {place.code: max(width(place.fi), width(place.sv)) for place in municipalities}
    spots = {code: (area.x, area.y) for code, area in shape.areas.items()}
    moved = _apart(spots, {code: names[code] + _APART for code in spots})
    areas = {code: area._replace(x=moved[code][0], y=moved[code][1]) for code, area in shape.areas.items()}
    return shape._replace(areas=areas)


def width(name: str) -> float:
    """Drawing units that a name takes on a phone."""
    return _FONT * sum(_ADVANCES.get(letter, _CAPITAL if letter.isupper() else _LOWER) for letter in name)


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
