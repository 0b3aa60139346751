"""The taxonomies of need, kind and target group: shapes and reading of the files in `config/needs/`."""

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Literal, TypeVar

import msgspec

from schemas.errors import ConfigurationError

_Shape = TypeVar("_Shape")
Crisis = Literal["", "suicide", "violence", "acute"]
CRISES = ("suicide", "violence", "acute")
_FLAT = ("kinds", "groups", "units", "situations")


class Names(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One name or sentence in the four languages of the interface (`selko` = plain Finnish)."""

    fi: str
    sv: str
    en: str
    selko: str

    def get(self, language: str) -> str:
        """The text in `language` (fi, sv, en, selko); Finnish where the language is unknown."""
        return {"fi": self.fi, "sv": self.sv, "en": self.en, "selko": self.selko}.get(language, self.fi)


class Need(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One need of a person, with the words by which people, professionals and officials say it.

    words     strong single words: any inflected form of one alone means this need, in queries and documents
    phrases   several words that mean this need together (order free, a few words between allowed)
    scenes    what people tell instead of the need's name ("jääkaappi tyhjä"); read like phrases
    hints     words that point here in a query but are too common to label a document with
    official  words of professionals and officials, seen in documents and in professionals' queries
    crisis    the kind of crisis in which whom to call comes first, "" for none
    sv, en    Swedish and English words and phrases
    opposite  needs of the other side of the same matter: where a phrase of this need is said in a text, its
              single words do not speak of those ("väkivaltaa käyttänyt" is no help for the one who is hit)
    """

    code: str
    name: Names
    description: Names
    words: tuple[str, ...]
    phrases: tuple[str, ...] = ()
    scenes: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    official: tuple[str, ...] = ()
    sv: tuple[str, ...] = ()
    en: tuple[str, ...] = ()
    ptv_classes: tuple[str, ...] = ()
    lahella_themes: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    opposite: tuple[str, ...] = ()
    sensitive: bool = False
    crisis: Crisis = ""

    def vocabulary(self) -> tuple[str, ...]:
        """Every Finnish word and phrase of this need."""
        return self.words + self.phrases + self.hints + self.official


class Area(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The upper level: a field of life that groups needs (for example mental health)."""

    code: str
    name: Names
    description: Names
    icon: str = ""


class NeedFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file `config/needs/<area>.toml`: an area and its needs."""

    area: Area
    need: tuple[Need, ...]


class Term(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One code of a flat taxonomy (kind, target group, hospital unit) with its words.

    `needs` lists need codes that the term leads to (used by hospital units and life situations).
    """

    code: str
    name: Names
    description: Names | None = None
    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    sv: tuple[str, ...] = ()
    en: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    ptv: tuple[str, ...] = ()
    lahella: tuple[str, ...] = ()
    icon: str = ""


class TermFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file of flat terms, `config/kinds.toml` and its like."""

    term: tuple[Term, ...]


class Taxonomy:
    """All needs by code and area, plus the flat taxonomies.

    `mark` changes with the files they were read from; empty where they come from elsewhere.
    """

    def __init__(
        self,
        files: tuple[NeedFile, ...],
        kinds: tuple[Term, ...] = (),
        groups: tuple[Term, ...] = (),
        units: tuple[Term, ...] = (),
        situations: tuple[Term, ...] = (),
    ) -> None:
        self.mark = ""
        self.files = files
        self.kinds = kinds
        self.groups = groups
        self.units = units
        self.situations = situations

    @cached_property
    def needs(self) -> Mapping[str, Need]:
        """Need by code, in file order."""
        return MappingProxyType({need.code: need for file in self.files for need in file.need})

    def crises(self, codes: Iterable[str]) -> tuple[str, ...]:
        """The kinds of crisis that needs speak of, each once, in the order of the needs."""
        topics = (self.needs[code].crisis for code in codes)
        return tuple(dict.fromkeys(topic for topic in topics if topic))

    @cached_property
    def areas(self) -> Mapping[str, Area]:
        """Area by code, in file order."""
        return MappingProxyType({file.area.code: file.area for file in self.files})

    @cached_property
    def area_of(self) -> Mapping[str, str]:
        """Area code by need code."""
        return MappingProxyType({need.code: file.area.code for file in self.files for need in file.need})

    def in_area(self, area: str) -> Iterator[Need]:
        """The needs of one area."""
        return (need for file in self.files if file.area.code == area for need in file.need)


_Kept = tuple[tuple[NeedFile, ...], tuple[Term, ...], tuple[Term, ...], tuple[Term, ...], tuple[Term, ...]]


def _decode(path: Path, shape: type[_Shape]) -> _Shape:
    try:
        return msgspec.toml.decode(path.read_bytes(), type=shape)
    except (OSError, msgspec.MsgspecError, ValueError) as error:
        raise ConfigurationError(f"{path.name}: {error}") from error


def load_taxonomy(folder: Path, cache: Path | None = None) -> Taxonomy:
    """Read `needs/*.toml`, `kinds.toml`, `groups.toml`, `units.toml` and `situations.toml` under `folder`.

    What was read and checked is kept in the folder `cache`, under a name that changes with the files.
    Raises ConfigurationError with file and place of the fault; a missing flat file is an empty taxonomy.
    """
    if cache is None:
        return _read(folder)
    mark = _mark(folder)
    kept = cache / f"taxonomy-{mark}.msgpack"
    try:
        taxonomy = Taxonomy(*msgspec.msgpack.decode(kept.read_bytes(), type=_Kept))
    except (OSError, msgspec.MsgspecError):
        taxonomy = _read(folder)
        flat = (getattr(taxonomy, name) for name in _FLAT)
        keep(kept, msgspec.msgpack.encode((taxonomy.files, *flat)))
    taxonomy.mark = mark
    return taxonomy


def keep(path: Path, data: bytes) -> None:
    """Write a file that only saves time, in one step; a folder that cannot be written is no fault."""
    aside = path.with_suffix(f".{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        aside.write_bytes(data)
        aside.replace(path)
    except OSError:
        with suppress(OSError):
            aside.unlink(missing_ok=True)


def _mark(folder: Path) -> str:
    """A mark of the files' content and of the shapes they are read into."""
    mark = hashlib.blake2b(f"1 {msgspec.__version__}".encode(), digest_size=12)
    mark.update(Path(__file__).read_bytes())
    for path in (*sorted((folder / "needs").glob("*.toml")), *(folder / f"{name}.toml" for name in _FLAT)):
        if path.exists():
            data = path.read_bytes()
            mark.update(f"{path.name} {len(data)} ".encode())
            mark.update(data)
    return mark.hexdigest()


def _read(folder: Path) -> Taxonomy:
    files = tuple(_decode(path, NeedFile) for path in sorted((folder / "needs").glob("*.toml")))
    flat = {
        name: _decode(path, TermFile).term if (path := folder / f"{name}.toml").exists() else ()
        for name in _FLAT
    }
    taxonomy = Taxonomy(files, **flat)
    _check(taxonomy)
    return taxonomy


def _check(taxonomy: Taxonomy) -> None:
    seen: set[str] = set()
    for file in taxonomy.files:
        for need in file.need:
            if need.code in seen:
                raise ConfigurationError(f"need {need.code} is defined twice")
            seen.add(need.code)
    for need in taxonomy.needs.values():
        if unknown := {*need.related, *need.opposite} - seen:
            raise ConfigurationError(
                f"need {need.code}: related or opposite needs do not exist: {sorted(unknown)}"
            )
    for term in (*taxonomy.units, *taxonomy.situations):
        if unknown := set(term.needs) - seen:
            raise ConfigurationError(f"{term.code}: needs do not exist: {sorted(unknown)}")
