"""A segment written in bulk is the one that Whoosh's codec writes posting by posting."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import index

from indexer.backend import FieldSpec, IndexDocument
from indexer.whoosh import batch
from indexer.whoosh.layout import BLOCK
from indexer.whoosh.schema import codec, whoosh_schema
from indexer.whoosh.writing import write_part

SPECS = (FieldSpec("words"), FieldSpec("placed", positions=True), FieldSpec("unused"))
WORDS = ("", "ja", "koti", "äiti", "žena", "日本", "a" * 80)

_texts = st.lists(st.lists(st.sampled_from(WORDS), max_size=12), min_size=1, max_size=30)


def document(number: int, words: list[str]) -> IndexDocument:
    return IndexDocument(f"d{number}", {"words": words, "placed": words[::-1]}, {}, b"{}")


def written_in_bulk(folder: Path, documents: list[IndexDocument]) -> dict[str, bytes]:
    name = write_part(folder, batch.batches(documents, SPECS), SPECS)
    return {path.suffix: path.read_bytes() for path in (folder / name).glob("MAIN_*.*")}


def written_one_by_one(folder: Path, documents: list[IndexDocument]) -> dict[str, bytes]:
    """By the field writer of Whoosh's codec, as its own writer calls it."""
    folder.mkdir(parents=True, exist_ok=True)
    schema = whoosh_schema(SPECS)
    storage = index.create_in(folder, schema).storage
    segment = codec().new_segment(storage, "MAIN")
    writer = codec().field_writer(storage, segment)
    for spec in sorted(SPECS, key=lambda spec: spec.name):
        texts = [list(entry.fields.get(spec.name, ())) for entry in documents]
        terms = sorted({term for text in texts for term in text if term})
        encode = schema[spec.name].format.encode
        if terms:
            writer.start_field(spec.name, schema[spec.name])
        for term in terms:
            writer.start_term(term.encode())
            for doc, text in enumerate(texts):
                places = [place for place, other in enumerate(text) if other == term]
                if places:
                    value = encode(places) if spec.positions else b""
                    writer.add(doc, float(len(places)), value, sum(map(bool, text)))
            writer.finish_term()
    writer.close()
    return {path.suffix: path.read_bytes() for path in folder.glob("MAIN_*.*") if path.suffix != ".toc"}


@settings(max_examples=60, deadline=None)
@given(_texts, st.integers(1, 9))
def test_postings_and_terms_are_those_of_whooshs_codec(
    tmp_path_factory: pytest.TempPathFactory, texts: list[list[str]], together: int
) -> None:
    documents = [document(number, words) for number, words in enumerate(texts)]
    folder = tmp_path_factory.mktemp("segment")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(batch, "_TOGETHER", together)
        bulk = written_in_bulk(folder / "bulk", documents)
    if any(word for text in texts for word in text):
        alone = written_one_by_one(folder / "alone", documents)
        assert {name: bulk[name] for name in (".pst", ".trm")} == alone


def test_lists_of_several_blocks_are_those_of_whooshs_codec(tmp_path: Path) -> None:
    documents = [document(number, ["ja"] * (1 + number % 3)) for number in range(2 * BLOCK + 5)]
    bulk = written_in_bulk(tmp_path / "bulk", documents)
    alone = written_one_by_one(tmp_path / "alone", documents)
    assert {name: bulk[name] for name in (".pst", ".trm")} == alone
