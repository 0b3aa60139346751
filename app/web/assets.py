"""Static files: read once, named by their content, compressed once, cached for ever by browsers."""

import gzip
import hashlib
import mimetypes
import posixpath
import re
from functools import cached_property
from pathlib import Path

_TEXT = frozenset({".css", ".js", ".svg", ".json", ".webmanifest", ".txt"})
_TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}
_CHARSET = "; charset=utf-8"
_REFERENCE = re.compile(r"""(?P<open>["'(])\./(?P<path>[\w./-]+)(?P<close>["')])""")


class Asset:
    """One file: `url` is its path below `/static/`, `packed` its gzip form where that is smaller."""

    def __init__(self, url: str, media: str, data: bytes) -> None:
        self.url = url
        self.type = media
        self.data = data

    @cached_property
    def packed(self) -> bytes | None:
        """Made when it is first asked for: a start waits for no file that its first page does not need."""
        if not self.type.endswith(_CHARSET):
            return None
        packed = gzip.compress(self.data, 9, mtime=0)
        return packed if len(packed) < len(self.data) else None


class Assets:
    """All files of a folder by name. A reference `"./other.woff2"` in a text file gets its hashed name."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._by_name: dict[str, Asset] = {}
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                self._load(path.relative_to(folder).as_posix())
        self.by_url = {asset.url: asset for asset in self._by_name.values()}

    def __getitem__(self, name: str) -> Asset:
        """The asset by its name in the folder, such as `css/base.css`. Raises KeyError."""
        return self._by_name[name]

    def names(self) -> tuple[str, ...]:
        """All names, in order."""
        return tuple(self._by_name)

    def _load(self, name: str) -> Asset:
        if name in self._by_name:
            return self._by_name[name]
        data = (self._folder / name).read_bytes()
        stem, dot, suffix = name.rpartition(".")
        kind = dot + suffix
        if kind in _TEXT:
            data = self._linked(name, data.decode()).encode()
        digest = hashlib.blake2b(data, digest_size=6).hexdigest()
        media = _TYPES.get(kind) or mimetypes.guess_type(name)[0] or "application/octet-stream"
        asset = Asset(f"{stem}.{digest}{kind}", media + _CHARSET if kind in _TEXT else media, data)
        self._by_name[name] = asset
        return asset

    def _linked(self, name: str, text: str) -> str:
        folder = posixpath.dirname(name)

        def linked(found: re.Match[str]) -> str:
            target = posixpath.normpath(posixpath.join(folder, found["path"]))
            if not (self._folder / target).is_file():
                return found[0]
            path = posixpath.relpath(self._load(target).url, folder or ".")
            return f"{found['open']}{path if path.startswith('.') else './' + path}{found['close']}"

        return _REFERENCE.sub(linked, text)
