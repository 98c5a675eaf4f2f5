"""Finished files without the bytes of their issue's pictures: these are nearly all of them, and there already."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from itertools import chain, zip_longest
from typing import Self

import msgspec

from publisher.model import Asset, Issue, Written
from publisher.seams import Keep, made_anew

__all__ = ["KeptFiles", "LeanFile"]

LEAST_BYTES = 4096
"""Of a picture that is looked for."""

_MARK = slice(0, 4)
_KNOWN_BY = slice(512, 544)
"""The bytes by which pictures of a format are found, and those by which one is told from all others."""


class LeanFile(msgspec.Struct, frozen=True, kw_only=True):
    """A finished file as it is kept."""

    written: Written
    """Without its data."""

    parts: tuple[bytes, ...]
    """What of its data stands before, between and behind the pictures."""

    pictures: tuple[bytes, ...]
    """The digests of the pictures, one less than the parts."""

    @classmethod
    def of(cls, written: Written, pictures: Mapping[bytes, bytes]) -> Self:
        """The file without those of the pictures, by their digests, that it holds as they are."""
        data, end = written.data, 0
        parts, found = [], []
        for start, digest in _places(data, pictures):
            parts.append(data[end:start])
            found.append(digest)
            end = start + len(pictures[digest])
        parts.append(data[end:])
        return cls(written=msgspec.structs.replace(written, data=b""), parts=tuple(parts), pictures=tuple(found))

    def whole(self, pictures: Mapping[bytes, bytes]) -> Written | None:
        """The file; ``None`` where one of its pictures is not among these."""
        if not pictures.keys() >= set(self.pictures):
            return None
        filled = zip_longest(self.parts, (pictures[digest] for digest in self.pictures), fillvalue=b"")
        return msgspec.structs.replace(self.written, data=b"".join(chain.from_iterable(filled)))


class KeptFiles:
    """The finished files of an issue, as ``keep`` has them; the pictures' digests are worked out once for all files."""

    def __init__(self, keep: Keep) -> None:
        self._keep = keep
        self._digests: tuple[tuple[Asset, ...], list[bytes]] = ((), [])

    def material(self, issue: Issue) -> tuple[Issue, list[tuple[str, str, bytes]]]:
        """What a file of an issue is made of: the issue, and its pictures by their digests."""
        pictures = zip(issue.assets, self._digests_of(issue), strict=True)
        return msgspec.structs.replace(issue, assets=()), [
            (picture.name, picture.media_type, digest) for picture, digest in pictures
        ]

    def kept(self, issue: Issue, made_of: object, make: Callable[[], Written], kind: str = "files") -> Written:
        """A file of the issue, made or kept as ``kind``; its digest is known if anything can keep it."""
        if self._keep is made_anew:
            return make()
        made: list[Written] = []
        data = (picture.data for picture in issue.assets)
        pictures = dict(zip(self._digests_of(issue), data, strict=True))

        def lean() -> LeanFile:
            file = make()
            made.append(msgspec.structs.replace(file, sha256=hashlib.sha256(file.data).hexdigest()))
            return LeanFile.of(made[0], pictures)

        kept = self._keep(kind, LeanFile, made_of, lean)
        return made[0] if made else kept.whole(pictures) or make()

    def _digests_of(self, issue: Issue) -> list[bytes]:
        pictures, digests = self._digests
        if pictures is not issue.assets:
            digests = [hashlib.sha256(picture.data).digest() for picture in issue.assets]
            self._digests = issue.assets, digests
        return digests


def _places(data: bytes, pictures: Mapping[bytes, bytes]) -> Iterator[tuple[int, bytes]]:
    """Where in the data pictures begin, in order, and the digests of these."""
    known: dict[bytes, list[bytes]] = defaultdict(list)
    for digest, picture in pictures.items():
        if len(picture) >= LEAST_BYTES:
            known[picture[_KNOWN_BY]].append(digest)
    marks = {pictures[digest][_MARK] for digests in known.values() for digest in digests}
    if not marks:
        return
    marked = re.compile(b"|".join(map(re.escape, marks)))
    end = 0
    while found := marked.search(data, end):
        start, end = found.start(), found.start() + 1
        for digest in known.get(data[start + _KNOWN_BY.start : start + _KNOWN_BY.stop], ()):
            if data.startswith(pictures[digest], start):
                yield start, digest
                end = start + len(pictures[digest])  # What is in pictures, which is nearly all, is not gone through.
                break
