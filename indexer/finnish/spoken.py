"""Spoken Finnish: a table of function words and the regular clippings of endings.

The table adds its reading to whatever Voikko reads in the form. Rules apply only to forms that Voikko does
not know as written, and their result counts only when Voikko knows it.
"""

import re

FORMS: dict[str, str] = {
    "mä": "minä", "mää": "minä", "mie": "minä", "miä": "minä", "sä": "sinä", "sää": "sinä", "sie": "sinä",
    "mun": "minun", "sun": "sinun", "miun": "minun", "siun": "sinun", "miul": "minulla", "siul": "sinulla",
    "mua": "minua", "sua": "sinua", "miuta": "minua", "siuta": "sinua", "mulla": "minulla",
    "sulla": "sinulla", "miulla": "minulla", "siulla": "sinulla", "mulle": "minulle", "sulle": "sinulle",
    "miulle": "minulle", "siulle": "sinulle", "multa": "minulta", "sulta": "sinulta", "mul": "minulla",
    "sul": "sinulla", "mut": "mutta", "meiän": "meidän", "teiän": "teidän", "heiän": "heidän",
    "meijän": "meidän", "teijän": "teidän", "meil": "meillä", "teil": "teillä", "tää": "tämä", "toi": "tuo",
    "nää": "nämä", "noi": "nuo", "tän": "tämän", "ton": "tuon", "tät": "tätä", "tota": "tuota",
    "mis": "missä", "mist": "mistä", "mihi": "mihin", "mite": "miten", "mitenkä": "miten", "mikskä": "miksi",
    "millo": "milloin", "millon": "milloin", "sillon": "silloin", "kenel": "kenellä", "kelle": "kenelle",
    "kelt": "keneltä", "ketkä": "kuka", "jol": "jolla", "ku": "kun", "et": "että", "niinku": "niin kuin",
    "niiku": "niin kuin", "ni": "niin", "vaa": "vain", "viel": "vielä", "täs": "tässä", "siin": "siinä",
    "siit": "siitä", "täält": "täältä", "siel": "siellä", "tääl": "täällä", "kans": "kanssa",
    "kaa": "kanssa", "kaas": "kanssa", "oon": "olen", "oot": "olet", "ollaa": "ollaan", "ois": "olisi",
    "oisko": "olisiko", "olis": "olisi", "oisin": "olisin", "oisit": "olisit", "onks": "onko",
    "onk": "onko", "oliks": "oliko", "eiks": "eikö", "voiks": "voiko",
    "saaks": "saako", "mitäs": "mitä", "meen": "menen", "meet": "menet", "mee": "mene", "tuun": "tulen",
    "tuut": "tulet", "tuu": "tule", "paan": "panen", "tehä": "tehdä", "nähä": "nähdä", "käyä": "käydä",
    "lähen": "lähden", "lähtis": "lähtisi", "tarviin": "tarvitsen", "tarvin": "tarvitsen",
    "tarvis": "tarvitsisi", "tarttis": "tarvitsisi", "kattoo": "katsoo", "kattoa": "katsoa",
    "pitäs": "pitäisi", "pitäis": "pitäisi", "yks": "yksi", "kaks": "kaksi", "viis": "viisi",
    "kuus": "kuusi", "yht": "yhtä", "toinenki": "toinenkin", "kuiteski": "kuitenkin",
    "kuitenki": "kuitenkin", "ihmisii": "ihmisiä", "lapsii": "lapsia", "masis": "masennus",
    "haluisin": "haluaisin", "haluisi": "haluaisi", "haluis": "haluaisi", "haluun": "haluan",
    "haluunko": "haluanko", "tarvii": "tarvitsee", "tarttee": "tarvitsee", "tartten": "tarvitsen",
    "jaksas": "jaksaisi", "voinks": "voinko", "saanks": "saanko", "mikäs": "mikä", "meekkään": "menekään",
    "meekkää": "menekään", "tuukkaan": "tulekaan", "ookkaan": "olekaan", "oo": "ole", "oos": "ole",
    "emmä": "en minä", "empä": "enpä", "ollu": "ollut", "käyny": "käynyt", "pitäny": "pitänyt",
    "jaksanu": "jaksanut", "saanu": "saanut", "menny": "mennyt", "tullu": "tullut", "immeinen": "ihminen",
    "immeisiä": "ihmisiä", "männä": "mennä", "mänen": "menen", "mäne": "mene", "mänöö": "menee",
    "tulloo": "tulee", "tehhä": "tehdä", "nähhä": "nähdä", "tiijä": "tiedä", "tiijän": "tiedän",
    "viijä": "viedä", "apuva": "apua", "kottiin": "kotiin", "piästä": "päästä", "piä": "pää",
    "hyvvää": "hyvää", "tarvihen": "tarvitsen", "kahtoa": "katsoa", "kahtomaan": "katsomaan",
    "ouvvosti": "oudosti", "millonka": "milloin", "kenenkää": "kenenkään", "ketää": "ketään",
    "yksinää": "yksinään", "kotia": "kotiin", "vanhuksii": "vanhuksia", "nuorii": "nuoria",
    "emmie": "en minä", "enmie": "en minä", "emmää": "en minä", "ettemmie": "etten minä",
    "oommie": "olen minä", "oonkohan": "olenkohan", "jaksamie": "jaksa minä", "ookko": "oletko",
    "ihteni": "itseni", "ihtesä": "itsensä", "ihtensä": "itsensä", "ihteään": "itseään",
    "ihtiään": "itseään", "iteksee": "itsekseen", "iteksein": "itsekseni", "ihekseen": "itsekseen",
    "ahistaa": "ahdistaa", "ahistaapi": "ahdistaa", "ahistais": "ahdistaisi", "kukkaan": "kukaan",
    "ketteen": "keneen", "käyttee": "käyttää", "auttoo": "auttaa", "ottoo": "ottaa", "antoo": "antaa",
    "hoitoo": "hoitaa", "kahtoo": "katsoo", "muistoo": "muistaa", "maksoo": "maksaa", "velkoi": "velkoja",
    "mukuloi": "mukuloita", "juua": "juoda", "juuaan": "juodaan", "syyvä": "syödä", "juuva": "juoda",
    "eikai": "ei kai", "miule": "minulle", "siule": "sinulle", "miust": "minusta", "millee": "millään",
    "mänin": "menin", "mäni": "meni", "männy": "mennyt", "pitsi": "pitäisi", "mitekä": "miten",
    "mitenkäs": "miten", "mistee": "mistä", "misteepä": "mistä", "missee": "missä", "jottai": "jotain",
    "jottain": "jotain", "jotai": "jotain", "jonnee": "jonnekin", "kettään": "ketään", "mittee": "mitä",
    "mittää": "mitään", "ennee": "enää", "ennään": "enää", "apuuni": "apuani", "kattomaan": "katsomaan",
    "ootko": "oletko", "oonko": "olenko",
}  # fmt: skip
"""Spoken form → standard form."""

