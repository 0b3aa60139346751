"""Pages held for a minute, so that a lobby's screens and tiles that many press are answered at once.

Nothing is held of who asked: keys are digests under a secret of this process, kept in memory only. A page's
moment ends with its minute or with its generation of the index; it may serve a little longer, while another
page is being made anew, so that a new minute or a new index makes nobody wait in a queue.
"""

import hashlib
import time
from collections.abc import Callable
from threading import Lock

from app.web.delivery import Packed

MOST = 200
"""Pages held of a moment; about 50 kB each."""
LINGER_S = 90.0
"""Seconds after which a page of the moment before serves no more."""


class Pages:
    """A bounded memory of finished pages; the oldest go first."""

    def __init__(self, secret: bytes, most: int = MOST, clock: Callable[[], float] = time.monotonic) -> None:
        self._secret = secret
        self._most = most
        self._clock = clock
        self._pages: dict[bytes, tuple[Packed, float]] = {}
        self._before: dict[bytes, tuple[Packed, float]] = {}
        self._moment = ""
        self._lock = Lock()
        self.turn = Lock()
        """Held by the one thread that makes a page anew, while others give the page of the moment before."""

    def key(self, *parts: str) -> bytes:
        """The digest of what makes a page; the words cannot be read from it."""
        return hashlib.blake2b("\0".join(parts).encode(), key=self._secret, digest_size=16).digest()

    def get(self, key: bytes, moment: str) -> Packed | None:
        """The page, if it was made at this very moment (minute and generation)."""
        if moment != self._moment:
            return None
        found = self._pages.get(key)
        return None if found is None else found[0]

    def before(self, key: bytes, moment: str) -> Packed | None:
        """The page of the moment before `moment`, if it was made within the last 90 seconds."""
        found = (self._pages if moment != self._moment else self._before).get(key)
        return found[0] if found is not None and self._clock() - found[1] <= LINGER_S else None

    def put(self, key: bytes, moment: str, page: Packed) -> None:
        """Hold a page; pages older than those of the moment before are forgotten."""
        with self._lock:
            if moment != self._moment:
                self._before, self._pages = self._pages, {}
                self._moment = moment
            while len(self._pages) >= self._most:
                del self._pages[next(iter(self._pages))]
            self._pages[key] = page, self._clock()

    def clear(self) -> None:
        """Forget all pages."""
        with self._lock:
            self._pages, self._before = {}, {}

    def __len__(self) -> int:
        return len(self._pages) + len(self._before)
