"""Documents made by several processes: the same ones, whatever happens to a process."""

import datetime as dt
import gc
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path

import msgspec
import pytest

from app.wiring import Wiring
from config.settings import Settings, read_settings
from indexer import workers
from indexer.backend import IndexDocument, Vector
from indexer.documents import FIELDS, Reader, documents
from indexer.whoosh.store import WhooshStore
from indexer.workers import collecting_seldom, spread
from schemas.activity import Activity
from schemas.border import minimal_activity
from schemas.errors import ConfigurationError, SearchUnavailable

TITLES = (
    "Omaishoitajan olohuone",
    "Muistikahvila läheisille",
    "Samtalsgrupp för ensamma",
    "A weekly circle for students who feel lonely",
    "Mielenterveys- ja päihdekuntoutujien vertaisryhmä",
    "Kehitysvammaisten lasten vanhemmat",
)
NOW = dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC)
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wiring(tmp_path_factory: pytest.TempPathFactory) -> Wiring:
    settings = read_settings({"VIERELLE_TODAY": "2026-11-20"})
    return Wiring(replace(settings, data=tmp_path_factory.mktemp("workers")))


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes pay from the first activities on, and carry a few at a time."""
    for name, value in (("_WORTH_FORKING", 4), ("_WORTH_STARTING", 4), ("_CHUNK", 3)):
        monkeypatch.setattr(workers, name, value)


def activities(wiring: Wiring, count: int) -> Iterator[Activity]:
    for number in range(count):
        entry = {
            "id": f"a{number:03}",
            "title": f"{TITLES[number % len(TITLES)]} {number}",
            "summary": "Kahvia ja vertaistukea yksinäisille, surun kohdanneille ja heidän läheisilleen.",
            "municipalities": [["167"], ["422", "276"], []][number % 3],
            "organisation": "Esimerkki ry",
        }
        yield minimal_activity(entry, wiring.municipality, "test", NOW)


def reader_of(settings: Settings) -> Reader:
    return Wiring(settings).document_reader


def refusing(settings: Settings) -> Reader:
    raise ConfigurationError(f"nothing to read with below {settings.data}")


def made(
    wiring: Wiring, count: int, processes: int = 2, way: str = "fork", **changes: object
) -> list[object]:
    reader = msgspec.structs.replace(wiring.document_reader, **changes)
    found: Iterator[tuple[IndexDocument, ...]] = spread(
        activities(wiring, count),
        reader,
        wiring.settings.now().date(),
        tuple,
        processes=processes,
        recipe=partial(reader_of, wiring.settings),
        context=multiprocessing.get_context(way),
    )
    return [comparable(entry) for some in found for entry in some]


def comparable(entry: IndexDocument) -> object:
    vector = None if entry.vector is None else entry.vector.tobytes()
    return msgspec.structs.asdict(entry) | {"vector": vector}


@pytest.mark.parametrize("way", ["fork", "spawn"])
def test_processes_make_the_same_documents_in_the_same_order(wiring: Wiring, way: str) -> None:
    alone = documents(activities(wiring, 40), wiring.document_reader, wiring.settings.now().date())
    assert made(wiring, 40, way=way) == [comparable(entry) for entry in alone]
    assert multiprocessing.active_children() == []


@pytest.mark.parametrize(("processes", "count"), [(1, 20), (2, 3)])
def test_one_process_or_few_activities_start_none(
    wiring: Wiring, monkeypatch: pytest.MonkeyPatch, processes: int, count: int
) -> None:
    monkeypatch.setattr(workers, "ProcessPoolExecutor", None)  # using it would fail
    assert len(made(wiring, count, processes)) == count


def test_where_no_process_can_be_started_this_one_does_it_alone(
    wiring: Wiring, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise OSError("no semaphores here")

    monkeypatch.setattr(workers, "ProcessPoolExecutor", refused)
    assert len(made(wiring, 20)) == 20


def test_a_process_that_dies_is_told_and_the_old_index_answers_on(wiring: Wiring, tmp_path: Path) -> None:
    here = os.getpid()

    def killed(texts: Sequence[Sequence[str]]) -> list[Vector | None]:
        if os.getpid() != here and any("muistikahvila" in words for words in texts):
            os.kill(os.getpid(), signal.SIGKILL)
        return [None for _ in texts]

    store = WhooshStore(tmp_path, FIELDS)
    today = wiring.settings.now().date()
    before = store.build(documents(activities(wiring, 3), wiring.document_reader, today), {})
    found = spread(
        activities(wiring, 30),
        msgspec.structs.replace(wiring.document_reader, vectors=killed),
        today,
        store.packer,
        processes=2,
        recipe=partial(reader_of, wiring.settings),
        context=multiprocessing.get_context("fork"),
    )
    with closing(found), pytest.raises(SearchUnavailable, match=r"died.*VIERELLE_INDEX_PROCESSES"):
        store.build_packed(found, {})
    assert (store.current().generation, store.current().size) == (before, 3)
    assert len(list((tmp_path / "parts").iterdir())) == 1
    assert multiprocessing.active_children() == []
    store.build(documents(activities(wiring, 30), wiring.document_reader, today), {})
    assert store.current().size == 30


def test_an_error_in_a_process_is_told_as_itself(wiring: Wiring) -> None:
    def broken(texts: Sequence[Sequence[str]]) -> list[Vector | None]:
        raise ConfigurationError("the meaning table is gone")

    with pytest.raises(ConfigurationError, match="meaning table is gone"):
        made(wiring, 20, vectors=broken)
    found: Iterator[tuple[IndexDocument, ...]] = spread(
        activities(wiring, 20),
        wiring.document_reader,
        wiring.settings.now().date(),
        tuple,
        processes=2,
        recipe=partial(refusing, wiring.settings),
        context=multiprocessing.get_context("spawn"),
    )
    with pytest.raises(ConfigurationError, match="nothing to read with"):
        list(found)


def test_only_a_few_chunks_are_read_ahead(wiring: Wiring) -> None:
    read = 0

    def counted() -> Iterator[Activity]:
        nonlocal read
        for entry in activities(wiring, 500):
            read += 1
            yield entry

    found: Generator[tuple[IndexDocument, ...], None, None] = spread(
        counted(),
        wiring.document_reader,
        wiring.settings.now().date(),
        tuple,
        processes=2,
        recipe=partial(reader_of, wiring.settings),
        context=multiprocessing.get_context("fork"),
    )
    with closing(found):
        for given, _ in enumerate(chain.from_iterable(found)):
            assert read <= given + 2 * 3 * 3 + 4  # processes × chunks × activities, and those looked at first
            if given == 100:
                break
    assert multiprocessing.active_children() == []


def test_processes_are_copied_only_while_no_other_thread_runs() -> None:
    wait = threading.Event()
    thread = threading.Thread(target=wait.wait)
    thread.start()
    try:
        assert workers._context().get_start_method() == "spawn"
    finally:
        wait.set()
        thread.join()


ORPHANS = """
import os, signal, sys, time
from datetime import date
from indexer import workers
from tests.indexer import test_workers as here
from app.wiring import Wiring
from config.settings import read_settings
from pathlib import Path
from dataclasses import replace
import multiprocessing
workers._WORTH_FORKING, workers._CHUNK = 4, 3
wiring = Wiring(replace(read_settings({}), data=Path(sys.argv[1])))
found = workers.spread(here.activities(wiring, 100_000), wiring.document_reader, date(2026, 11, 20), tuple,
    processes=2, recipe=lambda: wiring.document_reader, context=multiprocessing.get_context("fork"))
