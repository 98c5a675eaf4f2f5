"""What shells offer after TAB: by the protocol of each, and in those that this machine has."""

import os
import pty
import select
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.shell_completion import get_completion_class

import publisher.cli.completion  # noqa: F401 - it tells click of our bash
from publisher.cli import cli
from tests.theming.issues import make_theme

ROOT = Path(__file__).parents[2]


def offered(shell, words, monkeypatch):
    """What a shell is answered for words, the last of which is not finished."""
    monkeypatch.setenv("COMP_WORDS", " ".join(("publisher", *words)))
    monkeypatch.setenv("COMP_CWORD", words[-1] if shell == "fish" else str(len(words)))
    return get_completion_class(shell)(cli, {}, "publisher", "_PUBLISHER_COMPLETE").complete().splitlines()


@pytest.fixture(autouse=True)
def _home(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        pytest.param(["comp"], ["plain,compile"], id="a command"),
        pytest.param(["themes", "pre"], ["plain,preview"], id="a command of a group"),
        pytest.param(["compile", "--prof"], ["plain,--profile"], id="an option"),
        pytest.param(["compile", "--profile", "k"], ["plain,kobo", "plain,kindle"], id="a profile"),
        pytest.param(["brief", "--theme", "comp"], ["plain,compilation"], id="a theme"),
        pytest.param(["brief", "--theme", "=", "comp"], ["plain,compilation"], id="a theme after an equals sign"),
        pytest.param(["brief", "--set", "acc"], ["part,accent="], id="the name of a setting"),
        pytest.param(
            ["brief", "--set", "pap"], [f"plain,paper={each}" for each in ("A4", "A5", "letter")], id="a pair"
        ),
        pytest.param(["brief", "--set", "paper", "=", "A"], ["plain,A4", "plain,A5"], id="the value of a setting"),
        pytest.param(["brief", "--set", "related", "="], ["plain,yes", "plain,no"], id="right after the equals sign"),
        pytest.param(["brief", "--set", "accent", "=", "na"], ["plain,navy"], id="a colour"),
        pytest.param(["brief", "--set", "logo", "=", "si"], ["file,si"], id="a picture"),
        pytest.param(
            ["brief", "--theme", "gazette", "--set", "items", "=", "a"], ["plain,auto"], id="a setting of another theme"
        ),
        pytest.param(
            ["themes", "preview", "gazette", "--set", "items", "=", "a"], ["plain,auto"], id="a setting of a preview"
        ),
        pytest.param(["brief", "--theme", "gazete", "--set", "acc"], [], id="a setting of no theme"),
        pytest.param(["brief", "pa"], ["file,pa"], id="a source"),
        pytest.param(["digest", "his"], ["plain,history"], id="a command of the digest"),
        pytest.param(["digest", "dig"], ["file,dig"], id="settings in place of a command"),
    ],
)
def test_bash_is_answered(words, answer, monkeypatch):
    assert offered("bash", words, monkeypatch) == answer


def test_settings_of_a_theme_of_ones_own_are_offered(tmp_path, monkeypatch):
    make_theme(
        tmp_path,
        "own",
        **{"theme.toml": 'summary = "S."\n[options.rule]\ntype = "flag"\ndefault = false\nhelp = "H."\n'},
    )
    words = ["brief", "--themes-folder", str(tmp_path), "--theme", "own", "--set", "ru"]

    assert offered("bash", words, monkeypatch) == ["plain,rule=yes", "plain,rule=no"]
    assert offered("bash", [*words[:4], "ow"], monkeypatch) == ["plain,own"]


def test_zsh_and_fish_are_answered_with_whole_pairs_and_what_they_mean(monkeypatch):
    meaning = "The paper of the printed edition."

    assert offered("zsh", ["compile", "--set", "paper=A4"], monkeypatch) == ["plain", "paper=A4", meaning]
    assert offered("fish", ["compile", "--set", "paper=A4"], monkeypatch) == [f"plain,paper=A4\t{meaning}"]
    assert offered("zsh", ["compile", "--theme", "gaz"], monkeypatch) == ["plain", "gazette", "_"]
    assert offered("fish", ["compile", "--profile", "kob"], monkeypatch) == ["plain,kobo"]


def program(folder):
    """A folder for the PATH, in which ``publisher`` is the command of this tree."""
    path = folder / "bin" / "publisher"
    path.parent.mkdir()
    path.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m publisher "$@"\n')
    path.chmod(0o755)
    return path.parent


AT_ITS_TERMINAL = (
    "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); os.execvp(sys.argv[1], sys.argv[1:])"
)
"""What a process does to become a shell that has the terminal for its own: fish works at no other."""


def typed(shell, environment, setup, keys, until):
    """What a shell at a terminal shows when keys are pressed, up to a mark; TAB is among them."""
    ours, theirs = pty.openpty()
    command = (sys.executable, "-c", AT_ITS_TERMINAL, *shell)
    with subprocess.Popen(
        command, env=environment, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True
    ) as process:
        os.close(theirs)
        os.write(ours, f"{setup}\n{keys}\nexit\n".encode())
        shown = b""
        while b"\n" not in shown.partition(until)[2] and select.select([ours], [], [], 60)[0]:
            shown += os.read(ours, 4096)
        process.kill()
    os.close(ours)
    return shown.decode("utf-8", "replace")


SHELLS = {
    "bash": ("bash", "--norc", "--noprofile", "-i"),
    "zsh": ("zsh", "-f", "-i"),
    "fish": ("fish", "--no-config", "-i"),
}


@pytest.mark.parametrize("shell", SHELLS)
def test_in_the_shell_itself_tab_finishes_the_value_of_a_setting(shell, tmp_path):
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    environment = {
        "PATH": f"{program(tmp_path)}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "HOME": str(tmp_path),
        "TERM": "dumb",
    }
    made = subprocess.run(
        ["publisher"], env={**environment, "_PUBLISHER_COMPLETE": f"{shell}_source"}, capture_output=True, check=True
    )
    (tmp_path / "completion").write_bytes(made.stdout)
    load = "autoload -U compinit; compinit -u; " if shell == "zsh" else ""

    # The line is made the words of echo before it is run, and so shown as the shell has finished it.
    shown = typed(
        SHELLS[shell],
        environment,
        f"{load}source {tmp_path}/completion",
        "publisher brief --set accent=nav\t--theme gaz\t\x01echo FINISHED: \x05",
        b"\nFINISHED: publisher",
    )

    assert "FINISHED: publisher brief --set accent=navy --theme gazette" in shown
