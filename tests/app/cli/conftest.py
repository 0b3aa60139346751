"""An own folder and a fixed day for each test of a command, and the records of one group in two sources."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from app.cli import main
from app.cli.output import wired
from app.wiring import Wiring
from config.settings import Settings, read_settings
from schemas.activity import Activity, Channel, Contact, Organisation, Place, Provenance, Texts
from schemas.catalogue.contract import ChangeReport
from schemas.codes import ChannelType, ContactType, Frequency, SourceKind
from schemas.schedule import Schedule, Weekday

NOW = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)
KINDS = {"oma": SourceKind.SITE, "lahella": SourceKind.LAHELLA}

Run = Callable[..., str]
"""`run("block", "list", code=0)`: runs a command, checks its exit code, gives its output."""


SHARED = ("gazetteer", "county", "taxonomy", "analyser", "lexicon", "recogniser", "background", "_meaning")
"""Parts that depend on no test's data and take long to make."""


@pytest.fixture(scope="session")
def parts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    wiring = Wiring(read_settings({"VIERELLE_DATA": str(tmp_path_factory.mktemp("shared"))}))
    return {name: getattr(wiring, name) for name in SHARED}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, parts: dict[str, object]) -> Path:
    monkeypatch.setenv("VIERELLE_DATA", str(tmp_path))
    monkeypatch.setenv("VIERELLE_TODAY", "2026-11-21")
    monkeypatch.setenv("VIERELLE_READERS", "0")

    def with_parts(settings: Settings) -> Wiring:
        wiring = Wiring(settings)
        vars(wiring).update(parts)
        return wiring

    monkeypatch.setattr("app.wiring.Wiring", with_parts)
    return tmp_path


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], folder: Path) -> Run:
    def command(*words: str, code: int = 0) -> str:
        capsys.readouterr()
        assert main(list(words)) == code
        return capsys.readouterr().out

    return command


def record(source: str, **changes: object) -> Activity:
    """The memory café as `source` tells of it."""
    tuesday = Schedule(Frequency.WEEKLY, start_time=dt.time(13), weekdays=(Weekday(1),))
    place = Place(street="Torikatu 1", city="Joensuu", municipality="167")
    made = Activity(
        id=f"{source}-kahvila",
        kind=None,
        title=Texts("Muistikahvila Ilona"),
        summary=Texts(f"Kahvila {source}. Kysy lisää: 050 000 0101 tai ilona@muisti.example.fi."),
        organisation=Organisation("Joensuun Muisti ry", "1234567-1"),
        channels=(Channel(ChannelType.PLACE, place=place, schedules=(tuesday,)),),
        contacts=(
            Contact(ContactType.PHONE, "050 000 0101"),
            Contact(ContactType.EMAIL, "ilona@muisti.example.fi"),
        ),
        provenance=(
            Provenance(source, KINDS[source], "kahvila", NOW, url=f"https://{source}.example.fi/kahvila"),
        ),
    )
    return msgspec.structs.replace(made, **changes)


def crawl(*sources: str) -> ChangeReport:
    """Put what the sources say into the catalogue, as a crawl does; the last one's report."""
    catalogue = wired().catalogue
    for source in sources:
        report = catalogue.replace(source, KINDS[source], [record(source)], complete=True, now=NOW)
    catalogue.close()
    return report


def found(run: Run, *words: str) -> list[str]:
    """Ids that a search finds, sorted."""
    answer = msgspec.json.decode(run("search", *words, "--json"))
    return sorted(hit["id"] for hit in answer["hits"])
