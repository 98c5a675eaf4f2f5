"""Character maps: from the codes of a text to characters (ToUnicode) or to glyphs (embedded encodings).

ISO 32000-1, 9.7.5 and 9.10.3. A map is a small PostScript program, of which only the tables matter.
"""

import itertools
import re
from collections.abc import Iterator, Sequence

from publisher.checking.budget import Budget

_BEGIN = re.compile(rb"begin(bfchar|bfrange|cidchar|cidrange|codespacerange)\b")
_PIECE = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\d+)|(\[)|(\])")
MAX_ENTRIES = 70_000
"""A little more than there are codes of two bytes: a hostile map may name ranges without end."""

MAX_MAP_BYTES = 4 * 1024 * 1024
"""Of a map when it is unpacked. One of all codes of two bytes has one and a half."""

MAX_TEXT_BYTES = 512
"""Of what one code stands for (ISO 32000-1, 9.10.3)."""

MAX_DIGITS = 10
"""Of a number: larger ones are no identifiers."""


class CharacterMap:
    """The tables of one map."""

    def __init__(self, data: bytes, budget: Budget) -> None:
        self._left = budget.entries(MAX_ENTRIES) if data else 0
        self.texts: dict[int, str] = {}
        """For each code its characters, mostly one."""

        self.glyphs: dict[int, int] = {}
        """For each code its character identifier."""

        self.lengths: set[int] = set()
        """How many bytes the codes have."""

        for kind, section in _sections(data[:MAX_MAP_BYTES]):
            pieces = [_piece(found) for found in _PIECE.finditer(section)]
            match kind:
                case b"codespacerange":
                    self.lengths |= {len(piece) for piece in pieces if isinstance(piece, bytes)}
                case b"bfchar":
                    for code, text in zip(pieces[::2], pieces[1::2], strict=False):
                        self._add_text(code, text)
                case b"bfrange":
                    self._add_ranges(pieces)
                case b"cidchar":
                    for code, glyph in zip(pieces[::2], pieces[1::2], strict=False):
                        self._add_glyphs(code, code, glyph)
                case b"cidrange":
                    for low, high, glyph in zip(pieces[::3], pieces[1::3], pieces[2::3], strict=False):
                        self._add_glyphs(low, high, glyph)

        budget.give_back(self._left)

    def _take(self, wanted: int) -> int:
        """How many of so many entries may still be made."""
        given = max(0, min(wanted, self._left))
        self._left -= given
        return given

    def _add_text(self, code: object, text: object) -> None:
        if isinstance(code, bytes) and isinstance(text, bytes) and self._take(1):
            self.texts[int.from_bytes(code)] = text.decode("utf-16-be", "replace")

    def _add_ranges(self, pieces: Sequence[object]) -> None:
        rest = iter(pieces)
        for low, high, target in zip(rest, rest, rest, strict=False):
            if not isinstance(low, bytes) or not isinstance(high, bytes):
                return
            first = int.from_bytes(low)
            wanted = int.from_bytes(high) - first + 1
            if target == "[":
                texts = itertools.takewhile(lambda text: text != "]", rest)
                for code, text in enumerate(texts, first):
                    if code < first + wanted:
                        self._add_text(code.to_bytes(8), text)
            elif isinstance(target, bytes) and target:
                # Only the last byte counts up, but programs let it carry over.
                start = int.from_bytes(target)
                for offset in range(self._take(wanted)):
                    number = start + offset
                    text = number.to_bytes(max(len(target), (number.bit_length() + 7) // 8))
                    self.texts[first + offset] = text.decode("utf-16-be", "replace")

    def _add_glyphs(self, low: object, high: object, glyph: object) -> None:
        if isinstance(low, bytes) and isinstance(high, bytes) and isinstance(glyph, int):
            first = int.from_bytes(low)
            for offset in range(self._take(int.from_bytes(high) - first + 1)):
                self.glyphs[first + offset] = glyph + offset


def _sections(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The kind and the inside of each table; in one pass, for a file may open a million and close none."""
    place = 0
    while begin := _BEGIN.search(data, place):
        end = data.find(b"end" + begin[1], begin.end())
        if end < 0:
            return
        yield begin[1], data[begin.end() : end]
        place = end


def _piece(found: re.Match[bytes]) -> bytes | int | str:
    if found[1] is not None:
        digits = b"".join(found[1].split())[: 2 * MAX_TEXT_BYTES]
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))
    return int(found[2][:MAX_DIGITS]) if found[2] else found[0].decode("ascii")
