"""All that is printed, here alone: other people's words never steer a terminal.

The result of a command goes to standard output, all else to standard error.
"""

import os
import sys
from collections.abc import Iterable
from types import MappingProxyType

import click

from publisher.model import Problem, to_json
from publisher.model.blocks import Value
from publisher.model.characters import admit, shown

FEW = 3
"""Of more lines of one code than that, one line is made: they would push the result off the screen."""

SEVERAL = MappingProxyType(
    {
        "cut-short": "sources and lines were read in part",
        "duplicate-article": "articles came twice",
        "headlines-only": "pages hold headlines alone",
        "inferred-date": "dates have no year",
        "long-address": "addresses are too long for a code",
        "missing-glyph": "characters are in no font",
        "missing-picture": "pictures are missing",
        "no-article": "sources hold no article",
        "no-headline": "articles have no headline",
        "no-text": "pages hold no text",
        "paywalled": "articles break off",
        "picture-failed": "pictures cannot be decoded",
        "reader-failed": "sources made their reader fail",
        "stale-correction": "corrections fit no more",
        "summary-only": "articles are summaries alone",
        "theming-failed": "articles could not be set",
        "unsafe-link": "links were removed",
        "unused-picture": "pictures are not used",
        "withheld-source": "sources were kept back",
    }
)
"""After a number, what many problems of one code have in common; of any other code they are of one kind."""


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
    """Print problems on standard error, grouped; JSON and proofs have them all."""
    tell(*(f"problem: {line}" for line in grouped((problem.code, str(problem)) for problem in problems)))


def grouped(said: Iterable[tuple[str | None, str]]) -> list[str]:
    """Lines for sayings, each given with its code: as they are where a code has few of them, else one that counts them.

    It names the first few. Codes stand in the order of their first sayings, what has no code in its place among them.
    """
    groups: dict[str, list[str]] = {}
    for number, (code, text) in enumerate(said):
        groups.setdefault(code or f" {number}", []).append(text)
    lines: list[str] = []
    for code, texts in groups.items():
        if len(texts) <= FEW:
            lines += texts
        else:
            first = "; ".join(text.removesuffix(f" [{code}]") for text in texts[:FEW])
            what = SEVERAL.get(code, "of one kind")
            lines.append(f"{len(texts)} {what}: {first}; and {len(texts) - FEW} more [{code}]")
    return lines


class ProgressLine:
    """One line on the terminal that says what is being done; nothing where there is no terminal."""

    def __init__(self, *, visible: bool = True) -> None:
        self._visible = visible and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
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
