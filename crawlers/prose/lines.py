"""Lists and tables of activities: "Maanantai | 10–12 | Kuntojumppa" is an activity of its own."""

import re
from collections.abc import Iterator

import msgspec

from crawlers.prose.addresses import is_street
from crawlers.prose.announced import announces_days, announces_hour, bare_days, rhythm
from crawlers.prose.atoms import Clock, Day, Days, Manner, Monthly
from crawlers.prose.common import is_pause, is_season
from crawlers.prose.contacts import mails, phones
from crawlers.prose.foreign import in_finnish, name_after_time, name_before_time
from crawlers.prose.labels import PLACE, is_name_label
from crawlers.prose.lexicon import FLAGS, SHORT, STEM
from crawlers.prose.months import in_month
from crawlers.prose.sections import Section
from crawlers.prose.sentence_times import Setting, scan
from crawlers.prose.sentences import sentences
from crawlers.prose.shapes import Block, BlockKind, Resolver
from crawlers.prose.subjects import spoken_of
from crawlers.prose.times import read_schedules
from crawlers.prose.topics import names_activity
from crawlers.prose.years import Calendar

_LABEL = re.compile(
    r"^\W*(?:aika|ajankohta|paikka|missä|milloin|hinta|kello|klo|osoite|puh|puhelin|lisätieto\w*"
    r"|ilmoittautumi\w+|ohjaaja|vetäjä"
    r"|päivä|kokoontumi\w+|ryhmä\skokoontuu|kokoonnumme|tapaami\w+|huom|avoinna|ma|ti|ke|to|pe|la|su"
    r"|kesto|kohderyhmä|maksu)\b",
    FLAGS,
)
_WEEKDAY_HEADING = re.compile(rf"\W*((?:{STEM})(?:sin|isin)?)\W*", FLAGS)
_WEEKDAY_LABEL = re.compile(rf"\W*(?:(?:{STEM})(?:sin|isin)?|{SHORT})\W*", FLAGS)
_WORDS = re.compile(r"[^\W\d_]{3,}")
_CUT = re.compile(r"\s\|\s|:\s|\s[–—-]\s|,\s|\.\s|\s\(|\n")
# After a leading time a colon is part of the name: "Ke 25.11. klo 18 Luento: Uni, kirjasto"
_CUT_LED = re.compile(r"\.?\s\|\s|\s[–—]\s|,\s|\.\s|\s\(|\n")
_VERB = re.compile(
    r"\b(?:kokoontuu|kokoonnutaan|tavataan|on\savoinna|järjestetään|pidetään|alkaa|avoinna|auki)\b.*$", FLAGS
)
_CLOCK_LABEL = re.compile(r"(?:klo|kello)[.:]?", FLAGS)
_HOURS_ALONE = re.compile(r"\d{1,2}(?:[.:]\d\d)?(?:\s?[–-]\s?\d{1,2}(?:[.:]\d\d)?)?")
_BARE_HOUR = re.compile(r"\d{1,2}(?:[.:]\d\d)?\s?(?:alk\w*\.?)?", FLAGS)
_TIME_WORDS = re.compile(
    r"(?:alkaen|alkaa|asti|saakka|lähtien|noin|viikoittain|joka|seuraavan\skerran)", FLAGS
)
_LEFT_OVER = re.compile(r"^(?:[^\w„\"”»]|(?:ja|sekä)\b)+")  # of a list of days
_CUT_DAY = re.compile(r"\s\(?\d{1,2}\.\d{1,2}$")  # "Sieniretki 12.9. klo 10" is cut after its point
_LED_BY_HOUR = re.compile(r"\d{1,2}[.:]\d\d\s|\d{1,2}\s?[–-]\s?\d{1,2}\s")
_NAME_WORDS = 3
# "ryhmät", "kerhomme", "seuraava kerho": no name
_NO_NAME = re.compile(
    r"\w{3,}(?:t|mme)$|\b(?:seuraava\w*|ensi|viime|uusi|tämän?|klo|on|ovat|kokoontu\w+|tavataan)\b", FLAGS
)
_MOST_SHARED = 30
_LISTED = frozenset({BlockKind.ITEM, BlockKind.ROW})
_LONGEST_TITLE = 80
_LONGEST_LINE = 400
_LONGEST_ENTRY = 160


