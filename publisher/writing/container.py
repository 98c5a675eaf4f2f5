"""The zip container of an e-book: the same members give the same bytes, whenever and wherever they are packed."""

import io
import re
import zipfile
from collections.abc import Iterable
from pathlib import PurePosixPath

from publisher.errors import RenderingError

__all__ = ["EPOCH", "is_safe_name", "pack"]

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip can hold; every member has it."""

MIMETYPE = "application/epub+zip"

_PERMISSIONS = 0o100644 << 16
"""A regular file, readable by all: the upper half of a member's external attributes."""

_UNIX = 3

_COMPRESSED_ALREADY = frozenset({".gif", ".jpeg", ".jpg", ".png", ".webp", ".woff", ".woff2"})
"""Deflating 100 JPEGs again costs as long as the rest of the book and saves under 1% of it."""

# ASCII letters, digits and the marks that every zip tool, file system and reading system leaves alone. A segment starts
# with a letter or a digit: neither a parent folder, nor a hidden file, nor an option of a command.
_SEGMENT = r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?"
_SAFE_NAME = re.compile(rf"{_SEGMENT}(?:/{_SEGMENT})*")
_LONGEST_NAME = 200


def is_safe_name(name: str) -> bool:
    """Whether a member's name is relative, ASCII, without ``..``, and free of what an unpacking tool may misread."""
    return len(name) <= _LONGEST_NAME and _SAFE_NAME.fullmatch(name) is not None


def pack(members: Iterable[tuple[str, bytes]]) -> bytes:
    """The members, in their order, as an EPUB container whose first member is ``mimetype``, stored.

    Times, permissions and the compression of each member depend on nothing but its name. Pictures and fonts that are
    compressed already are stored, the rest is deflated.

    Raises ``RenderingError`` for a name that is unsafe, or that a file system which folds case would take for another.

    Source: EPUB 3.3, section 4.2 (OCF ZIP container); APPNOTE.TXT 6.3.
    """
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(_member("mimetype", zipfile.ZIP_STORED), MIMETYPE)
        seen = {"mimetype"}
        for name, data in members:
            _claim(name, seen)
            archive.writestr(_member(name, _method(name)), data)
    return file.getvalue()


def _claim(name: str, seen: set[str]) -> None:
    """Add the name to those seen; two names that differ in case only overwrite each other on some readers."""
    if not is_safe_name(name):
        raise RenderingError(f"cannot pack {name!r} into the e-book: the name is unsafe. Use ASCII letters and digits.")
    if name.casefold() in seen:
        raise RenderingError(f"cannot pack {name!r} into the e-book: the name is taken. Give each file its own name.")
    seen.add(name.casefold())


def _method(name: str) -> int:
    stored = PurePosixPath(name).suffix.lower() in _COMPRESSED_ALREADY
    return zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED


def _member(name: str, method: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, date_time=EPOCH)
    info.compress_type = method
    info.create_system = _UNIX  # zipfile would write the system that it runs on
    info.external_attr = _PERMISSIONS
    return info
