"""A run's figures in a page: tables are written anew, a person's words stay."""

from pathlib import Path

import msgspec
import pytest

from bench.report import Goal, Report, joined
from bench.telling import Run, main, told
from schemas.errors import ConfigurationError

PAGE = """# Speed

<!-- bench: goals -->
old
<!-- bench: end -->
Why.

<!-- bench: a -->
<!-- bench: end -->
"""
REPORT = Report(
    "a", "Query", ("engine", "ms"), (("ours", 0.25), ("other", 1234.0)), (Goal("ratio", 0.42, most=0.5),)
)


def _run(*reports: Report) -> Run:
    return msgspec.json.decode(joined(reports, {"date": "2026-11-29"}), type=Run)


def test_marked_stretches_are_written_anew_and_words_stay() -> None:
    page = told(PAGE, _run(REPORT))
    assert "| (a) ratio | **0.42** | ≤ 0.5 | yes |" in page
    assert "| other | 1 234 |" in page
    assert "old" not in page
    assert "Why." in page


def test_a_goal_that_is_not_met_says_so() -> None:
    failed = msgspec.structs.replace(REPORT, goals=(Goal("ratio", 0.2, least=0.25),))
    assert "| (a) ratio | **0.2** | ≥ 0.25 | **no** |" in told(PAGE, _run(failed))


def test_notes_are_paragraphs_and_indented_ones_their_list() -> None:
    noted = msgspec.structs.replace(REPORT, notes=("own time:", " 8 % words", " 7 % spans", "once"))
    assert "\nown time:\n- 8 % words\n- 7 % spans\n\nonce\n" in told(PAGE, _run(noted))


def test_telling_twice_changes_nothing_more() -> None:
    once = told(PAGE, _run(REPORT))
    assert told(once, _run(REPORT)) == once


def test_a_table_that_the_run_does_not_have_is_told_and_the_page_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run, page = tmp_path / "run.json", tmp_path / "page.md"
    run.write_bytes(joined((), {}))
    page.write_text(PAGE, encoding="utf-8")
    with pytest.raises(ConfigurationError, match="'a'"):
        told(PAGE, _run())
    assert main([str(run), str(page)]) == 2
    assert "'a'" in capsys.readouterr().err
    assert page.read_text(encoding="utf-8") == PAGE
