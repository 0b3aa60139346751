"""Days and clock times in words."""

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date

from app.web.languages import language, tag
from app.web.texts import gettext as _
from app.web.texts import lazy_gettext as _l
from app.web.texts import ngettext
from schemas.schedule import Occurrence

HELSINKI = ZoneInfo("Europe/Helsinki")
WEEKDAYS = (
    _l("maanantai"),
    _l("tiistai"),
    _l("keskiviikko"),
    _l("torstai"),
    _l("perjantai"),
    _l("lauantai"),
    _l("sunnuntai"),
)
ON_WEEKDAYS = (
    _l("maanantaina"),
    _l("tiistaina"),
    _l("keskiviikkona"),
    _l("torstaina"),
    _l("perjantaina"),
    _l("lauantaina"),
    _l("sunnuntaina"),
)
EVERY_WEEKDAY = (
    _l("maanantaisin"),
    _l("tiistaisin"),
    _l("keskiviikkoisin"),
    _l("torstaisin"),
    _l("perjantaisin"),
    _l("lauantaisin"),
    _l("sunnuntaisin"),
)
IN_MONTHS = (
    _l("tammikuussa"),
    _l("helmikuussa"),
    _l("maaliskuussa"),
    _l("huhtikuussa"),
    _l("toukokuussa"),
    _l("kesäkuussa"),
    _l("heinäkuussa"),
    _l("elokuussa"),
    _l("syyskuussa"),
    _l("lokakuussa"),
    _l("marraskuussa"),
    _l("joulukuussa"),
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
"""English months: 9/11 would be another day to an American."""


def local_day(moment: dt.datetime) -> dt.date:
    """The day of a moment in Finland: at half past midnight what was read an hour ago is of yesterday."""
    return moment.astimezone(HELSINKI).date()


def date(day: dt.date, today: dt.date | None = None) -> str:
    """A date in figures, in English with its month; without the year when it is that of `today`."""
    year = "" if today is not None and day.year == today.year else str(day.year)
    if language() == "en":
        return f"{day.day} {_MONTHS[day.month - 1]} {year}".rstrip()
    if language() == "sv":
        return f"{day.day}.{day.month}.{year}".rstrip(".")
    return f"{day.day}.{day.month}.{year}"


def weekday(day: dt.date, today: dt.date) -> str:
    """A day as people say it: "tänään", "huomenna" or "torstaina", with the date."""
    on = str(ON_WEEKDAYS[day.weekday()])
    away = (day - today).days
    if away == 0:
        return _("tänään %(weekday)s %(date)s", weekday=on, date=date(day, today))
    if away == 1:
        return _("huomenna %(weekday)s %(date)s", weekday=on, date=date(day, today))
    return lasting_weekday(day, today)


def lasting_weekday(day: dt.date, today: dt.date) -> str:
    """A day for what is read on other days too, as paper is: "torstaina 26.11.", never "tänään"."""
    return _("%(weekday)s %(date)s", weekday=str(ON_WEEKDAYS[day.weekday()]), date=date(day, today))


def short_day(day: dt.date, today: dt.date) -> str:
    """A day in as few letters as a calendar has: "ti 24.11."."""
    return f"{format_date(day, 'EEE', locale=tag(language()))} {date(day, today)}"


def clock(time: dt.time) -> str:
    """A clock time: 18, 18.30; in English 18:00."""
    if language() == "en":
        return f"{time.hour}:{time.minute:02}"
    return f"{time.hour}.{time.minute:02}" if time.minute else str(time.hour)


def hours(start: dt.time | None, end: dt.time | None) -> str:
    """A stretch of the day, "klo 18–20"; empty where no time is known."""
    if start is None:
        return ""
    if end is None or end == start:
        return _("klo %(time)s", time=clock(start))
    return _("klo %(start)s–%(end)s", start=clock(start), end=clock(end))


def meeting(found: Occurrence, today: dt.date) -> str:
    """One meeting: "torstaina 26.11. klo 18–20", or a stretch of days."""
    return _meeting(found, today, language())


@lru_cache(2048)
def _meeting(found: Occurrence, today: dt.date, _language: str) -> str:
    """Activities by the hundred meet at the same time; the words are those of the page's language."""
    times = hours(found.start_time, found.end_time)
    if found.until != found.day:
        if found.day <= today:
            return _("nyt, %(date)s asti", date=date(found.until, today))
        days = _("%(first)s–%(last)s", first=date(found.day, today), last=date(found.until, today))
        return " ".join(filter(None, (days, times)))
    return " ".join(filter(None, (weekday(found.day, today), times)))


def ago(day: dt.date, today: dt.date) -> str:
    """How long ago: "tänään", "eilen", "3 päivää sitten", "2 viikkoa sitten", "yli vuosi sitten"."""
    days = (today - day).days
    if days <= 0:
        return _("tänään")
    if days == 1:
        return _("eilen")
    if days < 14:
        return ngettext("%(num)s päivä sitten", "%(num)s päivää sitten", days)
    if days < 60:
        return ngettext("%(num)s viikko sitten", "%(num)s viikkoa sitten", days // 7)
    if days < 365:
        return ngettext("%(num)s kuukausi sitten", "%(num)s kuukautta sitten", days // 30)
    return _("yli vuosi sitten")


def listed(words: Sequence[str]) -> str:
    """Words joined as in a sentence: "a, b ja c"."""
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s ja %(last)s", first=", ".join(words[:-1]), last=words[-1])
