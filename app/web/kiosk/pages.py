"""`/olka/`: touch screens of guidance points. One decision a screen: topic, place, result, sheet."""

import re
from typing import Any

from flask import Blueprint, Response, abort, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from app.web.cards import away
from app.web.carepaths.steps import filled
from app.web.interface import interface
from app.web.kiosk import clock
from app.web.kiosk.finding import SHOWN, Gathering, find, help_lines, this_week
from app.web.kiosk.leaflets import leaflet
from app.web.kiosk.visit import (
    BACK,
    END,
    EVERYWHERE,
    KINDS,
    MOST_PICKS,
    WARNING,
    Tile,
    Visit,
    home,
    municipalities,
    offered,
    visit,
)
from app.web.languages import PREFIXES
from app.web.site import Site, site
from app.web.texts import gettext as _
from app.web.wording.days import date, meeting
from schemas.errors import NotFound, SearchUnavailable
from schemas.search import Hit

pages = Blueprint("kiosk", __name__, url_prefix="/olka")

ELSEWHERE = ("near", "farther")
"""Groups of hits that do not serve the chosen municipality."""

ICONS = ("alert", "arrow", "calendar", "check", "clock", "close", "home", "info", "list", "people", "person")
MORE_ICONS = ("phone", "place", "print", "search", "text", "hospital", "activity", "money", "mail", "map")


_SCREENS = re.compile(rf"(sanat|kunta|tulokset|ohje|viikko|{'|'.join(KINDS)}|polku/[a-z0-9-]{{1,80}})?\Z")
"""Screens that the question whether somebody is still there may return to."""


@pages.before_request
def _in_time() -> AnyResponse | None:
    """Screens of somebody who has left lead to the start."""
    code = (request.view_args or {}).get("code", "")
    point = site().wiring.points.find(code)
    if point is None:
        return None
    untimed = request.endpoint in ("kiosk.start", "kiosk.leave")
    return clock.refused(point, home(point, interface()), untimed=untimed)


@pages.after_request
def _not_kept(response: Response) -> Response:
    """What a person chose must not stay on a shared device; the start screen tells nothing of anybody."""
    if request.args or request.path.count("/") > 2:
        response.headers.setdefault("Cache-Control", "no-store")
    return response


@pages.get("/")
def points() -> str:
    """The screens of this county, for the person who sets one up."""
    return render_template("kiosk/points.html", points=site().wiring.points.point)


@pages.get("/<code>")
def start(code: str) -> str:
    """The first screen: how to begin."""
    parts = site()
    visiting = visit(code, parts)
    try:
        here, near = this_week(visiting, parts)
    except SearchUnavailable:
        here, near = [], []
    return _screen("start", visiting, ways=_ways(visiting), week=len(here) + len(near))


@pages.get("/<code>/<any(sairaus, yksikko, tilanne):kind>")
def choose(code: str, kind: str) -> str:
    """Tiles of illnesses, units or situations."""
    parts = site()
    visiting = visit(code, parts)
    tiles = [
        Tile(
            visiting.ui.text(term.name),
            getattr(term, "icon", ""),
            visiting.fresh("kunta", id=visiting.picks, **{kind: term.code}),
        )
        for term in offered(kind, visiting.point, parts)
    ]
    if not tiles:
        abort(404)
    headings = {
        "sairaus": _("Mikä sairaus?"),
        "yksikko": _("Mikä yksikkö?"),
        "tilanne": _("Mitä on tapahtunut?"),
    }
    return _screen("choose", visiting, tiles=tiles, heading=headings[kind], plain=kind == "sairaus")


@pages.get("/<code>/sanat")
def words(code: str) -> str:
    """Own words, with a keyboard on the screen."""
    return _screen("words", visit(code, site()))


