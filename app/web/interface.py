"""`ui`: what every template may ask of the page it draws: language, theme, links, icons, static files."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from flask import g, render_template, request
from markupsafe import Markup

from app.web.display import SIZES, THEMES, Display, display
from app.web.icons import reference
from app.web.languages import NAMES, PREFIXES, language, root, tag
from app.web.rooms import ABOUT, ROOMS
from app.web.site import Site, site
from schemas.county import Contact, HelpLine, Text
from schemas.errors import SearchUnavailable
from schemas.taxonomy import Names

_SAFE = "/:@!$&'()*+,;=~-._"

FRAME = (
    *(("koko", size) for size in SIZES),
    *(("vari", theme) for theme in THEMES),
    *(("kieli", code) for code in PREFIXES),
)
"""The links that every page has to itself: in another size, in other colours, in another language."""

_CHANGES = [urlencode({name: value}) if value else "" for name, value in FRAME if name != "kieli"]
"""What the first of them add to the address."""


class Interface:
    """One page's surroundings. `used` collects the icons that the page draws."""

    def __init__(self, parts: Site) -> None:
        self.site = parts
        self.language = language()
        self.lang = tag(self.language)
        self.display: Display = display()
        self.root = root()
        self.base = request.script_root
        self.kept = self.display.parameters()
        self.used: set[str] = set()
        self.begun = parts.cards.cleared
        """Tells drawn cards from before a withdrawal from those of after, see `Fragments.get`."""
        self.generation = ""
        """The generation of the index that answers, where that was looked up already."""

    def asset(self, name: str) -> str:
        """URL of a static file."""
        return f"{self.root}/static/{self.site.assets[name].url}"

    def icon(self, name: str) -> Markup:
        """A picture; the page ends with the drawings of those used."""
        self.used.add(name)
        return reference(name)

    def sprite(self) -> Markup:
        """The drawings of the icons used so far."""
        return self.site.icons.sprite(self.used)

    def link(self, path: str, pairs: Mapping[str, object] | None = None, **parameters: object) -> str:
        """A link inside the site in this language and with this display; empty parameters left out."""
        if not pairs and not parameters:
            return f"{self.base}{quote(path, safe=_SAFE)}{self._kept}"
        given = {**(pairs or {}), **parameters, **self.kept}
        query = urlencode({name: value for name, value in given.items() if value not in (None, "", ())}, True)
        return f"{self.base}{quote(path, safe=_SAFE)}" + (f"?{query}" if query else "")

    @cached_property
    def top(self) -> str:
        """The site's address as people see it, without a language: as the operator told it, else as this
        browser asked for it."""
        public = self.site.wiring.settings.public_url.rstrip("/")
        return public or f"{request.host_url.rstrip('/')}{self.root}"

    def whole(self, link: str) -> str:
        """A link inside the site as a whole address, for paper, feeds and other sites."""
        return self.top + link.removeprefix(self.root)

    def activity(self, identifier: str, *, spoken: bool = True) -> str:
        """The whole address of an activity's page; `spoken`: in the language of this one."""
        base = self.base if spoken else self.root
        return self.whole(f"{base}/toiminta/{quote(identifier, safe=_SAFE)}")

    @property
    def host(self) -> str:
        """The name of the host in the site's address."""
        return urlsplit(self.top).hostname or "vierelle"

    @cached_property
    def _kept(self) -> str:
        return f"?{urlencode(self.kept)}" if self.kept else ""

    @cached_property
    def _pairs(self) -> list[tuple[str, list[str]]]:
        return list(request.args.lists())

    @cached_property
    def _said(self) -> str:
        return urlencode(self._pairs, True)

    def here(self, **changes: str | None) -> str:
        """This very page with some parameters changed (None = left out)."""
        chosen = urlencode({name: value for name, value in changes.items() if value})
        kept = self._said
        if not changes.keys().isdisjoint(request.args):
            kept = urlencode([pair for pair in self._pairs if pair[0] not in changes], True)
        query = f"{kept}&{chosen}" if kept and chosen else kept or chosen
        return f"{self.base}{self._path}" + (f"?{query}" if query else "")

    @cached_property
    def _path(self) -> str:
        return quote(request.path, safe=_SAFE)

    def languages(self) -> list[tuple[str, str, str, bool]]:
        """(code, own name, link to this page in it, whether it is the present one)."""
        query = self._said if request.method == "GET" else ""
        tail = self._path + (f"?{query}" if query else "")
        return [
            (code, NAMES[code], f"{self.root}{prefix}{tail}", code == self.language)
            for code, prefix in PREFIXES.items()
        ]

    def frame(self) -> tuple[str, ...]:
        """The links of a page to itself that `FRAME` names."""
        tail = self.here().removeprefix(self.base)
        if request.args.keys().isdisjoint(("koko", "vari")):
            plain, before = f"{self.base}{self._path}", f"?{self._said}&" if self._said else "?"
            own = [f"{plain}{before}{change}" if change else f"{self.base}{tail}" for change in _CHANGES]
        else:
            own = [self.here(**{name: value}) for name, value in FRAME if name != "kieli"]
        return (*own, *(f"{self.root}{prefix}{tail}" for prefix in PREFIXES.values()))

    def footer(self) -> Markup:
        """The foot of every page, drawn once for each language and display."""
        key = ("footer", self.base, self.display)
        return self.site.fragments.get(key, lambda: Markup(render_template("footer.html", ui=self)))  # noqa: S704

    @property
    def sizes(self) -> tuple[str, ...]:
        """The text sizes that can be chosen."""
        return SIZES

    @property
    def themes(self) -> tuple[str, ...]:
        """The colour themes that can be chosen."""
        return THEMES

    def text(self, names: Names | Text) -> str:
        """The text in this language of a value with `get` (names of needs, the county's texts)."""
        return names.get(self.language)

    @property
    def help_lines(self) -> tuple[HelpLine, ...]:
        """The county's help lines, for the footer of every page."""
        return self.site.county.help_line

    @property
    def contacts(self) -> list[Contact]:
        """Where people of the county can ask, as far as the operator filled it in."""
        county = self.site.county
        return [entry for entry in (county.contact, county.olka) if entry.phone or entry.url or entry.address]

    @property
    def menu(self) -> list[tuple[str, str, bool]]:
        """(path, label, whether we are there) of the rooms."""
        return [(room.path, str(room.label), _within(room.path)) for room in ROOMS if room.label]

    @property
    def about(self) -> list[tuple[str, str]]:
        """(path, label) of the pages about the site."""
        return [(path, str(label)) for path, label in ABOUT]

    @cached_property
    def examples(self) -> bool:
        """Whether the site shows demonstration data."""
        try:
            return self.site.examples_in(self.generation) if self.generation else self.site.shows_examples
        except SearchUnavailable:
            return False

    @property
    def brand(self) -> str:
        """The county's name in daily use."""
        return self.site.county.brand or self.text(self.site.county.name)


class Outlined(Interface):
    """The surroundings of a page drawn as a stencil: `links` stand for those of `frame`."""

    def __init__(self, parts: Site, links: Sequence[Any]) -> None:
        super().__init__(parts)
        self._links = dict(zip(FRAME, links, strict=True))

    def here(self, **changes: str | None) -> Any:
        """The slot of the link with one parameter changed."""
        (change,) = changes.items()
        return self._links[change[0], change[1] or ""]

    def languages(self) -> list[tuple[str, str, Any, bool]]:
        """The same as of every page, with slots as links."""
        return [(code, name, self._links["kieli", code], here) for code, name, _, here in super().languages()]


def interface() -> Interface:
    """The one `Interface` of this request."""
    if "ui" not in g:
        g.ui = Interface(site())
    found = g.ui
    assert isinstance(found, Interface)
    return found


def _within(path: str) -> bool:
    return request.path == path or (path != "/" and request.path.startswith(f"{path}/"))
