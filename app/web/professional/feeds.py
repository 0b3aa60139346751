"""Saved searches are links: a search as an Atom feed and as a calendar, with the parameters of the search."""

import datetime as dt

from flask import Blueprint, Response, make_response, render_template

from app.web.interface import interface
from app.web.professional.asking import Question, question
from app.web.professional.rows import Row, row
from app.web.site import Site, site
from app.web.texts import gettext as _
from schemas.activity import Activity
from schemas.search import SearchResult

pages = Blueprint("feeds", __name__)

MOST = 50


@pages.get("/haku.atom")
def atom() -> Response:
    """What a search finds, the latest changed first, as Atom (RFC 4287)."""
    parts = site()
    asked, result = _found(parts)
    today = parts.today()
    rows = [(hit.activity, row(hit, parts, today)) for hit in result.hits]
    rows.sort(key=lambda pair: _changed(pair[0], parts), reverse=True)
    page = render_template(
        "professional/feed.xml",
        entries=[_entry(activity, shown, parts) for activity, shown in rows],
        updated=max((_changed(activity, parts) for activity, _row in rows), default=parts.now()).isoformat(),
        self_link=_address(asked, "/haku.atom"),
        page_link=_address(asked, "/ammattilainen"),
        title=", ".join(filter(None, _asked_words(asked))) or _("kaikki toiminta"),
    )
    return _answer(page.encode(), "application/atom+xml; charset=utf-8", "haku.atom")


@pages.get("/haku.ics")
def calendar() -> Response:
    """The meetings of what a search finds, as iCalendar (RFC 5545)."""
    from schemas.exports.ical import ical

    parts = site()
    _asked, result = _found(parts)
    activities, ui = [hit.activity for hit in result.hits], interface()
    data = ical(activities, today=parts.today(), now=parts.now(), host=ui.host, language=ui.lang)
    return _answer(data, "text/calendar; charset=utf-8", "haku.ics")


def _found(parts: Site) -> tuple[Question, SearchResult]:
    import msgspec

    asked = question(parts, strict=True)  # a feed that left a condition out would deliver something else
    wanted = msgspec.structs.replace(asked.request, size=MOST, page=1)
    return asked, parts.search.search(wanted)


def _asked_words(asked: Question) -> tuple[str, ...]:
    return asked.request.q, interface().text(asked.unit.name) if asked.unit else "", asked.place


def _entry(activity: Activity, shown: Row, parts: Site) -> dict[str, str]:
    card = shown.card
    facts = (card.when, card.where, card.whom, card.price, card.phone.shown if card.phone else "")
    return {
        "id": f"urn:vierelle:{activity.id}",
        "title": card.title,
        "lang": card.lang,
        "link": interface().activity(activity.id),
        "updated": _changed(activity, parts).isoformat(),
        "author": card.organisation or "Vierelle",
        "summary": " ".join(filter(None, (card.summary, " · ".join(filter(None, facts))))),
    }


def _changed(activity: Activity, parts: Site) -> dt.datetime:
    dates = activity.freshness
    return dates.changed or dates.first_seen or dates.last_seen or parts.now()


def _address(asked: Question, path: str) -> str:
    ui = interface()
    return ui.whole(asked.links(f"{ui.base}{path}", {}).page(1))


def _answer(data: bytes, kind: str, name: str) -> Response:
    answer = make_response(data)
    answer.headers["Content-Type"] = kind
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    # A proxy must not keep which needs somebody follows.
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
