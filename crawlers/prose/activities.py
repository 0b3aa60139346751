"""Sections of a page → activities, each field with its sentence: no evidence, no activity."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import msgspec

from crawlers.prose import tasks, topics
from crawlers.prose.addressbook import is_entry, with_addresses
from crawlers.prose.addresses import FoundPlace
from crawlers.prose.announced import FoundSchedule
from crawlers.prose.atoms import Clock, Cue, Day, Days, Monthly
from crawlers.prose.audience import read_ages, read_genders, read_languages
from crawlers.prose.calledoff import calls_off
from crawlers.prose.channels import channels_of
from crawlers.prose.common import Common, is_pause, is_season, season_in, told_by
from crawlers.prose.contacts import read_contacts, with_linked
from crawlers.prose.foreign import in_finnish, originals
from crawlers.prose.kinds import matching_terms
from crawlers.prose.labels import labelled_registration
from crawlers.prose.language import section_language
from crawlers.prose.lines import is_days, is_town, line_sections
from crawlers.prose.price import about, read_price, read_registration
from crawlers.prose.school_weeks import without_school_holidays
from crawlers.prose.sections import Section
from crawlers.prose.sentence_times import Setting, scan
from crawlers.prose.series import in_series
from crawlers.prose.shapes import FoundActivity, Resolver
from crawlers.prose.spoken import spoken_sections
from crawlers.prose.times import read_schedules
from crawlers.prose.titled import day_of_title, title_without_day
from crawlers.prose.towns import town_sections
from crawlers.prose.whereabouts import entry_places, places_told, town_told
from crawlers.prose.years import Calendar, named_years, only_past, season_end
from schemas.activity import FieldEvidence, Price, Registration
from schemas.codes import Frequency, Kind, Status, TargetGroup
from schemas.occurrences import over_after
from schemas.plaintext import shortened
from schemas.taxonomy import Term

_LONGEST_TITLE = 120
_KIND_SENTENCES = 5  # the title and what comes first tell what it is; later mentions are of other things
_LONGEST_SUMMARY = 250
_LONGEST_DESCRIPTION = 3000


_FIRST_LINES = 12
_PERSON = re.compile(r"(?:[A-ZÅÄÖ][a-zåäöé]+(?:-[A-ZÅÄÖ][a-zåäöé]+)?\s?){2,3}")
_PASTIMES = frozenset({None, Kind.EXERCISE_GROUP, Kind.HOBBY_GROUP, Kind.MEETING_PLACE})
_TASKS_OF_THEIR_OWN = frozenset(
    {Kind.HOSPITAL_FRIEND, Kind.END_OF_LIFE_SUPPORT, Kind.SUPPORT_FAMILY, Kind.SUPPORT_PERSON}
)


@dataclass(frozen=True)
class Reader:
    """What reading a page's activities needs: the day, the resolver, the taxonomies.

    strict   on front pages: a schedule is wanted, not only words that something is arranged
    home     the association's municipality
    """

    today: dt.date
    resolve: Resolver
    kinds: Sequence[Term]
    groups: Sequence[Term]
    language: str | None
    strict: bool = False
    home: str | None = None

    def activities(self, found: Sequence[Section], page_title: str) -> tuple[FoundActivity, ...]:
        """The activities of a page's sections in order, one for each title and time."""
        activities: list[FoundActivity] = []
        listed = frozenset(_listed(found, self.language))
        parents = {section.above[:end] for section in found for end in range(1, len(section.above) + 1)}
        told: dict[tuple[str, ...], Common] = {}
        before: tuple[FoundPlace, ...] = ()
        for section in found:
            path = (*section.above, section.title)
            common = Common(before=before)
            for end in range(1, len(path)):
                common = common.joined(told.get(path[:end], Common()))
            if section.above in listed:
                section = msgspec.structs.replace(section, listed=True)
            contact = tasks.contact_below(section, found)
            own = tuple(self._speaking(section)._of_section(section, page_title, common, contact))
            if path in parents and topics.MANY.fullmatch(section.title):
                own = tuple(entry for entry in own if entry.channels or entry.title != section.title)
            activities += own
            if path in parents:
                told[path] = told_by(section, self.language, self.resolve, leads=not own)
            if own:
                before = tuple(FoundPlace(place, "") for entry in own[-1:] for place in entry_places(entry))
        unique = {(item.title.casefold(), item.channels): item for item in reversed(activities)}
        return in_series(with_addresses(tuple(unique.values())[::-1], found, self.resolve))

    def _speaking(self, section: Section) -> "Reader":
        """The reader for a section, which may be in another language than the page: "På svenska"."""
        language = _spoken(section, self.language)
        return (
            self if language in {self.language, self.language or "fi"} else replace(self, language=language)
        )

    def _of_section(
        self, section: Section, page_title: str, common: Common, contact: str | None
    ) -> Iterator[FoundActivity]:
        headings = tuple(in_finnish(title, self.language) for title in (*section.above, section.title))
        if self._left_out(section, page_title, headings):
            return
        years = named_years(" ".join((page_title, *headings)))
        calendar = Calendar(self.today, years)
        generic = topics.GENERIC.fullmatch(headings[-1]) or is_days(section.title)
        town = is_town(section.title, self.resolve)
        if town:
            section = msgspec.structs.replace(section, title=_of_town(section, page_title))
            headings = (*headings[:-1], in_finnish(section.title, self.language))
        several = town_sections(section, calendar, self.resolve) or line_sections(
            section, calendar, self.resolve, fewest=1 if generic or town else 2, language=self.language
        )
        if not several and self.language in {"fi", None}:
            several = spoken_sections(section)
        for line in several:
            if not topics.names_none(in_finnish(line.title, self.language)):
                if generic and not _PERSON.fullmatch(line.title):
                    line = msgspec.structs.replace(line, listed=True)
                yield from self._one(line, calendar, common)
        if several:
            return
        if generic and topics.SEASON.fullmatch(headings[-1]) and section.above:
            season = section.title
            section = msgspec.structs.replace(section, title=section.above[-1], above=section.above[:-1])
            if self._left_out(section, page_title, headings[:-1]) or topics.GENERIC.fullmatch(headings[-2]):
                return
            section = msgspec.structs.replace(section, above=(*section.above, season))
            yield from self._one(section, calendar, common)
        if generic:
            return
        yield from self._one(section, calendar, common, contact)

    def _left_out(self, section: Section, page_title: str, headings: tuple[str, ...]) -> bool:
        if not 3 <= len(section.title) <= _LONGEST_TITLE or section.title.endswith((":", "?", "…")):
            return True
        if any(topics.names_none(heading) for heading in headings):
            return True
        if any(topics.PAST_SECTION.search(heading) for heading in headings):
            return True
        end = season_end(section.title) or season_end(" ".join((page_title, *section.above)))
        return end is not None and end < self.today

    def _one(
        self, section: Section, calendar: Calendar, common: Common, contact: str | None = None
    ) -> Iterator[FoundActivity]:
        """The activity of a section.

        common   sentences of the headings above that hold for it
        contact  a sentence beside the section that tells whom to ask
        """
        sentences = tuple(line for line in section.sentences() if not is_entry(line))
        text = " ".join(in_finnish(sentence, self.language) for sentence in sentences)
        if topics.ENDED.search(text):
            return
        told = (*sentences, *self._frames(section, sentences, common))
        schedules = self._schedules(told, calendar, section)
        if not schedules and (day := day_of_title(section)) is not None:
            schedules = self._schedules((day,), calendar, section)
            section = msgspec.structs.replace(section, title=title_without_day(section))
        current = [item for item in schedules if not self._over(item)]
        if schedules and not current:
            return
        places = places_told(section, sentences, text, common, self.resolve)
        town = self._town(places, section)
        current = list(without_school_holidays(tuple(current), told, town, self.today))
        if not self._is_arranged(section, text, current, places):
            if current or self.strict or only_past(text, self.today) or self.language not in {"fi", None}:
                return
            if not tasks.is_offered(section, sentences, contact):
                return
            sentences = (*sentences, contact) if contact and contact not in sentences else sentences
        places = places or town_told(section, text, self.resolve)
        yield self._activity(section, sentences, current, places, common)

    def _frames(self, section: Section, sentences: tuple[str, ...], common: Common) -> tuple[str, ...]:
        """The seasons and pauses told above; a section with a season of its own keeps to it."""
        own = any(is_season(in_finnish(line, self.language)) for line in sentences)
        if own:
            return tuple(line for line in common.frames if is_pause(in_finnish(line, self.language)))
        headings = (in_finnish(title, self.language) for title in (section.title, *reversed(section.above)))
        titled = next((season for title in headings if (season := season_in(title))), None)
        return (*common.frames, titled) if titled else common.frames

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

    def _town(self, places: tuple[FoundPlace, ...], section: Section) -> str | None:
        """The municipality whose schools a section speaks of: that of its place, else of the association."""
        told = places or town_told(section, "", self.resolve)
        return next((item.place.municipality for item in told if item.place.municipality), self.home)

    def _over(self, item: FoundSchedule) -> bool:
        end = over_after((item.schedule,))
        return end is not None and end < self.today

    def _is_arranged(
        self, section: Section, text: str, schedules: list[FoundSchedule], places: tuple[FoundPlace, ...]
    ) -> bool:
        noun = topics.names_activity(in_finnish(section.title, self.language))
        arranged = bool(topics.ARRANGED.search(text))
        if schedules and self._is_listed(section, schedules):
            return True
        if schedules:
            daily = any(item.schedule.frequency is Frequency.DAILY for item in schedules)
            return arranged or bool(places) or (noun and not daily)  # advice is given for every day too
        if self.strict or not noun or only_past(text, self.today):
            return False
        return arranged and bool(places or read_contacts(section.sentences()) or "tervetuloa" in text.lower())

    def _is_listed(self, section: Section, schedules: list[FoundSchedule]) -> bool:
        """Whether it stands with clock times right under a heading of groups or of events."""
        above = in_finnish(section.above[-1], self.language) if section.above else ""
        if not (section.listed or topics.LIST_OF_ACTIVITIES.search(above)):
            return False
        return all(
            item.schedule.start_time is not None and item.schedule.frequency is not Frequency.DAILY
            for item in schedules
        )

    def _activity(
        self,
        section: Section,
        sentences: tuple[str, ...],
        schedules: list[FoundSchedule],
        places: tuple[FoundPlace, ...],
        common: Common,
    ) -> FoundActivity:
        evidence = [FieldEvidence("title", section.title)]
        evidence += [FieldEvidence("schedule", item.sentence) for item in schedules]
        evidence += [FieldEvidence("place", item.sentence) for item in places]
        contacts = with_linked(read_contacts(sentences), section.own_blocks()) or read_contacts(common.signs)
        evidence += [FieldEvidence("contacts", item.sentence) for item in contacts]
        links = tuple(link for block in section.own_blocks() for link in block.links)
        with_title = (section.title, *sentences)
        shared = section.shared_sentences()
        own = tuple(line for line in sentences if line not in shared)
        price = read_price(own) or read_price(about(section.title, shared)) or read_price(common.prices[-1:])
        registration = read_registration(
            (*sentences, *labelled_registration(section)), links
        ) or read_registration(common.signs, links)
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
        off = topics.CANCELLED.search(section.title) or any(map(calls_off, sentences))
        status = Status.CANCELLED if off else Status.ACTIVE
        return FoundActivity(
            title=section.title,
            anchor=section.anchor,
            language=self.language,
            summary=_summary(sentences, evidence),
            description=shortened("\n".join(section.lines()), _LONGEST_DESCRIPTION),
            kind=_kind(kinds, section, schedules),
            groups=tuple(TargetGroup(code) for code, _ in groups),
            ages=ages[0] if ages else (),
            genders=genders[0] if genders else (),
            languages=languages[0] if languages else (),
            channels=channels_of(schedules, places, " ".join(with_title), self.resolve),
            price=price[0] if price else Price(),
            registration=registration[0] if registration else Registration(),
            contacts=tuple(item.contact for item in contacts),
            status=status,
            evidence=tuple(dict.fromkeys(evidence)),
        )


