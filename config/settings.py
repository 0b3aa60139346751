"""Settings: read here and nowhere else, from environment variables, once, by the composition at the edge.

Each `Setting` is documented where it is defined; `docs/settings.md` is checked against this file.
"""

import datetime as dt
import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

HERE = Path(__file__).parent
"""The folder of the data that ships with Vierelle."""


def _option(variable: str, default: Any, help_text: str, parse: Callable[[str], Any] = str) -> Any:
    meta = {"variable": variable, "help": help_text, "parse": parse, "default": default}
    return field(metadata=meta, default=default)


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise ValueError("must be a day such as 2026-03-02") from error


def _number(text: str) -> int:
    try:
        return int(text)
    except ValueError as error:
        raise ValueError("must be a whole number") from error


def _port(text: str) -> int:
    number = _number(text)
    if not 0 <= number <= 65535:
        raise ValueError("a port is a number from 0 to 65535")
    return number


def _count(text: str) -> int:
    number = _number(text)
    if number < 1:
        raise ValueError("must be at least 1")
    return number


def _whole(text: str) -> int:
    number = _number(text)
    if number < 0:
        raise ValueError("must be 0 or more")
    return number


@dataclass(frozen=True)
class Settings:
    """All settings, parsed. `docs/settings.md` lists them for operators."""

    data: Path = _option("VIERELLE_DATA", Path("var"), "Folder of the catalogue, the index and caches.", Path)
    config: Path = _option(
        "VIERELLE_CONFIG", HERE, "Folder of sources.toml, county.toml, needs and places.", Path
    )
    sources: Path | None = _option(
        "VIERELLE_SOURCES", None, "File of sources; default: sources.toml in VIERELLE_CONFIG.", Path
    )
    catalogue: str = _option(
        "VIERELLE_CATALOGUE", "", "SQLAlchemy URL of the catalogue; default: SQLite in VIERELLE_DATA."
    )
    search: str = _option("VIERELLE_SEARCH", "whoosh", "Search backend: whoosh, or memory for small trials.")
    today: dt.date | None = _option(
        "VIERELLE_TODAY", None, "Fixes today's date (YYYY-MM-DD) for demonstrations and tests.", _day
    )
    host: str = _option("VIERELLE_HOST", "127.0.0.1", "Address on which the site is served.")
    port: int = _option("VIERELLE_PORT", 8000, "Port on which the site is served.", _port)
    threads: int = _option("VIERELLE_THREADS", 8, "Threads that answer requests.", _count)
    processes: int = _option(
        "VIERELLE_PROCESSES",
        1,
        "Processes that answer requests, up to 250 MB each: one a core where one does not keep up.",
        _count,
    )
    index_processes: int | None = _option(
        "VIERELLE_INDEX_PROCESSES",
        None,
        "Processes that read texts for a full index, about 100 MB each; default: one a core, at most 8.",
        _count,
    )
    contact: str = _option(
        "VIERELLE_CONTACT",
        "",
        "Mail address that the crawler gives to the sites it reads; asked for by crawl.",
    )
    readers: int | None = _option(
        "VIERELLE_READERS",
        None,
        "Processes that read pages in a crawl; default: one a core, four at most, none on a single core. "
        "0 = pages are read by the crawl itself, which one bad page can then hold up.",
        _whole,
    )
    public_url: str = _option(
        "VIERELLE_PUBLIC_URL", "", "Address of the site as people see it, for links in feeds and hand-outs."
    )
    proxies: int = _option(
        "VIERELLE_PROXIES", 0, "Number of trusted reverse proxies in front of the site.", _whole
    )

    @property
    def catalogue_url(self) -> str:
        """The SQLAlchemy URL in force."""
        return self.catalogue or f"sqlite:///{(self.data / 'catalogue.sqlite').absolute()}"

    @property
    def sources_file(self) -> Path:
        """The file of sources in force."""
        return self.sources or self.config / "sources.toml"

    def now(self) -> dt.datetime:
        """The moment in Helsinki; on a fixed day the clock still runs."""
        moment = dt.datetime.now(ZoneInfo("Europe/Helsinki"))
        return (
            moment
            if self.today is None
            else moment.replace(year=self.today.year, month=self.today.month, day=self.today.day)
        )


_PREFIX = "VIERELLE_"
_OF_TESTS = "VIERELLE_TEST_"
"""Begins the names that only our tests read."""


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Settings from environment variables. Raises ValueError that names the variable and what is wrong.

    An unknown name of ours is refused: misspelt, it would leave a default in force without a word.
    """
    for name, text in environment.items():
        if name.startswith(_PREFIX) and not name.startswith(_OF_TESTS) and text.strip():
            _check_name(name)
    given: dict[str, Any] = {}
    for entry in fields(Settings):
        variable = entry.metadata["variable"]
        text = environment.get(variable, "").strip()
        if text:
            try:
                given[entry.name] = entry.metadata["parse"](text)
            except ValueError as error:
                raise ValueError(f"{variable}={text}: {error}") from error
    return Settings(**given)


def _check_name(name: str) -> None:
    known = [entry.metadata["variable"] for entry in fields(Settings)]
    if name not in known:
        near = difflib.get_close_matches(
            name.removeprefix(_PREFIX), [one.removeprefix(_PREFIX) for one in known], 1
        )
        advice = f"did you mean {_PREFIX}{near[0]}?" if near else f"known are {', '.join(known)}"
        raise ValueError(f"{name}: there is no such setting; {advice}")


def settings_table() -> str:
    """The settings as a Markdown table, for `docs/settings.md`."""
    rows = ["| variable | default | meaning |", "|---|---|---|"]
    for entry in fields(Settings):
        meta = entry.metadata
        default = meta["default"]
        shown = "`config/`" if default is HERE else f"`{default}`" if default not in (None, "") else "–"
        rows.append(f"| `{meta['variable']}` | {shown} | {meta['help']} |")
    return "\n".join(rows) + "\n"
