"""Crawling Lähellä.fi: page through the listing, or read the data of its pages where there is no listing.

Paths come from the source's configuration, since the service documents no public reading:
`listing` (default v1/activities?total=true&limit={limit}&skip={skip}&text=), `pages` (addresses of pages
with data, separated by spaces), `page` (address of one activity, with {key}).
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from crawlers.adapters import lahella
from crawlers.adapters.lahella_shapes import Listing, read_item_with_faults, read_listing
from crawlers.fetch import Fetcher, content
from crawlers.harvest import Harvest, Resolve
from schemas.activity import Activity
from schemas.codes import AreaScope
from schemas.errors import FetchError, ParseError
from schemas.source import Source

_LISTING = "v1/activities?total=true&limit={limit}&skip={skip}&text="
_LIMIT = 100
_MOST_PAGES = 500


def lahella_steps(source: Source, fetcher: Fetcher, harvest: Harvest, resolve: Resolve) -> Iterator[float]:
    """Crawl one Lähellä.fi source in steps; each yields the seconds to rest. Troubles are noted."""
    base = source.url.rstrip("/") + "/"
    before = len(harvest.troubles)
    pages = source.paths.get("pages", "").split()
    listing = source.paths.get("listing", "" if pages else _LISTING)
    ended = not listing
    seen = 0
    for _ in range(_MOST_PAGES if listing else 0):
        # The service may give fewer than asked for: go on from what came, not from what was wanted.
        url = urljoin(base, listing.format(limit=_LIMIT, skip=seen))
        page = _listing_page(url, fetcher, harvest)
        yield fetcher.wait_s(base)
        if page is None:
            break
        fresh = [_take(item, source, harvest, resolve) for item in page.items or ()]
        seen += len(fresh)
        if not _goes_on(page, seen) or not any(fresh):
            ended = True
            break
    for address in pages:
        _data_page(urljoin(base, address), source, fetcher, harvest, resolve)
        yield fetcher.wait_s(base)
    unanswered = any(trouble.where.startswith("fetch ") for trouble in harvest.troubles[before:])
    harvest.complete = ended and not unanswered and bool(harvest.records or harvest.dropped)


def _listing_page(url: str, fetcher: Fetcher, harvest: Harvest) -> Listing | None:
    """One page of the listing, None where it could not be read."""
    try:
        page = read_listing(fetcher.get(url, accept=content.JSON).body)
    except (FetchError, ParseError) as error:
        harvest.trouble("fetch listing", error.reason if isinstance(error, FetchError) else str(error))
        return None
    harvest.pages += 1
    return page


def _goes_on(page: Listing, seen: int) -> bool:
    """Whether there are more items than the `seen` ones, by whatever the answer tells of it."""
    if not page.items or page.has_more is False:
        return False
    if page.total is not None:
        return seen < page.total
    return page.has_more is True or len(page.items) >= _LIMIT


def _data_page(url: str, source: Source, fetcher: Fetcher, harvest: Harvest, resolve: Resolve) -> None:
    try:
        response = fetcher.get(url)
        items = list(lahella.page_items(response.text))
    except (FetchError, ParseError) as error:
        harvest.trouble("fetch page", error.reason if isinstance(error, FetchError) else str(error))
        return
    harvest.pages += 1
    for item in items:
        _take(item, source, harvest, resolve)


def _take(item: Any, source: Source, harvest: Harvest, resolve: Resolve) -> bool:
    """Read an item into the harvest; False = its record is there already."""
    try:
        read, faults = read_item_with_faults(item)
        for fault in faults:
            harvest.dropped[f"field {fault}"] += 1
        found = lahella.activity(read, source, resolve, harvest.started)
    except ParseError as error:
        harvest.trouble("item", str(error))
        return True
    if found is None:
        harvest.dropped["draft or expired"] += 1
    elif found.id in harvest.records:
        return False
    elif not concerns(found, source, resolve):
        harvest.dropped["elsewhere"] += 1
    else:
        harvest.add(found)
    return True


def concerns(activity: Activity, source: Source, resolve: Resolve) -> bool:
    """Whether an activity is for people of the municipalities or the county that a source wants to keep.

    A source that names neither keeps all. What is for the whole country is for them too; what tells neither
    an area nor a place is not taken, since the service covers all of Finland.
    """
    wanted = {code for name in source.municipalities if (code := resolve(name))}
    if not wanted:
        return True
    served = activity.served
    if served.scope is AreaScope.NATIONAL:
        return True
    if served.scope is AreaScope.COUNTY:
        home = (source.county or "").casefold()
        return any(name.casefold() in home or home in name.casefold() for name in served.counties if home)
    codes = {*served.municipalities, *(place.municipality for place in activity.places())}
    return bool(codes & wanted)
