"""From the URL to a `SearchRequest` and back: every choice is a link that can be kept, sent and undone."""

import re
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple
from urllib.parse import quote, quote_plus

from werkzeug.datastructures import MultiDict

from app.web.choices import LANGUAGES, SORTS, VIEWS, choices, is_language
from app.web.site import Site
from app.web.texts import gettext as _
from schemas.errors import BadQuery
from schemas.search import FACETS, LONGEST, SearchRequest

LONGEST_PLACE = 100
"""Characters of the longest word for a place that is read."""

_MOST_VALUES = 40
_LONGEST_VALUE = 100
_MOST_TOLD, _SHOWN = 5, 40
"""Unknown conditions that are told, and the characters shown of each."""
_DIGITS = 10
_UNSAID = re.compile(
    "[\\x00-\\x1f\\x7f-\\x9f\\u202a-\\u202e\\u2066-\\u2069\\ufdd0-\\ufdef"
    + "".join(f"\\U{plane:04x}fffe\\U{plane:04x}ffff" for plane in range(17))
    + "]"
)
_HERE = "\x00"


class Asked(NamedTuple):
    """What a URL asks: the request, the view, and a place that nobody knows ("" = none).

    dropped    conditions of the URL that we do not know, as they stand there (``when=foo``)
    malformed  some of them cannot be read at all, such as a page that is no number
    shortened  the text was so long that only its beginning is searched
    """

    request: SearchRequest
    view: str = "lista"
    unknown_place: str = ""
    dropped: tuple[str, ...] = ()
    malformed: bool = False
    shortened: bool = False

    def without(self, name: str, value: str) -> "Asked":
        """The same with one more condition that was left out."""
        return self._replace(dropped=(*self.dropped, f"{name}={one_line(value)[:_SHOWN]}"), malformed=True)


def read(
    args: "MultiDict[str, str]", parts: Site, language: str, *, largest: int = 20, strict: bool = False
) -> Asked:
    """The question of a URL.

    A person gets what remains without the conditions that nobody knows, and is told which they are. A program
    (`strict`) must not take that for an answer: BadQuery names the parameter and its known values.
    """
    return _Reader(args, parts, strict=strict).asked(language, largest)


def left_out(asked: Asked) -> list[str]:
    """What is told of conditions in the URL that we do not know, and of a text that is too long."""
    told = []
    if asked.dropped:
        what = ", ".join(asked.dropped)
        told.append(
            _(
                "Osoitteessa oli ehto, jota emme tunne: %(what)s. Jätimme sen pois ja haimme muilla.",
                what=what,
            )
        )
    if asked.shortened:
        told.append(_("Teksti oli pitkä, joten haimme sen alulla."))
    return told


