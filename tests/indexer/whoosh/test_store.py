"""The store: switches are whole, damage is told, nothing half-built answers."""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from indexer.backend import EngineQuery, FieldSpec, IndexDocument, SearchBackend, TermClause, WordClause
from indexer.whoosh import manifest, part
from indexer.whoosh.store import WhooshStore
from schemas.errors import IndexMismatch, SearchUnavailable
from tests.indexer.engine_samples import FIELDS

ROOT = Path(__file__).parents[3]
ASKED = EngineQuery(clauses=(WordClause((TermClause("title", "suru"),)),), facets=("kind",), limit=5)


def made(count: int, kind: str = "course") -> list[IndexDocument]:
    return [
        IndexDocument(f"d{n}", {"title": ["suru", kind]}, {"kind": [kind]}, f'"{kind}"'.encode())
        for n in range(count)
    ]


@pytest.fixture
def store(tmp_path: Path) -> WhooshStore:
    return WhooshStore(tmp_path / "index", FIELDS)


def waited(told: Callable[[], bool]) -> bool:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        if told():
            return True
        time.sleep(0.01)
    return False


def files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def test_without_an_index_there_is_no_empty_answer(store: WhooshStore) -> None:
    with pytest.raises(SearchUnavailable, match="vierelle index"):
        store.current()
    assert store.versions() == {}


def test_an_empty_index_is_an_answer(store: WhooshStore) -> None:
    store.build([], {})
    assert store.current().search(ASKED).total == 0