@pages.get("/<code>/kunta")
def place(code: str) -> "str | AnyResponse":
    """Tiles of municipalities."""
    parts = site()
    visiting = visit(code, parts)
    if visiting.topic is None:
        return redirect(visiting.fresh(), 303)
    codes = municipalities(visiting.point, parts)
    tiles = [
        Tile(parts.labels.municipality(town), "place", visiting.link("tulokset", kunta=town))
        for town in codes
    ]
    tiles.append(Tile(_("Koko maakunta"), "map", visiting.link("tulokset", kunta=EVERYWHERE)))
    return _screen("choose", visiting, tiles=tiles, heading=_("Missä asut?"), plain=True)


@pages.get("/<code>/tulokset")
def results(code: str) -> "str | AnyResponse":
    """The best results, each a large target that leads to its sheet."""
    parts = site()
    visiting = visit(code, parts)
    if visiting.topic is None:
        return redirect(visiting.fresh(), 303)
    found = find(visiting, visiting.topic, parts)
    hits = found.hits or found.nearest[:SHOWN]
    today = parts.today()
    return _screen(
        "results",
        visiting,
        total=found.total,
        exact=bool(found.hits),
        leaflets=[
            (leaflet(hit, parts, today), visiting.link("ohje", id=_added(visiting, hit.id)), _away(hit))
            for hit in hits
        ],
        near=bool(found.hits) and found.hits[0].group in ELSEWHERE,
        loosened=found.loosened,
        corrections=[entry for entry in found.interpretation.corrections if entry.applied],
        crisis=help_lines(visiting.topic, found.interpretation.crisis, parts),
        more=visiting.link("tulokset", sivu=visiting.page + 1) if found.total > visiting.page * SHOWN else "",
        where=_where(visiting, parts),
        path=_path(visiting, parts) if visiting.page == 1 else None,
    )


@pages.get("/<code>/ohje")
def handout(code: str) -> "str | AnyResponse":
    """The sheet: to print, or to take along by telephone."""
    parts = site()
    visiting = visit(code, parts)
    if not visiting.picks:
        return redirect(visiting.fresh(), 303)
    today = parts.today()
    hits = [entry for identifier in visiting.picks if (entry := _known(identifier, parts))]
    if not hits:
        abort(404)
    return _screen(
        "handout",
        visiting,
        leaflets=[leaflet(hit, parts, today) for hit in hits],
        back=visiting.link("tulokset", id=visiting.picks[:-1]) if visiting.topic else visiting.fresh(),
        another=visiting.link("tulokset") if visiting.topic and len(hits) < MOST_PICKS else "",
        heading=_("Näistä voit saada tukea"),
    )


@pages.get("/<code>/polku/<path_code>")
def path(code: str, path_code: str) -> str:
    """A care path as one sheet: the best activity of each step."""
    parts = site()
    visiting = visit(code, parts)
    found = parts.wiring.care_paths.find(path_code)
    if found is None:
        abort(404)
    town = visiting.municipality
    codes = () if town in ("", EVERYWHERE) else (town,)
    hits = {hit.id: hit for step in filled(found, codes, parts, 1) for hit in step.hits}
    today, ui = parts.today(), visiting.ui
    return _screen(
        "handout",
        visiting,
        leaflets=[leaflet(hit, parts, today) for hit in hits.values()],
        back=visiting.link("tulokset") if visiting.topic else visiting.fresh(),
        another="",
        heading=ui.text(found.title),
        intro=ui.text(found.intro),
    )


@pages.get("/<code>/viikko")
def week(code: str) -> str:
    """Events of the house and its town in the next seven days."""
    parts = site()
    visiting = visit(code, parts)
    here, near = this_week(visiting, parts)
    return _screen(
        "week",
        visiting,
        here=[_gathered(entry, visiting, parts) for entry in here],
        near=[_gathered(entry, visiting, parts) for entry in near],
        town=parts.labels.municipality(visiting.point.home),
    )


@pages.get(f"/<code>/{WARNING}")
def warning(code: str) -> str:
    """Whether somebody is still there: asked where no script can, answered by going back to the screen."""
    visiting = visit(code, site())
    if not _SCREENS.match(request.args.get(BACK, "")):
        abort(404)
    return _screen("warning", visiting)


