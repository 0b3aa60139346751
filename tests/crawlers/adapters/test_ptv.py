"""PTV's answers → activities, on recorded ones and on the shapes known to hurt."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers.adapters.ptv import activity
from crawlers.adapters.ptv_shapes import Organization, Service, ServiceChannel, moment, read_list, read_page
from schemas.activity import Activity
from schemas.border import validate
from schemas.codes import AreaScope, ChannelType, ContactType, Kind, PriceKind, TargetGroup
from schemas.errors import ParseError
from schemas.schedule import Weekday

RECORDED = Path(__file__).parent / "recorded"
NOW = dt.datetime(2026, 11, 21, 10, 0, tzinfo=dt.UTC)


def recorded(name: str) -> Any:
    return json.loads((RECORDED / name).read_text(encoding="utf-8"))


def read(service: dict[str, Any], *channels: dict[str, Any], **owners: dict[str, Any]) -> Activity:
    found = activity(
        msgspec.convert({"id": "s1", "serviceNames": [name("Neuvonta")], **service}, Service, strict=False),
        {entry["id"]: msgspec.convert(entry, ServiceChannel, strict=False) for entry in channels},
        {key: msgspec.convert(entry, Organization, strict=False) for key, entry in owners.items()},
        source="ptv",
        fetched=NOW,
    )
    assert found is not None
    return validate(found)


def name(text: str, language: str = "fi", kind: str = "Name") -> dict[str, str]:
    return {"language": language, "value": text, "type": kind}


def linked(*names: str) -> dict[str, Any]:
    return {"serviceChannels": [{"serviceChannel": {"id": entry}} for entry in names]}


def encoded_names(shape: type[msgspec.Struct]) -> list[str]:
    return [field.encode_name for field in msgspec.structs.fields(shape)]


def test_a_recorded_service_with_its_location_is_read_whole() -> None:
    location = recorded("ptv_service_location_otava.json")
    found = read(recorded("ptv_service_etalukio.json"), location)
    assert found.served.scope is AreaScope.NATIONAL
    assert found.organisation is not None
    assert found.organisation.name == "Mikkelin kaupungin liikelaitos Otavia"
    (channel,) = found.channels
    place = channel.place
    assert place is not None
    assert (place.street, place.postcode, place.municipality) == ("Otavantie 2 B", "50670", "491")
    assert place.point is not None
    assert (round(place.point.lat, 2), round(place.point.lon, 2)) == (61.65, 27.07)
    assert {schedule.weekdays for schedule in channel.schedules} == {(Weekday(day),) for day in range(5)}
    assert {contact.type for contact in found.contacts} == {ContactType.PHONE, ContactType.EMAIL}
    assert found.url == f"https://www.suomi.fi/palvelut/{found.provenance[0].record}"


def test_a_recorded_service_of_two_municipalities_keeps_its_codes() -> None:
    (service,) = recorded("ptv_services.json").values()
    found = read(service)
    assert found.served.municipalities == ("426", "123")
    assert found.served.scope is AreaScope.MUNICIPALITIES
    assert {code.scheme for code in found.codes} >= {"ptv-class", "yso"}
    assert found.kind is Kind.SERVICE


def test_every_field_may_be_null() -> None:
    service = recorded("ptv_service_etalukio.json")
    for key in service.keys() - {"id", "serviceNames"}:
        assert read({**service, key: None}).title
    channel = recorded("ptv_service_location_otava.json")
    for key in channel.keys() - {"id"}:
        assert read(linked(channel["id"]), {**channel, key: None}).title


@pytest.mark.parametrize(
    ("latitude", "longitude", "expected"),
    [
        ("6945000", "642000", (62.61, 29.77)),
        ("62.6", "29.76", (62.6, 29.76)),
        (None, None, None),
        ("0", "0", None),
        ("x", "y", None),
        ("6945000", "", None),
    ],
)
def test_coordinates_are_degrees_or_metres_or_unknown(
    latitude: str | None, longitude: str | None, expected: tuple[float, float] | None
) -> None:
    street = {"street": [name("Torikatu")], "streetNumber": "1", "latitude": latitude, "longitude": longitude}
    channel = {"id": "c", "serviceChannelType": "ServiceLocation", "addresses": [{"streetAddress": street}]}
    point = read(linked("c"), channel).places()[0].point
    assert (point and (round(point.lat, 2), round(point.lon, 2))) == expected


def test_a_county_is_named_with_its_municipalities() -> None:
    area = {
        "type": "WellbeingServiceCounties",
        "code": "12",
        "name": [name("Pohjois-Karjalan hyvinvointialue")],
        "municipalities": [{"code": "167"}],
    }
    served = read({"areaType": "LimitedType", "areas": [area]}).served
    assert (served.scope, served.counties) == (AreaScope.COUNTY, ("Pohjois-Karjalan hyvinvointialue",))


def test_texts_come_in_three_languages_and_others_are_left_out() -> None:
    found = read({"serviceNames": [name("Neuvonta"), name("Rådgivning", "sv"), name("Ráđđi", "se")]})
    assert (found.title.fi, found.title.sv, found.title.en) == ("Neuvonta", "Rådgivning", None)


def test_peer_support_is_not_called_a_service() -> None:
    assert read({"serviceClasses": [{"code": "P4.12"}]}).kind is None


def test_target_groups_and_price() -> None:
    found = read({"targetGroups": [{"code": "KR1.1"}, {"code": "KR9"}], "serviceChargeType": "FreeOfCharge"})
    assert (found.groups, found.price.kind) == ((TargetGroup.OLDER_PEOPLE,), PriceKind.FREE)
    assert {code.value for code in found.codes} == {"KR1.1", "KR9"}


def test_phone_and_web_channels() -> None:
    phone = {
        "id": "p",
        "serviceChannelType": "Phone",
        "phoneNumbers": [{"prefixNumber": "+358", "number": "050 0000001"}],
    }
    web = {"id": "w", "serviceChannelType": "EChannel", "webPages": [{"url": "asiointi.example.fi/x"}]}
    hidden = {"id": "h", "serviceChannelType": "Phone", "publishingStatus": "Draft"}
    found = read(linked("p", "w", "h", "missing"), phone, web, hidden)
    assert [channel.type for channel in found.channels] == [ChannelType.PHONE, ChannelType.ONLINE]
    assert [contact.value for contact in found.contacts] == ["+358500000001"]
    assert found.channels[1].url == "https://asiointi.example.fi/x"


def test_hours_over_midnight_of_the_week_and_closed_ones() -> None:
    def hours(**more: Any) -> dict[str, Any]:
        opening = {"dayFrom": "Friday", "dayTo": "Monday", "from": "09:00:00", "to": "15:00:00"}
        return {"serviceHourType": "DaysOfTheWeek", "openingHour": [opening], **more}

    channel = {
        "id": "c",
        "serviceChannelType": "ServiceLocation",
        "serviceHours": [hours(), hours(isClosed=True)],
    }
    (schedule,) = read(linked("c"), channel).schedules()
    assert [day.day for day in schedule.weekdays] == [4, 5, 6, 0]


def test_the_owner_gives_name_business_id_and_page() -> None:
    owner = {
        "id": "o",
        "businessCode": "1234567-8",
        "organizationNames": [name("Kaiku ry")],
        "webPages": [{"url": "http://kaiku.example.fi"}],
    }
    service = {
        "organizations": [{"organization": {"id": "o", "name": "vanha nimi"}, "roleType": "Responsible"}]
    }
    organisation = read(service, o=owner).organisation
    assert organisation is not None
    assert (organisation.name, organisation.business_id) == ("Kaiku ry", "1234567-8")


@pytest.mark.parametrize("status", ["Draft", "Modified", "Deleted"])
def test_what_is_not_published_is_left_out(status: str) -> None:
    service = msgspec.convert({"id": "s", "publishingStatus": status, "serviceNames": [name("A")]}, Service)
    assert activity(service, {}, {}, source="ptv", fetched=NOW) is None


def test_lists_say_which_object_was_bad_and_keep_the_others() -> None:
    good, bad = read_list(b'[{"id": "a"}, {"id": "b", "serviceNames": 5}, 7]', Service)
    assert [entry.id for entry in good] == ["a", "b"]
    assert good[1].service_names == []
    assert [reason.partition(":")[0] for reason in bad] == ["b", "?"]
    for body in (b"", b"<html>", b'"x"', b"5"):
        with pytest.raises(ParseError):
            read_list(body, Service)
        with pytest.raises(ParseError):
            read_page(body)


def test_modified_is_utc_without_saying_so() -> None:
    assert moment("2018-02-26T06:18:56.156785") == dt.datetime(2018, 2, 26, 6, 18, 56, 156785, tzinfo=dt.UTC)
    assert moment("eilen") is None


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 99)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["language", "value", "code", "id", "type", "municipalities", "organization", "url"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(st.sampled_from([spelt for spelt in encoded_names(Service) if spelt != "id"]), ANYTHING),
    st.dictionaries(st.sampled_from(encoded_names(ServiceChannel)), ANYTHING),
)
def test_a_service_in_any_state_is_an_activity_or_a_reason(
    service: dict[str, Any], channel: dict[str, Any]
) -> None:
    told = [{"id": "s1", "serviceNames": [name("Neuvonta")], **service}]
    services, reasons = read_list(json.dumps(told).encode(), Service)
    channels, _ = read_list(json.dumps([{**channel, "id": "c1"}]).encode(), ServiceChannel)
    assert services or reasons
    for entry in services:
        linked_ids = {found.id or "": found for found in channels}
        found = activity(entry, linked_ids, {}, source="ptv", fetched=NOW)
        assert found is None or validate(found).id == "ptv-s1"
