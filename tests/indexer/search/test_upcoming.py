"""Remembered next meetings are those that would be found anew, whenever one asks."""

import datetime as dt

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.search.upcoming import Upcoming
from schemas.occurrences import next_occurrence
from schemas.schedule import Schedule
from tests.schemas.strategies import schedules

MOMENTS = st.datetimes(dt.datetime.fromisoformat("2026-01-01"), dt.datetime.fromisoformat("2027-12-31"))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(schedules(), max_size=2), st.lists(MOMENTS, min_size=1, max_size=2))
def test_what_is_remembered_is_what_would_be_found(held: list[Schedule], moments: list[dt.datetime]) -> None:
    upcoming = Upcoming()
    later = [moment + dt.timedelta(hours=hours) for moment in moments for hours in (1, 5, 30)]
    for now in [*moments, *later]:
        assert upcoming.next(held, now) == next_occurrence(held, now)
