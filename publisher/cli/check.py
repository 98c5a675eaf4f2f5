"""``publisher check``: what is wrong with a finished PDF or EPUB, ours or anybody's."""

import os
import stat
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click
import msgspec

from publisher.cli.commands import Command
from publisher.cli.options import confined
from publisher.cli.terminal import say, say_json, tell
from publisher.confinement.worker import Worker
from publisher.counting import counted, spelled
from publisher.errors import CheckError, InputError
from publisher.model import Finding, Severity
from publisher.siblings import near_sibling

if TYPE_CHECKING:
    from publisher.checking import Report

MAX_FILE_BYTES = 2 * 1024**3
"""A checked file is held in memory."""

PURPOSES = ("screen", "access", "archive", "press")


@click.command(cls=Command)
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@click.option(
    "--for",
    "purposes",
    multiple=True,
    type=click.Choice(PURPOSES),
    help="What a PDF is meant for, besides what it claims: then what hinders that is an error. May be repeated.",
)
@click.option("--json", "as_json", is_flag=True, help="The findings as JSON, one a line.")
@click.option(
    "--least",
    type=click.Choice(get_args(Severity)),
    default="note",
    show_default=True,
    help="The least severity to print.",
)
@click.option(
    "--validators/--no-validators",
    default=True,
    show_default=True,
    help="Whether to ask veraPDF, epubcheck and Ace where they are installed; they take seconds.",
)
@click.option("-q", "--quiet", is_flag=True, help="Print no findings: the exit code tells.")
@confined
def check(
    files: tuple[Path, ...],
    purposes: tuple[str, ...],
    as_json: bool,
    least: str,
    validators: bool,
    quiet: bool,
    worker: Worker,
) -> None:
    """Preflight finished PDFs and EPUBs, ours or anybody's.

    They are looked at as their readers, archives and presses will.

    \b
    publisher check brief.pdf
    publisher check week.pdf week.epub --least warning
    publisher check flyer.pdf --for press --json

    Exits with 8 when anything is found at error level, with 3 when a file cannot be read.
    """
    from publisher.checking import check as check_data
    from publisher.checking import find_validators
    from publisher.checking.report import report_lines

    found = find_validators(os.environ) if validators else None
    unreadable: list[InputError] = []
    errors: dict[Path, int] = {}
    looker = partial(worker.do, "look")
    for path in files:
        try:
            report = check_data(_data_of(path), str(path), frozenset(purposes), found, looker)  # type: ignore[arg-type]
        except InputError as error:
            if len(files) == 1:
                raise
            tell(f"publisher: {error}")
            unreadable.append(error)
            continue
        errors[path] = report.count("error")
        least_shown = _at_least(report, least)
        if quiet:
            continue
        if as_json:
            for finding in _named(least_shown.findings, path):
                say_json(finding)
        else:
            say(*report_lines(least_shown, str(path)))
    if unreadable:
        raise InputError(f"{len(unreadable)} of {counted(len(files), 'file')} could not be read")
    _fail_on(errors)


def _data_of(path: Path) -> bytes:
    """The file's bytes; InputError when it is missing, no regular file, or larger than memory allows."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            what = "it is a folder" if path.is_dir() else "it is no file"
            raise InputError(f"cannot check {path}: {what}. Name a PDF or an EPUB.")
        if status.st_size > MAX_FILE_BYTES:
            raise InputError(f"cannot check {path}: it has more than {MAX_FILE_BYTES // 1024**3} GiB. Split it.")
        return path.read_bytes()
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        hint = near_sibling(path, "Name a PDF or an EPUB.")
        raise InputError(f"cannot check {path}: {reason}. {hint}") from error


def _at_least(report: "Report", least: str) -> "Report":
    severities = get_args(Severity)
    wanted = severities[: severities.index(least) + 1]
    return msgspec.structs.replace(report, findings=tuple(each for each in report.findings if each.severity in wanted))


def _named(findings: Iterable[Finding], path: Path) -> Iterable[Finding]:
    """The findings, each with the file that it is of."""
    for finding in findings:
        where = msgspec.structs.replace(finding.where, file=str(path))
        yield msgspec.structs.replace(finding, where=where)


def _fail_on(errors: dict[Path, int]) -> None:
    faulty = {path: number for path, number in errors.items() if number}
    if faulty:
        path, number = next(iter(faulty.items()))
        more = len(faulty) - 1
        others = f", and {spelled(more, 'other file has', 'other files have')} some" if more else ""
        raise CheckError(f"{path} has {spelled(number, 'error')}{others}")
