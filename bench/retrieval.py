"""What each part of the ranking is worth, on judged collections of short Finnish texts.

    python -m bench.retrieval [FOLDER] [--json]

FOLDER (default ../shared/data) holds two collections. Topics: `retrieval/makupalat_*.jsonl`, web
descriptions and need-like queries, where all members of a library class answer. Known items:
`ptv/services.jsonl`, where a service's name is the query and its summary the only answer: it shows whether
precise questions suffer.

Every part is one matrix of scores (queries × texts); a method is a weighted sum of parts, so a weight that
is good here can be set as a boost in the engine. Each weight is checked with the others fixed: chosen on
half of the queries, measured on the other half, over many random halves.
"""

import argparse
import gzip
import json
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt

from bench.bm25 import Field
from bench.judged import Judged, Scores, known_items, measure, misspelt, read_judged
from indexer.documents import topic_words
from indexer.finnish import Analyser, Word
from indexer.meaning.floret import read_floret
from indexer.meaning.grams import Grams, boosts
from indexer.meaning.recipe import K1, LOOKALIKES, RECIPE, B
from indexer.meaning.thesaurus import Group, Thesaurus, group_words, parse_groups
from indexer.meaning.vectors import Meaning
from indexer.understanding.kindred import weighed

ROOT = Path(__file__).parent.parent
DATA = ROOT.parent / "shared" / "data"
THESAURUS = ROOT / "config" / "thesaurus" / "ykl.tsv.gz"

WEIGHTS = {"base": 1.0, **msgspec.structs.asdict(RECIPE)}
GRIDS: Mapping[str, tuple[float, ...]] = {
    "parts": (0.0, 0.25, 0.5, 0.75, 1.0),
    "stems": (0.0, 0.15, 0.3, 0.5, 0.8),
    "vectors": (0.0, 10.0, 15.0, 20.0, 30.0),
    "grams": (0.0, 0.5, 1.0, 1.5, 2.0),
    "thesaurus": (0.0, 0.5, 1.0, 1.5, 2.0),
}
_HALVINGS = 50


class Line(msgspec.Struct, frozen=True):
    """A method: nDCG@10 and recall@100 over the topics, nDCG@10 over the known items; then nDCG@10 of both
    with one slip in each query.
    """

    method: str
    ndcg: float
    recall: float
    known_item: float
    slip_topic: float
    slip_item: float


class Check(msgspec.Struct, frozen=True):
    """One weight: its value, what the part gains, and how the choice does on queries it was not chosen on."""

    part: str
    weight: float
    gain_ndcg: float
    gain_recall: float
    chosen: tuple[float, ...]
    unseen_ndcg: float
    unseen_recall: float


