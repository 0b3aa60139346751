"""What a page is for. News, minutes, notices, boards and their like hold no activities."""

import datetime as dt
import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from crawlers.prose import topics
from crawlers.prose.lexicon import FLAGS, MONTH, SHORT, STEM, month
from crawlers.prose.page import Page
from crawlers.prose.shapes import BlockKind, PageClass

_ERROR = re.compile(
    r"\b404\b|sivua\sei\s(?:löyt|löydy)|ei\slöytynyt|page\snot\sfound|sidan\shittades\sinte|not\sfound"
    r"|virhe\ssivulla|\bverkkotunnus\w*\s(?:\w+\s)?(?:on\s)?(?:myynnissä|myytävänä|vapaana|varattu|parkissa)"
    r"|\.\w{2,4}\son\smyynnissä|osta\s(?:tämä\s)?verkkotunnus|domain\s(?:\w+\s){0,3}(?:is\s)?for\ssale|buy\sthis\sdomain"
    r"|forbidden|palvelinvirhe|internal\sserver\serror|huoltokatko",
    FLAGS,
)
_TITLES: tuple[tuple[PageClass, re.Pattern[str]], ...] = tuple(
    (page_class, re.compile(pattern, FLAGS))
    for page_class, pattern in (
        (
            PageClass.PRIVACY,
            r"tietosuoj|rekisteriselost|henkilötieto|eväste|yksityisyy|privacy|cookie|dataskydd"
            r"|saavutettavuusselost"
            r"|käyttöehdo|vastuuvapau|tietojen\skäsittely",
        ),
        (
            PageClass.MINUTES,
            r"pöytäkirja|esityslista|kokouskutsu|(?:vuosi|syys|kevät|hallituksen\s|jäsen"
            r"|ylimääräinen\s)-?kokou|muistio\b"
            r"|toimintakertomu|toimintasuunnitel|tilinpäätö|vuosikertomu|säännöt\b|yhdistyksen\ssäännöt",
        ),
        (PageClass.BOARD, r"^(?:\w+\s)?hallitus\b|hallituksen\sjäsen|toimihenkilö|henkilökunta"
            r"|johtokunta|luottamushenkilö"),
        (PageClass.MEMBERSHIP, r"jäsenyys|jäseneksi|jäsenedut|jäsenmaksu|liity\b|jäsenhakemu"
            r"|jäsenlomake|jäsenasia|jäsenille$"),
        (PageClass.DONATION, r"lahjoit|tue\stoimintaa|donate|testamentti|merkkipäivä|keräys\b"
            r"|kannata\s|yritysyhteistyö"),
        (PageClass.CONTACT, r"^yhteystiedot|^yhteys\b|^ota\syhteyttä|^contact|^kontakt|laskutustiedot"),
        (PageClass.ARCHIVE, r"arkisto|archive|galleria|kuvia\b|kuvat\b|menneet|toteutune|kategoria"
            r"|avainsana|sivukartta"
             r"|historia\b"),
    )
)  # fmt: skip
_PATHS: tuple[tuple[PageClass, re.Pattern[str]], ...] = (
    (
        PageClass.ARCHIVE,
        re.compile(
            r"/(?:category|kategoria|tag|tags|avainsana|author|authors|archives?|arkisto|categories|page"
            r"|sivu)(?:/|\.|$)"
            r"|/(?:index|page|category/[\w-]+)\d+\.html|/20\d\d/(?:\d\d/?)?$",
            FLAGS,
        ),
    ),
    (
        PageClass.NEWS,
        re.compile(
            r"/(?:uutiset|uutinen|uutisia|blogi|blog|news|nyheter|tiedotteet|tiedote|artikkelit|artikkeli"
            r"|ajankohtaista"
            r"|kuulumisia|tarinat|juttu|jutut|lehti)(?:/[^/]+|\.)|/20\d\d/\d\d?/(?:\d\d?/)?[\w-]{4,}",
            FLAGS,
        ),
    ),
    (PageClass.PRIVACY, re.compile(r"tietosuoja|rekisteriseloste|evaste|privacy|cookie", FLAGS)),
    (
        PageClass.MINUTES,
        re.compile(r"poytakirja|pöytäkirja|esityslista|kokouskutsu|toimintakertomus|saannot\b", FLAGS),
    ),
    (PageClass.ERROR, re.compile(r"/(?:404|500)(?:\.html?|/|$)", FLAGS)),
)
_FRONT = re.compile(r"^/?(?:(?:fi|sv|en)/?)?(?:index\.(?:html?|php)|default\.\w+|etusivu/?)?$", FLAGS)
_MINUTES_TEXT = (
    re.compile(r"kokouksen\savau|kokouksen\spuheenjohtaja|esityslistan\shyväksy", FLAGS),
    re.compile(r"läsnä\b|päätösvaltai|pöytäkirjantarkasta|ääntenlaskija", FLAGS),
)
_POSTED = re.compile(
    r"^(?:posted\son|julkaistu|kirjoitettu|publicerad|lue\slisää|read\smore|jatka\slukemista)\b", FLAGS
)
_NEWS_TITLE = re.compile(
    r"^(?:uutiset|ajankohtaista|blogi|tiedotteet|uutisia|uutiskirje|kuulumisia|news)\b", FLAGS
)
_BYLINE = re.compile(r"^\W*(?:\d{1,2}\.\d{1,2}\.20\d\d|julkaistu\b.{0,40}20\d\d|posted\son\b)", FLAGS)
_DAY_ALONE = re.compile(
    rf"^\W*(?:(?:{STEM}|{SHORT})\.?\s)?(\d{{1,2}})\.\s?(?:(\d{{1,2}})\.\s?"
    rf"|({MONTH})kuuta\s)(20\d\d)\W*"
    r"(?:[|,•·–/-][^.:]{0,60})?$",
    FLAGS,
)
_STORY = re.compile(
    r"tarina\b|\w+n\spalsta|kolumni|pääkirjoitus|haastattelu|kokemuksia\b|\b\w{3,}(?:ttiin|stiin|ivat"
    r"|ivät)\b",
    FLAGS,
)
_CREDIT = re.compile(
    r"^\W*(?:teksti(?:\sja\skuvat?)?|kirjoittaja|kirjoittanut|kuvat?\sja\steksti)\s?:", FLAGS
)
_MEETS_STILL = re.compile(
    rf"\b(?:kokoonnumme|kokoontuu|kokoontuvat|tapaamme|tavataan|kokoonnutaan)\s[^.]{{0,40}}"
    rf"(?:(?:{STEM})(?:i?sin)\b|joka\s|parillis|parittom|kuukauden|\bkuun\s)",
    FLAGS,
)
_SHORT_NAME = 3
_SHORT_PAGE = 400
_LISTED = 3


