"""Whether two records are one activity: contradictions first, then the weight of what agrees. Symmetric.

Weights are log odds by hand, rounded; the threshold was chosen on one half of the labelled pairs
(`python -m bench.matching`) for precision, and is reported on the other half.
"""

from functools import cache, partial

import msgspec

from crawlers.matching.contradictions import contradiction
from crawlers.matching.features import Features, home_towns, metres
from crawlers.matching.times import Timing, compare
from crawlers.matching.titles import Likeness, compare_titles
from crawlers.matching.words import rest

THRESHOLD = 3.5
"""The least score of a pair that is joined."""

_PRIOR = -4.0
_TITLE, _PLAIN_TITLE, _EXACT, _LEFT_OVER = 4.0, 1.5, 1.0, -1.5
_WHO_MOST = 4.0
_PAGE, _BODY = 3.0, 1.5
_TIMES = {
    Timing.AGREE: 3.0,
    Timing.PARTLY: 1.5,
    Timing.DAY: 1.0,
    Timing.UNKNOWN: 0.0,
    Timing.NEAR: -1.0,
    Timing.OCCASION: -1.0,
    Timing.OTHER_TIME: -6.0,
    Timing.OTHER_RHYTHM: -6.0,
    Timing.OTHER_DAY: -6.0,
}
_BESIDE = 150.0
"""Metres within which two coordinates are one house."""


class Verdict(msgspec.Struct, frozen=True):
    """The score of a pair, higher = surer; `reason` names the contradiction that forbids joining it."""

    score: float
    reason: str | None = None

    def same(self, threshold: float = THRESHOLD) -> bool:
        """Whether the pair is one activity."""
        return self.reason is None and self.score >= threshold


def judge(one: Features, other: Features) -> Verdict:
    """Compare two records; the order does not matter."""
    likeness = cache(partial(compare_titles, one, other))
    timing = compare(one.times, other.times)
    reason = contradiction(one, other, likeness, timing)
    if reason is not None:
        return Verdict(float("-inf"), reason)
    who = _who(one, other)
    where = _where(one, other)
    if where < 0 and timing not in (Timing.AGREE, Timing.PARTLY):
        where *= 2  # two houses, and no hour in common to say that one address is merely old
    if not who and not (where >= 2.0 and timing is Timing.AGREE):
        return Verdict(float("-inf"), "nobody in common")
    total = _PRIOR + _title(likeness()) + who + where + _TIMES.get(timing, 0.0) + _rest(one, other)
    return Verdict(round(total, 6))


def _title(likeness: Likeness) -> float:
    weight = _TITLE if likeness.informative else _PLAIN_TITLE
    left = min(2, len(likeness.mine) + len(likeness.theirs))
    return weight * likeness.score + (_EXACT if likeness.exact else 0.0) + _LEFT_OVER * left


def _who(one: Features, other: Features) -> float:
    """How surely the same people arrange both."""
    total = 0.0
    if one.business_id and one.business_id == other.business_id:
        total += 3.5
    elif one.owner and other.owner and not rest(one.owner, other.owner) and not rest(other.owner, one.owner):
        total += 3.0
    if one.phones & other.phones:
        total += 2.5
    if one.mails & other.mails:
        total += 2.5
    if one.hosts & other.hosts:
        total += 2.0
    return min(total, _WHO_MOST)


def _where(one: Features, other: Features) -> float:
    if one.streets and other.streets:
        return 2.0 if one.streets & other.streets else -3.0
    near = [metres(a, b) for a in one.points for b in other.points]
    if near:
        return 2.0 if min(near) <= _BESIDE else (-3.0 if min(near) > 5 * _BESIDE else 0.0)
    if one.postcodes & other.postcodes:
        return 0.7
    return 0.5 if home_towns(one) & home_towns(other) else 0.0


def _rest(one: Features, other: Features) -> float:
    total = 0.0
    if one.pages & other.pages:
        total += _PAGE
    if one.kind is not None and other.kind is not None and "service" not in (one.kind, other.kind):
        total += 0.5 if one.kind is other.kind else -1.0
    if one.body and other.body:
        total += _BODY * len(one.body & other.body) / min(len(one.body), len(other.body))
    return total
