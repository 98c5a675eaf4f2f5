"""References become sources: files, folders, standard input, web addresses."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

from publisher.bulkhead import bulkhead
from publisher.errors import DefectError, InputError
from publisher.fetching.files import read_stream, reason
from publisher.fetching.folders import Refuse, article_files, refuse_all
from publisher.fetching.media import MEDIA_TYPES, media_type_for, media_type_of, served_charset, served_media_type
from publisher.fetching.web import Web
from publisher.model import Source
from publisher.model.formats import TEXT, unread_for
from publisher.opening import open_fed
from publisher.siblings import sibling_hint

STANDARD_INPUT = "-"
"""The reference that stands for standard input."""

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_NEARLY_ADDRESS = re.compile(r"(?:https?[:/]+)?(?=www\.)|https?[:/]+", re.IGNORECASE)
"""How an address begins that lacks its scheme or a part of it: what stands for that."""


def load(
    references: Sequence[str], stdin: BinaryIO | None = None, web: Web | None = None, refuse: Refuse = refuse_all
) -> tuple[Source, ...]:
    """The sources that the references name, in the order given; a folder stands for its ``article_files``.

    Never empty. The suffix decides the media type (``MEDIA_TYPES``); of a file with any other suffix and of ``stdin``
    the beginning does, and of a page on the web what the server says. Without ``web``, none is fetched. Each source
    holds at most ``LIMIT_BYTES``; an empty one is left to the reader.

    Raises ``InputError`` for the first reference that is missing, unreadable, too large, an address that cannot be
    fetched, or a folder without articles. Of a file in a folder that cannot be used ``refuse`` is told instead.
    """
    if not references:
        raise InputError(
            "there is nothing to read: no source was named. Name a file, a folder, or - for standard input."
        )
    if list(references).count(STANDARD_INPUT) > 1:
        raise InputError("cannot read standard input twice: it is used up after the first time. Name - once.")
    return tuple(source for reference in references for source in _sources(reference, stdin, web, refuse))


def is_address(reference: str) -> bool:
    """Whether a reference is an address on some network, and no file's name."""
    return _ADDRESS.match(reference) is not None


def _sources(reference: str, stdin: BinaryIO | None, web: Web | None, refuse: Refuse) -> Iterator[Source]:
    if reference == STANDARD_INPUT:
        yield _standard_input(stdin)
    elif not reference:
        raise InputError("cannot read a source without a name. Name a file, a folder, or - for standard input.")
    elif is_address(reference):
        yield _page(reference, web)
    elif _is_folder(reference):
        yield from _folder(reference, refuse)
    else:
        yield _file(reference)


def _page(reference: str, web: Web | None) -> Source:
    if web is None:
        raise InputError(
            f"cannot read {reference!r}: addresses are not fetched. Save the page as text and name the file."
        )
    try:
        fetched = web.get(reference)
        media_type = served_media_type(fetched.content_type, urlsplit(fetched.url).path, fetched.data)
        if media_type is None:
            if unread := unread_for(fetched.data):
                raise InputError(f"it is {unread.name}, which is not read. {unread.advice}")
            raise InputError(
                f"the server says it is {(fetched.content_type or 'nothing')[:60]}, which holds no article"
            )
    except InputError as error:
        raise InputError(f"cannot read {reference!r}: {error}.") from error
    return Source(
        name=reference,
        data=fetched.data,
        media_type=media_type,
        charset=served_charset(fetched.content_type),
        url=fetched.url,
        retrieved=fetched.retrieved,
    )


def _standard_input(stdin: BinaryIO | None) -> Source:
    if stdin is None:
        raise InputError("cannot read standard input: there is none. Name a file or a folder.")
    data = _read(stdin, "standard input")
    return Source(name=STANDARD_INPUT, data=data, media_type=media_type_of(data) or TEXT)


def _folder(reference: str, refuse: Refuse) -> Iterator[Source]:
    refused: list[InputError] = []

    def note(error: InputError, name: str) -> None:
        refuse(error, name)
        refused.append(error)

    paths = article_files(Path(reference), note)
    if not paths and not refused:
        why = "none of its files is an article" if any(Path(reference).iterdir()) else "it is empty"
        raise InputError(
            f"cannot read the folder {reference!r}: {why}. Articles are files that end in {', '.join(MEDIA_TYPES)}."
        )
    had = 0
    for path in paths:
        try:
            with bulkhead():
                source = _file(str(path))
        except DefectError as error:
            note(InputError(f"cannot read {str(path)!r}: {error}. Report it together with the file"), path.name)
        except InputError as error:
            note(error, path.name)
        else:
            had += 1
            yield source
    if not had:
        raise refused[0]


def _file(name: str) -> Source:
    if not name.isascii() and not _is_unicode(name):
        raise InputError(f"cannot read {name!r}: its name is not valid UTF-8. Rename it.")
    try:
        stream = open_fed(Path(name))
    except OSError as error:
        raise InputError(f"cannot read {name!r}: {reason(error)}. {_advice(error, Path(name))}") from error
    with stream:
        data = _read(stream, repr(name))
    return Source(name=name, data=data, media_type=media_type_for(name) or media_type_of(data) or TEXT)


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
        nearly = _NEARLY_ADDRESS.match(str(path))
        return f"If it is an address: https://{str(path)[nearly.end() :]}" if nearly else sibling_hint(path)
    if isinstance(error, PermissionError):
        return "Give yourself leave to read it."
    return "Check the name."