def classify(page: Page, today: dt.date) -> tuple[PageClass, tuple[str, ...]]:
    """The class of a page and the reasons; ACTIVITY here only means that activities may be looked for."""
    found = next(_judgements(page, today), None)
    if found is not None:
        return found[0], (found[1],)
    if _is_front(page):
        return PageClass.FRONT, ("the address is the site's front page",)
    return PageClass.ACTIVITY, ()


def _judgements(page: Page, today: dt.date) -> Iterator[tuple[PageClass, str]]:
    path = unquote(urlsplit(page.url).path) if _splits(page.url) else page.url
    if _ERROR.search(page.title) or (len(page.main_text) < _SHORT_PAGE and _ERROR.search(page.main_text)):
        yield PageClass.ERROR, "it says that there is no such page"
    for page_class, pattern in _PATHS[:1]:
        if found := pattern.search(path):
            yield page_class, f"address: {found[0]}"
    if page.post:
        yield PageClass.NEWS, "it calls itself a post or a piece of news"
    for page_class, pattern in _PATHS[1:]:
        if found := pattern.search(path):
            yield page_class, f"address: {found[0]}"
    for page_class, pattern in _TITLES:
        if found := pattern.search(page.title):
            yield page_class, f"title: {found[0]}"
    if _NEWS_TITLE.search(page.title):
        yield PageClass.NEWS, f"title: {page.title}"
    if all(pattern.search(page.main_text) for pattern in _MINUTES_TEXT):
        yield PageClass.MINUTES, "the text is that of minutes"
    listed = sum(bool(_POSTED.search(line)) for line in page.main_text.split("\n"))
    if listed >= _LISTED:
        yield PageClass.ARCHIVE, f"{listed} posts are listed"
    if page.published is not None and _has_byline(page) and not _is_standing(page):
        yield PageClass.NEWS, f"published on {page.published}"
    if (day := _day_under_title(page)) is not None and day <= today:
        yield PageClass.NEWS, f"the day {day} stands under its title"
    if _STORY.search(page.title) or any(_CREDIT.search(line) for line in page.main_text.split("\n")):
        yield PageClass.NEWS, "it is told as a story"


def _day_under_title(page: Page) -> dt.date | None:
    """A day alone on one of the first lines, with at most a name and a category: that of a piece of news."""
    for block in page.blocks[:3]:
        match = _DAY_ALONE.match(block.text)
        if match is None or block.kind is BlockKind.HEADING:
            continue
        number = int(match[2]) if match[2] else month(match[3])
        try:
            return dt.date(int(match[4]), number, int(match[1]))
        except ValueError:
            return None
    return None


def _has_byline(page: Page) -> bool:
    """A day of publication right under the title."""
    return any(_BYLINE.search(block.text) for block in page.blocks[:3])


def _is_standing(page: Page) -> bool:
    """A page named after its activity that tells when it meets, dated only because its template dates all."""
    named = topics.names_activity(page.title) and len(page.title.split()) <= _SHORT_NAME
    return named and bool(_MEETS_STILL.search(page.main_text))


def _is_front(page: Page) -> bool:
    return _splits(page.url) and not urlsplit(page.url).query and bool(_FRONT.match(urlsplit(page.url).path))


def _splits(url: str) -> bool:
    try:
        urlsplit(url)
    except ValueError:
        return False
    return True
