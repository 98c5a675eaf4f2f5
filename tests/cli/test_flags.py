"""Errors in the words of the command line."""

import ast
import functools
import re
from pathlib import Path

import pytest

from publisher.cli.flags import WORDED, worded
from publisher.errors import ConfigError, OptionError, OutputError

PACKAGE = Path(__file__).parents[2] / "publisher"
FLAG = re.compile(r"(?:^|\s)(--[a-z][a-z-]+|-o)(?=[\s.,:]|$)")

SAID_ELSEWHERE = {
    ("automation/digest/outcome.py", "--week"): "the end of a run goes into the ledger as it is printed",
    ("model/formats.py", "--format"): "advice names a whole command, whose output is a source",
    ("reading/given/articles.py", "--format"): "the same",
    ("theming/starter.py", "--set"): "a comment in a new theme's settings, for who edits them",
    (
        "automation/shelf/serving.py",
        "--name",
    ): "whoever asks for a page reads it, and whoever serves the shelf mends it",
}


@functools.cache
def nodes_of(path: Path) -> tuple[ast.AST, ...]:
    """The syntax of a module, all of it."""
    return tuple(ast.walk(ast.parse(path.read_text())))


def sentences(path: Path) -> list[str]:
    """The strings of a module that are no docstrings, those in pieces as one, and no arguments of other programs."""
    documenting = {id(node.value) for node in nodes_of(path) if isinstance(node, ast.Expr)}
    texts = []
    for node in nodes_of(path):
        if isinstance(node, ast.JoinedStr):
            texts.append("".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documenting:
            texts.append(node.value)
    return [text for text in texts if " " in text.strip()]


def test_nothing_but_the_command_line_speaks_of_its_options() -> None:
    spoken = {
        (path.relative_to(PACKAGE).as_posix(), flag)
        for path in PACKAGE.rglob("*.py")
        if not path.is_relative_to(PACKAGE / "cli")
        for text in sentences(path)
        for flag in FLAG.findall(text)
    }

    assert spoken == SAID_ELSEWHERE.keys()


def test_every_code_is_one_that_an_error_has() -> None:
    given = {
        keyword.value.value
        for path in PACKAGE.rglob("*.py")
        if path.name != "library.py"  # What it refuses no command asks for.
        for node in nodes_of(path)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "").endswith("Error")
        for keyword in node.keywords
        if keyword.arg == "code" and isinstance(keyword.value, ast.Constant)
    }

    assert given == WORDED.keys()


@pytest.mark.parametrize(
    ("error", "line"),
    [
        pytest.param(OptionError("it is odd"), "it is odd", id="plain"),
        pytest.param(OptionError("it is odd", hint="Mend it"), "it is odd. Mend it", id="with a hint"),
        pytest.param(
            OptionError("a mark", code="unknown-mark", subject="'crops'", hint="Did you mean 'crop'?"),
            "--marks does not know 'crops'. Did you mean 'crop'?",
            id="subject and hint",
        ),
        pytest.param(
            ConfigError("cannot read the settings a.toml: no such file", code="no-settings", hint="Name another"),
            "cannot read the settings a.toml: no such file. "
            "Name a digest.toml, or make one with publisher digest --init.",
            id="message",
        ),
        pytest.param(
            OutputError("cannot serve at {x}, port 1", code="cannot-serve"),
            "cannot serve at {x}, port 1. Choose another --port or --host.",
            id="braces",
        ),
        pytest.param(
            OptionError("no profile", code="no-output-profile", hint="Name one"),
            "no output profile for --print is installed here. Give the press's own with --output-profile FILE.icc,"
            " or install one (Debian: libgs-common)",
            id="whole",
        ),
        pytest.param(
            OptionError("several", code="corrections-of-several", subject="2", hint="Put each one's beside it"),
            "--corrections is for one source, and there are 2. Put each one's beside it",
            id="corrections",
        ),
    ],
)
def test_an_error_is_said_in_the_words_of_the_command_line(error: OptionError, line: str) -> None:
    assert worded(error) == line
