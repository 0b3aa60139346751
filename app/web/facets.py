"""What was understood and what can be chosen, as links."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from flask import render_template
from markupsafe import Markup

from app.web.interface import Interface
from app.web.parameters import Links
from app.web.stencils import Stencils, escaped
from app.web.texts import gettext as _
from app.web.wording.days import listed
from app.web.wording.labels import FACETS, Labels
from schemas.search import Facet, FacetValue, Interpretation, SearchRequest, SearchResult, Understood

MOST_CHOICES = 13
"""Choices shown of one facet; the most frequent come first."""


class Chip(NamedTuple):
    """One thing understood or chosen; `remove` is the link without it, "" where it cannot be taken out."""

    name: str
    label: str
    remove: str


class Choice(NamedTuple):
    """One choice of a facet as a link that makes or undoes it; `hits` is "" where there are none."""

    label: str
    hits: str
    link: str
    chosen: bool


class FacetView(NamedTuple):
    """One facet: open when something in it is chosen."""

    name: str
    label: str
    choices: list[Choice]
    chosen: int
    open: bool


class DrawnFacet(NamedTuple):
    """The same with its choices drawn."""

    name: str
    label: str
    choices: Markup
    chosen: int
    open: bool


def chips(request: SearchRequest, interpretation: Interpretation, links: Links, labels: Labels) -> list[Chip]:
    """Choices made first, then what was read from the words."""
    made = [
        Chip(str(FACETS[name]), labels(name, value), links.without(name, value))
        for name, values in request.chosen().items()
        for value in values
    ]
    read = [_read(entry, request.q, links, labels) for entry in interpretation.understood]
    known = {chip.label for chip in made}
    return made + [chip for chip in read if chip.label not in known]


def _read(entry: Understood, text: str, links: Links, labels: Labels) -> Chip:
    names = {
        "place": _("Paikka"),
        "need": _("Aihe"),
        "kind": _("Millaista tukea"),
        "group": _("Kenelle"),
        "channel": _("Miten"),
        "when": _("Milloin"),
        "price": _("Hinta"),
        "unit": _("Sairaalan yksikkö"),
        "situation": _("Tilanne"),
    }
    label = labels(entry.type, entry.value)
    shown = entry.label if label == entry.value else label
    if entry.type == "place" and entry.value.isdigit():
        shown = labels.municipality(entry.value)
    rest = entry.without if entry.without or entry.words == text else _taken_out(entry.words, text)
    return Chip(names.get(entry.type, ""), shown, links.saying(rest) if rest != text else "")


def _taken_out(words: str, text: str) -> str:
    cut = re.sub(rf"(?<!\w){re.escape(words)}(?!\w)", " ", text, count=1, flags=re.IGNORECASE)
    return " ".join(cut.split())


def facet_views(result: SearchResult, links: Links, labels: Labels) -> list[FacetView]:
    """The facets that offer anything; never a choice without hits, unless it is made already."""
    return [view for facet in result.facets if (view := _view(facet, links, labels)).choices]


def _shown(facet: Facet) -> list[FacetValue]:
    """The most frequent choices, and all that are made."""
    values = [value for value in facet.values if value.chosen or value.count]
    return values[:MOST_CHOICES] + [value for value in values[MOST_CHOICES:] if value.chosen]


def _view(facet: Facet, links: Links, labels: Labels) -> FacetView:
    choices = [_choice(facet.name, value, links, labels) for value in _shown(facet)]
    chosen = sum(choice.chosen for choice in choices)
    return FacetView(facet.name, str(FACETS.get(facet.name, facet.label)), choices, chosen, chosen > 0)


def _choice(name: str, value: FacetValue, links: Links, labels: Labels) -> Choice:
    return Choice(
        labels.capital(name, value.value),
        str(value.count or ""),
        (links.without if value.chosen else links.adding)(name, value.value),
        value.chosen,
    )


def drawn_facets(
    result: SearchResult, links: Links, labels: Labels, stencils: Stencils, ui: Interface
) -> list[DrawnFacet]:
    """The facets that offer anything, with their choices drawn."""

    def draw(given: Mapping[str, Any]) -> str:
        return render_template("choice.html", ui=ui, **given)

    key = "choice.html", ui.language
    open_ = stencils.of(key, {"choice": Choice("-", "-", "-", chosen=False)}, draw)
    before, after = map(escaped, links.around)
    found = []
    for facet in result.facets:
        shown = _shown(facet)
        if not shown:
            continue
        name, chosen = facet.name, 0
        drawn: list[str] = []
        for value in shown:
            if value.chosen or not value.count:
                chosen += value.chosen
                drawn.append(stencils.drawn(key, {"choice": _choice(name, value, links, labels)}, draw))
            else:
                label, parameter = labels.choice(name, value.value)
                drawn.append(open_.filled((label, str(value.count), f"{before}{parameter}{after}")))
        lines = Markup("".join([f"{line}\n" for line in drawn]))  # noqa: S704 drawn choices
        found.append(DrawnFacet(name, str(FACETS.get(name, facet.label)), lines, chosen, chosen > 0))
    return found


def groups_heading(code: str, result: SearchResult, labels: Labels) -> str:
    """The heading of a group of hits, in words."""
    codes = list(result.request.municipality) or [
        entry.value
        for entry in result.interpretation.understood
        if entry.type == "place" and entry.value.isdigit()
    ]
    names = listed([labels.partitive(value) for value in codes[:2]]) if len(codes) <= 2 else ""
    if code == "serves":
        return _("Palvelee %(place)s", place=names) if names else _("Palvelee valitsemiasi kuntia")
    if code == "near":
        return _("Lähellä %(place)s", place=names) if names else _("Lähellä")
    if code == "online":
        return _("Verkossa ja puhelimessa")
    if code == "national":
        return _("Koko maassa")
    if code == "farther":
        return _("Kauempana")
    if code == "unknown":
        return _("Aluetta ei ole kerrottu")
    return _("Muut tulokset")
