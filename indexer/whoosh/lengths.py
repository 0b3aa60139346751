"""Lengths of fields as Whoosh keeps them: rounded to what one byte can say."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.util.numeric import byte_to_length, length_to_byte

ROUNDED = np.array([byte_to_length(byte) for byte in range(256)], dtype=np.float32)
"""The length that each byte says."""
_BYTES = np.array([length_to_byte(length) for length in range(4096)], dtype=np.uint8)


def length_bytes(lengths: NDArray[Any]) -> NDArray[np.uint8]:
    """The byte of each length."""
    if lengths.size and lengths.max() >= len(_BYTES):
        return np.array([length_to_byte(length) for length in lengths.tolist()], dtype=np.uint8)
    found: NDArray[np.uint8] = _BYTES[lengths]
    return found
