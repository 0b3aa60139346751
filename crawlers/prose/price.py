"""What taking part costs, and how to join, as sentences tell it."""

import re
from collections.abc import Sequence

from crawlers.prose.contacts import mails, phones
from crawlers.prose.lexicon import FLAGS
from schemas.activity import Price, Registration, Texts
from schemas.codes import PriceKind

_FREE = re.compile(
    r"\b(?:maksuton(?:ta)?|maksutta|maksuttom(?:a|ia|at|an|aan)|ilmainen|ilmaiseksi|ilmaista|ilmaisia"
    r"|ilmaiset|vapaa\spääsy"
    r"|ei(?:vät|kä|vätkä)?\s(?:\w+\s){0,2}maksa\s(?:mitään|sinulle)|ei(?:kä)?\s(?:\w+\s)?peritä\s(?:\w+\s)?maksua|ei\s(?:ole\s|tule\s)?(?:(?:osallistumis|pääsy|kurssi|ryhmä|kerho)-?)?maksua|ilmaisen\b|kuluton|ei\skuluja|ei\s(?:osallistumis|pääsy)maksua|osallistuminen\son\silmais\w+"
    r"|veloituksetta|(?<![\d.,])0\s?(?:€|euroa)|free\sof\scharge|(?:inget|ingen)\s(?:inträde|avgift|deltagaravgift)|fritt\stillträde|free\s(?:entry|admission)|gratis|avgiftsfri\w*|kostnadsfri\w*|fritt\sinträde)(?!\w)",
    FLAGS,
)
_AMOUNT = re.compile(
    r"(?<![\d.,])(\d{1,4}(?:[.,]\d{1,2})?)(?:\s?[-–]\s?\d{1,4}(?:[.,]\d{1,2})?)?\s?(?:€|euroa?\b|eur\b"
    r"|e\b)",
    FLAGS,
)
_TAKING_PART = re.compile(
    r"osallistumismaksu|kurssimaksu|kerta(?:maksu)?\b|/\s?kerta|/krt|hinta|pääsymaksu|liput?\b"
    r"|lippu\w*|omavastuu|maksu\son"
    r"|ryhmän\smaksu|kausimaksu|lukukausi|/\s?hlö|/\s?henkilö|sisäänpääsy|maksaa|leirimaksu|omakustannus",
    FLAGS,
)
_EXTRAS = re.compile(
    r"kahvi|tarjoilu|tarjottava|ruoka|ruokailu|lounas|keitto|makkara|pulla|kuljetus|bussi|kyyti|arpajaiset|arpa\b"
    r"|arvan|buffet|kirja\b|opas\b|pysäköin",
    FLAGS,
)
_OTHER = re.compile(
    r"jäsenmaksu|jäsenet\s-?\d+\s?%|lahjoit|tilinumero|FI\d\d|vuokra|kannatusmaksu|avustu|puhelun\shinta|pvm/|mpm|€/kk"
    r"|€/min|snt|palkkio"
    r"|budjetti|\w*pöytä(?:paik\w+|maksu)?\b|myyntipaik\w+|tilavuokra|jäsenyyden|laina|euron\slahja|tuotto|keräy",
    FLAGS,
)
_NEGATED_FREE = re.compile(
    r"\b(?:ensimmäinen|eka|kokeilu|tutustumis)\s?-?kerta\b"
    r"|\b(?:ei\sole|eivät\sole)\s(?:maksut|ilmai)|maksuton\s(?:puhelinnumero|pysäköinti|wifi)",
    FLAGS,
)
# Free for these only: somebody else pays.
_FREE_FOR_SOME = re.compile(
    r"jäsen\w*|laps\w+|lapset|alle\s\d|opiskelij\w+|työttöm\w+|eläkeläis\w+|avustaja\w*|saattaja\w*|muut\b|muille"
    r"|muilta|ensimmäinen\skerta",
    FLAGS,
)
_BY_PERSON = re.compile(
    r"\b(?:jäsen(?:et|iltä|ille|hinta)|muut|muilta|muille|ei-jäsen\w*|aikuis\w+|laps(?:et|ilta)|eläkeläis\w+"
    r"|opiskelij\w+|perhe(?:lippu|maksu)|kaudelta|kausi|kaudessa|lukukaudessa|sis\.|sisält\w+|materiaalimaksu|alkaen)"
    r"|/\s?(?:kausi|kk|kuukausi|lukukausi|kevät\w*|syys\w*|syksy|vuosi|tunti|ilta|päivä)\b",
    FLAGS,
)
_WHOLE = re.compile(r"osallistumismaksu|kurssimaksu|pääsymaksu|hinta|sis\.|sisält|materiaalimaksu", FLAGS)
_TALE = re.compile(
    r"tuott|saatiin|saimme|myyt|osti|maksettiin|palkin|avustu|myönn|stipendi|arvo|säästö|sakko|etu\b|alennu|korvau",
    FLAGS,
)
_ALL = re.compile(
    r"\b(?:kaikki\w*|jokai\w+|\w*(?:ryhmät|ryhmiin|ryhmien|ryhmissä|ryhmiä|kerhot|kerhoja|kursseja|tapaamisia|tilaisuuksia|tapahtumia|jumppia|kerhoihin|kerhojen|kurssit|kursseille|tapaamiset"
    r"|tapaamisiin|tilaisuudet|tilaisuuksiin|tapahtumat|tapahtumiin|jumpat|tunnit|illat|iltoihin|kahvilat"
    r"|tuokiot|leirit|kokoontumiset)|toiminta(?:mme|an)?|osallistuminen|alla|samtliga|grupperna|träffarna"
    r"|all|groups|meetings|events)\b",
    FLAGS,
)
_FEE = re.compile(
    r"(?:kausi|lukukausi|kerta|kurssi|osallistumis|ryhmä|harraste)-?maks\w+|\bhinta\b|\bhinnat\b|/\s?(?:kerta|krt|kausi)\b"
    r"|\bterminsavgift\w*|\bkursavgift\w*|\bper\s(?:termin|gång)\b",
    FLAGS,
)
_WORD = re.compile(r"\w{5,}")
_STEM = 5
_OTHERS = re.compile(r"\W*(?:muut|muihin|muille|muissa|muiden|kaikki\smuut)\b", FLAGS)
_DEAREST = 300.0
_SHORT = 160
_PAID_WORD = re.compile(r"\b(?:maksullinen|maksulliset|maksullista)\b", FLAGS)

