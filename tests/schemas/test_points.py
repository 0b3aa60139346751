"""Points are data: complete in four languages, checked against the taxonomies, small enough for a screen."""

from pathlib import Path

import pytest

from schemas.county import load_county
from schemas.errors import ConfigurationError
from schemas.gazetteer import load_gazetteer
from schemas.points import MOST_TILES, Known, Point, Points, load_points
from schemas.taxonomy import load_taxonomy

CONFIG = Path(__file__).parents[2] / "config"
LANGUAGES = ("fi", "sv", "en", "selko")
SOUND = """
[[point]]
code = "aula"
home = "167"
situations = ["erosin"]
name = { fi = "Aula", sv = "Aula", en = "Lobby", selko = "Aula" }
opening = { fi = "Hei", sv = "Hej", en = "Hello", selko = "Hei" }
"""


@pytest.fixture(scope="module")
def known() -> Known:
    taxonomy = load_taxonomy(CONFIG)
    return Known(
        municipalities=[place.code for place in load_gazetteer(CONFIG / "places").municipalities],
        homes=load_county(CONFIG / "county.toml", load_gazetteer(CONFIG / "places")).municipalities,
        units=[unit.code for unit in taxonomy.units],
        needs=taxonomy.needs,
        situations=[situation.code for situation in taxonomy.situations],
    )


def refused(text: str, known: Known, folder: Path) -> str:
    file = folder / "points.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError) as caught:
        load_points(file, known)
    return str(caught.value)


@pytest.fixture(scope="module")
def points(known: Known) -> Points:
    return load_points(CONFIG / "points.toml", known)


def test_the_hospital_and_the_four_wellbeing_points_are_there(points: Points) -> None:
    codes = {point.code for point in points.point}
    assert codes >= {"keskussairaala", "lieksa", "kitee", "polvijarvi", "outokumpu"}


def test_every_text_stands_in_four_languages(points: Points) -> None:
    texts = [text for point in points.point for text in (point.name, point.opening)]
    assert all(text.get(language).strip() for text in texts for language in LANGUAGES)


def test_a_screen_holds_the_tiles_and_times_are_those_of_the_house(points: Points) -> None:
    for point in points.point:
        assert max(map(len, (point.units, point.illnesses, point.situations))) <= MOST_TILES
        assert (point.idle, point.warning) == (90, 15)


def test_a_point_is_found_by_its_code(points: Points) -> None:
    found = points.find("lieksa")
    assert isinstance(found, Point) and found.home == "422"
    assert points.find("x") is None


def test_no_file_and_an_empty_one_mean_no_points(tmp_path: Path, known: Known) -> None:
    file = tmp_path / "points.toml"
    assert load_points(file, known).point == ()
    file.write_text("# none yet\n", encoding="utf-8")
    assert load_points(file, known).point == ()


def test_a_sound_point_is_taken(tmp_path: Path, known: Known) -> None:
    file = tmp_path / "points.toml"
    file.write_text(SOUND, encoding="utf-8")
    assert load_points(file, known).find("aula")


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('"aula"', '"Aula 1"', "code"),
        ('"aula"', '"data"', "code"),
        ('"167"', '"999"', "home"),
        ('["erosin"]', '["eroamatta"]', "eroamatta"),
        ('["erosin"]', '["erosin", "erosin"]', "twice"),
        ('["erosin"]', "[]", "neither"),
        ('home = "167"', 'home = "167"\nunits = ["ei-ole"]', "ei-ole"),
        ('home = "167"', 'home = "167"\nillnesses = ["ei-ole"]', "ei-ole"),
        ('home = "167"', 'home = "167"\nmunicipalities = ["000"]', "000"),
        ('home = "167"', 'home = "167"\nidle = 5', "idle"),
        ('home = "167"', 'home = "167"\nwarning = 5', "warning"),
        ('home = "167"', 'home = "167"\nlanguage = "de"', "language"),
        ('home = "167"', 'home = "167"\nphone = "x"', "phone"),
    ],
)
def test_a_fault_is_named(old: str, new: str, named: str, tmp_path: Path, known: Known) -> None:
    message = refused(SOUND.replace(old, new), known, tmp_path)
    assert named in message and "points.toml" in message


def test_a_point_that_stands_twice_is_refused(tmp_path: Path, known: Known) -> None:
    assert "twice" in refused(SOUND + SOUND, known, tmp_path)


def test_more_tiles_than_a_screen_holds_are_refused(tmp_path: Path, known: Known) -> None:
    codes = list(known.needs)[: MOST_TILES + 1]
    listed = ", ".join(f'"{code}"' for code in codes)
    assert "21 tiles" in refused(
        SOUND.replace('["erosin"]', f'["erosin"]\nillnesses = [{listed}]'), known, tmp_path
    )
