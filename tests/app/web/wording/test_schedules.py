"""Schedules as people say them."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from app.web.wording.days import ago, clock, hours, listed, meeting, weekday
from app.web.wording.schedules import schedule_words
from schemas.codes import Frequency, WeekParity
from schemas.schedule import Break, Occurrence, Schedule, Weekday

TODAY = dt.date(2026, 9, 15)
EVENING: dict[str, Any] = {"start_time": dt.time(18), "end_time": dt.time(20)}


@pytest.fixture(autouse=True)
def in_a_request(app: Flask) -> Iterator[None]:
    with app.test_request_context("/"):
        yield


def days(*numbers: int, nth: int | None = None) -> tuple[Weekday, ...]:
    return tuple(Weekday(number, nth) for number in numbers)


@pytest.mark.parametrize(
    ("schedule", "said"),
    [
        (Schedule(Frequency.WEEKLY, weekdays=days(3), **EVENING), "Torstaisin klo 18–20"),
        (Schedule(Frequency.WEEKLY, weekdays=days(0, 3), **EVENING), "Maanantaisin ja torstaisin klo 18–20"),
        (
            Schedule(Frequency.WEEKLY, weekdays=days(0, 1, 2, 3, 4), start_time=dt.time(9, 30)),
            "Arkisin klo 9.30",
        ),
        (Schedule(Frequency.WEEKLY, weekdays=days(5, 6)), "Viikonloppuisin"),
        (
            Schedule(Frequency.WEEKLY, dt.date(2026, 9, 3), weekdays=days(3), interval=2, **EVENING),
            "Joka toinen torstai klo 18–20",
        ),
        (
            Schedule(Frequency.WEEKLY, dt.date(2026, 9, 3), weekdays=days(3), interval=3),
            "Joka 3. viikko torstaisin",
        ),
        (Schedule(Frequency.WEEKLY, dt.date(2026, 9, 3)), "Torstaisin"),
        (
            Schedule(Frequency.WEEKLY, weekdays=days(0), parity=WeekParity.EVEN),
            "Parillisilla viikoilla maanantaisin",
        ),
        (Schedule(Frequency.MONTHLY, weekdays=days(1, nth=1)), "Kuukauden ensimmäinen tiistai"),
        (Schedule(Frequency.MONTHLY, weekdays=days(4, nth=-1)), "Kuukauden viimeinen perjantai"),
        (Schedule(Frequency.MONTHLY, month_days=(15,)), "Kuukauden 15. päivä"),
        (Schedule(Frequency.DAILY, **EVENING), "Joka päivä klo 18–20"),
        (Schedule(Frequency.ONCE, dt.date(2026, 9, 16), **EVENING), "Huomenna keskiviikkona 16.9. klo 18–20"),
        (
            Schedule(Frequency.ONCE, dates=(dt.date(2026, 10, 1), dt.date(2026, 9, 24), dt.date(2027, 1, 7))),
            "24.9., 1.10. ja 7.1.2027",
        ),
        (Schedule(Frequency.RANGE, dt.date(2026, 9, 1), dt.date(2026, 11, 30)), "1.9.–30.11."),
        (Schedule(Frequency.WEEKLY), "Viikoittain"),
    ],
)
def test_rhythms(schedule: Schedule, said: str) -> None:
    assert schedule_words(schedule, TODAY).when == said


def test_limits_are_told_and_only_those_to_come() -> None:
    schedule = Schedule(
        Frequency.WEEKLY,
        dt.date(2026, 10, 1),
        dt.date(2027, 5, 27),
        weekdays=days(3),
        months_off=(7, 6),
        breaks=(
            Break(dt.date(2026, 12, 17), dt.date(2027, 1, 6)),
            Break(dt.date(2026, 1, 1), dt.date(2026, 1, 2)),
        ),
        exceptions=(dt.date(2026, 10, 15), dt.date(2026, 1, 1)),
        dates=(dt.date(2026, 10, 13),),
    )
    assert schedule_words(schedule, TODAY).limits == (
        "alkaa 1.10.",
        "27.5.2027 asti",
        "tauko 17.12.–6.1.2027",
        "ei kesäkuussa ja heinäkuussa",
        "ei kokoonnu 15.10.",
        "lisäksi 13.10.",
    )


def test_days_are_said_from_today() -> None:
    assert weekday(TODAY, TODAY) == "tänään tiistaina 15.9."
    assert weekday(dt.date(2026, 9, 16), TODAY) == "huomenna keskiviikkona 16.9."
    assert weekday(dt.date(2027, 1, 4), TODAY) == "maanantaina 4.1.2027"


def test_a_stretch_says_until_when() -> None:
    running = Occurrence(dt.date(2026, 9, 1), None, None, dt.date(2026, 9, 30))
    assert meeting(running, TODAY) == "nyt, 30.9. asti"
    coming = Occurrence(dt.date(2026, 10, 1), None, None, dt.date(2026, 10, 3))
    assert meeting(coming, TODAY) == "1.10.–3.10."


@pytest.mark.parametrize(
    ("away", "said"),
    [
        (0, "tänään"),
        (1, "eilen"),
        (3, "3 päivää sitten"),
        (15, "2 viikkoa sitten"),
        (70, "2 kuukautta sitten"),
        (400, "yli vuosi sitten"),
        (-1, "tänään"),
    ],
)
def test_how_long_ago(away: int, said: str) -> None:
    assert ago(TODAY - dt.timedelta(days=away), TODAY) == said


def test_small_words() -> None:
    assert clock(dt.time(9, 5)) == "9.05"
    assert hours(None, dt.time(3)) == ""
    assert listed(["a", "b", "c"]) == "a, b ja c"


def test_words_that_are_kept_name_the_day_and_never_say_today() -> None:
    once = Schedule(Frequency.ONCE, TODAY, **EVENING)
    assert schedule_words(once, TODAY).when == "Tänään tiistaina 15.9. klo 18–20"
    assert schedule_words(once, TODAY, lasting=True).when == "Tiistaina 15.9. klo 18–20"
