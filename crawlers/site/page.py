"""One HTML page as the crawler needs it: links, languages, feeds, structured data. Pure."""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urljoin

import msgspec
from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from crawlers.adapters.context import LANGUAGES
from crawlers.adapters.jsonld import Node, read_nodes
from crawlers.adapters.microdata import read_items
from crawlers.adapters.rdfa import read_rdfa
from crawlers.site.links import is_calendar, is_document

_MOST_LINKS = 1_500
_TRIBE = re.compile(r"/wp-content/plugins/(?:the-events-calendar|events-calendar-pro)|tribe-events|tec-api-")
_SENDS_ON = re.compile(
    r"(?:\b(?:window|document|top|self|parent)\.)?\blocation(?:\.href)?\s*"
    r"(?:=\s*|\.(?:replace|assign)\(\s*)(['\"])([^'\"\s]{1,500})\1"
)
_FEW_LETTERS = 120
_FEW_LINKS = 2
_LONGEST_SCRIPT = 2_000
_SPACES = re.compile(r"\s+")

Head = tuple[tuple[str, ...], str, str]


class PageLink(msgspec.Struct, frozen=True):
    """A link of a page with its words."""

    url: str
    text: str = ""


class PageFacts(msgspec.Struct, frozen=True):
    """What a page's markup tells.

    alternates   language → address of this page's other versions (hreflang), of fi, sv, en
    tribe        address of The Events Calendar's REST service, where the page shows that it has one
    noindex      the site asks that this page is not indexed
    """

    title: str = ""
    language: str = ""
    canonical: str | None = None
    alternates: tuple[tuple[str, str], ...] = ()
    links: tuple[PageLink, ...] = ()
    documents: tuple[PageLink, ...] = ()
    calendars: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    tribe: str | None = None
    noindex: bool = False
    nofollow: bool = False
    refresh: str | None = None
    nodes: tuple[Node, ...] = ()
    bad_blocks: int = 0


def read_facts(text: str, url: str) -> PageFacts:
    """Take a page apart; a page without markup gives empty facts. Never raises."""
    root = _parsed(text)
    if root is None:
        return PageFacts()
    base = _base(root, url)
    robots = " ".join(_metas(root, "robots") + _metas(root, "vierelle")).lower()
    blocks = [
        "".join(script.itertext())
        for script in root.iter("script")
        if (script.get("type") or "").split(";")[0].strip().lower() == "application/ld+json"
    ]
    nodes, bad = read_nodes(blocks)
    links = tuple(_links(root, base))
    heads = tuple(_heads(root, base))
    return PageFacts(
        title=_title(root),
        language=(root.get("lang") or root.get("xml:lang") or "").strip().lower()[:2],
        canonical=next((link for rel, link, _ in heads if "canonical" in rel), None),
        alternates=_alternates(root, base),
        links=tuple(link for link in links if not is_document(link.url)),
        documents=tuple(link for link in links if is_document(link.url)),
        calendars=_calendars(root, base, heads, links),
        feeds=tuple(
            dict.fromkeys(
                link
                for rel, link, kind in heads
                if "alternate" in rel and kind in ("application/rss+xml", "application/atom+xml")
            )
        ),
        tribe=_tribe(root, base, heads, text),
        noindex="noindex" in robots or "none" in robots.split(),
        nofollow="nofollow" in robots or "none" in robots.split(),
        refresh=_refresh(root, base),
        nodes=(*nodes, *read_items(root, base), *read_rdfa(root, base)),
        bad_blocks=bad,
    )


def _parsed(text: str) -> HtmlElement | None:
    if not text.strip():
        return None
    try:
        # The text is decoded already: what the page says of its charset must not be believed twice.
        root = document_fromstring(
            text.encode("utf-8", "replace"), parser=HTMLParser(encoding="utf-8", huge_tree=False)
        )
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    return root if isinstance(root.tag, str) else None


def _base(root: HtmlElement, url: str) -> str:
    for element in root.iter("base"):
        if element.get("href"):
            return _joined(url, element.get("href", "")) or url
    return url


def _joined(base: str, link: str) -> str | None:
    head, mark, query = link.partition("?")
    link = head.replace("\\", "/") + mark + query  # as browsers take what was written on Windows
    try:
        found = urljoin(
            base, _SPACES.sub("", link) if link[:200].lstrip().lower().startswith("http") else link.strip()
        )
    except ValueError:
        return None
    return found if found.startswith(("http://", "https://")) else None


def _title(root: HtmlElement) -> str:
    return next((" ".join(element.text_content().split())[:300] for element in root.iter("title")), "")


