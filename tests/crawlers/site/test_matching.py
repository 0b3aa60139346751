"""Told twice, or two things? And what the second telling adds."""

import datetime as dt
from typing import Any

import pytest

from crawlers.site.matching import filled, is_over, same_activity, without_vague_times
from schemas.activity import Activity, Channel, Contact, FieldEvidence, Place, Provenance, Texts
from schemas.codes import ChannelType, ContactType, Frequency, SourceKind
from schemas.schedule import Schedule, Weekday

TODAY = dt.date(2026, 11, 21)
NOW = dt.datetime(2026, 11, 21, tzinfo=dt.UTC)
TUESDAYS = Schedule(Frequency.WEEKLY, start_time=dt.time(18), end_time=dt.time(20), weekdays=(Weekday(1),))
THURSDAYS = Schedule(Frequency.WEEKLY, start_time=dt.time(18), weekdays=(Weekday(3),))
ONE_TUESDAY = Schedule(Frequency.ONCE, start=dt.date(2026, 12, 1), start_time=dt.time(18))


def telling(title: str, *schedules: Schedule, town: str | None = None, **more: Any) -> Activity:
    place = Place(municipality=town)
    return Activity(
        id=f"x-{title}",
        kind=None,
        title=Texts(fi=title),
        channels=(Channel(ChannelType.PLACE, place, schedules),),
        provenance=(Provenance("x", SourceKind.SITE, title, NOW),),
        **more,
    )


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (telling("Omaisten ilta", TUESDAYS), telling("omaisten ilta!", TUESDAYS), True),
        (telling("Omaisten ilta", TUESDAYS), telling("Omaisten ilta", ONE_TUESDAY), True),
        (telling("Omaisten ilta", TUESDAYS), telling("Omaisten ilta"), True),
        (telling("Omaisten ilta", TUESDAYS), telling("Omaisten ilta", THURSDAYS), False),
        (telling("Omaisten ilta", TUESDAYS), telling("Leskien ilta", TUESDAYS), False),
        (
            telling("Omaisten ilta", TUESDAYS, town="167"),
            telling("Omaisten ilta", TUESDAYS, town="422"),
            False,
        ),
        (telling("Omaisten ilta"), telling("Omaisten ilta", description=Texts(fi="toinen")), False),
    ],
)
def test_one_title_and_times_that_agree_are_one_activity(one: Activity, other: Activity, same: bool) -> None:
    assert same_activity(one, other) is same
    assert same_activity(other, one) is same


def test_only_what_is_missing_is_filled_in_with_its_sentence() -> None:
    phone = Contact(ContactType.PHONE, "050 000 0101")
    evidence = (FieldEvidence("contacts", "Soita 050 000 0101."), FieldEvidence("title", "Ilta"))
    told = telling("Ilta", TUESDAYS, contacts=(phone,), evidence=evidence, summary=Texts(fi="Toisin"))
    found = filled(telling("Ilta", TUESDAYS, summary=Texts(fi="Näin")), told)
    assert found.contacts == (phone,)
    assert found.summary.fi == "Näin"
    assert found.evidence == evidence[:1]
    assert filled(told, telling("Ilta")) is told


def test_a_rule_in_the_text_takes_the_place_of_its_next_day() -> None:
    assert filled(telling("Ilta", ONE_TUESDAY), telling("Ilta", TUESDAYS)).schedules() == (TUESDAYS,)
    later = Schedule(
        Frequency.WEEKLY, start=dt.date(2027, 1, 1), start_time=dt.time(18), weekdays=(Weekday(1),)
    )
    for other in (THURSDAYS, later):
        assert filled(telling("Ilta", ONE_TUESDAY), telling("Ilta", other)).schedules() == (ONE_TUESDAY,)


def test_a_season_given_as_one_long_event_bounds_the_rule_of_the_text() -> None:
    season = Schedule(Frequency.RANGE, start=dt.date(2026, 9, 1), end=dt.date(2026, 12, 15))
    known, told = telling("Ilta", season), telling("Ilta", TUESDAYS)
    assert same_activity(known, told)
    (rule,) = filled(known, told).schedules()
    assert (rule.weekdays, rule.start, rule.end) == (TUESDAYS.weekdays, season.start, season.end)
    camp = Schedule(Frequency.RANGE, start=dt.date(2026, 12, 1), end=dt.date(2026, 12, 3))
    assert filled(telling("Ilta", camp), told).schedules() == (camp,)


def test_days_without_a_clock_give_way_to_the_rule_that_has_one() -> None:
    vague = Schedule(Frequency.ONCE, start=dt.date(2026, 12, 1))
    other_day = Schedule(Frequency.ONCE, start=dt.date(2026, 12, 2))
    kept = without_vague_times(telling("Ilta", vague, TUESDAYS, other_day), TODAY).schedules()
    assert kept == (TUESDAYS, other_day)
    assert without_vague_times(telling("Ilta", vague), TODAY).schedules() == (vague,)


def test_over_is_what_has_only_past_days() -> None:
    past = Schedule(Frequency.ONCE, start=dt.date(2026, 11, 20))
    assert is_over(telling("Ilta", past), TODAY)
    assert not is_over(telling("Ilta", past, TUESDAYS), TODAY)
    assert not is_over(telling("Ilta"), TODAY)
    assert not is_over(telling("Ilta", Schedule(Frequency.ONCE, start=TODAY)), TODAY)


def test_pages_of_one_month_each_tell_further_days_of_one_activity() -> None:
    december, january, repeated = (
        telling("Muisteluryhmä", Schedule(Frequency.ONCE, start=day, start_time=dt.time(13)))
        for day in (dt.date(2026, 12, 8), dt.date(2027, 1, 12), dt.date(2026, 12, 8))
    )
    joined = filled(filled(december, january), repeated)
    assert [entry.start for entry in joined.schedules()] == [dt.date(2026, 12, 8), dt.date(2027, 1, 12)]
