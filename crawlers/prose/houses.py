"""Names of meeting places in running text: words of houses and rooms in the cases that tell where."""

import re

from crawlers.prose.lexicon import FLAGS, SHORT, STEM
from crawlers.prose.names import proper_base
from crawlers.prose.shapes import Resolver

_STEMS = {
    "asema": "asema", "halli": "halli", "hotelli": "hotelli", "huone": "huonee", "kabinetti": "kabineti",
    "kahvila": "kahvila", "kahvio": "kahvio", "kammari": "kammari", "kappeli": "kappeli",
    "kartano": "kartano",
    "kenttä": "kentä", "keskus": "keskukse", "kirjasto": "kirjasto", "kirkko": "kirko", "kolo": "kolo",
    "koti": "kodi", "kylpylä": "kylpylä", "koulu": "koulu",
    "laavu": "laavu", "leikkipuisto": "leikkipuisto", "luokka": "luoka", "maja": "maja", "museo": "museo",
    "navetta": "naveta", "olohuone": "olohuonee", "opisto": "opisto", "paikka": "paika", "paja": "paja",
    "pappila": "pappila", "pirtti": "pirti", "ravintola": "ravintola", "rukoushuone": "rukoushuonee",
    "sairaala": "sairaala", "sali": "sali", "satama": "satama", "sauna": "sauna",
    "seurala": "seurala", "stadion": "stadioni",
    "studio": "studio", "talo": "talo", "teatteri": "teatteri", "tila": "tila", "tilat": "tiloi",
    "toimisto": "toimisto", "tori": "tori", "tupa": "tuva", "uimaranta": "uimaranna", "verstas": "verstaa",
}  # fmt: skip
_CASES = ("ssa", "ssä", "lla", "llä")
_BASES = {stem + case: base for base, stem in _STEMS.items() for case in _CASES}
HOUSE = f"(?:{'|'.join(sorted((*_STEMS, *_BASES), key=lambda word: (-len(word), word)))})"

_CAPITAL = r"[A-ZÅÄÖ][\w-]"
_NO_NAME = (
    r"(?!(?:Kokoon|Tavata|Tapaa|Ryhm|Kerho\b|Tervetul|Meid|Avoi|Jos\b|Toimin|Tule|Paikka|Osoite|Kaikki"
    r"|Järjestet|Järjestäm|Sijain|Olemme|Vieras|Tiistai|Maanan|Keskiv|Torstai|Perjan|Lauan|Sunnun"
    r"|Yhteis?tie|Aika\b|Retki|Myös|Seuraava|Uusi\b|Klo\b|Kello\b|Lähtö|Missä|Milloin|Kurssi|Luento"
    r"|Pidet|Jaetaan|Vietet|Juhlit|Ruokail|Laulet|Kahvit|Lähdet|Keräänny|Aloitet|Mennään|Käydään))"
)
# Whose house it is stands in the genitive; "Hävikkiruokaa jaetaan seurakuntakodilla" tells of none.
_NO_VERB = r"(?![a-zåäö]+[td](?:aan|ään)\s)"
_ROOM = r"(?:\s(?:[a-zåäö]*(?:sali|huonee|luoka|kabineti)|auditorio)(?:ssa|ssä|lla|llä)?\b)?"
_NUMBER = r"(?:\s\d{1,3}(?![\d.:–-]|\s?[€–-]))?"
_PROPER = (
    r"(?:\s(?!Klo|Puh|Ti|Ma|Ke|To|Pe|La|Su|Tervet|Kokoon|Lisä|Ilmoit|Kahvi|Hinta|Maks)"
    r"[A-ZÅÄÖ][a-zåäö]+(?:[A-ZÅÄÖ][a-zåäö]+)?)?"
)
_NAMED = re.compile(
    rf"\b{_NO_NAME}((?:{_CAPITAL}+\s){{0,2}}{_CAPITAL}*{HOUSE}{_NUMBER}{_PROPER})\b"
    rf"|\b{_NO_NAME}((?:{_CAPITAL}+\s){{0,2}}{_CAPITAL}*n\s(?:{_NO_VERB}[a-zåäö-]+n\s){{0,2}}[a-zåäö-]*{HOUSE}"
    rf"{_ROOM}{_NUMBER})\b"
    rf"|\b((?:seurakunta|kylä|kerho|järjestö|kansalais|yhteis|monitoimi|nuoriso|kunnan|kaupungin|palvelu|vanhain"
    r"|käsityö|urheilu|kulttuuri|taide|musiikki|luonto|leiri|kurssi|keila|jää|hoiva"
    rf"|uima|työväen|palo|perhe|asukas|terveys|hyvinvointi|päivä|toiminta|liikunta|rukous|srk-)-?{HOUSE}{_ROOM}{_PROPER})\b"
    rf"|\b({_CAPITAL}+n\s(?:yläkerran|alakerran|kirkon|kunnan|kaupungin|koulun|pää|vanhan)\s?[a-zåäö]*{HOUSE})\b"
    rf"|\b((?:[a-zåäö-]*(?:kirjasto|halli|talo|kirko|koulu|keskukse|seurakunna|opisto|tuva)n\s)[a-zåäö-]*{HOUSE})\b"
    r"|\b((?:Kahvila|Kirjasto|Hotelli|Olohuone|Ravintola|Museo|Kirkko|Kuntosali|Liikuntasali|Kylätalo|Kylpylä)\s"
    r"[A-ZÅÄÖ][a-zåäö]+)\b"
    r"|\b((?:kahvila|hotelli|ravintola|kylätalo|kylpylä|leirikeskus|palvelutalo|kokoustila)\s"
    r"[A-ZÅÄÖ][a-zåäö-]+(?:ssa|ssä|lla|llä))\b"
)
_PLAIN_BEFORE = re.compile(rf"(?:^|[,:;]\s)([a-zåäö-]*{HOUSE})$")
_GENITIVE = re.compile(r"(?<=[ioö])sen$")
_HOUSE_WORD = re.compile(rf"(?:{'|'.join(_STEMS)})$", FLAGS)
_ROOM_WORD = re.compile(r"(?:luokka|sali|huone|kabinetti|kammari|tila|kerhotila)$", FLAGS)
_LOCATIVE = re.compile(r"(?:ll[aä]|ss[aä])$")
_IS_SUBJECT = re.compile(
    rf"\s(?:on|ovat|kokoontuu|kokoontuvat|järjestää|tarjoaa|tapaa|toimii|sopii|jatkuu|alkaa|{STEM}|(?:{SHORT})\b"
    r"|joka|arkisin|klo|kello)",
    FLAGS,
)
_MEETS = re.compile(
    r"kokoon|tavataan|tapaa|tapaami|pidetään|järjestetään|paikka|kerho|ryhmä|tervetuloa|klo|kello"
    rf"|{STEM}|kokoustila|piiri\b|kuoro|jumppa|kahvit|alkaa|avoinna|toimii",
    FLAGS,
)
_LED_BY_DAY = re.compile(rf"\W*(?:(?:{STEM}|{SHORT})\b\.?(?:\s?[–-]\s?(?:{SHORT})\b)?\s)?\d{{1,2}}\.", FLAGS)
_FEW_WORDS = 6


