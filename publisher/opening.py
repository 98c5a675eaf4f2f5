"""Files that are opened for reading, so that what only looks like a file keeps nobody waiting."""

import errno
import os
import select
import stat
from pathlib import Path
from typing import BinaryIO

PATIENCE_S = 10.0
"""How long a pipe may take until something comes: a program that a shell puts into one has begun by then."""


WAITING_FLAGS = getattr(os, "O_NONBLOCK", 0)
"""By which opening waits for nobody; none where no file keeps one waiting."""

READING_FLAGS = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
"""How bytes are read that no program which is started inherits."""


def open_fed(path: Path) -> BinaryIO:
    """What a name leads to that the user gave: a file, a device, or a pipe into which somebody writes.

    OSError as the system has it, and EPIPE for a pipe that has nobody at its other end.
    """
    descriptor = _opened(path)
    if stat.S_ISFIFO(os.fstat(descriptor).st_mode) and hasattr(select, "poll"):
        poll = select.poll()
        poll.register(descriptor, select.POLLIN)
        if not poll.poll(PATIENCE_S * 1000):
            os.close(descriptor)
            raise OSError(errno.EPIPE, "nobody writes into the pipe", str(path))
    if WAITING_FLAGS:
        os.set_blocking(descriptor, True)
    return os.fdopen(descriptor, "rb")


def open_regular(path: Path) -> BinaryIO:
    """What a name leads to that somebody else gave: a file and nothing else.

    OSError as the system has it, and EINVAL for a pipe, a device or whatever else there is.
    """
    descriptor = _opened(path)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "it is not a regular file", str(path))
    return os.fdopen(descriptor, "rb")


def _opened(path: Path) -> int:
    return os.open(path, READING_FLAGS | WAITING_FLAGS)
