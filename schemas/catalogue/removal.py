"""Removals for good, applied at once to what the catalogue holds."""

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, Select, bindparam, delete, insert, select, tuple_, update
from sqlalchemy.sql.schema import Table

from schemas.activity import Activity
from schemas.border import content_hash, encode_activity
from schemas.catalogue import public as view
from schemas.catalogue.blocking import Blocker, normalised
from schemas.catalogue.contract import Block, BlockKind
from schemas.catalogue.records import CHUNK
from schemas.catalogue.tables import blocks, members, public, records
from schemas.errors import InvalidRecord

_SHORTEST_PHONE = 6
"""Digits of the shortest number that somebody can own."""
_decoder = msgspec.json.Decoder(Activity)


def list_blocks(connection: Connection) -> tuple[Block, ...]:
    """Oldest first."""
    return tuple(
        Block(BlockKind(row.kind), row.value, row.reason, row.date, row.who)
        for row in connection.execute(select(blocks).order_by(blocks.c.id))
    )


def block(connection: Connection, wanted: Block) -> int:
    """Keep the block and clear the catalogue of what it names; number of records touched.

    The id of a merged activity blocks all its records. A merged activity of which one record is removed
    leaves the public view until the next rebuild. Raises InvalidRecord for values that fit too much.
    """
    added = [msgspec.structs.replace(wanted, value=value) for value in _values(connection, wanted)]
    for entry in added:
        here = blocks.c.kind == entry.kind.value, blocks.c.value == entry.value
        connection.execute(delete(blocks).where(*here))
        values = {name: getattr(entry, name) for name in Block.__struct_fields__}
        connection.execute(insert(blocks).values({**values, "kind": entry.kind.value}))
    blocker = Blocker(added)
    touched = _clear_records(connection, blocker)
    _clear_public(connection, blocker)
    return touched


def unblock(connection: Connection, kind: BlockKind, value: str) -> bool:
    """Lift a block; False = there was none."""
    here = blocks.c.kind == kind.value, blocks.c.value == normalised(kind, value)
    return connection.execute(delete(blocks).where(*here)).rowcount > 0


def _values(connection: Connection, wanted: Block) -> Sequence[str]:
    value = normalised(wanted.kind, wanted.value)
    if wanted.kind is BlockKind.PHONE and len(value) < _SHORTEST_PHONE:
        raise InvalidRecord(
            f"block: not a whole phone number: {wanted.value!r} would take away every number that begins so"
        )
    if wanted.kind is not BlockKind.RECORD:
        return [value]
    name = view.resolved(connection, value)
    query = select(members.c.record).where(members.c.public == name)
    return sorted({value, *connection.execute(query).scalars()})


def _clear_records(connection: Connection, blocker: Blocker) -> int:
    touched = 0
    doomed: list[dict[str, object]] = []
    scrubbed: list[dict[str, object]] = []
    query = select(records.c.source, records.c.id, records.c.activity)
    for row in _paged(connection, query, records):
        if not blocker.may_touch(row.activity):
            continue
        activity = _decoder.decode(row.activity)
        kept = blocker.scrubbed(activity)
        key = {"the_source": row.source, "the_id": row.id}
        if blocker.forbids(activity) or not kept.title:
            doomed.append(key)
        elif kept is not activity:
            text = encode_activity(kept).decode()
            scrubbed.append({**key, "new_activity": text, "new_hash": content_hash(kept)})
    here = records.c.source == bindparam("the_source"), records.c.id == bindparam("the_id")
    if doomed:
        connection.execute(delete(records).where(*here), doomed)
    if scrubbed:
        change = update(records).where(*here)
        values: dict[str, Any] = {"activity": bindparam("new_activity"), "hash": bindparam("new_hash")}
        connection.execute(change.values(values), scrubbed)
    touched += len(doomed) + len(scrubbed)
    return touched


def _clear_public(connection: Connection, blocker: Blocker) -> None:
    doomed: list[str] = []
    scrubbed: list[dict[str, object]] = []
    query = select(public.c.id, public.c.activity).where(public.c.state != view.REMOVED)
    for row in _paged(connection, query, public):
        if not blocker.may_touch(row.activity):
            continue
        activity = _decoder.decode(row.activity)
        kept = blocker.scrubbed(activity)
        if blocker.forbids(activity) or not kept.title:
            doomed.append(row.id)
        elif kept is not activity:
            scrubbed.append({"the_id": row.id, "new_activity": encode_activity(kept).decode()})
    if not (doomed or scrubbed):
        return
    revision = view.next_revision(connection)
    view.bury(connection, doomed, revision)
    if scrubbed:
        change = update(public).where(public.c.id == bindparam("the_id"))
        connection.execute(change.values(activity=bindparam("new_activity"), revision=revision), scrubbed)


def _paged(connection: Connection, query: Select[Any], table: Table) -> Iterator[Row[Any]]:
    """Rows in pages by key, so that memory stays bounded and no page needs those before it."""
    keys = list(table.primary_key)
    after: tuple[Any, ...] | None = None
    while True:
        here = query if after is None else query.where(tuple_(*keys) > tuple_(*after))
        page = list(connection.execute(here.order_by(*keys).limit(CHUNK)))
        yield from page
        if len(page) < CHUNK:
            return
        after = tuple(getattr(page[-1], key.name) for key in keys)
