"""Twenty-odd invented activities that together show every kind of fact a page can meet."""

import datetime as dt
import io
import shutil
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from app.importing import import_lines
from app.indexing import build_index
from app.web.wording.freshness import STALE_DAYS
from app.wiring import Wiring
from config.settings import Settings
from schemas.activity import (
    Activity,
    Ages,
    Channel,
    Conflict,
    ConflictValue,
    Contact,
    Freshness,
    Link,
    Organisation,
    Place,
    Point,
    Price,
    Provenance,
    Registration,
    Served,
    Texts,
)
from schemas.border import encode_activity
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
    WeekParity,
)
from schemas.schedule import Break, Schedule, Weekday
from tests.app.shared import sharing, temporary

TODAY = dt.date(2026, 9, 15)
"""A Tuesday."""

_NOW = dt.datetime(2026, 9, 12, 6, 0, tzinfo=dt.UTC)
_PLACES = {
    "Lieksa": ("422", 63.3189, 30.0252),
    "Joensuu": ("167", 62.6010, 29.7636),
    "Kitee": ("260", 62.0989, 30.1375),
    "Nurmes": ("541", 63.5427, 29.1335),
    "Ilomantsi": ("146", 62.6715, 30.9281),
    "Outokumpu": ("309", 62.7253, 29.0175),
}


def weekly(day: int, opens: int, closes: int, **more: Any) -> Schedule:
    """Every week on `day` (0 = Monday)."""
    times: dict[str, Any] = {"start_time": dt.time(opens), "end_time": dt.time(closes)}
    return Schedule(Frequency.WEEKLY, weekdays=(Weekday(day),), **times, **more)


def place(town: str, name: str, street: str, *features: Accessibility) -> Place:
    """A meeting place in one of the towns."""
    code, lat, lon = _PLACES[town]
    return Place(name, street, None, town, code, Point(lat, lon), features)


def activity(identifier: str, title: str, kind: Kind, **more: Any) -> Activity:
    """An activity with the dates and the source of a well-kept one."""
    fields: dict[str, Any] = {
        "freshness": Freshness(_NOW - dt.timedelta(days=200), _NOW, _NOW - dt.timedelta(days=40)),
        "example": True,
        "provenance": (
            Provenance(
                "esimerkki", SourceKind.SITE, identifier, _NOW, f"https://yhdistys.example.fi/{identifier}"
            ),
        ),
    }
    return Activity(identifier, kind, Texts(fi=title), **{**fields, **more})


def in_town(town: str) -> Served:
    """An activity for one municipality."""
    return Served(AreaScope.MUNICIPALITIES, (_PLACES[town][0],))


def calls(number: str, name: str | None = None) -> Contact:
    """An invented telephone number."""
    return Contact(ContactType.PHONE, f"050 000 0{number}", name)


