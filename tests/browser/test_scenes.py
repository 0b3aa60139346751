"""Every state of every page: sound by axe in all colours, whole on a small phone, its focus always in sight.

Each scene is opened in one language, in turn, and judged in all four colours; all languages share a template.
`python -m tests.browser.matrix` judges the whole product.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Visitor
from tests.browser.judging import COLOUR, WHOLE, faults_of, load_axe
from tests.browser.scenes import SAMPLE, Scene, scenes
from tests.browser.sites import served, without_index
from tests.browser.views import COLOURS, CONTRAST, PREFIXES

pytestmark = pytest.mark.browser

SCENES = list(enumerate(scenes(SAMPLE)))
SIZES = {
    "resident": ((1280, 900), (360, 740)),
    "desk": ((1366, 768), (360, 740)),
    "kiosk": ((1080, 1920), (1920, 1080)),
}
PAINT = """(theme) => {
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
}"""
SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important } p { margin-bottom: 2em !important }`);
  document.adoptedStyleSheets = [sheet];
}"""
CUT = """() => [...document.querySelectorAll("body *")].filter((node) => {
  const style = getComputedStyle(node);
  if (!node.textContent.trim()) return false;
  if (!/hidden|clip/.test(style.overflowX + style.overflowY) || style.clipPath !== "none") return false;
  return node.scrollHeight > node.clientHeight + 1 || node.scrollWidth > node.clientWidth + 1;
}).map((node) => node.outerHTML.slice(0, 120))"""
FOCUS = """() => {
  const node = document.activeElement;
  if (node === document.body) return "";
  const style = getComputedStyle(node);
  const box = node.getBoundingClientRect();
  const what = node.outerHTML.slice(0, 120);
  const ringed = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const land = node.querySelector("path.land");
  if (!ringed && !(land && parseFloat(getComputedStyle(land).strokeWidth) > 5)) return `no ring: ${what}`;
  const spots = [[0.5, 0.5], [0.2, 0.5], [0.8, 0.5], [0.5, 0.2], [0.5, 0.8]];
  const seen = spots.some(([x, y]) => {
    const top = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
    return top && (node.contains(top) || top.contains(node));
  });
  return seen ? what : `out of sight: ${what}`;
}"""


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site without an index."""
    with served(without_index(Path(tmp_path_factory.mktemp("none")))) as address:
        yield address


def opened(browser: Browser, address: str, scene: Scene, number: int, **options: Any) -> Visitor:
    """A visitor who sees a scene, in the language whose turn it is."""
    prefix = tuple(PREFIXES.values())[number % len(PREFIXES)]
    width, height = SIZES[scene.room][number // len(PREFIXES) % 2]
    shape = {"viewport": {"width": width, "height": height}, "reduced_motion": "reduce", **options}
    visitor = Visitor(browser, address, **shape)
    page = visitor.go(prefix + scene.path)
    if scene.act:
        scene.act(page, prefix)
    return visitor


def closed(visitor: Visitor, scene: Scene) -> None:
    """The end of a visit; errors that the scene itself makes are no fault."""
    if scene.status >= 400 or scene.name.endswith(("faults", "offline")):
        assert visitor.errors
        visitor.errors.clear()
    visitor.finish()


def coloured(page: Page, colour: str) -> None:
    page.emulate_media(**COLOURS[colour])
    page.evaluate(PAINT, "kontrasti" if colour == CONTRAST else "")


@pytest.mark.parametrize(("number", "scene"), SCENES, ids=[scene.name for _, scene in SCENES])
def test_axe_finds_nothing_in_any_colours(
    browser: Browser, address: str, broken: str, number: int, scene: Scene
) -> None:
    visitor = opened(browser, broken if scene.broken else address, scene, number)
    page = visitor.page
    load_axe(page)
    found: dict[str, list[str]] = {}
    for colour in COLOURS:
        coloured(page, colour)
        found[colour] = faults_of(page, COLOUR if found else WHOLE)
    coloured(page, "light")
    if scene.room != "kiosk":
        page.set_viewport_size({"width": 320, "height": 256})  # 1280 × 1024 at 400 %
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.evaluate(SPACED)
    width = page.viewport_size["width"] if page.viewport_size else 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(CUT) == []
    closed(visitor, scene)
    assert {colour: faults for colour, faults in found.items() if faults} == {}


WALKED = (
    "resident-home-display",
    "resident-results-open",
    "resident-map",
    "resident-activity",
    "resident-report-faults",
    "desk-picked",
    "desk-sheet",
    "kiosk-week",
    "kiosk-results",
)


@pytest.mark.parametrize("name", WALKED)
def test_the_focus_is_always_seen_and_never_under_a_bar(browser: Browser, address: str, name: str) -> None:
    scene = next(scene for _, scene in SCENES if scene.name == name)
    visitor = opened(browser, address, scene, 0)
    page = visitor.page
    page.evaluate("document.activeElement.blur()")
    stops: list[str] = []
    for key in ("Tab", "Shift+Tab"):
        for _ in range(45):
            page.keyboard.press(key)
            stops.append(page.evaluate(FOCUS))
    closed(visitor, scene)
    assert len(set(stops)) > 8
    assert [stop for stop in stops if stop.startswith(("no ring", "out of sight"))] == []
