"""URLs as text: one spelling for one page, and a spelling that may stand in a log."""

import re
from urllib.parse import SplitResult, quote, unquote_to_bytes, urlsplit

import idna

from schemas.errors import FetchError

DEFAULT_PORTS = {"http": 80, "https": 443}

# No server takes more, and every rule below stays fast.
_LONGEST = 8192

_HOST = re.compile(r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9_.])?\Z")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_PATH_SAFE = "/:@!$&'()*+,;=-._~%"
_QUERY_SAFE = _PATH_SAFE + "?"
_BARE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")

_TRACKING = re.compile(
    r"(?:utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|igshid|mc_cid|mc_eid|_ga|_gl|_hsenc|_hsmi|mkt_tok)\Z",
    re.IGNORECASE,
)
_SESSION = re.compile(
    r"(?:phpsessid|jsessionid|aspsessionid\w*|sessionid|session_id|sessid|cfid|cftoken|osessid|oscsid|zenid)\Z",
    re.IGNORECASE,
)
# `sid` and `s` are also used for "section": only a long mixed value is a session.
_SHORT_SESSION = re.compile(
    r"(?:sid|s|sess|session|token|ticket|nonce)=(?=[^=]*[0-9])(?=[^=]*[a-z])[0-9a-z]{16,}\Z", re.IGNORECASE
)
# As Java and PHP write them at the end of a path, and ASP.NET as a segment: /(S(abc123))/.
_PATH_SESSION = re.compile(
    r";(?:jsessionid|phpsessid|sid|sessionid)=[^/?;]*|/\((?:[A-Z]\([^()/?]{8,80}\))+\)(?=/|\Z)", re.IGNORECASE
)
_INNOCENT = frozenset(
    [
        "page",
        "paged",
        "p",
        "per_page",
        "pagesize",
        "start_date",
        "end_date",
        "date",
        "year",
        "month",
        "day",
        "week",
        "lang",
        "locale",
        "id",
        "cat",
        "view",
        "ical",
        "format",
        "limit",
        "skip",
        "offset",
    ]
)
_PLAIN_VALUE = re.compile(r"(?:[0-9]{1,6}|[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?|[a-z]{2})\Z")


def split_url(url: str) -> SplitResult:
    """`urlsplit` whose failures are fetch errors; refuses ports that are no numbers, and endless URLs."""
    if len(url) > _LONGEST:
        raise FetchError("bad-url", loggable_text(url[:_LONGEST]), "too long")
    try:
        parts = urlsplit(url.strip())
        _ = parts.port
    except ValueError as error:
        raise FetchError("bad-url", loggable_text(url), str(error)[:80]) from error
    return parts


def ascii_host(host: str, url: str) -> str:
    """A host name in lower-case ASCII (IDNA 2008 with UTS 46 mapping), without a dot at the end."""
    if ":" in host:
        return host.lower()
    if not host.isascii():
        try:
            host = idna.encode(host, uts46=True).decode("ascii")
        except (idna.IDNAError, UnicodeError) as error:
            raise FetchError("bad-url", loggable_text(url), "host name") from error
    host = host.lower().removesuffix(".")
    if not _HOST.match(host) or ".." in host or len(host) > 253:
        raise FetchError("bad-url", loggable_text(url), "host name")
    return host


def request_url(url: str) -> str:
    """The URL as it is sent: ASCII host, escapes in one form, dots resolved, default port and fragment gone.

    The query stays as it is. Applying it twice changes nothing. Raises FetchError(bad-url).
    """
    parts = split_url(url)
    if not parts.hostname or not parts.scheme:
        raise FetchError("bad-url", loggable_text(url), "no scheme or host")
    scheme = parts.scheme.lower()
    host = ascii_host(parts.hostname, url)
    netloc = f"[{host}]" if ":" in host else host
    if parts.port is not None and parts.port != DEFAULT_PORTS.get(scheme):
        netloc += f":{parts.port}"
    path = _resolve_dots(_escaped(parts.path, _PATH_SAFE)) or "/"
    query = "?" + _escaped(parts.query, _QUERY_SAFE) if parts.query else ""
    return f"{scheme}://{netloc}{path}{query}"


def canonical_url(url: str) -> str:
    """One spelling for one page: `request_url` without session ids, tracking parameters and empty pieces.

    The order of parameters and a slash at the end stay: they may mean something. Idempotent.
    Raises FetchError(bad-url).
    """
    head, _, query = request_url(url).partition("?")
    while (stripped := _PATH_SESSION.sub("", head)) != head:
        head = stripped if stripped.count("/") > 2 else f"{stripped}/"
    kept = [piece for piece in query.split("&") if piece and not _is_noise(piece)]
    return head + ("?" + "&".join(kept) if kept else "")


def loggable_url(url: str) -> str:
    """The URL for logs and error messages: no user name, no fragment, no query value that could be private.

    Values survive only where the parameter is known (page, date, language…) and the value plain.
    """
    try:
        parts = urlsplit(url.strip())
        netloc = parts.netloc.rpartition("@")[2]
    except ValueError:
        return loggable_text(url)
    path = _PATH_SESSION.sub(";…", parts.path)
    query = "&".join(_masked(piece) for piece in parts.query.split("&") if piece)
    return f"{parts.scheme}://{netloc}{path}"[:300] + (f"?{query}"[:200] if query else "")


def loggable_text(url: str) -> str:
    """The part of a hopeless URL that may be shown: nothing after `?` or `#`, nothing before `@`."""
    head = re.split(r"[?#]", url.strip(), maxsplit=1)[0]
    return head.rpartition("@")[2][:200].encode("ascii", "backslashreplace").decode("ascii")


def _masked(piece: str) -> str:
    name, equals, value = piece.partition("=")
    innocent = name.lower() in _INNOCENT
    if not equals:
        # `?vertaistuki` may be a search word, `?42` and `?page` are not.
        return piece if innocent or _PLAIN_VALUE.match(piece) else "…"
    return piece if innocent and _PLAIN_VALUE.match(value) else f"{name[:30]}=…"


def _is_noise(piece: str) -> bool:
    name = unquote_to_bytes(piece.partition("=")[0]).decode("utf-8", "replace")
    return bool(_TRACKING.match(name) or _SESSION.match(name) or _SHORT_SESSION.match(piece))


def _escaped(text: str, safe: str) -> str:
    """Percent-escapes in upper case, unreserved characters unescaped, everything unusual escaped."""

    def one(match: re.Match[str]) -> str:
        value = int(match.group(1), 16)
        return chr(value) if value in _UNRESERVED else f"%{value:02X}"

    text = text.encode("utf-8", "replace").decode("utf-8")
    return _ESCAPE.sub(one, quote(_BARE_PERCENT.sub("%25", text), safe=safe))


def _resolve_dots(path: str) -> str:
    """RFC 3986, 5.2.4: `.` and `..` taken out of an absolute path."""
    if not path.startswith("/"):
        path = "/" + path
    kept: list[str] = []
    segments = path[1:].split("/")
    for place, segment in enumerate(segments):
        last = place == len(segments) - 1
        if segment == "..":
            if kept:
                kept.pop()
        elif segment != ".":
            kept.append(segment)
            continue
        if last:
            kept.append("")
    return "/" + "/".join(kept)