def _groups() -> list[Activity]:
    return [
        activity(
            "omais-lieksa",
            "Omaishoitajien olohuone",
            Kind.PEER_GROUP,
            summary=Texts(
                fi="Avoin vertaisryhmä sinulle, joka hoidat läheistäsi kotona. Juodaan kahvit ja jutellaan.",
                en="An open peer group for you who care for someone at home.",
            ),
            description=Texts(
                fi="Ryhmässä tapaat muita omaishoitajia.\n\nVoit tulla yksin tai yhdessä hoidettavasi kanssa."
            ),
            organisation=Organisation("Pielisen Omaishoitajat ry", "1234567-1"),
            needs=("omaishoito",),
            groups=(TargetGroup.CARERS,),
            served=in_town("Lieksa"),
            channels=(
                Channel(
                    ChannelType.PLACE,
                    place("Lieksa", "Pielisentupa", "Esimerkkikatu 3", Accessibility.WHEELCHAIR),
                    (
                        weekly(
                            3,
                            13,
                            15,
                            interval=1,
                            start=dt.date(2026, 9, 3),
                            end=dt.date(2026, 12, 10),
                            breaks=(Break(dt.date(2026, 10, 19), dt.date(2026, 10, 25)),),
                        ),
                    ),
                ),
            ),
            price=Price(PriceKind.FREE),
            registration=Registration(required=False),
            contacts=(
                calls("123", "Aino Esimerkki"),
                Contact(ContactType.EMAIL, "aino@omaiset.example.fi", "Aino Esimerkki"),
            ),
            links=(Link("https://yhdistys.example.fi/esite.pdf", Texts(fi="Esite")),),
            conflicts=(
                Conflict(
                    "channels.schedules",
                    (
                        ConflictValue("torstaisin klo 13–15", "yhdistyksen sivu", dt.date(2026, 9, 12)),
                        ConflictValue("keskiviikkoisin klo 13", "Lähellä.fi", dt.date(2026, 6, 1)),
                    ),
                ),
            ),
        ),
        activity(
            "suru-joensuu",
            "Sururyhmä leskille",
            Kind.PEER_GROUP,
            summary=Texts(fi="Suljettu ryhmä puolisonsa menettäneille. Kokoontuu kahdeksan kertaa."),
            organisation=Organisation("Karjalan Surevien Tuki ry"),
            needs=("suru",),
            groups=(TargetGroup.BEREAVED,),
            served=in_town("Joensuu"),
            channels=(
                Channel(
                    ChannelType.HYBRID,
                    place("Joensuu", "Rantakulma", "Esimerkkitie 12 A"),
                    (weekly(1, 18, 20, interval=2, start=dt.date(2026, 9, 8)),),
                    url="https://yhdistys.example.fi/etana",
                ),
            ),
            price=Price(PriceKind.PAID, Texts(fi="5 euroa kerta")),
            registration=Registration(
                required=True, info=Texts(fi="Soita ennen ensimmäistä kertaa."), phone="050 000 0200"
            ),
        ),
        activity(
            "muisti-kitee",
            "Muistikahvila",
            Kind.MEETING_PLACE,
            summary=Texts(fi="Kahvihetki muistisairaille ja heidän läheisilleen. Alzheimer on tuttu aihe."),
            organisation=Organisation("Keski-Karjalan Muistiväki ry"),
            needs=("muistisairaus", "laheisen-muistisairaus"),
            groups=(TargetGroup.OLDER_PEOPLE, TargetGroup.CARERS),
            served=in_town("Kitee"),
            channels=(
                Channel(
                    ChannelType.PLACE,
                    place("Kitee", "Kiteen kirjasto", "Esimerkkiraitti 1"),
                    (
                        Schedule(
                            Frequency.MONTHLY,
                            start_time=dt.time(12, 30),
                            end_time=dt.time(14),
                            weekdays=(Weekday(2, 1),),
                            months_off=(6, 7, 8),
                        ),
                    ),
                ),
            ),
            price=Price(PriceKind.FREE),
            contacts=(calls("300"),),
        ),
        activity(
            "nepsy-nurmes",
            "Nepsy-vanhempien ilta",
            Kind.PEER_GROUP,
            summary=Texts(fi="Vertaistukea vanhemmille, joiden lapsella on adhd tai autismin kirjo."),
            organisation=Organisation("Ylä-Karjalan Perheet ry"),
            groups=(TargetGroup.PARENTS,),
            served=Served(AreaScope.MUNICIPALITIES, ("541", "422")),
            channels=(
                Channel(
                    ChannelType.PLACE,
                    place("Nurmes", "Perhetupa", "Esimerkkipolku 4"),
                    (weekly(0, 17, 19, parity=WeekParity.EVEN),),
                ),
            ),
            registration=Registration(required=True),
        ),
    ]


