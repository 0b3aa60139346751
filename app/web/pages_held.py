"""Pages held for a minute, so that a lobby's screens and tiles that many press are answered at once.

Nothing is held of who asked: keys are digests under a secret of this process, kept in memory only. A page's
moment ends with its minute or with its generation of the index; it may serve a little longer, while another
page is being made anew, so that a new minute or a new index makes nobody wait in a queue.

Browsers take pages compressed, which need a fifth of the room: most pages are held that way only. Those for
clients that take them plain are held ready, and compressed when they have to make room.
"""

import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import NamedTuple

from app.web.delivery import Packed

READY_BYTES = 4 * 2**20
"""What pages held ready for clients that take them plain need at most; one needs about 60 kB."""
PACKED_BYTES = 10 * 2**20
"""What pages held compressed need at most; one needs about 10 kB."""
LINGER_S = 90.0
"""Seconds after which a page of the moment before serves no more."""
_WORTH = 30
"""Compressing a page takes a thirtieth of drawing it: it pays where one question in so many is met again."""
_TRIED = 2
"""Questions of each moment that are taken to have been met again, until it is known better."""
_AROUND = 500
"""Bytes that are held around a page: its key, its mark, its place in the order."""


class _Held(NamedTuple):
    """A page, the moment and the second at which it was made, and the bytes that it counts for."""

    page: Packed
    moment: str
    made: float
    size: int


class _Part:
    """Pages within so many bytes, those used longest ago first."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._bytes = 0
        self.held: OrderedDict[bytes, _Held] = OrderedDict()

    def put(self, key: bytes, entry: _Held) -> list[tuple[bytes, _Held]]:
        """Hold a page; gives those that had to go for it."""
        self.drop(key)
        self.held[key] = entry
        self._bytes += entry.size
        gone = []
        while self._bytes > self._limit and len(self.held) > 1:
            oldest, old = next(iter(self.held.items()))
            self.drop(oldest)
            gone.append((oldest, old))
        return gone

    def drop(self, key: bytes) -> None:
        """Let go of a page, where it is held."""
        found = self.held.pop(key, None)
        if found is not None:
            self._bytes -= found.size

    def keep_only(self, moment: str) -> None:
        """Let go of the pages of all other moments."""
        for key in [key for key, entry in self.held.items() if entry.moment != moment]:
            self.drop(key)

    def clear(self) -> None:
        """Let go of all pages."""
        self.held.clear()
        self._bytes = 0


class Pages:
    """A bounded memory of finished pages, shared by threads; those used longest ago go first."""

    def __init__(
        self,
        secret: bytes,
        ready: int = READY_BYTES,
        packed: int = PACKED_BYTES,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._secret = secret
        self._clock = clock
        self._ready, self._packed = _Part(ready), _Part(packed)
        self._moments = ("", "")
        self._asked = self._met = _TRIED
        self._cleared = 0
        self._lock = Lock()
        self.turn = Lock()
        """Held by the one thread that makes a page anew, while others give the page of the moment before."""

    def key(self, *parts: str) -> bytes:
        """The digest of what makes a page; the words cannot be read from it."""
        return hashlib.blake2b("\0".join(parts).encode(), key=self._secret, digest_size=16).digest()

    def get(self, key: bytes, moment: str, *, plain: bool = False) -> Packed | None:
        """The page, if it was made at this very moment (minute and generation).

        One that is asked for `plain` is held ready from then on.
        """
        with self._lock:
            found, cleared = self._found(key), self._cleared
            self._asked += 1
            if found is None or found.moment != moment:
                return None
            self._met += 1
        if plain and not found.page.ready:
            page = found.page.opened()
            self._hold(key, _held(page, moment, found.made), cleared)
            return page
        return found.page

    def before(self, key: bytes, moment: str) -> Packed | None:
        """The page of the moment before `moment`, if it was made within the last 90 seconds."""
        with self._lock:
            found = self._found(key)
            last = self._moments[1] if moment == self._moments[0] else self._moments[0]
        fits = found is not None and found.moment == last and self._clock() - found.made <= LINGER_S
        return found.page if found is not None and fits else None

    def _found(self, key: bytes) -> _Held | None:
        for part in (self._ready, self._packed):
            found = part.held.get(key)
            if found is not None:
                part.held.move_to_end(key)
                return found
        return None

    @property
    def cleared(self) -> int:
        """How often all pages were forgotten."""
        return self._cleared

    def put(self, key: bytes, moment: str, page: Packed, cleared: int | None = None) -> None:
        """Hold a page; pages older than those of the moment before are forgotten.

        `cleared`: what it was when the page was begun; None = now. A page that was begun before all were
        forgotten may show what they were forgotten for, and is not held.
        """
        with self._lock:
            begun = self._cleared if cleared is None else cleared
            if moment == self._moments[1]:
                return  # it was begun before the present moment
            if moment != self._moments[0]:
                self._moments = moment, self._moments[0]
                self._asked, self._met = self._asked // 2 + _TRIED, self._met // 2 + _TRIED
                for part in (self._ready, self._packed):
                    part.keep_only(self._moments[1])
        self._hold(key, _held(page, moment, self._clock()), begun)

    def _hold(self, key: bytes, entry: _Held, cleared: int) -> None:
        """Hold a page where it belongs, unless pages were forgotten or its time has passed meanwhile."""
        with self._lock:
            if cleared != self._cleared or entry.moment not in self._moments:
                return
            for part in (self._ready, self._packed):
                part.drop(key)
            gone = (self._ready if entry.page.ready else self._packed).put(key, entry)
            worth = self._met * _WORTH >= self._asked
        if entry.page.ready and worth:
            for other, old in gone:  # packed outside the lock, as it takes a while
                self._put_aside(other, _held(old.page.shrunk(), old.moment, old.made), cleared)

    def _put_aside(self, key: bytes, entry: _Held, cleared: int) -> None:
        with self._lock:
            newer = key in self._ready.held or key in self._packed.held
            if cleared == self._cleared and entry.moment in self._moments and not newer:
                self._packed.put(key, entry)

    def clear(self) -> None:
        """Forget all pages."""
        with self._lock:
            self._cleared += 1
            self._ready.clear()
            self._packed.clear()

    def __len__(self) -> int:
        return len(self._ready.held) + len(self._packed.held)


def _held(page: Packed, moment: str, made: float) -> _Held:
    return _Held(page, moment, made, page.nbytes + _AROUND)
