"""Documents packed for the index: what can be counted and numbered for a few documents alone.

Any process can pack a batch; the one that writes a part only renumbers and joins batches, which takes a tenth
of the time of adding their documents one by one.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray
from whoosh import formats

from indexer.backend import FieldSpec, IndexDocument
from indexer.whoosh.part import NEVER, Ints

_Value = TypeVar("_Value")

_TOGETHER = 200
"""Documents of a batch where nothing else says how many."""


class FieldBatch(NamedTuple):
    """The terms of one field of a batch.

    lengths  of the field, for each document
    texts    the different terms
    sizes    in how many documents each of `texts` is
    docs     the documents of the first term, ascending, then those of the second …
    counts   how often the term is there; beside `docs`
    values   its encoded positions, where the field keeps them; beside `docs`
    """

    lengths: Ints
    texts: list[str]
    sizes: Ints
    docs: Ints
    counts: Ints
    values: list[bytes]


class FacetBatch(NamedTuple):
    """The codes of one facet of a batch, and which documents have which, by document."""

    codes: list[str]
    docs: Ints
    values: Ints


class Batch(NamedTuple):
    """Some documents, in order; see `IndexDocument`. `alias_docs`, `point_docs` and `day_docs` tell whose
    alias, point or day each is; `vectors` is None where no document has one, a row of zeros says the same."""

    fields: list[FieldBatch]
    facets: dict[str, FacetBatch]
    ids: list[str]
    names: list[str]
    aliases: list[str]
    alias_docs: Ints
    points: NDArray[np.float32]
    point_docs: Ints
    days: Ints
    day_docs: Ints
    last: Ints
    changed: NDArray[np.int64]
    priors: NDArray[np.float32]
    vectors: NDArray[np.float32] | None
    stored: bytes
    stored_sizes: NDArray[np.int64]


def batches(documents: Iterable[IndexDocument], specs: Sequence[FieldSpec]) -> Iterator[Batch]:
    """All documents in batches."""
    remaining = iter(documents)
    while some := list(islice(remaining, _TOGETHER)):
        yield packed(some, specs)


def packed(documents: Sequence[IndexDocument], specs: Sequence[FieldSpec]) -> Batch:
    """Some documents as one batch."""
    aliases = _listed(documents, lambda document: document.aliases)
    points = _listed(documents, lambda document: document.points)
    days = _listed(documents, lambda document: sorted(set(document.days)))
    last = (NEVER if entry.last_day is None else entry.last_day.toordinal() for entry in documents)
    return Batch(
        fields=[_field([entry.fields.get(spec.name, ()) for entry in documents], spec) for spec in specs],
        facets=_facets(documents),
        ids=[document.id for document in documents],
        names=[document.sort_name for document in documents],
        aliases=[alias for _, alias in aliases],
        alias_docs=_ints([doc for doc, _ in aliases]),
        points=np.array([point for _, point in points], dtype=np.float64).reshape(-1, 2).astype(np.float32),
        point_docs=_ints([doc for doc, _ in points]),
        days=_ints([day for _, day in days]),
        day_docs=_ints([doc for doc, _ in days]),
        last=_ints(list(last)),
        changed=np.array([document.changed for document in documents], dtype=np.int64),
        priors=np.array([document.prior for document in documents], dtype=np.float32),
        vectors=_vectors(documents),
        stored=b"".join([document.stored for document in documents]),
        stored_sizes=np.array([len(document.stored) for document in documents], dtype=np.int64),
    )


def _ints(values: Sequence[int]) -> Ints:
    return np.array(values, dtype=np.int32)


def _listed(
    documents: Sequence[IndexDocument], of: Callable[[IndexDocument], Iterable[_Value]]
) -> list[tuple[int, _Value]]:
    return [(doc, value) for doc, document in enumerate(documents) for value in of(document)]


def _vectors(documents: Sequence[IndexDocument]) -> NDArray[np.float32] | None:
    known = next((entry.vector for entry in documents if entry.vector is not None), None)
    if known is None:
        return None
    table = np.zeros((len(documents), len(known)), dtype=np.float32)
    for row, document in enumerate(documents):
        if document.vector is not None:
            table[row] = document.vector
    return table


def _facets(documents: Sequence[IndexDocument]) -> dict[str, FacetBatch]:
    found: dict[str, FacetBatch] = {}
    for facet in dict.fromkeys(name for document in documents for name in document.facets):
        texts, keys = _numbered([document.facets.get(facet, ()) for document in documents])
        pairs = np.unique(keys)
        found[facet] = FacetBatch(texts, *_parted(pairs, len(documents)))
    return found


class _Numbers(defaultdict[str, int]):
    """The number of each text, in the order in which they come."""

    def __init__(self) -> None:
        super().__init__(self.__len__)


def _numbered(given: Sequence[Sequence[str]]) -> tuple[list[str], NDArray[np.int64]]:
    """The different texts, and for each text given one number of its text and its document."""
    numbers = _Numbers()
    lengths = list(map(len, given))
    found = np.fromiter(map(numbers.__getitem__, chain.from_iterable(given)), np.int64, sum(lengths))
    return list(numbers), found * len(given) + np.repeat(np.arange(len(given)), lengths)


def _parted(pairs: NDArray[np.int64], count: int) -> tuple[Ints, Ints]:
    """The document and the text's number of each pair."""
    return (pairs % count).astype(np.int32), (pairs // count).astype(np.int32)


def _field(given: Sequence[Sequence[str]], spec: FieldSpec) -> FieldBatch:
    """One field of some documents. An empty term is a gap: it is not indexed and parts phrases."""
    values = _placed(given) if spec.positions else []
    texts, keys = _numbered(given)
    if "" in texts:
        given = [[term for term in terms if term] for terms in given]
        texts, keys = _numbered(given)
    pairs, counts = np.unique(keys, return_counts=True)
    docs, numbers = _parted(pairs, len(given))
    sizes = np.bincount(numbers, minlength=len(texts)).astype(np.int32)
    lengths = _ints([len(terms) for terms in given])
    return FieldBatch(lengths, texts, sizes, docs, counts.astype(np.int32), values)


def _placed(given: Sequence[Sequence[str]]) -> list[bytes]:
    """The encoded positions of each term in each document, in the order of `FieldBatch.docs`."""
    encode = formats.Positions().encode
    places: dict[str, dict[int, list[int]]] = {}
    for doc, terms in enumerate(given):
        for position, text in enumerate(terms):
            if text:
                places.setdefault(text, {}).setdefault(doc, []).append(position)
    return [encode(positions) for found in places.values() for positions in found.values()]
