"""What the files of an index agree on."""

K1 = 1.2
"""BM25F's term saturation, Whoosh's own default."""

BLOCK = 8192
"""Postings in a block."""

LAYOUT_VERSION = "6"
"""Raised whenever a part written by an older version could be misread."""
