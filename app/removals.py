"""Contacts whose person asked for them away: hidden from that activity at once, before the operator decides.

A request of the form "Poista tietoni" that is not handled yet hides the number or address it names, in
that one activity, from every page, list, hand-out and answer. Other activities hide it where they give it
under the same person's name; a number without a name may be an office that many groups are reached by, which
no form may silence. A question that holds such a number or address is asked without it, so that no search
finds anything by it; the next build of the index leaves it out of the activity. The operator then blocks it
for good, everywhere (`vierelle block`), or, where it was a prank, marks the request as handled and it shows
again. Numbers of crisis help and of the county's help lines are never hidden by a form: someone's life may
hang on them.
"""

import re
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from threading import Lock

from msgspec.structs import replace

from schemas.activity import Activity
from schemas.catalogue.blocking import Blocker, normalised
from schemas.catalogue.contract import REMOVAL, Block, BlockKind, Feedback
from schemas.codes import ContactType, Kind
from schemas.errors import CatalogueError, InvalidRecord, NotFound
from schemas.search import Hit, SearchResult

_FRESH = 30.0
"""Seconds after which requests kept by another process are seen."""

_HELP = frozenset({Kind.CRISIS_HELP, Kind.PHONE_SUPPORT})
_WORDS = re.compile(r"[^\W\d_]{2,}")
_NUMBER = re.compile(r"\+?\d[\d\s()./-]{4,}")
_MAIL = re.compile(r"[^\s,;<>()]+@[^\s,;<>()]+")

_Name = frozenset[str]
"""The words of a name, in whatever order they are written."""

_Named = tuple[str, _Name]
"""A number or address, as blocks keep it, and whose it is."""


def _nothing() -> None:
    return


