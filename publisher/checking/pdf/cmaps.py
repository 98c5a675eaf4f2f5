"""Character maps: from the codes of a text to characters (ToUnicode) or to glyphs (embedded encodings).

ISO 32000-1, 9.7.5 and 9.10.3. A map is a small PostScript program, of which only the tables matter.
"""

import re
from collections.abc import Sequence

_SECTION = re.compile(rb"begin(bfchar|bfrange|cidchar|cidrange|codespacerange)\b(.*?)end\1", re.DOTALL)
_PIECE = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\d+)|(\[)|(\])")
MAX_ENTRIES = 70_000
"""A little more than there are codes of two bytes: a hostile map may name ranges without end."""


class CharacterMap:
    """The tables of one map."""

    def __init__(self, data: bytes) -> None:
        self.texts: dict[int, str] = {}
        """For each code its characters, mostly one."""

        self.glyphs: dict[int, int] = {}
        """For each code its character identifier."""

        self.lengths: set[int] = set()
        """How many bytes the codes have."""

        for section in _SECTION.finditer(data):
            pieces = [_piece(found) for found in _PIECE.finditer(section[2])]
            match section[1]:
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

    def _add_text(self, code: object, text: object) -> None:
        if isinstance(code, bytes) and isinstance(text, bytes) and len(self.texts) < MAX_ENTRIES:
            self.texts[int.from_bytes(code)] = text.decode("utf-16-be", "replace")

    def _add_ranges(self, pieces: Sequence[object]) -> None:
        rest = iter(pieces)
        for low, high, target in zip(rest, rest, rest, strict=False):
            if not isinstance(low, bytes) or not isinstance(high, bytes):
                return
            first, last = int.from_bytes(low), int.from_bytes(high)
            if target == "[":
                for code in range(first, min(last, first + MAX_ENTRIES) + 1):
                    text = next(rest, "]")
                    if text == "]":
                        break
                    self._add_text(code.to_bytes(4), text)
                else:
                    next(rest, None)
            elif isinstance(target, bytes) and target:
                # Only the last byte counts up, but programs let it carry over.
                start = int.from_bytes(target)
                for code in range(first, min(last, first + MAX_ENTRIES) + 1):
                    number = start + code - first
                    self._add_text(code.to_bytes(4), number.to_bytes(max(len(target), (number.bit_length() + 7) // 8)))

    def _add_glyphs(self, low: object, high: object, glyph: object) -> None:
        if isinstance(low, bytes) and isinstance(high, bytes) and isinstance(glyph, int):
            first, last = int.from_bytes(low), int.from_bytes(high)
            for code in range(first, min(last, first + MAX_ENTRIES - len(self.glyphs)) + 1):
                self.glyphs[code] = glyph + code - first


def _piece(found: re.Match[bytes]) -> bytes | int | str:
    if found[1] is not None:
        digits = b"".join(found[1].split())
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))
    return int(found[2]) if found[2] else found[0].decode("ascii")
