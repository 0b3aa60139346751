"""Atoms of one sentence gathered into groups: days with their clock times, dates and bounds."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from crawlers.prose.atoms import (
    Atom,
    Clock,
    Day,
    Days,
    Interval,
    Monthly,
    Months,
    Parity,
    Role,
    Stretch,
    Weeks,
)
from crawlers.prose.lexicon import DASH, FLAGS
from crawlers.prose.sentence_times import Scanned
from schemas.codes import WeekParity

_CONNECTOR = re.compile(r"[\s,/&|+(]*(?:ja|sekä|että|että myös|ja joka|sekä joka)?[\s,(]*", FLAGS)
_CLOCK_CONNECTOR = re.compile(r"(?:\s?\([^()\d]{2,20}\))?[\s,/&+]*(?:ja|sekä|tai|ja sitten)?\s*", FLAGS)
_ADJACENT = re.compile(r"[\s,:|(.–-]*(?:(?:välisenä aikana|aina|alkaen|välillä|aika|kello)[\s,:|]*)?", FLAGS)
_FEW_WORDS = re.compile(r"[\s,(:]*(?:\w+\s){0,2}[\s(]*")


@dataclass
class Group:
    """One way of meeting in the making.

    impossible   it holds digits that are no clock time
    until        "klo 13 saakka": an end without a beginning
    last_day     the day on which what begins on `dates[0]` ends
    company      weekdays of the groups that share its bounds: "ti & to, alkaen 12.1." begins on one of them
    """

    first: Atom
    last: Atom
    days: Days | None = None
    monthly: Monthly | None = None
    dates: list[Day] = field(default_factory=list)
    bounds: list[Day] = field(default_factory=list)
    stretch: Stretch | None = None
    months: Months | None = None
    weeks: Weeks | None = None
    week_bounds: list[Weeks] = field(default_factory=list)
    clocks: list[Clock] = field(default_factory=list)
    interval: int = 1
    parity: WeekParity | None = None
    impossible: bool = False
    until: Clock | None = None
    last_day: Day | None = None
    company: tuple[int, ...] = ()

    @property
    def recurring(self) -> bool:
        """Whether weekdays or days of the month are told."""
        return self.days is not None or self.monthly is not None


class _Gatherer:
    """Reads atoms from left to right into groups."""

    def __init__(self, scanned: Scanned) -> None:
        self.scanned = scanned
        self.groups: list[Group] = []
        self.waiting: Clock | None = None
        self.loose: list[Atom] = []

    def take(self, atom: Atom) -> None:
        """Add one atom to the group in work, or begin a new one."""
        if isinstance(atom, Days | Monthly):
            self._rule(atom)
        elif isinstance(atom, Clock):
            self._clock(atom)
        elif isinstance(atom, Day):
            self._day(atom)
        elif isinstance(atom, Stretch | Months | Weeks):
            self._bounds(atom)

    def _begin(self, atom: Atom) -> Group:
        group = Group(atom, atom)
        if self.waiting is not None and _FEW_WORDS.fullmatch(self.scanned.gap(self.waiting, atom)):
            group.clocks.append(self.waiting)
            group.first = self.waiting
        self.waiting = None
        for loose in self.loose:
            _bound(group, loose)
        self.loose = []
        self.groups.append(group)
        return group

    def _rule(self, atom: Days | Monthly) -> None:
        current = self.groups[-1] if self.groups else None
        named_after = (
            current is not None
            and current.dates
            and not current.recurring
            and not current.clocks
            and _ADJACENT.fullmatch(self.scanned.gap(current.last, atom))
        )
        if current is not None and named_after and isinstance(atom, Days):
            current.days, current.last = atom, atom  # "3.2. tiistaina klo 18"
            return
        group = self._begin(atom)
        if isinstance(atom, Days):
            group.days = atom
        else:
            group.monthly = atom

    def _clock(self, atom: Clock) -> None:
        current = self.groups[-1] if self.groups else None
        if not atom.sure and not (self._is_full(atom) if current is None else self._beside(current, atom)):
            return
        if current is None:
            self.waiting = atom
            return
        if atom.begins is None:
            current.impossible = True
            current.until = atom if atom.ends else None
        elif not current.clocks or _CLOCK_CONNECTOR.fullmatch(self.scanned.gap(current.clocks[-1], atom)):
            current.clocks.append(atom)
        else:
            self.waiting = atom
            return
        current.last = atom

    def _beside(self, group: Group, atom: Clock) -> bool:
        """Digits without "klo" are a clock time only right after a day; with minutes they may stand apart."""
        gap = self.scanned.gap(group.last, atom)
        if _ADJACENT.fullmatch(gap) and len(gap) < 30:
            return True
        return self._is_full(atom) and not group.clocks

    def _is_full(self, atom: Clock) -> bool:
        """Whether both ends are told with minutes."""
        said = self.scanned.text[atom.start : atom.end]
        return bool(re.fullmatch(r"\d{1,2}[.:]\d\d\D+\d{1,2}[.:]\d\d", said))

    def _day(self, atom: Day) -> None:
        current = self.groups[-1] if self.groups else None
        if atom.role is not Role.DAY:
            self._bound_day(atom, current)
            return
        if current is not None and self._continues(current, atom):
            current.dates.append(atom)
            current.last = atom
            return
        if current is None or (current.clocks and current.dates) or current.monthly is not None:
            self._begin(atom).dates.append(atom)
            return
        weekly = current.clocks and current.days is not None and not current.dates
        if weekly and "," in self.scanned.gap(current.last, atom):
            return  # "tiistaisin klo 18, kevätretki 3.5.": another matter
        current.dates.append(atom)
        current.last = atom

    def _continues(self, group: Group, atom: Day) -> bool:
        """ "klo 12–14: 25.11., 9.12.": the clock was told before the list."""
        led = group.clocks and group.dates and group.clocks[0].start < group.dates[0].start
        return bool(led) and bool(_CONNECTOR.fullmatch(self.scanned.gap(group.last, atom)))

    def _bound_day(self, atom: Day, current: Group | None) -> None:
        if current is None:
            self.loose.append(atom)
            return
        before = self.groups[-2] if len(self.groups) > 1 else None
        only_named = current.days is not None and current.first is current.last and not current.clocks
        if (
            before is not None
            and before.recurring
            and only_named
            and self.scanned.gap(current.last, atom) == " "
        ):
            self.groups.pop()  # "torstaisin klo 17, alkaen to 3.9."
            current = before
        current.bounds.append(atom)
        current.last = atom

    def _bounds(self, atom: Stretch | Months | Weeks) -> None:
        if not self.groups:
            self.loose.append(atom)
            return
        _bound(self.groups[-1], atom)
        self.groups[-1].last = atom


def gather(scanned: Scanned, atoms: Sequence[Atom]) -> tuple[list[Group], list[Atom]]:
    """The groups of a sentence, and bounds that stand without any group ("Kevätkausi 12.1.–25.5.")."""
    gatherer = _Gatherer(scanned)
    for atom in atoms:
        gatherer.take(atom)
    groups = _counted_later(_of_one_day(_elaborated(gatherer.groups, scanned), scanned))
    _share(groups, scanned)
    _except_days(groups)
    _mark_weeks(groups, atoms, scanned)
    return groups, gatherer.loose


def _bound(group: Group, atom: Atom) -> None:
    if isinstance(atom, Stretch):
        group.stretch = group.stretch or atom
    elif isinstance(atom, Months):
        group.months = group.months or atom
    elif isinstance(atom, Weeks) and atom.role is not Role.DAY:
        group.week_bounds.append(atom)
    elif isinstance(atom, Weeks):
        group.weeks = group.weeks or atom
    elif isinstance(atom, Day):
        group.bounds.append(atom)


def _elaborated(groups: list[Group], scanned: Scanned) -> list[Group]:
    """ "arkisin maanantaista torstaihin" says one thing twice, the second time with more care; and
    "alkaa maanantaina 11.1. klo 17 ja jatkuu maanantaisin" tells its weekday twice.
    """
    kept: list[Group] = []
    for group in groups:
        last = kept[-1] if kept else None
        if last is None or last.days is None or group.days is None:
            kept.append(group)
            continue
        beside = not last.clocks and not scanned.gap(last.last, group.first).strip()
        if beside and not (last.bounds and last.days.days == group.days.days):
            kept[-1] = group
        elif last.bounds and last.days.days == group.days.days and not group.dates:
            group.clocks = group.clocks or last.clocks
            group.bounds, group.first = [*last.bounds, *group.bounds], last.first
            kept[-1] = group
        else:
            kept.append(group)
    return kept


def _counted_later(groups: list[Group]) -> list[Group]:
    """ "Pe klo 19 läheisten ilta, joka kuun viimeisenä perjantaina": which Fridays is told after the hour."""
    kept: list[Group] = []
    for group in groups:
        last = kept[-1] if kept else None
        days = {entry.day for entry in group.monthly.weekdays} if group.monthly else set()
        same = last is not None and last.days is not None and not last.dates and days == set(last.days.days)
        if last is not None and same and last.clocks and not group.clocks:
            group.clocks, group.first = last.clocks, last.first
            kept[-1] = group
        else:
            kept.append(group)
    return kept


def _of_one_day(groups: list[Group], scanned: Scanned) -> list[Group]:
    """ "24.11. klo 18 – 24.11. klo 20" is one meeting, and so is one that ends on a later day."""
    kept: list[Group] = []
    for group in groups:
        last = kept[-1] if kept else None
        ends = (
            last is not None
            and len(last.dates) == len(group.dates) == len(group.clocks) == len(last.clocks) == 1
        )
        if last is None or not ends or not re.fullmatch(DASH, scanned.gap(last.last, group.first)):
            kept.append(group)
            continue
        begin, end = last.clocks[0], group.clocks[0]
        last.clocks = [Clock(begin.start, end.end, begin.begins, end.begins, True)]
        if (last.dates[0].day, last.dates[0].month) != (group.dates[0].day, group.dates[0].month):
            last.last_day = group.dates[0]
        last.last = group.last
    return kept


def _share(groups: list[Group], scanned: Scanned) -> None:
    """ "maanantaisin ja torstaisin klo 10–12": what is told once counts for both."""
    for earlier, later in zip(reversed(groups[:-1]), reversed(groups), strict=False):
        if earlier.clocks or not _CONNECTOR.fullmatch(scanned.gap(earlier.last, later.first)):
            continue
        earlier.clocks = list(later.clocks)
        earlier.impossible = later.impossible
        if earlier.recurring and not earlier.dates:
            earlier.stretch = earlier.stretch or later.stretch
            earlier.months = earlier.months or later.months
            earlier.weeks = earlier.weeks or later.weeks
            if later.bounds and not earlier.bounds:
                earlier.bounds = list(later.bounds)
                later.company = (*later.company, *(earlier.days.days if earlier.days else ()))
                earlier.company = (*later.company, *(later.days.days if later.days else ()))


def _except_days(groups: list[Group]) -> None:
    """ "arkisin klo 9–15, perjantaisin klo 9–13": the day told by itself leaves the stretch before it,
    unless it only meets a second time ("ma–pe klo 9–11, ke klo 17–19").
    """
    for index, later in enumerate(groups):
        for earlier in groups[:index]:
            if earlier.dates or later.dates or earlier.days is None or later.days is None:
                continue
            if not set(later.days.days) < set(earlier.days.days) or len(earlier.clocks) != 1:
                continue
            if later.impossible and later.until and later.until.ends and earlier.clocks[0].begins:
                begins, ends = earlier.clocks[0].begins, later.until.ends
                if begins < ends:
                    later.clocks = [Clock(later.until.start, later.until.end, begins, ends, True)]
                    later.impossible = False
            elif not later.impossible and not _overlap(earlier.clocks[0], later.clocks):
                continue
            left = tuple(day for day in earlier.days.days if day not in later.days.days)
            earlier.days = Days(earlier.days.start, earlier.days.end, left, earlier.days.manner)


def _overlap(clock: Clock, others: Sequence[Clock]) -> bool:
    return any(
        clock.begins is not None
        and other.begins is not None
        and (
            clock.begins == other.begins
            or (clock.begins < other.begins and (clock.ends is None or other.begins < clock.ends))
            or (other.begins < clock.begins and (other.ends is None or clock.begins < other.ends))
        )
        for other in others
    )


def _mark_weeks(groups: list[Group], atoms: Sequence[Atom], scanned: Scanned) -> None:
    """Give "joka toinen" and even or odd weeks to the groups they speak of."""
    for atom in atoms:
        if isinstance(atom, Interval):
            near = [group for group in groups if 0 <= group.first.start - atom.end <= 1] or groups
            for group in near:
                group.interval = atom.weeks
    parities = [atom for atom in atoms if isinstance(atom, Parity)]
    if not parities or not groups:
        return
    leading = parities[0].start < groups[0].first.start
    for index, group in enumerate(groups):
        following = groups[index + 1].first if index + 1 < len(groups) else None
        before = [atom for atom in parities if atom.end <= group.first.start]
        inside = [atom for atom in parities if group.first.start <= atom.start < group.last.end]
        after = [
            atom
            for atom in parities
            if atom.start >= group.last.end
            and (following is None or (atom.end <= following.start and scanned.gap(atom, following).strip()))
        ]
        chosen = inside[:1] or (before[-1:] if leading else _last_beside(before, group) or after[:1])
        group.parity = chosen[0].parity if chosen else None


def _last_beside(before: list[Parity], group: Group) -> list[Parity]:
    return [atom for atom in before[-1:] if group.first.start - atom.end <= 1]