class Parts:
    """The parts of the ranking over one collection."""

    def __init__(self, judged: Judged) -> None:
        analyser = Analyser()
        self.judged = judged
        self.texts = [analyser.words(text) for text in judged.texts]
        self.queries = [
            tuple(word for word in analyser.words(query) if not word.stop) for query in judged.queries
        ]
        self.words = Field([_all(text, "lemmas") for text in self.texts], k1=K1, b=B)
        self.parts = Field([_all(text, "parts") for text in self.texts], k1=K1, b=B)
        self.stems = Field([_all(text, "stems") for text in self.texts], k1=K1, b=B)

    def surface(self) -> Scores:
        """Plain words as written."""
        field = Field([[word.surface.lower() for word in text] for text in self.texts])
        return self._each(lambda query: field.scores(Counter(word.surface.lower() for word in query)))

    def base(self) -> Scores:
        """Base forms of all readings."""
        return self._each(lambda query: self.words.scores(_count(query, "lemmas")))

    def compounds(self) -> Scores:
        """Wholes find parts, parts find wholes and parts."""

        def score(query: tuple[Word, ...]) -> Scores:
            parts = _count(query, "parts")
            lemmas = _count(query, "lemmas")
            return self.parts.scores(lemmas) + self.words.scores(parts) + self.parts.scores(parts)

        return self._each(score)

    def derived(self) -> Scores:
        """Relatives by derivation: lemmas and stems meet lemmas and stems."""

        def score(query: tuple[Word, ...]) -> Scores:
            stems = _count(query, "stems")
            return (
                self.stems.scores(_count(query, "lemmas"))
                + self.words.scores(stems)
                + self.stems.scores(stems)
            )

        return self._each(score)

    def vectors(self) -> Scores:
        """Cosine of meaning vectors where positive."""
        meaning = Meaning(read_floret())
        field = Field([topic_words(text) for text in self.texts])
        texts = meaning.vectors([topic_words(text) for text in self.texts], field.idf)
        queries = meaning.vectors([topic_words(query) for query in self.queries], field.idf)
        cosines: Scores = np.maximum(queries @ texts.T, 0).astype(np.float64)
        return cosines

    def grams(self) -> Scores:
        """Base forms of the index that look like a query's."""
        lookalikes = Grams(self.words.words)

        def score(query: tuple[Word, ...]) -> Scores:
            result = np.zeros(self.words.size)
            for word in query:
                known = word.known or any(self.words.held_idf(lemma) for lemma in word.lemmas)
                own = {*word.lemmas, *word.parts, *word.stems} if known else set()
                asked = word.lemmas[0] if known else word.surface.lower()
                near = [item for item in lookalikes.nearest(asked, limit=LOOKALIKES) if item.word not in own]
                weights = boosts(near, known=known)
                result += self.words.scores(weights)
                if not known:
                    result += RECIPE.parts * self.parts.scores(weights)
            return result

        return self._each(score)

    def thesaurus(self, groups: tuple[Group, ...]) -> Scores:
        """Words of the class that speaks of the query."""
        analyser = Analyser()
        made = (group_words(group, lambda text: weighed(analyser.words(text))) for group in groups)
        thesaurus = Thesaurus(groups, made)

        def score(query: tuple[Word, ...]) -> Scores:
            found = thesaurus.expand(weighed(query), self.words.held_idf)
            if found is None:
                return np.zeros(self.words.size)
            return self.words.scores(found.words) + RECIPE.parts * self.parts.scores(found.words)

        return self._each(score)

    def _each(self, score: Callable[[tuple[Word, ...]], Scores]) -> Scores:
        return np.array([score(query) for query in self.queries])


def _all(words: tuple[Word, ...], kind: str) -> list[str]:
    return [term for word in words for term in getattr(word, kind)]


def _count(words: tuple[Word, ...], kind: str) -> dict[str, float]:
    return dict(Counter(_all(words, kind)))


def mix(parts: Mapping[str, Scores], weights: Mapping[str, float]) -> Scores:
    """The weighted sum of the parts that have a weight."""
    total: Scores = np.sum([weights[name] * parts[name] for name in parts if weights.get(name)], axis=0)
    return total


def all_parts(judged: Judged, groups: tuple[Group, ...]) -> dict[str, Scores]:
    """Every part of the recipe, plainest first, and the surface words for comparison."""
    made = Parts(judged)
    return {
        "surface": made.surface(),
        "base": made.base(),
        "parts": made.compounds(),
        "stems": made.derived(),
        "vectors": made.vectors(),
        "grams": made.grams(),
        "thesaurus": made.thesaurus(tuple(without_name(group) for group in groups)),
        "named": made.thesaurus(groups),
    }


class Collection(msgspec.Struct, frozen=True):
    """A judged collection and the scores of every part over it."""

    judged: Judged
    parts: dict[str, Scores]

    def means(self, weights: Mapping[str, float]) -> tuple[float, float]:
        """Mean nDCG@10 and recall@100 of a mix."""
        ndcg, recall = measure(mix(self.parts, weights), self.judged).mean(axis=0)
        return round(float(ndcg), 4), round(float(recall), 4)


class Collections(msgspec.Struct, frozen=True):
    """Topics and known items, as written and with one slip in each query."""

    topics: Collection
    items: Collection
    slip_topics: Collection
    slip_items: Collection

    def line(self, method: str, weights: Mapping[str, float]) -> Line:
        """One row of the table."""
        others = (self.items, self.slip_topics, self.slip_items)
        return Line(method, *self.topics.means(weights), *(other.means(weights)[0] for other in others))


