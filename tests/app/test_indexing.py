"""A small build leaves exactly the tables that the same generation would get if nothing were taken over."""

from dataclasses import replace
from pathlib import Path

import msgspec
import numpy as np
import pytest

from app.indexing import build_index
from app.wiring import Wiring
from config.settings import read_settings
from indexer.suggestion_tables import DERIVED as SUGGESTIONS
from indexer.understanding.vocabulary import DERIVED as VOCABULARY
from indexer.understanding.vocabulary import vocabulary_tables
from schemas.activity import Activity, Organisation, Texts
from schemas.codes import SourceKind
from tests.schemas.catalogue.samples import NOW, sample

TITLES = (
    "Omaishoitajan olohuone",
    "Kaverikahvila",
    "Sururyhmä puolisonsa menettäneille",
    "Muistikahvila Ilona",
)


def titled(name: str, title: str, owner: str = "Esimerkki ry") -> Activity:
    return msgspec.structs.replace(
        sample(name),
        title=Texts(title),
        summary=Texts(f"{title}, avoin kaikille."),
        organisation=Organisation(owner),
    )


@pytest.fixture
def wiring(tmp_path: Path) -> Wiring:
    return Wiring(replace(read_settings({"VIERELLE_TODAY": "2026-11-21"}), data=tmp_path))


def put(wiring: Wiring, found: list[Activity]) -> None:
    wiring.catalogue.replace("yhdistys", SourceKind.SITE, found, complete=True, now=NOW, accept_loss=True)


def test_what_is_taken_over_is_what_would_be_made_anew(wiring: Wiring) -> None:
    found = [titled(f"a{n}", title) for n, title in enumerate(TITLES)]
    put(wiring, found)
    assert build_index(wiring).mode == "full"
    found[1] = titled("a1", "Kaverikahvila nuorille", "Nuorten talo ry")
    put(wiring, [*found, titled("a9", "Menettäneiden kahvihetki")])
    report = build_index(wiring)
    assert (report.mode, report.written) == ("changes", 2)
    current = wiring.store.current()
    anew = {SUGGESTIONS: wiring.suggestion_maker.tables(current), VOCABULARY: vocabulary_tables(current)}
    for name, tables in anew.items():
        held = current.derived(name)
        assert held is not None and held.keys() == tables.keys()
        for key, array in tables.items():
            assert np.array_equal(held[key], array), (name, key)
    assert wiring.suggester.suggest("kaverik")[-1].label == "Kaverikahvila nuorille"
    wiring.catalogue.close()


def test_a_damaged_file_of_the_generation_before_changes_nothing(wiring: Wiring) -> None:
    found = [titled(f"a{n}", title) for n, title in enumerate(TITLES)]
    put(wiring, found)
    build_index(wiring)
    (path,) = (wiring.settings.data / "index" / "generations").glob("*.tables")
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2] + bytes(len(whole) - len(whole) // 2))
    put(wiring, [*found[1:], titled("a9", "Menettäneiden kahvihetki")])
    later = Wiring(wiring.settings)
    build_index(later)
    current = later.store.current()
    held = current.derived(SUGGESTIONS)
    anew = later.suggestion_maker.tables(current)
    assert held is not None and all(np.array_equal(held[key], array) for key, array in anew.items())
    assert [entry.label for entry in later.suggester.suggest("menet")] == [
        "Menettäneiden kahvihetki",
        "Sururyhmä puolisonsa menettäneille",
    ]
    for one in (wiring, later):
        one.catalogue.close()
