"""Names of houses in their base form, without a dictionary: "Järjestötalo Aallossa" is Järjestötalo Aalto."""

import re

from crawlers.prose.lexicon import FLAGS

# Stems of what houses are named after. Another soft stem may have several base forms: it stays as it is.
_SOFT = {
    "aallo": "aalto", "aita": "aitta", "askele": "askel", "auringo": "aurinko", "avu": "apu",
    "helme": "helmi", "hetke": "hetki", "hovi": "hovi", "idä": "itä",
    "illa": "ilta", "inno": "into", "joe": "joki",
    "kaare": "kaari", "kanno": "kanto", "kevää": "kevät", "kive": "kivi", "koda": "kota", "kodo": "koto",
    "koske": "koski", "kuka": "kukka", "kulla": "kulta", "kummu": "kumpu", "kunno": "kunto", "lado": "lato",
    "lamme": "lampi", "lehde": "lehti", "lehdo": "lehto", "levo": "lepo", "linnu": "lintu",
    "luhdi": "luhti", "lähtee": "lähde", "lämmö": "lämpö", "mäe": "mäki", "nieme": "niemi",
    "niity": "niitty", "onne": "onni", "paadi": "paatti", "pado": "pato", "pello": "pelto",
    "perhose": "perhonen", "polu": "polku", "porti": "portti", "puistiko": "puistikko", "raiti": "raitti",
    "ranna": "ranta", "rintee": "rinne", "saare": "saari", "sado": "sato", "salme": "salmi",
    "siive": "siipi", "silla": "silta", "soihdu": "soihtu", "soinnu": "sointu", "sovu": "sopu",
    "suve": "suvi", "sydäme": "sydän", "sävele": "sävel", "taido": "taito", "taka": "takka",
    "talve": "talvi", "tamme": "tammi", "tiedo": "tieto", "toivo": "toivo", "tuule": "tuuli",
    "tähde": "tähti", "valla": "valta", "varvu": "varpu", "venee": "vene", "verko": "verkko",
    "virra": "virta", "vuore": "vuori",
}  # fmt: skip
_SOFTENED = re.compile(r"(?:ll|nn|rr|mm|ng|hd|[aeiouyäö][dvkpt])[aeiouyäö]$", FLAGS)
_OF_S = re.compile(r"(?<=[aeiouyäö])kse$", FLAGS)


def proper_base(stem: str) -> str | None:
    """The base form of a name's stem ("Aallo", "Poikkeukse"); None where it cannot be told."""
    low = stem.lower()
    for soft in _BY_LENGTH:
        # A compound softens at its end: "Kotisilla", "Iltatähde".
        if low == soft or (low.endswith(soft) and len(low) > len(soft) + 2 and soft in _IN_COMPOUNDS):
            whole = stem[: len(stem) - len(soft)] + _SOFT[soft]
            return whole[0].upper() + whole[1:]
    if _OF_S.search(stem):
        return _OF_S.sub("s", stem)  # "Poikkeukse" → "Poikkeus"
    return None if _SOFTENED.search(stem) else stem


_BY_LENGTH = sorted(_SOFT, key=lambda soft: (-len(soft), soft))
_IN_COMPOUNDS = frozenset(
    {
        "aallo",
        "auringo",
        "hovi",
        "joe",
        "kaare",
        "kive",
        "koske",
        "lehde",
        "lehdo",
        "linnu",
        "lähtee",
        "mäe",
        "nieme",
    }
    | {"niity", "pello", "polu", "porti", "raiti", "ranna", "rintee", "saare", "salme", "silla", "siive"}
    | {"sydäme", "tähde", "tuule", "vuore", "virra"}
)
