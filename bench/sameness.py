"""Whether pages of results are the same as before a change, letter by letter: `python -m bench.sameness`.

    python -m bench.sameness --write FILE      before the change
    python -m bench.sameness --against FILE    after it: prints what differs; ends with 1 where anything does

Some hundred made questions over made activities, and all judged questions over the frozen collection of
`vierelle evaluate`: lists, further pages, chosen facets, towns, other orders, languages, map, week and the
professional's desk. Each page is kept as a digest, at a fixed moment, and asked twice: caches must not show.
"""

import argparse
import dataclasses
import datetime as dt
import hashlib
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote
from zoneinfo import ZoneInfo

from app.evaluation import read_collection, read_judged
from app.web import create_app
from app.wiring import Wiring
from bench import activities as made
from bench.corpus import Corpus
from bench.drawing import answer
from config.settings import Settings, read_settings
from indexer.documents import documents

_JUDGED = Path(__file__).parent.parent / "tests" / "quality"
_MOMENT = dt.datetime(2026, 3, 2, 9, 30, tzinfo=ZoneInfo("Europe/Helsinki"))
_WAYS = (
    "/haku?q={q}",
    "/haku?q={q}&page=2&when=week",
    "/haku?q={q}&missa=lieksa",
    "/haku?q={q}&price=free&channel=place",
    "/haku?q={q}&sort=next&nakyma=viikko",
    "/sv/haku?q={q}&municipality=422",
    "/haku?q={q}&nakyma=kartta",
    "/selko/haku?q={q}&sort=name",
    "/ammattilainen/tulokset?q={q}",
    "/api/v1/search?q={q}",
)
"""The first for all questions, one of the others for each in turn."""
_BUILT = re.compile(rb"\d{8}T\d{12}")
"""The name of a generation of the index: when it was built."""


@dataclasses.dataclass(frozen=True)
class _Still(Settings):
    """Settings whose clock stands still."""

    def now(self) -> dt.datetime:
        """Always the same moment."""
        return _MOMENT


def main() -> None:
    """Write the digests of all pages, or compare them with those written before."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", type=int, default=10_000)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--keep", type=Path, help="a folder that keeps the built index for the next run")
    parser.add_argument("--write", type=Path)
    parser.add_argument("--against", type=Path)
    given = parser.parse_args()
    with TemporaryDirectory() as temporary:
        folder = given.keep or Path(temporary)
        found = dict(_digests(given.size, given.count, folder, Path(temporary)))
    if given.write:
        given.write.write_text(json.dumps(found))
    different = _differences(json.loads(given.against.read_text()), found) if given.against else []
    print(f"{len(found)} pages; {len(different)} differ", *different[:20], sep="\n")
    sys.exit(bool(different))


def _differences(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    return [page for page in sorted({*before, *after}) if before.get(page) != after.get(page)]


def _digests(size: int, count: int, folder: Path, aside: Path) -> Iterator[tuple[str, str]]:
    made.indexed(size, folder)
    asked = [" ".join(words) for words in Corpus(1).queries(count)]
    yield from _asked("made", folder / f"site-{size}", asked)
    judged = _wiring(aside / "judged")
    activities = read_collection(_JUDGED, judged)
    judged.store.build(documents(activities, judged.document_reader, _MOMENT.date()), judged.versions)
    yield from _asked("judged", aside / "judged", [entry.query for entry in read_judged(_JUDGED)])


def _wiring(data: Path) -> Wiring:
    settings = read_settings({**os.environ, **made.environment(data)})
    return Wiring(
        _Still(**{field.name: getattr(settings, field.name) for field in dataclasses.fields(settings)})
    )


def _asked(name: str, data: Path, questions: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each page's name and digest; asked by two sites, one of which has answered everything before."""
    first, second = create_app(_wiring(data)), create_app(_wiring(data))
    pages = list(dict.fromkeys(_pages(questions)))
    for page in pages:
        answer(first, page)
    for page in pages:
        fresh, again = (_digest(*answer(site, page)) for site in (second, first))
        yield f"{name} {page}", fresh if fresh == again else "what was asked before shows"


def _digest(status: str, content: bytes) -> str:
    """The digest of an answer, without the moment at which the index was built."""
    return hashlib.blake2b(status.encode() + _BUILT.sub(b"", content), digest_size=12).hexdigest()


def _pages(questions: Iterable[str]) -> Iterator[str]:
    for number, question in enumerate(questions):
        yield _WAYS[0].format(q=quote(question))
        yield _WAYS[1 + number % (len(_WAYS) - 1)].format(q=quote(question))


if __name__ == "__main__":
    main()
