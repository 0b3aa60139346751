"""Activities of a shortlist, and what the hand-out says of each: facts, address, QR code, text."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from app.web.cards import doors, price, served, shortened
from app.web.interface import interface
from app.web.languages import NAMES, PREFIXES
from app.web.professional.referral import Referral, referral
from app.web.professional.rows import Row, row
from app.web.site import Site
from app.web.telling import plain, told
from app.web.texts import gettext as _
from app.web.wording.days import date
from app.web.wording.schedules import schedule_words
from schemas.activity import Activity
from schemas.codes import Frequency
from schemas.errors import NotFound
from schemas.search import Hit

MOST = 12
"""Activities on one list: more is a directory, not guidance."""

LANGUAGES = tuple((code, NAMES[code], prefix) for code, prefix in PREFIXES.items())
"""(code, own name, URL prefix) of the languages of a hand-out."""

_LONGEST_ID = 200
_TYPED = 40


class Entry(NamedTuple):
    """One activity of a list.

    facts  (name, sentences) in the fixed order when, where, for whom, price, how to join
    link   where its facts are up to date; `shown` the same as a person types it (its site, when long)
    """

    row: Row
    summary: str
    times: tuple[str, ...]
    facts: tuple[tuple[str, tuple[str, ...]], ...]
    link: str
    shown: str
    qr: Markup


class Listed(NamedTuple):
    """The entries in the order asked, and how many of the ids nobody knows any more."""

    entries: list[Entry]
    missing: int


def listed(identifiers: Sequence[str], parts: Site) -> Listed:
    """The activities of a list; unknown ids are counted, repeated ones dropped."""
    hits: list[Hit] = []
    missing = 0
    for identifier in list(dict.fromkeys(identifiers))[:MOST]:
        try:
            hits.append(parts.search.activity(identifier[:_LONGEST_ID]))
        except NotFound:
            missing += 1
    today = parts.today()
    return Listed([_entry(hit, parts, today) for hit in hits], missing)


def _entry(hit: Hit, parts: Site, today: dt.date) -> Entry:
    activity = hit.activity
    shown = row(hit, parts, today)
    times = tuple(
        dict.fromkeys(
            ", ".join(filter(None, (words.when, *words.limits)))
            for schedule in activity.schedules()
            if (words := schedule_words(schedule, today, lasting=True)).when
        )
    )
    link = address(activity, parts)
    return Entry(
        row=shown,
        summary=shortened(told(activity.summary, activity.description), 200),
        times=times[:3],
        facts=_facts(hit, shown, times[:3], parts, today),
        link=link,
        shown=_typed(link),
        qr=qr(link),
    )


def _facts(
    hit: Hit, shown: Row, times: Sequence[str], parts: Site, today: dt.date
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    activity, card = hit.activity, shown.card
    upcoming = hit.next.day if hit.next else None
    when = "; ".join(times)
    if upcoming and not (when and _only_single_days(activity)):
        coming = _("seuraavan kerran %(when)s", when=date(upcoming, today))
        when = f"{when} ({coming})" if when else coming[:1].upper() + coming[1:]
    where = "; ".join(doors(activity, parts)) or card.where or served(activity, parts)
    pairs = (
        (_("Milloin"), (when,)),
        (_("Missä"), (where,)),
        (_("Kenelle"), (card.whom,)),
        (_("Hinta"), (price(activity),)),
        (_("Mukaan"), _joining(activity)),
    )
    return tuple((name, said) for name, said in pairs if any(said))


def _only_single_days(activity: Activity) -> bool:
    """Whether the days themselves are told, the next one among them."""
    return all(schedule.frequency is Frequency.ONCE for schedule in activity.schedules())


def _joining(activity: Activity) -> tuple[str, ...]:
    """Sentences: the source's own may be in another language than ours."""
    said = []
    if activity.registration.required is True:
        said.append(shortened(told(activity.registration.info), 120) or _("Ilmoittaudu ennakkoon."))
    if activity.registration.required is False:
        said.append(_("Voit tulla ilmoittautumatta."))
    needed = referral(activity)
    if needed is Referral.NEEDED:
        said.append(_("Tarvitset lähetteen."))
    if needed is Referral.NOT_NEEDED:
        said.append(_("Et tarvitse lähetettä."))
    return tuple(said)


def address(activity: Activity, parts: Site) -> str:
    """Where the facts are up to date for the person who got the paper.

    Our own page when the operator told the site's public address; else the page at the source, which a phone
    outside this network can open; else our page as this browser sees it.
    """
    if not parts.wiring.settings.public_url and activity.url:
        return activity.url
    return interface().activity(activity.id)


def _typed(link: str) -> str:
    """The address as a person would type it: whole while it is short, else the site's name."""
    whole = link.split("://", 1)[-1].rstrip("/")
    return whole if len(whole) <= _TYPED else whole.split("/", 1)[0]


def qr(link: str) -> Markup:
    """The link as an inline drawing, readable from paper: level M, the white around it as quiet zone."""
    import segno

    code = segno.make(link, error="m", micro=False)
    drawing = code.svg_inline(border=2, omitsize=True, svgclass="qr", lineclass=None)
    return Markup(drawing)  # noqa: S704 modules of a QR code, no text of others


def plain_text(entries: Sequence[Entry], day: str, county: str, *, facts: bool = True) -> str:
    """The list as plain text, for a patient record or a mail."""
    blocks = [f"{_('Ohjauslista')} {day}, {county}"]
    for number, entry in enumerate(entries, 1):
        card = entry.row.card
        lines = [f"{number}. {card.title}" + (f" – {card.organisation}" if card.organisation else "")]
        if card.phone:
            lines.append(f"   {_('Puhelin')}: {card.phone.shown}")
        elif entry.row.email:
            lines.append(f"   {_('Sähköposti')}: {entry.row.email}")
        if facts:
            lines += [f"   {name}: {' '.join(map(plain, said))}" for name, said in entry.facts]
        elif entry.row.when:
            lines.append(f"   {_('Seuraavan kerran')}: {entry.row.when}")
        lines.append(f"   {entry.link}")
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks).replace("\u00a0", " ") + "\n"
