"""One sentence as time: all atoms without overlap, and whose times they are."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from crawlers.prose import clocks, cues, scan_dates, scan_days
from crawlers.prose.atoms import Atom, Clock, Cue, Day, Days, Masked, Monthly, Sign, Stretch
from crawlers.prose.lexicon import FLAGS, MONTH, SHORT, STEM

_CONTEXTS = frozenset(
    {Cue.OFFICE, Cue.PHONE, Cue.CALL, Cue.REGISTRATION, Cue.OPENING, Cue.MEETING, Cue.SUBEVENT}
)
_WEAK = frozenset({Cue.CALL, Cue.REGISTRATION, Cue.SUBEVENT})
_PLACE_CASE = re.compile(r"(?:ll[aä]|ss[aä]|lle|lta|ltä|mme)$|toimiston$", FLAGS)
_MEETING_PLACE = re.compile(
    r"(?:auki|avoinna)\skaikille|kaikille\s(?:avoin|avoinna|auki)|kohtaamispaik|\w*-?piste\b|olohuone|kahvila|\w*tupa\b|\w*tuvalla|kylätalo|kansalaistalo|järjestötalo|kerho|klubitalo|paja\b"
    r"|työpaja|avoin(?:ta)?\s(?:toiminta|päiväkeskus)|päivätoiminta|avoimet\sovet|perhekeskus|päiväkeskus|nuorisotila|nuokku",
    FLAGS,
)
_AND_MEETING = re.compile(
    r"\b\w*(?:tapaaminen|kerho|ilta|juhla|kahvit|kahvila|ryhmä)\s(?:ja|sekä)\s(?:vuosi|kevät|syys)kokous\b",
    FLAGS,
)
_BOARD = re.compile(r"\W*(?:johtokunta|hallitus)\W*", FLAGS)
_BOARD_WORD = re.compile(r"hallitu|johtokun|kokou|haastattelu|tutkimu|työryhm", FLAGS)
_PRESENT = re.compile(
    r"\b(?:kokoontuu|kokoontuvat|kokoonnutaan|kokoonnumme|tavataan|tapaamme|järjestetään|järjestämme|pidetään|avoinna)\b",
    FLAGS,
)
_OFFICE_TITLE = re.compile(
    r"toimisto|yhteystie|yhteydenot|kanslia|asiakaspalvelu|puhelinaika|aukiolo|henkilökunta|työntekijä|laskutus|ota\syhteyttä"
    r"|hallitus\b|ilmoittautuminen|kontakt|contact",
    FLAGS,
)
_PHONE_TITLE = re.compile(r"puhelin|linja\b|chat|päivystys", FLAGS)
_OR = re.compile(r"\s?,?\s(?:tai|taikka)\s", FLAGS)
_IN_SEASON = re.compile(
    r"\b(?:kesäaikan[a]?|kesäaikaan|kesäisin|kesällä|talvisin|talvella|talviaikaan|syksyisin|keväisin)\b(?!\s20\d\d)"
    r"",
    FLAGS,
)
_NO_MEETING = re.compile(r"\b(?:tauko\w*|tauolla|ei|suljettu|kiinni)\b", FLAGS)
_LONGEST = 600  # no sentence about a time is longer, and what is bounded cannot be slow
_HOLIDAYS = re.compile(r"pyhi|pyhäpäiv")
# What any atom holds; where there is none, and no holiday, cues have nothing to speak of.
_MAY_TELL_TIME = re.compile(
    rf"\d|{STEM}|(?:{MONTH})kuu|\b(?:{SHORT})\b|arki|päivittäin|joka\s|kesä(?:llä|isin|kuukausi)|vappu|jouluun|viiko|viikko|pyhi|pyhäpäiv|kaikkina|\bvk"
)
_COFFEE = re.compile(r"kahvi", FLAGS)
_RESET = re.compile(r"\s\|\s|\)")


@dataclass(frozen=True)
class Setting:
    """Where a sentence stands: the headings above it, nearest last."""

    headings: tuple[str, ...] = ()

    @property
    def office(self) -> bool:
        """Under a heading of an office or of contacts: hours there are no meetings."""
        return bool(self.headings) and bool(_OFFICE_TITLE.search(self.headings[-1]))

    @property
    def meeting_place(self) -> bool:
        """Under a heading that names a place of meeting: its opening hours are when people meet."""
        return any(_MEETING_PLACE.search(heading) for heading in self.headings)

    @property
    def phone(self) -> bool:
        """Under a heading of support by telephone: its hours are the activity's."""
        return any(_PHONE_TITLE.search(heading) for heading in self.headings)


@dataclass(frozen=True)
class Scanned:
    """A sentence with its time atoms and cue words, both in order."""

    text: str
    atoms: tuple[Atom, ...]
    signs: tuple[Sign, ...]

    def has(self, *wanted: Cue) -> bool:
        """Whether any of these cues stands in the sentence."""
        return any(sign.cue in wanted for sign in self.signs)

    def of(self, *kinds: type[Atom]) -> tuple[Atom, ...]:
        """The atoms of these kinds."""
        return tuple(atom for atom in self.atoms if isinstance(atom, kinds))

    def gap(self, first: Atom, second: Atom) -> str:
        """The words between two atoms."""
        return self.text[first.end : second.start]


