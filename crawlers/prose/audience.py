"""For whom: ages, reserved gender, languages spoken, and target groups by the words of the taxonomy."""

import re
from collections.abc import Sequence

from crawlers.prose.lexicon import DASH, FLAGS
from schemas.activity import Ages
from schemas.codes import Gender

_YEARS = r"(?:-|–|\s)?(?:vuot(?:iaat|iaille|iaita|iaiden|ias|iaalle|iaana)|v\.|v\b)(?!\w)"
_RANGE = re.compile(rf"(?<![\d.,])(\d{{1,3}}){DASH}(\d{{1,3}})\s?{_YEARS}", FLAGS)
_OVER = re.compile(
    rf"\b(yli|vähintään)\s(\d{{1,3}})\s?{_YEARS}|(?<!\d)(\d{{1,2}})\s?(?:\+|vuotta\stäyttän\w+"
    rf"|(?:-|\s)vuotiaat\sja\svanhem\w+)",
    FLAGS,
)
_UNDER = re.compile(rf"\b(alle|korkeintaan|enintään)\s(\d{{1,3}})\s?{_YEARS}", FLAGS)
_NO_AGE = re.compile(
    r"ikärajaa\sei|ei\sikärajaa|perustettu|vuotta\ssitten|vuotisjuhla|juhlavuosi|täyttää", FLAGS
)
_WORDS: tuple[tuple[re.Pattern[str], Ages], ...] = (
    (re.compile(r"\balle\skouluikäis\w+", FLAGS), Ages(high=6)),
    (re.compile(r"\balakouluikäis\w+|\balakoululais\w+", FLAGS), Ages(low=7, high=12)),
    (re.compile(r"\byläkouluikäis\w+|\byläkoululais\w+", FLAGS), Ages(low=13, high=15)),
    (re.compile(r"\btäysi-ikäis\w+", FLAGS), Ages(low=18)),
)
_FOR_WOMEN = re.compile(
    r"\b(?:naisille\b|naisten\s?-?(?:ryhmä|kerho|sauna|piiri|ilta|kahvila|vertais\w+|jumppa"
    r"|keskustelu\w+|oma)\w*"
    r"|naisryhmä\w*|(?:vain|ainoastaan)\snaisi\w+)",
    FLAGS,
)
_FOR_MEN = re.compile(
    r"\b(?:miehille\b|miesten\s?-?(?:ryhmä|kerho|sauna|piiri|ilta|kahvila|vertais\w+|jumppa"
    r"|keskustelu\w+|vuoro|oma)\w*"
    r"|miesryhmä\w*|miesporukka\w*|(?:vain|ainoastaan)\smiehi\w+|äijäkerho\w*|äijäryhmä\w*|ukkokerho\w*)",
    FLAGS,
)
_BOTH = re.compile(
    r"\b(?:miehille|naisille)\sja\s(?:miehille|naisille)|\bnaisten\sja\smiesten|\bmiesten\sja\snaisten"
    r"|sekä\snaisille",
    FLAGS,
)
_SPOKEN: tuple[tuple[str, str], ...] = (
    ("fi", "suomen"), ("sv", "ruotsin"), ("en", "englannin"),
    ("ru", "venäjän"), ("et", "viron"), ("uk", "ukrainan"),
    ("ar", "arabian"), ("so", "somalin"), ("fa", "persian"),
    ("ku", "kurdin"), ("th", "thain"), ("es", "espanjan"),
)  # fmt: skip
_LANGUAGE = re.compile(
    rf"\b({'|'.join(stem for _, stem in _SPOKEN)})(?:kielinen|kieliset|kielistä|kielisille|kielellä"
    rf"|\skielellä)\b",
    FLAGS,
)
_ADVERBS: tuple[tuple[str, str], ...] = (
    ("fi", "suomeksi"), ("sv", "ruotsiksi"), ("en", "englanniksi"), ("ru", "venäjäksi"), ("et", "viroksi"),
    ("uk", "ukrainaksi"), ("ar", "arabiaksi"), ("so", "somaliksi"), ("fa", "persiaksi"), ("ku", "kurdiksi"),
)  # fmt: skip
_ADVERB = re.compile(rf"\b({'|'.join(word for _, word in _ADVERBS)})\b", FLAGS)
_MATERIAL = re.compile(
    r"esite|sivut?\b|verkkosivu|lomake|uutiskirje|kirjallisuu|opetel|opiskel|kurssi|käännö", FLAGS
)
_OLDEST = 120


def read_ages(sentences: Sequence[str]) -> tuple[tuple[Ages, ...], str] | None:
    """Age ranges of the first sentence that tells any."""
    for text in sentences:
        if _NO_AGE.search(text):
            continue
        found = tuple(dict.fromkeys(_ages(text)))
        if found:
            return found, text
    return None


def _ages(text: str) -> list[Ages]:
    found = [
        Ages(low=int(match[1]), high=int(match[2]))
        for match in _RANGE.finditer(text)
        if int(match[1]) < int(match[2]) <= _OLDEST
    ]
    for match in _OVER.finditer(text):
        years = int(match[2] or match[3])
        if years <= _OLDEST and not (found and match[1] is None):
            # "yli 65-vuotiaille" is said of those who have turned 65 too
            found.append(Ages(low=years))
    found += [
        Ages(high=int(match[2]) - (match[1].lower() == "alle"))
        for match in _UNDER.finditer(text)
        if 0 < int(match[2]) <= _OLDEST
    ]
    found += [ages for pattern, ages in _WORDS if pattern.search(text)]
    return found


def read_genders(sentences: Sequence[str]) -> tuple[tuple[Gender, ...], str] | None:
    """The gender that an activity is reserved for, where it is."""
    for text in sentences:
        women, men = _FOR_WOMEN.search(text), _FOR_MEN.search(text)
        if _BOTH.search(text) or (women and men):
            return None
        if women or men:
            return (Gender.FEMALE if women else Gender.MALE,), text
    return None


def read_languages(sentences: Sequence[str]) -> tuple[tuple[str, ...], str] | None:
    """Languages said to be spoken; what is printed or studied in a language is none."""
    stems = {stem: code for code, stem in _SPOKEN}
    adverbs = {word: code for code, word in _ADVERBS}
    for text in sentences:
        low = text.lower()
        if ("kiel" not in low and "ksi" not in low) or _MATERIAL.search(text):
            continue
        found = [stems[match[1].lower()] for match in _LANGUAGE.finditer(text)]
        found += [adverbs[match[1].lower()] for match in _ADVERB.finditer(text)]
        if found:
            return tuple(dict.fromkeys(found)), text
    return None
