"""Every kind of page and every state of it, by name: what is photographed and what is judged by axe."""

from collections.abc import Callable
from typing import NamedTuple

from playwright.sync_api import Page, expect

from tests.browser.waiting import until_kept

Act = Callable[[Page, str], None]
"""What a person does on the opened page; the second argument is the language's prefix (`/sv`)."""


class Places(NamedTuple):
    """What the scenes need to know of a site: activities of three sorts, words that find, a touch screen."""

    plain: str
    conflict: str
    stale: str
    words: str
    town: str
    point: str


SAMPLE = Places("suru-joensuu", "omais-lieksa", "vanha-tieto", "yksinäinen", "Lieksa", "keskussairaala")
"""The places of `tests.app.sample`."""


class Scene(NamedTuple):
    """One state of one page. `status` is what the server answers; `broken` asks a site without an index."""

    name: str
    path: str
    act: Act | None = None
    status: int = 200
    broken: bool = False

    @property
    def room(self) -> str:
        """resident, desk or kiosk."""
        return self.name.partition("-")[0]


def scenes(places: Places) -> tuple[Scene, ...]:
    """All scenes over a site."""
    return (*_resident(places), *_desk(places), *_kiosk(places))


def _resident(places: Places) -> list[Scene]:
    search = f"/haku?q={places.words}&missa={places.town}"
    return [
        Scene("resident-home", "/"),
        Scene("resident-home-display", "/", _display),
        Scene("resident-home-suggestions", "/", _suggestions),
        Scene("resident-results", search),
        Scene("resident-results-open", search, _unfolded),
        Scene("resident-results-many", "/haku?need=omaishoito&price=free&sort=next"),
        Scene("resident-map", f"/haku?q={places.words}&nakyma=kartta"),
        Scene("resident-week", "/haku?nakyma=viikko"),
        Scene("resident-empty", "/haku?q=xyzzyq"),
        Scene("resident-empty-narrow", "/haku?q=xyzzyq&price=free"),
        Scene("resident-unknown-place", f"/haku?q={places.words}&missa=Xyzzy"),
        Scene("resident-slip", "/haku?q=omaishiotaja"),
        Scene("resident-crisis", "/haku?q=haluan+kuolla"),
        Scene("resident-activity", f"/toiminta/{places.plain}", _unfolded),
        Scene("resident-activity-conflict", f"/toiminta/{places.conflict}"),
        Scene("resident-activity-stale", f"/toiminta/{places.stale}"),
        Scene("resident-report", f"/toiminta/{places.plain}/palaute"),
        Scene("resident-report-faults", f"/toiminta/{places.plain}/palaute", _sent_empty),
        Scene("resident-removal", f"/toiminta/{places.plain}/poista-tietoni"),
        Scene("resident-removal-faults", f"/toiminta/{places.plain}/poista-tietoni", _sent_empty),
        Scene("resident-paths", "/polut"),
        Scene("resident-path", f"/polku/omaishoitajaksi?paikka={places.town}"),
        Scene("resident-path-unknown", "/polku/munuaiset?paikka=Xyzzy"),
        Scene("resident-path-crisis", "/polku/itsemurhan-jalkeen"),
        Scene("resident-about", "/tietoa"),
        Scene("resident-accessibility", "/saavutettavuus"),
        Scene("resident-privacy", "/tietosuoja"),
        Scene("resident-points", "/olka/"),
        Scene("resident-missing", "/ei-ole", status=404),
        Scene("resident-bad", "/haku?page=abc", status=400),
        Scene("resident-unavailable", "/haku?q=suru", status=503, broken=True),
    ]


def _desk(places: Places) -> list[Scene]:
    search = f"/ammattilainen?q={places.words}&missa={places.town}"
    picked = f"#lista={places.plain},{places.conflict}"
    return [
        Scene("desk-empty", "/ammattilainen"),
        Scene("desk-results", search),
        Scene("desk-nothing", "/ammattilainen?q=xyzzyq"),
        Scene("desk-unit", "/ammattilainen?yksikko=syopakeskus"),
        Scene("desk-picked", f"{search}{picked}", _picked),
        Scene("desk-help", search, _keys),
        Scene("desk-comparison", f"{search}{picked}&nayta=vertailu", _compared),
        Scene("desk-sheet", f"{search}{picked}&nayta=tuloste", _sheet),
        Scene("desk-shared", f"/ohjauslista{picked}", _sheet),
        Scene("desk-unavailable", "/ammattilainen?q=suru", status=503, broken=True),
    ]


