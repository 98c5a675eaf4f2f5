"""The errors that stop a command, and the exit code of each.

::

    PublisherError              exit 1   never raised itself
    ├── InputError              exit 3   a source is missing, empty, not text, or holds no article
    │   └── DefectError                  it made our own code or a library fail, or ran past a limit
    │       └── UnthemedError            some articles cannot be set, and others can
    ├── ThemeError              exit 4   a theme is unknown, incomplete, or its template is broken
    ├── OptionError             exit 2   an option's value is not one the command or the theme takes
    ├── OutputError             exit 5   the result cannot be written where it was asked for
    ├── RenderingError          exit 6   the engine failed, ran out of time or out of memory
    │   └── DocumentError                over one document, whose articles may be to blame
    ├── StrictError             exit 7   ``--strict`` was given and there were problems
    ├── CheckError              exit 8   ``check`` found something at error level, or the doctor what failed
    ├── ConfigError             exit 9   a digest's settings cannot be used (the message names file and line)
    ├── DeliveryError           exit 10  an issue is published and could not be sent to everybody
    ├── LockedError             exit 11  another run is at work on the same shelf
    └── LateError               exit 12  a digest's run took longer than it may

Odd content is not an error: it is a ``Problem`` (``publisher.model``), a value that travels with the article, and the
work goes on. An error means that the thing asked for cannot be done at all.

A message is one line: *what happened to which thing: why. What to do.* None names an option: the command
line does.
"""

import difflib
from collections.abc import Iterable, Mapping

__all__ = [
    "CheckError",
    "ConfigError",
    "DefectError",
    "DeliveryError",
    "DocumentError",
    "InputError",
    "LateError",
    "LockedError",
    "OptionError",
    "OutputError",
    "PublisherError",
    "RenderingError",
    "StrictError",
    "ThemeError",
    "UnthemedError",
    "near_match",
]


class PublisherError(Exception):
    """The root of all errors raised on purpose; ``exit_code`` is what the process returns.

    As a string it is the whole line. ``code`` is given where whoever speaks to the user has words of its own for the
    mistake, such as the name of an option: a stable word, by which ``publisher.cli.flags`` finds them. ``subject`` is
    what it happened to, and ``hint`` what to do, as part of a sentence.
    """

    exit_code = 1

    def __init__(
        self, message: str = "", *, code: str | None = None, subject: str | None = None, hint: str | None = None
    ) -> None:
        super().__init__(message)
        self.code = code
        self.subject = subject
        self.hint = hint

    def __str__(self) -> str:
        message = super().__str__()
        return f"{message}. {self.hint}" if self.hint else message


class InputError(PublisherError):
    """A source cannot be used: missing, empty, not text, or without an article."""

    exit_code = 3


class DefectError(InputError):
    """A source or a picture brought out a defect, ours or a library's, or takes more time or memory than it may."""


class UnthemedError(DefectError):
    """Articles that a theme cannot be filled with, though it can with others: why, by their ids in the issue."""

    def __init__(self, reasons: Mapping[str, str]) -> None:
        super().__init__(next(iter(reasons.values())))
        self.reasons = reasons


class ThemeError(PublisherError):
    """A theme cannot be used: unknown, incomplete, or broken (the message names file and line)."""

    exit_code = 4


class OptionError(PublisherError):
    """An option's name or value is not one that the command or the theme takes."""

    exit_code = 2


class OutputError(PublisherError):
    """The result cannot be written: no permission, no space, or a suffix that names no format."""

    exit_code = 5


class RenderingError(PublisherError):
    """The engine gave no result: it failed, ran past its deadline, or past its memory. Or the machine has no more."""

    exit_code = 6


class DocumentError(RenderingError):
    """The engine failed over one document of several; ``document`` is its name."""

    def __init__(self, message: str, document: str) -> None:
        super().__init__(message)
        self.document = document


class StrictError(PublisherError):
    """Problems were found and ``--strict`` turns them into a failure."""

    exit_code = 7


class CheckError(PublisherError):
    """A checked file has findings at error level, or a digest parts that failed; they have been printed."""

    exit_code = 8


class ConfigError(PublisherError):
    """A digest's settings cannot be used; the message names file and line."""

    exit_code = 9


class DeliveryError(PublisherError):
    """An issue is published and could not be sent to everybody; the next run tries again."""

    exit_code = 10


class LockedError(PublisherError):
    """Another run is at work on the same shelf."""

    exit_code = 11


class LateError(PublisherError):
    """A digest's run took longer than its settings let it; the next one goes on."""

    exit_code = 12


def near_match(name: str, known: Iterable[str]) -> str:
    """The part of a message that helps after a name was not found: the near match, else all that exist."""
    known = sorted(known)
    close = difflib.get_close_matches(name, known, n=1)
    if close:
        return f"Did you mean {close[0]!r}?"
    return f"There is: {', '.join(known)}." if known else "There is none."
