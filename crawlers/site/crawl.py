"""Crawling one association's site, in polite steps, by the chain of docs/adr/0011-reading-sites.md."""

import datetime as dt
import hashlib
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import msgspec

from crawlers.adapters.context import folded, home_served, language_of
from crawlers.fetch import Fetcher, Response, loggable_url
from crawlers.harvest import Harvest, Resolve
from crawlers.prose import read_page
from crawlers.run import Steps
from crawlers.site.asking import Asker
from crawlers.site.assembly import Gathered
from crawlers.site.described import mark_of
from crawlers.site.feeding import Feeding
from crawlers.site.frontier import Frontier, Waiting
from crawlers.site.languages import page_name
from crawlers.site.links import is_inside, path_of, site_of
from crawlers.site.memory import KnownPage, MemoryPages, PageMemory
from crawlers.site.platforms import corner, is_platform, site_of_link
from crawlers.site.reading import PageJob, PageReader, ReadHere, ReadPages, ReadProse
from crawlers.site.shelf import Shelf
from schemas.activity import Activity
from schemas.codes import AreaScope
from schemas.errors import ParseError
from schemas.source import Source
from schemas.taxonomy import Taxonomy, Term

_HELSINKI = ZoneInfo("Europe/Helsinki")
_TRUST_SITEMAP = dt.timedelta(days=7)
_REMEMBER = dt.timedelta(days=60)


@dataclass(frozen=True)
class SiteReader:
    """What all sites share. `version` changes when the same page would be read differently.

    read   reads pages, where not here in the thread of the crawl
    """

    kinds: Sequence[Term] = ()
    groups: Sequence[Term] = ()
    memory: PageMemory | None = None
    version: str = ""
    read_prose: ReadProse = read_page
    read: ReadPages | None = None

    def steps(self, source: Source, fetcher: Fetcher, harvest: Harvest, resolve: Resolve) -> Iterator[float]:
        """Crawl one site in steps; each yields the seconds to rest. Troubles are noted, not raised.

        What was read until then is in the harvest also when the crawl is closed before its end.
        """
        crawl = _SiteCrawl(self, source, fetcher, harvest, resolve)
        try:
            yield from crawl.steps()
        finally:
            crawl.finish()


def site_adapter(
    taxonomy: Taxonomy, memory: PageMemory | None = None, version: str = "", read: ReadPages | None = None
) -> Steps:
    """The crawl of association sites for `crawlers.run.crawl`; `memory` keeps what pages said."""
    return SiteReader(taxonomy.kinds, taxonomy.groups, memory, version, read=read).steps


