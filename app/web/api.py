"""The JSON API: the same questions and names as the pages."""

from typing import Any

import msgspec
from flask import Blueprint, Response, request

from app.answers import search_answer
from app.web.activity import find
from app.web.languages import language
from app.web.openapi import description
from app.web.parameters import read
from app.web.site import site
from app.web.suggestions import suggested

pages = Blueprint("api", __name__, url_prefix="/api/v1")


def _json(value: Any) -> Response:
    return Response(msgspec.json.encode(value), content_type="application/json")


@pages.get("/search")
def search() -> Response:
    """Search: hits, facets, how the text was understood."""
    parts = site()
    asked = read(request.args, parts, language(), strict=True)
    result = parts.search.search(asked.request)
    answer = _json(search_answer(result, parts.wiring))
    answer.headers["Cache-Control"] = "no-store"
    return answer


@pages.get("/activities/<identifier>")
def activity(identifier: str) -> Response:
    """One whole record, with what was read from it and its next meeting."""
    hit = find(identifier, site())
    return _json({"activity": hit.activity, "needs": hit.needs, "next": hit.next})


@pages.get("/suggestions")
def suggest() -> Response:
    """Suggestions while typing."""
    answer = Response(suggested(), content_type="application/json")
    answer.headers["Cache-Control"] = "no-store"
    return answer


@pages.get("/openapi.json")
def openapi() -> Response:
    """The description of this API (OpenAPI 3.1)."""
    return _json(description())
