"""All that is printed, here alone: other people's words never steer a terminal.

The result of a command goes to standard output, all else to standard error.
"""

import os
import sys
from collections.abc import Iterable

import click

from publisher.model import Problem, to_json
from publisher.model.blocks import Value
from publisher.model.characters import admit, shown

SHOWN_PROBLEMS = 20
"""More would push the result off the screen; ``publisher read --format json`` has them all."""


def say(*lines: str) -> None:
    """Print lines of the result."""
    for line in lines:
        click.echo(shown(line))


def say_json(value: Value) -> None:
    """Print a value as a line of JSON."""
    say(to_json(admit(value)[0]))


def tell(*lines: str) -> None:
    """Print lines about the work on standard error."""
    for line in lines:
        click.echo(shown(line), err=True)


def show_problems(problems: Iterable[Problem]) -> None:
    """Print problems on standard error, one a line."""
    found = list(problems)
    tell(*(f"problem: {problem}" for problem in found[:SHOWN_PROBLEMS]))
    if len(found) > SHOWN_PROBLEMS:
        tell(f"problem: and {len(found) - SHOWN_PROBLEMS} more")


class ProgressLine:
    """One line on the terminal that says what is being done; nothing where there is no terminal."""

    def __init__(self) -> None:
        self._visible = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._width = 0

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Show that ``done`` of ``total`` things are done in this stage."""
        if self._visible:
            filled = round(20 * done / total)
            self._show(f"{stage:8} [{'#' * filled}{'-' * (20 - filled)}] {done}/{total}")

    def clear(self) -> None:
        """Remove the line."""
        if self._visible:
            self._show("")
            click.echo("\r", nl=False, err=True)

    def _show(self, line: str) -> None:
        click.echo(f"\r{shown(line).ljust(self._width)}", nl=False, err=True)
        self._width = len(line)
