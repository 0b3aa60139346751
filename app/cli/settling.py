"""The moments after a server's first answer: what later questions need is made ready, memory is settled."""

import gc
import logging
import threading
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from schemas.errors import VierelleError

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

_LOG = logging.getLogger(__name__)
_LATEST = 3.0
"""Seconds after which a server that nobody asked makes ready all the same."""
_SELDOM = (3_000, 10, 10)
"""How many new objects, and looks at them, make the collector look: a page makes some thousands that go by
themselves, and what is looked at while it is drawn is looked at in vain."""


class Settling:
    """A WSGI application that notices its first answer; `settle` then runs `warm`, once.

    What is made at the start stays for good. Looking through it for garbage would take a sixth of the start,
    and later stop all threads for a tenth of a second at a time: so the collector rests until then, and
    leaves these objects out from then on.
    """

    def __init__(self, app: "WSGIApplication", warm: Callable[[], None]) -> None:
        gc.disable()
        self._app = app
        self._warm = warm
        self._answered = threading.Event()

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer."""
        try:
            return self._app(environ, start_response)
        finally:
            self._answered.set()

    def settle(self) -> None:
        """Wait for the first answer, make ready, and let the collector work on what comes from now on."""
        self._answered.wait(_LATEST)
        try:
            self._warm()
        except VierelleError as error:  # as without an index: pages tell it too
            _LOG.warning("not ready: %s", error)
        finally:
            gc.freeze()
            gc.set_threshold(*_SELDOM)
            gc.enable()
