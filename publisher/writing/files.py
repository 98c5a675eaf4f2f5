"""Finished bytes onto the disk: a file is there whole, or it is as it was before."""

import contextlib
import errno
import math
import os
import secrets
import stat
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from pathlib import Path

from publisher.confinement.kernel import begin_writing_out
from publisher.errors import OutputError, near_match

__all__ = [
    "check_place",
    "explain",
    "holds",
    "remove_unfinished",
    "temporary_name",
    "write_ahead",
    "write_atomically",
    "write_provisionally",
]

_MODE_OF_NEW_FILES = 0o666
"""Before the kernel takes the user's umask off, as for any file that a command makes."""

_PRIVATE = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
"""What is opened so is not inherited by programs that are started, and takes bytes as they are."""

_OPENS_FOLDERS = os.open in os.supports_dir_fd and hasattr(os, "O_DIRECTORY")
"""Whether a folder can be open, so that what is done in it is done in the same one throughout."""

_NO_UNNAMED_FILES = frozenset({errno.EOPNOTSUPP, errno.EISDIR, errno.EINVAL, errno.ENOENT})
"""What kernels and file systems without ``O_TMPFILE`` answer; ENOENT when ``/proc`` is not mounted."""

_PIECE_BYTES = 256 * 1024
"""What is read at a time: it stays in the processor's cache, and no memory is asked of the system for a whole file."""

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


def check_place(path: Path) -> None:
    """Refuse what ``write_atomically`` would refuse, before the work that would be for nothing.

    Only writing tells whether the disk has room. Raises ``OutputError``.
    """
    try:
        mode = _mode_of(path)
        if mode is not None and stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if mode is None or stat.S_ISREG(mode):
            folder = Path(os.path.realpath(path)).parent if path.is_symlink() else path.parent
            if _OPENS_FOLDERS:
                os.close(os.open(folder, os.O_RDONLY | os.O_DIRECTORY | _PRIVATE))
            elif not folder.is_dir():
                raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
            if not os.access(folder, os.W_OK | os.X_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as error:
        raise OutputError(explain(path, 0, error)) from error


def holds(path: Path, data: bytes) -> bool:
    """Whether there is a file with just these bytes. OSError when it cannot be read."""
    if not path.is_file():
        return False
    end, piece = 0, bytearray(_PIECE_BYTES)
    with path.open("rb", buffering=0) as stream:
        if os.fstat(stream.fileno()).st_size != len(data):
            return False
        while count := stream.readinto(piece):
            if not data.startswith(memoryview(piece)[:count], end):
                return False
            end += count
    return end == len(data)


def write_atomically(path: Path, data: bytes) -> None:
    """Put ``data`` at ``path``, whole or not at all, even if the process is killed or the machine loses power.

    The bytes go to a file without a name in the same folder, reach the disk, and only then get the name; a process that
    is killed before that leaves nothing behind. A file that was there keeps its mode until it is replaced in one step;
    a symbolic link stays and its target is replaced. Devices and pipes, such as ``/dev/stdout``, are written straight.

    Raises ``OutputError`` when the folder is missing or closed to the user, the disk is full, or ``path`` is a folder.
    """
    try:
        mode = _mode_of(path)
        if mode is not None and not stat.S_ISREG(mode):
            _write_straight(path, data)
        else:
            # Unlike Path.resolve, realpath takes loops of links as they come.
            _replace(Path(os.path.realpath(path)) if path.is_symlink() else path, data, mode)
    except OSError as error:
        raise OutputError(explain(path, len(data), error)) from error


@contextlib.contextmanager
def write_ahead(path: Path, data: bytes) -> Iterator[Callable[[], None]]:
    """``write_atomically`` in two steps: ``data`` is on its way to the disk when what is given puts it at ``path``.

    Until that is called the bytes have no name, and if it never is, nothing is left of them. Where this cannot be,
    all is done when it is called.
    """
    with contextlib.ExitStack() as stack:
        folder, unnamed = -1, None
        with contextlib.suppress(OSError):  # What is wrong is told when the file is to be there.
            if _OPENS_FOLDERS:
                folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY | _PRIVATE)
                stack.callback(os.close, folder)
                unnamed = _begin_unnamed(folder, data)
                stack.callback(os.close, unnamed)

        def put() -> None:
            if unnamed is not None:
                with contextlib.suppress(OSError):  # As that there is a file already.
                    os.fsync(unnamed)
                    _name(unnamed, folder, path.name)
                    os.fsync(folder)
                    return
            write_atomically(path, data)

        yield put


