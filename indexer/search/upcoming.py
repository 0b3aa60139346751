"""The next meeting of an activity, remembered by schedule: most schedules are met again with the next hit."""

import datetime as dt
from collections.abc import Iterable

from schemas.occurrences import is_over, next_occurrence, sooner
from schemas.schedule import Occurrence, Schedule

_MOST = 4000


class Upcoming:
    """Remembers the next meetings of schedules; safe to share between threads."""

    def __init__(self) -> None:
        self._known: dict[Schedule, tuple[dt.datetime, Occurrence | None]] = {}

    def next(self, schedules: Iterable[Schedule], now: dt.datetime) -> Occurrence | None:
        """As `schemas.occurrences.next_occurrence`."""
        found = [self._next(schedule, now) for schedule in schedules]
        return sooner([entry for entry in found if entry])

    def _next(self, schedule: Schedule, now: dt.datetime) -> Occurrence | None:
        known = self._known.get(schedule)
        if known is not None and _still(*known, now):
            return known[1]
        found = next_occurrence((schedule,), now)
        if len(self._known) >= _MOST:
            self._known = {}
        self._known[schedule] = now, found
        return found


def _still(asked: dt.datetime, found: Occurrence | None, now: dt.datetime) -> bool:
    """Whether what came next when it was `asked` comes next now: nothing before it can have come since."""
    if now < asked or (found is not None and is_over(found, now)):
        return False
    moved = found is None or found.day != found.until  # a stretch is told from the day on which one asks
    return not moved or now.date() == asked.date()