def _metas(root: HtmlElement, name: str) -> list[str]:
    return [
        meta.get("content") or "" for meta in root.iter("meta") if (meta.get("name") or "").lower() == name
    ]


def _heads(root: HtmlElement, base: str) -> Iterator[Head]:
    """Relations, address and type of each link of the head."""
    for element in root.iter("link"):
        href = element.get("href")
        if href and (found := _joined(base, href)):
            yield (
                tuple((element.get("rel") or "").lower().split()),
                found,
                (element.get("type") or "").lower(),
            )


def _alternates(root: HtmlElement, base: str) -> tuple[tuple[str, str], ...]:
    """hreflang of the head, and of links in a language menu."""
    found: dict[str, str] = {}
    for element in (*root.iter("link"), *root.iter("a")):
        language = (element.get("hreflang") or "").lower()[:2]
        href = element.get("href")
        relation = (element.get("rel") or "").lower()
        told = language in LANGUAGES and href and (element.tag == "a" or "alternate" in relation)
        if told and (link := _joined(base, href)):
            found.setdefault(language, link)
    return tuple(sorted(found.items()))


def _links(root: HtmlElement, base: str) -> Iterator[PageLink]:
    seen: set[str] = set()
    for element in root.iter("a", "area", "iframe", "frame"):
        link = element.get("src") if element.tag in ("iframe", "frame") else element.get("href")
        if not link or link.startswith(("#", "mailto:", "tel:", "javascript:")) or len(seen) >= _MOST_LINKS:
            continue
        url = _joined(base, link)
        if url is None or (url := url.partition("#")[0]) in seen:
            continue
        seen.add(url)
        words = " ".join((element.text_content() or element.get("title") or "").split())
        yield PageLink(url, words[:120])


def _calendars(
    root: HtmlElement, base: str, heads: Sequence[Head], links: Sequence[PageLink]
) -> tuple[str, ...]:
    found = [link for rel, link, kind in heads if kind == "text/calendar"]
    found += [link.url for link in links if is_calendar(link.url)]
    for element in root.iter("a"):
        href = (element.get("href") or "").strip()
        if href.lower().startswith(("webcal://", "webcals://")):
            secure = base.startswith("https://") or href.lower().startswith("webcals")
            found.append(("https://" if secure else "http://") + href.partition("://")[2])
    return tuple(dict.fromkeys(found))


def _tribe(root: HtmlElement, base: str, heads: Sequence[Head], text: str) -> str | None:
    """The REST service that the head names, else the usual place where The Events Calendar shows itself."""
    for _, link, _kind in heads:
        if link.rstrip("/").endswith("/tribe/events/v1"):
            return link
    origin = next(iter(_metas(root, "tec-api-origin")), "")
    shown = bool(origin) or _TRIBE.search(text) is not None
    if not shown:
        return None
    for rel, link, _ in heads:
        if "https://api.w.org/" in rel:
            return link.rstrip("/") + "/tribe/events/v1/"
    return _joined(base, "/wp-json/tribe/events/v1/")


def _refresh(root: HtmlElement, base: str) -> str | None:
    """The target of a quick `<meta http-equiv="refresh">`: how old sites say that they have moved."""
    for meta in root.iter("meta"):
        if (meta.get("http-equiv") or "").lower() == "refresh":
            found = re.match(
                r"\s*(\d+)\s*[;,]\s*url\s*=\s*['\"]?([^'\"]+)", meta.get("content") or "", re.IGNORECASE
            )
            if found and int(found[1]) <= 10:
                return _joined(base, found[2])
    return _scripted(root, base)


def _scripted(root: HtmlElement, base: str) -> str | None:
    """The address that a page with hardly a word of its own is sent to by its script."""
    body = root.find("body")
    if body is not None and (
        _words(body) > _FEW_LETTERS or next(body.iter("form", "frame"), None) is not None
    ):
        return None
    if sum(1 for _ in root.iter("a")) > _FEW_LINKS:
        return None
    for script in root.iter("script"):
        code = script.text or ""
        if len(code) < _LONGEST_SCRIPT and (found := _SENDS_ON.search(code)):
            return _joined(base, found[2])
    return None


def _words(node: HtmlElement) -> int:
    """How many letters a visitor would read."""
    silent = {"script", "style", "noscript", "template"}
    return sum(
        len((element.text or "").strip()) * (element.tag not in silent) + len((element.tail or "").strip())
        for element in node.iter()
        if isinstance(element.tag, str)
    )
