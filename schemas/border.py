"""The border: the one place where records from outside become `Activity` values.

`decode_activity` and `validate` give clean, checked records or raise InvalidRecord with field and reason.
`read_lines` reads JSON lines for `vierelle import`; a bad line is told with its number, the others go on.
"""

import datetime as dt
import hashlib
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from typing import BinaryIO

import msgspec

from schemas.activity import Activity, Identifier, Organisation, Provenance, RawCode, Served, Texts
from schemas.codes import AreaScope, Kind, SourceKind
from schemas.errors import InvalidRecord
from schemas.plaintext import clean, clean_line, plain_text
from schemas.validation import checked_url, cleaned

__all__ = [
    "LONGEST",
    "Resolver",
    "checked_url",
    "clean",
    "clean_line",
    "content_hash",
    "decode_activity",
    "encode_activity",
    "minimal_activity",
    "plain_text",
    "read_lines",
    "validate",
]

LONGEST = 2_000_000
"""Longest record in bytes of JSON; a longer line of an import is refused unread."""

Resolver = Callable[[str], str | None]
"""A municipality's name (any case form) or code → three-digit code, None = no such municipality."""

_decoder = msgspec.json.Decoder(Activity)
_encoder = msgspec.json.Encoder()


def decode_activity(data: bytes | str) -> Activity:
    """Read one record from JSON, clean and check it. Raises InvalidRecord."""
    if len(data) > LONGEST:
        raise InvalidRecord(f"record is longer than {LONGEST} bytes")
    try:
        return cleaned(_decoder.decode(data))
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise InvalidRecord(str(error)) from error


def encode_activity(activity: Activity) -> bytes:
    """One record as JSON (UTF-8, one line, fields in the order of the model, defaults left out)."""
    return _encoder.encode(activity)


def validate(activity: Activity) -> Activity:
    """Clean and check a record built by a program. Raises InvalidRecord."""
    try:
        typed = msgspec.convert(msgspec.to_builtins(activity), Activity)
        return cleaned(typed)
    except (msgspec.MsgspecError, UnicodeError, TypeError, OverflowError) as error:
        raise InvalidRecord(str(error)) from error


def content_hash(activity: Activity) -> str:
    """A digest of what the source says: the dates of fetching and of freshness do not count."""
    never = dt.datetime.fromtimestamp(0, dt.UTC)
    provenance = tuple(
        msgspec.structs.replace(entry, fetched=never, modified=None) for entry in activity.provenance
    )
    bare = msgspec.structs.replace(activity, provenance=provenance, freshness=type(activity.freshness)())
    return hashlib.blake2b(_encoder.encode(bare), digest_size=16).hexdigest()


class _Minimal(msgspec.Struct, frozen=True):
    """A line of an import as people write it; keys not named here are passed over, and told."""

    id: str | int
    title: str | Texts
    summary: str | Texts | None = None
    description: str | Texts | None = None
    organisation: str | None = None
    municipalities: str | tuple[str | int, ...] | None = None
    needs: str | tuple[str, ...] | None = None
    kind: str | None = None
    url: str | None = None


KEYS = _Minimal.__struct_fields__
"""The keys of a hand-written record."""


def minimal_activity(
    obj: Mapping[str, object],
    resolve: Resolver,
    source: str,
    fetched: dt.datetime,
    known_needs: Container[str] = frozenset(),
) -> Activity:
    """An activity from a hand-written record: `id` and `title`, and what else is known of it.

    Needs that are not among `known_needs` stay as raw codes of scheme ``need``. An object with `provenance`
    is taken as a full record. Raises InvalidRecord for wrong types, an unknown municipality or kind.
    """
    if "provenance" in obj:
        try:
            return cleaned(msgspec.convert(obj, Activity))
        except (msgspec.MsgspecError, UnicodeError) as error:
            raise InvalidRecord(str(error)) from error
    try:
        record = msgspec.convert(obj, _Minimal)
    except (msgspec.MsgspecError, UnicodeError) as error:
        raise InvalidRecord(str(error)) from error
    url = _import_url(record.url)
    key = _key(record.id)
    needs = _listed(record.needs)
    return validate(
        Activity(
            id=key,
            kind=_kind(record.kind),
            title=_texts(record.title),
            summary=_texts(record.summary),
            description=_texts(record.description),
            organisation=Organisation(record.organisation) if record.organisation else None,
            served=_served(record.municipalities, resolve),
            needs=tuple(need for need in needs if need in known_needs),
            codes=tuple(RawCode("need", need) for need in needs if need not in known_needs),
            provenance=(Provenance(source, SourceKind.IMPORT, key, fetched, url=url),),
        )
    )


