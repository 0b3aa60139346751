"""Measure place recognition: every municipality of Finland and every settlement of the home county.

    python -m bench.places

Prints, for the forms in use (Lieksassa, Kiteellä) and for all six local cases by rule, the share that is
found with certainty and with the right municipality, in three settings; the same for the settlements
(villages, postal areas, former municipalities) of the home county; and times of loading and finding.

A settlement's local cases in use are both series (Enossa and Enolla are said), unless its name is also a
common word or a person's name: then only the series that usage takes, since the other one is that word
("hatulla" is with a hat, "Hatussa" in the village).
"""

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from time import perf_counter

from indexer.places import PlaceRecogniser
from indexer.places.declension import decline
from indexer.places.words import EVERYDAY, EXTERNAL
from schemas.county import load_county
from schemas.gazetteer import Gazetteer, Municipality, Settlement, load_gazetteer

CONFIG = Path(__file__).parents[1] / "config"
LOCAL = ("inessive", "elative", "illative", "adessive", "ablative", "allative")
SETTINGS = ("{}", "vertaistukiryhmä {}", "Haluaisin käydä kerhossa {} joka viikko")


def forms_in_use(place: Municipality) -> Iterator[str]:
    """The local case forms in use, with accepted doublets."""
    yield from (place.forms.at, place.forms.to, place.forms.away, *place.forms.others)


def forms_by_rule(place: Municipality) -> Iterator[str]:
    """Internal and external local cases made by rule, with a capital."""
    found = decline(place.fi.removesuffix(" Tl"), place.forms.genitive)
    return (form[:1].upper() + form[1:] for case in LOCAL for form in found.get(case, ()))


def settlements_at_home(gazetteer: Gazetteer, home: Collection[str]) -> tuple[Settlement, ...]:
    """Villages, postal areas and former municipalities of `home` municipalities, each name once."""
    found = {place.name: place for place in gazetteer.settlements if set(home) & set(place.codes)}
    return tuple(found.values())


def settlement_forms(place: Settlement, gazetteer: Gazetteer) -> Iterator[str]:
    """The local case forms of a settlement that are in use, with a capital."""
    found = decline(place.name)
    doubtful = any(form in gazetteer.homographs for forms in found.values() for form in forms)
    cases: tuple[str, ...] = LOCAL
    if doubtful or place.name.lower() in EVERYDAY:
        cases = LOCAL[3:] if place.name.lower() in EXTERNAL else LOCAL[:3]
    return (form[:1].upper() + form[1:] for case in cases for form in found.get(case, ()))


def share(
    recogniser: PlaceRecogniser, pairs: Iterable[tuple[str, Collection[str]]], setting: str
) -> tuple[float, list[str]]:
    """The share of (form, codes) pairs found for certain in `setting`, and the forms missed."""
    missed: list[str] = []
    total = 0
    for form, codes in pairs:
        total += 1
        mentions = recogniser.find(setting.format(form))
        if not any(item.certain and not set(codes).isdisjoint(item.codes) for item in mentions):
            missed.append(form)
    return 1 - len(missed) / max(1, total), missed


def measure(gazetteer: Gazetteer, recogniser: PlaceRecogniser, home: Collection[str]) -> None:
    """Print the shares of all settings."""
    villages = settlements_at_home(gazetteer, home)
    forms: dict[str, list[tuple[str, Collection[str]]]] = {
        "in use": [
            (form, (place.code,)) for place in gazetteer.municipalities for form in forms_in_use(place)
        ],
        "by rule": [
            (form, (place.code,)) for place in gazetteer.municipalities for form in forms_by_rule(place)
        ],
        f"{len(villages)} settlements": [
            (form, place.codes) for place in villages for form in settlement_forms(place, gazetteer)
        ],
    }
    for label, pairs in forms.items():
        for lower in (False, True):
            for setting in SETTINGS:
                said = [(form.lower() if lower else form, codes) for form, codes in pairs]
                found, missed = share(recogniser, said, setting)
                spelling = "lower-case" if lower else "as written"
                print(
                    f"{label:15} {spelling:10} {setting:45} {len(pairs):5} forms {found:7.2%}  {missed[:12]}"
                )


def main() -> None:
    """Load, measure, print."""
    start = perf_counter()
    gazetteer = load_gazetteer(CONFIG / "places")
    loaded = perf_counter()
    county = load_county(CONFIG / "county.toml", gazetteer)
    recogniser = PlaceRecogniser(gazetteer, county.code, county.sub_region)
    built = perf_counter()
    print(
        f"gazetteer loaded in {(loaded - start) * 1e3:.0f} ms, "
        f"recogniser built in {(built - loaded) * 1e3:.0f} ms"
    )
    measure(gazetteer, recogniser, county.municipalities)
    text = "vertaistukiryhmä omaishoitajille Joensuussa tai Kiteellä, myös verkossa"
    start = perf_counter()
    for _ in range(1000):
        recogniser.find(text)
    print(f"find: {(perf_counter() - start) * 1e3:.0f} µs for a query of eight words")


if __name__ == "__main__":
    main()
