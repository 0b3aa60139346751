"""What may be chosen in a URL: the known codes of each facet, orders and views."""

import re
from collections.abc import Collection

from app.web.site import Site
from schemas.codes import ChannelType, Kind, PriceKind, TargetGroup

SORTS = ("relevance", "next", "distance", "name", "fresh")
VIEWS = ("lista", "kartta", "viikko")
WHEN = (
    *("today", "week", "month"),
    *("mo", "tu", "we", "th", "fr", "sa", "su"),
    *("morning", "day", "evening", "weekend"),
)
LANGUAGES = ("fi", "sv", "en", "se", "ru", "uk", "et", "ar", "so", "fse")
"""Those that are named where an unknown one was asked; every language that CLDR names is known."""

_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{1,8})*")


def choices(facet: str, parts: Site) -> Collection[str]:
    """The known codes of a facet other than municipality and language."""
    taxonomy = parts.taxonomy
    if facet == "need":
        return taxonomy.needs
    if facet == "area":
        return taxonomy.areas
    if facet == "kind":
        return tuple(Kind)
    if facet == "group":
        return tuple(TargetGroup)
    if facet == "when":
        return WHEN
    if facet == "channel":
        return tuple(ChannelType)
    return tuple(kind for kind in PriceKind if kind is not PriceKind.UNKNOWN)


def is_language(code: str) -> bool:
    """Whether the code is a language tag (BCP 47) whose language exists."""
    if not _TAG.fullmatch(code):
        return False
    from babel import Locale

    language = code.partition("-")[0]
    return language in LANGUAGES or language in Locale("en").languages
