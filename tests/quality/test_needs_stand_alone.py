"""No need leans on one record: its words come from the language, not from a text of ours.

A record here is a text of the judged collections: 183 examples, 1 800 services, 128 activities of
another hand. A word or phrase of a need is *met* in a record where the matcher finds it there surely.
The rules, for every need and every record:

- a record meets at most 30 % of the need's words, so no list is one text cut up;
- leave-one-out: without the words that this record alone has, 20 are left and at least 80 % of them;
- apart from all records, the need's words live in independent sources: the library's everyday terms (YKL),
  the words of service texts at large, and the dictionary.
"""

import gzip
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec
import pytest

from indexer.finnish import Analyser
from indexer.lexicon import Lexicon, load_lexicon
from indexer.meaning.background import read_background
from indexer.meaning.thesaurus import parse_groups
from schemas.taxonomy import Need, Taxonomy, load_taxonomy

FOLDER = Path(__file__).parent
CONFIG = FOLDER.parents[1] / "config"
COLLECTIONS = (FOLDER / "collection.jsonl.gz", FOLDER / "associations" / "collection.jsonl.gz")
MOST = 0.30
SOLE = 0.20
LEAST = 20
_SURE = 0.9

Met = Mapping[str, Mapping[str, frozenset[str]]]
"""By need, by word (lower case): ids of the records that meet it."""


def records() -> dict[str, str]:
    lines = (
        json.loads(line) for path in COLLECTIONS for line in gzip.decompress(path.read_bytes()).splitlines()
    )
    return {line["id"]: f"{line['title']}. {line.get('summary', '')}" for line in lines}


def met(texts: Mapping[str, str], analyser: Analyser, lexicon: Lexicon) -> Met:
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for identifier, text in texts.items():
        for mention in lexicon.find(analyser.words(text), 1):
            entry = mention.entry
            if entry.type == "need" and entry.language == "fi" and mention.quality >= _SURE:
                found[entry.code][entry.text.casefold()].add(identifier)
    return {code: {word: frozenset(ids) for word, ids in words.items()} for code, words in found.items()}


def words_of(need: Need) -> frozenset[str]:
    return frozenset(word.casefold() for word in need.vocabulary())


def leaning(needs: Iterable[Need], found: Met) -> dict[str, str]:
    """By need that leans on a record: how."""
    faults = {}
    for need in needs:
        words, witnesses = words_of(need), found.get(need.code, {})
        by_record: dict[str, set[str]] = defaultdict(set)
        alone: dict[str, set[str]] = defaultdict(set)
        for word in words & witnesses.keys():
            for record in witnesses[word]:
                by_record[record].add(word)
            if len(witnesses[word]) == 1:
                alone[next(iter(witnesses[word]))].add(word)
        for record, held in by_record.items():
            if len(held) > MOST * len(words):
                faults[need.code] = f"{record} holds {len(held)} of {len(words)} words"
        for record, held in alone.items():
            if len(held) > SOLE * len(words) or len(words) - len(held) < LEAST:
                faults[need.code] = (
                    f"without {record} {len(words) - len(held)} of {len(words)} words are left"
                )
    return faults


@pytest.fixture(scope="module")
def taxonomy() -> Taxonomy:
    return load_taxonomy(CONFIG)


@pytest.fixture(scope="module")
def analyser() -> Analyser:
    return Analyser()


@pytest.fixture(scope="module")
def found(taxonomy: Taxonomy, analyser: Analyser) -> Met:
    return met(records(), analyser, load_lexicon(taxonomy, analyser))


def test_no_need_leans_on_one_record(taxonomy: Taxonomy, found: Met) -> None:
    assert leaning(taxonomy.needs.values(), found) == {}


def test_most_needs_are_met_so_that_the_rule_has_something_to_weigh(taxonomy: Taxonomy, found: Met) -> None:
    assert len(found) >= 0.95 * len(taxonomy.needs)


def test_a_need_cut_from_one_record_is_found_out(taxonomy: Taxonomy) -> None:
    honest = taxonomy.needs["kipu"]
    text = "Savusaunan löylyssä vanha pelimanni soittaa haitaria ja kertoo tarinoita savotan kämpiltä"
    words = tuple(text.split())
    planted = msgspec.structs.replace(honest, words=(*honest.words[:16], *words))
    witnesses = {planted.code: {word.casefold(): frozenset({"one"}) for word in words}}
    assert set(leaning([planted], witnesses)) == {planted.code}
    assert leaning([honest], witnesses) == {}


def test_words_of_every_need_live_in_independent_sources(taxonomy: Taxonomy, analyser: Analyser) -> None:
    packed = (CONFIG / "thesaurus" / "ykl.tsv.gz").read_bytes()
    groups = parse_groups(gzip.decompress(packed).decode())
    library = {
        lemma for group in groups for term in group.terms for w in analyser.words(term) for lemma in w.lemmas
    }
    services = read_background()
    poor = {}
    for need in taxonomy.needs.values():
        spoken = {
            w.surface.lower(): w for text in need.vocabulary() for w in analyser.words(text) if not w.stop
        }
        terms = [{*word.lemmas, *word.parts} for word in spoken.values()]
        counts = (
            sum(not library.isdisjoint(each) for each in terms),
            sum(any(services.specificity(term) < 1 for term in each) for each in terms),
            sum(word.known for word in spoken.values()),
        )
        if min(counts[:2]) < 3 or counts[2] < 0.6 * len(spoken):
            poor[need.code] = (*counts, len(spoken))
    assert poor == {}
