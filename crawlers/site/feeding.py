"""The richer ways to a site's activities than its pages: sitemaps, The Events Calendar, iCal files, feeds."""

import datetime as dt
from collections.abc import Iterable, Iterator
from urllib.parse import urljoin, urlsplit

from crawlers.adapters import calendars, feeds, tribe
from crawlers.adapters.context import PageContext
from crawlers.fetch import BodyLimits, content, gunzip, loggable_url
from crawlers.harvest import Harvest
from crawlers.site.asking import Asker
from crawlers.site.assembly import Gathered
from crawlers.site.frontier import Frontier
from crawlers.site.links import site_of
from crawlers.site.sitemap import SitemapEntry, read_sitemap
from schemas.activity import Activity
from schemas.errors import FetchError, ParseError

_USUAL_SITEMAPS = ("/sitemap.xml", "/wp-sitemap.xml")
_MOST_SITEMAPS = 30
_MOST_TRIBE_PAGES = 60
_MOST_CALENDARS = 5
_MOST_FEEDS = 2
_NO_PAGES = ("image", "video", "post_tag", "tag-sitemap", "category", "author", "-users-", "taxonomies")
_UNPACKED = BodyLimits(50_000_000, 200.0)


class Feeding:
    """Sitemaps, calendars and feeds of one site; each `…_steps` yields the seconds to rest.

    listed   the site has a sitemap that lists pages
    covered  paths under which The Events Calendar has told everything that is to come
    """

    def __init__(self, asker: Asker, harvest: Harvest, gathered: Gathered, frontier: Frontier) -> None:
        self._asker = asker
        self._harvest = harvest
        self._gathered = gathered
        self._frontier = frontier
        self._seen: set[str] = set()
        self._calendars = 0
        self._feeds = 0
        self._tribe_done = False
        self.listed = False
        self.covered: set[str] = set()

    def sitemap_steps(self, start: str) -> Iterator[float]:
        """Read the sitemaps that robots.txt names, else the usual ones, and what they lead to."""
        named = [url for url in self._asker.sitemaps(start) if self._is_ours(urljoin(start, url))]
        waiting = [SitemapEntry(urljoin(start, url)) for url in named or _USUAL_SITEMAPS]
        count = 0
        while waiting and count < _MOST_SITEMAPS and not (self._asker.spent or self._asker.ended):
            entry = waiting.pop(0)
            if entry.url in self._seen or (not named and self.listed and entry.url.endswith(_USUAL_SITEMAPS)):
                continue
            self._seen.add(entry.url)
            count += 1
            waiting.extend(self._read_sitemap(entry.url, optional=not named))
            yield self._asker.rest(entry.url)

    def _read_sitemap(self, url: str, *, optional: bool) -> list[SitemapEntry]:
        response = self._asker.get(url, content.SITEMAP, optional=optional)
        if response is None:
            return []
        try:
            found = read_sitemap(gunzip(response.body, _UNPACKED, url), response.final_url)
        except (ParseError, FetchError) as error:
            if not optional:
                self._harvest.trouble(loggable_url(url), str(error)[:120])
            return []
        for entry in found.pages:
            self._frontier.add(entry.url, 1, changed=entry.changed)
            self.listed = self.listed or self._is_ours(entry.url)
        return [
            entry
            for entry in found.sitemaps
            if self._is_ours(entry.url) and not any(word in entry.url for word in _NO_PAGES)
        ]

    def tribe_steps(self, api: str, context: PageContext, today: dt.date) -> Iterator[float]:
        """Read all coming events from the REST service, else from the calendar's iCal file; once a site."""
        if self._tribe_done or self._frontier.within or not self._is_ours(api):
            return
        self._tribe_done = True
        url: str | None = tribe.events_url(api, today)
        found: dict[str, Activity] = {}
        answered = False
        for number in range(1, _MOST_TRIBE_PAGES + 1):
            assert url is not None
            page = self._tribe_page(url)
            yield self._asker.rest(api)
            if page is None:
                answered = False
                break
            answered = True
            new = self._take_events(page, context, found)
            url = page.next_rest_url if page.next_rest_url and self._is_ours(page.next_rest_url) else None
            if url is None and number < page.total_pages:
                url = tribe.events_url(api, today).replace("page=1&", f"page={number + 1}&", 1)
            if url is None or not new:
                break
        self._gathered.add_calendar(context.url, context.language, tuple(found.values()))
        if answered:
            self._note_covered(found.values())
        else:
            self._tribe_done = False  # so that its iCal file is read instead
            yield from self.calendar_steps(urljoin(context.url, "/events/?ical=1"), context)
            self._tribe_done = True

    def _tribe_page(self, url: str) -> tribe.TribePage | None:
        response = self._asker.get(url, content.JSON, optional=True)
        if response is None:
            return None
        try:
            return tribe.read_events(response.body)
        except ParseError as error:
            self._harvest.trouble(loggable_url(url), str(error)[:120])
            return None

    def _take_events(self, page: tribe.TribePage, context: PageContext, found: dict[str, Activity]) -> bool:
        """Read the events of a page; whether there was any that had not been seen."""
        new = False
        for event in page.events:
            key = tribe.event_key(event)
            if key and key in self._seen:
                continue
            self._seen.add(key)
            new = True
            try:
                made = tribe.activity(event, context)
            except ParseError as error:
                self._harvest.trouble("The Events Calendar", str(error)[:120])
                continue
            if made is None:
                self._harvest.dropped["not published"] += 1
            else:
                found[f"{made.id} {key}"] = made
        return new

    def _note_covered(self, activities: Iterable[Activity]) -> None:
        for activity in activities:
            parts = urlsplit(activity.url or "").path.strip("/").split("/")
            if len(parts) > 1:
                self.covered.add(f"/{parts[0]}/")

    def calendar_steps(self, url: str, context: PageContext) -> Iterator[float]:
        """Read an iCal file of the site; a few at most."""
        told = self._tribe_done and "ical=1" in url
        if told or url in self._seen or not self._owns(url) or self._calendars >= _MOST_CALENDARS:
            return
        self._seen.add(url)
        self._calendars += 1
        response = self._asker.get(url, content.CALENDAR, optional=True)
        if response is not None:
            try:
                found, bad = calendars.activities(response.body, context)
            except ParseError as error:
                self._harvest.trouble(loggable_url(url), str(error)[:120])
            else:
                self._gathered.add_calendar(url, context.language, found)
                for reason in bad:
                    self._harvest.trouble(loggable_url(url), reason[:120])
        yield self._asker.rest(url)

    def feed_steps(self, url: str, context: PageContext) -> Iterator[float]:
        """Read a feed for the pages it names (where no sitemap does) and the events it tells."""
        if url in self._seen or not self._owns(url) or self._feeds >= _MOST_FEEDS or "comment" in url:
            return
        self._seen.add(url)
        self._feeds += 1
        response = self._asker.get(url, content.XML, optional=True)
        if response is not None:
            try:
                entries = feeds.read_feed(response.body, response.final_url)
            except ParseError as error:
                self._harvest.trouble(loggable_url(url), str(error)[:120])
            else:
                for entry in entries:
                    self._frontier.add(urljoin(response.final_url, entry.link), 2, text=entry.title)
                made = (feeds.event_activity(entry, context) for entry in entries)
                found = tuple(activity for activity in made if activity is not None)
                self._gathered.add_calendar(url, context.language, found)
        yield self._asker.rest(url)

    def _owns(self, url: str) -> bool:
        try:
            return self._frontier.owns(url)
        except ValueError:
            return False

    def _is_ours(self, url: str) -> bool:
        """Whether it is of the site's hosts, on which sitemaps stand at the root."""
        try:
            return site_of(url) in self._frontier.sites
        except ValueError:
            return False
