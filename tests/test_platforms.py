"""The commands work where the system lacks what Linux has, and say which limits are then missing."""

import os
import stat
import subprocess
import sysconfig
import venv

import pytest

from tests.conftest import ROOT

HIDING = """
import ctypes, os, select, signal, sys

for name in ("fcntl", "grp", "pwd", "resource", "termios"):
    sys.modules[name] = None
for module, names in {
    os: ("fork", "sched_getaffinity", "O_CLOEXEC", "O_DIRECTORY", "O_NOFOLLOW", "O_NONBLOCK", "O_PATH", "O_TMPFILE"),
    select: ("epoll", "poll"),
    signal: ("SIGALRM", "SIGBUS", "SIGCHLD", "SIGHUP", "SIGPIPE", "SIGTRAP", "SIGUSR1", "SIGXCPU", "SIGXFSZ"),
}.items():
    for name in names:
        vars(module).pop(name, None)
os.supports_dir_fd.discard(os.open)
library = ctypes.CDLL
ctypes.CDLL = lambda name=None, *arguments, **named: library(name, *arguments, **named) if name else None
"""
"""What is made by way of /proc needs O_TMPFILE. Of the signals one stays: Python itself ends processes by SIGKILL."""

UNLIMITED = (
    "publisher: this system limits neither memory nor processor time: what reads and what lays out ends at its "
    "deadline alone\n"
)


@pytest.fixture(scope="module")
def bare(tmp_path_factory):
    """A Python for which all of that is hidden, in itself and in each process that it starts."""
    folder = tmp_path_factory.mktemp("bare")
    venv.EnvBuilder(symlinks=True).create(folder)
    (site,) = (folder / "lib").glob("python*/site-packages")
    (site / "hiding.py").write_text(HIDING)
    (site / "bare.pth").write_text(
        f"{ROOT}\n{sysconfig.get_path('purelib')}\n{sysconfig.get_path('platlib')}\nimport hiding\n"
    )
    return folder / "bin" / "python"


def test_pages_are_read_made_into_files_and_checked_and_the_missing_limits_are_said_once(bare, tmp_path):
    (tmp_path / "page.txt").write_bytes((ROOT / "examples" / "7-en-bridge.txt").read_bytes())
    (tmp_path / "week.pdf").write_bytes(b"the week before")
    (tmp_path / "week.pdf").chmod(0o604)
    commands = (
        ("read", "page.txt"),
        ("brief", "page.txt", "-o", "brief.pdf", "--pages", "2"),
        ("compile", "page.txt", "-o", "week.pdf", "-o", "week.epub"),
        ("check", "brief.pdf", "week.pdf", "week.epub", "--no-validators"),
    )

    ended = [
        subprocess.run(
            [bare, "-P", "-m", "publisher", *command],
            cwd=tmp_path,
            env={"PATH": os.environ["PATH"], "HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
        )
        for command in commands
    ]

    assert [(each.returncode, each.stderr.count(UNLIMITED)) for each in ended] == [(0, 1)] * 4, ended
    assert ended[0].stdout.startswith("Bridge halves meet over the May River\n")
    assert (tmp_path / "week.pdf").read_bytes().startswith(b"%PDF")
    assert stat.S_IMODE((tmp_path / "week.pdf").stat().st_mode) == 0o604
    assert sorted(path.name for path in tmp_path.iterdir()) == ["brief.pdf", "page.txt", "week.epub", "week.pdf"]
