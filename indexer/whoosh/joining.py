"""What is made once for a generation: the columns and terms of its parts joined, counts made ready.

It is written beside the manifest, so that a server opens it instead of making it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.backend import FieldSpec
from indexer.tables import Array, Strings, packed_strings, packed_words
from indexer.whoosh import counting_rows, meaning
from indexer.whoosh.lengths import ROUNDED, length_bytes
from indexer.whoosh.part import Ints, Part


def joined(
    parts: Sequence[Part], replaced: Mapping[str, Sequence[int]], specs: Sequence[FieldSpec]
) -> dict[str, Array]:
    """The tables of a generation of `parts`, `replaced` the numbers of documents that count no more."""
    bases = np.cumsum([0, *(len(part) for part in parts)])
    live = np.ones(int(bases[-1]), dtype=np.bool_)
    for part, base in zip(parts, bases, strict=False):
        live[np.asarray(replaced.get(part.name, ()), dtype=np.int64) + base] = False
    facets = _facets(parts, bases)
    return {
        "bases": bases.astype(np.int64),
        "live": live,
        **_columns(parts, bases),
        **_identities(parts, bases, live),
        **packed_strings("facets", facets),
        **{key: array for name, facet in facets.items() for key, array in facet.packed(name).items()},
        **counting_rows.packed_counts(facets, len(live)),
        **_lengths(parts, live, specs),
        **_terms(parts, bases, live, specs),
        **meaning.packed_rows(parts),
    }


# -- columns ---------------------------------------------------------------------------------------------


def _columns(parts: Sequence[Part], bases: NDArray[np.int64]) -> dict[str, Array]:
    found: dict[str, Array] = {}
    for name, kind in (
        ("last", np.int32),
        ("changed", np.int64),
        ("priors", np.float32),
        ("points", np.float32),
        ("days", np.int32),
    ):
        arrays = [part.tables[name] for part in parts]
        found[name] = np.concatenate(arrays) if arrays else np.empty(0, kind)
    found["points"] = found["points"].reshape(-1, 2)
    for name in ("point_docs", "day_docs"):
        docs = [part.tables[name] + np.int32(base) for part, base in zip(parts, bases, strict=False)]
        found[name] = np.concatenate(docs) if docs else np.empty(0, np.int32)
    return found


def _identities(parts: Sequence[Part], bases: NDArray[np.int64], live: NDArray[np.bool_]) -> dict[str, Array]:
    """Ids, the earlier ids that lead to them, and the ranks of documents by id and by name."""
    ids = [entry for part in parts for entry in Strings(part.tables, "ids")]
    names = [name for part in parts for name in Strings(part.tables, "names")]
    ranks = np.empty(len(ids), dtype=np.int32)
    ranks[sorted(range(len(ids)), key=ids.__getitem__)] = np.arange(len(ids), dtype=np.int32)
    rank = {name: number for number, name in enumerate(sorted(set(names)))}
    living = live.tolist()
    known: dict[str, int] = {}
    for part, base in zip(parts, bases.tolist(), strict=False):
        docs = part.tables["alias_docs"].tolist()
        for alias, doc in zip(Strings(part.tables, "aliases"), docs, strict=True):
            if living[base + doc]:
                known[alias] = base + doc
    known.update((entry, doc) for doc, entry in enumerate(ids) if living[doc])
    return {
        **packed_strings("ids", ids),
        "id_order": ranks,
        "name_order": np.array([rank[name] for name in names], dtype=np.int32),
        **packed_words("known", known),
        "known.docs": np.array(list(known.values()), dtype=np.int32),
    }


def _facets(parts: Sequence[Part], bases: NDArray[np.int64]) -> dict[str, counting_rows.Facet]:
    names = sorted({name for part in parts for name in Strings(part.tables, "facets")})
    return {name: _facet(parts, bases, name) for name in names}


def _facet(parts: Sequence[Part], bases: NDArray[np.int64], name: str) -> counting_rows.Facet:
    number: dict[str, int] = {}
    docs: list[Ints] = []
    values: list[Ints] = []
    for part, base in zip(parts, bases, strict=False):
        if f"facet_docs:{name}" not in part.tables:
            continue
        codes = Strings(part.tables, f"codes:{name}")
        table = np.array([number.setdefault(code, len(number)) for code in codes], dtype=np.int32)
        docs.append(part.tables[f"facet_docs:{name}"] + np.int32(base))
        values.append(table[part.tables[f"facet_values:{name}"]])
    return counting_rows.Facet(np.concatenate(docs), np.concatenate(values), tuple(number), int(bases[-1]))


# -- fields ----------------------------------------------------------------------------------------------


def _lengths(parts: Sequence[Part], live: NDArray[np.bool_], specs: Sequence[FieldSpec]) -> dict[str, Array]:
    """Lengths of fields as Whoosh keeps them, rounded to what one byte can say; their exact means."""
    found: dict[str, Array] = {"rounded": ROUNDED}
    count = int(live.sum())
    averages = []
    for row, spec in enumerate(specs):
        exact = np.concatenate([np.empty(0, np.int32), *(part.tables["lengths"][row] for part in parts)])
        found[f"lengths:{spec.name}"] = length_bytes(exact)
        averages.append((float(exact[live].sum()) if count else 0.0) / max(1, count) or 1.0)
    return {**found, "averages": np.array(averages, dtype=np.float64)}


def _terms(
    parts: Sequence[Part], bases: NDArray[np.int64], live: NDArray[np.bool_], specs: Sequence[FieldSpec]
) -> dict[str, Array]:
    """The terms of each field in order, the number of live documents that have each, and by part where its
    postings lie (size 0 = nowhere)."""
    counts = [
        _live_counts(part, live[base : base + len(part)]) for part, base in zip(parts, bases, strict=False)
    ]
    found: dict[str, Array] = {}
    for spec in specs:
        texts, totals, starts, sizes = _field(parts, counts, spec.name)
        found.update(packed_words(f"terms:{spec.name}", texts))
        found[f"counts:{spec.name}"] = totals
        found[f"starts:{spec.name}"] = starts
        found[f"sizes:{spec.name}"] = sizes
    return found


def _live_counts(part: Part, live: NDArray[np.bool_]) -> dict[str, Ints]:
    """By field, how many live documents have each term of a part."""
    tables = part.tables
    fields = Strings(tables, "fields")[:]
    counts: dict[str, Ints] = {field: tables[f"counts:{field}"] for field in fields}
    dead = np.flatnonzero(~live)
    if not dead.size:
        return counts
    until, terms = tables["terms_until"], tables["terms_of"]
    gone = np.concatenate([terms[until[doc - 1] if doc else 0 : until[doc]] for doc in dead.tolist()])
    lost = np.bincount(gone, minlength=sum(map(len, counts.values())))
    first = 0
    for field, held in counts.items():
        counts[field] = (held - lost[first : first + len(held)]).astype(np.int32)
        first += len(held)
    return counts


def _field(
    parts: Sequence[Part], counts: Sequence[Mapping[str, Ints]], field: str
) -> tuple[list[str], Ints, NDArray[Any], NDArray[Any]]:
    having = [at for at, held in enumerate(counts) if field in held]
    texts = {at: Strings(parts[at].tables, f"terms:{field}")[:] for at in having}
    alive = {at: counts[at][field] > 0 for at in having}
    if len(having) == 1 and alive[having[0]].all():
        every = texts[having[0]]
    else:
        every = sorted(
            {text for at in having for text, here in zip(texts[at], alive[at].tolist(), strict=True) if here}
        )
    number = {text: place for place, text in enumerate(every)}
    totals = np.zeros(len(every), dtype=np.int32)
    starts = np.zeros((len(parts), len(every)), dtype=np.int64)
    sizes = np.zeros((len(parts), len(every)), dtype=np.int64)
    for at in having:
        kept = np.flatnonzero(alive[at])
        held = texts[at]
        places = np.array([number[held[place]] for place in kept.tolist()], dtype=np.int64)
        totals[places] += counts[at][field][kept]
        starts[at, places] = parts[at].tables[f"starts:{field}"][kept]
        sizes[at, places] = parts[at].tables[f"sizes:{field}"][kept]
    return every, totals, starts, sizes
