"""`vierelle export`."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from app.cli.output import wired

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from app.wiring import Wiring
    from schemas.activity import Activity


@click.command("export")
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl", "csv", "excel", "hsds"]),
    default="jsonl",
    show_default=True,
)
@click.option(
    "--output", type=click.Path(dir_okay=False, writable=True), help="File; default: standard output."
)
def command(form: str, output: str | None) -> None:
    """Write all public activities.

    jsonl: whole records, one a line; `vierelle import` reads them. csv: a flat table. excel: the same for a
    Finnish Excel, with the municipalities' names. hsds: services of HSDS 3.0 (Open Referral), one a line.
    """
    from app.indexing import refresh_public

    wiring = wired()
    write = _writer(form, wiring)
    refresh_public(wiring)
    activities = wiring.catalogue.public()
    if output is None or output == "-":
        write(activities, sys.stdout.buffer)
        return
    with _written(Path(output)) as file:
        write(activities, file)


def _writer(form: str, wiring: "Wiring") -> "Callable[[Iterable[Activity], IO[bytes]], int]":
    if form == "hsds":
        from schemas.exports.hsds import write_hsds

        return write_hsds
    from schemas.exports import write_csv, write_jsonl

    def named(code: str) -> str:
        return wiring.gazetteer.municipality(code).fi if code in wiring.gazetteer else code

    if form == "excel":
        return partial(write_csv, municipality=named, excel=True)
    return write_csv if form == "csv" else write_jsonl


@contextmanager
def _written(path: Path) -> Iterator[IO[bytes]]:
    """A file that takes the place of `path` when it is whole: half an export looks like a whole one."""
    if path.exists() and not path.is_file():  # a device or a pipe
        with path.open("wb") as file:
            yield file
        return
    place = path.resolve()
    aside = place.with_name(f".{place.name}.{os.getpid()}")
    try:
        with aside.open("wb") as file:
            yield file
        aside.replace(place)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
