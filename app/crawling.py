"""A crawl from sources to catalogue, with one report at the end."""

import datetime as dt
import hashlib
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from functools import cache
from pathlib import Path

import msgspec

import crawlers
from app.page_reader import reading
from app.wiring import Wiring
from crawlers.fetch import Network, SqliteCache
from crawlers.harvest import Harvest
from crawlers.lahella_crawl import lahella_steps
from crawlers.ptv_crawl import ptv_steps
from crawlers.run import Crawled, Steps, Visitor, crawl
from crawlers.site import ReadPages, SqlitePages, site_adapter
from crawlers.site.links import path_of, site_of
from schemas.catalogue import ChangeReport, Run
from schemas.codes import SourceKind
from schemas.errors import ConfigurationError, NotFound
from schemas.source import Source
from schemas.taxonomy import Taxonomy

AGENT = "VierelleBot/0.1"
EXAMPLE_CONTACT = "https://vierelle.example.fi/"
_FORGET_AFTER = dt.timedelta(days=120)


class SourceReport(msgspec.Struct, frozen=True):
    """How one source's crawl went; counts of pages and records, bytes received, wall seconds.

    outcome       ok | failed (something went unanswered, nothing was taken away) | alarm
    fetched       pages that came with a body; `not_modified` answered 304; `skipped` not asked for
    failures      failed requests by reason, of the source's own host
    failed        (where, why) of everything that could not be fetched or understood
    dropped       what was seen but is no current activity, by reason
    """

    source: str
    outcome: str
    pages: int
    records: int
    new: int
    changed: int
    unchanged: int
    gone: int
    failed: tuple[tuple[str, str], ...]
    dropped: dict[str, int]
    moved: dict[str, str]
    seconds: float
    fetched: int = 0
    not_modified: int = 0
    skipped: int = 0
    bytes: int = 0
    alarm: str = ""
    host: str = ""
    failures: dict[str, int] = {}
    missing: int = 0
    blocked: int = 0
    fields: dict[str, int] = {}


def chosen(wiring: Wiring, names: Sequence[str]) -> tuple[Source, ...]:
    """The enabled sources, or those named. Raises NotFound for a name that no source has."""
    known = {source.id: source for source in wiring.sources}
    for name in names:
        if name not in known:
            raise NotFound(f"there is no source {name}; known: {', '.join(known) or 'none'}")
    return tuple(known[name] for name in names) or tuple(s for s in wiring.sources if s.enabled and s.live)


def crawl_sources(
    wiring: Wiring,
    sources: Sequence[Source],
    *,
    workers: int = 16,
    stop: threading.Event | None = None,
    progress: Callable[[Harvest], None] | None = None,
    accept_loss: bool = False,
) -> Iterator[SourceReport]:
    """Crawl and store source by source; each is one transaction, so that an end at any moment loses nothing.

    accept_loss   somebody has looked: sources that were read to their end and lost much have really shrunk

    Raises CatalogueBusy when another crawl runs, ConfigurationError when no contact address is set or a
    source names a place that does not exist.
    """
    contact = wiring.settings.contact
    if not contact and not all(source.example for source in sources):
        raise ConfigurationError("set VIERELLE_CONTACT to a mail address where webmasters reach you")
    placed = [_placed(wiring, source) for source in sources]
    visitor = Visitor(AGENT, contact or EXAMPLE_CONTACT)
    folder = wiring.settings.data
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as held:
        held.enter_context(wiring.catalogue.lock("crawl"))
        pages = held.enter_context(closing(SqlitePages(folder / "site-pages.sqlite")))
        pages.prune(wiring.moment() - _FORGET_AFTER)
        cache = held.enter_context(closing(SqliteCache(folder / "fetch-cache.sqlite")))
        network = held.enter_context(Network(cache))
        read = held.enter_context(reading(wiring))
        crawled = crawl(
            placed,
            adapters(wiring, pages, read),
            network,
            visitor,
            wiring.municipality,
            wiring.moment(),
            workers=workers,
            stop=stop,
            progress=progress,
        )
        for done in crawled:
            if stop is not None and stop.is_set() and not done.harvest.pages:
                continue  # it never began: that says nothing about the source
            yield _store(wiring, done, network, accept_loss=accept_loss)


def adapters(
    wiring: Wiring, pages: SqlitePages | None, read: ReadPages | None = None
) -> Mapping[SourceKind, Steps]:
    """How each kind of source is crawled; `read` reads the pages of sites."""
    taxonomy = wiring.taxonomy
    site = site_adapter(taxonomy, pages, reader_version(taxonomy), read)
    return {SourceKind.PTV: ptv_steps, SourceKind.LAHELLA: lahella_steps, SourceKind.SITE: site}


