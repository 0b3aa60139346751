"""What reading one page gives: blocks of text, a judgement of the page, and the activities found on it."""

import datetime as dt
from collections.abc import Callable
from enum import StrEnum

import msgspec

from schemas.activity import Ages, Channel, Contact, FieldEvidence, Price, Registration
from schemas.codes import Gender, Kind, Status, TargetGroup

Resolver = Callable[[str], str | None]
"""The municipality's code for a place name or one of its case forms ("Joensuussa"); None = not one."""


class BlockKind(StrEnum):
    """What a block of text was on its page."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"


class Block(msgspec.Struct, frozen=True, omit_defaults=True):
    """One piece of running text; lines inside are parted by a line break, cells of a row by " | ".

    level   1–6 for headings, 7 for a line that only looks like one (bold alone on its line); else 0
    anchor  the nearest id on the page, to link to
    links   addresses as they stand in the page
    lead    the bold words that a paragraph begins with, where more follows on their line
    cells   the cells of a row, each with the label that its column's head gives it ("" = none)
    """

    kind: BlockKind
    text: str
    level: int = 0
    anchor: str | None = None
    links: tuple[str, ...] = ()
    lead: str = ""
    cells: tuple[tuple[str, str], ...] = ()


class PageClass(StrEnum):
    """What a page is for; activities are read only from `activity` pages."""

    ACTIVITY = "activity"
    NEWS = "news"
    MINUTES = "minutes"
    PRIVACY = "privacy"
    BOARD = "board"
    MEMBERSHIP = "membership"
    DONATION = "donation"
    CONTACT = "contact"
    ERROR = "error"
    ARCHIVE = "archive"
    FRONT = "front"
    OTHER = "other"


class FoundActivity(msgspec.Struct, frozen=True, omit_defaults=True):
    """One activity as a page tells it; every field but the title has its sentence in `evidence`.

    `field` in the evidence names the field of `schemas.activity.Activity` ("schedule", "place", "price",
    "registration", "contacts", "groups", "ages", "genders", "languages", "kind", "title", "status").
    `language` is that of its texts; None = the page's, which is not known either.
    """

    title: str
    anchor: str | None = None
    language: str | None = None
    summary: str = ""
    description: str = ""
    kind: Kind | None = None
    groups: tuple[TargetGroup, ...] = ()
    ages: tuple[Ages, ...] = ()
    genders: tuple[Gender, ...] = ()
    languages: tuple[str, ...] = ()
    channels: tuple[Channel, ...] = ()
    price: Price = Price()
    registration: Registration = Registration()
    contacts: tuple[Contact, ...] = ()
    status: Status = Status.ACTIVE
    evidence: tuple[FieldEvidence, ...] = ()


class PageReading(msgspec.Struct, frozen=True, omit_defaults=True):
    """Everything read from one page.

    language    BCP 47 code, None = not told and not recognised
    main_text   the blocks, one a line; headings and list items included
    reasons     why the page was judged as it was, in English, for operators
    published   the day that the page itself gives for its publication
    dates       days named in the main text whose year is known or could be worked out
    """

    url: str
    title: str
    page_class: PageClass
    language: str | None = None
    main_text: str = ""
    blocks: tuple[Block, ...] = ()
    reasons: tuple[str, ...] = ()
    activities: tuple[FoundActivity, ...] = ()
    published: dt.date | None = None
    dates: tuple[dt.date, ...] = ()
