"""The exception tree: everything Vierelle raises on purpose.

VierelleError
 ├─ ConfigurationError    settings, sources.toml or another edited file is wrong: tell the operator
 ├─ InvalidRecord         a record did not pass the border: tell line and reason, keep the others
 ├─ CatalogueError        the catalogue cannot be read or written
 │   └─ CatalogueBusy     another run holds the lock: try again later
 ├─ FetchError            one URL could not be fetched, with a reason code; the crawl goes on
 ├─ ParseError            one answer could not be understood; the crawl goes on
 ├─ NotFound              there is no such activity (404)
 ├─ BadQuery              the request is malformed (400)
 ├─ PressBusy             too many hand-outs are being printed at once (503)
 └─ SearchUnavailable     there is no usable index (503), never "no results"
     └─ IndexMismatch     the index was built with other schema or analyser versions
"""


class VierelleError(Exception):
    """Root of all errors raised on purpose; the message is for people."""


class ConfigurationError(VierelleError):
    """A setting or an edited file is wrong; the message names the place."""


class InvalidRecord(VierelleError):
    """A record did not pass the border; the message names field and reason."""


class CatalogueError(VierelleError):
    """The catalogue cannot be read or written."""


class CatalogueBusy(CatalogueError):
    """Another run holds the lock of this work."""


class FetchError(VierelleError):
    """One URL could not be fetched.

    `reason` is a short machine-readable code such as ``robots``, ``private-address``, ``too-large``.
    """

    def __init__(self, reason: str, url: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {url}" + (f" ({detail})" if detail else ""))
        self.reason = reason
        self.url = url
        self.detail = detail


class ParseError(VierelleError):
    """An answer could not be understood at all."""


class NotFound(VierelleError):
    """There is no such activity."""


class BadQuery(VierelleError):
    """The request is malformed; the message says which part."""


class PressBusy(VierelleError):
    """As many hand-outs are being made as may be: later, or by the browser's own printing."""


class SearchUnavailable(VierelleError):
    """There is no usable index at the moment."""


class IndexMismatch(SearchUnavailable):
    """The index was built with another schema or analyser version."""
