"""Sites to look at: the tests' sample, one without an index; what scenes need to know of a running one."""

import json
import tempfile
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from werkzeug.serving import WSGIRequestHandler, make_server

from app.web import create_app
from app.wiring import Wiring
from config.settings import Settings
from tests.app.sample import sample_wiring
from tests.browser.scenes import SAMPLE, Places


class _Quiet(WSGIRequestHandler):
    """The site keeps its own access log."""

    def log_request(self, *_arguments: object) -> None:
        return


@contextmanager
def served(wiring: Wiring) -> Iterator[str]:
    """The address of a site on a free port."""
    server = make_server("127.0.0.1", 0, create_app(wiring), threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def without_index(folder: Path) -> Wiring:
    """A site that has not been indexed yet."""
    return Wiring(Settings(data=folder))


def warm_sample(folder: Path) -> Wiring:
    """The tests' sample, its index open as in `vierelle serve`."""
    wiring = sample_wiring(folder)
    wiring.search.warm()
    return wiring


def _asked(url: str) -> Any:
    with urllib.request.urlopen(url, timeout=30) as answer:
        return json.load(answer)


def found_places(site: str) -> Places:
    """Activities of a running site that suit the scenes."""
    hits = []
    for page in range(1, 8):
        hits += _asked(f"{site}/api/v1/search?{urlencode({'size': 100, 'page': page})}")["hits"]
    plain = next(hit["id"] for hit in hits if len(hit["contacts"]) > 1 and hit["next"] and hit["summary"])
    differing = (
        hit["id"]
        for hit in hits
        if _asked(f"{site}/api/v1/activities/{hit['id']}")["activity"].get("conflicts")
    )
    conflict = next(differing, plain)
    return SAMPLE._replace(plain=plain, conflict=conflict, stale=conflict, words="omaishoitajille")


@contextmanager
def looked_at(site: str | None) -> Iterator[tuple[str, str, Places]]:
    """The address of a running site, or of the sample without one; of one without an index; its places."""
    with (
        tempfile.TemporaryDirectory() as temporary,
        served(without_index(Path(temporary) / "none")) as broken,
        served(warm_sample(Path(temporary) / "sample")) as sample,
    ):
        if site:
            yield site.rstrip("/"), broken, found_places(site.rstrip("/"))
        else:
            yield sample, broken, SAMPLE