next(found)
print(*(child.pid for child in multiprocessing.active_children()), flush=True)
time.sleep(60)
"""


def test_a_killed_builder_leaves_no_process_behind(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", ORPHANS, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as builder:
        assert builder.stdout is not None
        children = [int(number) for number in builder.stdout.readline().split()]
        assert len(children) == 2
        builder.kill()
        builder.wait()
    until = time.monotonic() + 30
    while not all(map(_ended, children)):
        assert time.monotonic() < until, "the processes live on"
        time.sleep(0.05)


def _ended(process: int) -> bool:
    """Gone, or dead and only not yet waited for by the system."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def test_words_that_a_process_analysed_are_known_where_the_documents_arrive(wiring: Wiring) -> None:
    fresh = Wiring(wiring.settings)
    assert made(fresh, 700) == made(fresh, 700, processes=1)
    anew = Wiring(wiring.settings)
    made(anew, 700)
    learned = len(anew.analyser.met())
    made(anew, 700, processes=1)
    assert learned > 0
    assert len(anew.analyser.met()) == learned


def test_the_collector_works_as_before_once_a_build_has_ended_or_failed() -> None:
    before = gc.get_threshold()
    with pytest.raises(SearchUnavailable), collecting_seldom():
        assert gc.get_threshold() != before
        raise SearchUnavailable("the disk is full")
    assert gc.get_threshold() == before
