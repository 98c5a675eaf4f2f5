"""What one connection to a shelf may cost, and how many there may be: a thread is held by each."""

import io
import resource
import socket
import threading
import time
from contextlib import suppress

import msgspec

_FILES_BESIDE = 32
"""What the process has open besides connections."""


class Allowance(msgspec.Struct, frozen=True, kw_only=True):
    """What connections may take."""

    most: int = 256
    """At once: each has a thread, and most of them sleep with their e-readers."""

    idle_s: float = 30.0
    """How long one may wait for its next request, and 64 KiB of an answer may be on their way."""

    request_s: float = 10.0
    """From the first byte of a request to the last of its headers, however slowly they come."""

    request_bytes: int = 64 * 1024
    """Of a request with its headers; e-readers send a few hundred."""


class Requests(io.RawIOBase):
    """What a connection reads its requests from, within their deadline and size."""

    def __init__(self, connection: socket.socket, allowance: Allowance) -> None:
        self._connection = connection
        self._allowance = allowance
        self.expect()

    def expect(self) -> None:
        """The next request is waited for: its time begins with its first byte."""
        self._end: float | None = None
        self._bytes = 0

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """TimeoutError past the deadline, ConnectionAbortedError past the size."""
        left = self._allowance.idle_s if self._end is None else self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._connection.settimeout(left)
        try:
            count = self._connection.recv_into(buffer)
        finally:
            self._connection.settimeout(
                self._allowance.idle_s
            )  # Of the answer, which may begin before all has been read.
        if self._end is None:
            self._end = time.monotonic() + self._allowance.request_s
        self._bytes += count
        if self._bytes > self._allowance.request_bytes:
            raise ConnectionAbortedError
        return count


class Connections:
    """Those that are open. When there are too many, the one that has waited longest for a request makes room."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._waiting: dict[socket.socket, None] = {}
        """Those without a whole request, the longest waiting first."""

    def admit(self, connection: socket.socket) -> bool:
        """Take another in; ``False`` when all those before are in the middle of an answer."""
        with self._lock:
            if len(self._open) >= self._most:
                if not self._waiting:
                    return False
                longest = next(iter(self._waiting))
                self._forget(longest)
                with suppress(OSError):  # The other side may have left already.
                    longest.shutdown(socket.SHUT_RDWR)  # Its thread wakes, and finds that there is no more to read.
            self._open.add(connection)
            self._waiting[connection] = None
        return True

    def wait(self, connection: socket.socket) -> None:
        """A connection has been answered and waits for its next request."""
        with self._lock:
            if connection in self._open:
                self._waiting[connection] = None

    def answer(self, connection: socket.socket) -> None:
        """A connection's request is there, and is being answered."""
        with self._lock:
            self._waiting.pop(connection, None)

    def release(self, connection: socket.socket) -> None:
        """A connection is about to be closed."""
        with self._lock:
            self._forget(connection)

    def _forget(self, connection: socket.socket) -> None:
        self._waiting.pop(connection, None)
        self._open.discard(connection)


def affordable(most: int) -> int:
    """As many, or fewer where the process may open few files: an answer has one beside its connection."""
    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return most if files == resource.RLIM_INFINITY else max(1, min(most, (files - _FILES_BESIDE) // 2))
