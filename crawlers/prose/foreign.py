"""Swedish and English sentences said in the Finnish words that times and occasions are read from.

The result is for the reader of times alone: nobody is shown it, and what it cannot say stays as it was.
"""

import re
from collections.abc import Callable, Mapping, Sequence

from crawlers.prose.lexicon import DASH, FLAGS, MONTH_STEMS, WEEKDAY_STEMS

_SV_DAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
_EN_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SV_MONTHS = (
    *("januari", "februari", "mars", "april", "maj", "juni"),
    *("juli", "augusti", "september", "oktober", "november", "december"),
)  # fmt: skip
_EN_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)  # fmt: skip
_ORDINALS = {
    **dict.fromkeys(("första", "1:a", "first", "1st"), "ensimmäinen"),
    **dict.fromkeys(("andra", "2:a", "second", "2nd"), "toinen"),
    **dict.fromkeys(("tredje", "3:e", "third", "3rd"), "kolmas"),
    **dict.fromkeys(("fjärde", "4:e", "fourth", "4th"), "neljäs"),
    **dict.fromkeys(("sista", "last"), "viimeinen"),
}
_NTH = "|".join(map(re.escape, _ORDINALS))

Said = Callable[[re.Match[str]], str]
Rule = tuple[re.Pattern[str], Said]


def _day(word: str) -> str:
    low = word.lower()
    found = next((n for days in (_SV_DAYS, _EN_DAYS) for n, day in enumerate(days) if low.startswith(day)), 0)
    return WEEKDAY_STEMS[found]


def _month(word: str) -> str:
    low = word.lower()
    found = next((n for names in (_SV_MONTHS, _EN_MONTHS) for n, name in enumerate(names) if low == name), 0)
    return MONTH_STEMS[found]


def _nth(word: str) -> str:
    return _ORDINALS[word.lower()]


def _rule(pattern: str, said: str | Said) -> Rule:
    compiled = re.compile(rf"(?<![\w-])(?:{pattern})(?![\w])", FLAGS)
    return compiled, (said if callable(said) else lambda _: said)


def _dates(months: Sequence[str]) -> tuple[Rule, ...]:
    names = "|".join(months)
    return (
        _rule(
            rf"(?:den\s|the\s)?(\d{{1,2}})(?:\.|st|nd|rd|th)?\s(?:of\s)?({names})(\s20\d\d)?",
            lambda m: f"{m[1]}. {_month(m[2])}kuuta{m[3] or ''}",
        ),
        _rule(
            rf"(?:i|in|under|during)\s({names}){DASH}({names})",
            lambda m: f"{_month(m[1])}–{_month(m[2])}kuussa",
        ),
        _rule(rf"({names}){DASH}({names})", lambda m: f"{_month(m[1])}–{_month(m[2])}kuu"),
        _rule(rf"(?:i|in|under|during)\s({names})", lambda m: f"{_month(m[1])}kuussa"),
    )


