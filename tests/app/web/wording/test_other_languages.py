"""Days, schedules, lists and names in Swedish, English and plain Finnish."""

import datetime as dt

import pytest
from flask import Flask

from app.web.site import site
from app.web.wording.days import ago, date, hours, listed, meeting
from app.web.wording.distances import distance
from app.web.wording.schedules import schedule_words
from schemas.codes import Frequency, WeekParity
from schemas.schedule import Occurrence, Schedule, Weekday

TODAY = dt.date(2026, 9, 15)
LANGUAGES = ("sv", "en", "selko")


def said(app: Flask, language: str, schedule: Schedule) -> str:
    with app.test_request_context("/", environ_overrides={"vierelle.language": language}):
        return schedule_words(schedule, TODAY).when


def days(*numbers: int, nth: int | None = None) -> tuple[Weekday, ...]:
    return tuple(Weekday(number, nth) for number in numbers)


@pytest.mark.parametrize(
    ("schedule", "swedish", "english", "plain"),
    [
        (
            Schedule(Frequency.WEEKLY, weekdays=days(0, 3), start_time=dt.time(18), end_time=dt.time(20)),
            "Måndagar och torsdagar kl. 18–20",
            "Mondays and Thursdays 18:00–20:00",
            "Maanantaisin ja torstaisin kello 18–20",
        ),
        (
            Schedule(Frequency.WEEKLY, dt.date(2026, 9, 3), weekdays=days(3), interval=2),
            "Varannan torsdag",
            "Every other Thursday",
            "Joka toinen torstai",
        ),
        (
            Schedule(Frequency.WEEKLY, dt.date(2026, 9, 3), weekdays=days(3), interval=3),
            "Torsdagar var 3:e vecka",
            "Thursdays every 3 weeks",
            "Joka 3. viikko torstaisin",
        ),
        (
            Schedule(Frequency.WEEKLY, weekdays=days(0), parity=WeekParity.EVEN, start_time=dt.time(9, 30)),
            "Måndagar jämna veckor kl. 9.30",
            "Mondays in even-numbered weeks at 9:30",
            "Parillisilla viikoilla maanantaisin kello 9.30",
        ),
        (
            Schedule(Frequency.MONTHLY, weekdays=days(1, nth=1)),
            "Första tisdagen i månaden",
            "The first Tuesday of the month",
            "Kuukauden ensimmäinen tiistai",
        ),
        (
            Schedule(Frequency.MONTHLY, weekdays=days(6, nth=-1), interval=2),
            "Sista söndagen varannan månad",
            "The last Sunday of every other month",
            "Joka toisen kuukauden viimeinen sunnuntai",
        ),
        (Schedule(Frequency.DAILY), "Varje dag", "Every day", "Joka päivä"),
        (
            Schedule(Frequency.ONCE, dt.date(2026, 9, 16)),
            "I morgon, onsdag 16.9",
            "Tomorrow, Wednesday 16 Sep",
            "Huomenna keskiviikkona 16.9.",
        ),
    ],
)
def test_schedules(app: Flask, schedule: Schedule, swedish: str, english: str, plain: str) -> None:
    assert [said(app, language, schedule) for language in LANGUAGES] == [swedish, english, plain]


def test_limits_of_a_schedule(app: Flask) -> None:
    schedule = Schedule(
        Frequency.WEEKLY, dt.date(2026, 10, 1), dt.date(2026, 12, 10), weekdays=days(3), months_off=(11,)
    )
    with app.test_request_context("/", environ_overrides={"vierelle.language": "sv"}):
        assert schedule_words(schedule, TODAY).limits == ("börjar 1.10", "till 10.12", "inte i november")
    with app.test_request_context("/", environ_overrides={"vierelle.language": "en"}):
        assert schedule_words(schedule, TODAY).limits == ("starts 1 Oct", "until 10 Dec", "not in November")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("sv", ["24.12.2026", "för 3 dagar sedan", "kl. 13–15", "a, b och c", "cirka 12 km", "persiska"]),
        ("en", ["24 Dec 2026", "3 days ago", "13:00–15:00", "a, b and c", "about 12 km", "Persian"]),
        ("selko", ["24.12.2026", "3 päivää sitten", "kello 13–15", "a, b ja c", "noin 12 km", "persia"]),
    ],
)
def test_small_words(app: Flask, language: str, words: list[str]) -> None:
    with app.test_request_context("/", environ_overrides={"vierelle.language": language}):
        found = [
            date(dt.date(2026, 12, 24)),
            ago(TODAY - dt.timedelta(days=3), TODAY),
            hours(dt.time(13), dt.time(15)),
            listed(["a", "b", "c"]),
            distance(12.3).replace("\u00a0", " "),
            site().labels("language", "fa"),
        ]
    assert found == words


def test_a_meeting_in_english_names_the_day_and_month(app: Flask) -> None:
    found = Occurrence(dt.date(2026, 9, 17), dt.time(18), dt.time(20), dt.date(2026, 9, 17))
    with app.test_request_context("/", environ_overrides={"vierelle.language": "en"}):
        assert meeting(found, TODAY) == "Thursday 17 Sep 18:00–20:00"


@pytest.mark.parametrize(
    ("language", "whole", "short"),
    [
        ("fi", "Pohjois-Karjalan hyvinvointialue", "Pohjois-Karjala"),
        ("sv", "Norra Karelens välfärdsområde", "Norra Karelen"),
        ("en", "Wellbeing Services County of North Karelia", "Pohjois-Karjala"),
    ],
)
def test_counties_have_names_in_every_language(app: Flask, language: str, whole: str, short: str) -> None:
    with app.test_request_context("/", environ_overrides={"vierelle.language": language}):
        assert site().labels.county("Pohjois-Karjalan hyvinvointialue") == whole
        assert site().labels.county("Pohjois-Karjala") == short
        assert site().labels.county("Muualla") == "Muualla"
