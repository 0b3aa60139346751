"""Lines of several towns, each with its own times and its own person to ask: a group in each of them."""

import re
from collections.abc import Iterator

from crawlers.prose.contacts import mails, phones
from crawlers.prose.labels import is_name_label, is_town_label
from crawlers.prose.sections import Section
from crawlers.prose.sentences import sentences
from crawlers.prose.shapes import Block, BlockKind, Resolver
from crawlers.prose.times import read_schedules
from crawlers.prose.years import Calendar

_LEAD = re.compile(r"\W*([A-ZÅÄÖ][\w-]+)\s?(?::|\s[–|-]|\s\|)\s")
_FEWEST = 2


def town_sections(section: Section, calendar: Calendar, resolve: Resolver) -> tuple[Section, ...]:
    """A section for each line that a town leads, where two or more tell times and contacts of their own.

    Where the contacts are common to all, the towns are places of one activity.
    """
    led = [(town, line, block) for block in section.blocks for town, line in _led(block, resolve)]
    if len({town for town, _, _ in led}) < _FEWEST:
        return ()
    used = {line for _, line, _ in led}
    found = [
        (town, Block(block.kind, line, anchor=block.anchor, cells=block.cells))
        for town, line, block in led
        if read_schedules(sentences(line), calendar)
    ]
    asked = [
        any(True for _ in phones(block.text)) or any(True for _ in mails(block.text)) for _, block in found
    ]
    if len({town for town, _ in found}) < _FEWEST or not all(asked):
        return ()
    shared = tuple(
        block
        for block in section.own_blocks()
        if block.kind is BlockKind.PARAGRAPH and not used & set(block.text.split("\n"))
    )
    return tuple(
        Section(
            f"{section.title}, {town}",
            section.level + 1,
            (block,),
            (*section.above, section.title),
            block.anchor,
            shared=shared,
        )
        for town, block in found
    )


def _led(block: Block, resolve: Resolver) -> Iterator[tuple[str, str]]:
    """The town and the line of each line of a block that one leads."""
    if block.cells:
        town = next((value for label, value in block.cells if is_town_label(label)), "")
        named = any(is_name_label(label) for label, _ in block.cells)  # then it tells more than the town
        if town and not named and resolve(town) is not None and block.text.startswith(town):
            yield town, block.text
        return
    for line in block.text.split("\n"):
        lead = _LEAD.match(line)
        if lead is not None and resolve(lead[1]) is not None:
            yield lead[1], line