def nothing_asked(catalogue: Path) -> bool:
    """Whether a look into the catalogue's file suffices: then a first answer need not wait for SQLAlchemy."""
    if not catalogue.exists():
        return True
    try:
        with closing(sqlite3.connect(f"{catalogue.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            query = "SELECT 1 FROM feedback WHERE handled IS NULL AND topic = ? LIMIT 1"
            return connection.execute(query, (REMOVAL,)).fetchone() is None
    except sqlite3.Error:
        return False


class Removals:
    """The open requests by activity. `read` gives them, also among other feedback; `spared` are numbers never
    hidden.

    `find` gives an activity as its sources tell it; raises NotFound, CatalogueError.
    `changed` is called when other requests are open than before, by whichever process they came.
    """

    def __init__(
        self,
        read: Callable[[], Iterable[Feedback]],
        find: Callable[[str], Activity],
        spared: Iterable[str] = (),
        changed: Callable[[], None] = _nothing,
    ) -> None:
        self._read = read
        self._find = find
        self._changed = changed
        self._spared = {normalised(BlockKind.PHONE, number) for number in spared}
        self._texts: dict[str, tuple[str, ...]] = {}
        self._marks: frozenset[str] = frozenset()
        self._people: frozenset[_Named] | None = frozenset()
        self._at = 0.0
        self._lock = Lock()

    def renew(self, now: float | None = None) -> None:
        """Read the requests again, if it is time; an unreadable catalogue leaves those that are known."""
        moment = time.monotonic() if now is None else now
        with self._lock:
            if self._at and moment - self._at < _FRESH:
                return
            self._at = moment
        with suppress(CatalogueError):
            self.read()

    def read(self) -> None:
        """Read the requests now. Raises CatalogueError."""
        found = [entry for entry in self._read() if entry.topic == REMOVAL]
        texts: dict[str, tuple[str, ...]] = {}
        for entry in found:
            texts[entry.activity] = (*texts.get(entry.activity, ()), entry.text)
        marks = frozenset(f"{entry.id} {entry.activity}" for entry in found)
        if marks != self._marks:
            self._texts, self._marks, self._people = texts, marks, None
            self._changed()

    @property
    def marks(self) -> frozenset[str]:
        """One "number activity" for each open request: tells two states of the requests apart."""
        return self._marks

    def applied(self, activity: Activity) -> Activity:
        """The activity without what its own open requests name."""
        texts = self._texts.get(activity.id, ()) if self._texts else ()
        if not texts or activity.kind in _HELP:
            return activity
        return _without(activity, ((kind, value) for kind, value, _name in self._named(activity, texts)))

    def shielded(self, activity: Activity) -> Activity:
        """The activity so, and without what requests for other activities name of the same people."""
        people = self._known_people() if self._texts else frozenset()
        if people and activity.kind not in _HELP:
            theirs = [(kind, value) for kind, value, name in _reachable(activity) if (value, name) in people]
            activity = _without(activity, theirs)
        return self.applied(activity)

    def shown(self, hit: Hit) -> Hit:
        """The hit with its activity so."""
        activity = self.shielded(hit.activity)
        return hit if activity is hit.activity else replace(hit, activity=activity)

    def result(self, result: SearchResult) -> SearchResult:
        """The result with all its activities so."""
        if not self._texts:
            return result
        return replace(
            result,
            hits=tuple(self.shown(hit) for hit in result.hits),
            nearest=tuple(self.shown(hit) for hit in result.nearest),
        )

    def unsaid(self, question: str) -> str:
        """The question without the numbers and addresses that open requests took away."""
        if not self._texts or not (_NUMBER.search(question) or "@" in question):
            return question
        withdrawn: set[tuple[BlockKind, str]] = set()
        with suppress(CatalogueError):
            withdrawn.update((kind, value) for kind, value, _name in self._withdrawn())

        def kept(kind: BlockKind) -> Callable[[re.Match[str]], str]:
            return lambda said: " " if (kind, _normal(kind, said[0])) in withdrawn else said[0]

        without = _MAIL.sub(kept(BlockKind.MAIL), question)
        without = _NUMBER.sub(kept(BlockKind.PHONE), without)
        return question if without == question else " ".join(without.split())

    def _withdrawn(self) -> Iterator[tuple[BlockKind, str, _Name]]:
        """(kind, value, whose) of all that open requests took away. Raises CatalogueError."""
        for identifier, texts in self._texts.items():
            with suppress(NotFound):
                activity = self._find(identifier)
                if activity.kind not in _HELP:
                    yield from self._named(activity, texts)

    def _known_people(self) -> frozenset[_Named]:
        """What was taken away with the name of its person: read once for one state of the requests."""
        found = self._people
        if found is None:
            with suppress(CatalogueError):
                found = frozenset((value, name) for _kind, value, name in self._withdrawn() if len(name) > 1)
                self._people = found
        return found or frozenset()

    def _named(self, activity: Activity, texts: tuple[str, ...]) -> list[tuple[BlockKind, str, _Name]]:
        return [
            (kind, value, name)
            for kind, value, name in _reachable(activity)
            if value not in self._spared and any(_names(text, kind, value, name) for text in texts)
        ]


def _without(activity: Activity, contacts: Iterable[tuple[BlockKind, str]]) -> Activity:
    day = activity.provenance[0].fetched.date()
    blocks = [Block(kind, value, "", day, "contact") for kind, value in contacts]
    return Blocker(blocks).scrubbed(activity) if blocks else activity


def _reachable(activity: Activity) -> list[tuple[BlockKind, str, _Name]]:
    """(kind, value as blocks keep it, whose) of every number and address of an activity."""
    kinds = {ContactType.PHONE: BlockKind.PHONE, ContactType.EMAIL: BlockKind.MAIL}
    given = [
        (kinds[contact.type], contact.value, contact.name or "")
        for contact in activity.contacts
        if contact.type in kinds
    ]
    given.append((BlockKind.PHONE, activity.registration.phone or "", ""))
    given.append((BlockKind.MAIL, activity.registration.email or "", ""))
    found = []
    for kind, value, name in given:
        normal = _normal(kind, value)
        if normal:  # otherwise there is nothing to hide
            found.append((kind, normal, _words(name)))
    return found


def _normal(kind: BlockKind, value: str) -> str:
    """The value as blocks keep it; "" for what is no number or address."""
    try:
        return normalised(kind, value)
    except InvalidRecord:
        return ""


def _words(text: str) -> _Name:
    return frozenset(word.casefold() for word in _WORDS.findall(text))


def _names(text: str, kind: BlockKind, value: str, name: _Name) -> bool:
    """Whether a request names a contact: its number, its address, or the person's whole name."""
    if kind is BlockKind.MAIL and value in text.lower():
        return True
    if kind is BlockKind.PHONE and _has_number(text, value):
        return True
    return len(name) > 1 and name <= _words(text)


def _has_number(text: str, value: str) -> bool:
    return any(_normal(BlockKind.PHONE, found) == value for found in _NUMBER.findall(text))
