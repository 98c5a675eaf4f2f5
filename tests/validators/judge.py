"""Validators that are started once for a whole run and asked many times: to start takes longer than to judge a file.

The process that was started as pytest has them, and all test processes ask it through a socket, one after the other.
"""

import contextlib
import json
import os
import select
import socket
import socketserver
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

DEADLINE_S = 300
"""No verdict takes a tenth of it; a validator that hangs must not hang the suite."""

ADDRESS = "PUBLISHER_TESTS_JUDGES"
"""The variable that tells the test processes where to ask."""


def ask(command: tuple[str, ...], request: str, **settings: str) -> str:
    """What a program answers that ``command`` starts, if it does not run already, with settings in its environment.

    AssertionError, with what it complained of, when it gives no answer.
    """
    with socket.socket(socket.AF_UNIX) as asking:
        asking.connect(os.environ[ADDRESS])
        asking.sendall(json.dumps([command, settings, request]).encode() + b"\n")
        with asking.makefile("rb") as reply:
            answer, complaint = json.loads(reply.read())
    assert complaint is None, complaint
    return answer


@contextlib.contextmanager
def judges() -> Iterator[None]:
    """Within it this process and those that it starts can ask."""
    with tempfile.TemporaryDirectory(prefix="publisher-judges-") as folder:
        address = str(Path(folder) / "socket")
        with _Judges(address, _Question) as serving:
            threading.Thread(target=serving.serve_forever, daemon=True).start()
            os.environ[ADDRESS] = address
            try:
                yield
            finally:
                del os.environ[ADDRESS]
                serving.shutdown()
                serving.close()


class _Question(socketserver.StreamRequestHandler):
    server: "_Judges"

    def handle(self) -> None:
        command, settings, request = json.loads(self.rfile.readline())
        try:
            reply = self.server.asked(command, settings, request), None
        except AssertionError as error:
            reply = None, str(error)
        self.wfile.write(json.dumps(reply).encode())


class _Judges(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True

    def __init__(self, *serving: object) -> None:
        super().__init__(*serving)
        self._running: dict[str, _Judge] = {}
        self._turns: dict[str, threading.Lock] = {}

    def asked(self, command: list[str], settings: dict[str, str], request: str) -> str:
        name = json.dumps([command, settings])
        with self._turns.setdefault(name, threading.Lock()):
            judge = self._running.pop(name, None) or _Judge(command, settings)
            answer = judge.answer(request)
            self._running[name] = judge  # One that gave no answer is not asked again.
        return answer

    def close(self) -> None:
        for judge in self._running.values():
            judge.close()


class _Judge:
    """A program that answers each line with lines, the last of them a full stop."""

    def __init__(self, command: list[str], settings: dict[str, str]) -> None:
        self._folder = tempfile.TemporaryDirectory()  # A HOME of its own, for the settings that some write there.
        self._complaints = Path(self._folder.name) / "complaints"
        with self._complaints.open("wb") as complaints:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=complaints,
                env={**os.environ, "HOME": self._folder.name, **settings},
            )

    def answer(self, request: str) -> str:
        """Its answer without the full stop. Without one it is ended: AssertionError with what it complained of."""
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.write(f"{request}\n".encode())
            self._process.stdin.flush()
        answer = b"\n"
        while not answer.endswith(b"\n.\n"):
            ready, _, _ = select.select([self._process.stdout], [], [], DEADLINE_S)
            piece = os.read(self._process.stdout.fileno(), 1 << 16) if ready else b""
            if not piece:
                complaints = self._complaints.read_text(errors="replace")
                self._process.kill()
                self.close()
                raise AssertionError(f"no verdict on {request}: {complaints}")
            answer += piece
        return answer[1:-3].decode()

    def close(self) -> None:
        """End it."""
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.close()
        try:
            self._process.wait(DEADLINE_S)
        finally:
            self._process.kill()
            self._process.stdout.close()
            self._folder.cleanup()
