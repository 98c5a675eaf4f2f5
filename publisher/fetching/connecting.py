"""Connections to public addresses only, each within a deadline: what httpx sends its requests through.

A name is resolved once and the connection made to the very address that was looked at, so that a name that answers
differently the second time (DNS rebinding) gains nothing. What a name is written like does not matter either:
``127.1``, ``0x7f000001`` and ``2130706433`` are all resolved before they are judged.
"""

import ipaddress
import socket
import ssl
import threading
from collections.abc import Collection, Iterable, Iterator
from typing import Any

import httpcore
import httpx

from publisher.counting import counted
from publisher.errors import InputError
from publisher.fetching.deadline import Deadline, SilenceError
from publisher.fetching.hosts import comparable_host

CONNECT_SECONDS = 10.0
"""How long one of a host's addresses may take to answer before the next one is tried."""

_MOST_ADDRESSES = 4
"""How many of a host's addresses are tried: large sites have dozens, all alike."""

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
"""RFC 6052: the last 32 bits of such an address are an IPv4 address, which may be a private one."""

_NOT_PUBLIC = tuple(map(ipaddress.ip_network, ("192.0.0.0/24", "3fff::/20", "5f00::/16")))
"""For protocols, for documents, for routers (RFC 6890, 9637, 9602): Python's tables are older, or take parts of them
for public."""

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def is_public(address: Address) -> bool:
    """Whether an address is on the internet at large, and so is the IPv4 address that it may carry inside.

    Not private, loopback, link-local, shared, multicast, unspecified or reserved (RFC 6890).
    """
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is None and address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
        if address.is_site_local:
            return False
    if any(address in network for network in _NOT_PUBLIC):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def resolve(host: str, port: int, deadline: Deadline) -> tuple[Address, ...]:
    """The addresses of a host, in the system's order, at least one. Raises ``InputError`` with the bare reason.

    In a thread of its own: the system's resolver takes no deadline and may wait for minutes.
    """
    answers: list[list[Any] | OSError | UnicodeError] = []

    def ask() -> None:
        try:
            answers.append(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:  # UnicodeError: a label is too long or empty
            answers.append(error)

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    while thread.is_alive():
        thread.join(deadline.left())
    answer = answers[0]
    if not isinstance(answer, list) or not answer:
        raise InputError(f"the host {host!r} is not known")
    found = (ipaddress.ip_address(entry[4][0].partition("%")[0]) for entry in answer)
    return tuple(dict.fromkeys(found))


class GuardedBackend(httpcore.NetworkBackend):
    """Opens connections to public addresses until the deadline; of the hosts in ``allow_private``, to any.

    These are as ``comparable_host`` gives them. ``advice`` says how ``{host}`` can be one of them.
    """

    def __init__(self, deadline: Deadline, *, allow_private: Collection[str] = (), advice: str = "") -> None:
        self._advice = advice
        self._deadline = deadline
        self._allow_private = allow_private
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the first of the host's addresses that answers."""
        addresses = resolve(host, port, self._deadline)
        # One private address among several is how a name is made to lead inside after all: it spoils them all.
        if comparable_host(host) not in self._allow_private and not all(is_public(address) for address in addresses):
            raise InputError(f"the host {host!r} is in a private network", hint=self._advice.format(host=host))
        last: Exception | None = None
        for address in addresses[:_MOST_ADDRESSES]:
            try:
                stream = self._inner.connect_tcp(
                    str(address), port, min(CONNECT_SECONDS, self._deadline.left()), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                last = error
            else:
                return _GuardedStream(stream, self._deadline)
        raise SilenceError(f"the host {host!r} does not answer") from last

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.NetworkStream:
        """Never: a socket in the file system is a private address."""
        raise InputError("it leads to a socket of this machine")


class _GuardedStream(httpcore.NetworkStream):
    """A connection on which each step has what is left of the deadline.

    httpx's own timeouts are for one step: a server that sends a byte now and then would hold us for ever.
    """

    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._deadline.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._deadline.left())

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _GuardedStream(
            self._inner.start_tls(ssl_context, server_hostname, self._deadline.left()), self._deadline
        )

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class GuardedTransport(httpx.BaseTransport):
    """Takes httpx's requests over guarded connections; no proxy, whatever the environment says.

    httpx's own transport takes no network backend, hence this one, as its documentation describes them. Exceptions are
    httpcore's: ``reason_of`` knows them.
    """

    def __init__(self, backend: httpcore.NetworkBackend, ssl_context: ssl.SSLContext) -> None:
        self._pool = httpcore.ConnectionPool(ssl_context=ssl_context, network_backend=backend)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request and give the head of its answer, the body still to be read."""
        url = request.url
        answer = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer), extensions=answer.extensions)

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


ERRORS = (
    httpx.HTTPError,
    httpx.InvalidURL,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.TimeoutException,
    httpcore.UnsupportedProtocol,
    UnicodeError,
)
"""What a request through ``GuardedTransport`` may raise besides our own; the last for hosts such as ``xn--a``."""


def reason_of(error: Exception, deadline: Deadline) -> str:
    """Why a request failed, as part of a sentence; raises the deadline's own error when that is why."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return f"its certificate is not valid ({cause.verify_message})"
        if isinstance(cause, ssl.SSLError):
            return "no secure connection could be made"
        cause = cause.__cause__ or cause.__context__
    match error:
        case httpcore.TimeoutException() | httpx.TimeoutException():
            raise SilenceError(f"it took longer than {counted(deadline.seconds, 'second')}") from error
        case httpcore.ProtocolError() | httpx.ProtocolError():
            return "the server does not keep to HTTP, or broke off"
        case httpx.InvalidURL() | httpx.UnsupportedProtocol() | httpcore.UnsupportedProtocol() | UnicodeError():
            return "it is no web address"
    return "the connection broke off"
