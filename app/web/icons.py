"""Our own icons: 24 px, 2 px lines. A page carries each picture it uses once and refers to it."""

import re
from functools import cache
from pathlib import Path

from markupsafe import Markup

_SYMBOL = re.compile(r'<symbol id="i-(?P<name>[a-z]+)">(?P<body>.*?)</symbol>')


class Icons:
    """All pictures by name, read from `icons.svg`."""

    def __init__(self, path: Path) -> None:
        found = _SYMBOL.finditer(path.read_text(encoding="utf-8"))
        self._bodies = {match["name"]: match["body"] for match in found}

    def __contains__(self, name: object) -> bool:
        return name in self._bodies

    def sprite(self, names: set[str]) -> Markup:
        """The hidden drawing that holds the pictures of one page."""
        symbols = "".join(
            f'<symbol id="i-{name}" viewBox="0 0 24 24">{self._bodies[name]}</symbol>'
            for name in sorted(names)
            if name in self._bodies
        )
        return Markup(f'<svg class="sprite" aria-hidden="true" focusable="false">{symbols}</svg>')  # noqa: S704 our own file


@cache
def reference(name: str) -> Markup:
    """One use of a picture; always beside a word, so hidden from screen readers."""
    return Markup('<svg class="icon" aria-hidden="true" focusable="false"><use href="#i-{}"/></svg>').format(
        name
    )
