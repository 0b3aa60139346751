"""From what was said to needs: which needs a query speaks of, how surely, and by which words.

A strong word or phrase says its need. A hint is too common to say it alone: it speaks faintly where nothing
stronger was said, clearly where two different hints meet, and not at all beside a strong word for something
else. Words for one close person turn somebody's own trouble into the relative's need. Hospital units and life
situations lead to their needs.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from indexer.finnish import Word
from indexer.generic import common_word
from indexer.lexicon import Mention
from indexer.understanding.persons import one_person, relation
from schemas.taxonomy import Need, Taxonomy

_SURE = 0.7
_WHOLE = 0.9
_STRENGTH = {"word": 1.0, "phrase": 1.0, "name": 0.95, "official": 0.9}
_WIDE = ("phrase", "name", "official")
_ALONE = 0.45
_TOGETHER = 0.75
_BESIDE = 0.15
_RELATED = 0.22
_UNIT = 0.55
_SITUATION = 0.6
_RELATIVE = 0.95
_FAIRLY = 0.5
"""Surety of an own trouble from which the relative's need is sure; a lone hint stays a hint."""
_OWN = 0.35
_ANY_ILLNESS = "laheisen-sairaus"
"""The relative's need where an illness has none of its own: the illness then stays the topic."""
_ANY = 0.6
_CARE = "omaishoito-ja-laheiset"
_CHILD = "lapsi-sairastaa"
_CHILDREN = frozenset(("lapsi", "vauva", "taapero", "muksu", "barn", "child", "kid"))
_ILLNESSES = ("sairaudet",)
_LOSS = "suru-ja-menetys"
_DEATHS = frozenset(("kuolla", "kuollut", "menehtyä", "menehtynyt", "menettää"))
_KEPT = 0.8
_CLOSE = ("laheisen-",)
_PARENTS = ("vanhemman-", "laheisen-")
_MOST = 14
_GRAVE = {
    "suicide": ("itsetuhoisuus",),
    "violence": ("lahisuhdevakivalta", "rikoksen-uhri"),
    "acute": ("akuutti-kriisi", "keskusteluapu"),
}
"""The needs that words of crisis speak of where no need was said."""
_AFTER = ("itsemurhan-jalkeen",)
"""Needs of those who are left behind, in words of the crisis itself."""
_DEADLY = frozenset(("suicide", "violence"))
_FRAMED = 0.4
"""How surely words that only frame a question ("kuka auttaa") say a need beside words that tell another."""
_WISHES = "vapaaehtoisuus-ja-vaikuttaminen"
"""The area of needs that people say in such words and mean: "haluan auttaa"."""
_OWN_VIOLENCE = ("vakivallan-kayttaja",)
_GRAVELY = 0.9
_FORM_SHARE = 0.4
_FORMS = frozenset(
    ("vertaistuki", "kohtaamispaikka", "keskusteluapu", "ensitieto", "sopeutumisvalmennus", "kuntoutus",
     "vertaisohjaajaksi", "osallisuus", "pitkaaikaissairaus")
)  # fmt: skip
"""Needs that name a form of support rather than a trouble."""


class NeedVote(msgspec.Struct, frozen=True):
    """A need read from a query.

    strength  0–1, how surely the need is meant
    words     indexes of the words that say it
    source    said | gist | hint | relative | unit | situation | related
    """

    code: str
    strength: float
    words: tuple[int, ...]
    source: str


