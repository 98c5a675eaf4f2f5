"""A session with a mail server that ends in time, whatever the server does.

smtplib's timeout is for each byte that is waited for: a server that sends one now and then, or a greeting without end,
would hold the run and its lock. So the connection is cut from outside when its time is over.
"""

import smtplib
import socket
import ssl
import threading
from contextlib import suppress
from types import TracebackType
from typing import Self

TIMEOUT_S = 60
"""Of each step."""


class Watch:
    """Cuts a connection when its time is over. Use it as a context manager."""

    def __init__(self, seconds: float) -> None:
        self.is_over = False
        self._socket: socket.socket | None = None
        self.allow(seconds)

    def over(self, connection: socket.socket) -> None:
        """Watch over a connection: by a descriptor of its own, since encryption takes the first one away."""
        self._socket = connection.dup()
        if self.is_over:
            self._cut()

    def allow(self, seconds: float) -> None:
        """From now on the session has that long."""
        self.seconds = seconds
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True
        self._timer.start()

    def renew(self, seconds: float) -> None:
        """Let it have that long from now, for something that takes its time."""
        self._timer.cancel()
        self.allow(seconds)

    def _cut(self) -> None:
        self.is_over = True
        if self._socket is not None:
            with suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._timer.cancel()
        if self._socket is not None:
            self._socket.close()


class _Watched(smtplib.SMTP):
    watch: Watch

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        connection: socket.socket = super()._get_socket(host, port, timeout)  # type: ignore[misc]
        self.watch.over(connection)
        return connection


class Session(_Watched):
    """In the clear, to begin with."""

    def __init__(self, watch: Watch, host: str, port: int, name: str) -> None:
        self.watch = watch
        super().__init__(host, port, name, timeout=TIMEOUT_S)


class EncryptedSession(smtplib.SMTP_SSL, _Watched):
    """Encrypted from the first byte."""

    def __init__(self, watch: Watch, host: str, port: int, name: str, context: ssl.SSLContext) -> None:
        self.watch = watch
        super().__init__(host, port, name, timeout=TIMEOUT_S, context=context)
