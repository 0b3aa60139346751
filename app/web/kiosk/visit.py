"""Where a person stands at a touch screen: the point, what was chosen so far, and links onwards.

All of it lives in the address of a request; the page itself never shows that address (see `js/kiosk`).
"""

from typing import NamedTuple
from urllib.parse import urlencode

from flask import abort, request
from werkzeug.datastructures import MultiDict

from app.web.interface import Interface, interface
from app.web.kiosk import clock
from app.web.languages import PREFIXES, language
from app.web.parameters import one_line
from app.web.site import Site
from schemas.errors import BadQuery
from schemas.points import Point
from schemas.search import LONGEST
from schemas.taxonomy import Names, Need, Term

EVERYWHERE = "kaikki"
"""Stands for all of the county where a municipality is asked."""

MOST_PICKS = 3
"""Activities on one sheet: what fits on one side of paper."""

KINDS = ("sairaus", "yksikko", "tilanne")

WARNING = "varoitus"
"""The screen that asks whether somebody is still there, where no script can."""

END = "loppu"
"""The screen by which somebody leaves, where no script can take them to the start."""

BACK = "paluu"
"""The parameter of that screen with the screen that it stands for."""


class Topic(NamedTuple):
    """What the person looks for: a tile (`kind` and `code`) or own words (kind `q`, code = the words)."""

    kind: str
    code: str
    name: str
    needs: tuple[str, ...]

    @property
    def words(self) -> str:
        """The person's own words; empty for tiles."""
        return self.code if self.kind == "q" else ""


class Tile(NamedTuple):
    """One tile: what it says, its picture, where it leads."""

    name: str
    icon: str
    link: str


class Visit(NamedTuple):
    """One request at a touch screen."""

    point: Point
    topic: Topic | None
    municipality: str
    picks: tuple[str, ...]
    page: int
    slow: bool
    moment: str
    ui: Interface

    @property
    def path(self) -> str:
        """The start of this point in the language of the request."""
        return f"{self.ui.base}/olka/{self.point.code}"

    @property
    def home(self) -> str:
        """Where the screen returns to when a person has left."""
        return home(self.point, self.ui)

    @property
    def leave(self) -> str:
        """The way there for browsers without scripts, on which they forget the screens before."""
        return f"{self.path}/{END}"

    @property
    def at_home(self) -> bool:
        """Whether the screen stands as it waits for the next person."""
        return request.path == f"/olka/{self.point.code}" and not request.args and self.own_language

    @property
    def own_language(self) -> bool:
        """Whether the language is that of the point."""
        return language() == self.point.language

    @property
    def idle(self) -> int:
        """Seconds without a touch until the warning."""
        return clock.idle(self.point, request.args)

    @property
    def warning(self) -> str:
        """The question whether somebody is still there, with all that this screen was told."""
        screen = request.path.removeprefix(f"/olka/{self.point.code}").strip("/")
        return f"{self.path}/{WARNING}?{self._said(**{BACK: screen})}"

    def back(self, **changes: str) -> str:
        """From that question to the very screen that it stands for."""
        screen, query = request.args.get(BACK, ""), self._said(**{BACK: "", **changes})
        return self.path + (f"/{screen}" if screen else "") + (f"?{query}" if query else "")

    def here(self, **changes: str | None) -> str:
        """This very screen, with its time begun anew."""
        return self.ui.here(**changes, **{clock.PARAMETER: self.moment})

    def languages(self) -> list[tuple[str, str, str, bool]]:
        """(code, own name, link to this screen in it, whether it is the present one)."""
        tail = self.here().removeprefix(self.ui.base)
        return [
            (code, name, f"{self.ui.root}{PREFIXES[code]}{tail}", current)
            for code, name, _link, current in self.ui.languages()
        ]

    def _said(self, **changes: str) -> str:
        given = {clock.PARAMETER: self.moment, **changes}
        pairs = [pair for pair in request.args.items(multi=True) if pair[0] not in given]
        return urlencode([*pairs, *((name, value) for name, value in given.items() if value)])

    def link(self, screen: str = "", **changes: object) -> str:
        """A screen of this point; what was chosen stays, except for `changes` (None = left out)."""
        kept: dict[str, object] = {"kunta": self.municipality, "id": self.picks}
        if self.topic:
            kept[self.topic.kind] = self.topic.code
        kept.update({"aika": "pitka" if self.slow else "", clock.PARAMETER: self.moment})
        kept.update({**self.ui.kept, **changes})
        pairs = {name: value for name, value in kept.items() if value not in (None, "", ())}
        query = urlencode(pairs, doseq=True)
        return self.path + (f"/{screen}" if screen else "") + (f"?{query}" if query else "")

    def fresh(self, screen: str = "", **chosen: object) -> str:
        """A screen without anything chosen so far; time and colours stay."""
        return self.link(screen, **{**dict.fromkeys((*KINDS, "q", "kunta", "id")), **chosen})


