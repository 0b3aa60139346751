"""When a schedule holds, checked against hand-picked calendars and an independent day-by-day reading."""

import calendar
import datetime as dt

import pytest
from dateutil.rrule import rrulestr
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from schemas.codes import Frequency, WeekParity
from schemas.occurrences import last_day, next_occurrence, occurrences, over_after, to_rrule
from schemas.schedule import Break, Occurrence, Schedule, Weekday
from tests.schemas.strategies import DAYS, schedules

TUESDAY = (Weekday(1),)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def found(schedule: Schedule, first: str, last: str) -> list[str]:
    return [item.day.isoformat() for item in occurrences(schedule, day(first), day(last))]


def test_every_tuesday() -> None:
    weekly = Schedule(Frequency.WEEKLY, weekdays=TUESDAY)
    assert found(weekly, "2026-11-21", "2026-12-08") == ["2026-11-24", "2026-12-01", "2026-12-08"]


def test_every_other_tuesday_counts_from_its_start() -> None:
    weekly = Schedule(Frequency.WEEKLY, start=day("2026-09-01"), weekdays=TUESDAY, interval=2)
    assert found(weekly, "2026-11-01", "2026-11-30") == ["2026-11-10", "2026-11-24"]


def test_every_other_week_of_unknown_start_is_not_guessed() -> None:
    assert found(Schedule(Frequency.WEEKLY, weekdays=TUESDAY, interval=2), "2026-11-01", "2026-12-30") == []


@pytest.mark.parametrize(
    ("parity", "days"),
    [(WeekParity.EVEN, ["2026-12-22", "2027-01-12"]), (WeekParity.ODD, ["2026-12-29", "2027-01-05"])],
)
def test_parity_follows_iso_weeks_over_the_turn_of_a_long_year(parity: WeekParity, days: list[str]) -> None:
    weekly = Schedule(Frequency.WEEKLY, weekdays=TUESDAY, parity=parity)  # 2026 has a week 53
    assert found(weekly, "2026-12-21", "2027-01-15") == days


@pytest.mark.parametrize(
    ("nth", "days"),
    [
        (1, ["2026-11-02", "2026-12-07"]),
        (-1, ["2026-11-30", "2026-12-28"]),
        (5, ["2026-11-30"]),
        (None, None),
    ],
)
def test_the_nth_monday_of_the_month(nth: int | None, days: list[str] | None) -> None:
    monthly = Schedule(Frequency.MONTHLY, weekdays=(Weekday(0, nth),))
    hits = found(monthly, "2026-11-01", "2026-12-31")
    assert hits == days if days else len(hits) == 9


def test_the_last_day_of_the_month_and_days_that_some_months_lack() -> None:
    assert found(Schedule(Frequency.MONTHLY, month_days=(-1,)), "2027-02-01", "2027-03-31") == [
        "2027-02-28",
        "2027-03-31",
    ]
    assert found(Schedule(Frequency.MONTHLY, month_days=(31,)), "2027-02-01", "2027-04-30") == ["2027-03-31"]


def test_breaks_exceptions_and_months_off_are_left_out() -> None:
    weekly = Schedule(
        Frequency.WEEKLY,
        weekdays=TUESDAY,
        exceptions=(day("2026-12-08"),),
        breaks=(Break(day("2026-12-15"), day("2027-01-06")),),
        months_off=(2,),
    )
    assert found(weekly, "2026-12-01", "2027-03-05") == [
        "2026-12-01",
        "2027-01-12",
        "2027-01-19",
        "2027-01-26",
        "2027-03-02",
    ]


def test_a_chosen_day_holds_even_in_a_break_unless_it_is_an_exception() -> None:
    pause = Break(day("2026-12-01"), day("2026-12-31"))
    weekly = Schedule(
        Frequency.WEEKLY,
        weekdays=TUESDAY,
        dates=(day("2026-12-13"), day("2026-12-16")),
        exceptions=(day("2026-12-16"),),
        breaks=(pause,),
    )
    assert found(weekly, "2026-12-01", "2026-12-31") == ["2026-12-13"]


def test_every_day_needs_no_start() -> None:
    assert len(found(Schedule(Frequency.DAILY), "2026-11-01", "2026-11-30")) == 30
    assert found(Schedule(Frequency.DAILY, interval=3), "2026-11-01", "2026-11-30") == []


