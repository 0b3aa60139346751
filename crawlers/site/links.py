"""What an address promises before it is fetched: a page, a document, a calendar, or nothing for us. Pure."""

import re
from contextlib import suppress
from enum import IntEnum
from urllib.parse import unquote, urlsplit

from crawlers.fetch import ascii_host
from schemas.errors import FetchError

_DOCUMENT = re.compile(r"\.(?:pdf|docx?|odt|pptx?|xlsx?|ods|rtf)\Z", re.IGNORECASE)
_CALENDAR = re.compile(r"\.ics\Z|[?&](?:ical|outlook-ical)=1\b", re.IGNORECASE)
_NO_PAGE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|avif|svg|ico|bmp|tiff?|mp[34]|m4[av]|ogg|wav|avi|mov|webm|zip|rar|7z|gz|tar|exe|dmg|"
    r"apk|css|js|mjs|json|xml|rss|atom|woff2?|ttf|eot|otf|swf|txt|csv|vcf|map)\Z",
    re.IGNORECASE,
)
_SERVICE_PATH = re.compile(
    r"/(?:wp-(?:admin|login|json|content|includes|cron|comments)|xmlrpc|cgi-bin|login|logout|kirjaudu|ostoskori|"
    r"cart|checkout|kassa|my-account|user/(?:login|register|password)|search|haku|feed|trackback|print|tulosta|"
    r"admin|administrator|cdn-cgi|embed|amp)(?:[/.]|\Z)",
    re.IGNORECASE,
)
_SERVICE_QUERY = re.compile(
    r"(?:\A|&)(?:s|q|search|haku|replytocom|share|print|action|add-to-cart|orderby|sort|filter\w*|eventDisplay|"
    r"tribe-bar-\w+|redirect_to|return|format|feed|preview|rest_route|oembed|attachment_id|mode|task|tmpl)=",
    re.IGNORECASE,
)
_LISTING = re.compile(
    r"/(?:tag|tags|avainsana|avainsanat|author|authors|kirjoittaja|category|kategoria|categories|archives?|arkisto|page|sivu|"
    r"\d{4}/\d{1,2}(?:/\d{1,2})?)(?:[/.\d]|\Z)|[?&](?:paged?|page_id=\d+&paged?|m)=",
    re.IGNORECASE,
)
_NEWS = re.compile(
    r"/(?:uutis\w*|ajankohtais\w*|blogi?|news|nyheter|aktuellt|tiedot(?:e|teet)\w*|lehti|galleri\w*|kuva\w*|"
    r"poytakirja\w*|tietosuoja\w*|privacy|evaste\w*|cookie\w*|rekisteriseloste\w*|\d{4})(?:[/.-]|\Z)",
    re.IGNORECASE,
)
_PROMISING = re.compile(
    r"toimin|ryhm|vertais|tapahtum|kurssi|kerho|kahvila|tuki|tukea|kokoontum|tapaami|harrast|liikun|kalenteri|ohjelma|viikko|"
    r"palvelu|neuvon|kohtaami|retk|leir|koulutus|verksamhet|grupp|evenemang|kalender|event|activit|group|program|"
    r"calendar|support|mukaan|osallistu|vapaaehtois",
    re.IGNORECASE,
)
_CONTACT = re.compile(r"yhteys|kontakt|contact|esittely|yhdistys|about|meista|tietoa", re.IGNORECASE)


class Worth(IntEnum):
    """How soon a page should be read; lower is sooner."""

    START = 0
    PROMISING = 1
    PLAIN = 2
    NEWS = 3
    LISTING = 4


def is_document(url: str) -> bool:
    """Whether the address is a file to be linked rather than read."""
    return bool(_DOCUMENT.search(urlsplit(url).path))


def is_calendar(url: str) -> bool:
    """Whether the address is an iCal file."""
    parts = urlsplit(url)
    return bool(_CALENDAR.search(parts.path) or _CALENDAR.search(f"?{parts.query}"))


def is_page(url: str) -> bool:
    """Whether the address may be a page to read: no file, no form, no log-in, no machine's door."""
    parts = urlsplit(url)
    if _NO_PAGE.search(parts.path) or _DOCUMENT.search(parts.path) or is_calendar(url):
        return False
    return not (_SERVICE_PATH.search(parts.path) or _SERVICE_QUERY.search(parts.query))


def worth(url: str, text: str = "") -> Worth:
    """How much an address, and the words of the link to it, promise."""
    parts = urlsplit(url)
    path = unquote(parts.path)
    if _LISTING.search(f"{path}?{parts.query}" if parts.query else path):
        return Worth.LISTING
    if _PROMISING.search(text) or _PROMISING.search(path):
        return Worth.NEWS if _NEWS.search(path) else Worth.PROMISING
    if _NEWS.search(path):
        return Worth.NEWS
    return Worth.PROMISING if _CONTACT.search(path) else Worth.PLAIN


def path_of(url: str) -> str:
    """The path that stands for a site in one corner of a host; empty for the host's own front page."""
    path = urlsplit(url).path.rstrip("/")
    head, _, last = path.rpartition("/")
    return head if "." in last else path


def is_inside(url: str, path: str) -> bool:
    """Whether an address lies at or below a path; everything lies below an empty one."""
    own, path = urlsplit(url).path, path.rstrip("/")
    return not path or own == path or own.startswith(f"{path}/")


def site_of(url: str) -> str:
    """Host and port that one site shares: `www.` makes no difference, nor how letters like ä are spelt.

    Raises ValueError for an address that is none.
    """
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port
    with suppress(FetchError):  # no host that could be asked: it stays what it is
        host = ascii_host(host, url)
    host = host.removeprefix("www.")
    return host if port in (None, 80, 443) else f"{host}:{port}"