NAMES = frozenset({"siun", "miun"})
"""Karelian pronouns that are also in names of services (Siun sote): never mere function words."""

PRONOUNS = frozenset({"mä", "mää", "sä", "sää"})
"""Pronouns that everybody says: never the rare forms of "mikä" and "se" that Voikko reads in them too."""

_BACK = frozenset("aou")
_VOWELS = frozenset("aeiouyäöå")
_LONG = re.compile(r"(?<=[aeiouyäö])([bdfghjklmnprstv])\1(?=[aeiouyäö]{2})")
"""A consonant that eastern speech doubles before a long vowel: "ennää", "rahhaa"."""
_SHORT_OI = re.compile(r"(?<=[bdfghjklmnprstv])([oö])t(?=[aeiouyäöt])")
"""Where speech says no i: "kirjotin", "ilmottaa"."""
_LOST = (
    (re.compile(r"uu(?=a)"), "uod"),
    (re.compile(r"yy(?=ä)"), "yöd"),
    (re.compile(r"ii(?=[aä])"), "ied"),
    (re.compile(r"(?<=[aeiouyäö])h(?=[aeiouyäö])"), "d"),
    (re.compile(r"(?<=[aeiouyäö])h(?=[aeiouyäö])"), "hd"),
    (re.compile(r"(?<=[aeiouyäö])h(?=[aeiouyäö])"), "ht"),
    (re.compile(r"ua"), "aa"),
    (re.compile(r"iä"), "ää"),
)
"""Where speech says no d ("tiiä", "saaha", "ahistus"), and the diphthongs of Savo ("suaha", "piä")."""
_PARTITIVE = {"uu": "ua", "oo": "oa", "yy": "yä", "öö": "öä"}


