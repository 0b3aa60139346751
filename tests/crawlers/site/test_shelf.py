"""Pages wait on disk where that is possible, and none is lost in silence where it is not."""

from pathlib import Path

from crawlers.site import KnownPage, MemoryPages, SqlitePages
from crawlers.site.shelf import Shelf
from tests.crawlers.site.test_hazards import NAMES, group, groups, titles
from tests.crawlers.site.worlds import NOW, World
from tests.web.misbehaving import MisbehavingServer


class FullDisk(MemoryPages):
    """Keeps what it had and nothing new."""

    full = False

    def put(self, source: str, url: str, page: KnownPage) -> bool:
        return super().put(source, url, page) if not self.full else False


def known(number: int) -> KnownPage:
    return KnownPage(f"http://example.fi/{number}", f"d{number}", "1", NOW, language="sv")


def test_pages_come_back_in_their_order_from_wherever_they_waited(tmp_path: Path) -> None:
    memory = SqlitePages(tmp_path / "pages.sqlite")
    shelf = Shelf(memory, "kaiku")
    for number in range(4):
        page = known(number)
        kept = number % 2 == 0 and memory.put("kaiku", page.url, page)
        shelf.put(page.url, page, remembered=kept)
    found = list(shelf.emptied())
    assert [page for page, _ in found] == [known(number) for number in range(4)]
    assert list(shelf.again(entry for _, entry in found[2:])) == [known(2), known(3)]
    assert list(shelf.emptied()) == []
    memory.close()


def test_a_full_disk_costs_no_activity_and_brings_no_old_one_back() -> None:
    with MisbehavingServer(groups()) as server:
        world, memory = World(server), FullDisk()
        world.memory = memory
        world.crawl()
        memory.full = True
        server.routes |= {f"/ryhmat/{name}": group(f"{name} Uusi") for name in NAMES}
        harvest = world.crawl()
        assert titles(harvest) == {f"{name} Uusi" for name in NAMES}
        assert harvest.complete


def test_pages_that_cannot_be_read_back_leave_the_crawl_incomplete() -> None:
    class Forgetful(MemoryPages):
        def get(self, source: str, url: str) -> KnownPage | None:
            return None if "Boccia" in url else super().get(source, url)

    with MisbehavingServer(groups()) as server:
        world = World(server)
        world.memory = Forgetful()
        harvest = world.crawl()
        assert titles(harvest) == set(NAMES) - {"Boccia"}
        assert not harvest.complete
        assert [trouble.where for trouble in harvest.troubles] == ["memory"]
