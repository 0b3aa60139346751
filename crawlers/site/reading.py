"""One fetched page → a `KnownPage`: structured data first, then the page's own text. Pure.

Reading takes most of a crawl's processor time and runs code on whatever a stranger wrote. So it is bytes in,
values out (`PageJob` → `KnownPage`) and may be done in another process: `ReadPages` is the seam.
"""

import datetime as dt
import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Protocol

import msgspec

from crawlers.adapters.context import (
    PageContext,
    home_organisation,
    home_served,
    language_of,
    name_key,
    page_key,
    record_id,
)
from crawlers.adapters.jsonld_activity import activities, organisation_facts, without_mark
from crawlers.adapters.word import is_word, word_html
from crawlers.fetch import content, decode
from crawlers.prose import FoundActivity, PageReading, read_page
from crawlers.site.documents import is_read, name_of, plain_address, programmes
from crawlers.site.kinds import kind_words
from crawlers.site.languages import told_in_two
from crawlers.site.matching import filled, same_activity
from crawlers.site.memory import KnownPage
from crawlers.site.page import PageFacts, PageLink, read_facts
from schemas.activity import Activity, Link, Texts
from schemas.border import clean_line
from schemas.codes import Status
from schemas.errors import ParseError
from schemas.source import Source
from schemas.taxonomy import Term

_MOST_DOCUMENTS = 10
_FEW_ACTIVITIES = 3
# A tag of thousands of attributes keeps the parser busy for minutes; a picture written into one is no loss.
_OVERLONG = re.compile(r"<[a-zA-Z][^<>]{20000,}")


class ReadProse(Protocol):
    """Reads activities from running text: `crawlers.prose.read_page`, or a stand-in."""

    def __call__(
        self,
        html: str,
        url: str,
        *,
        today: dt.date,
        language: str | None,
        resolve: Callable[[str], str | None],
        kinds: Sequence[Term],
        groups: Sequence[Term],
        home: str | None,
    ) -> PageReading:
        """Everything read from one page. Never raises."""


class PageJob(msgspec.Struct, frozen=True):
    """One page to be read: all that its reading depends on.

    body, content_type   as fetched, decompressed
    digest, version      are kept with what is read
    """

    source: Source
    today: dt.date
    url: str
    body: bytes
    content_type: str
    digest: str
    version: str
    fetched: dt.datetime


class ReadPages(Protocol):
    """Reads a page, here or elsewhere. Safe for threads."""

    def __call__(self, job: PageJob) -> KnownPage:
        """What the page says. Raises ParseError, which tells why it cannot be read at all."""


class ReadHere:
    """Reads pages in this process and thread."""

    def __init__(
        self,
        resolve: Callable[[str], str | None],
        kinds: Sequence[Term] = (),
        groups: Sequence[Term] = (),
        read_prose: ReadProse = read_page,
    ) -> None:
        # One reader for all pages of a source; the few that are kept are those of sources under way.
        self._reader = lru_cache(maxsize=64)(
            lambda source, today: PageReader(
                msgspec.json.decode(source, type=Source), resolve, today, read_prose, kinds, groups
            )
        )

    def __call__(self, job: PageJob) -> KnownPage:
        """What the page says. Raises ParseError."""
        reader = self._reader(msgspec.json.encode(job.source), job.today)
        try:
            text = _text(job)
            return reader.read(_OVERLONG.sub("<br ", text), job.url, job.digest, job.version, job.fetched)
        except ParseError:
            raise
        except Exception as error:
            # Whatever a page makes our code do, it costs that page.
            raise ParseError(f"reading it raised {type(error).__name__}") from error


def _text(job: PageJob) -> str:
    """The page as HTML, decoded; of a file that is read, what it says. Raises ParseError."""
    if is_read(job.url):
        if is_word(job.body):
            return word_html(job.body, name_of(job.url))
        if content.is_binary_body(job.body, content.HTML, job.content_type):
            raise ParseError("the file is no Word document")
    return decode(job.body, job.content_type)[0]


