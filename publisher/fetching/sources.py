"""References become sources: files, folders, standard input."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from publisher.errors import InputError
from publisher.fetching.files import read_stream, reason
from publisher.fetching.folders import MEDIA_TYPES, article_files, media_type_for, sibling_hint
from publisher.model import Source

STANDARD_INPUT = "-"
"""The reference that stands for standard input."""

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


def load(references: Sequence[str], stdin: BinaryIO | None = None) -> tuple[Source, ...]:
    """The sources that the references name, in the order given; a folder stands for its ``article_files``.

    Never empty. The suffix decides the media type (``MEDIA_TYPES``); a file named by itself with any other suffix is
    plain text, and so is ``stdin``. Each source holds at most ``LIMIT_BYTES``; an empty one is left to the reader.

    Raises ``InputError`` for the first reference that is missing, unreadable, too large, an address, or a folder
    without articles.
    """
    if not references:
        raise InputError(
            "there is nothing to read: no source was named. Name a file, a folder, or - for standard input."
        )
    if list(references).count(STANDARD_INPUT) > 1:
        raise InputError("cannot read standard input twice: it is used up after the first time. Name - once.")
    return tuple(source for reference in references for source in _sources(reference, stdin))


def _sources(reference: str, stdin: BinaryIO | None) -> Iterator[Source]:
    if reference == STANDARD_INPUT:
        yield _standard_input(stdin)
    elif not reference:
        raise InputError("cannot read a source without a name. Name a file, a folder, or - for standard input.")
    elif _ADDRESS.match(reference):
        raise InputError(
            f"cannot read {reference!r}: addresses are not fetched. Save the page as text and name the file."
        )
    elif _is_folder(reference):
        yield from _folder(reference)
    else:
        yield _file(reference, media_type_for(reference) or "text/plain")


def _standard_input(stdin: BinaryIO | None) -> Source:
    if stdin is None:
        raise InputError("cannot read standard input: there is none. Name a file or a folder.")
    return Source(name=STANDARD_INPUT, data=_read(stdin, "standard input"))


def _folder(reference: str) -> Iterator[Source]:
    paths = article_files(Path(reference))
    if not paths:
        why = "none of its files is an article" if any(Path(reference).iterdir()) else "it is empty"
        raise InputError(
            f"cannot read the folder {reference!r}: {why}. Articles are files that end in {', '.join(MEDIA_TYPES)}."
        )
    for path in paths:
        yield _file(str(path), media_type_for(path.name) or "text/plain")


def _file(name: str, media_type: str) -> Source:
    if not name.isascii() and not _is_unicode(name):
        raise InputError(f"cannot read {name!r}: its name is not valid UTF-8. Rename it.")
    try:
        stream = Path(name).open("rb")  # noqa: SIM115 - opening and reading fail with different advice
    except OSError as error:
        raise InputError(f"cannot read {name!r}: {reason(error)}. {_advice(error, Path(name))}") from error
    with stream:
        return Source(name=name, data=_read(stream, repr(name)), media_type=media_type)


def _read(stream: BinaryIO, shown: str) -> bytes:
    try:
        return read_stream(stream)
    except InputError as error:
        raise InputError(f"cannot read {shown}: {error}. Split it into smaller sources.") from error
    except OSError as error:
        raise InputError(f"cannot read {shown}: {reason(error)}. Check the source.") from error


def _is_folder(reference: str) -> bool:
    """Whether the reference names a folder; what cannot even be looked at is no folder, and fails when it is opened."""
    try:
        return Path(reference).is_dir()
    except OSError:
        return False


def _is_unicode(name: str) -> bool:
    """Whether the system could decode the name; what it could not would fail later, where the name is shown."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _advice(error: OSError, path: Path) -> str:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return sibling_hint(path)
    if isinstance(error, PermissionError):
        return "Give yourself leave to read it."
    return "Check the name."
