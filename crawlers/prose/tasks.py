"""Help without a timetable: support persons, friends and tasks for volunteers."""

import re
from collections.abc import Sequence

from crawlers.prose.contacts import mails, phones
from crawlers.prose.lexicon import FLAGS
from crawlers.prose.sections import Section, is_facet

_SUPPORT = re.compile(
    r"ystävätoimin|ystäväpalvelu|tukihenkilö|tukiperhe|vertaistuki|vertaistukij|vertaisauttaj|mentor|kummi"
    r"|sairaalaystäv|saattohoi|ruoka-?apu|ruokajak|neuvonta|digi(?:tuki|opast|apu|neuvo)|lastenhoitoapu"
    r"|kuljetusapu|kauppa-?apu|asiointiapu|keskusteluapu|kriisiapu|tukipuhelin|omaisneuvo|pihatyöapu|kotiapu"
    r"|lukuystäv|ulkoiluystäv|ystävävälity|rinnallakulkij|tukikaveri|saattaja-?apu|etsivä\w*\svanhus",
    FLAGS,
)
_ROLE = re.compile(
    r"ystävä|tukihenkilö|tukiperhe|kummi|mentori|mummi|vaari|opastaja|ohjaaja|auttaja|avustaja|kaveri|vetäjä"
    r"|päivystäjä|saattaja|kuljettaja|lukija|vapaaehtoi|talkoo|vertaistukija|vertainen|emäntä|isäntä|valmentaja"
    r"|kerääjä|jakaja|apuri|lukumumm|kahvinkeittäj|tukija|kokemustoimija|kokemusasiantuntija",
    FLAGS,
)
_TASKS = re.compile(
    r"vapaaehtoi(?:sek|suu|sten\steht|stehtäv|stoimin)|vapaaehtoisille|tule\sauttam|auttajaksi|tehtävät\b|haemme\svapaaeht"
    r"|vapaaehtoiset|lähde\smukaan\sauttam",
    FLAGS,
)
_TO_VOLUNTEER = re.compile(
    r"\b(?:olet|autat|neuvot|toimit|ilahdutat|juttelet|kuuntelet|opastat|kuljet|saatat|ohjaat|vedät|luet|jaat|keräät"
    r"|tehtävä(?:än|nä|ssä|nsä)?|vapaaehtoi\w+|koulut\w+|perehdy\w+|valmen\w+|et\starvitse|sinulta|voit\stoimia)\b",
    FLAGS,
)
_OFFERED = re.compile(
    r"\b(?:saat|voit|saatko|kaipaatko|haluatko|tarvitsetko|oletko|etsitkö|ota(?:\srohkeasti)?\syhteyttä|soita|soittamalla"
    r"|pyydä|tarjoamme|autamme|luottamuksellis\w+|maksut\w+|ilmai(?:sta|nen)|koulut(?:ettu|uksen)\w*|kuuntelee"
    r"|tapaa\w*|kanssasi|sinua|sinulle|puhelimessa|kasvokkain)\b",
    FLAGS,
)
_ASK = re.compile(
    r"kiinnost|ota\syhteyttä|näin\s(?:saat|pääset|haet|tulet)|yhteydenot|mukaan|hakeudu|lisätie|yhtey", FLAGS
)
_TOLD = re.compile(r"tarina|kertoo|kokemu(?:s|ksia)\b|uuti|kiitos|päivän\s|messut", FLAGS)
_ENOUGH = 2
_LONGEST_TITLE = 8  # words


def is_task(section: Section) -> bool:
    """Whether a section names a role under a heading of tasks for volunteers."""
    return bool(_ROLE.search(section.title)) and any(_TASKS.search(title) for title in section.above)


def is_offered(section: Section, sentences: Sequence[str], contact: str | None) -> bool:
    """Whether a section without times offers support to its reader, or a task; both with whom to ask.

    contact  a sentence beside the section that tells a telephone number or a mail address
    """
    if _TOLD.search(section.title) or len(section.title.split()) > _LONGEST_TITLE:
        return False
    text = " ".join(sentences)
    reachable = contact is not None or any(_reaches(sentence) for sentence in sentences)
    if is_task(section):
        return reachable and bool(_TO_VOLUNTEER.search(text))
    said = {match[0].lower() for match in _OFFERED.finditer(text)}
    return reachable and bool(_SUPPORT.search(section.title)) and len(said) >= _ENOUGH


def contact_below(section: Section, found: Sequence[Section]) -> str | None:
    """Whom to ask, told in a section under this one or in one beside it that says how to come along."""
    for other in found:
        under = other.above[: len(section.above) + 1] == (*section.above, section.title)
        beside = other.above == section.above and (_ASK.search(other.title) or is_facet(other.title))
        if other is section or not (under or beside):
            continue
        for sentence in other.sentences():
            if _reaches(sentence):
                return sentence
    return None


def _reaches(sentence: str) -> bool:
    return next(phones(sentence), None) is not None or next(mails(sentence), None) is not None
