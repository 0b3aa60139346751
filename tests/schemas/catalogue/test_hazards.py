"""Crashes, full disks, damaged files, two processes: the catalogue stays whole and says what is wrong."""

import random
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy import event

from schemas.activity import Activity, Texts
from schemas.catalogue import SqlCatalogue
from schemas.catalogue.contract import Block, BlockKind, Cluster
from schemas.errors import CatalogueBusy, CatalogueError
from tests.schemas.catalogue.samples import NOW, public_ids, put, sample, samples

ROOT = Path(__file__).parents[3]


def started(module: str, url: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", f"tests.schemas.catalogue.{module}", url]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def test_a_killed_writer_leaves_one_whole_version(url: str) -> None:
    chance = random.Random(7)
    for _ in range(4):
        writer = started("writer", url)
        assert writer.stdout is not None
        with writer.stdout:
            writer.stdout.readline()
            time.sleep(chance.uniform(0.0, 0.3))
            writer.kill()
            writer.wait()
        catalogue = SqlCatalogue(url)
        recorded = [record.summary.fi for record in catalogue.records()]
        shown = [activity.summary.fi for activity in catalogue.public()]
        assert (len(recorded), len(set(recorded))) == (400, 1)
        assert (len(shown), len(set(shown))) == (400, 1)
        put(catalogue, [sample("r000")], complete=False)
        catalogue.close()


def test_a_lock_holds_between_processes_and_dies_with_its_holder(url: str) -> None:
    catalogue = SqlCatalogue(url)
    holder = started("holder", url)
    assert holder.stdout is not None
    with holder.stdout:
        holder.stdout.readline()
        with pytest.raises(CatalogueBusy, match="crawl"), catalogue.lock("crawl"):
            pass
        with catalogue.lock("index"):
            pass
        holder.kill()
        holder.wait()
    _soon_free(catalogue)
    catalogue.close()


def _soon_free(catalogue: SqlCatalogue) -> None:
    for attempt in range(100):
        try:
            with catalogue.lock("crawl"):
                return
        except CatalogueBusy:
            if attempt == 99:
                raise
            time.sleep(0.05)  # a database server needs a moment to notice that its client died


def test_a_lock_holds_between_threads_and_is_freed_by_an_error(catalogue: SqlCatalogue) -> None:
    with pytest.raises(ZeroDivisionError), catalogue.lock("crawl"):
        with pytest.raises(CatalogueBusy), catalogue.lock("crawl"):
            pass
        raise ZeroDivisionError
    with catalogue.lock("crawl"):
        pass


def test_several_openers_migrate_once(url: str) -> None:
    opened: list[SqlCatalogue] = []
    threads = [threading.Thread(target=lambda: opened.append(SqlCatalogue(url))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(opened) == 4
    for catalogue in opened:
        assert catalogue.count() == 0
        catalogue.close()


def test_readers_see_whole_states_while_a_writer_works(catalogue: SqlCatalogue) -> None:
    names = [f"r{place:03}" for place in range(100)]
    put(catalogue, samples(*names))
    catalogue.rebuild_public(now=NOW)
    done = threading.Event()
    seen: list[int] = []

    def read() -> None:
        while not done.is_set():
            seen.append(len({activity.summary.fi for activity in catalogue.public()}))

    reader = threading.Thread(target=read)
    reader.start()
    for version in range(5):
        put(catalogue, [sample(name, summary=Texts(fi=str(version))) for name in names])
        catalogue.rebuild_public(now=NOW)
    done.set()
    reader.join()
    assert set(seen) == {1}


def test_matching_sees_one_state_whatever_is_written_meanwhile(catalogue: SqlCatalogue) -> None:
    put(catalogue, samples("a", "b"))

    def match(records: Sequence[Activity]) -> tuple[Cluster, ...]:
        catalogue.block(Block(BlockKind.RECORD, "b", "asked for", NOW.date()))
        assert [record.id for record in records] == ["a", "b"]
        return ()

    catalogue.rebuild_public(match, now=NOW)
    assert public_ids(catalogue) == ["a"]


def test_a_full_disk_is_told_and_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "catalogue.sqlite"
    catalogue = SqlCatalogue.in_file(file)
    put(catalogue, samples("a"))
    engine = catalogue._database._engine

    def limit(connection: sqlite3.Connection, *_: object) -> None:
        connection.execute("PRAGMA max_page_count = 60")

    engine.dispose()
    event.listen(engine, "connect", limit)
    big = [sample(f"r{place}", description=Texts(fi="sana " * 2000)) for place in range(200)]
    with pytest.raises(CatalogueError, match="disk is full"):
        put(catalogue, big)
    assert [record.id for record in catalogue.records()] == ["a"]
    catalogue.close()


def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    file = tmp_path / "catalogue.sqlite"
    file.write_bytes(b"tama ei ole tietokanta " * 500)
    with pytest.raises(CatalogueError, match="damaged"):
        SqlCatalogue.in_file(file)


def test_a_file_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    file = tmp_path / "catalogue.sqlite"
    SqlCatalogue.in_file(file).close()
    catalogue = SqlCatalogue(f"sqlite:///file:{file}?mode=ro&uri=true")
    assert public_ids(catalogue) == []
    with pytest.raises(CatalogueError, match="may not be written"):
        put(catalogue, samples("a"))
    catalogue.close()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CatalogueError):
        SqlCatalogue.in_file(tmp_path / "file" / "catalogue.sqlite")


@pytest.mark.parametrize("address", ["", "ei ole", "oracle9://x/y"])
def test_a_strange_address_is_told(address: str) -> None:
    with pytest.raises(CatalogueError):
        SqlCatalogue(address)


def test_a_server_that_does_not_answer_is_told() -> None:
    with pytest.raises(CatalogueError):
        SqlCatalogue("postgresql+psycopg://nobody@127.0.0.1:1/x?connect_timeout=2")


def test_a_writer_that_waits_too_long_is_told(tmp_path: Path) -> None:
    file = tmp_path / "catalogue.sqlite"
    catalogue = SqlCatalogue(f"sqlite:///{file}", wait=0.1)
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(CatalogueBusy, match="try again"):
        put(catalogue, samples("a"))
    other.close()
    assert put(catalogue, samples("a")).new == ("a",)
    catalogue.close()


def test_the_parent_folder_is_made(tmp_path: Path) -> None:
    catalogue = SqlCatalogue.in_file(tmp_path / "new" / "folder" / "catalogue.sqlite")
    assert catalogue.count() == 0
    catalogue.close()
