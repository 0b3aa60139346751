"""How things travel: hashed static files, ETags, compression, sizes."""

import gzip
import re
from pathlib import Path

import pytest
from flask import Flask

from app.web import holding
from app.web.assets import Assets
from app.web.site import site
from tests.app.web.client import PageClient


def test_static_files_are_named_by_content_and_kept_for_ever(client: PageClient) -> None:
    page = client.page("/")
    style = page.select_one("link[rel=stylesheet]")
    assert style
    answer = client.get(str(style["href"]))
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.mimetype == "text/css"
    packed = client.get(str(style["href"]), headers={"Accept-Encoding": "gzip, br"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.get_data()) == answer.get_data()
    font = re.search(r'url\("\./\.\./fonts/[^"]+"\)|url\("([^"]+woff2)"\)', answer.text)
    assert font and "source-sans" in font[0]


def test_a_style_sheet_names_the_hashed_font(tmp_path: Path) -> None:
    (tmp_path / "css").mkdir()
    (tmp_path / "a.woff2").write_bytes(b"one")
    (tmp_path / "css" / "x.css").write_text(
        '@font-face { src: url("./../a.woff2") } a { b: url("./none.png") }'
    )
    before = Assets(tmp_path)
    text = before["css/x.css"].data.decode()
    assert f'url("../{before["a.woff2"].url}")' in text
    assert 'url("./none.png")' in text
    (tmp_path / "a.woff2").write_bytes(b"two")
    assert Assets(tmp_path)["css/x.css"].url != before["css/x.css"].url


@pytest.mark.parametrize("path", ["/", "/toiminta/omais-lieksa", "/haku?q=suru", "/api/v1/search?q=suru"])
def test_an_unchanged_page_is_not_sent_again(client: PageClient, path: str) -> None:
    mark = client.get(path).headers["ETag"]
    again = client.get(path, status=304, headers={"If-None-Match": mark})
    assert again.get_data() == b""
    assert again.headers["Content-Security-Policy"]


def test_pages_are_compressed_where_that_is_welcome(client: PageClient) -> None:
    packed = client.get("/haku?q=suru", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert gzip.decompress(packed.get_data()).startswith(b"<!doctype html>")


def test_results_are_not_kept_on_the_device(client: PageClient) -> None:
    assert client.get("/haku?q=suru").headers["Cache-Control"] == "no-store"


def test_a_full_page_of_results_is_small(client: PageClient) -> None:
    page = client.get("/haku")
    assert page.text.count('class="hit"') == 20
    assert len(page.get_data()) <= 60_000


def test_the_first_view_is_small(client: PageClient) -> None:
    soup = client.page("/")
    parts = [str(tag["href"]) for tag in soup.select("link[href]")]
    parts += [str(tag["src"]) for tag in soup.select("script[src]")]
    sizes = [len(client.get(path).get_data()) for path in {*parts, "/"}]
    assert sum(sizes) <= 120_000


def test_icons_used_on_a_page_are_drawn_on_it(client: PageClient) -> None:
    for path in ("/", "/haku?q=omaishoito&missa=Lieksa", "/toiminta/omais-lieksa"):
        soup = client.page(path)
        drawn = {str(tag["id"]) for tag in soup.select("svg.sprite symbol")}
        used = {str(tag["href"])[1:] for tag in soup.select("use")}
        assert used <= drawn, path


def test_while_one_page_is_made_anew_the_page_of_the_moment_before_serves(
    app: Flask, client: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        pages = site().pages
    made: list[str] = []
    make = holding._made

    def counted(view: object, key: bytes, moment: str) -> object:
        made.append(moment)
        return make(view, key, moment)  # type: ignore[arg-type]

    monkeypatch.setattr(holding, "_made", counted)
    monkeypatch.setattr(holding, "_moment", lambda parts: "first")
    first = client.get("/haku?q=yksin").text
    monkeypatch.setattr(holding, "_moment", lambda parts: "second")
    with pages.turn:
        assert client.get("/haku?q=yksin").text == first
        assert made == ["first"]
        client.get("/haku?q=suru")  # a page that was not there before waits for nobody
        assert made == ["first", "second"]
    client.get("/haku?q=yksin")
    assert made == ["first", "second", "second"]
    assert not pages.turn.locked()
