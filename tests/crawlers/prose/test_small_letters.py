"""Scanners are given small letters: a pattern with a capital would never match, and nobody would notice."""

import re
from collections.abc import Iterator
from types import ModuleType

import pytest

from crawlers.prose import clocks, cues, scan_dates, scan_days
from crawlers.prose.sentence_times import scan

WRITTEN = {"_POSTCODE"}
"""Tried on the text as it is written."""


def patterns(module: ModuleType) -> Iterator[tuple[str, re.Pattern[str]]]:
    for name, value in vars(module).items():
        for part in value if isinstance(value, tuple) else (value,):
            for found in part if isinstance(part, tuple) else (part,):
                if isinstance(found, re.Pattern):
                    yield name, found


@pytest.mark.parametrize("module", [clocks, cues, scan_dates, scan_days], ids=lambda module: module.__name__)
def test_no_pattern_of_a_scanner_waits_for_a_capital(module: ModuleType) -> None:
    found = list(patterns(module))
    assert len(found) > 5
    waiting = [
        (name, pattern.pattern)
        for name, pattern in found
        if name not in WRITTEN
        and not pattern.flags & re.IGNORECASE
        and re.search(r"[A-ZÅÄÖ]", re.sub(r"\\[A-Za-z]|\(\?P<\w+>", "", pattern.pattern))
    ]
    assert waiting == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Kokoonnumme tiistaisin klo 18–20 ja joka kuun ensimmäinen maanantai.",
        "Syyskausi 5.9.–28.11.2026, parittomilla viikoilla ke klo 10.",
        "Ei kokoontumisia heinäkuussa. Puh. 050 000 0123, toimisto avoinna ma–pe.",
    ],
)
def test_capitals_change_nothing(sentence: str) -> None:
    loud, quiet = scan(sentence.upper()), scan(sentence)
    assert (loud.atoms, loud.signs) == (quiet.atoms, quiet.signs)
    assert quiet.atoms
