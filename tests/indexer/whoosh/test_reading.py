"""Posting lists read whole are those that Whoosh's own matcher walks through."""

from pathlib import Path

import pytest

from indexer.backend import FieldSpec, IndexDocument
from indexer.whoosh.layout import BLOCK
from indexer.whoosh.reading import blocks
from indexer.whoosh.store import WhooshStore

SPECS = (FieldSpec("words"), FieldSpec("placed", positions=True))


def _document(number: int) -> IndexDocument:
    words = ["all"] * (1 + number % 3) + (["even"] if number % 2 == 0 else [])
    words += ["once"] if number == 7 else []
    return IndexDocument(f"d{number:05d}", {"words": words, "placed": words}, {}, b"{}")


@pytest.mark.parametrize("size", [0, 1, 20, BLOCK + 50])
def test_a_list_read_whole_is_the_one_that_whoosh_walks_through(tmp_path: Path, size: int) -> None:
    store = WhooshStore(tmp_path, SPECS)
    store.build(map(_document, range(size)), {})
    reader = store.current()._parts[0].reader
    for spec in SPECS:
        for term in ("all", "even", "once", "none"):
            read = [
                (doc, weight, value)
                for block in blocks(reader, spec.name, term.encode())
                for doc, weight, value in zip(
                    block.docs.tolist(), block.counts.tolist(), block.values or [b""] * size, strict=False
                )
            ]
            assert read == _walked(reader, spec, term)


def _walked(reader: object, spec: FieldSpec, term: str) -> list[tuple[int, float, bytes]]:
    from whoosh.reading import TermNotFound

    try:
        matcher = reader.postings(spec.name, term.encode())  # type: ignore[attr-defined]
    except (TermNotFound, AttributeError):
        return []
    found = []
    while matcher.is_active():
        found.append((matcher.id(), matcher.weight(), matcher.value() if spec.positions else b""))
        matcher.next()
    return found