class Expansion:
    """Reads needs from mentions; immutable."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._needs = taxonomy.needs
        self.known = len(taxonomy.needs)
        self._area_of = taxonomy.area_of
        self._terms = {
            **{("unit", term.code): term.needs for term in taxonomy.units},
            **{("situation", term.code): term.needs for term in taxonomy.situations},
        }

    def votes(self, words: Sequence[Word], mentions: Sequence[Mention]) -> tuple[NeedVote, ...]:
        """Needs by strength, the surest first; each code once."""
        found: dict[str, NeedVote] = {}
        every = [m for m in mentions if m.entry.type == "need" and m.entry.strength != "hint"]
        said = _most_telling(every)
        for mention in said:
            vote = _said(mention)
            if len(words) > len(mention.words) and one_person(words[index] for index in mention.words):
                vote = msgspec.structs.replace(vote, strength=min(vote.strength, _OWN))
            _keep(found, vote)
        for vote in self._covered(every, said):
            _keep(found, vote)
        strong = max((vote.strength for vote in found.values()), default=0.0) >= _SURE
        covered = {index for vote in found.values() if vote.strength >= _SURE for index in vote.words}
        common = {index for index, word in enumerate(words) if common_word(word)}
        for vote in _hinted(mentions, strong, covered, len(words)):
            if len(common) == len(words) or not set(vote.words) <= common:
                _keep(found, vote)
        for vote in self._relatives(words, list(found.values())):
            _keep(found, vote, replace=vote.source == "own")
        for vote in self._led(mentions, strong):
            _keep(found, vote)
        _soften(found)
        self._unframe(found, common, closely=any(relation(word.surface, word.lemmas) for word in words))
        self._mourn(found, words)
        for vote in self._related([vote for vote in found.values() if vote.strength >= _SURE]):
            _keep(found, vote)
        return _ordered(found)

    @staticmethod
    def joined(votes: Sequence[NeedVote], more: Sequence[NeedVote]) -> tuple[NeedVote, ...]:
        """Both, each need once with its surer vote, the surest first."""
        found: dict[str, NeedVote] = {}
        for vote in (*votes, *more):
            _keep(found, vote)
        return _ordered(found)

    def grave(
        self,
        votes: Sequence[NeedVote],
        crisis: str,
        length: int,
        *,
        leads: Iterable[str] = (),
        own_violence: bool = False,
    ) -> tuple[NeedVote, ...]:
        """`votes`, with the needs of a crisis that was heard and that nothing said surely speaks of.

        An acute crisis leads to its needs only where nothing at all was said surely: what the crisis is
        about comes first then. Beside thoughts of death all else that was said is of less weight.
        `leads`: the needs of just this crisis (a child is hit); `own_violence`: the speaker is who hits.
        """
        sure = [vote.code for vote in votes if vote.strength >= _SURE]
        told = bool(sure)
        if crisis in _DEADLY:
            told = any(self._needs[code].crisis == crisis or code in _AFTER for code in sure)
        if not length or told:
            return tuple(votes)
        most = _OWN if crisis == "suicide" else 1.0
        found = {v.code: msgspec.structs.replace(v, strength=min(v.strength, most)) for v in votes}
        meant = _OWN_VIOLENCE if own_violence else dict.fromkeys((*leads, *_GRAVE.get(crisis, ())))
        for place, code in enumerate(code for code in meant if code in self._needs):
            spoken = tuple(range(length)) if not place else (0,)
            _keep(found, NeedVote(code, _GRAVELY * 0.6**place, spoken, "said"))
        return _ordered(found)

    @staticmethod
    def blameless(votes: Sequence[NeedVote]) -> tuple[NeedVote, ...]:
        """`votes` of somebody who surely is not the one who hits."""
        least = dict.fromkeys(_OWN_VIOLENCE, _OWN)
        capped = {
            vote.code: msgspec.structs.replace(vote, strength=min(vote.strength, least.get(vote.code, 1.0)))
            for vote in votes
        }
        return _ordered(capped)

    def _relatives(self, words: Sequence[Word], votes: Sequence[NeedVote]) -> Iterable[NeedVote]:
        """Another's trouble: the relative's need first, the own need behind it."""
        persons = {
            index: kind for index, word in enumerate(words) if (kind := relation(word.surface, word.lemmas))
        }
        if not persons:
            return
        prefixes = _PARENTS if "parent" in persons.values() else _CLOSE
        child = any(not _CHILDREN.isdisjoint(words[index].lemmas) for index in persons)
        for vote in votes:
            if vote.strength < _ALONE or set(vote.words) & set(persons) or vote.code.startswith(_PARENTS):
                continue
            if self._area_of.get(vote.code) == _CARE:  # speaks of a relative as it is
                continue
            meant = _by_prefix(self._around(vote.code), prefixes)
            if child and _CHILD in self._needs and self._area_of.get(vote.code) in _ILLNESSES:
                meant = [_CHILD, *meant]
            if meant:
                general = meant[0] == _ANY_ILLNESS
                spoken = tuple(sorted({*vote.words, *persons}))
                sure = _ANY if general else _RELATIVE if vote.strength >= _FAIRLY else vote.strength
                for place, code in enumerate(meant[:2]):
                    yield NeedVote(code, sure * 0.8**place, spoken, "relative")
                yield NeedVote(vote.code, min(vote.strength, _KEPT if general else _OWN), vote.words, "own")

    def _covered(self, every: Sequence[Mention], said: Sequence[Mention]) -> Iterable[NeedVote]:
        """What a longer name of a related need covers stays behind it: "mamma har alzheimer" may also be
        answered by the group for Alzheimer's."""
        codes = {mention.entry.code for mention in said}
        for mention in every:
            code = mention.entry.code
            near = {*self._needs[code].related, *_needing(code, codes, self._needs)}
            if code not in codes and mention.quality >= _SURE and not near.isdisjoint(codes):
                yield NeedVote(code, _OWN, mention.words, "own")

    def _unframe(self, found: dict[str, NeedVote], common: set[int], *, closely: bool) -> None:
        """Framing words say a need ("kuka auttaa") only where nothing else is told.

        `closely`: somebody close is named: who wants to help a brother seeks no voluntary work.
        """
        if all(vote.strength < _SURE or set(vote.words) <= common for vote in found.values()):
            return
        for code, vote in found.items():
            wish = self._area_of.get(code) == _WISHES
            framed = closely if wish else set(vote.words) <= common
            if vote.source == "said" and framed and not self._needs[code].crisis:
                found[code] = msgspec.structs.replace(vote, strength=min(vote.strength, _FRAMED))

    def _mourn(self, found: dict[str, NeedVote], words: Sequence[Word]) -> None:
        """Beside a loss the illness only tells how it came: "mieheni kuoli syöpään" is about grief."""
        if all(_DEATHS.isdisjoint(word.lemmas) for word in words):
            return
        losses = [vote for vote in found.values() if self._area_of.get(vote.code) == _LOSS]
        if not any(vote.strength >= _SURE for vote in losses):
            return
        for code, vote in found.items():
            if self._area_of.get(code) in _ILLNESSES or code == _ANY_ILLNESS:
                found[code] = msgspec.structs.replace(vote, strength=min(vote.strength, _OWN))

    def _around(self, code: str) -> tuple[str, ...]:
        """Related needs, and those that the related ones of the same area lead to."""
        near = self._needs[code].related
        home = self._area_of.get(code)
        same = [other for other in near if other in self._needs and self._area_of.get(other) == home]
        return (*near, *(beyond for other in same for beyond in self._needs[other].related))

    def _led(self, mentions: Sequence[Mention], strong: bool) -> Iterable[NeedVote]:
        for mention in mentions:
            needs = self._terms.get(mention.key, ())
            if not needs or mention.quality < _SURE:
                continue
            base = _UNIT if mention.entry.type == "unit" else _SITUATION
            for place, code in enumerate(needs):
                fade = 0.85**place * (0.4 if strong else 1.0)
                yield NeedVote(code, base * fade * mention.quality, mention.words, mention.entry.type)

    def _related(self, votes: Sequence[NeedVote]) -> Iterable[NeedVote]:
        for vote in votes:
            for code in self._needs[vote.code].related:
                yield NeedVote(code, _RELATED * vote.strength, vote.words, "related")


