"""One activity: everything known of it, with sources and dates; its calendar; reports about it."""

import datetime as dt

from flask import Blueprint, Response, redirect, render_template, request
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from app.web.interface import interface
from app.web.languages import language, tag
from app.web.record import record_view
from app.web.site import Site, site
from schemas.errors import NotFound, SearchUnavailable
from schemas.exports.ical import ical
from schemas.exports.jsonld import jsonld
from schemas.occurrences import next_occurrence
from schemas.search import Hit

pages = Blueprint("activity", __name__)


def find(identifier: str, parts: Site) -> Hit:
    """The activity as a hit: from the index, or, where it has ended, from the catalogue. Raises NotFound."""
    try:
        return parts.search.activity(identifier)
    except (NotFound, SearchUnavailable):
        found = parts.removals.shielded(parts.wiring.catalogue.get(identifier))
        return Hit(found.id, found, 0.0, next=next_occurrence(found.schedules(), parts.now()))


@pages.get("/toiminta/<identifier>")
def show(identifier: str) -> "str | AnyResponse":
    """The page of one activity; an id that was merged away leads to the one that stayed."""
    parts, ui = site(), interface()
    hit = find(identifier, parts)
    if hit.activity.id != identifier:
        return redirect(ui.link(f"/toiminta/{hit.activity.id}"), 301)
    ui.used.update(("phone", "mail", "link", "calendar"))
    activity = hit.activity
    data = jsonld(activity, ui.activity(activity.id, spoken=False), tag(language()))
    return render_template(
        "activity.html",
        view=record_view(hit, parts),
        linked_data=Markup(data),  # noqa: S704 the export escapes what could end the element
        thanks=request.args.get("kiitos", ""),
    )


@pages.get("/toiminta/<identifier>/kalenteri.ics")
def calendar(identifier: str) -> Response:
    """The meetings of one activity as iCalendar."""
    parts = site()
    activity = find(identifier, parts).activity
    moment = parts.now().astimezone(dt.UTC)
    data = ical([activity], today=parts.today(), now=moment, host=interface().host, language=tag(language()))
    answer = Response(data, content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="vierelle.ics"'
    return answer
