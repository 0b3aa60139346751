"""Names of codes in the interface's language: taxonomies from `config/`, closed sets from the catalogues."""

from collections.abc import Sequence
from urllib.parse import quote

from babel import Locale

from app.web.languages import language, tag
from app.web.stencils import escaped
from app.web.texts import gettext as _
from app.web.texts import lazy_gettext as _l
from schemas.activity import Activity, Ages, Place
from schemas.codes import ContactType, TargetGroup
from schemas.gazetteer import Gazetteer
from schemas.taxonomy import Names, Taxonomy

FACETS = {
    "municipality": _l("Kunta"),
    "area": _l("Aihe"),
    "need": _l("Tarkempi aihe"),
    "kind": _l("Millaista tukea"),
    "group": _l("Kenelle"),
    "when": _l("Milloin"),
    "channel": _l("Miten"),
    "price": _l("Hinta"),
    "language": _l("Kieli"),
}
_FIXED = {
    ("when", "mo"): _l("maanantai"),
    ("when", "tu"): _l("tiistai"),
    ("when", "we"): _l("keskiviikko"),
    ("when", "th"): _l("torstai"),
    ("when", "fr"): _l("perjantai"),
    ("when", "sa"): _l("lauantai"),
    ("when", "su"): _l("sunnuntai"),
    ("when", "morning"): _l("aamupäivällä"),
    ("when", "day"): _l("iltapäivällä"),
    ("when", "evening"): _l("illalla"),
    ("when", "weekend"): _l("viikonloppuna"),
    ("when", "today"): _l("tänään"),
    ("when", "week"): _l("7 päivän sisällä"),
    ("when", "month"): _l("30 päivän sisällä"),
    ("channel", "place"): _l("paikan päällä"),
    ("channel", "online"): _l("verkossa"),
    ("channel", "phone"): _l("puhelimessa"),
    ("channel", "hybrid"): _l("paikan päällä ja verkossa"),
    ("channel", "home"): _l("kotonasi"),
    ("price", "free"): _l("maksuton"),
    ("price", "paid"): _l("maksullinen"),
    ("gender", "female"): _l("naisille"),
    ("gender", "male"): _l("miehille"),
    ("gender", "other"): _l("muunsukupuolisille"),
    ("accessibility", "wheelchair"): _l("Pääsee pyörätuolilla"),
    ("accessibility", "rollator"): _l("Pääsee rollaattorilla"),
    ("accessibility", "induction_loop"): _l("Induktiosilmukka"),
    ("accessibility", "accessible_toilet"): _l("Esteetön WC"),
    ("accessibility", "accessible_parking"): _l("Esteetön pysäköinti"),
    ("status", "cancelled"): _l("Peruttu"),
    ("status", "postponed"): _l("Siirretty"),
    ("status", "ended"): _l("Päättynyt"),
    ("language", "fi"): _l("suomi"),
    ("language", "sv"): _l("ruotsi"),
    ("language", "en"): _l("englanti"),
    ("language", "ru"): _l("venäjä"),
    ("language", "ar"): _l("arabia"),
    ("language", "uk"): _l("ukraina"),
    ("language", "so"): _l("somali"),
    ("language", "et"): _l("viro"),
    ("language", "fse"): _l("viittomakieli"),
}
_FLAT = {"kind": "kinds", "group": "groups", "unit": "units", "situation": "situations"}


