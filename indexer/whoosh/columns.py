"""Columns of a whole generation: facets, places, days and dates of all documents as arrays."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from indexer.tables import Array, Strings, Words
from indexer.whoosh.part import NEVER, Ints, Part

Mask = NDArray[np.bool_]
_EARTH_KM = 6371.0088


class FacetColumn:
    """The documents of each code of one facet."""

    def __init__(self, tables: Mapping[str, Array], name: str) -> None:
        self._codes = Words(tables, f"codes:{name}")
        self._docs: Ints = tables[f"docs:{name}"]
        self._spans = tables[f"spans:{name}"].data

    def docs(self, code: str) -> Ints:
        """Documents that carry `code`, ascending."""
        number = self._codes.number(code)
        return self._docs[:0] if number < 0 else self._docs[self._spans[number] : self._spans[number + 1]]


class Columns:
    """All columns of the parts of one generation, joined; `live` leaves replaced documents out.

    ids         the id of each document
    id_order    rank of each document by id: settles equal scores the same way whatever the parts are
    name_order  rank of each document by folded title; equal titles have equal ranks
    """

    def __init__(self, tables: Mapping[str, Array], parts: Sequence[Part]) -> None:
        self.live: Mask = tables["live"]
        self.size = len(self.live)
        self.all_live = bool(self.live.all())
        self.count = int(self.live.sum())
        self._bases: list[int] = tables["bases"].tolist()[: max(1, len(parts))]
        self._parts = parts
        self.last: Ints = tables["last"]
        self.changed: NDArray[np.int64] = tables["changed"]
        self.priors: NDArray[np.float32] = tables["priors"]
        self.has_priors = bool(self.priors.any())
        self.points: NDArray[np.float32] = tables["points"]
        self.point_docs: Ints = tables["point_docs"]
        self.days: Ints = tables["days"]
        self.day_docs: Ints = tables["day_docs"]
        self.id_order: Ints = tables["id_order"]
        self.name_order: Ints = tables["name_order"]
        self.ids = Strings(tables, "ids")
        self._known = Words(tables, "known")
        self._known_docs: Ints = tables["known.docs"]
        self.facets: Mapping[str, FacetColumn] = {
            name: FacetColumn(tables, name) for name in Strings(tables, "facets")
        }

    def find(self, identifier: str) -> int | None:
        """Number of the live document with this id or, where none has, this alias."""
        number = self._known.number(identifier)
        return None if number < 0 else int(self._known_docs[number])

    @cached_property
    def newest_first(self) -> NDArray[np.int64]:
        """Time of the last change, negated."""
        return -self.changed

    def locate(self, doc: int) -> tuple[Part, int]:
        """The part of a document and its number there."""
        place = bisect_right(self._bases, doc) - 1
        return self._parts[place], doc - self._bases[place]

    def carrying(self, facet: str, codes: Sequence[str]) -> Mask:
        """Documents that carry any of `codes`; all where there are none to carry."""
        if not codes:
            return np.ones(self.size, dtype=np.bool_)
        mask = np.zeros(self.size, dtype=np.bool_)
        column = self.facets.get(facet)
        for code in codes if column else ():
            assert column is not None
            mask[column.docs(code)] = True
        return mask

    def shown_on(self, today: int) -> Mask:
        """Live documents whose last day is not before `today` (an ordinal)."""
        shown: Mask = self.live & (self.last >= today)
        return shown

    def meeting(self, first: int, last: int) -> Mask:
        """Documents that meet on one of the days `first`–`last` (ordinals)."""
        mask = np.zeros(self.size, dtype=np.bool_)
        mask[self.day_docs[(self.days >= first) & (self.days <= last)]] = True
        return mask

    def next_days(self, today: int) -> Ints:
        """First meeting day (ordinal) from `today` on; NEVER where none is known."""
        found = np.full(self.size, NEVER, dtype=np.int32)
        ahead = self.days >= today
        np.minimum.at(found, self.day_docs[ahead], self.days[ahead])
        return found

    def distances(self, lat: float, lon: float) -> NDArray[np.float32]:
        """Kilometres to the nearest place of each document; inf where no place is known."""
        found = np.full(self.size, np.inf, dtype=np.float32)
        if not self.points.size:
            return found
        lats, lons = np.radians(self.points.astype(np.float64)).T
        here_lat, here_lon = np.radians(lat), np.radians(lon)
        half = np.sin((lats - here_lat) / 2) ** 2
        half += np.cos(lats) * np.cos(here_lat) * np.sin((lons - here_lon) / 2) ** 2
        km = 2 * _EARTH_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1)))
        np.minimum.at(found, self.point_docs, km.astype(np.float32))
        return found
