"""HSDS services carry the required fields and fit the published schemas."""

import datetime as dt
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from schemas.activity import Activity
from schemas.border import validate
from schemas.exports.hsds import hsds_service, write_hsds
from tests.schemas.catalogue.samples import sample, samples
from tests.schemas.strategies import activities

PUBLISHED = Path(__file__).parents[4] / "shared" / "data" / "hsds"
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
PARTS = {
    "organization": "organization",
    "phones": "phone",
    "schedules": "schedule",
    "service_areas": "service_area",
    "service_at_locations": "service_at_location",
    "location": "location",
    "addresses": "address",
    "accessibility": "accessibility",
    "languages": "language",
    "cost_options": "cost_option",
    "attributes": "attribute",
    "taxonomy_term": "taxonomy_term",
}


def check(name: str, data: dict[str, Any]) -> None:
    """Compare one object, and those in it, with its published schema."""
    schema = json.loads((PUBLISHED / f"{name}.json").read_text(encoding="utf-8"))
    known = schema["properties"]
    assert set(schema.get("required", ())) <= data.keys(), name
    assert data.keys() <= known.keys(), name
    assert UUID.fullmatch(data["id"])
    for key, value in data.items():
        if key in PARTS:
            for part in value if isinstance(value, list) else [value]:
                check(PARTS[key], part)
            continue
        kind = known[key].get("type")
        assert isinstance(value, {"string": str, "number": int | float}[kind]), (name, key)
        assert value in known[key].get("enum", [value]), (name, key)


@pytest.mark.skipif(not PUBLISHED.exists(), reason="the published HSDS schemas are not beside the repository")
@settings(max_examples=60, deadline=None)
@given(activities().map(validate))
def test_services_fit_the_published_schema(activity: Activity) -> None:
    check("service", json.loads(json.dumps(hsds_service(activity))))


def test_a_service_has_its_required_fields_and_a_stable_id() -> None:
    first, second = (hsds_service(sample("a")) for _ in range(2))
    assert first == second
    assert (first["name"], first["status"]) == ("Ryhmä a", "active")
    assert first["id"] != hsds_service(sample("b"))["id"]


def test_services_are_written_one_a_line() -> None:
    stream = io.BytesIO()
    assert write_hsds(samples("a", "b"), stream) == 2
    assert [json.loads(line)["name"] for line in stream.getvalue().splitlines()] == ["Ryhmä a", "Ryhmä b"]


def test_a_confirmation_is_the_assured_date() -> None:
    record = sample("a")
    dates = record.freshness.__class__(confirmed=dt.datetime(2026, 11, 2, tzinfo=dt.UTC))
    assert hsds_service(sample("a", freshness=dates))["assured_date"] == "2026-11-02"
