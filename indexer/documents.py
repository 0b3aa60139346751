"""Activity → IndexDocument: the one place that says which words go into which field.

Fields (all carry finished terms; the parts and relatives of words lie apart so that they weigh less):

    words                 base forms of all readings: title, summary, long text and keywords
    title                 those of the title once more, so that a title weighs more
    parts, title_parts    true parts of compounds
    stems                 close relatives by derivation (masentunut: masentaa)
    organisation          base forms and parts of the organisation's name
    need                  codes of needs that the text or its codes speak of, repeated by how surely
    hint                  codes of needs that the text only hints at
    place                 names of the places served and met at
    forms                 words as written, from which misspelt queries are corrected
    numbers               phone numbers and postcodes, digits only
"""

import datetime as dt
import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

import msgspec

from indexer.backend import FieldSpec, IndexDocument, Vector
from indexer.finnish import Analyser, Word
from indexer.languages import read
from indexer.needs import FoundNeed, NeedReader
from schemas.activity import Activity, NeedEvidence, Texts
from schemas.codes import AreaScope, ChannelType, PriceKind, Status
from schemas.gazetteer import Gazetteer
from schemas.occurrences import last_day, occurrences
from schemas.schedule import Schedule
from schemas.taxonomy import Taxonomy

DOCUMENTS_VERSION = "14"
"""Raised whenever documents come out differently, so that an old index is not searched with new queries."""

FIELDS = (
    FieldSpec("words", b=0.4),
    FieldSpec("title", b=0.4),
    FieldSpec("parts", b=0.4),
    FieldSpec("title_parts", b=0.3),
    FieldSpec("stems", b=0.4),
    FieldSpec("organisation", b=0.3),
    FieldSpec("need", b=0.2),
    FieldSpec("hint", b=0.2),
    FieldSpec("place", b=0.3),
    FieldSpec("numbers", b=0.0),
    FieldSpec("forms", b=0.0),
)

HORIZON = 120
"""Days ahead for which meeting days are kept in the index."""

_TOGETHER = 50
"""Activities whose new words are given vectors at once: alone each would cost ten times as much."""
_DAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
_LANGUAGES = ("fi", "sv", "en")


class Stored(msgspec.Struct, frozen=True):
    """What the index gives back for a hit: the activity and what was read from it."""

    activity: Activity
    needs: tuple[NeedEvidence, ...] = ()


class Reader(msgspec.Struct, frozen=True):
    """What turning an activity into a document needs; shared, immutable."""

    analyser: Analyser
    needs: NeedReader
    taxonomy: Taxonomy
    gazetteer: Gazetteer
    vectors: Callable[[Sequence[Sequence[str]]], list[Vector | None]]


def _document(activity: Activity, reader: Reader, today: dt.date) -> IndexDocument:
    """The index document of one activity but for its vector; `today` anchors the meeting days kept."""
    texts = {field: _read(reader.analyser, given) for field, given in _texts(activity).items()}
    words = {field: text.words for field, text in texts.items()}
    found = reader.needs.read(activity, words)
    labels = tuple(need.evidence for need in found if need.labels)
    written = (*texts["title"].languages, *texts["summary"].languages)
    fields = _fields(activity, words, found, reader)
    return IndexDocument(
        id=activity.id,
        fields=fields,
        facets=_facets(activity, labels, words["title"], written, reader),
        stored=msgspec.json.encode(Stored(activity, labels)),
        sort_name=activity.title.best().casefold(),
        points=tuple((p.point.lat, p.point.lon) for p in activity.places() if p.point)
        or _centres(activity, reader),
        days=_days(activity.schedules(), today),
        last_day=shown_until(activity),
        changed=int(activity.freshness.changed.timestamp()) if activity.freshness.changed else 0,
        prior=_prior(activity, today),
        aliases=activity.aliases,
    )


def documents(activities: Iterable[Activity], reader: Reader, today: dt.date) -> Iterator[IndexDocument]:
    """Documents of all activities that can be found; ended and cancelled ones are left out."""
    shown = filter(lambda activity: _findable(activity, today), activities)
    while some := [_document(activity, reader, today) for activity in islice(shown, _TOGETHER)]:
        texts = [[*made.fields["words"], *made.fields["parts"], *made.fields["stems"]] for made in some]
        for made, vector in zip(some, reader.vectors(texts), strict=True):
            yield msgspec.structs.replace(made, vector=vector)


