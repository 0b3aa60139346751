"""The home county's file."""

from pathlib import Path

import pytest

from schemas.county import County, load_county
from schemas.errors import ConfigurationError
from schemas.gazetteer import load_gazetteer

CONFIG = Path(__file__).parents[2] / "config"
PLACES = load_gazetteer(CONFIG / "places")


@pytest.fixture(scope="module")
def county() -> County:
    return load_county(CONFIG / "county.toml", PLACES)


def test_the_county_and_the_gazetteer_agree(county: County) -> None:
    own = {place.code for place in PLACES.municipalities_of_county(county.code)}
    assert set(county.municipalities) == own
    assert PLACES.county(county.code).fi == county.name.fi


def test_every_crisis_has_help_in_three_languages(county: County) -> None:
    for topic, numbers in {
        "emergency": {"112"},
        "crisis": {"112", "09 2525 0111", "116 117"},
        "violence": {"112", "080 005 005"},
        "health": {"112", "116 117"},
    }.items():
        assert {line.phone for line in county.help_lines(topic)} == numbers
    for line in county.help_line:
        for text in (line.name, line.hours, line.description):
            assert all(text.get(language) for language in ("fi", "sv", "en"))


def test_lines_of_several_topics_come_in_the_order_of_the_topics_each_once(county: County) -> None:
    numbers = [line.phone for line in county.lines_for(("violence", "suicide"))]
    assert numbers == ["112", "080 005 005", "09 2525 0111", "116 117"]
    assert county.lines_for(("", "none-such")) == ()


def test_an_unknown_language_reads_finnish(county: County) -> None:
    assert county.name.get("se") == county.name.fi


def test_sub_regions_do_not_overlap(county: County) -> None:
    codes = [code for region in county.sub_region for code in region.municipalities]
    assert len(codes) == len(set(codes))


def test_a_sub_region_outside_the_county_is_refused(tmp_path: Path) -> None:
    text = (CONFIG / "county.toml").read_text(encoding="utf-8")
    broken = tmp_path / "county.toml"
    broken.write_text(text.replace('["422", "541"]', '["422", "091"]'), encoding="utf-8")
    with pytest.raises(ConfigurationError, match="Pielisen Karjala"):
        load_county(broken, PLACES)


def test_an_unknown_key_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "county.toml"
    broken.write_text('colour = "green"\n', encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"county\.toml"):
        load_county(broken, PLACES)


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ('code = "pohjois-karjala"', 'code = "pohjola"', "no county has the code pohjola"),
        (
            'code = "pohjois-karjala"',
            'code = "kainuu"',
            "municipalities: 13 are not of kainuu, such as 090 Hein",
        ),
        ('"090"', '"405"', "municipalities: 1 are not of pohjois-karjala, such as 405 Lappeenranta"),
        ('"090"', '"999"', "no municipality has the code 999"),
        ('["violence"]', '["violense"]', "help_line violence: there is no topic violense"),
        ('"violence"', '"health"', "no help_line has the topic violence"),
    ],
)
def test_wrong_codes_and_crises_without_help_are_told(
    tmp_path: Path, right: str, wrong: str, told: str
) -> None:
    broken = tmp_path / "county.toml"
    text = (CONFIG / "county.toml").read_text(encoding="utf-8")
    broken.write_text(text.replace(right, wrong), encoding="utf-8")
    with pytest.raises(ConfigurationError, match=rf"county\.toml: {told}"):
        load_county(broken, PLACES)
