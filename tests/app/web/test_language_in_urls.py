"""The language lives in the URL alone: links and forms keep it, other languages are one link away."""

import pytest
from bs4 import Tag

from app.web.languages import NAMES, PREFIXES
from tests.app.web.client import PageClient
from tests.app.web.test_languages_of_pages import PAGES

OTHERS = [prefix for prefix in PREFIXES.values() if prefix]


def address(tag: Tag) -> str:
    return str(tag.get("href") or tag.get("action"))


@pytest.mark.parametrize("prefix", OTHERS)
@pytest.mark.parametrize("path", PAGES)
def test_links_and_forms_keep_the_language(client: PageClient, path: str, prefix: str) -> None:
    page = client.page(prefix + path)
    tags = page.select("a[href^='/'], form[action^='/']")
    assert tags
    switches = [tag for tag in tags if tag.get("hreflang")]
    stray = {
        address(tag)
        for tag in tags
        if tag not in switches and not address(tag).startswith((f"{prefix}/", f"{prefix}?", "/static/"))
    }
    assert stray == set()


@pytest.mark.parametrize("path", ["/", "/haku?q=suru&missa=Lieksa", "/toiminta/omais-lieksa", "/olka/"])
def test_every_language_is_one_link_away_from_the_same_page(client: PageClient, path: str) -> None:
    for prefix in PREFIXES.values():
        page = client.page(prefix + path)
        found = {link.get_text(strip=True): address(link) for link in page.select("a[hreflang]")}
        assert set(found) == set(NAMES.values())
        for code, name in NAMES.items():
            assert client.page(found[name]).select("html")[0]["lang"] == ("fi" if code == "selko" else code)
            assert found[name].startswith(PREFIXES[code] + path.split("?")[0])


def test_the_browser_s_own_language_changes_nothing(client: PageClient) -> None:
    plain = client.get("/").text
    assert client.get("/", headers={"Accept-Language": "sv-FI,sv;q=0.9"}).text == plain
