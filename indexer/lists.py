"""Lists of numbers, of different lengths, in tables."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from indexer.tables import Array


class Lists:
    """Lists of numbers by number."""

    def __init__(self, tables: Mapping[str, Array], name: str) -> None:
        self.values = tables[f"{name}.values"]
        self.starts = tables[f"{name}.starts"]
        self._numbers = self.values.data
        self._starts = self.starts.data

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, number: int) -> list[int]:
        found: list[int] = self._numbers[self._starts[number] : self._starts[number + 1]].tolist()
        return found

    def span(self, number: int) -> slice:
        """Where a list lies within `values`, and what belongs to its numbers in arrays beside it."""
        return slice(self._starts[number], self._starts[number + 1])


def packed_lists(name: str, lists: Iterable[Sequence[int]]) -> dict[str, Array]:
    """The arrays of `Lists`."""
    lengths = []
    values: list[int] = []
    for each in lists:
        lengths.append(len(each))
        values.extend(each)
    starts = np.zeros(len(lengths) + 1, dtype=np.int32)
    np.cumsum(lengths, out=starts[1:])
    return {f"{name}.values": np.array(values, dtype=np.int32), f"{name}.starts": starts}


def grouped_lists(name: str, owners: Array, values: Array, count: int) -> dict[str, Array]:
    """The arrays of `Lists`: in list n of `count`, ascending, the `values` whose owner beside them is n."""
    order = np.lexsort((values, owners))
    starts = np.zeros(count + 1, dtype=np.int32)
    np.cumsum(np.bincount(owners, minlength=count), out=starts[1:])
    return {f"{name}.values": values[order].astype(np.int32), f"{name}.starts": starts}
