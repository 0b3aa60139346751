"""Words for codes in the interface's languages: facets and chips."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from indexer.places import PlaceMention
from indexer.search.words import by_calendar, facet_name, fixed
from schemas.gazetteer import Gazetteer
from schemas.search import FACETS, Facet, FacetValue, SearchRequest, Understood
from schemas.taxonomy import Taxonomy, Term


class Labels:
    """Looks words up in the taxonomies and the gazetteer."""

    def __init__(self, taxonomy: Taxonomy, gazetteer: Gazetteer) -> None:
        self._taxonomy = taxonomy
        self._gazetteer = gazetteer
        flat: Mapping[str, tuple[Term, ...]] = {
            "kind": taxonomy.kinds,
            "group": taxonomy.groups,
            "unit": taxonomy.units,
            "situation": taxonomy.situations,
        }
        self._terms = {(name, term.code): term.name for name, terms in flat.items() for term in terms}
        self._named: dict[tuple[str, str], dict[str, str]] = {}

    def code(self, kind: str, code: str, language: str = "fi") -> str:
        """The name of a code; the code itself where it has none."""
        if kind == "municipality":
            return self._municipality(code, language)
        if kind == "need" and code in self._taxonomy.needs:
            return self._taxonomy.needs[code].name.get(language)
        if kind == "area" and code in self._taxonomy.areas:
            return self._taxonomy.areas[code].name.get(language)
        if (kind, code) in self._terms:
            return self._terms[kind, code].get(language)
        return fixed(kind, code, language)

    def areas(self, needs: Sequence[str]) -> tuple[str, ...]:
        """The areas that most of these needs belong to."""
        of = self._taxonomy.area_of
        counts = Counter(of[need] for need in needs if need in of)
        most = max(counts.values(), default=0)
        return tuple(area for area, count in counts.items() if 2 * count >= most)

    def _municipality(self, code: str, language: str) -> str:
        if code not in self._gazetteer:
            return code
        place = self._gazetteer.municipality(code)
        return place.sv if language == "sv" else place.fi

    def served(self, code: str, language: str = "fi") -> str:
        """A municipality as the object of "palvelee": Lieksaa; its plain name in other languages."""
        if code not in self._gazetteer:
            return code
        place = self._gazetteer.municipality(code)
        return {"sv": place.sv, "en": place.fi}.get(language, place.forms.partitive)

    def facets(
        self, counts: Mapping[str, Mapping[str, int]], request: SearchRequest, most: int | None = None
    ) -> tuple[Facet, ...]:
        """Facets with names: at most `most` choices, the most frequent first (of time: by the calendar), and
        the chosen ones always."""
        chosen = request.chosen()
        return tuple(
            Facet(
                name,
                facet_name(name, request.ui),
                self._values(name, counts.get(name, {}), chosen.get(name, ()), request.ui, most),
            )
            for name in FACETS
        )

    def _values(
        self, name: str, counts: Mapping[str, int], chosen: Sequence[str], language: str, most: int | None
    ) -> tuple[FacetValue, ...]:
        named = self._named.setdefault((name, language), {})
        told: Iterable[str] = counts
        if most is not None and 0 < most < len(counts):
            least = sorted(counts.values())[-most]  # whoever has fewer comes after `most` others
            told = [code for code, count in counts.items() if count >= least or code in chosen]
        ordered = sorted(told)
        ordered.sort(key=counts.__getitem__, reverse=True)  # equal ones stay by code
        missing = [code for code in chosen if code not in counts]
        if most is not None and len(ordered) > most:
            ordered = ordered[:most] + [code for code in ordered[most:] if chosen and code in chosen]
        if name == "when":  # days are looked for by the calendar, not by how many meet
            ordered.sort(key=by_calendar)
        for code in ordered:
            # Codes of the index only: what a visitor invents does not fill the memory.
            if code not in named:
                named[code] = self.code(name, code, language)
        if not chosen:  # nearly always
            return tuple([FacetValue(code, named[code], counts[code]) for code in ordered])
        return (
            *(FacetValue(code, self.code(name, code, language), 0, True) for code in missing),
            *(FacetValue(code, named[code], counts[code], code in chosen) for code in ordered),
        )

    def place_name(self, place: PlaceMention, language: str) -> str:
        """The name of a place that was read; municipalities in the language, smaller places as they are."""
        return self._municipality(place.code, language) if place.kind == "municipality" else place.name

    def place(self, place: PlaceMention, text: str, language: str = "fi") -> Understood:
        """The chip of a place or way of meeting."""
        kind = "channel" if place.kind in ("online", "phone") else "place"
        named = fixed("channel", place.kind, language)
        label = self.place_name(place, language) or (place.surface if named == place.kind else named)
        without = " ".join((text[: place.start] + text[place.end :]).split())
        return Understood(kind, place.code or place.kind, label, place.surface, True, without)
