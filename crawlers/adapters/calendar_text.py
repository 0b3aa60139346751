"""The text of iCal files, mended where programs write it wrongly. Pure."""

import re

# "/citadel.org/20210210_1/Europe/Helsinki": the name of the zone stands at the end.
_VENDOR_ZONE = re.compile(rb'(TZID[=:]"?)/[^:;"\r\n]*/([A-Z][A-Za-z]+/[A-Za-z_]+)(?=["\r\n:;])')
_EMPTY = re.compile(
    rb"^(?:RRULE|EXDATE|RDATE|DTEND|DURATION|GEO|URL)[^:\r\n]*:[ \t]*\r?\n", re.MULTILINE | re.IGNORECASE
)
_MOMENT = re.compile(
    rb"^((?:DTSTART|DTEND|RECURRENCE-ID|EXDATE|RDATE)[^:\r\n]*:)(\d{8})[tT](\d{4})(\d\d)?([zZ]?)(?=\r?\n)",
    re.MULTILINE | re.IGNORECASE,
)
_END = b"END:VCALENDAR"
_EVENT_END = b"END:VEVENT"


def mended(body: bytes) -> bytes:
    """`body` with whole moments (seconds, capital T, no 24:00), without empty properties, with its end.

    What follows the last whole event of a file that was cut off is left out.
    """
    text = _MOMENT.sub(_moment, _EMPTY.sub(b"", _VENDOR_ZONE.sub(rb"\1\2", body)))
    upper = text.upper()
    if b"BEGIN:VCALENDAR" not in upper or upper.count(_END) >= upper.count(b"BEGIN:VCALENDAR"):
        return text
    last = upper.rfind(_EVENT_END)
    return text[: last + len(_EVENT_END)] + b"\r\n" + _END + b"\r\n" if last >= 0 else text


def _moment(found: re.Match[bytes]) -> bytes:
    clock = found[3] + (found[4] or b"00")
    if clock.startswith(b"2400") and found[1].upper().startswith(b"DTEND"):
        clock = b"235900"  # the end of a day, which the standard calls the next day's beginning
    return found[1] + found[2] + b"T" + clock + found[5].upper()
