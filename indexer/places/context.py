"""Whether a word that can mean a place does mean it here: the judge of ambiguous names."""

from typing import NamedTuple, Protocol

from indexer.places import words
from indexer.places.lexicon import Reading

LOCAL_CASES = frozenset({"inessive", "elative", "illative", "adessive", "ablative", "allative"})
_COMPANY = frozenset(
    {"oy", "oyj", "ab", "konserni", "osakkeet", "osake", "osakkeita", "osakekurssi", "pörssi"}
)
_INTERNAL = frozenset({"inessive", "elative", "illative"})


class LemmaReader(Protocol):
    """Base forms of a word, all readings; () where the word is unknown."""

    def __call__(self, surface: str) -> tuple[str, ...]:
        """All base forms of `surface`."""
        ...


class Surroundings(NamedTuple):
    """What stands around a candidate: neighbouring words in lower case ("" at the edge of the text)."""

    surface: str
    before: str
    before_raw: str
    after: str
    first: bool
    alone: bool
    mixed_case: bool
    place_beside: bool
    shares_code: bool
    short: bool


class Verdict(NamedTuple):
    """0 = no place, 1 = perhaps, 2 = place; with the reasons."""

    score: int
    evidence: tuple[str, ...]


def is_head(word: str) -> bool:
    """Whether `word` is a thing that places have: kunta, kirkko, seutu."""
    return word.startswith(words.HEADS) or any(part in word for part in words.HEAD_PARTS)


def is_absorbed(word: str) -> bool:
    """Whether `word` after a genitive says only "the area of", so that it belongs to the mention."""
    return word.startswith(words.ABSORBED)


def judge(reading: Reading, homograph: str, around: Surroundings, given_names: frozenset[str]) -> Verdict:
    """Weigh one reading. `homograph` is "", "word" or "name": what else the form can mean."""
    target = reading.target
    capital = around.surface[:1].isupper()
    if target.swedish:
        marked = around.before in {"i", "från", "till", "nära", "vid"}
        municipal = target.kind == "municipality"
        plain = (not homograph and (capital or municipal)) or (around.short and municipal)  # Vasa, vasa
        return Verdict(2 if marked or plain else 0, ("Swedish name",))
    if _is_person(reading, homograph, around, given_names):
        return Verdict(0, ("follows a given name",))
    if around.surface == "II" and not around.place_beside:
        return Verdict(0, ("a Roman numeral",))
    if around.after.split(":")[0] in _COMPANY:
        return Verdict(0, ("a company",))
    if not homograph:
        if target.kind == "postal":
            return _weigh_postal(reading, around)
        return Verdict(2, ("not a common word",))
    if target.kind == "postal":
        return Verdict(2 if around.place_beside and capital else 0, ("beside its municipality",))
    return _weigh(reading, homograph, around)


def _is_person(reading: Reading, homograph: str, around: Surroundings, given_names: frozenset[str]) -> bool:
    if reading.case in {"inessive", "illative", "elative"} and homograph != "name":
        return False
    if around.before in given_names and around.before:
        return not (reading.case in LOCAL_CASES and reading.target.usual == "external" and not homograph)
    return len(around.before_raw) == 1 and around.before_raw.isupper() and around.before_raw.isalpha()


def _weigh_postal(reading: Reading, around: Surroundings) -> Verdict:
    if around.place_beside:
        return Verdict(2, ("beside its municipality",))
    if len(reading.target.codes) > 1:
        return Verdict(1, ("several places have this name",))
    capital = around.surface[:1].isupper()
    if reading.case in LOCAL_CASES or (capital and around.alone):
        return Verdict(2, ("local case, or the only word",))
    if reading.case == "genitive" and around.after.startswith(words.ABSORBED):
        return Verdict(2, ("genitive before a place word",))
    return Verdict(1, ("not a common word",))


def _weigh(reading: Reading, homograph: str, around: Surroundings) -> Verdict:
    target, case = reading.target, reading.case
    low = around.surface.lower()
    everyday = target.base in words.EVERYDAY
    reasons: list[tuple[int, str]] = []
    capital = around.surface[:1].isupper()
    # Kutsu, Risti, Sola: villages whose word is said every day need more than a capital or a neighbour.
    faint = everyday and not capital and not (target.home and target.kind != "settlement")
    if around.place_beside:
        apart = everyday and not capital and not around.shares_code
        reasons.append((1 if faint or apart else 2, "beside another place"))
    named = target.kind == "municipality" and target.base not in words.TROUBLES
    asked = around.short and (_topic(around.before) or _topic(around.after))
    if low in words.PLACE_FORMS:
        reasons.append((2, "form used of the place only"))
    elif case in LOCAL_CASES and reading.plain and target.kind == "municipality" and (around.alone or asked):
        # Nobody asks for a club on a plough: "kerho auralla", "kolarissa vertaistukea".
        reasons.append((2, "local case beside what is looked for, or alone"))
    elif (
        case in LOCAL_CASES
        and reading.plain
        and target.home
        and target.kind == "municipality"
        and (
            capital or around.alone or _usual_local(reading)
        )  # "kiteestä" is of a crystal, people live at Kitee
    ):
        reasons.append((2, "local case of a home municipality"))
    elif _usual_local(reading) and homograph == "word" and not everyday:
        reasons.append((2, "local case in use for the place"))
    elif _usual_local(reading) or (homograph == "name" and case in _INTERNAL):
        reasons.append((1 if everyday else 2, "local case"))
    if case == "genitive" and (is_head(around.after) or (not everyday and _topic(around.after))):
        reasons.append((2, "genitive before a place word"))
    if around.before.startswith(words.LIVING) and around.before:
        reasons.append((2, "after a word for living or place"))
    village = everyday and target.kind == "settlement" and case not in LOCAL_CASES
    if capital and not around.first and around.mixed_case and homograph == "word":
        reasons.append((1 if village else 2, "capital inside a sentence"))
    if around.alone and (case == "nominative" or capital or _usual_local(reading)):
        minor = village or (faint and not named and not _usual_local(reading))
        reasons.append((1 if minor else 2, "the only word"))
    elif case == "nominative" and around.short and not around.after and _topic(around.before):
        reasons.append((1 if village else 2, "name at the end of a query"))
    elif case == "nominative" and around.short and around.first and _topic(around.after):
        reasons.append((1 if everyday and not named else 2, "name at the start of a query"))
    elif case in LOCAL_CASES and around.short and _topic(around.before):
        reasons.append((1, "after a word for activities"))
    against = (around.before + " " + around.after).split()
    opposed = any(word.startswith(words.AGAINST) or word in words.AGAINST_WORDS for word in against)
    if opposed and low not in words.PLACE_FORMS:
        reasons.append((-3, "beside a word of the other meaning"))
    if low in words.KIN and around.after.endswith(("ni", "nsa")):
        reasons.append((-2, "kinship"))
    total = sum(points for points, _ in reasons)
    return Verdict(max(0, min(2, total)), tuple(text for _, text in reasons))


def _usual_local(reading: Reading) -> bool:
    """Whether the local case is the one that usage takes: Salossa, but not salolla."""
    usual = reading.target.usual or "internal"
    return (
        reading.plain and reading.case in LOCAL_CASES and (reading.case in _INTERNAL) == (usual == "internal")
    )


def _topic(word: str) -> bool:
    return word.startswith(words.TOPICS)
