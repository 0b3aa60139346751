"""Everything known of one activity, in words and in the order in which people ask."""

import datetime as dt
from typing import NamedTuple

from markupsafe import Markup

from app.web.calling import calling
from app.web.cards import (
    Phone,
    differs,
    join,
    marked_example,
    next_rhythm,
    phone,
    price,
    price_words,
    said,
    served,
    shortened,
)
from app.web.languages import language
from app.web.site import Site
from app.web.telling import like, marked, told
from app.web.texts import gettext as _
from app.web.wording.days import date, listed, local_day, meeting
from app.web.wording.freshness import FreshnessWords, four_dates, freshness_words
from app.web.wording.labels import contact_name, in_row
from app.web.wording.lines import tied, unbroken
from app.web.wording.phones import callable_number
from app.web.wording.phones import shown as phone_shown
from app.web.wording.schedules import ScheduleWords, schedule_words
from schemas.activity import Activity, Channel, Contact, Place
from schemas.codes import ContactType, Status
from schemas.search import Hit

_MOST_TOPICS = 5
_SHORT = 240
"""Signs of a description that stands under the title whole."""


class Spot(NamedTuple):
    """One meeting place in words."""

    name: str
    address: str
    features: list[str]
    directions: str


class Way(NamedTuple):
    """One way to take part: how, where, when."""

    how: str
    spot: Spot | None
    times: list[ScheduleWords]
    url: str
    info: str


class Reach(NamedTuple):
    """One contact: means, value as shown, link, whose."""

    means: str
    icon: str
    shown: str
    link: str
    whose: str


class Origin(NamedTuple):
    """One source: name, link, when it was read, licence."""

    source: str
    url: str
    fetched: str
    licence: str


class Difference(NamedTuple):
    """A fact on which sources differ; the first value is the one shown."""

    field: str
    values: list[tuple[str, str, str]]


class RecordView(NamedTuple):
    """What the page of an activity says. Empty values are not known, and not shown."""

    id: str
    title: str
    lang: str
    kind: str
    organisation: str
    organisation_url: str
    summary: str
    paragraphs: list[str]
    next: str
    rhythm: str
    ways: list[Way]
    served: str
    whom: str
    languages: str
    price: str
    price_info: str
    join: str
    join_info: list[str]
    join_url: str
    join_mail: str
    phone: Phone | None
    contacts: list[Reach]
    links: list[tuple[str, str]]
    needs: list[tuple[str, str]]
    calling: list[str]
    origins: list[Origin]
    dates: list[tuple[str, str]]
    freshness: FreshnessWords | None
    differences: list[Difference]
    differs: str
    status: str
    example: bool
    has_meetings: bool
    personal: bool


def record_view(hit: Hit, parts: Site) -> RecordView:
    """The view of one activity."""
    activity, today, code = hit.activity, parts.today(), language()
    title, lang = said(activity.title.items(), code)
    summary, description = parted(told(activity.summary), told(activity.description))
    owner, registration = activity.organisation, activity.registration
    return RecordView(
        id=activity.id,
        title=title,
        lang=lang,
        kind=parts.labels("kind", activity.kind.value) if activity.kind else "",
        organisation=owner.name if owner else "",
        organisation_url=(owner.url or "") if owner else "",
        summary=summary,
        paragraphs=_lines(description),
        next=tied(meeting(hit.next, today)) if hit.next and activity.status is Status.ACTIVE else "",
        rhythm=next_rhythm(activity, hit.next),
        ways=[_way(channel, parts, today, _main_language(activity)) for channel in activity.channels],
        served=served(activity, parts),
        whom=tied(parts.labels.whom(activity)),
        languages=_opened(listed([parts.labels("language", spoken) for spoken in activity.languages])),
        price=price(activity),
        price_info=_price_info(activity),
        join=join(activity),
        join_info=_lines(told(registration.info)),
        join_url=registration.url or "",
        join_mail=registration.email or "",
        phone=phone(activity),
        contacts=[_reach(contact) for contact in _others(activity)],
        links=[(link.url, told(link.title) or shortened(link.url, 60)) for link in activity.links],
        needs=[(need, parts.labels("need", need)) for need in _topics(hit)],
        calling=calling(activity),
        origins=_origins(activity),
        dates=four_dates(activity.freshness, today),
        freshness=freshness_words(activity.freshness, today),
        differences=_differences(activity),
        differs=differs(activity),
        status=parts.labels("status", activity.status.value) if activity.status != "active" else "",
        example=marked_example(activity),
        has_meetings=bool(activity.schedules()),
        personal=bool(activity.contacts or registration.phone or registration.email),
    )


