"""The next meeting of an activity, remembered by schedule: most schedules are met again with the next hit."""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from schemas.occurrences import end_of, next_occurrence, sooner
from schemas.schedule import Occurrence, Schedule

_MOST = 4000


class _Known(NamedTuple):
    """What came next when it was asked, and until when it still does. Moments are local, without a zone."""

    asked: dt.datetime
    until: dt.datetime
    found: Occurrence | None


class Upcoming:
    """Remembers the next meetings of schedules; safe to share between threads."""

    def __init__(self) -> None:
        self._known: dict[Schedule, _Known] = {}

    def next(self, schedules: Iterable[Schedule], now: dt.datetime) -> Occurrence | None:
        """As `schemas.occurrences.next_occurrence`."""
        local = now.replace(tzinfo=None)
        found = []
        for schedule in schedules:
            known = self._known.get(schedule)
            if known is None or not known.asked <= local <= known.until:
                known = self._asked(schedule, now, local)
            if known.found is not None:
                found.append(known.found)
        return found[0] if len(found) == 1 else sooner(found)

    def _asked(self, schedule: Schedule, now: dt.datetime, local: dt.datetime) -> _Known:
        found = next_occurrence((schedule,), now)
        if len(self._known) >= _MOST:
            self._known = {}
        known = self._known[schedule] = _Known(local, _until(found, local), found)
        return known


def _until(found: Occurrence | None, asked: dt.datetime) -> dt.datetime:
    """The last moment at which what came next when it was `asked` comes next still: until it is over, as
    nothing before it can have come since."""
    if found is not None and found.day == found.until:
        return end_of(found)
    midnight = dt.datetime.combine(asked.date(), dt.time.max)
    # A stretch is told from the day on which one asks; where nothing came, a later day may be near enough.
    return midnight if found is None else min(midnight, end_of(found))