_SV_DAY = "|".join(_SV_DAYS)
_EN_DAY = "|".join(_EN_DAYS)
_SV_SHORT = {"må": 0, "ti": 1, "on": 2, "to": 3, "fr": 4, "lö": 5, "sö": 6}
_SHORT_DAY = rf"(?:{'|'.join(_SV_SHORT)})(?:n|s|rs|e|r)?\.?"
_SV_DATE = r"(?:[1-9]|[12]\d|3[01])\.(?:1[0-2]|[1-9])"
_SV: tuple[Rule, ...] = (
    # Days are written without their last point: one with a month of one digit is no clock time,
    # nor are those that a list holds together with it or a weekday leads.
    (
        re.compile(
            rf"(?<!kl )(?<!kl\. )(?<![\d.,:–-])(?:{_SV_DATE}\.?(?:,\s|\soch\s))+{_SV_DATE}(?![\d.:–-])", FLAGS
        ),
        lambda m: re.sub(rf"({_SV_DATE})\.?(?=,\s|\soch\s|$)", r"\1.", m[0]),
    ),
    (
        re.compile(
            r"(?<!kl )(?<!kl\. )(?<![\d.,:–-])"
            rf"(?=\d{{1,2}}\.[1-9](?!\d)|\S{{3,5}}{DASH}\d{{1,2}}\.[1-9](?!\d))"
            rf"({_SV_DATE}){DASH}({_SV_DATE})\.?(?=20\d\d|[^\d.:–-]|$)",
            FLAGS,
        ),
        lambda m: f"{m[1]}.–{m[2]}.",
    ),
    (
        re.compile(
            r"(?<!kl )(?<!kl\. )(?<![\d.,:–-])((?:[1-9]|[12]\d|3[01])\.[1-9])(?![\d.:–-]|\s?(?:€|euro|km))",
            FLAGS,
        ),
        lambda m: f"{m[1]}.",
    ),
    *_dates(_SV_MONTHS),
    _rule(
        r"(?:från|mellan)\s(\d{1,2}\. \w+kuuta)\s(?:till(?:\soch\smed)?|och)\s(\d{1,2}\. \w+kuuta)",
        lambda m: f"{m[1]}–{m[2]}",
    ),
    _rule(
        rf"({'|'.join(_SV_SHORT)})(?:n|s|rs|e|r)?\.?\s(?:den\s)?(\d{{1,2}}\.\d{{1,2}})\.?(20\d\d)?(?![\d.:–-])",
        lambda m: f"{WEEKDAY_STEMS[_SV_SHORT[m[1].lower()]][:2]} {m[2]}.{m[3] or ''}",
    ),
    _rule(
        rf"(?:den\s)?({_NTH})(?:\soch\s({_NTH}))?\s({_SV_DAY})(?:en)?\s(?:i\s)?(?:varje\s)?månad(?:en)?",
        lambda m: f"kuukauden {_nth(m[1])}{' ja ' + _nth(m[2]) if m[2] else ''} {_day(m[3])}",
    ),
    _rule(rf"({_SV_DAY})arna(?:\sden)?(?=\s\d)", lambda m: f"{_day(m[1])}sin"),
    _rule(
        r"ing(?:en|a|et)\s\w{0,20}(?:träff(?:ar)?|möten?|samling(?:ar)?|gympa|café|verksamhet)"
        r"(?=\s(?:i\s|under\s|vecka|v\.|den\s|\d|\w+kuu|viikolla))",
        "ei kokoontumisia",
    ),
    _rule(rf"varannan\s({_SV_DAY})", lambda m: f"joka toinen {_day(m[1])}"),
    _rule(rf"var\s?tredje\s({_SV_DAY})", lambda m: f"joka kolmas {_day(m[1])}"),
    _rule(r"varannan\svecka", "joka toinen viikko"),
    _rule(r"udda\sveckor", "parittomilla viikoilla"),
    _rule(r"jämna\sveckor", "parillisilla viikoilla"),
    _rule(
        rf"(?:i\s)?(?:vecka|veckorna|veckor|v\.)\s(\d{{1,2}}(?:(?:{DASH}|,\s|\soch\s)\d{{1,2}})*)(?![.:]\d)",
        lambda m: f"viikolla {m[1].replace('och', 'ja')}",
    ),
    _rule(r"(?:alla\s)?vardagar", "arkisin"),
    _rule(r"varje\sdag|dagligen", "joka päivä"),
    _rule(
        rf"(?:från\s)?({_SV_DAY})(?:ar)?(?:{DASH}|\still\s)({_SV_DAY})(?:ar)?",
        lambda m: f"{_day(m[1])[:2]}–{_day(m[2])[:2]}",
    ),
    _rule(rf"(?:varje\s({_SV_DAY})|(?:på\s)?({_SV_DAY})ar(?:na)?)", lambda m: f"{_day(m[1] or m[2])}sin"),
    _rule(rf"(?:på\s)?({_SV_DAY})en(?:\sden)?", lambda m: f"{_day(m[1])}na"),
    _rule(rf"({_SV_DAY})", lambda m: _day(m[1])),
    _rule(r"kl\.?(?=\s?\d)|klockan", "klo"),
    _rule(
        r"(?:fr\.?\s?o\.?\s?m\.?|från\soch\smed)\s(\d{1,2}\.\d{1,2}\.?(?:20\d\d)?)",
        lambda m: f"{m[1]} alkaen",
    ),
    _rule(
        r"(?:t\.?\s?o\.?\s?m\.?|till\soch\smed)\s(\d{1,2}\.\d{1,2}\.?(?:20\d\d)?)", lambda m: f"{m[1]} asti"
    ),
    _rule(r"(?:en|två|tre)\sgång(?:er)?\s(?:i|per)\smånad(?:en)?", "kerran kuussa"),
    _rule(r"enligt\söverenskommelse|ibland|vanligen|oftast", "sopimuksen mukaan"),
    _rule(
        r"med\sbörjan\s(?:från\s)?(?:den\s)?(\d{1,2}\.\d{1,2})\.?(20\d\d)?",
        lambda m: f"alkaen {m[1]}.{m[2] or ''}",
    ),
    _rule(r"med\sbörjan(?:\sfrån)?", "alkaen"),
    _rule(r"(?:vi\s)?(?:startar|börjar|inleds)", "alkaa"),
    _rule(r"(?:vi\s)?(?:slutar|avslutas|upphör)", "päättyy"),
    _rule(r"(?:höst|vår)?(?:terminen|säsongen)", "syyskausi"),
    # A stretch of days is told without its last points; of hours none of these words is said.
    _rule(
        rf"(\w*(?:terminen|säsongen|perioden|tiden|kausi))\s(\d{{1,2}}\.\d{{1,2}})\.?{DASH}(\d{{1,2}}\.\d{{1,2}})\.?(20\d\d)?(?!\d)",
        lambda m: f"{m[1]} {m[2]}.–{m[3]}.{m[4] or ''}",
    ),
    _rule(
        r"(?:inte|ej|men\sinte)\s(?:den\s)?(\d{1,2}\.\d{1,2})\.?(?:\s(?:och|eller)\s(\d{1,2}\.\d{1,2})\.?)?(?!\d)",
        lambda m: f"ei {m[1]}.{f' eikä {m[2]}.' if m[2] else ''}",
    ),
    _rule(r"och", "ja"),
    _rule(r"eller", "tai"),
    _rule(r"utom|förutom", "paitsi"),
    _rule(r"(?:sommar|jul)?(?:paus|uppehåll|lov)(?:et)?|stängt|inga\sträffar", "tauko"),
    _rule(r"inställ[dt]a?|ställs\sin", "peruttu"),
    _rule(r"träffades|ordnades|hölls|samlades|deltog", "pidettiin"),
    _rule(r"träffas|möts|samlas|sammankommer", "kokoontuu"),
    _rule(r"välkommen\smed|kom\smed", "tule mukaan"),
    _rule(r"(?:håller|har)?\s?öppet", "on avoinna"),
    _rule(r"(?:vi\s)?svarar", "vastaamme"),
    _rule(r"telefontid(?:er)?", "puhelinaika"),
    _rule(r"styrelse\w*|styrelsens\smöte", "hallitus"),
    _rule(r"(?:års|höst|vår)möte\w*", "vuosikokous"),
    _rule(r"kansli\w*|kontor\w*|byrå\w*", "toimisto"),
    _rule(r"anmäl\w*|senast", "ilmoittautuminen"),
)
_EN: tuple[Rule, ...] = (
    _rule(r"(?:12\s)?noon", "12 pm"),
    _rule(r"no\s(?:\w+\s){1,2}on(?=\s\d|\s\w+\s\d)", "ei"),
    *_dates(_EN_MONTHS),
    _rule(
        r"(?:from|between)\s(\d{1,2}\. \w+kuuta)\s(?:to|until|till|through|and)\s(\d{1,2}\. \w+kuuta)",
        lambda m: f"{m[1]}–{m[2]}",
    ),
    _rule(
        rf"({'|'.join(_EN_MONTHS)})\s(\d{{1,2}})(?:st|nd|rd|th)?(?:,\s(20\d\d))?",
        lambda m: f"{m[2]}. {_month(m[1])}kuuta{' ' + m[3] if m[3] else ''}",
    ),
    _rule(
        r"(?:at\s|from\s)?(\d{1,2})(?:[.:](\d\d))?\s?(a\.?m\.?|p\.?m\.?)?"
        rf"(?:{DASH}|\sto\s|\suntil\s)(\d{{1,2}})(?:[.:](\d\d))?\s?(a\.?m\.?|p\.?m\.?)",
        lambda m: f"klo {_hour(m[1], m[2], m[3] or _half(m[1], m[4], m[6]))}–{_hour(m[4], m[5], m[6])}",
    ),
    _rule(
        r"(?:at\s|from\s)?(\d{1,2})(?:[.:](\d\d))?\s?(a\.?m\.?|p\.?m\.?)",
        lambda m: f"klo {_hour(m[1], m[2], m[3])}",
    ),
    _rule(
        rf"(?:at|from)\s(\d{{1,2}}(?:[.:]\d\d)?)(?:(?:{DASH}|\sto\s)(\d{{1,2}}(?:[.:]\d\d)?))?",
        lambda m: f"klo {m[1]}{'–' + m[2] if m[2] else ''}",
    ),
    _rule(
        rf"(?:on\s)?(?:the\s|every\s)?({_NTH})(?:\sand\s({_NTH}))?\s({_EN_DAY})"
        r"\s(?:of|in)\s(?:the|each|every|a)\smonth",
        lambda m: f"kuukauden {_nth(m[1])}{' ja ' + _nth(m[2]) if m[2] else ''} {_day(m[3])}",
    ),
    _rule(rf"every\s(?:other|second)\s({_EN_DAY})", lambda m: f"joka toinen {_day(m[1])}"),
    _rule(rf"every\sthird\s({_EN_DAY})", lambda m: f"joka kolmas {_day(m[1])}"),
    _rule(r"every\s(?:other|second)\sweek", "joka toinen viikko"),
    _rule(r"odd\sweeks", "parittomilla viikoilla"),
    _rule(r"even\sweeks", "parillisilla viikoilla"),
    _rule(r"(?:in\s)?week\s(\d{1,2})(?![.:]\d)", lambda m: f"viikolla {m[1]}"),
    _rule(r"(?:on\s)?weekdays", "arkisin"),
    _rule(r"every\sday|daily", "joka päivä"),
    _rule(
        rf"(?:from\s)?({_EN_DAY})s?(?:{DASH}|\sto\s|\sthrough\s)({_EN_DAY})s?",
        lambda m: f"{_day(m[1])[:2]}–{_day(m[2])[:2]}",
    ),
    _rule(rf"(?:on\s)?(?:every\s({_EN_DAY})|({_EN_DAY})s)", lambda m: f"{_day(m[1] or m[2])}sin"),
    _rule(rf"on\s({_EN_DAY})", lambda m: f"{_day(m[1])}na"),
    _rule(rf"({_EN_DAY})", lambda m: _day(m[1])),
    _rule(r"(?:once|twice|three\stimes)\s(?:a|per)\smonth|once\sin\sa\smonth|monthly", "kerran kuussa"),
    _rule(r"by\s(?:agreement|appointment)|sometimes|usually|either", "sopimuksen mukaan"),
    _rule(r"starts|begins", "alkaa"),
    _rule(r"and", "ja"),
    _rule(r"or", "tai"),
    _rule(r"except", "paitsi"),
    _rule(r"(?:summer\s|christmas\s)?(?:break|holiday|holidays)|closed|no\smeetings?", "tauko"),
    _rule(r"cancelled|canceled|postponed", "peruttu"),
    _rule(r"met|was\sheld|were\sheld|took\splace|gathered", "pidettiin"),
    _rule(r"meets?|gathers?|get\stogether|is\sheld|are\sheld", "kokoontuu"),
    _rule(r"(?:you\sare\s)?welcome\sto\sjoin|join\sus|come\salong", "tule mukaan"),
    _rule(r"(?:is\s|are\s)?open", "on avoinna"),
    _rule(r"(?:we\s)?answer", "vastaamme"),
    _rule(r"(?:the\s)?board", "hallitus"),
    _rule(r"(?:annual|general)\smeeting", "vuosikokous"),
    _rule(r"office", "toimisto"),
    _rule(r"regist\w+|sign\sup|deadline|no\slater\sthan", "ilmoittautuminen"),
)
_WORDS: Mapping[str, str] = {
    r"\w*(?:grupp(?:en|er|erna)?|groups?)": "ryhmä",
    r"\w*(?:caf[ée](?:et|er)?|caf[ée]s)": "kahvila",
    r"\w*klubb(?:en|ar)?|clubs?": "kerho",
    r"kamratstöd\w*|peer\ssupport": "vertaistuki",
    r"\w*telefon(?:en)?|helpline": "puhelin",
    r"\w*kurs(?:en|er)?|courses?": "kurssi",
    r"\w*fest(?:en|er)?|party|celebration": "juhla",
    r"\w*föreläsning\w*|lectures?": "luento",
    r"verksamhet\w*|activities": "toiminta",
    r"\w*promenad\w*|walk(?:s|ing)?": "kävely",
    r"\w*utflykt\w*|\w*resa|trips?|excursion": "retki",
    r"\w*kväll\w*|evening": "ilta",
    r"\w*träff(?:en|ar)?|meetups?": "tapaaminen",
    r"evenemang\w*|händelser|kalender|events?|calendar": "tapahtumat",
    r"nyheter|news|aktuellt": "uutiset",
    r"(?:vårens|höstens|vår|höst|veckans)?program(?:met)?(?:\s(?:våren|hösten|spring|autumn))?": "ohjelma",
    r"medlemskap\w*|bli\smedlem|membership": "jäsenyys",
    r"donera|donate|donations?": "lahjoita",
    r"stadgar\w*|rules": "säännöt",
    r"protokoll\w*|minutes": "pöytäkirja",
    r"om\soss|about\sus": "tietoa meistä",
    r"kontakt\w*|contacts?": "yhteystiedot",
    r"integritet\w*|privacy": "tietosuoja",
}
_TITLES: tuple[Rule, ...] = tuple(_rule(pattern, word) for pattern, word in _WORDS.items())


