"""The atoms of a time expression: what the scanners find in a sentence, each with its place in the text."""

import datetime as dt
from dataclasses import dataclass
from enum import Enum, auto

from schemas.codes import WeekParity
from schemas.schedule import Weekday


class Manner(Enum):
    """How a weekday was said: every week ("tiistaisin"), one day ("tiistaina"), or open ("ti")."""

    HABITUAL = auto()
    SINGLE = auto()
    OPEN = auto()


class Role(Enum):
    """What a day does in its sentence: START is said with "alkaen", FIRST with "alkaa"."""

    DAY = auto()
    START = auto()
    FIRST = auto()
    END = auto()


class Cue(Enum):
    """Words that tell whose times these are, or that they are none.

    OFFICE, PHONE    times of an office or a telephone, not of a meeting
    CALL             a telephone number or "puh.": what follows belongs to it
    INTERNAL         meetings of a board and its like: nobody comes from outside
    REGISTRATION     deadlines and places of registration
    OPENING          opening hours: meetings only where the place is one of meeting
    MEETING          what people come to
    SUBEVENT         coffee before, doors open: not the beginning
    PAUSE, EXCEPT    what is left out; PAUSE may stand after the days, EXCEPT stands before them
    PAST             a tale of what was
    VAGUE            "kerran kuussa": it is not known which day
    CANCELLED        called off
    SEASON           "kevätkausi", "lukukausi": a range beside it bounds the meetings
    HOLIDAYS         "pyhinä"
    """

    OFFICE = auto()
    PHONE = auto()
    CALL = auto()
    INTERNAL = auto()
    REGISTRATION = auto()
    OPENING = auto()
    MEETING = auto()
    SUBEVENT = auto()
    PAUSE = auto()
    EXCEPT = auto()
    PAST = auto()
    VAGUE = auto()
    CANCELLED = auto()
    SEASON = auto()
    HOLIDAYS = auto()


@dataclass(frozen=True)
class Atom:
    """Any finding: the half-open stretch of the sentence it takes."""

    start: int
    end: int


@dataclass(frozen=True)
class Masked(Atom):
    """Digits that are no time: money, ages, numbers of telephones and streets."""


@dataclass(frozen=True)
class Days(Atom):
    """Weekdays, 0 = Monday; seven of them are "every day"."""

    days: tuple[int, ...]
    manner: Manner


@dataclass(frozen=True)
class Monthly(Atom):
    """ "kuun ensimmäinen maanantai", or days of the month by number."""

    weekdays: tuple[Weekday, ...] = ()
    month_days: tuple[int, ...] = ()


@dataclass(frozen=True)
class Interval(Atom):
    """Every n-th week."""

    weeks: int


@dataclass(frozen=True)
class Parity(Atom):
    """Even or odd weeks."""

    parity: WeekParity


@dataclass(frozen=True)
class Clock(Atom):
    """Clock times; `sure` = said with "klo", else only digits that may be a time beside a day."""

    begins: dt.time | None
    ends: dt.time | None
    sure: bool


@dataclass(frozen=True)
class Day(Atom):
    """A day of a month; the year as far as told."""

    day: int
    month: int
    year: int | None
    role: Role = Role.DAY


@dataclass(frozen=True)
class Stretch(Atom):
    """Days from one to another."""

    first: Day
    last: Day
    weekdays: tuple[int, int] | None = None


@dataclass(frozen=True)
class Months(Atom):
    """Months by number in the order told; `whole` = a stretch from the first to the last."""

    months: tuple[int, ...]
    whole: bool


@dataclass(frozen=True)
class Weeks(Atom):
    """ISO week numbers; START and END are those in which meetings begin and end."""

    weeks: tuple[int, ...]
    role: Role = Role.DAY


@dataclass(frozen=True)
class Sign(Atom):
    """A cue word."""

    cue: Cue
