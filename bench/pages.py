"""Measure what is understood from whole pages: each field, and activities invented and lost.

    python -m bench.pages [--set first|second|…|fourteenth|all] [--misses]

The pages were written in the many hands that associations write in, each with what a person reads from it
(`gold.toml`), before the reader was tried on them. Each set was written after the reader had been improved
on those before it, so what it gave at first sight (docs/reading-pages.md) is the true figure. A page goes
the whole way that a fetched page goes: charset, structured data, prose. Nothing is given for being nearly
right: the times of an activity are right when not one meeting of the coming year is wrong (precision) and
none is missing (recall).
"""

import argparse
import datetime as dt
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec
from rapidfuzz import fuzz

from app.wiring import Wiring
from config.settings import Settings
from crawlers.fetch.charset import decode
from crawlers.prose import read_page
from crawlers.site.reading import PageReader
from indexer.needs import NeedReader
from schemas.activity import Activity
from schemas.codes import PriceKind, Status
from schemas.occurrences import occurrences
from schemas.schedule import Occurrence, Schedule
from schemas.source import Source
from tests.crawlers.prose.notation import schedule

PAGES = Path(__file__).parents[1] / "tests/crawlers/prose/pages"
SETS = (
    *("first", "second", "third", "fourth", "fifth", "sixth"),
    *("seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth"),
)
TODAY = dt.date(2026, 1, 20)
_YEAR = dt.timedelta(days=370)
_ALIKE = 70.0
_ALWAYS = ("times", "place", "town", "price", "phones", "mails")
_WHERE_TOLD = ("kind", "ages", "registration", "needs")


class Gold(msgspec.Struct, frozen=True):
    """An activity as a person reads it from the page.

    times   schedules in the notation of the tests; place = words of its name or street
    free    fields that may be read either way: they are not judged
    kind, ages, registration, needs   judged where told here
    """

    title: str
    times: tuple[str, ...] = ()
    place: str | None = None
    town: str | None = None
    price: str | None = None
    phones: tuple[str, ...] = ()
    mails: tuple[str, ...] = ()
    kind: str | None = None
    ages: tuple[str, ...] = ()
    registration: bool | None = None
    needs: tuple[str, ...] = ()
    free: tuple[str, ...] = ()


class GoldPage(msgspec.Struct, frozen=True):
    """A page of a set; without activities it is a page that must give none."""

    name: str
    activity: tuple[Gold, ...] = ()
    url: str = ""
    today: dt.date = TODAY


class Score:
    """Hits, findings and what was to be found of one field."""

    def __init__(self) -> None:
        self.hits = self.kept = self.got = self.wanted = 0

    def add(self, *, right: bool, whole: bool, got: bool, wanted: bool) -> None:
        """Count one activity's field: what was got is `right`; what was wanted is found `whole`."""
        self.hits += right and got
        self.kept += whole and wanted
        self.got += got
        self.wanted += wanted

    @property
    def precision(self) -> float:
        """Share of the findings that are right; 1 where nothing was found."""
        return self.hits / self.got if self.got else 1.0

    @property
    def recall(self) -> float:
        """Share of what was to be found; 1 where nothing was."""
        return self.kept / self.wanted if self.wanted else 1.0


class Result:
    """The scores of one set by field, what was invented and lost, and a line for each miss."""

    def __init__(self) -> None:
        self.fields: dict[str, Score] = {name: Score() for name in ("activity", *_ALWAYS, *_WHERE_TOLD)}
        self.invented: list[str] = []
        self.lost: list[str] = []
        self.misses: list[str] = []
        self.pages: Counter[str] = Counter()
        self.seconds = 0.0


