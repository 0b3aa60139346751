"""Cue words: whose times a sentence tells, what is left out, and digits that are no times at all.

Texts are given in small letters.
"""

import re
from collections.abc import Iterator

from crawlers.prose.atoms import Atom, Cue, Masked, Sign
from crawlers.prose.lexicon import SMALL as FLAGS

_MASKS = (
    re.compile(r"https?://\S+|www\.\S+|\S+@\S+", FLAGS),
    re.compile(r"\bfi\d{2}(?:\s?\d{4}){3}\s?\d{0,2}\b"),  # account numbers
    re.compile(r"\b\d{7}-\d\b"),  # business ids
    re.compile(r"\b\d+(?:[.,]\d+)?\s?(?:€|eur\w*|e\b|e/|%)|€\s?\d+", FLAGS),
    re.compile(r"\b(?:yli|alle|vähintään|noin)\s\d{1,3}(?:-|\s)?(?:v\b|vuot\w*)", FLAGS),
    re.compile(r"\b\d{1,3}\s?(?:-|–|—)?\s?(?:\d{1,3})?\s?(?:-|–)?(?:vuot\w*|v\.|v\b|vee\b)", FLAGS),
    re.compile(r"\b\d{1,2}\s?(?:-|–)\s?\d{1,2}\s?-?(?:kk\b|kuukau\w+|luokka\w*|lk\b|-?luokk\w+)", FLAGS),
    re.compile(r"\b\d{1,3}\s?(?:-|–)\s?\d{1,3}\s?(?:hengen|henkilö\w*|hlö\w*|lasta|osallistuja\w*|min\w*|h\b"
         r"|tuntia|kertaa)", FLAGS),
    re.compile(r"(?<![\d.])(?:19|20)\d\d\s?[–-]\s?(?:(?:19|20)\d\d|\d\d)\b(?![.:])"),
    re.compile(
        r"\b(?:ei\s(?:\w+\s)?(?:ennakko)?ilmoittautumi\w+|ei\s(?:tarvitse|tarvi|vaadi\w*"
        r"|edellyt\w+)\s(?:\w+\s)?"
        r"(?:ennakko)?ilmoittautu\w+|ilman\s(?:ennakko)?ilmoittautumi\w+)",
        FLAGS,
    ),
    re.compile(
        r"\b(?:viimeistään|viim\.?|dl:?|ennen)\s(?:\w+\s)?(?:\d{1,2}\.\s?(?:\d{1,2}\.|\w+kuuta)(?:\s?20\d\d)?)"
        r"(?:\sklo\s\d{1,2}(?:[.:]\d\d)?)?"
        r"|\d{1,2}\.\s?\d{1,2}\.(?:20\d\d)?(?:\sklo\s\d{1,2}(?:[.:]\d\d)?)?\smennessä"
        r"|\bmennessä\s\d{1,2}\.\d{1,2}\.\d*",
        FLAGS,
    ),
    re.compile(
        r"\b(?:päivitetty|julkaistu|muokattu|hyväksytty|perustettu|rekisteröity|tulostettu|laadittu"
        r"|syntynyt|s\.)"
        r":?\s(?:viimeksi\s)?\d{1,2}\.\s?\d{1,2}\.\s?(?:19|20)?\d\d",
        FLAGS,
    ),
    re.compile(r"\bkello(?:n)?\sympäri\b", FLAGS),
)  # fmt: skip
_POSTCODE = re.compile(r"\b\d{5}(?=\s[A-ZÅÄÖ])")
_PHONE_NUMBER = re.compile(
    r"(?<![\d.])(?:\+358[\s()0-]{0,5}|0)(?:\d[\s-]?){5,11}\d(?!\d)|\b\d{3}[\s-]\d{3}\s?\d{2,4}\b"
)