def line_sections(
    section: Section,
    calendar: Calendar,
    resolve: Resolver,
    *,
    fewest: int = 2,
    language: str | None = None,
) -> tuple[Section, ...]:
    """A section for each item or row that tells a name and a time; empty where fewer than `fewest` do.

    What stands beside the lines and tells no times of meeting (price, season) goes with each of them.
    Lines that are named by towns ("Joensuussa: …") are places of one activity, not activities.
    """
    named = _WEEKDAY_HEADING.fullmatch(section.title)
    weekday = named[1] if named else _as_day(section.title) if is_days(section.title) else None
    section = in_month(section)
    setting = Setting((*section.above, section.title))
    found = [
        Section(
            title,
            section.level + 1,
            (Block(block.kind, line, anchor=block.anchor, links=block.links, cells=block.cells),),
            setting.headings,
            block.anchor,
        )
        for block in section.blocks
        if block.kind in _LISTED
        or "\n" in block.text
        or weekday
        or block.lead
        or _is_entry(block)
        or _names_itself(block)
        for line in _lines(block, weekday)
        if (
            title := _named_cell(block)
            or _lead(block, line)
            or _own_name(block, line)
            or _title(line, language)
        )
        and not _is_place_cell(block, title)
        and not is_town(title, resolve)
        and _has_time(in_finnish(line, language), calendar, setting)
    ]
    towns = [item for item in found if resolve(item.title.split()[0]) is not None]
    if len({item.title for item in found}) < (1 if weekday else fewest) or 2 * len(towns) > len(found):
        return ()
    if _is_programme(section, found, calendar):
        return ()
    used = {line for item in found for line in item.blocks[0].text.split("\n")}
    shared = tuple(kept for block in section.own_blocks() if (kept := _shared(block, used, language)))
    shared = shared[:_MOST_SHARED]  # each is looked at once for every line
    lines = (part for block in shared for line in block.text.split("\n") for part in sentences(line))
    spoken = spoken_of(lines, {item.title for item in found})
    return tuple(msgspec.structs.replace(item, shared=_for(item.title, shared, spoken)) for item in found)


def _for(title: str, shared: tuple[Block, ...], named: dict[str, frozenset[str]]) -> tuple[Block, ...]:
    """What is told of all or of this entry, not of another one of the list."""
    if not named:
        return shared
    kept = []
    for block in shared:
        lines = (
            " ".join(part for part in sentences(line) if part not in named or title in named[part])
            for line in block.text.split("\n")
        )
        if text := "\n".join(filter(None, lines)):
            kept.append(block if text == block.text else msgspec.structs.replace(block, text=text))
    return tuple(kept)


def _is_programme(section: Section, found: list[Section], calendar: Calendar) -> bool:
    """Whether days with their topics are those of one series: "keskiviikkoisin klo 18–20 seuraavasti: …"."""
    if any(scan(item.blocks[0].text).of(Clock) for item in found):
        return False
    told = [
        scan(line)
        for block in section.blocks
        if block.kind is BlockKind.PARAGRAPH
        for line in sentences(block.text)
    ]
    if any(announces_days(line) or announces_hour(line) for line in told):
        return True
    listed = [read_schedules(sentences(item.blocks[0].text), calendar) for item in found]
    days = [day.weekday() for item in listed for one in item for day in bare_days(one.schedule)]
    return len(days) > 1 and any(rhythm(line) >= set(days) for line in told if rhythm(line))


def is_town(title: str, resolve: Resolver) -> bool:
    """Whether a title is nothing but the name of a town; "Kylpyläretki Kuopioon" is a trip."""
    return all(resolve(word) is not None for word in title.split())


