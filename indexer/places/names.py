"""All forms of all names of places, gathered from the gazetteer into the tables of the lexicon."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
import numpy as np

from indexer.lists import packed_lists
from indexer.places import declension
from indexer.places.declension import Stems, decline, stems
from indexer.places.lexicon import CASE_OF_ENDING, Lexicon, Target
from indexer.places.words import EXTERNAL
from indexer.tables import Array, kept_tables, packed_strings, packed_words
from schemas.gazetteer import Gazetteer, Settlement

# Written abbreviations in daily use, with the municipality's code.
_SHORT = {"jns": "167", "hki": "091", "tre": "837", "jkl": "179", "lpr": "405", "tku": "853", "kpo": "297"}


def load_places(
    gazetteer: Gazetteer, home: frozenset[str], areas: Iterable[Target] = (), cache: Path | None = None
) -> Lexicon:
    """The lexicon of a gazetteer and named areas. `home`: codes of the home county's municipalities.

    Its tables are kept in the folder `cache`, under a name that changes with all they are made from.
    """
    known = tuple(areas)
    if cache is not None:
        mark = hashlib.blake2b(digest_size=12)
        places = (gazetteer.municipalities, gazetteer.settlements, sorted(home), known)
        mark.update(msgspec.msgpack.encode(places))
        for module in (__file__, declension.__file__):
            mark.update(Path(module).read_bytes())
        cache = cache / f"places-{mark.hexdigest()}.tables"
    return Lexicon(kept_tables(cache, lambda: _Names(gazetteer, home, known).packed()))


class _Names:
    """Gathers the forms of names."""

    def __init__(self, gazetteer: Gazetteer, home: frozenset[str], areas: Iterable[Target]) -> None:
        self._weak: dict[str, list[Target]] = {}
        self._strong: dict[str, list[Target]] = {}
        self._full: dict[str, list[tuple[str, Target]]] = {}
        self._vocabulary: list[tuple[str, str | None]] = []
        for place in gazetteer.municipalities:
            usual = "external" if place.external else "internal"
            inside = place.code in home
            name = place.fi.removesuffix(" Tl")
            target = Target(name.lower(), place.fi, "municipality", place.code, (place.code,), inside, usual)
            self._add(target, stems(name, place.forms.genitive))
            for form in (place.forms.at, place.forms.to, place.forms.away, *place.forms.others):
                self._add_full(form.lower(), _local_case(form), target)
            if place.sv != place.fi:
                self._add_swedish(place.sv, target)
            for short in (short for short, code in _SHORT.items() if code == place.code):
                self._add(target._replace(base=short), Stems((short,), (), (("nominative", short),)))
            self._vocabulary.append((name, place.forms.genitive))
        for target, settlement in _settlements(gazetteer, home):
            self._add(target, stems(settlement.name))
            if settlement.sv:
                self._add_swedish(settlement.sv, target)
            if target.home or target.kind == "former":
                self._vocabulary.append((settlement.name, None))
        for target in areas:
            self._add(target, stems(target.base))
            self._add(target, stems(target.base.replace("-", "")))
            self._add(target, stems(target.base.replace("-", " ")))

    def packed(self) -> dict[str, Array]:
        """The arrays of the lexicon."""
        terms = dict.fromkeys((*self._weak, *self._strong, *self._full))
        targets: dict[Target, int] = {}
        cases = {
            case: at for at, case in enumerate(dict.fromkeys(c for f in self._full.values() for c, _ in f))
        }

        def numbers(found: Iterable[Target]) -> list[int]:
            return [targets.setdefault(target, len(targets)) for target in found]

        full = (
            [n for case, target in self._full.get(term, ()) for n in (cases[case], *numbers([target]))]
            for term in terms
        )
        longest = max((len(form.split()) for form in (*self._weak, *self._full)), default=0)
        return {
            **packed_words("terms", terms),
            **packed_lists("weak", (numbers(self._weak.get(term, ())) for term in terms)),
            **packed_lists("strong", (numbers(self._strong.get(term, ())) for term in terms)),
            **packed_lists("full", full),
            **packed_strings("cases", cases),
            **packed_strings("targets", (msgspec.json.encode(target).decode() for target in targets)),
            **packed_strings("forms", self._forms()),
            "longest": np.array([longest], dtype=np.int64),
        }

    def _forms(self) -> dict[str, None]:
        found: dict[str, None] = {}
        for name, genitive in self._vocabulary:
            for forms in decline(name, genitive).values():
                found.update(dict.fromkeys(forms))
        return found

    def _add(self, target: Target, found: Stems) -> None:
        for stem in found.weak:
            self._weak.setdefault(stem, []).append(target)
        for stem in found.strong:
            self._strong.setdefault(stem, []).append(target)
        for case, form in found.full:
            self._add_full(form, case, target)

    def _add_full(self, form: str, case: str, target: Target) -> None:
        self._full.setdefault(form, []).append((case, target))

    def _add_swedish(self, name: str, target: Target) -> None:
        swedish = target._replace(swedish=True, base=name.lower())
        self._add_full(name.lower(), "nominative", swedish)
        self._add_full(name.lower() + "s", "genitive", swedish)


def _local_case(form: str) -> str:
    low = form.lower()
    for size in (3, 1):
        if low[-size:] in CASE_OF_ENDING and not (
            size == 1 and low[-2] in "aeiouyäöå" and low[-2] == low[-3:-2]
        ):
            return CASE_OF_ENDING[low[-size:]]
    return "illative" if low.endswith("n") else "nominative"


def _settlements(gazetteer: Gazetteer, home: frozenset[str]) -> Iterator[tuple[Target, Settlement]]:
    """One target a name: former municipality before village before postal area, codes merged within home."""
    merged: dict[str, tuple[Target, Settlement]] = {}
    for place in gazetteer.settlements:
        base = place.name.lower().removesuffix(" tl").removesuffix(" ul")
        inside = bool(home.intersection(place.codes))
        codes = tuple(code for code in place.codes if code in home) or place.codes
        kind = {"village": "settlement", "postal": "settlement" if inside else "postal"}.get(
            place.kind, "former"
        )
        usual = "external" if base in EXTERNAL else ""
        known = merged.get(base)
        if known is None:
            target = Target(base, place.name, kind, codes[0], codes, inside, usual)
            merged[base] = (target, place)
        elif inside and known[0].home and known[0].kind != "former":
            joined = tuple(dict.fromkeys((*known[0].codes, *codes)))
            merged[base] = (known[0]._replace(codes=joined), known[1])
        elif inside and not known[0].home:
            merged[base] = (Target(base, place.name, kind, codes[0], codes, True, usual), place)
    yield from merged.values()
