""" "Tieto on väärin" and "Poista tietoni": reports without a login, kept without the sender."""

from typing import NamedTuple

from flask import Blueprint, abort, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from app.web.activity import find
from app.web.cards import said
from app.web.interface import interface
from app.web.languages import language
from app.web.site import Site, site
from app.web.texts import gettext as _
from app.web.texts import lazy_gettext as _l
from app.web.tokens import OLDEST, YOUNGEST, age, from_our_page, signed
from schemas.activity import Activity
from schemas.catalogue.contract import REMOVAL

pages = Blueprint("feedback", __name__)

TOPICS = {
    "outdated": _l("Tieto on vanhentunut"),
    "ended": _l("Toiminta on päättynyt"),
    "contact": _l("Yhteystieto on väärä"),
    "place": _l("Paikka tai aika on väärä"),
    "other": _l("Jokin muu on vialla"),
}
LONGEST = 1000
"""Characters of the longest text kept."""


class Sent(NamedTuple):
    """What was filled in and what is wrong with it, by field."""

    topic: str
    text: str
    errors: dict[str, str]


@pages.route("/toiminta/<identifier>/palaute", methods=["GET", "POST"])
def report(identifier: str) -> "str | tuple[str, int] | AnyResponse":
    """The form for telling that something is wrong."""
    return _form(identifier, "report")


@pages.route("/toiminta/<identifier>/poista-tietoni", methods=["GET", "POST"])
def removal(identifier: str) -> "str | tuple[str, int] | AnyResponse":
    """The form for contact persons who want their details away."""
    return _form(identifier, REMOVAL)


def _form(identifier: str, purpose: str) -> "str | tuple[str, int] | AnyResponse":
    parts = site()
    activity = find(identifier, parts).activity
    if request.method == "GET":
        return _page(activity, purpose, Sent(request.args.get("aihe", ""), "", {}), parts)
    if not from_our_page(request):
        abort(400)
    sent = _read(activity, purpose, parts)
    if sent.errors:
        return _page(activity, purpose, sent, parts), 400
    if not request.form.get("website"):  # people do not see this field; machines fill it in
        if not (parts.reports.allows() and (purpose != REMOVAL or parts.removal_requests.allows())):
            full = _(
                "Juuri nyt tulee paljon lomakkeita. Tekstisi on tallessa alla. Lähetä se myöhemmin uudelleen."
            )
            return _page(activity, purpose, sent._replace(errors={"form": full}), parts), 503
        parts.wiring.catalogue.add_feedback(activity.id, sent.topic, sent.text, parts.today())
        if purpose == REMOVAL:
            parts.withdraw()
    kind = "poisto" if purpose == REMOVAL else "palaute"
    return redirect(interface().link(f"/toiminta/{activity.id}", kiitos=kind), 303)


def _read(activity: Activity, purpose: str, parts: Site) -> Sent:
    text = " ".join(request.form.get("text", "").split())
    errors: dict[str, str] = {}
    topic = REMOVAL if purpose == REMOVAL else request.form.get("topic", "")
    if topic != REMOVAL and topic not in TOPICS:
        errors["topic"] = _("Valitse, mikä on vialla.")
    if len(text) > LONGEST:
        errors["text"] = _("Teksti on liian pitkä. Lyhennä se %(number)s merkkiin.", number=LONGEST)
    if topic == REMOVAL and not text:
        errors["text"] = _("Kirjoita, mikä nimi, numero tai osoite poistetaan.")
    seconds = age(parts.form_key, f"{purpose} {activity.id}", request.form.get("token", ""))
    if seconds is None or seconds > OLDEST:
        errors["form"] = _("Lomake ehti vanhentua. Tekstisi on tallessa alla. Lähetä se uudelleen.")
    elif seconds < YOUNGEST and not errors:
        errors["form"] = _("Lomake lähti heti, kun sivu aukesi. Tarkista teksti ja lähetä se uudelleen.")
    return Sent(topic, text, errors)


def _page(activity: Activity, purpose: str, sent: Sent, parts: Site) -> str:
    return render_template(
        "removal.html" if purpose == REMOVAL else "report.html",
        title=said(activity.title.items(), language())[0],
        id=activity.id,
        topics=TOPICS,
        sent=sent,
        longest=LONGEST,
        token=signed(parts.form_key, f"{purpose} {activity.id}"),
    )
