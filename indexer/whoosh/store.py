"""Generations on disk: built aside, verified, switched to atomically; the last two are kept.

Why not Whoosh's own commit: its readers do not see a merge whole, a second writer fails, another schema
finds nothing silently (docs/adr/0002). A new directory and one rename avoid all of it.
"""

import logging
import shutil
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from indexer.backend import Derive, EngineQuery, FieldSpec, IndexDocument
from indexer.tables import Strings, check_sum, map_tables, write_tables
from indexer.whoosh.generation import Generation
from indexer.whoosh.layout import LAYOUT_VERSION
from indexer.whoosh.manifest import Files, Manifest, this_boot
from indexer.whoosh.part import Part, part_tables, stamp, stamps, unreadable
from schemas.errors import IndexMismatch, SearchUnavailable

if TYPE_CHECKING:
    from indexer.whoosh.batch import Batch

_LOG = logging.getLogger(__name__)
_MOST_PARTS = 8
_MOST_REPLACED = 0.3
_TRIES = 3
"""A generation may be cleaned away between reading its name and opening it: so often the next is tried."""


class WhooshStore:
    """The embedded index below `folder`; opened generations must have `fields` and the versions `expect`.

    `derive`: by name, what else is made of a generation when it is built and given back by `derived`.
    """

    def __init__(
        self,
        folder: Path,
        fields: Sequence[FieldSpec],
        expect: Mapping[str, str] | None = None,
        derive: Mapping[str, Derive] | None = None,
    ) -> None:
        self._derive = derive or {}
        self._files = Files(folder)
        self._fields = tuple(fields)
        self._expect = {**(expect or {}), "layout": LAYOUT_VERSION}
        self._open: Generation | None = None
        self._stamp: tuple[int, int] | None = None
        self._opening = threading.Lock()

    # -- building ---------------------------------------------------------------------------------------

    def build(self, documents: Iterable[IndexDocument], versions: Mapping[str, str]) -> str:
        """Write all `documents` as one part and switch to it; returns the generation's name."""
        from indexer.whoosh.batch import batches  # Whoosh is needed for writing only

        return self.build_packed(batches(documents, self._fields), versions)

    @property
    def packer(self) -> "Callable[[Sequence[IndexDocument]], Batch]":
        """Packs documents for `build_packed`, in any process."""
        from indexer.whoosh.batch import packed

        return partial(packed, specs=self._fields)

    def build_packed(self, batches: "Iterable[Batch]", versions: Mapping[str, str]) -> str:
        """What `build` does, of documents that `packer` has packed."""
        with self._files.building():
            self._clean()
            part = self._written(batches)
            with self._kept_on_success(part):
                return self._switch((part,), _with_doubles({}, part, self._ids(part)), versions)

    def update(
        self, documents: Iterable[IndexDocument], removed: Iterable[str], versions: Mapping[str, str]
    ) -> str:
        """Add a small part with the changed documents and mark the replaced ones of older parts."""
        from indexer.whoosh.batch import batches

        with self._files.building():
            old = self._files.manifest(self._files.current())
            if not self._fits(old) or old.fields != self._fields or _worn(old):
                raise SearchUnavailable("the index must be built anew")
            self._clean()
            part = self._written(batches(documents, self._fields))
            ids = self._ids(part)
            gone = {*removed, *ids}
            replaced: dict[str, tuple[int, ...]] = {}
            for name in old.parts:
                found = (doc for doc, entry in enumerate(self._ids(name)) if entry in gone)
                replaced[name] = tuple(sorted({*old.replaced.get(name, ()), *found}))
            with self._kept_on_success(part):
                made = _with_doubles(replaced, part, ids)
                return self._switch((*old.parts, part), made, versions, old)

    def _written(self, found: "Iterable[Batch]") -> str:
        from indexer.whoosh.writing import write_part

        try:
            return write_part(self._files.parts, found, self._fields)
        except OSError as error:
            raise SearchUnavailable(f"the index cannot be written: {error}") from error

    @contextmanager
    def _kept_on_success(self, part: str) -> Iterator[None]:
        """Removes a part that did not become current."""
        try:
            yield
        except BaseException:
            shutil.rmtree(self._files.parts / part, ignore_errors=True)
            raise

    def _ids(self, part: str) -> list[str]:
        return Strings(part_tables(self._files.parts / part), "ids")[:]

    def _switch(
        self,
        parts: tuple[str, ...],
        replaced: dict[str, tuple[int, ...]],
        versions: Mapping[str, str],
        old: Manifest | None = None,
    ) -> str:
        created = datetime.now(UTC)
        name = f"{created:%Y%m%dT%H%M%S%f}"
        recorded = {**versions, "layout": LAYOUT_VERSION}
        manifest = Manifest(name, created, parts, replaced, recorded, self._fields, 0)
        try:
            manifest = self._made(manifest, old)
            generation = self._opened(manifest)
            generation.warm(self._open)
            before = self._files.stamp() and self._files.current()
            self._files.switch(manifest)
        except BaseException as error:
            self._files.tables(name).unlink(missing_ok=True)
            if isinstance(error, OSError):
                raise SearchUnavailable(f"the index cannot be written: {error}") from error
            raise
        self._stamp, self._open = self._files.stamp(), generation
        self._clean(before or "")
        return name

    def _whole(self, manifest: Manifest) -> Generation | None:
        """A generation that may save work; None where it cannot be read or its tables are not as written."""
        try:
            return self._opened(manifest)
        except SearchUnavailable:
            return None

    def _made(self, manifest: Manifest, old: Manifest | None) -> Manifest:
        """Make and verify the tables of a generation; the manifest with its size and the files' stamps.

        `old`: the generation that has all but the last of its parts.
        """
        from indexer.whoosh.joining import joined

        known = {} if old is None else old.known
        earlier = None if old is None else self._whole(old)
        opened = [Part(self._files.parts / name, known.get(name)) for name in manifest.parts]
        tables = joined(opened, manifest.replaced, self._fields)
        generation = Generation(manifest.name, opened, tables, self._fields)
        _verify(generation)
        for name, derive in self._derive.items():
            made = derive(generation, None if earlier is None else earlier.derived(name))
            tables.update((f"{name}/{key}", array) for key, array in made.items())
        path = self._files.tables(manifest.name)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_tables(path, tables)
        known = {part.name: stamps(part.place) for part in opened}
        known[""] = {path.name: stamp(path)}
        return msgspec.structs.replace(manifest, size=generation.size, stamps=known, boot=this_boot())

    def _clean(self, before: str = "") -> None:
        """Remove generations but the current and the one before it, and parts that none of these uses."""
        try:
            current = self._files.current()
        except SearchUnavailable:
            current = ""
        names = sorted(path.stem for path in self._files.generations.glob("*.json"))
        older = [name for name in names if name != current]
        kept = {current, before or (older[-1] if older else "")}
        used: set[str] = set()
        for name in names:
            if name not in kept:
                (self._files.generations / f"{name}.json").unlink(missing_ok=True)
                continue
            try:
                used.update(self._files.manifest(name).parts)
            except SearchUnavailable:
                _LOG.warning("index generation cannot be read", extra={"generation": name})
        for path in self._files.generations.glob("*.tables"):
            if path.stem not in kept:
                path.unlink(missing_ok=True)
        for place in self._files.parts.iterdir():
            if place.name not in used:
                shutil.rmtree(place, ignore_errors=True)

    # -- opening ----------------------------------------------------------------------------------------

    def _fits(self, manifest: Manifest) -> bool:
        """Whether it was built with the versions that this process needs; what else it records is free."""
        return all(manifest.versions.get(name) == value for name, value in self._expect.items())

    def _opened(self, manifest: Manifest) -> Generation:
        if not self._fits(manifest):
            raise IndexMismatch("the index was built by another version: run `vierelle index`")
        if manifest.fields != self._fields:
            raise IndexMismatch("the index has other fields: run `vierelle index`")
        parts = [Part(self._files.parts / name, manifest.known.get(name)) for name in manifest.parts]
        path = self._files.tables(manifest.name)
        try:
            if stamp(path) != manifest.known.get("", {}).get(path.name):
                check_sum(path)
            generation = Generation(manifest.name, parts, map_tables(path), self._fields)
            generation.watch(path)
        except (OSError, ValueError, KeyError) as error:
            raise unreadable(path, error) from error
        return generation

    def versions(self) -> Mapping[str, str]:
        """The versions recorded in the current generation; empty when there is none."""
        try:
            return self._files.manifest(self._files.current()).versions
        except SearchUnavailable:
            return {}

    def current(self) -> Generation:
        """The generation that answers; a newer one takes over as soon as it is open and warm.

        Raises SearchUnavailable when there is none, or when its files were written to.
        """
        held = self._open
        if held is None:
            with self._opening:
                if self._open is None:
                    stamp = self._files.stamp()
                    self._open = self._opened_current()
                    self._stamp = stamp
                return self._open
        stamp = self._files.stamp()
        if stamp is not None and stamp != self._stamp and self._opening.acquire(blocking=False):
            threading.Thread(target=self._take_over, args=(stamp, held), daemon=True).start()
        try:
            held.check_untouched()
        except SearchUnavailable:
            # Opened anew by the next question: told again until there is a whole one.
            if self._open is held:
                self._open = None
            raise
        return held

    def _opened_current(self) -> Generation:
        for left in reversed(range(_TRIES)):
            name = self._files.current()
            try:
                return self._opened(self._files.manifest(name))
            except SearchUnavailable:
                if not left or self._files.current() == name:
                    raise
        raise SearchUnavailable("the index is changing too fast to be opened")

    def _take_over(self, stamp: tuple[int, int], held: Generation) -> None:
        """Open and warm a newer generation while the old one answers; a broken one is refused."""
        try:
            newer = self._opened_current()
            if newer.generation != held.generation:
                newer.warm(held)
                self._open = newer
        except SearchUnavailable as error:
            _LOG.error("index generation refused", extra={"reason": str(error)})
        finally:
            self._stamp = stamp
            self._opening.release()


def _worn(manifest: Manifest) -> bool:
    replaced = sum(map(len, manifest.replaced.values()))
    return len(manifest.parts) >= _MOST_PARTS or replaced > _MOST_REPLACED * max(1, manifest.size)


def _with_doubles(
    replaced: dict[str, tuple[int, ...]], part: str, ids: Sequence[str]
) -> dict[str, tuple[int, ...]]:
    """`replaced` and, in the new part, documents whose id came again later: the last one counts."""
    last = {entry: doc for doc, entry in enumerate(ids)}
    doubles = () if len(last) == len(ids) else tuple(doc for doc, e in enumerate(ids) if last[e] != doc)
    return {name: docs for name, docs in {**replaced, part: doubles}.items() if docs}


def _verify(generation: Generation) -> None:
    """Raises SearchUnavailable when a new generation does not answer as it should."""
    found = generation.search(EngineQuery(limit=3))
    if found.total != generation.size:
        raise SearchUnavailable(f"the new index counts {found.total} of {generation.size} documents")
    if not all(generation.stored([hit.doc for hit in found.hits])):
        raise SearchUnavailable("the new index has lost stored activities")
