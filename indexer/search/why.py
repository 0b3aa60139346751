"""Why a hit is there, read from the computation itself and told in one short sentence."""

import re
from collections.abc import Iterable, Iterator, Sequence

from indexer.backend import Alternative, EngineHit, EngineQuery, PhraseClause
from indexer.finnish import Analyser
from indexer.search.labels import Labels
from indexer.search.sentences import joined, reason_text
from indexer.search.words import day
from indexer.understanding.reading import Reading
from schemas.activity import Activity
from schemas.schedule import Occurrence
from schemas.search import Reason

_TYPES = {
    "need": "need",
    "hint": "need",
    "place": "place",
    "parts": "part",
    "title_parts": "part",
    "stems": "part",
}
_WRITTEN = frozenset({"word", "part", "kindred", "typo"})
"""Types of reasons that are told by the word as the text has it."""
_TOKEN = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_INNER = "-'’"
_READ = 1200
"""Characters of the long text in which the matching word is looked for."""
_KINDS = {"part": "word", "place": "word"}
"""Types of reasons that are told as another one."""
_ALONE = ("kindred", "typo", "meaning")
_MOST = 6
_LIKELY = 0.4
"""Share of the strongest of its kind from which a second one is told beside it."""
_TOLD = ("need", "word", "kindred", "typo", "meaning")
_MENTIONED = 0.1
"""Share of the strongest reason's weight from which another kind of reason is told too."""


class Explainer:
    """Makes reasons and sentences; immutable."""

    def __init__(self, labels: Labels, analyser: Analyser) -> None:
        self._labels = labels
        self._analyser = analyser

    def page(self, reading: Reading, language: str) -> "PageReasons":
        """What makes the reasons of all hits of one page."""
        return PageReasons(self._labels, self._analyser, reading, language)

    def sentence(
        self,
        reasons: Sequence[Reason],
        hit: EngineHit,
        meeting: Occurrence | None,
        query: EngineQuery,
        language: str,
    ) -> str:
        """One short sentence: the matching words or need, the place served or the distance, the next time."""
        said = list(_told(reasons, language))
        if hit.tier == "serves":
            codes = query.tiers[0].facets["municipality"]
            if len(codes) <= 2:
                names = " ".join(self._labels.served(code, language) for code in codes[:1])
                said.append(reason_text("serves", language, value=names))
        elif hit.tier in ("near", "farther") and hit.distance is not None:
            said.append(reason_text("distance", language, value=f"{hit.distance:.0f}"))
        if meeting is not None:
            said.append(reason_text("next", language, value=day(meeting.day, language)))
        text = joined(said, language)
        return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".") if text else ""


class PageReasons:
    """Reasons of the hits of one page: what depends on the question alone is found out once."""

    def __init__(self, labels: Labels, analyser: Analyser, reading: Reading, language: str) -> None:
        self._labels = labels
        self._analyser = analyser
        self._language = language
        self._own = {term for word in reading.words for term in (*word.lemmas, *word.parts, *word.stems)}
        self._strange = any(not word.known for word in reading.words)
        self._kinds: dict[int, _Kind] = {}

    def of(
        self, matched: Sequence[tuple[Alternative, float]], hit: EngineHit, activity: Activity
    ) -> tuple[Reason, ...]:
        """Reasons by weight, the strongest first: words as the text has them, needs by name.

        Words that the person did not say are of type `kindred`, those that stand in for a slip `typo`.
        """
        sums: dict[tuple[str, str], float] = {}
        fields: dict[tuple[str, str], str] = {}
        kinds = self._kinds
        for alternative, weight in matched:
            known = kinds.get(id(alternative))  # they live as long as their question does
            if known is None:
                known = kinds[id(alternative)] = _kind(alternative, self._own, self._strange)
            said, field = known
            if said in sums:
                sums[said] += weight
            else:
                sums[said] = weight
                fields[said] = field
        ordered = list(sums.items())
        if len(ordered) > 1:
            ordered.sort(key=lambda item: (-item[1], item[0]))
        found: dict[tuple[str, str], Reason] = {}
        texts = _Texts(activity)
        for (kind, term), weight in ordered:
            value = self._value(kind, term, texts)
            if (kind, value) not in found:
                found[kind, value] = Reason(kind, value, fields[kind, term], round(weight, 4))
            if len(found) == _MOST:
                break
        if not found and hit.cosine > 0:
            return (Reason("meaning", "", "", round(hit.cosine, 4)),)
        return tuple(found.values())

    def _value(self, kind: str, term: str, texts: "_Texts") -> str:
        if kind == "need":
            return self._labels.code("need", term, self._language)
        return self._written(term, texts) if kind in _WRITTEN else term

    def _written(self, term: str, texts: "_Texts") -> str:
        """The word as the text writes it; the base form where it is not found near the beginning."""
        start, more = term[:3], term[:4]
        for text, low in texts:
            if start not in low:
                continue
            for token in _tokens_with(text, low, start):
                small = token.lower()
                if small == term or (
                    (small.startswith(start) or more in small) and self._analyser.means(token, term)
                ):
                    return token if token.isupper() else small
        return self._otherwise_written(term, texts)

    def _otherwise_written(self, term: str, texts: "_Texts") -> str:
        """The same where the stem changes as the word bends: "soita" of "suo", "kodin" of "koto"."""
        initial = term[:1]
        for _, low in texts:
            for match in _TOKEN.finditer(low):
                token = match[0]
                if token.startswith(initial) and self._analyser.means(token, term):
                    return token
        return term


