"""Asking the site for one thing at a time, and knowing what a refusal means for the whole crawl."""

from itertools import pairwise
from urllib.parse import urlsplit

from crawlers.fetch import Fetcher, Response, canonical_url, content, loggable_url
from crawlers.harvest import Harvest
from crawlers.site.documents import is_read
from crawlers.site.languages import page_name
from schemas.errors import FetchError

_GONE = frozenset(["http-404", "http-410"])
_NO_ANSWER = frozenset(["http-408", "http-425", "http-429"])
_REFUSED_BEFORE = {"robots", "bad-url", "scheme", "port", "private-address"}
_UNREADABLE = {"content-type", "binary", "too-large", "compression-bomb", "encoding"}
_ASTRAY = {"redirect-bad", "redirect-loop", "redirect-limit"}
_DEFINITE = frozenset(_REFUSED_BEFORE | _UNREADABLE | _ASTRAY)
_ENDS_ALL = frozenset(["outside-window", "host-down", "retry-later", "robots-unreachable"])


class Asker:
    """Fetches for one crawl of one site and remembers how well the site answered.

    unanswered  some question got no answer: what is missing may still be there
    spent       the budget is used up; ended: the site must be left alone from now on
    """

    def __init__(self, fetcher: Fetcher, harvest: Harvest) -> None:
        self._fetcher = fetcher
        self._harvest = harvest
        self.unanswered = False
        self.spent = False
        self.ended = False
        self.last_reason = ""
        self._line_told = False

    def get(self, url: str, accept: str = content.HTML, *, optional: bool = False) -> Response | None:
        """The answer, or None; `optional` things may be absent without a word."""
        try:
            response = self._fetcher.get(url, accept=accept)
        except FetchError as error:
            self._failed(url, error, optional)
            return None
        self.last_reason = ""
        self._harvest.pages += 1
        self._note_open_line(response)
        if response.permanent_redirect and _is_move(url, response.permanent_redirect):
            self._harvest.moved[loggable_url(url)] = loggable_url(response.permanent_redirect)
        return response

    def get_page(self, url: str) -> Response | None:
        """A page, or a file of a kind that is read: one that is absent or too large is no trouble."""
        return self.get(url, content.ANYTHING, optional=True) if is_read(url) else self.get(url)

    def sitemaps(self, url: str) -> tuple[str, ...]:
        """The sitemaps that robots.txt names."""
        try:
            return self._fetcher.robots(url).sitemaps
        except FetchError:
            return ()

    def rest(self, url: str) -> float:
        """Seconds that the server wants to rest."""
        return 0.0 if self.ended else self._fetcher.wait_s(url)

    def _note_open_line(self, response: Response) -> None:
        """Tell once that a site leads away from its safe line: it says so over that line, so it may."""
        way = (*response.redirects, response.final_url)
        opened = next(
            (url for url, on in pairwise(way) if url.startswith("https:") and on.startswith("http:")), ""
        )
        if opened and not self._line_told:
            self._line_told = True
            self._harvest.trouble(loggable_url(opened), "leads from https to http")

    def _failed(self, url: str, error: FetchError, optional: bool) -> None:
        self.last_reason = error.reason
        if error.reason.startswith("budget-"):
            if not self.spent:
                self._harvest.dropped[f"{error.reason} used up"] += 1
            self.spent = True
            return
        if error.reason in _GONE:
            if not optional:
                self._harvest.dropped[error.reason] += 1
            return
        definite = error.reason in _DEFINITE or (
            error.reason.startswith("http-4") and error.reason not in _NO_ANSWER
        )
        if definite and (optional or error.reason == "robots"):
            self._harvest.dropped[error.reason] += 1
            return
        self._harvest.trouble(loggable_url(url), error.reason)
        if not definite:
            self.unanswered = True
        self.ended = self.ended or error.reason in _ENDS_ALL


def _is_move(old: str, new: str) -> bool:
    """Whether an address is more than another spelling (a closing slash, an index file) on the same host."""
    try:
        old, new = canonical_url(old), canonical_url(new)
    except FetchError:
        return False
    one, other = urlsplit(old), urlsplit(new)
    return (one.scheme, one.netloc) != (other.scheme, other.netloc) or page_name(old) != page_name(new)