def _listed(found: Sequence[Section], language: str | None) -> Iterator[tuple[str, ...]]:
    """The headings under which two sections or more each tell a day and a clock time of their own."""
    told: Counter[tuple[str, ...]] = Counter()
    for section in found:
        spoken = _spoken(section, language)
        lines = (scan(in_finnish(line, spoken)) for line in section.sentences()[:_FIRST_LINES])
        told[section.above] += any(
            line.of(Days, Monthly, Day) and line.of(Clock) and not line.has(Cue.OFFICE, Cue.PHONE, Cue.PAST)
            for line in lines
        )
    yield from (above for above, number in told.items() if number > 1)


def _spoken(section: Section, language: str | None) -> str | None:
    return section_language("\n".join((section.title, *section.lines())), language)


def _kind(
    kinds: Sequence[tuple[str, str]], section: Section, schedules: Sequence[FoundSchedule]
) -> Kind | None:
    """The kind by the words; what is held once is an event, unless it is a course or support."""
    # A Finnish name ends in what it is: "Vapaaehtoisten peruskurssi" is a course.
    titled = [code for code, sentence in kinds if sentence == section.title]
    found = Kind(titled[-1] if titled else kinds[0][0]) if kinds else None
    if not schedules and tasks.is_task(section):
        return found if found in _TASKS_OF_THEIR_OWN else Kind.VOLUNTEER_TASK
    days = [item.schedule for item in schedules]
    once = len(days) == 1 and days[0].frequency is Frequency.ONCE and len(days[0].dates) < 2
    return Kind.EVENT if once and found in _PASTIMES else found


def _of_town(section: Section, page_title: str) -> str:
    """A title for what stands under the name of a town: what the heading above speaks of, and the town."""
    return f"{section.above[-1] if section.above else page_title}, {section.title}"


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
