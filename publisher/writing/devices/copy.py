"""A copy of the master while it is changed for one reader, and the record of each change."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from publisher.model import Change, Problem
from publisher.seams import Keep, made_anew
from publisher.writing.consistency import PACKAGE
from publisher.writing.container import pack

__all__ = ["Copy"]

_ITEM = re.compile(rb"<item\b[^>]*>")
_QUOTED = re.compile(rb"""(?<=["'])[A-Za-z0-9._/-]+(?=["'])""")
_TYPES = {".jpg": b"image/jpeg", ".png": b"image/png"}


class Copy:
    """The members of an e-book by name. Those that are not changed are read from the master only when it is packed."""

    def __init__(self, master: bytes, keep: Keep = made_anew) -> None:
        self.keep = keep
        """May have what documents became before."""

        self.master_bytes = len(master)
        self._archive = zipfile.ZipFile(io.BytesIO(master))
        self._sources = {name: name for name in self._archive.namelist() if name != "mimetype"}
        self._changed: dict[str, bytes] = {}
        self._changes: list[Change] = []
        self.problems: list[Problem] = []

    # --- what it holds ------------------------------------------------------------------------------------------------

    @property
    def package(self) -> str:
        """The name of the package document."""
        return next(name for name in self._sources if PurePosixPath(name).name == PACKAGE)

    def named(self, *suffixes: str) -> tuple[str, ...]:
        """The members whose names end so, in their order."""
        return tuple(name for name in self._sources if PurePosixPath(name).suffix in suffixes)

    def read(self, name: str) -> bytes:
        """The member as it is now."""
        return self._changed[name] if name in self._changed else self._archive.read(self._sources[name])

    def size_of(self, name: str) -> int:
        """The member's size in bytes, before it is deflated."""
        changed = self._changed.get(name)
        return self._archive.getinfo(self._sources[name]).file_size if changed is None else len(changed)

    # --- what is done to it -------------------------------------------------------------------------------------------

    def replace(self, name: str, data: bytes) -> None:
        """Give the member other bytes."""
        self._changed[name] = data

    def rename(self, names: Mapping[str, str]) -> tuple[str, ...]:
        """Give pictures other names, by the old ones, and types by their suffixes; the members that name any of them.

        A name counts only between quotation marks: those of a text are escaped, so nothing that is read is changed.
        """
        self._changed = {names.get(name, name): data for name, data in self._changed.items()}
        self._sources = {names.get(name, name): source for name, source in self._sources.items()}
        folder = f"{PurePosixPath(self.package).parent}/"
        hrefs = {old.removeprefix(folder).encode(): new.removeprefix(folder).encode() for old, new in names.items()}
        naming = [name for name in (self.package, *self.named(".xhtml")) if self._rename_in(name, hrefs)]
        return tuple(naming)

    def _rename_in(self, name: str, hrefs: Mapping[bytes, bytes]) -> bool:
        """Whether the member named any of them."""
        data = self.read(name)
        renamed = _ITEM.sub(lambda item: _with_type(item[0], hrefs), data) if name == self.package else data
        renamed = _QUOTED.sub(lambda quoted: hrefs.get(quoted[0], quoted[0]), renamed)
        if renamed != data:
            self.replace(name, renamed)
        return renamed != data

    def record(self, what: str, members: Iterable[str]) -> None:
        """Write down what was done to which members."""
        self._changes.append(Change(what=what, members=tuple(sorted(set(members)))))

    def warn(self, message: str) -> None:
        """Say what the reader will not take."""
        self.problems.append(Problem(code="reader-limit", message=message))

    # --- what it becomes ----------------------------------------------------------------------------------------------

    @property
    def changes(self) -> tuple[Change, ...]:
        """All that was recorded, in the order in which it was done."""
        return tuple(self._changes)

    def packed(self) -> bytes:
        """The e-book as it is now."""
        return pack(self._members())

    def _members(self) -> Iterator[tuple[str, bytes]]:
        return ((name, self.read(name)) for name in self._sources)


def _with_type(item: bytes, hrefs: Mapping[bytes, bytes]) -> bytes:
    """A line of the manifest, with the type of the picture that it is to name."""
    new = next((hrefs[quoted] for quoted in _QUOTED.findall(item) if quoted in hrefs), None)
    if new is None:
        return item
    media_type = _TYPES[PurePosixPath(new.decode()).suffix]
    return re.sub(rb'media-type="[^"]*"', b'media-type="' + media_type + b'"', item)