_SIGNS: tuple[tuple[Cue, str], ...] = (
    (Cue.PHONE, r"puhelinaika\w*|päivyst\w+|vastaamme|vastaa\sarkisin|vastataan|puhelinajat|soittoaika\w*"
         r"|soittoajat|soita|soittaa|soittele|soittakaa"
         r"|puhelintunti\w*"
     r"|tavoit(?:at|taa|ettaviss\w+|etaan)|puhelimitse|puhelinpalvelu\w*|puhelinpäivysty\w*|puhelinneuvont\w*"
     r"|tekstiviesti\w*|whatsapp\w*|vastaa\w*\spuhel\w+|puhelin\spalvelee|puhelun\w*"),
    (Cue.OFFICE, r"toimisto\w*|avaim(?:en|et|ia)|voi(?:t|daan)?\svarata|varattu|varattavissa|vuokra\w*|"
     r"kanslia\w*|asiakaspalvelu\w*|kirpputori\w*|kirppis\w*|myymälä\w*|kauppa\son"
     r"|työaika\w*|toiminnanjohtaja\w*|järjestösihteeri\w*|vastaanotto\w*|postitoimi\w+"
     r"|palvelupiste\w*"
     r"|henkilökunta\w*|työntekijä(?:mme|t)?\s(?:on|ovat|tavat\w+)|\w+\son\s(?:paikalla|tavattavissa)"
     r"|isännöitsij\w+"
     r"|kirjasto\son|virastoaik\w+"),
    (Cue.REGISTRATION, r"ilm\."
     r"|ilmoittaudu\w*|ilmoittautumi\w*|ennakkoilmoit\w*|ilmoittau\w+|ilmoitathan|peruutu\w+"
         r"|peru\sosallis\w+"
     r"|haku(?:aika\w*|\späättyy|\salkaa)|hakemu\w+|määräaika\w*|deadline|varaa\saika\w*|ajanvarau\w+"
     r"|varaukset"
     r"|sitovat|hae\smukaan|haettava\w*|maksettava\w*|eräpäivä\w*"),
    (Cue.INTERNAL, r"(?:vuosi|syys|kevät)kokou\w*|hallitu(?:s|ksen|kselle)|johtokun\w+|\w*työryhm\w+"
     r"|sääntömääräi\w*|haastattelu\w*|tutkimu\w+"),
    (Cue.OPENING, r"avoinna|auki|aukioloaj\w+|avaamme|palvelee|aukiolo\w*"),
    (Cue.SUBEVENT, r"ovet\s(?:aukeavat|avataan|auki)"
     r"|kahvi(?:t|a|lle|tarjoilu\w*|ttelu\w*)?(?=\s(?:alkaen\s)?klo)"
     r"|kahvitarjoilu\w*|kahvit(?=\s)|buffet\w*|ruokailu\w*|lounas|tarjoilu\w*|bussi\w*|linja-auto\w*"
     r"|lähtö\w*|kyyti\w*|kuljetu\w*"
     r"|paluu\w*|lipunmyynti\w*|lippuja|sauna\w*\slämp\w+|illallinen|päivällinen|tauko\sklo"
     r"|hiljaisuus\w*|pysäköin\w+"),
    (Cue.PAUSE, r"(?:kesä|joulu|hiihtoloma|syysloma|talvi|pääsiäis|loma|vuodenvaihde)?-?(?:tauko|taukoa|tauon"
         r"|tauolla)\b(?!\w)"
     r"|(?:kesä|joulu|talvi|syys|hiihto)lom(?:a|an|alla|illa)\b(?!\själkeen)"
     r"|(?:ei(?:vät|mme)?|emme)\s(?:siis\s)?(?:ole\s)?(?:kuitenkaan\s)?"
     r"(?:kokoonnu\w*|kokoontumi\w+|tapaami\w+|toimintaa|\w*ryhm(?:ä[äe]|i[äe])\w*|\w*kerho[aj]\w*|järjestetä|pidetä"
     r"|kahvila\w*|tavata)"
     r"|\w*(?:kerho|ryhm|jump|tapaami|kokoontumi|harjoitu|toimin|tunte|kahvil|illo|iltaa)\w+\sei\s(?:ole|pidetä|järjestetä|kokoonnu)\b"
     r"|(?:on\s|olemme\s|ollaan\s)?lomalla|(?:on\s)?suljettu\b(?!\s\w*ryhm)|suljemme|kiinni\b"),
    (Cue.EXCEPT, r"paitsi|pois\slukien|poikkeuksena|lukuun\sottamatta|poislukien|pl\."
     r"|ei\skuitenkaan|eikä|ei\s(?!\w*viiko|\w*maksu|ilmoitt|\w*lla\b|\w*ssa\b|vielä|enää)\w{3,20}[aä](?=\s(?:\d|\w*viiko|vko\b|pääsiäi|vap[pu]|juhannu|joulu|helator"
     r"|loppiai|itsenäisyys))|ei(?=\s(?:\d|\w*viiko|pääsiäis|vap[pu]|juhannu|joulu|loppiai|hel(?:ator|lunt)|kiirastor|pitkä(?:nä)?perj|lankalau|pyhäinp|itsenäisyys|uutena|äitienp|isänp|vko|vk\b|vkoilla|vkolla"
         r"|"
     r"(?:tammi|helmi|maalis|huhti|touko|kesä|heinä|elo|syys|loka|marras|joulu)|(?:ma|ti|ke|to|pe|la"
     r"|su)\b|pyhi|arkipyh|juhla))"),
    (Cue.HOLIDAYS, r"(?:arki)?pyhi(?:nä|sin|en\saikana)"
     r"|(?:arki)?pyhäpäivi(?:nä|sin)|juhlapyhi(?:nä|en\saikana)"),
    (Cue.VAGUE, r"(?:noin\s|n\.\s?|yleensä\s)?(?:kerran|kahdesti|(?:pari|kaksi|kolme|\d+(?:[-–]\d+)?)\skertaa"
         r"|1[-–]2\skertaa)"
     r"\s(?:\w+\s)?(?:kuussa|kuukaudessa|vuodessa|kaudessa|keväässä|syksyssä|lukukaudessa|kk:ssa)"
     r"|\d\s?(?:krt|kertaa|kert|x)\s?/\s?(?:kk|kuukausi|vuosi|v)|vuoroviikoin|kuukausittain"
     r"|satunnaisesti|epäsäännöllisesti|silloin\ställöin|joskus|joka\stoinen\skuukausi"
     r"|parillis\w+\skuukau\w+"
     r"|parittom\w+\skuukau\w+|sopimuksen\smukaan|vaihtelevasti|joinakin|joinain|useimmiten\seri|vuorotellen"
     r"|joko|vaihtelevina|esimerkiksi|esim\."),
    (Cue.CANCELLED, r"peru(?:ttu|utettu|taan|untuu|tetaan|utuu|untunut|utunut|uu)"
     r"|siirtyy|siirretty|siirretään"
     r"|ei\senää|lopet(?:ti|tanut|taa|ettu|ettiin)\w*|lakk(?:asi|autettu|aa)\w*|päättynyt|päättyi"),
    (Cue.PAST, r"(?:pidettiin|järjestettiin|vietettiin|kokoontui(?:mme|vat)?|kokoonnui\w+|kokoonnuttiin"
     r"|osallistui(?:mme|vat)?"
         r"|vieraili\w*"
     r"|kävi(?:mme|vät)?|käytiin|oli(?:mme|vat)?|olimme|nähtiin|kuultiin|juhlittiin|tutustui\w*"
     r"|tapasimme|saimme|saatiin"
     r"|aloitti(?:mme|vat)?|alkoi(?:vat)?|toimi(?:nut)|valittiin|perustettiin|tehtiin|teimme"
     r"|viime\s(?:viikolla|vuonna|"
     r"kuussa|keväänä|syksynä|kesänä|talvena|maanantaina|tiistaina|keskiviikkona|torstaina|perjantaina"
     r"|lauantaina|sunnuntaina)"
     r"|aiemmin|ennen\s(?:kokoon\w+|järjest\w+)|eilen|tänään|osallistuttiin|retkeiltiin|vietimme"
     r"|järjestimme|pidimme)"),
    (Cue.MEETING, r"\w*ryhmä\w*|kokoonnu\w*|kokoontu\w*|tavataan|tapaami\w+|tapaamme|kerho\w*|\w+kerho\w*"
         r"|(?:\w*kerho|peli|teema|musiikki|keskustelu|tanssi|elokuva|äijä|naisten|saunan?|laulu|runo|tieto"
         r"|info|vertais)-?(?:ilta|illat)"
     r"|\w*kahvila\w*|\w*jumppa\w*|\w*kuoro\w*|\w*treeni\w*|harjoit\w+|\w*kurssi\w*|\w*päiväkahvi\w*"
     r"|olohuone\w*|avoimet\sovet"
     r"|\w*tupa\w*|kohtaamispaik\w+|kohtaamis\w+|\w*talo\w*\son\savoinna|\w*työpaja\w*|\w*piiri\w*"
     r"|\w*tanssi\w*|\w*luento\w*|\w*tapahtuma\w*"
     r"|\w*toiminta\w*|\w*pelit|\w*peli|bingo\w*|jooga\w*|\w*kävely\w*|\w*retki\w*|\w*tun(?:ti|nit|nei)\w*"
     r"|ohjelma\w*|tilaisuu\w*"),
    (Cue.SEASON, r"(?:kevät|syys|luku|toiminta|kesä|talvi|kerho|harraste)?-?kau"
     r"(?:si|den|tena|della|tta|det)\b"
         r"|lukuvuo\w+"
     r"|kevät\b|syksy\b|kevääll\w+|syksyll\w+|kevään|syksyn|ajalla|ajalle|välisenä|toimintavuo\w+"),
)  # fmt: skip
_PATTERNS = tuple(
    (cue, re.compile(rf"(?<![\w-])(?:{pattern})(?![\w]|[\w-]*@)", FLAGS)) for cue, pattern in _SIGNS
)
_AFTER_PAUSE = re.compile(r"^\w*\s(?:jälkeen|päätyttyä)", FLAGS)


def masks(text: str, written: str) -> Iterator[Atom]:
    """Stretches with digits that must not be read as times; `text` is `written` in small letters."""
    for pattern in _MASKS:
        for found in pattern.finditer(text):
            yield Masked(*found.span())
    for found in _POSTCODE.finditer(written):
        yield Masked(*found.span())


def calls(text: str) -> Iterator[Sign]:
    """Telephone numbers: hours that follow are hours of the telephone."""
    for found in _PHONE_NUMBER.finditer(text):
        yield Sign(*found.span(), Cue.CALL)


def signs(text: str) -> Iterator[Sign]:
    """Cue words, in the order of the table above."""
    for cue, pattern in _PATTERNS:
        for found in pattern.finditer(text):
            if cue is Cue.PAUSE and _AFTER_PAUSE.match(text[found.end() :]):
                continue
            yield Sign(*found.span(), cue)
    for found in re.finditer(r"\b(?:puh|p|tel|gsm)\.|\bpuhelin\w*:?|\bpuhelinnumero\w*", text, FLAGS):
        yield Sign(*found.span(), Cue.CALL)