def _harmony(word: str) -> tuple[str, str]:
    """The likelier of a/ä first; compounds may mix, so both are tried."""
    return ("a", "ä") if any(letter in _BACK for letter in word) else ("ä", "a")


def _endings(word: str) -> list[str]:
    vowels = _harmony(word)
    last, before = word[-1], word[-2]
    found: list[str] = []
    if last == "s" and before in _VOWELS:
        found += [word + "s" + vowel for vowel in vowels]
    if word[-2:] in ("st", "lt"):
        found += [word + vowel for vowel in vowels]
    if last == "l" and before in _VOWELS:
        found += [word + "l" + vowel for vowel in vowels] + [word + "le"]
    if word[-2:] in ("ks", "ts") or word.endswith("ksi"):
        found.append(word + "i")
    return found


def _vowels(word: str) -> list[str]:
    vowels = _harmony(word)
    double = word[-2:]
    found: list[str] = []
    if double in _PARTITIVE:
        found.append(word[:-2] + _PARTITIVE[double])
    elif double in ("ee", "ii"):
        found += [word[:-1] + vowel for vowel in vowels]
    if double in ("ee", "oo", "öö"):
        found += [word[:-2] + vowel * 2 for vowel in vowels]
    if word[-1] in _VOWELS:
        found.append(word + "n")
    return found


def _eastern(word: str) -> list[str]:
    found = [_LONG.sub(r"\1", word)]
    found += [lost.sub(written, word, count=1) for lost, written in _LOST]
    found += [lost.sub(written, form, count=1) for form in found[-2:] for lost, written in _LOST[3:5]]
    if word[-3:] in ("nnu", "nny"):
        found.append(f"{word[:-2]}{word[-1]}t")
    return [form for form in found if form != word]


def _plurals(word: str) -> list[str]:
    if word.endswith(("oi", "öi")):
        return [word[:-1] + "ja", word[:-1] + "jä", word + "ta", word + "tä"]
    if word.endswith("it"):
        return [word + vowel for vowel in _harmony(word)]
    return []


def _verbs(word: str) -> list[str]:
    found: list[str] = []
    if word[-2:] in ("nu", "ny", "lu", "ly", "ru", "ry", "su", "sy"):
        found.append(word + "t")
    if word.endswith("is"):
        found.append(word + "i")
    if word[-2:] in ("as", "äs", "es", "os"):
        found.append(word[:-1] + "isi")
    if word[-3:] in ("sko", "skö"):
        found.append(word[:-2] + "i" + word[-2:])
    if len(word) > 4 and word[-3:-1] == word[-2] * 2 and word[-1] == "n" and word[-2] in "uoyöi":
        found += [word[:-2] + vowel + "n" for vowel in _harmony(word)]
    if word.endswith("ki"):
        found.append(word + "n")
    return found


def _clipped(word: str) -> list[str]:
    return _endings(word) + _vowels(word) + _verbs(word) + _plurals(word)


def standard_forms(word: str) -> list[str]:
    """Standard written forms that a lower-case spoken form may stand for, likeliest first.

    Eastern speech doubles consonants of clipped forms as well ("ossoo": osaa).
    """
    if len(word) < 4:
        return []
    single = _LONG.sub(r"\1", word)
    found = _clipped(word) + _eastern(word)
    if single != word:
        found += _clipped(single)
    if _SHORT_OI.search(word):
        whole = _SHORT_OI.sub(r"\1it", word)
        found += [whole, *_clipped(whole)]
    return list(dict.fromkeys(found))
