"""What a body is, whatever the server calls it: text to be read, or a file that is none of our business."""

import re

from crawlers.fetch.charset import wide_name

# Values for `Fetcher.get(accept=…)`.
HTML = "text/html,application/xhtml+xml;q=0.9,application/xml;q=0.5,text/plain;q=0.4"
JSON = "application/json,application/ld+json;q=0.9,text/json;q=0.5"
XML = "application/xml,text/xml;q=0.9,application/rss+xml,application/atom+xml,text/html;q=0.2"
SITEMAP = "application/xml,text/xml;q=0.9,application/gzip;q=0.8,application/x-gzip;q=0.8,text/plain;q=0.5"
CALENDAR = "text/calendar,text/plain;q=0.5"
PLAIN = "text/plain,*/*;q=0.1"
ANYTHING = "*/*"

_BINARY_TYPE = re.compile(
    r"\s*(?:image/(?!svg)|audio/|video/|font/|application/(?:pdf|zip|msword|vnd\.(?!.*(?:xml|json))|x-shockwave|"
    r"x-rar|x-7z|x-msdownload|java-archive|epub|postscript|rtf))",
    re.IGNORECASE,
)
_GZIP_TYPE = re.compile(r"\s*application/(?:x-)?gzip", re.IGNORECASE)
# fmt: off
_MAGIC = (
    b"%PDF-", b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"PK\x03\x04", b"\x7fELF", b"MZ\x90\x00",
    b"OggS", b"ID3", b"\xd0\xcf\x11\xe0", b"Rar!\x1a", b"7z\xbc\xaf", b"wOFF", b"wOF2", b"\x00\x01\x00\x00",
    b"BZh", b"\xfd7zXZ", b"SQLite format 3", b"\xca\xfe\xba\xbe", b"\x00asm",
)
# fmt: on
_CONTAINERS = (b"ftyp", b"WEBP", b"AVI ", b"WAVE")
_GZIP_MAGIC = b"\x1f\x8b"
_UNICODE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")
_CONTROL = bytes(set(range(0x20)) - {0x09, 0x0A, 0x0C, 0x0D, 0x1B} | {0x7F})
_SAMPLE_BYTES = 4096


def wants_text(accept: str) -> bool:
    """Whether the caller means to read text (and would choke on a picture)."""
    return not accept.startswith("*/*")


def is_binary_type(content_type: str, accept: str) -> bool:
    """Whether the Content-Type alone tells that the body need not be fetched."""
    if not wants_text(accept):
        return False
    gzip_refused = bool(_GZIP_TYPE.match(content_type)) and "gzip" not in accept
    return gzip_refused or bool(_BINARY_TYPE.match(content_type))


def is_binary_body(body: bytes, accept: str, content_type: str = "") -> bool:
    """Whether the bytes are no text though text was asked for. A stray null byte is not enough."""
    if (
        not wants_text(accept)
        or not body
        or body.startswith(_UNICODE_MARKS)
        or "utf-16" in content_type.lower()
        or wide_name(body) is not None
    ):
        return False
    if body.startswith(_GZIP_MAGIC):
        return "gzip" not in accept
    if body.startswith(_MAGIC) or body[4:8] in _CONTAINERS or body[8:12] in _CONTAINERS:
        return True
    sample = body[:_SAMPLE_BYTES]
    controls = len(sample) - len(sample.translate(None, _CONTROL))
    return controls > 0.1 * len(sample)
