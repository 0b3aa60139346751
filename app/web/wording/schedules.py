"""A schedule in words: "joka toinen torstai klo 18–20, ei heinäkuussa"."""

import datetime as dt
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from app.web.languages import language
from app.web.texts import gettext as _
from app.web.texts import lazy_gettext as _l
from app.web.wording.days import (
    EVERY_WEEKDAY,
    IN_MONTHS,
    WEEKDAYS,
    date,
    hours,
    lasting_weekday,
    listed,
    weekday,
)
from schemas.codes import Frequency, WeekParity
from schemas.schedule import Schedule

_NTH = {
    1: _l("ensimmäinen"),
    2: _l("toinen"),
    3: _l("kolmas"),
    4: _l("neljäs"),
    5: _l("viides"),
    -1: _l("viimeinen"),
    -2: _l("toiseksi viimeinen"),
}
_SHOWN_DATES = 8
_DayWords = Callable[[dt.date, dt.date], str]
"""A day in words, given today."""


class ScheduleWords(NamedTuple):
    """`when` the rhythm and time; `limits` what narrows it: beginning, end, breaks; `source` as written."""

    when: str
    limits: tuple[str, ...]
    source: str


def schedule_words(schedule: Schedule, today: dt.date, *, lasting: bool = False) -> ScheduleWords:
    """All of a schedule in words; nothing that the schedule does not say.

    lasting  the words are kept and read on other days too: no "today"
    """
    days = _days(schedule, today, lasting_weekday if lasting else weekday)
    times = hours(schedule.start_time, schedule.end_time)
    when = " ".join(filter(None, (days, times)))
    return ScheduleWords(when[:1].upper() + when[1:], tuple(_limits(schedule, today)), schedule.text or "")


def rhythm(schedule: Schedule) -> str:
    """Only the rhythm of a recurring schedule, for beside a next time; empty for single days."""
    return _rhythm(schedule, language())


@lru_cache(2048)
def _rhythm(schedule: Schedule, _language: str) -> str:
    """Many activities have the same schedule; the words are those of the page's language."""
    if schedule.frequency is Frequency.WEEKLY:
        return _weekly(schedule)
    if schedule.frequency is Frequency.MONTHLY:
        return _monthly(schedule)
    if schedule.frequency is Frequency.DAILY:
        return _daily(schedule)
    return ""


def _days(schedule: Schedule, today: dt.date, named: _DayWords) -> str:
    if schedule.frequency is Frequency.RANGE:
        if schedule.start and schedule.end:
            return _("%(first)s–%(last)s", first=date(schedule.start, today), last=date(schedule.end, today))
        return ""
    if schedule.frequency is Frequency.ONCE:
        return _single(schedule, today, named)
    return rhythm(schedule)


def _single(schedule: Schedule, today: dt.date, named: _DayWords) -> str:
    days = sorted({*schedule.dates, *((schedule.start,) if schedule.start else ())})
    days = [day for day in days if day not in schedule.exceptions]
    if len(days) == 1:
        return named(days[0], today)
    coming = [day for day in days if day >= today] or days
    shown = [date(day, today) for day in coming[:_SHOWN_DATES]]
    if len(coming) > _SHOWN_DATES:
        return _("%(dates)s ja myöhemmin", dates=", ".join(shown))
    return listed(shown)


def _daily(schedule: Schedule) -> str:
    if schedule.interval == 1:
        return _("joka päivä")
    if schedule.interval == 2:
        return _("joka toinen päivä")
    return _("joka %(number)s. päivä", number=schedule.interval)


def _weekly(schedule: Schedule) -> str:
    days = sorted({entry.day for entry in schedule.weekdays})
    if not days and schedule.start:
        days = [schedule.start.weekday()]
    if not days:
        return _("viikoittain")
    if schedule.interval == 2 and len(days) == 1:
        return _("joka toinen %(weekday)s", weekday=str(WEEKDAYS[days[0]]))
    regular = _regular(days)
    if schedule.parity is WeekParity.EVEN:
        return _("parillisilla viikoilla %(days)s", days=regular)
    if schedule.parity is WeekParity.ODD:
        return _("parittomilla viikoilla %(days)s", days=regular)
    if schedule.interval == 2:
        return _("joka toinen viikko %(days)s", days=regular)
    if schedule.interval > 2:
        return _("joka %(number)s. viikko %(days)s", number=schedule.interval, days=regular)
    return regular


def _regular(days: list[int]) -> str:
    if days == [0, 1, 2, 3, 4]:
        return _("arkisin")
    if days == [0, 1, 2, 3, 4, 5, 6]:
        return _("joka päivä")
    if days == [5, 6]:
        return _("viikonloppuisin")
    return listed([str(EVERY_WEEKDAY[day]) for day in days])


def _monthly(schedule: Schedule) -> str:
    days = [_nth(entry.nth, entry.day) for entry in schedule.weekdays]
    days += [
        _("viimeinen päivä") if number == -1 else _("%(number)s. päivä", number=number)
        for number in schedule.month_days
    ]
    if not days:
        return _("kerran kuukaudessa") if schedule.interval == 1 else _("joitakin kertoja vuodessa")
    if schedule.interval == 1:
        return _("kuukauden %(days)s", days=listed(days))
    if schedule.interval == 2:
        return _("joka toisen kuukauden %(days)s", days=listed(days))
    return _("joka %(number)s. kuukauden %(days)s", number=schedule.interval, days=listed(days))


def _nth(nth: int | None, day: int) -> str:
    name = str(WEEKDAYS[day])
    if nth is None:
        return _("jokainen %(weekday)s", weekday=name)
    return _("%(nth)s %(weekday)s", nth=str(_NTH.get(nth, f"{nth}.")), weekday=name)


def _limits(schedule: Schedule, today: dt.date) -> list[str]:
    limits: list[str] = []
    recurring = schedule.frequency in (Frequency.DAILY, Frequency.WEEKLY, Frequency.MONTHLY)
    if recurring and schedule.start and schedule.start > today:
        limits.append(_("alkaa %(date)s", date=date(schedule.start, today)))
    if recurring and schedule.end:
        limits.append(_("%(date)s asti", date=date(schedule.end, today)))
    for pause in schedule.breaks:
        if pause.end >= today:
            first, last = date(pause.start, today), date(pause.end, today)
            limits.append(_("tauko %(first)s–%(last)s", first=first, last=last))
    if schedule.months_off:
        limits.append(_("ei %(months)s", months=_months(schedule.months_off)))
    missing = [date(day, today) for day in sorted(schedule.exceptions) if day >= today]
    if missing and recurring:
        limits.append(_("ei kokoonnu %(dates)s", dates=listed(missing)))
    extra = [date(day, today) for day in sorted(schedule.dates) if day >= today]
    if extra and recurring:
        limits.append(_("lisäksi %(dates)s", dates=listed(extra)))
    return limits


def _months(months: tuple[int, ...]) -> str:
    return listed([str(IN_MONTHS[month - 1]) for month in sorted(set(months))])
