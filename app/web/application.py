"""The Flask application over one `Wiring`."""

import importlib
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask, Response, request
from flask_babel import Babel
from jinja2 import FileSystemBytecodeCache

from app.web.access_log import AccessLog
from app.web.delivery import delivered
from app.web.display import display
from app.web.errors import handle_errors
from app.web.interface import interface
from app.web.languages import LanguagePrefix, locale
from app.web.rooms import ROOMS
from app.web.routes import QuickRule
from app.web.security import secured
from app.web.site import HERE, Site, put_site, site
from app.web.telling import Told
from app.web.texts import use_in_templates
from app.web.wording.lines import steps, tied
from app.wiring import Wiring

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

LARGEST_POST = 32_000
"""Bytes of the largest form that is read."""


def create_app(wiring: Wiring) -> Flask:
    """The site as a WSGI application. Parts of `wiring` are made when a page first needs them."""
    app = Flask("vierelle", template_folder=str(HERE / "templates"), static_folder=None)
    app.url_rule_class = QuickRule
    app.config.update(
        MAX_CONTENT_LENGTH=LARGEST_POST,
        BABEL_TRANSLATION_DIRECTORIES=str(HERE / "translations"),
        BABEL_DEFAULT_LOCALE="fi",
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    _keep_templates(app, wiring.settings.data / "cache" / "templates")
    put_site(app.extensions, Site(wiring))
    Babel(app, locale_selector=locale)
    use_in_templates(app)
    for room in ROOMS:
        app.register_blueprint(importlib.import_module(room.module).pages)
    handle_errors(app)
    app.context_processor(lambda: {"ui": interface()})
    app.add_template_filter(_soft, "soft")
    app.add_template_filter(_tied, "tied")
    app.add_template_filter(steps, "steps")
    app.url_defaults(_keep_display)
    app.after_request(_finished)
    app.wsgi_app = AccessLog(LanguagePrefix(_proxied(app, wiring.settings.proxies)))  # type: ignore[method-assign]
    return app


def _keep_templates(app: Flask, folder: Path) -> None:
    """Compiled templates are kept for the next start, where the folder can be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(folder))


def _proxied(app: Flask, proxies: int) -> "WSGIApplication":
    if not proxies:
        return app.wsgi_app
    from werkzeug.middleware.proxy_fix import ProxyFix

    return ProxyFix(app.wsgi_app, x_for=0, x_proto=proxies, x_host=proxies, x_prefix=proxies)


def _tied(text: str) -> str:
    """Template filter: times of day that stay on one line; a text of a source stays as it is."""
    return text if isinstance(text, Told) else tied(text)


def _soft(text: str, lang: str = "") -> str:
    """Template filter: soft hyphens in long words, by their language (that of the page where not told)."""
    hyphens = site().hyphens.get(lang or interface().lang)
    return hyphens(text) if hyphens else text


def _keep_display(endpoint: str, values: dict[str, object]) -> None:
    if request and not endpoint.startswith(("static_files.", "api.")):
        for name, value in display().parameters().items():
            values.setdefault(name, value)


def _finished(response: Response) -> Response:
    return secured(delivered(response, request))
