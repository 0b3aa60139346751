"""Static files by their hashed names."""

from flask import Blueprint, Response, abort, request

from app.web.languages import PREFIXES, root
from app.web.site import site

pages = Blueprint("static_files", __name__)

_ENDLESS = ("/haku", "/ammattilainen", "/olka/")
"""Rooms whose links go on from search to search: one crawler could keep a server busy for ever."""
_FOR_EVER = "public, max-age=31536000, immutable"


@pages.get("/static/<path:name>")
def static_file(name: str) -> Response:
    """One file, compressed where the browser takes it; the name changes with the content."""
    asset = site().assets.by_url.get(name)
    if asset is None:
        abort(404)
    packed = asset.packed if "gzip" in request.headers.get("Accept-Encoding", "") else None
    response = Response(packed or asset.data, content_type=asset.type)
    response.headers["Cache-Control"] = _FOR_EVER
    response.headers["ETag"] = f'"{asset.url.split(".")[-2]}"'
    if asset.packed:
        response.headers["Vary"] = "Accept-Encoding"
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    return response


@pages.get("/favicon.ico")
def favicon() -> Response:
    """The mark of the site, for browsers that ask for it unasked."""
    asset = site().assets["mark.svg"]
    response = Response(asset.data, content_type=asset.type)
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response


@pages.get("/robots.txt")
def robots() -> Response:
    """Search results are for people; activities may be listed."""
    rules = [f"Disallow: {root()}{prefix}{path}" for prefix in PREFIXES.values() for path in _ENDLESS]
    return Response("\n".join(("User-agent: *", *rules, "")), content_type="text/plain; charset=utf-8")
