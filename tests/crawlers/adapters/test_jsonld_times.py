"""schema.org's dates and schedules."""

import datetime as dt
from typing import Any

import pytest

from crawlers.adapters.jsonld_times import clock, event_schedules, moment, opening_hours, weekday
from schemas.codes import Frequency
from schemas.occurrences import occurrences
from schemas.schedule import Schedule, Weekday


def one(**node: Any) -> Schedule:
    found = event_schedules(node)
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    ("text", "day", "time"),
    [
        ("2026-12-01", dt.date(2026, 12, 1), None),
        ("2026-12-01T18:00", dt.date(2026, 12, 1), dt.time(18)),
        ("2026-12-01T18:00:00+02:00", dt.date(2026, 12, 1), dt.time(18)),
        ("2026-12-01T16:00:00Z", dt.date(2026, 12, 1), dt.time(18)),
        ("2026-07-01T16:00:00.000Z", dt.date(2026, 7, 1), dt.time(19)),
        ("2026-12-01T23:30:00+0000", dt.date(2026, 12, 2), dt.time(1, 30)),
        ("2026-12-01 18:00:00", dt.date(2026, 12, 1), dt.time(18)),
        ("1.12.2026 klo 18.00", dt.date(2026, 12, 1), dt.time(18)),
    ],
)
def test_moments_become_helsinki_days_and_times(text: str, day: dt.date, time: dt.time | None) -> None:
    assert moment(text) == (day, time)


@pytest.mark.parametrize(
    "text", ["", "tulossa", "2026-13-01", "0001-01-01", "31.2.2026", None, 5, ["x"], "9999-12-31T23:59Z"]
)
def test_what_is_no_moment_is_unknown(text: object) -> None:
    assert moment(text) is None


def test_an_end_on_the_same_day_gives_both_times() -> None:
    found = one(startDate="2026-12-01T18:00", endDate="2026-12-01T20:00")
    assert (found.frequency, found.start_time, found.end_time) == (Frequency.ONCE, dt.time(18), dt.time(20))


def test_a_night_ends_on_the_next_day_and_is_still_one_meeting() -> None:
    found = one(startDate="2026-12-01T22:00", endDate="2026-12-02T02:00")
    assert (found.frequency, found.end_time) == (Frequency.ONCE, dt.time(2))


def test_several_days_are_a_stretch() -> None:
    found = one(startDate="2026-12-01", endDate="2026-12-04")
    assert (found.frequency, found.start, found.end) == (
        Frequency.RANGE,
        dt.date(2026, 12, 1),
        dt.date(2026, 12, 4),
    )


def test_midnight_to_midnight_is_a_day_without_times() -> None:
    found = one(startDate="2026-12-01T00:00:00+02:00", endDate="2026-12-01T23:59:59+02:00")
    assert (found.start_time, found.end_time) == (None, None)


def test_an_end_before_the_start_is_no_time_at_all() -> None:
    assert event_schedules({"startDate": "2026-12-04", "endDate": "2026-12-01"}) == ()
    assert event_schedules({"startDate": "2026-12-01T20:00", "endDate": "2026-12-01T18:00"}) == ()


@pytest.mark.parametrize(
    "day", ["https://schema.org/Tuesday", "http://schema.org/Tuesday", "Tuesday", "TU", "Tu"]
)
def test_weekdays_are_known_in_every_spelling(day: str) -> None:
    assert weekday(day) == 1


def test_an_event_schedule_is_a_weekly_rule_with_exceptions() -> None:
    found = one(
        startDate="2026-12-01T18:00",
        eventSchedule={
            "@type": "Schedule",
            "repeatFrequency": "P2W",
            "byDay": ["https://schema.org/Tuesday"],
            "startDate": "2026-12-01",
            "endDate": "2027-03-30",
            "startTime": "18:00:00",
            "duration": "PT1H30M",
            "exceptDate": ["2026-12-29"],
        },
    )
    assert (found.frequency, found.interval, found.weekdays) == (Frequency.WEEKLY, 2, (Weekday(1),))
    assert (found.start_time, found.end_time) == (dt.time(18), dt.time(19, 30))
    assert found.exceptions == (dt.date(2026, 12, 29),)


def test_a_count_sets_the_last_day() -> None:
    found = one(
        eventSchedule={
            "repeatFrequency": "P1W",
            "byDay": "Tuesday",
            "startDate": "2026-12-01",
            "repeatCount": 5,
        }
    )
    assert found.end == dt.date(2026, 12, 29)
    assert len(list(occurrences(found, dt.date(2026, 1, 1), dt.date(2028, 1, 1)))) == 5


@pytest.mark.parametrize("rule", [{"byDay": "1MO"}, {"byDay": "https://schema.org/Monday", "byMonthWeek": 1}])
def test_the_first_monday_of_the_month(rule: dict[str, Any]) -> None:
    found = one(eventSchedule={"repeatFrequency": "P1M", "startTime": "13:00", **rule})
    assert (found.frequency, found.weekdays) == (Frequency.MONTHLY, (Weekday(0, 1),))


def test_a_monthly_weekday_without_a_number_is_not_guessed() -> None:
    assert event_schedules({"eventSchedule": {"repeatFrequency": "P1M", "byDay": "Monday"}}) == ()


def test_months_that_are_not_named_are_off() -> None:
    found = one(eventSchedule={"repeatFrequency": "P1W", "byDay": "MO", "byMonth": [9, 10, 11]})
    assert found.months_off == (1, 2, 3, 4, 5, 6, 7, 8, 12)


def test_opening_hours_in_three_spellings() -> None:
    specified = {
        "openingHoursSpecification": {"dayOfWeek": ["Monday", "Friday"], "opens": "09:00", "closes": "15:00"}
    }
    (found,) = opening_hours(specified)
    assert (found.weekdays, found.start_time) == ((Weekday(0), Weekday(4)), dt.time(9))
    text = opening_hours({"openingHours": ["Mo-We 09:00-15:00", "Sa,Su 10:00-12:00"]})
    assert [tuple(day.day for day in entry.weekdays) for entry in text] == [(0, 1, 2), (5, 6)]
    assert opening_hours({"openingHoursSpecification": {"opens": "09:00", "closes": "15:00"}}) == ()


def test_clock_times_with_dots_and_seconds() -> None:
    assert clock("18.30") == clock("18:30:00") == clock("18:30:00+02:00") == dt.time(18, 30)
    assert clock("illalla") is None


@pytest.mark.parametrize(
    "value",
    [
        "2026-12-1T18:00",
        1796140800000,
        1796140800,
        "1.12.2026 klo 18",
        "1.12.2026, kello 18.00",
        "Tue, 01 Dec 2026 18:00:00 +0200",
    ],
)
def test_moments_in_other_hands_are_the_same(value: object) -> None:
    assert moment(value) == (dt.date(2026, 12, 1), dt.time(18))


def test_a_clock_beside_a_day_is_its_time() -> None:
    node = {"startDate": "2026-12-01", "startTime": "18:00", "endTime": "19:30"}
    (schedule,) = event_schedules(node)
    assert (schedule.start, schedule.start_time, schedule.end_time) == (
        dt.date(2026, 12, 1),
        dt.time(18),
        dt.time(19, 30),
    )
