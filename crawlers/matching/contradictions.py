"""What forbids joining two records, whatever else speaks for it. Pure, symmetric."""

from collections.abc import Callable, Iterable

from crawlers.matching.features import Features, home_towns
from crawlers.matching.times import Timing
from crawlers.matching.titles import Likeness, titles_of
from crawlers.matching.words import AUDIENCE, EVENT, REMOTE, Token, is_language, rest
from schemas.codes import AreaScope, Kind, SourceKind, TargetGroup

_LIFE_STAGES = {
    TargetGroup.CHILDREN: (0, 12),
    TargetGroup.YOUTH: (13, 17),
    TargetGroup.YOUNG_ADULTS: (18, 29),
    TargetGroup.ADULTS: (18, 130),
    TargetGroup.OLDER_PEOPLE: (60, 130),
}
"""Ages of the groups by age; pensioners are adults too."""
_SPECIAL = (
    Kind.VOLUNTEER_TASK,
    Kind.SUPPORT_PERSON,
    Kind.EVENT,
    Kind.SPACE,
    Kind.FOOD_AID,
    Kind.HOSPITAL_FRIEND,
)
"""Kinds that never are another kind with the same name."""

Rule = Callable[[Features, Features], bool]


def contradiction(
    one: Features, other: Features, likeness: Callable[[], Likeness], timing: Timing
) -> str | None:
    """The first reason why these two are not one activity; None where there is none.

    `likeness` compares the titles, which takes longer than all else: most pairs are parted before.
    """
    if timing is Timing.CONTRADICT:
        return "times"
    if timing is Timing.OCCASION and not _next_meeting(one, other, likeness()):
        return "occasion"
    for name, rule in _RULES.items():
        if rule(one, other):
            return name
    titles = likeness()
    if titles.mine and titles.theirs:
        return "title"
    return _one_sided(one, other, titles)


def _next_meeting(one: Features, other: Features, likeness: Likeness) -> bool:
    """Whether the single day is only the next meeting of the group: its very name, and no event."""
    if _one_page(one, other):
        return True
    return likeness.exact and likeness.informative > 0 and Kind.EVENT not in (one.kind, other.kind)


def _same_source(one: Features, other: Features) -> bool:
    if one.source != other.source:
        return False
    a, b = titles_of(one, other)
    return not (_one_page(one, other) or (a.plain == b.plain and one.record == other.record))


def _one_page(one: Features, other: Features) -> bool:
    """Whether both were read from one page under one title, as from its text and from its JSON-LD."""
    a, b = titles_of(one, other)
    return one.page is not None and one.page == other.page and a.plain == b.plain


def _towns(one: Features, other: Features) -> bool:
    mine, theirs = home_towns(one), home_towns(other)
    if mine and theirs:
        if not mine & theirs:
            return True
    elif (
        one.cities and other.cities and not one.cities & other.cities and not one.postcodes & other.postcodes
    ):
        return True
    a, b = titles_of(one, other)
    return _elsewhere(a.towns, b.towns or theirs) or _elsewhere(b.towns, a.towns or mine)


def _elsewhere(named: frozenset[str], known: frozenset[str]) -> bool:
    return bool(named and known and not named & known)


def _villages(one: Features, other: Features) -> bool:
    """Two named villages of one municipality are two places."""
    return bool(one.cities and other.cities and not one.cities & other.cities and not _near(one, other))


def _near(one: Features, other: Features) -> bool:
    return bool(one.streets & other.streets or one.postcodes & other.postcodes)


def _served(one: Features, other: Features) -> bool:
    if one.served and other.served and not one.served & other.served:
        return True
    if AreaScope.NATIONAL not in (one.scope, other.scope):
        return False
    local = other if one.scope is AreaScope.NATIONAL else one
    return local.scope in (AreaScope.MUNICIPALITIES, AreaScope.COUNTY) or (
        bool(local.towns) and not (one.towns and other.towns)
    )


