"""The outer form of a PDF, written as it grows: streams at once, other objects in groups, a table at the end.

Cross-reference and object streams follow ISO 32000-1, 7.5.7 and 7.5.8. What is held is the table and one group of
objects, whatever the length of the file.
"""

import hashlib
import sys
import zlib
from array import array
from collections.abc import Mapping
from itertools import accumulate, islice
from typing import Protocol

__all__ = ["COMPRESSION", "Container", "Sink", "dictionary"]

COMPRESSION = 6
"""zlib's level: a fifth of the time of level 9, for a file 4.5% longer."""

_GROUP_COMPRESSION = 5
"""That of groups: elements of a tag tree are so alike that level 6 takes 1.7 times as long for a group 0.4% shorter."""

_IDENTIFIER_DIGITS = 32
"""Half of a SHA-256, which takes less than half the time of the MD5 that the standard names as an example."""

_VERSION = b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n"
_GROUP = 200
"""Objects in a stream of them. Readers unpack the whole of it to see one."""

_FREE, _PLACED, _GROUPED = range(3)
_WIDTHS = (1, 5, 2)
"""The bytes of a line of the table: its kind; an offset or the number of a group; a generation or a place in it."""

_WHERE = 8 * _WIDTHS[2]
_KIND = 8 * _WIDTHS[1] + _WHERE
"""By how many bits the fields of a line are shifted: it is a number of eight bytes."""


class Sink(Protocol):
    """Where a file goes, from its beginning to its end."""

    def write(self, data: bytes, /) -> object:
        """Take the next bytes."""


class Container:
    """A PDF on its way into a stream of bytes. The caller gives each object the number that it has reserved."""

    def __init__(self, output: Sink) -> None:
        self._output = output
        self._position = 0
        self._digest = hashlib.sha256()
        self._table = array("Q")
        self._group: dict[int, bytes] = {}
        self._write(_VERSION)
        self._note(self.reserve(), _FREE, 0, 65535)

    def reserve(self) -> int:
        """A number for an object that is still to be added."""
        return self.reserve_many(1)[0]

    def reserve_many(self, count: int) -> range:
        """Numbers for so many objects that are still to be added."""
        first = len(self._table)
        self._table.extend([0] * count)
        return range(first, first + count)

    def add(self, number: int, body: bytes) -> None:
        """An object that is no stream."""
        self.add_many({number: body})

    def add_many(self, bodies: Mapping[int, bytes]) -> None:
        """Objects that are no streams, by their numbers."""
        waiting = iter(bodies.items())
        while True:
            self._group.update(islice(waiting, _GROUP - len(self._group)))
            if len(self._group) < _GROUP:
                break
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
        identifier = self._digest.hexdigest()[:_IDENTIFIER_DIGITS].encode()
        data = zlib.compress(self._lines(), COMPRESSION)
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
        group, self._group = self._group, {}
        holder = self.reserve()
        for place, number in enumerate(group):
            self._note(number, _GROUPED, holder, place)
        positions = accumulate((len(body) + 1 for body in group.values()), initial=0)
        head = b" ".join([b"%d %d" % each for each in zip(group, positions, strict=False)]) + b"\n"
        data = zlib.compress(head + b"\n".join(group.values()), _GROUP_COMPRESSION)
        facts = {"Type": b"/ObjStm", "N": b"%d" % len(group), "First": b"%d" % len(head)}
        self.add_stream(holder, dictionary(facts, data), data)

    def _note(self, number: int, kind: int, where: int, which: int) -> None:
        self._table[number] = kind << _KIND | where << _WHERE | which

    def _lines(self) -> bytes:
        """The table, the highest byte of each line first."""
        lines = array("Q", self._table)
        if sys.byteorder == "little":
            lines.byteswap()
        return lines.tobytes()

    def _write(self, data: bytes) -> None:
        self._output.write(data)
        self._digest.update(data)
        self._position += len(data)


def dictionary(facts: Mapping[str, bytes], compressed: bytes) -> bytes:
    """The dictionary of a stream with that data, which zlib has compressed."""
    every = {**facts, "Filter": b"/FlateDecode", "Length": b"%d" % len(compressed)}
    return b"<<%b>>" % b"".join(b"/%b %b" % (name.encode(), value) for name, value in every.items())
