"""The week: a day that could not be shown whole never says that nobody meets."""

import datetime as dt
from pathlib import Path

import pytest
from flask import Flask

from app.web import create_app
from app.web.site import Site
from app.web.week import soon, week_of
from app.wiring import Wiring
from schemas.occurrences import is_over, occurrences
from schemas.search import SearchRequest
from tests.app.sample import TODAY, sample_wiring
from tests.app.web.client import PageClient


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Wiring:
    return sample_wiring(Path(tmp_path_factory.mktemp("week")))


@pytest.fixture(scope="module")
def site(own: Wiring) -> Flask:
    return create_app(own)


def test_days_are_whole_as_long_as_every_hit_is_looked_at(own: Wiring, site: Flask) -> None:
    found = own.search.search(SearchRequest(when=("week",), sort="next", size=100)).hits
    assert len(found) > 3
    with site.test_request_context("/"):
        assert all(day.whole for day in week_of(found, TODAY))
        cut = found[: len(found) // 2]
        last = cut[-1].next
        assert last is not None
        days = week_of(cut, TODAY, cut=True)
        assert [day.whole for day in days] == [dt.date.fromisoformat(day.iso) < last.day for day in days]
        whole = {day.iso: day.meetings for day in week_of(found, TODAY)}
        assert all(day.meetings == whole[day.iso] for day in days if day.whole)


def test_a_day_that_is_not_whole_leads_to_all_of_it(site: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    client = PageClient(site)
    full = client.page("/haku?nakyma=viikko").select(".day")[-1].select(".meetings li")
    with monkeypatch.context() as few:
        few.setattr("app.web.results.WEEK_SIZE", 2)
        day = client.page("/haku?nakyma=viikko&koko=iso").select(".day")[-1]
    assert "Ei tapaamisia" not in day.get_text()
    more = day.select_one(".day-more a")
    assert more
    narrowed = client.page(str(more["href"])).select(".day")[-1]
    assert narrowed.select(".meetings a") and len(narrowed.select(".meetings li")) == len(full)


def test_the_front_page_shows_others_on_the_next_day(own: Wiring, site: Flask) -> None:
    found = own.search.search(SearchRequest(when=("week",), sort="next", size=100)).hits
    with site.test_request_context("/"):
        whole = {day.iso: [meeting.id for meeting in day.meetings] for day in week_of(found, TODAY)}
        shown: set[str] = set()
        for day in soon(found, TODAY, 5, 1):
            new = [entry for entry in whole[day.iso] if entry not in shown]
            assert [meeting.id for meeting in day.meetings] == (new or whole[day.iso])[:1]
            shown.update(meeting.id for meeting in day.meetings)
        assert len(shown) > 1


@pytest.mark.parametrize("hour", [0, 12, 23])
def test_the_week_leaves_out_what_is_over_today(
    own: Wiring, site: Flask, hour: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = dt.datetime.combine(TODAY, dt.time(hour, 30))
    found = own.search.search(SearchRequest(when=("week",), sort="next", size=100)).hits
    every = {
        hit.id
        for hit in found
        for schedule in hit.activity.schedules()
        for meeting in occurrences(schedule, TODAY, TODAY)
        if not is_over(meeting, now)
    }
    monkeypatch.setattr(Site, "now", lambda _site: now)
    with site.test_request_context("/"):
        assert {meeting.id for meeting in week_of(found, TODAY)[0].meetings} == every


def test_a_meeting_of_today_is_shown_until_it_is_over(
    own: Wiring, site: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = own.search.search(SearchRequest(when=("week",), sort="next", size=100)).hits

    def shown(hour: int) -> int:
        now = dt.datetime.combine(TODAY, dt.time(hour, 59))
        monkeypatch.setattr(Site, "now", lambda _site: now)
        with site.test_request_context("/"):
            return len(week_of(found, TODAY)[0].meetings)

    assert shown(0) > shown(23)
