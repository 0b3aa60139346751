"""Matching again after little changed: only changed records and their candidates are looked at. Pure.

A pair's verdict depends on its two records alone, and whether a pair is worth a look depends on the sizes of
the blocks that both are in. So what was judged once holds until one of the two changes, or until a block
grows beyond what is worth a look or shrinks back. `rematch` gives exactly what matching all records anew
would give (`tests/crawlers/matching/test_memory.py`).
"""

import hashlib
import itertools
import struct
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from crawlers.matching.candidates import LARGEST_BLOCK, keys
from crawlers.matching.clusters import joined
from crawlers.matching.features import Features
from crawlers.matching.verdict import Verdict, judge
from schemas.activity import Activity
from schemas.catalogue.contract import Cluster

MATCHING_VERSION = 2
"""Raised whenever features, blocks or verdicts come out differently, so that nothing old is believed."""

_Pair = tuple[str, str]
_Keys = NDArray[np.int64]
_decode = msgspec.msgpack.Decoder(Features).decode
_DIGEST = struct.Struct("<q")
_LANGUAGES = 3
"""Versions of a title that a record has at most."""
_TOGETHER = 500_000
"""Pairs that are looked through at once."""


class Kept(msgspec.Struct, frozen=True, array_like=True):
    """One record as it was matched: its mark, its features packed, its blocks as sorted 64-bit numbers, and
    as such numbers its source and its titles, one for each language or more often the first."""

    mark: str
    features: bytes
    blocks: bytes
    names: bytes


class Memory(msgspec.Struct, frozen=True):
    """What is kept between two matchings; `made_by` names everything else that verdicts depend on.

    good   pairs that may be joined, with their score
    apart  other pairs that were asked about, and whether something forbids joining them
    """

    made_by: str
    records: dict[str, Kept]
    good: tuple[tuple[str, str, float], ...] = ()
    apart: tuple[tuple[str, str, bool], ...] = ()


def rematch(
    marks: Mapping[str, str],
    read: Callable[[Sequence[str]], Iterable[Activity]],
    features: Callable[[Activity], Features],
    threshold: float,
    held: Memory,
) -> tuple[tuple[Cluster, ...], Memory]:
    """Clusters of the records that `marks` names, by their first member, and what to keep for the next time.

    `read` gives the records of some ids, in their order; it is asked for changed ones only.
    """
    changed = sorted(
        name for name, mark in marks.items() if name not in held.records or held.records[name].mark != mark
    )
    lost = held.records.keys() - marks.keys()
    if not (changed or lost):
        return _clusters(_Judge(held.records, threshold, held, frozenset())), held
    fresh = {
        record.id: Kept(marks[record.id], msgspec.msgpack.encode(found), _packed(found), _names(found))
        for record in read(changed)
        for found in (features(record),)
    }
    records = {name: kept for name, kept in held.records.items() if name in marks} | fresh
    touched = frozenset((*changed, *lost))
    judged = _Judge(records, threshold, held, touched)
    now, altered = _Blocks(records), _altered((held.records, records), touched)
    members = now.members(altered)
    old_sizes = members.sizes - _sizes(records, touched, altered) + _sizes(held.records, touched, altered)
    if (members.sizes[old_sizes <= LARGEST_BLOCK] > LARGEST_BLOCK).any():
        # Some pairs may no longer be worth a look. Few pairs are good, so all of them are asked.
        judged.good = {pair: score for pair, score in judged.good.items() if now.share(*pair)}
    # The pairs of a block that was too large were passed over until now.
    for pair in now.pairs(members, old_sizes > LARGEST_BLOCK, touched):
        judged.consider(pair)
    clusters = _clusters(judged)
    return clusters, judged.memory(held.made_by)


class _Judge:
    """Verdicts: those that still hold, and new ones as they are asked for."""

    def __init__(
        self, records: Mapping[str, Kept], threshold: float, held: Memory, touched: frozenset[str]
    ) -> None:
        self.records = records
        self._threshold = threshold
        self.good = {
            (one, other): score
            for one, other, score in held.good
            if one not in touched and other not in touched
        }
        self._forbidden = {
            (one, other): forbidden
            for one, other, forbidden in held.apart
            if one not in touched and other not in touched
        }
        self._verdicts: dict[_Pair, Verdict] = {}
        self._features: dict[str, Features] = {}

    def consider(self, pair: _Pair) -> None:
        """Note a pair that is worth a look, smaller id first; it is judged once."""
        if pair in self._verdicts or pair in self.good:
            return
        verdict = self._verdicts[pair] = self._judged(pair)
        if verdict.same(self._threshold):
            self.good[pair] = verdict.score

    def forbidden(self, one: str, other: str) -> bool:
        """Whether something forbids joining the two."""
        pair = (one, other) if one < other else (other, one)
        if pair in self.good:
            return False
        if pair not in self._forbidden:
            known = self._verdicts.get(pair) or self._judged(pair)
            self._forbidden[pair] = known.reason is not None
        return self._forbidden[pair]

    def _judged(self, pair: _Pair) -> Verdict:
        return judge(self._of(pair[0]), self._of(pair[1]))

    def _of(self, name: str) -> Features:
        found = self._features.get(name)
        if found is None:
            found = self._features[name] = _decode(self.records[name].features)
        return found

    def memory(self, made_by: str) -> Memory:
        """All of it, for the next time."""
        return Memory(
            made_by,
            dict(self.records),
            tuple((*pair, score) for pair, score in sorted(self.good.items())),
            tuple((*pair, forbidden) for pair, forbidden in sorted(self._forbidden.items())),
        )


