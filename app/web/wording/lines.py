"""What must not be parted at the end of a line on a page. Plain texts do not need it."""

import re

_NUMBER = re.compile(r" (?=\d+[a-zäöå]?\b|[A-ZÅÄÖ]\b(?!\.)|as\b)")
_TIME = re.compile(r"\b(klo|kello|kl\.) (?=\d)")


def unbroken(street: str) -> str:
    """The address whose house number, stair and flat stay on the line of the street's last word."""
    return _NUMBER.sub("\u00a0", street)


def tied(text: str) -> str:
    """The text whose times of day stay on the line of their "klo"."""
    return _TIME.sub("\\1\u00a0", text)