def _is_entry(block: Block) -> bool:
    """A short paragraph that begins with its day, as calendars of one paragraph an event do."""
    if len(block.text) > _LONGEST_ENTRY:
        return False
    atoms = scan(block.text).of(Day, Days)
    return bool(atoms) and isinstance(atoms[-1], Day) and not _WORDS.search(block.text[: atoms[0].start])


def _names_itself(block: Block) -> bool:
    """A short paragraph that begins with the name of a group and a colon: "Surukahvila: ma 7.9. klo 17"."""
    if len(block.text) <= _LONGEST_ENTRY and _is_of_one(block, "fi"):
        return True
    name, colon, rest = block.text.partition(": ")
    if not colon or len(block.text) > _LONGEST_ENTRY or len(name) > _LONGEST_TITLE or scan(name).atoms:
        return False
    return names_activity(name) and bool(scan(rest).of(Clock))


def _named_cell(block: Block) -> str | None:
    """The cell in the column of names: "Luova torstai" is a name there, however much of it is a weekday."""
    name = next((value for label, value in block.cells if is_name_label(label)), "")
    return name if _WORDS.search(name) and len(name) <= _LONGEST_TITLE else None


def _is_place_cell(block: Block, title: str) -> bool:
    """ "Päivä | Aika | Paikka": where it is held is not what is held."""
    return any(PLACE.fullmatch(label) and value.startswith(title) for label, value in block.cells)


def _lead(block: Block, line: str) -> str | None:
    """The bold words that a line begins with, where they name something."""
    name = block.lead.strip(" ,.–-:;()!•*|")
    if not name or not line.startswith(block.lead) or _LABEL.match(name) or not _WORDS.search(name):
        return None
    return name if not scan(name).atoms else None


def _title(line: str, language: str | None) -> str | None:
    if language not in {"sv", "en"}:
        return line_title(line)
    if name := name_after_time(line):
        return name
    name = name_before_time(line)
    return name if name and not scan(in_finnish(name, language)).atoms else None


def _shared(block: Block, used: set[str], language: str | None) -> Block | None:
    """What a paragraph beside the lines tells of all: its sentences without days and hours, and seasons."""
    lines = block.text.split("\n")
    if block.kind is not BlockKind.PARAGRAPH or used & set(lines) or _is_of_one(block, language):
        return None
    told = [" ".join(part for part in sentences(line) if _tells_all(part, language)) for line in lines]
    text = "\n".join(filter(None, told))
    return msgspec.structs.replace(block, text=text) if text else None


def _is_of_one(block: Block, language: str | None) -> bool:
    """A paragraph that begins with a name of its own: what it tells is told of that one."""
    return _lead(block, block.text) is not None or _first_words(block, language) is not None


def _own_name(block: Block, line: str) -> str | None:
    return _first_words(block, "fi") if line == block.text else None


def _first_words(block: Block, language: str | None) -> str | None:
    """The name before the weekday that a paragraph begins with: "Allasjumppa torstaisin klo 14"."""
    read = scan(in_finnish(block.text.split("\n")[0], language))
    rule = next(iter(read.of(Days, Monthly)), None)
    if block.kind is not BlockKind.PARAGRAPH or rule is None or not read.of(Clock):
        return None
    if isinstance(rule, Days) and rule.manner is Manner.SINGLE:
        return None
    name = read.text[: rule.start].strip(" ,:–-•*")
    named = 0 < len(name.split()) <= _NAME_WORDS and names_activity(name) and not _NO_NAME.search(name)
    return name if named else None


def _tells_all(sentence: str, language: str | None) -> bool:
    read = in_finnish(sentence, language)
    return not scan(read).of(Days, Clock, Day) or is_season(read) or is_pause(read)


