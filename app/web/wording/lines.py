"""What must not be parted at the end of a line on a page. Plain texts do not need it."""

import re
from functools import lru_cache
from itertools import pairwise

from markupsafe import Markup

_NUMBER = re.compile(r" (?=\d+[a-zäöå]?\b|[A-ZÅÄÖ]\b(?!\.)|as\b)")
_TIME = re.compile(r"\b(klo|kello|kl\.) (?=\d)")
_STRETCH = re.compile(
    r"(?:\b(?:klo|kello|kl\.)\u00a0)?(?<![.\d])\d{1,2}(?:[.:]\d\d)?–\d{1,2}(?:[.:]\d\d)?(?:-[^\W\d_]+)?"
)
_MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\\b"
_ENGLISH = re.compile(rf"\b\d{{1,2}} {_MONTH}(?: \d{{4}}\b)?")
_DATE = re.compile(rf"\b([^\W\d_]{{2,6}}) (?=\d{{1,2}}(?:\.\d{{1,2}}(?!\d)|\u00a0{_MONTH}))")
"""A short word before a date: a weekday in letters, "till", "kerran"."""
_UNTIL = re.compile(r"(?<=[.\d]) (?=asti\b)")
_WHOLE = '<span class="whole">{}</span>'
_FITS = 20
"""Signs of the longest piece of an address that fits under its QR code."""

_STEP = re.compile(r"[^/]+/*|/+")


def unbroken(street: str) -> str:
    """The address whose house number, stair and flat stay on the line of the street's last word."""
    return _NUMBER.sub("\u00a0", street)


def pieces(text: str) -> tuple[str, ...]:
    """The text with times of day on the line of their "klo" and dates on that of the short word before them,
    cut so that every second piece, a stretch of time or of ages, stays whole; the first may be empty."""
    spaced = _dated(_TIME.sub("\\1\u00a0", text))
    found = [match.span() for match in _STRETCH.finditer(spaced)]
    ends = [0, *(end for span in found for end in span), len(spaced)]
    parts = tuple(spaced[start:end] for start, end in pairwise(ends))
    return parts if parts[-1] else parts[:-1]


def _dated(text: str) -> str:
    """The text whose dates are whole: "ti 1.12.", "18 Jun 2027", "16.12. asti"."""
    english = _ENGLISH.sub(lambda found: found.group().replace(" ", "\u00a0"), text)
    return _UNTIL.sub("\u00a0", _DATE.sub("\\1\u00a0", english))


@lru_cache(2048)
def tied(text: str) -> str:
    """The same in one, the pieces that stay whole by markup."""
    parts = pieces(text)
    if len(parts) < 2:
        return "".join(parts)
    whole = Markup(_WHOLE)  # noqa: S704 our own markup
    return Markup("").join(whole.format(part) if place % 2 else part for place, part in enumerate(parts))


def steps(address: str) -> Markup:
    """A web address that ends its lines after its slashes: not at a hyphen, unless a piece is long."""
    whole, loose = Markup(_WHOLE), Markup("{}")  # noqa: S704 our own markup
    marked = ((whole if len(piece) <= _FITS else loose).format(piece) for piece in _STEP.findall(address))
    return Markup("<wbr>").join(marked)
