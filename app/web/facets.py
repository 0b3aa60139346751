"""What was understood and what can be chosen, as links."""

import re
from collections.abc import Mapping, Sequence
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

_LATIN = "\u00ff"
"""Up to here each letter has one small letter, one character long."""


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


class DrawnFacet(NamedTuple):
    """One facet with its choices drawn: open when something in it is chosen."""

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


class Corrected(NamedTuple):
    """A word that was read as another, or could be; `link` undoes or does it."""

    corrected: str
    original: str
    applied: bool
    link: str


def corrections(interpretation: Interpretation, links: Links) -> list[Corrected]:
    """The words that were read as others, or could be."""
    return [
        Corrected(
            entry.corrected,
            entry.original,
            entry.applied,
            links.exactly() if entry.applied else links.saying(entry.query),
        )
        for entry in interpretation.corrections
    ]


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
    """A text without the first place where these words stand in it as whole words, in any case."""
    if max(text, default="") > _LATIN or max(words, default="") > _LATIN:
        cut = re.sub(rf"(?<!\w){re.escape(words)}(?!\w)", " ", text, count=1, flags=re.IGNORECASE)
        return " ".join(cut.split())
    # A pattern of its own for each question takes longer than all else that is made of its chips.
    low, sought = text.lower(), words.lower()
    start = low.find(sought)
    while start >= 0:
        end = start + len(sought)
        if not _in_word(text[start - 1 : start]) and not _in_word(text[end : end + 1]):
            text = f"{text[:start]} {text[end:]}"
            break
        start = low.find(sought, start + 1)
    return " ".join(text.split())


def _in_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"


def shown_values(facet: Facet) -> list[FacetValue]:
    """The most frequent choices, and all that are made."""
    values = [value for value in facet.values if value.chosen or value.count]
    return values[:MOST_CHOICES] + [value for value in values[MOST_CHOICES:] if value.chosen]


def _choice(name: str, value: FacetValue, links: Links, labels: Labels) -> Choice:
    return Choice(
        labels.capital(name, value.value),
        str(value.count or ""),
        (links.without if value.chosen else links.adding)(name, value.value),
        value.chosen,
    )


class ChoiceDrawer:
    """Draws choices of one page by `template`, which is given a `choice` and the name of its `facet`."""

    def __init__(
        self, template: str, links: Links, labels: Labels, stencils: Stencils, ui: Interface
    ) -> None:
        self._template = template
        self._links = links
        self._labels = labels
        self._stencils = stencils
        self._ui = ui
        self._key = (template, ui.language)
        self._around = tuple(map(escaped, links.around))
        self._open = stencils.of(
            self._key, {"facet": "-", "choice": Choice("-", "-", "-", chosen=False)}, self._draw
        )

    def _draw(self, given: Mapping[str, Any]) -> str:
        return render_template(self._template, ui=self._ui, **given)

    def lines(self, facet: str, values: Sequence[FacetValue]) -> Markup:
        """Choices, one on each line, each a link that makes or undoes it."""
        usual = [value for value in values if value.count and not value.chosen]
        told = iter(self._labels.choices(facet, [value.value for value in usual]))
        filled, (before, after) = self._open.filled, self._around
        lines = []
        for value in values:
            if value.chosen or not value.count:
                lines.append(self._other(facet, value))
            else:
                label, parameter = next(told)
                lines.append(filled((facet, label, str(value.count), f"{before}{parameter}{after}")))
        return Markup("\n".join([*lines, ""]))  # noqa: S704 drawn choices

    def _other(self, facet: str, value: FacetValue) -> str:
        """A choice that is made, or that has no hits."""
        choice = _choice(facet, value, self._links, self._labels)
        return self._stencils.drawn(self._key, {"facet": facet, "choice": choice}, self._draw)


def drawn_facets(result: SearchResult, drawer: ChoiceDrawer) -> list[DrawnFacet]:
    """The facets that offer anything, with their choices drawn."""
    found = []
    for facet in result.facets:
        values = shown_values(facet)
        if values:
            chosen = sum([value.chosen for value in values])
            drawn = drawer.lines(facet.name, values)
            found.append(DrawnFacet(facet.name, facet_label(facet), drawn, chosen, chosen > 0))
    return found


def facet_label(facet: Facet) -> str:
    """The name of a facet in the page's language."""
    return str(FACETS.get(facet.name, facet.label))


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
