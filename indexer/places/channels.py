"""Ways of taking part that are not places: near me, online, by phone; and the whole country or county."""

import re
from typing import NamedTuple

_WINDOW = 80  # characters looked at on either side: long texts must stay linear


class Channel(NamedTuple):
    """A fixed expression found in text: offsets, kind, case ("none" or "compound"), certain, evidence."""

    start: int
    end: int
    kind: str
    case: str
    certain: bool
    evidence: str


def _words(*patterns: str) -> re.Pattern[str]:
    return re.compile(r"(?<![\w-])(?:" + "|".join(patterns) + r")(?![\w.]\w)(?!\w)", re.IGNORECASE)


_ONLINE = _words(
    r"verkossa", r"verkon kautta", r"verkon välityksellä", r"netissä", r"netin kautta", r"netin välityksellä",
    r"netistä",
    r"etänä", r"etäyhteydellä", r"etäyhteyksin", r"zoomissa", r"zoomin kautta", r"zoomilla", r"zoom",
    r"teamsissa", r"teamsin kautta", r"teamsilla", r"teams", r"chatissa", r"chatin kautta", r"chatti",
    r"chatissä",
    r"chat", r"chattiä", r"chattia", r"chätti", r"online", r"virtuaalisesti", r"livechat", r"på nätet",
    r"via nätet",
)  # fmt: skip
_ONLINE_COMPOUND = _words(
    r"(?:verkko|netti|etä|zoom-?|teams-?|chat-?|chatti|online-?|virtuaali)"
    r"(?:vertais)?(?:tuki)?(?:ryhm|tapaami|kahvila|kerho|kohtaami|kurssi|valmennu|jumppa|luento|neuvon|keskustelu|"
    r"tuki|tuke|apu|apua|päivysty|vertais|olohuon|illa|ilta)\w*",
    r"(?:whatsapp|video|etävideo)-?(?:ryhm|vertais|tapaami|kokou)\w*", r"videoyhte\w+",
    r"(?:virtuaali|verkkovertais|nettivertais)(?:nen|sia|set|tukea|tuki|ryhm\w*)",
)  # fmt: skip
_PHONE = _words(
    r"puhelimitse", r"puhelimessa", r"puhelimen kautta", r"puhelimen välityksellä", r"soittamalla",
    r"puhelulla", r"luurin päässä", r"per telefon", r"by phone",
)  # fmt: skip
_PHONE_COMPOUND = _words(
    r"(?:puhelin|soitto)(?:vertais)?(?:tuki|tuke|ryhm|päivysty|neuvon|apu|keskustelu|rinki|ring)\w*",
    r"(?:tuki|auttava |kriisi|palvelu)puhelin\w*", r"(?:tuki|kriisi)puhelim\w*", r"soittorin\w*",
)  # fmt: skip
_NEAR = _words(
    r"lähelläni", r"lähellä minua", r"lähellä mua", r"lähellä kotia(?:ni)?", r"lähellä meitä",
    r"läheltä kotia",
    r"lähistölläni", r"lähistöllä", r"lähistöltä", r"lähiseudulla", r"lähialueella", r"lähialueelta",
    r"kotini lähellä", r"kodin lähellä", r"kotini lähistöllä", r"kodin läheltä", r"läheltäni",
    r"omalla paikkakunnalla(?:ni)?", r"kotikunnassa(?:ni)?", r"near me", r"nära mig",
)  # fmt: skip
_NEAREST = _words(
    r"lähi(?:n|mmä(?:n|t|stä|ssä|ltä|llä|lle)|mpi(?:ä|en)|mmistä|mpään)"
    r"(?! (?:omai|suku|ystäv|ihmi|perhe|työtov|läh|vuo|aik|päiv|piiri))",
)  # fmt: skip
_NEAR_BARE = _words(r"lähellä", r"läheltä")
_NATIONAL = _words(
    r"koko suomi", r"koko suome(?:n|a|ssa|sta|lle)", r"koko suomen alueella", r"koko maassa", r"koko maan",
    r"ympäri suomen", r"ympäri suomea", r"missä päin suomea tahansa", r"i hela landet", r"hela finland",
)  # fmt: skip
_NATIONAL_WORD = _words(r"valtakunnalli(?:nen|s\w*)")
_HOME = _words(
    r"koko maakun(?:ta|nan|nassa|nasta|taan|taa)(?: alueella)?", r"maakunnassa", r"maakunnan alueella",
    r"koko (?:hyvinvointi)?alueella", r"hyvinvointialueellamme", r"maakunnallinen",
)  # fmt: skip

# What people suffer from or struggle with on the net or the phone is a need, not a way to meet.
_HARM = re.compile(
    r"kius|huija|petos|petk|pela|peli|uhkail|riippuv|addikt|häirin|vaino|ahdist|groom|rikos|rikok|roikku|haukut|"
    r"syrjä|pokeri|kasino|shop|ostos|osta|lasku|vedon|deitti|koukus|koukku|tapasin|tutustu|pank|asioi|lomak|"
    r"hakemu|kirjautu|salasan|porno",
    re.IGNORECASE,
)
_PLAIN = (
    (_ONLINE, "online", "none"), (_ONLINE_COMPOUND, "online", "compound"), (_PHONE, "phone", "none"),
    (_PHONE_COMPOUND, "phone", "compound"), (_NEAR, "near_me", "none"),
    (_NEAREST, "near_me", "none"), (_NATIONAL, "national", "none"),
    (_NATIONAL_WORD, "national", "compound"), (_HOME, "county", "none"),
)  # fmt: skip


def find_channels(text: str) -> tuple[Channel, ...]:
    """Every fixed expression in `text`, in order, without overlaps; kind "county" means the home county."""
    found: list[Channel] = []
    for pattern, kind, case in _PLAIN:
        for hit in pattern.finditer(text):
            if kind in {"online", "phone"} and _harmful(text, hit.start(), hit.end()):
                continue
            found.append(Channel(hit.start(), hit.end(), kind, case, True, "fixed expression"))
    found += [near for hit in _NEAR_BARE.finditer(text) if (near := _bare(text, hit))]
    found.sort(key=lambda item: (item.start, -item.end))
    kept: list[Channel] = []
    for channel in found:
        if not kept or channel.start >= kept[-1].end:
            kept.append(channel)
    return tuple(kept)


def _harmful(text: str, start: int, end: int) -> bool:
    before = re.findall(r"\w+", text[max(0, start - _WINDOW) : start])[-4:]
    after = re.findall(r"\w+", text[end : end + _WINDOW])[:2]
    return any(_HARM.match(word) or _HARM.search(word[:12]) for word in (*before, *after))


def _bare(text: str, hit: re.Match[str]) -> Channel | None:
    """Plain "lähellä": near me only when nothing follows that it could be near to."""
    before = re.search(r"([\w-]+)\s*$", text[max(0, hit.start() - _WINDOW) : hit.start()])
    after = re.match(r"\s*([\w-]+)", text[hit.end() : hit.end() + _WINDOW])
    if after and after[1].lower().startswith("olev"):
        return Channel(hit.start(), hit.end(), "near_me", "none", True, "no thing follows")
    if before and before[1].lower().endswith("n") and not before[1].lower().endswith(("nen", "in")):
        return None
    if after is None:
        return Channel(hit.start(), hit.end(), "near_me", "none", True, "last word")
    word = after[1].lower()
    if word in {"ja", "tai"}:
        return Channel(hit.start(), hit.end(), "near_me", "none", True, "no thing follows")
    return None
