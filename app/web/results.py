"""Search results: list, map and week of one search, all from the same URL."""

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from flask import Blueprint, Response, render_template, request
from markupsafe import Markup

from app.web.cards import away
from app.web.choices import SORTS, VIEWS
from app.web.county_map import MAP_SIZE, county_map
from app.web.drawing import drawn_card, drawn_page, listed_hits, why_line
from app.web.facets import (
    MOST_CHOICES,
    ChoiceDrawer,
    chips,
    corrections,
    drawn_facets,
    groups_heading,
)
from app.web.holding import Answer, held
from app.web.interface import Interface, interface
from app.web.languages import language, tag
from app.web.parameters import Asked, Links, left_out, read
from app.web.site import Site, site
from app.web.stencils import Fixed
from app.web.texts import gettext as _
from app.web.texts import ngettext
from app.web.week import WEEK_SIZE, week_of
from schemas.search import Hit, SearchRequest, SearchResult

pages = Blueprint("results", __name__)

PAGE_SIZE = 20
_ICONS = ("calendar", "place", "person", "money", "phone", "check", "info", "close", "alert")
"""Pictures of the pieces that come in drawn."""


class Group(NamedTuple):
    """The hits of one reach under their heading, drawn; `total` is how many there are in all."""

    code: str
    heading: str
    total: str
    hits: Markup


class Page(NamedTuple):
    """One page of a list; without a number a gap."""

    number: str
    link: str
    here: bool


class Paging(NamedTuple):
    """The first and the last hit shown, links to the neighbouring pages ("" = none), pages to choose."""

    first: str
    last: str
    before: str
    after: str
    shown: list[Page]


@pages.after_request
def _not_kept(response: Response) -> Response:
    """Results carry the person's own words: a shared device must not keep them."""
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.get("/haku")
@held
def search() -> str | Answer:
    """One page of results."""
    parts, ui = site(), interface()
    asked = read(request.args, parts, language(), largest=PAGE_SIZE)
    few = MOST_CHOICES if asked.view == "lista" else None  # the map shows all municipalities
    result = parts.search.search(_shaped(asked), choices=few)
    links = Links(f"{ui.base}/haku", asked, ui.kept)
    today = parts.today()
    grouped = _grouped(result) if asked.view == "lista" else ()
    values = {
        **_said(asked, result, links, parts),
        "groups": [_group(code, hits, result, parts, ui, today) for code, hits in grouped],
        "nearest": listed_hits([_drawn(hit, result, parts, ui, today) for hit in result.nearest]),
        "facets": drawn_facets(result, ChoiceDrawer("choice.html", links, parts.labels, parts.stencils, ui)),
        "pages": _pages(result, links),
    }
    if asked.view == "lista":
        return _answer(asked, drawn_page("results.html", values, ui, _places, _ICONS))
    ui.used.update(_ICONS)
    drawn = county_map(result, links, parts) if asked.view == "kartta" else None
    if asked.view == "viikko":
        cut = result.total > len(result.hits)
        values["week"] = [
            (day, "" if day.whole or day.code in asked.request.when else links.adding("when", day.code))
            for day in week_of(result.hits, today, cut=cut)
        ]
    return _answer(asked, render_template("results.html", **values, **_places(), map=drawn))


def _answer(asked: Asked, page: str) -> str | Answer:
    """The page, whatever the URL said; programs are told by the status that it cannot be read."""
    return Answer(page, 400) if asked.malformed else page


def _places() -> dict[str, object]:
    """What the form offers on every page."""
    return {"municipalities": site().municipalities}


