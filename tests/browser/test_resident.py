"""The resident's rooms in Chromium: accessible in every theme, whole at 320 px, usable by keyboard."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Visitor

pytestmark = pytest.mark.browser

AXE = {"resultTypes": ["violations"]}


def violations(page: Page) -> list[str]:
    found = Axe().run(page, options=AXE).response["violations"]
    return [f"{entry['id']}: {entry['nodes'][0]['html'][:200]}" for entry in found]


def test_axe_finds_nothing_in_the_largest_text(visitor: Visitor) -> None:
    page = visitor.go("/haku?q=yksin%C3%A4inen&vari=kontrasti&koko=suurin")
    page.locator(".display summary").click()
    assert violations(page) == []


def test_nothing_is_wider_than_a_small_phone(phone: Visitor) -> None:
    for path in (
        "/",
        "/haku?q=mielenterveyskuntoutujille",
        "/haku?q=yksin%C3%A4inen&nakyma=kartta",
        "/haku?nakyma=viikko",
        "/toiminta/vanha-tieto",
        "/toiminta/omais-lieksa?koko=suurin",
        "/toiminta/omais-lieksa/palaute",
    ):
        page = phone.go(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


def test_the_way_from_question_to_phone_number_by_keyboard(visitor: Visitor) -> None:
    page = visitor.go("/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Siirry sisältöön")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("hoidan puolisoani kotona")
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    page.keyboard.type("Lieksa")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("tulos")
    title = page.locator(".card-title a").first
    title.focus()
    page.keyboard.press("Enter")
    expect(page.locator("a.call")).to_be_visible()
    page.go_back()
    expect(page.locator("#q")).to_have_value("hoidan puolisoani kotona")


def test_suggestions_by_keyboard(visitor: Visitor) -> None:
    page = visitor.go("/")
    box = page.locator("#q")
    box.press_sequentially("omaish")
    expect(page.locator("[role=option]").first).to_be_visible()
    assert box.get_attribute("aria-expanded") == "true"
    assert violations(page) == []
    page.keyboard.press("ArrowDown")
    active = box.get_attribute("aria-activedescendant")
    expect(page.locator(f"#{active}")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(page.locator("[role=listbox]")).to_be_hidden()
    box.press_sequentially("o")
    expect(page.locator("[role=option]").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("haulle")


def test_everything_works_without_scripts(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.fill("#q", "omaishoitajille")
    page.fill("#missa", "Lieksa")
    page.click("button[type=submit]")
    expect(page.locator(".hit").first).to_be_visible()
    page.click("text=Kartta")
    expect(page.locator(".map svg .land.chosen")).to_have_count(1)
    page.locator(".map svg a").first.click()
    expect(page.locator(".map svg .land.chosen")).to_have_count(0)
    page.click(".tabs >> text=Viikko")
    expect(page.locator(".week .day")).to_have_count(7)
    page.click(".tabs >> text=Lista")
    page.locator(".sorting summary").click()
    page.click("text=Seuraava kerta ensin")
    page.locator(".display summary").click()
    page.click("text=Suuri kontrasti")
    expect(page.locator("html")).to_have_attribute("data-theme", "kontrasti")
    page.locator(".languages a[lang=sv]").click()
    expect(page.locator("html[lang=sv][data-theme=kontrasti] #q")).to_have_value("omaishoitajille")
    page.locator(".card-title a").first.click()
    page.locator(".calling summary").click()
    expect(page.locator(".calling p").first).to_be_visible()
    page.go_back()
    page.locator(".menu a[href*='/polut']").click()
    page.locator(".path-list a").first.click()
    page.select_option("#paikka", "Lieksa")
    page.locator(".path-place button").click()
    expect(page.locator("#paikka")).to_have_value("Lieksa")
    context.close()


def test_filters_are_in_sight_on_a_desk_and_folded_on_a_phone(visitor: Visitor, phone: Visitor) -> None:
    choice = ".filters .facet summary >> nth=0"
    expect(visitor.go("/haku").locator(choice)).to_be_visible()
    page = phone.go("/haku")
    expect(page.locator(choice)).to_be_hidden()
    page.locator(".filters > summary").click()
    expect(page.locator(choice)).to_be_visible()


def test_targets_are_large_enough(phone: Visitor) -> None:
    for path in ("/", "/haku?q=yksin%C3%A4inen", "/toiminta/omais-lieksa"):
        page = phone.go(path)
        small = page.evaluate(
            """() => [...document.querySelectorAll(
                "main button, main summary, main .chip, main .call, nav a")]
              .map((node) => [node.textContent.trim(), node.getBoundingClientRect()])
              .filter(([, box]) => box.height > 0 && (box.height < 40 || box.width < 24))
              .map(([text, box]) => `${text} ${box.width}x${box.height}`)"""
        )
        assert small == [], path


def test_nothing_moves_for_those_who_ask_for_stillness(browser: Browser, address: str) -> None:
    visitor = Visitor(browser, address, reduced_motion="reduce")
    for path in ("/", "/haku?q=yksin%C3%A4inen", "/ammattilainen?q=suru", "/olka/keskussairaala"):
        moving = visitor.go(path).evaluate(
            """() => [...document.querySelectorAll("*")].filter((node) => {
              const style = getComputedStyle(node);
              return /[1-9]/.test(style.transitionDuration) || style.animationName !== "none";
            }).length"""
        )
        assert moving == 0, path
    visitor.finish()
