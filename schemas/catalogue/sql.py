"""The catalogue in a database: SQLite by default, PostgreSQL by URL."""

import datetime as dt
import zoneinfo
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

from sqlalchemy import func, select

from schemas.activity import Activity
from schemas.catalogue import journal, public, rebuild, removal
from schemas.catalogue import records as record_rows
from schemas.catalogue.blocking import Blocker
from schemas.catalogue.clustering import ordered
from schemas.catalogue.connection import WAIT_SECONDS, Database
from schemas.catalogue.contract import (
    Block,
    BlockKind,
    ChangeReport,
    Cluster,
    Feedback,
    Matcher,
    Merger,
    PublicChanges,
    Run,
    SourceHealth,
)
from schemas.catalogue.migration import upgrade
from schemas.catalogue.tables import members
from schemas.catalogue.tables import public as public_table
from schemas.catalogue.tables import records as record_table
from schemas.codes import SourceKind
from schemas.errors import NotFound

_HELSINKI = "Europe/Helsinki"


class SqlCatalogue:
    """Fulfils `schemas.catalogue.Catalogue`. Safe to share between threads; open one per process.

    `url` is an SQLAlchemy address (``sqlite:////srv/vierelle/catalogue.sqlite``,
    ``postgresql+psycopg://…``). Opening makes or migrates the tables. Raises CatalogueError.
    """

    def __init__(self, url: str, *, wait: float = WAIT_SECONDS) -> None:
        self._database = Database(url, wait)
        try:
            upgrade(self._database)
        except BaseException:
            self._database.close()
            raise

    @classmethod
    def in_file(cls, path: Path) -> "SqlCatalogue":
        """The catalogue in an SQLite file, made when it is not there."""
        return cls(f"sqlite:///{path}")

    def replace(
        self,
        source: str,
        kind: SourceKind,
        records: Iterable[Activity],
        *,
        complete: bool,
        now: dt.datetime,
        seen_unchanged: Iterable[str] = (),
        accept_loss: bool = False,
    ) -> ChangeReport:
        """Put a source's records in place in one transaction; see `Catalogue.replace`."""
        incoming = record_rows.Incoming(records, now.date())
        try:
            with self._database.write() as connection:
                return record_rows.replace(
                    connection,
                    source,
                    kind,
                    incoming,
                    # Read here: a removal made during a long crawl must hold for that crawl too.
                    Blocker(removal.list_blocks(connection)),
                    complete=complete,
                    unchanged=frozenset(seen_unchanged),
                    now=now,
                    accept_loss=accept_loss,
                )
        finally:
            incoming.close()

    def rebuild_public(
        self, match: Matcher | None = None, merge: Merger | None = None, *, now: dt.datetime
    ) -> PublicChanges:
        """Recompute the merged view; see `Catalogue.rebuild_public`."""
        clusters: tuple[Cluster, ...] = ()
        if match is not None:
            # Matching takes long: it reads a snapshot and does not keep others from writing.
            with self._database.read() as connection:
                clusters = tuple(match(rebuild.StoredRecords(connection)))
        with self._database.write() as connection:
            return rebuild.rebuild(connection, clusters, merge, _local_day(now))

    def public(self, *, include_ended: bool = False) -> Iterator[Activity]:
        """All public activities by id, streamed from one consistent view."""
        with self._database.read() as connection:
            yield from public.stream(connection, include_ended=include_ended)

    def get(self, identifier: str) -> Activity:
        """One public activity by id or alias. Raises NotFound."""
        with self._database.read() as connection:
            return public.get(connection, identifier)

    def chosen(self, identifiers: Iterable[str]) -> Iterator[Activity]:
        """Several public activities by id or alias. Raises NotFound."""
        with self._database.read() as connection:
            yield from public.chosen(connection, tuple(identifiers))

    def count(self) -> int:
        """Number of public activities that are not over."""
        query = select(func.count()).select_from(public_table).where(public_table.c.state == public.SHOWN)
        with self._database.read() as connection:
            return connection.execute(query).scalar_one()

    def fingerprint(self) -> str:
        """Changes when the public view changes."""
        with self._database.read() as connection:
            return public.fingerprint(connection)

    def changed_since(self, fingerprint: str) -> PublicChanges:
        """What changed since `fingerprint` was taken."""
        with self._database.read() as connection:
            return public.changed_since(connection, fingerprint)

    def prune(self, today: dt.date) -> int:
        """End what is over, forget what ended or went a year ago."""
        with self._database.write() as connection:
            return public.prune(connection, today)

    def records(self, source: str | None = None, *, include_gone: bool = False) -> Iterator[Activity]:
        """The records of one source or of all, streamed by id."""
        query = select(record_table).order_by(record_table.c.id, record_table.c.source)
        if source is not None:
            query = query.where(record_table.c.source == source)
        if not include_gone:
            query = query.where(record_table.c.gone.is_(None))
        # The rows are closed even where the reader stops half-way: servers keep open cursors.
        with (
            self._database.read() as connection,
            connection.execution_options(yield_per=record_rows.CHUNK).execute(query) as rows,
        ):
            yield from (record_rows.decoded(row) for row in rows)

    def block(self, block: Block) -> int:
        """Remove for good; number of records touched."""
        with self._database.write() as connection:
            return removal.block(connection, block)

    def unblock(self, kind: BlockKind, value: str) -> bool:
        """Lift a block."""
        with self._database.write() as connection:
            return removal.unblock(connection, kind, value)

    def blocks(self) -> tuple[Block, ...]:
        """All blocks, oldest first."""
        with self._database.read() as connection:
            return removal.list_blocks(connection)

    def confirm(self, identifier: str, when: dt.datetime) -> None:
        """A person has checked this activity. Raises NotFound."""
        with self._database.write() as connection:
            activity = public.get(connection, identifier)
            query = select(members.c.record).where(members.c.public == activity.id)
            for record in connection.execute(query).scalars().all():
                journal.confirm(connection, record, when)
            public.show_confirmed(connection, activity.id, when)

    def undo_merge(self, one: str, other: str, *, now: dt.datetime) -> None:
        """These two are not one activity, now and for ever. Raises NotFound."""
        self._decide(one, other, "undone", now)

    def force_merge(self, one: str, other: str, *, now: dt.datetime) -> None:
        """These two are one activity. Raises NotFound."""
        self._decide(one, other, "forced", now)

    def _decide(self, one: str, other: str, decision: str, now: dt.datetime) -> None:
        with self._database.write() as connection:
            for identifier in (one, other):
                query = select(members.c.record).where(members.c.record == identifier)
                if connection.execute(query).scalar() is None:
                    raise NotFound(f"there is no record {identifier[:200]}")
            if one == other:
                raise NotFound("a pair needs two different records")
            journal.decide(connection, *ordered(one, other), decision, now)

    def save_run(self, run: Run) -> None:
        """Keep the report of a crawl."""
        with self._database.write() as connection:
            journal.save_run(connection, run)

    def runs(self, source: str | None = None, *, limit: int = 50) -> tuple[Run, ...]:
        """Kept runs, newest first."""
        with self._database.read() as connection:
            return journal.list_runs(connection, source, limit)

    def health(self) -> tuple[SourceHealth, ...]:
        """Each source that has records or runs, by name."""
        with self._database.read() as connection:
            return journal.health(connection)

    def add_feedback(self, activity: str, topic: str, text: str, day: dt.date) -> int:
        """Keep a report of wrong data. Raises NotFound."""
        with self._database.write() as connection:
            found = public.get(connection, activity)
            return journal.add_feedback(connection, found.id, topic, text, day)

    def feedback(self, *, handled: bool = False, topic: str = "") -> tuple[Feedback, ...]:
        """Open feedback, oldest first; see `Catalogue.feedback`."""
        with self._database.read() as connection:
            return journal.list_feedback(connection, handled=handled, topic=topic)

    def handle_feedback(self, number: int, day: dt.date) -> None:
        """Mark feedback as handled; a request for removal loses its text. Raises NotFound."""
        with self._database.write() as connection:
            journal.handle_feedback(connection, number, day)

    def lock(self, name: str) -> AbstractContextManager[None]:
        """Hold a named lock over all processes. Raises CatalogueBusy at once."""
        return self._database.lock(name)

    def close(self) -> None:
        """Close all connections."""
        self._database.close()


def _local_day(now: dt.datetime) -> dt.date:
    return now.astimezone(zoneinfo.ZoneInfo(_HELSINKI)).date()
