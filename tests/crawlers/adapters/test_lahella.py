"""Lähellä.fi's items → activities."""

import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers.adapters import lahella
from crawlers.adapters.lahella_shapes import read_item, read_item_with_faults, read_listing
from schemas.activity import Activity, Ages
from schemas.border import validate
from schemas.codes import (
    Accessibility,
    AreaScope,
    ChannelType,
    Frequency,
    Kind,
    PriceKind,
    SourceKind,
    TargetGroup,
)
from schemas.errors import ParseError
from schemas.schedule import Schedule
from schemas.source import Source
from tests.crawlers.adapters.worlds import NOW, TOWNS

SOURCE = Source(name="Lähellä.fi", url="https://lahella.example.fi/", id="lahella", kind=SourceKind.LAHELLA)


def millis(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> int:
    """Epoch milliseconds of a winter moment in Helsinki."""
    zone = dt.timezone(dt.timedelta(hours=2))
    return int(dt.datetime(year, month, day, hour, minute, tzinfo=zone).timestamp() * 1000)


def item(traits: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    texts = {"fi": {"name": "Ilta", "summary": "<p>Tule.</p>", "description": "<p>Tule <b>mukaan</b>.</p>"}}
    return {"_key": "k1", "status": "published", "traits": {"translations": texts, **(traits or {})}, **more}


def read(traits: dict[str, Any] | None = None, **more: Any) -> Activity:
    found = lahella.activity(read_item(item(traits, **more)), SOURCE, TOWNS.get, NOW)
    assert found is not None
    return validate(found)


def event(**changes: Any) -> Schedule:
    told = {
        "start": millis(2026, 12, 1, 18),
        "end": millis(2026, 12, 1, 20),
        "timeZone": "Europe/Helsinki",
        "type": "1",
    }
    (found,) = read({"channels": [{"type": ["place"], "events": [{**told, **changes}]}]}).schedules()
    return found


def test_texts_are_plain_and_the_id_is_stable() -> None:
    found = read()
    assert (found.id, found.title.fi, found.description.fi) == ("lahella-k1", "Ilta", "Tule mukaan.")


@pytest.mark.parametrize(
    ("kind", "expected"), [("hobby", None), ("support", None), ("voluntary", Kind.VOLUNTEER_TASK)]
)
def test_all_three_types_are_kept(kind: str, expected: Kind | None) -> None:
    found = read({"type": kind})
    assert found.kind is expected
    assert ("lahella-type", kind) in {(code.scheme, code.value) for code in found.codes}


def test_unknown_codes_are_kept_as_they_came() -> None:
    found = read({"theme": ["ht_uusi_teema"], "format": ["hm_uusi"], "region": ["city/FI/Marsu"]})
    assert {"ht_uusi_teema", "hm_uusi", "city/FI/Marsu"} <= {code.value for code in found.codes}


@pytest.mark.parametrize("status", ["draft", "expired", "pending"])
def test_drafts_and_expired_ones_are_left_out(status: str) -> None:
    assert lahella.activity(read_item(item(status=status)), SOURCE, TOWNS.get, NOW) is None


def test_visibility_rules_even_where_the_status_is_silent() -> None:
    past, future = millis(2026, 11, 1), millis(2026, 12, 31)
    for window, shown in (
        ((past, future), True),
        ((past, past), False),
        ((future, 0), False),
        ((past, 0), True),
    ):
        visibility = {"start": window[0], "end": window[1]}
        found = lahella.activity(read_item(item(tags={"visibility": visibility})), SOURCE, TOWNS.get, NOW)
        assert (found is not None) is shown


def test_a_single_time() -> None:
    found = event()
    assert (found.frequency, found.start, found.start_time) == (
        Frequency.ONCE,
        dt.date(2026, 12, 1),
        dt.time(18),
    )


def test_a_weekly_time_with_days_gap_and_exceptions() -> None:
    recurrence = {
        "period": "P1W",
        "gap": "P2W",
        "end": millis(2027, 3, 1),
        "exclude": [millis(2026, 12, 15)],
        "daySpecificTimes": [{"weekday": 2, "startTime": "18:00", "endTime": "20:00"}],
    }
    found = event(type="4", recurrence=recurrence)
    assert (found.frequency, found.interval, [day.day for day in found.weekdays]) == (
        Frequency.WEEKLY,
        2,
        [1],
    )
    assert found.exceptions == (dt.date(2026, 12, 15),)
    assert found.end == dt.date(2027, 3, 1)


def test_a_range_and_a_time_in_another_zone() -> None:
    assert event(type="3", end=millis(2026, 12, 5)).frequency is Frequency.RANGE
    assert event(timeZone="Nowhere/Land").start_time == dt.time(18)


@pytest.mark.parametrize("start", [None, "huomenna", 10**20, -(10**20)])
def test_times_that_are_none_are_left_out(start: object) -> None:
    channels = [{"type": ["place"], "events": [{"start": start, "type": "1"}]}]
    assert read({"channels": channels}).schedules() == ()


def test_channels_have_places_with_accessibility() -> None:
    channel = {
        "type": ["place", "online", "telepathy"],
        "accessibility": ["ac_wheelchair", "ac_unknown"],
        "map": {"center": {"coordinates": [29.76, 62.6]}},
        "translations": {
            "fi": {"address": {"street": "Torikatu 1", "postalCode": "80100", "city": "Joensuu"}}
        },
    }
    found = read({"channels": [channel]})
    assert [entry.type for entry in found.channels] == [ChannelType.PLACE, ChannelType.ONLINE]
    (place,) = found.places()
    assert (place.municipality, place.postcode, place.accessibility) == (
        "167",
        "80100",
        (Accessibility.WHEELCHAIR,),
    )


def test_ages_groups_price_and_area() -> None:
    found = read(
        {
            "demographic": ["ageGroup/range:65-99", "gender/male"],
            "pricing": ["free"],
            "region": ["city/FI/Lieksa", "city/FI/Nurmes"],
        }
    )
    assert found.ages == (Ages(65, None),)
    assert found.groups == (TargetGroup.OLDER_PEOPLE,)
    assert found.price.kind is PriceKind.FREE
    assert (found.served.scope, found.served.municipalities) == (AreaScope.MUNICIPALITIES, ("422", "541"))
    assert read({"region": []}).served.scope is AreaScope.NATIONAL
    assert read().served.scope is AreaScope.UNKNOWN


def test_page_data_is_found_anywhere() -> None:
    data = {"props": {"pageProps": {"x": [{"activity": item()}, item(_key="k2")]}}}
    html = f'<html><script id="__NEXT_DATA__" type="application/json">{json.dumps(data)}</script></html>'
    assert [entry["_key"] for entry in lahella.page_items(html)] == ["k1", "k2"]
    assert list(lahella.page_items("<html></html>")) == []
    with pytest.raises(ParseError):
        list(lahella.page_items('<script id="__NEXT_DATA__">{</script>'))


@pytest.mark.parametrize(
    "bad", [{}, {"_key": "k"}, {"_key": "k", "traits": {}}, 5, {"_key": [], "traits": {}}]
)
def test_what_is_no_item_is_said(bad: Any) -> None:
    with pytest.raises(ParseError):
        lahella.activity(read_item(bad), SOURCE, TOWNS.get, NOW)


def test_a_listing_must_be_json() -> None:
    assert read_listing(b'{"items": [1], "hasMore": true}').has_more is True
    for body in (b"", b"<html>", b"[]"):
        with pytest.raises(ParseError):
            read_listing(body)


@pytest.mark.parametrize(
    ("traits", "field"),
    [
        ({"channels": [{"type": ["place"], "events": {"start": 5}}]}, "channels"),
        ({"theme": "ht_luonto"}, "codes"),
        ({"region": [{"code": "city/FI/Lieksa"}]}, "served"),
        ({"contacts": [{"type": "phone", "value": 358500000123}]}, "contacts"),
    ],
)
def test_a_field_in_another_hand_is_mended(traits: dict[str, Any], field: str) -> None:
    assert getattr(read(traits), field) != getattr(read(), field)


def test_a_field_of_no_known_kind_is_left_out_and_told() -> None:
    found, faults = read_item_with_faults(item({"demographic": [5.5, {"x": 1}], "channels": True}))
    assert found.traits is not None
    assert found.traits.demographic == ["5.5"]
    assert found.traits.channels == []
    assert any("channels" in fault for fault in faults)
    assert any("demographic" in fault for fault in faults)


def test_an_item_may_be_written_flat_and_keyed_otherwise() -> None:
    flat = {"uuid": "k9", "translations": {"fi": {"name": "Ilta"}}, "channels": []}
    found = lahella.activity(read_item(flat), SOURCE, TOWNS.get, NOW)
    assert found is not None
    assert (found.id, found.title.fi) == ("lahella-k9", "Ilta")


def pushed(text: str) -> str:
    """A piece of data as newer pages write it."""
    return f"<script>self.__next_f.push({json.dumps([1, text])})</script>"


@pytest.mark.parametrize(
    "page",
    [
        f'<script id="__NEXT_DATA__">{{"state":{json.dumps(json.dumps({"q": [item()]}))}}}</script>',
        pushed(f"1f:{json.dumps([item()])}\n"),
        pushed(f"a:{json.dumps([item()])}"[:40]) + pushed(f"a:{json.dumps([item()])}"[40:]),
    ],
    ids=["text in data", "stream", "stream in pieces"],
)
def test_page_data_is_found_however_it_is_wrapped(page: str) -> None:
    assert [entry["_key"] for entry in lahella.page_items(f"<html><body>{page}</body></html>")] == ["k1"]


@pytest.mark.parametrize(
    "body", ['{"results": [1], "count": 7}', "[1]", '{"data": {"items": [1], "total": 7}}', '{"data": [1]}']
)
def test_a_listing_may_be_named_otherwise(body: str) -> None:
    assert read_listing(body.encode()).items == [1]


FLOATS = st.floats(allow_nan=False, allow_infinity=False)
ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 2_000_000_000_000)
    | st.floats(allow_nan=False)
    | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["fi", "name", "address", "type", "events", "start", "recurrence", "value", "map"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)
TRAITS = st.dictionaries(
    st.sampled_from(
        [
            "type",
            "translations",
            "theme",
            "locale",
            "demographic",
            "region",
            "pricing",
            "contacts",
            "channels",
        ]
    ),
    ANYTHING,
)


@settings(max_examples=60, deadline=None)
@given(TRAITS, ANYTHING, ANYTHING)
def test_an_item_in_any_state_is_an_activity_or_a_reason(
    traits: dict[str, Any], status: object, tags: object
) -> None:
    told = {"_key": "k1", "status": status, "tags": tags, "traits": {**item()["traits"], **traits}}
    try:
        found = lahella.activity(read_item(told), SOURCE, TOWNS.get, NOW)
    except ParseError as error:
        assert str(error)
    else:
        assert found is None or validate(found).id == "lahella-k1"


@given(st.binary(max_size=80) | ANYTHING.map(lambda value: json.dumps(value).encode()))
def test_a_listing_of_any_bytes_is_read_or_refused(body: bytes) -> None:
    try:
        read_listing(body)
    except ParseError as error:
        assert str(error)
