"""The OpenAPI description, made from the very shapes that are served."""

from functools import cache
from typing import Any

import msgspec

from schemas.activity import Activity
from schemas.schedule import Occurrence
from schemas.search import FACETS, LONGEST, Suggestion

Json = dict[str, Any]

_TEXTS = {
    "municipality": "Three-digit code or name; repeat for alternatives.",
    "need": "Code of a need.",
    "area": "Code of an area of needs.",
    "kind": "Kind of support.",
    "group": "Target group.",
    "when": "today, week, month, mo … su, morning, day, evening or weekend.",
    "channel": "place, online, phone, hybrid or home.",
    "price": "free or paid.",
    "language": "Language spoken in the activity.",
}


def parameters(path: str) -> tuple[str, ...]:
    """The names of the query parameters of one path, as they are described."""
    described = description()["paths"][path]["get"]["parameters"]
    return tuple(entry["name"] for entry in described if entry["in"] == "query")


@cache
def description() -> Json:
    """The whole description."""
    shapes, components = msgspec.json.schema_components(
        (Activity, Occurrence, Suggestion), ref_template="#/components/schemas/{name}"
    )
    activity, occurrence, suggestion = shapes
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Vierelle",
            "version": "1",
            "description": "Search for peer support and services. Parameters are those of the pages; "
            "an unknown one is answered by 400, and those that only change how a page looks "
            "(nakyma, koko, vari) are passed over. Errors have one shape and English messages.",
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        },
        "servers": [{"url": "/api/v1"}],
        "paths": {
            "/search": {"get": _search()},
            "/activities/{id}": {"get": _activity(activity, occurrence)},
            "/suggestions": {"get": _suggestions(suggestion)},
        },
        "components": {"schemas": {**components, "Error": _ERROR}},
    }


_ERROR: Json = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["status", "message"],
            "properties": {"status": {"type": "integer"}, "message": {"type": "string"}},
        }
    },
}


def _parameter(name: str, text: str, schema: Json, *, inside: str = "query") -> Json:
    return {
        "name": name,
        "in": inside,
        "required": inside == "path",
        "description": text,
        "schema": schema,
    }


def _answers(good: Json, *codes: int) -> Json:
    texts = {400: "Malformed request.", 404: "No such activity.", 503: "Search is unavailable."}
    error = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    answers: Json = {"200": {"description": "Done.", "content": {"application/json": {"schema": good}}}}
    return answers | {str(code): {"description": texts[code], "content": error} for code in codes}


def _search() -> Json:
    string: Json = {"type": "string"}
    many: Json = {"type": "array", "items": string}
    parameters = [
        _parameter("q", "The person's own words.", {"type": "string", "maxLength": LONGEST}),
        _parameter("missa", "A place in words: municipality, village, postcode.", string),
        *(_parameter(name, _TEXTS[name], many) for name in FACETS),
        _parameter("point", "latitude,longitude in WGS84 degrees; never kept.", string),
        _parameter(
            "sort", "Order.", {"type": "string", "enum": ["relevance", "next", "distance", "name", "fresh"]}
        ),
        _parameter("page", "From 1.", {"type": "integer", "minimum": 1, "maximum": 1000}),
        _parameter("size", "Hits a page.", {"type": "integer", "minimum": 1, "maximum": 100}),
        _parameter("exact", "1 = do not correct spelling.", string),
        _parameter("plain", "1 = read no places from q.", string),
    ]
    fields: dict[str, str] = {
        "query": "string",
        "interpretation": "object",
        "total": "integer",
        "hits": "array",
        "facets": "object",
        "groups": "object",
        "nearest": "array",
        "loosened": "array",
        "generation": "string",
    }
    good = {"type": "object", "properties": {name: {"type": kind} for name, kind in fields.items()}}
    return {"summary": "Search", "parameters": parameters, "responses": _answers(good, 400, 503)}


def _activity(activity: Json, occurrence: Json) -> Json:
    good = {
        "type": "object",
        "properties": {
            "activity": activity,
            "needs": {"type": "array", "items": {"type": "string"}},
            "next": {"anyOf": [occurrence, {"type": "null"}]},
        },
    }
    where = _parameter("id", "The activity's id.", {"type": "string"}, inside="path")
    return {"summary": "One activity", "parameters": [where], "responses": _answers(good, 400, 404, 503)}


def _suggestions(suggestion: Json) -> Json:
    good = {"type": "array", "items": suggestion}
    typed = _parameter("q", "What has been typed so far.", {"type": "string"})
    return {"summary": "Suggestions", "parameters": [typed], "responses": _answers(good, 400, 503)}
