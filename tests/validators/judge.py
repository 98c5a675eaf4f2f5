"""A validator that is started once and asked many times, since it takes longer to start than to judge a file."""

import atexit
import functools
import os
import select
import subprocess
import tempfile
from pathlib import Path

DEADLINE_S = 300
"""No verdict takes a tenth of it; a validator that hangs must not hang the suite."""


class Judge:
    """A program that answers each line with lines, the last of them a full stop; it ends with the tests."""

    def __init__(self, command: tuple[str, ...], settings: dict[str, str]) -> None:
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
        atexit.register(self.close)

    def ask(self, request: str) -> str:
        """Its answer without the full stop; AssertionError with what it complained of when it gives none."""
        self._process.stdin.write(f"{request}\n".encode())
        self._process.stdin.flush()
        answer = b"\n"
        while not answer.endswith(b"\n.\n"):
            ready, _, _ = select.select([self._process.stdout], [], [], DEADLINE_S)
            piece = os.read(self._process.stdout.fileno(), 1 << 16) if ready else b""
            if not piece:
                self._process.kill()
                judge.cache_clear()
                raise AssertionError(f"no verdict on {request}: {self._complaints.read_text(errors='replace')}")
            answer += piece
        return answer[1:-3].decode()

    def close(self) -> None:
        """End it."""
        self._process.stdin.close()
        try:
            self._process.wait(DEADLINE_S)
        finally:
            self._process.kill()
            self._process.stdout.close()
            self._folder.cleanup()


@functools.cache
def judge(command: tuple[str, ...], **settings: str) -> Judge:
    """The one that a command starts."""
    return Judge(command, settings)
