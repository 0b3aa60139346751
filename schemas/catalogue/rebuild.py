"""Rebuilding the merged, public view from the present records; only differences are written."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, overload

import msgspec
from sqlalchemy import Connection, Select, bindparam, func, insert, select, update

from schemas.activity import Activity
from schemas.border import encode_activity
from schemas.catalogue.clustering import first_of, grouped, joint_freshness, named
from schemas.catalogue.contract import Cluster, Merger, PublicChanges
from schemas.catalogue.public import (
    ENDED,
    REMOVED,
    SHOWN,
    bury,
    fingerprint,
    last_revision,
    public_hash,
    set_revision,
)
from schemas.catalogue.records import chunked, decoded
from schemas.catalogue.settled import Settled
from schemas.catalogue.tables import confirmations, decisions, members, public, records
from schemas.occurrences import over_after


def rebuild(
    connection: Connection, clusters: Iterable[Cluster], merge: Merger | None, today: dt.date
) -> PublicChanges:
    """Write the merged view anew. Called in one write transaction."""
    before: dict[str, str] = {row[0]: row[1] for row in connection.execute(select(members)).all()}
    groups = grouped(_present(connection), clusters, *_decided(connection))
    names = named(groups, before, _first_seen(connection, groups, before))
    belongs = _belonging(names, before)
    aliases: dict[str, list[str]] = defaultdict(list)
    for record, name in sorted(belongs.items()):
        if record != name:
            aliases[name].append(record)
    _save_members(connection, before, belongs)

    revision = last_revision(connection) + 1
    writer, settled = _Writer(connection, revision, today), Settled(connection, today)
    for chunk in chunked(sorted(names)):
        done = settled.among([name for name in chunk if names[name] == (name,) and name not in aliases])
        left = {name: names[name] for name in chunk if name not in done}
        if left:
            writer.put(_built(connection, left, aliases, merge or first_of))
    writer.remove_all_but(names)
    settled.finish()
    return writer.finish()


def _present(connection: Connection) -> list[str]:
    """The ids of all present records, in order."""
    query = select(records.c.id).where(records.c.gone.is_(None)).distinct().order_by(records.c.id)
    return list(connection.execute(query).scalars().all())


def _first_seen(
    connection: Connection, groups: Iterable[Sequence[str]], before: Mapping[str, str]
) -> dict[str, dt.datetime]:
    """When each id was first seen that may lend its group a name; a record alone has but one name to take."""
    several = {member for group in groups if len(group) > 1 for member in group}
    wanted = several | {before[member] for member in several if member in before}
    found: dict[str, dt.datetime] = {}
    for chunk in chunked(sorted(wanted)):
        query = select(records.c.id, func.min(records.c.first_seen)).where(
            records.c.id.in_(chunk), records.c.gone.is_(None)
        )
        found |= {row[0]: row[1] for row in connection.execute(query.group_by(records.c.id)).all()}
    return found


def _decided(connection: Connection) -> tuple[list[tuple[str, str]], frozenset[tuple[str, str]]]:
    rows = list(connection.execute(select(decisions)))
    forced = [(row.one, row.other) for row in rows if row.decision == "forced"]
    return forced, frozenset((row.one, row.other) for row in rows if row.decision == "undone")


def _belonging(names: Mapping[str, tuple[str, ...]], before: Mapping[str, str]) -> dict[str, str]:
    """Public id by record, of all records that ever were: the gone ones follow their last companions."""
    now = {record: name for name, group in names.items() for record in group}
    past = {
        record: name if name in names else now.get(name, name)
        for record, name in before.items()
        if record not in now
    }
    return now | past


def _save_members(connection: Connection, before: Mapping[str, str], after: Mapping[str, str]) -> None:
    moved = [
        {"the_record": record, "the_public": name}
        for record, name in after.items()
        if before.get(record) != name
    ]
    fresh = [row for row in moved if row["the_record"] not in before]
    known = [row for row in moved if row["the_record"] in before]
    values: dict[str, Any] = {"record": bindparam("the_record"), "public": bindparam("the_public")}
    if fresh:
        connection.execute(insert(members).values(values), fresh)
    if known:
        change = update(members).where(members.c.record == bindparam("the_record"))
        connection.execute(change.values(public=bindparam("the_public")), known)


def _built(
    connection: Connection,
    names: Mapping[str, tuple[str, ...]],
    aliases: Mapping[str, Sequence[str]],
    merge: Merger,
) -> list[Activity]:
    wanted = [member for group in names.values() for member in group]
    found = by_id(connection, wanted)
    confirmed: dict[str, dt.datetime] = {}
    for chunk in chunked(wanted):
        query = select(confirmations).where(confirmations.c.record.in_(chunk))
        confirmed |= {row.record: row.at for row in connection.execute(query)}
    result = []
    for name, group in names.items():
        parts = [_checked(found[member], confirmed.get(member)) for member in group]
        merged = parts[0] if len(parts) == 1 else merge(parts)
        checked = max((confirmed[member] for member in group if member in confirmed), default=None)
        others = tuple(sorted({*aliases.get(name, ()), *merged.aliases} - {name}))
        result.append(
            msgspec.structs.replace(
                merged, id=name, aliases=others, freshness=joint_freshness(parts, checked)
            )
        )
    return result


def _checked(record: Activity, when: dt.datetime | None) -> Activity:
    """The record with the day on which a person checked it, so that a merger can put it first."""
    if when is None:
        return record
    return msgspec.structs.replace(
        record, freshness=msgspec.structs.replace(record.freshness, confirmed=when)
    )


def by_id(connection: Connection, wanted: Sequence[str]) -> dict[str, Activity]:
    """Present records by id; of two sources' records with one id, the one seen last."""
    result: dict[str, Activity] = {}
    for chunk in chunked(wanted):
        query = select(records).where(records.c.id.in_(chunk), records.c.gone.is_(None))
        result |= {row.id: decoded(row) for row in connection.execute(_last_seen_last(query))}
    return result


