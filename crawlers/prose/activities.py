"""Sections of a page → activities, each field with its sentence: no evidence, no activity."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec

from crawlers.prose.addresses import FoundPlace, municipality_in, read_places
from crawlers.prose.atoms import Clock, Cue, Monthly
from crawlers.prose.audience import read_ages, read_genders, read_languages
from crawlers.prose.contacts import read_contacts
from crawlers.prose.foreign import in_finnish, originals
from crawlers.prose.kinds import matching_terms
from crawlers.prose.labels import labelled_places
from crawlers.prose.lexicon import FLAGS
from crawlers.prose.lines import line_sections
from crawlers.prose.price import read_price, read_registration
from crawlers.prose.sections import Section
from crawlers.prose.sentence_times import Setting, scan
from crawlers.prose.shapes import FoundActivity, Resolver
from crawlers.prose.times import FoundSchedule, read_schedules
from crawlers.prose.years import Calendar, named_years, season_end
from schemas.activity import Channel, FieldEvidence, Place, Price, Registration
from schemas.codes import ChannelType, Frequency, Kind, Status, TargetGroup
from schemas.occurrences import over_after
from schemas.plaintext import shortened
from schemas.taxonomy import Term

_NOT_ACTIVITY = re.compile(
    r"tutkimu|kysely\b|lausun|kannanot|tarina\b|palsta|strategia|työryhm|tilat\b|hallitu(?:s|ksen)\b"
    r"|kokou(?:s|kset|kutsu)|jäsenyys|jäseneksi|jäsenmaksu|jäsenedut|liity\b"
    r"|tietosuoj|eväste|rekisteri"
    r"|lahjoit|säännöt|sääntöj|pöytäkirj|toimintakertomu|toimintasuunnitel|uutis|ajankohtais"
    r"|tiedot(?:e|teet)\b|blog|yhteystied"
    r"|yhteydenot|toimisto|henkilökun|työntekij|historia|linkit|linkkejä|palaute\b|etusivu"
    r"|tietoa\s(?:meistä|sivu|yhdist)"
    r"|galleria|kuvi?a\b|menneet|arkisto|toteutune|tapahtunut|some\b|somessa|facebook|instagram"
    r"|seuraa\smei|uusimmat|yhteistyökumppan"
    r"|kumppan|rahoit|tukijat|sponsor|medial|lehdistö|julkais|esitteet|materiaal|vuokra|laskutus"
    r"|tilinumero|pankki|saapumisohje"
    r"|pysäköin|parkki|varust|avoimet\stehtävät|rekry|työpaik|haemme|kiitos|usein\skysyt|ukk\b|evankel"
    r"|muistolle|in\smemoriam|tilavarau",
    FLAGS,
)
_ACTIVITY_NOUN = re.compile(
    r"ryhm|kerho|kahvila|kahvit\b|piiri\b|kuoro|kurssi|toiminta\b|toimintaa\b|vertais|tukihenkilö"
    r"|kohtaamispaik|neuvonta|jumppa|jooga"
    r"|tanssi|illat?\b|ilta\b|tapaami|treffit|olohuone|tupa\b|työpaja|paja\b|leiri|retki|luento"
    r"|tapahtuma|juhla|bingo|peli|uinti|kävely"
    r"|sauna|liikunta|perhetalo|puhelin|chat|tuki\b|apu\b|ensitieto|valmennus|messut|konsertti"
    r"|myyjäiset|päivä\b|hiihdot|kisat|talkoot"
    r"|lauluh|yhteislaulu|harrast|klubi|foorumi|keskustelu|toritapahtuma|avoimet\sovet|joulu"
    r"|pikkujoulu|muistelu|lukupiiri|hetki\b|sali\b"
    r"|ystäv|kuntosali|askartelu|käsity|ompelu|neulo|seniori|päiväkeskus|tori\b|matka\b|festivaali"
    r"|teatteri|näyttely|opastus|digi|sirkus",
    FLAGS,
)
_GENERIC = re.compile(
    r"\W*(?:tervetuloa.*|toiminta(?:a|mme)?(?:\s(?:kevää|syksy|kesä|talve)ll[aä])?(?:\s20\d\d)?|mitä\steemme|ryhmät|ryhmätoiminta|kerhot"
    r"|kurssit|tapahtumat|tulevat\stapahtumat"
    r"|tapahtumakalenteri|kalenteri|vertaistuki|vertaistukiryhmät|vertaisryhmät|viikko-?ohjelma"
    r"|ohjelma|lukujärjestys|toimintakalenteri"
    r"|palvelut|tule\smukaan.*|vapaaehtoistoiminta|liikuntaryhmät|harrastukset|säännöllinen\stoiminta"
    r"|viikoittainen\stoiminta"
    r"|vuosittaiset\stapahtumat|kevät(?:kausi)?(?:\s20\d\d)?|syksy|syyskausi|syksy\s20\d\d|(?:kevään"
    r"|syksyn|viikon)\s.*ohjelma\w*|etusivu"
    r"|(?:kevään|syksyn|kesän|talven|joulun)\s(?:20\d\d\s)?(?:tapahtumat|ryhmät|kurssit)"
    r"|(?:tammi|helmi|maalis|huhti|touko|kesä|heinä|elo|syys|loka|marras|joulu)kuu(?:\s20\d\d)?"
    r"|maanantai|tiistai|keskiviikko|torstai|perjantai|lauantai|sunnuntai|maanantaisin|tiistaisin"
    r"|keskiviikkoisin|torstaisin"
    r"|perjantaisin|lauantaisin|sunnuntaisin)\W*",
    FLAGS,
)
_ARRANGED = re.compile(
    r"\bkokoon(?:tuu|tuvat|numme|nutaan)\b|\btervetuloa\s(?:mukaan|ryhmään|kaikki|tutustu|kahv)"
    r"|\btule(?:\svain|\srohkeasti)?\smukaan\b"
    r"|\btapaa(?:mme)?\b|\btavataan\b|\bjärjest(?:ämme|etään)\b|\bmukaan\svoi\stulla\b"
    r"|\bmukaan\spääsee\b|\bvoit\stulla\b|\btarjoa(?:mme|vat)\b"
    r"|\bryhmään\svoi\b|\bkaikille\savoin\w*|\bon\savoinna\b",
    FLAGS,
)
_LIST_OF_ACTIVITIES = re.compile(
    r"^(?:\w*ryhmät|\w*kerhot|\w*tapahtuma(?:t|kalenteri)|(?:\w*liikunta|liikunta\w*)|harrastukset|kurssit"
    r"|viikko-?ohjelma|(?:säännöllinen\s|viikoittainen\s)toiminta)\b",
    FLAGS,
)
_ENDED = re.compile(
    r"lopet(?:ti|tanut)\s(?:toimintansa|toiminnan)|toiminta\son\s(?:päättynyt|loppunut|lakannut)"
    r"|ei\senää\s(?:kokoonnu|järjestetä|toimi)"
    r"|ryhmä\son\s(?:päättynyt|loppunut)|toistaiseksi\stauolla|on\stauolla\stoistaiseksi",
    FLAGS,
)
_CANCELLED = re.compile(r"\bperu(?:ttu|utettu|taan|untuu)\b|\bPERUTTU\b", FLAGS)
_PAST_SECTION = re.compile(r"menneet|arkisto|toteutune|takana|viime\s(?:vuo|kesä|kevä|syks)", FLAGS)
_ONLINE = re.compile(
    r"\b(?:teams\w*|zoom\w*|etänä|etäyhteyd\w+|verkossa|verkkoryhmä\w*|verkkotapaami\w+|discord\w*"
    r"|chat\w*)\b",
    FLAGS,
)
_HYBRID = re.compile(r"myös\s(?:etänä|verkossa|teams|zoom|etäyhteyd)|hybridi", FLAGS)
_FULL_YEAR_DAY = re.compile(r"(?<!\d)(\d{1,2})\.\s?(\d{1,2})\.\s?(20\d\d)(?!\d)")
_LONGEST_TITLE = 120
_KIND_SENTENCES = 5  # the title and what comes first tell what it is; later mentions are of other things
_LONGEST_SUMMARY = 250
_LONGEST_DESCRIPTION = 3000


@dataclass(frozen=True)
class Reader:
    """What reading a page's activities needs: the day, the resolver, the taxonomies.

    strict   on front pages: a schedule is wanted, not only words that something is arranged
    """

    today: dt.date
    resolve: Resolver
    kinds: Sequence[Term]
    groups: Sequence[Term]
    language: str | None
    strict: bool = False

    def activities(self, found: Sequence[Section], page_title: str) -> tuple[FoundActivity, ...]:
        """The activities of a page's sections in order, one for each title and time."""
        activities: list[FoundActivity] = []
        pauses: dict[tuple[str, ...], tuple[str, ...]] = {}
        for section in found:
            path = (*section.above, section.title)
            over = [line for end in range(1, len(path)) for line in pauses.get(path[:end], ())]
            activities += self._of_section(section, page_title, tuple(over))
            pauses[path] = tuple(
                line for line in section.sentences() if _pauses_all(in_finnish(line, self.language))
            )
        unique = {(item.title.casefold(), item.channels): item for item in reversed(activities)}
        return tuple(unique.values())[::-1]

    def _of_section(
        self, section: Section, page_title: str, pauses: tuple[str, ...]
    ) -> Iterator[FoundActivity]:
        headings = tuple(in_finnish(title, self.language) for title in (*section.above, section.title))
        if self._left_out(section, page_title, headings):
            return
        years = named_years(" ".join((page_title, *headings)))
        calendar = Calendar(self.today, years)
        generic = _GENERIC.fullmatch(headings[-1])
        several = line_sections(
            section, calendar, self.resolve, fewest=1 if generic else 2, language=self.language
        )
        for line in several:
            if not _NOT_ACTIVITY.search(in_finnish(line.title, self.language)):
                yield from self._one(line, calendar, pauses)
        if several or generic:
            return
        yield from self._one(section, calendar, pauses)

    def _left_out(self, section: Section, page_title: str, headings: tuple[str, ...]) -> bool:
        if not 3 <= len(section.title) <= _LONGEST_TITLE or section.title.endswith((":", "?", "…")):
            return True
        if any(_NOT_ACTIVITY.search(heading) for heading in headings):
            return True
        if any(_PAST_SECTION.search(heading) for heading in headings):
            return True
        end = season_end(section.title) or season_end(" ".join((page_title, *section.above)))
        return end is not None and end < self.today

    def _one(self, section: Section, calendar: Calendar, pauses: tuple[str, ...]) -> Iterator[FoundActivity]:
        """The activity of a section; `pauses` are sentences of the headings above that leave days out."""
        sentences = section.sentences()
        text = " ".join(in_finnish(sentence, self.language) for sentence in sentences)
        if _ENDED.search(text):
            return
        schedules = self._schedules((*sentences, *pauses), calendar, section)
        current = [item for item in schedules if not self._over(item)]
        if schedules and not current:
            return
        told = (*labelled_places(section), *sentences)
        places = self._placed(read_places(told, self.resolve), (section.title, *section.above))
        if not self._is_arranged(section, text, current, places):
            return
        yield self._activity(section, sentences, current, places)

    def _schedules(
        self, sentences: tuple[str, ...], calendar: Calendar, section: Section
    ) -> tuple[FoundSchedule, ...]:
        """What the sentences of any language tell, each with its words as they stand on the page."""
        headings = (*section.above, section.title)
        setting = Setting(tuple(in_finnish(title, self.language) for title in headings))
        said = originals(sentences, self.language)
        found = []
        for item in read_schedules(tuple(said), calendar, setting):
            own = said.get(item.sentence) or next(
                (text for read, text in said.items() if item.sentence.startswith(read.rstrip("."))),
                item.sentence,
            )
            text = item.schedule.text and own if own != item.sentence else item.schedule.text
            found.append(FoundSchedule(msgspec.structs.replace(item.schedule, text=text), own))
        return tuple(found)

    def _placed(self, places: tuple[FoundPlace, ...], headings: tuple[str, ...]) -> tuple[FoundPlace, ...]:
        """Places without a municipality take the one that the nearest heading names."""
        for heading in headings[:1] + headings[:0:-1]:
            code = municipality_in(heading, self.resolve)
            if code is not None:
                return tuple(
                    item if item.place.municipality else FoundPlace(_in(item.place, code), item.sentence)
                    for item in places
                )
        return places

    def _over(self, item: FoundSchedule) -> bool:
        end = over_after((item.schedule,))
        return end is not None and end < self.today

    def _is_arranged(
        self, section: Section, text: str, schedules: list[FoundSchedule], places: tuple[FoundPlace, ...]
    ) -> bool:
        noun = bool(_ACTIVITY_NOUN.search(in_finnish(section.title, self.language)))
        arranged = bool(_ARRANGED.search(text))
        if schedules and self._is_listed(section, schedules):
            return True
        if schedules:
            daily = any(item.schedule.frequency is Frequency.DAILY for item in schedules)
            return arranged or bool(places) or (noun and not daily)  # advice is given for every day too
        if self.strict or not noun or self._only_past(text):
            return False
        return arranged and bool(places or read_contacts(section.sentences()) or "tervetuloa" in text.lower())

    def _is_listed(self, section: Section, schedules: list[FoundSchedule]) -> bool:
        """Whether it stands with clock times right under a heading of groups or of events."""
        above = in_finnish(section.above[-1], self.language) if section.above else ""
        if not (_LIST_OF_ACTIVITIES.search(above)):
            return False
        return all(
            item.schedule.start_time is not None and item.schedule.frequency is not Frequency.DAILY
            for item in schedules
        )

    def _only_past(self, text: str) -> bool:
        """Whether the text tells days with their year and all of them are over."""
        days = []
        for day, month, year in _FULL_YEAR_DAY.findall(text):
            try:
                days.append(dt.date(int(year), int(month), int(day)))
            except ValueError:
                continue
        return bool(days) and max(days) < self.today

    def _activity(
        self,
        section: Section,
        sentences: tuple[str, ...],
        schedules: list[FoundSchedule],
        places: tuple[FoundPlace, ...],
    ) -> FoundActivity:
        evidence = [FieldEvidence("title", section.title)]
        evidence += [FieldEvidence("schedule", item.sentence) for item in schedules]
        evidence += [FieldEvidence("place", item.sentence) for item in places]
        contacts = read_contacts(sentences)
        evidence += [FieldEvidence("contacts", item.sentence) for item in contacts]
        links = tuple(link for block in section.own_blocks() for link in block.links)
        with_title = (section.title, *sentences)
        price, registration = read_price(sentences), read_registration(sentences, links)
        ages, genders = read_ages(with_title), read_genders(with_title)
        languages = read_languages(sentences)
        kinds = matching_terms(with_title[:_KIND_SENTENCES], self.kinds, self.language)
        groups = matching_terms(with_title, self.groups, self.language)
        for field, found in (
            ("price", price),
            ("registration", registration),
            ("ages", ages),
            ("genders", genders),
            ("languages", languages),
        ):
            if found is not None:
                evidence.append(FieldEvidence(field, found[1]))
        evidence += [FieldEvidence("kind", sentence) for _, sentence in kinds[:1]]
        evidence += [FieldEvidence("groups", sentence) for _, sentence in groups]
        status = Status.CANCELLED if _CANCELLED.search(section.title) else Status.ACTIVE
        return FoundActivity(
            title=section.title,
            anchor=section.anchor,
            summary=_summary(sentences, evidence),
            description=shortened("\n".join(section.lines()), _LONGEST_DESCRIPTION),
            kind=Kind(kinds[0][0]) if kinds else None,
            groups=tuple(TargetGroup(code) for code, _ in groups),
            ages=ages[0] if ages else (),
            genders=genders[0] if genders else (),
            languages=languages[0] if languages else (),
            channels=_channels(schedules, places, " ".join(with_title)),
            price=price[0] if price else Price(),
            registration=registration[0] if registration else Registration(),
            contacts=tuple(item.contact for item in contacts),
            status=status,
            evidence=tuple(dict.fromkeys(evidence)),
        )


