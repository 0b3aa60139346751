"""`vierelle export`."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import click

from app.cli.output import wired


@click.command("export")
@click.option("--format", "form", type=click.Choice(["jsonl", "csv"]), default="jsonl", show_default=True)
@click.option(
    "--output", type=click.Path(dir_okay=False, writable=True), help="File; default: standard output."
)
def command(form: str, output: str | None) -> None:
    """Write all public activities, as JSON lines (whole records) or CSV (a flat table)."""
    from app.indexing import refresh_public
    from schemas.exports import write_csv, write_jsonl

    write = {"jsonl": write_jsonl, "csv": write_csv}[form]
    wiring = wired()
    refresh_public(wiring)
    activities = wiring.catalogue.public()
    if output is None or output == "-":
        write(activities, sys.stdout.buffer)
        return
    with _written(Path(output)) as file:
        write(activities, file)


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
