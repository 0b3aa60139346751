"""Views whose finished pages may be held for a minute: see `app.web.pages_held`."""

import functools
from collections.abc import Callable
from typing import NamedTuple

from flask import Response, request

from app.web.delivery import Packed, takes_packed
from app.web.interface import interface
from app.web.site import Site, site
from schemas.errors import SearchUnavailable


class Answer(NamedTuple):
    """A page with another status than 200; it is not held."""

    page: str
    status: int


def held(view: Callable[[], str | Answer]) -> Callable[[], Response]:
    """A view without arguments whose page depends on nothing but the URL, the minute and the index."""

    @functools.wraps(view)
    def answered() -> Response:
        parts = site()
        moment = _moment(parts)
        query = request.query_string.decode("latin-1")
        key = parts.pages.key(interface().base, request.path, query)
        plain = not takes_packed(request)
        page = parts.pages.get(key, moment, plain=plain) if moment else None
        if page is not None:
            return page.response(request)
        before = parts.pages.before(key, moment) if moment else None
        if before is None:
            return _made(view, key, moment)
        if not parts.pages.turn.acquire(blocking=False):
            return before.response(request)
        try:
            return _made(view, key, moment)
        finally:
            parts.pages.turn.release()

    return answered


def _made(view: Callable[[], str | Answer], key: bytes, moment: str) -> Response:
    """The view's page, held where it may be."""
    pages = site().pages
    begun = pages.cleared
    made = view()
    if isinstance(made, Answer):
        return Response(made.page, made.status)
    page = Packed(made.encode())
    answer = page.response(request)
    if moment:
        pages.put(key, moment, page.shrunk() if takes_packed(request) else page, begun)
    return answer


def _moment(parts: Site) -> str:
    try:
        generation = parts.wiring.store.current().generation
    except SearchUnavailable:
        return ""
    interface().generation = generation
    return f"{parts.now().isoformat(timespec='minutes')} {generation}"