def parted(summary: str, description: str) -> tuple[str, str]:
    """(what stands under the title, what is told further down): what this is comes first, and once.

    A short description stands there whole; of a longer one that begins with the summary the rest comes later.
    """
    if not description.startswith(summary):
        return summary, description
    if len(description) <= _SHORT and "\n" not in description.strip():
        return description, ""
    if summary.endswith((".", "!")):
        return summary, like(description[len(summary) :].strip(), description)
    return "", description


def _opened(text: str) -> str:
    """The text with a capital, as the facts beside it begin."""
    return text[:1].upper() + text[1:]


def _lines(text: str) -> list[str]:
    return [like(line.strip(), text) for line in text.split("\n") if line.strip()]


def _price_info(activity: Activity) -> str:
    info = price_words(activity)
    return "" if info == price(activity) else info


def _main_language(activity: Activity) -> str:
    """The language in which the source speaks where it does not tell it: schedules and single values."""
    codes = [code for code, _said in activity.title.items()]
    return codes[0] if codes else "fi"


def _way(channel: Channel, parts: Site, today: dt.date, lang: str) -> Way:
    how = parts.labels("channel", channel.type.value)
    return Way(
        how[:1].upper() + how[1:],
        _spot(channel.place, parts) if channel.place else None,
        [_times(schedule_words(schedule, today), lang) for schedule in channel.schedules],
        channel.url or "",
        _more(channel),
    )


def _more(channel: Channel) -> str:
    """The words about a way that its place does not say already."""
    info = told(channel.info)
    return "" if channel.place and info.strip() == channel.place.name else info


def _times(words: ScheduleWords, lang: str) -> ScheduleWords:
    limits = tuple(map(tied, words.limits))
    return words._replace(when=tied(words.when), limits=limits, source=marked(words.source, lang))


def _spot(place: Place, parts: Site) -> Spot:
    post = " ".join(filter(None, (place.postcode, parts.labels.town(place))))
    return Spot(
        place.name or "",
        ", ".join(filter(None, (unbroken(place.street or ""), post))),
        in_row([parts.labels("accessibility", feature.value) for feature in place.accessibility]),
        told(place.directions),
    )


def _others(activity: Activity) -> list[Contact]:
    """The contacts besides the number that stands first."""
    first = phone(activity)
    shown = (first.shown, first.name) if first else None
    return [contact for contact in activity.contacts if (_said(contact), contact.name or "") != shown]


def _said(contact: Contact) -> str:
    """A contact as it is read."""
    if contact.type is ContactType.PHONE:
        return phone_shown(contact.value)
    return (
        contact.value.removeprefix("https://").rstrip("/")
        if contact.type is ContactType.WEB
        else contact.value
    )


def _topics(hit: Hit) -> list[str]:
    """The source's own needs first, then a few of those that were read from the text."""
    return list(dict.fromkeys((*hit.activity.needs, *hit.needs[:_MOST_TOPICS])))[:_MOST_TOPICS]


def _reach(contact: Contact) -> Reach:
    link, icon = contact.value, "link"
    if contact.type is ContactType.PHONE:
        link, icon = f"tel:{callable_number(contact.value)}", "phone"
    elif contact.type is ContactType.EMAIL:
        link, icon = f"mailto:{contact.value.removeprefix('mailto:')}", "mail"
    whose = Markup(", ").join(filter(None, (contact.name, told(contact.description))))
    return Reach(contact_name(contact.type), icon, _said(contact), link, whose)


def _origins(activity: Activity) -> list[Origin]:
    return [
        Origin(entry.source, entry.url or "", date(local_day(entry.fetched)), entry.licence or "")
        for entry in activity.provenance
    ]


def _differences(activity: Activity) -> list[Difference]:
    return [
        Difference(
            _field(conflict.field),
            [
                (_differing(conflict.field, value.value, activity), value.source, date(value.seen))
                for value in conflict.values
            ],
        )
        for conflict in activity.conflicts
    ]


def _differing(field: str, value: str, activity: Activity) -> str:
    if field == "phone":
        return ", ".join(phone_shown(number) for number in value.split(", "))
    return marked(value, _main_language(activity))


def _field(name: str) -> str:
    words = {
        "title": _("Nimi"),
        "schedule": _("Aika"),
        "place": _("Paikka"),
        "price": _("Hinta"),
        "contact": _("Yhteystieto"),
        "phone": _("Puhelin"),
        "email": _("Sähköposti"),
        "registration": _("Ilmoittautuminen"),
        "served": _("Alue"),
        "organisation": _("Järjestäjä"),
    }
    return next((word for key, word in words.items() if key in name.lower()), _("Muu tieto"))
