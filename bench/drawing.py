"""Processor time of pages of new questions in process, beside an empty Flask page: `python -m bench.drawing`.

Processor time hardly minds other programs' load, so it tells what a change is worth where requests a second
cannot. `--asked N`: how many other questions were answered before (with 60, most words are still new).
"""

import argparse
import io
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote
from wsgiref.types import WSGIApplication

from flask import Flask

from app.web import create_app
from bench import activities as made
from bench.corpus import Corpus

_PATH = "/haku"


def main() -> None:
    """Print milliseconds of processor time a page: mean, median, p99, and the mean ÷ an empty page's."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", type=int, default=10_000)
    parser.add_argument("--asked", type=int, default=60)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--path", default=_PATH, help="/haku or /ammattilainen/tulokset")
    parser.add_argument("--keep", type=Path, help="a folder that keeps the built index for the next run")
    given = parser.parse_args()
    with TemporaryDirectory() as temporary:
        parts = made.wiring(made.indexed(given.size, given.keep or Path(temporary)))
        site, empty = create_app(parts), _empty(given.path)
        questions = [" ".join(words) for words in Corpus(1).queries(given.asked + given.count)]
        for question in questions[: given.asked]:
            _spent(site, given.path, question)
        parts.search.warm()
        for _ in range(50):
            _spent(empty, given.path, "")
        pairs = [
            (_spent(site, given.path, question), _spent(empty, given.path, ""))
            for question in questions[given.asked :]
        ]
    pages, empties = zip(*pairs, strict=True)
    mean, nothing = statistics.mean(pages), statistics.median(empties)
    print(
        f"{given.path}: mean {mean:.2f} ms, median {statistics.median(pages):.2f}, "
        f"p99 {sorted(pages)[int(0.99 * len(pages))]:.2f}; "
        f"empty page {nothing:.3f} ms; ÷ it {mean / nothing:.0f}"
    )


def _empty(path: str) -> WSGIApplication:
    app = Flask("empty")
    page: Callable[[], str] = lambda: "<!doctype html><title>empty</title>"  # noqa: E731 the whole page
    app.add_url_rule(path, "page", page)
    return app


def answer(app: WSGIApplication, address: str) -> tuple[str, bytes]:
    """Status and content of one page, without a server."""
    path, _, query = address.partition("?")
    told: list[str] = []
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
    }

    def start(
        status: str, _headers: list[tuple[str, str]], _info: object = None
    ) -> Callable[[bytes], object]:
        told.append(status)
        return lambda _data: None

    content = b"".join(app(environ, start))
    return told[0], content


def _spent(app: WSGIApplication, path: str, question: str) -> float:
    """Milliseconds of processor time for one page. Raises RuntimeError where it fails."""
    begun = time.thread_time()
    status, _ = answer(app, f"{path}?q={quote(question)}")
    spent = (time.thread_time() - begun) * 1000
    if not status.startswith("200"):
        raise RuntimeError(f"{path} answered {status}")
    return spent


if __name__ == "__main__":
    main()
