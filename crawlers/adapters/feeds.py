"""RSS and Atom: addresses of pages with their dates, and the events that a feed itself tells. Pure."""

import datetime as dt
import html
import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin

import msgspec
from lxml import etree

from crawlers.adapters.context import PageContext, home_organisation, home_served, page_key, record_id
from crawlers.adapters.jsonld_times import moment, span
from crawlers.adapters.jsonld_values import place_of
from schemas.activity import Activity, Channel, Place, Texts
from schemas.border import clean_line, plain_text
from schemas.codes import ChannelType
from schemas.errors import ParseError

_MOST_ENTRIES = 500
_BEGINNING = re.compile(rb"<\?xml|<(?:\w+:)?(?:rss|feed|RDF)\b")
# A section of CDATA is left as it is: ampersands stand for themselves there.
_AMPERSAND = re.compile(
    rb"(?P<cdata><!\[CDATA\[.*?\]\]>)|&(?!(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|amp|lt|gt|quot|apos);)(?:(?P<name>[A-Za-z]{2,8});)?",
    re.DOTALL,
)


class FeedEntry(msgspec.Struct, frozen=True):
    """One entry: its page; start, end and place where it is an event (RSS event module, xCal)."""

    link: str
    title: str = ""
    text: str = ""
    published: dt.date | None = None
    start: str = ""
    end: str = ""
    location: str = ""


def read_feed(body: bytes, url: str) -> tuple[FeedEntry, ...]:
    """The entries of a feed in its order. Raises ParseError where it is none."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
    try:
        root = etree.fromstring(_mended(body), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ParseError(f"feed: {error}") from error
    if root is None or _name(root) not in ("rss", "feed", "RDF"):
        raise ParseError("feed: neither RSS nor Atom")
    base = root.get("{http://www.w3.org/XML/1998/namespace}base") or url
    return tuple(entry for entry in (_entry(element, base) for element in _entries(root)) if entry.link)


def _mended(body: bytes) -> bytes:
    """The feed from its beginning on, with ampersands that stand for themselves and HTML's named letters."""
    if body[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return body  # UTF-16: two bytes a letter
    begin = _BEGINNING.search(body)
    return _AMPERSAND.sub(_letter, body[begin.start() :] if begin else body)


def _letter(found: re.Match[bytes]) -> bytes:
    if found["cdata"]:
        return found[0]
    name = (found["name"] or b"").decode("ascii")
    letter = html.unescape(f"&{name};") if name else ""
    return f"&#{ord(letter)};".encode() if len(letter) == 1 else b"&amp;" + found[0][1:]


def event_activity(entry: FeedEntry, context: PageContext) -> Activity | None:
    """The activity of an entry that tells when it is; None for all others."""
    schedule = span(moment(entry.start), moment(entry.end))
    url = context.absolute(entry.link)
    if schedule is None or not entry.title or url is None:
        return None
    key = page_key(url)
    place = place_of(entry.location, context) if entry.location else None
    return Activity(
        id=record_id(context.source, key),
        kind=None,
        title=Texts(**{context.language: entry.title}),
        description=Texts(**{context.language: entry.text}) if entry.text else Texts(),
        organisation=home_organisation(context.source),
        served=home_served(context.source, context.resolve),
        channels=(Channel(ChannelType.PLACE, place or Place(), (schedule,)),),
        provenance=context.provenance(key, url),
        example=context.source.example,
    )


def _entries(root: etree._Element) -> Iterator[etree._Element]:
    count = 0
    for element in root.iter():
        if _name(element) in ("item", "entry") and count < _MOST_ENTRIES:
            count += 1
            yield element


def _entry(element: etree._Element, base: str) -> FeedEntry:
    told: dict[str, str] = {}
    links: dict[bool, str] = {}
    for child in element:
        name = _name(child)
        if name == "link":
            for_people = child.get("rel") in (None, "alternate")
            if target := (child.get("href") or child.text or "").strip():
                links.setdefault(for_people, target)
        elif child.text and child.text.strip():
            told.setdefault(name, child.text.strip())
    link = links.get(True) or links.get(False) or ""
    guid = told.get("guid", "")
    if not link and guid.startswith(("http://", "https://")):
        link = guid
    return FeedEntry(
        _joined(base, link),
        clean_line(told.get("title", "")),
        plain_text(told.get("description") or told.get("summary") or ""),
        _day(told.get("pubDate") or told.get("updated") or told.get("published") or told.get("date") or ""),
        told.get("startdate") or told.get("dtstart") or "",
        told.get("enddate") or told.get("dtend") or "",
        clean_line(told.get("location", "")),
    )


def _joined(base: str, link: str) -> str:
    try:
        return urljoin(base, link) if link and base else link
    except ValueError:
        return ""


def _day(text: str) -> dt.date | None:
    for read in (dt.datetime.fromisoformat, parsedate_to_datetime):
        try:
            return read(text).date()
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    found = moment(text)
    return found[0] if found else None


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""
