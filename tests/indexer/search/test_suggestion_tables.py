"""The tables of suggestions that a generation brings with it."""

from pathlib import Path

import pytest

from app.wiring import Wiring
from indexer.backend import SearchBackend
from indexer.suggest import Suggester
from indexer.suggestion_tables import DERIVED, LANGUAGES, SuggestionMaker, made_by
from indexer.tables import Array


def suggester(wiring: Wiring, maker: SuggestionMaker) -> Suggester:
    return Suggester(wiring.store, wiring.analyser, lambda: maker)


def maker(wiring: Wiring, mark: str, monkeypatch: pytest.MonkeyPatch) -> tuple[SuggestionMaker, list[str]]:
    made = SuggestionMaker(
        wiring.analyser, wiring.taxonomy, wiring.gazetteer, wiring.settings.config / "places"
    )
    made.mark = mark
    asked: list[str] = []
    tables = made.tables

    def counted(backend: SearchBackend) -> dict[str, Array]:
        asked.append(backend.generation)
        return tables(backend)

    monkeypatch.setattr(made, "tables", counted)
    return made, asked


def test_an_index_brings_tables_made_with_the_present_words_and_places(wiring: Wiring) -> None:
    found = wiring.store.current().derived(DERIVED)
    assert found is not None
    assert made_by(found, wiring.suggestion_maker.mark)


def test_the_first_suggestion_makes_no_tables(wiring: Wiring, monkeypatch: pytest.MonkeyPatch) -> None:
    made, asked = maker(wiring, wiring.suggestion_maker.mark, monkeypatch)
    assert suggester(wiring, made).suggest("omais")
    assert asked == []


def test_tables_of_other_words_are_made_anew_once_with_the_same_answers(
    wiring: Wiring, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, asked = maker(wiring, "other words", monkeypatch)
    anew = suggester(wiring, made)
    for language in LANGUAGES:
        for typed in ("o", "ka", "lieks", "liexsa", "omaishiotajan", "ryhm ver", "lonel", "ensamh"):
            assert anew.suggest(typed, language) == wiring.suggester.suggest(typed, language)
    assert len(asked) == 1


def test_kept_words_of_needs_and_places_give_the_same_tables(
    wiring: Wiring, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = wiring.analyser, wiring.taxonomy, wiring.gazetteer, wiring.settings.config / "places", tmp_path
    backend = wiring.store.current()
    made = SuggestionMaker(*given).tables(backend)
    assert len(list(tmp_path.iterdir())) == 1
    monkeypatch.setattr(wiring.analyser, "words", lambda *_: ())
    SuggestionMaker(*given).open()
    monkeypatch.undo()
    again = SuggestionMaker(*given).tables(backend)
    assert made.keys() == again.keys()
    assert all((made[name] == again[name]).all() for name in made)