def _findable(activity: Activity, today: dt.date) -> bool:
    until = shown_until(activity)
    return activity.status is Status.ACTIVE and (until is None or until >= today)


def shown_until(activity: Activity) -> dt.date | None:
    """The last day on which an activity may be found: that of its last schedule, None = open-ended."""
    ends = [last_day(schedule) for schedule in activity.schedules()]
    if not ends or any(end is None for end in ends):
        return None
    return max(end for end in ends if end)


def _texts(activity: Activity) -> dict[str, tuple[Texts, ...]]:
    channels = tuple(channel.info for channel in activity.channels)
    return {
        "title": (activity.title,),
        "summary": (activity.summary,),
        "body": (activity.description, activity.registration.info, activity.price.info, *channels),
        "keywords": tuple(Texts(fi=word) for word in activity.keywords),
        "organisation": (Texts(fi=activity.organisation.name),) if activity.organisation else (),
    }


class _Text(NamedTuple):
    """One field read: all its words, and the languages of its versions."""

    words: list[Word]
    languages: list[str]


def _read(analyser: Analyser, texts: Iterable[Texts]) -> _Text:
    found = _Text([], [])
    for text in texts:
        for given, said in text.items():
            language, words = read(analyser, said, given)
            found.words.extend(words)
            found.languages.append(language)
    return found


def topic_words(words: Iterable[Word]) -> list[str]:
    """The words a meaning vector is made of: base forms, parts and relatives of all but function words."""
    return [term for word in words if not word.stop for term in (*word.lemmas, *word.parts, *word.stems)]


def _lemmas(words: Iterable[Word]) -> list[str]:
    return [lemma for word in words if not word.stop for lemma in word.lemmas]


class _Terms(NamedTuple):
    """The terms of words by what they are to the text, function words left out."""

    lemmas: list[str]
    parts: list[str]
    stems: list[str]
    forms: set[str]


def _terms(words: Iterable[Word]) -> _Terms:
    found = _Terms([], [], [], set())
    lemmas, parts, stems, forms = found
    for word in words:
        if not word.stop:
            lemmas += word.lemmas
            parts += word.parts
            stems += word.stems
            forms.add(word.surface.lower())
    return found


def _fields(
    activity: Activity, words: Mapping[str, Sequence[Word]], found: Sequence[FoundNeed], reader: Reader
) -> dict[str, list[str]]:
    title, organisation = _terms(words["title"]), _terms(words["organisation"])
    rest = _terms([*words["summary"], *words["body"], *words["keywords"]])
    return {
        "words": [*title.lemmas, *rest.lemmas],
        "title": title.lemmas,
        "parts": [*title.parts, *rest.parts],
        "title_parts": title.parts,
        "stems": [*title.stems, *rest.stems],
        "organisation": [*organisation.lemmas, *organisation.parts],
        "need": [need.evidence.need for need in found if need.says for _ in range(_times(need))],
        "hint": [need.evidence.need for need in found if not need.says],
        "place": _place_names(activity, reader),
        "numbers": _numbers(activity),
        "forms": sorted(title.forms | rest.forms | organisation.forms),
    }


def _times(need: FoundNeed) -> int:
    return min(6, max(1, round(1.5 * need.points)))


def _place_names(activity: Activity, reader: Reader) -> list[str]:
    codes = [*activity.served.municipalities, *(p.municipality for p in activity.places() if p.municipality)]
    names = [
        reader.gazetteer.municipality(code).fi for code in dict.fromkeys(codes) if code in reader.gazetteer
    ]
    names += [
        value for place in activity.places() for value in (place.name, place.street, place.city) if value
    ]
    return _lemmas(word for name in names for word in reader.analyser.words(name))


def _numbers(activity: Activity) -> list[str]:
    values = [contact.value for contact in activity.contacts] + [activity.registration.phone or ""]
    digits = [re.sub(r"\D", "", value) for value in values if "@" not in value]
    postcodes = [place.postcode for place in activity.places() if place.postcode]
    local = ["0" + value[3:] for value in digits if value.startswith("358")]
    return [value for value in [*digits, *local, *postcodes] if len(value) >= 3]