def visit(code: str, parts: Site) -> Visit:
    """The visit of this request; 404 for an unknown point. Raises BadQuery for an unknown choice."""
    point = parts.wiring.points.find(code)
    if point is None:
        abort(404)
    args = request.args
    page = args.get("sivu", "1")
    if not (page.isascii() and page.isdigit() and 1 <= int(page[:4]) <= 100):
        raise BadQuery("sivu must be a number from 1 to 100")
    municipality = args.get("kunta", "")
    if municipality not in ("", EVERYWHERE) and municipality not in parts.gazetteer:
        raise BadQuery(f"kunta: there is no municipality {municipality[:20]}")
    picks = tuple(dict.fromkeys(value[:200] for value in args.getlist("id") if value))[:MOST_PICKS]
    return Visit(
        point,
        topic(args, parts),
        municipality,
        picks,
        int(page[:4]),
        clock.slow(args),
        clock.moment(),
        interface(),
    )


def home(point: Point, ui: Interface) -> str:
    """The start of a point in its own language."""
    return f"{ui.root}{PREFIXES[point.language]}/olka/{point.code}"


def topic(args: "MultiDict[str, str]", parts: Site) -> Topic | None:
    """What the address says that the person looks for. Raises BadQuery."""
    for kind in KINDS:
        code = args.get(kind, "")
        if code:
            found = _term(kind, code, parts)
            if found is None:
                raise BadQuery(f"{kind}: there is no {code[:60]}")
            name, needs = found
            return Topic(kind, code, name.get(language()), needs)
    words = one_line(args.get("q", ""))
    if len(words) > LONGEST:
        raise BadQuery(f"q is longer than {LONGEST} characters")
    return Topic("q", words, words, ()) if words else None


def _term(kind: str, code: str, parts: Site) -> tuple[Names, tuple[str, ...]] | None:
    if kind == "sairaus":
        need = parts.taxonomy.needs.get(code)
        return (need.name, (code,)) if need else None
    terms = parts.taxonomy.units if kind == "yksikko" else parts.taxonomy.situations
    return next(((term.name, term.needs) for term in terms if term.code == code), None)


def offered(kind: str, point: Point, parts: Site) -> list[Term | Need]:
    """The illnesses, units or situations of a point, in its order."""
    if kind == "sairaus":
        return [parts.taxonomy.needs[code] for code in point.illnesses]
    terms = parts.taxonomy.units if kind == "yksikko" else parts.taxonomy.situations
    codes = point.units if kind == "yksikko" else point.situations
    by_code = {term.code: term for term in terms}
    return [by_code[code] for code in codes]


def municipalities(point: Point, parts: Site) -> tuple[str, ...]:
    """Codes of the municipality tiles: those of the point, else the county's with the point's home first."""
    if point.municipalities:
        return point.municipalities
    others = (place.code for place in parts.municipalities if place.code != point.home)
    return (point.home, *others)
