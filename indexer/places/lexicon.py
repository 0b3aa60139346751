"""The table of names: from a written form to the places it can mean and the case it stands in."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import msgspec

from indexer.lists import Lists
from indexer.tables import Array, Strings, Words

CASE_OF_ENDING = {
    "n": "genitive", "ssa": "inessive", "ssä": "inessive", "sta": "elative", "stä": "elative",
    "lla": "adessive", "llä": "adessive", "lta": "ablative", "ltä": "ablative", "lle": "allative",
    "ksi": "translative", "s": "inessive", "st": "elative", "l": "adessive", "lt": "ablative",
}  # fmt: skip
_SPOKEN = {"s", "st", "l", "lt"}
_CLITICS = ("kaan", "kään", "kin", "han", "hän", "ko", "kö", "pa", "pä")
_NOT_DEMONYMS = {"pohja", "karjala", "suo", "saari", "savo", "nyky", "maa", "hattu", "risti"}
_REMEMBERED = 20_000
"""Forms whose readings are kept in memory."""
_KIND_ORDER = {"municipality": 0, "county": 0, "region": 0, "former": 1, "settlement": 2, "postal": 3}


class Target(NamedTuple):
    """A place that a form can mean.

    `base` is the lower-case name; `usual` "internal", "external" or "" says which local cases usage takes.
    """

    base: str
    name: str
    kind: str
    code: str
    codes: tuple[str, ...]
    home: bool
    usual: str = ""
    swedish: bool = False


class Reading(NamedTuple):
    """One way to read a written form; `plain` is false for spoken, clitic and demonym forms."""

    target: Target
    case: str
    plain: bool = True


class Lexicon:
    """Forms of all names over their tables; immutable but for a memory, threads may share it."""

    def __init__(self, tables: Mapping[str, Array]) -> None:
        self._terms = Words(tables, "terms")
        self._weak = Lists(tables, "weak")
        self._strong = Lists(tables, "strong")
        self._full = Lists(tables, "full")
        self._cases = Strings(tables, "cases")[:]
        self._targets = Strings(tables, "targets")
        self._forms = Strings(tables, "forms")
        self.longest = int(tables["longest"][0])
        self._made: dict[int, Target] = {}
        self._held: dict[str, tuple[Reading, ...]] = {}

    def readings(self, form: str) -> tuple[Reading, ...]:
        """Every place that `form` (lower-case) can mean, the most important kind first; () where none."""
        held = self._held.get(form)
        if held is None:
            if len(self._held) >= _REMEMBERED:
                self._held = {}
            held = self._held[form] = self._read(form)
        return held

    def _read(self, form: str) -> tuple[Reading, ...]:
        found = list(self._inflected(form))
        if not found:
            for clitic in _CLITICS:
                if form.endswith(clitic) and len(form) > len(clitic) + 2:
                    plain = self._inflected(form[: -len(clitic)])
                    found += [reading._replace(plain=False) for reading in plain]
        if not found:
            found = list(self._demonyms(form))
        best: dict[tuple[str, str, str], Reading] = {}
        for reading in sorted(found, key=lambda item: _KIND_ORDER[item.target.kind]):
            best.setdefault((reading.target.base, reading.case, reading.target.kind), reading)
        return tuple(best.values())

    def forms(self) -> tuple[str, ...]:
        """Lower-case forms of municipalities, former municipalities and the home county's settlements.

        A vocabulary for a matcher of misspelt words.
        """
        return tuple(self._forms)

    def _target(self, number: int) -> Target:
        found = self._made.get(number)
        if found is None:
            found = self._made[number] = msgspec.json.decode(self._targets[number], type=Target)
        return found

    def _of(self, lists: Lists, form: str) -> list[Target]:
        number = self._terms.number(form)
        return [] if number < 0 else [self._target(target) for target in lists[number]]

    def _whole(self, form: str) -> Iterator[tuple[str, Target]]:
        number = self._terms.number(form)
        flat = [] if number < 0 else self._full[number]
        for case, target in zip(flat[::2], flat[1::2], strict=True):
            yield self._cases[case], self._target(target)

    def _inflected(self, form: str) -> Iterator[Reading]:
        for case, target in self._whole(form):
            yield Reading(target, case)
        for size in range(1, 4):
            case = CASE_OF_ENDING.get(form[-size:], "")
            if case:
                spoken = form[-size:] in _SPOKEN
                for target in self._of(self._weak, form[:-size]):
                    if not spoken or target.home or target.kind == "municipality":
                        yield Reading(target, case, not spoken)
        if form.endswith(("na", "nä")):
            for target in self._of(self._strong, form[:-2]):
                yield Reading(target, "essive")
        # Speech drops the last n of the illative: "Joensuuhu", "Kiteesee".
        for case, target in self._whole(form + "n"):
            if case == "illative" and target.home:
                yield Reading(target, case, False)

    def _demonyms(self, form: str) -> Iterator[Reading]:
        for mark in ("lai", "läi"):
            stem, found, rest = form.rpartition(mark)
            if not found or not stem or " " in rest or not rest.startswith(("nen", "s")):
                continue
            if stem in _NOT_DEMONYMS:
                continue
            for target in self._of(self._strong, stem):
                if target.kind != "postal" and not target.swedish:
                    yield Reading(target, "demonym", False)
            # Karjala : karjalainen swallows one la.
            for target in self._of(self._strong, stem + mark[:2]):
                if target.kind in {"county", "region"}:
                    yield Reading(target, "demonym", False)
