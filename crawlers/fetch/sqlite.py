"""The cache on disk: one SQLite file of its own, WAL, consistent after any crash."""

import logging
import sqlite3
import threading
import zlib
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from crawlers.fetch.cache import CacheEntry

_log = logging.getLogger(__name__)

_VERSION = 2
_TABLE = """
CREATE TABLE entry (
    key TEXT PRIMARY KEY, accept TEXT NOT NULL, status INTEGER NOT NULL, headers BLOB NOT NULL,
    body BLOB NOT NULL, size INTEGER NOT NULL, stored_at REAL NOT NULL,
    came_at REAL NOT NULL
) WITHOUT ROWID
"""
_KEEP = 0.9
_ROW_BYTES = 200


class SqliteCache:
    """Entries in `path`, at most `max_bytes` of them (compressed). Made for one process with threads.

    Another process may use the file too. A file that is no database, or damaged, is moved aside with
    `.damaged` at the end of its name: only speed is lost. Raises sqlite3.Error from the constructor when
    the place cannot be written at all.
    """

    def __init__(self, path: Path, max_bytes: int = 500_000_000) -> None:
        self._max_bytes = max_bytes
        self._lock = threading.Lock()
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._database = _opened(path)
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError as error:
            _log.warning("cache event=damaged file=%s error=%s", path.name, error)
            _move_aside(path)
            self._database = _opened(path)
        self._bytes = self._measured()

    def get(self, key: str) -> CacheEntry | None:
        """The entry, or None: also when it cannot be read."""
        query = "SELECT key, accept, status, headers, body, stored_at, came_at FROM entry WHERE key = ?"
        try:
            with self._lock:
                row = self._database.execute(query, (key,)).fetchone()
            if row is None:
                return None
            headers = msgspec.json.decode(row[3], type=dict[str, str])
            stored_at, came_at = (datetime.fromtimestamp(seconds, UTC) for seconds in row[5:7])
            return CacheEntry(row[0], row[1], row[2], headers, zlib.decompress(row[4]), stored_at, came_at)
        except (sqlite3.Error, zlib.error, msgspec.DecodeError) as error:
            _log.warning("cache event=unreadable error=%s", type(error).__name__)
            return None

    def put(self, entry: CacheEntry) -> None:
        """Store or replace in one transaction; an entry larger than the whole cache is not kept."""
        headers, body = msgspec.json.encode(dict(entry.headers)), zlib.compress(entry.body, 6)
        size = len(headers) + len(body) + len(entry.key) + _ROW_BYTES
        if size > self._max_bytes:
            self.forget(entry.key)
            return
        moments = entry.stored_at.timestamp(), entry.came_at.timestamp()
        row = (entry.key, entry.accept, entry.status, headers, body, size, *moments)
        insert = "INSERT OR REPLACE INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        with self._lock:
            self._write(insert, row, grown=size - self._size(entry.key))
            if self._bytes > self._max_bytes:
                self._shrink(entry.key)

    def confirm(self, key: str, stored_at: datetime) -> None:
        """The server said the entry is still good."""
        with self._lock:
            self._write("UPDATE entry SET stored_at = ? WHERE key = ?", (stored_at.timestamp(), key))

    def forget(self, key: str) -> None:
        """Drop the entry, if there is one."""
        with self._lock:
            self._write("DELETE FROM entry WHERE key = ?", (key,), grown=-self._size(key))

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._database.close()

    def _write(self, statement: str, values: tuple[object, ...], grown: int = 0) -> None:
        try:
            with self._database:
                self._database.execute(statement, values)
            self._bytes += grown
        except sqlite3.Error as error:
            _log.warning("cache event=unwritable error=%s", error)

    def _size(self, key: str) -> int:
        try:
            row = self._database.execute("SELECT size FROM entry WHERE key = ?", (key,)).fetchone()
        except sqlite3.Error:
            return 0
        return int(row[0]) if row else 0

    def _measured(self) -> int:
        return int(self._database.execute("SELECT coalesce(sum(size), 0) FROM entry").fetchone()[0])

    def _shrink(self, keep: str) -> None:
        """Drop what no server has confirmed for the longest time, until a tenth is free."""
        try:
            goal = self._measured() - int(self._max_bytes * _KEEP)
            doomed: list[tuple[str]] = []
            for key, size in self._database.execute("SELECT key, size FROM entry ORDER BY stored_at"):
                if goal <= 0:
                    break
                if key != keep:
                    doomed.append((key,))
                    goal -= size
            with self._database:
                self._database.executemany("DELETE FROM entry WHERE key = ?", doomed)
            self._bytes = self._measured()
        except sqlite3.Error as error:
            _log.warning("cache event=unwritable error=%s", error)


def _opened(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, timeout=10.0, check_same_thread=False)
    try:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = NORMAL")
        database.execute("PRAGMA cache_size = -4000")
        with database:
            database.execute("BEGIN IMMEDIATE")
            if database.execute("PRAGMA user_version").fetchone()[0] != _VERSION:
                # Another version's entries are not worth a migration: they come back with the next crawl.
                database.execute("DROP TABLE IF EXISTS entry")
                database.execute(_TABLE)
                database.execute(f"PRAGMA user_version = {_VERSION}")
    except BaseException:
        database.close()
        raise
    return database


def _move_aside(path: Path) -> None:
    path.replace(path.with_name(path.name + ".damaged"))
    for ending in ("-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
