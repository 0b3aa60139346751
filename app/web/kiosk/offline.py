"""What a touch screen keeps for times without a network: the county's activities, tiles and words."""

import datetime as dt
from collections.abc import Iterable, Iterator
from threading import Lock
from typing import Any

import msgspec
from flask import Blueprint, Response

from app.web.interface import interface
from app.web.kiosk.leaflets import leaflet
from app.web.kiosk.visit import municipalities
from app.web.languages import PREFIXES, language
from app.web.professional.rows import short_meeting
from app.web.site import HERE, Site, site
from app.web.telling import Told, plain
from app.web.texts import gettext as _
from app.web.wording.days import clock, date
from app.web.wording.lines import pieces
from indexer.documents import served_municipalities
from schemas.codes import AreaScope
from schemas.county import HelpLine
from schemas.points import Point
from schemas.search import Hit, SearchRequest

pages = Blueprint("kiosk_offline", __name__, url_prefix="/olka")

MOST = 5000
"""Activities kept; those of the county come first."""

_PAGE = 100
_LOCK = Lock()
_WORKER = (HERE / "kiosk" / "worker.js").read_text(encoding="utf-8")


class Kept(msgspec.Struct, frozen=True, omit_defaults=True):
    """One activity, with short names: they are written thousands of times.

    m  municipalities served, () = all      n  needs      d  day of the next meeting, ISO
    w  the next meeting in words            f  facts (name, text); texts in pieces, every second stays whole
    q  QR code: modules on a side, bits in base64
    """

    id: str
    t: str
    o: str
    k: str
    s: str
    w: tuple[str, ...]
    p: str
    ph: str
    name: str
    mail: str
    m: tuple[str, ...]
    n: tuple[str, ...]
    d: str
    kind: str
    f: tuple[tuple[str, tuple[str, ...]], ...]
    l: str  # noqa: E741 link
    q: tuple[int, str]
    x: bool = False


@pages.get("/data.json")
def data() -> Response:
    """Everything for one language, made once for each state of the index and each day."""
    parts = site()
    generation = parts.wiring.store.current().generation
    key = ("kiosk", generation, language(), parts.today(), interface().top)
    with _LOCK:
        body = parts.offline.get(key, lambda: msgspec.json.encode(_made(parts), enc_hook=plain).decode())
    return Response(body, content_type="application/json")


@pages.get("/sw.js")
def worker() -> Response:
    """The service worker of this room; its scope is the folder in which it lies."""
    ui = interface()
    roots = [f"{ui.root}{prefix}/olka/" for prefix in PREFIXES.values()]
    head = f"const ROOM = {msgspec.json.encode({'roots': roots, 'assets': f'{ui.root}/static/'}).decode()};\n"
    answer = Response(head + _WORKER, content_type="text/javascript; charset=utf-8")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def _made(parts: Site) -> dict[str, Any]:
    now = parts.now()
    urgent = {code: need.crisis for code, need in parts.taxonomy.needs.items() if need.crisis}
    return {
        "made": _("%(date)s klo %(time)s", date=date(now.date(), now.date()), time=clock(now.time())),
        "county": interface().text(parts.county.name),
        "day": date(now.date()),
        "activities": [_kept(hit, parts, now.date()) for hit in _hits(parts)],
        "needs": {
            code: [need.name.get(language()), " ".join((*need.words, *need.phrases)).lower()]
            for code, need in parts.taxonomy.needs.items()
        },
        "yksikko": _terms(parts.taxonomy.units),
        "tilanne": _terms(parts.taxonomy.situations),
        "points": {point.code: _point(point, parts) for point in parts.wiring.points.point},
        "towns": {
            code: parts.labels.municipality(code)
            for point in parts.wiring.points.point
            for code in municipalities(point, parts)
        },
        "lines": _called(
            line for line in parts.county.help_line if "crisis" in line.topics or line.phone == "112"
        ),
        "urgent": urgent,
        "urgentlines": {topic: _called(parts.county.help_lines(topic)) for topic in set(urgent.values())},
        "words": _words(),
    }


def _called(lines: Iterable[HelpLine]) -> list[list[str]]:
    """[name, number] of each line."""
    return [[interface().text(line.name).replace(f" {line.phone}", ""), line.phone] for line in lines]


def _terms(terms: Any) -> dict[str, list[Any]]:
    return {term.code: [term.name.get(language()), term.icon, term.needs] for term in terms}


