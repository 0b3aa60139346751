"""Words of a page inside their element: on one line, set off or not."""

import re

from lxml import html

_BOLD = frozenset({"b", "strong", "big", "u"})
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)|text-decoration\s*:\s*underline")
_SPACES = re.compile(r"[ \t\r\n\f\v\xa0\u2000-\u200b\u202f\u3000\ufeff]+")
_SOFT = str.maketrans("", "", "\xad\u200b\u2060\ufeff")


def flat(text: str) -> str:
    """Text with single spaces, those at its ends kept."""
    return _SPACES.sub(" ", text.translate(_SOFT))


def squeeze(text: str) -> str:
    """Text on one line with single spaces."""
    return flat(text).strip()


def is_bold(node: html.HtmlElement) -> bool:
    """Whether an element sets its words off: bold, or underlined as typewriters did."""
    return node.tag in _BOLD or (node.tag == "span" and bool(_BOLD_STYLE.search(node.get("style") or "")))
