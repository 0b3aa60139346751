"""Reading a file of activities into the catalogue."""

from collections import Counter
from typing import BinaryIO

import msgspec

from app.wiring import Wiring
from schemas.activity import Activity
from schemas.border import read_lines
from schemas.codes import SourceKind
from schemas.errors import InvalidRecord


class ImportReport(msgspec.Struct, frozen=True):
    """Counts of records, bad lines with their numbers and reasons, and how often an unknown key was met."""

    new: int
    changed: int
    unchanged: int
    gone: int
    bad: tuple[tuple[int, str], ...]
    passed_over: dict[str, int]


def import_lines(wiring: Wiring, stream: BinaryIO, source: str, *, add: bool) -> ImportReport:
    """Put the records of `stream` in place as `source`; with `add` the others of the source stay.

    Raises CatalogueError; a bad line is reported, not raised.
    """
    good: dict[str, Activity] = {}
    bad: list[tuple[int, str]] = []
    moment = wiring.moment()
    unknown: Counter[str] = Counter()
    lines = read_lines(
        stream, wiring.municipality, source, moment, wiring.taxonomy.needs, lambda key: unknown.update((key,))
    )
    for number, record in lines:
        if isinstance(record, InvalidRecord):
            bad.append((number, str(record)))
        else:
            good[record.id] = record
    report = wiring.catalogue.replace(
        source, SourceKind.IMPORT, good.values(), complete=not add and not bad, now=moment, accept_loss=True
    )
    bad += [(0, f"{failed.id}: {failed.reason}") for failed in report.failed]
    return ImportReport(
        len(report.new) + len(report.returned),
        len(report.changed),
        report.unchanged,
        len(report.gone),
        tuple(bad),
        dict(unknown),
    )