class _Texts:
    """Texts of an activity, each beside itself in lower case; read no further than asked for."""

    __slots__ = ("_left", "_read")

    def __init__(self, activity: Activity) -> None:
        self._left = _texts(activity)
        self._read: list[tuple[str, str]] = []

    def __iter__(self) -> Iterator[tuple[str, str]]:
        yield from self._read
        for text in self._left:
            both = text, text.lower()
            self._read.append(both)
            yield both


_Kind = tuple[tuple[str, str], str]
"""((type, term), field) of an alternative."""


def _kind(alternative: Alternative, own: set[str], strange: bool) -> _Kind:
    if isinstance(alternative, PhraseClause):
        return ("word", " ".join(alternative.texts)), alternative.field
    term, field = alternative.text, alternative.field
    kind = _TYPES.get(field, "word")
    if kind in ("word", "part") and field != "numbers" and term not in own:
        kind = "typo" if strange else "kindred"
    return (kind, term), field


def _texts(activity: Activity) -> Iterator[str]:
    for texts in (activity.title, activity.summary):
        for said in (texts.fi, texts.sv, texts.en):
            if said:
                yield said
    texts = activity.description
    yield from [said[:_READ] for said in (texts.fi, texts.sv, texts.en) if said]
    if activity.organisation:
        yield activity.organisation.name


def _tokens_with(text: str, low: str, start: str) -> Iterator[str]:
    """Words of `text` that hold `start`; `low` is the text in lower case."""
    if len(low) != len(text) or not start[:1].isalnum():  # rare letters change their length
        yield from (match[0] for match in _TOKEN.finditer(text))
        return
    at = low.find(start)
    while at >= 0:
        first = at
        while first and (
            text[first - 1].isalnum()
            or (text[first - 1] in _INNER and first > 1 and text[first - 2].isalnum())
        ):
            first -= 1
        match = _TOKEN.match(text, first)
        if match is None:
            return
        yield match[0]
        at = low.find(start, max(match.end(), at + 1))


def _told(reasons: Sequence[Reason], language: str) -> Iterable[str]:
    """The strongest words and the strongest need, in the order of their weight: two of the first kind, one
    of any other, so that a card's line stays one sentence."""
    if not reasons:
        return
    least = _MENTIONED * reasons[0].weight
    kinds: dict[str, list[Reason]] = {}
    for reason in reasons:
        if reason.weight >= least:
            kinds.setdefault(_KINDS.get(reason.type, reason.type), []).append(reason)
    for place, (kind, found) in enumerate(kinds.items()):
        if kind not in _TOLD:
            continue
        values = [found[0].value]
        if not place and len(kinds) == 1 and kind not in _ALONE:
            likely = _LIKELY * found[0].weight
            values = list(dict.fromkeys(reason.value for reason in found if reason.weight >= likely))[:2]
        code = "words" if kind == "word" and len(values) > 1 else kind
        yield reason_text(code, language, value=joined([f"”{value}”" for value in values], language))