def _last_seen_last(query: Select[Any]) -> Select[Any]:
    """So that of two sources' records with one id the one seen last wins."""
    return query.order_by(records.c.last_seen, records.c.source.desc())


class StoredRecords(Sequence[Activity]):
    """All present records as a sequence that holds only ids; activities are read as they are asked for."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._ids = _present(connection)

    def __len__(self) -> int:
        return len(self._ids)

    def __iter__(self) -> Iterator[Activity]:
        return self.chosen(self._ids)

    def marks(self) -> dict[str, str]:
        """The digest of each record's content by id; see `schemas.catalogue.contract.Marked`."""
        query = select(records.c.id, records.c.hash).where(records.c.gone.is_(None))
        seen: dict[str, str] = {
            row[0]: row[1] for row in self._connection.execute(_last_seen_last(query)).all()
        }
        return {identifier: seen[identifier] for identifier in self._ids}

    def chosen(self, identifiers: Sequence[str]) -> Iterator[Activity]:
        """The records of these ids, in this order."""
        for chunk in chunked(identifiers):
            found = by_id(self._connection, chunk)
            yield from (found[identifier] for identifier in chunk)

    @overload
    def __getitem__(self, index: int) -> Activity: ...

    @overload
    def __getitem__(self, index: slice) -> list[Activity]: ...

    def __getitem__(self, index: int | slice) -> Activity | list[Activity]:
        if isinstance(index, slice):
            found = by_id(self._connection, self._ids[index])
            return [found[identifier] for identifier in self._ids[index]]
        chosen = self._ids[index]
        return by_id(self._connection, [chosen])[chosen]


class _Writer:
    """Compares with what is public already and writes only the differences."""

    def __init__(self, connection: Connection, revision: int, today: dt.date) -> None:
        self._connection = connection
        self._revision = revision
        self._today = today
        self._added: list[str] = []
        self._changed: list[str] = []
        self._removed: list[str] = []

    def put(self, built: Sequence[Activity]) -> None:
        columns = public.c
        query = select(columns.id, columns.hash, columns.state, columns.added, columns.activity)
        chosen = query.where(columns.id.in_([activity.id for activity in built]))
        known = {row.id: row for row in self._connection.execute(chosen)}
        inserts: list[dict[str, object]] = []
        updates: list[dict[str, object]] = []
        for activity in built:
            row = known.get(activity.id)
            text, (last, state) = encode_activity(activity).decode(), self._until(activity)
            if row is not None and (row.activity, row.state) == (text, state):
                continue  # nearly always; what follows costs as much as all before
            values: dict[str, object] = {
                "id": activity.id,
                "activity": text,
                "hash": public_hash(activity),
                "state": state,
                "last_day": last,
            }
            if row is None:
                inserts.append({**values, "added": self._revision, "revision": self._revision})
                if state == SHOWN:
                    self._added.append(activity.id)
            elif (row.hash, row.state) != (values["hash"], state):
                added = row.added if row.state == SHOWN else self._revision
                updates.append({**values, "added": added, "revision": self._revision})
                self._note(activity.id, row.state, state)
            else:
                updates.append({**values, "added": row.added, "revision": None})
        if inserts:
            self._connection.execute(insert(public), inserts)
        if updates:
            rows = [{f"new_{key}": value for key, value in row.items()} for row in updates]
            self._connection.execute(_UPDATE, rows)

    def _until(self, activity: Activity) -> tuple[dt.date | None, str]:
        """The last day of an activity, and whether it is shown."""
        last = over_after(activity.schedules())
        return last, ENDED if last is not None and last < self._today else SHOWN

    def _note(self, identifier: str, before: str, after: str) -> None:
        if after == SHOWN:
            (self._changed if before == SHOWN else self._added).append(identifier)
        elif before == SHOWN:
            self._removed.append(identifier)

    def remove_all_but(self, names: Mapping[str, object]) -> None:
        query = select(public.c.id, public.c.state).where(public.c.state != REMOVED)
        stale = [row for row in self._connection.execute(query).all() if row[0] not in names]
        bury(self._connection, [name for name, _ in stale], self._revision)
        self._removed += [name for name, state in stale if state == SHOWN]

    def finish(self) -> PublicChanges:
        if self._added or self._changed or self._removed:
            set_revision(self._connection, self._revision)
        return PublicChanges(
            fingerprint(self._connection),
            tuple(sorted(self._added)),
            tuple(sorted(self._changed)),
            tuple(sorted(self._removed)),
        )


_UPDATE = (
    update(public)
    .where(public.c.id == bindparam("new_id"))
    .values(
        activity=bindparam("new_activity"),
        hash=bindparam("new_hash"),
        state=bindparam("new_state"),
        last_day=bindparam("new_last_day"),
        added=bindparam("new_added"),
        revision=func.coalesce(bindparam("new_revision", type_=public.c.revision.type), public.c.revision),
    )
)
