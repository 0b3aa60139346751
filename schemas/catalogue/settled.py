"""The records that are public as they are: most of a rebuild is telling these from the rest, at little cost.

An activity of one record is that record's text with its dates put in. So where both texts without dates are
the same letter by letter, nothing was changed; at most the dates are put in anew, as after every crawl.
Decoding both, merging and encoding would come to the same text.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec
from sqlalchemy import Connection, String, and_, bindparam, cast, insert, or_, select, update

from schemas.activity import Freshness
from schemas.catalogue.public import ENDED, SHOWN
from schemas.catalogue.tables import confirmations, public, records, state

VIEW_VERSION = "1"
"""Raised whenever a single record's public text, digest, last day or state comes out differently, so that all
of them are made anew once."""

_KEY = "view"
_KEYED, _CONFIRMED = ',"freshness":', '"confirmed"'
_DATES = ("first_seen", "last_seen", "changed")
_UPDATE = update(public).where(public.c.id == bindparam("the_id")).values(activity=bindparam("new_activity"))


class Settled:
    """Finds them for one rebuild. Called in its write transaction."""

    def __init__(self, connection: Connection, today: dt.date) -> None:
        self._connection = connection
        self._today = today
        here = state.c.key == _KEY
        self._made_by = connection.execute(select(state.c.value).where(here)).scalar()
        self._confirmed = frozenset(connection.execute(select(confirmations.c.record)).scalars())
        self._dates: dict[tuple[str | None, ...], str] = {}

    def among(self, names: Sequence[str]) -> set[str]:
        """Those of `names` (sorted; each an activity of the one record with that id) that are done."""
        if self._made_by != VIEW_VERSION or not names:
            return set()
        wanted = {*names} - self._confirmed
        found: set[str] = set()
        changed: list[dict[str, str]] = []
        for name, said, shown, dates in self._rows(names[0], names[-1]):
            text = _dated(said, shown, self._told(dates)) if name in wanted else None
            if text is not None:
                found.add(name)
                if text != shown:
                    changed.append({"the_id": name, "new_activity": text})
        if changed:
            self._connection.execute(_UPDATE, changed)
        return found

    def _rows(self, first: str, last: str) -> Iterator[tuple[str, str, str, tuple[str | None, ...]]]:
        """(id, the record's text, the public text, the record's dates) where digest, state and day agree."""
        over = public.c.last_day < self._today
        query = (
            select(
                records.c.id,
                records.c.hash == public.c.hash,
                records.c.activity,
                public.c.activity,
                *(cast(records.c[name], String) for name in _DATES),
            )
            .join(public, public.c.id == records.c.id)
            .where(
                records.c.id.between(first, last),
                records.c.gone.is_(None),
                or_(
                    and_(public.c.state == SHOWN, or_(public.c.last_day.is_(None), ~over)),
                    and_(public.c.state == ENDED, over),
                ),
            )
        )
        rows = self._connection.execute(query).all()
        # Of two sources' records with one id another place knows which one counts.
        count = Counter(row[0] for row in rows)
        for name, same, said, shown, *dates in rows:
            if same and count[name] == 1:
                yield name, said, shown, tuple(dates)

    def _told(self, dates: tuple[str | None, ...]) -> str:
        """The dates of a record as its public text has them; a crawl gives many records the same ones."""
        found = self._dates.get(dates)
        if found is None:
            freshness = Freshness(*(None if date is None else _moment(date) for date in dates))
            found = self._dates[dates] = msgspec.json.encode(freshness).decode()
        return found

    def finish(self) -> None:
        """Note that everything public was made by this version."""
        if self._made_by == VIEW_VERSION:
            return
        here = state.c.key == _KEY
        if not self._connection.execute(update(state).where(here).values(value=VIEW_VERSION)).rowcount:
            self._connection.execute(insert(state).values(key=_KEY, value=VIEW_VERSION))


def _dated(said: str, shown: str, dates: str) -> str | None:
    """The public text with the dates of its record; None where something else may differ."""
    begins, end = _span(shown)
    first, last = _span(said)
    if begins == end or shown[:begins] + shown[end:] != said[:first] + said[last:]:
        return None
    held = shown[begins + len(_KEYED) : end]
    if held == dates:
        return shown
    return None if _CONFIRMED in held else f"{shown[:begins]}{_KEYED}{dates}{shown[end:]}"


def _span(text: str) -> tuple[int, int]:
    """Where the dates of an activity stand in its text; nowhere where it has none.

    A quotation mark within a text stands behind a backslash, so what is looked for can only be the key.
    """
    begins = text.find(_KEYED)
    return (0, 0) if begins < 0 else (begins, text.find("}", begins) + 1)


def _moment(said: str) -> dt.datetime:
    """A date as the database writes it, with its offset or in UTC."""
    found = dt.datetime.fromisoformat(said)
    return found.replace(tzinfo=dt.UTC) if found.tzinfo is None else found.astimezone(dt.UTC)
