"""Photographs every scene in every size, theme and language, prints the hand-outs, records the desk.

    python -m tests.browser.pictures FOLDER                      the whole matrix over the tests' sample
    python -m tests.browser.pictures FOLDER --site URL           over a running site, such as `vierelle demo`
    ... --only resident-home kiosk --sizes 360 --themes dark     a part of it
    ... --axe                                                    judge each one by axe as well
    ... --axe --blind                                            judge, and take no pictures

Prints one line for each fault that axe finds. Sizes are CSS pixels;
`zoom` is a screen of 1280 × 1024 at 400 %.
"""

import argparse
import json
import shutil
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from app.web import create_app
from app.wiring import Wiring
from config.settings import Settings
from tests.app.sample import sample_wiring
from tests.browser.conftest import FLAGS
from tests.browser.scenes import SAMPLE, Places, Scene, scenes

SIZES: dict[str, dict[str, Any]] = {
    "320": {"viewport": {"width": 320, "height": 640}},
    "360": {"viewport": {"width": 360, "height": 740}, "has_touch": True},
    "1280": {"viewport": {"width": 1280, "height": 900}},
    "zoom": {"viewport": {"width": 320, "height": 256}, "device_scale_factor": 4},
    "desk": {"viewport": {"width": 1366, "height": 768}},
    "portrait": {"viewport": {"width": 1080, "height": 1920}, "has_touch": True},
    "landscape": {"viewport": {"width": 1920, "height": 1080}, "has_touch": True},
}
FITTING = {
    "resident": ("320", "360", "1280", "zoom"),
    "desk": ("360", "1280", "desk"),
    "kiosk": ("portrait", "landscape"),
}
THEMES: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light", "forced_colors": "none"},
    "dark": {"color_scheme": "dark", "forced_colors": "none"},
    "forced": {"color_scheme": "light", "forced_colors": "active"},
    "contrast": {"color_scheme": "light", "forced_colors": "none"},
}
CONTRAST = "contrast"
"""The theme of our own, chosen by the address; the others are the browser's, and change on an open page."""

SETTLED = """async () => {
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  await Promise.allSettled(document.getAnimations().map((change) => change.finished));
}"""
"""Done when a change of colours has come to its end, however slow the machine."""

PREFIXES = {"fi": "", "sv": "/sv", "en": "/en", "selko": "/selko"}


class _Quiet(WSGIRequestHandler):
    """The site keeps its own access log."""

    def log_request(self, *_arguments: object) -> None:
        return


