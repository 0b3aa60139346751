"""Which of the files that pages link are worth asking for: programmes of a season, not minutes or forms."""

import datetime as dt
import re
from collections.abc import Iterable
from urllib.parse import unquote, urljoin, urlsplit

from crawlers.site.page import PageLink

MOST = 5
"""Files of one site in one crawl; each counts against its budget as a page does."""

_READ = re.compile(r"\.docx\Z", re.IGNORECASE)
_PROGRAMME = re.compile(
    r"ohjelma|kalenteri|toimin|ryhm|kerho|viikko|lukuj|aikataul|kurssi|retk|vuorot|kausi|kev[aä][tä]|syksy|syys|kes[aä]"
    r"|j[aä]sen(?:kirje|tiedote)|tapahtum|program|verksamhet|termin|v[aå]ren|h[oö]sten",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"p[oö]yt[aä]kirj|s[aä][aä]n(?:n[oö]t|t[oö])|toimintakertomu|toimintasuunnitelm|tilinp[aä][aä]t|talousarvi|hakemu|lomake"
    r"|seloste|esityslist|kokou|valtakirj|sopimu|ohjes[aä][aä]n|l[aä]hete|laskut|opas\b|ohje\b|protokoll|stadgar|blankett"
    r"|vuosikertomu|strategia",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")


def is_read(url: str) -> bool:
    """Whether an address is a file of a kind that is read."""
    return _READ.search(urlsplit(url).path) is not None


def name_of(url: str) -> str:
    """The name of a file in words: "/2027/01/kevatohjelma_2027.docx" → "kevatohjelma 2027"."""
    name = unquote(urlsplit(url).path).rpartition("/")[2]
    return re.sub(r"[\s_+-]+", " ", name.rpartition(".")[0]).strip()


def plain_address(url: str) -> str:
    """The address without its folders: those of uploads ("/2027/01/") tell nothing of what a file is."""
    return urljoin(url, "/" + urlsplit(url).path.rpartition("/")[2])


def programmes(links: Iterable[PageLink], today: dt.date) -> tuple[PageLink, ...]:
    """The links that promise a programme which is not one of years gone by."""
    return tuple(link for link in links if is_read(link.url) and _promises(link, today))


def _promises(link: PageLink, today: dt.date) -> bool:
    told = f"{name_of(link.url)} {link.text}"
    years = [int(year) for year in _YEAR.findall(told)]
    if years and max(years) < today.year:
        return False
    return _PROGRAMME.search(told) is not None and _OTHER.search(told) is None
