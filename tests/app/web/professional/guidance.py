"""A small directory of invented activities for tests of the professional's room, served from memory."""

import datetime as dt
from pathlib import Path
from typing import Any

from app.wiring import Wiring
from config.settings import Settings
from schemas.activity import (
    Activity,
    Ages,
    Channel,
    Contact,
    Organisation,
    Place,
    Price,
    Provenance,
    Registration,
    Served,
    Texts,
)
from schemas.codes import (
    Accessibility,
    AreaScope,
    ChannelType,
    ContactType,
    Frequency,
    Kind,
    PriceKind,
    SourceKind,
    TargetGroup,
)
from schemas.schedule import Schedule, Weekday
from tests.app.shared import sharing

TODAY = dt.date(2026, 11, 21)
_NAMES = {"167": "Joensuu", "426": "Liperi", "276": "Kontiolahti", "422": "Lieksa", "260": "Kitee"}


def _activity(
    number: int,
    title: str,
    organisation: str,
    summary: str,
    *,
    kind: Kind | None = Kind.PEER_GROUP,
    town: str | None = "167",
    day: int | None = 1,
    hour: int = 17,
    groups: tuple[TargetGroup, ...] = (),
    channel: ChannelType = ChannelType.PLACE,
    scope: AreaScope = AreaScope.MUNICIPALITIES,
    free: bool | None = True,
    join: Registration | None = None,
    ages: tuple[Ages, ...] = (),
    sv: str | None = None,
) -> Activity:
    now = dt.datetime.combine(TODAY, dt.time(6), dt.UTC)
    weekly = Schedule(
        Frequency.WEEKLY,
        start=dt.date(2026, 9, 1),
        weekdays=(Weekday(day or 0),),
        start_time=dt.time(hour),
        end_time=dt.time(hour + 2),
    )
    place = (
        None
        if town is None
        else Place(
            name="Kansalaistalo",
            street=f"Torikatu {number}",
            postcode="80100",
            city=_NAMES[town],
            municipality=town,
            accessibility=(Accessibility.WHEELCHAIR,) if number % 2 else (),
        )
    )
    return Activity(
        id=f"opas-{number:02}",
        kind=kind,
        title=Texts(fi=title, sv=sv),
        summary=Texts(fi=summary),
        organisation=Organisation(organisation, url="https://yhdistys.example.fi/"),
        provenance=(
            Provenance(
                "opas",
                SourceKind.IMPORT,
                f"opas-{number:02}",
                now,
                url=f"https://yhdistys.example.fi/toiminta/{number}",
            ),
        ),
        groups=groups,
        ages=ages,
        served=Served(scope, (town,) if scope is AreaScope.MUNICIPALITIES and town else ()),
        channels=(
            Channel(
                channel,
                place=place if channel is ChannelType.PLACE else None,
                schedules=(weekly,) if day is not None else (),
            ),
        ),
        price=Price(PriceKind.UNKNOWN if free is None else PriceKind.FREE if free else PriceKind.PAID),
        registration=join or Registration(),
        contacts=(
            Contact(ContactType.PHONE, f"050 000 0{number:03}", name="Aino Esimerkki"),
            Contact(ContactType.EMAIL, "toimisto@yhdistys.example.fi"),
        ),
        example=True,
    )


JOIN = Registration(required=True, info=Texts(fi="Soita ryhmän ohjaajalle ennen ensimmäistä kertaa."))
OPEN = Registration(required=False)

