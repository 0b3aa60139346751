"""Pages read in other processes: the same catalogue, and a page that kills its reader costs that page."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from app.crawling import SourceReport, crawl_sources
from app.wiring import Wiring
from config.settings import Settings
from schemas.border import content_hash
from schemas.source import Source
from tests.crawlers.site.worlds import event, html
from tests.web.misbehaving import MisbehavingServer, Reply, Request

ROOT = Path(__file__).parents[2]
PROSE = "<h1>{0}</h1><p>{0} kokoontuu tiistaisin klo 18–20 Järjestötalolla, Torikatu 1, 80100 Joensuu.</p>"
POISONED = (
    "import sys; sys.path.insert(0, sys.argv[1]); from tests.app.poisoned_reader import program; program()"
)
NAMES = ("Surukahvila", "Lukupiiri", "Boccia", "Kuoro")


@pytest.fixture
def web() -> Iterator[MisbehavingServer]:
    links = "".join(f'<a href="/ryhmat/{name}">{name}</a>' for name in NAMES)
    routes = {f"/ryhmat/{name}": html(PROSE.format(name)) for name in NAMES}
    with MisbehavingServer({"/": html(links + event("Ilta", "2030-01-02T18:00")), **routes}) as server:
        yield server


@cache
def _parts() -> dict[str, object]:
    """What depends on no test's data and takes long to make."""
    wiring = Wiring(Settings())
    return {
        name: getattr(wiring, name) for name in ("gazetteer", "county", "taxonomy", "analyser", "recogniser")
    }


def crawled(folder: Path, server: MisbehavingServer, readers: int) -> tuple[SourceReport, dict[str, str]]:
    """The report, and the catalogue: title → digest."""
    source = Source(
        name="Kaiku ry", id="kaiku", url=server.url("/"), municipality="Joensuu", allow_hosts=(server.host,),
        delay=0.0, example=True,
    )  # fmt: skip
    wiring = Wiring(Settings(data=folder, readers=readers))
    vars(wiring).update(_parts())
    try:
        (report,) = crawl_sources(wiring, [source])
        kept = {record.title.best(): content_hash(record) for record in wiring.catalogue.records()}
    finally:
        wiring.catalogue.close()
    return report, kept


def test_readers_elsewhere_read_what_is_read_here(tmp_path: Path, web: MisbehavingServer) -> None:
    _, here = crawled(tmp_path / "here", web, 0)
    report, elsewhere = crawled(tmp_path / "elsewhere", web, 2)
    assert elsewhere == here
    assert set(here) == {*NAMES, "Ilta"}
    assert report.outcome == "ok"


DEADLY = {
    "Boccia": ("kuolema", "SIGSEGV"),
    "Kuoro": ("virhe", "RecursionError"),
    "Lukupiiri": ("ikuisuus", "processor time"),
}


def test_pages_that_kill_their_reader_cost_those_pages_with_a_reason(
    tmp_path: Path, web: MisbehavingServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.page_reader._PROGRAM", POISONED)
    _, before = crawled(tmp_path, web, 2)
    for name, (word, _) in DEADLY.items():
        web.routes[f"/ryhmat/{name}"] = html(PROSE.format(f"Uusi {name}") + f"<p>{word}</p>")
    web.routes["/ryhmat/Surukahvila"] = html(PROSE.format("Uusi kahvila"))
    report, after = crawled(tmp_path, web, 2)
    assert set(after) == {*NAMES, "Ilta", "Uusi kahvila"}
    assert all(after[name] == before[name] for name in DEADLY), "what they said before stays"
    assert report.outcome == "ok"
    told = dict(report.failed)
    for name, (_, reason) in DEADLY.items():
        assert "cannot be read" in told[web.url(f"/ryhmat/{name}")]
        assert reason in told[web.url(f"/ryhmat/{name}")]


def test_a_deadly_page_is_not_read_again_until_it_changes(
    tmp_path: Path, web: MisbehavingServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.page_reader._PROGRAM", POISONED)
    web.routes["/ryhmat/Boccia"] = html(PROSE.format("Boccia") + "<p>kuolema</p>")
    first, kept = crawled(tmp_path, web, 1)
    assert "Boccia" not in kept
    assert len(first.failed) == 1
    monkeypatch.setattr("app.page_reader.Workers.call", lambda *_: pytest.fail("nothing is new"))
    again, _ = crawled(tmp_path, web, 1)
    assert again.failed == first.failed, "but it is told again"
    monkeypatch.undo()
    web.routes["/ryhmat/Boccia"] = html(PROSE.format("Boccia"))
    assert "Boccia" in crawled(tmp_path, web, 1)[1]


def test_where_no_process_can_be_started_pages_are_read_here(
    tmp_path: Path, web: MisbehavingServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.page_reader._PROGRAM", "raise SystemExit(3)")
    report, kept = crawled(tmp_path, web, 2)
    assert report.outcome == "ok"
    assert set(kept) == {*NAMES, "Ilta"}


def children(pid: int) -> set[int]:
    found: set[int] = set()
    for file in Path(f"/proc/{pid}/task").glob("*/children"):
        found |= {int(word) for word in file.read_text().split()}
    return found


@pytest.mark.parametrize("signum", [signal.SIGKILL, signal.SIGINT])
def test_no_reader_outlives_a_crawl_that_is_ended(
    tmp_path: Path, web: MisbehavingServer, signum: signal.Signals
) -> None:
    def slow(request: Request) -> Reply:
        time.sleep(0.3)
        return html(PROSE.format(f"Ryhmä {request.path[-1]}"))

    web.routes |= {f"/ryhmat/{name}": slow for name in NAMES}
    (tmp_path / "sources.toml").write_text(
        f'[[source]]\nname = "Kaiku ry"\nid = "kaiku"\nurl = "{web.url("/")}"\nmunicipality = "Joensuu"\n'
        f'allow_hosts = ["{web.host}"]\ndelay = 0.5\nexample = true\n',
        encoding="utf-8",
    )
    environment = {
        **os.environ,
        "VIERELLE_DATA": str(tmp_path),
        "VIERELLE_SOURCES": str(tmp_path / "sources.toml"),
        "VIERELLE_READERS": "2",
    }
    program = 'from app.cli import main; raise SystemExit(main(["crawl"]))'
    with subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=environment,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as crawl:
        ends = time.monotonic() + 60
        while len(web.paths) < 6 and time.monotonic() < ends:
            time.sleep(0.02)
        readers = children(crawl.pid)
        assert readers
        os.killpg(crawl.pid, signum)  # as a terminal does
        crawl.communicate(timeout=60)
        if signum is not signal.SIGKILL:
            assert crawl.returncode == 130
        ends = time.monotonic() + 20
        while any(Path(f"/proc/{pid}").exists() for pid in readers) and time.monotonic() < ends:
            time.sleep(0.02)
        assert not any(Path(f"/proc/{pid}").exists() for pid in readers)
    assert set(crawled(tmp_path, web, 0)[1]) >= {"Ilta"}, "the next crawl goes on"
