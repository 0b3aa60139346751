"""Matching again after little changed: only changed records and their candidates are looked at. Pure.

A pair's verdict depends on its two records alone, and whether a pair is worth a look depends on the sizes of
the blocks that both are in. So what was judged once holds until one of the two changes, or until a block
grows beyond what is worth a look or shrinks back. `rematch` gives exactly what matching all records anew
would give (`tests/crawlers/matching/test_memory.py`).
"""

import hashlib
import itertools
import struct
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

import msgspec
import numpy as np
from numpy.typing import NDArray

from crawlers.matching.candidates import LARGEST_BLOCK, keys
from crawlers.matching.clusters import joined
from crawlers.matching.features import Features
from crawlers.matching.verdict import Verdict, judge
from schemas.activity import Activity
from schemas.catalogue.contract import Cluster

MATCHING_VERSION = 1
"""Raised whenever features, blocks or verdicts come out differently, so that nothing old is believed."""

_Pair = tuple[str, str]
_Keys = NDArray[np.int64]
_decode = msgspec.msgpack.Decoder(Features).decode
_DIGEST = struct.Struct("<q")


class Kept(msgspec.Struct, frozen=True, array_like=True):
    """One record as it was matched: its mark, its features packed, its blocks as sorted 64-bit numbers."""

    mark: str
    features: bytes
    blocks: bytes


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
        record.id: Kept(marks[record.id], msgspec.msgpack.encode(found), _packed(found))
        for record in read(changed)
        for found in (features(record),)
    }
    records = {name: kept for name, kept in held.records.items() if name in marks} | fresh
    touched = frozenset((*changed, *lost))
    judged = _Judge(records, threshold, held, touched)
    before, now = _Blocks(held.records), _Blocks(records)
    altered = _altered(held.records, records, touched)
    old_sizes, new_sizes = before.sizes(altered), now.sizes(altered)
    if any(size > LARGEST_BLOCK >= old_sizes.get(block, 0) for block, size in new_sizes.items()):
        # Some pairs may no longer be worth a look. Few pairs are good, so all of them are asked.
        judged.good = {pair: score for pair, score in judged.good.items() if now.share(*pair)}
    for block, members in now.members(altered):
        whole = old_sizes.get(block, 0) > LARGEST_BLOCK  # its pairs were passed over until now
        for pair in itertools.combinations(members, 2):
            if whole or pair[0] in touched or pair[1] in touched:
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


class _Blocks:
    """Which records are in which block, over all records."""

    def __init__(self, records: Mapping[str, Kept]) -> None:
        self._names = sorted(records)
        self._records = records
        each = [np.frombuffer(records[name].blocks, dtype=np.int64) for name in self._names]
        self._blocks = np.concatenate(each) if each else np.zeros(0, dtype=np.int64)
        self._owners = np.repeat(np.arange(len(each)), [len(blocks) for blocks in each])

    def sizes(self, wanted: _Keys) -> dict[int, int]:
        """Number of members of each of the blocks, without those that have none."""
        known, counts = self._counted
        if not len(known):
            return {}
        places = np.minimum(known.searchsorted(wanted), len(known) - 1)
        there = known[places] == wanted
        return dict(zip(wanted[there].tolist(), counts[places[there]].tolist(), strict=True))

    @cached_property
    def _counted(self) -> tuple[_Keys, _Keys]:
        return np.unique(self._blocks, return_counts=True)

    def members(self, wanted: _Keys) -> Iterator[tuple[int, list[str]]]:
        """Each of the blocks that is worth a look, with the ids in it, sorted."""
        inside = np.isin(self._blocks, wanted)
        blocks, owners = self._blocks[inside], self._owners[inside]
        order = np.argsort(blocks, kind="stable")
        blocks, owners = blocks[order], owners[order]
        starts = np.flatnonzero(np.diff(blocks, prepend=blocks[:1] - 1)).tolist()
        for start, end in itertools.pairwise((*starts, len(blocks))):
            if 1 < end - start <= LARGEST_BLOCK:
                yield int(blocks[start]), [self._names[owner] for owner in owners[start:end].tolist()]

    def share(self, one: str, other: str) -> bool:
        """Whether two records are together in a block that is worth a look."""
        mine, theirs = (np.frombuffer(self._records[name].blocks, dtype=np.int64) for name in (one, other))
        common = np.intersect1d(mine, theirs, assume_unique=True)
        return any(size <= LARGEST_BLOCK for size in self.sizes(common).values())


def _altered(before: Mapping[str, Kept], now: Mapping[str, Kept], touched: Iterable[str]) -> _Keys:
    """The blocks that touched records are in or were in."""
    found = [
        np.frombuffer(records[name].blocks, dtype=np.int64)
        for name in touched
        for records in (before, now)
        if name in records
    ]
    return np.unique(np.concatenate(found)) if found else np.zeros(0, dtype=np.int64)


def _packed(found: Features) -> bytes:
    """The blocks of a record: 64 bits of each key's digest, where no two of a million are likely to meet."""
    digests = {
        _DIGEST.unpack(hashlib.blake2b("\x1f".join(key).encode("utf-8", "replace"), digest_size=8).digest())[
            0
        ]
        for key in keys(found)
    }
    return np.array(sorted(digests), dtype=np.int64).tobytes()