class _SiteCrawl:
    """The state of one crawl of one site."""

    def __init__(
        self, shared: SiteReader, source: Source, fetcher: Fetcher, harvest: Harvest, resolve: Resolve
    ) -> None:
        self._source = source
        self._harvest = harvest
        self._today = harvest.started.astimezone(_HELSINKI).date()
        self._memory = shared.memory if shared.memory is not None else MemoryPages()
        self._version = f"{shared.version}-{mark_of(source)}"
        self._asker = Asker(fetcher, harvest)
        self._gathered = Gathered()
        self._frontier = Frontier(source.url, self._today, source.within)
        self._feeding = Feeding(self._asker, harvest, self._gathered, self._frontier)
        self._reader = PageReader(
            source, resolve, self._today, shared.read_prose, shared.kinds, shared.groups
        )
        self._read_page = shared.read or ReadHere(resolve, shared.kinds, shared.groups, shared.read_prose)
        self._bodies: set[str] = set()
        self._shelf = Shelf(self._memory, source.id)
        self._told: dict[str, set[str]] = {}
        self._read = 0
        self._done = False
        self._repeats = False  # the page just read is one that was read before, word for word
        self._moved = False  # by a refresh, to a page that is still to be read
        self._astray = False
        if home_served(source, resolve).scope is AreaScope.UNKNOWN and (source.municipality or source.county):
            harvest.trouble("configuration", f"there is no municipality {source.municipality}")

    def steps(self) -> Iterator[float]:
        """The chain: the start page, sitemaps, calendars and feeds where pages show them, then all pages."""
        self._frontier.add(self._source.url, 0, start=True)
        if not len(self._frontier):
            self._harvest.trouble(loggable_url(self._source.url), "the address is no page")
            return
        waiting = self._frontier.take()
        page = self._visit(waiting)
        yield self._asker.rest(self._source.url)
        started = page is not None
        if page is not None:
            self._settle(page)
            yield from self._follow(page, waiting)
            if self._moved:
                page = yield from self._arrive()
        if not self._asker.ended and not self._astray:
            yield from self._feeding.sitemap_steps(page.url if page else self._source.url)
        if page is not None and not self._asker.ended:
            yield from self._feeds(page)  # only now is it known whether a sitemap lists the pages
        while len(self._frontier) and not self._asker.ended:
            waiting = self._frontier.take()
            page = self._visit(waiting)
            if page is not None:
                yield from self._follow(page, waiting)
            yield self._asker.rest(waiting.url)
        answered = not self._asker.unanswered and not self._asker.ended
        self._done = started and answered and not self._astray

    def _arrive(self) -> Generator[float, None, KnownPage | None]:
        """Read the page that the front page sends its visitors to, before anything else of its host."""
        waiting = self._frontier.take() if len(self._frontier) else None
        page = self._visit(waiting) if waiting is not None else None
        if page is not None and waiting is not None:
            self._settle(page)
            yield from self._follow(page, waiting)
        return page

    def finish(self) -> None:
        """Put into the harvest what was read."""
        self._gather_pages()
        for activity in self._gathered.records(self._today, self._reader.with_kind):
            self._harvest.add(activity)
        self._harvest.dropped.update(self._gathered.dropped)
        self._harvest.dropped.update({f"link: {why}": n for why, n in self._frontier.refused.items()})
        self._harvest.complete = self._done and self._read > 0

    def _follow(self, page: KnownPage, waiting: Waiting) -> Iterator[float]:
        """What a page leads to, and the calendars and feeds it shows."""
        for link in page.links if not self._repeats else ():  # one answer for all grows without end
            self._frontier.add(link.url, waiting.depth + 1, text=link.text)
        for link in page.programmes if not self._repeats else ():
            self._frontier.add(link.url, waiting.depth + 1, text=link.text, file=True)
        for _, url in page.alternates:
            self._frontier.add(url, waiting.depth + 1)
        if page.canonical:
            self._frontier.add(page.canonical, waiting.depth)
        if page.refresh:
            self._refresh(page, page.refresh, waiting)
        context = self._reader.context(page.url, page.language, self._harvest.started)
        if page.tribe:
            yield from self._feeding.tribe_steps(page.tribe, context, self._today)
        for url in page.calendars:
            yield from self._feeding.calendar_steps(url, context)
        if waiting.depth:
            yield from self._feeds(page)

    def _refresh(self, page: KnownPage, target: str, waiting: Waiting) -> None:
        """Follow a page that sends its visitors on; a front page may send them to another host.

        That is what servers say with a 301, without one.
        """
        if not waiting.depth and site_of_link(target) not in self._frontier.sites:
            if is_platform(target):
                self._at_a_platform(target)
                return
            self._frontier.sites.add(site_of(target))
            self._frontier.within = path_of(target) if self._frontier.within else ""
            self._harvest.moved[loggable_url(page.url)] = loggable_url(target)
            self._moved = True
        self._frontier.add(target, waiting.depth + (waiting.depth > 0), start=self._moved)

    def _at_a_platform(self, url: str) -> None:
        self._harvest.trouble(loggable_url(url), "the site leads to a platform, where nothing is read")
        self._astray = True

    def _settle(self, page: KnownPage) -> None:
        """Keep a site that moved to a corner of another's host in that corner: the rest is not its own."""
        self._moved = False
        if self._frontier.within or site_of(page.url) == site_of(self._source.url):
            return
        if found := corner(page.url, (link.url for link in page.links)):
            self._frontier.within = found

    def _feeds(self, page: KnownPage) -> Iterator[float]:
        context = self._reader.context(page.url, page.language, self._harvest.started)
        for url in page.feeds if not self._feeding.listed else ():
            yield from self._feeding.feed_steps(url, context)

    def _visit(self, waiting: Waiting) -> KnownPage | None:
        """Read one page: from memory where it is surely unchanged, else from the site."""
        if waiting.depth and any(prefix in waiting.url for prefix in self._feeding.covered):
            self._harvest.dropped["told by the calendar"] += 1
            return None
        earlier = self._memory.get(self._source.id, waiting.url)
        known = earlier if earlier is not None and earlier.version == self._version else None
        now = self._harvest.started
        if known is not None and self._is_unchanged(known, waiting, now):
            self._harvest.skipped += 1
            return self._take(known, waiting)
        response = None if self._asker.spent else self._asker.get_page(waiting.url)
        if response is None:
            return self._unasked(waiting, known, now)
        if not self._belongs(response, waiting):
            return None
        page = self._understood(response, known, earlier)
        return self._take(page, waiting, remembered=self._memory.put(self._source.id, waiting.url, page))

    def _unasked(self, waiting: Waiting, known: KnownPage | None, now: dt.datetime) -> KnownPage | None:
        """A page that did not come: beyond the budget, what is remembered of it still counts."""
        if self._asker.spent:
            fresh = known is not None and now - known.checked < _REMEMBER
            return self._take(known, waiting) if known is not None and fresh else None
        if self._asker.last_reason in ("http-404", "http-410"):
            self._memory.forget(self._source.id, waiting.url)
        return None

    @staticmethod
    def _is_unchanged(known: KnownPage, waiting: Waiting, now: dt.datetime) -> bool:
        """Whether the sitemap says so; a sitemap that never changes is believed for a week only."""
        # A look in the future was taken by a clock that has been set right since.
        if waiting.changed is None or not dt.timedelta(0) <= now - known.checked <= _TRUST_SITEMAP:
            return False
        return waiting.changed <= known.checked

    def _belongs(self, response: Response, waiting: Waiting) -> bool:
        """Whether what came is a page of the site that has not been read under its own address."""
        final = response.final_url
        if waiting.depth == 0:
            if site_of(final) not in self._frontier.sites and is_platform(final):
                self._at_a_platform(final)
                return False
            self._frontier.sites.add(site_of(final))
            if not is_inside(final, self._frontier.within):
                self._frontier.within = path_of(final)  # the corner has moved
        elif not self._frontier.owns(final):
            self._harvest.dropped["leads away"] += 1
            return False
        if response.redirects and not self._frontier.settle(final, waiting.url) and waiting.depth:
            self._harvest.dropped["read already"] += 1
            return False
        return True

    def _understood(
        self, response: Response, known: KnownPage | None, earlier: KnownPage | None
    ) -> KnownPage:
        digest = hashlib.blake2b(response.body, digest_size=16).hexdigest()
        if known is not None and known.digest == digest and known.url == response.final_url:
            return msgspec.structs.replace(known, checked=response.fetched_at)
        return self._newly_read(response, digest, earlier)

    def _newly_read(self, response: Response, digest: str, earlier: KnownPage | None) -> KnownPage:
        """The page as it is now; where it cannot be read, what it said before, until one of both changes."""
        job = PageJob(
            source=self._source,
            today=self._today,
            url=response.final_url,
            body=response.body,
            content_type=response.headers.get("content-type", ""),
            digest=digest,
            version=self._version,
            fetched=response.fetched_at,
        )
        try:
            return self._read_page(job)
        except ParseError as error:
            blank = KnownPage(job.url, digest, self._version, job.fetched)
            return msgspec.structs.replace(
                earlier or blank,
                url=job.url,
                digest=digest,
                version=self._version,
                checked=earlier.checked if earlier is not None else job.fetched,
                unread=f"the page cannot be read: {error}"[:200],
            )

    def _take(self, page: KnownPage, waiting: Waiting, *, remembered: bool = True) -> KnownPage:
        """Count a page and keep what it tells."""
        self._read += 1
        if page.unread:
            self._harvest.trouble(loggable_url(page.url), page.unread)
        if page.bad_blocks:
            self._harvest.trouble(loggable_url(page.url), "JSON-LD that cannot be read")
        if self._gathered.owner is None or not self._gathered.owner.contacts:
            self._gathered.owner = page.owner or self._gathered.owner
        reason = page.dropped or ("same text" if page.digest in self._bodies else "")
        self._repeats = page.digest in self._bodies
        self._bodies.add(page.digest)
        if reason:
            self._harvest.dropped[reason] += 1
        elif page.activities:
            self._shelf.put(waiting.url, page, remembered=remembered)
        return page

    def _gather_pages(self) -> None:
        """Take what all pages tell, and from those that call another one the original what that one does not.

        A template may name one page as canonical on all pages, or one that does not exist: nothing is lost.
        """
        copies = []
        for page, entry in self._shelf.emptied():
            if self._is_copy(page):
                copies.append(entry)
            else:
                self._gather(page, page.activities)
        for page in self._shelf.again(copies):
            told = self._told.get(page_name(page.canonical or ""), set())
            fresh = [activity for activity in page.activities if _title_key(activity) not in told]
            if fresh:
                self._gather(page, fresh)
            else:
                self._harvest.dropped["another address is canonical"] += 1
        if self._shelf.lost:
            self._harvest.trouble("memory", f"{self._shelf.lost} pages could not be read back")
            self._done = False

    def _gather(self, page: KnownPage, activities: Sequence[Activity]) -> None:
        confirmed = [_confirmed(activity, page.checked) for activity in activities]
        self._told.setdefault(page_name(page.url), set()).update(map(_title_key, activities))
        self._gathered.add_page(
            page.url, language_of(page.language, "fi"), page.alternates, confirmed, page.prose
        )

    def _is_copy(self, page: KnownPage) -> bool:
        """Whether the page names another one of this site as the original."""
        if page.canonical is None or site_of(page.canonical) not in self._frontier.sites:
            return False
        return page_name(page.canonical) != page_name(page.url)


def _title_key(activity: Activity) -> str:
    return folded(activity.title.best())


def _confirmed(activity: Activity, fetched: dt.datetime) -> Activity:
    """The activity as of the moment at which its page was last confirmed."""
    provenance = tuple(msgspec.structs.replace(entry, fetched=fetched) for entry in activity.provenance)
    return msgspec.structs.replace(activity, provenance=provenance)
