"""Waiting for what a script of the page does."""

import time

from playwright.sync_api import Page

PAUSE = 50  # milliseconds between two looks
PATIENCE = 20.0  # seconds


def until(page: Page, expression: str) -> None:
    """Wait till the JavaScript `expression` is true on the page.

    Playwright's own `wait_for_function` looks again from inside the page, where the site's content
    security policy forbids to evaluate text: it works only if the first look already succeeds.
    """
    deadline = time.monotonic() + PATIENCE
    while not page.evaluate(expression):
        if time.monotonic() > deadline:
            raise AssertionError(f"not true within {PATIENCE:.0f} s: {expression}")
        page.wait_for_timeout(PAUSE)


def until_kept(page: Page) -> None:
    """Wait till the touch screen's worker rules the page and keeps all that it was told to keep."""
    until(
        page,
        """
        (async () => {
            if (!navigator.serviceWorker.controller) return false;
            const wanted = JSON.parse(document.getElementById("kioski").dataset.keep).length;
            const cache = await caches.open("vierelle-olka");
            return (await cache.keys()).length >= wanted;
        })()
        """,
    )
