"""Street addresses as pages show them."""

import re

_NUMBER = re.compile(r" (?=\d+[a-zäöå]?\b|[A-ZÅÄÖ]\b(?!\.)|as\b)")


def unbroken(street: str) -> str:
    """The address whose house number, stair and flat stay on the line of the street's last word."""
    return _NUMBER.sub("\u00a0", street)
