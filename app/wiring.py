"""Composition: the parts of Vierelle made from settings and joined, each when it is first needed."""

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from config.settings import Settings, read_settings
from schemas.errors import ConfigurationError

if TYPE_CHECKING:
    from indexer.backend import IndexStore, Vector
    from indexer.documents import Reader
    from indexer.finnish import Analyser
    from indexer.generic import Importance
    from indexer.lexicon import Lexicon
    from indexer.meaning.background import Background
    from indexer.meaning.thesaurus import Thesaurus
    from indexer.meaning.vectors import Meaning
    from indexer.places import PlaceRecogniser
    from indexer.search.service import SearchService
    from indexer.suggest import Suggester
    from indexer.suggestion_tables import SuggestionMaker
    from indexer.understanding.clauses import Weights
    from indexer.understanding.kindred import Kindred
    from indexer.understanding.reading import QueryReader
    from indexer.understanding.vocabulary import VocabularyKeeper
    from schemas.catalogue import SqlCatalogue
    from schemas.catalogue.contract import Feedback, Matcher, Merger
    from schemas.county import County
    from schemas.gazetteer import Gazetteer
    from schemas.paths import CarePaths
    from schemas.points import Points
    from schemas.source import Source
    from schemas.taxonomy import Taxonomy


def settings_from_environment() -> Settings:
    """Settings of this process. Raises ConfigurationError."""
    try:
        return read_settings(os.environ)
    except ValueError as error:
        raise ConfigurationError(str(error)) from error


