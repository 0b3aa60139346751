"""How long a crawl of many sites takes, against what delays and reading cost at least:

    python -m bench.crawl [--hosts 50 150 500] [--pages 50] [--delay 1] [--readers 2] [--json]

Each number of hosts is crawled by a process of its own, over HTTP, from a local web in another process, into
a catalogue of its own; then once more, unchanged. The floor is the larger of two things: the rests that one
host asks for, and the time of reading all pages, divided by the cores. The time of reading one page is taken
as the clock shows it, before and after the first crawl, so that other work on the machine burdens both alike;
its processor time stands beside it. Memory is that of the crawl and its readers together, at its peak.
"""

import argparse
import asyncio
import datetime as dt
import json
import multiprocessing
import os
import resource
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from app.crawling import crawl_sources
from app.wiring import Wiring
from config.settings import Settings
from crawlers.prose import read_page
from crawlers.site.reading import PageReader
from schemas.source import Source

_DAYS = ("maanantaisin", "tiistaisin", "keskiviikkoisin", "torstaisin", "perjantaisin")
_WHO = ("omaishoitajat", "surevat", "eläkeläiset", "lapsiperheet", "muistisairaiden läheiset", "nuoret")
_WHERE = ("Järjestötalolla", "kirjastossa", "seurakuntatalolla", "kylätalolla", "Olohuoneella")
_TEXTS = (
    "<p>Ryhmään {n} ovat tervetulleita {who}. Kokoonnumme {day} klo {h}–{i} {where}, Torikatu {n}, 80100 "
    "Joensuu. Ryhmä on maksuton, eikä siihen tarvitse ilmoittautua.</p>",
    "<p>Kahvila {n} on avoinna joka kuun ensimmäinen maanantai klo {h}–{i}. Puh. 050 000 0{n:03d}.</p>",
    "<p>Yhdistyksemme {n}. toimintavuosi jatkuu: toiminnassa on mukana {n} vapaaehtoista, ja {who} ovat aina "
    "tervetulleita tutustumaan.</p>",
    "<p>Syyskauden {n} ohjelmassa on luentoja, retkiä ja yhteistä tekemistä. Kesätauko on kesä–elokuussa."
    "</p>",
)
"""Four paragraphs, three times a page, each time another: hardly two pages share a sentence."""


def page(number: int, pages: int, host: int) -> str:
    """One page of one site: navigation, an event in JSON-LD on every third, prose on all."""
    links = "".join(f'<li><a href="/ryhmat/sivu-{n}">Ryhmä {n}</a></li>' for n in range(pages))
    event = ""
    if number % 3 == 0:
        start = dt.date(2030, 1, 1) + dt.timedelta(days=number)
        told = {"@type": "Event", "name": f"Ilta {host}-{number}", "startDate": f"{start}T18:00"}
        event = f'<script type="application/ld+json">{json.dumps(told)}</script>'
    body = "".join(_text(text, host * 31 + number * 7 + place) for place, text in enumerate(_TEXTS * 3))
    return (
        f'<!doctype html><html lang="fi"><head><title>Ryhmä {number}</title>{event}</head><body><nav>'
        f"<ul>{links}</ul></nav><main><h1>Ryhmä {host}-{number}</h1>{body}</main></body></html>"
    )


def _text(text: str, n: int) -> str:
    hour = 9 + n % 9
    return text.format(
        n=n % 999,
        who=_WHO[n % len(_WHO)],
        day=_DAYS[n % len(_DAYS)],
        where=_WHERE[n // 7 % len(_WHERE)],
        h=hour,
        i=hour + 2,
    )


async def _talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, host: int, pages: int) -> None:
    try:
        while line := await reader.readline():
            known = False
            while (header := await reader.readline()) not in (b"\r\n", b""):
                known = known or header.lower().startswith(b"if-none-match")
            path = line.split()[1].decode()
            number = path.rpartition("-")[2]
            found = path == "/" or (path.startswith("/ryhmat/sivu-") and number.isdigit())
            status = "304 Not Modified" if known and found else "200 OK" if found else "404 Not Found"
            body = b""
            if found and not known:
                body = page(int(number) if number.isdigit() else pages, pages, host).encode()
            head = f'HTTP/1.1 {status}\r\nETag: "1"\r\nContent-Type: text/html\r\n'
            head += f"Content-Length: {len(body)}\r\n\r\n"
            writer.write(head.encode() + body)
            await writer.drain()
    except (ConnectionError, IndexError):
        pass
    finally:
        writer.close()


