"""Finnish, Swedish and English versions of one page → one activity with translations. Pure."""

import re
from collections.abc import Sequence
from contextlib import suppress
from urllib.parse import unquote, urlsplit

import msgspec

from crawlers.adapters.context import LANGUAGES
from crawlers.fetch import canonical_url
from schemas.activity import Activity, Link, Texts
from schemas.errors import FetchError

_MARKER = re.compile(
    r"(?:/(?:fi|sv|se|en)(?=/|\Z))|(?:[-_](?:fi|sv|se|en)(?=\.\w{2,5}\Z|/?\Z))", re.IGNORECASE
)


class Telling(msgspec.Struct, frozen=True):
    """One activity as one page tells it, with the page's language and its other versions."""

    page: str
    language: str
    alternates: tuple[tuple[str, str], ...]
    activity: Activity
    number: int = 0


def joined(tellings: Sequence[Telling]) -> list[Telling]:
    """The tellings with translations folded into the first language's, in their order."""
    pages: dict[str, list[Telling]] = {}
    for telling in tellings:
        pages.setdefault(page_name(telling.page), []).append(telling)
    groups = _groups(pages)
    replaced: dict[int, Telling | None] = {}
    for group in groups:
        if len(group) < 2:
            continue
        versions = sorted((pages[name] for name in group), key=lambda page: LANGUAGES.index(page[0].language))
        _join(versions, replaced)
    result = (replaced.get(id(telling), telling) for telling in tellings)
    return [telling for telling in result if telling is not None]


def told_in_two(found: Sequence[Activity], page: str) -> list[Activity]:
    """The activities of one page, those that it tells again in another language as their translations.

    Told again is what has the very times of one other, and neither's times are those of a third.
    """
    spoken = [_spoken(activity) for activity in found]
    times = [_times(activity) for activity in found]
    kept: list[Activity | None] = list(found)
    for place, activity in enumerate(found):
        same = [other for other in range(len(found)) if times[place] and times[other] == times[place]]
        if len(same) == 2 and same[1] == place and spoken[same[0]] != spoken[place]:
            base = kept[same[0]]
            if base is not None and _towns(base) == _towns(activity):
                kept[same[0]] = translated(base, Telling(page, spoken[place], (), activity))
                kept[place] = None
    return [activity for activity in kept if activity is not None]


def _spoken(activity: Activity) -> str:
    return next((code for code in LANGUAGES if getattr(activity.title, code)), LANGUAGES[0])


def _towns(activity: Activity) -> set[str]:
    return {place.municipality for place in activity.places() if place.municipality}


def page_name(url: str) -> str:
    """A page's name whatever its scheme, `www.`, spelling, fragment, index file and closing slash."""
    with suppress(FetchError):
        url = canonical_url(url)
    name = url.partition("://")[2].partition("#")[0].removeprefix("www.")
    return re.sub(r"/index\.(?:html?|php)\Z", "", unquote(name)).rstrip("/")


def _groups(pages: dict[str, list[Telling]]) -> list[list[str]]:
    """Names of pages that are versions of one page, at most one of each language."""
    parent = {name: name for name in pages}

    def root(name: str) -> str:
        while parent[name] != name:
            name = parent[name]
        return name

    for name, tellings in pages.items():
        for _, link in tellings[0].alternates:
            other = page_name(link)
            if other in pages and _differ(tellings, pages[other]):
                parent[root(name)] = root(other)
    by_shape: dict[str, list[str]] = {}
    for name in pages:
        by_shape.setdefault(_MARKER.sub("", urlsplit(f"//{name}").path).rstrip("/"), []).append(name)
    for names in by_shape.values():
        if len(names) > 1 and len({pages[name][0].language for name in names}) == len(names):
            for name in names[1:]:
                parent[root(name)] = root(names[0])
    groups: dict[str, list[str]] = {}
    for name in pages:
        groups.setdefault(root(name), []).append(name)
    return [
        group for group in groups.values() if len({pages[name][0].language for name in group}) == len(group)
    ]


def _differ(one: list[Telling], other: list[Telling]) -> bool:
    return one[0].language != other[0].language


def _join(versions: Sequence[list[Telling]], replaced: dict[int, Telling | None]) -> None:
    base = list(versions[0])
    merged = [telling.activity for telling in base]
    for version in versions[1:]:
        for place, telling in _pairs(base, version):
            merged[place] = translated(merged[place], telling)
            replaced[id(telling)] = None
    for telling, activity in zip(base, merged, strict=True):
        replaced[id(telling)] = msgspec.structs.replace(telling, activity=activity)


def _pairs(base: Sequence[Telling], version: Sequence[Telling]) -> list[tuple[int, Telling]]:
    """Which of `base` each of `version` translates: by their times, else by order where there are as many."""
    found: list[tuple[int, Telling]] = []
    free = list(range(len(base)))
    left: list[Telling] = []
    for telling in version:
        times = _times(telling.activity)
        same = [place for place in free if times and _times(base[place].activity) == times]
        twins = [other for other in version if _times(other.activity) == times]
        if len(same) == 1 and len(twins) == 1:
            found.append((same[0], telling))
            free.remove(same[0])
        else:
            left.append(telling)
    if len(left) == len(free):
        for place, telling in zip(free, left, strict=True):
            own, other = _times(base[place].activity), _times(telling.activity)
            if not own or not other or own == other:
                found.append((place, telling))
    return found


def _times(activity: Activity) -> frozenset[object]:
    return frozenset(
        (entry.frequency, entry.start, entry.start_time, entry.weekdays) for entry in activity.schedules()
    )


def translated(base: Activity, telling: Telling) -> Activity:
    """`base` with the texts of another language added, and a link to that version."""
    other = telling.activity
    changes: dict[str, object] = {
        name: _both(getattr(base, name), getattr(other, name)) for name in ("title", "summary", "description")
    }
    changes["price"] = msgspec.structs.replace(base.price, info=_both(base.price.info, other.price.info))
    changes["registration"] = msgspec.structs.replace(
        base.registration, info=_both(base.registration.info, other.registration.info)
    )
    url = other.url or telling.page
    if url not in {link.url for link in base.links} and url != base.url:
        changes["links"] = (*base.links, Link(url, other.title))
    if not base.schedules() and other.schedules():
        changes["channels"] = other.channels
    if not base.contacts:
        changes["contacts"] = other.contacts
    return msgspec.structs.replace(base, **changes)


def _both(one: Texts, other: Texts) -> Texts:
    return Texts(fi=one.fi or other.fi, sv=one.sv or other.sv, en=one.en or other.en)
