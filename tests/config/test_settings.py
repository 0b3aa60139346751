"""Settings are read in one place, parsed once, and documented."""

import datetime as dt
from pathlib import Path

import pytest

from config.settings import read_settings, settings_table

ROOT = Path(__file__).parents[2]


def test_every_setting_stands_in_the_documentation() -> None:
    assert settings_table() in (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")


def test_defaults_hold_where_nothing_is_set() -> None:
    settings = read_settings({})
    assert settings.port == 8000
    assert settings.today is None
    assert settings.catalogue_url.startswith("sqlite:///")
    assert settings.sources_file.name == "sources.toml"


def test_empty_variables_count_as_not_set() -> None:
    assert read_settings({"VIERELLE_PORT": " ", "VIERELLE_TODAY": ""}) == read_settings({})


def test_a_fixed_day_replaces_today_and_the_clock_runs_on() -> None:
    settings = read_settings({"VIERELLE_TODAY": "2026-03-02"})
    assert settings.now().date() == dt.date(2026, 3, 2)
    assert settings.now().tzinfo is not None


@pytest.mark.parametrize(
    ("variable", "text"),
    [
        ("VIERELLE_PORT", "80000"),
        ("VIERELLE_PORT", "x"),
        ("VIERELLE_TODAY", "2.3.2026"),
        ("VIERELLE_THREADS", "0"),
        ("VIERELLE_PROXIES", "-1"),
        ("VIERELLE_PROCESSES", "kaksi"),
    ],
)
def test_a_wrong_value_is_told_with_its_variable(variable: str, text: str) -> None:
    with pytest.raises(ValueError, match=variable):
        read_settings({variable: text})


def test_no_value_is_refused_in_the_words_of_the_language_it_is_parsed_by() -> None:
    with pytest.raises(ValueError, match="VIERELLE_PORT=x: must be a whole number"):
        read_settings({"VIERELLE_PORT": "x"})


@pytest.mark.parametrize(
    ("misspelt", "meant"),
    [
        ("VIERELLE_PROT", "VIERELLE_PORT"),
        ("VIERELLE_PROXY", "VIERELLE_PROXIES"),
        ("VIERELLE_PUBLICURL", "VIERELLE_PUBLIC_URL"),
        ("VIERELLE_DATABASE", "VIERELLE_DATA"),
    ],
)
def test_a_misspelt_name_is_refused_with_the_one_that_was_meant(misspelt: str, meant: str) -> None:
    with pytest.raises(ValueError, match=rf"{misspelt}: .*did you mean {meant}\?"):
        read_settings({misspelt: "1"})


def test_a_name_like_none_is_refused_with_all_that_are_known() -> None:
    with pytest.raises(ValueError, match="known are VIERELLE_DATA, "):
        read_settings({"VIERELLE_XYZZY": "1"})


def test_names_of_others_of_our_tests_and_without_a_value_are_passed_over() -> None:
    others = {"PATH": "/bin", "VIERELLE_TEST_POSTGRESQL": "postgresql://h", "VIERELLE_PROT": ""}
    assert read_settings(others) == read_settings({})


def test_the_catalogue_lies_in_the_data_folder(tmp_path: Path) -> None:
    settings = read_settings({"VIERELLE_DATA": str(tmp_path)})
    assert settings.catalogue_url == f"sqlite:///{tmp_path / 'catalogue.sqlite'}"
    assert read_settings({"VIERELLE_CATALOGUE": "postgresql+psycopg://h/d"}).catalogue_url.startswith(
        "postgresql"
    )
