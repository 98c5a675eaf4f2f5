"""Many files into one folder at the cost of one: all have reached the disk before the first of them has its name."""

import contextlib
import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from publisher.confinement.kernel import sync_file_system
from publisher.errors import OutputError
from publisher.writing.files import explain, holds, temporary_name, write_atomically

__all__ = ["write_together"]

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
    changed: dict[str, bool] = {}
    unfinished: dict[Path, Path] = {}
    path, size = folder, 0
    try:
        with _opened(folder) as disk:
            for name, data in files:
                path, size = folder / name, len(data)
                changed[name] = not holds(path, data)
                if changed[name] and _is_special(path):
                    write_atomically(path, data)
                elif changed[name]:
                    temporary = folder / temporary_name()
                    unfinished[temporary] = path
                    _write(temporary, data, path)
            size = sum(temporary.stat().st_size for temporary in unfinished)
            _sync(list(unfinished), disk)
            for temporary, path in list(unfinished.items()):
                temporary.replace(path)
                del unfinished[temporary]
            if disk is not None:
                os.fsync(disk)
    except OSError as error:
        raise OutputError(explain(path, size, error)) from error
    finally:
        for temporary in unfinished:
            temporary.unlink(missing_ok=True)
    return changed


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
