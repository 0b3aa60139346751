"""When a source is due."""

import datetime as dt
import os
import signal
from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cli import schedule_command
from app.scheduling import Round, plan
from schemas.catalogue import Run
from schemas.errors import CatalogueBusy, CatalogueError, ConfigurationError, FetchError
from schemas.source import Source

NOW = dt.datetime(2026, 11, 21, 12, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
HELSINKI = ZoneInfo("Europe/Helsinki")


def source(**changes: Any) -> Source:
    return Source(name="a", id="a", url="https://a.example.fi/", **changes)


def ran(ago: dt.timedelta, outcome: str = "ok") -> Run:
    return Run("a", NOW - ago - HOUR / 60, NOW - ago, outcome)


def test_a_source_that_never_ran_is_due_at_once() -> None:
    assert (plan(source(), [], NOW).due, plan(source(), [], NOW).why) == (NOW, "first")


def test_every_counts_from_the_last_run() -> None:
    assert plan(source(every=6), [ran(2 * HOUR)], NOW).due == NOW + 4 * HOUR


def test_at_is_a_time_of_day_in_helsinki() -> None:
    due = plan(source(at="03:30"), [ran(8 * HOUR)], NOW).due
    assert due.astimezone(HELSINKI) == dt.datetime(2026, 11, 22, 3, 30, tzinfo=HELSINKI)


def test_a_run_that_was_missed_is_due_now_and_says_so() -> None:
    found = plan(source(at="03:30"), [ran(72 * HOUR)], NOW)
    assert (found.due, found.why) == (NOW, "missed")


@pytest.mark.parametrize(("failures", "minutes"), [(1, 10), (2, 20), (3, 40), (7, 360)])
def test_a_failed_run_is_tried_again_later_each_time(failures: int, minutes: int) -> None:
    runs = [ran(dt.timedelta(minutes=1 + n), "failed") for n in range(failures)] + [ran(24 * HOUR)]
    found = plan(source(), runs, NOW)
    assert (found.why, found.due) == ("retry", runs[0].finished + dt.timedelta(minutes=minutes))


def test_an_alarm_is_not_tried_again_before_its_time() -> None:
    assert plan(source(), [ran(HOUR, "alarm")], NOW).why == "planned"


def test_a_closed_window_puts_it_off_until_the_opening() -> None:
    due = plan(source(window="22-06"), [], NOW).due
    assert due.astimezone(HELSINKI) == dt.datetime(2026, 11, 21, 22, 0, tzinfo=HELSINKI)


def test_times_that_cannot_be_read_are_told() -> None:
    for changes in ({"at": "aamulla"}, {"window": "yöllä"}):
        with pytest.raises(ConfigurationError):
            plan(source(**changes), [], NOW)


@given(
    st.timedeltas(dt.timedelta(), dt.timedelta(days=30)),
    st.integers(1, 200),
    st.sampled_from(["ok", "failed"]),
)
def test_nothing_is_ever_due_in_the_past(ago: dt.timedelta, every: int, outcome: str) -> None:
    for at in (None, "03:30"):
        for window in (None, "22-06"):
            assert plan(source(every=every, at=at, window=window), [ran(ago, outcome)], NOW).due >= NOW


class _Work:
    """Keeps runs; fails as often as told."""

    def __init__(self, *errors: Exception) -> None:
        self.errors = list(errors)
        self.done: list[str] = []
        self.kept: dict[str, list[Run]] = {}

    def crawl(self, sources: Sequence[Source]) -> Mapping[str, str]:
        if self.errors:
            raise self.errors.pop(0)
        for entry in sources:
            self.kept[entry.id] = [Run(entry.id, NOW, NOW, "ok")]
        self.done += [entry.id for entry in sources]
        return {entry.id: "ok" for entry in sources}

    def index(self) -> None:
        self.done.append("index")

    def runs(self, source: str) -> Sequence[Run]:
        return self.kept.get(source, [])


def test_a_round_crawls_what_is_due_then_indexes_once() -> None:
    work, said = _Work(), list[str]()
    rounds = Round([source()], work, lambda: NOW, said.append)
    assert rounds.run() == NOW + 24 * HOUR
    rounds.run()
    assert work.done == ["a", "index"]


@pytest.mark.parametrize(
    ("error", "minutes"), [(CatalogueBusy("crawl"), 5), (FetchError("tls", "https://a.example.fi/"), 10)]
)
def test_a_round_that_fails_is_reported_and_tried_again(error: Exception, minutes: int) -> None:
    work, said = _Work(error), list[str]()
    rounds = Round([source()], work, lambda: NOW, said.append)
    assert rounds.run() == NOW + dt.timedelta(minutes=minutes)
    assert len(said) == 1
    rounds.run()
    assert work.done == ["a", "index"]


def test_a_catalogue_that_is_away_for_a_while_does_not_end_the_schedule() -> None:
    class Away(_Work):
        def runs(self, source: str) -> Sequence[Run]:
            raise CatalogueError("the database cannot be reached")

    said = list[str]()
    assert Round([source()], Away(), lambda: NOW, said.append).run() == NOW + dt.timedelta(minutes=10)
    assert said == ["failed: the database cannot be reached"]


def test_after_a_fault_that_nobody_foresaw_the_schedule_looks_again(monkeypatch: pytest.MonkeyPatch) -> None:
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    looks = list[int]()

    class Faulty(Round):
        def run(self) -> dt.datetime:
            looks.append(1)
            if len(looks) == 1:
                raise ZeroDivisionError
            os.kill(os.getpid(), signal.SIGTERM)
            return NOW

    monkeypatch.setattr(schedule_command, "_AFTER_FAULT", dt.timedelta(seconds=1))
    try:
        schedule_command._run_for_ever(Faulty([], _Work(), lambda: NOW, lambda _text: None))
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    assert len(looks) == 2
