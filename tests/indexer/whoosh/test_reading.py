"""Posting lists read whole are those that Whoosh's own matcher walks through."""

from pathlib import Path

import pytest
from whoosh import formats
from whoosh.filedb.filestore import FileStorage

from indexer.backend import FieldSpec, IndexDocument
from indexer.whoosh.layout import BLOCK
from indexer.whoosh.reading import blocks, positions
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
    generation = store.current()
    storage = FileStorage(str(generation._parts[0].place), supports_mmap=False, readonly=True)
    reader = storage.open_index().reader()
    for spec in SPECS:
        field = generation._postings._fields[spec.name]
        for term in ("all", "even", "once", "none"):
            read = [
                (doc, weight, value)
                for _, block in generation._postings._blocks(field, field.terms.number(term))
                for doc, weight, value in zip(
                    block.docs.tolist(), block.counts.tolist(), block.values or [b""] * size, strict=False
                )
            ]
            assert read == _walked(reader, spec, term)
    reader.close()


@pytest.mark.parametrize("places", [[0], [1, 5, 6, 400]])
def test_positions_are_those_that_whoosh_encoded(places: list[int]) -> None:
    assert positions(formats.Positions().encode(places)) == tuple(places)


def test_what_is_no_posting_list_is_refused() -> None:
    with pytest.raises(ValueError, match="damaged"):
        list(blocks(b"something else"))


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
