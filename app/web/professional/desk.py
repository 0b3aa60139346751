"""`/ammattilainen`: need and place, filters, results on two lines, shortlist; and its parts for the page."""

import datetime as dt
from collections.abc import Iterator
from itertools import groupby
from typing import Any, NamedTuple

from flask import Blueprint, Response, make_response, render_template

from app.web.facets import MOST_CHOICES, Choice, FacetView, facet_views, groups_heading
from app.web.interface import interface
from app.web.parameters import Links
from app.web.professional.asking import PAGE, SORTS, needs_of, question
from app.web.professional.entries import LANGUAGES
from app.web.professional.rows import Row, row
from app.web.site import Site, site
from app.web.texts import gettext as _
from schemas.search import SearchResult

pages = Blueprint("professional", __name__)

PATH = "/ammattilainen"
SHOWN_FACETS = ("kind", "group", "when", "channel", "price", "language", "municipality")
"""Facets beside the results; needs and areas are asked in words or by unit."""

_FIRST = {"kind": 5, "group": 4, "when": 3, "channel": 3, "price": 2, "language": 2, "municipality": 2}


class Group(NamedTuple):
    """Results of one reach (serves the place, near, online, national) under its name."""

    name: str
    rows: list[Row]


@pages.get(PATH)
def desk() -> str:
    """The whole desk."""
    return render_template("professional/desk.html", **_context(site()))


@pages.get(f"{PATH}/tulokset")
def results() -> Response:
    """Only filters and results, for the page that replaces them in place."""
    answer = make_response(render_template("professional/results.html", **_context(site())))
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _context(parts: Site) -> dict[str, Any]:
    asked = question(parts)
    links = asked.links(f"{interface().base}{PATH}", interface().kept)
    common = {
        "question": asked,
        "links": links,
        "units": parts.taxonomy.units,
        "unit_needs": needs_of(asked.unit, parts),
        "municipalities": parts.municipalities,
        "labels": parts.labels,
        "sheet_languages": LANGUAGES,
        "feed": lambda path: asked.links(f"{interface().base}{path}", {}).page(1),
        "sorts": {
            "relevance": _("sopivuus"),
            "next": _("seuraava kerta"),
            "distance": _("etäisyys"),
            "fresh": _("tuoreus"),
        },
        "sort_codes": SORTS,
    }
    if asked.empty:
        return {**common, "result": None, "areas": parts.taxonomy.areas.values()}
    result = parts.search.search(asked.request, choices=None if asked.unit else MOST_CHOICES)
    today = parts.today()
    return {
        **common,
        "result": result,
        "groups": _groups(result, parts, today),
        "nearest": [row(hit, parts, today) for hit in result.nearest[:6]],
        "facets": list(_facets(result, links, parts, by_unit=asked.unit is not None)),
        "read_places": [] if asked.request.municipality else _read_places(result, links, parts),
        "crisis": _crisis(result, parts),
        "last_page": -(-result.total // PAGE),
        "need_counts": {
            value.value: value.count for f in result.facets if f.name == "need" for value in f.values
        },
    }


def _groups(result: SearchResult, parts: Site, today: dt.date) -> list[Group]:
    """In the order of the hits; the first group needs no name when it is what was asked for."""
    groups: list[Group] = []
    for code, hits in groupby(result.hits, key=lambda hit: hit.group):
        plain = not groups and code in ("serves", "other")
        name = "" if plain else groups_heading(code, result, parts.labels)
        groups.append(Group(name, [row(hit, parts, today) for hit in hits]))
    return groups


def _facets(
    result: SearchResult, links: Links, parts: Site, *, by_unit: bool
) -> Iterator[tuple[FacetView, list[Choice], list[Choice]]]:
    """(facet, choices in sight, further ones) in the order of the desk; chosen ones are always in sight."""
    by_name = {view.name: view for view in facet_views(result, links, parts.labels)}
    for name in ("area", "need", *SHOWN_FACETS):
        view = by_name.get(name)
        if view and (name in SHOWN_FACETS or (view.chosen and not by_unit)):
            choices = view.choices
            shown = [entry for at, entry in enumerate(choices) if entry.chosen or at < _FIRST.get(name, 4)]
            yield view, shown, [entry for entry in choices if entry not in shown]


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
