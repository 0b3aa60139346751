"""What is told once for all that stands below: the season, pauses, the price, the place, how to sign up."""

import re
from collections.abc import Iterable

import msgspec

from crawlers.prose.addresses import FoundPlace, read_place
from crawlers.prose.atoms import Clock, Cue, Day, Days, Monthly, Months, Role, Stretch, Weeks
from crawlers.prose.foreign import in_finnish
from crawlers.prose.houses import names_house
from crawlers.prose.lexicon import FLAGS
from crawlers.prose.price import fee_of_all, price_of_all, read_registration
from crawlers.prose.sections import Section
from crawlers.prose.sentence_times import Scanned, scan
from crawlers.prose.shapes import Resolver

_OF_ALL = re.compile(
    r"\bkaikki\w*\b|\b(?:ellei|jollei|jos\sei)\s(?:\w+\s){0,2}toisin\b|\btoisin\smain\w+|\bpääsääntöisesti\b"
    r"|\b\w*(?:ryhmät|kerhot|kurssit|jumpat|tunnit|tapaamiset|kokoontumiset|illat|tilaisuudet)\b"
    r"|\b(?:ryhmämme|kerhomme|kokoonnumme|tapaamme|jumppaamme|toimimme)\b"
    r"|\b(?:alla|all|samtliga|grupperna|träffarna|vi\s(?:träffas|samlas)|we\smeet)\b",
    FLAGS,
)
_FROM_TO = re.compile(r"\b(?:alka|aloit|käynnisty)\w+\s.{0,40}\b(?:päätty|loppu|jatku)\w+\s", FLAGS)
_ALL_BEGIN = re.compile(
    r"\b\w*(?:ryhmät|kerhot|kurssit|jumpat|tunnit|harjoitukset|kahvilat|illat)\s(?:\w+\s)?(?:alkavat|käynnistyvät"
    r"|jatkuvat|päättyvät|loppuvat)\b",
    FLAGS,
)
_GROUPS = (
    r"\w*(?:ryhmät|kerhot|kurssit|jumpat|tunnit|harjoitukset|kahvilat|illat|piirit|vuorot|treenit|tapaamiset)"
)
_ALL_MEET = re.compile(
    rf"\b{_GROUPS}\s(?:\w+\s)?"
    r"(?:kokoontuvat|toimivat|ovat|pyörivät|pidetään|järjestetään|kestävät|jatkuvat|tapaavat|pyörii|rullaavat)\b"
    rf"|^\W*(?:\w+\s){{0,2}}{_GROUPS}\W+\d"
    r"|\b(?:kokoonnumme|tapaamme|toimimme|kokoonnutaan|toimintaa\son|toimintamme\son)\b",
    FLAGS,
)
_LASTS = re.compile(
    r"näyttely|leiri|festivaal|myyjäis|messut|matka|retki|haku|loma|remont|myynti|keräy|kampanja", FLAGS
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_FEW_WORDS = 5
_SEASON_DAYS = 28
_ELSEWHERE = re.compile(
    r"\blähtö\w*\s|\blähde(?:tään|mme)\b|\bkokoonnutaan\s|\b\w*(?:retki|matka|vierailu|risteily)\b|\bstart\svid\b"
    r"|\bulkona\b|\bmaastossa\b",
    FLAGS,
)
# "Pesä, Torikatu 21, Lieksa" below the heading of a week is the house that all of it goes on in.
_ADDRESS = re.compile(
    r"(?!.*(?:[Tt]oimisto|[Pp]ostiosoite|[Ll]askutus))[A-ZÅÄÖ][\w\s-]{2,40},"
    r"\s[A-ZÅÄÖ][\w\s-]+\s\d{1,4}[^.!?]{0,40}\.?"
)
_SOMEWHERE = re.compile(r"\b[A-ZÅÄÖ][\w-]{2,}(?:ss[aä]|ll[aä])(?![\w-])")
_SAME_PLACE = re.compile(
    r"\bsama\s(?:paikka|osoite|sali|tila)\b|\bsama(?:ssa|lla)\s(?:paika(?:ssa|lla)|osoitteessa|tilassa|salissa|talossa)\b"
    r"|\bsamoissa\stiloissa\b|\bsamma\s(?:plats|ställe)\b|\bsame\splace\b",
    FLAGS,
)


class Common(msgspec.Struct, frozen=True):
    """Sentences of the headings above a section that hold for all below, nearest last.

    frames         seasons and pauses
    prices, signs  what it costs and how to sign up
    places         where all meet
    before         where the section told before this one meets: "samassa paikassa"
    """

    frames: tuple[str, ...] = ()
    prices: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    places: tuple[FoundPlace, ...] = ()
    before: tuple[FoundPlace, ...] = ()

    def joined(self, other: "Common") -> "Common":
        """Both together, `other` the nearer one."""
        return Common(
            (*self.frames, *other.frames),
            (*self.prices, *other.prices),
            (*self.signs, *other.signs),
            other.places or self.places,
            self.before,
        )

    def places_for(self, text: str) -> tuple[FoundPlace, ...]:
        """The place of what tells none itself, in `text`, and does not go on somewhere else."""
        if _SAME_PLACE.search(text) and self.before:
            return self.before
        elsewhere = _ELSEWHERE.search(text) or _SOMEWHERE.search(text) or names_house(text)
        return () if elsewhere else self.places


def told_by(section: Section, language: str | None, resolve: Resolver, *, leads: bool) -> Common:
    """What a section tells of all below it; one that only `leads` to them tells their place too."""
    said = {line: in_finnish(line, language) for line in section.sentences()}
    frames = tuple(line for line, read in said.items() if is_pause(read) or is_season(read))
    prices = tuple(line for line in said if price_of_all(line))
    if not leads:
        return Common(frames, prices)
    signs = tuple(line for line in said if read_registration((line,)) is not None)
    prices = tuple(line for line in said if price_of_all(line) or fee_of_all(line))
    return Common(frames, prices, signs, tuple(places_of_all(said, resolve)))


def places_of_all(lines: Iterable[str], resolve: Resolver) -> Iterable[FoundPlace]:
    """The first place that a sentence about all tells."""
    for line in lines:
        alone = _ADDRESS.fullmatch(line) is not None
        if (alone or _OF_ALL.search(line)) and (place := read_place(line, resolve)) is not None:
            yield FoundPlace(place, line)
            return


def is_pause(sentence: str) -> bool:
    """Whether a sentence tells a pause and no meetings: under a common heading it holds for all."""
    scanned = scan(sentence)
    return scanned.has(Cue.PAUSE) and not scanned.of(Clock, Monthly)


def is_span(scanned: Scanned) -> bool:
    """Whether a sentence tells one stretch of weeks, of all groups or in few words: "Tunnit 6.9.–5.12." """
    stretches = [atom for atom in scanned.of(Stretch) if isinstance(atom, Stretch)]
    if len(stretches) != 1 or scanned.of(Day) or _LASTS.search(scanned.text):
        return False
    first, last = stretches[0].first, stretches[0].last
    days = 30 * ((last.month - first.month) % 12) + last.day - first.day
    before = scanned.text[: stretches[0].start]
    pause = any(sign.cue in {Cue.PAUSE, Cue.EXCEPT} and sign.end <= len(before) for sign in scanned.signs)
    if pause or days < _SEASON_DAYS:
        return False
    return _ALL_MEET.search(scanned.text) is not None or len(_WORD.findall(scanned.text)) <= _FEW_WORDS


def is_season(sentence: str) -> bool:
    """Whether a sentence tells when meetings begin and end, and no day or hour of them."""
    scanned = scan(sentence)
    if scanned.of(Clock, Monthly, Days) or scanned.has(
        Cue.REGISTRATION, Cue.OFFICE, Cue.PAST, Cue.CALL, Cue.INTERNAL, Cue.OPENING
    ):
        return False
    if any(isinstance(atom, Months) and atom.whole for atom in scanned.atoms):
        return scanned.has(Cue.SEASON) or _ALL_MEET.search(scanned.text) is not None
    if is_span(scanned):
        return True
    told = scanned.has(Cue.SEASON) or _FROM_TO.search(scanned.text) or _ALL_BEGIN.search(scanned.text)
    return bool(told) and any(_bounds(scanned))


def season_in(heading: str) -> str | None:
    """The season that a heading tells, as a sentence: "Syksyn ryhmät 7.9.–11.12.2026"."""
    scanned = scan(heading)
    stretches = scanned.of(Stretch)
    if len(stretches) != 1 or scanned.of(Clock, Days, Monthly):
        return None
    return f"Kausi {heading[stretches[0].start : stretches[0].end]}"


def _bounds(scanned: Scanned) -> Iterable[bool]:
    for atom in scanned.of(Stretch, Weeks, Day):
        whole = isinstance(atom, Stretch) or (isinstance(atom, Weeks) and len(atom.weeks) > 2)
        yield whole or (isinstance(atom, Weeks | Day) and atom.role is not Role.DAY)
