"""iCal files → activities."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers.adapters import calendars
from schemas.activity import Activity
from schemas.border import validate
from schemas.codes import ChannelType, Frequency, Status
from schemas.errors import ParseError
from schemas.occurrences import occurrences
from schemas.schedule import Schedule, Weekday
from tests.crawlers.adapters.worlds import context

TUESDAY = "DTSTART;TZID=Europe/Helsinki:20261201T180000\nDTEND;TZID=Europe/Helsinki:20261201T200000"
VTIMEZONE = """BEGIN:VTIMEZONE
TZID:{name}
BEGIN:STANDARD
DTSTART:16011028T040000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZOFFSETFROM:+0300
TZOFFSETTO:+0200
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010325T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZOFFSETFROM:+0200
TZOFFSETTO:+0300
END:DAYLIGHT
END:VTIMEZONE
"""


def event(*lines: str, uid: str = "1@kaiku", summary: str = "Ilta") -> str:
    return "\n".join(("BEGIN:VEVENT", f"UID:{uid}", f"SUMMARY:{summary}", *lines, "END:VEVENT"))


def file(*parts: str) -> bytes:
    text = "\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//t//fi", *parts, "END:VCALENDAR"))
    return text.replace("\n", "\r\n").encode()


def read(*parts: str) -> list[Activity]:
    found, bad = calendars.activities(file(*parts), context())
    assert bad == ()
    return [validate(entry) for entry in found]


def one(*lines: str) -> Schedule:
    (found,) = read(event(*lines))
    (schedule,) = found.schedules()
    return schedule


def days(schedule: Schedule, last: dt.date = dt.date(2027, 12, 31)) -> list[dt.date]:
    return [found.day for found in occurrences(schedule, dt.date(2026, 11, 1), last)]


@pytest.mark.parametrize(
    "start",
    [
        "DTSTART;TZID=Europe/Helsinki:20261201T180000",
        "DTSTART:20261201T160000Z",
        "DTSTART:20261201T180000",
        "DTSTART;TZID=FLE Standard Time:20261201T180000",
        "DTSTART;TZID=/citadel.org/20210210_1/Europe/Helsinki:20261201T180000",
    ],
)
def test_a_start_is_helsinki_time_however_it_is_written(start: str) -> None:
    found = one(start)
    assert (found.frequency, found.start, found.start_time) == (
        Frequency.ONCE,
        dt.date(2026, 12, 1),
        dt.time(18),
    )


def test_a_zone_of_the_files_own_making_is_believed() -> None:
    (found,) = read(VTIMEZONE.format(name="Oma aika"), event("DTSTART;TZID=Oma aika:20261201T180000"))
    assert found.schedules()[0].start_time == dt.time(18)


def test_all_day_events_end_on_the_day_before_their_end() -> None:
    assert one("DTSTART;VALUE=DATE:20261206", "DTEND;VALUE=DATE:20261207").frequency is Frequency.ONCE
    found = one("DTSTART;VALUE=DATE:20261206", "DTEND;VALUE=DATE:20261209")
    assert (found.frequency, found.end) == (Frequency.RANGE, dt.date(2026, 12, 8))


def test_a_weekly_rule_with_its_last_day_and_exceptions() -> None:
    found = one(
        TUESDAY,
        "RRULE:FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20261222T160000Z",
        "EXDATE;TZID=Europe/Helsinki:20261208T180000,20261210T180000",
        "EXDATE;TZID=Europe/Helsinki:20261215T180000",
    )
    assert (found.frequency, found.weekdays) == (Frequency.WEEKLY, (Weekday(1), Weekday(3)))
    assert [day.day for day in days(found)] == [1, 3, 17, 22]


def test_every_other_week_a_set_number_of_times() -> None:
    found = one(TUESDAY, "RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=3")
    assert days(found) == [dt.date(2026, 12, 1), dt.date(2026, 12, 15), dt.date(2026, 12, 29)]


@pytest.mark.parametrize(
    ("rule", "nth"),
    [("BYDAY=1TU", 1), ("BYDAY=-1TU", -1), ("BYDAY=TU;BYSETPOS=2", 2), ("BYDAY=TU;BYSETPOS=-1", -1)],
)
def test_a_weekday_of_the_month(rule: str, nth: int) -> None:
    found = one(TUESDAY, f"RRULE:FREQ=MONTHLY;{rule}")
    assert (found.frequency, found.weekdays) == (Frequency.MONTHLY, (Weekday(1, nth),))


def test_further_days_are_kept() -> None:
    found = one(TUESDAY, "RDATE;TZID=Europe/Helsinki:20261203T180000,20261205T180000")
    assert [day.day for day in days(found)] == [1, 3, 5]


def test_a_moved_meeting_replaces_its_day_and_a_cancelled_one_leaves_it_out() -> None:
    (found,) = read(
        event(TUESDAY, "RRULE:FREQ=WEEKLY;COUNT=4"),
        event(
            "RECURRENCE-ID;TZID=Europe/Helsinki:20261208T180000",
            "DTSTART;TZID=Europe/Helsinki:20261209T170000",
        ),
        event("RECURRENCE-ID;TZID=Europe/Helsinki:20261215T180000", TUESDAY, "STATUS:CANCELLED"),
    )
    rule, moved = found.schedules()
    assert [day.day for day in days(rule)] == [1, 22]
    assert (moved.start, moved.start_time) == (dt.date(2026, 12, 9), dt.time(17))


def test_a_rule_in_utc_moves_by_an_hour_in_summer_as_the_standard_says() -> None:
    (found,) = read(event("DTSTART:20261201T160000Z", "RRULE:FREQ=WEEKLY"))
    times = {schedule.start_time: schedule.dates for schedule in found.schedules()}
    assert set(times) == {dt.time(18), dt.time(19)}
    assert all(4 <= day.month <= 10 or day >= dt.date(2027, 3, 28) for day in times[dt.time(19)])


def test_a_rule_that_a_schedule_cannot_say_becomes_its_days() -> None:
    found = one(TUESDAY, "RRULE:FREQ=MONTHLY;BYDAY=TU;BYSETPOS=1,3;COUNT=4")
    assert days(found) == [
        dt.date(2026, 12, 1),
        dt.date(2026, 12, 15),
        dt.date(2027, 1, 5),
        dt.date(2027, 1, 19),
    ]
    yearly = one("DTSTART;VALUE=DATE:20261206", "RRULE:FREQ=YEARLY")
    assert dt.date(2026, 12, 6) in days(yearly)


def test_places_and_online_meetings() -> None:
    (found,) = read(event(TUESDAY, "LOCATION:Järjestötalo\\, Torikatu 1\\, 80100 Joensuu\\, Suomi"))
    place = found.places()[0]
    assert (place.name, place.street, place.postcode, place.municipality) == (
        "Järjestötalo",
        "Torikatu 1",
        "80100",
        "167",
    )
    (wordpress,) = read(event(TUESDAY, "LOCATION:Talo\\, Torikatu 1\\, Joensuu\\, 80100\\, Suomi"))
    assert (wordpress.places()[0].city, wordpress.places()[0].postcode) == ("Joensuu", "80100")
    (online,) = read(event(TUESDAY, "LOCATION:https://z.example.fi/1"))
    assert [channel.type for channel in online.channels] == [ChannelType.ONLINE]


def test_cancelled_private_and_nameless_events() -> None:
    assert read(event(TUESDAY, "STATUS:CANCELLED"))[0].status is Status.CANCELLED
    assert read(event(TUESDAY, "CLASS:PRIVATE")) == []
    found, bad = calendars.activities(file(event(TUESDAY, summary="")), context())
    assert (found, len(bad)) == ((), 1)


def test_ids_are_the_events_own_page_or_their_uid() -> None:
    assert (
        read(event(TUESDAY, "URL:https://kaiku.example.fi/tapahtuma/ilta/2026-12-01/"))[0].id
        == "kaiku-tapahtuma-ilta"
    )
    shared = read(
        event(TUESDAY, "URL:https://kaiku.example.fi/kalenteri/", uid="1"),
        event(TUESDAY, "URL:https://kaiku.example.fi/kalenteri/", uid="2", summary="Aamu"),
    )
    assert [entry.id for entry in shared] == ["kaiku-ical-1", "kaiku-ical-2"]


@pytest.mark.parametrize("body", [b"", b"<html></html>", b"BEGIN:VCALENDAR", b"\x00\xff" * 50])
def test_what_is_no_calendar_is_said(body: bytes) -> None:
    with pytest.raises(ParseError):
        calendars.activities(body, context())


@pytest.mark.parametrize(
    "line", ["DTSTART:huomenna", "DTSTART:20261341T000000", "RRULE:FREQ=SOMETIMES", "EXDATE:x", "GEO:a;b"]
)
def test_a_broken_event_costs_only_itself(line: str) -> None:
    lines = (line,) if line.startswith("DTSTART") else (TUESDAY, line)
    found, _ = calendars.activities(file(event(*lines, uid="bad"), event(TUESDAY, uid="good")), context())
    assert "kaiku-ical-good" in {entry.id for entry in found}


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(["DAILY", "WEEKLY", "MONTHLY"]),
    st.integers(1, 4),
    st.integers(1, 12),
    st.lists(st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"]), max_size=3, unique=True),
)
def test_a_rule_means_the_days_that_dateutil_says(
    frequency: str, interval: int, count: int, weekdays: list[str]
) -> None:
    from dateutil.rrule import rrulestr

    by_day = f";BYDAY={','.join(weekdays)}" if weekdays and frequency == "WEEKLY" else ""
    rule = f"FREQ={frequency};INTERVAL={interval};COUNT={count}{by_day}"
    expected = [
        moment.date()
        for moment in rrulestr(rule, dtstart=dt.datetime.combine(dt.date(2026, 12, 1), dt.time(18)))
    ]
    (found,) = read(event(TUESDAY, f"RRULE:{rule}"))
    told = {day for schedule in found.schedules() for day in days(schedule, dt.date(2032, 1, 1))}
    assert told == set(expected)


@pytest.mark.parametrize(
    ("until", "last"),
    [("20261215T100000Z", 8), ("20261215T160000Z", 15), ("20261215", 15), ("20261214T215959Z", 8)],
)
def test_no_meeting_begins_after_the_moment_of_until(until: str, last: int) -> None:
    assert days(one(TUESDAY, f"RRULE:FREQ=WEEKLY;UNTIL={until}"))[-1].day == last


def test_weeks_that_begin_on_sunday_are_counted_so() -> None:
    found = one(
        "DTSTART;TZID=Europe/Helsinki:20261206T180000",
        "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,TU;WKST=SU;COUNT=4",
    )
    assert [day.day for day in days(found)] == [6, 8, 20, 22]


def test_a_change_from_then_on_holds_for_all_that_follow() -> None:
    (found,) = read(
        event(TUESDAY, "RRULE:FREQ=WEEKLY;COUNT=4"),
        event(
            "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Helsinki:20261215T180000",
            "DTSTART;TZID=Europe/Helsinki:20261215T190000",
        ),
    )
    met = [(day.day, rule.start_time) for rule in found.schedules() for day in days(rule)]
    assert met == [(1, dt.time(18)), (8, dt.time(18)), (15, dt.time(19)), (22, dt.time(19))]


def test_a_later_sequence_takes_the_place_of_an_earlier_one() -> None:
    (found,) = read(
        event(TUESDAY, "SEQUENCE:0"), event("SEQUENCE:2", "DTSTART;TZID=Europe/Helsinki:20261202T170000")
    )
    assert [(rule.start, rule.start_time) for rule in found.schedules()] == [
        (dt.date(2026, 12, 2), dt.time(17))
    ]


def test_meetings_written_as_events_of_one_name_are_all_kept() -> None:
    (found,) = read(event(TUESDAY), event("DTSTART;TZID=Europe/Helsinki:20261208T180000"))
    assert [rule.start for rule in found.schedules()] == [dt.date(2026, 12, 1), dt.date(2026, 12, 8)]


def test_a_file_that_calls_off_cancels_its_events() -> None:
    assert read("METHOD:CANCEL", event(TUESDAY))[0].status is Status.CANCELLED


def test_excluded_rules_and_several_rules_are_read() -> None:
    found = one(TUESDAY, "RRULE:FREQ=WEEKLY;COUNT=4", "EXRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=2")
    assert [day.day for day in days(found)] == [8, 22]
    (both,) = read(event(TUESDAY, "RRULE:FREQ=WEEKLY;COUNT=2", "RRULE:FREQ=MONTHLY;COUNT=2"))
    assert {day for rule in both.schedules() for day in days(rule)} == {
        dt.date(2026, 12, 1),
        dt.date(2026, 12, 8),
        dt.date(2027, 1, 1),
    }


@pytest.mark.parametrize(
    "body",
    [
        file(event(TUESDAY)).removesuffix(b"END:VCALENDAR"),
        file(event(TUESDAY), "BEGIN:VEVENT", "SUMMARY:kat").replace(b"END:VCALENDAR", b""),
        file(event(TUESDAY, "RRULE:")),
        file(event(TUESDAY)).replace(b"T180000", b"t1800"),
        file(event(TUESDAY)).lower().replace(b"ilta", b"Ilta"),
        b"\xef\xbb\xbf" + file(event(TUESDAY)),
    ],
    ids=["no end", "cut off", "empty rule", "no seconds", "small letters", "byte order mark"],
)
def test_what_programs_write_wrongly_is_mended(body: bytes) -> None:
    found, bad = calendars.activities(body, context())
    assert bad == ()
    assert [(rule.start, rule.start_time) for entry in found for rule in entry.schedules()] == [
        (dt.date(2026, 12, 1), dt.time(18))
    ]


LINES = st.sampled_from(
    [
        *(
            TUESDAY,
            "RRULE:FREQ=WEEKLY;BYDAY=TU",
            "EXDATE:20261208",
            "RDATE:",
            "RRULE:FREQ=DAILY;UNTIL=20200101",
        ),
        *("STATUS:CANCELLED", "SEQUENCE:x", "DURATION:P1W", "RRULE:FREQ=YEARLY;BYWEEKNO=3", "GEO:1;2", "x"),
        *("RECURRENCE-ID;RANGE=THISANDFUTURE:20261208", "DTSTART;VALUE=DATE:20261201", "EXRULE:FREQ=DAILY"),
        *(
            "DTSTART;TZID=Nowhere/X:20261201T240000",
            "DTEND:20261201T240000",
            "RECURRENCE-ID:20261208T160000Z",
        ),
    ]
)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.lists(LINES, max_size=5), max_size=4))
def test_an_event_in_any_state_costs_only_itself(events: list[list[str]]) -> None:
    body = file(*(event(*lines) for lines in events), event(TUESDAY, uid="good"))
    found, _ = calendars.activities(body, context())
    assert "kaiku-ical-good" in {validate(entry).id for entry in found}
