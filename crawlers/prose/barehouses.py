"""Places that no Finnish word of a house tells: "tavataan Tikkalassa", "på Café Udden", "at the library"."""

import re

from crawlers.prose import topics
from crawlers.prose.lexicon import FLAGS, SHORT, STEM
from crawlers.prose.names import proper_base
from crawlers.prose.shapes import Resolver

_MEETS = (
    r"(?:[Kk]okoontu\w+|[Kk]okoonnu\w+|[Kk]okoonnutaan|[Tt]avataan|[Tt]apaamme|[Tt]apaa|[Pp]idetään|[Jj]ärjestetään"
    r"|[Jj]umpataan|[Jj]umppaamme|[Pp]elataan|[Ll]auletaan|[Hh]arjoittelemme|[Hh]arjoitellaan)"
)
_NAME = r"(?P<stem>[A-ZÅÄÖ][a-zåäö]+(?:-[A-ZÅÄÖ][a-zåäö]+)?)ss[aä]"
_MET_IN = re.compile(rf"\b{_MEETS}\s(?:[^\s.,:;|]+\s){{0,4}}?{_NAME}(?![\w-])")
_THEN = re.compile(
    rf"(?<=[a-zåäö]\s){_NAME}(?=,?\s(?:klo\b|kello\b|joka\b|(?:{STEM})|(?:{SHORT})\b|parillis|parittom|\d))"
)
_NO_PLACE = re.compile(
    r"(?:teamsi?|zoomi?|discordi?|meeti?|facebooki?|messengeri?|whatsappi?|google|youtube|instagram|skypei?|internet"
    r"|suome|karjala|savo|lapi|euroopa|pohjanmaa|uudenmaa|häme|kainuu|satakunna|keskiviiko|tammikuu|\w*kuu)$",
    FLAGS,
)
_SV = (
    r"bibliotek(?:et)?|skola(?:n)?|simhall(?:en)?|församlingshem(?:met)?|församlingsgård(?:en)?|kyrka(?:n)?|hus(?:et)?"
    r"|gård(?:en)?|hem(?:met)?|hall(?:en)?|lokal(?:en)?|center|centret|kansli(?:et)?|museum|museet|teater(?:n)?|institut(?:et)?"
    r"|salong(?:en)?|sal(?:en)?|klubblokal(?:en)?|villa(?:n)?|stuga(?:n)?|bank(?:en)?"
)
_SWEDISH = re.compile(
    rf"\b(?:i|på|vid|hos)\s((?:[A-ZÅÄÖ][\w-]+\s){{0,2}}(?:[a-zåäö]+\s)?[A-ZÅÄÖa-zåäö-]*(?:{_SV})(?:\s[A-ZÅÄÖ][\w-]+)?)(?![\w-])"
    rf"|^([A-ZÅÄÖ][\w-]*(?:{_SV})(?:\s[A-ZÅÄÖ][\w-]+)?)(?=,\s[A-ZÅÄÖ]|\.?$)"
    r"|\b(?:i|på|vid|hos)\s((?:[Cc]af[ée]|[Hh]otell?|[Rr]estaurang|[Vv]illa)\s[A-ZÅÄÖ][\w-]+)"
)
_EN = (
    r"[Ll]ibrary|[Cc]ommunity\s(?:[Cc]ent(?:re|er)|[Hh]ouse)|[Hh]all|[Cc]ent(?:re|er)|[Cc]hurch|[Ss]chool|[Gg]ym"
    r"|[Mm]useum|[Cc]afé"
)
_ENGLISH = re.compile(
    rf"\b(?:at|in)\s(?:the\s)?((?:[A-ZÅÄÖ][\w'-]+\s){{0,3}}(?:[a-z]+\s){{0,2}}?(?:{_EN})(?:\s[A-ZÅÄÖ][\w-]+)?)\b"
)
_HOME = re.compile(r"\b(?:hemma|hemmet|home)$")


def house_met_in(sentence: str, resolve: Resolver) -> str | None:
    """The place that a sentence says people meet in, where it is none of the towns."""
    then = _THEN.search(sentence) if topics.names_activity(sentence) else None
    for found in (_MET_IN.search(sentence), then):
        if found is None:
            continue
        stem = found["stem"]
        whole = found[0][found.start("stem") - found.start() :]
        if _NO_PLACE.match(stem) or _NO_PLACE.search(stem.rpartition("-")[2]) or resolve(whole) is not None:
            continue
        return proper_base(stem) or whole
    return None


def foreign_house(sentence: str) -> str | None:
    """The house that a Swedish or English sentence names, as it stands there."""
    found = _SWEDISH.search(sentence) or _ENGLISH.search(sentence)
    name = next((part for part in found.groups() if part), None) if found else None
    return name if name and len(name) > 3 and not _HOME.search(name) else None


def foreign_house_before(head: str, near: int) -> str | None:
    """The one of these that ends at most `near` characters before the end of `head`."""
    for pattern in (_SWEDISH, _ENGLISH):
        found = list(pattern.finditer(head))
        if found and len(head) - found[-1].end() <= near:
            return next(part for part in found[-1].groups() if part)
    return None
