"""One page → everything read from it: the one door of this package."""

import datetime as dt
from collections.abc import Iterator, Sequence

import msgspec

from crawlers.prose.activities import Reader
from crawlers.prose.atoms import Day, Stretch
from crawlers.prose.classify import classify
from crawlers.prose.foreign import in_finnish
from crawlers.prose.page import Page, take_apart
from crawlers.prose.sections import sections
from crawlers.prose.sentence_times import scan
from crawlers.prose.sentences import sentences
from crawlers.prose.shapes import FoundActivity, PageClass, PageReading, Resolver
from crawlers.prose.text import lines_of
from crawlers.prose.years import Calendar, Contradiction, named_years
from schemas.taxonomy import Term

_MOST_DATE_LINES = 1000
_LONGEST_LINE = 1000


def _resolve_nothing(_name: str) -> str | None:
    return None


def read_page(
    html: str,
    url: str,
    *,
    today: dt.date,
    language: str | None = None,
    resolve: Resolver = _resolve_nothing,
    kinds: Sequence[Term] = (),
    groups: Sequence[Term] = (),
    home: str | None = None,
) -> PageReading:
    """Read one HTML page of an association's site.

    html      decoded text, any at all; what follows the first 3 000 000 characters is left out
    today     the day of reading: years are worked out from it, and what is over by then is no activity
    language  the site's language, used where neither the page nor its words tell
    resolve   place name or case form → municipality code
    kinds, groups  the taxonomies whose words count as evidence

    home      the association's own municipality: its schools' holidays are meant where no place is told

    Activities are read from Finnish text, and from Swedish and English as far as `foreign` knows their words
    of time; on a front page each must tell its time.
    Never raises.
    """
    page = take_apart(html, url, hint=language)
    heard = msgspec.structs.replace(page, title=in_finnish(page.title, page.language))
    page_class, reasons = classify(heard, today)
    activities: tuple[FoundActivity, ...] = ()
    if page_class in {PageClass.ACTIVITY, PageClass.FRONT} and page.language in {"fi", "sv", "en", None}:
        strict = page_class is PageClass.FRONT
        reader = Reader(today, resolve, kinds, groups, page.language, strict=strict, home=home)
        activities = reader.activities(sections(page.blocks, page.title), page.title)
    if page_class is PageClass.ACTIVITY:
        page_class = PageClass.ACTIVITY if activities else PageClass.OTHER
        reasons = (
            (f"{len(activities)} activities told with evidence",) if activities else ("nothing is arranged",)
        )
    return PageReading(
        url=url,
        title=page.title,
        page_class=page_class,
        language=page.language,
        main_text=page.main_text,
        blocks=page.blocks,
        reasons=reasons,
        activities=activities,
        published=page.published,
        dates=tuple(dict.fromkeys(_dates(page, today))),
    )


def _dates(page: Page, today: dt.date) -> Iterator[dt.date]:
    """The days that the main text names, where their year is known."""
    calendar = Calendar(page.published or today, named_years(page.title))
    lines = zip(lines_of(page.blocks), range(_MOST_DATE_LINES), strict=False)
    for sentence in (part for line, _ in lines for part in sentences(line[:_LONGEST_LINE])):
        for atom in scan(sentence).of(Day, Stretch):
            try:
                if isinstance(atom, Stretch):
                    yield from calendar.stretch(atom) or ()
                elif isinstance(atom, Day) and (day := calendar.day(atom)) is not None:
                    yield day
            except Contradiction:
                continue
