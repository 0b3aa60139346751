"""Blocks → nodes."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.adapters.jsonld import first, read_nodes, types, values

_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["@type", "@id", "@graph", "name", "location", "item", "x"]), inner, max_size=5
        )
    ),
    max_leaves=20,
)


def names(*blocks: str) -> list[str]:
    nodes, _ = read_nodes(blocks)
    return [str(first(node, "name")) for node in nodes]


@pytest.mark.parametrize(
    "block",
    [
        '{"@type": "Event", "name": "A"}',
        '[{"@type": "Event", "name": "A"}]',
        '{"@context": "https://schema.org", "@graph": [{"@type": ["Event", "SocialEvent"], "name": "A"}]}',
        '{"@graph": {"@graph": [{"@type": "schema:Event", "schema:name": "A"}]}}',
        '<!-- {"@type": "http://schema.org/Event", "name": "A"} -->',
        '//<![CDATA[\n{"@type": "Event", "name": "A"}\n//]]>',
        '{"@type": "Event", "name": "A",}',
        '{"@type": "Event", "name": "A"};',
        "{&quot;@type&quot;: &quot;Event&quot;, &quot;name&quot;: &quot;A&quot;}",
    ],
)
def test_a_node_is_found_wherever_it_is_wrapped(block: str) -> None:
    nodes, bad = read_nodes([block])
    assert bad == 0
    assert [first(node, "name") for node in nodes] == ["A"]
    assert "Event" in types(nodes[0])


def test_lists_of_items_and_parts_of_series_are_nodes_of_their_own() -> None:
    block = {
        "@type": "ItemList",
        "itemListElement": [
            {"@type": "ListItem", "item": {"@type": "Event", "name": "A"}},
            {"@type": "Event", "name": "B", "subEvent": [{"@type": "Event", "startDate": "2026-12-01"}]},
        ],
    }
    nodes, _ = read_nodes([json.dumps(block)])
    events = [node for node in nodes if "Event" in types(node)]
    assert [first(node, "name") for node in events] == ["A", "B", "B"]


def test_references_are_followed_over_blocks_and_never_for_ever() -> None:
    owner = '{"@type": "Organization", "@id": "#o", "name": "Kaiku ry", "event": {"@id": "#e"}}'
    event = '{"@type": "Event", "@id": "#e", "name": "Ilta", "organizer": {"@id": "#o"}}'
    nodes, _ = read_nodes([event, owner])
    event_node = next(node for node in nodes if "Event" in types(node))
    assert first(event_node["organizer"], "name") == "Kaiku ry"


def test_a_broken_block_costs_only_itself() -> None:
    nodes, bad = read_nodes(["{not json", '{"@type": "Event", "name": "A"}'])
    assert bad == 1
    assert [first(node, "name") for node in nodes] == ["A"]


def test_line_breaks_in_strings_are_forgiven() -> None:
    assert names('{"@type": "Event", "name": "A", "description": "rivi\nrivi"}') == ["A"]


def test_deep_nesting_ends() -> None:
    assert names("[" * 5000 + "]" * 5000) == []


@given(_VALUES)
def test_any_json_gives_nodes_with_types(value: object) -> None:
    nodes, bad = read_nodes([json.dumps(value)])
    assert bad == 0 or value is None
    assert all(types(node) for node in nodes)
    assert all(isinstance(values(node, "name"), tuple) for node in nodes)


EVENT = '{"@type": "Event", "name": "Ilta", "url": "https://kaiku.example.fi/a//b"}'


@pytest.mark.parametrize(
    "block",
    [
        f"// tapahtuma\n{EVENT}",
        EVENT.replace(', "url"', ', /* osoite */ "url"'),
        EVENT.replace("}", ",}"),
        EVENT.replace('"', "&quot;").replace("}", ",}"),
        f"var data = {EVENT};",
        f"\ufeff{EVENT}",
        f'{{"0": {EVENT}}}',
        EVENT.replace('"Event"', '"event"'),
    ],
)
def test_faults_of_hand_written_blocks_are_mended(block: str) -> None:
    (node,), bad = read_nodes([block])
    assert (types(node), node["url"], bad) == (("Event",), "https://kaiku.example.fi/a//b", 0)


def test_objects_one_after_another_are_several() -> None:
    nodes, bad = read_nodes([f"{EVENT}\n{EVENT}", f"[{EVENT}{EVENT}]"])
    assert (len(nodes), bad) == (4, 0)


def test_a_comment_within_a_string_stays() -> None:
    text = '{"@type": "Event", "name": "a // b /* c */ d,}", }'
    assert read_nodes([text])[0][0]["name"] == "a // b /* c */ d,}"


@given(st.text(alphabet='{}[]",:/*\\ \nab1', max_size=60))
def test_mending_any_text_never_raises(text: str) -> None:
    read_nodes([text])
