"""Finished pages are held for a minute and a generation, bounded; no words can be read from the keys."""

import random

from app.web.delivery import Packed
from app.web.fragments import Fragments
from app.web.pages_held import Pages


def test_a_page_is_given_back_within_its_moment_only() -> None:
    pages = Pages(b"secret")
    key = pages.key("/haku", "q=suru")
    page = Packed(b"<p>x</p>")
    pages.put(key, "12:00 g1", page)
    assert pages.get(key, "12:00 g1") is page
    assert pages.get(key, "12:01 g1") is None
    pages.put(pages.key("/haku", "q=muu"), "12:00 g2", page)
    assert pages.get(key, "12:00 g2") is None


def test_the_page_of_the_moment_before_serves_a_little_longer() -> None:
    now = 0.0
    pages = Pages(b"secret", clock=lambda: now)
    key, page = pages.key("/haku", "q=suru"), Packed(b"<p>x</p>")
    pages.put(key, "12:00 g1", page)
    assert pages.before(key, "12:00 g1") is None
    assert pages.before(key, "12:01 g1") is page
    pages.put(pages.key("/haku", "q=muu"), "12:01 g2", page)
    assert pages.before(key, "12:01 g2") is page
    now = 91.0
    assert pages.before(key, "12:01 g2") is None


def test_no_page_outlives_the_moment_after_its_own_nor_a_withdrawal() -> None:
    pages = Pages(b"secret")
    keys = [pages.key(str(number)) for number in range(3)]
    for number, key in enumerate(keys):
        pages.put(key, f"12:0{number} g1", Packed(b""))
    assert len(pages) == 2
    assert pages.before(keys[0], "12:02 g1") is None
    pages.clear()
    assert pages.before(keys[1], "12:02 g1") is None


def test_a_late_page_of_the_moment_before_is_not_held() -> None:
    pages = Pages(b"secret")
    late, page = pages.key("late"), Packed(b"<p>x</p>")
    pages.put(pages.key("1"), "12:00 g1", page)
    pages.put(pages.key("2"), "12:01 g1", page)
    pages.put(late, "12:00 g1", page)
    assert pages.before(late, "12:01 g1") is None
    assert pages.get(pages.key("2"), "12:01 g1") is page


def _page(number: int) -> Packed:
    """A page of 20 000 bytes that hardly compresses to less than half of it."""
    return Packed(random.Random(number).randbytes(10_000).hex().encode())


def test_the_memory_is_bounded_by_bytes() -> None:
    pages = Pages(b"secret", ready=100_000, packed=200_000)
    for number in range(40):
        pages.put(pages.key(str(number)), "now", _page(number))
    assert 15 <= len(pages) <= 25
    assert pages.get(pages.key("39"), "now", plain=True)
    assert pages.get(pages.key("0"), "now") is None


def test_plain_pages_that_make_room_are_held_compressed() -> None:
    pages = Pages(b"secret", ready=50_000, packed=200_000)
    for number in range(6):
        pages.put(pages.key(str(number)), "now", _page(number))
    ready = [found.ready for number in range(6) if (found := pages.get(pages.key(str(number)), "now"))]
    assert ready == [False, False, False, False, True, True]
    assert pages.get(pages.key("0"), "now", plain=True)
    again = pages.get(pages.key("0"), "now")
    assert again is not None and again.ready
    assert again.data == _page(0).data
    assert again.mark == _page(0).mark


def test_where_no_question_comes_again_pages_that_make_room_are_not_compressed() -> None:
    pages = Pages(b"secret", ready=50_000, packed=1_000_000)
    pages.put(pages.key("first"), "now", _page(0))
    for number in range(1000):
        assert pages.get(pages.key(str(number)), "now") is None
    for number in range(10):
        pages.put(pages.key(str(number)), "now", _page(number))
    assert len(pages) == 2


def test_pages_used_longest_ago_go_first() -> None:
    pages = Pages(b"secret", ready=1, packed=50_000)
    for number in range(4):
        pages.put(pages.key(str(number)), "now", _page(number).shrunk())
    assert pages.get(pages.key("0"), "now")
    pages.put(pages.key("4"), "now", _page(4).shrunk())
    assert pages.get(pages.key("0"), "now")
    assert pages.get(pages.key("1"), "now") is None


def test_a_page_put_aside_does_not_come_back_after_all_were_forgotten() -> None:
    pages = Pages(b"secret", ready=1)

    class _Withdrawn(Packed):
        def shrunk(self) -> Packed:
            pages.clear()
            return super().shrunk()

    pages.put(pages.key("a"), "now", _Withdrawn(b"<p>somebody</p>"))
    pages.put(pages.key("b"), "now", Packed(b"<p>x</p>"))
    assert pages.get(pages.key("a"), "now") is None
    assert len(pages) == 0


def test_a_page_begun_before_all_were_forgotten_is_not_held() -> None:
    pages = Pages(b"secret")
    begun = pages.cleared
    pages.clear()
    pages.put(pages.key("a"), "now", Packed(b"<p>somebody</p>"), begun)
    assert pages.get(pages.key("a"), "now") is None
    pages.put(pages.key("a"), "now", Packed(b"<p>x</p>"), pages.cleared)
    assert pages.get(pages.key("a"), "now")


def test_a_piece_begun_before_all_were_forgotten_is_not_kept() -> None:
    pieces = Fragments[str](10)

    def somebody() -> str:
        pieces.clear()
        return "somebody"

    assert pieces.get("card", somebody) == "somebody"
    assert pieces.get("card", lambda: "somebody", begun=0) == "somebody"
    assert pieces.get("card", lambda: "nobody", begun=1) == "nobody"
    assert pieces.get("card", somebody) == "nobody"


def test_keys_differ_by_every_part_and_by_process() -> None:
    pages = Pages(b"secret")
    assert pages.key("/sv", "/haku", "q=a") != pages.key("", "/haku", "q=a")
    assert pages.key("q=a") != Pages(b"another").key("q=a")
    assert b"masennus" not in pages.key("q=masennus")
