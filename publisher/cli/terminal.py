"""What a person at a terminal sees besides the result, on standard error: problems and progress."""

import os
import sys
from collections.abc import Iterable

import click

from publisher.model import Problem

SHOWN_PROBLEMS = 20
"""More would push the result off the screen; ``publisher read --format json`` has them all."""


def show_problems(problems: Iterable[Problem]) -> None:
    """Print problems on standard error, one a line."""
    found = list(problems)
    for problem in found[:SHOWN_PROBLEMS]:
        click.echo(f"problem: {problem}", err=True)
    if len(found) > SHOWN_PROBLEMS:
        click.echo(f"problem: and {len(found) - SHOWN_PROBLEMS} more", err=True)


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
        click.echo(f"\r{line.ljust(self._width)}", nl=False, err=True)
        self._width = len(line)
