"""Bytes to text: byte order mark, header, markup, then a guess. Never fails.

Follows the order of the WHATWG Encoding and HTML standards, with two repairs for servers that are wrong
about themselves: declared Latin-1 that is valid UTF-8, and declared UTF-8 that is not.
"""

import codecs
import re

from charset_normalizer import from_bytes

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([\w:.-]+)", re.IGNORECASE)
_META = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w:.-]{1,40})", re.IGNORECASE)
_XML = re.compile(rb"\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w:.-]{1,40})", re.IGNORECASE)
_HEAD_BYTES = 8192
_SAMPLE_BYTES = 65536
_FEWEST_WIDE = 16
_WIDE_SHARE = 0.7
# What Finnish and Swedish text in windows-1252 holds above ASCII; a text of these alone needs no guess.
_NORDIC = frozenset("äöåÄÖÅéÉüÜ€–—’‘”“„…•·«»§°´½¼²³×©®\xa0\xad".encode("cp1252"))
# Labels that browsers take for more than Python does (WHATWG Encoding), by Python's own names.
_WIDER = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "gb2312": "gb18030",
}
_NO_CHARSETS = frozenset(["idna", "punycode", "unicode_escape", "raw-unicode-escape", "undefined", "utf-7"])


def decode(body: bytes, content_type: str = "") -> tuple[str, str]:
    """The text of `body` and the name of the charset it was read in; null bytes are left out.

    content_type  the Content-Type header, or nothing
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return _clean(body[len(mark) :].decode(name, "replace")), name
    if wide := wide_name(body):
        return _clean(body.decode(wide, "replace")), wide
    declared = _declared(body, content_type)
    if declared and declared.startswith(("utf-16", "utf-32")) and b"\x00" not in body[:_HEAD_BYTES]:
        # Markup in these is full of null bytes: the label is wrong.
        declared = None
    if declared and not declared.startswith("utf-8"):
        # Latin-1 decodes anything, so it is the label most often wrong.
        if declared in ("cp1252", "iso8859-15") and not body.isascii() and _is_utf8(body):
            return _clean(body.decode("utf-8", "replace")), "utf-8"
        if (text := _strict(body, declared)) is not None:
            return _clean(text), declared
    if _is_utf8(body) or (declared and _mostly_utf8(body)):
        return _clean(body.decode("utf-8", "replace")), "utf-8"
    guess = _guess(body)
    return _clean(body.decode(guess, "replace")), guess


def wide_name(body: bytes) -> str | None:
    """UTF-16 without a mark and whatever is declared: markup in which every other byte is null."""
    head = body[: _HEAD_BYTES & ~1]
    if len(head) < _FEWEST_WIDE or b"\x00" not in head:
        return None
    even, odd = head[::2].count(0), head[1::2].count(0)
    most = _WIDE_SHARE * (len(head) // 2)
    if odd >= most and not even:
        return "utf-16-le"
    return "utf-16-be" if even >= most and not odd else None


def _clean(text: str) -> str:
    return text.replace("\x00", "")


def _declared(body: bytes, content_type: str) -> str | None:
    """Header first, then markup; None when neither names a charset Python knows."""
    found = _HEADER.search(content_type)
    if found and (name := _known(found.group(1))):
        return name
    head = body[:_HEAD_BYTES]
    for pattern in (_XML, _META):
        if (match := pattern.search(head)) and (name := _known(match.group(1).decode("ascii"))):
            # Markup that could be read as ASCII is not UTF-16, whatever it says.
            return "utf-8" if name.startswith(("utf-16", "utf-32")) else name
    return None


def _known(label: str) -> str | None:
    try:
        info = codecs.lookup(label)
    except LookupError:
        return None
    # "hex", "zlib" and the like turn bytes into bytes; they would be a way to smuggle in a bomb.
    if info.name in _NO_CHARSETS or not getattr(info, "_is_text_encoding", True):
        return None
    return _WIDER.get(info.name, info.name)


def _strict(body: bytes, name: str) -> str | None:
    if name == "cp1252":
        # As in browsers, the five unused bytes of windows-1252 do not make a text something else.
        return body.decode(name, "replace")
    try:
        return body.decode(name)
    except UnicodeDecodeError:
        return None


def _is_utf8(body: bytes) -> bool:
    """Valid UTF-8, but for a character cut off at the end."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(body)
    except UnicodeDecodeError:
        return False
    return True


def _mostly_utf8(body: bytes) -> bool:
    """Declared UTF-8 with a few broken bytes in it, rather than another charset altogether."""
    text = body[: 4 * _SAMPLE_BYTES].decode("utf-8", "replace")
    broken = text.count("\ufffd")
    good = sum(1 for character in text if character > "\x7f") - broken
    return good > 2 * broken


def _guess(body: bytes) -> str:
    sample = body[:_SAMPLE_BYTES]
    if {byte for byte in sample if byte > 0x7F} <= _NORDIC:
        return "cp1252"
    best = from_bytes(sample.replace(b"\x00", b"")).best()
    return best.encoding if best is not None else "cp1252"
