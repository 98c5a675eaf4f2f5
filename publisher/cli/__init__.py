"""The command line: parse, call the pipeline, print. Nothing imports it.

Here alone the clock and the environment are read. Each command is a module; what they share is in ``options``.
"""

import atexit
import contextlib
import gc
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import click

from publisher import __version__
from publisher.bulkhead import last_bulkhead
from publisher.cli.archive import archive
from publisher.cli.brief import brief
from publisher.cli.check import check
from publisher.cli.commands import Group
from publisher.cli.compile import compile_
from publisher.cli.defaults import KEPT, Defaults
from publisher.cli.desk import desk
from publisher.cli.digest import digest
from publisher.cli.flags import worded
from publisher.cli.formats import formats
from publisher.cli.origins import name_variables
from publisher.cli.read import read
from publisher.cli.schema import schema
from publisher.cli.shelf import shelf
from publisher.cli.terminal import tell
from publisher.cli.themes import themes
from publisher.cli.usage import told
from publisher.cli.verify import verify
from publisher.errors import PublisherError, RenderingError

COMPLETING = "_PUBLISHER_COMPLETE"
"""The variable by which a shell asks what to offer."""

INTERRUPTED = 130
"""128 and the signal's number, as shells have it."""

OUT_OF_MEMORY = "there is not enough memory; nothing was left half-written. Give fewer sources, or free some"


class Failure(click.ClickException):
    """An error on its way out: one line, and its exit code."""

    def __init__(self, line: str, exit_code: int) -> None:
        super().__init__(line)
        self.exit_code = exit_code  # type: ignore[misc]  # click reads it from the instance

    def show(self, file: Any = None) -> None:
        """Print the line on standard error."""
        tell(f"publisher: {self.format_message()}")


class Commands(Group):
    """A group that turns our errors into lines and exit codes."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """The context of the words typed."""
        with _in_one_line():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, context: click.Context) -> Any:
        """Run the command."""
        try:
            with _in_one_line(), _our_faults_told():
                return super().invoke(context)
        except PublisherError as error:
            raise Failure(": ".join((*getattr(error, "__notes__", ()), worded(error))), error.exit_code) from error
        except MemoryError as error:
            raise Failure(OUT_OF_MEMORY, RenderingError.exit_code) from error
        except KeyboardInterrupt:
            tell("publisher: interrupted; nothing was left half-written")
            raise SystemExit(INTERRUPTED) from None


@contextlib.contextmanager
def _our_faults_told() -> Iterator[None]:
    """DefectError for what nobody expected; what click raises to end a command is expected."""
    ended: click.ClickException | click.exceptions.Exit | click.Abort | None = None
    with last_bulkhead():
        try:
            yield
        except (click.ClickException, click.exceptions.Exit, click.Abort) as error:
            ended = error
    if ended is not None:
        raise ended


@contextlib.contextmanager
def _in_one_line() -> Iterator[None]:
    """Have what was typed wrong told as all errors are; a command that lacks everything shows its help instead."""
    try:
        yield
    except click.exceptions.NoArgsIsHelpError:
        raise
    except click.UsageError as error:
        raise Failure(told(error), error.exit_code) from error


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="publisher")
@click.option(
    "--defaults",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A file of options that are not typed each time. Without it, defaults.toml in your own folder.",
)
@click.pass_context
def cli(context: click.Context, defaults: Path | None) -> None:
    """Turn scraped news text into print-ready PDF briefs and EPUB compilations.

    SOURCE is a file, a folder, a web address, or - for standard input.

    Each option can be given by a variable too, as PUBLISHER_BRIEF_THEME.
    """
    usual = Path(click.get_app_dir("publisher")) / "defaults.toml"
    if defaults or usual.exists():
        found = context.meta[KEPT] = Defaults(defaults or usual, cli)
        context.default_map = found.options


for command in (read, brief, compile_, desk, digest, check, verify, archive, shelf, themes, formats, schema):
    cli.add_command(command)
name_variables(cli)


_COLLECTED_AFTER = 50_000
"""Objects that are made before those are looked for that hold each other. An issue has many, and they stay: to look for
them as often as Python does by itself took a twelfth of a digest's time, and this takes 3 MiB."""


def main() -> None:
    """Run the command line; SIGTERM ends it as an exception would, so that what it started is cleaned up."""
    gc.set_threshold(_COLLECTED_AFTER)
    atexit.register(gc.freeze)  # Else all that there is would be looked at once more, when the process ends with it.
    signal.signal(signal.SIGTERM, _terminate)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")  # Whatever the locale: Vietnamese must come through.
    if COMPLETING in os.environ:
        import publisher.cli.completion  # noqa: F401 - it tells click of our bash
    cli(prog_name="publisher")


def _terminate(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)
