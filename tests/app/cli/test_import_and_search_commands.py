"""Import, search, show, export and index as a person at a terminal meets them."""

import errno
import json
from pathlib import Path
from typing import IO

import pytest

from app.cli import EXIT_CODES, main
from app.cli.output import wired
from config.settings import HERE
from indexer.lexicon import load_lexicon
from indexer.whoosh.manifest import Files
from schemas.taxonomy import load_taxonomy
from tests.app.cli.conftest import Run

LINES = (
    '{"id": "r1", "title": "Yksinäisten kahvila", "municipalities": ["Lieksassa"], "needs": ["yksinaisyys"]}',
    '{"id": "r2", "title": "Sururyhmä", "municipalities": "167", "kind": "peer group", "url": "https://a.example.fi/"}',
    '{"id": "r 3", "title": "Väli tunnuksessa"}',
    '{"id": "r4", "title": "Väärä kunta", "municipalities": ["Atlantis"]}',
    '{"id": "r1", "title": "Sama tunnus"}',
    "ei json",
)


def written(folder: Path, *lines: str) -> str:
    file = folder / "records.jsonl"
    file.write_bytes(b"\xef\xbb\xbf" + "\r\n".join(lines).encode())
    return str(file)


def test_bad_lines_are_told_with_number_and_reason_and_the_good_ones_are_found(
    run: Run, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", written(folder, *LINES)]) == 5
    told = capsys.readouterr()
    bad = {int(line.split()[1][:-1]): line for line in told.err.splitlines() if line.startswith("line ")}
    assert list(bad) == [3, 4, 5, 6]
    assert "no spaces" in bad[3] and "Atlantis" in bad[4] and "line 1 already" in bad[5] and "JSON" in bad[6]
    assert "2 new" in told.out and "4 bad lines" in told.out
    answer = json.loads(run("search", "yksinäisyyteen apua", "--municipality", "lieksassa", "--json"))
    assert {"query", "interpretation", "total", "hits", "facets"} <= set(answer)
    assert answer["query"] == "yksinäisyyteen apua"
    hit = answer["hits"][0]
    assert hit["id"] == "r1"
    assert {"id", "title", "organisation", "municipalities", "score"} <= set(hit)


def test_a_misspelt_key_is_told_with_those_that_are_known(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = ('{"id": "r1", "title": "Kahvila", "municipality": "Lieksa"}', '{"id": "r2", "title": "Ilta"}')
    assert main(["import", "--no-index", written(folder, *lines)]) == 0
    (told,) = capsys.readouterr().err.splitlines()
    assert "'municipality' (1×)" in told and " municipalities, " in told


def test_what_was_exported_is_imported_elsewhere_as_it_was(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def exported(name: str) -> list[dict[str, object]]:
        run("export", "--output", str(folder / name))
        records = [json.loads(line) for line in (folder / name).read_bytes().splitlines()]
        return [{key: value for key, value in record.items() if key != "freshness"} for record in records]

    run("import", written(folder, *LINES[:2]), "--no-index")
    before = exported("before.jsonl")
    monkeypatch.setenv("VIERELLE_DATA", str(folder / "new"))
    run("import", str(folder / "before.jsonl"), "--no-index")
    assert exported("after.jsonl") == before
    assert [record["id"] for record in before] == ["r1", "r2"]
    assert "Sururyhmä" in run("show", "r2")


def test_an_export_is_made_for_people_and_for_other_directories(run: Run, folder: Path) -> None:
    run("import", written(folder, *LINES[:2]), "--no-index")
    table = run("export", "--format", "excel")
    assert table.startswith("\ufeffid;kind;") and ";Lieksa;" in table and ";422;" not in table
    assert ",422," in run("export", "--format", "csv")
    services = [json.loads(line) for line in run("export", "--format", "hsds").splitlines()]
    assert [service["name"] for service in services] == ["Yksinäisten kahvila", "Sururyhmä"]


def test_an_export_that_fails_leaves_the_one_before_whole(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(activities: object, stream: IO[bytes]) -> int:
        stream.write(b'{"id"')
        raise OSError(errno.ENOSPC, "No space left on device")

    place = folder / "all.jsonl"
    run("import", written(folder, *LINES[:2]), "--no-index")
    run("export", "--output", str(place))
    before = place.read_bytes()
    files = set(folder.iterdir())
    monkeypatch.setattr("schemas.exports.write_jsonl", full)
    run("export", "--output", str(place), code=1)
    assert (place.read_bytes(), set(folder.iterdir())) == (before, files)


def test_show_finds_what_came_after_the_last_index(run: Run, folder: Path) -> None:
    run("import", written(folder, *LINES[:1]))
    run("import", written(folder, *LINES[:2]), "--no-index")
    assert "Sururyhmä" in run("show", "r2")


def test_a_second_index_with_nothing_changed_writes_nothing(run: Run, folder: Path) -> None:
    run("import", written(folder, *LINES[:2]))
    assert "0 written" in run("index")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("search", "suru", "--municipality", "Atlantis"), 2),
        (("search", "suru", "--need", "ei-ole"), 2),
        (("search", "suru"), 6),
        (("show", "ei-ole"), 3),
        (("crawl", "--source", "ei-ole"), 3),
        (("import", "ei-ole.jsonl"), 2),
        (("crawl",), 0),
    ],
)
def test_exit_codes_say_what_went_wrong(run: Run, words: tuple[str, ...], code: int) -> None:
    run(*words, code=code)
    assert code in EXIT_CODES


def test_search_says_that_there_is_no_index_rather_than_no_results(
    run: Run, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for before in ((), ("import", written(folder, *LINES[:2]), "--no-index")):
        if before:
            run(*before)
        assert main(["search", "suru"]) == 6
        told = capsys.readouterr()
        assert told.out == "" and "no index yet: run `vierelle index`" in told.err


def test_search_answers_from_the_old_index_while_another_process_builds(
    run: Run, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("import", written(folder, *LINES[:2]))
    with Files(folder / "index").building():
        assert json.loads(run("search", "suru", "--json"))["hits"][0]["id"] == "r2"
        capsys.readouterr()
        assert main(["index", "--full"]) == 6
        assert "is being built already" in capsys.readouterr().err
    assert "built anew" in run("index", "--full")


def test_an_index_of_another_version_is_told_and_made_anew(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run("import", written(folder, *LINES[:2]))
    monkeypatch.setattr("indexer.documents.DOCUMENTS_VERSION", "another")
    capsys.readouterr()
    assert main(["search", "suru"]) == 6
    told = capsys.readouterr()
    assert told.out == "" and "vierelle index" in told.err
    assert "built anew" in run("index")
    assert json.loads(run("search", "suru", "--json"))["total"] == 1


def test_the_help_lists_every_exit_code(run: Run) -> None:
    told = run("--help")
    assert all(f"  {code} " in told and meaning[:30] in told for code, meaning in EXIT_CODES.items())


@pytest.mark.parametrize(
    "text", ["", '"', "(* OR ^ title:", "😭", "\x1b[31m", "a" * 10_000, "surua " * 1_700, "--5"]
)
def test_odd_words_are_searched_without_an_error(run: Run, folder: Path, text: str) -> None:
    run("import", written(folder, *LINES[:2]))
    assert json.loads(run("search", "--json", "--", text))["total"] >= 0


def test_the_schedule_says_so_when_no_source_is_live(run: Run) -> None:
    assert "no source is live" in run("schedule", "--plan")


@pytest.mark.parametrize("words", [("index",), ("export",), ("import", "records.jsonl")])
def test_a_data_folder_that_is_none_is_told_in_one_line(
    folder: Path, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(Path(written(folder, *LINES[:1])).parent)
    monkeypatch.setenv("VIERELLE_DATA", str(folder / "records.jsonl"))
    assert main(list(words)) in (1, 7)
    told = capsys.readouterr().err
    assert len(told.splitlines()) == 1 and "records.jsonl" in told


def test_a_cache_that_cannot_be_written_stops_no_search(folder: Path) -> None:
    (folder / "cache").write_text("no folder", encoding="utf-8")
    wiring = wired()
    load_lexicon(wiring.taxonomy, wiring.analyser, folder / "cache")
    assert load_taxonomy(HERE, folder / "cache").needs
