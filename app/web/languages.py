"""The language of the interface lives in the URL: `/` Finnish, `/sv/`, `/en/` and `/selko/`; nowhere else."""

from collections.abc import Iterable
from contextvars import ContextVar
from typing import TYPE_CHECKING

from babel import Locale
from flask import request

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

PREFIXES = {"fi": "", "sv": "/sv", "en": "/en", "selko": "/selko"}
"""URL prefix by language; `selko` is Finnish in plain language, a variant of the interface's own texts."""

NAMES = {"fi": "Suomi", "sv": "Svenska", "en": "English", "selko": "Selkosuomi"}
"""Each language by its own name."""

_LANGUAGE = "vierelle.language"
_SPOKEN: ContextVar[str] = ContextVar("vierelle.language", default="")
"""The same beside the request, as a page asks for it hundreds of times."""

_ROOT = "vierelle.root"


class LanguagePrefix:
    """WSGI middleware: moves the language prefix from the path to SCRIPT_NAME, so that links keep it."""

    def __init__(self, application: "WSGIApplication") -> None:
        self._application = application

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Serve one request."""
        path: str = environ.get("PATH_INFO", "")
        root: str = environ.get("SCRIPT_NAME", "")
        environ[_ROOT] = root
        environ[_LANGUAGE] = "fi"
        for language, prefix in PREFIXES.items():
            if prefix and f"{path}/".startswith(f"{prefix}/"):
                environ[_LANGUAGE] = language
                environ["SCRIPT_NAME"] = root + prefix
                environ["PATH_INFO"] = path[len(prefix) :] or "/"
        spoken = _SPOKEN.set(environ[_LANGUAGE])
        try:
            return self._application(environ, start_response)
        finally:
            _SPOKEN.reset(spoken)


def language() -> str:
    """The language of this request: fi, sv, en or selko."""
    found: str = _SPOKEN.get() or request.environ.get(_LANGUAGE, "fi")
    return found


def root() -> str:
    """The path below which the whole site lies, without a language; empty at the top of a host."""
    found: str = request.environ.get(_ROOT, "")
    return found


def tag(code: str) -> str:
    """The `lang` attribute of pages in a language: plain Finnish is Finnish."""
    return "fi" if code == "selko" else code


def locale() -> Locale:
    """The locale of this request; plain Finnish is gettext's `fi@selko`."""
    code = language()
    return Locale("fi", modifier="selko") if code == "selko" else Locale(code)
