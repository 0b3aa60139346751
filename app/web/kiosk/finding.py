"""The searches of the touch screen: a topic in a place, and the week of the house."""

import datetime as dt
from typing import NamedTuple

from app.web.kiosk.visit import EVERYWHERE, Topic, Visit
from app.web.languages import language
from app.web.site import Site
from schemas.codes import Kind
from schemas.county import HelpLine
from schemas.occurrences import occurrences
from schemas.schedule import Occurrence
from schemas.search import Hit, SearchRequest, SearchResult

SHOWN = 4
"""Results of one screen."""

WEEK_SHOWN = 6
"""Gatherings of one screen."""

DAYS = 7
_WEEK_SIZE = 100


class Gathering(NamedTuple):
    """One event of this week."""

    hit: Hit
    when: Occurrence


def find(visiting: Visit, sought: Topic, parts: Site) -> SearchResult:
    """One screen of results of a topic in the chosen municipality."""
    where = visiting.municipality
    return parts.search.search(
        SearchRequest(
            q=sought.words,
            need=sought.needs,
            municipality=() if where in ("", EVERYWHERE) else (where,),
            page=visiting.page,
            size=SHOWN,
            ui=language(),
        )
    )


def help_lines(sought: Topic, crisis: str | None, parts: Site) -> tuple[HelpLine, ...]:
    """Lines to call at once, where the words or the needs speak of a crisis."""
    return parts.county.lines_for((crisis or "", *parts.taxonomy.crises(sought.needs)))


def this_week(visiting: Visit, parts: Site) -> tuple[list[Gathering], list[Gathering]]:
    """(what happens in the house, what happens in its town) in the next seven days, events before groups."""
    today, town = parts.today(), visiting.point.home
    found: dict[str, Gathering] = {}
    for kinds in ((Kind.EVENT, Kind.FIRST_INFORMATION), ()):
        result = parts.search.search(
            SearchRequest(
                municipality=(town,), kind=kinds, when=("week",), sort="next", size=_WEEK_SIZE, ui=language()
            )
        )
        for hit in result.hits:
            if gathering := _next(hit, today):
                found.setdefault(hit.id, gathering)
    in_town = [
        entry
        for entry in found.values()
        if any(place.municipality == town for place in entry.hit.activity.places())
    ]
    here = [entry for entry in in_town if _at_house(entry.hit, visiting)]
    near = [entry for entry in in_town if entry not in here]
    return sorted(here[:WEEK_SHOWN], key=_moment), sorted(near[: WEEK_SHOWN - len(here[:2])], key=_moment)


def _moment(entry: Gathering) -> tuple[dt.date, dt.time]:
    return entry.when.day, entry.when.start_time or dt.time.min


def _next(hit: Hit, today: dt.date) -> Gathering | None:
    last = today + dt.timedelta(days=DAYS - 1)
    days = [entry for schedule in hit.activity.schedules() for entry in occurrences(schedule, today, last)]
    first = min(days, key=lambda entry: (entry.day, entry.start_time or dt.time.min), default=None)
    return Gathering(hit, first) if first else None


def _at_house(hit: Hit, visiting: Visit) -> bool:
    activity = hit.activity
    names = [place.name or "" for place in activity.places()]
    names.append(activity.organisation.name if activity.organisation else "")
    said = " ".join(names).casefold()
    return any(name.casefold() in said for name in visiting.point.events_at)
