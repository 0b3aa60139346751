"""Matching again after changes gives exactly what matching all records anew gives."""

from collections.abc import Iterator, Sequence

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawlers.matching import ActivityMatcher, Memory, Verdict, candidates, judge, memory
from crawlers.matching.features import Features
from schemas.activity import Activity, Channel, Contact, Organisation, Place, Provenance, Texts
from schemas.codes import ChannelType, ContactType, Frequency, SourceKind
from schemas.schedule import Schedule, Weekday
from tests.schemas.catalogue.samples import NOW

SMALL = 2
"""Members of the largest block worth a look, here: so that blocks grow beyond it and shrink back."""

plain = ActivityMatcher(lambda word: (word.casefold(),))


class Records(dict[str, Activity]):
    """Records by id that count how many of them are read."""

    read = 0

    def marks(self) -> dict[str, str]:
        return {name: str(hash(msgspec.json.encode(self[name]))) for name in sorted(self)}

    def chosen(self, identifiers: Sequence[str]) -> Iterator[Activity]:
        for name in identifiers:
            self.read += 1
            yield self[name]


titles = st.one_of(
    st.sampled_from(["Muistikahvila Ilona", "Ilona", "Muistikahvila", "Sydänkerho"]).map(Texts),
    st.sampled_from(
        [Texts(None, "Ilona"), Texts("Muistikahvila", "Ilona"), Texts("Sydänkerho", None, "Ilona")]
    ),
)


@st.composite
def records(draw: st.DrawFn) -> Activity:
    """One of few names, places, people and sources, so that most records have something in common."""
    kind = draw(st.sampled_from([SourceKind.SITE, SourceKind.LAHELLA, SourceKind.PTV, SourceKind.IMPORT]))
    name = f"{draw(st.integers(0, 13)):02}"
    day = draw(st.sampled_from([None, 0, 0, 2]))
    when = () if day is None else (Schedule(Frequency.WEEKLY, weekdays=(Weekday(day),)),)
    street = draw(st.sampled_from([None, "Torikatu 1", "Torikatu 1", "Kauppakatu 7"]))
    place = Place(street=street, city="Lieksa", municipality="422") if street else None
    phones = draw(st.sets(st.sampled_from(["050 000 0101", "050 000 0102"]), max_size=1))
    owner = draw(st.sampled_from([None, "Muisti ry", "Muisti ry", "Lieksan Sydän ry"]))
    return Activity(
        id=name,
        kind=None,
        title=draw(titles),
        organisation=Organisation(owner) if owner else None,
        channels=(Channel(ChannelType.PLACE, place=place, schedules=when),),
        contacts=tuple(Contact(ContactType.PHONE, phone) for phone in sorted(phones)),
        provenance=(Provenance(kind.value, kind, name, NOW),),
    )


changes = st.lists(records() | st.integers(0, 13).map("{:02}".format), min_size=1, max_size=8)
"""Records put in place of those with their id, and ids taken away."""


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (candidates, memory):
        monkeypatch.setattr(module, "LARGEST_BLOCK", SMALL)
    monkeypatch.setattr(memory, "_TOGETHER", 3)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(changes, min_size=1, max_size=6))
def test_any_changes_lead_to_the_clusters_of_matching_all_anew(steps: list[list[Activity | str]]) -> None:
    held, present = Memory("test", {}), Records()
    for step in steps:
        for change in step:
            if isinstance(change, str):
                present.pop(change, None)
            else:
                present[change.id] = change
        clusters, held = plain.rematch(present, held)
        assert clusters == plain(list(present.values()))
        packed = msgspec.msgpack.encode(held)
        held = msgspec.msgpack.decode(packed, type=Memory)  # as between two runs


def test_the_random_records_do_form_clusters_and_grow_blocks_beyond_what_is_looked_at() -> None:
    """What keeps the test above honest."""
    found = Records()
    for number in range(SMALL + 1):
        kind = list(SourceKind)[number % len(SourceKind)]
        found[f"{number:02}"] = _same(f"{number:02}", kind)
    assert plain(list(found.values())) == ()  # one block too large
    clusters, held = plain.rematch(found, Memory("test", {}))
    assert clusters == ()
    del found["00"]
    clusters, held = plain.rematch(found, held)
    assert clusters == plain(list(found.values())) != ()
    found["00"] = _same("00", SourceKind.SITE)
    assert plain.rematch(found, held)[0] == ()


def _same(name: str, kind: SourceKind) -> Activity:
    return Activity(
        id=name,
        kind=None,
        title=Texts("Muistikahvila"),
        organisation=Organisation("Muisti ry"),
        contacts=(Contact(ContactType.PHONE, "050 000 0101"),),
        provenance=(Provenance(kind.value, kind, name, NOW),),
    )


def test_only_changed_records_are_read() -> None:
    found = Records({name: _other(name) for name in ("a", "b", "c", "d")})
    _, held = plain.rematch(found, Memory("test", {}))
    assert found.read == 4
    _, same = plain.rematch(found, held)
    assert (found.read, same is held) == (4, True)
    found["b"] = _same("b", SourceKind.PTV)
    plain.rematch(found, held)
    assert found.read == 5


def _other(name: str) -> Activity:
    return msgspec.structs.replace(_same(name, SourceKind.SITE), title=Texts(f"Kerho {name}"))


def test_records_that_their_source_tells_apart_are_not_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    judged: list[tuple[str, str]] = []

    def noted(one: Features, other: Features) -> Verdict:
        judged.append((one.id, other.id))
        return judge(one, other)

    monkeypatch.setattr("crawlers.matching.memory.judge", noted)
    found = Records({name: _other(name) for name in ("a", "b")})
    plain.rematch(found, Memory("test", {}))
    assert judged == []
    found["c"] = msgspec.structs.replace(_other("a"), id="c")
    del found["b"]
    plain.rematch(found, Memory("test", {}))
    assert judged == [("a", "c")]