def read_lines(
    stream: BinaryIO,
    resolve: Resolver,
    source: str,
    fetched: dt.datetime,
    known_needs: Container[str] = frozenset(),
    passed_over: Callable[[str], object] = lambda key: None,
) -> Iterator[tuple[int, Activity | InvalidRecord]]:
    """(line number from 1, record or the reason why it is none) for each line that is not blank.

    A byte order mark and Windows line ends are tolerated; a line longer than LONGEST is refused without
    being held in memory; an id that came before in the same stream is refused. `passed_over` is told each key
    of a hand-written record that says nothing to us.
    """
    seen: dict[str, int] = {}

    def read(obj: Mapping[str, object]) -> Activity:
        activity = minimal_activity(obj, resolve, source, fetched, known_needs)
        for key in obj:
            if "provenance" not in obj and key not in KEYS:
                passed_over(key)
        return activity

    for number, line in _lines(stream):
        found = _read(line, read) if isinstance(line, bytes) else line
        if isinstance(found, Activity):
            if found.id in seen:
                found = InvalidRecord(f"id: {found.id} is on line {seen[found.id]} already")
            else:
                seen[found.id] = number
        yield number, found


def _lines(stream: BinaryIO) -> Iterator[tuple[int, bytes | InvalidRecord]]:
    number = 0
    while line := stream.readline(LONGEST + 1):
        number += 1
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if len(line) > LONGEST and not line.endswith(b"\n"):
            while (rest := stream.readline(LONGEST)) and not rest.endswith(b"\n"):
                pass
            yield number, InvalidRecord(f"line is longer than {LONGEST} bytes")
        elif line.strip():
            yield number, line.strip()


def _read(line: bytes, read: Callable[[Mapping[str, object]], Activity]) -> Activity | InvalidRecord:
    try:
        obj = msgspec.json.decode(line)
        if not isinstance(obj, dict):
            return InvalidRecord("a line is one JSON object")
        return read(obj)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        return InvalidRecord(f"not JSON: {error}")
    except InvalidRecord as error:
        return error


def _texts(value: str | Texts | None) -> Texts:
    if value is None:
        return Texts()
    return value if isinstance(value, Texts) else Texts(fi=value)


def _key(given: str | int) -> str:
    key = str(given).strip()
    try:
        return msgspec.convert(key, Identifier)
    except msgspec.ValidationError as error:
        raise InvalidRecord(
            f'id: 1 to 200 characters, no spaces and none of / ? # < > " \\: {key[:50]!r}'
        ) from error


def _kind(name: str | None) -> Kind | None:
    if name is None or not name.strip():
        return None
    try:
        # As people write it: `Peer group`, `peer-group`.
        return Kind("_".join(name.casefold().replace("-", " ").replace("_", " ").split()))
    except ValueError as error:
        raise InvalidRecord(f"kind: unknown: {name[:50]!r}; known are {', '.join(Kind)}") from error


def _listed(value: str | Iterable[str | int] | None) -> tuple[str, ...]:
    if value is None:
        return ()
    entries = value.split(",") if isinstance(value, str) else map(str, value)
    return tuple(filter(None, (entry.strip() for entry in entries)))


def _served(names: str | tuple[str | int, ...] | None, resolve: Resolver) -> Served:
    codes: list[str] = []
    for name in _listed(names):
        code = resolve(name.zfill(3) if name.isdigit() else name)
        if code is None:
            raise InvalidRecord(f"municipalities: there is no municipality called {name[:50]!r}")
        codes.append(code)
    return Served(AreaScope.MUNICIPALITIES, tuple(codes)) if codes else Served()


def _import_url(url: str | None) -> str | None:
    if url is None or not url.strip():
        return None
    return checked_url(url, "url")
