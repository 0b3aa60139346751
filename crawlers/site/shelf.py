"""The pages of a crawl that tell activities, kept until its end: on disk wherever that is possible.

Hundreds of sites are under way at once, and as values their pages would fill the memory. The page memory has
most of them on disk anyway, so only their addresses wait here; what it could not keep waits packed.
"""

import zlib
from collections.abc import Iterable, Iterator

import msgspec

from crawlers.site.memory import KnownPage, PageMemory

_Entry = str | bytes


class Shelf:
    """Pages of one source in the order in which they were read."""

    def __init__(self, memory: PageMemory, source: str) -> None:
        self._memory = memory
        self._source = source
        self._entries: list[_Entry] = []
        self.lost = 0

    def put(self, url: str, page: KnownPage, *, remembered: bool) -> None:
        """Keep a page; `remembered` says that the memory has just this page under `url`."""
        if remembered:
            self._entries.append(url)
        else:
            bare = msgspec.structs.replace(page, links=(), calendars=(), feeds=(), owner=None)
            self._entries.append(zlib.compress(msgspec.json.encode(bare), 1))

    def emptied(self) -> Iterator[tuple[KnownPage, _Entry]]:
        """Each page once, with what `again` takes; a page that the memory has lost is counted in `lost`."""
        entries, self._entries = self._entries, []
        yield from self._pages(entries)

    def again(self, entries: Iterable[_Entry]) -> Iterator[KnownPage]:
        """The pages of these entries once more."""
        return (page for page, _ in self._pages(entries))

    def _pages(self, entries: Iterable[_Entry]) -> Iterator[tuple[KnownPage, _Entry]]:
        for entry in entries:
            page = self._memory.get(self._source, entry) if isinstance(entry, str) else _unpacked(entry)
            if page is None:
                self.lost += 1
            else:
                yield page, entry


def _unpacked(packed: bytes) -> KnownPage:
    return msgspec.json.decode(zlib.decompress(packed), type=KnownPage)
