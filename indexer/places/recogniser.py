"""Places in free text: `PlaceRecogniser.find`."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from indexer.places.channels import Channel, find_channels
from indexer.places.context import LemmaReader, Surroundings, Verdict, is_absorbed, judge
from indexer.places.lexicon import Reading, Target
from indexer.places.mention import PlaceMention
from indexer.places.names import load_places
from schemas.county import SubRegion
from schemas.gazetteer import Gazetteer

_TOKEN = re.compile(r"[^\W\d_]+(?:[:'’][^\W\d_]+)?(?:[-–][^\W\d_]+)*|\d+")
_SHORT = 6  # words; a longer text is a sentence, where a bare noun is a noun
_UNITS = {"euroa", "e", "eur", "kpl", "henkilöä", "askelta", "km", "kertaa", "ihmistä", "jäsentä", "krt", "m"}


class _Token(NamedTuple):
    start: int
    end: int
    raw: str

    @property
    def low(self) -> str:
        return self.raw.lower().replace("–", "-").replace("’", "'")


class _Candidate(NamedTuple):
    token: _Token
    readings: tuple[Reading, ...]
    first: int
    last: int
    tail: str = ""  # what follows in the same hyphenated word


class PlaceRecogniser:
    """Finds places in Finnish text. Immutable after construction; safe to share between threads.

    `home_county` is a county code; `sub_regions` the named parts of the home county. `lemmas`, where given,
    reads words that the table of common words does not know (spoken and clitic forms). `cache` is a
    folder that keeps the table of forms for the next start.
    """

    def __init__(
        self,
        gazetteer: Gazetteer,
        home_county: str,
        sub_regions: tuple[SubRegion, ...] = (),
        lemmas: LemmaReader | None = None,
        cache: Path | None = None,
    ) -> None:
        self._gazetteer = gazetteer
        self._home = home_county
        self._home_codes = tuple(place.code for place in gazetteer.municipalities_of_county(home_county))
        self._lexicon = load_places(
            gazetteer, frozenset(self._home_codes), tuple(self._areas(sub_regions)), cache
        )
        self._lemmas = lemmas

    def find(self, text: str) -> tuple[PlaceMention, ...]:
        """Places and ways of taking part in `text`, in order, without overlaps; never raises."""
        tokens = [_Token(hit.start(), hit.end(), hit[0]) for hit in _TOKEN.finditer(text)]
        found = [self._channel(text, channel) for channel in find_channels(text)]
        taken = {place for item in found for place in range(item.start, item.end)}
        found += self._postcodes(text, tokens)
        candidates = [item for item in self._candidates(text, tokens) if item.token.start not in taken]
        sure = self._plain_spots(candidates, found, tokens)
        mixed = any(token.raw.islower() for token in tokens)
        for candidate in candidates:
            if mention := self._mention(text, tokens, candidate, sure, mixed):
                found.append(mention)
        return _without_overlaps(_narrowed(sorted(found, key=lambda item: (item.start, -item.end))))

    def forms(self) -> tuple[str, ...]:
        """Lower-case written forms of places, for a matcher of misspelt words."""
        return self._lexicon.forms()

    def _areas(self, sub_regions: tuple[SubRegion, ...]) -> Iterator[Target]:
        for county in self._gazetteer.counties:
            codes = tuple(place.code for place in self._gazetteer.municipalities_of_county(county.code))
            inside = county.code == self._home
            for name in filter(None, (county.place, county.brand, _short(county.place))):
                if county.code not in {"helsinki", "vantaa-kerava"}:
                    yield Target(name.lower(), county.place, "county", county.code, codes, inside, "internal")
        for region in sub_regions:
            codes = region.municipalities
            yield Target(region.fi.lower(), region.fi, "region", region.code, codes, True, "internal")

    def _channel(self, text: str, item: Channel) -> PlaceMention:
        code, name = "", ""
        codes: tuple[str, ...] = ()
        if item.kind == "county":
            county = self._gazetteer.county(self._home)
            code, name, codes = county.code, county.place, self._home_codes
        surface = text[item.start : item.end]
        evidence = (item.evidence,)
        return PlaceMention(
            item.start, item.end, surface, item.kind, code, codes, name, item.case, item.certain, evidence
        )

    def _postcodes(self, text: str, tokens: list[_Token]) -> Iterator[PlaceMention]:
        for position, token in enumerate(tokens):
            place = self._gazetteer.by_postcode(token.raw) if len(token.raw) == 5 else None
            if place is None or not token.raw.isdigit():
                continue
            before = text[max(0, token.start - 4) : token.start]
            after = text[token.end : token.end + 2]
            following = tokens[position + 1].low if position + 1 < len(tokens) else ""
            # A run of digits around it is a phone number or an amount, not a postcode.
            if (
                re.search(r"[\d+][\s./-]*$", before)
                or re.match(r"[ .,/-]?[\d€]", after)
                or following in _UNITS
            ):
                continue
            yield PlaceMention(
                token.start, token.end, token.raw, "postcode", place.code, (place.code,), token.raw, "none",
                True, ("an existing postcode",),
            )  # fmt: skip

    def _candidates(self, text: str, tokens: list[_Token]) -> Iterator[_Candidate]:
        position = 0
        while position < len(tokens):
            found = self._at(text, tokens, position)
            yield from found
            position = max([position, *(item.last for item in found)]) + 1

    def _at(self, text: str, tokens: list[_Token], position: int) -> list[_Candidate]:
        for size in range(min(self._lexicon.longest, len(tokens) - position), 0, -1):
            last = position + size - 1
            start, end = tokens[position].start, tokens[last].end
            gaps = (
                text[a.end : b.start]
                for a, b in zip(tokens[position:last], tokens[position + 1 :], strict=False)
            )
            if not all(gap.isspace() for gap in gaps):
                continue
            form = " ".join(token.low for token in tokens[position : last + 1])
            if readings := self._readings(form):
                return [_Candidate(_Token(start, end, text[start:end]), readings, position, last)]
        return list(self._parts(tokens[position], position))

    def _readings(self, form: str) -> tuple[Reading, ...]:
        return self._lexicon.readings(form) or (
            self._lexicon.readings(form.replace(":", "")) if ":" in form else ()
        )

    def _parts(self, token: _Token, position: int) -> Iterator[_Candidate]:
        """The parts of a hyphenated word: Joensuu-ryhmä, Kiteen-kerho, Lieksa–Nurmes."""
        if "-" not in token.low:
            return
        offset = token.start
        for part in re.split(r"[-–]", token.raw):
            inner = _Token(offset, offset + len(part), part)
            offset += len(part) + 1
            tail = token.low[inner.end - token.start + 1 :]
            if len(part) > 2 and (readings := self._lexicon.readings(inner.low)):
                whole = tuple(item for item in readings if item.plain and item.target.kind != "postal")
                if whole:
                    yield _Candidate(inner, whole, position, position, tail)

    def _plain_spots(
        self, candidates: list[_Candidate], found: list[PlaceMention], tokens: list[_Token]
    ) -> dict[int, frozenset[str]]:
        """Token positions whose word can only be a place, with its municipalities."""
        spots = {
            item.first: frozenset(item.readings[0].target.codes)
            for item in candidates
            if not self._homograph(item.token.low, item.readings[0])
            and item.readings[0].target.kind != "postal"
            and not item.readings[0].target.swedish
        }
        starts = {token.start: index for index, token in enumerate(tokens)}
        for mention in found:
            if mention.kind == "postcode":
                spots[starts[mention.start]] = frozenset(mention.codes)
        return spots

    def _homograph(self, form: str, reading: Reading) -> str:
        known = self._gazetteer.homographs.get(form, "")
        if known or reading.plain:
            return known
        base = self._gazetteer.homographs.get(reading.target.base, "")
        if reading.case == "demonym":
            return base if reading.target.kind == "settlement" else ""
        if base:
            return base
        if self._lemmas is not None:
            others = [lemma for lemma in self._lemmas(form) if lemma.lower() != reading.target.base]
            return "word" if others else ""
        return ""

    def _mention(
        self, text: str, tokens: list[_Token], item: _Candidate, sure: dict[int, frozenset[str]], mixed: bool
    ) -> PlaceMention | None:
        around = _surroundings(text, tokens, item, sure, mixed)
        best: tuple[Reading, Verdict] | None = None
        rank = (0, False)
        for reading in item.readings:
            homograph = self._homograph(item.token.low, reading)
            beside, shares = _beside(item, sure, reading)
            near = around._replace(place_beside=beside, shares_code=shares)
            verdict = judge(reading, homograph, near, self._gazetteer.given_names)
            # "Nurmijärvi, Lieksa": the village wins over the municipality of the same name.
            if (verdict.score, shares) > rank and verdict.score:
                best, rank = (reading, verdict), (verdict.score, shares)
        if best is None:
            return None
        return self._written(text, tokens, item, best[0], best[1])

    def _written(
        self, text: str, tokens: list[_Token], item: _Candidate, reading: Reading, verdict: Verdict
    ) -> PlaceMention:
        target = reading.target
        end = item.token.end
        after = tokens[item.last + 1] if item.last + 1 < len(tokens) else None
        close = after is not None and text[end : after.start].isspace()
        if reading.case == "genitive" and after is not None and close and is_absorbed(after.low):
            end = after.end
        single = len(target.codes) == 1 or target.kind in {"county", "region"} or target.home
        certain = verdict.score >= 2 and single
        return PlaceMention(
            item.token.start, end, text[item.token.start : end], target.kind.replace("postal", "settlement"),
            target.code, target.codes, target.name, reading.case, certain, verdict.evidence,
        )  # fmt: skip


def _short(name: str) -> str:
    """P-Karjala for Pohjois-Karjala; "" where no short form is in use."""
    head, hyphen, tail = name.partition("-")
    return f"{head[0]}-{tail}" if hyphen and head in {"Pohjois", "Etelä"} else ""


def _surroundings(
    text: str, tokens: list[_Token], item: _Candidate, sure: dict[int, frozenset[str]], mixed: bool
) -> Surroundings:
    before = tokens[item.first - 1] if item.first else None
    after = tokens[item.last + 1] if item.last + 1 < len(tokens) else None
    initial = before is not None and len(before.raw) == 1
    stop = (
        before is not None and not initial and bool(re.search(r"[.!?:]", text[before.end : item.token.start]))
    )
    return Surroundings(
        surface=item.token.raw,
        before=before.low if before else "",
        before_raw=before.raw if before and not stop else "",
        after=item.tail or (after.low if after else ""),
        first=before is None or stop,
        alone=len(tokens) == item.last - item.first + 1
        and item.token.end - item.token.start == len(text.strip()),
        mixed_case=mixed,
        place_beside=False,
        shares_code=False,
        short=len(tokens) <= _SHORT,
    )


def _beside(item: _Candidate, sure: dict[int, frozenset[str]], reading: Reading) -> tuple[bool, bool]:
    """Whether a certain place stands next to it, and whether one of the same municipality does.

    For far-off postal areas only their own municipality counts.
    """
    near = [sure[spot] for spot in (item.first - 1, item.last + 1) if spot in sure]
    shares = any(codes.intersection(reading.target.codes) for codes in near)
    return (shares if reading.target.kind == "postal" else bool(near)), shares


def _narrowed(found: list[PlaceMention]) -> list[PlaceMention]:
    """A name shared by several municipalities means the one named beside it (Hattuvaara, Ilomantsi)."""
    named = {item.code for item in found if item.kind in {"municipality", "postcode"}}
    narrowed = []
    for item in found:
        shared = tuple(code for code in item.codes if code in named)
        if item.kind == "settlement" and len(item.codes) > 1 and shared:
            narrowed.append(_with_codes(item, shared))
        else:
            narrowed.append(item)
    return narrowed


def _with_codes(item: PlaceMention, codes: tuple[str, ...]) -> PlaceMention:
    return PlaceMention(
        item.start, item.end, item.surface, item.kind, codes[0], codes, item.name, item.case, True,
        (*item.evidence, "its municipality is named"),
    )  # fmt: skip


def _without_overlaps(found: list[PlaceMention]) -> tuple[PlaceMention, ...]:
    kept: list[PlaceMention] = []
    for item in found:
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
    return tuple(kept)
