"""Font programs: whether a glyph is in the font that a file carries, and how high and deep it reaches."""

import io
import logging
import re
import struct
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, TypeAlias

import pikepdf
from fontTools.cffLib import CFFFontSet
from fontTools.ttLib import TTFont

Extent: TypeAlias = tuple[float, float]
"""The lowest and the highest point of a glyph, in em from the baseline; equal when there is nothing to see."""

_HEAD = struct.Struct(">5h")
_ENCODED = re.compile(rb"dup\s+(\d{1,3})\s*/([^\s/\[\]{}()<>%]+)\s+put")


class Program:
    """An embedded font program. A file that cannot be parsed has ``readable`` false, and nothing is said about it."""

    def __init__(self, data: bytes, kind: str) -> None:
        # What it finds odd in others' fonts is no word of ours, and none for a terminal.
        logging.getLogger("fontTools").addHandler(logging.NullHandler())
        self._font: Any = None
        self._cff: Any = None
        self._extents: dict[int | str, Extent | None] = {}
        self.count = 0
        """How many glyphs it has; 0 when it cannot be read."""

        try:
            if kind == "cff":
                fonts = CFFFontSet()
                fonts.decompile(io.BytesIO(data), None)
                self._cff = fonts[0]
            else:
                self._font = TTFont(io.BytesIO(data), lazy=True, fontNumber=0)
                if "CFF " in self._font:
                    self._cff = self._font["CFF "].cff[0]
            self.count = len(self._cff.CharStrings) if self._cff else int(self._font["maxp"].numGlyphs)
        except Exception:  # noqa: BLE001 (fontTools documents none of what a broken font makes it raise)
            self.count = 0

    @property
    def readable(self) -> bool:
        """Whether anything can be said of its glyphs."""
        return self.count > 0

    @property
    def by_identifier(self) -> bool:
        """Whether its glyphs are known by character identifiers instead of names (CFF only)."""
        return self._cff is not None and hasattr(self._cff, "ROS")

    def has_name(self, name: str) -> bool | None:
        """Whether there is a glyph of that name; ``None`` when the program has no names."""
        return name in self._cff.CharStrings if self._cff is not None and not self.by_identifier else None

    @property
    def built_in(self) -> Mapping[int, str]:
        """The glyph names of the encoding that a CFF program brings along; empty when it has none."""
        encoding = getattr(self._cff, "Encoding", None)
        if encoding == "StandardEncoding":
            from fontTools.encodings.StandardEncoding import StandardEncoding

            encoding = StandardEncoding
        names = encoding if isinstance(encoding, list) else []
        return {code: name for code, name in enumerate(names) if name != ".notdef"}

    def has_identifier(self, identifier: int) -> bool:
        """Whether there is a glyph for a character identifier."""
        if self.by_identifier:
            return f"cid{identifier:05d}" in self._cff.CharStrings
        return identifier < self.count

    def glyph_of_code(self, code: int, character: str | None) -> int | None:
        """The glyph that a simple TrueType font shows for a code (9.6.6.4); ``None`` when that cannot be told."""
        try:
            tables = self._font["cmap"].tables
        except (KeyError, TypeError, AttributeError):
            return None
        for table in tables:
            place = (table.platformID, table.platEncID)
            candidates = {
                (3, 1): [ord(character)] if character and len(character) == 1 else [],
                (3, 0): [0xF000 + code, 0xF100 + code, code],
                (1, 0): [code],
            }.get(place, [])
            for candidate in candidates:
                if candidate in table.cmap:
                    return int(self._font.getGlyphID(table.cmap[candidate]))
        return 0 if len(tables) else None

    def extent(self, glyph: int | str) -> Extent | None:
        """How deep and how high a glyph reaches; ``None`` when that cannot be told. ``glyph`` is a name or a number."""
        if glyph not in self._extents:
            try:
                self._extents[glyph] = self._measured(glyph)
            except Exception:  # noqa: BLE001 (as above)
                self._extents[glyph] = None
        return self._extents[glyph]

    def _measured(self, glyph: int | str) -> Extent | None:
        if self._cff is not None:
            charstrings = self._cff.CharStrings
            name = glyph if isinstance(glyph, str) else self._cff_name(glyph)
            bounds = charstrings[name].calcBounds(charstrings)
            matrix = getattr(self._cff, "FontMatrix", None) or [0.001]
            return (bounds[1] * matrix[0], bounds[3] * matrix[0]) if bounds else (0.0, 0.0)
        number = glyph if isinstance(glyph, int) else self._font.getGlyphID(glyph)
        contours, low, high = self._box(number)
        em = self._font["head"].unitsPerEm
        return (low / em, high / em) if contours else (0.0, 0.0)

    def _box(self, number: int) -> tuple[int, int, int]:
        """How many contours a TrueType glyph has, and its lowest and highest point, as its head says (OpenType, glyf).

        To have all of it read, and the names of all glyphs made up, takes twenty times as long.
        """
        places = self._font["loca"].locations
        start, end = places[number], places[number + 1]
        if start == end:
            return 0, 0, 0
        contours, _, low, _, high = _HEAD.unpack_from(self._outlines, start)
        return contours, low, high

    @cached_property
    def _outlines(self) -> bytes:
        return bytes(self._font.reader["glyf"])

    def _cff_name(self, glyph: int) -> str:
        return f"cid{glyph:05d}" if self.by_identifier else self._cff.charset[glyph]


def type1_encoding(data: bytes) -> Mapping[int, str]:
    """The glyph names of the encoding that a Type 1 program states in its clear part, before the cipher."""
    clear = data.partition(b"eexec")[0]
    if b"/Encoding StandardEncoding" in clear:
        from fontTools.encodings.StandardEncoding import StandardEncoding

        return dict(enumerate(StandardEncoding))
    return {int(code): name.decode("latin-1") for code, name in _ENCODED.findall(clear)}


def program_of(descriptor: Any, read: Callable[[Any], bytes]) -> Program | None:
    """The program that a font descriptor embeds; ``None`` for Type 1 programs, which are enciphered."""
    for key in ("/FontFile2", "/FontFile3"):
        stream = descriptor.get(key)
        if isinstance(stream, pikepdf.Stream):
            opentype = key == "/FontFile2" or stream.get("/Subtype") == "/OpenType"
            return Program(read(stream), "sfnt" if opentype else "cff")
    return None
