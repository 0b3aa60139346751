"""`vierelle import FILE.jsonl`."""

from typing import BinaryIO

import click

from app.cli.output import wired

_SHOWN_KEYS = 5


@click.command("import")
@click.argument("file", type=click.File("rb"))
@click.option("--source", default="import", show_default=True, help="Name under which the records are kept.")
@click.option("--add", is_flag=True, help="Keep the source's other records instead of replacing them.")
@click.option("--index/--no-index", "then_index", default=True, help="Build the index afterwards.")
def command(file: BinaryIO, source: str, add: bool, then_index: bool) -> None:
    """Read activities, one JSON object a line; a bad line is told with its number, the good ones are kept.

    Needed: id and title. Optional: summary, description, organisation, municipalities (names or codes),
    needs, kind, url; or whole records as `vierelle export` writes them.
    """
    from app.importing import import_lines
    from schemas.border import KEYS

    wiring = wired()
    report = import_lines(wiring, file, source, add=add)
    for number, reason in report.bad:
        click.echo(f"line {number}: {reason}" if number else reason, err=True)
    for key, count in list(report.passed_over.items())[:_SHOWN_KEYS]:
        click.echo(f"passed over: {key[:40]!r} ({count}×): known are {', '.join(KEYS)}", err=True)
    click.echo(
        f"import: {report.new} new, {report.changed} changed, {report.unchanged} unchanged, "
        f"{report.gone} gone, {len(report.bad)} bad lines"
    )
    if then_index:
        from app.indexing import build_index

        built = build_index(wiring)
        click.echo(f"index: {built.size} activities (generation {built.generation})")
    if report.bad:
        raise click.exceptions.Exit(5)