def _hour(hour: str, minute: str | None, half: str | None) -> str:
    hours = int(hour) % 12 + (12 if half and half.lower().startswith("p") else 0) if half else int(hour)
    return f"{hours}.{minute or '00'}"


def _half(begins: str, ends: str, half: str) -> str:
    """ "5–7 pm" begins in the afternoon, "11–1 pm" in the morning."""
    later = int(begins) % 12 < int(ends) % 12
    return half if later or not half.lower().startswith("p") else "am"


def in_finnish(text: str, language: str | None) -> str:
    """`text` with its words of time and occasion in Finnish; Finnish itself comes back untouched."""
    rules = {"sv": _SV, "en": _EN}.get(language or "", ())
    if not rules:
        return text
    for pattern, said in (*rules, *_TITLES):
        text = pattern.sub(said, text)
    return text


_LED_BY_TIME = re.compile(
    rf"^(?:(?:(?:{_SV_DAY}|{_EN_DAY})\w*|{_SHORT_DAY}(?=\s\d)|(?:{'|'.join((*_SV_MONTHS, *_EN_MONTHS))})"
    r"|den|the|on|at|from|to|kl|klockan|\d{1,4}(?:st|nd|rd|th)?|[ap]\.?m)\b[\s,.:|–—-]*)+",
    FLAGS,
)
_NAME_BEFORE = re.compile(r"\s\|\s|\s[–—-]\s|,\s|:\s|\s\(")
_NAME_ENDS = re.compile(r"\s\|\s|\s[–—-]\s|,\s|\.\s|\s\(|\n|\.$")


def name_after_time(line: str) -> str | None:
    """ "4 december kl. 18 Julfest, Föreningshuset" → "Julfest"; None where no time leads the line."""
    led = _LED_BY_TIME.match(line)
    name = _NAME_ENDS.split(line[led.end() :], maxsplit=1)[0].strip() if led else ""
    return name if 3 <= len(name) <= 80 and name[0].isupper() else None


def name_before_time(line: str) -> str | None:
    """ "Stolgymnastik, måndagar kl. 10" → "Stolgymnastik"; None where the line does not begin with a name."""
    name = _NAME_BEFORE.split(line, maxsplit=1)[0].strip()
    return name if name != line.strip() and 3 <= len(name) <= 80 and name[0].isupper() else None


def originals(sentences: Sequence[str], language: str | None) -> dict[str, str]:
    """Each sentence as the reader of times gets it → as it stands on the page, in order."""
    return {in_finnish(sentence, language): sentence for sentence in sentences}
