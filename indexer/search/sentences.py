"""Sentences of search, in the interface's languages: why a hit is there, and what was loosened."""

from collections.abc import Mapping, Sequence

_TEXTS: Mapping[str, Mapping[str, str]] = {
    "near": {
        "fi": "Juuri tällä alueella ({place}) ei ole sopivaa. Näytämme ensin lähimmät.",
        "sv": "Det finns inget som passar just här ({place}). Vi visar först det närmaste.",
        "en": "Nothing fits in this area ({place}). The nearest come first.",
        "selko": "Tällä alueella ({place}) ei ole sopivaa. Näytämme ensin sen, mikä on lähellä.",
    },
    "online": {
        "fi": "Lähistöllä ({place}) ei ole sopivaa. Näytämme, mihin voi osallistua verkossa tai puhelimessa.",
        "sv": "Det finns inget som passar i närheten ({place}). Det här ges på nätet eller per telefon.",
        "en": "Nothing fits nearby ({place}). These are available online or by phone.",
        "selko": "Lähellä ({place}) ei ole sopivaa. Näytämme, mitä voit saada netissä tai puhelimessa.",
    },
    "national": {
        "fi": "Lähistöllä ({place}) ei ole sopivaa. Näytämme koko maassa toimivat.",
        "sv": "Det finns inget som passar i närheten ({place}). Vi visar det som ordnas i hela landet.",
        "en": "Nothing fits nearby ({place}). These serve the whole country.",
        "selko": "Lähellä ({place}) ei ole sopivaa. Näytämme, mitä on koko Suomessa.",
    },
    "unknown": {
        "fi": "Emme löytäneet sopivaa, joka varmasti palvelee aluetta {place}. Tarkista alue järjestäjältä.",
        "sv": "Vi hittade inget som säkert betjänar {place}. Kontrollera området hos arrangören.",
        "en": "Nothing certainly serves {place}. Please check the area with the organiser.",
        "selko": "Emme tiedä, onko tämä tarkoitettu sinun alueellesi ({place}). Kysy järjestäjältä.",
    },
    "farther": {
        "fi": "Lähistöllä ({place}) ei ole sopivaa. Näytämme kauempana olevat etäisyyden mukaan.",
        "sv": "Det finns inget som passar i närheten ({place}). Vi visar det som finns längre bort.",
        "en": "Nothing fits nearby ({place}). These are farther away, the nearest first.",
        "selko": "Lähellä ({place}) ei ole sopivaa. Näytämme, mitä on kauempana.",
    },
    "channel": {
        "fi": "Toivomaasi osallistumistapaa ei löytynyt. Näytämme muut sopivat.",
        "sv": "Det önskade sättet att delta hittades inte. Vi visar annat som passar.",
        "en": "The way of taking part you asked for was not found. These fit otherwise.",
        "selko": "Emme löytäneet juuri tätä tapaa. Näytämme muut sopivat.",
    },
    "filters": {
        "fi": "Valituilla rajauksilla ei löytynyt mitään. Näytämme tulokset ilman niitä: {names}.",
        "sv": "Inget hittades med de valda avgränsningarna. Vi visar resultaten utan dem: {names}.",
        "en": "Nothing was found with the chosen filters. These are the results without {names}.",
        "selko": "Emme löytäneet mitään näillä valinnoilla. Näytämme tulokset ilman niitä: {names}.",
    },
    "area": {
        "fi": "Emme löytäneet juuri tätä. Nämä kuuluvat samaan aihepiiriin: {names}.",
        "sv": "Vi hittade inte precis det här. De här hör till samma ämnesområde: {names}.",
        "en": "We did not find exactly this. These belong to the same area: {names}.",
        "selko": "Emme löytäneet juuri tätä. Näissä on sama aihe: {names}.",
    },
    "need": {
        "fi": "Emme löytäneet juuri tätä. Nämä liittyvät aiheeseen {names}.",
        "sv": "Vi hittade inte precis det här. De här hör till ämnet {names}.",
        "en": "We did not find exactly this. These are about {names}.",
        "selko": "Emme löytäneet juuri tätä. Näissä on sama aihe: {names}.",
    },
    "meaning": {
        "fi": "Emme löytäneet juuri tätä. Nämä ovat sisällöltään lähimpänä.",
        "sv": "Vi hittade inte precis det här. De här ligger närmast till innehållet.",
        "en": "We did not find exactly this. These are closest in content.",
        "selko": "Emme löytäneet juuri tätä. Näytämme, mikä on lähimpänä.",
    },
    "none": {
        "fi": "Emme löytäneet hakuusi sopivaa toimintaa.",
        "sv": "Vi hittade ingen verksamhet som passar din sökning.",
        "en": "We found no activity that fits your search.",
        "selko": "Emme löytäneet sopivaa toimintaa.",
    },
}


def sentence(code: str, language: str, **values: str) -> str:
    """The sentence of a code; Finnish where the language is unknown."""
    texts = _TEXTS[code]
    return texts.get(language, texts["fi"]).format(**values)


_REASONS: Mapping[str, Mapping[str, str]] = {
    "word": {
        "fi": "tekstissä mainitaan {value}",
        "sv": "texten nämner {value}",
        "en": "the text mentions {value}",
        "selko": "tekstissä on sana {value}",
    },
    "words": {
        "fi": "tekstissä mainitaan {value}",
        "sv": "texten nämner {value}",
        "en": "the text mentions {value}",
        "selko": "tekstissä ovat sanat {value}",
    },
    "need": {
        "fi": "aiheena on {value}",
        "sv": "ämnet är {value}",
        "en": "the topic is {value}",
        "selko": "aihe on {value}",
    },
    "kindred": {
        "fi": "tekstissä on samaan aiheeseen kuuluva sana {value}",
        "sv": "i texten finns ordet {value}, som hör till samma ämne",
        "en": "the text has a word of the same topic, {value}",
        "selko": "tekstissä on samaan aiheeseen kuuluva sana {value}",
    },
    "typo": {
        "fi": "tekstissä on hakusanaa muistuttava {value}",
        "sv": "i texten finns {value}, som liknar ditt sökord",
        "en": "the text has {value}, which looks like your word",
        "selko": "tekstissä on melkein sama sana {value}",
    },
    "meaning": {
        "fi": "sisältö on lähellä hakuasi",
        "sv": "innehållet ligger nära din sökning",
        "en": "the content is close to your search",
        "selko": "aihe on lähellä sitä, mitä etsit",
    },
    "serves": {
        "fi": "toiminta palvelee {value}",
        "sv": "verksamheten betjänar {value}",
        "en": "it serves {value}",
        "selko": "toiminta palvelee {value}",
    },
    "distance": {
        "fi": "matkaa on {value} km",
        "sv": "det är {value} km dit",
        "en": "it is {value} km away",
        "selko": "matka on {value} km",
    },
    "next": {
        "fi": "seuraava kerta on {value}",
        "sv": "nästa gång är {value}",
        "en": "the next time is {value}",
        "selko": "seuraava kerta on {value}",
    },
}
_AND = {"fi": "ja", "sv": "och", "en": "and", "selko": "ja"}


def joined(parts: Sequence[str], language: str) -> str:
    """Parts of a sentence in a row, "and" before the last."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {_AND.get(language, _AND['fi'])} {parts[-1]}"


def reason_text(code: str, language: str, **values: str) -> str:
    """A part of a why-sentence, without capital and full stop."""
    texts = _REASONS[code]
    return texts.get(language, texts["fi"]).format(**values)
