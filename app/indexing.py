"""From catalogue to index: a full build, or a small one where little changed."""

from collections.abc import Generator, Iterable, Mapping
from contextlib import closing, suppress
from functools import partial

import msgspec

from app.removals import Removals
from app.wiring import Wiring
from app.words_kept import words_kept
from config.settings import Settings
from indexer.documents import Reader
from indexer.workers import Pack, Packed, collecting_seldom, cores, spread
from schemas.activity import Activity
from schemas.errors import NotFound, SearchUnavailable

_FINGERPRINT = "fingerprint"
_WITHHELD = "withheld"
_STATES = frozenset({_FINGERPRINT, _WITHHELD})


class IndexReport(msgspec.Struct, frozen=True):
    """What was done: `mode` is unchanged | full | changes; `size` documents answer now."""

    mode: str
    generation: str
    size: int
    written: int


def build_index(wiring: Wiring, *, full: bool = False) -> IndexReport:
    """Bring the index up to the catalogue. The old index answers until the new one is verified.

    Raises CatalogueError, SearchUnavailable, ConfigurationError.
    """
    with collecting_seldom(), words_kept(wiring.analyser, wiring.settings.data / "cache"):
        return _built(wiring, full=full)


def _built(wiring: Wiring, *, full: bool) -> IndexReport:
    today = wiring.settings.now().date()
    wiring.catalogue.prune(today)
    refresh_public(wiring)
    fingerprint = wiring.catalogue.fingerprint()
    held = wiring.store.versions()
    removals = open_removals(wiring)
    versions = {
        **wiring.versions,
        "day": today.isoformat(),
        _FINGERPRINT: fingerprint,
        _WITHHELD: "\n".join(sorted(removals.marks)),
    }
    same = all(held.get(name) == value for name, value in versions.items() if name not in _STATES)
    if same and not full:
        report = _as_it_is(wiring, held, versions) or _changes(wiring, held, versions, removals)
        if report is not None:
            return report
    shown = map(removals.applied, wiring.catalogue.public())
    with closing(_documents(wiring, shown, wiring.store.packer)) as packed:
        name = wiring.store.build_packed(packed, versions)
    size = wiring.store.current().size
    return IndexReport("full", name, size, size)


def refresh_public(wiring: Wiring) -> None:
    """Join and merge what the sources say now, so that reading the catalogue needs no new index.

    Raises CatalogueError.
    """
    wiring.catalogue.rebuild_public(wiring.matcher, wiring.merger, now=wiring.moment())


def open_removals(wiring: Wiring) -> Removals:
    """What people asked to have taken away and no operator has handled yet. Raises CatalogueError."""
    lines = (line.phone for line in wiring.county.help_line if line.phone)
    made = Removals(wiring.open_removals, wiring.catalogue.get, lines)
    made.read()
    return made


def _as_it_is(wiring: Wiring, held: Mapping[str, str], versions: Mapping[str, str]) -> IndexReport | None:
    """The index when nothing changed; None where it is another one or cannot be read."""
    if any(held.get(name, "") != versions[name] for name in _STATES):
        return None
    try:
        current = wiring.store.current()
    except SearchUnavailable:
        return None
    return IndexReport("unchanged", current.generation, current.size, 0)


def _changes(
    wiring: Wiring, held: Mapping[str, str], versions: dict[str, str], removals: Removals
) -> IndexReport | None:
    """Index only what changed since the state `held`; None where a full build is due."""
    since = held.get(_FINGERPRINT, "")
    changes = wiring.catalogue.changed_since(since)
    if not changes.complete or not since:
        return None
    changed = (*changes.added, *changes.changed)
    try:
        activities = list(map(removals.applied, wiring.catalogue.chosen(changed)))
    except NotFound:
        return None
    for identifier in sorted(_asked_about(held, versions) - {*changed, *changes.removed}):
        with suppress(NotFound):
            activities.append(removals.applied(wiring.catalogue.get(identifier)))
    made = [document for some in _documents(wiring, activities, tuple) for document in some]
    kept = {entry.id for entry in made}
    removed = [*changes.removed, *(entry.id for entry in activities if entry.id not in kept)]
    try:
        name = wiring.store.update(made, removed, versions)
    except SearchUnavailable:
        return None
    return IndexReport("changes", name, wiring.store.current().size, len(made))


def _asked_about(held: Mapping[str, str], versions: Mapping[str, str]) -> set[str]:
    """The activities with a request for removal that came or was handled since the state `held`."""
    marks = [{*state.get(_WITHHELD, "").splitlines()} for state in (held, versions)]
    return {mark.partition(" ")[2] for mark in marks[0] ^ marks[1]}


def _documents(
    wiring: Wiring, activities: Iterable[Activity], pack: Pack[Packed]
) -> Generator[Packed, None, None]:
    """The documents of activities as of today, packed, made by as many processes as the settings say."""
    return spread(
        activities,
        wiring.document_reader,
        wiring.settings.now().date(),
        pack,
        processes=wiring.settings.index_processes or cores(),
        recipe=partial(_reader, wiring.settings),
    )


def _reader(settings: Settings) -> Reader:
    """What a fresh process that helps with an index reads texts with."""
    return Wiring(settings).document_reader
