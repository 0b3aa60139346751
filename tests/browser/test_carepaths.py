"""Care paths in Chromium: whole at 320 px, a place chosen by keyboard."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor

pytestmark = pytest.mark.browser

PAGES = (
    "/polut",
    "/polku/omaishoitajaksi?paikka=Lieksa",
    "/polku/munuaiset?paikka=Xyzzy",
    "/polku/itsemurhan-jalkeen",
    "/olka/",
)


def test_nothing_is_wider_than_a_small_phone(phone: Visitor) -> None:
    for path in PAGES:
        page = phone.go(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


def test_the_place_is_chosen_by_keyboard_and_kept_in_the_address(visitor: Visitor) -> None:
    page = visitor.go("/polku/omaishoitajaksi")
    page.locator("#paikka").focus()
    page.keyboard.type("Lieksa")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**paikka=Lieksa")
    expect(page.locator("#paikka")).to_have_value("Lieksa")
    expect(page.locator(".step .hit").first).to_be_visible()


def test_the_printed_path_says_where_and_leads_back(visitor: Visitor) -> None:
    page = visitor.go("/polku/omaishoitajaksi?paikka=Lieksa")
    expect(page.locator(".path-link")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator(".path-link .qr")).to_be_visible()
    expect(page.locator("p.print-only")).to_contain_text("Lieksa")
    expect(page.locator(".path-place")).to_be_hidden()
