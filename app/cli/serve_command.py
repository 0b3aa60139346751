"""`vierelle serve`."""

import gc
import logging
import signal
import socket
import threading
from collections.abc import Callable
from types import FrameType
from typing import TYPE_CHECKING

import click

from app.cli.crew import serve_together
from app.cli.memory import keep_together
from app.cli.output import wired
from schemas.errors import ConfigurationError

if TYPE_CHECKING:
    from app.wiring import Wiring


_LARGEST_BODY = 256_000
"""Bytes beyond which a body is refused unread: more than a form may have, which a page tells more kindly, and
less than the server lays on the disk while it comes in."""


@click.command("serve")
@click.option("--host", help="Address; default: VIERELLE_HOST.")
@click.option("--port", type=click.IntRange(0, 65535), help="Port, 0 = any free one; default: VIERELLE_PORT.")
@click.option("--quiet", is_flag=True, help="No access log.")
def command(host: str | None, port: int | None, quiet: bool) -> None:
    """Serve the site until interrupted; the log says method, path, status, milliseconds, and no more."""
    wiring = wired()
    settings = wiring.settings
    serve(wiring, host or settings.host, settings.port if port is None else port, quiet=quiet)


def serve(wiring: "Wiring", host: str, port: int, *, quiet: bool = False) -> None:
    """Serve the site until interrupted.

    Raises ConfigurationError when an edited file is wrong, which every page would have to tell visitors, and
    when the address cannot be had.
    """
    _ = wiring.county, wiring.points, wiring.care_paths
    with _listen(host, port) as listening:
        logging.basicConfig(level=logging.WARNING if quiet else logging.INFO, format="%(message)s")
        # Waiting for a free thread for a moment is no fault; the access log tells how long answers take.
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)
        processes = wiring.settings.processes
        if processes > 1:
            _say_where(listening)
            serve_together(lambda: _serve(wiring, listening, lambda: None), processes)
        else:
            _serve(wiring, listening, lambda: _say_where(listening))
        click.echo("Vierelle: stopped.")


def _say_where(listening: socket.socket) -> None:
    host, port = listening.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    click.echo(f"Vierelle: http://{shown}:{port}/  (stop with Ctrl-C)")


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(128)
    except OSError as error:
        listening.close()
        raise ConfigurationError(
            f"cannot serve on {host}:{port}: {error.strerror}; choose others with --host and --port"
        ) from error
    return listening


def _serve(wiring: "Wiring", listening: socket.socket, ready: Callable[[], None]) -> None:
    from waitress import create_server

    from app.cli.settling import Settling
    from app.web import create_app

    keep_together()
    gc.disable()  # until `Settling` enables it
    app = Settling(create_app(wiring), wiring.search.warm)
    server = create_server(
        app,
        sockets=[listening],
        threads=wiring.settings.threads,
        ident="",
        # The application reads what the trusted proxies say; without any, nobody's word counts.
        clear_untrusted_proxy_headers=not wiring.settings.proxies,
        max_request_body_size=_LARGEST_BODY,
    )
    signal.signal(signal.SIGTERM, _stopped)
    ready()
    threading.Thread(target=app.settle, daemon=True).start()
    try:
        server.run()  # returns at Ctrl-C and SIGTERM, when the answers under way are given
    finally:
        server.close()


def _stopped(signum: int, frame: FrameType | None) -> None:
    raise SystemExit(0)
