"""An activity as the touch screen tells it: large, short, and complete enough for a sheet of paper."""

import base64
import datetime as dt
from functools import lru_cache
from typing import NamedTuple

import segno
from markupsafe import Markup

from app.web.cards import Card, card, doors, price, served
from app.web.professional.entries import address
from app.web.professional.rows import email, short_meeting
from app.web.site import Site
from app.web.telling import told
from app.web.texts import gettext as _
from schemas.search import Hit

QUIET = 4
"""Modules of white around a code, as readers ask for."""


class Code(NamedTuple):
    """A QR code: modules on a side, and its rows as bits, packed and in base64."""

    size: int
    bits: str


class Leaflet(NamedTuple):
    """What a result and the sheet say. Empty strings are facts that are not known.

    facts  (name, text) in the fixed order when, where, for whom, price, how to join
    link   where its facts are up to date; `shown` the same as a person types it
    """

    card: Card
    mail: str
    facts: tuple[tuple[str, str], ...]
    link: str
    shown: str
    code: Code

    @property
    def drawing(self) -> Markup:
        """The QR code as an inline drawing."""
        return drawing(self.code)


def leaflet(hit: Hit, parts: Site, today: dt.date) -> Leaflet:
    """The leaflet of one hit."""
    shown = card(hit, parts, today)
    link = address(hit.activity, parts)
    return Leaflet(
        shown,
        email(hit.activity),
        _facts(hit, shown, parts, today),
        link,
        link.split("://", 1)[-1].rstrip("/"),
        code_of(link),
    )


def _facts(hit: Hit, shown: Card, parts: Site, today: dt.date) -> tuple[tuple[str, str], ...]:
    activity = hit.activity
    # Dates in figures: a sheet is read on other days too, when "tomorrow" is past.
    when = short_meeting(hit.next, today) if hit.next else ""
    when = when[:1].upper() + when[1:]
    if shown.rhythm:
        when = f"{when} ({shown.rhythm})"
    joining = shown.join
    if activity.registration.required is True:
        joining = told(activity.registration.info) or joining
    pairs = (
        (_("Milloin"), when),
        (_("Missä"), "; ".join(doors(activity, parts)[:2]) or shown.where or served(activity, parts)),
        (_("Kenelle"), shown.whom),
        (_("Hinta"), price(activity)),
        (_("Mukaan"), joining),
    )
    return tuple((name, text) for name, text in pairs if text)


@lru_cache(maxsize=12_000)
def code_of(link: str) -> Code:
    """The QR code of an address. One mask for all: trying eight costs four times as much, and reads alike."""
    made = segno.make(link, error="m", micro=False, mask=3, boost_error=False)
    bits = [bool(module) for row in made.matrix for module in row]
    bits += [False] * (-len(bits) % 8)
    packed = bytes(
        sum(bit << (7 - place) for place, bit in enumerate(bits[at : at + 8]))
        for at in range(0, len(bits), 8)
    )
    return Code(len(made.matrix), base64.b64encode(packed).decode())


def drawing(code: Code) -> Markup:
    """An inline SVG of a code, one path of horizontal runs; `js/kiosk/sheet.js` draws the same."""
    packed = base64.b64decode(code.bits)
    runs = []
    for y in range(code.size):
        x = 0
        while x < code.size:
            start = x
            while x < code.size and _dark(packed, y * code.size + x):
                x += 1
            if x > start:
                runs.append(f"M{start + QUIET} {y + QUIET}h{x - start}v1h-{x - start}z")
            x += 1
    side = code.size + 2 * QUIET
    return Markup('<svg class="qr" viewBox="0 0 {0} {0}" aria-hidden="true"><path d="{1}"/></svg>').format(
        side, "".join(runs)
    )


def _dark(packed: bytes, at: int) -> bool:
    return bool(packed[at // 8] >> (7 - at % 8) & 1)
