"""Ranges of different lengths, one after the other."""

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]


def ragged(starts: Counts, lengths: Counts) -> Counts:
    """The places starts[i] … starts[i] + lengths[i] - 1 of all i, one after the other."""
    ends = np.cumsum(lengths)
    total = int(ends[-1]) if ends.size else 0
    found: Counts = np.arange(total) + np.repeat(starts - (ends - lengths), lengths)
    return found
