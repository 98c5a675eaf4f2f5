"""What a page is made of, by which it is known again in another file: its content, and all that this names.

Numbers of objects are no part of it. Nor are fonts: what a file holds of one depends on all its pages. They are
numbered as they are met, so that what a page is told by each can be compared apart.
"""

import hashlib
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import msgspec
import pikepdf

from publisher.checking.pdf.document import PdfPage
from publisher.checking.pdf.marks import ObjectId
from publisher.checking.pdf.values import inherited

MAX_OBJECTS = 20_000
"""A page that names more is none of ours, and is looked at each time."""

_FONT = "/Font"
_WITHOUT_NUMBER = (0, 0)


class Material(msgspec.Struct, frozen=True, kw_only=True):
    """What one page is made of."""

    key: bytes
    """The same for the same page in any file, but for its fonts."""

    around: bytes
    """The same for pages that differ in nothing but their contents."""

    fonts: tuple[Any, ...]
    """The dictionaries of the fonts that it names, each once."""


class Materials:
    """Those of the pages of one file, whose streams are gone through once."""

    def __init__(self) -> None:
        self._digests: dict[ObjectId, bytes] = {}
        self._resources: dict[ObjectId, tuple[bytes, _Weighing]] = {}
        """Of resources that several pages have: what they come to, and the weighing as it then was."""

    def of(self, page: PdfPage) -> Material | None:
        """What the page is made of; ``None`` when it refers to itself, or to more than a page of text or pictures."""
        value = page.value
        asked = (page.given, page.unit, page.turned, sorted(page.pdf.purposes), page.pdf.claims)
        try:
            resources, weighing = self._weighed_resources(inherited(value, "/Resources"))
            around = _digest((asked, resources, weighing.weighed(value.get("/Group"))))
            contents = weighing.weighed(value.get("/Contents"))
        except _UnweighableError:
            return None
        return Material(key=_digest((around, contents)), around=around, fonts=tuple(weighing.fonts))

    def _weighed_resources(self, resources: Any) -> tuple[bytes, "_Weighing"]:
        """What resources come to, and the weighing that goes on from there. They are weighed first."""
        key = resources.objgen if isinstance(resources, pikepdf.Object) else _WITHOUT_NUMBER
        if key in self._resources:
            digest, weighing = self._resources[key]
            return digest, weighing.copy()
        weighing = _Weighing(self._digests)
        digest = _digest((weighing.weighed(resources),))
        if key != _WITHOUT_NUMBER:
            self._resources[key] = digest, weighing.copy()
        return digest, weighing


class _UnweighableError(Exception):
    """Objects that are too many, or refer to themselves."""


class _Weighing:
    """One page being gone through."""

    def __init__(self, digests: dict[ObjectId, bytes]) -> None:
        self._digests = digests
        self._left = MAX_OBJECTS
        self._around: set[ObjectId] = set()
        self._numbers: dict[ObjectId, int] = {}
        self.fonts: list[Any] = []

    def copy(self) -> "_Weighing":
        """Another one that has come as far."""
        other = _Weighing(self._digests)
        other._left, other._numbers, other.fonts = self._left, dict(self._numbers), list(self.fonts)
        return other

    def weighed(self, value: Any) -> Any:
        """An object, as plain values that are the same for the same object."""
        self._left -= 1
        if self._left < 0:
            raise _UnweighableError
        if isinstance(value, pikepdf.Stream):
            return ("stream", self._entries(value), self._digest(value))
        if isinstance(value, pikepdf.Dictionary):
            return ("dictionary", self._entries(value))
        if isinstance(value, pikepdf.Array):
            return ("array", [self.weighed(item) for item in list(value)])
        if isinstance(value, pikepdf.Name):
            return ("name", str(value))
        if isinstance(value, pikepdf.String):
            return bytes(value)
        return str(value) if isinstance(value, Decimal) else value

    def _entries(self, value: Any) -> list[tuple[str, Any]]:
        key = value.objgen
        if key in self._around:
            raise _UnweighableError
        if key != _WITHOUT_NUMBER:
            self._around.add(key)
        entries = [
            (name, self._fonts(each) if name == _FONT else self.weighed(each)) for name, each in sorted(_items(value))
        ]
        self._around.discard(key)
        return entries

    def _fonts(self, value: Any) -> Any:
        """What names fonts: resources by a name, parameters of the graphics state with a size (8.4.5)."""
        if isinstance(value, pikepdf.Dictionary):
            return [(name, self._number(font)) for name, font in sorted(_items(value))]
        if isinstance(value, pikepdf.Array) and len(value):
            return [self._number(value[0]), *map(self.weighed, list(value)[1:])]
        return self.weighed(value)

    def _number(self, font: Any) -> int:
        key = font.objgen if isinstance(font, pikepdf.Object) else _WITHOUT_NUMBER
        if key == _WITHOUT_NUMBER:
            raise _UnweighableError
        if key not in self._numbers:
            self._numbers[key] = len(self.fonts)
            self.fonts.append(font)
        return self._numbers[key]

    def _digest(self, stream: Any) -> bytes:
        key = stream.objgen
        if key not in self._digests:
            self._digests[key] = hashlib.sha256(stream.read_raw_bytes()).digest()
        return self._digests[key]


def _digest(parts: tuple[Any, ...]) -> bytes:
    return hashlib.sha256(msgspec.msgpack.encode(parts)).digest()


def _items(value: Any) -> Iterator[tuple[str, Any]]:
    entries: Any = value.stream_dict if isinstance(value, pikepdf.Stream) else value
    return ((name, each) for name, each in entries.items() if name != "/Parent")
