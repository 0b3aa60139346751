"""An activity on two lines: what a professional must see at a glance."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from flask import render_template
from markupsafe import Markup

from app.web.cards import Card, Phone, card
from app.web.cards import away as distance_away
from app.web.interface import Interface, interface
from app.web.professional.referral import Referral, referral
from app.web.site import Site
from app.web.stencils import Filled, Fixed
from app.web.texts import gettext as _
from app.web.wording.days import ago, date, hours, local_day, short_day
from app.web.wording.freshness import FreshnessWords
from app.web.wording.labels import in_row
from app.web.wording.lines import tied
from schemas.activity import Activity, Freshness
from schemas.codes import ContactType
from schemas.schedule import Occurrence
from schemas.search import Hit

_NUMBER = "\ue002"
"""Stands in a drawn row for its number on the page."""


class Row(NamedTuple):
    """One result. Empty strings are facts that the source does not tell.

    entry   registration and referral, as short words
    fresh   freshness in a few words, with the mark fresh | seen | stale
    """

    card: Card
    group: str
    away: str
    when: str
    entry: tuple[str, ...]
    email: str
    access: tuple[str, ...]
    languages: str
    fresh: FreshnessWords | None
    url: str


def row(hit: Hit, parts: Site, today: dt.date) -> Row:
    """The two lines of one hit."""
    activity = hit.activity
    shown = card(hit, parts, today)
    features = dict.fromkeys(code for place in activity.places() for code in place.accessibility)
    return Row(
        card=shown,
        group=hit.group,
        away=distance_away(hit),
        when=short_meeting(hit.next, today) if hit.next else "",
        entry=entry(activity),
        email=email(activity),
        access=tuple(in_row([parts.labels("accessibility", code.value) for code in features])),
        languages=", ".join(parts.labels("language", code) for code in activity.languages),
        fresh=short_freshness(activity.freshness, shown.freshness, today),
        url=activity.url or "",
    )


class Line(NamedTuple):
    """What the desk's two lines say of a hit whatever was asked."""

    id: str
    link: str
    title: str
    lang: str
    status: str
    organisation: str
    phone: Phone | None
    email: str
    url: str
    when: str
    where: str
    away: str
    whom: str
    entry: tuple[str, ...]
    fresh: FreshnessWords | None
    differs: str


def drawn_rows(hits: Iterable[Hit], generation: str, parts: Site, today: dt.date, first: int) -> Markup:
    """Hits on two lines each, numbered from `first`."""
    ui = interface()
    drawn = [
        _drawn(hit, generation, parts, ui, today).replace(_NUMBER, str(number))
        for number, hit in enumerate(hits, first)
    ]
    return Markup("".join(drawn))  # noqa: S704 drawn hits


def _drawn(hit: Hit, generation: str, parts: Site, ui: Interface, today: dt.date) -> str:
    far = distance_away(hit)
    key = ("row", generation, ui.base, ui.display, today, hit.id, hit.next, far)
    return str(parts.cards.get(key, lambda: _line(hit, parts, ui, today), ui.begun))


def _line(hit: Hit, parts: Site, ui: Interface, today: dt.date) -> Filled:
    shown = row(hit, parts, today)
    card, fresh = shown.card, shown.fresh
    line = Line(
        id=card.id,
        link=ui.link(f"/toiminta/{card.id}"),
        title=card.title,
        lang=card.lang,
        status=card.status,
        organisation=card.organisation,
        phone=card.phone,
        email=shown.email,
        url=shown.url,
        when=tied(shown.when),
        where=card.where,
        away=shown.away,
        whom=card.whom,
        entry=tuple(filter(None, (", ".join(shown.entry), card.price.lower()))),
        fresh=fresh and fresh._replace(mark=Fixed(fresh.mark)),
        differs=Fixed(card.differs),
    )

    def draw(given: Mapping[str, Any]) -> str:
        return render_template("professional/row.html", ui=ui, **given) + "\n"

    return parts.stencils.filled(("row.html", ui.language), {"row": line, "key": _NUMBER}, draw)


def short_meeting(found: Occurrence, today: dt.date) -> str:
    """One meeting in figures: "ti 24.11. klo 17–19"."""
    times = hours(found.start_time, found.end_time)
    day = found.day
    if found.until != day:
        span = f"{date(day, today)}–{date(found.until, today)}"
        return " ".join(filter(None, (span, times)))
    return " ".join(filter(None, (short_day(day, today), times)))


def entry(activity: Activity) -> tuple[str, ...]:
    """How one gets in: registration and referral, as far as the source tells."""
    words = []
    if activity.registration.required is True:
        words.append(_("ilmoittaudu"))
    if activity.registration.required is False:
        words.append(_("ei ilmoittautumista"))
    needed = referral(activity)
    if needed is Referral.NEEDED:
        words.append(_("lähete tarvitaan"))
    if needed is Referral.NOT_NEEDED:
        words.append(_("ei lähetettä"))
    return tuple(words)


def email(activity: Activity) -> str:
    """The first mail address; empty where there is none."""
    found = (contact.value for contact in activity.contacts if contact.type is ContactType.EMAIL)
    return next(found, activity.registration.email or "")


def short_freshness(
    freshness: Freshness, words: FreshnessWords | None, today: dt.date
) -> FreshnessWords | None:
    """The freshness of `words` in a few words."""
    if words is None:
        return None
    if words.mark == "fresh" and freshness.confirmed:
        when = ago(local_day(freshness.confirmed), today)
        return FreshnessWords(_("vahvistettu %(when)s", when=when), "fresh")
    if freshness.last_seen is None:
        return None
    when = ago(local_day(freshness.last_seen), today)
    if words.mark == "stale":
        return FreshnessWords(_("tarkista, nähty %(when)s", when=when), "stale")
    return FreshnessWords(_("nähty %(when)s", when=when), "seen")
