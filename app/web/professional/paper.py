"""The hand-out as PDF by WeasyPrint: it reads our own static files and nothing else."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from app.web.assets import Assets
from schemas.errors import PressBusy

if TYPE_CHECKING:
    from weasyprint import Document
    from weasyprint.urls import URLFetcher

OWN = "https://static.invalid/"
"""Stands before the names of our static files: the only addresses the printer may read. Nothing is opened;
the reserved host keeps a mistake harmless."""


MOST_AT_ONCE = 3
"""Hand-outs printed or waiting for it in one process. Each takes a second and one of the server's threads:
the others must stay free for searching."""
_places = threading.BoundedSemaphore(MOST_AT_ONCE)
_press = threading.Lock()


@contextmanager
def press() -> Iterator[None]:
    """The printer for one hand-out after another. Raises PressBusy where too many wait for it."""
    if not _places.acquire(blocking=False):
        raise PressBusy("too many hand-outs are being made")
    try:
        with _press:
            yield
    finally:
        _places.release()


def pdf(drawn: Callable[[bool], str], assets: Assets) -> bytes:
    """An A4 document of a page that refers to static files by `OWN` names.

    `drawn(True)` is the page with room to write by hand, which gives way where a side is saved by it.

    Raises PressBusy.
    """
    with press():
        return _printed(drawn, assets)


def _printed(drawn: Callable[[bool], str], assets: Assets) -> bytes:
    from weasyprint import HTML

    files = _own_files(assets)

    def laid_out(room: bool) -> "Document":
        return HTML(string=drawn(room), base_url=OWN, url_fetcher=files).render(pdf_variant="pdf/ua-1")

    document = laid_out(True)
    if len(document.pages) > 1:
        without = laid_out(False)
        if len(without.pages) < len(document.pages):
            document = without
    made = document.write_pdf(pdf_variant="pdf/ua-1")
    assert isinstance(made, bytes)
    return made


def _own_files(assets: Assets) -> "URLFetcher":
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    by_url = {f"{OWN}{asset.url}": asset for asset in assets.by_url.values()}

    class OwnFiles(URLFetcher):  # type: ignore[misc]
        """Gives out static files; refuses every other address, whatever the page says."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
            asset = by_url.get(url)
            if asset is None:
                raise ValueError("hand-outs are made from our own files only")
            return URLFetcherResponse(url, asset.data, {"Content-Type": asset.type})

    return OwnFiles(allowed_protocols=())
