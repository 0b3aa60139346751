"""What was read from each page, so that an unchanged page is neither parsed nor, often, asked for again.

Keeping the reading itself, and not only "seen", makes a killed crawl harmless: the next one gives the
catalogue all records again, from memory or from the site. And a date written without a year keeps the year
that it had when the page was new.
"""

import datetime as dt
import sqlite3
import threading
import zlib
from pathlib import Path
from typing import Protocol

import msgspec

from crawlers.adapters.jsonld_activity import OrganisationFacts
from crawlers.site.page import PageLink
from schemas.activity import Activity

_TABLE = """
CREATE TABLE IF NOT EXISTS page (
    source TEXT NOT NULL, url TEXT NOT NULL, checked REAL NOT NULL, data BLOB NOT NULL,
    PRIMARY KEY (source, url)
) WITHOUT ROWID
"""


class KnownPage(msgspec.Struct, frozen=True, omit_defaults=True):
    """One page as it was read.

    digest     of the body it was read from
    version    of the reading code and the source's description; another one means: read again
    checked    when the server last gave or confirmed the body
    programmes files that it links and that promise a season's programme
    prose      ids of activities that were read from running text
    dropped    why no activities were taken from it (noindex, news …); empty = they were, or there are none
    unread     why this body could not be read: the rest is what an earlier one said; empty = it was read
    """

    url: str
    digest: str
    version: str
    checked: dt.datetime
    language: str = "fi"
    canonical: str | None = None
    alternates: tuple[tuple[str, str], ...] = ()
    links: tuple[PageLink, ...] = ()
    programmes: tuple[PageLink, ...] = ()
    calendars: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    tribe: str | None = None
    refresh: str | None = None
    activities: tuple[Activity, ...] = ()
    prose: tuple[str, ...] = ()
    owner: OrganisationFacts | None = None
    dropped: str = ""
    unread: str = ""
    bad_blocks: int = 0


class PageMemory(Protocol):
    """Keeps pages by source and address. Safe for threads; what it cannot keep is read again."""

    def get(self, source: str, url: str) -> KnownPage | None:
        """The page, or None."""

    def put(self, source: str, url: str, page: KnownPage) -> bool:
        """Store or replace; whether it is kept."""

    def forget(self, source: str, url: str) -> None:
        """Drop a page that is gone."""


class MemoryPages:
    """A memory that lives as long as the process."""

    def __init__(self) -> None:
        self._pages: dict[tuple[str, str], KnownPage] = {}

    def get(self, source: str, url: str) -> KnownPage | None:
        """The page, or None."""
        return self._pages.get((source, url))

    def put(self, source: str, url: str, page: KnownPage) -> bool:
        """Store or replace."""
        self._pages[source, url] = page
        return True

    def forget(self, source: str, url: str) -> None:
        """Drop a page."""
        self._pages.pop((source, url), None)


class SqlitePages:
    """Pages in a SQLite file (WAL). A damaged file is moved aside with `.damaged` at its end."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._database = _opened(path)
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            path.replace(path.with_name(path.name + ".damaged"))
            self._database = _opened(path)

    def get(self, source: str, url: str) -> KnownPage | None:
        """The page, or None: also when it was stored by another version and no longer fits."""
        try:
            with self._lock:
                row = self._database.execute(
                    "SELECT data FROM page WHERE source = ? AND url = ?", (source, url)
                ).fetchone()
            return None if row is None else msgspec.json.decode(zlib.decompress(row[0]), type=KnownPage)
        except (sqlite3.Error, zlib.error, msgspec.MsgspecError):
            return None

    def put(self, source: str, url: str, page: KnownPage) -> bool:
        """Store or replace; whether it is kept: a full disk costs only speed and memory."""
        data = zlib.compress(msgspec.json.encode(page), 3)
        return self._write(
            "INSERT OR REPLACE INTO page VALUES (?, ?, ?, ?)", (source, url, page.checked.timestamp(), data)
        )

    def forget(self, source: str, url: str) -> None:
        """Drop a page."""
        self._write("DELETE FROM page WHERE source = ? AND url = ?", (source, url))

    def prune(self, before: dt.datetime) -> None:
        """Drop what no crawl has confirmed since `before`."""
        self._write("DELETE FROM page WHERE checked < ?", (before.timestamp(),))

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._database.close()

    def _write(self, statement: str, values: tuple[object, ...]) -> bool:
        try:
            with self._lock, self._database:
                self._database.execute(statement, values)
        except sqlite3.Error:
            return False
        return True


def _opened(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, timeout=10.0, check_same_thread=False)
    try:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = NORMAL")
        database.execute("PRAGMA cache_size = -2000")
        with database:
            database.execute(_TABLE)
    except BaseException:
        database.close()
        raise
    return database
