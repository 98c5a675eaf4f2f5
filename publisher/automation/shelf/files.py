"""The files of a shelf's folder, by the address that a request gives: none hidden, none outside, no link followed."""

import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

from publisher.automation.shelf import atom, opds, opds2

_MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".epub": "application/epub+zip",
    ".gif": "image/gif",
    ".html": "text/html; charset=utf-8",
    ".jpg": "image/jpeg",
    ".json": "application/json",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml",
    ".zip": "application/zip",
}


def media_type_of(path: str) -> str:
    """What a file of a shelf, given by its path from the shelf's folder, is served as."""
    folder, _, name = path.rpartition("/")
    if path == opds.CATALOGUE:
        return opds.NAVIGATION
    if folder == opds.FOLDER:
        return opds.ACQUISITION
    if folder == opds2.FOLDER:
        return opds2.PUBLICATION if re.fullmatch(r"\d{4}-W\d\d\.json", name) else opds.OPDS_2
    if path == atom.FEED:
        return f"{atom.MEDIA_TYPE}; charset=utf-8"
    return _MEDIA_TYPES.get(Path(name).suffix.lower(), "application/octet-stream")


class GoneError(Exception):
    """There is nothing at that address, or nothing that is to be had."""


def parts_of(address: str) -> tuple[tuple[str, ...], bool]:
    """The names that a request's address is made of, and whether a slash ends it.

    GoneError for what could lead outside, or to what is hidden.
    """
    try:
        path = unquote(urlsplit(address).path, errors="strict")
    except (ValueError, UnicodeDecodeError):
        raise GoneError from None
    parts = tuple(path.strip("/").split("/")) if path.strip("/") else ()
    if not path.startswith("/") or any(not part or part.startswith(".") or "\0" in part for part in parts):
        raise GoneError
    return parts, path.endswith("/")


@contextmanager
def opened(folder: Path, parts: list[str]) -> Iterator[BinaryIO]:
    """The regular file, opened name by name so that no link on the way is followed. GoneError when there is none."""
    flags = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK
    try:
        at = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        for index, part in enumerate(parts):
            try:
                below = os.open(part, flags | (os.O_DIRECTORY if index < len(parts) - 1 else 0), dir_fd=at)
            finally:
                os.close(at)
            at = below
    except OSError:
        raise GoneError from None
    try:
        if not stat.S_ISREG(os.fstat(at).st_mode):
            raise GoneError
        with os.fdopen(at, "rb", closefd=False) as file:
            yield file
    finally:
        os.close(at)
