"""One connection to addresses that were checked, with a deadline that no drip outlasts.

`http.client` speaks HTTP; where it connects to, and for how long it may read, is decided here. The name
stays the name for the Host header, SNI and the certificate; proxies from the environment are not used.
"""

import http.client
import select
import socket
import ssl
import time
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING

import certifi

from crawlers.fetch.addresses import Address, is_public
from crawlers.fetch.target import Target

_MAX_ADDRESSES = 4


class DeadlineExceeded(TimeoutError):
    """The whole request took too long, however lively it still was."""


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds for connecting (TLS included), for one silence, and for the whole request."""

    connect_s: float
    read_s: float
    total_s: float


if TYPE_CHECKING:
    from typing_extensions import Buffer

    _Socket = socket.socket
else:
    _Socket = object


class _Deadline(_Socket):
    """Gives every read no more time than is left. Real time: the operating system waits in it."""

    read_s: float = 20.0
    deadline: float | None = None

    def recv_into(self, buffer: "Buffer", nbytes: int | None = None, flags: int = 0) -> int:
        """Read, as long as the deadline has not passed."""
        if self.deadline is not None:
            left = self.deadline - time.monotonic()
            if left <= 0:
                raise DeadlineExceeded("total time used up")
            self.settimeout(min(self.read_s, left))
        try:
            return super().recv_into(buffer, nbytes or 0, flags)
        except TimeoutError as error:
            if self.deadline is not None and time.monotonic() >= self.deadline:
                raise DeadlineExceeded("total time used up") from error
            raise


class _PlainSocket(_Deadline, socket.socket):
    """TCP with a deadline."""


class _TlsSocket(_Deadline, ssl.SSLSocket):
    """TLS with a deadline."""


def tls_context(extra_roots: str | None = None) -> ssl.SSLContext:
    """Certificates and host names verified, TLS 1.2 or later; roots of the system and of certifi.

    extra_roots  PEM text of further roots (an organisation's own authority, tests)
    """
    context = ssl.create_default_context()
    context.load_verify_locations(cafile=certifi.where())
    if extra_roots is not None:
        context.load_verify_locations(cadata=extra_roots)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_alpn_protocols(["http/1.1"])
    context.sslsocket_class = _TlsSocket
    return context


class Connection(http.client.HTTPConnection):
    """A connection for one target that only ever reaches the given addresses."""

    def __init__(
        self, target: Target, addresses: Sequence[Address], connect_s: float, context: ssl.SSLContext
    ) -> None:
        super().__init__(target.host, target.port, timeout=connect_s)
        self._target = target
        self._addresses = tuple(addresses)[:_MAX_ADDRESSES]
        self._connect_s = connect_s
        self._context = context
        self.used = False

    def connect(self) -> None:
        """Connect to the first address that answers. Raises OSError (ssl.SSLError for TLS)."""
        ends = time.monotonic() + self._connect_s
        for place, address in enumerate(self._addresses):
            left = (ends - time.monotonic()) / (len(self._addresses) - place)
            try:
                plain = _connected(address, self._target.port, max(left, 0.05))
            except OSError:
                if place == len(self._addresses) - 1:
                    raise
                continue
            self.sock = self._secured(plain, max(ends - time.monotonic(), 0.05))
            return

    def start(self, read_s: float, deadline: float) -> None:
        """Connect where needed and give the coming exchange its end, in seconds of `time.monotonic`."""
        if self.sock is None:
            self.connect()
        assert isinstance(self.sock, _Deadline)
        self.sock.read_s = read_s
        self.sock.deadline = deadline
        self.sock.settimeout(read_s)

    @property
    def is_quiet(self) -> bool:
        """Whether nothing has come since the last answer: what has would be read as the next one's."""
        if self.sock is None:
            return False
        poll = select.poll()
        poll.register(self.sock, select.POLLIN)
        return not poll.poll(0)

    @property
    def peer_is_public(self) -> bool:
        """Whether the other end, as the operating system sees it, is there and a public address."""
        if self.sock is None:
            return False
        try:
            peer = self.sock.getpeername()[0]
        except OSError:
            return False
        return is_public(ip_address(peer.partition("%")[0]))

    def _secured(self, plain: socket.socket, timeout_s: float) -> socket.socket:
        if self._target.scheme != "https":
            return plain
        try:
            plain.settimeout(timeout_s)
            return self._context.wrap_socket(plain, server_hostname=self._target.host)
        except BaseException:
            plain.close()
            raise


def _connected(address: Address, port: int, timeout_s: float) -> socket.socket:
    """A socket to this very address: numbers go in, so nothing is resolved any more."""
    family = socket.AF_INET if address.version == 4 else socket.AF_INET6
    plain = _PlainSocket(family, socket.SOCK_STREAM)
    try:
        plain.settimeout(timeout_s)
        plain.connect((str(address), port))
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except BaseException:
        plain.close()
        raise
    return plain
