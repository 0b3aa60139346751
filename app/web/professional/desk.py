"""`/ammattilainen`: need and place, filters, results on two lines, shortlist; and its parts for the page."""

import datetime as dt
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any, NamedTuple

from flask import Blueprint, Response, make_response, render_template, request
from markupsafe import Markup

from app.web.facets import (
    MOST_CHOICES,
    ChoiceDrawer,
    corrections,
    facet_label,
    groups_heading,
    shown_values,
)
from app.web.interface import Interface, interface
from app.web.parameters import Links, left_out
from app.web.professional.asking import PAGE, SORTS, Question, needs_of, question
from app.web.professional.entries import LANGUAGES
from app.web.professional.rows import drawn_rows
from app.web.site import Site, site
from app.web.stencils import Fixed
from app.web.texts import gettext as _
from app.web.texts import ngettext
from schemas.search import SearchResult

pages = Blueprint("professional", __name__)

PATH = "/ammattilainen"
SHOWN_FACETS = ("kind", "group", "when", "channel", "price", "language", "municipality")
"""Facets beside the results; needs and areas are asked in words or by unit."""

_TEMPLATE = "professional/results.html"
_OF_START = ("units", "municipalities", "links", "areas")
"""What only an empty desk and the desk of a unit show."""

_FIRST = {"kind": 5, "group": 4, "when": 3, "channel": 3, "price": 2, "language": 2, "municipality": 2}


class Group(NamedTuple):
    """Results of one reach (serves the place, near, online, national) under its name, drawn."""

    name: str
    rows: Markup


class DeskFacet(NamedTuple):
    """One facet: the choices in sight, and further ones."""

    name: str
    label: str
    shown: Markup
    more: Markup


class Order(NamedTuple):
    """One order of the results as a link."""

    code: str
    name: str
    link: str


class Pager(NamedTuple):
    """Links to the pages before and after ("" = none), and which page of how many this is."""

    before: str
    after: str
    page: str
    last: str


@pages.after_request
def _not_kept(response: Response) -> Response:
    """Questions are about patients: a workstation that many use must not keep them."""
    if request.args:
        response.headers["Cache-Control"] = "no-store"
    return response


@pages.get(PATH)
def desk() -> tuple[str, int]:
    """The whole desk; programs are told by the status that the URL cannot be read."""
    parts = site()
    asked = question(parts)
    common = {"sheet_languages": LANGUAGES, "question": asked}
    page = render_template("professional/desk.html", **common, **_values(asked, parts))
    return page, 400 if asked.asked.malformed else 200


@pages.get(f"{PATH}/tulokset")
def results() -> Response:
    """Only filters and results, for the page that replaces them in place."""
    parts = site()
    asked = question(parts)
    answer = make_response(_drawn(_values(asked, parts), interface(), parts, plain=asked.unit is None))
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _drawn(values: Mapping[str, Any], ui: Interface, parts: Site, *, plain: bool) -> str:
    """Filters and results. What a unit and an empty desk offer is drawn as it is, the rest as a stencil."""
    if not (plain and values["found"]):
        return render_template(_TEMPLATE, **values)
    key = (_TEMPLATE, ui.language, ui.base, ui.display)
    texts = {name: value for name, value in values.items() if name not in _OF_START}
    return parts.stencils.drawn(key, texts, lambda given: render_template(_TEMPLATE, **given))


def _values(asked: Question, parts: Site) -> dict[str, Any]:
    """What the template of the results is given."""
    ui, wanted = interface(), asked.asked.request
    links = asked.links(f"{ui.base}{PATH}", ui.kept)
    chosen = [pair for pair in wanted.chosen().items() if pair[0] != "municipality"]
    common: dict[str, Any] = {
        "q": wanted.q,
        "left_out": left_out(asked.asked),
        "place": asked.place,
        "unit": asked.unit.code if asked.unit else "",
        "chosen": [(name, value) for name, values in chosen for value in values],
        "sort": Fixed(wanted.sort),
        "feeds": [asked.links(f"{ui.base}{path}", {}).page(1) for path in ("/haku.atom", "/haku.ics")],
        "units": parts.taxonomy.units,
        "municipalities": parts.municipalities,
        "links": links,
        "areas": parts.taxonomy.areas.values(),
    }
    if asked.empty:
        return {**common, "found": False}
    result = parts.search.search(asked.request, choices=None if asked.unit else MOST_CHOICES)
    return {**common, "found": True, **_found(asked, result, links, parts), **_of_unit(asked, result, parts)}