def _pauses_all(sentence: str) -> bool:
    """Whether a sentence tells a pause and no meetings: under a common heading it holds for all."""
    scanned = scan(sentence)
    return scanned.has(Cue.PAUSE) and not scanned.of(Clock, Monthly)


def _in(place: Place, code: str) -> Place:
    return msgspec.structs.replace(place, municipality=code)


def _summary(sentences: tuple[str, ...], evidence: list[FieldEvidence]) -> str:
    """The first sentence that tells what it is, not only when, where or by whom."""
    told = {
        item.sentence
        for item in evidence
        if item.field in {"schedule", "place", "contacts", "price", "registration"}
    }
    prose = [text for text in sentences if len(text) > 30 and " | " not in text]
    best = next((text for text in prose if text not in told), None) or next(iter(prose or sentences), "")
    return shortened(best, _LONGEST_SUMMARY)


def _channels(
    schedules: list[FoundSchedule], places: tuple[FoundPlace, ...], text: str
) -> tuple[Channel, ...]:
    """One channel a place where each place has times in its own sentence; else one for all."""
    beside = {item.sentence: item.place for item in places}
    own = [item for item in schedules if item.sentence in beside]
    if len(places) > 1 and schedules and len(own) == len(schedules):
        return tuple(
            Channel(
                ChannelType.PLACE,
                place=place,
                schedules=tuple(item.schedule for item in schedules if item.sentence == sentence),
            )
            for sentence, place in beside.items()
        )
    online = bool(_ONLINE.search(text))
    place = places[0].place if places else None
    if not (schedules or place or online):
        return ()
    kind = ChannelType.PLACE
    if online and place is None:
        kind = ChannelType.ONLINE
    elif _HYBRID.search(text):
        kind = ChannelType.HYBRID
    return (Channel(kind, place=place, schedules=tuple(item.schedule for item in schedules)),)
