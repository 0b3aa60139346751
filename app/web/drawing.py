"""Cards, lists of choices and whole pages of results, drawn as stencils (see `app.web.stencils`)."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from flask import render_template
from markupsafe import Markup

from app.web.cards import card
from app.web.interface import Interface, Outlined
from app.web.site import Site
from app.web.stencils import Filled, Fixed, escaped
from app.web.wording.lines import tied
from schemas.search import Hit


def drawn_card(hit: Hit, generation: str, parts: Site, ui: Interface, today: dt.date) -> str:
    """What a card says of an activity whatever was asked, drawn once a day for each language and display."""
    key = (generation, ui.base, ui.display, today, hit.id, hit.next)
    return str(parts.cards.get(key, lambda: _card(hit, parts, ui, today), ui.begun))


def _card(hit: Hit, parts: Site, ui: Interface, today: dt.date) -> Filled:
    shown = card(hit, parts, today)
    fresh = shown.freshness
    soft = parts.hyphens.get(shown.lang)
    values = {
        "link": ui.link(f"/toiminta/{shown.id}"),
        "card": shown._replace(
            lang=Fixed(shown.lang),
            title=soft(shown.title) if soft else shown.title,
            when=tied(shown.when[:1].upper() + shown.when[1:]),
            whom=tied(shown.whom),
            freshness=fresh and fresh._replace(mark=Fixed(fresh.mark)),
            differs=Fixed(shown.differs),
        ),
    }
    return parts.stencils.filled(
        ("card.html", ui.language), values, lambda given: render_template("card.html", ui=ui, **given)
    )


def listed_hits(hits: Iterable[str]) -> Markup:
    """Drawn hits as the entries of a list."""
    return Markup("".join([f'<li class="hit">{hit}</li>\n' for hit in hits]))  # noqa: S704 drawn hits


def drawn_page(
    template: str,
    values: Mapping[str, Any],
    ui: Interface,
    more: Callable[[], Mapping[str, Any]],
    used: Iterable[str],
) -> str:
    """A whole page. `more` gives what is the same on all pages of the template in this language and display.

    `used` names the icons of the pieces that come in drawn.
    """

    def draw(given: Mapping[str, Any]) -> str:
        outlined = Outlined(ui.site, given["frame"])
        outlined.used.update(used)
        return render_template(template, ui=outlined, **more(), **given)

    key = (template, ui.language, ui.root, ui.base, ui.display, ui.examples)
    return ui.site.stencils.text(key, {"frame": ui.frame(), **values}, draw)


def why_line(why: str) -> str:
    """The line under a card that says why it is there."""
    return f'<p class="why">{escaped(tied(why))}</p>'
