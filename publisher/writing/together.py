"""Many files into one folder at the cost of one: all have reached the disk before the first of them has its name."""

import contextlib
import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Self

from publisher.confinement.kernel import sync_file_system
from publisher.errors import OutputError
from publisher.writing.files import explain, holds, temporary_name, write_atomically

__all__ = ["Together", "write_together"]

_FEW = 8
"""So many files are sooner synced one by one than with all else that waits for the same disk."""


def write_together(folder: Path, files: Iterable[tuple[str, bytes]]) -> dict[str, bool]:
    """Put the bytes into the folder, which is there, unless they are; by each name whether that changed anything.

    1. What is new is written under names that nobody asks for.
    2. All of it reaches the disk.
    3. Each file gets its name in one step, with the mode of the one before.

    So each is whole or as it was before, as with ``write_atomically``, also when the process is killed or the machine
    loses power; after a kill ``remove_unfinished`` removes what has no name yet. OutputError when the disk refuses.
    """
    with Together(folder) as together:
        for name, data in files:
            together.add(name, data)
        return together.put()


class Together:
    """``write_together`` with time for other things between its first step, ``add``, and the others, ``put``.

    Use it as a context manager: of what was not put nothing is left when it is left. The errors are the same.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._changed: dict[str, bool] = {}
        self._unfinished: dict[Path, Path] = {}
        """What has no name yet, and which it is to have."""

        self._special: dict[Path, bytes] = {}
        self._stack = contextlib.ExitStack()

    def add(self, name: str, data: bytes) -> None:
        """Write the bytes under a name that nobody asks for, if there is anything to be changed."""
        path = self._folder / name
        with _explained(path, len(data)):
            self._changed[name] = not holds(path, data)
            if self._changed[name] and _is_special(path):
                self._special[path] = data
            elif self._changed[name]:
                temporary = self._folder / temporary_name()
                self._unfinished[temporary] = path
                _write(temporary, data, path)

    def sync(self) -> None:
        """Have what was added so far on the disk, for who has time for it: ``put`` then waits for little.

        What the disk refuses is told here and nowhere else: after an error nothing of it is to be put.
        """
        with _explained(self._folder, 0):
            _sync(list(self._unfinished), self._disk)

    def put(self) -> dict[str, bool]:
        """Have all on the disk, and give each file its name."""
        for path, data in self._special.items():
            write_atomically(path, data)
        last = next(reversed(self._unfinished.values()), self._folder)
        with _explained(last, 0):
            size = sum(temporary.stat().st_size for temporary in self._unfinished)
        with _explained(last, size):
            _sync(list(self._unfinished), self._disk)
        for temporary, path in list(self._unfinished.items()):
            with _explained(path, size):
                temporary.replace(path)
            del self._unfinished[temporary]
        with _explained(self._folder, size):
            if self._disk is not None:
                os.fsync(self._disk)
        return self._changed

    def __enter__(self) -> Self:
        with _explained(self._folder, 0):
            self._disk = self._stack.enter_context(_opened(self._folder))
        return self

    def __exit__(self, *exception: object) -> None:
        self._stack.close()
        for temporary in self._unfinished:
            temporary.unlink(missing_ok=True)


@contextlib.contextmanager
def _explained(path: Path, size_bytes: int) -> Iterator[None]:
    """OutputError for what the system says of a file of that size."""
    try:
        yield
    except OSError as error:
        raise OutputError(explain(path, size_bytes, error)) from error


@contextlib.contextmanager
def _opened(folder: Path) -> Iterator[int | None]:
    """The folder, open from before the first file is written: what goes wrong on its disk from then on is told.

    ``None`` where the system has no folders that are open.
    """
    if not hasattr(os, "O_DIRECTORY"):
        yield None
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _is_special(path: Path) -> bool:
    """Whether there is what cannot just be replaced: a link, a folder, or a file that is meant to stay."""
    return path.is_symlink() or (path.exists() and not (path.is_file() and os.access(path, os.W_OK)))


def _write(temporary: Path, data: bytes, path: Path) -> None:
    temporary.write_bytes(data)
    if path.exists():
        temporary.chmod(stat.S_IMODE(path.stat().st_mode))


def _sync(paths: Sequence[Path], disk: int | None) -> None:
    """Have the files on the disk: with all else of its, or one by one where the system cannot say how that went."""
    if disk is not None and len(paths) > _FEW:
        with contextlib.suppress(NotImplementedError):
            sync_file_system(disk)
            return
    for path in paths:
        with path.open("rb+") as stream:
            os.fsync(stream.fileno())
