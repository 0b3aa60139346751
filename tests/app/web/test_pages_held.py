"""Finished pages are held for a minute and a generation, bounded; no words can be read from the keys."""

from app.web.delivery import Packed
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


def test_the_memory_is_bounded() -> None:
    pages = Pages(b"secret", most=3)
    for number in range(10):
        pages.put(pages.key(str(number)), "now", Packed(b""))
    assert len(pages) == 3
    assert pages.get(pages.key("9"), "now") is not None


def test_keys_differ_by_every_part_and_by_process() -> None:
    pages = Pages(b"secret")
    assert pages.key("/sv", "/haku", "q=a") != pages.key("", "/haku", "q=a")
    assert pages.key("q=a") != Pages(b"another").key("q=a")
    assert b"masennus" not in pages.key("q=masennus")