def _said(asked: Asked, result: SearchResult, links: Links, parts: Site) -> dict[str, object]:
    """The texts and links of a page but for its hits and facets; `asked` as in the URL."""
    request_ = asked.request
    lines = parts.county.help_lines(result.interpretation.crisis or "")
    found = _heading(request_.q, result.total)
    heading = _("Et ole yksin. Apua on.") if lines else found
    if lines and not result.total:
        found = _("Emme löytäneet muuta haulle ”%(text)s”", text=request_.q)
    return {
        "title": _title(request_.q, result.total),
        "heading": _soft(heading, parts),
        "found": found,
        "q": request_.q,
        "place": _place_words(asked, parts),
        "unknown_place": asked.unknown_place,
        "left_out": left_out(asked),
        "kept_choices": links.fields(),
        "total": result.total > 0,
        "crisis": lines,
        "corrections": corrections(result.interpretation, links),
        "loosened": [entry.text for entry in result.loosened],
        "chips": chips(request_, result.interpretation, links, parts.labels),
        "chosen_count": sum(map(len, request_.chosen().values())),
        "bare": links.bare(),
        "view": Fixed(asked.view),
        "views": [links.viewed(view) for view in VIEWS],
        "sort": Fixed(request_.sort),
        "orders": [links.sorted(order) for order in SORTS],
        "first_page": links.page(1),
    }


def _title(q: str, total: int) -> str:
    found = ngettext("%(num)s tulos", "%(num)s tulosta", total) if total else _("Ei tuloksia")
    return f"{found}{': ' if q else ''}{q} – Vierelle"


def _heading(q: str, total: int) -> str:
    if total:
        found = ngettext("%(num)s tulos", "%(num)s tulosta", total)
        asked = _("haulle ”%(text)s”", text=q)
        return f"{found} {asked}" if q else found
    if q:
        return _("Emme löytäneet mitään haulle ”%(text)s”", text=q)
    return _("Emme löytäneet mitään näillä valinnoilla")


def _soft(text: str, parts: Site) -> str:
    hyphens = parts.hyphens.get(tag(language()))
    return hyphens(text) if hyphens else text


def _shaped(asked: Asked) -> SearchRequest:
    if asked.view == "lista":
        return asked.request
    from msgspec.structs import replace

    if asked.view == "viikko":
        when = tuple(dict.fromkeys((*asked.request.when, "week")))
        return replace(asked.request, when=when, size=WEEK_SIZE, page=1, sort="next")
    if asked.view == "kartta":
        return replace(asked.request, size=MAP_SIZE, page=1)
    return asked.request


def _place_words(asked: Asked, parts: Site) -> str:
    if asked.unknown_place:
        return asked.unknown_place
    return ", ".join(parts.labels.municipality(code) for code in asked.request.municipality)


def _grouped(result: SearchResult) -> Iterator[tuple[str, Iterator[Hit]]]:
    """The hits of this page by group, in their order."""
    return groupby(result.hits, key=lambda hit: hit.group)


def _group(
    code: str, hits: Iterable[Hit], result: SearchResult, parts: Site, ui: Interface, today: dt.date
) -> Group:
    drawn = [_drawn(hit, result, parts, ui, today) for hit in hits]
    total = result.groups.get(code, len(drawn))
    heading = groups_heading(code, result, parts.labels)
    return Group(Fixed(code), heading, str(total), listed_hits(drawn))


def _drawn(hit: Hit, result: SearchResult, parts: Site, ui: Interface, today: dt.date) -> str:
    facts = drawn_card(hit, result.generation, parts, ui, today)
    why, far = _why(hit), away(hit)
    if far and " km " not in f"{why} ":
        why = f"{why} {_('Matkaa %(distance)s.', distance=far)}".strip()
    return facts + why_line(why) if why else facts


def _why(hit: Hit) -> str:
    """Why a hit is there; nothing where only its next meeting would be told, which the card says already."""
    placed = hit.group in ("serves", "near", "farther")
    return hit.why if hit.reasons or placed or hit.next is None else ""


def _pages(result: SearchResult, links: Links) -> Paging | None:
    """The pages to offer; a page without a number stands for a gap."""
    size, here = result.request.size, result.request.page
    last = -(-result.total // size)
    shown = sorted({number for number in (1, here - 1, here, here + 1, last) if 1 <= number <= last})
    if len(shown) < 2:
        return None
    offered: list[Page] = []
    for number, before in zip(shown, [0, *shown], strict=False):
        if offered and number - before > 1:
            offered.append(Page("", "", here=False))
        offered.append(Page(str(number), links.page(number), here=number == here))
    return Paging(
        str((here - 1) * size + 1),
        str(min(here * size, result.total)),
        links.page(here - 1) if here > 1 else "",
        links.page(here + 1) if here * size < result.total else "",
        offered,
    )
