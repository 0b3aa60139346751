"""Made activities in the product's own shape, and a data folder that holds an index of them."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from app.wiring import Wiring
from app.words_kept import words_kept
from bench.corpus import DIMENSIONS, Corpus, Entry
from config.settings import read_settings
from indexer.backend import IndexDocument
from indexer.documents import Stored
from indexer.finnish import Analyser
from schemas.activity import (
    Activity,
    Channel,
    Contact,
    NeedEvidence,
    Organisation,
    Price,
    Provenance,
    Served,
    Texts,
)
from schemas.codes import (
    AreaScope,
    ChannelType,
    ContactType,
    Frequency,
    Kind,
    PriceKind,
    SourceKind,
    TargetGroup,
)
from schemas.errors import SearchUnavailable
from schemas.schedule import Schedule, Weekday

TODAY = dt.date(2026, 3, 2)
NOW = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
SOURCE = "made"
_DAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
_TOPICS = 300
_MET = 20_000


def activity(entry: Entry) -> Activity:
    """The activity of an entry: its first words as title, the next as summary, the rest as description."""
    words, codes = entry.words, entry.facets
    days = tuple(Weekday(day=_DAYS.index(code)) for code in codes["when"] if code in _DAYS)
    weekly = Schedule(Frequency.WEEKLY, start=TODAY, weekdays=days, start_time=dt.time(17))
    # Some weekly, some open-ended, as in life.
    schedules = (weekly,) if days else ()
    return Activity(
        id=entry.id,
        kind=Kind(codes["kind"][0]),
        title=Texts(fi=" ".join(words[:4]).capitalize()),
        summary=Texts(fi=" ".join(words[4:18]).capitalize() + "."),
        description=Texts(fi=_sentences(words[18:])),
        organisation=Organisation(f"{words[0].capitalize()}yhdistys ry"),
        needs=codes["need"],
        groups=tuple(TargetGroup(code) for code in codes["group"]),
        languages=codes["language"],
        served=Served(AreaScope.MUNICIPALITIES, codes["municipality"]),
        channels=tuple(Channel(ChannelType(code), schedules=schedules) for code in codes["channel"]),
        price=Price(PriceKind(codes["price"][0])),
        contacts=(Contact(ContactType.PHONE, f"050 000 0{int(entry.id[-3:]):03d}"),),
        provenance=(Provenance(SOURCE, SourceKind.SITE, entry.id, NOW),),
        example=True,
    )


def _sentences(words: tuple[str, ...]) -> str:
    return " ".join(" ".join(words[n : n + 12]).capitalize() + "." for n in range(0, len(words), 12))


def activities(size: int) -> Iterator[Activity]:
    """All activities of the corpus of this size."""
    return map(activity, Corpus(size).entries())


def documents(size: int) -> Iterator[IndexDocument]:
    """The same as index documents in the product's fields, without analysing their words once more."""
    random = np.random.default_rng(11)
    topics = random.normal(size=(_TOPICS, DIMENSIONS)).astype(np.float32)
    for entry in Corpus(size).entries():
        words, codes = list(entry.words), entry.facets
        made = activity(entry)
        labels = tuple(NeedEvidence(need) for need in codes["need"])
        yield IndexDocument(
            id=entry.id,
            fields={
                "words": words,
                "title": words[:4],
                "parts": words[::7],
                "stems": words[::9],
                "organisation": [words[0]],
                "need": list(codes["need"]),
                "forms": words,
            },
            facets={
                **codes,
                "scope": ("municipalities",),
                "source": (SOURCE,),
                "organisation": (made.organisation.name,) if made.organisation else (),
            },
            stored=msgspec.json.encode(Stored(made, labels)),
            sort_name=made.title.best().casefold(),
            vector=_vector(topics[random.integers(0, _TOPICS)], random),
        )


def _vector(topic: NDArray[np.float32], random: np.random.Generator) -> NDArray[np.float32]:
    raw = topic + random.normal(size=DIMENSIONS).astype(np.float32) * np.float32(0.5)
    unit: NDArray[np.float32] = (raw / np.linalg.norm(raw)).astype(np.float32)
    return unit


def environment(data: Path) -> dict[str, str]:
    """The settings of a measured Vierelle: its own data folder, a fixed day."""
    return {"VIERELLE_DATA": str(data), "VIERELLE_TODAY": TODAY.isoformat()}


def wiring(data: Path) -> Wiring:
    """The parts of Vierelle over a data folder."""
    return Wiring(read_settings(environment(data)))


def indexed(size: int, folder: Path) -> Path:
    """A data folder whose index holds `size` made activities; built once per `folder`."""
    data = folder / f"site-{size}"
    parts = wiring(data)
    try:
        parts.store.current()
    except SearchUnavailable:
        with words_kept(parts.analyser, data / "cache"):
            _analyse(parts.analyser, size)
        parts.store.build(documents(size), parts.versions)
    return data


def _analyse(analyser: Analyser, size: int) -> None:
    """Meet the words that a build of these activities would meet: the first have nearly all of them."""
    for entry in activities(min(size, _MET)):
        for texts in (entry.title, entry.summary, entry.description):
            for _, text in texts.items():
                analyser.words(text)
