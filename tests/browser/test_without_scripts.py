"""Chromium with scripts switched off: the three journeys, and a touch screen that clears itself."""

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from playwright.sync_api import Browser, Page, expect

from app.web import create_app
from schemas.points import Points
from tests.app.sample import sample_wiring
from tests.browser.conftest import FLAGS, served

pytestmark = pytest.mark.browser

START = "/olka/keskussairaala"
IDLE, WARNING = 4, 8
"""Seconds: short, and long enough to answer on a busy machine."""


@pytest.fixture
def lobby(tmp_path: Path) -> Iterator[str]:
    """The site with a point whose times are a few seconds."""
    wiring = sample_wiring(tmp_path)
    quick = msgspec.structs.replace(wiring.points.point[0], idle=IDLE, warning=WARNING)
    wiring.__dict__["points"] = Points((quick,))
    with served(create_app(wiring)) as here:
        yield here


@pytest.fixture(scope="module")
def remembering(browser: Browser) -> Iterator[Browser]:
    """A Chromium that keeps the pages before in memory, as people's browsers do and the tests' does not."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    made = browser.browser_type.launch(
        executable_path=program, args=list(FLAGS), ignore_default_args=["--disable-back-forward-cache"]
    )
    yield made
    made.close()


def plain(browser: Browser, address: str, **options: object) -> Page:
    """A page of a browser without scripts."""
    context = browser.new_context(base_url=address, java_script_enabled=False, **options)  # type: ignore[arg-type]
    return context.new_page()


def walked(browser: Browser, address: str) -> Page:
    """A person who has come to the results."""
    page = plain(browser, address, viewport={"width": 1080, "height": 1920}, has_touch=True)
    page.goto(START)
    for step in (
        ".k-ways a[href$='/tilanne']",
        ".k-tiles a[href*='hoidan-laheista']",
        ".k-tiles a[href*='=422']",
    ):
        page.locator(step).first.tap()
    expect(page.locator(".k-results a").first).to_be_visible()
    return page


def back(page: Page) -> None:
    """One step back, from memory or not. A page from memory fires no load, for which a test could wait."""
    page.keyboard.press("Alt+ArrowLeft")
    page.wait_for_timeout(500)


def test_the_screen_asks_and_goes_on_where_one_was(browser: Browser, lobby: str) -> None:
    page = walked(browser, lobby)
    expect(page.locator("h1")).to_have_text("Oletko vielä siinä?", timeout=10_000)
    page.locator(".k-still a").first.tap()
    expect(page.locator(".k-chosen")).to_contain_text("Lieksa")
    expect(page.locator(".k-results a").first).to_be_visible()
    page.locator(".k-results a").first.tap()
    expect(page.locator(".sheet")).to_be_visible()
    page.context.close()


@pytest.mark.parametrize("by_hand", [False, True])
def test_no_screen_comes_back_after_the_clearing(remembering: Browser, lobby: str, by_hand: bool) -> None:
    page = walked(remembering, lobby)
    if by_hand:
        page.locator("[data-reset]").tap()
        time.sleep(IDLE + WARNING)
    page.wait_for_url(lambda url: url.endswith(START), timeout=20_000)
    for _step in range(8):
        back(page)
        assert page.locator(".k-results, .sheet, .k-chosen, .k-still").count() == 0, page.url
    page.context.close()


def test_who_asks_for_more_time_is_not_asked_again_at_once(browser: Browser, lobby: str) -> None:
    page = plain(browser, lobby)
    page.goto(f"{START}/viikko")
    expect(page.locator("h1")).to_have_text("Oletko vielä siinä?", timeout=10_000)
    page.locator(".k-still a[href*='aika=pitka']").first.click()
    expect(page.locator("h1")).to_have_text("Tällä viikolla")
    time.sleep(IDLE + WARNING + 1)
    expect(page.locator("h1")).to_have_text("Tällä viikolla")
    page.context.close()


SIZES: dict[str, dict[str, int]] = {
    "desk": {"width": 1280, "height": 900},
    "phone": {"width": 360, "height": 740},
}


@pytest.mark.parametrize("size", list(SIZES))
def test_a_resident_comes_from_the_question_to_a_number(browser: Browser, address: str, size: str) -> None:
    page = plain(browser, address, viewport=SIZES[size])
    page.goto("/")
    page.locator("#q").fill("omaishoitajille")
    page.locator("#missa").fill("Lieksa")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("omaishoitajille")
    expect(page.locator("main .hits .tel").first).to_be_visible()
    facet = page.locator(".filters [data-facet=group]")
    if size == "phone":  # results come before the choices, which fold
        expect(facet).to_be_hidden()
        page.locator(".filters > summary").click()
    facet.locator("summary").click()
    facet.locator("a").first.click()
    expect(page.locator(".filters > summary .count")).to_contain_text("2 valittu")
    page.locator(".hits a[href*='/toiminta/']").first.click()
    expect(page.locator("article.record .tel").first).to_be_visible()
    page.context.close()


@pytest.mark.parametrize("size", list(SIZES))
def test_the_map_is_a_picture_and_a_list_that_chooses(browser: Browser, address: str, size: str) -> None:
    page = plain(browser, address, viewport=SIZES[size])
    page.goto("/haku?q=omaishoitajille")
    page.locator("main a[href*='nakyma=kartta']").click()
    expect(page.locator(".map svg[role=group]")).to_be_visible()
    town = page.locator(".map-list a", has_text="Lieksa")
    town.click()
    expect(town).to_have_class("chosen")
    assert "municipality=422" in page.url
    page.locator("main a[href*='municipality=422']:not([href*=nakyma])", has_text="Lista").click()
    expect(page.locator(".hits a[href*='/toiminta/']").first).to_be_visible()
    page.context.close()


@pytest.mark.parametrize("size", list(SIZES))
def test_the_week_leads_by_its_days_to_an_activity(browser: Browser, address: str, size: str) -> None:
    page = plain(browser, address, viewport=SIZES[size])
    page.goto("/haku?q=omaishoitajille")
    page.locator("main a[href*='nakyma=viikko']").click()
    meeting = page.locator("main a[href*='/toiminta/']").first
    title = meeting.inner_text()
    meeting.click()
    expect(page.locator("h1")).to_have_text(title)
    page.context.close()


def test_who_opens_a_shared_link_learns_what_to_do(browser: Browser, address: str) -> None:
    page = plain(browser, address)
    page.goto("/ohjauslista#lista=omais-lieksa")
    # Text selectors pass over what stands in <noscript>; what is drawn is what a person reads.
    assert "Avaa linkki toisella laitteella" in page.locator("main").inner_text()
    visible = [button.inner_text() for button in page.locator("main button").all() if button.is_visible()]
    assert visible == []  # nothing that would need a script is offered
    page.locator("main a[href='/ammattilainen']").click()
    expect(page.locator("#q")).to_be_visible()
    page.context.close()


def test_who_is_named_asks_to_be_taken_away(browser: Browser, address: str) -> None:
    page = plain(browser, address, viewport=SIZES["phone"])
    page.goto("/toiminta/omais-lieksa")
    page.locator("main a[href$='/poista-tietoni']").click()
    page.locator("main form textarea").fill("Nimeni Olli Olematon")
    page.wait_for_timeout(4_000)  # a form that is sent at once is taken for a machine's
    page.locator("main form [type=submit]").click()
    expect(page.locator(".note[role=status]")).to_be_visible()
    page.context.close()


@pytest.mark.parametrize("size", list(SIZES))
def test_colours_size_and_language_change(browser: Browser, address: str, size: str) -> None:
    page = plain(browser, address, viewport=SIZES[size])
    page.goto("/haku?q=omaishoitajille")
    for selector in (".display-panel a[href*='koko=suurin']", ".display-panel a[href*='vari=kontrasti']"):
        page.locator(".display summary").click()
        page.locator(selector).click()
    page.locator(".languages a[hreflang=sv]").click()
    root = page.locator("html")
    expect(root).to_have_attribute("data-size", "suurin")
    expect(root).to_have_attribute("data-theme", "kontrasti")
    expect(root).to_have_attribute("lang", "sv")
    expect(page.locator("main .tel").first).to_be_visible()
    page.context.close()


def test_wrong_information_is_told_and_errors_too(browser: Browser, address: str) -> None:
    page = plain(browser, address)
    page.goto("/toiminta/omais-lieksa")
    page.locator("main a[href$='/palaute']").click()
    page.locator("main form [type=submit]").click()
    expect(page.locator("main [role=alert]")).to_be_visible()
    page.locator("main form input[type=radio]").first.check()
    page.wait_for_timeout(4_000)  # a form that is sent at once is taken for a machine's
    page.locator("main form [type=submit]").click()
    expect(page.locator(".note[role=status]")).to_contain_text("Kiitos")
    page.context.close()


@pytest.mark.parametrize("size", list(SIZES))
def test_a_professional_picks_orders_and_takes_the_hand_out(
    browser: Browser, address: str, size: str
) -> None:
    page = plain(browser, address, viewport=SIZES[size])
    page.goto("/ammattilainen")
    page.locator("#q").fill("yksinäinen")
    page.keyboard.press("Enter")
    if size == "phone":  # results come before the choices, which fold
        expect(page.locator(".filters .facet").first).to_be_hidden()
        page.locator(".narrow > summary").click()
    expect(page.locator(".filters .facet").first).to_be_visible()
    for at in (0, 1):
        page.locator(".pick input").nth(at).check()
    page.locator(".plain-actions button").first.click()
    titles = page.locator(".sheet .entry h2")
    before = titles.all_inner_texts()
    assert len(before) == 2
    page.locator("#viesti").fill("Soita ensin")
    page.locator(".made-tools button[name=alas]").first.click()
    assert page.locator(".sheet .entry h2").all_inner_texts() == before[::-1]
    expect(page.locator("#viesti")).to_have_value("Soita ensin")
    mail = page.locator(".made-tools a[href^='mailto:']").get_attribute("href")
    assert mail and "toiminta" in mail
    with page.expect_download() as made:
        page.locator("[formaction$='.pdf']").click(no_wait_after=True)
    assert made.value.suggested_filename == "ohjauslista.pdf"
    page.context.close()