def reader_version(taxonomy: Taxonomy) -> str:
    """A short value that changes with the code and the words by which pages are read."""
    words = msgspec.json.encode((taxonomy.kinds, taxonomy.groups))
    return hashlib.blake2b(_code_digest() + words, digest_size=8).hexdigest()


@cache
def _code_digest() -> bytes:
    """Of the code that reads; once a process, which goes on with the code that it began with."""
    digest = hashlib.blake2b(digest_size=16)
    folder = Path(crawlers.__file__).parent
    for name in ("adapters", "prose", "site"):
        for file in sorted((folder / name).rglob("*.py")):
            digest.update(file.read_bytes())
    return digest.digest()


def _placed(wiring: Wiring, source: Source) -> Source:
    """The source with its county by name. Raises ConfigurationError for places that do not exist."""
    if source.municipality and wiring.municipality(source.municipality) is None:
        raise ConfigurationError(f"{source.id}: there is no municipality {source.municipality}")
    source = in_its_corner(source, wiring.sources)
    if not source.county:
        return source
    wanted = source.county.casefold()
    for county in wiring.gazetteer.counties:
        if wanted in (name.casefold() for name in (county.code, county.fi, county.place, county.brand)):
            codes = source.municipalities
            if source.kind is SourceKind.LAHELLA and not codes:
                # Its listing covers all of Finland: keep what concerns the county.
                codes = tuple(place.code for place in wiring.gazetteer.municipalities_of_county(county.code))
            return msgspec.structs.replace(source, county=county.fi, municipalities=codes)
    raise ConfigurationError(f"{source.id}: there is no wellbeing services county {source.county}")


def in_its_corner(source: Source, others: Sequence[Source]) -> Source:
    """A site that shares its host with other sources, below a path of its own, keeps to that path."""
    site = source.kind is SourceKind.SITE and not source.within
    shared = site and any(
        other.id != source.id and site_of(other.url) == site_of(source.url) for other in others
    )
    return msgspec.structs.replace(source, within=path_of(source.url)) if shared else source


def _store(wiring: Wiring, done: Crawled, network: Network, *, accept_loss: bool) -> SourceReport:
    harvest = done.harvest
    changes = wiring.catalogue.replace(
        done.source.id,
        done.source.kind,
        harvest.records.values(),
        complete=harvest.complete,
        now=wiring.moment(),
        accept_loss=accept_loss and harvest.complete,
    )
    report = _report(done, changes, network)
    finished = dt.datetime.now(dt.UTC)
    started = finished - dt.timedelta(seconds=done.seconds)
    text = msgspec.json.encode(report).decode()
    wiring.catalogue.save_run(Run(done.source.id, started, finished, report.outcome, text))
    return report


def _report(done: Crawled, changes: ChangeReport, network: Network) -> SourceReport:
    harvest = done.harvest
    failed = [(trouble.where, trouble.reason) for trouble in harvest.troubles]
    failed += [(entry.id, entry.reason) for entry in changes.failed]
    if done.error:
        failed.append(("crawl", done.error))
    host = site_of(done.source.url)
    # A site that has moved is asked at its new host.
    hosts = {host, *map(site_of, harvest.moved.values())}
    tallies = [tally for name, tally in network.tally.snapshot().items() if name in hosts]
    failures: Counter[str] = Counter()
    for tally in tallies:
        failures.update(tally.failed)
    fields = Counter(field for entry in changes.changed for field in entry.fields)
    return SourceReport(
        source=done.source.id,
        outcome="failed" if not harvest.complete else "alarm" if changes.alarm else "ok",
        pages=harvest.pages,
        records=len(harvest.records),
        new=len(changes.new) + len(changes.returned),
        changed=len(changes.changed),
        unchanged=changes.unchanged,
        gone=len(changes.gone),
        failed=tuple(failed),
        dropped=dict(harvest.dropped),
        moved=harvest.moved,
        seconds=round(done.seconds, 3),
        fetched=sum(tally.fetched for tally in tallies),
        not_modified=sum(tally.not_modified for tally in tallies),
        skipped=harvest.skipped,
        bytes=sum(tally.bytes for tally in tallies),
        alarm=changes.alarm or "",
        host=host,
        failures=dict(failures),
        missing=len(changes.missing),
        blocked=len(changes.blocked),
        fields=dict(fields.most_common()),
    )