class Judge:
    """Reads the pages of a set and compares."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring
        self._needs = NeedReader(wiring.taxonomy, wiring.lexicon)

    def judge(self, folder: Path) -> Result:
        """The result of one set."""
        result = Result()
        for page in read_gold(folder):
            body = (folder / f"{page.name}.html").read_bytes()
            found = self._read(body, page)
            began = time.process_time()
            self._read(body, page)  # again, with every pattern made
            result.seconds += time.process_time() - began
            result.pages["with" if page.activity else "without"] += 1
            self._compare(page, found, result)
        return result

    def _read(self, body: bytes, page: GoldPage) -> tuple[Activity, ...]:
        text, _ = decode(body)
        wiring = self._wiring
        source = Source(name="Esimerkki ry", id="esimerkki", url="https://yhdistys.example.fi/")
        reader = PageReader(
            source,
            wiring.municipality,
            page.today,
            read_page,
            wiring.taxonomy.kinds,
            wiring.taxonomy.groups,
        )
        url = page.url or f"https://yhdistys.example.fi/sivut/{page.name}"
        moment = dt.datetime.combine(page.today, dt.time(3), dt.UTC)
        known = reader.read(text, url, "", "", moment)
        return tuple(reader.with_kind(entry) for entry in known.activities)

    def _compare(self, page: GoldPage, found: Sequence[Activity], result: Result) -> None:
        active = [entry for entry in found if entry.status is Status.ACTIVE]
        pairs = matched(page, active)
        score = result.fields["activity"]
        score.hits += len(pairs)
        score.kept += len(pairs)
        score.got += len(active)
        score.wanted += len(page.activity)
        taken = {id(entry) for _, entry in pairs}
        for entry in active:
            if id(entry) not in taken:
                result.invented.append(f"{page.name}: {entry.title.best()}")
                self._fields(page, None, entry, result)
        met = {id(gold) for gold, _ in pairs}
        for gold in page.activity:
            if id(gold) not in met:
                result.lost.append(f"{page.name}: {gold.title}")
                self._fields(page, gold, None, result)
        for gold, entry in pairs:
            self._fields(page, gold, entry, result)

    def _fields(self, page: GoldPage, gold: Gold | None, entry: Activity | None, result: Result) -> None:
        judged = self._judged(page, gold, entry)
        for name, (got, wanted, right, whole) in judged.items():
            result.fields[name].add(right=right, whole=whole, got=got, wanted=wanted)
            if gold and entry and ((got and not right) or (wanted and not whole)):
                was = _shown(name, entry)
                result.misses.append(
                    f"{page.name}: {gold.title}: {name}: {was} for {getattr(gold, name) or '-'}"
                )

    def _judged(
        self, page: GoldPage, gold: Gold | None, entry: Activity | None
    ) -> dict[str, tuple[bool, bool, bool, bool]]:
        """Field → something was got, something was wanted, all got is right, all wanted is there."""
        free = gold.free if gold else ()
        found: dict[str, tuple[bool, bool, bool, bool]] = {}
        wanted = self._wanted(page, gold)
        for name, got in self._got(page, gold, entry).items():
            if name in free or (name in _WHERE_TOLD and not wanted[name]):
                continue
            found[name] = (bool(got), bool(wanted[name]), got <= wanted[name], wanted[name] <= got)
        if "place" not in free:
            found["place"] = _place(gold, entry)
        return found

    def _wanted(self, page: GoldPage, gold: Gold | None) -> dict[str, set[object]]:
        gold = gold or Gold("")
        return {
            "times": set(_meetings([schedule(item) for item in gold.times], page.today)),
            "town": _told(gold.town),
            "price": _told(gold.price),
            "phones": set(gold.phones),
            "mails": set(gold.mails),
            "kind": _told(gold.kind),
            "ages": set(gold.ages),
            "registration": _told(gold.registration),
            "needs": set(gold.needs),
        }

    def _got(self, page: GoldPage, gold: Gold | None, entry: Activity | None) -> dict[str, set[object]]:
        if entry is None:
            return {name: set() for name in (*_ALWAYS, *_WHERE_TOLD) if name != "place"}
        towns: set[object] = {
            self._town(place.municipality) for place in entry.places() if place.municipality
        }
        needs = set(gold.needs) if gold else set()
        return {
            "times": set(_meetings(entry.schedules(), page.today)),
            "town": towns,
            "price": _told(entry.price.kind.value) - {PriceKind.UNKNOWN.value},
            "phones": _contacts(entry, "phone"),
            "mails": _contacts(entry, "email"),
            "kind": _told(entry.kind and entry.kind.value),
            "ages": {f"{item.low or ''}-{item.high or ''}" for item in entry.ages},
            "registration": _told(entry.registration.required),
            "needs": self._read_needs(entry) & needs if needs else set(),
        }

    def _town(self, code: str) -> str:
        return self._wiring.gazetteer.municipality(code).fi

    def _read_needs(self, entry: Activity) -> set[object]:
        words = self._wiring.analyser.words
        texts = {
            "title": words(entry.title.best()),
            "summary": words(entry.summary.best()),
            "body": words(entry.description.best()),
        }
        return {need.evidence.need for need in self._needs.read(entry, texts) if need.says}


def read_gold(folder: Path) -> tuple[GoldPage, ...]:
    """The pages of one set."""
    text = (folder / "gold.toml").read_text(encoding="utf-8")
    found = tomllib.loads(text)["page"]
    return msgspec.convert(found, tuple[GoldPage, ...], strict=False)


def matched(page: GoldPage, found: Sequence[Activity]) -> list[tuple[Gold, Activity]]:
    """The gold's activities with those found, each once, the most alike first."""
    ranked: list[tuple[float, int, Gold, Activity]] = []
    for gold in page.activity:
        wanted = set(_meetings([schedule(item) for item in gold.times], page.today))
        for entry in found:
            alike = fuzz.token_set_ratio(_folded(gold.title), _folded(entry.title.best()))
            if alike >= _ALIKE:
                same = bool(wanted & set(_meetings(entry.schedules(), page.today)))
                ranked.append((alike + 30 * same, len(ranked), gold, entry))
    pairs: list[tuple[Gold, Activity]] = []
    for _, _, gold, entry in sorted(ranked, key=lambda item: (-item[0], item[1])):
        if not any(gold is one or entry is other for one, other in pairs):
            pairs.append((gold, entry))
    return pairs


