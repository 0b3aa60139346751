"""What headings and sentences speak of: activities, lists of them, and what is none."""

import re
from functools import lru_cache

from crawlers.prose.lexicon import FLAGS, SMALL

_NOT_ACTIVITY = re.compile(
    r"tutkimu|kirjaudu|kysely\b|lausun(?:to|not|non)|kannanot|tarina\b|palsta|strategia|työryhm|tilat\b|hallitu(?:s|ksen)\b"
    r"|kokou(?:s|kset|kutsu)|jäsenyys|jäseneksi|jäsenmaksu|jäsenedut|liity\b"
    r"|tietosuoj|eväste|rekisteri"
    r"|lahjoit|säännöt|sääntöj|pöytäkirj|toimintakertomu|toimintasuunnitel|uutis|ajankohtais"
    r"|tiedot(?:e|teet)\b|blog|yhteystied"
    r"|yhteydenot|toimisto|henkilökun|työntekij|historia|linkit|linkkejä|palaute\b|etusivu"
    r"|tietoa\s(?:meistä|sivu|yhdist)"
    r"|galleria|kuvi?a\b|menneet|arkisto|toteutune|tapahtunut|some\b|somessa|facebook|instagram"
    r"|seuraa\smei|uusimmat|yhteistyökumppan"
    r"|kumppan|rahoit|tukijat|sponsor|medial|lehdistö|julkais|esitteet|materiaal|vuokra|laskutus"
    r"|tilinumero|pankki|saapumisohje"
    r"|pysäköin|parkki|varust|avoimet\stehtävät|rekry|työpaik|haemme(?!\svapaaehtois)|kiitos|usein\skysyt|ukk\b|evankel"
    r"|muistolle|in\smemoriam|tilavarau|varaustilan|varauskalenter|varaustilanne|tilojen\svara|vapaat\s(?:vuorot|ajat)|\bsalivuorot\b"
    r"|ruokalista|lounaslista|\blounas\b|(?:huoneen|tilan|salin|talon|välineiden)\skäyttö|katsottavissa|tallenne|tallenteet"
    r"|palvelulinja|kirjastoauto|myymäläauto|tulokset\b|tuloksia\b|nimipäiv|syntymäpäiv|otteluohjelma|sarjaohjelma|\bottelut\b|sarjataulu",
    SMALL,
)
_ACTIVITY_NOUN = re.compile(
    r"ryhm|kerho|kahvila|kahvit\b|piiri\b|kuoro|kurssi|toiminta\b|toimintaa\b|vertais|tukihenkilö"
    r"|kohtaamispaik|neuvonta|jumppa|jooga"
    r"|tanssi|illat?\b|ilta\b|tapaami|treffit|olohuone|tupa\b|työpaja|paja\b|leiri|retki|luento"
    r"|tapahtuma|juhla|bingo|peli|uinti|kävely"
    r"|sauna|liikunta|perhetalo|puhelin|chat|tuki\b|apu\b|ensitieto|valmennus|messut|konsertti"
    r"|myyjäiset|viikonlop|rieha\b|päivä\b|hiihdot|kisat|talkoot"
    r"|lauluh|yhteislaulu|harrast|klubi|foorumi|keskustelu|toritapahtuma|avoimet\sovet|joulu"
    r"|pikkujoulu|muistelu|lukupiiri|hetki\b|sali\b"
    r"|ystäv|kuntosali|askartelu|käsity|ompelu|neulo|seniori|päiväkeskus|tori\b|matka\b|festivaali"
    r"|teatteri|näyttely|opastus|digi|sirkus",
    SMALL,
)
_LETTERS = r"(?:jäsen|kevät|syys|kesä|talvi|joulu|kerho|yhdistys|kuukausi)?-?(?:tiedote|kirje|lehti)"
LETTER = re.compile(
    rf"\W*(?:{_LETTERS}\s?(?:nro\s)?\d{{1,2}}\s?/\s?20\d\d|(?:kevään|syksyn)\s{_LETTERS}(?:\s20\d\d)?)\W*",
    FLAGS,
)
"""The letter to the members with its number: the programme of its season in running text."""
GENERIC = re.compile(
    rf"{LETTER.pattern}|"
    r"\W*(?:tervetuloa.*|toiminta(?:a|mme)?(?:\s(?:kevää|syksy|kesä|talve)ll[aä])?(?:\s20\d\d)?|mitä\steemme|ryhmät|ryhmätoiminta|kerhot"
    r"|kurssit|tapahtumat|tuleva(?:t|a)\s(?:tapahtumat|toimintaa?|ohjelmaa?)|tulossa"
    r"|tapahtumakalenteri|kalenteri|vertaistuki|vertaistukiryhmät|vertaisryhmät|viikko-?ohjelma"
    r"|ohjelma(?:\s20\d\d)?|lukujärjestys|toimintakalenteri"
    r"|verkossa|etänä|netissä|muualla|paikan\späällä|lähitapaamiset|verkkotapaamiset|etätapaamiset"
    r"|palvelut|tule\smukaan.*|vapaaehtoistoiminta|liikuntaryhmät|harrastukset|säännöllinen\stoiminta"
    r"|viikoittainen\stoiminta"
    r"|vuosittaiset\stapahtumat|kevät(?:kausi)?(?:\s20\d\d)?|syksy|syyskausi|syksy\s20\d\d|(?:kevään"
    r"|syksyn|viikon)\s.*ohjelma\w*|etusivu"
    r"|(?:kevään|syksyn|kesän|talven|joulun)\s(?:20\d\d\s)?(?:tapahtumat|ryhmät|kurssit)"
    r"|(?:tammi|helmi|maalis|huhti|touko|kesä|heinä|elo|syys|loka|marras|joulu)kuu(?:\s20\d\d)?"
    r"|maanantai|tiistai|keskiviikko|torstai|perjantai|lauantai|sunnuntai|maanantaisin|tiistaisin"
    r"|keskiviikkoisin|torstaisin"
    r"|perjantaisin|lauantaisin|sunnuntaisin)\W*",
    FLAGS,
)
ARRANGED = re.compile(
    r"\b(?:auki|avoinna)\skaikille\b|\bkokoon(?:tuu|tuvat|numme|nutaan)\b|\btervetuloa\s(?:mukaan|ryhmään|kaikki|tutustu|kahv)"
    r"|\btule(?:\svain|\srohkeasti)?\smukaan\b"
    r"|\btapaa(?:mme)?\b|\btavataan\b|\bjärjest(?:ämme|etään)\b|\bmukaan\svoi\stulla\b"
    r"|\bmukaan\spääsee\b|\bvoit\stulla\b|\btarjoa(?:mme|vat)\b"
    r"|\bryhmään\svoi\b|\bkaikille\savoin\w*|\bon\savoinna\b",
    FLAGS,
)
LIST_OF_ACTIVITIES = re.compile(
    r"^(?:\w+\s){0,2}(?:\w*ryhmät|\w*kerhot|\w*tapahtuma(?:t|kalenteri)|(?:\w*liikunta|liikunta\w*)|harrastukset|kurssit"
    r"|viikko-?ohjelma|(?:säännöllinen\s|viikoittainen\s)toiminta)\b",
    FLAGS,
)
ENDED = re.compile(
    r"lopet(?:ti|tanut)\s(?:toimintansa|toiminnan)|toiminta\son\s(?:päättynyt|loppunut|lakannut)"
    r"|ei\senää\s(?:kokoonnu|järjestetä|toimi)"
    r"|ryhmä\son\s(?:päättynyt|loppunut)|toistaiseksi\stauolla|on\stauolla\stoistaiseksi",
    FLAGS,
)
CANCELLED = re.compile(r"\bperu(?:ttu|utettu|taan|untuu)\b|\bPERUTTU\b", FLAGS)
MANY = re.compile(
    r"(?:\w+\s){0,2}\w*(?:ryhmät|kerhot|kurssit|tapahtumat|piirit|illat|ryhmiä|kerhoja|kursseja)\W*", FLAGS
)
"""A heading over several: it is none of them itself."""
PAST_SECTION = re.compile(r"menneet|arkisto|toteutune|takana|viime\s(?:vuo|kesä|kevä|syks)", FLAGS)
ONLINE = re.compile(
    r"\b(?:teams\w*|zoom\w*|etänä|etäyhteyd\w+|verkossa|verkkoryhmä\w*|verkkotapaami\w+|discord\w*"
    r"|chat\w*)\b",
    FLAGS,
)
HYBRID = re.compile(r"myös\s(?:etänä|verkossa|teams|zoom|etäyhteyd)|hybridi", FLAGS)
SEASON = re.compile(
    r"\W*(?:kevä(?:t|ällä)|syksy(?:llä)?|kesä(?:llä)?|talvi|talvella|(?:kevät|syys|kesä|talvi|toiminta)-?kau(?:si|della))"
    r"(?:\s20\d\d)?(?:\s?[–-]\s?(?:20)?\d\d)?\W*",
    FLAGS,
)


@lru_cache(maxsize=2048)  # a site's pages share their headings
def names_activity(title: str) -> bool:
    """Whether a heading speaks of something that people come to."""
    return bool(_ACTIVITY_NOUN.search(title.lower()))


@lru_cache(maxsize=2048)
def names_none(title: str) -> bool:
    """Whether a heading speaks of what is no activity: minutes, news, contacts, fees, rooms to let."""
    return bool(_NOT_ACTIVITY.search(title.lower())) and LETTER.fullmatch(title) is None
