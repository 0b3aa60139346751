"""Words that builds of the index know from the builds before them."""

from pathlib import Path

import pytest

from app.words_kept import knowing_analyser, words_kept
from indexer.finnish import Analyser
from indexer.finnish.kept import KeptWords

WORDS = ("omaishoitajille", "nepsylapsille", "kahvilaan", "10.30", "joukkoharjoittelulle")


def test_a_later_process_knows_the_words_without_analysing_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = Analyser()
    with words_kept(first, tmp_path):
        read = [first.word(word) for word in WORDS] + [first.word("groups", "en")]
    later = Analyser()
    monkeypatch.setattr(later, "_fresh", lambda *_: pytest.fail("analysed anew"))
    with words_kept(later, tmp_path):
        assert [later.word(word) for word in WORDS] + [later.word("groups", "en")] == read


def test_a_damaged_file_and_a_folder_that_cannot_be_written_cost_only_time(tmp_path: Path) -> None:
    with words_kept(Analyser(), tmp_path):
        pass
    assert list(tmp_path.iterdir()) == []
    analyser = Analyser()
    with words_kept(analyser, tmp_path):
        analyser.word("kahvilaan")
    (path,) = tmp_path.iterdir()
    path.write_bytes(path.read_bytes()[:-3])
    again = Analyser()
    with words_kept(again, tmp_path):
        assert again.word("kahvilaan") == analyser.word("kahvilaan")
    (tmp_path / "file").write_text("")
    with words_kept(Analyser(), tmp_path / "file"):
        pass


def test_words_are_kept_when_new_ones_came_and_left_alone_otherwise(tmp_path: Path) -> None:
    analyser = Analyser()
    with words_kept(analyser, tmp_path):
        analyser.word("kahvilaan")
    (path,) = tmp_path.iterdir()
    written = path.stat().st_mtime_ns
    with words_kept(Analyser(), tmp_path):
        pass
    assert path.stat().st_mtime_ns == written


def test_the_same_process_reads_the_words_again_only_when_another_wrote_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    analyser = Analyser()
    opened: list[KeptWords] = []
    use = analyser.use

    def noted(kept: KeptWords) -> None:
        opened.append(kept)
        use(kept)

    monkeypatch.setattr(analyser, "use", noted)
    for _ in range(2):
        with words_kept(analyser, tmp_path):
            analyser.word("kahvilaan")
    assert len(opened) == 1  # the file that it has written itself
    other = Analyser()
    with words_kept(other, tmp_path):
        other.word("omaishoitajille")
    for _ in range(2):
        with words_kept(analyser, tmp_path):
            pass
    assert len(opened) == 2


def test_a_server_looks_words_up_where_a_build_has_kept_them_and_only_analyses_others(tmp_path: Path) -> None:
    builder = Analyser()
    with words_kept(builder, tmp_path):
        read = [builder.word(word) for word in WORDS]
    server = knowing_analyser(tmp_path)
    assert server.met() == {}
    assert [server.word(word) for word in WORDS] == read
    assert server.word("vertaistukiryhmään") == Analyser().word("vertaistukiryhmään")
    assert server.knows("kahvilaan") and not server.knows("kahvxilaan")


def test_words_of_earlier_builds_stay_known_beside_those_of_later_ones(tmp_path: Path) -> None:
    for word in ("kahvilaan", "omaishoitajille"):
        analyser = Analyser()
        with words_kept(analyser, tmp_path):
            analyser.word(word)
    server = knowing_analyser(tmp_path)
    assert server.kept is not None
    assert server.kept.items().keys() == {"kahvilaan", "omaishoitajille"}