def _clusters(judged: _Judge) -> tuple[Cluster, ...]:
    names = sorted({name for pair in judged.good for name in pair})
    place = {name: number for number, name in enumerate(names)}
    pairs = [((place[one], place[other]), Verdict(score)) for (one, other), score in judged.good.items()]
    found = joined(len(names), pairs, lambda one, other: judged.forbidden(names[one], names[other]))
    return tuple(Cluster(tuple(names[member] for member in members)) for members in found)


class _Members(NamedTuple):
    """Who is in some blocks: rows of a block's place among them and a record's number, block after block."""

    sizes: _Keys
    places: _Keys
    owners: _Keys


class _Blocks:
    """Which records are in which block, over all records; records by number, in the order of their ids."""

    def __init__(self, records: Mapping[str, Kept]) -> None:
        self._names = sorted(records)
        self._records = records
        each = [records[name].blocks for name in self._names]
        self._blocks = np.frombuffer(b"".join(each), dtype=np.int64)
        self._owners = np.repeat(np.arange(len(each)), [len(blocks) // _DIGEST.size for blocks in each])
        said = b"".join([records[name].names for name in self._names])
        self._said = np.frombuffer(said, dtype=np.int64).reshape(-1, 1 + _LANGUAGES)

    def members(self, wanted: _Keys) -> _Members:
        """The members of each of the blocks, which are in order."""
        places = np.minimum(wanted.searchsorted(self._blocks), max(0, len(wanted) - 1))
        inside = wanted[places] == self._blocks if len(wanted) else np.zeros(0, dtype=np.bool_)
        places, owners = places[: len(inside)][inside], self._owners[: len(inside)][inside]
        order = np.argsort(places, kind="stable")
        return _Members(np.bincount(places, minlength=len(wanted)), places[order], owners[order])

    def pairs(self, members: _Members, whole: NDArray[np.bool_], touched: Collection[str]) -> Iterator[_Pair]:
        """The pairs of touched records with others, and all those of the blocks marked in `whole`, in blocks
        that are worth a look; without pairs whose source tells them apart."""
        asked = np.fromiter((name in touched for name in self._names), np.bool_, len(self._names))
        sizes = members.sizes
        worth = ((sizes > 1) & (sizes <= LARGEST_BLOCK))[members.places]
        places, owners = members.places[worth], members.owners[worth]
        ends = np.cumsum(np.bincount(places, minlength=len(sizes)))
        after = ends[places] - np.arange(len(places)) - 1  # so many come after each in its block
        bounds = np.concatenate([[0], np.cumsum(after)])
        cuts = bounds.searchsorted(np.arange(_TOGETHER, bounds[-1], _TOGETHER)).tolist()
        for start, end in itertools.pairwise((0, *cuts, len(places))):
            count = after[start:end]
            first = np.repeat(np.arange(start, end), count)
            second = first + 1 + np.arange(len(first)) - np.repeat(bounds[start:end] - bounds[start], count)
            one, other = owners[first], owners[second]
            kept = asked[one] | asked[other] | whole[places[first]]
            kept[kept] = self._may_be_one(one[kept], other[kept])
            for pair in np.unique(one[kept] * len(self._names) + other[kept]).tolist():
                yield self._names[pair // len(self._names)], self._names[pair % len(self._names)]

    def _may_be_one(self, one: _Keys, other: _Keys) -> NDArray[np.bool_]:
        """Which pairs need judging: two records of one source without a title in common are two activities
        (`contradictions`), as nearly all pairs are."""
        mine, theirs = self._said[one], self._said[other]
        found: NDArray[np.bool_] = mine[:, 0] != theirs[:, 0]
        for left, right in itertools.product(range(1, mine.shape[1]), repeat=2):
            found |= mine[:, left] == theirs[:, right]
        return found

    @cached_property
    def _counted(self) -> tuple[_Keys, _Keys]:
        return np.unique(self._blocks, return_counts=True)

    def share(self, one: str, other: str) -> bool:
        """Whether two records are together in a block that is worth a look."""
        mine, theirs = (np.frombuffer(self._records[name].blocks, dtype=np.int64) for name in (one, other))
        common = np.intersect1d(mine, theirs, assume_unique=True)
        known, counts = self._counted
        return bool((counts[known.searchsorted(common)] <= LARGEST_BLOCK).any())


def _of(records: Mapping[str, Kept], names: Iterable[str]) -> _Keys:
    """The blocks of those of the records that are there, one after the other."""
    found = b"".join([records[name].blocks for name in names if name in records])
    return np.frombuffer(found, dtype=np.int64)


def _altered(states: Iterable[Mapping[str, Kept]], touched: Collection[str]) -> _Keys:
    """The blocks that touched records are in or were in."""
    return np.unique(np.concatenate([_of(records, touched) for records in states]))


def _sizes(records: Mapping[str, Kept], touched: Collection[str], wanted: _Keys) -> _Keys:
    """How many touched records are in each of the blocks, which hold all of theirs."""
    return np.bincount(wanted.searchsorted(_of(records, touched)), minlength=len(wanted))


def _packed(found: Features) -> bytes:
    """The blocks of a record: 64 bits of each key's digest, where no two of a million are likely to meet."""
    digests = {_digest("\x1f".join(key)) for key in keys(found)}
    return np.array(sorted(digests), dtype=np.int64).tobytes()


def _names(found: Features) -> bytes:
    titles = [_digest(title.plain) for title in found.titles.values()] or [0]
    padded = (titles + titles[:1] * _LANGUAGES)[:_LANGUAGES]
    return np.array([_digest(found.source), *padded], dtype=np.int64).tobytes()


def _digest(said: str) -> int:
    packed = hashlib.blake2b(said.encode("utf-8", "replace"), digest_size=_DIGEST.size).digest()
    number: int = _DIGEST.unpack(packed)[0]
    return number
