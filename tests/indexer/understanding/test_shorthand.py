"""What records abbreviate is read in full and told as a correction; what may be a word is left alone."""

from pathlib import Path

import pytest

from indexer.finnish import Analyser
from indexer.understanding.shorthand import ShorthandReader
from schemas.errors import ConfigurationError
from schemas.shorthand import Shorthand, load_shorthand

TABLE = Shorthand(
    read={"ca mammae": "rintasyöpä", "dg": "diagnoosi", "pot": "potilas"},
    capital={"ra": "nivelreuma", "ca": "syöpä"},
)
WRITTEN = ("vertaistuki", "vertaistukiryhmä", "vertaisryhmä", "vertaistuen", "elintapaohjaus", "diagnoosi")


@pytest.fixture(scope="module")
def analyser() -> Analyser:
    return Analyser()


def _read(analyser: Analyser, text: str) -> list[tuple[str, str]]:
    reader = ShorthandReader(TABLE, lambda: WRITTEN)
    return [(change.original, change.corrected) for change in reader.changes(text, analyser.words(text))]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("ca mammae", [("ca mammae", "rintasyöpä")]),
        ("uusi dg.", [("dg", "diagnoosi")]),
        ("RA nuori", [("RA", "nivelreuma")]),
        ("ca. prostata", [("ca", "syöpä")]),
        ("IBD-pot.", [("IBD-pot", "IBD-potilas")]),
        ("tukihlö", [("tukihlö", "tukihenkilö")]),
        ("elintapaohj joensuu", [("elintapaohj", "elintapaohjaus")]),
        ("elintapaohj.", [("elintapaohj", "elintapaohjaus")]),
    ],
)
def test_abbreviations_are_read_in_full(analyser: Analyser, text: str, read: list[tuple[str, str]]) -> None:
    assert _read(analyser, text) == read


@pytest.mark.parametrize(
    "text", ["ra", "noin ca 20 henkilöä", "RA CA MAKSAA", "vertais", "elintapa.", "masennus.", "hlö", "diago"]
)
def test_what_may_be_a_word_or_many_is_left_alone(analyser: Analyser, text: str) -> None:
    assert _read(analyser, text) == []


def test_an_abbreviation_with_a_full_stop_or_capitals_is_told(tmp_path: Path) -> None:
    file = tmp_path / "shorthand.toml"
    for wrong in ('"Dg" = "diagnoosi"', '"dg." = "diagnoosi"', '"dg" = " "'):
        file.write_text(f"[read]\n{wrong}\n", encoding="utf-8")
        with pytest.raises(ConfigurationError, match=r"shorthand\.toml"):
            load_shorthand(file)


def test_settings_without_abbreviations_read_none(tmp_path: Path) -> None:
    assert load_shorthand(tmp_path / "shorthand.toml") == Shorthand()


def test_the_product_s_own_table_is_read() -> None:
    table = load_shorthand(Path(__file__).resolve().parents[3] / "config" / "shorthand.toml")
    assert table.read["ca mammae"] == "rintasyöpä"
    assert not table.read.keys() & table.capital.keys()
