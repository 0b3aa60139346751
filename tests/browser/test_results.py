"""Results in place: the same addresses as without scripts, at once, and back again."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import Visitor
from tests.browser.waiting import until

pytestmark = pytest.mark.browser

SHIFTS = """() => new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 100);
})"""


DRAWN = "performance.getEntriesByName('first-contentful-paint').length > 0"


def whole_pages(visitor: Visitor) -> list[str]:
    """The pages that the browser opened, not those that a script asked for."""
    found: list[str] = []
    visitor.page.on(
        "request", lambda request: found.append(request.url) if request.is_navigation_request() else None
    )
    return found


def faults(page: Page) -> list[str]:
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [f"{entry['id']}: {entry['nodes'][0]['html'][:200]}" for entry in found]


def test_choices_paging_and_words_change_the_results_in_place(visitor: Visitor) -> None:
    page = visitor.go("/haku")
    opened = whole_pages(visitor)
    before = page.locator("h1").inner_text()
    page.locator("[data-facet=kind] > summary").click()
    choice = page.locator("[data-facet=kind] a").first
    name = choice.locator(".name").inner_text()
    choice.click()
    expect(page.locator("[data-facet=kind] a.chosen")).to_have_count(1)
    expect(page.locator(":focus .name")).to_have_text(name)
    expect(page.locator("body > p[role=status]")).to_contain_text("tulos")
    assert page.locator("h1").inner_text() != before
    assert "kind=" in page.url
    assert faults(page) == []
    page.fill("#q", "omaishoitajille")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("omaishoitajille")
    expect(page.locator("h1")).to_be_focused()
    assert "kind=" in page.url and "q=omaishoitajille" in page.url
    assert opened == []


def test_on_a_phone_the_results_stand_before_the_question(browser: Browser, address: str) -> None:
    phone = Visitor(browser, address, viewport={"width": 360, "height": 740}, has_touch=True)
    page = phone.go("/haku?q=yksin%C3%A4inen&missa=Lieksa")
    expect(page.locator("#q")).to_be_hidden()
    assert page.locator(".card-title").first.evaluate("(node) => node.getBoundingClientRect().bottom") < 740
    page.locator(".again summary").tap()
    page.fill("#q", "omaishoitajille")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("omaishoitajille")
    expect(page.locator("#q")).to_be_hidden()
    page.go_back()
    expect(page.locator("h1")).to_contain_text("yksinäinen")
    assert phone.go("/haku?q=xyzzyq").locator("#q").is_visible()  # nothing found: the question is open
    phone.finish()


def test_back_forward_and_reload_bring_the_same_state(visitor: Visitor) -> None:
    page = visitor.go("/haku")
    first = page.locator("h1").inner_text()
    page.locator(".tabs a").nth(2).click()
    expect(page.locator(".tabs a").nth(2)).to_have_attribute("aria-current", "page")
    page.fill("#q", "suru")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("suru")
    last, address = page.locator("h1").inner_text(), page.url
    page.go_back()
    expect(page.locator("#q")).to_have_value("")
    page.go_back()
    expect(page.locator("h1")).to_have_text(first)
    page.go_forward()
    page.go_forward()
    expect(page.locator("h1")).to_have_text(last)
    page.reload()
    assert page.url == address
    expect(page.locator("h1")).to_have_text(last)
    expect(page.locator("#q")).to_have_value("suru")


def test_back_from_an_activity_returns_to_the_place_in_the_list(visitor: Visitor) -> None:
    page = visitor.go("/haku")
    link = page.locator(".card-title a").nth(3)
    link.scroll_into_view_if_needed()
    page.evaluate("scrollTo(0, 700)")
    link.click()
    expect(page.locator("article.record")).to_be_visible()
    page.go_back()
    expect(page.locator(".hit").first).to_be_visible()
    until(page, "scrollY > 300")


def test_the_language_follows_what_is_searched(visitor: Visitor) -> None:
    page = visitor.go("/haku?q=suru")
    page.fill("#q", "omaishoitajille")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("omaishoitajille")
    page.locator(".languages a[lang=sv]").click()
    expect(page.locator("html")).to_have_attribute("lang", "sv")
    expect(page.locator("#q")).to_have_value("omaishoitajille")


def test_choosing_moves_nothing_and_every_card_is_there(visitor: Visitor) -> None:
    page = visitor.go("/haku")
    page.set_viewport_size({"width": 1280, "height": 500})
    for facet in ("municipality", "when"):
        page.locator(f"[data-facet={facet}] > summary").click()
        page.locator(f"[data-facet={facet}] a:not(.chosen)").first.click()
        expect(page.locator(f"[data-facet={facet}] a.chosen")).to_have_count(1)
        expect(page.locator(".hit.later")).to_have_count(0)
        heights = page.locator(".hit h3").evaluate_all("all => all.map((node) => node.offsetHeight)")
        assert heights and all(heights)
    assert page.evaluate(SHIFTS) < 0.01


def test_a_link_pressed_but_left_changes_nothing(visitor: Visitor) -> None:
    page = visitor.go("/haku")
    before = page.url
    box = page.locator(".tabs a").nth(2).bounding_box()
    assert box
    page.mouse.move(box["x"] + 10, box["y"] + 10)
    with page.expect_request("**nakyma=viikko**"):
        page.mouse.down()
    page.mouse.move(5, 5)
    page.mouse.up()
    page.locator(".tabs a").nth(1).click()
    expect(page.locator(".tabs a").nth(1)).to_have_attribute("aria-current", "page")
    page.go_back()
    expect(page.locator(".tabs a").nth(0)).to_have_attribute("aria-current", "page")
    assert page.url == before


@pytest.mark.parametrize("path", ["/", "/haku?q=suru", "/toiminta/omais-lieksa", "/ammattilainen"])
def test_nothing_moves_under_the_finger(browser: Browser, address: str, path: str) -> None:
    for width in (360, 1280):
        visitor = Visitor(browser, address, viewport={"width": width, "height": 740})
        assert visitor.go(path).evaluate(SHIFTS) < 0.01, width
        visitor.finish()


@pytest.mark.parametrize("path", ["/", "/haku?q=suru", "/ammattilainen"])
def test_a_font_that_comes_late_moves_nothing(browser: Browser, address: str, path: str) -> None:
    visitor = Visitor(browser, address, viewport={"width": 360, "height": 740})
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page = visitor.page
    page.route("**/*.woff2", hold)
    page.goto(path, wait_until="domcontentloaded")
    until(page, DRAWN)  # with the font still on its way
    assert held
    with page.expect_event("requestfinished", lambda request: request.url.endswith(".woff2")):
        for route in held:
            route.continue_()
    until(page, "document.fonts.status === 'loaded'")
    assert page.evaluate(SHIFTS) < 0.01
    visitor.page.unroute_all()
    visitor.finish()


def test_the_first_view_is_light(visitor: Visitor) -> None:
    sizes: list[int] = []
    visitor.page.on("response", lambda answer: sizes.append(int(answer.headers.get("content-length", "0"))))
    page = visitor.go("/haku?q=yksin%C3%A4inen")
    assert len(page.content().encode()) < 60_000
    assert 0 < sum(sizes) < 120_000
