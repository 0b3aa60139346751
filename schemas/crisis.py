"""Words of self-harm, violence and acute crisis: the shape of `config/crisis.toml` and its reading."""

from collections.abc import Container, Mapping
from pathlib import Path

import msgspec

from schemas.errors import ConfigurationError
from schemas.taxonomy import CRISES

_CLASS = "@"
_OBJECT = ">"


class CrisisTopic(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is said in one kind of crisis.

    code      suicide | violence | acute
    words     single words that alone speak of it, unless one of `unless` stands with them
    phrases   words that speak of it together, in any order, near each other; `=word` = in just this form
    patterns  lists of words, one word of each of which speaks of it together ("mies vaimo", "lyödä hakata");
              `@name` = the words of that class of the file; `word>`, `@name>` = them as the object of
              somebody's deed ("pelkään isääni")
    needs     needs of the taxonomy that speak of it where they are said surely
    sv, en    Swedish and English words and phrases, as written
    always    phrases in which somebody speaks of themselves: nothing in `unless` makes them another matter
    unless    words that make it another matter: training, a book; of an idiom ("lyödä korttia") all words
    deeds     what is a crisis when done to somebody and none when done to a thing ("hakata", not of wood)
    leads     by need, the words that tell that a crisis of this kind is just that one (a child is hit)
    another   the need where somebody close is in the crisis, not the speaker
    targets   persons, animals, parts of the body and things at home that make a deed one of crisis
    """

    code: str
    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    patterns: tuple[tuple[str, ...], ...] = ()
    sv: tuple[str, ...] = ()
    en: tuple[str, ...] = ()
    always: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    deeds: str = ""
    targets: str = ""
    leads: dict[str, str] = {}
    another: str = ""


class _CrisisFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    topic: tuple[CrisisTopic, ...]
    classes: dict[str, str] = {}


def load_crisis(path: Path, needs: Container[str]) -> tuple[CrisisTopic, ...]:
    """The topics of `path`, the gravest first; `needs`: the codes there are. Raises ConfigurationError."""
    try:
        file = msgspec.toml.decode(path.read_bytes(), type=_CrisisFile)
        topics = tuple(_with_classes(topic, file.classes) for topic in file.topic)
    except (OSError, msgspec.MsgspecError, ValueError) as error:
        raise ConfigurationError(f"{path.name}: {error}") from error
    except KeyError as error:
        raise ConfigurationError(f"{path.name}: there is no class {error}") from error
    for topic in topics:
        if topic.code not in CRISES:
            raise ConfigurationError(
                f"{path.name}: there is no topic {topic.code}; known: {', '.join(CRISES)}"
            )
        if unknown := [code for code in topic.needs if code not in needs]:
            raise ConfigurationError(f"{path.name}: {topic.code}: there is no need {unknown[0]}")
        if lost := [code for code in (*topic.leads, topic.another) if code not in (*topic.needs, "")]:
            raise ConfigurationError(f"{path.name}: {topic.code}: {lost[0]} is not among its needs")
    return topics


def _with_classes(topic: CrisisTopic, classes: Mapping[str, str]) -> CrisisTopic:
    """The topic with the names of classes in its patterns replaced by their words. Raises KeyError."""

    def named(word: str) -> str:
        if not word.startswith(_CLASS):
            return word
        if not word.endswith(_OBJECT):
            return classes[word[1:]]
        bases = (each for each in classes[word[1:-1]].split() if each.isalpha())
        return " ".join(base + _OBJECT for base in bases)

    def words(slot: str) -> str:
        return " ".join(map(named, slot.split()))

    return msgspec.structs.replace(
        topic,
        patterns=tuple(tuple(words(slot) for slot in pattern) for pattern in topic.patterns),
        deeds=words(topic.deeds),
        targets=words(topic.targets),
        leads={code: words(slot) for code, slot in topic.leads.items()},
    )
