"""The touch screen in Chromium: four touches to a code, nothing left behind, going on without a network."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import BaseWSGIServer, make_server

from app.web import create_app
from tests.app.sample import sample_wiring
from tests.browser.conftest import Visitor
from tests.browser.test_resident import violations
from tests.browser.waiting import until, until_kept

pytestmark = pytest.mark.browser

START = "/olka/keskussairaala"
SIZES = {"portrait": (1080, 1920), "landscape": (1920, 1080)}
SCREENS = (
    "",
    "/sairaus",
    "/yksikko",
    "/sanat",
    "/viikko",
    "/kunta?sairaus=muistisairaus",
    "/tulokset?tilanne=kohtasin-vakivaltaa&kunta=422",
    "/tulokset?yksikko=nefrologia&kunta=422",
    "/ohje?id=omais-lieksa&tilanne=hoidan-laheista&kunta=422",
    "/ohje?id=omais-lieksa&id=suru-joensuu",
)


def touch_screen(browser: Browser, address: str, size: str = "portrait", **options: object) -> Visitor:
    width, height = SIZES[size]
    return Visitor(browser, address, viewport={"width": width, "height": height}, has_touch=True, **options)


def open_screen(page: Page, address: str) -> None:
    """A screen as a link on the page opens it."""
    page.evaluate(
        """(address) => {
          const link = Object.assign(document.createElement("a"), { href: address, textContent: "x" });
          document.querySelector("main").append(link);
          link.click();
          link.remove();
        }""",
        address,
    )


def touch(page: Page, selector: str, then: str) -> None:
    page.locator(selector).first.tap()
    page.wait_for_selector(then)


@pytest.fixture
def screen(browser: Browser, address: str) -> Iterator[Visitor]:
    visiting = touch_screen(browser, address)
    yield visiting
    visiting.finish()


@pytest.mark.parametrize("size", list(SIZES))
def test_targets_are_large_and_lie_apart_within_reach(browser: Browser, address: str, size: str) -> None:
    visitor = touch_screen(browser, address, size)
    page = visitor.go(START)
    for screen in SCREENS:
        open_screen(page, START + screen)
        page.wait_for_load_state("networkidle")
        boxes = page.evaluate(
            """() => [...document.querySelectorAll("#kioski a, #kioski button, .k-bar a")]
              .map((node) => node.getBoundingClientRect())
              .filter((box) => box.height > 0)
              .map((box) => [box.left, box.top, box.right, box.bottom])"""
        )
        assert len(boxes) > 6
        assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0], screen
        assert [box for box in boxes if box[2] - box[0] < 96 or box[3] - box[1] < 96] == [], screen
        assert [pair for pair in pairs(boxes) if gap(*pair) < 15.5] == [], screen
        if size == "portrait" and not screen.startswith("/ohje"):  # paper is read, its buttons lie low
            assert min(box[1] for box in boxes) >= SIZES[size][1] * 0.31, screen
    page.goto(START)
    tops = page.locator("#kioski a").evaluate_all(
        "all => all.map((node) => node.getBoundingClientRect().top)"
    )
    assert min(tops) >= SIZES[size][1] / 3
    visitor.finish()


def pairs(boxes: list[list[float]]) -> Iterator[tuple[list[float], list[float]]]:
    return ((one, other) for at, one in enumerate(boxes) for other in boxes[at + 1 :])


def gap(one: list[float], other: list[float]) -> float:
    """Pixels between two boxes; boxes that a scrolled bar covers count as apart."""
    across = max(one[0], other[0]) - min(one[2], other[2])
    down = max(one[1], other[1]) - min(one[3], other[3])
    return 99 if across < 0 and down < 0 else max(across, down)


def test_four_touches_lead_to_a_code_on_the_screen(screen: Visitor) -> None:
    page = screen.go(START)
    touch(page, ".k-ways a[href$='/tilanne']", ".k-tiles a[href*='hoidan-laheista']")
    touch(page, ".k-tiles a[href*='hoidan-laheista']", ".k-tiles a[href*='kunta=422']")
    touch(page, ".k-tiles a[href*='kunta=422']", ".k-results a")
    touch(page, ".k-results a", ".sheet")
    expect(page.locator(".sheet .qr")).to_be_in_viewport(ratio=1)
    expect(page.locator("[data-print]")).to_be_visible()
    expect(page.locator("h1")).to_be_focused()


def test_the_address_and_the_history_never_tell_what_was_chosen(screen: Visitor) -> None:
    page = screen.go(START)
    before = page.evaluate("history.length")
    touch(page, ".k-ways a[href$='/yksikko']", ".k-tiles a[href*='psykiatria']")
    touch(page, ".k-tiles a[href*='psykiatria']", ".k-tiles a[href*='kunta=']")
    assert page.evaluate("[location.pathname + location.search + location.hash, history.length]") == [
        START,
        before,
    ]


def test_an_address_that_tells_of_somebody_is_cleaned_on_arrival(screen: Visitor) -> None:
    page = screen.go(f"{START}/tulokset?sairaus=masennus&kunta=422#x")
    until(page, "!location.search && !location.hash")
    assert page.evaluate("location.pathname") == START


def test_ninety_seconds_then_fifteen_then_everything_is_gone(screen: Visitor) -> None:
    page = screen.page
    page.clock.install()
    page.goto(START)
    touch(page, "a[href$='/sanat']", ".k-keys button")
    for letter in "suru":
        page.locator(f".k-keys button:text-is('{letter}')").tap()
    expect(page.locator("#sanat")).to_have_value("suru")
    page.clock.run_for(89_000)
    expect(page.locator("#varoitus")).to_be_hidden()
    page.clock.run_for(1_500)
    expect(page.locator("#varoitus")).to_be_visible()
    expect(page.locator("[data-stay]")).to_be_focused()
    assert violations(page) == []
    page.locator("[data-stay]").tap()
    expect(page.locator("#varoitus")).to_be_hidden()
    expect(page.locator("#sanat")).to_have_value("suru")
    page.clock.run_for(90_500)
    expect(page.locator("#varoitus")).to_be_visible()
    page.clock.run_for(15_500)
    page.wait_for_selector("#kioski[data-waiting]")
    expect(page.locator("#sanat")).to_have_count(0)
    page.go_back()
    assert page.url == "about:blank"
    page.goto(START)


def test_a_touch_starts_the_time_anew(screen: Visitor) -> None:
    page = screen.page
    page.clock.install()
    page.goto(START)
    touch(page, ".k-ways a[href$='/tilanne']", ".k-tiles")
    page.clock.run_for(80_000)
    page.touchscreen.tap(540, 300)
    page.clock.run_for(80_000)
    expect(page.locator("#varoitus")).to_be_hidden()
    page.clock.run_for(11_000)
    expect(page.locator("#varoitus")).to_be_visible()


def test_more_time_is_given_to_who_asks(screen: Visitor) -> None:
    page = screen.page
    page.clock.install()
    page.goto(START)
    touch(page, ".k-comfort a[href*='aika']", ".k-comfort a[aria-current]")
    page.clock.run_for(850_000)
    expect(page.locator("#varoitus")).to_be_hidden()
    page.clock.run_for(51_000)
    expect(page.locator("#varoitus")).to_be_visible()


def test_the_waiting_screen_warns_nobody(screen: Visitor) -> None:
    page = screen.page
    page.clock.install()
    page.goto(START)
    page.clock.run_for(300_000)
    expect(page.locator("#varoitus")).to_be_hidden()


def test_own_words_by_the_keys_on_the_screen(screen: Visitor) -> None:
    page = screen.go(START)
    touch(page, "a[href$='/sanat']", ".k-keys button")
    for letter in ["y", "k", "s", "i", "n", "ä", "i", "s", "y", "y", "s", "x"]:
        page.locator(f".k-keys button:text-is('{letter}')").tap()
    page.locator(".k-erase").tap()
    expect(page.locator("#sanat")).to_have_value("yksinäisyys")
    touch(page, ".k-words [type=submit]", ".k-tiles a[href*='kunta=kaikki']")
    touch(page, ".k-tiles a[href*='kunta=kaikki']", ".k-results a")


def test_the_language_changes_on_any_screen_and_the_start_is_finnish_again(screen: Visitor) -> None:
    page = screen.go(START)
    touch(page, ".k-ways a[href$='/tilanne']", ".k-tiles")
    touch(page, ".k-languages a[hreflang=sv]", "html[lang=sv] .k-tiles")
    page.locator("[data-reset]").tap()
    page.wait_for_selector("html[lang=fi] #kioski[data-waiting]")


def test_it_works_without_scripts(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False, has_touch=True)
    page = context.new_page()
    page.goto(START)
    for step in (
        ".k-ways a[href$='/tilanne']",
        ".k-tiles a[href*='hoidan-laheista']",
        ".k-tiles a[href*='kunta=422']",
        ".k-results a",
    ):
        page.locator(step).first.tap()
    expect(page.locator(".sheet .qr")).to_be_visible()
    context.close()


@pytest.fixture
def mortal(tmp_path: Path) -> Iterator[BaseWSGIServer]:
    """A server that a test may kill."""
    server = make_server("127.0.0.1", 0, create_app(sample_wiring(tmp_path)), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def killed(server: BaseWSGIServer) -> None:
    server.shutdown()
    server.server_close()


def test_search_and_sheet_go_on_when_the_network_drops(browser: Browser, mortal: BaseWSGIServer) -> None:
    visitor = touch_screen(browser, f"http://127.0.0.1:{mortal.server_port}")
    page = visitor.go(START)
    until_kept(page)
    page.reload()
    killed(mortal)
    touch(page, ".k-ways a[href$='/tilanne']", ".k-offline")
    expect(page.locator(".k-offline")).to_contain_text("Verkkoyhteys on poikki")
    assert violations(page) == []
    touch(page, ".k-tiles a[href*='hoidan-laheista']", ".k-tiles a[href*='kunta=422']")
    touch(page, ".k-tiles a[href*='kunta=422']", ".k-results a")
    expect(page.locator(".k-results a").first).to_contain_text("Omaishoitajien olohuone")
    touch(page, ".k-results a", ".sheet .qr path")
    expect(page.locator(".sheet")).to_contain_text("050 000 0123")
    assert violations(page) == []
    page.locator("[data-reset]").tap()
    page.wait_for_selector("#kioski[data-waiting] > .k-offline")
    assert violations(page) == []
    touch(page, "a[href$='/sanat']", ".k-keys button")
    page.locator("#sanat").fill("surun")
    touch(page, ".k-words [type=submit]", ".k-tiles a[href*='kunta=kaikki']")
    touch(page, ".k-tiles a[href*='kunta=kaikki']", ".k-results a")
    expect(page.locator(".k-results")).to_contain_text("Sururyhmä leskille")
    touch(page, ".k-languages a[hreflang=sv]", "html[lang=sv]")
    open_screen(page, f"{START}/tulokset?tilanne=kohtasin-vakivaltaa&kunta=kaikki")
    expect(page.locator(".k-crisis strong").first).to_have_text("112")
    expect(page.locator(".k-crisis strong").nth(1)).to_have_text("080 005 005")
    kept = page.evaluate(
        "caches.open('vierelle-olka').then((it) => it.keys()).then((all) => all.map((r) => r.url))"
    )
    assert kept and not [url for url in kept if "?" in url]
    visitor.errors.clear()
    visitor.finish()


def test_a_screen_that_cannot_be_had_says_so(screen: Visitor) -> None:
    page = screen.go(START)
    page.context.route("**/olka/*", lambda route: route.abort())
    page.context.route("**/olka/*/*", lambda route: route.abort())
    page.evaluate("caches.delete('vierelle-olka')")
    page.locator(".k-ways a").first.tap()
    expect(page.locator("#poikki")).to_contain_text("Yhteys katkesi")
    assert violations(page) == []
    page.context.unroute_all()
    touch(page, ".k-ways a[href$='/tilanne']", ".k-tiles")
    expect(page.locator("#poikki")).to_be_hidden()
    screen.errors.clear()


def test_the_code_drawn_without_a_network_is_that_of_the_server(screen: Visitor) -> None:
    page = screen.go(START)
    open_screen(page, f"{START}/ohje?id=omais-lieksa")
    page.wait_for_selector(".sheet .qr path")
    online = page.locator(".sheet .qr path").get_attribute("d")
    until_kept(page)
    page.context.route("**/ohje*", lambda route: route.abort())
    open_screen(page, f"{START}/ohje?id=omais-lieksa")
    page.wait_for_selector(".k-offline")
    assert page.locator(".sheet .qr path").get_attribute("d") == online
    screen.errors.clear()
