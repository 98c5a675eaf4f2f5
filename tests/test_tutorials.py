"""The tutorials: every command in them runs, in order, in an empty folder, and says what is printed under it.

A block ``sh`` is typed line by line; ``# ends with 22`` behind a command says with what it ends, if not with 0. A block
with a title is a file that is saved. A block ``text`` is what the block before it printed, with ``…`` for what is left
out: in a line for some of its characters, alone for lines.
"""

import os
import re
import runpy
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import Result

from tests.cli.running import run
from tests.conftest import ROOT
from tools.commands import VIETNAMESE, reference

DOCS = ROOT / "docs"
TUTORIALS = sorted(path.stem for path in (DOCS / "tutorials").glob("*.md") if "." not in path.stem)
BLOCK = re.compile(r'^```(?P<kind>\w+)(?: title="(?P<title>[^"]+)")?\n(?P<text>.*?)^```$', re.MULTILINE | re.DOTALL)
SAID_WHEN_READY = 3
"""Lines of ``publisher shelf serve``."""

ENDS_WITH = re.compile(r"\s+# (?:ends with|kết thúc với) (\d+)$")


class Shell:
    """Somebody at a terminal in an empty folder, whose home has this project's files in ``publisher``."""

    def __init__(self, home: Path, patch: pytest.MonkeyPatch, capture: pytest.CaptureFixture[str]) -> None:
        self._patch, self._capture = patch, capture
        self._path = os.environ["PATH"]
        (home / "publisher").symlink_to(ROOT)
        (home / "here").mkdir()
        patch.chdir(home / "here")
        patch.setenv("HOME", str(home))
        patch.setenv("XDG_CACHE_HOME", str(home / "cache"))
        patch.setenv("PATH", "")  # What outside validators say is not asked.

    def type(self, line: str) -> str:
        """What it prints."""
        command, _, _ = line.partition("   #")
        ends = ENDS_WITH.search(line)
        words = shlex.split(command)
        match words[0]:
            case "cd":
                self._patch.chdir(words[1])
                return ""
            case "python":
                self._patch.setattr(sys, "argv", words[1:])
                runpy.run_path(words[1], run_name="__main__")
                return self._capture.readouterr().out
            case "publisher" if words[1:3] == ["shelf", "serve"]:
                return self._served(words)
            case "publisher":
                return self._said(run(*words[1:]), int(ends[1]) if ends else 0, line)
        done = subprocess.run(
            ["/bin/sh", "-ec", command],
            env={**os.environ, "PATH": self._path},
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, ""), line
        return done.stdout

    def _said(self, result: Result, code: int, line: str) -> str:
        assert result.exit_code == code, f"{line}: {result.output}"
        return result.output

    def _served(self, words: list[str]) -> str:
        """What the server says when it is ready; then it is ended as Ctrl-C ends it."""
        program = [sys.executable, "-m", *words]
        with subprocess.Popen(
            program,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        ) as server:
            said = "".join(server.stdout.readline() for _ in range(SAID_WHEN_READY))
            server.send_signal(signal.SIGTERM)
            return said


def shows(said: str, shown: str) -> bool:
    """Whether the lines that are shown are among those that were said, in their order."""
    lines = iter(said.splitlines())
    wanted = [re.escape(line).replace("…", ".*") for line in shown.splitlines() if line.strip() != "…"]
    return all(any(re.fullmatch(want, line.rstrip()) for line in lines) for want in wanted)


@pytest.mark.sample(5)
@pytest.mark.parametrize("name", TUTORIALS)
def test_every_command_runs_and_says_what_is_shown(name, tmp_path, monkeypatch, capsys):
    shell = Shell(tmp_path, monkeypatch, capsys)
    said = ""
    for kind, title, text in BLOCK.findall((DOCS / "tutorials" / f"{name}.md").read_text(encoding="utf-8")):
        if title:
            Path(title).write_text(text, encoding="utf-8")
        elif kind == "sh":
            said = "".join(shell.type(line) for line in text.splitlines())
        elif kind == "text":
            assert shows(said, text), f"{text}\n--- of ---\n{said}"


# --- both languages ---------------------------------------------------------------------------------------------------

TRANSLATED = sorted({path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.vi.md")})


def outline(text: str) -> list[str]:
    """A page without its words: headings by their depth, blocks, rows by their code, items, links, in their order."""
    parts = []
    for block in re.split(r"(^```.*?^```$)", text, flags=re.MULTILINE | re.DOTALL):
        if block.startswith("```"):
            parts.append(REMARKS.sub("", block))
        else:
            parts += PART.findall(block)
    return parts


PART = re.compile(r"^#+(?= )|^\|(?: `[^`]+`)?(?= )|^\d+\.(?= )|^-(?= )|(?<=\]\()[^)]+", re.MULTILINE)
REMARKS = re.compile(r"(?:^| +)# (?:(?:ends with|kết thúc với) (?=\d+$)|.*$)", re.MULTILINE)
"""Behind a command or a setting, or alone: words, but for the number with which a command ends."""


@pytest.mark.parametrize("name", TRANSLATED)
def test_both_languages_have_the_same_headings_commands_and_links(name):
    other, page = ((DOCS / each).read_text(encoding="utf-8") for each in (name.replace(".vi.md", ".md"), name))

    assert outline(page) == outline(other)


def test_what_a_newcomer_and_an_officer_read_is_in_vietnamese_with_its_marks():
    assert {f"tutorials/{name}.vi.md" for name in TUTORIALS} < {*TRANSLATED}
    assert {"index.vi.md", "installation.vi.md", "howto/officer.vi.md"} < {*TRANSLATED}
    for name in ("commands", "desk", "digests", "glossary", "reading", "shelf", "sources", "themes"):
        assert f"{name}.vi.md" in TRANSLATED
    for name in TRANSLATED:
        prose = re.sub(r"```.*?```|`[^`]*`|\([^)]*\)", "", (DOCS / name).read_text(encoding="utf-8"), flags=re.DOTALL)
        letters = [letter for letter in prose if letter.isalpha()]
        assert sum(not letter.isascii() for letter in letters) > len(letters) / 6, name


def test_all_that_the_commands_say_is_in_vietnamese_in_the_reference():
    """``tools/reference.vi.toml`` has it, by what the commands say in English; ``make reference`` prints it."""
    asked = set()

    class Asked(dict):
        def get(self, key, default):
            asked.add(key)
            return default

    reference(VIETNAMESE._replace(texts=Asked()))

    assert asked == {*VIETNAMESE.texts}