class PageReader:
    """Reads the pages of one source; holds what all of them share."""

    def __init__(
        self,
        source: Source,
        resolve: Callable[[str], str | None],
        today: dt.date,
        read_prose: ReadProse,
        kinds: Sequence[Term],
        groups: Sequence[Term],
    ) -> None:
        self.source = source
        self.resolve = resolve
        self._today = today
        self._read_prose = read_prose
        self._kinds = kinds
        self._kind_words = kind_words(tuple(kinds))
        self._groups = groups
        self._home = resolve(source.municipality) if source.municipality else None

    def context(self, url: str, language: str, fetched: dt.datetime) -> PageContext:
        """What parsers need to know of an address of this source."""
        return PageContext(self.source, url, language, fetched, self.resolve)

    def with_kind(self, activity: Activity) -> Activity:
        """The activity with the kind that its title names, where it has none."""
        kind = activity.kind or self._kind_words.kind_of(activity)
        return activity if kind is activity.kind else msgspec.structs.replace(activity, kind=kind)

    def read(self, text: str, url: str, digest: str, version: str, fetched: dt.datetime) -> KnownPage:
        """Read one page."""
        facts = read_facts(text, url)
        home = language_of(self.source.languages[0] if self.source.languages else "fi", "fi")
        prose = self._read_prose(
            text,
            plain_address(url) if is_read(url) else url,
            today=self._today,
            language=facts.language or home,
            resolve=self.resolve,
            kinds=self._kinds,
            groups=self._groups,
            home=self._home,
        )
        language = language_of(prose.language, language_of(facts.language, home))
        context = self.context(url, language, fetched)
        found, from_prose = self._activities(facts, prose, context)
        return KnownPage(
            url=url,
            digest=digest,
            version=version,
            checked=fetched,
            language=language,
            canonical=facts.canonical,
            alternates=facts.alternates,
            links=() if facts.nofollow else facts.links,
            programmes=() if facts.nofollow else programmes(facts.documents, self._today),
            calendars=facts.calendars,
            feeds=facts.feeds,
            tribe=facts.tribe,
            refresh=facts.refresh,
            activities=() if facts.noindex else found,
            prose=from_prose,
            owner=organisation_facts(facts.nodes, context),
            dropped="noindex" if facts.noindex else "" if found else prose.page_class.value,
            bad_blocks=facts.bad_blocks,
        )

    def _activities(
        self, facts: PageFacts, prose: PageReading, context: PageContext
    ) -> tuple[tuple[Activity, ...], tuple[str, ...]]:
        """The page's activities, and the ids of those that only its text tells."""
        found = [self.with_kind(activity) for activity in activities(facts.nodes, context)]
        structured = len(found)
        taken: set[str] = {activity.id for activity in found}
        for entry in prose.activities:
            made = self._from_prose(entry, context, taken)
            if made is None:
                continue
            twin = next((n for n, known in enumerate(found[:structured]) if same_activity(known, made)), None)
            if twin is None:
                found.append(made)
                taken.add(made.id)
            else:
                found[twin] = filled(found[twin], made)
        found = [*found[:structured], *told_in_two(found[structured:], context.url)]
        linked = _documents(facts.documents, context, len(found))
        if linked:
            found = [msgspec.structs.replace(entry, links=(*entry.links, *linked)) for entry in found]
        return tuple(found), tuple(entry.id for entry in found[structured:])

    def _from_prose(self, entry: FoundActivity, context: PageContext, taken: set[str]) -> Activity | None:
        name = clean_line(entry.title)
        if not name:
            return None
        language = language_of(entry.language, context.language)
        title, cancelled = without_mark(Texts(**{language: name}))
        key = f"{page_key(context.url)}-{name_key(title.best())}"
        number = 2
        while record_id(context.source, key) in taken:
            key, number = f"{key.removesuffix(f'-{number - 1}')}-{number}", number + 1
        url = context.url + (f"#{entry.anchor}" if entry.anchor else "")

        def told(text: str) -> Texts:
            return Texts(**{language: text}) if text.strip() else Texts()

        return Activity(
            id=record_id(context.source, key),
            kind=entry.kind,
            title=title,
            summary=told(entry.summary),
            description=told(entry.description),
            organisation=home_organisation(context.source),
            groups=entry.groups,
            ages=entry.ages,
            genders=entry.genders,
            languages=entry.languages,
            served=home_served(context.source, context.resolve),
            channels=entry.channels,
            price=entry.price,
            registration=entry.registration,
            contacts=entry.contacts,
            status=Status.CANCELLED if cancelled else entry.status,
            evidence=entry.evidence,
            provenance=context.provenance(key, context.absolute(url)),
            example=context.source.example,
        )


def _documents(
    documents: Sequence[PageLink], context: PageContext, activities_found: int
) -> tuple[Link, ...]:
    """Links to the page's documents, where it is clear that they belong to its few activities."""
    if not 0 < activities_found <= _FEW_ACTIVITIES or len(documents) > _MOST_DOCUMENTS:
        return ()
    links = []
    for document in documents:
        if url := context.absolute(document.url):
            links.append(Link(url, Texts(**{context.language: document.text}) if document.text else Texts()))
    return tuple(links)