def line_title(line: str) -> str | None:
    """The part of a line that names the activity: no time, no contact, no label."""
    head = _CUT.split(line, maxsplit=1)[0]
    if _LABEL.match(head) and ":" in line[len(head) : len(head) + 2] and not scan(head).atoms:
        return None
    atoms = scan(line).atoms
    led = bool(atoms) and not _WORDS.search(line[: atoms[0].start])
    for part in (_CUT_LED if led else _CUT).split(line):
        name = _LEFT_OVER.sub("", _VERB.sub("", _without_times(part)))
        name = _CUT_DAY.sub("", name).strip(" ,.–-:;()!•*|")
        if len(name) > _LONGEST_TITLE or not _WORDS.search(name) or _LABEL.match(name):
            continue
        if _TIME_WORDS.fullmatch(name) or is_street(name):
            continue
        if any(True for _ in phones(part)) or any(True for _ in mails(part)):
            continue
        return name
    return None


def _lines(block: Block, weekday: str | None) -> Iterator[str]:
    if sum(bool(_WEEKDAY_LABEL.fullmatch(label)) for label, _ in block.cells) > 1:
        yield from _by_columns(block)
        return
    for line in _with_clock(block).split("\n"):
        if len(line) > _LONGEST_LINE:
            continue
        if (day := _WEEKDAY_HEADING.fullmatch(line)) and block.kind is BlockKind.PARAGRAPH:
            weekday = day[1]  # "MAANANTAI" on a line of its own heads those that follow
            continue
        hour = "klo " if _LED_BY_HOUR.match(line) else ""
        told = weekday is None or any(isinstance(atom, Days | Day) for atom in scan(line).atoms)
        # Under more than the name of a weekday only lines that begin with their hour are of those days.
        yield (
            line
            if told or not (hour or _WEEKDAY_HEADING.fullmatch(weekday or ""))
            else f"{weekday} {hour}{line}"
        )


def is_days(title: str) -> bool:
    """Whether a heading names days and nothing else: "Maanantaisin (2., 9. ja 16.2.)"."""
    atoms = scan(title).of(Days, Day)
    return bool(atoms) and not _WORDS.search(_without_times(title))


def _as_day(title: str) -> str:
    """ "Maanantai 7. syyskuuta 2026" as "ma 7.9.2026": a day in words would be cut at its point."""
    scanned = scan(title)
    days = scanned.of(Day)
    if len(days) != 1 or len(scanned.atoms) > 2 or not isinstance(day := days[0], Day):
        return title
    weekday = "".join(title[atom.start : atom.start + 2].lower() + " " for atom in scanned.of(Days))
    return f"{weekday}{day.day}.{day.month}.{day.year or ''}"


def _by_columns(block: Block) -> Iterator[str]:
    """A row of a timetable whose columns are weekdays: a line for each cell, with its day and the hour."""
    hours = next((value for label, value in block.cells if not _WEEKDAY_LABEL.fullmatch(label)), "")
    if _HOURS_ALONE.fullmatch(hours):
        hours = f"klo {hours}"
    for label, value in block.cells:
        if value and _WEEKDAY_LABEL.fullmatch(label):
            yield f"{label} {hours} {value}".replace("  ", " ")


def _with_clock(block: Block) -> str:
    """The text of a block, in a row with "klo" before the bare hour of the column of that name."""
    text = block.text
    for label, value in block.cells:
        if _CLOCK_LABEL.fullmatch(label) and _BARE_HOUR.fullmatch(value):
            text = text.replace(f"| {value}", f"| {label.rstrip(':.')} {value}", 1)
    return text


def _has_time(line: str, calendar: Calendar, setting: Setting) -> bool:
    return bool(read_schedules(sentences(line), calendar, setting))


def _without_times(text: str) -> str:
    kept, end = [], 0
    for atom in scan(text).atoms:
        kept.append(text[end : atom.start])
        end = max(end, atom.end)
    kept.append(text[end:])
    return re.sub(r"\s+", " ", " ".join(kept)).strip()
