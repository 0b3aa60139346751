"""One hit as the page shows it: every fact in words, nothing that the source does not tell."""

import datetime as dt
import re
from functools import lru_cache
from typing import NamedTuple

from app.web.languages import language
from app.web.site import Site
from app.web.telling import like, told
from app.web.texts import gettext as _
from app.web.wording.days import meeting
from app.web.wording.distances import distance
from app.web.wording.freshness import FreshnessWords, freshness_words
from app.web.wording.lines import unbroken
from app.web.wording.phones import callable_number
from app.web.wording.phones import shown as phone_shown
from app.web.wording.schedules import rhythm
from schemas.activity import Activity, Channel
from schemas.codes import ChannelType, ContactType, PriceKind
from schemas.occurrences import occurrences
from schemas.schedule import Occurrence, Schedule
from schemas.search import Hit

_PRICE = re.compile(r"(?:hinta|pris|price)\s*:\s*", re.IGNORECASE)
"""At the beginning of a text: told as the name of the fact."""


class Phone(NamedTuple):
    """A number as it is read and as it is called, and whose it is."""

    shown: str
    call: str
    name: str


class Card(NamedTuple):
    """What a result says. Empty strings are facts that are not known, and not shown."""

    id: str
    title: str
    lang: str
    organisation: str
    kind: str
    summary: str
    when: str
    rhythm: str
    where: str
    whom: str
    price: str
    phone: Phone | None
    join: str
    freshness: FreshnessWords | None
    differs: str
    status: str
    example: bool


def card(hit: Hit, parts: Site, today: dt.date) -> Card:
    """The card of one hit."""
    activity = hit.activity
    title, lang = said(activity.title.items(), language())
    return Card(
        id=activity.id,
        title=title,
        lang=lang,
        organisation=activity.organisation.name if activity.organisation else "",
        kind=parts.labels("kind", activity.kind.value) if activity.kind else "",
        summary=shortened(opening(activity)),
        when=meeting(hit.next, today) if hit.next else "",
        rhythm=next_rhythm(activity, hit.next),
        where=where(activity, parts),
        whom=parts.labels.whom(activity, most=3),
        price=price(activity),
        phone=phone(activity),
        join=join(activity),
        freshness=freshness_words(activity.freshness, today),
        differs=differs(activity),
        status=parts.labels("status", activity.status.value) if activity.status != "active" else "",
        example=marked_example(activity),
    )


def said(texts: tuple[tuple[str, str], ...], code: str) -> tuple[str, str]:
    """(text, its language) for the reader: their language, else Finnish, Swedish or English."""
    by_language = dict(texts)
    for wanted in (code, "fi", "sv", "en"):
        if wanted in by_language:
            return by_language[wanted], wanted
    return "", "fi"


def opening(activity: Activity) -> str:
    """The summary; where it only asks ("Onko olo yksinäinen?"), the text that goes on from it."""
    summary, description = told(activity.summary), told(activity.description)
    asks = summary.rstrip().endswith("?") and description.startswith(summary)
    return description if asks or not summary else summary