def ladder(collections: Collections) -> list[Line]:
    """One part more on each line up to the full mix; then parts alone; then the mix without each."""
    steps = list(WEIGHTS)
    methods: dict[str, Mapping[str, float]] = {"surface words": {"surface": 1.0}}
    for count, name in enumerate(steps, start=1):
        methods["base forms" if count == 1 else f"+ {name}"] = {step: WEIGHTS[step] for step in steps[:count]}
    methods.update({f"{name} alone": {name: 1.0} for name in steps[3:]})
    methods.update({f"all but {name}": {**WEIGHTS, name: 0.0} for name in steps[1:]})
    methods["all, class names kept"] = {**WEIGHTS, "thesaurus": 0.0, "named": WEIGHTS["thesaurus"]}
    return [collections.line(name, weights) for name, weights in methods.items()]


def check(part: str, topics: Collection) -> Check:
    """What `part` gains in the full mix, and what it gains on queries its weight was not chosen on."""
    grid = GRIDS[part]
    judged = topics.judged
    found = np.array([measure(mix(topics.parts, {**WEIGHTS, part: weight}), judged) for weight in grid])
    gains = found - found[grid.index(0.0)]
    random = np.random.default_rng(7)
    chosen: list[float] = []
    unseen: list[npt.NDArray[np.float64]] = []
    for _ in range(_HALVINGS):
        order = random.permutation(len(judged.queries))
        one, other = order[::2], order[1::2]
        best = int(found[:, one].mean(axis=1).sum(axis=1).argmax())
        chosen.append(grid[best])
        unseen.append(gains[best][other].mean(axis=0))
    here = gains[grid.index(WEIGHTS[part])].mean(axis=0)
    there = np.mean(unseen, axis=0)
    return Check(
        part=part,
        weight=WEIGHTS[part],
        gain_ndcg=round(float(here[0]), 4),
        gain_recall=round(float(here[1]), 4),
        chosen=tuple(weight for weight, _ in Counter(chosen).most_common(3)),
        unseen_ndcg=round(float(there[0]), 4),
        unseen_recall=round(float(there[1]), 4),
    )


def main(arguments: list[str]) -> None:
    """Command line."""
    options = argparse.ArgumentParser(prog="python -m bench.retrieval", description=__doc__)
    options.add_argument("folder", nargs="?", type=Path, default=DATA)
    options.add_argument("--json", action="store_true")
    given = options.parse_args(arguments)
    groups = parse_groups(gzip.decompress(THESAURUS.read_bytes()).decode())
    folder = given.folder / "retrieval"
    topics = read_judged(folder / "makupalat_documents.jsonl", folder / "makupalat_queries.jsonl")
    items = known_items(given.folder / "ptv" / "services.jsonl")
    found = [
        Collection(judged, all_parts(judged, groups))
        for judged in (topics, items, misspelt(topics), misspelt(items))
    ]
    collections = Collections(*found)
    lines = ladder(collections)
    checks = [check(part, collections.topics) for part in GRIDS]
    if given.json:
        print(json.dumps({"lines": msgspec.to_builtins(lines), "checks": msgspec.to_builtins(checks)}))
    else:
        print(f"{len(topics.texts)} texts, {len(topics.queries)} topics; {len(items.queries)} known items")
        show(lines, checks)


def show(lines: list[Line], checks: list[Check]) -> None:
    """Print both tables."""
    print("\n         topics        known items     with one slip: nDCG@10 of")
    print(" nDCG@10  recall@100  nDCG@10          topics  known items")
    for line in lines:
        print(
            f"{line.ndcg:8.3f}  {line.recall:10.3f}  {line.known_item:11.3f}  "
            f"{line.slip_topic:14.3f}  {line.slip_item:11.3f}  {line.method}"
        )
    print("\npart       weight   gain in the mix   gain on unseen halves   chosen there")
    for item in checks:
        print(
            f"{item.part:<10} {item.weight:6.2f}   {item.gain_ndcg:+.3f} {item.gain_recall:+.3f}     "
            f"{item.unseen_ndcg:+.3f} {item.unseen_recall:+.3f}           "
            + ", ".join(f"{weight:g}" for weight in item.chosen)
        )


def without_name(group: Group) -> Group:
    """The class without its name and without terms equal to it: this collection's queries are such names."""
    own = group.name.lower()
    return Group(group.code, "", tuple(term for term in group.terms if term.lower() != own))


if __name__ == "__main__":
    main(sys.argv[1:])
