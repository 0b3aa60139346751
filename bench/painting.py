"""From a person's click or key to painted results, in a real Chromium over a running server.

    python -m bench.painting [--size 10000] [--questions 40] [--keep FOLDER]

A resident opens the results of a question, unfolds a choice and clicks one; a professional writes a word
letter by letter. The clock starts at the browser's own time of the event and stops in the first task after
the frame in which the new results were drawn. No question is asked twice, so no page comes from the server's
page cache. The button is pressed and let go at once: the time a finger takes for that, in which the page asks
already, is not in it.
"""

import argparse
import os
import random
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from playwright.sync_api import Browser, Page, sync_playwright
from rich.console import Console

from bench import activities as made
from bench.corpus import Corpus
from bench.report import Goal, Report, show
from bench.servers import running
from bench.timing import spread
from tests.browser.conftest import FLAGS
from tests.browser.waiting import until

GOAL_MS = 100
_PROBE = """
(() => {
  const seen = [];
  let begun = null;
  const begin = (event) => { begun = event.timeStamp; };
  const changed = () => {
    if (begun === null) return;
    const [start, put] = [begun, performance.now()];
    begun = null;
    requestAnimationFrame(() => {
      const drawn = new MessageChannel();
      drawn.port1.onmessage = () => {
        const asked = performance.getEntriesByType("resource").filter((entry) => entry.startTime >= start);
        const came = asked.findLast((entry) => /haku|tulokset/.test(entry.name));
        const sent = came ? came.startTime - start : 0;
        const waited = came ? came.responseEnd - came.startTime : 0;
        const end = performance.now();
        seen.push([end - start, sent, waited, put - start - sent - waited, end - put]);
      };
      drawn.port2.postMessage("");
    });
  };
  addEventListener("click", begin, true);
  addEventListener("input", begin, true);
  addEventListener("DOMContentLoaded", () => {
    const room = document.getElementById("nakyma-haku") || document.querySelector("main");
    if (room) new MutationObserver(changed).observe(room, { childList: true, subtree: true });
  });
  Object.defineProperty(window, "paintings", { value: seen });
})();
"""
"""Whole time; till it was sent; till the answer was there; till it stood on the page; till it was painted."""

Painting = tuple[float, float, float, float, float]


def residents(page: Page, site: str, questions: Sequence[str]) -> Iterator[Painting]:
    """One click on a choice for each question."""
    for words in questions:
        page.goto(f"{site}/haku?q={quote(words)}")
        page.evaluate(
            "document.querySelectorAll('.filters, [data-facet=kind]').forEach((each) => { each.open = true })"
        )
        choice = page.locator(".facet[open] a").first
        if not choice.count():
            continue  # nothing found: there is nothing to choose
        choice.scroll_into_view_if_needed()
        box = choice.bounding_box()
        if box is None:
            continue
        page.wait_for_timeout(150)  # the page is at rest
        yield from _painted(
            page, lambda box=box: page.mouse.click(box["x"] + 20, box["y"] + box["height"] / 2)
        )


def professionals(page: Page, site: str, words: Sequence[str]) -> Iterator[Painting]:
    """One letter after the other of each word."""
    page.goto(f"{site}/ammattilainen")
    for word in words:
        page.fill("#q", "")
        page.wait_for_timeout(300)
        for letter in word[:6]:
            yield from _painted(page, lambda letter=letter: page.keyboard.type(letter))


def _painted(page: Page, act: Any) -> Iterator[Painting]:
    known = page.evaluate("paintings.length")
    act()
    until(page, f"paintings.length > {known}")
    page.wait_for_timeout(120)
    yield tuple(page.evaluate("paintings.at(-1)"))


def measured(browser: Browser, site: str, questions: Sequence[str], words: Sequence[str]) -> Report:
    """Both rooms, each in a fresh browser profile."""
    rows: list[tuple[str | float, ...]] = []
    goals: list[Goal] = []
    for name, size, journey, asked in (
        ("resident, a click on a choice, 1280 px", (1280, 900), residents, questions),
        ("resident, a click on a choice, 360 px", (360, 740), residents, questions[::-1]),
        ("professional, a key, 1366 px", (1366, 768), professionals, words),
    ):
        context = browser.new_context(viewport={"width": size[0], "height": size[1]})
        context.add_init_script(_PROBE)
        page = context.new_page()
        _ = list(journey(page, site, asked[-5:]))  # the first pages open the index and the browser's caches
        seen = list(journey(page, site, asked[:-5]))
        context.close()
        whole = spread([each[0] for each in seen])
        parts = [spread([each[part] for each in seen]).median for part in range(1, 5)]
        rows.append((name, *whole[:2], *parts, str(len(seen))))
        goals.append(Goal(f"{name}: median ms to paint", whole.median, most=GOAL_MS))
    columns = ("act", "median ms", "p95 ms", "sent", "answered", "put in", "painted", "acts")
    return Report("painting", "From a click or key to painted results", columns, tuple(rows), tuple(goals))


def main(arguments: Sequence[str]) -> int:
    """Command line; 1 where a goal is not met."""
    parser = argparse.ArgumentParser("python -m bench.painting", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--size", type=int, default=10_000, help="activities")
    parser.add_argument("--questions", type=int, default=40)
    parser.add_argument("--keep", type=Path, help="folder where the built index is kept for the next run")
    parser.add_argument("--site", help="address of a site that runs already")
    parser.add_argument("--first", type=int, default=0, help="questions passed over, for a site asked before")
    chosen = parser.parse_args(arguments)
    program = shutil.which("chromium")
    if program is None:
        parser.error("no Chromium on this machine")
    asked = Corpus(1).queries(chosen.first + chosen.questions * 4)[chosen.first :]
    questions = [" ".join(words) for words in asked[: chosen.questions]]
    words = random.Random(chosen.first).sample([entry[0] for entry in asked if len(entry[0]) > 5], 12)
    serve = [str(Path(sys.executable).with_name("vierelle")), "serve", "--quiet", "--port", "0"]
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        if chosen.site:
            report = measured(browser, chosen.site, questions, words)
        else:
            data = made.indexed(chosen.size, chosen.keep or Path(temporary))
            environment = {**os.environ, **made.environment(data), "VIERELLE_PUBLIC_URL": ""}
            with running(serve, environment) as port:
                report = measured(browser, f"http://127.0.0.1:{port}", questions, words)
        browser.close()
    show(report, Console())
    return 0 if all(goal.met for goal in report.goals) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
