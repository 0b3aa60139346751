"""What is left out: "kesätauko kesä–elokuu", "ei joulukuussa", "joulutauko 15.12.–6.1.", "paitsi pyhinä"."""

import datetime as dt
import re
from dataclasses import dataclass, field

from crawlers.prose.atoms import Atom, Clock, Cue, Day, Days, Monthly, Months, Role, Sign, Stretch, Weeks
from crawlers.prose.feasts import feasts, holidays
from crawlers.prose.lexicon import ORDINAL
from crawlers.prose.sentence_times import Scanned
from crawlers.prose.years import Calendar, Contradiction
from schemas.schedule import Break

_WORDS_AFTER_COMMA = re.compile(r"[,:]\s*\w*[a-zåäö]{3}|;|\s\|\s", re.IGNORECASE)
_DATE_ATOMS = (Day, Stretch, Months, Weeks)
_NTH_OF_MONTH = re.compile(
    rf"\s(?:joka\s)?(?:kuun|kuukauden|kk:n)\s{ORDINAL}|\s{ORDINAL}\s\w+\s(?:kuussa|kuukaudessa)",
    re.IGNORECASE,
)
# "hiihtolomaviikolla (vko 10) ja pääsiäisviikolla (vko 14)"
_LINKED = re.compile(r"[\s,)]*(?:ja|sekä)?\s*(?:\w*viiko(?:lla|illa)\s)?[\s(]*", re.IGNORECASE)
_FAR = 40
_FEW_WORDS = 3
_LISTED = 120


@dataclass(frozen=True)
class Pauses:
    """Everything left out; `weekdays` are days of the week said to be none ("paitsi keskiviikkoisin")."""

    breaks: tuple[Break, ...] = ()
    months_off: tuple[int, ...] = ()
    exceptions: tuple[dt.date, ...] = ()
    weekdays: tuple[int, ...] = ()
    unreadable: bool = False
    atoms: frozenset[Atom] = field(default_factory=frozenset)

    def joined(self, other: "Pauses") -> "Pauses":
        """Both together."""
        return Pauses(
            tuple(dict.fromkeys((*self.breaks, *other.breaks))),
            tuple(sorted({*self.months_off, *other.months_off})),
            tuple(sorted({*self.exceptions, *other.exceptions})),
            tuple(sorted({*self.weekdays, *other.weekdays})),
            self.unreadable or other.unreadable,
            self.atoms | other.atoms,
        )


def read_pauses(scanned: Scanned, calendar: Calendar) -> Pauses:
    """The pauses that a sentence tells, with the atoms they were read from."""
    found = Pauses()
    for sign in scanned.signs:
        if sign.cue in {Cue.PAUSE, Cue.EXCEPT}:
            if sign.cue is Cue.EXCEPT and _excepts_a_rule(sign, scanned):
                found = found.joined(Pauses(unreadable=True))
            named = feasts(_said_after(sign, scanned), calendar.today)
            found = found.joined(Pauses(exceptions=named))
            atoms = _after(sign, scanned) or (_before(sign, scanned) if sign.cue is Cue.PAUSE else ())
            atoms = atoms or _closed_days(sign, scanned)
            found = found.joined(_pauses(atoms, calendar))
        elif sign.cue is Cue.HOLIDAYS and scanned.has(Cue.PAUSE, Cue.EXCEPT):
            found = found.joined(Pauses(exceptions=holidays(calendar.today)))
    return found


def _said_after(sign: Sign, scanned: Scanned) -> str:
    """The words after a pause, up to the next clock time, in small letters."""
    clock = next((atom.start for atom in scanned.of(Clock) if atom.start >= sign.end), len(scanned.text))
    end = min(clock, sign.end + _LISTED)
    said = scanned.text[:end].lower()
    for week in scanned.of(Weeks):  # "pääsiäisviikolla (vko 12)": the number tells which days
        said = said[: week.start] + " " * (min(week.end, end) - week.start) + said[week.end :]
    return said[sign.end :]


def _excepts_a_rule(sign: Sign, scanned: Scanned) -> bool:
    """ "paitsi kuukauden ensimmäinen keskiviikko": nothing that a schedule can say."""
    if _NTH_OF_MONTH.match(scanned.text, sign.end):
        return True
    following = next((atom for atom in scanned.atoms if atom.start >= sign.end), None)
    return isinstance(following, Monthly) and not scanned.text[sign.end : following.start].strip()


def _after(sign: Sign, scanned: Scanned) -> tuple[Atom, ...]:
    taken: list[Atom] = []
    end = sign.end
    for atom in scanned.atoms:
        if atom.start < sign.end:
            continue
        gap = scanned.text[end : atom.start]
        if len(gap) > _FAR or _WORDS_AFTER_COMMA.search(gap) or isinstance(atom, Clock | Monthly):
            break
        if isinstance(atom, Days) and any(not isinstance(other, Days) for other in taken):
            break
        taken.append(atom)
        end = atom.end
    return tuple(taken)


def _before(sign: Sign, scanned: Scanned) -> tuple[Atom, ...]:
    taken: list[Atom] = []
    begin = sign.start
    for atom in reversed([atom for atom in scanned.atoms if atom.end <= sign.start]):
        gap = scanned.text[atom.end : begin]
        weekday = isinstance(atom, Days) and not gap.strip()  # "tiistaisin ei kokoonnuta"
        bound = isinstance(atom, Day | Weeks) and atom.role is not Role.DAY  # "vappuun asti, 18.2. ei kerhoa"
        if (
            bound
            or not (weekday or isinstance(atom, _DATE_ATOMS))
            or len(gap) > _FAR
            or (not taken and "," in gap)
        ):
            break
        if taken and not _LINKED.fullmatch(gap):
            break
        taken.append(atom)
        begin = atom.start
    return tuple(taken)


def _closed_days(sign: Sign, scanned: Scanned) -> tuple[Atom, ...]:
    """ "Keskiviikkoisin olemme kiinni.": weekdays that a sentence tells nothing else of."""
    days = scanned.of(Days)
    if sign.cue is not Cue.PAUSE or len(days) != len(scanned.atoms):
        return ()
    rest = scanned.text[: days[0].start] + scanned.text[days[-1].end :] if days else scanned.text
    return days if days and len(rest.split()) <= _FEW_WORDS else ()


def _pauses(atoms: tuple[Atom, ...], calendar: Calendar) -> Pauses:
    found = Pauses(atoms=frozenset(atoms))
    days = [atom for atom in atoms if isinstance(atom, Day)]
    try:
        for atom in atoms:
            found = found.joined(_pause(atom, calendar))
        if days:
            dates = calendar.days(days)
            found = found.joined(Pauses(exceptions=dates) if dates else Pauses(unreadable=True))
    except Contradiction:
        return found.joined(Pauses(unreadable=True))
    return found


def _pause(atom: Atom, calendar: Calendar) -> Pauses:
    if isinstance(atom, Stretch):
        pair = calendar.pause(atom)
        return Pauses((Break(*pair),)) if pair else Pauses(unreadable=True)
    if isinstance(atom, Months):
        return Pauses(months_off=atom.months)
    if isinstance(atom, Weeks):
        return Pauses(tuple(Break(*calendar.week(week)) for week in atom.weeks))
    if isinstance(atom, Days):
        return Pauses(weekdays=atom.days)
    return Pauses()
