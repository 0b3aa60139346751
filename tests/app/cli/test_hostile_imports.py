"""Whatever a file holds, its good lines are kept, its bad ones told by number, and the exit code says so."""

import json
from pathlib import Path

import pytest

from app.cli import main
from tests.app.cli.conftest import Run

GOOD = b'{"id": "hyva", "title": "Muistikahvila"}'
WHOLE = {
    "id": "koko",
    "kind": None,
    "title": {"fi": "Kerho"},
    "provenance": [{"source": "s", "kind": "site", "record": "r", "fetched": "2026-01-01T00:00:00Z"}],
}
WRONG: tuple[object, ...] = (None, True, 1.5, 10**400, [], {"xx": 1}, [None], [[1]], "", "\u202e", 1e308)
"""Wrong as the value of some field, and each of them somewhere in the file below."""


def imported(
    folder: Path, capsys: pytest.CaptureFixture[str], *lines: bytes, ends: bytes = b"\n"
) -> tuple[int, dict[int, str], str]:
    """(exit code, reasons by line number, what was told) of an import of these lines."""
    file = folder / "records.jsonl"
    file.write_bytes(ends.join(lines))
    capsys.readouterr()
    code = main(["import", str(file), "--no-index"])
    told = capsys.readouterr()
    bad = (line.removeprefix("line ").partition(": ") for line in told.err.splitlines())
    return code, {int(number): reason for number, _, reason in bad}, told.out


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (b"\x00", "not JSON"),
        (b'{"id": "a", "title": "a\x00b"}', "not JSON"),
        (b'{"id": "a", "title": "\xff\xfe"}', "not JSON"),
        (b'{"id": "a", "title": "\\ud800x"}', "not JSON"),
        (b'{"id": "a", "title": "' + b"x" * 5_000_000 + b'"}', "longer than"),
        (b"[" * 100_000, "not JSON"),
        (b'{"a":' * 50_000, "not JSON"),
        (b'{"id": "a", "title": NaN}', "not JSON"),
        (b'{"id": "a", "title": "x", "summary": 1e999}', "not JSON"),
        (b'{"id": "a", "title": "b"} {}', "not JSON"),
        (b"42", "one JSON object"),
        (b'{"id": "a"}', "title"),
        (b'{"title": "a"}', "id"),
        (b'{"id": "a", "title": "b", "municipalities": "Atlantis"}', "Atlantis"),
        (b'{"id": "a", "title": "b", "municipalities": [999]}', "999"),
        ('{"id": "a", "title": "b", "municipalities": "²"}'.encode(), "municipalities"),
        (b'{"id": "a", "title": "b", "kind": "olematon"}', "olematon"),
        (b'{"id": "a", "title": "b", "url": "javascript:alert(1)"}', "url"),
        (b'{"id": "a", "title": "b", "url": "http://[::1"}', "url"),
        (json.dumps(WHOLE | {"provenance": None}).encode(), "provenance"),
        (json.dumps(WHOLE | {"kind": "olematon"}).encode(), "kind"),
        (json.dumps(WHOLE | {"nonsense": 1}).encode(), "nonsense"),
        (b'{"id": "katkennut", "title": "ka', "truncated"),
    ],
    ids=range(23),
)
@pytest.mark.parametrize("ends", [b"\n", b"\r\n", b"\n\n"], ids=["unix", "windows", "blank"])
def test_a_bad_line_is_told_and_the_good_ones_are_kept(
    folder: Path, capsys: pytest.CaptureFixture[str], run: Run, bad: bytes, reason: str, ends: bytes
) -> None:
    code, told, said = imported(folder, capsys, b"\xef\xbb\xbf" + GOOD, bad, ends=ends)
    assert code == 5
    assert list(told) == [3 if ends == b"\n\n" else 2]
    assert reason in next(iter(told.values()))
    assert "1 new" in said and "1 bad line" in said
    assert "Muistikahvila" in run("show", "hyva")


@pytest.mark.parametrize(
    "field",
    ["id", "title", "summary", "description", "organisation", "municipalities", "needs", "kind", "url"],
)
def test_wrong_values_in_any_field_stop_no_other_line(
    folder: Path, capsys: pytest.CaptureFixture[str], run: Run, field: str
) -> None:
    lines = [
        json.dumps({"id": f"w{number}", "title": "Ryhmä"} | {field: value}).encode()
        for number, value in enumerate(WRONG)
    ]
    code, told, said = imported(folder, capsys, *lines, GOOD)
    assert code == 5
    assert set(told) <= set(range(1, len(WRONG) + 1))
    assert len(told) >= 5
    assert f"{len(WRONG) + 1 - len(told)} new" in said
    assert "Muistikahvila" in run("show", "hyva")


def test_fifty_thousand_lines_are_taken_with_one_bad_among_them(
    folder: Path, capsys: pytest.CaptureFixture[str], run: Run
) -> None:
    lines = [b'{"id": "m%d", "title": "Kerho %d"}' % (number, number) for number in range(50_000)]
    lines[40_000] = b"{"
    code, told, said = imported(folder, capsys, *lines)
    assert (code, list(told)) == (5, [40_001])
    assert "49999 new" in said


def test_a_file_of_bad_lines_takes_nothing_away(
    folder: Path, capsys: pytest.CaptureFixture[str], run: Run
) -> None:
    imported(folder, capsys, GOOD)
    for _ in range(3):
        code, _, said = imported(folder, capsys, b"{", b"\x00")
        assert code == 5
        assert "0 gone" in said
    assert "Muistikahvila" in run("show", "hyva")


@pytest.mark.parametrize("file", [".", "missing.jsonl"])
def test_what_is_no_file_is_wrong_usage(folder: Path, monkeypatch: pytest.MonkeyPatch, file: str) -> None:
    monkeypatch.chdir(folder)
    assert main(["import", file]) == 2
