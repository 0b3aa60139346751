"""The pages of one site that are still to be read, the most promising first."""

import datetime as dt
import heapq
from collections import Counter

from crawlers.fetch import TrapDetector, canonical_url
from crawlers.site.documents import MOST as MOST_DOCUMENTS
from crawlers.site.documents import is_read
from crawlers.site.links import Worth, is_inside, is_page, site_of, worth
from schemas.errors import FetchError

_MOST_DEPTH = 8
_MOST_WAITING = 20_000
_MOST_LISTINGS = 60


class Waiting:
    """An address to read: how far from the start, and when the sitemap says that it changed."""

    __slots__ = ("changed", "depth", "url")

    def __init__(self, url: str, depth: int, changed: dt.datetime | None) -> None:
        self.url = url
        self.depth = depth
        self.changed = changed


class Frontier:
    """Takes addresses in, keeps those of the site apart from traps, and gives each out once.

    sites    hosts of the site
    within   the path that it does not leave; empty = it has its hosts to itself
    """

    def __init__(self, start: str, today: dt.date, within: str = "") -> None:
        self.sites = {site_of(start)}
        self.within = within
        self.refused: Counter[str] = Counter()
        self._traps = TrapDetector(today)
        self._known: set[str] = set()
        self._heap: list[tuple[int, int, int, Waiting]] = []
        self._count = 0
        self._listings = 0
        self._documents = 0

    def __len__(self) -> int:
        return len(self._heap)

    def add(
        self,
        url: str,
        depth: int,
        *,
        text: str = "",
        changed: dt.datetime | None = None,
        start: bool = False,
        file: bool = False,
    ) -> None:
        """Take an address in; what is no page of the site, a trap, or known already is left out.

        file   it is known to promise a programme: a file of a kind that is read is taken in too
        """
        try:
            clean = canonical_url(url)
        except FetchError:
            return
        name = _name(clean)
        if (
            name in self._known
            or not (start or self.owns(clean))
            or not (is_page(clean) or (file and is_read(clean)))
        ):
            return
        if depth > _MOST_DEPTH or len(self._heap) >= _MOST_WAITING:
            self.refused["too deep" if depth > _MOST_DEPTH else "too many"] += 1
            return
        if reason := self._traps.check(clean):
            self.refused[reason] += 1
            return
        if file:
            self._documents += 1
            if self._documents > MOST_DOCUMENTS:
                self.refused["too many files"] += 1
                return
        rank = Worth.START if start else worth(clean, text)
        if rank is Worth.LISTING:
            self._listings += 1
            if self._listings > _MOST_LISTINGS:
                self.refused["listing"] += 1
                return
        self._known.add(name)
        self._count += 1
        heapq.heappush(self._heap, (rank, depth, self._count, Waiting(clean, depth, changed)))

    def owns(self, url: str) -> bool:
        """Whether an address is of this site."""
        return site_of(url) in self.sites and is_inside(url, self.within)

    def take(self) -> Waiting:
        """The most promising address. Raises IndexError when there is none."""
        return heapq.heappop(self._heap)[-1]

    def settle(self, url: str, asked: str) -> bool:
        """Note the address to which `asked` led; False = the page there has been read already.

        A redirect to another spelling of one page (a closing slash, https, `www.`) leads to no other page.
        """
        try:
            name = _name(canonical_url(url))
        except FetchError:
            return True
        if name == _name(asked):
            return True
        if name in self._known:
            return False
        self._known.add(name)
        return True


def _name(url: str) -> str:
    """One name for one page: without scheme, `www.`, index file and closing slash."""
    name = url.partition("://")[2].removeprefix("www.")
    head, mark, query = name.partition("?")
    for ending in ("/index.html", "/index.htm", "/index.php", "/default.aspx"):
        head = head.removesuffix(ending)
    return head.rstrip("/") + mark + query
