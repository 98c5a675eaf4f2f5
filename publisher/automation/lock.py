"""One run at a time on a shelf. The lock is the kernel's: it ends with the process, however that ends."""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from publisher.errors import LockedError, OutputError

NAME = ".lock"


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the folder's lock, the folder made where it is missing.

    LockedError when another process holds it; OutputError when the folder cannot be made or written.
    """
    path = folder / NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # Not inherited by what a run starts: an engine that outlives its killed parent must not keep the lock.
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o644)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise OutputError(f"cannot work in the shelf {folder}: {reason}. Choose another or change it.") from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise LockedError(
                f"another run{_who(descriptor)} is at work on {folder}. Wait for it, or end it."
            ) from error
        with contextlib.suppress(OSError):  # A full disk is found out where it matters.
            os.truncate(descriptor, 0)
            os.write(descriptor, f"{os.getpid()}\n".encode())
        yield
    finally:
        os.close(descriptor)


def holder_of(folder: Path) -> str | None:
    """Who holds the folder's lock, as part of a sentence: `` (process 42)``; ``None`` when nobody does.

    Nothing is written. A run that begins in the very moment of asking finds the lock taken.
    """
    try:
        descriptor = os.open(folder / NAME, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
    except OSError:  # There is no lock yet, or none that a run could take: that is told of the shelf.
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return _who(descriptor)
    finally:
        os.close(descriptor)
    return None


def _who(descriptor: int) -> str:
    holder = os.read(descriptor, 20).decode("ascii", "replace").strip()
    return f" (process {holder})" if holder.isdigit() else ""
