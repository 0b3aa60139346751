"""Photographs every scene in every size, colour and language, prints the hand-outs, records the desk.

    python -m tests.browser.pictures FOLDER                      the whole matrix over the tests' sample
    python -m tests.browser.pictures FOLDER --site URL           over a running site, such as `vierelle demo`
    ... --only resident-home kiosk --sizes 360 --colours dark    a part of it

`python -m tests.browser.matrix` judges the same scenes by axe.
"""

import argparse
import shutil
import sys
import time
from collections.abc import Sequence
from itertools import product
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Browser, BrowserContext, Error, expect, sync_playwright

from tests.browser.conftest import FLAGS
from tests.browser.judging import settle
from tests.browser.scenes import Places, Scene, scenes
from tests.browser.sites import looked_at
from tests.browser.views import COLOURS, CONTRAST, FITTING, PREFIXES, SIZES, add_choices, contrasted


class Camera:
    """Takes the pictures of one run."""

    def __init__(self, browser: Browser, folder: Path, site: str, broken: str) -> None:
        self._browser = browser
        self._folder = folder
        self._sites = {False: site, True: broken}
        self.missed = 0

    def shoot(self, chosen: Sequence[Scene], size: str, colours: Sequence[str], language: str) -> None:
        """All chosen scenes that fit the size, in one language and in colours with the same address."""
        options = {**SIZES[size], "locale": "fi-FI"}
        for broken, site in self._sites.items():
            context = self._browser.new_context(base_url=site, **options)
            context.set_default_timeout(8000)
            context.new_page().goto("/tietoa")  # the font comes: pages that have it at hand use it
            for scene in chosen:
                if scene.broken == broken and size in FITTING[scene.room]:
                    self._shot(context, scene, size, colours, language)
            context.close()

    def _shot(
        self, context: BrowserContext, scene: Scene, size: str, colours: Sequence[str], language: str
    ) -> None:
        page = context.new_page()
        prefix = PREFIXES[language]
        try:
            page.emulate_media(**COLOURS[colours[0]])
            page.goto(prefix + (contrasted(scene.path) if CONTRAST in colours else scene.path))
            if scene.act:
                scene.act(page, prefix)
            for colour in colours:
                page.emulate_media(**COLOURS[colour])
                settle(page)
                name = f"{scene.name}-{size}-{colour}-{language}.png"
                page.screenshot(path=self._folder / name, full_page=scene.room != "kiosk")
        except (Error, AssertionError) as error:
            self.missed += 1
            print(f"{scene.name}-{size}-{language}: {str(error).splitlines()[0]}", flush=True)
        page.close()


def print_handouts(context: BrowserContext, folder: Path, places: Places) -> None:
    """The PDF of a hand-out in every language, small and large."""
    for (language, prefix), large in product(PREFIXES.items(), (False, True)):
        fields = [("id", places.plain), ("id", places.conflict), *([("suuri", "1")] if large else [])]
        answer = context.request.post(
            f"{prefix}/ohjauslista.pdf",
            data=urlencode(fields),
            headers={"Content-Type": "application/x-www-form-urlencoded"},
        )
        if not answer.ok:
            raise RuntimeError(f"the hand-out in {language} answered {answer.status}")
        (folder / f"handout-{language}{'-large' if large else ''}.pdf").write_bytes(answer.body())


def record_journey(context: BrowserContext, folder: Path, places: Places) -> float:
    """The professional's three acts, each step photographed: search, pick, print. The seconds they took."""
    page = context.new_page()
    page.add_init_script("window.print = () => { document.documentElement.dataset.printed = 'yes'; }")
    page.goto("/ammattilainen")
    page.screenshot(path=folder / "journey-0-empty.png")
    begun = time.monotonic()
    page.keyboard.type(places.words)
    page.keyboard.press("Tab")
    page.keyboard.type(places.town)
    page.keyboard.press("Enter")
    expect(page.locator(".what").first).to_be_focused()
    page.screenshot(path=folder / "journey-1-found.png")
    page.keyboard.press("x")
    page.screenshot(path=folder / "journey-2-picked.png")
    page.keyboard.press("p")
    expect(page.locator("html[data-printed] .sheet .entry")).to_be_visible()
    taken = time.monotonic() - begun
    page.screenshot(path=folder / "journey-3-sheet.png")
    page.pdf(path=folder / "journey-3-printed.pdf", prefer_css_page_size=True)
    return taken


def main(arguments: Sequence[str]) -> int:
    """Take the chosen pictures; 1 where a scene could not be reached."""
    parser = argparse.ArgumentParser(
        "python -m tests.browser.pictures", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("folder", type=Path)
    add_choices(parser)
    chosen = parser.parse_args(arguments)
    chosen.folder.mkdir(parents=True, exist_ok=True)
    with (
        looked_at(chosen.site) as (site, broken, places),
        sync_playwright() as playwright,
    ):
        wanted = [scene for scene in scenes(places) if scene.name.startswith(tuple(chosen.only))]
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(FLAGS))
        camera = Camera(browser, chosen.folder, site, broken)
        ours, others = (
            [colour for colour in chosen.colours if (colour == CONTRAST) is own] for own in (True, False)
        )
        for size, colours, language in product(chosen.sizes, filter(None, (others, ours)), chosen.languages):
            camera.shoot(wanted, size, colours, language)
        context = browser.new_context(base_url=site, **SIZES["desk"])
        print_handouts(context, chosen.folder, places)
        seconds = record_journey(context, chosen.folder, places)
        print(f"from an empty desk to the printed page: {seconds:.1f} s, three acts")
        browser.close()
    return 1 if camera.missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
