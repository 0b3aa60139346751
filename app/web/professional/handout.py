"""`/ohjauslista`: the shortlist as hand-out, comparison, text and PDF. Ids come in bodies, never in paths.

Nothing is stored and nothing but the access line (method, path, status) is logged. The note reaches the
server only in the form for the PDF, and is gone when the answer is sent.
"""

from typing import Any

import msgspec
from flask import Blueprint, Response, jsonify, make_response, render_template, request

from app.web.interface import interface
from app.web.professional.entries import LANGUAGES, MOST, Listed, listed, plain_text
from app.web.professional.paper import OWN, pdf
from app.web.site import site
from app.web.texts import gettext as _
from app.web.texts import ngettext
from app.web.wording.days import date
from schemas.errors import BadQuery

pages = Blueprint("handout", __name__)

LONGEST_NOTE = 1000


class _Wanted(msgspec.Struct, forbid_unknown_fields=True):
    """The body that the page sends: ids in order."""

    ids: tuple[str, ...]
    large: bool = False


@pages.get("/ohjauslista")
def shared() -> Response:
    """An empty sheet that fills itself from the fragment of the address; without scripts it says how."""
    return _unstored(render_template("professional/shared.html", **_context(Listed([], 0), large=False)))


@pages.post("/ohjauslista")
def made() -> Response:
    """The hand-out of picked ids, for browsers without scripts; a button may have changed their order."""
    chosen = listed(_ordered(request.form.getlist("id")), site())
    return _unstored(
        render_template(
            "professional/made.html", **_context(chosen, large=_large(), note=_note()), compare=False
        )
    )


@pages.post("/ohjauslista/vertailu")
def compared() -> Response:
    """The picked ids side by side, for browsers without scripts."""
    chosen = listed(request.form.getlist("id"), site())
    return _unstored(render_template("professional/made.html", **_context(chosen, large=False), compare=True))


@pages.post("/ohjauslista/osat")
def parts_of_page() -> Response:
    """Everything that the page shows of a list, in the language of the URL; the note is not part of it."""
    try:
        wanted = msgspec.json.decode(request.get_data(), type=_Wanted)
    except msgspec.MsgspecError as error:
        raise BadQuery(f"a list is an object with ids: {error}") from error
    chosen = listed(wanted.ids, site())
    context = _context(chosen, large=wanted.large)
    answer = jsonify(
        picks=[_pick(entry) for entry in chosen.entries],
        missing=_missing(chosen.missing),
        sheet=render_template("professional/sheet.html", **context),
        compare=render_template("professional/compare.html", **context),
        text=context["text"],
        mail=context["mail"],
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


@pages.post("/ohjauslista.pdf")
def printed() -> Response:
    """The hand-out as PDF; the note of the form is printed and forgotten."""
    chosen = listed(request.form.getlist("id"), site())
    if not chosen.entries:
        raise BadQuery("a hand-out needs at least one activity")
    context = _context(chosen, large=_large(), note=_note())
    assets = site().assets
    styles = [f"{OWN}{assets[name].url}" for name in ("css/sheet.css", "css/handout_pdf.css")]

    def drawn(room: bool) -> str:
        return render_template("professional/paper.html", **context, styles=styles, room=room)

    answer = make_response(pdf(drawn, assets))
    answer.headers["Content-Type"] = "application/pdf"
    answer.headers["Content-Disposition"] = 'attachment; filename="ohjauslista.pdf"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _pick(entry: Any) -> dict[str, str]:
    card = entry.row.card
    return {
        "id": card.id,
        "title": card.title,
        "lang": card.lang,
        "organisation": card.organisation,
        "phone": card.phone.shown if card.phone else "",
    }


def _context(chosen: Listed, *, large: bool, note: str = "") -> dict[str, Any]:
    parts, ui = site(), interface()
    day = date(parts.today())
    county = ui.text(parts.county.name)
    text = plain_text(chosen.entries, day, county)
    mail_text = plain_text(chosen.entries, day, county, facts=len(chosen.entries) <= 4)
    return {
        "entries": chosen.entries,
        "missing": _missing(chosen.missing),
        "large": large,
        "note": note,
        "day": day,
        "county": county,
        "text": text,
        "mail": {"subject": _("Tukea ja toimintaa sinulle"), "body": mail_text},
        "sheet_languages": LANGUAGES,
        "most": MOST,
        "lines": [line for line in parts.county.help_line if "crisis" in line.topics or line.phone == "112"],
    }


def _missing(number: int) -> str:
    if not number:
        return ""
    return ngettext(
        "%(num)s listan toiminta on päättynyt tai poistettu.",
        "%(num)s listan toimintaa on päättynyt tai poistettu.",
        number,
    )


def _ordered(ids: list[str]) -> list[str]:
    """The ids after the button that was pressed, if one was: one moved up or down, or taken away."""
    for name, way in (("ylos", -1), ("alas", 1)):
        moved = request.form.get(name)
        if moved in ids:
            at = ids.index(moved)
            to = min(max(at + way, 0), len(ids) - 1)
            ids.insert(to, ids.pop(at))
    return [identifier for identifier in ids if identifier != request.form.get("pois")]


def _large() -> bool:
    return request.form.get("suuri") == "1"


def _note() -> str:
    return request.form.get("viesti", "").strip()[:LONGEST_NOTE]


def _unstored(page: str) -> Response:
    answer = make_response(page)
    answer.headers["Cache-Control"] = "no-store"
    return answer
