"""Search results as text for a terminal."""

from collections.abc import Sequence

import click

from schemas.county import HelpLine
from schemas.search import Hit, SearchResult

_GROUPS = {
    "serves": "Palvelee aluettasi",
    "near": "Lähellä",
    "online": "Verkossa ja puhelimessa",
    "national": "Koko maassa",
    "farther": "Kauempana",
    "unknown": "Alue ei tiedossa",
}


def print_result(result: SearchResult, lines: Sequence[HelpLine], *, explain: bool) -> None:
    """Print whom to call in a crisis (`lines`), what was understood, hits in groups or else the nearest."""
    said = result.interpretation
    for line in lines:
        number = "" if line.phone in line.name.fi else f" {line.phone}"
        click.secho(f"{line.name.fi}{number}, {line.hours.fi}", bold=True)
    for chip in said.understood:
        click.secho(f"{chip.type}: {chip.label}  ({chip.words})", dim=True)
    for correction in said.corrections:
        if correction.applied:
            click.secho(f"Haettiin sanalla {correction.corrected} ({correction.original})", dim=True)
        else:
            click.secho(f"Tarkoititko {correction.corrected}?", dim=True)
    if explain:
        click.secho(f"terms: {', '.join(said.terms)}", dim=True)
    click.echo(f"{result.total} osumaa")
    for entry in result.loosened:
        click.echo(entry.text)
    group = ""
    for hit in result.hits or result.nearest:
        if hit.group != group:
            group = hit.group
            if group in _GROUPS:
                click.secho(f"\n[{_GROUPS[group]}]", dim=True)
        _print_hit(hit, explain)


def _print_hit(hit: Hit, explain: bool) -> None:
    activity = hit.activity
    click.secho(activity.title.best(), bold=True, nl=False)
    click.echo(f"  {hit.score:.2f}  {activity.id}")
    if activity.organisation:
        click.echo(f"  {activity.organisation.name}")
    if hit.why:
        click.echo(f"  {hit.why}")
    if explain:
        for reason in hit.reasons:
            click.echo(f"    {reason.weight:8.3f}  {reason.type:8} {reason.field:14} {reason.value}")