@contextmanager
def served(wiring: Wiring) -> Iterator[str]:
    """The address of a site on a free port."""
    server = make_server("127.0.0.1", 0, create_app(wiring), threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def without_index(folder: Path) -> Wiring:
    """A site that has not been indexed yet."""
    return Wiring(Settings(data=folder))


def warm_sample(folder: Path) -> Wiring:
    """The tests' sample, its index open as in `vierelle serve`."""
    wiring = sample_wiring(folder)
    wiring.search.warm()
    return wiring


def _asked(url: str) -> Any:
    with urllib.request.urlopen(url, timeout=30) as answer:
        return json.load(answer)


def found_places(site: str) -> Places:
    """Activities of a running site that suit the scenes."""
    hits = []
    for page in range(1, 8):
        hits += _asked(f"{site}/api/v1/search?{urlencode({'size': 100, 'page': page})}")["hits"]
    plain = next(hit["id"] for hit in hits if len(hit["contacts"]) > 1 and hit["next"] and hit["summary"])
    differing = (
        hit["id"]
        for hit in hits
        if _asked(f"{site}/api/v1/activities/{hit['id']}")["activity"].get("conflicts")
    )
    conflict = next(differing, plain)
    return SAMPLE._replace(plain=plain, conflict=conflict, stale=conflict, words="omaishoitajille")


class Camera:
    """Takes the pictures of one run."""

    def __init__(
        self, browser: Browser, folder: Path, site: str, broken: str, judged: bool, seen: bool
    ) -> None:
        self._browser = browser
        self._folder = folder
        self._site = site
        self._broken = broken
        self._axe = Axe() if judged else None
        self._seen = seen
        self.faults: list[str] = []
        self.judged = 0

    def shoot(self, chosen: Sequence[Scene], size: str, themes: Sequence[str], language: str) -> None:
        """All chosen scenes that fit the size, in one language and in themes with the same address."""
        options = {**SIZES[size], "locale": "fi-FI"}
        for broken in (False, True):
            context = self._browser.new_context(base_url=self._broken if broken else self._site, **options)
            context.set_default_timeout(8000)
            context.new_page().goto("/tietoa")  # the font comes: pages that have it at hand use it
            for scene in chosen:
                if scene.broken == broken and size in FITTING[scene.room]:
                    self._shot(context, scene, size, themes, language)
            context.close()

    def _shot(
        self, context: BrowserContext, scene: Scene, size: str, themes: Sequence[str], language: str
    ) -> None:
        page = context.new_page()
        prefix = PREFIXES[language]
        name = f"{scene.name}-{size}-{themes[0]}-{language}"
        try:
            page.emulate_media(**THEMES[themes[0]])
            page.goto(prefix + (contrasted(scene.path) if CONTRAST in themes else scene.path))
            if scene.act:
                scene.act(page, prefix)
            for theme in themes:
                name = f"{scene.name}-{size}-{theme}-{language}"
                self._seen_in(page, theme, name, tall=scene.room != "kiosk")
        except (Error, AssertionError) as error:
            self._told(name, str(error).splitlines()[0])
        page.close()

    def _seen_in(self, page: Page, theme: str, name: str, *, tall: bool) -> None:
        page.emulate_media(**THEMES[theme])
        page.evaluate(SETTLED)
        if self._seen:
            page.screenshot(path=self._folder / f"{name}.png", full_page=tall)
        if self._axe:
            self._judge(page, name, self._axe)

    def _judge(self, page: Page, name: str, axe: Axe) -> None:
        self.judged += 1
        found = axe.run(page, options={"resultTypes": ["violations"]}).response["violations"]
        for entry in found:
            self._told(name, f"{entry['id']}: {entry['nodes'][0]['html'][:160]}")
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if wide > 0:
            self._told(name, f"{wide} px wider than the screen")

    def _told(self, name: str, fault: str) -> None:
        self.faults.append(f"{name}: {fault}")
        print(self.faults[-1], flush=True)


def contrasted(path: str) -> str:
    """The path with the high contrast of our own."""
    head, mark, tail = path.partition("#")
    return f"{head}{'&' if '?' in head else '?'}vari=kontrasti{mark}{tail}"


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
    """Take the chosen pictures; 1 where a scene could not be reached or axe found a fault."""
    parser = argparse.ArgumentParser(
        "python -m tests.browser.pictures", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--site", help="address of a running site; the tests' sample without it")
    parser.add_argument("--only", nargs="+", default=[""], help="beginnings of names of scenes")
    parser.add_argument("--sizes", nargs="+", default=list(SIZES), choices=list(SIZES))
    parser.add_argument("--themes", nargs="+", default=list(THEMES), choices=list(THEMES))
    parser.add_argument("--languages", nargs="+", default=list(PREFIXES), choices=list(PREFIXES))
    parser.add_argument("--axe", action="store_true", help="judge every picture by axe")
    parser.add_argument("--blind", action="store_true", help="take no pictures of the scenes")
    chosen = parser.parse_args(arguments)
    program = shutil.which("chromium")
    if program is None:
        parser.error("no Chromium on this machine")
    chosen.folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as temporary,
        served(without_index(Path(temporary) / "none")) as broken,
        served(warm_sample(Path(temporary) / "sample")) as sample,
        sync_playwright() as playwright,
    ):
        site = (chosen.site or sample).rstrip("/")
        places = found_places(site) if chosen.site else SAMPLE
        wanted = [scene for scene in scenes(places) if scene.name.startswith(tuple(chosen.only))]
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        camera = Camera(browser, chosen.folder, site, broken, chosen.axe, not chosen.blind)
        ours, others = (
            [theme for theme in chosen.themes if (theme == CONTRAST) is own] for own in (True, False)
        )
        for size, themes, language in product(chosen.sizes, filter(None, (others, ours)), chosen.languages):
            camera.shoot(wanted, size, themes, language)
        if not chosen.blind:
            context = browser.new_context(base_url=site, **SIZES["desk"])
            print_handouts(context, chosen.folder, places)
            seconds = record_journey(context, chosen.folder, places)
            print(f"from an empty desk to the printed page: {seconds:.1f} s, three acts")
        browser.close()
    if chosen.axe:
        print(f"{camera.judged} scenes judged, {len(camera.faults)} faults")
    return 1 if camera.faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
