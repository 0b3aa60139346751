"""`vierelle demo`."""

import datetime as dt
import hashlib
import socket
from typing import TYPE_CHECKING

import click

from app.cli.output import wired
from schemas.errors import ConfigurationError

if TYPE_CHECKING:
    from pathlib import Path

    from app.wiring import Wiring
    from demo.web import DemoWeb

_FIRST_PORT = 18_700


@click.command("demo")
@click.option(
    "--port", type=click.IntRange(0, 65535), help="Port of the site; default: VIERELLE_PORT or 8000."
)
@click.option("--host", help="Address of the site; default: VIERELLE_HOST or 127.0.0.1.")
@click.option("--serve/--no-serve", "then_serve", default=True, help="Serve the site afterwards.")
def command(port: int | None, host: str | None, then_serve: bool) -> None:
    """Crawl the example web over HTTP, index it and serve the site.

    A second start crawls only when the day or the examples have changed.
    """
    wiring = wired()
    host = host or wiring.settings.host
    port = wiring.settings.port if port is None else port
    if then_serve:
        _check_port(host, port)
    _crawl(wiring)
    click.echo("demo: bringing the index up to date …")
    from app.indexing import build_index

    built = build_index(wiring)
    click.echo(f"demo: {built.size} activities can be searched")
    if then_serve:
        from app.cli.serve_command import serve

        serve(wiring, host, port)


def _check_port(host: str, port: int) -> None:
    """Raises ConfigurationError when the site could not be served there, before any work is done."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except PermissionError as error:
        raise ConfigurationError(f"port {port} may not be used; choose one above 1023 with --port") from error
    except OSError as error:
        why = f"{host}:{port}: {error.strerror}; choose others with --host and --port"
        raise ConfigurationError(f"cannot serve on {why}") from error


def _crawl(wiring: "Wiring") -> None:
    """Bring the catalogue up to the example web of today, if it is not."""
    from app.crawling import reader_version

    today = wiring.settings.now().date()
    note = wiring.settings.data / "demo.txt"
    wanted = _fingerprint(today, reader_version(wiring.taxonomy))
    if _noted(note) == wanted and wiring.catalogue.count():
        click.echo(f"demo: the examples of {today} are in the catalogue already")
        return
    note.unlink(missing_ok=True)
    from app.cli.crawl_report import print_report
    from app.cli.crawl_run import run_crawl

    with _web(today) as web:
        sources = web.sources()
        click.echo(f"demo: crawling {len(sources)} example sources over HTTP …")
        done = run_crawl(wiring, sources)
    print_report(done, {})
    if done.interrupted:
        raise click.exceptions.Exit(130)
    if all(report.outcome == "ok" for report in done.reports):
        note.write_text(wanted, encoding="utf-8")
    else:
        click.echo("demo: not everything could be crawled; the next start tries again", err=True)


def _web(today: dt.date) -> "DemoWeb":
    from demo.web import DemoWeb

    try:
        # The same ports every day: else every address of the examples would change from day to day.
        return DemoWeb(today, _FIRST_PORT)
    except OSError:
        return DemoWeb(today)


def _fingerprint(today: dt.date, reader: str) -> str:
    """Changes with the day, the examples and the code that reads them."""
    from pathlib import Path

    import demo

    digest = hashlib.blake2b(f"{today} {reader}".encode(), digest_size=16)
    folder = Path(demo.__file__).parent
    for file in sorted(
        path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts
    ):
        digest.update(file.relative_to(folder).as_posix().encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _noted(note: "Path") -> str:
    try:
        return note.read_text(encoding="utf-8").strip()
    except OSError:
        return ""