def _point(point: Point, parts: Site) -> dict[str, Any]:
    return {
        "name": point.name.get(language()),
        "opening": point.opening.get(language()),
        "sairaus": point.illnesses,
        "yksikko": point.units,
        "tilanne": point.situations,
        "towns": municipalities(point, parts),
        "home": point.home,
        "events": [name.lower() for name in point.events_at],
    }


def _hits(parts: Site) -> Iterator[Hit]:
    """Activities that people of the county can use, in the order of the index."""
    own = set(parts.county.municipalities)
    number = 0
    for page in range(1, 1 + -(-20_000 // _PAGE)):
        result = parts.search.search(SearchRequest(page=page, size=_PAGE, sort="name"))
        for hit in result.hits:
            codes = served_municipalities(hit.activity, parts.gazetteer)
            if number < MOST and (not codes or own & set(codes)):
                number += 1
                yield hit
        if page * _PAGE >= result.total or number >= MOST:
            return


def _kept(hit: Hit, parts: Site, today: dt.date) -> Kept:
    shown = leaflet(hit, parts, today)
    card = shown.card
    everywhere = hit.activity.served.scope is AreaScope.NATIONAL
    codes = () if everywhere else served_municipalities(hit.activity, parts.gazetteer)
    own = set(parts.county.municipalities)
    return Kept(
        id=card.id,
        t=card.title,
        o=card.organisation,
        k=card.kind,
        s=card.summary,
        w=pieces(_opened(short_meeting(hit.next, today))) if hit.next else (),
        p=card.where,
        ph=card.phone.shown if card.phone else "",
        name=card.phone.name if card.phone else "",
        mail=shown.mail,
        m=tuple(code for code in codes if code in own),
        n=hit.needs,
        d=hit.next.day.isoformat() if hit.next else "",
        kind=hit.activity.kind.value if hit.activity.kind else "",
        f=tuple((name, _whole(text)) for name, text in shown.facts),
        l=shown.shown,
        q=(shown.code.size, shown.code.bits),
        x=card.example,
    )


def _opened(text: str) -> str:
    return text[:1].upper() + text[1:]


def _whole(text: str) -> tuple[str, ...]:
    """The text with its times kept whole, as sheets of the server have them; that of a source as it is."""
    return (text,) if isinstance(text, Told) else pieces(text)


def _words() -> dict[str, str]:
    """The texts that the screen says by itself without a network."""
    return {
        "offline": _("Verkkoyhteys on poikki. Näytämme tiedot tilanteesta %(moment)s.", moment="{moment}"),
        "now": _("Tarvitsetko apua nyt?"),
        "alone": _("Et ole yksin. Apua on."),
        "nothing": _("Emme löytäneet juuri tätä"),
        "call": _("Voit myös soittaa"),
        "own": _("Kirjoita itse"),
        "ask": _("Kysy neuvontapisteen ihmiseltä tai kokeile toista aihetta."),
        "pick": _("Valitse, niin saat ohjeen mukaan"),
        "sairaus": _("Mikä sairaus?"),
        "yksikko": _("Mikä yksikkö?"),
        "tilanne": _("Mitä on tapahtunut?"),
        "where": _("Missä asut?"),
        "everywhere": _("Koko maakunta"),
        "more": _("Näytä lisää"),
        "change": _("Vaihda kunta"),
        "heading": _("Näistä voit saada tukea"),
        "phone": _("Puhelin"),
        "mail": _("Sähköposti"),
        "read": _("Lue lisää"),
        "code": _("QR-koodi: %(link)s", link="{link}"),
        "example": _("esimerkki"),
        "check": _("Ajat ja paikat voivat muuttua. Soita tai tarkista verkosta ennen kuin lähdet."),
        "urgent": _("Apua heti:"),
        "how": _("Avaa puhelimen kamera ja osoita koodia. Tai tulosta paperi."),
        "print": _("Tulosta"),
        "back": _("Takaisin"),
        "another": _("Lisää toinen samalle paperille"),
        "week": _("Tällä viikolla"),
        "noweek": _("Tällä viikolla ei ole tapahtumia tiedossamme."),
        "write": _("Kirjoita, mihin kaipaat tukea"),
        "writehint": _("Yksi tai kaksi sanaa riittää"),
        "search": _("Etsi"),
        "keyboard": _("Näppäimistö"),
        "space": _("Väli"),
        "erase": _("Pyyhi"),
        "clear": _("Tyhjennä"),
    }
