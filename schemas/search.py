"""What is asked of search and what it answers: the one shape behind page, API and command line.

A `SearchRequest` holds what the person said and chose; a `SearchResult` holds hits in groups, facets with
counts, how the text was understood and, where nothing fitted, what was loosened. Parameter names are the
names of the URL (`q`, `municipality`, `need` …).
"""

import msgspec

from schemas.activity import Activity
from schemas.schedule import Occurrence

FACETS = ("municipality", "need", "area", "kind", "group", "when", "channel", "price", "language")
"""Facet names, in the order in which the page shows them. `area` is the upper level of needs."""

LONGEST = 500
"""Characters of the longest question that is read: all of what a form takes, since its end may say most."""


class SearchRequest(msgspec.Struct, frozen=True, omit_defaults=True):
    """One search. Values within one facet are alternatives; facets are all required.

    q             the person's own words
    municipality  three-digit codes           need, area   codes of the needs taxonomy
    kind, group   codes of schemas.codes      channel      place | online | phone | hybrid | home
    when          today | week | month | mo … su | morning | day | evening | weekend
    price         free | paid                 language     languages spoken (fi, sv, en, …)
    point         (lat, lon) for sorting by distance, never stored
    sort          relevance | next | distance | name | fresh
    exact         1 = do not correct spelling; plain = texts taken as said, no places read from q
    """

    q: str = ""
    municipality: tuple[str, ...] = ()
    need: tuple[str, ...] = ()
    area: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    group: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    channel: tuple[str, ...] = ()
    price: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    point: tuple[float, float] | None = None
    sort: str = "relevance"
    page: int = 1
    size: int = 20
    exact: bool = False
    plain: bool = False
    ui: str = "fi"

    def chosen(self) -> dict[str, tuple[str, ...]]:
        """The facet choices made, by facet name; empty ones left out."""
        return {name: values for name in FACETS if (values := getattr(self, name))}


class FacetValue(msgspec.Struct, frozen=True):
    """One choice of a facet; `count` is the number of hits one would get by choosing it."""

    value: str
    label: str
    count: int
    chosen: bool = False


class Facet(msgspec.Struct, frozen=True):
    """One facet with its choices, the useful ones first; never a choice without hits."""

    name: str
    label: str
    values: tuple[FacetValue, ...]


class Understood(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing read from the person's words, shown as a removable chip.

    type     place | need | kind | group | channel | when | price | unit | situation
    value    the code or name that became a filter or a boost
    label    in the interface language
    words    the person's words it was read from
    filters  True = narrows the results, False = only lifts fitting ones
    without  the query text with the words taken out, for the chip's remove link
    """

    type: str
    value: str
    label: str
    words: str
    filters: bool = False
    without: str = ""


class Correction(msgspec.Struct, frozen=True):
    """A word read as another. `applied` False = offered as "Tarkoititko …"."""

    original: str
    corrected: str
    query: str
    applied: bool


class Interpretation(msgspec.Struct, frozen=True, omit_defaults=True):
    """How the text was understood.

    terms    base forms searched for
    crisis   suicide | violence | acute where the words speak of it: emergency help comes first
    """

    text: str
    language: str = "fi"
    understood: tuple[Understood, ...] = ()
    corrections: tuple[Correction, ...] = ()
    terms: tuple[str, ...] = ()
    crisis: str | None = None


class Reason(msgspec.Struct, frozen=True, omit_defaults=True):
    """Part of why a hit is there, true to the computation.

    type    word (as the text writes it) | part (of a compound, or a relative) | need | place | kindred (word
            of the same topic that was not said) | typo (looks like a word that nothing knows) | meaning
    """

    type: str
    value: str
    field: str = ""
    weight: float = 0.0


class Hit(msgspec.Struct, frozen=True, omit_defaults=True):
    """One activity found.

    group      serves (serves the person's place) | near | online | national | farther (by distance) | unknown
               (area not told) | other (no place asked for)
    distance   kilometres from the person's place or point, where known
    why        one short sentence in the interface language
    """

    id: str
    activity: Activity
    score: float
    group: str = "other"
    distance: float | None = None
    next: Occurrence | None = None
    why: str = ""
    reasons: tuple[Reason, ...] = ()
    needs: tuple[str, ...] = ()


class Loosened(msgspec.Struct, frozen=True):
    """What was given up to find the nearest, in the interface language.

    code   near | online | national | farther | unknown (nothing serves the person's own place; the hits are
           in `hits`), channel (the way of meeting), filters, need, meaning (the hits are in `nearest`), none
    """

    code: str
    text: str


class SearchResult(msgspec.Struct, frozen=True, omit_defaults=True):
    """The answer. `total` counts what truly fits; with `total` 0, `nearest` holds reasoned next-best hits."""

    request: SearchRequest
    interpretation: Interpretation
    total: int
    hits: tuple[Hit, ...]
    facets: tuple[Facet, ...] = ()
    groups: dict[str, int] = {}
    nearest: tuple[Hit, ...] = ()
    loosened: tuple[Loosened, ...] = ()
    generation: str = ""


class Suggestion(msgspec.Struct, frozen=True):
    """One completion while typing; `type` is need | place | activity | organisation | word.

    `query` is the text that the suggestion puts into the search box; `count` its number of hits (> 0).
    """

    type: str
    label: str
    query: str
    count: int
    value: str = ""
