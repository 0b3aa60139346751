"""What a person is told when something is wrong: what happened, what to do, that nothing was lost."""

import logging

from flask import Flask, Response, jsonify, make_response, render_template, request
from werkzeug.exceptions import HTTPException

from app.web.interface import interface
from app.web.openapi import description
from app.web.site import site
from app.web.texts import gettext as _
from schemas.errors import BadQuery, CatalogueError, NotFound, PressBusy, SearchUnavailable, VierelleError

_LOG = logging.getLogger(__name__)
_STATUS: tuple[tuple[type[VierelleError], int], ...] = (
    (NotFound, 404),
    (BadQuery, 400),
    (PressBusy, 503),
    (SearchUnavailable, 503),
    (CatalogueError, 503),
)


def handle_errors(app: Flask) -> None:
    """Every error becomes a designed page, or JSON below `/api/`."""
    app.register_error_handler(VierelleError, _raised)
    app.register_error_handler(HTTPException, _http)


def _raised(error: VierelleError) -> Response:
    status = next((status for kind, status in _STATUS if isinstance(error, kind)), 500)
    if status == 500:  # an edited file is wrong: no question of a visitor is in the message
        _LOG.error("%s", error)
    return _answer(status, str(error), _press_words() if isinstance(error, PressBusy) else _words(status))


def _http(error: HTTPException) -> Response:
    if error.code is not None and error.code < 400:
        return make_response(error.get_response())
    status = error.code or 500
    answer = _answer(status, _told_of_api(status) or error.description or "", _words(status))
    if status == 405:
        answer.headers.extend(error.get_headers())
        answer.headers["Content-Type"] = answer.content_type or "text/html"
    return answer


def _told_of_api(status: int) -> str:
    """What programs are told where no part of ours spoke: in English, like all that the API says."""
    known = ", ".join(description()["paths"])
    return {
        404: f"there is no such address; below /api/v1 are {known}, described in /api/v1/openapi.json",
        405: "only GET, HEAD and OPTIONS are answered",
    }.get(status, "")


def _answer(status: int, detail: str, words: tuple[str, str]) -> Response:
    """`detail` is for programs, `words`, title and text, for people."""
    if f"{request.path}/".startswith("/api/"):
        answer = jsonify({"error": {"status": status, "message": detail}})
    else:
        title, text = words
        # Whatever broke may break again: an error page asks nothing of the index.
        interface().examples = site().known_examples
        page = render_template("error.html", status=status, title=title, text=text)
        answer = make_response(page)
    answer.status_code = status
    if status == 503:
        answer.headers["Retry-After"] = "30"
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _press_words() -> tuple[str, str]:
    return _("Juuri nyt tehdään monta PDF-tiedostoa"), _(
        "Palaa takaisin ja yritä hetken kuluttua uudelleen, tai tulosta ohjauslista selaimella."
    )


def _words(status: int) -> tuple[str, str]:
    if status == 404:
        return _("Tätä sivua ei löydy"), _(
            "Osoitteessa voi olla virhe, tai toiminta on päättynyt ja poistettu. Voit etsiä tukea uudelleen."
        )
    if status == 503:
        return _("Haku ei ole juuri nyt käytössä"), _(
            "Emme voi nyt hakea. Se ei tarkoita, ettei apua olisi. Yritä hetken kuluttua uudelleen."
        )
    if status in (400, 405, 413, 414):
        return _("Emme ymmärtäneet pyyntöä"), _(
            "Osoitteessa tai lomakkeessa on jotakin, mitä emme osaa lukea. Aloita haku uudelleen etusivulta."
        )
    return _("Jokin meni vikaan"), _(
        "Vika on meidän, ei sinun. Mitään ei kadonnut. Yritä uudelleen, tai soita alla oleviin numeroihin."
    )
