"""The merged view: stable ids, aliases, undone merges, what changed, what is over."""

import datetime as dt
from collections.abc import Callable, Sequence

import msgspec
import pytest

from schemas.activity import Activity, Texts
from schemas.catalogue import Catalogue, Cluster, SqlCatalogue
from schemas.codes import Status
from schemas.errors import NotFound
from tests.schemas.catalogue.samples import DAY, NOW, event, public_ids, put, sample, samples


def joining(*groups: str) -> Callable[[Sequence[Activity]], list[Cluster]]:
    """A matcher that joins the ids of each group ("a b")."""
    return lambda activities: [Cluster(tuple(group.split())) for group in groups]


def titles(members: Sequence[Activity]) -> Activity:
    joined = " + ".join(str(member.title.fi) for member in members)
    return msgspec.structs.replace(members[0], title=Texts(fi=joined))


def test_without_a_matcher_each_record_is_its_own_activity(catalogue: SqlCatalogue) -> None:
    put(catalogue, samples("b", "a"))
    changes = catalogue.rebuild_public(now=NOW)
    assert changes.added == ("a", "b")
    assert public_ids(catalogue) == ["a", "b"]
    assert catalogue.count() == 2
    assert catalogue.get("a").freshness.first_seen == NOW


def test_records_of_one_activity_become_one_with_aliases(catalogue: SqlCatalogue) -> None:
    put(catalogue, samples("a", "b", "c"))
    catalogue.rebuild_public(joining("a c"), titles, now=NOW)
    merged = catalogue.get("c")
    assert public_ids(catalogue) == ["a", "b"]
    assert (merged.id, merged.aliases, merged.title.fi) == ("a", ("c",), "Ryhmä a + Ryhmä c")


def test_the_matcher_sees_all_records_as_a_sequence(catalogue: SqlCatalogue) -> None:
    put(catalogue, samples("a", "b", "c"))
    seen: list[object] = []

    def match(records: Sequence[Activity]) -> list[Cluster]:
        seen.extend([len(records), records[1].id, [item.id for item in records], records[-1].id])
        seen.append([item.id for item in records[1:]])
        return []

    catalogue.rebuild_public(match, now=NOW)
    assert seen == [3, "b", ["a", "b", "c"], "c", ["b", "c"]]


def test_an_id_once_public_stays_when_older_companions_join_or_its_record_goes(
    catalogue: SqlCatalogue,
) -> None:
    put(catalogue, samples("m", "x"))
    catalogue.rebuild_public(joining("m x"), now=NOW)
    put(catalogue, samples("a"), source="toinen", now=NOW + DAY)
    catalogue.rebuild_public(joining("a m x"), now=NOW)
    assert public_ids(catalogue) == ["m"]
    for _ in range(2):
        put(catalogue, samples("x"))
    catalogue.rebuild_public(joining("a x"), now=NOW)
    assert public_ids(catalogue) == ["m"]
    assert [catalogue.get(name).id for name in ("a", "m", "x")] == ["m", "m", "m"]


def test_links_to_joined_activities_keep_working(catalogue: SqlCatalogue) -> None:
    put(catalogue, samples("a", "b"))
    put(catalogue, samples("c"), source="toinen")
    catalogue.rebuild_public(joining("b c"), now=NOW)
    for _ in range(2):
        put(catalogue, [], source="toinen", accept_loss=True)
    changes = catalogue.rebuild_public(joining("a b"), now=NOW)
    assert changes.removed == ("b",)
    assert {catalogue.get(name).id for name in "abc"} == {"a"}
    assert catalogue.get("a").aliases == ("b", "c")


def test_an_undone_merge_stays_undone(catalogue: SqlCatalogue) -> None:
    put(catalogue, samples("a", "b", "c"))
    catalogue.rebuild_public(joining("a b c"), now=NOW)
    catalogue.undo_merge("b", "a", now=NOW)
    for _ in range(2):
        catalogue.rebuild_public(joining("a b c"), now=NOW)
        assert public_ids(catalogue) == ["a", "b"]
    assert catalogue.get("c").id == "a"
    assert catalogue.get("b").aliases == ()
    catalogue.force_merge("a", "b", now=NOW)
    catalogue.rebuild_public(now=NOW)
    assert public_ids(catalogue) == ["a", "c"]


def test_a_merge_of_unknown_records_cannot_be_undone(catalogue: SqlCatalogue) -> None:
    put(catalogue, samples("a"))
    catalogue.rebuild_public(now=NOW)
    with pytest.raises(NotFound):
        catalogue.undo_merge("a", "olematon", now=NOW)
    with pytest.raises(NotFound):
        catalogue.undo_merge("a", "a", now=NOW)


def test_one_id_from_two_sources_is_one_activity_as_seen_last(catalogue: SqlCatalogue) -> None:
    put(catalogue, [sample("a", title=Texts(fi="Vanha"))])
    put(catalogue, [sample("a", title=Texts(fi="Uusi"))], source="toinen", now=NOW + DAY)
    catalogue.rebuild_public(now=NOW)
    assert [activity.title.fi for activity in catalogue.public()] == ["Uusi"]


def test_several_are_read_as_each_alone(catalogue: SqlCatalogue) -> None:
    put(catalogue, [*samples("a", "b", "c"), event("e", NOW.date())])
    catalogue.rebuild_public(joining("a c"), titles, now=NOW + DAY)
    wanted = ["c", "e", "b", "a"]
    assert list(catalogue.chosen(wanted)) == [catalogue.get(name) for name in wanted]
    with pytest.raises(NotFound):
        list(catalogue.chosen(["b", "unknown"]))


