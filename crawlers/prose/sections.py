"""Blocks under their headings: the sections of a page, with headings that only name a field told apart."""

import re
from collections.abc import Iterator, Sequence

import msgspec

from crawlers.prose.lexicon import FLAGS
from crawlers.prose.sentences import sentences
from crawlers.prose.shapes import Block, BlockKind

_FACET = re.compile(
    r"\W*(?:aika|ajankohta|aika\sja\spaikka|milloin|missä|missä\sja\smilloin|milloin\sja\smissä|paikka"
    r"|kokoontumispaikka"
    r"|kenelle|kohderyhmä|hinta|maksu|kustannukset|ilmoittautuminen|ilmoittautumiset|ilmoittaudu"
    r"|yhteystiedot|lisätietoja?"
    r"|lisätiedot|ota\syhteyttä|yhteydenotto|yhteyshenkilöt?|tule\smukaan|tervetuloa(?:\smukaan)?"
    r"|(?:ryhmän\s)?(?:ohjaajat?"
    r"|vetäjät?)|aikataulu|kokoontumiset|kokoontumisajat|tapaamiset|ajat|osoite|sijainti|saapuminen"
    r"|mitä|miten\smukaan"
    r"|(?:mitä|paljonko)\s(?:se\s)?maksaa|mistä\slisätietoja|keneltä\slisätietoja|kuka\sohjaa|kenelle\ssopii"
    r"|puhelin|puhelinnumero|puh\.?|sähköposti|hinnat|osallistumismaksu"
    r"|kuinka\smukaan|huomioitavaa|huom|kesto|hyvä\stietää|miksi|kesätauko|tauko|aukioloajat|avoinna)\W*",
    FLAGS,
)
_CONTACT_FACET = re.compile(r"yhtey|lisätie|ilmoittau", FLAGS)
_MOST_SENTENCES = 150


class Section(msgspec.Struct, frozen=True):
    """A heading with what stands under it, up to the next heading of its own or a higher level.

    `above` holds the headings over it, topmost first; `facets` are sections such as "Aika ja paikka" that
    tell more of this one. `listed` = others under the same heading tell their own times. `shared` are blocks
    that it has in common with its neighbours in a list.
    """

    title: str
    level: int
    blocks: tuple[Block, ...]
    above: tuple[str, ...] = ()
    anchor: str | None = None
    facets: tuple["Section", ...] = ()
    listed: bool = False
    shared: tuple[Block, ...] = ()

    def own_blocks(self) -> tuple[Block, ...]:
        """The blocks of the section and of its facets."""
        return self.blocks + self.shared + tuple(block for facet in self.facets for block in facet.blocks)

    def lines(self) -> Iterator[str]:
        """Every line; a facet's heading labels its lines."""
        for block in self.blocks + self.shared:
            yield from block.text.split("\n")
        for facet in self.facets:
            for block in facet.blocks:
                yield from block.text.split("\n")

    def sentences(self) -> tuple[str, ...]:
        """The sentences of all lines, at most a few hundred."""
        found = (part for line in self.lines() for part in sentences(line))
        return tuple(part for part, _ in zip(found, range(_MOST_SENTENCES), strict=False))

    def shared_sentences(self) -> tuple[str, ...]:
        """The sentences that its neighbours in a list have too."""
        lines = (line for block in self.shared for line in block.text.split("\n"))
        return tuple(part for line in lines for part in sentences(line))


def sections(blocks: Sequence[Block], page_title: str) -> tuple[Section, ...]:
    """The sections of a page in order, facets put under the section they speak of."""
    return _with_facets(list(_cut(blocks, page_title)))


def is_facet(title: str) -> bool:
    """Whether a heading names a field of what stands above it, not a thing of its own."""
    return bool(_FACET.fullmatch(title))


def _cut(blocks: Sequence[Block], page_title: str) -> Iterator[Section]:
    trail: list[tuple[int, str]] = []
    title, level, anchor = page_title, 0, None
    body: list[Block] = []
    for block in blocks:
        if block.kind is not BlockKind.HEADING:
            body.append(block)
            continue
        if body or level:
            yield Section(title, level, tuple(body), tuple(text for _, text in trail), anchor)
        while trail and trail[-1][0] >= block.level:
            trail.pop()
        if level and level < block.level:
            trail = [entry for entry in trail if entry[0] < level] + [(level, title)]
        title, level, anchor, body = block.text, block.level, block.anchor, []
    if body or level:
        yield Section(title, level, tuple(body), tuple(text for _, text in trail), anchor)


def _with_facets(cut: list[Section]) -> tuple[Section, ...]:
    kept: list[Section] = []
    for index, section in enumerate(cut):
        if not kept or not is_facet(section.title):
            kept.append(section)
            continue
        owner = _owner(kept, section, cut, index)
        if owner is None:
            kept.append(section)
        else:
            kept[owner] = msgspec.structs.replace(kept[owner], facets=(*kept[owner].facets, section))
    return tuple(kept)


def _owner(kept: list[Section], facet: Section, cut: list[Section], index: int) -> int | None:
    """The nearest section above by level. After several sections on one level contacts are everybody's."""
    for position in range(len(kept) - 1, -1, -1):
        if 0 < kept[position].level < facet.level or kept[position].level == 0:
            return position
    last = len(kept) - 1
    alone = sum(not is_facet(section.title) for section in cut[: index + 1]) == 1
    return last if alone or not _CONTACT_FACET.search(facet.title) else None
