"""What of a source's description changes how its pages are read."""

import hashlib

import msgspec

from schemas.source import Source


def mark_of(source: Source) -> str:
    """A short value that changes with whatever of the source the reading of its pages depends on."""
    described = msgspec.json.encode(_as_read(source))
    return hashlib.blake2b(described, digest_size=6).hexdigest()


def _as_read(source: Source) -> Source:
    """The source without what does not change how its pages are read."""
    return msgspec.structs.replace(
        source,
        delay=1.0,
        within="",
        pages=1,
        megabytes=1,
        seconds=1,
        window=None,
        every=24,
        at=None,
        note="",
        enabled=True,
    )
