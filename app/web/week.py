"""The next seven days of some hits: who meets when."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from app.web.cards import Phone, phone, said, where
from app.web.languages import language
from app.web.site import Site, site
from app.web.telling import marked
from app.web.wording.days import hours, short_day, weekday
from schemas.occurrences import is_over, occurrences
from schemas.schedule import Occurrence
from schemas.search import Hit

WEEK_SIZE = 100
"""Activities looked at for one week."""

_DAYS = 7
_CODES = ("mo", "tu", "we", "th", "fr", "sa", "su")


class Meeting(NamedTuple):
    """One meeting of a week, in words."""

    id: str
    time: str
    title: str
    organisation: str
    where: str
    phone: Phone | None


class Day(NamedTuple):
    """One day; `name` as people say it, `short` as a calendar does, `iso` for machines.

    `code` is its weekday as in `when`.

    `whole` is False where more meet on that day than were looked at.
    """

    name: str
    short: str
    iso: str
    code: str
    meetings: list[Meeting]
    whole: bool = True


def week_of(hits: Sequence[Hit], today: dt.date, *, cut: bool = False) -> list[Day]:
    """Seven days from now on; stretches of days are shown on their first day of the week.

    What is over already today is left out: who comes for it would find a closed door.

    With `cut` there are more hits than these, which are in the order of their next meeting: only the days
    before the last one's are whole.
    """
    parts = site()
    now = parts.now()
    found: dict[dt.date, list[tuple[dt.time, Meeting]]] = {}
    for hit in hits:
        seen: set[Occurrence] = set()
        for schedule in hit.activity.schedules():
            for entry in occurrences(schedule, today, today + dt.timedelta(days=_DAYS - 1)):
                if entry not in seen and not is_over(entry, now):
                    seen.add(entry)
                    place = (entry.start_time or dt.time.min, _meeting(hit, entry, parts))
                    found.setdefault(entry.day, []).append(place)
    last = hits[-1].next if cut and hits else None
    end = last.day if last else dt.date.min if cut else dt.date.max
    days = [today + dt.timedelta(days=number) for number in range(_DAYS)]
    return [
        Day(
            weekday(day, today),
            short_day(day, today),
            day.isoformat(),
            _CODES[day.weekday()],
            [meeting for _time, meeting in sorted(found.get(day, []))],
            day < end,
        )
        for day in days
    ]


def soon(hits: Sequence[Hit], today: dt.date, days: int, each: int) -> list[Day]:
    """The first `days` days of the week on which somebody meets, with at most `each` meetings a day.

    Who has been shown gives way to others: what is open every morning would fill the whole week.
    """
    shown: set[str] = set()
    made: list[Day] = []
    for day in [day for day in week_of(hits, today) if day.meetings][:days]:
        chosen = sorted(day.meetings, key=lambda meeting: meeting.id in shown)[:each]
        shown.update(meeting.id for meeting in chosen)
        made.append(day._replace(meetings=[meeting for meeting in day.meetings if meeting in chosen]))
    return made


def _meeting(hit: Hit, entry: Occurrence, parts: Site) -> Meeting:
    activity = hit.activity
    return Meeting(
        activity.id,
        hours(entry.start_time, entry.end_time),
        marked(*said(activity.title.items(), language())),
        activity.organisation.name if activity.organisation else "",
        where(activity, parts),
        phone(activity),
    )