def serve(hosts: int, pages: int, pipe: Connection) -> None:
    """Serve `hosts` sites on ports of their own until the pipe closes."""

    async def run() -> None:
        servers = []
        for host in range(hosts):

            async def talk(
                reader: asyncio.StreamReader, writer: asyncio.StreamWriter, number: int = host
            ) -> None:
                await _talk(reader, writer, number, pages)

            servers.append(await asyncio.start_server(talk, "127.0.0.1", 0))
        pipe.send([server.sockets[0].getsockname()[1] for server in servers])
        await asyncio.get_running_loop().run_in_executor(None, pipe.recv)

    asyncio.run(run())


def sources(ports: list[int], pages: int, delay: float) -> list[Source]:
    """One source a port."""
    return [
        Source(
            name=f"Yhdistys {number} ry",
            id=f"y{number}",
            url=f"http://127.0.0.1:{port}/",
            municipality="Joensuu",
            allow_hosts=(f"127.0.0.1:{port}",),
            delay=delay,
            pages=pages + 20,
            example=True,
        )
        for number, port in enumerate(ports)
    ]


def reading_s(wiring: Wiring, pages: int) -> tuple[float, float]:
    """Median seconds of reading one page, alone and one after another: by the clock, and of the processor."""
    now = wiring.moment()
    taxonomy = wiring.taxonomy
    source = Source(name="Yhdistys ry", id="y", url="http://127.0.0.1/", municipality="Joensuu")
    reader = PageReader(source, wiring.municipality, now.date(), read_page, taxonomy.kinds, taxonomy.groups)
    clock, processor = [], []
    for number in range(103):
        text = page(number % pages, pages, number)
        began, used = time.perf_counter(), time.process_time()
        reader.read(text, f"http://127.0.0.1/ryhmat/sivu-{number}", "", "", now)
        clock.append(time.perf_counter() - began)
        processor.append(time.process_time() - used)
    # The mean of the clock: whoever waits for others waits seldom but long.
    return statistics.mean(clock[3:]), statistics.median(processor[3:])


class Peak:
    """The most memory that this process and its children had, looked at twice a second, in MB."""

    def __init__(self) -> None:
        self.mb = 0.0
        self.processes = 0
        self._over = threading.Event()

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Look while the block runs."""
        thread = threading.Thread(target=self._watch, daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._over.set()
            thread.join()

    def _watch(self) -> None:
        while not self._over.wait(0.5):
            family = [os.getpid(), *_children(os.getpid())]
            found = sum(_resident(pid) for pid in family) * resource.getpagesize() / 1e6
            self.mb, self.processes = max((self.mb, self.processes), (found, len(family)))


def _children(pid: int) -> list[int]:
    found = []
    for file in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += [int(word) for word in file.read_text().split()]
        except OSError:
            continue
    return found


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except OSError:
        return 0


def _processor_s() -> tuple[float, float]:
    """Of this process, and of its children that have ended: the readers of a crawl that is over."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time(), children.ru_utime + children.ru_stime