def test_readers_see_one_generation_whole_while_others_are_built(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    writer, reader = WhooshStore(folder, FIELDS), WhooshStore(folder, FIELDS)
    writer.build(made(1, "k1"), {})
    done = threading.Event()

    def read() -> set[int]:
        seen = set()
        while not done.is_set():
            backend = reader.current()
            found = backend.search(ASKED)
            assert dict(found.facets["kind"]) == {f"k{found.total}": found.total}
            assert set(backend.stored([hit.doc for hit in found.hits])) == {f'"k{found.total}"'.encode()}
            seen.add(found.total)
        return seen

    with ThreadPoolExecutor(4) as pool:
        readers = [pool.submit(read) for _ in range(4)]
        for count in range(2, 12):
            writer.build(made(count, f"k{count}"), {})
        last = waited(lambda: reader.current().size == 11)
        done.set()
        seen = set[int]().union(*(future.result() for future in readers))
    assert last
    assert seen <= set(range(1, 12)) and len(seen) > 1


def test_a_new_generation_takes_over_in_a_running_process_warm(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    reader = WhooshStore(folder, FIELDS)
    WhooshStore(folder, FIELDS).build(made(3), {})
    reader.current().search(ASKED)
    WhooshStore(folder, FIELDS).build(made(4), {})
    assert reader.current().size == 3, "the old one answers until the new one is ready"
    assert waited(lambda: reader.current().size == 4)
    assert ("title", "suru") in reader.current().held()


def test_a_held_generation_answers_after_newer_builds_removed_its_files(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    reader = WhooshStore(folder, FIELDS)
    WhooshStore(folder, FIELDS).build(made(3), {})
    held = reader.current()
    for count in (4, 5, 6):
        WhooshStore(folder, FIELDS).build(made(count), {})
    by_name = EngineQuery(sort="name", limit=5)
    assert held.search(ASKED).total == held.search(by_name).total == 3
    assert held.stored([0]) == (b'"course"',)
    assert dict(held.vocabulary("title")) == {"suru": 3, "course": 3}


def test_the_last_two_generations_are_kept_and_no_part_without_use(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    store = WhooshStore(folder, FIELDS)
    names = [store.build(made(count), {}) for count in (1, 2, 3)]
    names.append(store.update(made(1, "new"), ["d2"], {}))
    assert sorted(path.stem for path in (folder / "generations").glob("*.json")) == sorted(names[-2:])
    assert len(list((folder / "parts").iterdir())) == 2, "the update's part and the one it stands on"
    assert store.current().size == 2


@pytest.mark.parametrize("damage", [b"", b"\x00\xffgarbage", b"20990101T000000"])
def test_a_damaged_pointer_is_told(tmp_path: Path, damage: bytes) -> None:
    folder = tmp_path / "index"
    WhooshStore(folder, FIELDS).build(made(2), {})
    (folder / "current").write_bytes(damage)
    with pytest.raises(SearchUnavailable, match="index"):
        WhooshStore(folder, FIELDS).current()


def test_an_untouched_file_is_trusted_and_a_copied_one_is_compared_with_its_sum(tmp_path: Path) -> None:
    folder, copy = tmp_path / "index", tmp_path / "copy"
    WhooshStore(folder, FIELDS).build(made(30), {})
    shutil.copytree(folder, copy)
    assert WhooshStore(copy, FIELDS).current().search(ASKED).total == 30
    file = next(copy.rglob("part.tables"))
    kept = file.stat()
    file.write_bytes(file.read_bytes()[:-1] + b"!")
    os.utime(file, ns=(kept.st_atime_ns, kept.st_mtime_ns))
    with pytest.raises(SearchUnavailable, match="damaged"):
        WhooshStore(copy, FIELDS).current()


def test_after_a_new_start_of_the_machine_every_file_is_compared_with_its_sum(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    WhooshStore(tmp_path, FIELDS).build(made(3), {})
    compared: list[Path] = []
    checksum = part._checksum

    def counted(path: Path) -> int:
        compared.append(path)
        return checksum(path)

    monkeypatch.setattr(part, "_checksum", counted)
    WhooshStore(tmp_path, FIELDS).current()
    assert compared == []
    monkeypatch.setattr(manifest, "this_boot", lambda: "another")
    WhooshStore(tmp_path, FIELDS).current()
    assert {"part.tables", "stored.bin"} <= {path.name for path in compared}


def test_what_is_derived_of_a_generation_is_made_when_it_is_built(tmp_path: Path) -> None:
    asked: list[tuple[int, int | None]] = []

    def sizes(
        backend: SearchBackend, before: Mapping[str, NDArray[np.int64]] | None
    ) -> dict[str, NDArray[np.int64]]:
        asked.append((backend.size, before["size"].tolist()[0] if before else None))
        return {"size": np.array([backend.size])}

    def opened() -> WhooshStore:
        return WhooshStore(tmp_path / "index", FIELDS, derive={"sizes": sizes})

    opened().build(made(3), {})
    opened().update(made(4)[3:], ["d0", "d1"], {})
    backend = opened().current()
    found = backend.derived("sizes")
    assert found is not None and found["size"].tolist() == [2]
    assert backend.derived("others") is None
    assert asked == [(3, None), (2, 3)]


def test_damaged_tables_of_the_generation_before_save_no_work(tmp_path: Path) -> None:
    given: list[object] = []

    def noted(backend: SearchBackend, before: Mapping[str, NDArray[Any]] | None) -> dict[str, NDArray[Any]]:
        given.append(before)
        return {"size": np.array([backend.size])}

    def opened() -> WhooshStore:
        return WhooshStore(tmp_path, FIELDS, derive={"sizes": noted})

    name = opened().build(made(3), {})
    path = tmp_path / "generations" / f"{name}.tables"
    path.write_bytes(path.read_bytes()[:-9] + bytes(9))
    opened().update(made(4)[3:], ["d0"], {})
    assert given == [None, None]
    assert opened().current().search(ASKED).total == 3


def test_a_damaged_manifest_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    name = WhooshStore(folder, FIELDS).build(made(2), {})
    path = folder / "generations" / f"{name}.json"
    path.write_bytes(path.read_bytes().replace(b'"size":2', b'"size":3'))
    with pytest.raises(SearchUnavailable, match="damaged"):
        WhooshStore(folder, FIELDS).current()


def test_any_damaged_or_missing_file_of_a_part_is_told_and_a_new_build_heals(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    WhooshStore(folder, FIELDS).build(made(30), {})
    written = [*files(folder / "parts"), *(folder / "generations").glob("*.tables")]
    for path in [entry for entry in written if entry.stat().st_size]:
        whole = path.read_bytes()
        middle = len(whole) // 2
        for broken in (whole[:middle], whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :]):
            path.write_bytes(broken)
            with pytest.raises(SearchUnavailable, match=r"cannot be read.*vierelle index"):
                WhooshStore(folder, FIELDS).current()
        path.unlink()
        with pytest.raises(SearchUnavailable, match=r"cannot be read.*vierelle index"):
            WhooshStore(folder, FIELDS).current()
        path.write_bytes(whole)
    next(files(folder / "parts")).unlink()
    healed = WhooshStore(folder, FIELDS)
    healed.build(made(4), {})
    assert healed.current().search(ASKED).total == 4


def test_a_running_process_refuses_a_broken_generation_and_goes_on(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    reader = WhooshStore(folder, FIELDS)
    WhooshStore(folder, FIELDS).build(made(3), {})
    assert reader.current().size == 3
    name = WhooshStore(folder, FIELDS).build(made(4), {})
    (folder / "generations" / f"{name}.json").write_bytes(b"{}")
    for _ in range(20):
        assert reader.current().search(ASKED).total == 3
        time.sleep(0.01)
    WhooshStore(folder, FIELDS).build(made(5), {})
    assert waited(lambda: reader.current().size == 5)


def test_other_versions_and_other_fields_are_no_index_of_ours(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    WhooshStore(folder, FIELDS, {"analyser": "1"}).build(made(2), {"analyser": "1", "day": "2026-03-02"})
    assert WhooshStore(folder, FIELDS, {"analyser": "1"}).current().size == 2
    with pytest.raises(IndexMismatch):
        WhooshStore(folder, FIELDS, {"analyser": "2"}).current()
    with pytest.raises(IndexMismatch):
        WhooshStore(folder, (*FIELDS, FieldSpec("more")), {"analyser": "1"}).current()
    with pytest.raises(IndexMismatch):
        WhooshStore(folder, (FieldSpec("title", b=0.1), FIELDS[1]), {"analyser": "1"}).current()


def test_an_update_without_a_base_asks_for_a_full_build(store: WhooshStore) -> None:
    with pytest.raises(SearchUnavailable):
        store.update(made(1), [], {})


def test_so_many_changes_that_a_full_build_pays_are_told(store: WhooshStore) -> None:
    store.build(made(10), {})
    store.update(made(4, "new"), [], {})
    with pytest.raises(SearchUnavailable, match="anew"):
        store.update(made(1), [], {})


def test_two_builders_at_once_do_not_disturb_each_other(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    one, other = WhooshStore(folder, FIELDS), WhooshStore(folder, FIELDS)
    one.build(made(2), {})
    refused = []

    def slowly() -> Iterator[IndexDocument]:
        yield from made(3)
        with pytest.raises(SearchUnavailable, match="being built already") as error:
            other.build(made(9), {})
        refused.append(error.value)

    one.build(slowly(), {})
    assert len(refused) == 1
    assert other.current().size == 3


def test_a_build_whose_documents_fail_leaves_the_old_generation_and_no_part(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    store = WhooshStore(folder, FIELDS)
    store.build(made(2), {})

    def failing() -> Iterator[IndexDocument]:
        yield from made(3)
        raise ValueError("the catalogue broke")

    with pytest.raises(ValueError, match="catalogue"):
        store.build(failing(), {})
    assert WhooshStore(folder, FIELDS).current().size == 2
    assert len(list((folder / "parts").iterdir())) == 1


_CHILD = """
import resource, sys, time
from pathlib import Path
from indexer.whoosh.store import WhooshStore
from tests.indexer.engine_samples import FIELDS
from tests.indexer.whoosh.test_store import made

def documents():
    yield from made(300)
    if sys.argv[2] == "hang":
        print("busy", flush=True)
        time.sleep(60)

if sys.argv[2] == "full":
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
WhooshStore(Path(sys.argv[1]), FIELDS).build(documents(), {})
"""


def child(folder: Path, how: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", _CHILD, str(folder), how],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_killed_build_leaves_the_old_generation_and_the_next_one_cleans_up(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    store = WhooshStore(folder, FIELDS)
    store.build(made(2), {})
    with child(folder, "hang") as busy:
        assert busy.stdout is not None and busy.stdout.readline() == "busy\n"
        with pytest.raises(SearchUnavailable, match="being built already"):
            store.build(made(1), {})
        busy.send_signal(signal.SIGKILL)
        busy.communicate()
    assert WhooshStore(folder, FIELDS).current().size == 2
    assert len(list((folder / "parts").iterdir())) == 2, "what the killed one left"
    store.build(made(5), {})
    assert store.current().size == 5
    assert len(list((folder / "parts").iterdir())) == 2, "the new part and the one before"


def test_a_full_disk_is_told_and_leaves_the_old_generation(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    WhooshStore(folder, FIELDS).build(made(2), {})
    with child(folder, "full") as limited:
        _, told = limited.communicate()
    assert limited.returncode != 0
    assert "SearchUnavailable: the index cannot be written" in told
    assert WhooshStore(folder, FIELDS).current().size == 2
    assert len(list((folder / "parts").iterdir())) == 1


def test_many_threads_open_the_index_once(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    WhooshStore(folder, FIELDS).build(made(3), {})
    store = WhooshStore(folder, FIELDS)
    with ThreadPoolExecutor(8) as pool:
        opened = set(pool.map(lambda _: id(store.current()), range(40)))
    assert len(opened) == 1


@pytest.mark.parametrize("damage", ["truncated", "overwritten"])
@pytest.mark.parametrize("name", ["stored.bin", "*.pst", "part.tables", "2*.tables"])
def test_damage_below_an_open_index_is_told_and_a_new_build_heals(
    tmp_path: Path, name: str, damage: str
) -> None:
    store = WhooshStore(tmp_path / "index", FIELDS)
    store.build(made(400), {})
    assert store.current().search(ASKED).total == 400
    file = next((tmp_path / "index").rglob(name))
    content = b"" if damage == "truncated" else os.urandom(file.stat().st_size)
    file.write_bytes(content)
    for _ in range(3):
        with pytest.raises(SearchUnavailable, match="vierelle index"):
            store.current()
    WhooshStore(tmp_path / "index", FIELDS).build(made(3), {})
    assert waited(lambda: store.current().size == 3)