_NOT_REQUIRED = re.compile(
    r"\b(?:ei\s(?:\w+\s)?(?:ennakko)?ilmoittautumi\w+|ei(?:kä)?\s(?:\w+\s)?(?:tarvitse"
    r"|tarvi)\s(?:\w+\s)?(?:ennakko)?ilmoittau\w+"
    r"|ilman\s(?:ennakko)?ilmoittautumi\w+|ei(?:kä)?\s(?:vaadi|edellytä|tarvita|vaadita)\s(?:ennakko)?ilmoittautumi\w+"
    r"|ei(?:kä)?\sennakkoilmoit\w+|voit\stulla\silmoittautumatta|ilmoittautumatta"
    r"|no\s(?:pre-?)?registration|ingen\s(?:för(?:hands)?)?anmälan|utan\s(?:för(?:hands)?)?anmälan"
    r"|ilmoittautua\sei\s(?:\w+\s)?(?:tarvitse|tarvi)|(?:etukäteen|ennakkoon)\sei\s(?:tarvitse|tarvi)\silmoittau\w+"
    r"|ilmoittautumi\w+\sei\s(?:tarvita|vaadita|ole|tarvitse)|ilman\sajanvarausta|ei\sajanvarausta)\b",
    FLAGS,
)
_REQUIRED = re.compile(
    r"\b(?:ilmoittaudu(?:tt?han|\b)|ilmoittautumi(?:nen|set|sia)\b|ennakkoilmoittautumi\w+"
    r"|ilmoittautuneille|ilmoittaudu\w*"
    r"|ilmoittautua|ilmoittautumisaika\w*|haku\s(?:\w+\s)?päättyy|ilm\.\s?(?:viim|vko|\d|ja\s|puh|p\.|sähköp|klo|:)|ilmoitathan|ilmoita\s(?:tulostasi|osallistumises\w+)"
    r"|anmäl(?:ning(?:ar)?|an)\s(?:till|senast|via|per)|anmäl\sdig|(?:please\s)?(?:register|sign\sup)\s(?:by|at|via|with|before)"
    r"|hakeudu\sryhmään|haku\sryhmään|hakuaika|etukäteisilmoittau\w+|hae\smukaan|varaa\spaikkasi|sitova\w*\silmoit\w+)",
    FLAGS,
)
_FOR_OTHER = re.compile(
    r"ilmoittaudu\s(?:jäseneksi|uutiskirje|vapaaehtoiseksi|postituslistalle)|jäseneksi", FLAGS
)
_DONE = re.compile(r"ilmoittautumi\w+\son\späättynyt|ryhmä\son\stäynnä", FLAGS)


