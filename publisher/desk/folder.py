"""The folder of a desk: its files are opened by their names in it, without following links, and written whole."""

import contextlib
import errno
import fcntl
import hashlib
import os
import re
import stat
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from publisher.errors import InputError, OutputError
from publisher.fetching import LIMIT_BYTES, article_files

PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".heic", ".svg")
MOST_PICTURES = 500
_OF_PAGES = ("_files", "-Dateien", "_fichiers", "_archivos")
_LONGEST_NAME = 100
_DEEPEST = 4
_UNFIT = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\]+')
_OPEN = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


class DeskFolder:
    """A folder. Names are those of its files as the desk has them: relative, with ``/`` between their parts."""

    def __init__(self, path: Path) -> None:
        """InputError when there is no such folder."""
        if not path.is_dir():
            raise InputError(f"cannot open a desk in {str(path)!r}: it is no folder. Name a folder.")
        self.path = path.resolve()

    def read(self, name: str, limit_bytes: int = LIMIT_BYTES) -> bytes | None:
        """The bytes of a file; ``None`` when there is none.

        InputError for a link, on the way to it too, for what is no regular file, and for one over the limit.
        """
        try:
            with self._opened(name) as descriptor, os.fdopen(os.dup(descriptor), "rb") as stream:
                if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                    raise InputError(f"cannot read {name!r}: it is no regular file. Take it away.")
                data = stream.read(limit_bytes + 1)
        except FileNotFoundError:
            return None
        except OSError as error:
            why = "it is a link" if error.errno in (errno.ELOOP, errno.ENOTDIR) else (error.strerror or "").lower()
            raise InputError(f"cannot read {name!r}: {why}. Give the file itself.") from error
        if len(data) > limit_bytes:
            raise InputError(f"cannot read {name!r}: it is larger than {limit_bytes // 1024**2} MiB. Make it smaller.")
        return data

    @contextlib.contextmanager
    def _opened(self, name: str) -> Iterator[int]:
        """A descriptor of the file, reached part by part."""
        parts = PurePosixPath(name).parts
        if not parts or name.startswith("/") or ".." in parts or "\x00" in name:
            raise InputError(f"{name!r} is no name of a file in the folder. Name one that is listed.")
        with contextlib.ExitStack() as stack:
            at = os.open(self.path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
            stack.callback(os.close, at)
            for part in parts[:-1]:
                at = os.open(part, _OPEN | os.O_DIRECTORY, dir_fd=at)
                stack.callback(os.close, at)
            last = os.open(parts[-1], _OPEN, dir_fd=at)
            stack.callback(os.close, last)
            yield last

    def place(self, name: str) -> Path:
        """Where a file is to be written, the folders on the way to it made. OutputError where a link stands there."""
        parts = PurePosixPath(name).parts
        if not parts or name.startswith("/") or ".." in parts:
            raise OutputError(f"cannot write {name!r}: it leads out of the folder. Choose another name.")
        path = self.path
        for part in parts[:-1]:
            path = path / part
            with contextlib.suppress(FileExistsError):
                path.mkdir()
            if path.is_symlink():
                raise OutputError(f"cannot write {name!r}: {part!r} is a link. Choose another folder.")
        path = path / parts[-1]
        if path.is_symlink():
            raise OutputError(f"cannot write {name!r}: it is a link. Take it away.")
        return path

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the folder against other desks, for the moment of a change. The kernel lets go with the process."""
        descriptor = os.open(self.path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    def pages(self) -> tuple[str, ...]:
        """The names of the files that hold articles, in the order in which ``publisher compile`` takes them."""
        found = article_files(self.path, lambda error, name: None)
        return tuple(path.relative_to(self.path).as_posix() for path in found)

    def pictures(self) -> tuple[str, ...]:
        """The names of the pictures in the folder and below, but for those that a browser saved with a page."""
        found = []
        for top, folders, files in os.walk(self.path):
            folders[:] = sorted(each for each in folders if not each.startswith(".") and not each.endswith(_OF_PAGES))
            for name in sorted(files):
                path = Path(top, name)
                if path.suffix.lower() in PICTURES and not name.startswith(".") and not path.is_symlink():
                    found.append(path.relative_to(self.path).as_posix())
        return tuple(found[:MOST_PICTURES])

    def stamp(self, others: Iterable[Path] = ()) -> str:
        """What changes whenever a file of the folder does, or of ``others``."""
        digest = hashlib.sha256()
        for folder in (self.path, *others):
            for top, folders, files in os.walk(folder):
                folders[:] = sorted(each for each in folders if not each.startswith("."))
                for name in sorted(files):
                    with contextlib.suppress(OSError):
                        status = os.lstat(os.path.join(top, name))  # noqa: PTH118 - a hundred times a second
                        digest.update(f"{top}/{name} {status.st_mtime_ns} {status.st_size}\n".encode())
        return digest.hexdigest()

    def free_name(self, wanted: str) -> str:
        """A name for a new file: as wanted, made safe, with a number where there is such a file."""
        name = PurePosixPath(safe_name(wanted))
        taken = {each.casefold() for each in self._names(name.parent)}
        candidate, number = name.name, 1
        while candidate.casefold() in taken:
            number += 1
            candidate = f"{name.stem}-{number}{name.suffix}"
        return (name.parent / candidate).as_posix()

    def _names(self, folder: PurePosixPath) -> list[str]:
        try:
            return [path.name for path in Path(self.path, folder).iterdir()]
        except OSError:
            return []


def safe_name(wanted: str) -> str:
    """A name that any system takes and that leads nowhere else: no hidden part, no climbing, four folders at most."""
    parts = [_safe(part) for part in re.split(r"[/\\]", unicodedata.normalize("NFC", wanted))]
    kept = [part for part in parts if part]
    return "/".join(kept[-_DEEPEST:]) or "page"


def _safe(part: str) -> str:
    """One part of a name."""
    shown = "".join(letter for letter in _UNFIT.sub(" ", part) if unicodedata.category(letter)[0] != "C")
    shown = " ".join(shown.split()).lstrip(". ").rstrip(". ")
    stem, dot, suffix = shown.rpartition(".")
    if len(shown.encode()) <= _LONGEST_NAME:
        return shown
    end = f"{dot}{suffix}" if dot and len(suffix) <= 8 else ""
    stem = stem if end else shown
    return stem.encode()[: _LONGEST_NAME - len(end.encode())].decode("utf-8", "ignore").rstrip(". ") + end
