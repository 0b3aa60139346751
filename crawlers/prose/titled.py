"""Days that a heading tells: "Teatteriretki Mikkeliin 10.10." above a price and a deadline."""

import re

from crawlers.prose import topics
from crawlers.prose.atoms import Cue, Day, Days, Stretch
from crawlers.prose.contacts import read_contacts
from crawlers.prose.price import read_price, read_registration
from crawlers.prose.sections import Section
from crawlers.prose.sentence_times import scan

_NONE = (Cue.REGISTRATION, Cue.OFFICE, Cue.INTERNAL, Cue.PAST, Cue.CANCELLED, Cue.SEASON, Cue.PAUSE)
_ENDS = " ,.–-:;()|"


def day_of_title(section: Section) -> str | None:
    """The day of a heading as a sentence, where what stands below tells how to take part."""
    scanned = scan(section.title)
    days = scanned.of(Day, Stretch)
    if len(days) != 1 or scanned.has(*_NONE) or not topics.names_activity(title_without_day(section)):
        return None
    lines = section.sentences()
    if not (read_registration(lines) or read_price(lines) or read_contacts(lines)):
        return None
    first = min(atom.start for atom in scanned.of(Day, Days, Stretch))
    told = section.title[first : days[0].end]
    return f"Matka {told}" if isinstance(days[0], Stretch) else told


def title_without_day(section: Section) -> str:
    """The name in a heading that ends in its day."""
    scanned = scan(section.title)
    first = min((atom.start for atom in scanned.of(Day, Days, Stretch)), default=len(section.title))
    name = re.sub(r"\s+", " ", section.title[:first]).strip(_ENDS)
    return name or section.title
