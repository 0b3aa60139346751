"""A page is wholly in its language: Finnish stands only where it is marked, or in names."""

import re
from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup, NavigableString, Tag
from bs4.element import Comment, Declaration, Doctype

from app.wiring import Wiring
from tests.app.web.client import PageClient
from tests.app.web.paths import PAGES as RESIDENT

PAGES = (
    *RESIDENT,
    "/haku?q=suru&missa=Qwertyl%C3%A4",
    "/haku?q=omaishoitajile",
    "/haku?q=muistikahvila&missa=Joensuu&when=weekend&channel=online",
    "/haku?page=90",
    "/polut",
    "/polut?paikka=Lieksa",
    "/ammattilainen",
    "/ammattilainen?q=omaishoitajille&missa=Lieksa",
    "/ammattilainen?q=xyzzyq",
    "/ohjauslista",
    "/olka/",
    "/olka/keskussairaala",
    "/olka/keskussairaala/sairaus",
    "/olka/keskussairaala/yksikko",
    "/olka/keskussairaala/tilanne",
    "/olka/keskussairaala/sanat",
    "/olka/keskussairaala/viikko",
    "/olka/keskussairaala/kunta?sairaus=diabetes",
    "/olka/keskussairaala/tulokset?q=yksin%C3%A4inen&kunta=kaikki",
    "/olka/keskussairaala/tulokset?q=xyzzyq&kunta=kaikki",
    "/olka/keskussairaala/ohje?id=omais-lieksa&kunta=kaikki",
)
FAILING = (
    ("/toiminta/nobody", 404),
    ("/nowhere", 404),
    ("/haku?page=x", 400),
    ("/ammattilainen?page=x", 400),
)
_COMMON = (
    "ja tai on ei ovat olet olla mutta jos kun että joka jotka mikä mitä missä mistä mihin milloin "
    "miten kenelle kuka sinun sinä sinulle me meidän emme voit voi saat saada tämä tämän tässä nämä "
    "näitä siitä sen se ne niin myös vain kaikki koko noin asti klo sitten päivää viikkoa tänään "
    "huomenna kerta kerran seuraava seuraavan etsi hae haku tulos tulosta lisää poista valitse näytä "
    "tietoa tieto tiedot lähteestä lähde ryhmä ryhmät tukea apua apu kunta kunnassa paikka paikan aihe "
    "hinta kieli maksuton puhelin sähköposti verkossa puhelimessa kotona maanantai tiistai keskiviikko "
    "torstai perjantai lauantai sunnuntai maanantaisin tiistaisin torstaisin ilmoittaudu soita "
    "järjestäjä palvelee lähellä osui avoinna muut sivu takaisin alusta sulje "
)
FINNISH = frozenset(_COMMON.split())
ALSO_ELSEWHERE = {"sv": frozenset({"se", "on"}), "en": frozenset({"me", "on", "se"})}
_WORD = re.compile(r"[^\W\d_]+")
_QUOTED = re.compile(r"[”“][^”“]*[”“]|\S+\.\w+/\S*|localhost\S*")
"""What others wrote, and addresses."""
_UNSPOKEN = ("script", "style", "code", "textarea", "pre")
"""Text to copy cannot be marked."""


def unmarked(page: BeautifulSoup, lang: str) -> Iterator[str]:
    """What is said on a page in its own language: texts and spoken attributes."""
    root = page.select_one("html")
    assert root and root["lang"] == lang
    for piece in root.select(".whole, wbr"):  # of an address
        piece.unwrap()
    root.smooth()
    for text in root.find_all(string=True):
        silent = isinstance(text, Comment | Declaration | Doctype)
        if not silent and text.parent and text.parent.name not in _UNSPOKEN and spoken_in(text) == lang:
            yield str(text)
    for tag in root.find_all(True):
        if tag.get("http-equiv"):  # where the page goes on to, not what it says
            continue
        for name in ("aria-label", "title", "alt", "content", "value"):
            shown = name != "value" or (tag.name == "input" and tag.get("type") == "submit")
            if tag.get(name) and spoken_in(tag) == lang and shown:
                yield str(tag[name])


def spoken_in(place: NavigableString | Tag) -> str:
    """The language of a place: that of the nearest element that says one."""
    for parent in (place, *place.parents):
        if isinstance(parent, Tag) and parent.get("lang"):
            return str(parent["lang"])
    return ""


def finnish(page: BeautifulSoup, lang: str, names: frozenset[str]) -> list[str]:
    """Pieces with Finnish words; quoted words and names of organisations and places do not count."""
    wanted = FINNISH - ALSO_ELSEWHERE[lang]
    found = []
    for piece in unmarked(page, lang):
        text = _QUOTED.sub(" ", piece.replace("\u00ad", ""))
        for name in names:
            text = text.replace(name, " ")
        words = {word.lower() for word in _WORD.findall(text)} & wanted
        if words:
            found.append(f"{sorted(words)} in {' '.join(text.split())[:120]!r}")
    return found


@pytest.fixture(scope="module")
def names(wiring: Wiring) -> frozenset[str]:
    """Names that stay as they are in every language."""
    activities = list(wiring.catalogue.public())
    owners = {activity.organisation.name for activity in activities if activity.organisation}
    houses = {place.name for activity in activities for place in activity.places() if place.name}
    people = {contact.name for activity in activities for contact in activity.contacts if contact.name}
    titles = {said for activity in activities for _code, said in activity.title.items()}
    sources = {
        value.source for activity in activities for clash in activity.conflicts for value in clash.values
    }
    return frozenset({*owners, *houses, *people, *titles, *sources, "Lähellä.fi"})


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_pages_speak_one_language(client: PageClient, names: frozenset[str], path: str, lang: str) -> None:
    assert finnish(client.page(f"/{lang}{path}"), lang, names) == []


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_care_paths_speak_one_language(
    client: PageClient, wiring: Wiring, names: frozenset[str], lang: str
) -> None:
    assert wiring.care_paths.path
    for path in wiring.care_paths.path:
        assert finnish(client.page(f"/{lang}/polku/{path.code}?paikka=Lieksa"), lang, names) == [], path.code


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_hand_outs_speak_one_language(client: PageClient, names: frozenset[str], lang: str) -> None:
    ids = ["omais-lieksa", "suru-joensuu", "kriisi-puhelin", "verkko-paihde", "vanha-tieto"]
    for action in ("/ohjauslista", "/ohjauslista/vertailu"):
        answer = client.post(f"/{lang}{action}", status=200, data={"id": ids})
        assert finnish(BeautifulSoup(answer.text, "html.parser"), lang, names) == [], action


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize(("path", "status"), FAILING)
def test_errors_speak_one_language(
    client: PageClient, names: frozenset[str], path: str, status: int, lang: str
) -> None:
    assert finnish(client.page(f"/{lang}{path}", status=status), lang, names) == []


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("form", ["palaute", "poista-tietoni"])
def test_faults_of_forms_speak_one_language(
    client: PageClient, names: frozenset[str], form: str, lang: str
) -> None:
    path = f"/{lang}/toiminta/omais-lieksa/{form}"
    page = BeautifulSoup(client.post(path, status=400, data={}).text, "html.parser")
    assert page.select(".errors, [role=alert]")
    assert finnish(page, lang, names) == []


def test_finnish_left_on_a_page_is_found() -> None:
    page = BeautifulSoup(
        '<html lang="sv"><p>Mitä tämä on</p><p lang="fi">Mitä tämä on</p><a aria-label="Näytä"></a></html>',
        "html.parser",
    )
    assert len(finnish(page, "sv", frozenset())) == 2