def _others() -> list[Activity]:
    return [
        activity(
            "kriisi-puhelin",
            "Valtakunnallinen keskustelupuhelin",
            Kind.PHONE_SUPPORT,
            summary=Texts(fi="Soita, kun ahdistaa tai olet yksinäinen. Vastaamme joka ilta."),
            organisation=Organisation("Esimerkkien Mieli ry"),
            served=Served(AreaScope.NATIONAL),
            channels=(
                Channel(
                    ChannelType.PHONE,
                    schedules=(Schedule(Frequency.DAILY, start_time=dt.time(18), end_time=dt.time(22)),),
                ),
            ),
            price=Price(PriceKind.FREE),
            contacts=(calls("400"),),
        ),
        activity(
            "verkko-paihde",
            "Läheiset verkossa: päihdeläheisten ryhmä",
            Kind.ONLINE_SUPPORT,
            summary=Texts(fi="Verkkoryhmä, kun puoliso tai vanhempi juo liikaa."),
            organisation=Organisation("Esimerkkien Päihdetyö ry"),
            served=Served(AreaScope.NATIONAL),
            channels=(Channel(ChannelType.ONLINE, url="https://yhdistys.example.fi/ryhma"),),
            registration=Registration(required=True, url="https://yhdistys.example.fi/ilmoittaudu"),
        ),
        activity(
            "teema-outokumpu",
            "Diabetespäivä torilla",
            Kind.EVENT,
            summary=Texts(fi="Verensokerin mittausta ja tietoa diabeteksesta."),
            organisation=Organisation("Outokummun Diabetesyhdistys ry"),
            served=in_town("Outokumpu"),
            channels=(
                Channel(
                    ChannelType.PLACE,
                    place("Outokumpu", "Tori", "Esimerkkitori"),
                    (
                        Schedule(
                            Frequency.ONCE,
                            dt.date(2026, 9, 18),
                            start_time=dt.time(10),
                            end_time=dt.time(14),
                        ),
                    ),
                ),
            ),
            ages=(Ages(18),),
            price=Price(PriceKind.FREE),
        ),
        activity(
            "vanha-tieto",
            "Mielenterveyskuntoutujien ja mielenterveysomaisten päivätoiminta",
            Kind.MEETING_PLACE,
            summary=Texts(fi="Avoin päivätoiminta mielenterveyskuntoutujille. Ruokaa, seuraa ja tekemistä."),
            organisation=Organisation("Ilomantsin Mielenterveysväki ry"),
            served=in_town("Ilomantsi"),
            channels=(Channel(ChannelType.PLACE, place("Ilomantsi", "Mielitupa", "Esimerkkikuja 8")),),
            freshness=Freshness(_NOW - dt.timedelta(days=900), _NOW - dt.timedelta(days=300)),
            contacts=(calls("500"),),
        ),
        activity(
            "vahvistettu",
            "Ystävätoiminta Joensuussa",
            Kind.SUPPORT_PERSON,
            summary=Texts(fi="Saat vapaaehtoisen ystävän, jos olet yksinäinen."),
            organisation=Organisation("Joensuun Ystävät ry"),
            served=Served(AreaScope.MUNICIPALITIES, tuple(code for code, _lat, _lon in _PLACES.values())),
            channels=(Channel(ChannelType.HOME), Channel(ChannelType.PHONE)),
            freshness=Freshness(_NOW, _NOW, _NOW, _NOW),
            contacts=(calls("600"),),
        ),
    ]


def _walks() -> list[Activity]:
    return [
        activity(
            f"kavely-{town.lower()}",
            f"Kävelyryhmä {town}",
            Kind.EXERCISE_GROUP,
            summary=Texts(fi="Rauhallinen yhteinen kävely. Sopii yksinäiselle ja uudelle tulijalle."),
            organisation=Organisation(f"{town} liikkuu ry"),
            served=in_town(town),
            channels=(
                Channel(
                    ChannelType.PLACE,
                    place(town, "Kirjaston piha", "Esimerkkikatu 1"),
                    (weekly(number % 7, 10, 11),),
                ),
            ),
            price=Price(PriceKind.FREE),
            contacts=(calls(f"7{number:02}"),),
        )
        for number, town in enumerate(_PLACES)
    ]


def _volunteers() -> list[Activity]:
    return [
        activity(
            f"vapaaehtoinen-{number}",
            f"Lukumummiksi tai -vaariksi koululle {number}",
            Kind.VOLUNTEER_TASK,
            summary=Texts(fi="Kuuntele lapsen lukemista kerran viikossa."),
            organisation=Organisation("Joensuun Lukupiiri ry"),
            served=in_town("Joensuu"),
            channels=(Channel(ChannelType.PLACE, place("Joensuu", f"Koulu {number}", "Esimerkkikatu 9")),),
        )
        for number in range(1, 15)
    ]


def sample() -> tuple[Activity, ...]:
    """All of them: groups, services, walks, and more volunteer tasks than fit one page."""
    return (*_groups(), *_others(), *_walks(), *_volunteers())


def write_sample(path: Path) -> Path:
    """The sample as JSON lines."""
    path.write_bytes(b"\n".join(encode_activity(entry) for entry in sample()))
    return path


def sample_wiring(folder: Path) -> Wiring:
    """A wiring with the sample in catalogue and index below `folder`: a copy of what was built once."""
    shutil.copytree(_built(), folder, dirs_exist_ok=True)
    return sharing(Wiring(Settings(data=folder, today=TODAY)))


@cache
def _built() -> Path:
    """A data folder with the sample: what its source has long not shown was read when it last did."""
    folder = temporary("sample")
    seen: dict[dt.date, list[Activity]] = {}
    for entry in sample():
        shown = entry.freshness.last_seen
        long_ago = shown and (TODAY - shown.date()).days > STALE_DAYS
        seen.setdefault(shown.date() if shown and long_ago else TODAY, []).append(entry)
    for day in sorted(seen):
        wiring = sharing(Wiring(Settings(data=folder, today=day)))
        lines = io.BytesIO(b"\n".join(map(encode_activity, seen[day])))
        report = import_lines(wiring, lines, "esimerkki", add=True)
        assert report.bad == (), msgspec.json.encode(report)
    build_index(wiring)
    return folder
