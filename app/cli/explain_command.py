"""`vierelle explain URL`."""

from typing import TYPE_CHECKING

import click

from app.cli.output import print_json, wired

if TYPE_CHECKING:
    from app.explaining import Explanation, Understood


@click.command("explain")
@click.argument("url")
@click.option(
    "--allow-host", "hosts", multiple=True, help="host or host:port that may be fetched although not public."
)
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
def command(url: str, hosts: tuple[str, ...], as_json: bool) -> None:
    """Fetch one page politely and show what is understood from it, each field with its sentence."""
    from app.explaining import explain

    found = explain(wired(), url, hosts)
    if as_json:
        print_json(found)
    else:
        _print(found)


def _print(page: "Explanation") -> None:
    click.secho(page.title or page.url, bold=True)
    click.echo(f"{page.url}  ({page.status}, {page.charset}, {page.language}, {page.words} words)")
    reasons = f": {'; '.join(page.reasons)}" if page.reasons else ""
    click.echo(f"kind of page: {page.page_class}{reasons}")
    whose = f"{page.publisher}  ({page.publisher_told})" if page.publisher else "the page does not tell"
    click.echo(f"whose page: {whose}")
    if page.structured:
        click.echo(f"structured data: {', '.join(dict.fromkeys(page.structured))}")
    for name, links in (("calendar", page.calendars), ("feed", page.feeds)):
        for link in links:
            click.echo(f"{name}: {link}")
    if page.rest_service:
        click.echo(f"The Events Calendar: {page.rest_service}")
    if not page.activities:
        click.echo(f"No activity was understood from this page ({page.dropped or 'nothing found'}).")
    for activity in page.activities:
        _print_activity(activity)


def _print_activity(activity: "Understood") -> None:
    click.secho(f"\n{activity.title}", bold=True, nl=False)
    click.secho(f"  from {'its text' if activity.origin == 'text' else 'structured data'}", dim=True)
    for field in activity.fields:
        click.echo(f"  {field.name:13} {' '.join(field.value.split())}")
        if field.sentence:
            click.secho(f"  {'':13} “{' '.join(field.sentence.split())}”", dim=True)
    if activity.missing:
        click.secho(f"  missing: {', '.join(activity.missing)}", fg="yellow")
