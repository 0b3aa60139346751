"""What is understood from one page: field by field with its sentence, and what was missing."""

import hashlib
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

import msgspec

from app.crawling import AGENT, EXAMPLE_CONTACT
from app.wiring import Wiring
from crawlers.adapters.context import PageContext
from crawlers.adapters.jsonld import types
from crawlers.adapters.jsonld_activity import organisation_facts
from crawlers.fetch import Fetcher, MemoryCache, Network, Response
from crawlers.prose import read_page
from crawlers.run import Visitor, policy_of
from crawlers.site.links import is_inside, path_of, site_of
from crawlers.site.page import PageFacts, read_facts
from crawlers.site.publisher import Publisher, publisher_of
from crawlers.site.reading import PageReader
from schemas.activity import Activity, Channel
from schemas.codes import Frequency, PriceKind
from schemas.errors import ConfigurationError
from schemas.gazetteer import Gazetteer
from schemas.schedule import Schedule
from schemas.source import Source

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_UNKNOWN = "page"
WISHED = (
    *("organisation", "schedule", "place", "municipality", "price", "contacts", "registration", "groups"),
    "description",
)
"""What a visitor wants to know of every activity."""


class Field(msgspec.Struct, frozen=True):
    """One understood field; `sentence` is empty where it came from structured data or the configuration."""

    name: str
    value: str
    sentence: str = ""


class Understood(msgspec.Struct, frozen=True):
    """One activity of the page; `origin` is structured | text."""

    id: str
    title: str
    origin: str
    fields: tuple[Field, ...]
    missing: tuple[str, ...]


class Explanation(msgspec.Struct, frozen=True):
    """One page: what it is, what leads on from it, and its activities. `reasons` tell why it is judged so.

    publisher   whose page it is, by the configuration or the page itself, and where that is told
    """

    url: str
    status: int
    charset: str
    title: str
    language: str
    page_class: str
    reasons: tuple[str, ...]
    words: int
    structured: tuple[str, ...]
    feeds: tuple[str, ...]
    calendars: tuple[str, ...]
    rest_service: str | None
    dropped: str
    activities: tuple[Understood, ...]
    publisher: str = ""
    publisher_told: str = ""


def explain(wiring: Wiring, url: str, allow_hosts: Sequence[str] = ()) -> Explanation:
    """Fetch one page, by all the manners of a crawl, and read it. Raises FetchError, ConfigurationError."""
    source = _source(wiring, url, allow_hosts)
    contact = wiring.settings.contact or (EXAMPLE_CONTACT if source.allow_hosts else "")
    if not contact:
        raise ConfigurationError("set VIERELLE_CONTACT to a mail address where webmasters reach you")
    with Network(MemoryCache()) as network:
        response = Fetcher(policy_of(source, Visitor(AGENT, contact)), network).get(url)
    taxonomy, today = wiring.taxonomy, wiring.settings.now().date()
    facts = read_facts(response.text, response.final_url)
    publisher = _publisher(source, facts, response, wiring)
    if publisher is not None:
        source = msgspec.structs.replace(source, name=publisher.name)
    reader = PageReader(source, wiring.municipality, today, read_page, taxonomy.kinds, taxonomy.groups)
    digest = hashlib.blake2b(response.body, digest_size=16).hexdigest()
    page = reader.read(response.text, response.final_url, digest, "", response.fetched_at)
    prose = read_page(
        response.text,
        response.final_url,
        today=today,
        language=page.language,
        resolve=wiring.municipality,
        kinds=taxonomy.kinds,
        groups=taxonomy.groups,
    )
    return Explanation(
        url=response.final_url,
        status=response.status,
        charset=response.charset,
        title=prose.title or facts.title,
        language=page.language,
        page_class=prose.page_class.value,
        reasons=prose.reasons,
        words=len(prose.main_text.split()),
        structured=tuple(name for node in facts.nodes for name in types(node)),
        feeds=facts.feeds,
        calendars=facts.calendars,
        rest_service=facts.tribe,
        dropped=page.dropped,
        activities=tuple(
            _understood(reader.with_kind(entry), page.prose, wiring.gazetteer, publisher)
            for entry in page.activities
        ),
        publisher=publisher.name if publisher is not None else "",
        publisher_told=publisher.evidence if publisher is not None else "",
    )


def _publisher(source: Source, facts: PageFacts, response: Response, wiring: Wiring) -> Publisher | None:
    """Whose page it is: the configured source's, else by what the page says of itself."""
    if source.id != _UNKNOWN:
        return Publisher(source.organisation or source.name, "the configuration")
    context = PageContext(source, response.final_url, "fi", response.fetched_at, wiring.municipality)
    owner = organisation_facts(facts.nodes, context)
    told = [("Organization", owner.organisation.name)] if owner is not None else []
    told += [
        (kind, str(node.get("name") or ""))
        for node in facts.nodes
        for kind in types(node)
        if kind.lower() == "website"
    ]
    return publisher_of(response.text, response.final_url, told)