ACTIVITIES = (
    _activity(
        1,
        "Omaishoitajien vertaisryhmä",
        "Joensuun Seudun Rinnalla ry",
        "Keskustelua ja lepohetki omaishoitajalle joka viikko. Et tarvitse lähetettä.",
        groups=(TargetGroup.CARERS,),
        join=OPEN,
        sv="Kamratstödsgrupp för närståendevårdare",
    ),
    _activity(
        2,
        "Omaishoitajan tukihenkilö",
        "Joensuun Seudun Rinnalla ry",
        "Koulutettu vapaaehtoinen tapaa omaishoitajaa kotona tai kahvilla.",
        kind=Kind.SUPPORT_PERSON,
        day=None,
        groups=(TargetGroup.CARERS, TargetGroup.OLDER_PEOPLE),
        join=JOIN,
    ),
    _activity(
        3,
        "Muistisairaan läheisen keskusteluryhmä",
        "Karjalan Muistiyhdistys ry",
        "Ryhmä omaishoitajille ja läheisille, joiden perheessä on muistisairaus.",
        day=3,
        hour=13,
        groups=(TargetGroup.CARERS,),
    ),
    _activity(
        4,
        "Omaishoitajien virkistyspäivä",
        "Pielisen Lähimmäiset ry",
        "Retki omaishoitajille ja hoidettaville.",
        kind=Kind.EVENT,
        town="422",
        day=5,
        hour=10,
        free=False,
        join=JOIN,
    ),
    _activity(
        5,
        "Omaishoitajien verkkoryhmä",
        "Suomen Rinnallakulkijat ry",
        "Tapaaminen verkossa. Mukaan voi tulla kotoa mistä päin Suomea tahansa.",
        kind=Kind.ONLINE_SUPPORT,
        town=None,
        channel=ChannelType.ONLINE,
        scope=AreaScope.NATIONAL,
        day=2,
        hour=18,
        groups=(TargetGroup.CARERS,),
    ),
    _activity(
        6,
        "Omaishoitajien neuvontapuhelin",
        "Suomen Rinnallakulkijat ry",
        "Neuvoja omaishoidon tuesta ja palveluista.",
        kind=Kind.PHONE_SUPPORT,
        town=None,
        channel=ChannelType.PHONE,
        scope=AreaScope.NATIONAL,
        day=None,
    ),
    _activity(
        7,
        "Mielenterveyskuntoutujien avoin kohtaamispaikka ja keskusteluryhmä",
        "Joensuun Mielen Tuki ry",
        "Kahvia, seuraa ja ohjattu keskusteluryhmä mielenterveyskuntoutujille.",
        kind=Kind.MEETING_PLACE,
        day=0,
        hour=10,
        groups=(TargetGroup.LONG_TERM_ILL,),
        ages=(Ages(18),),
        join=OPEN,
    ),
    _activity(
        8,
        "Masennukseen sairastuneiden vertaistukiryhmä",
        "Joensuun Mielen Tuki ry",
        "Suljettu ryhmä masennukseen sairastuneille aikuisille. Ryhmään tullaan lähetteellä.",
        day=2,
        ages=(Ages(18, 64),),
        join=JOIN,
    ),
    _activity(
        9,
        "Surevien ryhmä",
        "Liperin Seurakuntalaiset ry",
        "Ryhmä läheisensä menettäneille: leskille ja muille sureville.",
        town="426",
        day=3,
        groups=(TargetGroup.BEREAVED,),
    ),
    _activity(
        10,
        "Syöpään sairastuneiden keskusteluryhmä",
        "Karjalan Syöpäyhdistys ry",
        "Vertaistukea syöpään sairastuneille ja läheisille.",
        day=1,
        hour=14,
        groups=(TargetGroup.LONG_TERM_ILL,),
        join=OPEN,
    ),
    _activity(
        11,
        "Rintasyöpäpotilaiden liikuntaryhmä",
        "Karjalan Syöpäyhdistys ry",
        "Kevyttä liikuntaa rintasyöpään sairastuneille.",
        kind=Kind.EXERCISE_GROUP,
        day=4,
        hour=12,
        free=False,
        join=JOIN,
    ),
    _activity(
        12,
        "Päihteiden käyttäjien läheisten ryhmä",
        "Kiteen Valo ry",
        "Ryhmä alkoholia tai huumeita käyttävien läheisille.",
        town="260",
        day=1,
        groups=(TargetGroup.CARERS,),
    ),
    _activity(
        13,
        "Yksinäisten iltakahvila",
        "Kontiolahden Kyläpirtti ry",
        "Seuraa ja kahvia yksinäisille joka viikko.",
        kind=Kind.MEETING_PLACE,
        town="276",
        day=4,
        groups=(TargetGroup.EVERYONE,),
    ),
    _activity(
        14,
        "Omaishoitajien liikuntaryhmä",
        "Liperin Virkistys ry",
        "Kevyt jumppa ja keskusteluhetki omaishoitajille.",
        kind=Kind.EXERCISE_GROUP,
        town="426",
        day=0,
        hour=15,
        groups=(TargetGroup.CARERS,),
        ages=(Ages(60),),
        free=None,
    ),
    _activity(
        15,
        "Omaishoidon neuvonta",
        "Karjalan Muistiyhdistys ry",
        "Neuvontaa omaishoidon hakemiseen ja arkeen ajanvarauksella.",
        kind=Kind.COUNSELLING,
        day=2,
        hour=9,
        groups=(TargetGroup.CARERS,),
        join=JOIN,
    ),
    _activity(
        16,
        "Miesomaishoitajien saunailta",
        "Joensuun Seudun Rinnalla ry",
        "Saunailta miehille, jotka hoitavat läheistään kotona omaishoitajina.",
        kind=Kind.MEETING_PLACE,
        day=4,
        hour=18,
        groups=(TargetGroup.MEN, TargetGroup.CARERS),
    ),
)
"""Sixteen activities; those of carers are the most, so that a search for them fills a screen."""

CONFIRMED = ("opas-01", "opas-10")
"""Checked by a person."""

SEEN = {entry.id: {"opas-04": 45, "opas-16": 90, "opas-03": 1}.get(entry.id, 2) for entry in ACTIVITIES}
"""Days since the source last showed each."""


def guidance_wiring(folder: Path, **changes: Any) -> Wiring:
    """A site over these activities, with an index in memory and a fixed day."""
    made = sharing(Wiring(Settings(**{"data": folder, "search": "memory", "today": TODAY, **changes})))
    for days in sorted(set(SEEN.values())):
        seen = dt.datetime.combine(TODAY, dt.time(6), dt.UTC) - dt.timedelta(days=days)
        records = [entry for entry in ACTIVITIES if SEEN[entry.id] == days]
        made.catalogue.replace(
            f"opas{days}", SourceKind.IMPORT, records, complete=True, now=seen, accept_loss=True
        )
    now = dt.datetime.combine(TODAY, dt.time(6), dt.UTC)
    made.catalogue.rebuild_public(now=now)
    for identifier in CONFIRMED:
        made.catalogue.confirm(identifier, now - dt.timedelta(days=5))
    return made