def _kiosk(places: Places) -> list[Scene]:
    start = f"/olka/{places.point}"
    asked = "tilanne=hoidan-laheista&kunta=422"
    return [
        Scene("kiosk-start", start),
        Scene("kiosk-situation", start, _screen(f"{start}/tilanne")),
        Scene("kiosk-illness", start, _screen(f"{start}/sairaus")),
        Scene("kiosk-unit", start, _screen(f"{start}/yksikko")),
        Scene("kiosk-town", start, _screen(f"{start}/kunta?sairaus=muistisairaus")),
        Scene("kiosk-words", start, _screen(f"{start}/sanat")),
        Scene("kiosk-week", start, _screen(f"{start}/viikko")),
        Scene("kiosk-results", start, _screen(f"{start}/tulokset?{asked}")),
        Scene("kiosk-nothing", start, _screen(f"{start}/tulokset?q=xyzzyq&kunta=422")),
        Scene("kiosk-crisis", start, _screen(f"{start}/tulokset?tilanne=kohtasin-vakivaltaa&kunta=422")),
        Scene("kiosk-handout", start, _screen(f"{start}/ohje?id={places.plain}&{asked}")),
        Scene(
            "kiosk-handout-two",
            start,
            _screen(f"{start}/ohje?id={places.plain}&id={places.conflict}&{asked}"),
        ),
        Scene("kiosk-path", start, _screen(f"{start}/polku/omaishoitajaksi?{asked}")),
        Scene("kiosk-warning", start, _warned(f"{start}/tilanne")),
        Scene("kiosk-offline", start, _offline(f"{start}/tilanne")),
    ]


def _display(page: Page, _prefix: str) -> None:
    page.locator(".display summary").click()


def _suggestions(page: Page, _prefix: str) -> None:
    page.locator("#q").press_sequentially("omaish")
    expect(page.locator("[role=option]").first).to_be_visible()


def _unfolded(page: Page, _prefix: str) -> None:
    page.evaluate("document.querySelectorAll('main details').forEach((node) => { node.open = true })")


def _sent_empty(page: Page, _prefix: str) -> None:
    page.locator("main form [required]").evaluate_all(
        "all => all.forEach((node) => { node.required = false })"
    )
    page.locator("main form button").click()
    expect(page.locator("#virheet")).to_be_focused()


def _picked(page: Page, _prefix: str) -> None:
    expect(page.locator("#poimitut li")).to_have_count(2)


def _keys(page: Page, _prefix: str) -> None:
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("?")
    expect(page.locator("#ohje")).to_be_visible()


def _compared(page: Page, _prefix: str) -> None:
    expect(page.locator(".compare table")).to_be_visible()


def _sheet(page: Page, _prefix: str) -> None:
    expect(page.locator(".sheet .entry")).to_have_count(2)


def _screen(address: str) -> Act:
    def act(page: Page, prefix: str) -> None:
        title = page.title()
        page.evaluate(
            """(address) => {
              const link = Object.assign(document.createElement("a"), { href: address, textContent: "x" });
              document.querySelector("main").append(link);
              link.click();
              link.remove();
            }""",
            f"{prefix}{address}",
        )
        expect(page).not_to_have_title(title)

    return act


def _warned(address: str) -> Act:
    opened = _screen(address)

    def act(page: Page, prefix: str) -> None:
        opened(page, prefix)
        page.evaluate("document.getElementById('varoitus').showModal()")

    return act


def _offline(address: str) -> Act:
    opened = _screen(address)

    def act(page: Page, prefix: str) -> None:
        until_kept(page)
        page.route("**/tilanne*", lambda route: route.abort())
        opened(page, prefix)
        expect(page.locator(".k-offline")).to_be_visible()

    return act
