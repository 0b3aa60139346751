"""One HTML page as content: title, language, blocks, the day of publication."""

import datetime as dt
import json
import re
from collections.abc import Iterator

import msgspec
from lxml import html

from crawlers.prose.inline import squeeze
from crawlers.prose.language import page_language
from crawlers.prose.lexicon import MONTH, month
from crawlers.prose.markup import main_element, parse
from crawlers.prose.shapes import Block, BlockKind
from crawlers.prose.text import blocks, joined

_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_FINNISH_DAY = re.compile(r"(?<!\d)(\d{1,2})\.(\d{1,2})\.(\d{4})(?!\d)")
_ENGLISH_DAY = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)? "
    r"(January|February|March|April|May|June|July|August|September|October|November|December) (\d{4})"
)
_NAMED_DAY = re.compile(rf"(?<!\d)(\d{{1,2}})\.?\s?({MONTH})kuuta,?\s(20\d\d)", re.IGNORECASE)
_DATE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:(?:post|entry|blog|news|article|uutis)[_-]?(?:date|time|meta)|published|julkaistu)(?:$|[\s_-])",
    re.IGNORECASE,
)
_LONGEST_DATE = 80
_PATH_DAY = re.compile(r"/(20\d\d)/(\d\d)/(\d\d)/")
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_PUBLISHED = re.compile(
    r"\b(?:julkaistu|posted on|published|publicerad|kirjoitettu|lisätty|kirjoittanut|kirjoittaja|lähetetty"
    r"|skriven)\b",
    re.IGNORECASE,
)
_META = (
    "article:published_time",
    "datePublished",
    "dc.date",
    "dcterms.created",
    "DC.date.issued",
    "date",
)
_POSTS = frozenset({"blogposting", "newsarticle", "article", "reportagenewsarticle"})


class Page(msgspec.Struct, frozen=True):
    """A page taken apart. `post` tells that the page calls itself a blog post or a piece of news."""

    url: str
    title: str
    site_name: str
    language: str | None
    blocks: tuple[Block, ...]
    main_text: str
    published: dt.date | None
    post: bool


def take_apart(markup: str, url: str, *, hint: str | None = None) -> Page:
    """Read the HTML `markup` of `url`; an empty or broken page gives an empty Page. Never raises."""
    tree = parse(markup)
    if tree is None:
        return Page(url, "", "", hint, (), "", None, False)
    declared = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang")
    site_name = _meta(tree, "og:site_name") or ""
    head_title = squeeze(" ".join(tree.xpath("//title[1]//text()")[:5]))
    og_title = _meta(tree, "og:title") or ""
    structured = tuple(_structured(tree))
    post = _meta(tree, "article:published_time") is not None or any(
        not _types(item).isdisjoint(_POSTS - {"article"}) for item in structured
    )
    published = _published(tree, structured)
    found = blocks(main_element(tree))
    text = joined(found)
    language = page_language(text, declared=declared, url=url, hint=hint)
    title = _title(found, og_title, head_title, site_name)
    day = published or _stated_day(found) or _path_day(url)
    return Page(url, title, site_name, language, found, text, day, post)


def _meta(tree: html.HtmlElement, name: str) -> str | None:
    for node in tree.iter("meta"):
        if name.lower() in {(node.get(key) or "").lower() for key in ("property", "name", "itemprop")}:
            return squeeze(node.get("content") or "") or None
    return None


def _structured(tree: html.HtmlElement) -> Iterator[dict[str, object]]:
    for node in tree.xpath("//script[@type='application/ld+json']")[:20]:
        try:
            data = json.loads(node.text or "")
        except (ValueError, RecursionError):
            continue
        items = data if isinstance(data, list) else [data]
        for item in items:
            if isinstance(item, dict):
                yield item
                graph = item.get("@graph")
                yield from (
                    (part for part in graph if isinstance(part, dict)) if isinstance(graph, list) else ()
                )


def _published(tree: html.HtmlElement, structured: tuple[dict[str, object], ...]) -> dt.date | None:
    for name in _META:
        if day := _day(_meta(tree, name) or ""):
            return day
    for item in structured:
        if not _types(item).isdisjoint(_POSTS) and (day := _day(str(item.get("datePublished", "")))):
            return day
    for node in tree.xpath("//article//time[@datetime]|//header//time[@datetime]|//time[@pubdate]")[:3]:
        names = f"{node.get('class', '')} {node.get('itemprop', '')} {node.getparent().get('class', '')}"
        if re.search(r"publish|entry-date|posted|julkaistu|datePublished", names) or node.get("pubdate"):
            return _day(node.get("datetime", ""))
    for node in tree.xpath("//*[@itemprop='datePublished' or @class]"):
        if node.get("itemprop") != "datePublished" and not _DATE_CLASS.search(node.get("class", "")):
            continue
        words = squeeze("".join(node.itertext()))
        if len(words) < _LONGEST_DATE and (day := _day(node.get("datetime") or words)):
            return day
    return None


def _types(item: dict[str, object]) -> set[str]:
    found = item.get("@type", "")
    return {str(name).lower() for name in (found if isinstance(found, list) else [found])}


def _stated_day(found: tuple[Block, ...]) -> dt.date | None:
    """The day in a line such as "Julkaistu 3.2.2026" near the beginning of the page."""
    for block in found[:6]:
        if len(block.text) < 120 and _PUBLISHED.search(block.text):
            return _day(block.text)
    return None


def _path_day(url: str) -> dt.date | None:
    """The day in an address such as "/2026/02/03/otsikko"."""
    found = _PATH_DAY.search(url)
    return _day("-".join(found.groups())) if found else None


def _day(text: str) -> dt.date | None:
    if found := _ISO_DAY.search(text):
        parts = int(found[1]), int(found[2]), int(found[3])
    elif found := _FINNISH_DAY.search(text):
        parts = int(found[3]), int(found[2]), int(found[1])
    elif found := _NAMED_DAY.search(text):
        parts = int(found[3]), month(found[2]), int(found[1])
    elif found := _ENGLISH_DAY.search(text):
        parts = int(found[3]), _MONTHS.index(found[2]) + 1, int(found[1])
    else:
        return None
    try:
        return dt.date(*parts)
    except ValueError:
        return None


def _title(found: tuple[Block, ...], og_title: str, head_title: str, site_name: str) -> str:
    """The first heading of the content; else the head's title without the site's name."""
    headings = [block for block in found if block.kind is BlockKind.HEADING and block.level <= 6]
    top = next((block for block in headings if block.level == 1), None) or (headings[0] if headings else None)
    if top is not None and len(top.text) <= 200:
        return top.text
    looks = next((block.text for block in found if block.kind is BlockKind.HEADING), "")
    return shortened_title(og_title or head_title or looks, site_name)


def shortened_title(title: str, site_name: str) -> str:
    """ "Surukahvila – Esimerkki ry" → "Surukahvila": the site's own name is no part of a page's title."""
    parts = [part.strip() for part in re.split(r"\s+[|–—·»-]\s+", title) if part.strip()]
    kept = [part for part in parts if part.lower() != site_name.lower()]
    if len(kept) > 1 and not site_name and re.search(r"\b(?:ry|rf|ry\.)$", kept[-1]):
        kept = kept[:-1]
    return (kept or parts or [""])[0]
