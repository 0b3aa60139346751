"""The professional's journey in a real Chromium: by keyboard from an empty screen to the printed page."""

import json
import logging
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from werkzeug.serving import WSGIRequestHandler, make_server

from app.web import create_app
from tests.app.web.professional.guidance import guidance_wiring

CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine"),
]
NOTE = "Soita Ainolle torstaina klo 9"
SEARCH = "omaishoitajille"
COUNT_PRINTS = """
window.printed = 0;
window.print = () => { window.printed += 1; };
window.shifted = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""


class _Quiet(WSGIRequestHandler):
    """The site keeps its own access log; this server's is not the one that is served with."""

    def log_request(self, *_arguments: object) -> None:
        return


class Lines(logging.Handler):
    """Keeps what the server logs."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Lines]]:
    wiring = guidance_wiring(Path(tmp_path_factory.mktemp("browser")))
    wiring.search.warm()  # as `vierelle serve` does
    application = create_app(wiring)
    lines, root = Lines(), logging.getLogger()
    level = root.level
    root.addHandler(lines)
    root.setLevel(logging.INFO)
    running = make_server("127.0.0.1", 0, application, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=running.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{running.server_port}", lines
    running.shutdown()
    thread.join()
    running.server_close()
    root.removeHandler(lines)
    root.setLevel(level)


class Desk:
    """One visit: a page, every request that it made, every error that it told."""

    def __init__(self, page: Any, base: str) -> None:
        self.page, self.base = page, base
        self.requests: list[Any] = []
        self.errors: list[str] = []
        page.on("request", self._asked)
        page.on("pageerror", self._failed)
        page.on("console", self._told)
        page.add_init_script(COUNT_PRINTS)

    def _asked(self, request: Any) -> None:
        self.requests.append(request)

    def _failed(self, error: Any) -> None:
        self.errors.append(str(error))

    def _told(self, message: Any) -> None:
        if message.type == "error":
            self.errors.append(message.text)

    def open(self, path: str) -> None:
        self.page.goto(self.base + path)

    def until(self, expression: str) -> None:
        """Wait until a script expression is true; the page's policy forbids Playwright's own way."""
        end = time.monotonic() + 15
        while not self.page.evaluate(expression):
            assert time.monotonic() < end, f"never true: {expression}"
            self.page.wait_for_timeout(10)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def search(self) -> None:
        """Need and place in the empty form, and Enter."""
        self.until(
            "document.activeElement.id === 'q'"
        )  # the browser puts one there as it first draws the page
        self.page.keyboard.type(SEARCH)
        self.press("Tab")
        self.page.keyboard.type("Joensuu")
        self.press("Enter")
        self.until("document.activeElement.classList.contains('what')")

    def sound(self) -> None:
        """No fault by axe, no error, nobody else asked, nothing kept."""
        from axe_playwright_python.sync_playwright import Axe

        faults = Axe().run(self.page).response["violations"]
        told = [(fault["id"], fault["nodes"][0]["html"][:200]) for fault in faults]
        assert told == [], json.dumps(told, ensure_ascii=False, indent=1)
        assert self.errors == []
        hosts = {urlsplit(request.url).netloc for request in self.requests}
        assert hosts == {urlsplit(self.base).netloc}
        assert self.page.context.cookies() == []
        kept = "[localStorage.length, sessionStorage.length, document.cookie.length]"
        assert self.page.evaluate(kept) == [0, 0, 0]


@contextmanager
def _visit(browser: Any, base: str, **options: Any) -> Iterator[Desk]:
    settings = {"viewport": {"width": 1366, "height": 768}, "locale": "fi-FI", **options}
    context = browser.new_context(**settings)
    yield Desk(context.new_page(), base)
    context.close()


@pytest.fixture
def desk(browser: Any, server: tuple[str, Lines]) -> Iterator[Desk]:
    with _visit(browser, server[0]) as visit:
        yield visit


def test_three_acts_lead_from_an_empty_screen_to_the_printed_page(
    desk: Desk, server: tuple[str, Lines]
) -> None:
    lines = server[1].said
    lines.clear()
    desk.open("/ammattilainen")
    desk.sound()
    begun = time.monotonic()
    desk.search()
    desk.press("x")
    desk.press("p")
    desk.until("window.printed === 1")
    assert time.monotonic() - begun < 30
    desk.page.emulate_media(media="print")
    visible = desk.page.locator("body").inner_text()
    assert "Näistä voit saada tukea" in visible and "050 000 00" in visible
    assert "Pikanäppäimet" not in visible and "Tulosta" not in visible and "Tarve tai" not in visible
    desk.page.emulate_media(media="screen")
    desk.sound()
    said = "\n".join(lines)
    assert "POST /ohjauslista/osat 200" in said
    assert SEARCH not in said and "Joensuu" not in said and "opas-" not in said


def test_the_first_six_results_stand_above_the_fold(desk: Desk) -> None:
    desk.open("/ammattilainen")
    desk.search()
    below = desk.page.evaluate(
        "[...document.querySelectorAll('.hit')].slice(0, 6).map(hit => hit.getBoundingClientRect().bottom)"
    )
    keys = desk.page.evaluate("document.querySelector('.keys').getBoundingClientRect().top")
    assert len(below) == 6 and max(below) <= keys
    desk.sound()


def test_the_note_leaves_the_page_only_in_a_pdf_that_was_asked_for_with_it(desk: Desk) -> None:
    desk.open("/ammattilainen")
    desk.search()
    desk.press("x", "j", "x")
    desk.page.fill("#viesti", NOTE)
    desk.press("Escape")
    desk.press("l")
    desk.page.wait_for_selector(".sheet-note:not([hidden])")
    assert desk.page.locator(".sheet-note").inner_text() == NOTE
    desk.page.locator("[data-language=sv]").click()
    desk.page.wait_for_selector(".sheet[lang=sv]")
    desk.page.locator("[data-large]").click()
    desk.page.wait_for_selector(".sheet.large")
    assert desk.page.locator(".sheet-note").inner_text() == NOTE
    assert "Soita%20Ainolle" in desk.page.locator("[data-mail]").get_attribute("href")
    with desk.page.expect_download() as plain:
        desk.page.locator("[data-pdf] button").click()
    assert plain.value.url.endswith("/sv/ohjauslista.pdf")
    assert "Ainolle" not in _sent(desk)
    desk.page.locator("[data-with-note]").check()
    with desk.page.expect_download():
        desk.page.locator("[data-pdf] button").click()
    assert _sent(desk).count("Ainolle") == 1
    assert desk.requests[-1].url.endswith("/sv/ohjauslista.pdf")


def _sent(desk: Desk) -> str:
    return "\n".join(f"{request.url} {request.post_data or ''}" for request in desk.requests)


def test_typing_asks_at_once_and_one_question_at_a_time(desk: Desk) -> None:
    desk.open("/ammattilainen")
    open_now: set[Any] = set()
    asked: list[str] = []
    most = 0

    def begun(request: Any) -> None:
        nonlocal most
        if "/tulokset" in request.url:
            open_now.add(request)
            asked.append(request.url)
            most = max(most, len(open_now))

    def ended(request: Any) -> None:
        open_now.discard(request)

    desk.page.on("request", begun)
    desk.page.on("requestfinished", ended)
    desk.page.on("requestfailed", ended)
    desk.page.keyboard.type(SEARCH)
    desk.until(f"document.querySelector('.filters').dataset.q === '{SEARCH}'")
    desk.until("document.querySelectorAll('.hit').length > 0")
    assert most == 1 and asked[0].endswith("?q=o") and asked[-1].endswith(f"?q={SEARCH}")
    assert len(set(asked)) == len(asked)
    assert desk.page.url.endswith(f"?q={SEARCH}") and desk.page.input_value("#q") == SEARCH


def test_who_opens_a_search_by_its_link_picks_the_first_row_with_one_key(desk: Desk) -> None:
    desk.open(f"/ammattilainen?q={SEARCH}")
    first = desk.page.locator(".hit").first.get_attribute("data-id")
    desk.press("x")
    desk.until("document.querySelectorAll('#poimitut li').length === 1")
    assert desk.page.evaluate("document.activeElement.closest('.hit')?.dataset.id") == first


def test_the_list_survives_searches_back_and_reload(desk: Desk) -> None:
    desk.open("/ammattilainen")
    desk.search()
    desk.press("x")
    first = desk.page.evaluate("document.activeElement.closest('.hit').dataset.id")
    desk.page.locator(".facet a", has_text="Vertaistukiryhmä").click()
    desk.page.wait_for_selector(".facet .chosen")
    narrowed = desk.page.url
    assert "kind=peer_group" in narrowed and f"#lista={first}" in narrowed
    desk.press("/")
    desk.page.keyboard.type("syöpä")
    desk.press("Enter")
    desk.page.wait_for_selector("[data-id=opas-10]")
    desk.press("x")
    desk.until("document.querySelectorAll('#poimitut li').length === 2")
    desk.page.go_back()
    desk.until(f"document.getElementById('q').value === '{SEARCH}'")
    assert urlsplit(desk.page.url).query == urlsplit(narrowed).query
    assert desk.page.locator("#poimitut li").count() == 2
    shown = desk.page.locator("#nakyma-haku").inner_text()
    desk.page.reload()
    desk.until("document.querySelectorAll('#poimitut .tel').length === 2")
    assert desk.page.locator("#nakyma-haku").inner_text() == shown
    assert desk.page.locator("#q").input_value() == SEARCH
    assert all(first not in request.url for request in desk.requests)


def test_order_comparison_and_removal_by_keyboard(desk: Desk) -> None:
    desk.open("/ammattilainen")
    desk.search()
    desk.press("x", "j", "x", "j", "x")
    names = desk.page.locator("#poimitut .name")
    before = names.all_inner_texts()
    desk.page.locator("[data-act=down]").first.focus()
    desk.press("Enter")
    assert names.all_inner_texts() == [before[1], before[0], before[2]]
    for order in ([before[1], before[2], before[0]], [before[1], before[0], before[2]]):
        desk.press("Enter")  # at the end there is only the way back, and the focus is on it
        assert names.all_inner_texts() == order
    desk.press("c")
    desk.page.wait_for_selector(".compare table")
    assert desk.page.locator(".compare thead th").all_inner_texts() == [before[1], before[0], before[2]]
    desk.sound()
    desk.press("Escape")
    desk.page.wait_for_selector("#nakyma-haku:not([hidden])")
    desk.page.locator("[data-act=remove]").first.focus()
    desk.press("Enter")
    assert names.all_inner_texts() == [before[0], before[2]]
    assert "remove" in desk.page.evaluate("document.activeElement.dataset.act")


def test_keys_rest_while_one_writes_and_help_opens(desk: Desk) -> None:
    desk.open("/ammattilainen")
    desk.search()
    desk.page.focus("#viesti")
    desk.page.keyboard.type("xpc/l")
    assert desk.page.input_value("#viesti") == "xpc/l"
    assert desk.page.evaluate("window.printed") == 0 and desk.page.locator("#poimitut li").count() == 0
    desk.press("Escape")
    assert desk.page.evaluate("document.activeElement.className") == "what"
    desk.press("?")
    desk.page.wait_for_selector("#ohje[open]")
    desk.sound()
    desk.press("Escape")
    desk.open("/ammattilainen?q=omaishoitaja&pikanappaimet=ei")
    desk.page.locator(".what").first.focus()
    desk.press("x")
    assert desk.page.locator("#poimitut li").count() == 0


def test_a_shared_link_opens_the_sheet_and_tells_what_is_gone(desk: Desk) -> None:
    desk.open("/ohjauslista#lista=opas-01,poissa,opas-05")
    desk.page.wait_for_selector(".sheet .entry")
    assert desk.page.locator(".sheet .entry h2").all_inner_texts() == [
        "Omaishoitajien vertaisryhmä",
        "Omaishoitajien verkkoryhmä",
    ]
    assert "1 listan toiminta on päättynyt" in desk.page.locator("#puuttuvat").inner_text()
    desk.sound()


def test_results_change_in_place_fast_and_without_shifts(desk: Desk) -> None:
    desk.open("/ammattilainen?q=omaishoitajille&missa=Joensuu#lista=opas-10,opas-07")
    desk.until("document.querySelectorAll('#poimitut .tel').length === 2")
    assert desk.page.evaluate("window.shifted") < 0.001
    marker = desk.page.evaluate("window.marker = Math.random()")
    desk.page.locator(".sorts a", has_text="seuraava kerta").click()
    desk.page.wait_for_selector(".sorts a[aria-current]:has-text('seuraava kerta')")
    assert desk.page.evaluate("window.marker") == marker
    assert desk.page.evaluate("document.activeElement.dataset.key") == "sort-next"
    assert desk.page.evaluate("window.shifted") < 0.001


def test_forced_colours_and_no_motion_are_sound(browser: Any, server: tuple[str, Lines]) -> None:
    with _visit(browser, server[0], forced_colors="active", reduced_motion="reduce") as visit:
        visit.open("/ammattilainen?q=omaishoitaja&kind=peer_group#lista=opas-01")
        visit.page.wait_for_selector("#poimitut li")
        visit.sound()


def test_a_screen_reader_hears_what_a_result_says(desk: Desk) -> None:
    desk.open("/ammattilainen?q=omaishoitajille&missa=Joensuu#lista=opas-01")
    desk.page.wait_for_selector("#poimitut li")
    heard = desk.page.locator("main").aria_snapshot()
    for line in (
        'heading "Ammattilaisen haku" [level=1]',
        "- search:",
        'textbox "Tarve tai sairaus": omaishoitajille',
        'combobox "Missä": Joensuu',
        'navigation "Rajaa tuloksia"',
        'heading "9 tulosta" [level=2]',
        'checkbox "Poimi listalle: Omaishoitajien vertaisryhmä" [checked]',
        'complementary "Ohjauslista',
        'button "Poista listalta: Omaishoitajien vertaisryhmä"',
        'textbox "Muistiinpano tulosteeseen"',
    ):
        assert line in heard, heard
    result = desk.page.locator(".hit[data-id=opas-01]").aria_snapshot()
    for words in ("Seuraava kerta:", "Missä:", "Kenelle:", "Puhelin 050 000 0001"):
        assert words in result, result


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_nothing_is_lost_on_narrow_screens(browser: Any, server: tuple[str, Lines], width: int) -> None:
    with _visit(browser, server[0], viewport={"width": width, "height": 800}) as visit:
        for path in (
            "?q=omaishoitajille&koko=suurin#lista=opas-07",
            "?q=omaishoitaja#lista=opas-07&nayta=tuloste",
        ):
            visit.open("/ammattilainen" + path)
            visit.page.wait_for_selector("#poimitut li")
            if "nayta" in path:
                visit.page.wait_for_selector(".sheet .entry")
            wide = visit.page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{path}: {wide} px wide"
            visit.open("/")


def test_text_for_the_patient_record_is_copied_with_the_note(browser: Any, server: tuple[str, Lines]) -> None:
    allowed = ["clipboard-read", "clipboard-write"]
    with _visit(browser, server[0], permissions=allowed) as visit:
        visit.open("/ammattilainen?q=omaishoitaja#lista=opas-01&nayta=tuloste")
        visit.page.wait_for_selector(".sheet .entry")
        visit.page.fill("#viesti", NOTE)
        visit.page.locator("[data-copy]").click()
        visit.until("document.getElementById('ilmoitus').textContent !== ''")
        copied = visit.page.evaluate("navigator.clipboard.readText()")
        assert copied.startswith(NOTE) and "050 000 0001" in copied
        visit.page.locator("[data-do=link]").click()
        visit.until("navigator.clipboard.readText().then(text => text.startsWith('http'))")
        link = visit.page.evaluate("navigator.clipboard.readText()")
        assert link == f"{server[0]}/ohjauslista#lista=opas-01"


def test_clearing_by_a_slip_can_be_undone(desk: Desk) -> None:
    desk.open("/ammattilainen?q=omaishoitaja#lista=opas-01,opas-03")
    desk.page.wait_for_selector("#poimitut li")
    desk.page.fill("#viesti", NOTE)
    desk.page.locator("[data-do=clear]").click()
    assert desk.page.locator("#poimitut li").count() == 0 and desk.page.input_value("#viesti") == ""
    assert "lista" not in desk.page.url
    desk.page.get_by_role("button", name="Palauta lista").click()
    assert desk.page.locator("#poimitut li").count() == 2 and desk.page.input_value("#viesti") == NOTE
    desk.page.locator("[data-do=clear]").click()
    desk.page.locator(".hit input").first.check()
    assert desk.page.get_by_role("button", name="Tyhjennä").count() == 1


def test_a_new_search_leaves_the_sheet(desk: Desk) -> None:
    desk.open("/ammattilainen#lista=opas-01&nayta=tuloste")
    desk.page.wait_for_selector(".sheet .entry")
    desk.press("/")
    desk.search()
    assert desk.page.locator("#nakyma-lista").is_hidden()
    assert desk.page.locator("#poimitut li").count() == 1


def test_without_scripts_a_form_makes_the_hand_out(browser: Any, server: tuple[str, Lines]) -> None:
    with _visit(browser, server[0], java_script_enabled=False) as visit:
        visit.open("/ammattilainen?q=omaishoitajille&missa=Joensuu")
        boxes = visit.page.locator(".hit input[type=checkbox]")
        boxes.nth(0).check()
        boxes.nth(1).check()
        visit.page.get_by_role("button", name="Tee ohjauslista valituista").click()
        visit.page.wait_for_selector(".sheet .entry")
        assert visit.page.locator(".sheet .entry").count() == 2
        assert "opas-" not in visit.page.url
        visit.page.get_by_role("button", name="Svenska").click()
        visit.page.wait_for_selector(".sheet[lang=sv]")
