"""Words of self-harm, violence and acute crisis: the shape of `config/crisis.toml` and its reading."""

from pathlib import Path

import msgspec

from schemas.errors import ConfigurationError


class CrisisTopic(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is said in one kind of crisis.

    code      suicide | violence | acute
    words     single words that alone speak of it, unless one of `unless` stands with them
    phrases   words that speak of it together, in any order, near each other; `=word` = in just this form
    patterns  lists of words, one word of each of which speaks of it together ("mies vaimo", "lyödä hakata")
    sv, en    Swedish and English words and phrases, as written
    unless    words that make it another matter: training, grief after long ago, a book, an idiom
    """

    code: str
    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    patterns: tuple[tuple[str, ...], ...] = ()
    sv: tuple[str, ...] = ()
    en: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


class _CrisisFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    topic: tuple[CrisisTopic, ...]


def load_crisis(path: Path) -> tuple[CrisisTopic, ...]:
    """The topics of `path`, the gravest first. Raises ConfigurationError."""
    try:
        return msgspec.toml.decode(path.read_bytes(), type=_CrisisFile).topic
    except (OSError, msgspec.MsgspecError, ValueError) as error:
        raise ConfigurationError(f"{path.name}: {error}") from error
