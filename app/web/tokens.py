"""Forms that are safe without cookies: a signed time, the browser's own word on where it comes from."""

import hashlib
import hmac
import os
import secrets
import tempfile
import time
from collections import deque
from contextlib import suppress
from pathlib import Path
from threading import Lock
from urllib.parse import urlsplit

from flask import Request

YOUNGEST = 2
"""Seconds below which no person has filled in a form."""

OLDEST = 12 * 3600
"""Seconds after which a form is shown anew, with what was written in it."""


_KEY_FILE = "form.key"
_KEY_BYTES = 32


def kept_key(folder: Path) -> bytes:
    """The key of a site's forms, made at the first use and kept in its data folder.

    So every process signs alike, also after a restart. It is random and says nothing of anybody. Where the
    folder cannot be written to, the key lives as long as this process.
    """
    path = folder / _KEY_FILE
    made = secrets.token_bytes(_KEY_BYTES)
    try:
        if not path.exists():
            folder.mkdir(parents=True, exist_ok=True)
            _put_once(path, made)
        found = path.read_bytes()
    except OSError:
        return made
    return found if len(found) == _KEY_BYTES else made


def _put_once(path: Path, content: bytes) -> None:
    """Write a file whole; the one of another process that was quicker stays."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        with suppress(FileExistsError):
            os.link(name, path)
    finally:
        Path(name).unlink()


def signed(secret: bytes, purpose: str, now: float | None = None) -> str:
    """A token that says when a form was shown and for what; nothing about whom."""
    moment = str(int(time.time() if now is None else now))
    return f"{moment}.{_mark(secret, purpose, moment)}"


def age(secret: bytes, purpose: str, token: str, now: float | None = None) -> float | None:
    """Seconds since the form was shown; None where the token is not ours or for something else."""
    moment, _, mark = token.partition(".")
    if not (moment.isascii() and moment.isdigit() and len(moment) < 15):
        return None
    if not hmac.compare_digest(mark.encode(), _mark(secret, purpose, moment).encode()):
        return None
    return (time.time() if now is None else now) - int(moment)


def _mark(secret: bytes, purpose: str, moment: str) -> str:
    return hmac.new(secret, f"{purpose}\n{moment}".encode(), hashlib.sha256).hexdigest()[:32]


def from_our_page(request: Request) -> bool:
    """Whether the browser says that the form was sent from this site.

    Our own `Referrer-Policy: no-referrer` makes browsers send `Origin: null` from our own forms, which
    says as little as no Origin at all; what counts then is Sec-Fetch-Site, and the signed token.
    """
    fetched = request.headers.get("Sec-Fetch-Site")
    if fetched is not None:
        return fetched == "same-origin"
    origin = request.headers.get("Origin", "null")
    return origin == "null" or urlsplit(origin).netloc == request.host


class Throttle:
    """At most `most` acts in `seconds`, whoever acts: nobody is told apart."""

    def __init__(self, most: int, seconds: float) -> None:
        self._most = most
        self._seconds = seconds
        self._acts: deque[float] = deque()
        self._lock = Lock()

    def allows(self, now: float | None = None) -> bool:
        """Whether one more act is allowed now; counts it if so."""
        moment = time.monotonic() if now is None else now
        with self._lock:
            while self._acts and moment - self._acts[0] > self._seconds:
                self._acts.popleft()
            if len(self._acts) >= self._most:
                return False
            self._acts.append(moment)
            return True
