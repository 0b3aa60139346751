"""`/polut`: all care paths; `/polku/<code>`: one, for the place that the person chose."""

from flask import Blueprint, abort, render_template, request
from markupsafe import Markup

from app.web.cards import away
from app.web.carepaths.steps import FilledStep, filled
from app.web.drawing import drawn_card
from app.web.interface import Interface, interface
from app.web.parameters import LONGEST_PLACE, one_line, places_of
from app.web.professional.entries import qr
from app.web.site import Site, site
from app.web.texts import gettext as _
from app.web.wording.days import date, listed
from schemas.paths import CarePath
from schemas.search import Hit
from schemas.taxonomy import Term

pages = Blueprint("carepaths", __name__)

NEAR = 4
"""Related paths shown."""

_FAR = Markup('<p class="why">{}</p>')


@pages.get("/polut")
def index() -> str:
    """Every path, by what has happened and by hospital unit."""
    parts = site()
    return render_template(
        "carepaths/index.html", paths=parts.wiring.care_paths.path, units=_by_unit(parts), place=_place()
    )


@pages.get("/polku/<code>")
def show(code: str) -> str:
    """One path with its steps."""
    parts, ui = site(), interface()
    path = parts.wiring.care_paths.find(code)
    if path is None:
        abort(404)
    place = _place()
    codes = places_of(place, parts) if place else ()
    ui.used.update(("calendar", "place", "person", "money", "phone", "check", "alert", "info"))
    link = ui.whole(ui.link(f"/polku/{path.code}", paikka=place))
    return render_template(
        "carepaths/path.html",
        path=path,
        place=place,
        known=bool(codes) or not place,
        where=", ".join(parts.labels.municipality(found) for found in codes),
        looked_in=listed([parts.labels.away(found) for found in codes]),
        chosen=codes[0] if len(codes) == 1 else "",
        municipalities=parts.municipalities,
        steps=[(step, *_drawn(step, parts, ui)) for step in filled(path, codes, parts)],
        crisis=crisis_lines(path, parts),
        lines=[
            line
            for line in parts.county.help_line
            if "crisis" in line.topics and "emergency" not in line.topics
        ],
        near=_near(path, parts),
        day=date(parts.today()),
        link=link,
        code=qr(link),
    )


def crisis_lines(path: CarePath, parts: Site) -> tuple[object, ...]:
    """Help lines, where a step is about a need in which help may be needed at once."""
    return parts.county.lines_for(parts.taxonomy.crises(_needs(path)))


def _place() -> str:
    return one_line(request.args.get("paikka", ""))[:LONGEST_PLACE]


def _by_unit(parts: Site) -> list[tuple[Term, list[CarePath]]]:
    paths = parts.wiring.care_paths.path
    by_unit = [(unit, [path for path in paths if unit.code in path.units]) for unit in parts.taxonomy.units]
    return [(unit, found) for unit, found in by_unit if found]


def _near(path: CarePath, parts: Site) -> list[CarePath]:
    """Other paths of the same hospital units, those that share most needs first."""
    own = _needs(path)
    others = [
        (len(own & _needs(other)), other)
        for other in parts.wiring.care_paths.path
        if other != path and set(other.units) & set(path.units)
    ]
    shared = sorted((pair for pair in others if pair[0]), key=lambda pair: -pair[0])
    return [other for _number, other in shared[:NEAR]]


def _needs(path: CarePath) -> set[str]:
    return {need for step in path.steps for need in step.need}


def _drawn(step: FilledStep, parts: Site, ui: Interface) -> tuple[list[Markup], list[Markup]]:
    return (
        [_card(hit, step.generation, parts, ui) for hit in step.hits],
        [_card(hit, step.generation, parts, ui) for hit in step.nearest],
    )


def _card(hit: Hit, generation: str, parts: Site, ui: Interface) -> Markup:
    facts = Markup(drawn_card(hit, generation, parts, ui, parts.today()))  # noqa: S704 a drawn card
    far = away(hit)
    return facts + _FAR.format(_("Matkaa %(distance)s.", distance=far)) if far else facts
