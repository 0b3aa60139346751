"""Removals: at once in catalogue and index, and for good through every later crawl."""

import msgspec
import pytest

from tests.app.cli.conftest import Run, crawl, found

WHY = ("--reason", "pyyntö 21.11.")


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("record", "oma-kahvila"),
        ("organisation", "joensuun muisti RY"),
        ("organisation", "1234567-1"),
    ],
)
def test_a_removed_activity_is_gone_at_once_and_stays_gone_after_the_next_crawl(
    run: Run, kind: str, value: str
) -> None:
    crawl("oma", "lahella")
    run("index")
    assert found(run, "muistikahvila") == ["lahella-kahvila"]
    run("block", kind, value, *WHY)
    assert found(run, "muistikahvila") == []
    crawl("oma", "lahella")
    run("index")
    assert found(run, "muistikahvila") == []
    run("show", "oma-kahvila", code=3)


def test_a_removed_page_takes_only_its_own_record_out_of_a_joined_activity(run: Run) -> None:
    crawl("oma", "lahella")
    run("index")
    run("block", "url", "https://oma.example.fi/kahvila/", *WHY)
    crawl("oma", "lahella")
    run("index")
    shown = msgspec.json.decode(run("show", "lahella-kahvila", "--json"))
    assert [entry["source"] for entry in shown["provenance"]] == ["lahella"]


@pytest.mark.parametrize(
    ("kind", "value", "gone"),
    [
        ("phone", "+358 50 0000101", "050 000 0101"),
        ("mail", "Ilona@muisti.example.fi", "ilona@muisti.example.fi"),
    ],
)
def test_a_removed_contact_is_gone_from_fields_and_texts_and_does_not_come_back(
    run: Run, kind: str, value: str, gone: str
) -> None:
    crawl("oma", "lahella")
    run("index")
    assert gone in run("show", "lahella-kahvila", "--json")
    run("block", kind, value, *WHY, "--who", "contact")
    assert gone not in run("show", "lahella-kahvila", "--json")
    crawl("oma", "lahella")
    run("index")
    shown = run("show", "lahella-kahvila", "--json")
    assert gone not in shown
    assert "Kysy lisää" in shown
    assert gone not in run("export", "--format", "jsonl")


def test_blocks_are_listed_with_reason_date_and_who_and_can_be_lifted(run: Run) -> None:
    crawl("oma")
    run("block", "record", "oma-kahvila", *WHY, "--who", "contact")
    listed = run("block", "list")
    assert "2026-11-21" in listed
    assert "oma-kahvila" in listed
    assert "contact: pyyntö 21.11." in listed
    run("block", "lift", "record", "oma-kahvila")
    assert run("block", "list") == ""
    run("block", "lift", "record", "oma-kahvila", code=3)
    crawl("oma")
    run("index")
    assert found(run, "muistikahvila") == ["oma-kahvila"]


def test_a_removal_without_a_reason_or_with_a_value_that_fits_all_is_refused(run: Run) -> None:
    run("block", "record", "oma-kahvila", code=2)
    run("block", "mail", "muisti", *WHY, code=1)
    run("block", "phone", "050", *WHY, code=1)
    run("block", "phone", "112", *WHY, code=1)


def test_a_block_that_nothing_has_yet_is_kept_and_told(run: Run) -> None:
    crawl("oma")
    assert "nothing has it now" in run("block", "record", "oma-kahvla", *WHY)
    assert "oma-kahvla" in run("block", "list")
