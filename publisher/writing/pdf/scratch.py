"""A folder for what the engine writes on its way, which no kill leaves behind for good."""

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

try:
    import fcntl
except ModuleNotFoundError:  # Windows: what a killed process leaves there is the user's to remove.
    fcntl = None  # type: ignore[assignment]

_PREFIX = "publisher-pdf-"
_UNFINISHED = "publisher-new-"


class Scratch:
    """A new folder of this process's, until it is closed; whoever opens the next removes what a killed one left.

    A folder in use is locked, and the system lets go of locks with the process that holds them.
    """

    def __init__(self) -> None:
        self.path = Path(tempfile.mkdtemp(prefix=_UNFINISHED))
        self._lock: int | None = None
        if fcntl is not None:
            self._lock_in()

    def _lock_in(self) -> None:
        _sweep()
        fresh = self.path
        self._lock = os.open(fresh, os.O_RDONLY | os.O_DIRECTORY)
        fcntl.flock(self._lock, fcntl.LOCK_EX)
        # Under this name only now, that nobody may take it for left behind before it is locked.
        self.path = fresh.rename(fresh.with_name(fresh.name.replace(_UNFINISHED, _PREFIX)))

    def close(self) -> None:
        """Remove the folder with all that is in it."""
        shutil.rmtree(self.path, ignore_errors=True)
        if self._lock is not None:
            os.close(self._lock)


def _sweep() -> None:
    """Remove the folders of ours whose process is no more."""
    for path in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError):  # Locked, another user's, a link, or gone meanwhile.
            descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            try:
                if os.fstat(descriptor).st_uid == os.geteuid():
                    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    shutil.rmtree(path)
            finally:
                os.close(descriptor)
