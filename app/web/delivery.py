"""How pages travel: an ETag from their content, 304 where the browser has it, gzip where it is welcome."""

import gzip
import hashlib

from flask import Request, Response

SMALLEST = 1000
"""Bytes below which compressing is not worth it."""

_COMPRESSIBLE = ("text/", "application/json", "application/ld+json", "image/svg+xml")
_HTML = "text/html; charset=utf-8"


class Packed:
    """A finished page with its mark, plain, compressed or both; what is missing is made when first needed."""

    def __init__(self, data: bytes | None, *, packed: bytes | None = None, mark: str = "") -> None:
        """One of `data` and `packed` must be there; `mark` is made of `data` where it is not told."""
        self._data = data
        self._packed = packed
        self.mark = mark or mark_of(self.data)

    @property
    def data(self) -> bytes:
        """The plain form; not kept where only the compressed one is."""
        return gzip.decompress(self.packed) if self._data is None else self._data

    @property
    def packed(self) -> bytes:
        """The gzip form. Level 1 has most of the saving for a third of the time."""
        if self._packed is None:
            self._packed = gzip.compress(self.data, 1, mtime=0)
        return self._packed

    @property
    def ready(self) -> bool:
        """Whether the plain form is there."""
        return self._data is not None

    @property
    def nbytes(self) -> int:
        """Bytes held once both forms are made that it may be asked for; about, where one is not made yet."""
        if self._data is None:
            return len(self.packed)
        return len(self._data) + (len(self._data) // 5 if self._packed is None else len(self._packed))

    def shrunk(self) -> "Packed":
        """The same page, compressed only."""
        return Packed(None, packed=self.packed, mark=self.mark)

    def opened(self) -> "Packed":
        """The same page in both forms."""
        return Packed(self.data, packed=self._packed, mark=self.mark)

    def response(self, request: Request) -> Response:
        """The page as this browser takes it, or 304 where it has it."""
        packed = takes_packed(request)
        response = Response(self.packed if packed else self.data, content_type=_HTML)
        response.headers["ETag"] = f'W/"{self.mark}"'
        response.headers["Vary"] = "Accept-Encoding"
        if packed:
            response.headers["Content-Encoding"] = "gzip"
        if "If-None-Match" in request.headers:
            response.make_conditional(request)
        return response


def takes_packed(request: Request) -> bool:
    """Whether the browser takes gzip."""
    return "gzip" in request.headers.get("Accept-Encoding", "")


def mark_of(data: bytes) -> str:
    """A short mark that changes with the content."""
    return hashlib.blake2b(data, digest_size=12).hexdigest()


def delivered(response: Response, request: Request) -> Response:
    """The finished answer for this request; one that has its ETag already stays as it is."""
    if request.method not in ("GET", "HEAD") or response.status_code != 200 or response.is_streamed:
        return response
    response.headers.setdefault("Cache-Control", "private, no-cache")
    if "ETag" in response.headers:
        return response
    data = response.get_data()
    response.set_etag(mark_of(data), weak=True)
    response.make_conditional(request)
    return response if response.status_code == 304 else _compressed(response, request, data)


def _compressed(response: Response, request: Request, data: bytes) -> Response:
    if not (response.mimetype or "").startswith(_COMPRESSIBLE):
        return response
    response.vary.add("Accept-Encoding")
    if len(data) >= SMALLEST and takes_packed(request):
        response.set_data(gzip.compress(data, 1, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response
