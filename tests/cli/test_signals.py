"""Interrupted, terminated, killed: no partial file and no process is left, at whatever moment.

The command runs with a terminal of its own, so that its progress tells when to strike; nothing waits for a clock.
"""

import contextlib
import os
import pty
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.running import PAGE, interruptible, listing, page

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path):
    pages = tmp_path / "pages"
    pages.mkdir()
    body = PAGE.split("\n\n", 2)
    for number in range(12):
        text = "\n\n".join([body[0].replace("Ngòi Thia", f"số {number}"), body[1], *[body[2]] * 20])
        page(pages, text, f"{number:02}.txt")
    (tmp_path / "out.pdf").write_bytes(b"old")
    return tmp_path


DEADLINE_S = 60
"""How long a command may keep silent, or take to end: far more than it does on the busiest machine."""


class Running:
    """A command that is under way, as seen from its terminal; it is ended with its test."""

    def __init__(self, folder: Path, *arguments: str, start: Callable[[], None] = interruptible) -> None:
        self._master, slave = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "publisher", *arguments],
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=slave,
            start_new_session=True,
            preexec_fn=start,
            env={**os.environ, "TERM": "xterm", "HOME": str(folder), "PYTHONPATH": str(ROOT)},
        )
        os.close(slave)
        self.seen = ""

    def wait_for(self, words: str) -> None:
        while words not in self.seen:
            assert self._read(), self.seen

    def children(self) -> list[int]:
        pid = self.process.pid
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    def end(self) -> tuple[int, str]:
        """The exit code and the last line on the terminal, once it has ended."""
        while self._read():
            pass
        return self.process.wait(DEADLINE_S), self.seen.replace("\r", "\n").strip().splitlines()[-1].strip()

    def close(self) -> None:
        self.process.kill()
        self.process.wait(DEADLINE_S)
        self.process.stdin.close()
        self.process.stdout.close()
        os.close(self._master)

    def _read(self) -> bool:
        if not select.select([self._master], [], [], DEADLINE_S)[0]:
            return False
        try:
            data = os.read(self._master, 65536)
        except OSError:  # What Linux answers when nobody has the other side open any more.
            return False
        self.seen += data.decode("utf-8", "replace")
        return bool(data)


@pytest.fixture
def start(folder: Path) -> Iterator[Callable[..., Running]]:
    """Starts commands in the folder."""
    with contextlib.ExitStack() as ends:
        yield lambda *arguments, **how: ends.enter_context(contextlib.closing(Running(folder, *arguments, **how)))


def have_ended(pids: list[int]) -> bool:
    for pid in pids:
        try:
            descriptor = os.pidfd_open(pid)
        except ProcessLookupError:
            continue
        try:
            if not select.select([descriptor], [], [], DEADLINE_S)[0]:
                return False
        finally:
            os.close(descriptor)
    return True


INTERRUPTED = "publisher: interrupted; nothing was left half-written"


WAYS = {
    "ctrl-c": (signal.SIGINT, True, 130, INTERRUPTED),
    "SIGINT": (signal.SIGINT, False, 130, INTERRUPTED),
    "SIGTERM": (signal.SIGTERM, False, 143, None),
    "SIGKILL to all": (signal.SIGKILL, True, -9, None),
    "SIGKILL to the command": (signal.SIGKILL, False, -9, None),
}
SHORT = (("ctrl-c", "read"), ("SIGINT", "lay out"), ("SIGTERM", "lay out"), ("SIGKILL to the command", "lay out"))


@pytest.mark.sample(2)
@pytest.mark.parametrize(
    ("moment", "number", "group", "code", "last"),
    [
        pytest.param(moment, *way, id=f"{name}-{moment}", marks=() if (name, moment) in SHORT else pytest.mark.campaign)
        for name, way in WAYS.items()
        for moment in ("read", "lay out")
    ],
)
def test_a_command_that_is_stopped_leaves_neither_file_nor_process(folder, start, moment, number, group, code, last):
    before = listing(folder)
    running = start("compile", "pages", "-o", "out.pdf", "-o", "out.epub")
    running.wait_for(f"{moment} ")
    children = running.children()

    (os.killpg if group else os.kill)(running.process.pid, number)
    ended, said = running.end()

    assert len(children) == (2 if moment == "read" else 1), "the engine, and the reader until all is read"
    assert ended == code
    assert last in (said, None)
    assert have_ended(children)
    assert listing(folder) == before


def test_interrupted_while_it_waits_for_its_input(folder, start):
    before = listing(folder)
    running = start("brief", "-", "-o", "out.pdf")
    os.set_blocking(running.process.stdin.fileno(), False)
    while not (children := running.children()):  # It starts the engine, then reads its input.
        assert running.process.poll() is None, running.process.returncode
        select.select([], [], [], 0.01)

    os.kill(running.process.pid, signal.SIGTERM)

    assert running.process.wait(DEADLINE_S) == 143
    assert have_ended(children)
    assert listing(folder) == before


def test_a_shell_that_shields_a_command_from_ctrl_c_is_obeyed(folder, start):
    """As nohup … & in a script does; SIGTERM ends such a command."""
    running = start("compile", "pages", "-o", "out.pdf", start=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN))
    running.wait_for("read ")
    os.killpg(running.process.pid, signal.SIGINT)
    running.wait_for("lay out ")

    os.kill(running.process.pid, signal.SIGTERM)

    assert running.end()[0] == 143


def test_a_terminal_sees_progress_and_the_line_is_gone_at_the_end(start):
    running = start("brief", "pages/00.txt", "-o", "out.pdf")

    code, last = running.end()

    assert code == 0
    assert "read     [####################] 1/1" in running.seen
    assert "lay out  [####################] 1/1" in running.seen
    assert "write    [####################] 1/1" in running.seen
    assert last == "write    [####################] 1/1", "then blanks, and nothing else"
    assert running.seen.endswith(f"\r{' ' * len(last)}\r")
