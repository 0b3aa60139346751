"""Runs, health and feedback are kept, and nothing of who gave feedback."""

import datetime as dt

import pytest

from schemas.catalogue import Run, SqlCatalogue
from schemas.errors import NotFound
from tests.schemas.catalogue.samples import DAY, NOW, put, samples


def run(source: str, days: int, outcome: str = "ok") -> Run:
    moment = NOW + days * DAY
    return Run(source, moment, moment + dt.timedelta(minutes=5), outcome, '{"pages": 3}')


def test_runs_are_kept_newest_first(catalogue: SqlCatalogue) -> None:
    for found in (run("a", 0), run("b", 1), run("a", 2, "failed")):
        catalogue.save_run(found)
    assert catalogue.runs() == (run("a", 2, "failed"), run("b", 1), run("a", 0))
    assert catalogue.runs("a", limit=1) == (run("a", 2, "failed"),)


def test_health_tells_each_source(catalogue: SqlCatalogue) -> None:
    put(catalogue, samples("a", "b", "c"), source="lahde")
    put(catalogue, samples("a", "b"), source="lahde", now=NOW + DAY)
    catalogue.save_run(run("lahde", 1))
    catalogue.save_run(run("lahde", 2, "failed"))
    catalogue.save_run(run("uusi", 0, "failed"))
    first, second = catalogue.health()
    assert (first.source, first.active, first.missing, first.gone) == ("lahde", 3, 1, 0)
    assert first.oldest == NOW
    assert first.last_run == run("lahde", 2, "failed")
    assert first.last_good == run("lahde", 1).finished
    assert (second.source, second.active, second.last_good) == ("uusi", 0, None)


def test_feedback_is_kept_until_handled(catalogue: SqlCatalogue) -> None:
    put(catalogue, samples("a"))
    catalogue.rebuild_public(now=NOW)
    first = catalogue.add_feedback("a", "ended", "Ryhmä <b>loppui</b>\x00 keväällä", NOW.date())
    catalogue.add_feedback("a", "other", "", NOW.date())
    assert [(item.topic, item.text) for item in catalogue.feedback()] == [
        ("ended", "Ryhmä loppui keväällä"),
        ("other", ""),
    ]
    assert [item.text for item in catalogue.feedback(topic="ended")] == ["Ryhmä loppui keväällä"]
    catalogue.handle_feedback(first, NOW.date() + DAY)
    assert catalogue.feedback(topic="ended") == ()
    assert [item.topic for item in catalogue.feedback()] == ["other"]
    assert [item.handled for item in catalogue.feedback(handled=True)] == [NOW.date() + DAY, None]


def test_a_handled_request_for_removal_keeps_no_text_that_names_a_person(catalogue: SqlCatalogue) -> None:
    put(catalogue, samples("a"))
    catalogue.rebuild_public(now=NOW)
    wish = catalogue.add_feedback("a", "removal", "Aino Esimerkki, 050 000 0123", NOW.date())
    note = catalogue.add_feedback("a", "contact", "Numero on vaihtunut", NOW.date())
    for number in (wish, note):
        catalogue.handle_feedback(number, NOW.date())
    assert [item.text for item in catalogue.feedback(handled=True)] == ["", "Numero on vaihtunut"]


def test_feedback_needs_an_activity_and_a_number(catalogue: SqlCatalogue) -> None:
    with pytest.raises(NotFound):
        catalogue.add_feedback("olematon", "other", "", NOW.date())
    with pytest.raises(NotFound):
        catalogue.handle_feedback(7, NOW.date())


def test_long_feedback_is_cut(catalogue: SqlCatalogue) -> None:
    put(catalogue, samples("a"))
    catalogue.rebuild_public(now=NOW)
    catalogue.add_feedback("a", "other", "sana " * 10_000, NOW.date())
    assert len(catalogue.feedback()[0].text) <= 2000
