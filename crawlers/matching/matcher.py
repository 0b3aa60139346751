"""The matcher: records in, clusters of one activity each out."""

from collections.abc import Sequence

from crawlers.matching.candidates import candidates
from crawlers.matching.clusters import joined
from crawlers.matching.features import Features, Featuriser, Towns
from crawlers.matching.memory import Memory, rematch
from crawlers.matching.verdict import THRESHOLD, Verdict, judge
from crawlers.matching.words import Lemmas
from schemas.activity import Activity
from schemas.catalogue.contract import Cluster, Marked


def _no_towns(_: str) -> tuple[str, ...]:
    return ()


class ActivityMatcher:
    """A `schemas.catalogue.contract.Matcher`.

    `lemmas` gives the base forms of one word; `towns` the codes of the municipalities that a base form may
    name. The result depends on the set of records alone, not on their order.
    """

    def __init__(self, lemmas: Lemmas, towns: Towns = _no_towns, threshold: float = THRESHOLD) -> None:
        self._lemmas = lemmas
        self._towns = towns
        self._threshold = threshold

    def __call__(self, records: Sequence[Activity]) -> tuple[Cluster, ...]:
        """Clusters of two or more records, by their first member. Reads `records` once, in order."""
        maker = Featuriser(self._lemmas, self._towns)
        found = sorted((maker.features(record) for record in records), key=lambda one: (one.id, one.source))
        verdicts: dict[tuple[int, int], Verdict] = {}

        def verdict(one: int, other: int) -> Verdict:
            pair = (one, other) if one < other else (other, one)
            if pair not in verdicts:
                verdicts[pair] = judge(found[pair[0]], found[pair[1]])
            return verdicts[pair]

        good = [
            (pair, judged) for pair in candidates(found) if (judged := verdict(*pair)).same(self._threshold)
        ]
        clusters = joined(len(found), good, lambda one, other: verdict(one, other).reason is not None)
        return tuple(Cluster(tuple(found[member].id for member in members)) for members in clusters)

    def rematch(self, records: Marked, held: Memory) -> tuple[tuple[Cluster, ...], Memory]:
        """The same clusters, looking only at what changed since `held`; and what to keep."""
        maker = Featuriser(self._lemmas, self._towns)
        return rematch(records.marks(), records.chosen, maker.features, self._threshold, held)

    def features(self, record: Activity) -> Features:
        """What matching sees in one record; for explanations."""
        return Featuriser(self._lemmas, self._towns).features(record)

    def verdict(self, one: Activity, other: Activity) -> Verdict:
        """How one pair is judged; for explanations and measurements."""
        maker = Featuriser(self._lemmas, self._towns)
        return judge(maker.features(one), maker.features(other))
