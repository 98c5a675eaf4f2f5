"""Bytes from an open file or a path, never more than the limit."""

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

from publisher.errors import InputError
from publisher.opening import READING_FLAGS, WAITING_FLAGS, open_fed
from publisher.siblings import near_sibling

LIMIT_BYTES = 32 * 1024 * 1024
"""The most that one source or one picture may hold. A saved page has some 0.1 MiB, a camera's photograph 5 to 20."""

_REASONS = {
    errno.EPIPE: "nobody writes into the pipe",
    errno.ENXIO: "it is a socket",
    errno.EACCES: "permission denied",
    errno.EISDIR: "it is a folder",
    errno.ELOOP: "its links lead round in a circle",
    errno.ENAMETOOLONG: "the name is too long",
    errno.ENOENT: "there is no such file",
    errno.ENOTDIR: "there is no such file",
    errno.EPERM: "permission denied",
}


def reason(error: OSError) -> str:
    """Why the system refused, as part of a sentence. The system's own words stand in the user's locale; ours do not."""
    name = errno.errorcode.get(error.errno or 0, "no reason given")
    return _REASONS.get(error.errno or 0, f"the system reports {name}")


def read_stream(stream: BinaryIO) -> bytes:
    """All that is left of the stream.

    Raises ``InputError`` with the bare reason above ``LIMIT_BYTES``; lets the system's ``OSError`` pass.
    """
    data = stream.read(LIMIT_BYTES + 1)
    if len(data) > LIMIT_BYTES:
        raise InputError(f"it is larger than {LIMIT_BYTES // 1024**2} MiB")
    return data


def read_regular(path: Path) -> bytes:
    """The bytes of a regular file, no link, no device. Raises ``InputError`` with the bare reason.

    Opened without blocking and looked at once open: a pipe under a picture's name must not hang the build.
    """
    try:
        descriptor = os.open(path, READING_FLAGS | WAITING_FLAGS | getattr(os, "O_NOFOLLOW", 0))
        with os.fdopen(descriptor, "rb") as stream:
            if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                raise InputError("it is not a regular file")
            return read_stream(stream)
    except OSError as error:
        raise InputError(reason(error)) from error


def read_beside(path: Path, what: str) -> bytes | None:
    """The bytes of a file that may stand beside a source; ``None`` when none does.

    It was not named, so it must be a regular file and no link. Raises ``InputError``.
    """
    if not os.path.lexists(path):
        return None
    try:
        if path.is_symlink():
            raise InputError("it is a link")
        return read_regular(path)
    except InputError as error:
        raise InputError(f"cannot read the {what} {str(path)!r}: {error}. Mend or remove it.") from error


def read_settings(path: Path, what: str) -> bytes:
    """The bytes of a file that says how to work, such as an outlet's profile; ``what`` it is, for the message.

    Links are followed: the user named the file, or keeps it in a folder of their own. Raises ``InputError``.
    """
    try:
        with open_fed(path) as stream:
            return read_stream(stream)
    except (OSError, InputError) as error:
        why = reason(error) if isinstance(error, OSError) else error
        raise InputError(
            f"cannot read the {what} {str(path)!r}: {why}. {near_sibling(path, 'Check the name.')}"
        ) from error
