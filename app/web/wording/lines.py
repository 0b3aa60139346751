"""What must not be parted at the end of a line on a page. Plain texts do not need it."""

import re
from functools import lru_cache

from markupsafe import Markup, escape

_NUMBER = re.compile(r" (?=\d+[a-zäöå]?\b|[A-ZÅÄÖ]\b(?!\.)|as\b)")
_TIME = re.compile(r"\b(klo|kello|kl\.) (?=\d)")
_STRETCH = re.compile(r"(?:\b(?:klo|kello|kl\.)\u00a0)?(?<![.\d])\d{1,2}(?:[.:]\d\d)?–\d{1,2}(?:[.:]\d\d)?")
_WHOLE = '<span class="whole">{}</span>'
_FITS = 20
"""Signs of the longest piece of an address that fits under its QR code."""

_STEP = re.compile(r"[^/]+/*|/+")


def unbroken(street: str) -> str:
    """The address whose house number, stair and flat stay on the line of the street's last word."""
    return _NUMBER.sub("\u00a0", street)


@lru_cache(2048)
def tied(text: str) -> str:
    """The text whose times of day stay on the line of their "klo", and stretches of time whole, by markup."""
    spaced = _TIME.sub("\\1\u00a0", text)
    if "–" not in spaced:
        return spaced
    whole = _STRETCH.sub(_WHOLE.format(r"\g<0>"), str(escape(spaced)))
    return Markup(whole)  # noqa: S704 escaped above


def steps(address: str) -> Markup:
    """A web address that ends its lines after its slashes: not at a hyphen, unless a piece is long."""
    whole, loose = Markup(_WHOLE), Markup("{}")  # noqa: S704 our own markup
    pieces = ((whole if len(piece) <= _FITS else loose).format(piece) for piece in _STEP.findall(address))
    return Markup("<wbr>").join(pieces)
