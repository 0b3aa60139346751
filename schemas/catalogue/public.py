"""The public view: reading it, telling what changed in it, ending what is over."""

import datetime as dt
import secrets
from collections.abc import Iterator, Sequence

import msgspec
from sqlalchemy import Connection, delete, insert, or_, select, update

from schemas.activity import Activity
from schemas.border import content_hash, encode_activity
from schemas.catalogue.contract import PublicChanges
from schemas.catalogue.records import CHUNK, KEPT, chunked
from schemas.catalogue.tables import members, public, records, state
from schemas.codes import Status
from schemas.errors import NotFound

SHOWN, ENDED, REMOVED = "shown", "ended", "removed"
_decoder = msgspec.json.Decoder(Activity)


def bury(connection: Connection, identifiers: Sequence[str], revision: int) -> None:
    """Leave tombstones: the ids stay for `changed_since`, nothing of the content does."""
    for chunk in chunked(identifiers):
        change = update(public).where(public.c.id.in_(chunk))
        connection.execute(change.values(activity="", hash="", state=REMOVED, revision=revision))


def fingerprint(connection: Connection) -> str:
    """`epoch.revision`; makes the epoch on first use in a write transaction, "0" before that."""
    values = {row.key: row.value for row in connection.execute(select(state))}
    return f"{values.get('epoch', '0')}.{values.get('revision', '0')}"


def last_revision(connection: Connection) -> int:
    """The number of the last change of the public view, 0 before the first."""
    query = select(state.c.value).where(state.c.key == "revision")
    return int(connection.execute(query).scalar() or 0)


def next_revision(connection: Connection) -> int:
    """Count one change of the public view."""
    revision = last_revision(connection) + 1
    set_revision(connection, revision)
    return revision


def set_revision(connection: Connection, revision: int) -> None:
    """Keep the revision; names the catalogue when this is its first."""
    changed = connection.execute(update(state).where(state.c.key == "revision").values(value=str(revision)))
    if not changed.rowcount:
        epoch = secrets.token_hex(4)
        rows = [{"key": "epoch", "value": epoch}, {"key": "revision", "value": str(revision)}]
        connection.execute(insert(state), rows)


def changed_since(connection: Connection, taken: str) -> PublicChanges:
    """What changed since fingerprint `taken`; additions may be known already, removals unknown."""
    present = fingerprint(connection)
    epoch, _, number = taken.partition(".")
    if epoch != present.partition(".")[0] or not number.isdecimal():
        return PublicChanges(present, complete=False)
    since = int(number)
    query = select(public.c.id, public.c.state, public.c.added).where(public.c.revision > since)
    rows = list(connection.execute(query.order_by(public.c.id)))
    return PublicChanges(
        present,
        added=tuple(row.id for row in rows if row.state == SHOWN and row.added > since),
        changed=tuple(row.id for row in rows if row.state == SHOWN and row.added <= since),
        removed=tuple(row.id for row in rows if row.state != SHOWN),
    )


def stream(connection: Connection, *, include_ended: bool) -> Iterator[Activity]:
    """Public activities by id."""
    states = (SHOWN, ENDED) if include_ended else (SHOWN,)
    query = select(public.c.activity, public.c.state).where(public.c.state.in_(states)).order_by(public.c.id)
    # Closed by `with` even where the reader stops half-way: servers keep open cursors.
    with connection.execution_options(yield_per=CHUNK).execute(query) as rows:
        yield from (_shown(row.activity, row.state) for row in rows)


def get(connection: Connection, identifier: str) -> Activity:
    """One public activity by id or alias. Raises NotFound."""
    if not _can_be_held(identifier):
        raise NotFound("there is no activity with such an id")
    found = connection.execute(
        select(public.c.activity, public.c.state).where(
            public.c.id == resolved(connection, identifier), public.c.state != REMOVED
        )
    ).one_or_none()
    if found is None:
        raise NotFound(f"there is no activity {identifier[:200]}")
    return _shown(found.activity, found.state)


def chosen(connection: Connection, identifiers: Sequence[str]) -> Iterator[Activity]:
    """Public activities by id or alias, in the order of `identifiers`. Raises NotFound."""
    for chunk in chunked(identifiers):
        query = select(public.c.id, public.c.activity, public.c.state)
        asked = public.c.id.in_(list(filter(_can_be_held, chunk)))
        rows = connection.execute(query.where(asked, public.c.state != REMOVED)).all()
        found = {name: (text, state) for name, text, state in rows}
        for identifier in chunk:
            held = found.get(identifier)
            yield get(connection, identifier) if held is None else _shown(*held)


def _can_be_held(identifier: str) -> bool:
    """Whether every database can compare it: PostgreSQL refuses the sign NUL, none takes half a sign."""
    return "\0" not in identifier and not any("\ud800" <= sign <= "\udfff" for sign in identifier)


def show_confirmed(connection: Connection, identifier: str, when: dt.datetime) -> None:
    """Show a confirmation at once."""
    here = public.c.id == identifier
    activity = _decoder.decode(connection.execute(select(public.c.activity).where(here)).scalar_one())
    dates = msgspec.structs.replace(activity.freshness, confirmed=when.astimezone(dt.UTC))
    confirmed = msgspec.structs.replace(activity, freshness=dates)
    connection.execute(
        update(public)
        .where(here)
        .values(
            activity=encode_activity(confirmed).decode(),
            hash=public_hash(confirmed),
            revision=next_revision(connection),
        )
    )


def resolved(connection: Connection, identifier: str) -> str:
    """The public id of a record, or the id itself."""
    query = select(members.c.public).where(members.c.record == identifier)
    return connection.execute(query).scalar() or identifier


def _shown(text: str, how: str) -> Activity:
    activity = _decoder.decode(text)
    if how == ENDED and activity.status is Status.ACTIVE:
        return msgspec.structs.replace(activity, status=Status.ENDED)
    return activity


def prune(connection: Connection, today: dt.date) -> int:
    """End what is over, forget what has been over or gone for a year. Called in a write transaction."""
    over = public.c.last_day < today
    ending = list(connection.execute(select(public.c.id).where(public.c.state == SHOWN, over)).scalars())
    long_over = select(public.c.id).where(public.c.state != REMOVED, public.c.last_day < today - KEPT)
    forgotten = list(connection.execute(long_over).scalars())
    if ending or forgotten:
        revision = next_revision(connection)
        for chunk in chunked(ending):
            change = update(public).where(public.c.id.in_(chunk))
            connection.execute(change.values(state=ENDED, revision=revision))
        bury(connection, forgotten, revision)
    year_ago = dt.datetime.combine(today - KEPT, dt.time.min, dt.UTC)
    dropped = connection.execute(
        delete(records).where(or_(records.c.last_day < today - KEPT, records.c.gone < year_ago))
    )
    return len(ending) + dropped.rowcount


def public_hash(activity: Activity) -> str:
    """A digest of what the public sees: the content, and that a person has confirmed it."""
    content, confirmed = content_hash(activity), activity.freshness.confirmed
    return content if confirmed is None else f"{content[:20]}{confirmed:%y%m%d%H%M}"
