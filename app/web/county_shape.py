"""The shape of a county from the coordinates of its villages: to each municipality the land nearest to it.

No surveyed border is used: a border runs midway between the villages of two municipalities, and where no
neighbour is known it keeps a day's walk from the last village. That is a drawing, and the page says so.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import cos, hypot, radians
from typing import Any, NamedTuple

import numpy as np

Spot = tuple[float, float]

WIDTH = 720
_MARGIN = 20.0
_STEP = 6.0
_REACH_KM = 21.0
_KM_OF_DEGREE = 111.2
_FLAT = 1.2
"""Drawing units by which a border may be straightened."""

# Crossed edges of a cell by its corners inside (8 upper left, 4 upper right, 2 lower right, 1 lower left):
# from edge to edge, the inside to the right. Edges: 0 top, 1 right, 2 bottom, 3 left.
_TURNS: Mapping[int, tuple[tuple[int, int], ...]] = {
    1: ((3, 2),),
    2: ((2, 1),),
    3: ((3, 1),),
    4: ((1, 0),),
    5: ((3, 2), (1, 0)),
    6: ((2, 0),),
    7: ((3, 0),),
    8: ((0, 3),),
    9: ((0, 2),),
    10: ((0, 3), (2, 1)),
    11: ((0, 1),),
    12: ((1, 3),),
    13: ((1, 2),),
    14: ((2, 3),),
}
_Edge = tuple[int, int, int]


class Area(NamedTuple):
    """One municipality: the path around its land, and the spot farthest from its borders."""

    path: str
    x: float
    y: float


class Shape(NamedTuple):
    """The whole drawing, and how degrees lie on it."""

    width: int
    height: int
    areas: Mapping[str, Area]
    west: float
    north: float
    squeeze: float
    scale: float

    def place(self, lat: float, lon: float) -> Spot:
        """WGS84 degrees in drawing units."""
        x = (lon - self.west) * self.squeeze * self.scale
        return round(x, 1), round((self.north - lat) * self.scale, 1)


def shape_of(own: Mapping[str, Sequence[Spot]], others: Iterable[Spot]) -> Shape:
    """The drawing of municipalities given by (latitude, longitude) of their villages, among `others`."""
    spots = [spot for found in own.values() for spot in found]
    lats, lons = [lat for lat, _ in spots], [lon for _, lon in spots]
    reach = _REACH_KM / _KM_OF_DEGREE
    squeeze = cos(radians((min(lats) + max(lats)) / 2))
    west, north = min(lons) - reach / squeeze, max(lats) + reach
    wide = (max(lons) + reach / squeeze - west) * squeeze
    scale = (WIDTH - 2 * _MARGIN) / wide
    height = round((north - min(lats) + reach) * scale + 2 * _MARGIN)
    bare = Shape(WIDTH, height, {}, west - _MARGIN / scale / squeeze, north + _MARGIN / scale, squeeze, scale)
    drawn = {code: [bare.place(*spot) for spot in found] for code, found in own.items()}
    rivals = [spot for spot in (bare.place(*other) for other in others) if _near(spot, height)]
    return bare._replace(areas=dict(_areas(drawn, rivals, height, reach * scale)))


def _near(spot: Spot, height: float) -> bool:
    return -WIDTH < spot[0] < 2 * WIDTH and -height < spot[1] < 2 * height


def _areas(
    own: Mapping[str, Sequence[Spot]], others: Sequence[Spot], height: float, reach: float
) -> Iterator[tuple[str, Area]]:
    xs, ys = np.arange(0, WIDTH + _STEP, _STEP), np.arange(0, height + _STEP, _STEP)
    away = {code: _distance(xs, ys, spots) for code, spots in own.items()}
    abroad = _distance(xs, ys, others) if others else np.full((len(ys), len(xs)), np.inf)
    for code, mine in away.items():
        rival = np.minimum.reduce([abroad, *(field for other, field in away.items() if other != code)])
        inside = np.minimum(rival - mine, reach - mine)
        inside[0, :] = inside[-1, :] = inside[:, 0] = inside[:, -1] = -1.0
        row, column = divmod(int(_room(inside).argmax()), len(xs))
        loops = [loop for loop in _loops(inside) if len(loop) > 3]
        yield code, Area("".join(map(_path, loops)), float(xs[column]), float(ys[row]))


def _distance(xs: Any, ys: Any, spots: Sequence[Spot]) -> Any:
    """Drawing units from every point of the grid to the nearest of `spots`."""
    at = np.array(spots)
    lines = [np.hypot(xs[:, None] - at[:, 0], y - at[:, 1]).min(axis=1) for y in ys]
    return np.array(lines)


def _room(inside: Any) -> Any:
    """How far each point of the grid is from where `inside` ends, in steps: words sit best at the largest."""
    left = inside > 0
    depth = np.zeros(inside.shape)
    while left.any():
        depth += left
        shrunk = left.copy()
        for axis, way in ((0, 1), (0, -1), (1, 1), (1, -1)):
            shrunk &= np.roll(left, way, axis)
        left = shrunk
    return depth


def _loops(inside: Any) -> Iterator[list[Spot]]:
    """The closed lines where `inside` crosses zero (marching squares, crossings by linear interpolation)."""
    positive = (inside > 0).astype(int)
    kinds = 8 * positive[:-1, :-1] + 4 * positive[:-1, 1:] + 2 * positive[1:, 1:] + positive[1:, :-1]
    following: dict[_Edge, _Edge] = {}
    for row, column in zip(*np.nonzero((kinds > 0) & (kinds < 15)), strict=True):
        for start, end in _TURNS[int(kinds[row, column])]:
            following[_edge(int(row), int(column), start)] = _edge(int(row), int(column), end)
    while following:
        first, edge = following.popitem()
        loop = [_crossing(inside, first)]
        while edge != first:
            loop.append(_crossing(inside, edge))
            edge = following.pop(edge)
        yield loop


def _edge(row: int, column: int, side: int) -> _Edge:
    """An edge by its first corner and its way: 0 along the row, 1 down the column."""
    return {
        0: (row, column, 0),
        1: (row, column + 1, 1),
        2: (row + 1, column, 0),
        3: (row, column, 1),
    }[side]


def _crossing(inside: Any, edge: _Edge) -> Spot:
    row, column, down = edge
    here = inside[row, column]
    there = inside[row + 1, column] if down else inside[row, column + 1]
    part = float(here / (here - there))
    return (column + (0 if down else part)) * _STEP, (row + (part if down else 0)) * _STEP


def _path(loop: list[Spot]) -> str:
    half = len(loop) // 2
    bare = _straight(loop[: half + 1])[:-1] + _straight([*loop[half:], loop[0]])[:-1]
    return "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in _rounded(bare)) + "Z"


def _straight(line: list[Spot]) -> list[Spot]:
    """The line without points that lie almost on it (Ramer, Douglas and Peucker)."""
    (ax, ay), (bx, by) = line[0], line[-1]
    long = hypot(bx - ax, by - ay) or 1.0
    far = [abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / long for x, y in line[1:-1]]
    if not far or max(far) < _FLAT:
        return [line[0], line[-1]]
    cut = far.index(max(far)) + 1
    return _straight(line[: cut + 1])[:-1] + _straight(line[cut:])


def _rounded(loop: list[Spot]) -> Iterator[Spot]:
    """Corners cut once: a border drawn by hand has none."""
    for (ax, ay), (bx, by) in zip(loop, [*loop[1:], loop[0]], strict=True):
        yield ax * 0.8 + bx * 0.2, ay * 0.8 + by * 0.2
        yield ax * 0.2 + bx * 0.8, ay * 0.2 + by * 0.8
