"""The tables of suggestions that a generation brings with it."""

import tracemalloc
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
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


def test_long_words_that_nobody_knows_fill_no_memory(wiring: Wiring) -> None:
    asked = suggester(wiring, wiring.suggestion_maker)
    asked.suggest("x" * 30)
    tracemalloc.start()
    for length in range(31, 61):
        assert asked.suggest("x" * length) == ()
    held, _peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert held < 100_000


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


def test_tables_made_from_earlier_ones_are_the_same(wiring: Wiring) -> None:
    backend, made = wiring.store.current(), wiring.suggestion_maker
    anew = made.tables(backend)
    for earlier in (_Fewer(backend, 3), _Fewer(backend, 1), backend):
        assert _same(made.tables(backend, made.tables(earlier)), anew)
    fewer = _Fewer(backend, 2)
    assert _same(made.tables(fewer, anew), made.tables(fewer))


def test_only_new_names_are_analysed(wiring: Wiring, monkeypatch: pytest.MonkeyPatch) -> None:
    backend, made = wiring.store.current(), wiring.suggestion_maker
    earlier = made.tables(_Fewer(backend, 3))
    read: list[str] = []
    words = wiring.analyser.words

    def noted(text: str, language: str = "fi") -> object:
        read.append(text)
        return words(text, language)

    monkeypatch.setattr(wiring.analyser, "words", noted)
    made.tables(backend, earlier)
    names = {*backend.codes("title"), *backend.codes("organisation")}
    assert {*read} == names - {*_Fewer(backend, 3).codes("title"), *_Fewer(backend, 3).codes("organisation")}


def test_earlier_tables_of_other_words_are_not_used(wiring: Wiring) -> None:
    backend, made = wiring.store.current(), wiring.suggestion_maker
    anew = made.tables(backend)
    other = {**anew, "mark": np.frombuffer(b"other words", dtype=np.uint8)}
    other |= {f"{name}/words.text": anew[f"{name}/words.text"] * 0 for name in ("shared", *LANGUAGES)}
    assert _same(made.tables(backend, other), anew)


class _Fewer:
    """A generation that lacks every n-th code, and has the others less often and the other way round."""

    def __init__(self, backend: SearchBackend, every: int) -> None:
        self._backend = backend
        self._every = every

    def codes(self, facet: str) -> dict[str, int]:
        found = list(self._backend.codes(facet).items())
        kept = [entry for at, entry in enumerate(found) if at % (self._every + 1)]
        return {code: max(1, count // 2) for code, count in reversed(kept)}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._backend, name)


def _same(one: Mapping[str, Array], other: Mapping[str, Array]) -> bool:
    return one.keys() == other.keys() and all(
        one[name].dtype == other[name].dtype and one[name].tobytes() == other[name].tobytes() for name in one
    )
