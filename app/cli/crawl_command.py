"""`vierelle crawl`."""

import click

from app.cli.output import print_json, wired


@click.command("crawl")
@click.option(
    "--source", "names", multiple=True, help="Id of a source; may be repeated. Default: all enabled."
)
@click.option("--workers", default=16, show_default=True, type=click.IntRange(1, 64), help="Hosts at a time.")
@click.option(
    "--accept-loss",
    is_flag=True,
    help="The named sources have really shrunk: no alarm. Gone is what is missing twice in a row.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the report as one JSON object.")
def command(names: tuple[str, ...], workers: int, accept_loss: bool, as_json: bool) -> None:
    """Fetch the sources and put what they say into the catalogue.

    Ctrl-C ends after the steps under way and keeps what is done. Exit code 5: some sources failed, or lost so
    much at once that nothing was taken away.
    """
    from app.cli.crawl_report import as_object, print_report
    from app.cli.crawl_run import run_crawl
    from app.crawling import chosen

    if accept_loss and not names:
        raise click.UsageError("--accept-loss needs --source: say whose loss you have looked at")
    wiring = wired()
    sources = chosen(wiring, names)
    if not sources:
        named = ", ".join(source.id for source in wiring.sources) or "none"
        click.echo(
            f"crawl: nothing to do: no source in {wiring.settings.sources_file} is live and enabled "
            f"(described: {named}); to meet one for the first time: vierelle crawl --source ID"
        )
        return
    done = run_crawl(wiring, sources, workers=workers, accept_loss=accept_loss)
    oldest = {health.source: health.oldest for health in wiring.catalogue.health()}
    if as_json:
        print_json(as_object(done, oldest))
    else:
        print_report(done, oldest)
        if any(report.new or report.changed or report.gone for report in done.reports):
            click.echo("Not in the search yet: `vierelle index` takes it there.")
    if done.interrupted:
        raise click.exceptions.Exit(130)
    if any(report.outcome != "ok" for report in done.reports):
        raise click.exceptions.Exit(5)
