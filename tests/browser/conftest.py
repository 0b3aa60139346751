"""A real Chromium and the site over the sample; every page tells of other hosts, cookies and errors."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, Request, sync_playwright
from werkzeug.serving import make_server

from app.web import create_app
from tests.app.sample import sample_wiring

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Where the app answers on this machine, till the block ends."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the site answers."""
    wiring = sample_wiring(Path(tmp_path_factory.mktemp("browser")))
    wiring.search.warm()  # as `vierelle serve` does
    with served(create_app(wiring)) as here:
        yield here


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield browser
        browser.close()


class Visitor:
    """One fresh visitor. `finish` fails when a page asked another host, set a cookie or had an error."""

    def __init__(self, browser: Browser, address: str, **options: object) -> None:
        self.address = address
        self.context: BrowserContext = browser.new_context(base_url=address, **options)  # type: ignore[arg-type]
        self.page: Page = self.context.new_page()
        self.requests: list[str] = []
        self.errors: list[str] = []
        self.page.on("request", self._asked)
        self.page.on("pageerror", self._failed)
        self.page.on("console", self._spoken)

    def _asked(self, request: Request) -> None:
        self.requests.append(request.url)

    def _failed(self, error: Error) -> None:
        self.errors.append(str(error))

    def _spoken(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(message.text)

    def go(self, path: str) -> Page:
        """Open a page of the site."""
        self.page.goto(path)
        return self.page

    def finish(self, *, expected_errors: int = 0) -> None:
        """Close, and judge what happened on the way."""
        cookies = self.context.cookies()
        kept = self.page.evaluate("[Object.keys(localStorage), Object.keys(sessionStorage)]")
        self.context.close()
        elsewhere = {url for url in self.requests if urlsplit(url).netloc != urlsplit(self.address).netloc}
        assert elsewhere == set()
        assert cookies == []
        assert kept == [[], []]
        assert len(self.errors) == expected_errors, self.errors


@pytest.fixture
def visitor(browser: Browser, address: str) -> Iterator[Visitor]:
    visiting = Visitor(browser, address, viewport={"width": 1280, "height": 900})
    yield visiting
    visiting.finish()


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[Visitor]:
    visiting = Visitor(browser, address, viewport={"width": 320, "height": 640}, has_touch=True)
    yield visiting
    visiting.finish()