def _of_unit(asked: Question, result: SearchResult, parts: Site) -> dict[str, Any]:
    """The needs met at a unit, those chosen, and how many activities answer each."""
    if asked.unit is None:
        return {"unit_needs": ()}
    counts = {v.value: v.count for facet in result.facets if facet.name == "need" for v in facet.values}
    needs, chosen = needs_of(asked.unit, parts), asked.asked.request.need
    return {
        "unit_needs": needs,
        "other_needs": [need for need in needs if counts.get(need.code) and need.code not in chosen],
        "unit_name": interface().text(asked.unit.name),
        "need_counts": counts,
        "chosen_needs": chosen,
    }


def _found(asked: Question, result: SearchResult, links: Links, parts: Site) -> dict[str, Any]:
    """Texts, links and drawn pieces of a search."""
    ui, today, generation = interface(), parts.today(), result.generation
    drawer = ChoiceDrawer("professional/choice.html", links, parts.labels, parts.stencils, ui)
    return {
        "heading": ngettext("%(num)s tulos", "%(num)s tulosta", result.total),
        "total": result.total > 0,
        "narrowed": _narrowed(asked),
        "facets": list(_facets(result, drawer, by_unit=asked.unit is not None)),
        "read_places": [] if asked.request.municipality else _read_places(result, links, parts),
        "orders": _orders(asked, links),
        "crisis": tuple(_crisis(result, parts)),
        "unknown_place": asked.asked.unknown_place,
        "corrections": corrections(result.interpretation, links),
        "groups": _groups(result, parts, today),
        "loosened": [entry.text for entry in result.loosened],
        "nearest": drawn_rows(result.nearest[:6], generation, parts, today, 1),
        "pager": _pager(asked.asked.request.page, -(-result.total // PAGE), links),
    }


def _narrowed(asked: Question) -> str:
    """How many choices narrow the results; "" for none. The place stands in its field."""
    chosen = asked.asked.request.chosen().items()
    number = sum(len(values) for name, values in chosen if name != "municipality")
    return ngettext("%(num)s valittu", "%(num)s valittu", number) if number else ""


def _orders(asked: Question, links: Links) -> list[Order]:
    """The orders that make sense: by distance only from somewhere."""
    names = {
        "relevance": _("sopivuus"),
        "next": _("seuraava kerta"),
        "distance": _("etäisyys"),
        "fresh": _("tuoreus"),
    }
    wanted = asked.asked.request
    placed = wanted.municipality or asked.place or wanted.sort == "distance"
    codes = [code for code in SORTS if code != "distance" or placed]
    return [Order(Fixed(code), names[code], links.sorted(code)) for code in codes]


def _pager(page: int, last: int, links: Links) -> Pager | None:
    if last < 2:
        return None
    before = links.page(page - 1) if page > 1 else ""
    return Pager(before, links.page(page + 1) if page < last else "", str(page), str(last))


def _groups(result: SearchResult, parts: Site, today: dt.date) -> list[Group]:
    """In the order of the hits; the first group needs no name when it is what was asked for."""
    groups: list[Group] = []
    number = 1
    for code, found in groupby(result.hits, key=lambda hit: hit.group):
        hits = list(found)
        plain = not groups and code in ("serves", "other")
        name = "" if plain else groups_heading(code, result, parts.labels)
        groups.append(Group(name, drawn_rows(hits, result.generation, parts, today, number)))
        number += len(hits)
    return groups


def _facets(result: SearchResult, drawer: ChoiceDrawer, *, by_unit: bool) -> Iterator[DeskFacet]:
    """Facets in the order of the desk; chosen choices are always in sight."""
    by_name = {facet.name: facet for facet in result.facets}
    for name in ("area", "need", *SHOWN_FACETS):
        values = shown_values(by_name[name]) if name in by_name else []
        chosen = any(value.chosen for value in values)
        if values and (name in SHOWN_FACETS or (chosen and not by_unit)):
            shown = [value for at, value in enumerate(values) if value.chosen or at < _FIRST.get(name, 4)]
            more = [value for value in values if value not in shown]
            label = facet_label(by_name[name])
            yield DeskFacet(Fixed(name), label, drawer.lines(name, shown), drawer.lines(name, more))


def _read_places(result: SearchResult, links: Links, parts: Site) -> list[tuple[str, str]]:
    """(name, link without it) of the municipalities read from the words."""
    return [
        (parts.labels.municipality(entry.value), links.saying(entry.without))
        for entry in result.interpretation.understood
        if entry.type == "place" and entry.value.isdigit()
    ]


def _crisis(result: SearchResult, parts: Site) -> list[Any]:
    topic = result.interpretation.crisis
    if not topic:
        return []
    lines = [*parts.county.help_lines("emergency"), *parts.county.help_lines(topic)]
    return list(dict.fromkeys(lines)) if len(lines) > 1 else list(parts.county.help_line)
