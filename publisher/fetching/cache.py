"""Answers of web servers kept on the disk, so that a page that has not changed is not sent again."""

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec

from publisher.fetching.files import LIMIT_BYTES
from publisher.model.blocks import Value

LIMIT_CACHE_BYTES = 256 * 1024 * 1024
"""What a cache may hold: some thousand pages with their pictures. The longest unused entries go first."""

_HEAD_BYTES = 64 * 1024
_SUFFIX = ".answer"
_UNFINISHED = ".unfinished-"


class CachedAnswer(Value, frozen=True, kw_only=True):
    """A server's answer, and what to ask it by whether that still holds."""

    url: str
    content_type: str | None
    etag: str | None
    last_modified: str | None
    data: bytes


class _Head(Value, frozen=True, kw_only=True):
    """The first line of an entry, as JSON; the data follows."""

    url: str
    content_type: str | None
    etag: str | None
    last_modified: str | None
    sha256: str


class PageCache:
    """A folder of answers by URL. Any number of processes may use it at once.

    An entry that is damaged, cut short or of another version is one that is not there, and what cannot be written is
    not kept: the page itself is at hand, and a full disk is no reason not to read it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def find(self, url: str) -> CachedAnswer | None:
        """The answer kept for a URL; ``None`` when there is none that is sound."""
        path = self._path(url)
        try:
            with path.open("rb") as stream:
                head = msgspec.json.decode(stream.readline(_HEAD_BYTES), type=_Head)
                data = stream.read(LIMIT_BYTES + 1)
            os.utime(path)  # so that what is used stays when room is made
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
            return None
        if head.url != url or head.sha256 != hashlib.sha256(data).hexdigest():
            return None
        return CachedAnswer(
            url=url,
            content_type=head.content_type,
            etag=head.etag,
            last_modified=head.last_modified,
            data=data,
        )

    def keep(self, answer: CachedAnswer) -> None:
        """Keep an answer in the place of an earlier one for its URL, whole or not at all."""
        head = _Head(
            url=answer.url,
            content_type=answer.content_type,
            etag=answer.etag,
            last_modified=answer.last_modified,
            sha256=hashlib.sha256(answer.data).hexdigest(),
        )
        line = msgspec.json.encode(head) + b"\n"
        if len(line) > _HEAD_BYTES:
            return
        with contextlib.suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            with self._unfinished() as (descriptor, temporary):
                with os.fdopen(descriptor, "wb") as stream:
                    stream.write(line)
                    stream.write(answer.data)
                temporary.replace(self._path(answer.url))

    def make_room(self, limit_bytes: int = LIMIT_CACHE_BYTES) -> None:
        """Remove the entries that were not used for the longest time until the rest is within the limit."""
        entries = sorted(self._entries(), reverse=True)
        total = 0
        for _, size, path in entries:
            total += size
            if total > limit_bytes:
                with contextlib.suppress(OSError):
                    path.unlink()

    def _entries(self) -> Iterator[tuple[int, int, Path]]:
        """When each entry was last used, its size and its path; another process may be removing them meanwhile.

        What a killed process left unfinished counts too, and goes in its turn.
        """
        for path in self.folder.glob("*"):
            with contextlib.suppress(OSError):
                if path.suffix != _SUFFIX and not path.name.startswith(_UNFINISHED):
                    continue
                status = path.stat()
                yield status.st_mtime_ns, status.st_size, path

    @contextlib.contextmanager
    def _unfinished(self) -> Iterator[tuple[int, Path]]:
        """A new file beside the entries, gone when what follows fails."""
        descriptor, name = tempfile.mkstemp(prefix=_UNFINISHED, dir=self.folder)
        try:
            yield descriptor, Path(name)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise

    def _path(self, url: str) -> Path:
        return self.folder / f"{hashlib.sha256(url.encode()).hexdigest()}{_SUFFIX}"