def named_house(sentence: str, resolve: Resolver) -> str | None:
    """The name of the house or room where people meet, in its base form; None where none is told.

    A line of a few words that only says where ("Kiteen kirjastossa.") belongs to what stands beside it.
    """
    found = next((match for match in _NAMED.finditer(sentence) if not _is_subject(sentence, match)), None)
    if found is None:
        return None
    name = next(part for part in found.groups() if part)
    alone = len(sentence.split()) <= _FEW_WORDS and any(_LOCATIVE.search(word) for word in name.split())
    whole = sentence.strip(" .") == name or sentence.startswith(f"{name},")  # a line that is but the place
    last = _LED_BY_DAY.match(sentence) and sentence.rstrip(" .").endswith(f", {name}")
    if not (alone or whole or last or _MEETS.search(sentence)):
        return None
    room = nominative(_townless(name, resolve))
    beside = _NAMED.match(sentence, found.end() + 2) if sentence[found.end() :].startswith(", ") else None
    if beside is None or not _ROOM_WORD.search(room) or not _ends_line(sentence, beside.end()):
        return room
    return f"{room}, {nominative(next(part for part in beside.groups() if part))}"


def _ends_line(sentence: str, end: int) -> bool:
    return sentence[end : end + 1] in {"", ",", "."}


def names_house(text: str) -> bool:
    """Whether a text speaks of any house or room at all."""
    return any(not _is_subject(text, match) for match in _NAMED.finditer(text))


def house_before(head: str, near: int) -> str | None:
    """The name of a house that ends at most `near` characters before the end of `head`."""
    found = list(_NAMED.finditer(head))
    if not found or len(head) - found[-1].end() > near:
        plain = _PLAIN_BEFORE.search(head)  # "Kitee, pääkirjasto, Kiteentie 7"
        return nominative(plain[1]) if plain else None
    return nominative(next(part for part in found[-1].groups() if part))


def nominative(name: str) -> str:
    """ "Kiteen kirjastossa" → "Kiteen kirjasto", "Kahvila Aromissa" → "Kahvila Aromi".

    A name whose base form cannot be told from its ending ("Aallossa") stays as it stands.
    """
    words = name.split()
    if len(words) > 1 and _GENITIVE.search(words[-1]) and _HOUSE_WORD.search(words[-2]):
        return " ".join((*words[:-1], _GENITIVE.sub("nen", words[-1])))  # "uimahalli Vesiliposen altaassa"
    bases = [_base(word) for word in words]
    if bases[-1] == words[-1] and any(base != word for base, word in zip(bases, words, strict=True)):
        return " ".join(bases)
    if bases[-1] != words[-1]:
        return " ".join(bases)
    stem = _LOCATIVE.sub("", words[-1])
    house = len(words) > 1 and _HOUSE_WORD.search(words[-2])
    if stem != words[-1] and house and (own := proper_base(stem)):
        return " ".join((*words[:-1], own))
    return name


def _base(word: str) -> str:
    """The base form of a word that ends in a house's word."""
    low = word.lower()
    for form, base in _BY_LENGTH:
        if low.endswith(form):
            return word[: len(word) - len(form)] + base
    return word


_BY_LENGTH = sorted(_BASES.items(), key=lambda item: -len(item[0]))


def _is_subject(sentence: str, match: re.Match[str]) -> bool:
    """ "Kylätalo on vuokrattavissa", "Unikoulu torstaisin": it is spoken of, not met in."""
    said = next(part for part in match.groups() if part).split()
    if any(_LOCATIVE.search(word) for word in said):
        return False
    return bool(_IS_SUBJECT.match(sentence, match.end()))


def _townless(name: str, resolve: Resolver) -> str:
    """ "Lieksassa seurakuntatalolla" → "seurakuntatalolla"; "Kiteen kirjastossa" stays whole."""
    first, _, rest = name.partition(" ")
    return rest if rest and _LOCATIVE.search(first) and resolve(first) is not None else name
