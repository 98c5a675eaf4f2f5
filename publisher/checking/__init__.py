"""Checking: a finished file, ours or anybody's, is looked at as its readers, archivists and printers will.

``pdf`` and ``epub`` find what is wrong with a file by themselves, which is to *look* at it: a step that takes nothing
but its bytes, so that it can be done in a process of its own. ``validators`` asks the judges that are installed, and
``judging`` makes findings of what they say.
"""

import contextlib
from collections.abc import Callable
from importlib import import_module
from typing import TypeAlias

from publisher.bulkhead import bulkhead
from publisher.checking.judging import findings_of_verdicts, verdicts_on
from publisher.checking.purposes import PURPOSES, Purpose
from publisher.checking.report import Report, in_order
from publisher.checking.validators import Validators, find_validators
from publisher.errors import DefectError, InputError, OptionError
from publisher.model import Look
from publisher.packages import with_extra
from publisher.seams import Keep, made_anew

__all__ = [
    "LIBRARIES",
    "PURPOSES",
    "Looker",
    "Purpose",
    "Report",
    "Validators",
    "check",
    "find_validators",
    "foresee",
    "load_rules",
    "look",
]

LIBRARIES = ("pikepdf",)
"""What the extra ``check`` brings."""

PDF_MARK_WITHIN_BYTES = 1024
"""How far into a file its mark may stand: programs put mail headers and spaces before it (ISO 32000-1, annex H)."""

Looker: TypeAlias = Callable[[bytes, str, frozenset[Purpose]], Look]
"""``look``, or something in its place: that looks in another process."""


def is_pdf(data: bytes) -> bool:
    """Whether a file bears the mark of a PDF."""
    return b"%PDF-" in data[:PDF_MARK_WITHIN_BYTES]


def load_rules() -> None:
    """Load what ``look`` takes, as it does by itself when it must: that takes longer than to look at a short file."""
    with contextlib.suppress(ModuleNotFoundError):  # It is said when it is missed.
        for module in ("pdf", "epub"):
            import_module(f"{__name__}.{module}")


def foresee(data: bytes, name: str, purposes: frozenset[Purpose] = frozenset(), keep: Keep = made_anew) -> None:
    """See parts of a file ahead of who looks at it at the same time in another process, and keep what is seen.

    Of an EPUB, which is soon looked at, nothing is. InputError when a PDF cannot be read.
    """
    if is_pdf(data):
        from publisher.checking.pdf import foresee_pages

        foresee_pages(data, name, purposes, keep)


def look(data: bytes, name: str, purposes: frozenset[Purpose] = frozenset(), keep: Keep = made_anew) -> Look:
    """What is found in a PDF or an EPUB by itself; ``keep`` may have what was found in parts of it.

    InputError when it is neither, or cannot be read.
    """
    try:
        if is_pdf(data):
            from publisher.checking.pdf import look_at_pdf

            return look_at_pdf(data, name, purposes, keep=keep)
        if data.startswith(b"PK\x03\x04"):
            from publisher.checking.epub import look_at_epub

            return look_at_epub(data, name, keep=keep)
    except ModuleNotFoundError as error:
        if error.name not in LIBRARIES:
            raise
        raise OptionError(
            f"cannot check {name}: {error.name} is not installed. Install {with_extra('check')}."
        ) from error
    what = "it is empty" if not data else "it is neither a PDF nor an EPUB"
    raise InputError(f"cannot check {name}: {what}. Name a finished file.")


def check(
    data: bytes,
    name: str,
    purposes: frozenset[Purpose] = frozenset(),
    validators: Validators | None = None,
    looker: Looker = look,
) -> Report:
    """All that is found in a PDF or an EPUB; ``validators`` are asked when given.

    The file's own claims say what it is for, besides ``purposes``. InputError when it is neither, or cannot be read;
    DefectError when it makes the check as a whole fail.
    """
    try:
        with bulkhead():
            seen = looker(data, name, purposes)
    except DefectError as error:
        raise DefectError(
            f"cannot check {name}: it makes the check fail ({error}). Report it, with the file."
        ) from error
    verdicts = verdicts_on(data, seen, validators) if validators else ()
    return Report(
        summary=seen.summary,
        findings=in_order((*seen.findings, *findings_of_verdicts(seen, verdicts))),
        is_open=any(verdict.is_open for verdict in verdicts),
    )
