"""The fonts of a page: from the bytes of a text to its glyphs, with their widths, characters and faults.

ISO 32000-1, 9.6 to 9.10. What cannot be known of a font is ``None`` and no check builds on it.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Literal, NamedTuple, TypeAlias

import pikepdf

from publisher.checking.budget import Budget
from publisher.checking.pdf.cmaps import CharacterMap
from publisher.checking.pdf.glyphs import Extent, Program, program_of, type1_encoding
from publisher.checking.pdf.values import dictionary_of, name_of, number_of

Fault: TypeAlias = Literal["missing-glyph", "invisible-glyph", "unmapped-text"]

_SUBSET = re.compile(r"^[A-Z]{6}\+")
_BOLD = re.compile(r"bold|black|heavy|[^a-z]bd(?![a-z])", re.IGNORECASE)
_ENCODINGS = {"WinAnsiEncoding": "cp1252", "MacRomanEncoding": "mac_roman", "PDFDocEncoding": "pdfdoc"}
_SEEN = ("L", "M", "N", "P", "S")
"""The classes of characters that leave a mark; marks alone may be drawn with their letter."""

TYPICAL_WIDTH = 0.5
"""Of a glyph of one of the standard fonts that gives no widths, in em: only to know about where a line ends."""


class Glyph(NamedTuple):
    """What one code of a text shows."""

    width: float
    """How far it advances, in em."""

    text: str | None
    """Its characters; ``None`` when the file does not tell."""

    fault: Fault | None
    identifier: int | str | None
    """Its place in the font program."""

    spaces: bool = False
    """Whether word spacing applies: the one-byte code 32 (9.3.3)."""


class Font:
    """One font dictionary."""

    def __init__(self, value: Any, read: Callable[[Any], bytes], budget: Budget) -> None:
        self._value = value
        self._budget = budget
        self._read = read
        self._known: dict[int, Glyph] = {}
        self._told: dict[int, tuple[Glyph, Extent]] = {}
        """By code, what ``account`` says of it."""

        self.kind = name_of(value.get("/Subtype"))
        self.full_name = name_of(value.get("/BaseFont")) or name_of(value.get("/Name")) or "unnamed"
        self.composite = self.kind == "Type0"
        descendants = value.get("/DescendantFonts") if self.composite else None
        self._inner = descendants[0] if isinstance(descendants, pikepdf.Array) and len(descendants) else value
        self._descriptor = dictionary_of(self._inner.get("/FontDescriptor"))

    # --- what it is -------------------------------------------------------------------------------------------------

    @property
    def name(self) -> str:
        """Its name without the mark of a subset."""
        return _SUBSET.sub("", self.full_name)

    @property
    def subset(self) -> bool:
        """Whether it says that it holds only the characters that are used."""
        return bool(_SUBSET.match(self.full_name))

    @property
    def embedded(self) -> bool:
        """Whether its program is in the file; that of a Type 3 font always is."""
        return self.kind == "Type3" or any(
            isinstance(self._descriptor.get(key), pikepdf.Stream) for key in ("/FontFile", "/FontFile2", "/FontFile3")
        )

    @property
    def bold(self) -> bool:
        """Whether its name says so."""
        return bool(_BOLD.search(self.name))

    @cached_property
    def program(self) -> Program | None:
        """The embedded program, when there is one that can be read."""
        program = program_of(self._descriptor, self._read)
        return program if program and program.readable else None

    @cached_property
    def program_bytes(self) -> int:
        """How large the program is in the file; 0 when none is embedded."""
        keys = ("/FontFile", "/FontFile2", "/FontFile3")
        streams = (self._descriptor.get(key) for key in keys)
        return sum(len(stream.read_raw_bytes()) for stream in streams if isinstance(stream, pikepdf.Stream))

    @property
    def readable(self) -> bool:
        """Whether the codes of its texts can be told apart: not with an encoding that is only named."""
        return not self.composite or self._encoding is not None

    @cached_property
    def matrix_scale(self) -> float:
        """The width of a Type 3 font's unit in em; 0.001 for all others."""
        if self.kind != "Type3":
            return 0.001
        matrix = self._value.get("/FontMatrix")
        return abs(float(matrix[0])) if isinstance(matrix, pikepdf.Array) and len(matrix) else 0.001

    @cached_property
    def height(self) -> Extent:
        """How deep and how high its letters reach by its own account, in em."""
        low, high = number_of(self._descriptor.get("/Descent"), -200), number_of(self._descriptor.get("/Ascent"), 750)
        return (max(-0.6, min(0.0, low / 1000)), max(0.4, min(1.4, high / 1000)))

    # --- what its texts say -----------------------------------------------------------------------------------------

    def glyphs(self, data: bytes) -> list[Glyph]:
        """The glyphs of a text, in order; empty when its codes cannot be told apart."""
        known = self._known
        codes = self.codes(data)
        try:
            return [known[code] for code in codes]
        except KeyError:
            for code in codes:
                if code not in known:
                    known[code] = self._glyph(code)
            return [known[code] for code in codes]

    def codes(self, data: bytes) -> Sequence[int]:
        """The codes of a text; empty when they cannot be told apart."""
        if not self.composite:
            return data
        if self._encoding is None:
            return ()
        return [high << 8 | low for high, low in zip(data[::2], data[1::2], strict=False)]

    def account(self, codes: Sequence[int]) -> tuple[object, ...]:
        """All that a page is told of the font where it shows these codes."""
        told = self._told
        untold = [code for code in codes if code not in told]
        if untold:
            self.glyphs(bytes(untold) if not self.composite else b"".join(code.to_bytes(2, "big") for code in untold))
            told |= {code: (glyph := self._known[code], self.extent(glyph)) for code in untold}
        return (self.name, self.kind, self.height, [told[code] for code in codes])

    def extent(self, glyph: Glyph) -> Extent:
        """How deep and how high a glyph reaches, in em: measured where the program can be read."""
        if self.program and glyph.identifier is not None:
            measured = self.program.extent(glyph.identifier)
            if measured:
                return measured
        return self.height

    def _glyph(self, code: int) -> Glyph:
        text = self._text(code)
        identifier, missing = self._place(code, text)
        fault: Fault | None = None
        if missing:
            fault = "missing-glyph"
        elif text is None or not text.strip("\0\ufffd"):
            fault = "unmapped-text" if self.kind != "Type3" or text is not None else None
        elif self.program and identifier is not None and _seen(text):
            extent = self.program.extent(identifier)
            if extent and extent[0] == extent[1]:
                fault = "invisible-glyph"
        width = self._width(code) * self.matrix_scale
        return Glyph(width, text, fault, identifier, spaces=not self.composite and code == 32)

    def _text(self, code: int) -> str | None:
        if self._to_unicode is not None:
            if code in self._to_unicode.texts:
                return self._to_unicode.texts[code]
            if self.composite:
                return None
        if self.composite:
            return None
        name = self._differences.get(code) or self._built_in.get(code)
        if name is not None:
            from fontTools.agl import toUnicode

            return toUnicode(name) or None
        if self.kind == "Type3":
            return None
        if self._base_encoding is None and self.embedded and self._symbolic:
            return None
        codec = _ENCODINGS.get(self._base_encoding or "", "cp1252")
        try:
            return bytes([code]).decode(codec)
        except UnicodeDecodeError:
            return None

    def _place(self, code: int, text: str | None) -> tuple[int | str | None, bool]:
        """Where the glyph is in the program, and whether it is known to be missing there."""
        program = self.program
        if self.composite:
            identifier = self._encoding.glyphs.get(code, 0) if self._encoding and self._encoding.glyphs else code
            glyph = self._glyph_of(identifier)
            if glyph == 0 and self.embedded:
                return glyph, True
            if program is None or glyph is None:
                return None, False
            return glyph, not program.has_identifier(glyph)
        if self.kind == "Type3":
            name = self._differences.get(code)
            procedures = dictionary_of(self._value.get("/CharProcs"))
            return None, name is not None and f"/{name}" not in procedures
        name = self._differences.get(code)
        if name == ".notdef":
            return None, True
        if program is None:
            return None, False
        if self.kind == "TrueType":
            found = program.glyph_of_code(code, text)
            return found, found == 0
        if name is not None and program.has_name(name) is not None:
            return name, not program.has_name(name)
        return None, False

    def _glyph_of(self, identifier: int) -> int | None:
        """The glyph of a character identifier (9.7.4.2); ``None`` when only the machine's own font knows."""
        if name_of(self._inner.get("/Subtype")) == "CIDFontType2":
            mapping = self._to_glyphs
            if mapping is None:
                return identifier
            place = 2 * identifier
            return int.from_bytes(mapping[place : place + 2]) if place + 1 < len(mapping) else 0
        return identifier

    def _width(self, code: int) -> float:
        if self.composite:
            identifier = self._encoding.glyphs.get(code, 0) if self._encoding and self._encoding.glyphs else code
            return self._widths.get(identifier, self._default_width)
        if code in self._widths:
            return self._widths[code]
        return self._default_width

    # --- its tables -------------------------------------------------------------------------------------------------

    @cached_property
    def _to_unicode(self) -> CharacterMap | None:
        stream = self._value.get("/ToUnicode")
        return CharacterMap(self._read(stream), self._budget) if isinstance(stream, pikepdf.Stream) else None

    @cached_property
    def _encoding(self) -> CharacterMap | None:
        """Of a composite font; without tables for the identity, ``None`` when its codes may have one byte or more."""
        encoding = self._value.get("/Encoding")
        if isinstance(encoding, pikepdf.Stream):
            read = CharacterMap(self._read(encoding), self._budget)
            return read if read.lengths <= {2} else None
        return CharacterMap(b"", self._budget) if name_of(encoding) in ("Identity-H", "Identity-V") else None

    @cached_property
    def _to_glyphs(self) -> bytes | None:
        stream = self._inner.get("/CIDToGIDMap")
        return self._read(stream) if isinstance(stream, pikepdf.Stream) else None

    @property
    def _symbolic(self) -> bool:
        return bool(int(number_of(self._descriptor.get("/Flags"), 0)) & 4)

    @cached_property
    def _base_encoding(self) -> str | None:
        encoding = self._value.get("/Encoding")
        if isinstance(encoding, pikepdf.Dictionary):
            encoding = encoding.get("/BaseEncoding")
        return name_of(encoding) or None

    @cached_property
    def _differences(self) -> Mapping[int, str]:
        encoding = self._value.get("/Encoding")
        names: dict[int, str] = {}
        listed = encoding.get("/Differences") if isinstance(encoding, pikepdf.Dictionary) else None
        code = 0
        for item in listed if isinstance(listed, pikepdf.Array) else ():
            if isinstance(item, pikepdf.Name):
                names[code] = str(item)[1:]
                code += 1
            else:
                code = int(number_of(item, code))
        return names

    @cached_property
    def _built_in(self) -> Mapping[int, str]:
        """The encoding of the font program itself, which holds where the dictionary names none (9.6.6.2)."""
        if self.kind not in ("Type1", "MMType1") or self._base_encoding is not None:
            return {}
        stream = self._descriptor.get("/FontFile")
        if isinstance(stream, pikepdf.Stream):
            return type1_encoding(self._read(stream))
        return self.program.built_in if self.program else {}

    @cached_property
    def _default_width(self) -> float:
        if self.composite:
            return number_of(self._inner.get("/DW"), 1000)
        if "/Widths" not in self._value:
            return TYPICAL_WIDTH / self.matrix_scale
        return number_of(self._descriptor.get("/MissingWidth"), 0)

    @cached_property
    def _widths(self) -> Mapping[int, float]:
        if self.composite:
            return dict(_composite_widths(self._inner.get("/W"), self._budget))
        widths = self._value.get("/Widths")
        first = int(number_of(self._value.get("/FirstChar"), 0))
        if not isinstance(widths, pikepdf.Array):
            return {}
        return {first + place: number_of(width, 0) for place, width in enumerate(widths)}


def _composite_widths(array: Any, budget: Budget) -> Iterator[tuple[int, float]]:
    """Each identifier and its width, from the two forms of a ``W`` array (9.7.4.3)."""
    items: list[Any] = list(array) if isinstance(array, pikepdf.Array) else []
    place = 0
    while place + 1 < len(items):
        first = int(number_of(items[place], 0))
        second = items[place + 1]
        if isinstance(second, pikepdf.Array):
            for offset, value in enumerate(second):
                yield first + offset, number_of(value, 1000)
            place += 2
        elif place + 2 < len(items):
            width = number_of(items[place + 2], 1000)
            wanted = min(int(number_of(second, first)) - first, 65_535) + 1
            for identifier in range(first, first + budget.entries(wanted)):
                yield identifier, width
            place += 3
        else:
            return


def _seen(text: str) -> bool:
    return any(unicodedata.category(character)[0] in _SEEN for character in text) and not all(
        unicodedata.combining(character) for character in text
    )
