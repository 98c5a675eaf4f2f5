"""How much a command that makes files says: the options ``-q``, ``-v`` and ``--json``."""

import functools
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

import click

from publisher.cli.options import Command
from publisher.cli.origins import given_elsewhere
from publisher.cli.terminal import ProgressLine, say, say_json, show_problems, tell
from publisher.counting import counted
from publisher.errors import OptionError
from publisher.model import Problem, Written
from publisher.model.blocks import Value

if TYPE_CHECKING:
    from publisher.pipeline import Published


class MadeFile(Value, frozen=True, kw_only=True):
    """One file that was written."""

    path: str
    format: Literal["pdf", "epub"]
    bytes: int
    pages: int | None
    """Of a PDF."""

    changes: tuple[str, ...]
    """What an e-book for a reader has differently from the generic one, in words."""


class Made(Value, frozen=True, kw_only=True):
    """What ``--json`` prints of a making: one line on standard output."""

    schema: Literal[1] = 1
    """Changes when a program that reads it would have to."""

    title: str | None
    number: str | None
    articles: int
    files: tuple[MadeFile, ...]
    problems: tuple[Problem, ...]
    """All of them, each by itself."""


class Voice(Value, frozen=True, kw_only=True):
    """How what was made is told."""

    quiet: bool = False
    """Nothing but errors."""

    verbose: bool = False
    """Each problem by itself, each stage with the time it took, and which options were given elsewhere."""

    as_json: bool = False
    """A summary in place of the names of the files."""

    def begin(self, context: click.Context) -> "ProgressLine | StageLines":
        """What is to be told of the stages."""
        if not self.verbose:
            return ProgressLine(visible=not self.quiet)
        tell(*(f"option: {line}" for line in given_elsewhere(context)))
        return StageLines()

    def end(self, made: "Published") -> None:
        """Tell what was made."""
        if self.verbose:
            tell(*(f"problem: {problem}" for problem in made.problems))
        elif not self.quiet and not self.as_json:
            show_problems(made.problems)
        if self.as_json:
            say_json(made_of(made))
        elif not self.quiet:
            say(*lines_of(made.written))


class StageLines:
    """A line for each stage that is over, with the time it took."""

    def __init__(self) -> None:
        self._since = time.monotonic()

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Hear that ``done`` of ``total`` things are done in this stage."""
        if done == total:
            now = time.monotonic()
            tell(f"{stage}: {total} ({now - self._since:.1f} s)")
            self._since = now

    def clear(self) -> None:
        """Leave the lines where they are."""


def telling_options(command: Command) -> Command:
    """Add ``-q``, ``-v`` and ``--json``: given as one ``voice``."""

    @click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
    @click.option(
        "-v", "--verbose", is_flag=True, help="Tell each problem by itself, and each step with the time it took."
    )
    @click.option("--json", "as_json", is_flag=True, help="What was made, and all problems, as one line of JSON.")
    @functools.wraps(command)
    def with_voice(*args: Any, quiet: bool, verbose: bool, as_json: bool, **kwargs: Any) -> Any:
        if quiet and verbose:
            raise OptionError("--quiet and --verbose exclude each other. Give one of them.")
        return command(*args, voice=Voice(quiet=quiet, verbose=verbose, as_json=as_json), **kwargs)

    return cast(Command, with_voice)


def made_of(made: "Published") -> Made:
    """What was made, for programs."""
    files = tuple(
        MadeFile(
            path=str(path),
            format="pdf" if written.page_count else "epub",
            bytes=len(written.data),
            pages=written.page_count or None,
            changes=tuple(change.what for change in written.changes),
        )
        for path, written in made.written.items()
    )
    issue = made.issue
    return Made(
        title=issue.title, number=issue.number, articles=len(issue.articles), files=files, problems=made.problems
    )


def lines_of(files: Mapping[Path, Written]) -> Iterable[str]:
    """What was made, a line a file, for people."""
    for path, written in files.items():
        pages = f"{counted(written.page_count, 'page')}, " if written.page_count else ""
        changes = "; ".join(change.what for change in written.changes)
        yield f"{path} ({pages}{max(1, round(len(written.data) / 1000))} kB){': ' if changes else ''}{changes}"
