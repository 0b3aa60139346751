"""From the URL to a `SearchRequest` and back: every choice is a link that can be kept, sent and undone."""

import re
from functools import cached_property
from typing import NamedTuple
from urllib.parse import quote, quote_plus

from werkzeug.datastructures import MultiDict

from app.web.site import Site
from schemas.errors import BadQuery
from schemas.search import FACETS, SearchRequest

VIEWS = ("lista", "kartta", "viikko")
LONGEST = 500
"""Characters of the longest text that is searched."""

_MOST_VALUES = 40
_UNSAID = re.compile(
    "[\\x00-\\x1f\\x7f-\\x9f\\u202a-\\u202e\\u2066-\\u2069\\ufdd0-\\ufdef"
    + "".join(f"\\U{plane:04x}fffe\\U{plane:04x}ffff" for plane in range(17))
    + "]"
)
_HERE = "\x00"


class Asked(NamedTuple):
    """What a URL asks: the request, the view, and a place that nobody knows ("" = none)."""

    request: SearchRequest
    view: str = "lista"
    unknown_place: str = ""


def read(args: "MultiDict[str, str]", parts: Site, language: str, *, largest: int = 20) -> Asked:
    """The question of a URL. Raises BadQuery with the parameter that is malformed."""
    text = _said(args.get("q", ""))
    if len(text) > LONGEST:
        raise BadQuery(f"q is longer than {LONGEST} characters")
    view = args.get("nakyma", "lista")
    if view not in VIEWS:
        raise BadQuery(f"nakyma must be one of {', '.join(VIEWS)}")
    chosen = {name: _values(args, name) for name in FACETS}
    municipalities, unknown = _places(chosen.pop("municipality"), _said(args.get("missa", "")), parts)
    return Asked(
        SearchRequest(
            q=text,
            municipality=municipalities,
            point=_point(args.get("point", "")),
            sort=args.get("sort", "relevance"),
            page=_number(args, "page", 1, 1000),
            size=_number(args, "size", largest, 100),
            exact=args.get("exact", "") in ("1", "true"),
            plain=args.get("plain", "") in ("1", "true"),
            ui=language,
            **chosen,
        ),
        view,
        unknown,
    )


def _said(text: str) -> str:
    """What a person typed, on one line: no control characters, none that turn the direction of writing."""
    return " ".join(_UNSAID.sub(" ", text).split())


def _values(args: "MultiDict[str, str]", name: str) -> tuple[str, ...]:
    values = tuple(dict.fromkeys(filter(None, map(_said, args.getlist(name)))))
    if len(values) > _MOST_VALUES or any(len(value) > 100 for value in values):
        raise BadQuery(f"{name}: too many or too long values")
    return values


def _places(given: tuple[str, ...], where: str, parts: Site) -> tuple[tuple[str, ...], str]:
    codes: list[str] = []
    for name in given:
        code = parts.wiring.municipality(name)
        if code is None:
            raise BadQuery(f"municipality: there is no municipality {name}")
        codes.append(code)
    where = where.strip()[:100]
    found = places_of(where, parts) if where else ()
    codes += found
    return tuple(dict.fromkeys(codes)), where if where and not found else ""


def places_of(where: str, parts: Site) -> tuple[str, ...]:
    """Codes of the municipalities that a person's word for a place means; () where nobody knows it."""
    code = parts.wiring.municipality(where)
    if code is not None:
        return (code,)
    postal = parts.gazetteer.by_postcode(where) if where.isdigit() else None
    if postal is not None:
        return (postal.code,)
    settlements = parts.gazetteer.settlements_named(where)
    own = set(parts.county.municipalities)
    near = [code for place in settlements for code in place.codes if code in own]
    if near:
        return tuple(dict.fromkeys(near))
    mentions = parts.wiring.recogniser.find(where)
    return tuple(dict.fromkeys(code for mention in mentions for code in mention.codes))


def _point(text: str) -> tuple[float, float] | None:
    if not text:
        return None
    try:
        lat, lon = (float(part) for part in text.split(","))
    except ValueError:
        raise BadQuery("point must be two numbers: latitude,longitude") from None
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise BadQuery("point lies outside the world")
    return lat, lon


def _number(args: "MultiDict[str, str]", name: str, default: int, most: int) -> int:
    text = args.get(name, "")
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= most):
        raise BadQuery(f"{name} must be a number from 1 to {most}")
    return int(text)


class Links:
    """Links from one search to its neighbours, built once per page from the same few strings."""

    def __init__(self, path: str, asked: Asked, kept: dict[str, str]) -> None:
        self._path = path
        self._request = asked.request
        self._view = asked.view
        self._kept = "".join(f"&{name}={quote_plus(value)}" for name, value in kept.items())
        self._choices = [(name, value) for name, values in asked.request.chosen().items() for value in values]
        self._all = self._of(self._choices)

    def _of(self, choices: list[tuple[str, str]]) -> str:
        return "".join(f"&{name}={quote(value)}" for name, value in choices)

    def _link(
        self,
        choices: str,
        text: str | None = None,
        extra: str = "",
        sort: str | None = None,
        view: str | None = None,
    ) -> str:
        request = self._request
        shown = self._view if view is None else view
        said = request.q if text is None else text
        order = request.sort if sort is None else sort
        query = (f"&q={quote_plus(said)}" if said else "") + choices
        query += f"&sort={quote(order)}" if order != "relevance" else ""
        query += f"&nakyma={shown}" if shown not in ("", "lista") else ""
        query += "&exact=1" if request.exact and text is None else ""
        query += "&plain=1" if request.plain and text is None else ""
        query = query + extra + self._kept
        return f"{self._path}?{query.removeprefix('&')}" if query else self._path

    def adding(self, name: str, value: str) -> str:
        """This search narrowed by one more choice."""
        before, after = self.around
        return f"{before}{name}={quote(value)}{after}"

    @cached_property
    def around(self) -> tuple[str, str]:
        """What stands in a link before one more choice (`name=value`), and after it."""
        before, after = self._link(f"{self._all}{_HERE}").split(_HERE)
        return before if before.endswith("?") else f"{before}&", after

    def without(self, name: str, value: str) -> str:
        """This search without one choice."""
        return self._link(self._of([choice for choice in self._choices if choice != (name, value)]))

    def bare(self) -> str:
        """The same words without any choices."""
        return self._link("")

    def saying(self, text: str) -> str:
        """The same choices with other words."""
        return self._link(self._all, text)

    def exactly(self) -> str:
        """The same words, taken as they were written."""
        return self._link(self._all, extra="&exact=1")

    def sorted(self, order: str) -> str:
        """The same search in another order."""
        return self._link(self._all, sort=order)

    def viewed(self, view: str) -> str:
        """The same search in another view."""
        return self._link(self._all, extra=f"&nakyma={view}" if view != "lista" else "", view="")

    def page(self, number: int) -> str:
        """Another page of the same list."""
        return self._link(self._all, extra=f"&page={number}" if number > 1 else "")

    def fields(self) -> list[tuple[str, str]]:
        """Name and value of every choice, for hidden fields of the search form."""
        return [choice for choice in self._choices if choice[0] != "municipality"]
