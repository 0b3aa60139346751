"""Distances in words."""

from app.web.texts import gettext as _


def distance(kilometres: float) -> str:
    """About how far: "alle 1 km", "noin 12 km"; never broken over two lines."""
    words = _("alle 1 km") if kilometres < 1 else _("noin %(number)s km", number=round(kilometres))
    return words.replace(" ", "\u00a0")
