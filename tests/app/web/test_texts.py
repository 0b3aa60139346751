"""Every visible text of the interface goes through gettext: nothing is left behind in another language."""

import re
import sys
from collections.abc import Iterator
from functools import _lru_cache_wrapper
from gettext import NullTranslations

import pytest
from bs4 import BeautifulSoup, Comment

from app.web import create_app
from app.wiring import Wiring
from tests.app.web.client import PageClient

PATHS = (
    "/",
    "/haku?q=omaishoitajille&missa=Lieksa",
    "/haku?q=xyzzyq&price=free",
    "/haku?nakyma=viikko",
    "/haku?nakyma=kartta",
    "/haku?q=haluan+kuolla",
    "/toiminta/omais-lieksa",
    "/toiminta/omais-lieksa/palaute",
    "/toiminta/omais-lieksa/poista-tietoni",
    "/tietoa",
    "/saavutettavuus",
    "/tietosuoja",
    "/ei-ole",
)
OWN = re.compile(r"\b(ja|tai|ei|voit|olet|sinun|jos|kun|tämä|tieto|haku|soita|kerro)\b", re.IGNORECASE)


class Marking(NullTranslations):
    """Puts every text of the interface in brackets that no source uses."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"⟦{msgid1 if n == 1 else msgid2}⟧"


@pytest.fixture(scope="module")
def marked(wiring: Wiring) -> Iterator[PageClient]:
    """A site of its own, and texts forgotten in the end: what is kept marked must not reach other tests."""
    yield PageClient(create_app(wiring))
    ours = [module for name, module in sys.modules.items() if name.startswith("app.web.")]
    for kept in {id(value): value for module in ours for value in vars(module).values()}.values():
        if isinstance(kept, _lru_cache_wrapper):
            kept.cache_clear()


@pytest.mark.parametrize("path", PATHS)
def test_no_text_of_the_interface_escapes_translation(
    marked: PageClient, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setattr("app.web.texts._catalogue", Marking)
    # In English, names of codes come from the taxonomies in English; what is Finnish then is a text of ours.
    answer = marked.client.get(f"/en{path}")
    soup = BeautifulSoup(answer.get_data(as_text=True), "html.parser")
    for quoted in soup.select("script, .hit, .meetings, .record-main, .record-head, datalist, .why, article"):
        quoted.decompose()
    bare = []
    for node in soup.find_all(string=True):
        if isinstance(node, Comment):
            continue
        rest = re.sub(r"⟦[^⟧]*⟧", "", str(node).replace("⟦⟦", "⟦").replace("⟧⟧", "⟧"))
        if OWN.search(rest):
            bare.append(rest.strip())
    assert bare == []
    assert "⟦" in soup.get_text()
