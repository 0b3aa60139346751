"""Judging a page by axe: the whole once, and again in other colours what hangs on colours."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Error, Page

from tests.browser.scenes import Scene
from tests.browser.views import COLOURS, CONTRAST, PREFIXES, SIZES, contrasted

WHOLE = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
"""All that axe knows of WCAG and good practice; it leaves 2.2's target size out unless asked."""

COLOUR = {"resultTypes": ["violations"], "runOnly": ["color-contrast", "link-in-text-block"]}
"""The rules whose answer hangs on colours alone."""

_PATIENCE = 8_000  # milliseconds for each step of a scene

_RUN = """async (options) => {
  const found = await axe.run(options);
  return [found.passes.length, found.violations.map((entry) => [entry.id, entry.nodes[0].html])];
}"""

_SETTLED = """async () => {
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  await Promise.allSettled(document.getAnimations().map((change) => change.finished));
}"""
"""Done when a change of colours has come to its end, however slow the machine."""

_SAME_SHAPE = """() => {
  const now = [...document.querySelectorAll("*")].map((node) => {
    const style = getComputedStyle(node);
    const box = node.getBoundingClientRect();
    return [node.tagName, box.x, box.y, box.width, box.height, style.display, style.visibility, style.opacity,
      style.position, style.zIndex, style.overflow, style.clipPath, style.pointerEvents, style.fontSize];
  }).join();
  window.judgedShape ??= now;
  return now === window.judgedShape;
}"""
"""Whether only colours differ from the first look, of all that rules look at and style sheets change."""


def settle(page: Page) -> None:
    """Wait till the page has come to rest after a change of colours."""
    page.evaluate(_SETTLED)


def load_axe(page: Page) -> None:
    """Bring axe to an opened page; it stays till the page goes."""
    page.evaluate(Axe().axe_script)


def faults_of(page: Page, options: Mapping[str, object]) -> list[str]:
    """What axe finds on a page that has it, `rule: the first element`, at most 200 characters of it."""
    passed, found = page.evaluate(_RUN, options)
    if not passed:
        raise AssertionError("axe found nothing to judge")
    return [f"{rule}: {html[:200]}" for rule, html in found]


class Verdict(NamedTuple):
    """One try to judge a scene in one size and language.

    `found` tells the faults of each colour that was judged, `trouble` what kept from judging the others.
    """

    found: dict[str, list[str]]
    trouble: str = ""


class Judge:
    """Judges scenes in one browser, one after the other; `broken` is the site without an index."""

    def __init__(self, browser: Browser, site: str, broken: str) -> None:
        self._browser = browser
        self._sites = {False: site, True: broken}
        self._rooms: dict[tuple[str, str, bool, bool], BrowserContext] = {}

    def verdict(self, scene: Scene, size: str, language: str, colours: tuple[str, ...]) -> Verdict:
        """Open the scene, once for all colours of the same address, and judge it in each."""
        found: dict[str, list[str]] = {}
        try:
            for own in (False, True):
                some = [colour for colour in colours if (colour == CONTRAST) is own]
                found.update(self._seen(scene, size, language, some))
        except (Error, AssertionError) as error:
            return Verdict(found, str(error).splitlines()[0])
        return Verdict(found)

    def _seen(
        self, scene: Scene, size: str, language: str, colours: list[str]
    ) -> Iterator[tuple[str, list[str]]]:
        if not colours:
            return
        room = self._room(size, language, scene.broken, CONTRAST in colours)
        # A tab costs as much as a judgement, so one serves all scenes in which nobody touches anything.
        page = room.new_page() if scene.act else room.pages[0]
        try:
            page.emulate_media(**COLOURS[colours[0]])
            path = contrasted(scene.path) if CONTRAST in colours else scene.path
            answer = page.goto(PREFIXES[language] + path)
            if answer is None or answer.status != scene.status:
                raise AssertionError(f"answered {answer and answer.status} instead of {scene.status}")
            if scene.act:
                scene.act(page, PREFIXES[language])
            load_axe(page)
            for colour in colours:
                page.emulate_media(**COLOURS[colour])
                settle(page)
                alike = page.evaluate(_SAME_SHAPE) and colour != colours[0]
                yield colour, [*faults_of(page, COLOUR if alike else WHOLE), *_too_wide(page)]
        finally:
            if scene.act:
                page.close()

    def _room(self, size: str, language: str, broken: bool, own: bool) -> BrowserContext:
        """Where pages of one kind are opened; those of the size and language before are closed."""
        kind = (size, language, broken, own)
        if kind not in self._rooms:
            for other in [other for other in self._rooms if other[:2] != kind[:2]]:
                self._rooms.pop(other).close()
            options = {**SIZES[size], "locale": "fi-FI", "reduced_motion": "reduce"}
            room = self._browser.new_context(base_url=self._sites[broken], **options)
            room.set_default_timeout(_PATIENCE)
            room.new_page().goto("/tietoa")  # the font comes: pages that have it at hand use it
            self._rooms[kind] = room
        return self._rooms[kind]


def _too_wide(page: Page) -> list[str]:
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [f"{wide} px wider than the screen"] if wide > 0 else []
