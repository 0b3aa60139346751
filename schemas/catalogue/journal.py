"""What is kept besides activities: alarms, runs, health, feedback, confirmations and decisions."""

import datetime as dt

from sqlalchemy import Connection, case, delete, func, insert, select, update

from schemas.catalogue.contract import REMOVAL, Alarm, Feedback, Run, SourceHealth
from schemas.catalogue.tables import alarms, confirmations, decisions, feedback, records, runs
from schemas.errors import NotFound
from schemas.plaintext import clean, clean_line

LONGEST_FEEDBACK = 2_000
KEPT_RUNS = 400
"""Runs kept per source: more than a year of nightly ones."""


def set_alarm(connection: Connection, source: str, alarm: Alarm | None) -> None:
    """Raise an alarm, or clear the source's alarms."""
    connection.execute(delete(alarms).where(alarms.c.source == source))
    if alarm:
        values = {"source": source, "kind": alarm.kind, "message": alarm.message, "at": alarm.at}
        connection.execute(insert(alarms).values(values))


def save_run(connection: Connection, run: Run) -> None:
    """Keep a run, forget the oldest ones beyond KEPT_RUNS."""
    values = {name: getattr(run, name) for name in Run.__struct_fields__}
    connection.execute(insert(runs).values(values))
    query = select(runs.c.id).where(runs.c.source == run.source).order_by(runs.c.id.desc())
    oldest = connection.execute(query.offset(KEPT_RUNS).limit(1)).scalar()
    if oldest is not None:
        connection.execute(delete(runs).where(runs.c.source == run.source, runs.c.id <= oldest))


def list_runs(connection: Connection, source: str | None, limit: int) -> tuple[Run, ...]:
    """Newest first."""
    query = select(runs).order_by(runs.c.started.desc(), runs.c.id.desc()).limit(limit)
    if source is not None:
        query = query.where(runs.c.source == source)
    return tuple(_run(row) for row in connection.execute(query))


def _run(row: object) -> Run:
    return Run(*(getattr(row, name) for name in Run.__struct_fields__))


def health(connection: Connection) -> tuple[SourceHealth, ...]:
    """One entry per source that has records or runs."""
    gone = records.c.gone.is_not(None)
    counted = select(
        records.c.source,
        func.sum(case((gone, 0), else_=1)).label("active"),
        func.sum(case((gone, 0), (records.c.misses > 0, 1), else_=0)).label("missing"),
        func.sum(case((gone, 1), else_=0)).label("gone"),
    ).group_by(records.c.source)
    counts = {row.source: row for row in connection.execute(counted)}
    oldest_query = select(records.c.source, func.min(records.c.last_seen).label("oldest"))
    present = oldest_query.where(records.c.gone.is_(None)).group_by(records.c.source)
    oldest = {row.source: row.oldest for row in connection.execute(present)}
    good_query = select(runs.c.source, func.max(runs.c.finished).label("finished"))
    good_runs = good_query.where(runs.c.outcome == "ok").group_by(runs.c.source)
    good = {row.source: row.finished for row in connection.execute(good_runs)}
    open_alarms: dict[str, list[Alarm]] = {}
    for row in connection.execute(select(alarms).order_by(alarms.c.kind)):
        open_alarms.setdefault(row.source, []).append(Alarm(row.source, row.kind, row.message, row.at))
    with_runs = set(connection.execute(select(runs.c.source).distinct()).scalars())
    result = []
    for source in sorted({*counts, *with_runs, *open_alarms}):
        count = counts.get(source)
        last = list_runs(connection, source, 1)
        result.append(
            SourceHealth(
                source=source,
                active=int(count.active) if count else 0,
                missing=int(count.missing) if count else 0,
                gone=int(count.gone) if count else 0,
                oldest=oldest.get(source),
                last_run=last[0] if last else None,
                last_good=good.get(source),
                alarms=tuple(open_alarms.get(source, ())),
            )
        )
    return tuple(result)


def add_feedback(connection: Connection, activity: str, topic: str, text: str, day: dt.date) -> int:
    """Keep feedback; its number."""
    values = {
        "activity": activity,
        "topic": clean_line(topic, 50),
        "text": clean(text, LONGEST_FEEDBACK),
        "day": day,
    }
    key = connection.execute(insert(feedback).values(values)).inserted_primary_key
    assert key is not None
    return int(key[0])


def list_feedback(connection: Connection, *, handled: bool, topic: str) -> tuple[Feedback, ...]:
    """Oldest first; open ones only unless `handled`, of all topics unless one is named."""
    query = select(feedback).order_by(feedback.c.id)
    if not handled:
        query = query.where(feedback.c.handled.is_(None))
    if topic:
        query = query.where(feedback.c.topic == topic)
    return tuple(
        Feedback(*(getattr(row, name) for name in Feedback.__struct_fields__))
        for row in connection.execute(query)
    )


def handle_feedback(connection: Connection, number: int, day: dt.date) -> None:
    """Mark as handled; a request for removal loses its text, which names a person. Raises NotFound."""
    one = feedback.c.id == number
    done = connection.execute(update(feedback).where(one).values(handled=day))
    if not done.rowcount:
        raise NotFound(f"there is no feedback number {number}")
    connection.execute(update(feedback).where(one, feedback.c.topic == REMOVAL).values(text=""))


def confirm(connection: Connection, record: str, when: dt.datetime) -> None:
    """Keep the latest confirmation of a record."""
    connection.execute(delete(confirmations).where(confirmations.c.record == record))
    connection.execute(insert(confirmations).values(record=record, at=when))


def decide(connection: Connection, one: str, other: str, decision: str, now: dt.datetime) -> None:
    """Keep a person's word on a pair (one < other): undone or forced."""
    here = decisions.c.one == one, decisions.c.other == other
    connection.execute(delete(decisions).where(*here))
    connection.execute(insert(decisions).values(one=one, other=other, decision=decision, at=now))
