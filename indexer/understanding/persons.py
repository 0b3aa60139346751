"""Whose trouble it is: words for one close person ("mieheni juo") as opposed to groups ("miehille")."""

import re
from collections.abc import Iterable, Sequence

import msgspec

from indexer.finnish import Word

_PARENT = ("isä", "äiti", "vanhempi", "faija", "mutsi", "iskä", "äiskä", "isäpuoli", "äitipuoli")
_OTHERS = (
    "mies", "vaimo", "puoliso", "avopuoliso", "aviomies", "avovaimo", "avomies", "ukko", "akka", "äijä",
    "poika", "tytär", "tyttö", "lapsi", "veli", "sisko", "sisar", "mummo", "mummu", "mummi", "ukki", "pappa",
    "vaari", "isoäiti", "isoisä", "ystävä", "kaveri", "kumppani", "läheinen", "omainen", "perheenjäsen",
    "poikaystävä", "tyttöystävä", "naapuri", "muija", "emäntä", "isäntä", "siippa", "mukula", "likka", "exä",
    "eksä", "anoppi", "appi", "serkku", "täti", "setä", "eno",
)  # fmt: skip
_FOREIGN = {
    "sv": {
        "parent": ("mamma", "mammas", "mamman", "pappa", "pappas", "pappan", "mor", "mors", "far", "fars",
                   "förälder", "svärmor", "svärfar"),
        "close": ("man", "mans", "make", "maka", "fru", "frus", "hustru", "sambo", "son", "sons", "dotter",
                  "dotters", "barn", "barns", "barnbarn", "bror", "brors", "syster", "systers", "mormor",
                  "farmor", "morfar", "farfar", "vän", "kompis", "pojkvän", "flickvän", "partner",
                  "granne", "anhörig", "sonen", "dottern", "mannen", "frun",
                  "flickvännen", "pojkvännen", "vännen", "brodern", "systern", "barnet"),
    },
    "en": {
        "parent": ("mother", "mother's", "father", "father's", "mum", "mum's", "mom", "mom's", "dad", "dad's",
                   "parent"),
        "close": ("husband", "husband's", "wife", "wife's", "spouse", "partner", "partner's", "son", "son's",
                  "daughter", "daughter's", "child", "child's", "kid", "brother", "brother's", "sister",
                  "sister's", "grandmother", "grandfather", "grandma", "grandpa", "friend", "friend's",
                  "boyfriend", "girlfriend", "neighbour"),
    },
}  # fmt: skip
"""Words for one person, as written: in the plural they are groups."""
SPEAKER = frozenset(
    ("minä", "mä", "mie", "miä", "mää", "en", "enkä", "emme", "olen", "oon", "minun", "mun", "miun",
     "minulla", "mulla", "miulla", "miul", "minua", "mua", "miuta", "minulle", "mulle", "miulle", "minut",
     "meillä", "meidän")
)  # fmt: skip
"""Words by which somebody speaks of themselves, as written."""
_OWNING = frozenset(("min", "din", "sin", "hennes"))
_PERSONS = frozenset((*_PARENT, *_OTHERS))
_STANDARD = {
    "faija": "isä", "iskä": "isä", "fatsi": "isä", "mutsi": "äiti", "äiskä": "äiti", "muksu": "lapsi",
    "skidi": "lapsi", "kersa": "lapsi", "penska": "lapsi", "ukko": "mies", "äijä": "mies", "akka": "vaimo",
    "eukko": "vaimo", "mummu": "mummo", "mummi": "mummo", "pappa": "ukki", "broidi": "veli", "eksä": "ex",
    "muija": "vaimo", "emäntä": "vaimo", "isäntä": "mies", "siippa": "puoliso", "ukkokulta": "mies",
    "mukula": "lapsi", "kakara": "lapsi", "tenava": "lapsi", "ipana": "lapsi", "nassikka": "lapsi",
    "likka": "tyttö", "flikka": "tyttö", "systeri": "sisko", "velipoika": "veli",
    "avomies": "mies", "avovaimo": "vaimo", "aviomies": "mies", "avopuoliso": "puoliso",
}  # fmt: skip
_PLURAL = re.compile(r"(?:t|ille|illä|ilta|issa|istä|ien|iden|itten|sten|ia|iä|ja|jä|eja|ejä)(?:kin|ko|kö)?$")
_PLURAL_OF_I = re.compile(
    r"(?:t|ei(?:lle|lla|llä|lta|ltä|ssa|ssä|sta|stä|hin|ksi)|ien|eja|ejä)(?:kin|ko|kö)?$"
)
_I_STEMS = frozenset(
    ("äiti", "vaari", "mummi", "ukki", "täti", "kaveri", "anoppi", "appi", "naapuri", "mutsi")
)
"""Words that keep their i in the singular: "äidillä" is one mother, "lapsilla" are many children."""
_OWNED = re.compile(r"(?:ni|mme|nsa|nsä|si|nne)(?:kin|ko|kö)?$")


def husbands(words: Sequence[Word]) -> tuple[Word, ...]:
    """Swedish "man" is one's husband after "min", and a function word elsewhere."""
    return tuple(
        msgspec.structs.replace(word, stop=False)
        if word.surface.lower() == "man" and before is not None and before.surface.lower() in _OWNING
        else word
        for before, word in zip((None, *words), words, strict=False)
    )


def names_a_person(lemmas: Iterable[str]) -> bool:
    """Whether a word names somebody close, in any number and case."""
    return not _PERSONS.isdisjoint(lemmas)


def relation(surface: str, lemmas: tuple[str, ...]) -> str:
    """parent | close for a word that speaks of one close person, "" for every other word."""
    kind = next(
        (
            name
            for name, words in (("parent", _PARENT), ("close", _OTHERS))
            if any(lemma in words for lemma in lemmas)
        ),
        "",
    )
    written = surface.lower()
    if not kind:
        return _foreign_relation(written, lemmas)
    if written in lemmas or _OWNED.search(written):
        return kind
    many = _PLURAL if _I_STEMS.isdisjoint(lemmas) else _PLURAL_OF_I
    return "" if many.search(written) else kind


def _foreign_relation(written: str, lemmas: tuple[str, ...]) -> str:
    tongue = next((lemma[:2] for lemma in lemmas if lemma[2:3] == ":"), "")
    return next((kind for kind, words in _FOREIGN.get(tongue, {}).items() if written in words), "")


def one_person(words: Iterable[Word]) -> bool:
    """Whether every word speaks of one close person: "mieheni" is nobody's target group, "miehille" is."""
    return all(relation(word.surface, word.lemmas) for word in words)


def standard(lemmas: tuple[str, ...]) -> tuple[str, ...]:
    """The base forms with the plain word beside a spoken word for a person (faija: isä)."""
    return tuple(dict.fromkeys((*lemmas, *(_STANDARD[lemma] for lemma in lemmas if lemma in _STANDARD))))