def measure(asked: argparse.Namespace, ports: list[int], pipe: Connection) -> None:
    """Crawl twice and send what it took."""
    hosts, pages, delay = len(ports), asked.pages, asked.delay
    with tempfile.TemporaryDirectory() as folder:
        wiring = Wiring(Settings(data=Path(folder), readers=asked.readers))
        wiring.municipality("Joensuu")
        read = [reading_s(wiring, pages)]
        found: dict[str, Any] = {"hosts": hosts, "pages": pages, "delay": delay}
        peak = Peak()
        with peak.watched():
            for name in ("first", "second"):
                found[name] = _crawl(wiring, sources(ports, pages, delay), asked.workers)
                if name == "first":
                    read.append(reading_s(wiring, pages))
        wiring.catalogue.close()
    cores = len(os.sched_getaffinity(0))
    clock, processor = (statistics.mean(values) for values in zip(*read, strict=True))
    rests = (pages + 2) * delay  # front page, robots.txt and two places of a sitemap; the last needs none
    all_pages = hosts * (pages + 1)
    found |= {
        "read_ms": 1000 * clock,
        "read_processor_ms": 1000 * processor,
        "floor": max(rests, all_pages * clock / cores),
        "floor_processor": max(rests, all_pages * processor / cores),
        "peak_mb": peak.mb,
        "processes": peak.processes,
    }
    found["ratio"] = found["first"]["seconds"] / found["floor"]
    pipe.send(found)


def _crawl(wiring: Wiring, all_sources: list[Source], workers: int) -> dict[str, Any]:
    began, used = time.monotonic(), _processor_s()
    reports = list(crawl_sources(wiring, all_sources, workers=workers))
    seconds, after = time.monotonic() - began, _processor_s()
    fetched, same = sum(r.fetched for r in reports), sum(r.not_modified + r.skipped for r in reports)
    return {
        "seconds": seconds,
        "processor": after[0] - used[0],
        "readers_processor": after[1] - used[1],
        "fetched": fetched,
        "unchanged": same / max(1, fetched + same),
        "records": sum(report.records for report in reports),
        "ok": sum(report.outcome == "ok" for report in reports),
    }


def run(hosts: int, asked: argparse.Namespace) -> dict[str, Any]:
    """One number of hosts: its web in a process, its crawl in another."""
    spawn = multiprocessing.get_context("spawn")
    near, far = multiprocessing.Pipe()
    web = spawn.Process(target=serve, args=(hosts, asked.pages, far), daemon=True)
    web.start()
    ports = near.recv()
    mine, theirs = multiprocessing.Pipe()
    crawl = spawn.Process(target=measure, args=(asked, ports, theirs))
    crawl.start()
    theirs.close()
    found: dict[str, Any] = mine.recv()
    crawl.join()
    near.send(None)
    web.join()
    return found


def main() -> None:
    """Measure each number of hosts and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--hosts", type=int, nargs="+", default=[20])
    parser.add_argument("--pages", type=int, default=20)
    parser.add_argument("--delay", type=float, default=0.2)
    parser.add_argument("--workers", type=int, default=16)
    parser.add_argument("--readers", type=int, help="Processes that read; default: as a crawl has it.")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    results = [run(hosts, asked) for hosts in asked.hosts]
    if asked.json:
        print(json.dumps(results, indent=2))
        return
    columns = (
        "hosts",
        "pages",
        "floor s",
        "first s",
        "÷ floor",
        "again s",
        "unchanged",
        "peak MB",
        "processes",
    )
    table = Table(
        *columns, *("ms a page (clock)", "ms (processor)", "processor s: crawl", "readers", "records", "ok")
    )
    for found in results:
        first, second = found["first"], found["second"]
        table.add_row(
            str(found["hosts"]),
            str(first["fetched"]),
            f"{found['floor']:.1f}",
            f"{first['seconds']:.1f}",
            f"{found['ratio']:.2f}",
            f"{second['seconds']:.1f}",
            f"{second['unchanged']:.3f}",
            f"{found['peak_mb']:.0f}",
            str(found["processes"]),
            f"{found['read_ms']:.1f}",
            f"{found['read_processor_ms']:.1f}",
            f"{first['processor']:.0f}",
            f"{first['readers_processor']:.0f}",
            str(first["records"]),
            str(first["ok"]),
        )
    Console(width=200).print(table)


if __name__ == "__main__":
    main()
