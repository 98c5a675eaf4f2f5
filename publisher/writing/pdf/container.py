"""The outer form of a PDF, written as it grows: streams at once, other objects in groups, a table at the end.

Cross-reference and object streams follow ISO 32000-1, 7.5.7 and 7.5.8. What is held is the table and one group of
objects, whatever the length of the file.
"""

import hashlib
import zlib
from collections.abc import Mapping
from typing import BinaryIO

__all__ = ["COMPRESSION", "Container", "dictionary"]

COMPRESSION = 6
"""zlib's level: a fifth of the time of level 9, for a file 4.5% longer."""

_VERSION = b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n"
_GROUP = 200
"""Objects in a stream of them. Readers unpack the whole of it to see one."""

_FREE, _PLACED, _GROUPED = range(3)
_WIDTHS = (1, 5, 2)
"""The bytes of a line of the table: its kind; an offset or the number of a group; a generation or a place in it."""

_LINE = sum(_WIDTHS)


class Container:
    """A PDF on its way into a stream of bytes. The caller gives each object the number that it has reserved."""

    def __init__(self, output: BinaryIO) -> None:
        self._output = output
        self._position = 0
        self._digest = hashlib.md5(usedforsecurity=False)
        self._table = bytearray()
        self._group: list[tuple[int, bytes]] = []
        self._write(_VERSION)
        self._note(self.reserve(), _FREE, 0, 65535)

    def reserve(self) -> int:
        """A number for an object that is still to be added."""
        number = len(self._table) // _LINE
        self._table += bytes(_LINE)
        return number

    def add(self, number: int, body: bytes) -> None:
        """An object that is no stream."""
        self._group.append((number, body))
        if len(self._group) == _GROUP:
            self._close_group()

    def add_stream(self, number: int, facts: bytes, data: bytes) -> None:
        """A stream, with its dictionary as it is to be."""
        self._note(number, _PLACED, self._position, 0)
        self._write(b"%d 0 obj\n%b\nstream\n%b\nendstream\nendobj\n" % (number, facts, data))

    def close(self, trailer: Mapping[str, bytes]) -> None:
        """Write the table. The file's identifier follows from its bytes (ISO 32000-1, 14.4)."""
        self._close_group()
        number = self.reserve()
        start = self._position
        self._note(number, _PLACED, start, 0)
        identifier = self._digest.hexdigest().encode()
        data = zlib.compress(bytes(self._table), COMPRESSION)
        facts = {
            "Type": b"/XRef",
            "W": b"[%d %d %d]" % _WIDTHS,
            "Size": b"%d" % (number + 1),
            **trailer,
            "ID": b"[(%b) (%b)]" % (identifier, identifier),
        }
        self.add_stream(number, dictionary(facts, data), data)
        self._write(b"startxref\n%d\n%%%%EOF\n" % start)

    def _close_group(self) -> None:
        if not self._group:
            return
        group, self._group = self._group, []
        holder = self.reserve()
        index, position = [], 0
        for place, (number, body) in enumerate(group):
            self._note(number, _GROUPED, holder, place)
            index.append(b"%d %d" % (number, position))
            position += len(body) + 1
        head = b" ".join(index) + b"\n"
        data = zlib.compress(head + b"\n".join(body for _, body in group), COMPRESSION)
        facts = {"Type": b"/ObjStm", "N": b"%d" % len(group), "First": b"%d" % len(head)}
        self.add_stream(holder, dictionary(facts, data), data)

    def _note(self, number: int, kind: int, where: int, which: int) -> None:
        _, wide, narrow = _WIDTHS
        line = kind << 8 * (wide + narrow) | where << 8 * narrow | which
        self._table[number * _LINE : (number + 1) * _LINE] = line.to_bytes(_LINE, "big")

    def _write(self, data: bytes) -> None:
        self._output.write(data)
        self._digest.update(data)
        self._position += len(data)


def dictionary(facts: Mapping[str, bytes], compressed: bytes) -> bytes:
    """The dictionary of a stream with that data, which zlib has compressed."""
    every = {**facts, "Filter": b"/FlateDecode", "Length": b"%d" % len(compressed)}
    return b"<<%b>>" % b"".join(b"/%b %b" % (name.encode(), value) for name, value in every.items())
