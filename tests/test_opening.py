"""What only looks like a file keeps nobody waiting, whichever way it comes in."""

import os
import socket
import threading
from pathlib import Path

import pytest
from click.testing import CliRunner

from publisher import opening
from publisher.cli import cli
from publisher.opening import open_fed, open_regular

PAGE = "# Cầu mới\n\nSáng nay cây cầu mới qua sông được thông xe, sớm hơn kế hoạch hai tháng.\n"
NOBODY = "nobody writes into the pipe"
WAYS = {
    "read": (("read", "pipe"), 3, f"cannot read 'pipe': {NOBODY}. Check the name."),
    "brief": (("brief", "pipe", "-o", "out.pdf"), 3, f"cannot read 'pipe': {NOBODY}. Check the name."),
    "compile": (("compile", "pipe", "-o", "out.epub"), 3, f"cannot read 'pipe': {NOBODY}. Check the name."),
    "corrections": (
        ("read", "page.md", "--corrections", "pipe"),
        3,
        f"cannot read the corrections 'pipe': {NOBODY}. Check the name.",
    ),
    "an outlet": (
        ("read", "page.md", "--outlet", "pipe"),
        3,
        f"cannot read the profile 'pipe': {NOBODY}. Check the name.",
    ),
    "digest": (
        ("digest", "pipe"),
        9,
        f"cannot read the settings pipe: {NOBODY}. Name a digest.toml, or make one with publisher digest --init.",
    ),
    "check": (("check", "pipe"), 3, "cannot check pipe: it is no file. Name a PDF or an EPUB."),
    "verify": (
        ("verify", "pipe"),
        3,
        "cannot read the proof pipe: it is not a regular file.",
    ),
    "shelf": (
        ("shelf", "refresh", "pipe"),
        3,
        "there is no shelf pipe: no such folder. Correct the name, or let publisher digest make it.",
    ),
}


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(opening, "PATIENCE_S", 0.1)
    Path("page.md").write_text(PAGE, "utf-8")
    os.mkfifo("pipe")


@pytest.mark.parametrize("way", WAYS)
def test_a_pipe_into_which_nobody_writes_ends_a_command_in_one_line(way: str) -> None:
    """A run that waits for one would hold the shelf's lock until somebody looks."""
    command, code, line = WAYS[way]

    result = CliRunner().invoke(cli, command, prog_name="publisher")

    assert (result.exit_code, result.stderr) == (code, f"publisher: {line}\n")


def test_a_pipe_into_which_somebody_writes_is_read() -> None:
    writer = threading.Thread(target=lambda: Path("pipe").write_text(PAGE, "utf-8"))
    writer.start()

    with open_fed(Path("pipe")) as stream:
        assert stream.read().decode() == PAGE
    writer.join()


def test_what_others_gave_is_a_file_or_nothing() -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket")
        Path("loop").symlink_to("loop")
        reasons = []
        for name in ("pipe", "/dev/zero", ".", "socket", "loop", "missing"):
            with pytest.raises(OSError) as caught:
                open_regular(Path(name))
            reasons.append(caught.value.strerror)

    assert reasons == [
        *["it is not a regular file"] * 3,
        "No such device or address",
        "Too many levels of symbolic links",
        "No such file or directory",
    ]
    with open_regular(Path("page.md")) as stream:
        assert stream.read().decode() == PAGE