class _Reader:
    def __init__(self, args: "MultiDict[str, str]", parts: Site, *, strict: bool) -> None:
        self._args = args
        self._parts = parts
        self._strict = strict
        self._dropped: dict[str, None] = {}
        self._malformed = False

    def asked(self, language: str, largest: int) -> Asked:
        text = one_line(self._args.get("q", ""))
        short = text if len(text) <= LONGEST else self._shortened(text)
        view = self._one_of("nakyma", VIEWS)
        chosen = {name: self._values(name) for name in FACETS}
        municipalities = self._municipalities(chosen.pop("municipality"))
        chosen = {name: self._known(name, values) for name, values in chosen.items()}
        where = one_line(self._args.get("missa", ""))[:LONGEST_PLACE]
        found = places_of(where, self._parts) if where else ()
        request = SearchRequest(
            q=short,
            municipality=tuple(dict.fromkeys((*municipalities, *found))),
            point=self._point(),
            sort=self._one_of("sort", SORTS),
            page=self._number("page", 1, 1000),
            size=self._number("size", largest, 100),
            exact=self._switch("exact"),
            plain=self._switch("plain"),
            ui=language,
            **chosen,
        )
        unknown = where if where and not found else ""
        return Asked(request, view, unknown, tuple(self._dropped), self._malformed, short != text)

    def _refuse(self, name: str, value: str, reason: str, *, malformed: bool = True) -> None:
        """Note a condition that is left out. Raises BadQuery where a program asks."""
        if self._strict:
            raise BadQuery(f"{name}: {reason}")
        self._malformed = self._malformed or malformed
        if len(self._dropped) < _MOST_TOLD:
            self._dropped[f"{name}={one_line(value)[:_SHOWN]}"] = None

    def _shortened(self, text: str) -> str:
        """The beginning of a text, up to a word's end."""
        if self._strict:
            raise BadQuery(f"q: it is longer than {LONGEST} characters")
        self._malformed = True
        start = text[: LONGEST + 1].rpartition(" ")[0]
        return start or text[:LONGEST]

    def _values(self, name: str) -> tuple[str, ...]:
        values = tuple(dict.fromkeys(filter(None, map(one_line, self._args.getlist(name)))))
        for value in values:
            if len(value) > _LONGEST_VALUE:
                self._refuse(name, value, f"a value is longer than {_LONGEST_VALUE} characters")
        if len(values) > _MOST_VALUES:
            self._refuse(name, "…", f"there are more than {_MOST_VALUES} values")
        return tuple(value for value in values if len(value) <= _LONGEST_VALUE)[:_MOST_VALUES]

    def _known(self, name: str, values: tuple[str, ...]) -> tuple[str, ...]:
        """The values that exist."""
        if not values:
            return ()
        if name == "language":
            bad = [value for value in values if not is_language(value)]
            named = f"a language tag (BCP 47) such as {', '.join(LANGUAGES)}"
        else:
            known = choices(name, self._parts)
            bad = [value for value in values if value not in known]
            named = ", ".join(known)
        for value in bad:
            self._refuse(name, value, f"there is no {name} {value}; known: {named}", malformed=False)
        return tuple(value for value in values if value not in bad)

    def _municipalities(self, names: tuple[str, ...]) -> list[str]:
        codes = []
        for name in names:
            code = self._parts.wiring.municipality(name)
            if code is None:
                known = "a three-digit code or a name, such as 167 or Joensuu"
                self._refuse("municipality", name, f"there is no municipality {name}; known: {known}")
            else:
                codes.append(code)
        return codes

    def _one_of(self, name: str, known: Sequence[str]) -> str:
        """The value of a parameter that has few; the first of them by default."""
        value = self._args.get(name, "")
        if value in known or not value:
            return value or known[0]
        self._refuse(name, value, f"it must be one of {', '.join(known)}")
        return known[0]

    def _switch(self, name: str) -> bool:
        value = self._args.get(name, "")
        if value not in ("", "0", "1", "true", "false"):
            self._refuse(name, value, "it must be 1 or 0")
        return value in ("1", "true")

    def _point(self) -> tuple[float, float] | None:
        text = self._args.get("point", "")
        if not text:
            return None
        try:
            lat, lon = (float(part) for part in text.split(","))
        except ValueError:
            self._refuse("point", text, "it must be two numbers: latitude,longitude")
            return None
        if not (-90 <= lat <= 90 and -180 <= lon <= 180):
            self._refuse("point", text, "it lies outside the world")
            return None
        return lat, lon

    def _number(self, name: str, default: int, most: int) -> int:
        text = self._args.get(name, "")
        if not text:
            return default
        if not (text.isascii() and text.isdigit() and len(text) < _DIGITS and 1 <= int(text) <= most):
            self._refuse(name, text, f"it must be a number from 1 to {most}")
            return default
        return int(text)


def one_line(text: str) -> str:
    """What a person typed, on one line: no control characters, none that turn the direction of writing."""
    return " ".join(_UNSAID.sub(" ", text).split())


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


def _text(text: str) -> str:
    """The parameter of a question's words."""
    return f"&q={quote_plus(text)}" if text else ""


class Links:
    """Links from one search to its neighbours, built once per page from the same few strings."""

    def __init__(self, path: str, asked: Asked, kept: dict[str, str]) -> None:
        self._path = path
        self._request = asked.request
        self._view = asked.view
        self._kept = "".join(f"&{name}={quote_plus(value)}" for name, value in kept.items())
        self._choices = [(name, value) for name, values in asked.request.chosen().items() for value in values]
        self._all = self._of(self._choices)
        self._said = _text(asked.request.q)

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
        order = request.sort if sort is None else sort
        query = (self._said if text is None else _text(text)) + choices
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
