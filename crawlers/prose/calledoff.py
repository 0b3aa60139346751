"""Cards of events that are called off: "Peruttu" stands in a box of its own, above or beside the name."""

import re

from lxml import html

from crawlers.prose.atoms import Day, Days, Monthly
from crawlers.prose.datecards import move_below
from crawlers.prose.lexicon import FLAGS
from crawlers.prose.sentence_times import scan

_ALONE = re.compile(
    r"\W*(?:(?:on\s)?peru(?:ttu|utettu)|tapahtuma\s(?:on\s)?peruttu|inställ[td]|cancelled|canceled)\W*", FLAGS
)
_OF_ALL = re.compile(
    r"\W*(?:(?:tapahtuma|retki|matka|tilaisuus|kurssi)\s)?(?:on\s)?peru(?:ttu|utettu|taan|untuu)\b", FLAGS
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BOXES = ("span", "div", "p", "strong", "b", "em", "label", "small")
_LONGEST = 30


def calls_off(sentence: str) -> bool:
    """ "Peruttu vähäisen osanoton vuoksi." calls off all of it; "Peruttu 12.1." one day."""
    if _ALONE.fullmatch(sentence):
        return True
    return _OF_ALL.match(sentence) is not None and not scan(sentence).of(Day, Days, Monthly)


def settle_called_off(root: html.HtmlElement) -> None:
    """Put each such box right under the name of its card, so that it is no line of the card before it.

    Its card is the smallest element that holds both the box and a heading, if it holds no other heading.
    """
    for box in list(root.iter(*_BOXES)):
        text = (box.text or "").strip()
        if len(box) or not text or len(text) > _LONGEST or not _ALONE.fullmatch(text):
            continue
        for card in box.iterancestors():
            headings = list(card.iter(*_HEADINGS))
            if headings or card is root:
                if len(headings) == 1 and headings[0] not in box.iterancestors():
                    move_below(box, headings[0], text)
                break