@pages.get(f"/<code>/{END}")
def leave(code: str) -> "str | AnyResponse":
    """To the start in two steps. After the first a browser holds the last screen among those that it goes
    back to without asking; on the second it is told to forget them all."""
    visiting = visit(code, site())
    if "valmis" not in request.args:
        return _screen("leave", visiting)
    answer = redirect(visiting.home, 303)
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


def _screen(name: str, visiting: Visit, **values: Any) -> str:
    ui, parts = visiting.ui, site()
    ui.used.update(ICONS + MORE_ICONS)
    ui.used.update(term.icon for terms in (parts.taxonomy.units, parts.taxonomy.situations) for term in terms)
    return render_template(
        f"kiosk/{name}.html",
        visit=visiting,
        point=visiting.point,
        topic=visiting.topic,
        day=date(parts.today()),
        county=ui.text(parts.county.name),
        kept_files=_kept_files(visiting),
        lines=[line for line in parts.county.help_line if "crisis" in line.topics or line.phone == "112"],
        **values,
    )


def _kept_files(visiting: Visit) -> list[str]:
    """What the service worker keeps for times without a network: nothing that tells of a person."""
    ui = visiting.ui
    roots = [f"{ui.root}{prefix}/olka" for prefix in PREFIXES.values()]
    return [
        *(f"{top}/{visiting.point.code}" for top in roots),
        *(f"{top}/data.json" for top in roots),
        *(ui.asset(name) for name in site().assets.names() if name.startswith("js/kiosk/")),
        *(ui.asset(name) for name in ("css/base.css", "css/sheet.css", "css/kiosk.css", "mark.svg")),
        ui.asset("fonts/source-sans-3-latin.woff2"),
    ]


def _ways(visiting: Visit) -> list[tuple[str, str, str, str]]:
    """(name, hint, picture, link) of the ways to begin that this point offers."""
    told = {
        "sairaus": (_("Sairaus"), _("Esimerkiksi diabetes tai syöpä"), "activity"),
        "yksikko": (_("Sairaalan yksikkö"), _("Osasto tai poliklinikka"), "hospital"),
        "tilanne": (_("Elämäntilanne"), _("Esimerkiksi suru tai yksinäisyys"), "people"),
    }
    has = (visiting.point.illnesses, visiting.point.units, visiting.point.situations)
    return [(*told[kind], visiting.fresh(kind)) for kind, codes in zip(KINDS, has, strict=True) if codes]


def _away(hit: Hit) -> str:
    """How far the place of a hit is; what comes by phone or online is not far."""
    return away(hit) if hit.activity.places() else ""


def _added(visiting: Visit, identifier: str) -> tuple[str, ...]:
    kept = tuple(pick for pick in visiting.picks if pick != identifier)
    return (*kept[: MOST_PICKS - 1], identifier)


def _where(visiting: Visit, parts: Site) -> str:
    town = visiting.municipality
    return _("koko maakunta") if town in ("", EVERYWHERE) else parts.labels.municipality(town)


def _path(visiting: Visit, parts: Site) -> Tile | None:
    """The care path that a topic is about, if there is one."""
    sought = visiting.topic
    if sought is None or sought.kind == "q":
        return None
    for found in parts.wiring.care_paths.path:
        if sought.needs and sought.needs[0] in found.steps[0].need:
            return Tile(visiting.ui.text(found.title), "list", visiting.link(f"polku/{found.code}"))
    return None


def _gathered(entry: Gathering, visiting: Visit, parts: Site) -> tuple[str, Any, str]:
    today = parts.today()
    shown = leaflet(entry.hit, parts, today)
    return meeting(entry.when, today), shown, visiting.fresh("ohje", id=(entry.hit.id,))


def _known(identifier: str, parts: Site) -> Hit | None:
    try:
        return parts.search.activity(identifier)
    except NotFound:
        return None
