"""The JSON API: the same questions and names as the pages."""

from typing import Any

import msgspec
from flask import Blueprint, Response, request

from app.answers import search_answer
from app.web.activity import find
from app.web.languages import language
from app.web.openapi import description, parameters
from app.web.parameters import read
from app.web.site import site
from app.web.suggestions import suggested
from schemas.errors import BadQuery

pages = Blueprint("api", __name__, url_prefix="/api/v1")


_OF_PAGES = frozenset({"nakyma", "koko", "vari"})
"""How a page looks: an address of a page may be asked of the API as it is."""


def _known(path: str) -> None:
    """Raises BadQuery for a parameter that the path does not have: misspelt, it would change the answer."""
    known = parameters(path)
    for name in request.args:
        if name not in known and name not in _OF_PAGES:
            named = ", ".join(known) if known else "none here"
            raise BadQuery(f"{name[:40]}: there is no such parameter; known: {named}")


def _json(value: Any) -> Response:
    return Response(msgspec.json.encode(value), content_type="application/json")


@pages.get("/search")
def search() -> Response:
    """Search: hits, facets, how the text was understood."""
    _known("/search")
    parts = site()
    asked = read(request.args, parts, language(), strict=True)
    result = parts.search.search(asked.request)
    answer = _json(search_answer(result, parts.wiring))
    answer.headers["Cache-Control"] = "no-store"
    return answer


@pages.get("/activities/<identifier>")
def activity(identifier: str) -> Response:
    """One whole record, with what was read from it and its next meeting."""
    _known("/activities/{id}")
    hit = find(identifier, site())
    return _json({"activity": hit.activity, "needs": hit.needs, "next": hit.next})


@pages.get("/suggestions")
def suggest() -> Response:
    """Suggestions while typing."""
    _known("/suggestions")
    answer = Response(suggested(), content_type="application/json")
    answer.headers["Cache-Control"] = "no-store"
    return answer


@pages.get("/openapi.json")
def openapi() -> Response:
    """The description of this API (OpenAPI 3.1)."""
    return _json(description())
