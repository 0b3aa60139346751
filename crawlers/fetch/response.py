"""One good answer, as the crawlers see it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from types import MappingProxyType

from crawlers.fetch.charset import decode


@dataclass(frozen=True, kw_only=True)
class Response:
    """A page, feed or file that was fetched well, or was found unchanged.

    An unchanged one carries its body too. `not_modified` says what the server said, not what the catalogue
    knows: a crawl may have been killed between fetching a page and storing its records, so whoever skips
    work on `not_modified` must first see that the records of this very body were stored.

    url                as asked for
    final_url          after redirects
    status             200 also where the server said 304
    headers            lower-case names; several lines of one name joined by ", "
    body               decompressed
    fetched_at         UTC
    not_modified       the server answered 304: `body` comes from the cache
    same_body          304, or 200 with the bytes of last time (servers without validators)
    redirects          the URLs that were redirected, first to last, without `final_url`
    permanent_redirect where the page has moved for good (unbroken 301 and 308 from the start), or None
    """

    url: str
    final_url: str
    status: int
    headers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    body: bytes
    fetched_at: datetime
    not_modified: bool = False
    same_body: bool = False
    redirects: tuple[str, ...] = ()
    permanent_redirect: str | None = None

    @property
    def content_type(self) -> str:
        """The media type in lower case, without parameters; empty when the server told none."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def text(self) -> str:
        """The body as text, decoded on first use; null bytes are left out."""
        return self._decoded[0]

    @property
    def charset(self) -> str:
        """The charset `text` was read in."""
        return self._decoded[1]

    @cached_property
    def _decoded(self) -> tuple[str, str]:
        return decode(self.body, self.headers.get("content-type", ""))