@lru_cache(maxsize=1024)
def scan(text: str) -> Scanned:
    """All atoms and cues of a sentence; of overlapping atoms the surer is kept.

    Remembered, as one sentence is looked at from many sides, and a site's pages share theirs.
    """
    text = text[:_LONGEST]
    # Small letters are compared several times faster; this one would become two letters.
    low = text.replace("İ", "I").lower()
    if not _MAY_TELL_TIME.search(low):
        return Scanned(text, (), ())
    sure: list[Atom] = []
    unsure: list[Atom] = []
    for clock in clocks.scan(low):
        (sure if clock.sure else unsure).append(clock)
    numbers = list(cues.calls(low))
    atoms = _apart(
        [*cues.masks(low, text), *sure, *numbers, *scan_dates.scan(low), *scan_days.scan(low), *unsure]
    )
    if all(isinstance(atom, Masked | Sign) for atom in atoms) and not _HOLIDAYS.search(low):
        return Scanned(text, (), tuple(atom for atom in atoms if isinstance(atom, Sign)))
    signs = _apart([*numbers, *cues.signs(low)])
    return Scanned(
        text,
        tuple(atom for atom in atoms if not isinstance(atom, Masked | Sign)),
        tuple(
            sorted(
                (atom for atom in (*signs, *_vague(atoms, text)) if isinstance(atom, Sign)),
                key=lambda sign: sign.start,
            )
        ),
    )


def meeting_atoms(scanned: Scanned, setting: Setting) -> tuple[Atom, ...]:
    """The atoms that tell when people meet; those of offices, telephones and deadlines are left out."""
    if scanned.has(Cue.CANCELLED) or (scanned.has(Cue.INTERNAL) and not _only_leads(scanned.text)):
        return ()
    habitual = any(isinstance(atom, Days | Monthly) for atom in scanned.atoms)
    if scanned.has(Cue.PAST) and not (habitual and _PRESENT.search(scanned.text)):
        return ()
    if scanned.has(Cue.OFFICE) and not scanned.has(Cue.MEETING) and not _MEETING_PLACE.search(scanned.text):
        return ()
    if setting.office and not scanned.has(Cue.MEETING):
        return ()
    return tuple(atom for atom in scanned.atoms if _is_meeting(atom, scanned, setting))


def _only_leads(text: str) -> bool:
    """ "Tanssit | pe klo 18 | Työväentalo | johtokunta": the board is who leads it, not who meets.

    So it is where the members' meeting is held beside what people come to anyway.
    """
    if _AND_MEETING.search(text):
        return True
    *cells, last = text.split(" | ")
    return len(cells) > 2 and bool(_BOARD.fullmatch(last)) and not _BOARD_WORD.search(" ".join(cells))


def _is_meeting(atom: Atom, scanned: Scanned, setting: Setting) -> bool:
    if not isinstance(atom, Clock | Day | Days | Stretch):
        return True
    cue = _context(atom, scanned)
    if setting.phone and cue in {Cue.PHONE, Cue.CALL, Cue.OPENING}:
        return True  # "Chat on auki ma–to klo 16–19", "050 000 0511, ti klo 9–12" below "Tukipuhelin"
    if cue is Cue.OPENING:
        return setting.meeting_place or bool(_MEETING_PLACE.search(scanned.text))
    if cue is Cue.SUBEVENT and len(scanned.of(Clock)) == 1:
        # "Naistenpäivän kahvit klo 13": where no other hour is told, people come for the coffee.
        return any(sign.cue is cue and _COFFEE.match(scanned.text, sign.start) for sign in scanned.signs)
    return cue in {None, Cue.MEETING}


def _context(atom: Atom, scanned: Scanned) -> Cue | None:
    """Whose time `atom` is: the nearest cue before it, else an office or a telephone right after it."""
    contexts = [
        sign for sign in scanned.signs if sign.cue in _CONTEXTS and not _is_place(sign, scanned)
    ]  # fmt: skip
    before = [sign for sign in contexts if sign.start <= atom.start]
    if not before:
        after = next((sign for sign in contexts if sign.start > atom.start), None)
        return after.cue if after is not None and after.cue in {Cue.OFFICE, Cue.PHONE, Cue.OPENING} else None
    nearest = before[-1]
    if nearest.cue is Cue.OPENING and len(before) > 1 and before[-2].cue in {Cue.OFFICE, Cue.PHONE}:
        return before[-2].cue
    if nearest.cue in _WEAK and _RESET.search(scanned.gap(nearest, atom)):
        return None
    return nearest.cue


def _is_place(sign: Sign, scanned: Scanned) -> bool:
    """ "toimistolla" beside a meeting is where it is held."""
    if sign.cue is not Cue.OFFICE or not scanned.has(Cue.MEETING):
        return False
    return bool(_PLACE_CASE.search(scanned.text[sign.start : sign.end]))


def _vague(atoms: Sequence[Atom], text: str) -> list[Sign]:
    """Signs found among the atoms, and those of choice ("tiistaisin tai torstaisin") and of season."""
    found = [atom for atom in atoms if isinstance(atom, Sign) and atom.cue is Cue.VAGUE]
    for first, second in pairwise(atoms):
        if (
            isinstance(first, Days)
            and isinstance(second, Days)
            and _OR.fullmatch(text[first.end : second.start])
        ):
            found.append(Sign(first.start, second.end, Cue.VAGUE))
    bounded = any(isinstance(atom, Day | Stretch) for atom in atoms) or _NO_MEETING.search(text)
    if (season := _IN_SEASON.search(text)) and not bounded:
        found.append(Sign(*season.span(), Cue.VAGUE))
    return found


def _apart(found: Sequence[Atom]) -> list[Atom]:
    """Of overlapping atoms the first in the sequence; in the order of the text."""
    kept: list[Atom] = []
    taken = bytearray(max((atom.end for atom in found), default=0))
    for atom in found:
        if atom.end > atom.start and not any(taken[atom.start : atom.end]):
            taken[atom.start : atom.end] = b"\x01" * (atom.end - atom.start)
            kept.append(atom)
    return sorted(kept, key=lambda atom: atom.start)