def write_provisionally(path: Path, data: bytes) -> None:
    """Put ``data`` at ``path``, in a folder that nobody looks into before all that is in it was synced.

    While other things are done the system takes it to the disk, and nobody waits. OutputError as ``write_atomically``.
    """
    try:
        with path.open("wb") as stream:
            stream.write(data)
            stream.flush()
            begin_writing_out(stream.fileno())
    except OSError as error:
        raise OutputError(explain(path, len(data), error)) from error


def remove_unfinished(folder: Path, before: float = math.inf) -> None:
    """Remove what ``write_atomically`` left in a folder when it was killed.

    Nothing else may be writing there now, or it began after ``before``, in seconds of POSIX. OSError when the system
    refuses; a folder that is not there holds nothing.
    """
    for path in folder.glob(temporary_name("*")):
        with contextlib.suppress(FileNotFoundError):  # Another who looks after the folder was first.
            if path.stat().st_mtime < before:
                path.unlink()


def _mode_of(path: Path) -> int | None:
    """The mode of what is at the path or behind its links, ``None`` when nothing is; refuses what is read-only."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return None
    # Replacing needs only the folder's permission, but a file made read-only is meant to stay as it is.
    if not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    return mode


def _write_straight(path: Path, data: bytes) -> None:
    fd = os.open(path, os.O_WRONLY | _PRIVATE)
    try:
        _write_all(fd, data)
    finally:
        os.close(fd)


def _replace(target: Path, data: bytes, mode: int | None) -> None:
    if not _OPENS_FOLDERS:
        return _replace_by_path(target, data, mode)
    folder = os.open(target.parent, os.O_RDONLY | os.O_DIRECTORY | _PRIVATE)
    try:
        try:
            _replace_by_unnamed(folder, target.name, data, mode)
        except OSError as error:
            if error.errno not in _NO_UNNAMED_FILES:
                raise
            _replace_by_named(folder, target.name, data, mode)
        os.fsync(folder)
    finally:
        os.close(folder)


def _replace_by_unnamed(folder: int, name: str, data: bytes, mode: int | None) -> None:
    """Through a file that has no name until it is complete: nothing to clean up whatever happens."""
    fd = _open_unnamed(folder)
    try:
        _fill(fd, data, mode)
        if mode is None:
            with contextlib.suppress(FileExistsError):  # somebody made it meanwhile: replace theirs below
                return _name(fd, folder, name)
        # A link cannot replace a file, a rename can; between the two calls the file has both its bytes and a name.
        temporary = temporary_name()
        _name(fd, folder, temporary)
        _rename(folder, temporary, name)
    finally:
        os.close(fd)


def _begin_unnamed(folder: int, data: bytes) -> int:
    """A file without a name, open, whose bytes are on their way to the disk."""
    fd = _open_unnamed(folder)
    try:
        _write_all(fd, data)
    except BaseException:
        os.close(fd)
        raise
    begin_writing_out(fd)
    return fd


def _open_unnamed(folder: int) -> int:
    if not hasattr(os, "O_TMPFILE"):
        raise OSError(errno.EOPNOTSUPP, os.strerror(errno.EOPNOTSUPP))
    return os.open(".", os.O_TMPFILE | os.O_WRONLY | _PRIVATE, _MODE_OF_NEW_FILES, dir_fd=folder)


def _replace_by_named(folder: int, name: str, data: bytes, mode: int | None) -> None:
    """Through a named file, for file systems without unnamed ones; removed on any exception, not on SIGKILL."""
    temporary = temporary_name()
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _PRIVATE
    fd = os.open(temporary, flags, _MODE_OF_NEW_FILES, dir_fd=folder)
    try:
        _fill(fd, data, mode)
    except BaseException:
        os.unlink(temporary, dir_fd=folder)
        raise
    finally:
        os.close(fd)
    _rename(folder, temporary, name)


def _replace_by_path(target: Path, data: bytes, mode: int | None) -> None:
    """Through a named file, where the system has no folders that are open: what a kill leaves is its name."""
    temporary = target.with_name(temporary_name())
    fd = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _PRIVATE, _MODE_OF_NEW_FILES)
    try:
        _fill(fd, data, None)
    except BaseException:
        temporary.unlink()
        raise
    finally:
        os.close(fd)
    try:
        if mode is not None:
            temporary.chmod(stat.S_IMODE(mode))
        temporary.replace(target)
    except BaseException:
        temporary.unlink()
        raise


def _fill(fd: int, data: bytes, mode: int | None) -> None:
    if mode is not None:
        os.fchmod(fd, stat.S_IMODE(mode))
    _write_all(fd, data)
    os.fsync(fd)


def _write_all(fd: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(fd, rest) :]


def _name(fd: int, folder: int, name: str) -> None:
    """Give the open file a name. With ``dst_dir_fd`` Python calls linkat and follows the link that /proc shows."""
    os.link(f"/proc/self/fd/{fd}", name, dst_dir_fd=folder, follow_symlinks=True)


def _rename(folder: int, temporary: str, name: str) -> None:
    try:
        os.rename(temporary, name, src_dir_fd=folder, dst_dir_fd=folder)
    except BaseException:
        os.unlink(temporary, dir_fd=folder)
        raise


def temporary_name(mark: str | None = None) -> str:
    """With a mark that no other has. Short, since the target's own name may be as long as the file system allows."""
    return f".publisher-{mark or secrets.token_hex(8)}.part"


