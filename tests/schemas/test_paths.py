"""Care paths are data: complete in four languages, checked against the taxonomies, covering the hospital."""

from pathlib import Path

import pytest

from schemas.codes import Kind
from schemas.errors import ConfigurationError
from schemas.paths import CarePaths, load_paths
from schemas.taxonomy import load_taxonomy

CONFIG = Path(__file__).parents[2] / "config"
LANGUAGES = ("fi", "sv", "en", "selko")


@pytest.fixture(scope="module")
def paths() -> CarePaths:
    taxonomy = load_taxonomy(CONFIG)
    return load_paths(CONFIG / "paths.toml", taxonomy.needs, {unit.code for unit in taxonomy.units})


def test_there_are_at_least_twenty_paths(paths: CarePaths) -> None:
    assert len(paths.path) >= 20


def test_every_text_stands_in_four_languages(paths: CarePaths) -> None:
    texts = [text for path in paths.path for text in (path.title, path.intro)]
    texts += [text for step in paths.step for text in (step.name, step.text)]
    assert all(text.get(language).strip() for text in texts for language in LANGUAGES)


def test_every_step_searches_for_something_and_by_known_kinds(paths: CarePaths) -> None:
    for path in paths.path:
        assert len(path.steps) >= 3
        for step in path.steps:
            assert step.need or step.q
            assert set(step.kind) <= set(Kind)


def test_the_paths_cover_the_hospital_units(paths: CarePaths) -> None:
    units = {unit.code for unit in load_taxonomy(CONFIG).units}
    assert units - {unit for path in paths.path for unit in path.units} <= {"paivystys"}


@pytest.mark.parametrize("code", ["diabetes", "vertaistuki"])
def test_a_need_that_there_is_not_is_refused_in_a_step_and_among_the_forms(tmp_path: Path, code: str) -> None:
    file = tmp_path / "paths.toml"
    file.write_bytes((CONFIG / "paths.toml").read_bytes())
    taxonomy = load_taxonomy(CONFIG)
    with pytest.raises(ConfigurationError, match=code):
        load_paths(file, taxonomy.needs.keys() - {code}, {unit.code for unit in taxonomy.units})