def _facets(
    activity: Activity,
    needs: Sequence[NeedEvidence],
    title: Sequence[Word],
    written: Iterable[str],
    reader: Reader,
) -> dict[str, tuple[str, ...]]:
    codes = tuple(need.need for need in needs)
    area_of = reader.taxonomy.area_of
    return {
        "municipality": served_municipalities(activity, reader.gazetteer),
        "scope": (activity.served.scope.value,),
        "met": tuple(dict.fromkeys(p.municipality for p in activity.places() if p.municipality)),
        "need": codes,
        "area": tuple(dict.fromkeys(area_of[code] for code in codes if code in area_of)),
        "kind": (activity.kind.value,) if activity.kind else reader.needs.terms("kind", title)[:1],
        "group": tuple(group.value for group in activity.groups) or reader.needs.terms("group", title)[:2],
        "channel": _channels(activity),
        "price": () if activity.price.kind is PriceKind.UNKNOWN else (activity.price.kind.value,),
        "when": _when(activity.schedules()),
        "language": activity.languages,
        # Languages other than Finnish in which the title and the summary can be read.
        "written": tuple(dict.fromkeys(language for language in written if language in ("sv", "en"))),
        "title": (activity.title.best(),),
        "organisation": (activity.organisation.name,) if activity.organisation else (),
        "source": tuple(dict.fromkeys(entry.source for entry in activity.provenance)),
    }


def served_municipalities(activity: Activity, gazetteer: Gazetteer) -> tuple[str, ...]:
    """Codes of the municipalities served: those named, and all of a county that is served as a whole."""
    codes = list(activity.served.municipalities)
    if activity.served.scope is AreaScope.COUNTY:
        wanted = {name.casefold() for name in activity.served.counties}
        for county in gazetteer.counties:
            if {
                county.code.casefold(),
                county.fi.casefold(),
                county.place.casefold(),
                county.brand.casefold(),
            } & wanted:
                codes += [place.code for place in gazetteer.municipalities_of_county(county.code)]
    if not codes and activity.served.scope is AreaScope.UNKNOWN:
        codes = [place.municipality for place in activity.places() if place.municipality]
    return tuple(dict.fromkeys(codes))


def _channels(activity: Activity) -> tuple[str, ...]:
    types = {channel.type for channel in activity.channels}
    if ChannelType.HYBRID in types:
        types |= {ChannelType.PLACE, ChannelType.ONLINE}
    return tuple(sorted(entry.value for entry in types))


def _centres(activity: Activity, reader: Reader) -> tuple[tuple[float, float], ...]:
    """The middle of the meeting places' municipalities, where no coordinates are known."""
    codes = {place.municipality for place in activity.places() if place.municipality} or set(
        activity.served.municipalities
    )
    known = (reader.gazetteer.municipality(code) for code in sorted(codes) if code in reader.gazetteer)
    return tuple((place.lat, place.lon) for place in known)


def _when(schedules: Sequence[Schedule]) -> tuple[str, ...]:
    found: set[str] = set()
    for schedule in schedules:
        days = {entry.day for entry in schedule.weekdays} or {day.weekday() for day in schedule.dates}
        if not days and schedule.start and schedule.frequency == "once":
            days = {schedule.start.weekday()}
        if not days and schedule.frequency == "daily" and schedule.interval == 1:
            days = set(range(7))
        found |= {_DAYS[day] for day in days}
        if schedule.start_time:
            hour = schedule.start_time.hour
            found.add("morning" if hour < 12 else "day" if hour < 16 else "evening")
    if found & {"sa", "su"}:
        found.add("weekend")
    return tuple(sorted(found))


def _days(schedules: Sequence[Schedule], today: dt.date) -> tuple[int, ...]:
    found = {day for schedule in schedules for day in _days_of(schedule, today)}
    return tuple(sorted(found))


@functools.lru_cache(4096)
def _days_of(schedule: Schedule, today: dt.date) -> frozenset[int]:
    """The days of one schedule; most schedules are those of other activities too."""
    end = today + dt.timedelta(days=HORIZON)
    found: set[int] = set()
    for meeting in occurrences(schedule, today, end):
        last = min(meeting.until, end)
        found.update(range(meeting.day.toordinal(), last.toordinal() + 1))
    return frozenset(found)


def _prior(activity: Activity, today: dt.date) -> float:
    """Up to 0.3: something to call, a summary, a time, and fresh from its source weigh a little."""
    points = (
        0.06 * bool(activity.contacts) + 0.06 * bool(activity.summary) + 0.06 * bool(activity.schedules())
    )
    seen = activity.freshness.confirmed or activity.freshness.last_seen
    if seen is not None:
        age = max(0, (today - seen.date()).days)
        points += 0.12 * max(0.0, 1 - age / 365)
    return points
