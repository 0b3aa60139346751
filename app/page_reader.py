"""Pages read in processes of their own: the crawl's side of it, and what such a process runs."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from app.wiring import Wiring
from app.workers import JobLost, NoWorkers, Workers, serve
from config.settings import Settings
from crawlers.site import KnownPage, PageJob, ReadHere, ReadPages
from schemas.errors import ParseError
from schemas.taxonomy import Term

_ROOT = Path(__file__).parent.parent
_PROGRAM = "import sys; sys.path.insert(0, sys.argv[1]); from app.page_reader import main; main()"
_MOST_READERS = 4
"""By default: the threads that fetch feed no more, and each takes some 50 MB."""


class _Hello(msgspec.Struct, frozen=True):
    """What a reader needs to know once: the folder of places, and the words of kinds and groups."""

    config: str
    kinds: tuple[Term, ...]
    groups: tuple[Term, ...]


class ReadInProcesses:
    """`crawlers.site.ReadPages` over workers; reads here where none can be started."""

    def __init__(self, workers: Workers, here: ReadPages) -> None:
        self._workers = workers
        self._here = here

    def __call__(self, job: PageJob) -> KnownPage:
        """What the page says. Raises ParseError, also when its reader dies of it or takes too long."""
        try:
            answer = self._workers.call(msgspec.msgpack.encode(job))
        except NoWorkers:
            return self._here(job)
        except JobLost as error:
            raise ParseError(str(error)) from error
        return msgspec.json.decode(answer, type=KnownPage)


@contextmanager
def reading(wiring: Wiring) -> Iterator[ReadPages]:
    """How a crawl reads its pages: in processes of their own, by the settings; on a single core, here."""
    kinds, groups = wiring.taxonomy.kinds, wiring.taxonomy.groups
    here = ReadHere(wiring.municipality, kinds, groups)
    count = wiring.settings.readers
    if count is None:
        cores = len(os.sched_getaffinity(0))
        count = min(cores, _MOST_READERS) if cores > 1 else 0
    if not count:
        yield here
        return
    hello = msgspec.msgpack.encode(_Hello(str(wiring.settings.config.absolute()), kinds, groups))
    with Workers((sys.executable, "-c", _PROGRAM, str(_ROOT)), hello, count) as workers:
        yield ReadInProcesses(workers, here)


def main() -> None:
    """Read pages until there are no more: what a reader's process runs."""
    serve(_made)


def _made(hello: bytes) -> Callable[[bytes], bytes]:
    told = msgspec.msgpack.decode(hello, type=_Hello)
    wiring = Wiring(Settings(config=Path(told.config)))
    read = ReadHere(wiring.municipality, told.kinds, told.groups)

    def answer(job: bytes) -> bytes:
        return msgspec.json.encode(read(msgspec.msgpack.decode(job, type=PageJob)))

    return answer
