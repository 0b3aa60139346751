"""All that was read from a site → its records: languages joined, nothing told twice, nothing that is over."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Sequence

import msgspec

from crawlers.adapters.context import folded
from crawlers.adapters.jsonld_activity import OrganisationFacts, united
from crawlers.site.languages import Telling, joined, translated
from crawlers.site.matching import filled, is_over, same_activity, without_vague_times
from schemas.activity import Activity

_INTERNAL = re.compile(
    r"\b(?:hallituksen|johtokunnan|työvaliokunnan|toimikunnan)\s+(?:\w+\s)?kokou|\bhallituskokou|\bstyrelsemöte"
    r"|\bstyrelsens?\s+möte|\bboard\s+meeting",
    re.IGNORECASE,
)
_KEEPS_WITHOUT_TIME = ("Service", "GovernmentService", "Course", "EventSeries")


class Gathered:
    """Collects the activities of one site. Structured tellings first, then prose; pages in reading order."""

    def __init__(self) -> None:
        self._structured: list[Telling] = []
        self._prose: list[Telling] = []
        self.owner: OrganisationFacts | None = None
        self.dropped: Counter[str] = Counter()

    def add_page(
        self,
        url: str,
        language: str,
        alternates: Sequence[tuple[str, str]],
        activities: Sequence[Activity],
        prose: Sequence[str],
    ) -> None:
        """Take the activities of a page; `prose` names those read from running text."""
        from_text = set(prose)
        for number, activity in enumerate(activities):
            telling = Telling(url, language, tuple(alternates), activity, number)
            (self._prose if activity.id in from_text else self._structured).append(telling)

    def add_calendar(self, url: str, language: str, activities: Sequence[Activity]) -> None:
        """Take the activities of a calendar, which are richer than any page's: they go first."""
        tellings = [
            Telling(url, language, (), activity, number) for number, activity in enumerate(activities)
        ]
        self._structured[:0] = tellings

    def records(self, today: dt.date, with_kind: Callable[[Activity], Activity]) -> list[Activity]:
        """The records of the site."""
        kept: list[Activity] = []
        by_id: dict[str, int] = {}
        by_title: dict[str, list[int]] = {}
        for telling in joined(self._structured):
            activity = telling.activity
            place = by_id.get(activity.id)
            if place is None:
                place = _twin(kept, by_title, activity)
            if place is not None:
                kept[place] = united(kept[place], activity)
                continue
            _keep(kept, by_id, by_title, activity)
        structured = len(kept)
        for telling in joined(self._prose):
            activity = telling.activity
            twin = next((number for number, known in enumerate(kept) if same_activity(known, activity)), None)
            if twin is not None:
                kept[twin] = filled(kept[twin], activity)
                self.dropped["told twice"] += 1
            elif (version := _version(kept, activity)) is not None:
                kept[version] = translated(kept[version], telling)
            elif activity.id not in by_id:
                _keep(kept, by_id, by_title, activity)
        finished = (with_kind(entry) if number < structured else entry for number, entry in enumerate(kept))
        return [
            without_vague_times(self._finished(entry), today)
            for entry in finished
            if self._current(entry, today)
        ]

    def _current(self, activity: Activity, today: dt.date) -> bool:
        if is_over(activity, today):
            self.dropped["over"] += 1
            return False
        if _INTERNAL.search(activity.title.best()):
            self.dropped["internal meeting"] += 1
            return False
        types = [code.value for code in activity.codes if code.scheme == "schema-type"]
        if types and not activity.schedules() and not set(types) & set(_KEEPS_WITHOUT_TIME):
            self.dropped["event without a time"] += 1
            return False
        return True

    def _finished(self, activity: Activity) -> Activity:
        """With the organisation's Y-tunnus and contacts, which its site tells once for all."""
        owner, own = self.owner, activity.organisation
        if owner is None or own is None or folded(own.name) != folded(owner.organisation.name):
            return activity
        known = owner.organisation
        organisation = msgspec.structs.replace(
            own, business_id=own.business_id or known.business_id, url=own.url or known.url
        )
        contacts = activity.contacts or owner.contacts
        return msgspec.structs.replace(activity, organisation=organisation, contacts=contacts)


def _twin(kept: Sequence[Activity], by_title: dict[str, list[int]], activity: Activity) -> int | None:
    """An event that repeats on every page of a site, or in calendar and page, under different ids."""
    for number in by_title.get(folded(activity.title.best()), ()):
        known = kept[number]
        times, others = set(known.schedules()), set(activity.schedules())
        if (times & others or not times or not others) and same_activity(known, activity):
            return number
    return None


def _version(kept: Sequence[Activity], activity: Activity) -> int | None:
    """The one activity of the same times and place that has no text in this one's language yet."""
    own = {language for language, _ in activity.title.items()}
    times = _when(activity)
    if not times:
        return None
    found = [
        number
        for number, known in enumerate(kept)
        if not own & {language for language, _ in known.title.items()}
        and _when(known) == times
        and _agree_on_place(known, activity)
    ]
    if len(found) > 1:  # several at one hour: a name may be the same in both languages
        name = folded(activity.title.best())
        found = [number for number in found if folded(kept[number].title.best()) == name]
    return found[0] if len(found) == 1 else None


def _when(activity: Activity) -> frozenset[object]:
    return frozenset(msgspec.structs.replace(schedule, text=None) for schedule in activity.schedules())


def _agree_on_place(one: Activity, other: Activity) -> bool:
    streets = [{folded(place.street) for place in each.places() if place.street} for each in (one, other)]
    return not streets[0] or not streets[1] or bool(streets[0] & streets[1])


def _keep(
    kept: list[Activity], by_id: dict[str, int], by_title: dict[str, list[int]], activity: Activity
) -> None:
    by_id[activity.id] = len(kept)
    by_title.setdefault(folded(activity.title.best()), []).append(len(kept))
    kept.append(activity)