def _needing(code: str, others: Iterable[str], needs: Mapping[str, Need]) -> Iterable[str]:
    return (other for other in others if code in needs[other].related)


def _keep(found: dict[str, NeedVote], vote: NeedVote, *, replace: bool = False) -> None:
    held = found.get(vote.code)
    if held is None or replace or held.strength < vote.strength:
        found[vote.code] = vote


def _ordered(found: dict[str, NeedVote]) -> tuple[NeedVote, ...]:
    """The surest first; of equal ones the one that more words say, then the one said first."""
    order = sorted(found.values(), key=lambda v: (-v.strength, -len(v.words), v.words[:1], v.code))
    return tuple(order[:_MOST])


def _soften(found: dict[str, NeedVote]) -> None:
    """The form of support weighs half beside a topic: "syöpä vertaistuki" is about cancer."""
    topics = [vote for vote in found.values() if vote.code not in _FORMS and vote.strength >= _SURE]
    if not topics:
        return
    for code in _FORMS & found.keys():
        found[code] = msgspec.structs.replace(found[code], strength=found[code].strength * _FORM_SHARE)


def _said(mention: Mention) -> NeedVote:
    strength = _STRENGTH[mention.entry.strength] * mention.quality
    return NeedVote(mention.entry.code, strength, mention.words, "said")


def _most_telling(mentions: Sequence[Mention]) -> list[Mention]:
    """Mentions without those that a longer one of another need covers wholly.

    "Mies juo" over "juo", "ikäihmisten liikunta" over "liikunta".
    """
    return [
        mention
        for mention in mentions
        if not any(
            len(other.words) > len(mention.words)
            and other.quality >= mention.quality
            and set(mention.words) < set(other.words)
            and other.entry.code != mention.entry.code
            and (other.entry.strength in _WIDE or other.entry.language != "fi")
            for other in mentions
        )
    ]


def _hinted(mentions: Sequence[Mention], strong: bool, covered: set[int], length: int) -> Iterable[NeedVote]:
    words: dict[str, dict[tuple[int, ...], float]] = defaultdict(dict)
    for mention in mentions:
        whole = mention.quality >= _WHOLE  # a hint inside a compound (laskuvarjo: lasku) hints at nothing
        if mention.entry.type == "need" and mention.entry.strength == "hint" and whole:
            held = words[mention.entry.code]
            held[mention.words] = max(mention.quality, held.get(mention.words, 0.0))
    for code, said in words.items():
        spoken = tuple(sorted({index for found in said for index in found}))
        quality = max(said.values())
        if len(spoken) > 1:
            free = [index for index in spoken if index not in covered]
            strength = _TOGETHER if len(free) > 1 or not strong else _BESIDE * 2
        else:
            strength = _BESIDE if strong else _ALONE if length > 1 else _ALONE + 0.1
        yield NeedVote(code, strength * quality, spoken, "hint")


def _by_prefix(codes: Iterable[str], prefixes: tuple[str, ...]) -> list[str]:
    unique = list(dict.fromkeys(codes))
    return [code for prefix in prefixes for code in unique if code.startswith(prefix)]