def _folded(text: str) -> str:
    return " ".join("".join(letter if letter.isalnum() else " " for letter in text.casefold()).split())


def _told(value: object) -> set[object]:
    return set() if value is None else {value}


def _meetings(schedules: Iterable[Schedule], today: dt.date) -> Iterator[Occurrence]:
    """The meetings of the coming year."""
    for entry in schedules:
        yield from occurrences(entry, today, today + _YEAR)


def _contacts(entry: Activity | None, kind: str) -> set[object]:
    if entry is None:
        return set()
    return {contact.value.replace(" ", "") for contact in entry.contacts if contact.type.value == kind}


def _place(gold: Gold | None, entry: Activity | None) -> tuple[bool, bool, bool, bool]:
    told = [
        " ".join(part for part in (place.name, place.street, place.city) if part)
        for place in (entry.places() if entry else ())
        if place.name or place.street
    ]
    wanted = gold.place if gold else None
    right = wanted is not None and any(_folded(wanted) in _folded(text) for text in told)
    return bool(told), wanted is not None, right, right


def _shown(name: str, entry: Activity) -> str:
    if name == "times":
        return " + ".join(item.text or "?" for item in entry.schedules()) + f" {entry.schedules()}"
    if name in ("place", "town"):
        return str([msgspec.to_builtins(place) for place in entry.places()])
    if name in ("phones", "mails"):
        return str([contact.value for contact in entry.contacts])
    return str(getattr(entry, name, "?"))


def report(name: str, result: Result) -> None:
    """Print one set's table."""
    pages = result.pages
    print(f"{name}: {pages['with']} pages with activities, {pages['without']} without")
    print(f"{'field':14}{'precision':>10}{'recall':>8}{'found':>7}{'wanted':>8}")
    for field, score in result.fields.items():
        print(f"{field:14}{score.precision:10.3f}{score.recall:8.3f}{score.got:7}{score.wanted:8}")
    print(f"invented {len(result.invented)}, lost {len(result.lost)}")
    print(f"{1000 * result.seconds / max(pages.total(), 1):.1f} ms of processor time a page")


def judge(sets: Sequence[str] = SETS, data: Path = Path("var")) -> dict[str, Result]:
    """The results of the named sets."""
    judge = Judge(Wiring(Settings(data=data)))
    return {name: judge.judge(PAGES / name) for name in sets if (PAGES / name).is_dir()}


def main() -> int:
    """Measure the sets and print a table of each."""
    parser = argparse.ArgumentParser("python -m bench.pages", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--set", choices=(*SETS, "all"), default="all")
    parser.add_argument("--misses", action="store_true", help="print what was read wrong or not at all")
    parser.add_argument("--data", type=Path, default=Path("var"))
    options = parser.parse_args()
    for name, result in judge(SETS if options.set == "all" else (options.set,), options.data).items():
        report(name, result)
        if options.misses:
            print(*(f"invented {line}" for line in result.invented), sep="\n")
            print(*(f"lost     {line}" for line in result.lost), sep="\n")
            print(*result.misses, sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