@pytest.mark.parametrize("frequency", [Frequency.WEEKLY, Frequency.MONTHLY, Frequency.ONCE, Frequency.RANGE])
def test_a_rule_that_tells_no_day_gives_none(frequency: Frequency) -> None:
    assert found(Schedule(frequency), "2026-11-01", "2026-12-30") == []


def test_a_stretch_is_one_occurrence_from_the_first_day_asked_for() -> None:
    stretch = Schedule(Frequency.RANGE, day("2026-11-01"), day("2026-11-30"))
    (hit,) = occurrences(stretch, day("2026-11-10"), day("2026-11-12"))
    assert (hit.day, hit.until) == (day("2026-11-10"), day("2026-11-30"))
    assert found(stretch, "2026-12-01", "2026-12-02") == []


def brute(schedule: Schedule, first: dt.date, last: dt.date) -> list[dt.date]:
    """An independent reading, day by day."""
    days = (dt.date.fromordinal(number) for number in range(first.toordinal(), last.toordinal() + 1))
    return [
        one
        for one in days
        if one not in schedule.exceptions and (one in schedule.dates or _brute_rule(schedule, one))
    ]


def _brute_rule(schedule: Schedule, one: dt.date) -> bool:
    start, end = schedule.start, schedule.end
    if schedule.frequency is Frequency.ONCE:
        return one == start
    if (start and one < start) or (end and one > end) or one.month in schedule.months_off:
        return False
    if any(pause.start <= one <= pause.end for pause in schedule.breaks):
        return False
    if schedule.interval > 1 and start is None:
        return False
    steps = {Frequency.DAILY: _days, Frequency.WEEKLY: _weeks, Frequency.MONTHLY: _months}
    if start and steps[schedule.frequency](start, one) % schedule.interval:
        return False
    return _brute_day(schedule, one)


def _days(start: dt.date, one: dt.date) -> int:
    return (one - start).days


def _weeks(start: dt.date, one: dt.date) -> int:
    return ((one.toordinal() - one.weekday()) - (start.toordinal() - start.weekday())) // 7


def _months(start: dt.date, one: dt.date) -> int:
    return (one.year - start.year) * 12 + one.month - start.month


def _brute_day(schedule: Schedule, one: dt.date) -> bool:
    length = calendar.monthrange(one.year, one.month)[1]
    even = one.isocalendar().week % 2 == 0
    wanted = schedule.parity if schedule.frequency is Frequency.WEEKLY else None
    if wanted and even != (wanted is WeekParity.EVEN):
        return False
    told = False
    if schedule.month_days:
        told = True
        if one.day not in schedule.month_days and one.day - length - 1 not in schedule.month_days:
            return False
    if schedule.weekdays:
        told = True
        if not any(_brute_weekday(schedule, entry, one, length) for entry in schedule.weekdays):
            return False
    if told or schedule.frequency is Frequency.DAILY:
        return True
    if schedule.start is None:
        return False
    if schedule.frequency is Frequency.WEEKLY:
        return one.weekday() == schedule.start.weekday()
    return one.day == schedule.start.day


