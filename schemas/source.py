"""A source of activities, as described in `config/sources.toml`.

An association's site needs three lines: name, url, and municipality or county. Everything else has a default.
"""

import re
import unicodedata
from pathlib import Path
from typing import Annotated

import msgspec

from schemas.codes import SourceKind
from schemas.errors import ConfigurationError


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One source.

    id              stable short name; made from `name` when not given
    kind            site | lahella | ptv
    municipality    name or code of the home municipality; `county` where it serves a county
    organisation    name of the publisher where it differs from `name`
    within          path that the site does not leave, where its host carries other sites too ("/lieksa")
    paths           paths and parameters that differ from the adapter's defaults, by name
    municipalities  PTV: codes to list; Lähellä.fi: names to keep
    service_classes PTV: service classes to list besides the municipalities' own
    allow_hosts     hosts (with port) that may be fetched although they are not public; for demonstrations
    delay           least seconds between two requests to one host
    pages, megabytes, seconds   budget of one crawl
    window          local hours in which fetching is allowed ("22-06"), None = always
    every           hours between two crawls
    at              local time of the daily crawl ("03:30")
    live            False = ready, but not yet run against the live service
    enabled         False = described but not crawled
    example         True = demonstration data
    """

    name: str
    url: str
    id: str = ""
    kind: SourceKind = SourceKind.SITE
    municipality: str | None = None
    county: str | None = None
    organisation: str | None = None
    licence: str | None = None
    languages: tuple[str, ...] = ("fi",)
    within: str = ""
    paths: dict[str, str] = {}
    municipalities: tuple[str, ...] = ()
    service_classes: tuple[str, ...] = ()
    allow_hosts: tuple[str, ...] = ()
    delay: Annotated[float, msgspec.Meta(ge=0, le=120)] = 1.0
    pages: Annotated[int, msgspec.Meta(ge=1)] = 500
    megabytes: Annotated[int, msgspec.Meta(ge=1)] = 100
    seconds: Annotated[int, msgspec.Meta(ge=1)] = 3600
    window: str | None = None
    every: Annotated[int, msgspec.Meta(ge=1)] = 24
    at: str | None = None
    live: bool = True
    enabled: bool = True
    example: bool = False
    note: str = ""


class _SourceFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    source: tuple[Source, ...] = ()


def slug(name: str) -> str:
    """A name as ascii kebab-case ("Äkäslompolon Käsityö ry" → "akaslompolon-kasityo-ry")."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "source"


def load_sources(path: Path) -> tuple[Source, ...]:
    """Read sources; ids are filled in and checked to be unique.

    Raises ConfigurationError with file and place.
    """
    try:
        found = msgspec.toml.decode(path.read_bytes(), type=_SourceFile).source
    except (OSError, msgspec.MsgspecError, ValueError) as error:
        raise ConfigurationError(f"{path.name}: {error}") from error
    named = tuple(
        source if source.id else msgspec.structs.replace(source, id=slug(source.name)) for source in found
    )
    seen: set[str] = set()
    for source in named:
        if source.id in seen:
            raise ConfigurationError(f"{path.name}: two sources are called {source.id}; give one an id")
        if not source.url.startswith(("http://", "https://")):
            raise ConfigurationError(f"{path.name}: {source.id}: url must start with http:// or https://")
        if source.within and not source.within.startswith("/"):
            raise ConfigurationError(f'{path.name}: {source.id}: within must be a path such as "/lieksa"')
        seen.add(source.id)
    return named
