"""Under the heading of a month a line tells the day alone: "3. to klo 17" below "SYYSKUU" is 3.9."""

import re

import msgspec

from crawlers.prose.lexicon import FLAGS, MONTH, SHORT, STEM, month
from crawlers.prose.sections import Section
from crawlers.prose.shapes import Block

_HEADING = re.compile(
    rf"\W*({MONTH})kuu(?:n|ssa)?(?:\s(?:ohjelma|tapahtumat|toiminta|kalenteri)\w*)?(?:\s20\d\d)?\W*", FLAGS
)
_WEEKDAY = rf"(?:(?:{STEM})(?:na)?|(?:{SHORT})\b\.?)"
_DAYS = r"(?:[1-9]|[12]\d|3[01])\."
_DAY_LEADS = re.compile(
    rf"(?P<mark>[^\w(]*)(?P<wd>{_WEEKDAY}(?:\s?[–-]\s?{_WEEKDAY})?\s+)?(?P<days>{_DAYS}(?:\s?(?:,|ja|sekä|–|-)\s?{_DAYS})*)(?!\s?\d)"
    rf"(?P<after>[\s|,:–-]+{_WEEKDAY}(?![\w-]))?(?=[\s|,:–-])",
    FLAGS,
)
_COUNTED = re.compile(r"\s*(?:kerta|krs|kerros|luokka|sija|palkinto|päivä\b|vuosi|kertaa|viikko)", FLAGS)


def in_month(section: Section) -> Section:
    """The section with its month written to the days that lead its lines, where its heading is a month."""
    heading = _HEADING.fullmatch(section.title)
    if heading is None:
        return section
    number = month(heading[1])
    return msgspec.structs.replace(section, blocks=tuple(_told(block, number) for block in section.blocks))


def _told(block: Block, number: int) -> Block:
    lines = [_dated(line, number) for line in block.text.split("\n")]
    text = "\n".join(lines)
    if text == block.text:
        return block
    lead = block.lead if text.startswith(block.lead) else ""
    return msgspec.structs.replace(block, text=text, lead=lead)


def _dated(line: str, number: int) -> str:
    found = _DAY_LEADS.match(line)
    if found is None or _COUNTED.match(line, found.end()):
        return line
    weekday = (found["wd"] or found["after"] or "").strip(" |,:–-.").lower()
    weekday = "–".join(part.strip()[:2] for part in re.split(r"[–-]", weekday))
    days = f"{found['days']}{number}."
    return f"{weekday} {days}{line[found.end() :]}".strip()