def _brute_weekday(schedule: Schedule, entry: Weekday, one: dt.date, length: int) -> bool:
    if one.weekday() != entry.day:
        return False
    if entry.nth is None or schedule.frequency is not Frequency.MONTHLY:
        return True
    return entry.nth in {(one.day - 1) // 7 + 1, -((length - one.day) // 7 + 1)}


def test_counted_and_plain_weekdays_of_a_month_all_hold() -> None:
    monthly = Schedule(Frequency.MONTHLY, weekdays=(Weekday(0), Weekday(0, 1), Weekday(2, -1)))
    days = ["2026-11-02", "2026-11-09", "2026-11-16", "2026-11-23", "2026-11-25", "2026-11-30"]
    assert found(monthly, "2026-11-01", "2026-11-30") == days


@settings(max_examples=150, deadline=None)
@given(schedules(), DAYS, st.integers(0, 70))
def test_expansion_agrees_with_reading_day_by_day(schedule: Schedule, first: dt.date, length: int) -> None:
    assume(schedule.frequency is not Frequency.RANGE)
    last = first + dt.timedelta(days=length)
    days = [item.day for item in occurrences(schedule, first, last)]
    assert days == brute(schedule, first, last)


@settings(max_examples=100, deadline=None)
@given(schedules(), DAYS)
def test_nothing_holds_after_the_last_day(schedule: Schedule, first: dt.date) -> None:
    final = last_day(schedule)
    assume(final is not None)
    assert final is not None
    later = max(first, final + dt.timedelta(days=1))
    assert list(occurrences(schedule, later, later + dt.timedelta(days=60))) == []


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


EVENING = Schedule(Frequency.WEEKLY, weekdays=TUESDAY, start_time=dt.time(18), end_time=dt.time(20))
NIGHT = Schedule(Frequency.WEEKLY, weekdays=TUESDAY, start_time=dt.time(22), end_time=dt.time(2))


@pytest.mark.parametrize(
    ("schedule", "now", "expected"),
    [
        (EVENING, "2026-11-24T17:00", "2026-11-24"),
        (EVENING, "2026-11-24T19:59", "2026-11-24"),
        (EVENING, "2026-11-24T20:01", "2026-12-01"),
        (NIGHT, "2026-11-24T23:00", "2026-11-24"),
        (NIGHT, "2026-11-25T01:30", "2026-11-24"),
        (NIGHT, "2026-11-25T02:30", "2026-12-01"),
        (Schedule(Frequency.WEEKLY, weekdays=TUESDAY), "2026-11-24T23:59", "2026-11-24"),
        (Schedule(Frequency.WEEKLY, weekdays=TUESDAY), "2026-11-25T00:00", "2026-12-01"),
        (
            Schedule(Frequency.WEEKLY, weekdays=TUESDAY, start_time=dt.time(18)),
            "2026-11-24T18:01",
            "2026-12-01",
        ),
    ],
)
def test_the_next_meeting_is_the_first_not_over(schedule: Schedule, now: str, expected: str) -> None:
    hit = next_occurrence([schedule], at(now))
    assert hit is not None
    assert hit.day == day(expected)


def test_the_next_of_several_schedules_is_the_earliest() -> None:
    hit = next_occurrence([EVENING, Schedule(Frequency.ONCE, day("2026-11-22"))], at("2026-11-21T12:00"))
    assert hit == Occurrence(day("2026-11-22"), None, None, day("2026-11-22"))
    assert next_occurrence([], at("2026-11-21T12:00")) is None
    assert next_occurrence([Schedule(Frequency.ONCE, day("2026-11-20"))], at("2026-11-21T12:00")) is None


def test_activities_are_over_when_all_their_schedules_are() -> None:
    once = Schedule(Frequency.ONCE, dates=(day("2026-11-20"), day("2026-11-22")))
    assert over_after([once]) == day("2026-11-22")
    assert over_after([once, EVENING]) is None
    assert over_after([]) is None


def test_rules_are_told_in_ical_terms() -> None:
    monthly = Schedule(Frequency.MONTHLY, weekdays=(Weekday(0, -1),), interval=2)
    assert to_rrule(monthly) == "FREQ=MONTHLY;INTERVAL=2;BYDAY=-1MO"
    assert to_rrule(Schedule(Frequency.WEEKLY, weekdays=(Weekday(0, 1),))) == "FREQ=WEEKLY;BYDAY=MO"
    assert to_rrule(Schedule(Frequency.ONCE, day("2026-11-20"))) is None


@given(
    DAYS,
    st.sets(st.integers(0, 6), min_size=1),
    st.integers(1, 4),
    DAYS,
    st.integers(0, 90),
)
def test_weekdays_fall_as_the_rule_of_icalendar_says(
    start: dt.date, weekdays: set[int], interval: int, first: dt.date, span: int
) -> None:
    schedule = Schedule(
        Frequency.WEEKLY, start=start, interval=interval, weekdays=tuple(map(Weekday, sorted(weekdays)))
    )
    last = first + dt.timedelta(days=span)
    rule = rrulestr(str(to_rrule(schedule)), dtstart=dt.datetime.combine(start, dt.time.min))
    begin, end = (dt.datetime.combine(day, dt.time.min) for day in (first, last))
    expected = [moment.date() for moment in rule.between(begin, end, inc=True)]
    assert [entry.day for entry in occurrences(schedule, first, last)] == expected


@pytest.mark.parametrize("last", ["2026-11-21", "2026-12-31"])
def test_a_stretch_under_way_comes_next_today_not_yesterday(last: str) -> None:
    hit = next_occurrence([Schedule(Frequency.RANGE, day("2026-11-01"), day(last))], at("2026-11-21T12:00"))
    assert hit and (hit.day, hit.until) == (day("2026-11-21"), day(last))
