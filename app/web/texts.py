"""gettext with types. Message ids are the Finnish texts themselves; `_l` is for texts outside a request."""

from gettext import NullTranslations

import flask_babel
from flask import Flask
from markupsafe import Markup, escape

from app.web.languages import language

_CATALOGUES: dict[str, NullTranslations] = {}


def gettext(message: str, **variables: object) -> str:
    """The text in the language of this request, with its variables filled in."""
    text = _catalogue().gettext(message)
    return text % variables if variables else text


def ngettext(singular: str, plural: str, num: int, **variables: object) -> str:
    """The text for a number of things; `%(num)s` is the number."""
    return _catalogue().ngettext(singular, plural, num) % {"num": num, **variables}


def _catalogue() -> NullTranslations:
    """The catalogue of this request: Flask-Babel's, asked once for each language instead of once a text."""
    code = language()
    found = _CATALOGUES.get(code)
    if found is None:
        found = _CATALOGUES[code] = flask_babel.get_translations()
    return found


def use_in_templates(app: Flask) -> None:
    """Let templates translate by the same catalogue."""
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda message: _catalogue().gettext(message),
        lambda singular, plural, num: _catalogue().ngettext(singular, plural, num),
        newstyle=True,
    )


class Lazy(str):
    """A text that is translated when it is printed by `str()`; its own content is the message id."""

    __slots__ = ()

    def __str__(self) -> str:
        return gettext(str.__str__(self))

    def __html__(self) -> Markup:
        """What a template prints."""
        return escape(str(self))


def lazy_gettext(message: str) -> Lazy:
    """A text for tables made at import."""
    return Lazy(message)
