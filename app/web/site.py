"""What the pages share in one process: wiring, static files, icons; and `site()`, the way to them."""

import datetime as dt
import secrets
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from flask import current_app
from markupsafe import Markup

from app.removals import Removals
from app.web.assets import Assets
from app.web.fragments import Fragments
from app.web.icons import Icons
from app.web.pages_held import Pages
from app.web.shielding import Shielded
from app.web.stencils import Filled, Stencils
from app.web.tokens import Throttle, kept_key
from app.web.wording.hyphens import Hyphens, finnish, swedish
from app.web.wording.labels import Labels
from app.wiring import Wiring
from schemas.county import County
from schemas.errors import SearchUnavailable
from schemas.gazetteer import Gazetteer, Municipality
from schemas.search import SearchRequest
from schemas.taxonomy import Taxonomy

if TYPE_CHECKING:
    from app.web.county_shape import Shape

HERE = Path(__file__).parent
_KEY = "vierelle"

CARDS = 12_000
"""Cards and rows of hits kept (about 1 kB each)."""
FRAMES = 200
"""Pieces of pages kept that name no activity: one for each language and display."""
OFFLINE = 8
"""Contents of the kiosk kept (megabytes each): in each language, and of the index before."""


class Site:
    """Made once per process; shared between threads."""

    def __init__(self, wiring: Wiring) -> None:
        self.wiring = wiring
        self.assets = Assets(HERE / "static")
        self.icons = Icons(HERE / "icons.svg")
        self.reports = Throttle(30, 600)
        self.pages = Pages(secrets.token_bytes(32))
        self._examples = "", False
        self.stencils = Stencils()
        self.cards = Fragments[Filled](CARDS)
        self.fragments = Fragments[Markup](FRAMES)
        self.offline = Fragments[str](OFFLINE)
        self.removal_requests = Throttle(6, 3600)

    @cached_property
    def removals(self) -> Removals:
        """What people asked to have taken away and no operator has handled yet."""
        lines = (line.phone for line in self.county.help_line if line.phone)
        return Removals(
            self.wiring.open_removals,
            lambda identifier: self.wiring.catalogue.get(identifier),  # opened when somebody has asked
            lines,
            self._forget,
        )

    @cached_property
    def form_key(self) -> bytes:
        """Signs forms; the same in every process that serves this site."""
        return kept_key(self.wiring.settings.data)

    @cached_property
    def search(self) -> Shielded:
        """The search service, without what people asked to have taken away. Raises SearchUnavailable."""
        self.wiring.store.current()  # nobody waits for words to be read where there is nothing to search
        service = self.wiring.search
        return Shielded(service.search, service.activity, self.removals)

    def withdraw(self) -> None:
        """Let a new request for removal take effect in this process. Raises CatalogueError."""
        self.removals.read()

    def _forget(self) -> None:
        """Finished pages and pieces of pages may show what somebody asked to have taken away."""
        self.cards.clear()
        self.offline.clear()
        self.pages.clear()

    @cached_property
    def county(self) -> County:
        """The home county."""
        return self.wiring.county

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """All places."""
        return self.wiring.gazetteer

    @cached_property
    def taxonomy(self) -> Taxonomy:
        """Needs, kinds, groups, situations."""
        return self.wiring.taxonomy

    @cached_property
    def labels(self) -> Labels:
        """Names of codes."""
        return Labels(self.taxonomy, self.gazetteer)

    @cached_property
    def hyphens(self) -> Mapping[str, Hyphens]:
        """Soft hyphens for the long words of a language: Finnish by Voikko, Swedish by its patterns."""
        from indexer.finnish.voikko import Voikko

        return {"fi": Hyphens(finnish(Voikko())), "sv": Hyphens(swedish())}

    @cached_property
    def municipalities(self) -> tuple[Municipality, ...]:
        """The municipalities of the county by name."""
        places = (self.gazetteer.municipality(code) for code in self.county.municipalities)
        return tuple(sorted(places, key=lambda place: place.fi))

    @cached_property
    def shape(self) -> "Shape":
        """The drawing of the county, without results."""
        from app.web.county_drawing import drawn_county

        return drawn_county(self.municipalities, self.gazetteer)

    @property
    def shows_examples(self) -> bool:
        """Whether the index holds demonstration data; said in plain sight on every page."""
        try:
            return self.examples_in(self.wiring.store.current().generation)
        except SearchUnavailable:
            return False

    def examples_in(self, generation: str) -> bool:
        """The same of the generation that answers, for those who know its name."""
        if generation != self._examples[0]:
            found = self.search.search(SearchRequest(size=100)).hits
            self._examples = generation, any(hit.activity.example for hit in found)
        return self.known_examples

    @property
    def known_examples(self) -> bool:
        """The same as far as it is known without asking the index."""
        return self._examples[1]

    def now(self) -> dt.datetime:
        """The local moment."""
        return self.wiring.settings.now()

    def today(self) -> dt.date:
        """The local day."""
        return self.now().date()


def site() -> Site:
    """The parts of the running application."""
    found = current_app.extensions[_KEY]
    assert isinstance(found, Site)
    return found


def put_site(extensions: dict[str, object], parts: Site) -> None:
    """Make the parts known to an application."""
    extensions[_KEY] = parts
