"""Words of the search itself in the interface's languages: facets, fixed choices, days."""

import datetime as dt
from collections.abc import Mapping

LANGUAGES = ("fi", "sv", "en", "selko")
"""The order of the words in every row below; `selko` is plain Finnish."""

_FACETS: Mapping[str, tuple[str, str, str, str]] = {
    "municipality": ("Kunta", "Kommun", "Municipality", "Kunta"),
    "need": ("Tarve", "Behov", "Need", "Tarve"),
    "area": ("Aihe", "Ämne", "Topic", "Aihe"),
    "kind": ("Millaista tukea", "Typ av stöd", "Kind of support", "Millaista tukea"),
    "group": ("Kenelle", "För vem", "For whom", "Kenelle"),
    "when": ("Milloin", "När", "When", "Milloin"),
    "channel": ("Miten", "Hur", "How", "Miten"),
    "price": ("Hinta", "Pris", "Price", "Hinta"),
    "language": ("Kieli", "Språk", "Language", "Kieli"),
}
_FIXED: Mapping[tuple[str, str], tuple[str, str, str, str]] = {
    ("when", "mo"): ("maanantai", "måndag", "Monday", "maanantai"),
    ("when", "tu"): ("tiistai", "tisdag", "Tuesday", "tiistai"),
    ("when", "we"): ("keskiviikko", "onsdag", "Wednesday", "keskiviikko"),
    ("when", "th"): ("torstai", "torsdag", "Thursday", "torstai"),
    ("when", "fr"): ("perjantai", "fredag", "Friday", "perjantai"),
    ("when", "sa"): ("lauantai", "lördag", "Saturday", "lauantai"),
    ("when", "su"): ("sunnuntai", "söndag", "Sunday", "sunnuntai"),
    ("when", "morning"): ("aamupäivä", "förmiddag", "morning", "aamu"),
    ("when", "day"): ("iltapäivä", "eftermiddag", "afternoon", "päivä"),
    ("when", "evening"): ("ilta", "kväll", "evening", "ilta"),
    ("when", "weekend"): ("viikonloppu", "veckoslut", "weekend", "viikonloppu"),
    ("when", "today"): ("tänään", "i dag", "today", "tänään"),
    ("when", "week"): ("7 päivän sisällä", "inom 7 dagar", "within 7 days", "7 päivän aikana"),
    ("when", "month"): ("30 päivän sisällä", "inom 30 dagar", "within 30 days", "30 päivän aikana"),
    ("channel", "place"): ("paikan päällä", "på plats", "in person", "paikan päällä"),
    ("channel", "online"): ("verkossa", "på nätet", "online", "netissä"),
    ("channel", "phone"): ("puhelimessa", "per telefon", "by phone", "puhelimessa"),
    ("channel", "hybrid"): (
        "paikan päällä ja verkossa",
        "på plats och på nätet",
        "in person and online",
        "paikan päällä ja netissä",
    ),
    ("channel", "home"): ("kotona", "hemma", "at home", "kotona"),
    ("price", "free"): ("maksuton", "avgiftsfritt", "free of charge", "ei maksa mitään"),
    ("price", "paid"): ("maksullinen", "avgiftsbelagt", "with a charge", "maksaa jotakin"),
    ("language", "fi"): ("suomi", "finska", "Finnish", "suomi"),
    ("language", "sv"): ("ruotsi", "svenska", "Swedish", "ruotsi"),
    ("language", "en"): ("englanti", "engelska", "English", "englanti"),
    ("language", "ru"): ("venäjä", "ryska", "Russian", "venäjä"),
    ("language", "ar"): ("arabia", "arabiska", "Arabic", "arabia"),
    ("language", "uk"): ("ukraina", "ukrainska", "Ukrainian", "ukraina"),
    ("language", "so"): ("somali", "somaliska", "Somali", "somali"),
    ("language", "et"): ("viro", "estniska", "Estonian", "viro"),
    ("language", "fse"): ("viittomakieli", "teckenspråk", "sign language", "viittomakieli"),
}
_WEEKDAYS = {
    "fi": ("ma", "ti", "ke", "to", "pe", "la", "su"),
    "sv": ("må", "ti", "on", "to", "fr", "lö", "sö"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    "selko": (
        "maanantaina",
        "tiistaina",
        "keskiviikkona",
        "torstaina",
        "perjantaina",
        "lauantaina",
        "sunnuntaina",
    ),
}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


_CALENDAR = {code: place for place, code in enumerate(code for kind, code in _FIXED if kind == "when")}


def _column(language: str) -> int:
    return LANGUAGES.index(language) if language in LANGUAGES else 0


def facet_name(name: str, language: str) -> str:
    """The name of a facet; Finnish where the language is unknown."""
    return _FACETS[name][_column(language)]


def by_calendar(code: str) -> int:
    """Where a choice of time stands: weekdays from Monday on, then times of day, then spans."""
    return _CALENDAR.get(code, len(_CALENDAR))


def fixed(kind: str, code: str, language: str) -> str:
    """The name of a code of a closed set; the code itself where it has none."""
    row = _FIXED.get((kind, code))
    return row[_column(language)] if row else code


def day(when: dt.date, language: str) -> str:
    """A day in few signs: "ma 23.11.", "må 23.11", "Mon 23 Nov"."""
    name = _WEEKDAYS.get(language, _WEEKDAYS["fi"])[when.weekday()]
    if language == "en":
        return f"{name} {when.day} {_MONTHS[when.month - 1]}"
    return f"{name} {when.day}.{when.month}" + ("" if language == "sv" else ".")