def explain(path: Path, size_bytes: int, error: OSError) -> str:
    """One line for the user: what could not be written, why, and what to do."""
    folder = Path(os.path.realpath(path)).parent if os.path.islink(path) else path.parent  # noqa: PTH114 (raises here)
    if _is_folder(path):
        return f"cannot write {path}: it is a folder. Name a file in it."
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        if _stands_in(folder):
            return f"cannot write {path}: {_stands_in(folder)} is a file, not a folder. Choose another place."
        if not _is_folder(folder):
            return f"cannot write {path}: there is no folder {folder}. {_folder_hint(folder)}"
    if error.errno in _FORBIDDEN:
        what = "the file" if _exists(path) else f"the folder {folder}"
        return f"cannot write {path}: {what} is not writable. Change its permissions or choose another place."
    if error.errno in _FULL:
        return f"cannot write {path}: the disk is full. Free {size_bytes:,} bytes or choose another place."
    if error.errno == errno.EFBIG:
        return f"cannot write {path}: {size_bytes:,} bytes are more than one file may hold here. Raise the limit."
    return f"cannot write {path}: {os.strerror(error.errno or 0).lower()}. Choose another place or name."


def _exists(path: Path) -> bool:
    """Like the one of ``Path``, which raises where a folder above is closed to the user."""
    return os.access(path, os.F_OK)


def _is_folder(path: Path) -> bool:
    return os.access(f"{path}/.", os.F_OK)


def _stands_in(folder: Path) -> Path | None:
    """The part of the folder's path that is a file; ``None`` when there is none, only something missing."""
    return next((part for part in (folder, *folder.parents) if _exists(part) and not _is_folder(part)), None)


def _folder_hint(folder: Path) -> str:
    """What to do about a missing folder; names one beside it when the two are nearly the same."""
    try:
        beside = [entry.name for entry in folder.parent.iterdir() if entry.is_dir()]
    except OSError:
        beside = []
    close = get_close_matches(folder.name, beside, n=1)
    return " ".join(["Make the folder first.", *([near_match(folder.name, close)] if close else [])])
