"""The matcher that remembers: the same view whatever became of its file."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.matching import KeepingMatcher, made_by
from crawlers.matching import ActivityMatcher
from schemas.activity import Activity, Contact, Organisation, Provenance, Texts
from schemas.catalogue import SqlCatalogue
from schemas.codes import ContactType, SourceKind
from schemas.merge import merge
from tests.schemas.catalogue.samples import NOW

KINDS = {"oma": SourceKind.SITE, "ptv": SourceKind.PTV}


def record(source: str, name: str, title: str = "Muistikahvila Ilona") -> Activity:
    return Activity(
        id=f"{source}-{name}",
        kind=None,
        title=Texts(title),
        organisation=Organisation("Muisti ry"),
        contacts=(Contact(ContactType.PHONE, "050 000 0101"),),
        provenance=(Provenance(source, KINDS[source], name, NOW),),
    )


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[SqlCatalogue]:
    made = SqlCatalogue.in_file(tmp_path / "catalogue.sqlite")
    for source in KINDS:
        put(made, source, record(source, "ilona"), record(source, "kuoro", f"{source.title()}kuoro"))
    yield made
    made.close()


def put(catalogue: SqlCatalogue, source: str, *found: Activity) -> None:
    catalogue.replace(source, KINDS[source], found, complete=True, now=NOW)


def shown(catalogue: SqlCatalogue, file: Path, version: str = "1") -> list[str]:
    """The public ids after a rebuild in a new process."""
    match = KeepingMatcher(ActivityMatcher(lambda word: (word.casefold(),)), version, file)
    catalogue.rebuild_public(match, merge, now=NOW)
    return [activity.id for activity in catalogue.public()]


ONE = ["oma-ilona", "oma-kuoro", "ptv-kuoro"]


def test_a_merge_undone_by_a_person_stays_undone_while_other_records_change(
    catalogue: SqlCatalogue, tmp_path: Path
) -> None:
    file = tmp_path / "matching"
    assert shown(catalogue, file) == ONE
    catalogue.undo_merge("oma-ilona", "ptv-ilona", now=NOW)
    assert shown(catalogue, file) == ["oma-ilona", "oma-kuoro", "ptv-ilona", "ptv-kuoro"]
    put(catalogue, "oma", record("oma", "ilona"), record("oma", "kuoro", "Mieskuoro"))
    assert shown(catalogue, file) == ["oma-ilona", "oma-kuoro", "ptv-ilona", "ptv-kuoro"]
    put(catalogue, "oma", record("oma", "ilona", "Ilona, muistikahvila"), record("oma", "kuoro", "Mieskuoro"))
    assert shown(catalogue, file) == ["oma-ilona", "oma-kuoro", "ptv-ilona", "ptv-kuoro"]


def test_a_record_that_no_longer_says_the_same_leaves_its_cluster(
    catalogue: SqlCatalogue, tmp_path: Path
) -> None:
    file = tmp_path / "matching"
    assert shown(catalogue, file) == ONE
    put(catalogue, "ptv", record("ptv", "ilona", "Tansseja torstaisin"), record("ptv", "kuoro", "Ptvkuoro"))
    assert len(shown(catalogue, file)) == 4
    put(catalogue, "ptv", record("ptv", "ilona"), record("ptv", "kuoro", "Ptvkuoro"))
    assert shown(catalogue, file) == ONE


@pytest.mark.parametrize("damage", [b"", b"\x00", b"not what we wrote at all", None])
def test_a_damaged_file_is_made_anew(catalogue: SqlCatalogue, tmp_path: Path, damage: bytes | None) -> None:
    file = tmp_path / "matching"
    shown(catalogue, file)
    good = file.read_bytes()
    file.write_bytes(good[:-20] + b"x" * 20 if damage is None else damage)
    assert shown(catalogue, file) == ONE
    assert file.read_bytes() == good


def test_verdicts_of_another_version_are_not_believed(catalogue: SqlCatalogue, tmp_path: Path) -> None:
    file = tmp_path / "matching"
    shown(catalogue, file, "1")
    before = file.read_bytes()
    assert shown(catalogue, file, "2") == ONE
    assert file.read_bytes() != before


def test_a_file_that_cannot_be_written_stops_nothing(catalogue: SqlCatalogue, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert shown(catalogue, tmp_path / "file" / "matching") == ONE


def test_the_version_names_rules_words_and_places(tmp_path: Path) -> None:
    (tmp_path / "towns.json").write_text("[]")
    one = made_by("finnish 2", tmp_path)
    (tmp_path / "towns.json").write_text("[1]")
    assert len({one, made_by("finnish 2", tmp_path), made_by("finnish 3", tmp_path)}) == 3
