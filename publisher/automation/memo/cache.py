"""What has been made before, by what it was made of. It may be deleted at any time, also while it is used."""

import contextlib
import hashlib
import io
import os
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

LIMIT_BYTES = 2 * 1024**3
"""A year of weekly issues of a hundred articles with two pictures each. The longest unused entries go first."""

_LARGE_BYTES = 4 * 1024**2
"""A value of more is written while whoever made it goes on: that of a book with pictures takes a third of a second."""

_COUNT = "count"
"""The file that says how many bytes there were when they were last counted, and how many have been added since."""

_UNCOUNTED_S = 7 * 24 * 3600
_SURELY = 0.9
"""For how long that is believed, and up to which share of the limit: who counts looks at ten thousand files."""

_UNFINISHED = ".unfinished-"
_DIGEST_BYTES = 32


def key_of(*parts: bytes) -> str:
    """A key that is another when any of the parts is."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()


class Cache:
    """A folder of values by kind and key.

    A damaged entry is removed and is one that was never there; what cannot be written is not kept. Nothing here is
    synced to the disk: an entry that power failure cut short does not fit its own digest.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._root = folder.as_posix()
        self._kept_bytes = 0
        self._writing: dict[str, threading.Thread] = {}
        """Those that large values are written by, by their paths."""

    def find(self, kind: str, key: str) -> memoryview | None:
        """The value; ``None`` when there is none that is sound. Files of books are not copied."""
        path = self._written(kind, key)
        try:
            with io.FileIO(path) as stream:  # There are thousands, most of them small: a buffer costs as much again.
                data = stream.readall()
            os.utime(path)  # so that what is used stays when room is made
        except OSError:
            return None
        value = memoryview(data)[_DIGEST_BYTES:]
        if hashlib.sha256(value).digest() != data[:_DIGEST_BYTES]:
            self.drop(kind, key)
            return None
        return value

    def keep(self, kind: str, key: str, value: bytes) -> None:
        """Keep the value, whole or not at all."""
        path = self._written(kind, key)
        if len(value) <= _LARGE_BYTES:
            self._write(Path(path), value)
            return
        self._writing[path] = threading.Thread(target=self._write, args=(Path(path), value))
        self._writing[path].start()

    def _write(self, path: Path, value: bytes) -> None:
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            descriptor, name = tempfile.mkstemp(prefix=_UNFINISHED, dir=path.parent)
            try:
                with os.fdopen(descriptor, "wb") as stream:
                    stream.write(hashlib.sha256(value).digest())
                    stream.write(value)
                Path(name).replace(path)
                self._kept_bytes += _DIGEST_BYTES + len(value)
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise

    def drop(self, kind: str, key: str) -> None:
        """Forget a value, which is sound and yet cannot be used."""
        with contextlib.suppress(OSError):
            Path(self._written(kind, key)).unlink()

    def finish_writing(self) -> None:
        """Wait until large values are written: then no thread of this is left."""
        for path in [*self._writing]:
            self._writing.pop(path).join()

    def make_room(self, limit_bytes: int = LIMIT_BYTES) -> None:
        """Remove the longest unused entries until the rest is within the limit, if anything was added."""
        self.finish_writing()
        if not self._kept_bytes or self._surely_within(_SURELY * limit_bytes):
            return
        total = 0
        for _, size, path in sorted(self._entries(), reverse=True):
            total += size
            if total > limit_bytes:
                with contextlib.suppress(OSError):
                    Path(path).unlink()
        self._note(time.time(), min(total, limit_bytes))

    def _surely_within(self, most_bytes: float) -> bool:
        """Whether there is no more than that by the last count, with what was added here; that is noted then."""
        try:
            counted_at, noted_bytes = map(float, (self.folder / _COUNT).read_text().split())
        except (OSError, ValueError):
            return False
        total = noted_bytes + self._kept_bytes
        if not 0 <= time.time() - counted_at <= _UNCOUNTED_S or not total <= most_bytes:
            return False
        self._note(counted_at, total)
        return True

    def _note(self, counted_at: float, total: float) -> None:
        self._kept_bytes = 0
        with contextlib.suppress(OSError):
            (self.folder / _COUNT).write_text(f"{int(counted_at)} {int(total)}")

    def _entries(self) -> Iterator[tuple[int, int, str]]:
        """When each was last used, in nanoseconds, its bytes, and its path."""
        folders = [self._root]
        for _ in range(2):  # Kinds, and the first digits of their keys.
            folders = [each.path for folder in folders for each in _listed(folder)]
        for folder in folders:
            for entry in _listed(folder):
                with contextlib.suppress(OSError):
                    status = entry.stat()
                    yield status.st_mtime_ns, status.st_size, entry.path

    def _written(self, kind: str, key: str) -> str:
        """Its path, when nobody is writing there any more."""
        path = self._place(kind, key)
        if writing := self._writing.pop(path, None):
            writing.join()
        return path

    def _place(self, kind: str, key: str) -> str:
        """Its path: thousands of ``Path`` cost more than to read what they name."""
        return f"{self._root}/{kind}/{key[:2]}/{key}"


def _listed(folder: str) -> list[os.DirEntry[str]]:
    """What is in a folder; nothing in one that is gone, or none. Thousands of paths cost more than what they name."""
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:
        return []
