"""Opening the database: pragmas, transactions, locks, and driver errors told in plain words."""

import fcntl
import hashlib
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, exc, text
from sqlalchemy.engine import URL, make_url

from schemas.errors import CatalogueBusy, CatalogueError

WAIT_SECONDS = 30
"""How long a writer waits for another writer's transaction to end."""

_MEANINGS = (
    ("disk is full", "the disk is full; the step under way was undone"),
    ("no space left", "the disk is full; the step under way was undone"),
    ("not a database", "the file is not a catalogue or is damaged; put a backup in its place"),
    ("malformed", "the file is damaged; put a backup in its place"),
    ("readonly", "the file or its folder may not be written"),
    ("read-only", "the database may not be written"),
    ("unable to open", "the file cannot be opened; check that its folder exists and may be written"),
    ("disk i/o", "the disk gave an error"),
)


class Database:
    """An engine with its transactions. Safe to share between threads; not across a fork."""

    def __init__(self, url: str, wait: float = WAIT_SECONDS) -> None:
        try:
            self.url: URL = make_url(url)
        except exc.ArgumentError as error:
            raise CatalogueError(f"catalogue: not a database address: {error}") from error
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.wait = wait
        self.file = _sqlite_file(self.url) if self.is_sqlite else None
        if self.file:
            with self.telling():
                self.file.parent.mkdir(parents=True, exist_ok=True)
        self._engine = self._open()
        self._locks: dict[str, threading.Lock] = {}
        self._guard = threading.Lock()

    def _open(self) -> Engine:
        if not self.is_sqlite:
            with self.telling():
                return create_engine(self.url, pool_pre_ping=True)
        engine = create_engine(self.url, connect_args={"timeout": self.wait})
        event.listen(engine, "connect", _set_up)
        event.listen(engine, "begin", _begin)
        return engine

    @contextmanager
    def telling(self) -> Iterator[None]:
        """Turn the driver's errors into CatalogueError with words that help."""
        try:
            yield
        except exc.DBAPIError as error:
            raise _told(error, self.where) from error
        except exc.SQLAlchemyError as error:
            raise CatalogueError(f"catalogue {self.where}: {error}") from error
        except (OSError, ModuleNotFoundError) as error:
            raise CatalogueError(f"catalogue {self.where}: {error}") from error

    @property
    def where(self) -> str:
        """The catalogue's place for messages, without a password."""
        return str(self.file or self.url.render_as_string(hide_password=True))

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One consistent view of the catalogue, whatever others write meanwhile."""
        with self.telling(), self._engine.connect() as connection:
            if not self.is_sqlite:
                # By default each statement would see what was written up to it; SQLite never does that.
                connection = connection.execution_options(isolation_level="REPEATABLE READ")
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction that either happens wholly or not at all."""
        with self.telling(), self._engine.connect() as connection:
            connection = connection.execution_options(writing=True)
            with connection.begin():
                if not self.is_sqlite:
                    # One writer at a time, as in SQLite: replace and rebuild read before they write.
                    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _key("writer")})
                yield connection

    @contextmanager
    def lock(self, name: str, wait: float = 0.0) -> Iterator[None]:
        """Hold `name` over all processes. The system frees it when its holder dies.

        Raises CatalogueBusy when it is not free within `wait` seconds.
        """
        with self._guard:
            inner = self._locks.setdefault(name, threading.Lock())
        busy = f"catalogue {self.where}: {name} is under way in another run"
        if not inner.acquire(timeout=wait) if wait else not inner.acquire(blocking=False):
            raise CatalogueBusy(busy)
        try:
            if self.file:
                with _file_lock(self.file.with_name(f"{self.file.name}.{name}.lock"), wait, busy):
                    yield
            elif not self.is_sqlite:
                with self._advisory_lock(name, wait, busy):
                    yield
            else:
                yield
        finally:
            inner.release()

    @contextmanager
    def _advisory_lock(self, name: str, wait: float, busy: str) -> Iterator[None]:
        with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            until = time.monotonic() + wait
            take = text("SELECT pg_try_advisory_lock(:key)")
            with self.telling():
                while not connection.execute(take, {"key": _key(name)}).scalar():
                    if time.monotonic() >= until:
                        raise CatalogueBusy(busy)
                    time.sleep(0.05)
            try:
                yield
            finally:
                connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _key(name)})

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()


def _sqlite_file(url: URL) -> Path | None:
    name = url.database
    if not name or name == ":memory:":
        return None
    if name.startswith("file:"):
        name = name.removeprefix("file:").partition("?")[0]
    return Path(name)


def _set_up(connection: Any, record: object) -> None:  # the driver's own connection has no common type
    # The driver's implicit transactions are switched off: `_begin` says when one starts.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON", "cache_size = -16000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    # A transaction that will write takes the lock at once; upgrading later could only fail.
    writing = connection.get_execution_options().get("writing")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


@contextmanager
def _file_lock(path: Path, wait: float, busy: str) -> Iterator[None]:
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise CatalogueError(f"catalogue: lock {path} cannot be taken: {error.strerror}") from error
    until = time.monotonic() + wait
    try:
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError as error:
                if time.monotonic() >= until:
                    raise CatalogueBusy(busy) from error
                time.sleep(0.05)
        yield
    finally:
        os.close(handle)  # the file stays: removing it would let two holders meet


def _key(name: str) -> int:
    """A PostgreSQL advisory key for a name of ours."""
    return int.from_bytes(hashlib.blake2b(f"vierelle {name}".encode(), digest_size=8).digest(), signed=True)


def _told(error: exc.DBAPIError, where: str) -> CatalogueError:
    said = str(error.orig).lower()
    if "locked" in said or "busy" in said:
        return CatalogueBusy(f"catalogue {where}: another run is writing; try again later")
    meaning = next((meaning for sign, meaning in _MEANINGS if sign in said), str(error.orig).strip())
    return CatalogueError(f"catalogue {where}: {meaning}")