def shortened(text: str, longest: int = 220) -> str:
    """The first sentences of a text, whole words only."""
    first = text.strip().split("\n", 1)[0].strip()
    if len(first) <= longest:
        return like(first, text)
    cut = first[:longest]
    stop = max(cut.rfind(". "), cut.rfind("? "), cut.rfind("! "))
    return like(cut[: stop + 1] if stop > longest // 2 else f"{cut.rsplit(' ', 1)[0]} …", text)


def next_rhythm(activity: Activity, found: Occurrence | None) -> str:
    """The rhythm of the schedule that the next meeting belongs to; empty for single days."""
    if found is None:
        return ""
    for schedule in activity.schedules():
        words = rhythm(schedule)
        if words and schedule.start_time == found.start_time and _holds(schedule, found.day):
            return words
    return ""


@lru_cache(4096)
def _holds(schedule: Schedule, day: dt.date) -> bool:
    """Whether a schedule meets on a day; many activities have the same one."""
    return any(True for _meeting in occurrences(schedule, day, day))


def where(activity: Activity, parts: Site) -> str:
    """Where or how one takes part, in a few words."""
    words = [_place(channel, parts) for channel in activity.channels if channel.place]
    types = {channel.type for channel in activity.channels}
    if ChannelType.HYBRID in types or (ChannelType.ONLINE in types and words):
        words.append(_("myös verkossa"))
    elif ChannelType.ONLINE in types:
        words.append(_("Verkossa"))
    if ChannelType.PHONE in types:
        words.append(_("puhelimessa") if words else _("Puhelimessa"))
    if ChannelType.HOME in types:
        words.append(_("kotonasi") if words else _("Kotonasi"))
    if not words:
        return served(activity, parts)
    shown = list(dict.fromkeys(filter(None, words)))
    return "; ".join(shown[:3]) + (_(" ja muualla") if len(shown) > 3 else "")


def _place(channel: Channel, parts: Site) -> str:
    place = channel.place
    if place is None:
        return ""
    city = parts.labels.town(place)
    named = place.name or unbroken(place.street or "")
    return ", ".join(dict.fromkeys(filter(None, (named, city))))


def doors(activity: Activity, parts: Site) -> list[str]:
    """Names and street addresses of the places: a hand-out must lead to the door."""
    return list(
        dict.fromkeys(
            ", ".join(
                dict.fromkeys(
                    filter(None, (place.name, unbroken(place.street or ""), parts.labels.town(place)))
                )
            )
            for place in activity.places()
            if place.name or place.street
        )
    )


def served(activity: Activity, parts: Site) -> str:
    """The area served in words; empty where the source does not tell."""
    area = activity.served
    if area.scope == "national":
        return _("Koko Suomi")
    if area.scope == "county":
        return ", ".join(map(parts.labels.county, area.counties)) or _("Koko hyvinvointialue")
    names = sorted(parts.labels.municipality(code) for code in area.municipalities)
    own = set(parts.county.municipalities)
    if own and own <= set(area.municipalities):
        return _("Kaikki kunnat: %(county)s", county=parts.county.brand or parts.county.name.get(language()))
    if len(names) > 4:
        return _("%(names)s ja %(number)s muuta kuntaa", names=", ".join(names[:3]), number=len(names) - 3)
    return ", ".join(names)


def price(activity: Activity) -> str:
    """What it costs; the source's own words where there are any."""
    info = price_words(activity)
    if activity.price.kind is PriceKind.FREE:
        return _("Maksuton")
    if info:
        return shortened(info, 80)
    return _("Maksullinen") if activity.price.kind is PriceKind.PAID else ""


def price_words(activity: Activity) -> str:
    """The source's words about the price, without the "Hinta:" that stands before them on the page."""
    info = told(activity.price.info)
    return like(info[found.end() :] if (found := _PRICE.match(info)) else info, info)


def phone(activity: Activity) -> Phone | None:
    """The first number to call; None where there is none."""
    for contact in activity.contacts:
        if contact.type is ContactType.PHONE:
            return Phone(phone_shown(contact.value), callable_number(contact.value), contact.name or "")
    number = activity.registration.phone
    return Phone(phone_shown(number), callable_number(number), "") if number else None


def marked_example(activity: Activity) -> bool:
    """Whether it must be marked as an example: not where the name of its organisation says so already."""
    named = activity.organisation.name if activity.organisation else ""
    return activity.example and _("esimerkki") not in named.casefold()


def differs(activity: Activity) -> str:
    """Whether sources differ: "" = no, "phone" = only in whom to call (both may answer), else "facts"."""
    fields = {conflict.field for conflict in activity.conflicts}
    return "" if not fields else "phone" if fields == {"phone"} else "facts"


def join(activity: Activity) -> str:
    """How one gets in, in one short sentence; empty where the source does not tell."""
    if activity.registration.required is True:
        return _("Ilmoittaudu ennakkoon.")
    if activity.registration.required is False:
        return _("Voit tulla ilmoittautumatta.")
    return ""


def away(hit: Hit) -> str:
    """How far from the person's place, where that tells something."""
    return distance(hit.distance) if hit.distance is not None and hit.distance >= 1 else ""
