"""How fresh the facts are, in words; a stale fact is marked where it stands."""

import datetime as dt
from functools import lru_cache
from typing import NamedTuple

from app.web.languages import language
from app.web.texts import gettext as _
from app.web.wording.days import ago, date, local_day
from schemas.activity import Freshness

STALE_DAYS = 60
"""Days since the source last showed the activity after which its facts may be out of date."""


class FreshnessWords(NamedTuple):
    """One sentence and how to mark it: fresh (confirmed), seen, or stale."""

    text: str
    mark: str


def freshness_words(freshness: Freshness, today: dt.date) -> FreshnessWords | None:
    """The most telling of the four dates; None where none is known."""
    if freshness.confirmed and (today - local_day(freshness.confirmed)).days <= STALE_DAYS:
        when = ago(local_day(freshness.confirmed), today)
        return FreshnessWords(_("Ihminen on tarkistanut tiedot %(when)s", when=when), "fresh")
    if freshness.last_seen is None:
        return None
    return _seen(local_day(freshness.last_seen), today, language())


@lru_cache(2048)
def _seen(day: dt.date, today: dt.date, _language: str) -> FreshnessWords:
    """Whole sources are seen on one day; the words are those of the page's language."""
    if (today - day).days > STALE_DAYS:
        return FreshnessWords(
            _("Tieto voi olla vanhentunut: nähty lähteessä viimeksi %(date)s", date=date(day)), "stale"
        )
    return FreshnessWords(_("Tarkistettu lähteestä %(when)s", when=ago(day, today)), "seen")


def four_dates(freshness: Freshness, today: dt.date) -> list[tuple[str, str]]:
    """(what, when) for each of the four dates, told apart: changed is not confirmed."""

    def told(moment: dt.datetime | None) -> str:
        if moment is None:
            return ""
        day = local_day(moment)
        return _("%(date)s (%(ago)s)", date=date(day), ago=ago(day, today))

    rows = [
        (_("Löytyi lähteestä ensimmäisen kerran"), told(freshness.first_seen)),
        (_("Nähty lähteessä viimeksi"), told(freshness.last_seen)),
        (_("Sisältö muuttunut viimeksi"), told(freshness.changed)),
        (_("Ihminen tarkistanut"), told(freshness.confirmed) or _("ei vielä")),
    ]
    return [(name, value) for name, value in rows if value]
