"""Finnish prose → schedules: "Ryhmä kokoontuu tiistaisin klo 18–20 5.9.–28.11." and its like."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import msgspec

from crawlers.prose.announced import FoundSchedule, at_announced_hour, of_series
from crawlers.prose.atoms import Atom, Clock, Cue, Day, Days, Monthly, Months, Role, Stretch, Weeks
from crawlers.prose.breaks import Pauses, read_pauses
from crawlers.prose.common import is_span
from crawlers.prose.groups import gather
from crawlers.prose.lexicon import FLAGS
from crawlers.prose.rules import MONTHS, counted, paused, schedules_of
from crawlers.prose.sentence_times import Scanned, Setting, meeting_atoms, scan
from crawlers.prose.years import Calendar, Contradiction, named_years, season_end
from schemas.codes import Frequency
from schemas.schedule import Schedule

_LASTING = re.compile(
    r"näyttely|leiri|festivaali|viikko\b|viikot|matka|retki|kampanja|messut|kurssi|viikonlop|myyjäiset|markkinat",
    FLAGS,
)
_SERIES = re.compile(r"kurssi|ryhmä|kerho|kausi|valmennus|koulutus|jumppa|kuoro", FLAGS)
NOWHERE = Setting()
# Without a subject, or with a plain one, it is what the sentences beside it speak of.
_BEGINS_AND_ENDS = re.compile(
    r"\W*(?!remontti|haku|ilmoittau|myynti|loma|tauko|keräys|näyttely)(?:\w+\s)?(?:alka|aloit|käynnisty)\w+"
    r"\s.{4,30}\s(?:ja|sekä)\s(?:päätty|loppu|jatku)\w+\s",
    FLAGS,
)
_SHORT_LINE = 6
_LONGEST_UNBROKEN = 13


@dataclass(frozen=True)
class _Bounds:
    """When the meetings of a section begin, end and pause, told apart from their weekdays.

    clocks   with the first day: "alkaa 3.2. klo 17.30", and the next sentence "joka toinen tiistai"
    """

    clocks: tuple[Clock, ...] = ()
    seasons: tuple[tuple[dt.date | None, dt.date | None], ...] = ()
    months_off: tuple[int, ...] = ()
    pauses: Pauses = field(default_factory=Pauses)


def read_schedules(
    sentences: Sequence[str], calendar: Calendar, setting: Setting = NOWHERE
) -> tuple[FoundSchedule, ...]:
    """The schedules of one section's sentences, in order and without doublets.

    A sentence whose time is unclear or contradicts itself gives none. Bounds and breaks told in a sentence of
    their own ("Kesätauko kesä–elokuu.") hold for all recurring schedules of the section.
    """
    scanned = [scan(sentence) for sentence in _joined(sentences)]
    found: list[FoundSchedule] = []
    bounds: list[_Bounds] = []
    for sentence in scanned:
        schedules, bound = _sentence(sentence, calendar, setting)
        found += [FoundSchedule(schedule, sentence.text) for schedule in schedules]
        if bound is not None:
            bounds.append(bound)
    found = at_announced_hour(found, scanned)
    whole = _all_bounds(bounds)
    bounded = [
        FoundSchedule(counted(schedule, item.sentence, schedule.interval), item.sentence)
        for item in found
        for schedule in _bounded(item.schedule, whole)
    ]
    return tuple({_key(item.schedule): item for item in reversed(of_series(bounded))}.values())[::-1]


def _joined(sentences: Sequence[str]) -> Iterator[str]:
    """Sentences, with "Milloin: tiistaisin" and a following "Klo 18–20" as one."""
    waiting: str | None = None
    for sentence in sentences:
        if waiting is None:
            waiting = sentence
            continue
        day, clock = scan(waiting), scan(sentence)
        if _wants_clock(day) and (_only_clock(clock) or (_only_day(day) and _led_by_clock(clock))):
            # The last point of "27.1." belongs to the day.
            yield f"{waiting if waiting[-2:-1].isdigit() else waiting.rstrip('.')}, {sentence}"
            waiting = None
            continue
        yield waiting
        waiting = sentence
    if waiting is not None:
        yield waiting


def _wants_clock(scanned: Scanned) -> bool:
    return bool(scanned.of(Days, Monthly, Day)) and not scanned.of(Clock)


def _only_day(scanned: Scanned) -> bool:
    """Whether a line holds nothing but one day."""
    atoms = scanned.of(Day, Days)
    ends = [isinstance(atom, Day) for atom in atoms] in ([True], [False, True])
    left = scanned.text[: atoms[0].start] + scanned.text[atoms[-1].end :] if ends else "x"
    return ends and len(scanned.atoms) == len(atoms) and not re.search(r"\w", left)


def _led_by_clock(scanned: Scanned) -> bool:
    """Whether a line begins with its one clock time: "Klo 18–20 | Kirjasto, Kirkkokatu 24"."""
    first = scanned.atoms[0] if scanned.atoms else None
    if not isinstance(first, Clock) or not first.sure or len(scanned.atoms) != 1:
        return False
    if scanned.has(Cue.OFFICE, Cue.PHONE, Cue.REGISTRATION, Cue.PAST, Cue.INTERNAL):
        return False
    return not re.search(r"\w", scanned.text[: first.start])


def _only_clock(scanned: Scanned) -> bool:
    clocks = [atom for atom in scanned.of(Clock) if isinstance(atom, Clock)]
    if len(clocks) != 1 or len(scanned.atoms) != 1 or scanned.has(*(set(Cue) - {Cue.MEETING})):
        return False
    rest = scanned.text[: clocks[0].start] + scanned.text[clocks[0].end :]
    words = len(re.findall(r"\w+", rest))
    return words <= 3 if clocks[0].sure else words == 0 and clocks[0].ends is not None


def _sentence(
    scanned: Scanned, calendar: Calendar, setting: Setting
) -> tuple[tuple[Schedule, ...], _Bounds | None]:
    if (years := named_years(scanned.text)) and season_end(scanned.text):
        calendar = Calendar(calendar.today, years)
    pauses = read_pauses(scanned, calendar)
    atoms = [atom for atom in meeting_atoms(scanned, setting) if atom not in pauses.atoms]
    groups, loose = gather(scanned, atoms)
    if not any(group.recurring or group.dates for group in groups):
        alone = [*loose, *(atom for group in groups for atom in (group.stretch, group.months) if atom)]
        return _lasting(scanned, alone, calendar, setting), _season(scanned, alone, calendar, pauses)
    return tuple(schedules_of(groups, scanned, calendar, pauses)), None


def _season(scanned: Scanned, loose: list[Atom], calendar: Calendar, pauses: Pauses) -> _Bounds | None:
    """Bounds in a sentence without days of meeting."""
    told = (
        scanned.has(Cue.SEASON, Cue.MEETING)
        or len(re.findall(r"\w+", scanned.text)) <= _SHORT_LINE
        or is_span(scanned)
        or _BEGINS_AND_ENDS.match(scanned.text) is not None
    )
    if scanned.has(Cue.REGISTRATION, Cue.OFFICE, Cue.PAST, Cue.CALL) or not (told or pauses.atoms):
        return None
    seasons: list[tuple[dt.date | None, dt.date | None]] = []
    months_off: tuple[int, ...] = ()
    single: list[dt.date | None] = [None, None]
    for atom in loose if told else ():
        try:
            if isinstance(atom, Stretch) and (pair := calendar.stretch(atom)):
                seasons.append(pair)
            elif isinstance(atom, Months) and atom.whole:
                months_off = tuple(month for month in MONTHS if month not in atom.months)
            elif isinstance(atom, Weeks) and atom.role is not Role.DAY:
                ends = atom.role is Role.END
                single[ends] = calendar.week(atom.weeks[0])[ends]
            elif isinstance(atom, Weeks) and len(atom.weeks) > 2:
                seasons.append(calendar.weeks(atom.weeks[0], atom.weeks[-1]))
            elif isinstance(atom, Day) and atom.role is not Role.DAY:
                single[atom.role is Role.END] = calendar.day(atom)
        except Contradiction:
            return _Bounds(pauses=Pauses(unreadable=True))
    if any(single):
        seasons.append((single[0], single[1]))
    first = [atom for atom in loose if isinstance(atom, Day) and atom.role is Role.FIRST]
    clocks = tuple(atom for atom in scanned.of(Clock) if isinstance(atom, Clock)) if first and told else ()
    return _Bounds(clocks, tuple(seasons), months_off, pauses)


def _lasting(
    scanned: Scanned, loose: list[Atom], calendar: Calendar, setting: Setting
) -> tuple[Schedule, ...]:
    """An exhibition or a camp: a stretch of days that is the activity itself."""
    stretches = [atom for atom in loose if isinstance(atom, Stretch)]
    context = " ".join((*setting.headings[-1:], scanned.text))
    if len(stretches) != 1 or scanned.has(Cue.SEASON, Cue.REGISTRATION, Cue.OFFICE, Cue.PAUSE):
        return ()
    if not (_LASTING.search(context) or stretches[0].weekdays):
        return ()
    try:
        pair = calendar.stretch(stretches[0])
    except Contradiction:
        return ()
    if pair is None:
        return ()
    series = _SERIES.search(context) and not stretches[0].weekdays
    if series and (pair[1] - pair[0]).days > _LONGEST_UNBROKEN:
        return ()  # a course of months does not meet every day
    return (Schedule(Frequency.RANGE, start=pair[0], end=pair[1], text=scanned.text),)


def _all_bounds(bounds: list[_Bounds]) -> _Bounds:
    pauses = Pauses()
    for bound in bounds:
        pauses = pauses.joined(bound.pauses)
    seasons = tuple(dict.fromkeys(season for bound in bounds for season in bound.seasons))
    months = tuple(sorted({month for bound in bounds for month in bound.months_off}))
    return _Bounds(tuple(clock for bound in bounds for clock in bound.clocks), seasons, months, pauses)


def _bounded(schedule: Schedule, bounds: _Bounds) -> Iterator[Schedule]:
    if schedule.frequency in {Frequency.ONCE, Frequency.RANGE}:
        yield schedule
        return
    kept = paused(schedule, bounds.pauses)
    if kept is None or bounds.pauses.unreadable:
        return
    if kept.start_time is None and len(bounds.clocks) == 1 and bounds.clocks[0].begins is not None:
        kept = msgspec.structs.replace(
            kept, start_time=bounds.clocks[0].begins, end_time=bounds.clocks[0].ends
        )
    if bounds.months_off and not kept.months_off:
        kept = msgspec.structs.replace(kept, months_off=bounds.months_off)
    if len(bounds.seasons) == 1 and (kept.start is None) != (kept.end is None):
        yield _completed(kept, *bounds.seasons[0])
        return
    if not bounds.seasons or kept.start or kept.end:
        yield kept
        return
    for start, end in bounds.seasons:
        days = {entry.day for entry in kept.weekdays}
        known = kept.interval == 1 or (start is not None and start.weekday() in days)
        yield msgspec.structs.replace(kept, start=start if known else None, end=end)


def _completed(schedule: Schedule, start: dt.date | None, end: dt.date | None) -> Schedule:
    """With the bound that the sentence of the meetings leaves open: "Kurssi päättyy 9.3." """
    if schedule.end is None and end is not None and schedule.start and schedule.start < end:
        return msgspec.structs.replace(schedule, end=end)
    if schedule.start is None and start is not None and schedule.end and start < schedule.end:
        return msgspec.structs.replace(schedule, start=start if schedule.interval == 1 else None)
    return schedule


def _key(schedule: Schedule) -> Schedule:
    return msgspec.structs.replace(schedule, text=None)