def _owners(one: Features, other: Features) -> bool:
    if one.business_id and other.business_id:
        return one.business_id != other.business_id
    if not one.owner or not other.owner:
        return False
    mine, theirs = rest(one.owner, other.owner), rest(other.owner, one.owner)
    if not mine and not theirs:
        return False
    if mine and theirs:
        return True
    return not (one.phones & other.phones or one.mails & other.mails or one.hosts & other.hosts)


def _numbers(one: Features, other: Features) -> bool:
    a, b = titles_of(one, other)
    if _other_year(a.years, b.years or other.times.years()) or _other_year(
        b.years, a.years or one.times.years()
    ):
        return True
    if a.numbers and b.numbers:
        return a.numbers != b.numbers
    told = {str(age) for entry in (*one.ages, *other.ages) for age in entry}
    return bool((a.numbers | b.numbers) - told)


def _other_year(named: frozenset[str], known: frozenset[str]) -> bool:
    return bool(named and known and not named & known)


def _ages(one: Features, other: Features) -> bool:
    return _meet_nowhere(one.ages, other.ages)


def _meet_nowhere(one: Iterable[tuple[int, int]], other: Iterable[tuple[int, int]]) -> bool:
    """Whether both tell ages and none of them overlap."""
    mine, theirs = tuple(one), tuple(other)
    overlap = any(low <= top and bottom <= high for low, high in mine for bottom, top in theirs)
    return bool(mine and theirs) and not overlap


def _groups(one: Features, other: Features) -> bool:
    if one.genders and other.genders and one.genders != other.genders:
        return True
    reserved = {TargetGroup.MEN, TargetGroup.WOMEN}
    mine, theirs = one.groups & reserved, other.groups & reserved
    if len(mine) == 1 and len(theirs) == 1 and mine != theirs:
        return True
    if TargetGroup.EVERYONE in one.groups | other.groups:
        return False
    return _meet_nowhere(_stages(one), _stages(other))


def _stages(one: Features) -> list[tuple[int, int]]:
    return [ages for group, ages in _LIFE_STAGES.items() if group in one.groups]


def _languages(one: Features, other: Features) -> bool:
    return bool(one.languages and other.languages and not one.languages & other.languages)


def _remote(one: Features, other: Features) -> bool:
    return one.remote is not None and other.remote is not None and one.remote is not other.remote


def _kinds(one: Features, other: Features) -> bool:
    if one.kind is None or other.kind is None or one.kind is other.kind or _one_page(one, other):
        return False
    if Kind.VOLUNTEER_TASK not in (one.kind, other.kind) and _general(one) | _general(other):
        return False
    return one.kind in _SPECIAL or other.kind in _SPECIAL


def _general(one: Features) -> bool:
    """PTV calls nearly everything a service."""
    return one.kind is Kind.SERVICE and one.source_kind is SourceKind.PTV


_RULES: dict[str, Rule] = {
    "source": _same_source,
    "owner": _owners,
    "town": _towns,
    "village": _villages,
    "served": _served,
    "numbers": _numbers,
    "ages": _ages,
    "groups": _groups,
    "language": _languages,
    "remote": _remote,
    "kind": _kinds,
}


def _one_sided(one: Features, other: Features, likeness: Likeness) -> str | None:
    """A word that one title has and nothing in the other record answers: an occasion, an audience, a way."""
    for left, against in ((likeness.mine, other), (likeness.theirs, one)):
        for token in left:
            if token & EVENT:
                return "occasion"
            if is_language(token):
                return "language"
            if token & REMOTE and against.remote is not True:
                return "remote"
            if _audience(token) and not _answered(token, against):
                return "audience"
    return None


def _audience(token: Token) -> frozenset[str]:
    return frozenset(AUDIENCE[lemma] for lemma in token if lemma in AUDIENCE)


def _answered(token: Token, against: Features) -> bool:
    said = {AUDIENCE[lemma] for lemma in against.body if lemma in AUDIENCE}
    return bool(_audience(token) & said)