def _source(wiring: Wiring, url: str, allow_hosts: Sequence[str]) -> Source:
    """The configured source of the page's site, else one made for the occasion."""
    hosts = tuple(allow_hosts)
    here = [source for source in wiring.sources if site_of(source.url) == site_of(url)]
    nearest = sorted(here, key=lambda source: (not is_inside(url, path_of(source.url)), -len(source.url)))
    for source in nearest[:1]:
        return msgspec.structs.replace(source, allow_hosts=(*source.allow_hosts, *hosts), window=None)
    name = urlsplit(url).hostname or "page"
    return Source(name=name, id=_UNKNOWN, url=url, allow_hosts=hosts)


def _understood(
    activity: Activity, prose: Sequence[str], gazetteer: Gazetteer, publisher: Publisher | None
) -> Understood:
    """One activity; an organisation that only the page's address tells counts as missing."""
    sentences: dict[str, list[str]] = {}
    for entry in activity.evidence:
        sentences.setdefault(entry.field.split(".")[0], []).append(entry.sentence)
    found = [
        Field(name, value, " … ".join(dict.fromkeys(sentences.get(name, ()))))
        for name, value in _values(activity, gazetteer)
        if value and not (name == "organisation" and publisher is None and _is_host(value, activity))
    ]
    known = {field.name for field in found}
    missing = tuple(name for name in WISHED if name not in known)
    origin = "text" if activity.id in prose else "structured"
    return Understood(activity.id, activity.title.best(), origin, tuple(found), missing)


def _is_host(name: str, activity: Activity) -> bool:
    return name == urlsplit(activity.url or "").hostname


def _values(activity: Activity, gazetteer: Gazetteer) -> Iterable[tuple[str, str]]:
    yield "title", " / ".join(text for _, text in activity.title.items())
    yield "kind", activity.kind.value if activity.kind else ""
    yield "status", activity.status.value
    yield "summary", activity.summary.best()
    yield "description", activity.description.best()[:300]
    yield "organisation", activity.organisation.name if activity.organisation else ""
    for schedule in activity.schedules():
        yield "schedule", told(schedule)
    for channel in activity.channels:
        yield "place", _place(channel)
    codes = (place.municipality for place in activity.places() if place.municipality)
    towns = dict.fromkeys((*codes, *activity.served.municipalities))
    yield (
        "municipality",
        ", ".join(gazetteer.municipality(code).fi if code in gazetteer else code for code in towns),
    )
    yield "served", activity.served.scope.value + " " + ", ".join(activity.served.counties)
    kind, info = activity.price.kind, activity.price.info.best()
    yield "price", " ".join(filter(None, ("" if kind is PriceKind.UNKNOWN else kind.value, info)))
    joining = activity.registration
    yield (
        "registration",
        " ".join(filter(None, (joining.info.best(), joining.url, joining.email, joining.phone))),
    )
    for contact in activity.contacts:
        yield "contacts", " ".join(filter(None, (contact.type.value, contact.value, contact.name)))
    yield "groups", ", ".join(group.value for group in activity.groups)
    yield "ages", ", ".join(f"{entry.low or ''}–{entry.high or ''}" for entry in activity.ages)
    yield "languages", ", ".join(activity.languages)


def _place(channel: Channel) -> str:
    place = channel.place
    parts = (place.name, place.street, place.postcode, place.city) if place else ()
    text = ", ".join(filter(None, parts))
    return text or (channel.type.value if channel.url or channel.type.value != "place" else "")


def told(schedule: Schedule) -> str:
    """A schedule in one line, for operators."""
    days = " ".join(f"{entry.nth or ''}{_DAYS[entry.day]}" for entry in schedule.weekdays)
    clock = "–".join(f"{time:%H.%M}" for time in (schedule.start_time, schedule.end_time) if time)
    span = "–".join(day.isoformat() if day else "" for day in (schedule.start, schedule.end))
    every = f"every {schedule.interval}" if schedule.interval > 1 else ""
    parity = f"{schedule.parity.value} weeks" if schedule.parity else ""
    dates = " ".join(day.isoformat() for day in schedule.dates)
    frequency = "" if schedule.frequency is Frequency.ONCE else schedule.frequency.value
    single = (
        schedule.start.isoformat()
        if schedule.frequency is Frequency.ONCE and schedule.start
        else span.strip("–")
    )
    off = f"not in months {', '.join(map(str, schedule.months_off))}" if schedule.months_off else ""
    breaks = " ".join(f"not {pause.start}–{pause.end}" for pause in schedule.breaks)
    return " ".join(filter(None, (frequency, every, days, clock, single, dates, parity, off, breaks)))