class Wiring:
    """One process's parts. Imports are made where a part is made, so that `vierelle --help` stays quick."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    @property
    def _cache(self) -> Path:
        """What only saves time at the next start: it may be removed at any time."""
        return self.settings.data / "cache"

    @cached_property
    def gazetteer(self) -> "Gazetteer":
        """All places."""
        from schemas.gazetteer import load_gazetteer

        return load_gazetteer(self.settings.config / "places")

    @cached_property
    def county(self) -> "County":
        """The home county."""
        from schemas.county import load_county

        return load_county(self.settings.config / "county.toml", self.gazetteer)

    @cached_property
    def taxonomy(self) -> "Taxonomy":
        """Needs, kinds, groups, units, situations."""
        from schemas.taxonomy import load_taxonomy

        return load_taxonomy(self.settings.config, self._cache)

    @cached_property
    def care_paths(self) -> "CarePaths":
        """Care paths."""
        from schemas.paths import load_paths

        units = {unit.code for unit in self.taxonomy.units}
        return load_paths(self.settings.config / "paths.toml", self.taxonomy.needs, units)

    @cached_property
    def points(self) -> "Points":
        """Touch screens of guidance points."""
        from schemas.points import Known, load_points

        known = Known(
            municipalities={place.code for place in self.gazetteer.municipalities},
            homes=self.county.municipalities,
            units={unit.code for unit in self.taxonomy.units},
            needs=self.taxonomy.needs,
            situations={entry.code for entry in self.taxonomy.situations},
        )
        return load_points(self.settings.config / "points.toml", known)

    @cached_property
    def sources(self) -> "tuple[Source, ...]":
        """The described sources."""
        from schemas.source import load_sources

        return load_sources(self.settings.sources_file)

    @cached_property
    def catalogue(self) -> "SqlCatalogue":
        """The open catalogue."""
        from schemas.catalogue import SqlCatalogue

        if not self.settings.catalogue:
            self.settings.data.mkdir(parents=True, exist_ok=True)
        return SqlCatalogue(self.settings.catalogue_url)

    def open_removals(self) -> "tuple[Feedback, ...]":
        """What people asked to have taken away and nobody handled yet. Raises CatalogueError."""
        from app.removals import nothing_asked
        from schemas.catalogue.contract import REMOVAL

        opened = "catalogue" in self.__dict__ or self.settings.catalogue
        if not opened and nothing_asked(self.settings.data / "catalogue.sqlite"):
            return ()
        return self.catalogue.feedback(topic=REMOVAL)

    @cached_property
    def matcher(self) -> "Matcher":
        """Finds the records that are one activity."""
        from app.matching import KeepingMatcher, made_by
        from crawlers.matching import ActivityMatcher
        from crawlers.matching.towns import towns_of

        plain = ActivityMatcher(lambda word: self.analyser.word(word).lemmas, towns_of(self.gazetteer))
        version = made_by(str(self.analyser.version), self.settings.config / "places")
        return KeepingMatcher(plain, version, self._cache / "matching.msgpack")

    @cached_property
    def merger(self) -> "Merger":
        """Makes one activity of several records."""
        from schemas.merge import merge

        return merge

    @cached_property
    def analyser(self) -> "Analyser":
        """Word analysis."""
        from app.words_kept import knowing_analyser

        return knowing_analyser(self._cache)

    @cached_property
    def lexicon(self) -> "Lexicon":
        """The taxonomies' words."""
        from indexer.lexicon import load_lexicon

        return load_lexicon(self.taxonomy, self.analyser, self._cache)

    @cached_property
    def recogniser(self) -> "PlaceRecogniser":
        """Places in text."""
        from indexer.places import PlaceRecogniser

        return PlaceRecogniser(
            self.gazetteer,
            self.county.code,
            self.county.sub_region,
            lambda surface: self.analyser.word(surface).lemmas,
            self._cache,
        )

    @cached_property
    def _meaning(self) -> "Meaning":
        from indexer.meaning.floret import read_floret
        from indexer.meaning.vectors import Meaning

        return Meaning(read_floret())

    @cached_property
    def background(self) -> "Background":
        """How common words are."""
        from indexer.meaning.background import read_background

        return read_background()

    def vector(self, words: "Sequence[str]") -> "Vector | None":
        """The meaning of a list of base forms."""
        return self.vectors([words])[0]

    def vectors(self, texts: "Sequence[Sequence[str]]") -> "list[Vector | None]":
        """The meaning of each of several lists of base forms."""
        return [row if row.any() else None for row in self._meaning.vectors(texts, self.background.idf)]

    @cached_property
    def versions(self) -> dict[str, str]:
        """What an index must have been built with to be searched by this process."""
        from indexer.documents import DOCUMENTS_VERSION

        return {"documents": DOCUMENTS_VERSION, "analyser": str(self.analyser.version)}

    @cached_property
    def store(self) -> "IndexStore":
        """The index, by the backend that the settings name."""
        from indexer.backend import default_location
        from indexer.documents import FIELDS

        if self.settings.search == "whoosh":
            from indexer.suggestion_tables import DERIVED as SUGGESTIONS
            from indexer.understanding.vocabulary import DERIVED, vocabulary_tables
            from indexer.whoosh.store import WhooshStore

            derived = {
                DERIVED: vocabulary_tables,
                SUGGESTIONS: lambda made, before: self.suggestion_maker.tables(made, before),
            }
            return WhooshStore(default_location(self.settings.data), FIELDS, self.versions, derived)
        if self.settings.search == "memory":
            return self._memory_store()
        raise ConfigurationError(f"VIERELLE_SEARCH={self.settings.search}: known are whoosh and memory")

    def _memory_store(self) -> "IndexStore":
        """An index that lives as long as this process, made from the catalogue: for small trials."""
        from indexer.documents import FIELDS, documents
        from indexer.memory import MemoryStore

        store = MemoryStore(FIELDS)
        today = self.settings.now().date()
        store.build(documents(self.catalogue.public(), self.document_reader, today), self.versions)
        return store

    @cached_property
    def document_reader(self) -> "Reader":
        """What turning activities into documents needs."""
        from indexer.documents import Reader
        from indexer.needs import NeedReader

        needs = NeedReader(self.taxonomy, self.lexicon)
        return Reader(self.analyser, needs, self.taxonomy, self.gazetteer, self.vectors)

    @cached_property
    def query_reader(self) -> "QueryReader":
        """Reads queries."""
        from indexer.understanding.crisis import CrisisReader
        from indexer.understanding.expansion import Expansion
        from indexer.understanding.gist import Gist
        from indexer.understanding.reading import QueryReader
        from indexer.understanding.shorthand import ShorthandReader
        from indexer.understanding.spelling import Speller
        from schemas.crisis import load_crisis
        from schemas.shorthand import load_shorthand

        topics = load_crisis(self.settings.config / "crisis.toml", self.taxonomy.needs)
        crisis = CrisisReader(topics, self.analyser, self._cache)
        speller = Speller(self.analyser, self.lexicon.words())
        table = load_shorthand(self.settings.config / "shorthand.toml")
        shorthand = ShorthandReader(table, self.lexicon.written)
        needs = Expansion(self.taxonomy), Gist(self.taxonomy, self.analyser)
        return QueryReader(
            self.analyser,
            self.lexicon,
            self.recogniser,
            *needs,
            speller,
            shorthand,
            crisis,
            self.importance,
        )

    @cached_property
    def kindred(self) -> "Kindred":
        """Words of the same library class."""
        from indexer.understanding.kindred import Kindred, load_thesaurus

        def load() -> "Thesaurus":
            packed = (self.settings.config / "thesaurus" / "ykl.tsv.gz").read_bytes()
            return load_thesaurus(packed, self.analyser, self._cache)

        return Kindred(load)

    @cached_property
    def importance(self) -> "Importance":
        """How much words say about a topic."""
        from indexer.generic import Importance

        return Importance(self.background)

    @cached_property
    def vocabularies(self) -> "VocabularyKeeper":
        """Words that queries are corrected to."""
        from indexer.understanding.vocabulary import VocabularyKeeper, home_forms, load_known

        places = sorted(set(home_forms(self.gazetteer, self.county)))
        words, mark = self.lexicon.written(), f"{self.lexicon.mark} {places}"
        return VocabularyKeeper(load_known(lambda: {*places, *words}, mark, self._cache))

    @cached_property
    def search(self) -> "SearchService":
        """The search service."""
        from indexer.understanding.clauses import Weights

        return self.search_with(Weights())

    def search_with(self, weights: "Weights") -> "SearchService":
        """A search service with other weights, for measurements."""
        from indexer.search.asking import QueryMaker
        from indexer.search.labels import Labels
        from indexer.search.service import SearchService
        from indexer.search.why import Explainer
        from indexer.understanding.clauses import ClauseMaker

        labels = Labels(self.taxonomy, self.gazetteer)
        return SearchService(
            self.store,
            self.query_reader,
            labels,
            Explainer(labels, self.analyser),
            QueryMaker(ClauseMaker(weights, self.importance), self.gazetteer, self.vector, self.kindred),
            self.vocabularies,
            self.settings.now,
        )

    @cached_property
    def suggester(self) -> "Suggester":
        """Suggestions while typing."""
        from indexer.suggest import Suggester

        return Suggester(self.store, self.analyser, lambda: self.suggestion_maker)

    @cached_property
    def suggestion_maker(self) -> "SuggestionMaker":
        """Makes the tables of suggestions."""
        from indexer.suggestion_tables import SuggestionMaker

        places = self.settings.config / "places"
        return SuggestionMaker(self.analyser, self.taxonomy, self.gazetteer, places, self._cache)

    def municipality(self, name: str) -> str | None:
        """The code of a municipality given by code, name or any case form; None when there is none."""
        if name in self.gazetteer:
            return name
        if found := self.gazetteer.by_name(name):
            return found[0].code
        mentions = self.recogniser.find(name)
        return mentions[0].code if len(mentions) == 1 and mentions[0].kind == "municipality" else None

    def moment(self) -> datetime:
        """Now in UTC, on the day the settings fix."""
        return self.settings.now().astimezone(UTC)
