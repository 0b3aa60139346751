"""The Whoosh schema: fields that take finished terms, so that no analyser is pickled into the index."""

from collections.abc import Sequence

from whoosh import fields, formats
from whoosh.codec.whoosh3 import W3Codec

from indexer.backend import FieldSpec
from indexer.whoosh.layout import BLOCK


class TermField(fields.FieldType):  # type: ignore[misc]
    """A scorable field whose value is a sequence of finished terms in text order."""

    indexed = True
    scorable = True
    stored = False
    unique = False
    vector = None
    spelling = False
    multitoken_query = "default"
    column_type = None
    analyzer = None
    sortable_typecode = None

    def __init__(self, positions: bool) -> None:
        self.format = formats.Positions() if positions else formats.Existence()
        self.positions = positions

    def supports(self, name: str) -> bool:
        """Whether postings carry `name` (Whoosh asks for positions when parsing phrases)."""
        return bool(self.format.supports(name))


def whoosh_schema(specs: Sequence[FieldSpec]) -> fields.Schema:
    """The schema of one part."""
    return fields.Schema(**{spec.name: TermField(spec.positions) for spec in specs})


def codec() -> W3Codec:
    """Long uncompressed blocks: a posting list is read whole, never skipped through."""
    return W3Codec(blocklimit=BLOCK, compression=0)
