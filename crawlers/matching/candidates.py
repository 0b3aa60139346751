"""Which pairs are worth a look: records that share an address, an organisation, a number or a place. Pure.

Comparing all pairs of 10 000 records would be 50 million looks; blocks leave a few for each record.
"""

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from crawlers.matching.features import Features, home_towns

LARGEST_BLOCK = 60
"""A block of more records says too little about each pair in it."""

Key = tuple[str, ...]


def candidates(records: Sequence[Features]) -> Iterator[tuple[int, int]]:
    """Pairs of positions in `records`, each once, the smaller first."""
    blocks: dict[Key, list[int]] = defaultdict(list)
    for position, record in enumerate(records):
        for key in set(keys(record)):
            blocks[key].append(position)
    seen: set[tuple[int, int]] = set()
    for members in blocks.values():
        if len(members) > LARGEST_BLOCK:
            continue
        for pair in itertools.combinations(members, 2):
            if pair not in seen:
                seen.add(pair)
                yield pair


def keys(record: Features) -> Iterable[Key]:
    """The blocks to which a record belongs."""
    for page in record.pages:
        yield "page", page
    lemmas = {lemma for title in record.titles.values() for token in title.tokens for lemma in token}
    owner = " ".join(sorted(min(token) for token in record.owner))
    who = [*record.phones, *record.mails, *record.hosts, *filter(None, (record.business_id, owner))]
    starts = {(str(slot.day), str(slot.start)) for slot in record.times.slots}
    starts |= {(day.isoformat(), str(start)) for day, start in record.times.dates}
    for name in who:
        yield "who", name
        for lemma in lemmas:
            yield "who", name, lemma
        for start in starts:
            yield "who", name, *start
    where = {*record.streets, *record.postcodes, *home_towns(record)}
    for place in where:
        for lemma in lemmas:
            yield "where", place, lemma
