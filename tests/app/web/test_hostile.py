"""Whatever stands in a URL, the answer is a sound page or an honest refusal, never a fault of ours."""

from urllib.parse import quote, quote_from_bytes, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.app.web.client import PageClient, page_faults

NAMES = (
    "q",
    "missa",
    "municipality",
    "need",
    "kind",
    "when",
    "sort",
    "page",
    "nakyma",
    "point",
    "koko",
    "vari",
)
NASTY = (
    "\x00",
    "%",
    "\u202eabc",
    "<script>alert(1)</script>",
    '" onx=1',
    "AND OR NOT (",
    "*",
    "\\",
    "&=",
    "-1",
    "1e9",
    "💔",
)
FACETS_AND_MORE = (
    *NAMES,
    "area",
    "group",
    "channel",
    "price",
    "language",
    "size",
    "exact",
    "plain",
    "yksikko",
)
PLACES = (
    "/haku",
    "/sv/haku",
    "/api/v1/search",
    "/api/v1/suggestions",
    "/ammattilainen",
    "/ammattilainen/tulokset",
    "/haku.atom",
    "/haku.ics",
    "/olka",
    "/olka/",
    "/olka/keskussairaala/",
    "/olka/keskussairaala/tulokset",
    "/olka/keskussairaala/viikko",
    "/olka/keskussairaala/ohje",
    "/polku/omaishoitajaksi",
)
HUGE = (
    "9" * 400,
    "-" + "9" * 20,
    "1e308",
    "٣",
    "²",
    "NaN,NaN",
    "inf,-inf",
    "0,0",
    "a" * 501,
    "mo",
    "167",
    "1",
)
values = st.one_of(st.sampled_from(NASTY), st.text(st.characters(exclude_categories=["Cs"]), max_size=30))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pairs=st.lists(st.tuples(st.sampled_from(NAMES), values), max_size=4))
def test_any_question_is_answered_or_refused(client: PageClient, pairs: list[tuple[str, str]]) -> None:
    answer = client.client.get(f"/haku?{urlencode(pairs)}")
    assert answer.status_code in (200, 400)
    assert page_faults(answer.text) == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    place=st.sampled_from(PLACES),
    pairs=st.lists(st.tuples(st.sampled_from(FACETS_AND_MORE), values | st.sampled_from(HUGE)), max_size=6),
    repeated=st.integers(1, 3),
    raw=st.binary(max_size=12),
)
def test_no_query_string_is_a_fault_anywhere(
    client: PageClient, place: str, pairs: list[tuple[str, str]], repeated: int, raw: bytes
) -> None:
    query = urlencode(pairs * repeated) + "&" + quote_from_bytes(raw)
    answer = client.client.get(f"{place}?{query}")
    assert answer.status_code < 500, query
    if answer.text.startswith("<!DOCTYPE") and answer.status_code != 308:
        assert page_faults(answer.text) == []
    if place.startswith("/api/") and answer.status_code == 400:
        message = answer.json["error"]["message"]  # type: ignore[index]
        named = message.partition(":")[0] in (*FACETS_AND_MORE, "q")
        assert named or "there is no such parameter; known: " in message


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(identifier=values | st.sampled_from(HUGE))
def test_no_identifier_is_a_fault(client: PageClient, identifier: str) -> None:
    for place in ("/api/v1/activities/", "/toiminta/"):
        answer = client.client.get(place + quote(identifier, safe=""))
        assert answer.status_code in (200, 301, 302, 308, 400, 404)


@pytest.mark.parametrize("query", ["q=%ff%fe", "q=a&q=b", "%ff=1", "&&&", "q"])
def test_broken_query_strings_are_no_fault(client: PageClient, query: str) -> None:
    client.get(f"/haku?{query}")


@pytest.mark.parametrize("path", ["/toiminta/%00", "/toiminta/..%2f..", "/static/../app.py", "/sv/sv/"])
def test_paths_that_climb_lead_nowhere(client: PageClient, path: str) -> None:
    client.page(path, status=404)


def test_a_language_without_its_last_slash_is_that_language(client: PageClient) -> None:
    assert client.page("/sv").select("html")[0]["lang"] == "sv"
    assert client.page("/svenska", status=404).select("html")[0]["lang"] == "fi"
