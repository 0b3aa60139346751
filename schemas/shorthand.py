"""Abbreviations of records and referrals: the shape of `config/shorthand.toml` and its reading."""

from pathlib import Path

import msgspec

from schemas.errors import ConfigurationError


class Shorthand(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What abbreviations stand for, lower case and without a full stop.

    read      read wherever they stand; of several words, where those follow each other
    capital   read only in capital letters or before a full stop, being also words or slips of words
    """

    read: dict[str, str] = {}
    capital: dict[str, str] = {}


def load_shorthand(path: Path) -> Shorthand:
    """The abbreviations of `path`; none where a folder of settings has no such file. Raises
    ConfigurationError."""
    if not path.exists():
        return Shorthand()
    try:
        found = msgspec.toml.decode(path.read_bytes(), type=Shorthand)
    except (OSError, msgspec.MsgspecError, ValueError) as error:
        raise ConfigurationError(f"{path.name}: {error}") from error
    for short, meant in (*found.read.items(), *found.capital.items()):
        if short != short.lower() or short.endswith(".") or not meant.strip():
            raise ConfigurationError(f"{path.name}: {short!r} is to be in lower case, without a full stop")
    return found