def read_price(sentences: Sequence[str]) -> tuple[Price, str] | None:
    """What it costs with the sentence; a coffee fee beside a free activity leaves it free.

    Fees of membership, rents and gifts are not the price of taking part.
    """
    free = next((text for text in sentences if _FREE.search(text) and not _NEGATED_FREE.search(text)), None)
    paid = next((text for text in sentences if _is_paid(text)), None)
    if paid is not None and (free is None or (free == paid and _FREE_FOR_SOME.search(paid))):
        return Price(PriceKind.PAID, Texts(fi=paid)), paid
    if paid is not None and free == paid:
        return None
    if free is not None:
        return Price(PriceKind.FREE, Texts(fi=free)), free
    return None


def price_of_all(text: str) -> bool:
    """Whether a sentence tells a price of several: "Kaikki ryhmät ovat maksuttomia"."""
    return bool(_ALL.search(text)) and read_price((text,)) is not None


def fee_of_all(text: str) -> bool:
    """Whether a sentence above a list of groups tells their fee: "Kausimaksu 50 €"."""
    return _FEE.search(text) is not None and read_price((text,)) is not None


def _is_paid(text: str) -> bool:
    """Whether a sentence tells a fee of taking part, not of coffee, membership or a gift."""
    if _OTHER.search(text):
        return False
    if _PAID_WORD.search(text):
        return True
    amounts = [
        found for found in _AMOUNT.finditer(text) if not _of_extras(text, found) and found[1].strip("0.,")
    ]
    if not amounts:
        return False
    if _TAKING_PART.search(text) or _BY_PERSON.search(text):
        return True
    small = all(float(found[1].replace(",", ".")) <= _DEAREST for found in amounts)
    return small and not _TALE.search(text) and len(text) <= _SHORT


def _of_extras(text: str, amount: re.Match[str]) -> bool:
    """ "kahviraha 2 €", "lounas maksaa 9 €": what is bought beside, told right before its amount."""
    begin = max(text.rfind(mark, 0, amount.start()) for mark in (",", ".", ";", "(", "|", "–", "\n"))
    before = text[max(begin, 0) : amount.start()]
    return bool(_EXTRAS.search(before)) and not _WHOLE.search(before)


def read_registration(sentences: Sequence[str], links: Sequence[str] = ()) -> tuple[Registration, str] | None:
    """Whether and how to sign up, with the sentence."""
    for text in sentences:
        if _NOT_REQUIRED.search(text):
            return Registration(required=False, info=Texts(fi=text)), text
    for text in sentences:
        if not _REQUIRED.search(text) or _FOR_OTHER.search(text) or _DONE.search(text):
            continue
        mail = next(mails(text), None)
        phone = next(phones(text), None)
        form = next((link for link in links if _is_form(link)), None)
        return (
            Registration(
                required=True,
                info=Texts(fi=text),
                url=form,
                email=mail.value if mail else None,
                phone=phone.value if phone else None,
            ),
            text,
        )
    return None


def _is_form(link: str) -> bool:
    return link.startswith(("https://", "http://")) and bool(
        re.search(
            r"ilmoittau|lomake|forms?\b|webropol|lyyti|surveypal|eventbrite|questback|rekister", link, FLAGS
        )
    )


def about(title: str, sentences: Sequence[str]) -> tuple[str, ...]:
    """Of what is told beside a list, the sentences that name this entry of it, else those that name none.

    "Tansseihin pääsymaksu 8 €. Muut kerhot ovat maksuttomia.": the second holds for all but the dances.
    """
    stems = {word[:_STEM].casefold() for word in _WORD.findall(title)}
    named = tuple(
        line for line in sentences if any(word[:_STEM].casefold() in stems for word in _WORD.findall(line))
    )
    return named if any(map(_OTHERS.match, sentences)) and named else tuple(sentences)