class Labels:
    """Looks names up; made once per process."""

    def __init__(self, taxonomy: Taxonomy, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._taxonomy = taxonomy
        self._found: dict[tuple[str, str, str], str] = {}
        self._choices: dict[tuple[str, str], dict[str, tuple[str, str]]] = {}
        self._terms: dict[tuple[str, str], Names] = {
            (name, term.code): term.name
            for name, attribute in _FLAT.items()
            for term in getattr(taxonomy, attribute)
        }

    def __call__(self, kind: str, code: str) -> str:
        """The name of a code; the code itself where it has none."""
        key = (language(), kind, code)
        found = self._found.get(key)
        if found is None:
            found = self._name(kind, code)
            if found != code:  # only what is known, so that invented codes do not fill the memory
                self._found[key] = found
        return found

    def capital(self, kind: str, code: str) -> str:
        """The name with a capital, as it stands alone."""
        name = self(kind, code)
        return name[:1].upper() + name[1:]

    def choices(self, kind: str, codes: Sequence[str]) -> list[tuple[str, str]]:
        """Of codes of the index: the name with a capital, and the URL parameter, both as HTML."""
        known = self._choices.setdefault((language(), kind), {})
        for code in codes:
            if code not in known:
                known[code] = escaped(self.capital(kind, code)), escaped(f"{kind}={quote(code)}")
        return [known[code] for code in codes]

    def _name(self, kind: str, code: str) -> str:
        if kind == "municipality":
            return self.municipality(code)
        if kind == "need" and code in self._taxonomy.needs:
            return self._taxonomy.needs[code].name.get(language())
        if kind == "area" and code in self._taxonomy.areas:
            return self._taxonomy.areas[code].name.get(language())
        if (kind, code) in self._terms:
            return self._terms[kind, code].get(language())
        if kind == "language" and (kind, code) not in _FIXED:
            return str(Locale(tag(language())).languages.get(code, code))
        return str(_FIXED.get((kind, code), code))

    def municipality(self, code: str) -> str:
        """The name of a municipality; in Swedish its Swedish name."""
        if code not in self._gazetteer:
            return code
        place = self._gazetteer.municipality(code)
        return place.sv if language() == "sv" else place.fi

    def town(self, place: Place) -> str:
        """The town of an address; JOENSUU, as the post writes it, is Joensuu."""
        named = self.municipality(place.municipality) if place.municipality else ""
        town = place.city or named
        if not town.isupper() or len(town) < 2:
            return town
        return named if named.casefold() == town.casefold() else town.title()

    def county(self, name: str) -> str:
        """A wellbeing services county in the page's language, from its Finnish name or its area."""
        for county in self._gazetteer.counties:
            if name in (county.fi, county.place):
                short = name == county.place
                swedish = county.place_sv if short else county.sv
                return {"sv": swedish, "en": name if short else county.en}.get(language(), name)
        return name

    def away(self, code: str) -> str:
        """The municipality as where one looks (Lieksasta); other languages: the name."""
        if language() in ("sv", "en") or code not in self._gazetteer:
            return self.municipality(code)
        return self._gazetteer.municipality(code).forms.away

    def partitive(self, code: str) -> str:
        """The name as the object of a Finnish sentence (Lieksaa); other languages: the name."""
        if language() in ("sv", "en") or code not in self._gazetteer:
            return self.municipality(code)
        return self._gazetteer.municipality(code).forms.partitive

    def whom(self, activity: Activity, most: int = 0) -> str:
        """For whom an activity is: groups, genders, ages; empty where the source does not tell.

        With `most`, longer lists of groups are cut to that many.
        """
        words = [self("group", group.value) for group in activity.groups if group is not TargetGroup.EVERYONE]
        more = 0 < most < len(words) - 1
        if more:
            words = words[:most]
        words += [self("gender", gender.value) for gender in activity.genders]
        words += [ages_words(ages) for ages in activity.ages]
        if not words and TargetGroup.EVERYONE in activity.groups:
            words = [_("kaikille")]
        text = ", ".join(in_row([word for word in words if word]))
        if more:
            text = _("%(names)s ja muut", names=text)
        return text[:1].upper() + text[1:]


def in_row(names: Sequence[str]) -> list[str]:
    """Names as they follow each other: from the second on with a small letter, but for "LGBTQ+"."""
    small = [name[:1].lower() + name[1:] if name[1:2].islower() else name for name in names]
    return [*names[:1], *small[1:]]


def ages_words(ages: Ages) -> str:
    """An age range: "18–29-vuotiaat", "yli 65-vuotiaat"."""
    if ages.low is not None and ages.high is not None:
        return _("%(low)s–%(high)s-vuotiaat", low=ages.low, high=ages.high)
    if ages.low is not None:
        return _("%(low)s vuotta täyttäneet", low=ages.low)
    if ages.high is not None:
        return _("enintään %(high)s-vuotiaat", high=ages.high)
    return ""


def contact_name(kind: ContactType) -> str:
    """The means of a contact."""
    return {
        ContactType.PHONE: _("Puhelin"),
        ContactType.EMAIL: _("Sähköposti"),
        ContactType.WEB: _("Verkkosivu"),
    }[kind]
