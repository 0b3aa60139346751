"""A client that judges every page: valid HTML, headings, labels, ids, no inline code, safe headers."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

import html5lib
from bs4 import BeautifulSoup, Tag
from flask import Flask
from werkzeug.test import TestResponse

_RESOURCES = {
    "script": "src",
    "img": "src",
    "iframe": "src",
    "link": "href",
    "source": "src",
    "use": "href",
    "form": "action",
    "object": "data",
    "embed": "src",
    "video": "src",
    "audio": "src",
}
_UNLABELLED = {"hidden", "submit", "button", "image", "reset"}


class PageClient:
    """Gets and posts; a page that breaks a rule fails the test that asked for it."""

    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()

    def get(self, path: str, *, status: int = 200, **options: Any) -> TestResponse:
        """GET `path`, expecting `status`. An address of a touch screen is given its time, as to a browser
        without scripts."""
        answer = self.client.get(path, **options)
        timed = answer.headers.get("Location", "")
        if answer.status_code == 303 and "hetki=" in timed and "hetki=" not in path:
            answer = self.client.get(timed, **options)
        return self._judged(answer, path, status)

    def post(self, path: str, *, status: int = 303, **options: Any) -> TestResponse:
        """POST to `path`, expecting `status`."""
        return self._judged(self.client.post(path, **options), path, status)

    def page(self, path: str, *, status: int = 200, **options: Any) -> BeautifulSoup:
        """The parsed page at `path`."""
        return BeautifulSoup(self.get(path, status=status, **options).get_data(as_text=True), "html.parser")

    def json(self, path: str, *, status: int = 200) -> Any:
        """The decoded JSON answer of `path`."""
        return self.get(path, status=status).json

    def _judged(self, response: TestResponse, path: str, status: int) -> TestResponse:
        assert response.status_code == status, f"{path}: {response.status}\n{response.text[:2000]}"
        faults = [*header_faults(response)]
        plain = response.mimetype == "text/html" and "Content-Encoding" not in response.headers
        if plain and not 300 <= response.status_code < 400:
            faults += page_faults(response.get_data(as_text=True))
        assert faults == [], f"{path}: {faults}"
        return response


def header_faults(response: TestResponse) -> Iterator[str]:
    """Headers that every answer needs, and those that none may have."""
    headers = response.headers
    policy = headers.get("Content-Security-Policy", "")
    if not policy.startswith("default-src 'none'") or "unsafe" in policy or "http" in policy:
        yield f"policy: {policy}"
    for name, value in (("Referrer-Policy", "no-referrer"), ("X-Content-Type-Options", "nosniff")):
        if headers.get(name) != value:
            yield f"{name}: {headers.get(name)}"
    if "frame-ancestors 'none'" not in policy:
        yield "may be framed"
    if "Set-Cookie" in headers:
        yield f"sets a cookie: {headers['Set-Cookie']}"


def page_faults(html: str) -> list[str]:
    """Everything wrong with one page."""
    faults: list[str] = []
    try:
        html5lib.HTMLParser(strict=True).parse(html)
    except html5lib.html5parser.ParseError as error:
        faults.append(f"HTML: {error} near {_near(html)}")
    soup = BeautifulSoup(html, "html.parser")
    for rule in (_structure, _ids, _labels, _code, _strangers, _links):
        faults += rule(soup)
    return faults


def _near(html: str) -> str:
    parser = html5lib.HTMLParser()
    parser.parse(html)
    return "; ".join(f"line {place[0]}: {code}" for place, code, _data in parser.errors[:3])


def _structure(soup: BeautifulSoup) -> Iterator[str]:
    root = soup.find("html")
    if not isinstance(root, Tag) or root.get("lang") not in ("fi", "sv", "en"):
        yield "no lang"
    if len(soup.find_all("h1")) != 1:
        yield f"{len(soup.find_all('h1'))} h1"
    if len(soup.find_all("main")) != 1:
        yield "not one main"
    if not (soup.title and soup.title.get_text(strip=True)):
        yield "no title"
    inside = [int(tag.name[1]) for tag in soup.select("main h1, main h2, main h3, main h4")]
    for before, after in pairwise(inside):
        if after > before + 1:
            yield f"heading h{after} after h{before}"


def _ids(soup: BeautifulSoup) -> Iterator[str]:
    ids = Counter(str(tag["id"]) for tag in soup.find_all(id=True))
    yield from (f"id {name} {number} times" for name, number in ids.items() if number > 1)
    for attribute in ("aria-labelledby", "aria-describedby", "aria-controls", "for", "list"):
        for tag in soup.find_all(attrs={attribute: True}):
            for name in " ".join(tag.get_attribute_list(attribute)).split():
                if name not in ids:
                    yield f"{attribute} names {name}, which is not there"


def _labels(soup: BeautifulSoup) -> Iterator[str]:
    labelled = {str(tag["for"]) for tag in soup.find_all("label", attrs={"for": True})}
    for field in soup.find_all(["input", "select", "textarea"]):
        if field.get("type") in _UNLABELLED:
            continue
        if not (field.get("id") in labelled or field.get("aria-label") or field.find_parent("label")):
            yield f"field without a label: {field}"
        if field.get("placeholder"):
            yield f"placeholder instead of a label: {field}"
    for button in soup.find_all("button"):
        if not button.get_text(strip=True):
            yield f"button without words: {button}"
    for picture in soup.find_all("img"):
        if picture.get("alt") is None:
            yield f"picture without alt: {picture}"


def _code(soup: BeautifulSoup) -> Iterator[str]:
    for script in soup.find_all("script"):
        if not script.get("src") and script.get("type") not in ("application/ld+json", "application/json"):
            yield "inline script"
    if soup.find("style"):
        yield "inline style"
    for tag in soup.find_all(True):
        for name, value in tag.attrs.items():
            if name == "style" or (name.startswith("on") and len(name) > 3):
                yield f"inline {name}: {value}"


def _strangers(soup: BeautifulSoup) -> Iterator[str]:
    for name, attribute in _RESOURCES.items():
        for tag in soup.find_all(name):
            address = str(tag.get(attribute) or "")
            if urlsplit(address).netloc or address.startswith(("data:", "blob:")):
                yield f"resource from elsewhere: {address}"


def _links(soup: BeautifulSoup) -> Iterator[str]:
    for link in soup.find_all("a"):
        address = str(link.get("href") or "")
        if not address:
            yield f"link without an address: {link}"
        scheme = urlsplit(address).scheme
        if scheme not in ("", "http", "https", "mailto", "tel"):
            yield f"link of a strange kind: {address}"
        if not link.get_text(strip=True):
            yield f"link without words: {link}"