def test_an_unknown_activity_is_not_found(catalogue: SqlCatalogue) -> None:
    with pytest.raises(NotFound):
        catalogue.get("olematon")
    put(catalogue, samples("a"))
    with pytest.raises(NotFound):
        catalogue.get("a")  # not public before it is rebuilt


def test_the_fingerprint_changes_with_the_view_and_only_then(catalogue: SqlCatalogue) -> None:
    marks = [catalogue.fingerprint()]
    put(catalogue, samples("a", "b"))
    catalogue.rebuild_public(now=NOW)
    marks.append(catalogue.fingerprint())
    put(catalogue, samples("a", "b"), now=NOW + DAY)
    assert catalogue.rebuild_public(now=NOW).changed == ()
    assert catalogue.fingerprint() == marks[-1]
    assert catalogue.get("a").freshness.last_seen == NOW + DAY
    put(catalogue, [sample("a", summary=Texts(fi="Uusi")), sample("b")])
    catalogue.rebuild_public(now=NOW)
    marks.append(catalogue.fingerprint())
    catalogue.confirm("a", NOW)
    marks.append(catalogue.fingerprint())
    assert len(set(marks)) == 4


def test_changes_since_a_fingerprint_are_told(catalogue: SqlCatalogue) -> None:
    put(catalogue, samples("a", "b", "c"))
    catalogue.rebuild_public(now=NOW)
    mark = catalogue.fingerprint()
    changed = [sample("a", summary=Texts(fi="Uusi")), sample("b"), sample("d")]
    put(catalogue, changed)
    put(catalogue, changed)
    told = catalogue.rebuild_public(now=NOW)
    since = catalogue.changed_since(mark)
    assert (since.added, since.changed, since.removed) == (("d",), ("a",), ("c",))
    assert since == told
    nothing = catalogue.changed_since(since.fingerprint)
    assert (nothing.added, nothing.changed, nothing.removed, nothing.complete) == ((), (), (), True)


@pytest.mark.parametrize("strange", ["", "0.0", "deadbeef.3", "deadbeef.x", "x"])
def test_a_strange_fingerprint_asks_for_a_new_start(catalogue: SqlCatalogue, strange: str) -> None:
    put(catalogue, samples("a"))
    catalogue.rebuild_public(now=NOW)
    assert not catalogue.changed_since(strange).complete


def test_what_is_over_leaves_the_view_at_once_and_the_catalogue_after_a_year(
    catalogue: SqlCatalogue,
) -> None:
    today = NOW.date()
    put(catalogue, [event("eilen", today - DAY), event("tanaan", today), *samples("a")])
    catalogue.rebuild_public(now=NOW)
    assert public_ids(catalogue) == ["a", "tanaan"]
    mark = catalogue.fingerprint()
    assert catalogue.prune(today + DAY) == 1
    assert public_ids(catalogue) == ["a"]
    assert catalogue.changed_since(mark).removed == ("tanaan",)
    assert catalogue.get("tanaan").status is Status.ENDED
    assert [activity.id for activity in catalogue.public(include_ended=True)] == ["a", "eilen", "tanaan"]
    catalogue.prune(today + 367 * DAY)
    assert [record.id for record in catalogue.records()] == ["a"]
    with pytest.raises(NotFound):
        catalogue.get("tanaan")


def test_records_gone_for_a_year_are_forgotten(catalogue: SqlCatalogue) -> None:
    put(catalogue, samples("a", "b"))
    put(catalogue, samples("a"))
    put(catalogue, samples("a"))
    catalogue.prune(NOW.date() + 364 * DAY)
    assert len(list(catalogue.records(include_gone=True))) == 2
    catalogue.prune(NOW.date() + 367 * DAY)
    assert [record.id for record in catalogue.records(include_gone=True)] == ["a"]


def test_the_day_of_the_view_is_the_finnish_one(catalogue: SqlCatalogue) -> None:
    put(catalogue, [event("e", dt.date(2026, 11, 21))])
    catalogue.rebuild_public(now=dt.datetime(2026, 11, 21, 22, 30, tzinfo=dt.UTC))  # 00.30 on the 22nd
    assert public_ids(catalogue) == []


def test_a_confirmation_shows_at_once_and_survives_merging(catalogue: SqlCatalogue) -> None:
    put(catalogue, samples("a", "b"))
    catalogue.rebuild_public(now=NOW)
    catalogue.confirm("b", NOW + DAY)
    assert catalogue.get("b").freshness.confirmed == NOW + DAY
    catalogue.rebuild_public(joining("a b"), now=NOW)
    assert catalogue.get("b").freshness.confirmed == NOW + DAY
    with pytest.raises(NotFound):
        catalogue.confirm("olematon", NOW)


def test_the_database_catalogue_fulfils_the_contract(catalogue: SqlCatalogue) -> None:
    found: Catalogue = catalogue
    assert found.count() == 0


@pytest.mark.parametrize("identifier", ["\x00", "a\x00", "\ud800", "x" * 5000])
def test_an_id_that_no_database_can_hold_is_one_that_is_not_there(
    catalogue: SqlCatalogue, identifier: str
) -> None:
    with pytest.raises(NotFound):
        catalogue.get(identifier)
    with pytest.raises(NotFound):
        list(catalogue.chosen([identifier]))
    with pytest.raises(NotFound):
        catalogue.add_feedback(identifier, "other", "", dt.date(2026, 11, 20))
