"""What a catalogue promises, and the values that go in and out of it. Moments are aware UTC datetimes."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from enum import StrEnum
from typing import Protocol, runtime_checkable

import msgspec

from schemas.activity import Activity
from schemas.codes import SourceKind


class Changed(msgspec.Struct, frozen=True):
    """A record whose content changed, with the names of the fields of `Activity` that differ."""

    id: str
    fields: tuple[str, ...]


class Failed(msgspec.Struct, frozen=True):
    """A record that was refused, with the reason; what was known of it stays."""

    id: str
    reason: str


class ChangeReport(msgspec.Struct, frozen=True):
    """What one run of one source changed.

    new, changed, returned   ids put in place (`returned` had been gone)
    unchanged                number of records seen that say the same as before
    missing                  ids missing for the first time; they stay until missing twice in a row
    gone                     ids taken away now
    failed, blocked          records refused, ids that an operator has removed for good
    alarm                    why nothing was taken away although records are missing; None = all is well
    """

    source: str
    new: tuple[str, ...] = ()
    changed: tuple[Changed, ...] = ()
    returned: tuple[str, ...] = ()
    unchanged: int = 0
    missing: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    failed: tuple[Failed, ...] = ()
    blocked: tuple[str, ...] = ()
    alarm: str | None = None


class Cluster(msgspec.Struct, frozen=True):
    """Ids of records that are one activity."""

    members: tuple[str, ...]


class PublicChanges(msgspec.Struct, frozen=True):
    """What changed in the public view; with `complete` False start over from `Catalogue.public`."""

    fingerprint: str
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    complete: bool = True


class BlockKind(StrEnum):
    """What a block takes away: whole records (record, url, organisation) or a contact (phone, mail)."""

    RECORD = "record"
    PHONE = "phone"
    MAIL = "mail"
    URL = "url"
    ORGANISATION = "organisation"


class Block(msgspec.Struct, frozen=True):
    """One removal for good. `who` is operator or contact (the person whose data it is)."""

    kind: BlockKind
    value: str
    reason: str
    date: dt.date
    who: str = "operator"


REMOVAL = "removal"
"""The topic of a person's wish to have their own contact taken away."""


class Feedback(msgspec.Struct, frozen=True):
    """One report that something is wrong; stored with the day only and nothing of the sender."""

    id: int
    activity: str
    topic: str
    text: str
    day: dt.date
    handled: dt.date | None = None


class Run(msgspec.Struct, frozen=True):
    """One crawl of one source. `report` is JSON text of the run's own report; outcome ok | failed | alarm."""

    source: str
    started: dt.datetime
    finished: dt.datetime
    outcome: str
    report: str = "{}"


class Alarm(msgspec.Struct, frozen=True):
    """Something an operator should look at; cleared by the source's next good run."""

    source: str
    kind: str
    message: str
    at: dt.datetime


class SourceHealth(msgspec.Struct, frozen=True):
    """How one source stands. `oldest` = the oldest last sighting among its active records."""

    source: str
    active: int
    missing: int
    gone: int
    oldest: dt.datetime | None
    last_run: Run | None
    last_good: dt.datetime | None
    alarms: tuple[Alarm, ...]


Matcher = Callable[[Sequence[Activity]], Sequence[Cluster]]
"""Finds the records that are one activity; records in no cluster stand alone."""


@runtime_checkable
class Marked(Protocol):
    """Records that tell which of them changed, so that a matcher need not look at all of them again."""

    def marks(self) -> dict[str, str]:
        """By id, in order: a short value that changes with what the record says (dates do not count)."""
        ...

    def chosen(self, identifiers: Sequence[str]) -> Iterator[Activity]:
        """The records of these ids, in this order."""
        ...


Merger = Callable[[Sequence[Activity]], Activity]
"""Makes one activity of the records of a cluster (two or more)."""


class Catalogue(Protocol):
    """Keeps source records and serves public activities. Methods raise CatalogueError."""

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
        """Put a source's records in place in one transaction.

        records          what the source says now; each is validated, a bad one is reported as failed
        complete         the source answered well and to its end; else nothing is counted as missing
        seen_unchanged   ids known to be there still although they were not read again (HTTP 304)
        accept_loss      a person knows what they do (the source shrank, an import adds to it): no alarm

        An exception from `records` passes through and leaves the old state whole.
        """
        ...

    def rebuild_public(
        self, match: Matcher | None = None, merge: Merger | None = None, *, now: dt.datetime
    ) -> PublicChanges:
        """Recompute the merged view in one transaction; ids stay, old ids become aliases.

        Without `match` each record is its own activity. Merges undone by a person stay undone.
        """
        ...

    def public(self, *, include_ended: bool = False) -> Iterator[Activity]:
        """All public activities by id, streamed."""
        ...

    def get(self, identifier: str) -> Activity:
        """The public activity with this id or alias, ended ones included. Raises NotFound."""
        ...

    def chosen(self, identifiers: Iterable[str]) -> Iterator[Activity]:
        """What `get` gives for each of the ids, in their order, from one consistent view. Raises NotFound."""
        ...

    def count(self) -> int:
        """Number of public activities that are not over."""
        ...

    def fingerprint(self) -> str:
        """A short value that changes when the public view changes."""
        ...

    def changed_since(self, fingerprint: str) -> PublicChanges:
        """What changed since `fingerprint` was taken."""
        ...

    def prune(self, today: dt.date) -> int:
        """End what is over before `today`, forget what ended or went a year ago; number of both."""
        ...

    def records(self, source: str | None = None, *, include_gone: bool = False) -> Iterator[Activity]:
        """The records of one source or of all, streamed by id, with their four dates."""
        ...

    def block(self, block: Block) -> int:
        """Remove for good, now and in every later crawl; returns the number of records touched."""
        ...

    def unblock(self, kind: BlockKind, value: str) -> bool:
        """Lift a block; the data come back with the next crawl. False = there was none."""
        ...

    def blocks(self) -> tuple[Block, ...]:
        """All blocks, oldest first."""
        ...

    def confirm(self, identifier: str, when: dt.datetime) -> None:
        """A person has checked this activity. Raises NotFound."""
        ...

    def undo_merge(self, one: str, other: str, *, now: dt.datetime) -> None:
        """These two records are not one activity, now and for ever. Takes effect at `rebuild_public`."""
        ...

    def force_merge(self, one: str, other: str, *, now: dt.datetime) -> None:
        """These two records are one activity whatever the matcher says; lifts an undone merge."""
        ...

    def save_run(self, run: Run) -> None:
        """Keep the report of a crawl."""
        ...

    def runs(self, source: str | None = None, *, limit: int = 50) -> tuple[Run, ...]:
        """Kept runs, newest first."""
        ...

    def health(self) -> tuple[SourceHealth, ...]:
        """Each source that has records or runs, by name."""
        ...

    def add_feedback(self, activity: str, topic: str, text: str, day: dt.date) -> int:
        """Keep a report of wrong data; returns its number. Raises NotFound."""
        ...

    def feedback(self, *, handled: bool = False, topic: str = "") -> tuple[Feedback, ...]:
        """Open feedback, oldest first; with `handled` all of it, with `topic` that of one topic."""
        ...

    def handle_feedback(self, number: int, day: dt.date) -> None:
        """Mark feedback as handled; a request for removal loses its text. Raises NotFound."""
        ...

    def lock(self, name: str) -> AbstractContextManager[None]:
        """Hold a named lock over all processes; freed when its holder dies. Raises CatalogueBusy at once."""
        ...

    def close(self) -> None:
        """Close all connections."""
        ...
